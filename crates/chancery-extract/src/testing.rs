//! Reading short texts in tests, with the weights and tables that the project ships.

use std::ops::Range;
use std::sync::OnceLock;

use chancery_core::Document;
use chancery_core::codebook::Codebook;
use chancery_knowledge::Knowledge;
use chancery_language::model::{Analysis, Reader};
use chancery_language::segment::segment;
use jiff::civil::Date;

use crate::citations::CitationFound;
use crate::scene::{Offsets, Scene};

/// A text that has been read.
pub struct Text {
    /// The document.
    pub document: Document,
    analysis: Analysis,
    offsets: Offsets,
}

/// The model that the program ships.
pub fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::load(chancery_model::READER).unwrap())
}

/// Reads a text.
pub fn read(text: &str) -> Text {
    let document = Document::of_text("test", text);
    let analysis = reader().read(text, segment(text, &[]));
    Text { document, analysis, offsets: Offsets::new(text) }
}

impl Text {
    /// The text with a date that its source gives.
    pub fn published(mut self, first: Date, last: Date) -> Text {
        self.document.published = Some(chancery_core::DateRange { start: first, end: last });
        self
    }

    /// As the modules see it.
    pub fn scene(&self) -> Scene<'_> {
        Scene {
            document: &self.document,
            analysis: &self.analysis,
            knowledge: Knowledge::builtin(),
            codebook: Codebook::builtin(),
            offsets: &self.offsets,
        }
    }

    /// The first word with a form.
    pub fn word(&self, form: &str) -> usize {
        let scene = self.scene();
        (0..self.analysis.tokens.len())
            .find(|w| scene.form(*w) == form)
            .unwrap_or_else(|| panic!("no word {form:?} in {:?}", self.document.text))
    }

    /// All words of the sentence of a word.
    pub fn sentence(&self, word: usize) -> Range<usize> {
        self.analysis.sentences[self.analysis.tokens[word].sentence].tokens.clone()
    }
}

/// The citations in brackets of a text, each covering what stands before it as far as the one before.
pub fn bracketed(text: &str) -> Vec<CitationFound> {
    crate::citations::find(&read(text).scene())
}

/// The words with their heads and relations, to be shown when a test fails.
pub fn tree(text: &Text) -> String {
    let scene = text.scene();
    let a = scene.analysis;
    (0..a.tokens.len())
        .map(|w| {
            let head = a.head(w).map_or("-", |h| scene.form(h));
            let event = a.states[w].event();
            format!("{} {} {} {} <{head}> {event:.2}\n", scene.form(w), a.lemma(w), a.xpos(w), a.relation(w))
        })
        .collect()
}

/// Reads a text and hands its scene to a test.
pub fn with_scene<T>(text: &str, test: impl FnOnce(&Scene<'_>) -> T) -> T {
    test(&read(text).scene())
}
