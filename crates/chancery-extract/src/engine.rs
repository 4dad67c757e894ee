//! From a document to its reading, step by step.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chancery_core::Document;
use chancery_core::codebook::Codebook;
use chancery_core::record::{
    DateBasis, DocumentRecord, DocumentReference, Mention, Published, SCHEMA_VERSION, SentenceReference,
    Span, Statement, Versions, sha256_hex, statement_id,
};
use chancery_knowledge::Knowledge;
use chancery_language::model::{Analysis, Reader, WeightsError};
use chancery_language::segment::segment;
use serde::Serialize;

use crate::entities::Entities;
use crate::events::{self, Candidate};
use crate::scene::{Offsets, Scene};
use crate::{citations, document_date, statements, times};

/// Why a reading engine cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The weights cannot be used.
    #[error(transparent)]
    Weights(#[from] WeightsError),
}

/// What a user may choose about a reading.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Code texts in languages that the model does not read.
    pub force_language: bool,
}

/// What a document says.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The document's own line.
    pub document: DocumentRecord,
    /// Who said what.
    pub statements: Vec<Statement>,
    /// Event mentions in the order of the text.
    pub mentions: Vec<Mention>,
    /// Faults inside Chancery that stopped the reading of a part of the text; its other parts were read.
    pub faults: Vec<String>,
}

/// A word as the model reads it.
#[derive(Debug, Clone, Serialize)]
pub struct ExplainedToken {
    /// Number in the sentence, from 1.
    pub index: usize,
    /// The word.
    pub text: String,
    /// Lemma.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// Penn tag.
    pub xpos: String,
    /// Number of the head word; none for the root.
    pub head: Option<usize>,
    /// Relation to it.
    pub relation: String,
    /// Kind of the name that the word is part of.
    pub name: Option<String>,
}

/// Why a sentence was coded as it was, and why what might have been coded was not.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// The sentence.
    pub sentence: SentenceReference,
    /// Its words.
    pub tokens: Vec<ExplainedToken>,
    /// PropBank roles, one line each.
    pub roles: Vec<String>,
    /// Triggers that were looked at.
    pub candidates: Vec<Candidate>,
}

/// Longest stretch of text that is read as one: longer documents are read part by part, so that memory
/// stays bounded. Coreference does not reach across parts.
const PART_BYTES: usize = 400_000;

/// Model and tables, ready to read any number of documents, from any number of threads.
#[derive(Debug)]
pub struct Engine {
    reader: Reader,
    knowledge: Option<Knowledge>,
    codebook: &'static Codebook,
    versions: Versions,
}

struct Opened<'a> {
    scene: Scene<'a>,
    entities: Entities<'a>,
    found: Vec<events::Found>,
    statements: Vec<statements::StatementFound>,
    citations: Vec<citations::CitationFound>,
    dated: Option<document_date::Dated>,
}

impl Engine {
    /// An engine with the built-in tables.
    ///
    /// # Errors
    /// [`EngineError::Weights`] if the bytes are no weights of this version.
    pub fn new(weights: &[u8]) -> Result<Engine, EngineError> {
        let reader = Reader::load(weights)?;
        let codebook = Codebook::builtin();
        let versions = Versions {
            codebook: codebook.version().to_owned(),
            model: sha256_hex(weights)[..12].to_owned(),
            knowledge: Knowledge::builtin().version().to_owned(),
        };
        Ok(Engine { reader, knowledge: None, codebook, versions })
    }

    /// Uses other tables than the built-in ones.
    #[must_use]
    pub fn with_knowledge(mut self, knowledge: Knowledge) -> Engine {
        knowledge.version().clone_into(&mut self.versions.knowledge);
        self.knowledge = Some(knowledge);
        self
    }

    /// The language model.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The codebook in use.
    pub fn codebook(&self) -> &Codebook {
        self.codebook
    }

    /// The knowledge in use.
    pub fn knowledge(&self) -> &Knowledge {
        self.knowledge.as_ref().unwrap_or_else(|| Knowledge::builtin())
    }

    /// With what documents are read.
    pub fn versions(&self) -> &Versions {
        &self.versions
    }

    /// Reads a document. Any text gives a reading; what could not be coded is said in its notes.
    pub fn read(&self, document: &Document, options: &ReadOptions) -> Reading {
        let language = language_of(&document.text).or_else(|| document.declared_language.clone());
        let mut record = self.document_record(document, language.clone());
        if !options.force_language
            && let Some(code) = language.as_deref().filter(|code| *code != "en")
        {
            record.notes.push(format!(
                "nothing coded: the text is in another language than English ({code}); --force-language reads it all the same"
            ));
            return Reading {
                document: record,
                statements: Vec::new(),
                mentions: Vec::new(),
                faults: Vec::new(),
            };
        }
        let mut reading =
            Reading { document: record, statements: Vec::new(), mentions: Vec::new(), faults: Vec::new() };
        let parts = parts(&document.text);
        if parts.len() > 1 {
            reading.document.notes.push(format!(
                "the text is long and was read in {} parts; pronouns and short names are not resolved across them",
                parts.len()
            ));
        }
        for part in &parts {
            // A fault in one part must not lose the others.
            let outcome =
                catch_unwind(AssertUnwindSafe(|| self.read_part(document, part.clone(), &mut reading)));
            if outcome.is_err() {
                let fault = format!(
                    "a fault inside Chancery stopped the reading of bytes {} to {}; please report the text",
                    part.start, part.end
                );
                reading.document.notes.push(fault.clone());
                reading.faults.push(fault);
            }
        }
        self.finish(&mut reading);
        reading
    }

    fn document_record(&self, document: &Document, language: Option<String>) -> DocumentRecord {
        let published = document.published.map(|range| Published {
            earliest: range.start.to_string(),
            latest: range.end.to_string(),
            basis: DateBasis::Metadata,
            because: vec!["the source or the user gives the date".to_owned()],
        });
        DocumentRecord {
            schema: SCHEMA_VERSION,
            document: DocumentReference {
                text_sha256: document.text_sha256.clone(),
                uri: document.uri.clone(),
                id: document.id.clone(),
                publication: document.source.clone(),
                title: document.title.clone(),
                published,
            },
            source_sha256: document.source_sha256.clone(),
            extractor: document.extractor.clone(),
            encoding: document.encoding.clone(),
            encoding_detected: document.encoding_detected,
            language,
            characters: document.text.chars().count(),
            sentences: 0,
            words: 0,
            mentions: 0,
            statements: 0,
            citations: Vec::new(),
            actors: Vec::new(),
            notes: Vec::new(),
            extra: document.extra.iter().map(|(k, v)| (k.clone(), v.clone())).collect(),
            versions: self.versions.clone(),
        }
    }

    fn analyse(&self, document: &Document) -> Analysis {
        self.reader.read(&document.text, segment(&document.text, &document.zones))
    }

    fn open<'a>(
        &'a self,
        document: &'a Document,
        analysis: &'a Analysis,
        offsets: &'a Offsets,
    ) -> Opened<'a> {
        let scene =
            Scene { document, analysis, knowledge: self.knowledge(), codebook: self.codebook, offsets };
        let mut entities = Entities::new(&scene);
        let timexes = chancery_time::find(&document.text);
        let citations = citations::find(&scene);
        let dated = document_date::date(&scene, &timexes, &citations);
        let statements = statements::find(&scene);
        entities.resolve_speakers(&statements::first_person(&scene, &statements));
        entities.resolve_authors(&scene, &statements::authors(&scene, &statements));
        let table = times::TimeTable::new(&scene, timexes, dated.as_ref(), &citations);
        let found = {
            let latest = dated.as_ref().map(|d| d.latest);
            events::find(&scene, &self.reader, &entities, &statements, &citations, &table, latest)
        };
        Opened { scene, entities, found, statements, citations, dated }
    }

    fn read_part(&self, whole: &Document, part: std::ops::Range<usize>, reading: &mut Reading) {
        let document = cut(whole, &part);
        let analysis = self.analyse(&document);
        let offsets = Offsets::new(&document.text);
        let opened = self.open(&document, &analysis, &offsets);
        let shift = whole.text.get(..part.start).map_or(0, |before| before.chars().count());
        let first_sentence = reading.document.sentences;
        if reading.document.document.published.is_none() {
            reading.document.document.published = opened.dated.as_ref().map(document_date::Dated::published);
        }
        let reference = reading.document.document.clone();
        let mut mentions =
            events::records(&opened.scene, &opened.entities, &opened.found, &reference, &self.versions);
        let mut found: Vec<Statement> =
            opened.statements.iter().map(|s| statement_record(&opened, s, &reference)).collect();
        let anchor = opened.dated.as_ref();
        let mut cited: Vec<_> = opened.citations.iter().map(|c| c.record(&opened.scene, anchor)).collect();
        let mut actors = opened.entities.actors(&opened.scene);
        if part.start > 0 {
            crate::events::shift::mentions(&mut mentions, shift, first_sentence, &reference.text_sha256);
            crate::events::shift::statements(&mut found, shift, first_sentence, &reference.text_sha256);
            crate::events::shift::citations(&mut cited, shift);
            crate::events::shift::actors(&mut actors, &mut mentions, shift, reading.document.actors.len());
        }
        reading.document.sentences += analysis.sentences.len();
        reading.document.words += analysis.tokens.len();
        reading.mentions.extend(mentions);
        reading.statements.extend(found);
        reading.document.citations.extend(cited);
        reading.document.actors.extend(actors);
        if reading.mentions.is_empty() && reading.document.notes.is_empty() {
            reading.document.notes.push(events::why_nothing(&opened.scene, &self.reader, &opened.entities));
        }
    }

    fn finish(&self, reading: &mut Reading) {
        reading.document.mentions = reading.mentions.len();
        reading.document.statements = reading.statements.len();
        if !reading.mentions.is_empty() {
            reading.document.notes.retain(|note| !note.starts_with("nothing coded"));
        }
    }

    /// Why a sentence (by its number, from 0) was coded as it was; none if the document has no such sentence.
    pub fn explain(&self, document: &Document, sentence: usize) -> Option<Explanation> {
        // The same parts as in `read`, so that sentence numbers are those of the records.
        let mut before = 0;
        for part in parts(&document.text) {
            let cut = cut(document, &part);
            let analysis = self.analyse(&cut);
            let sentences = analysis.sentences.len();
            if sentence < before + sentences {
                let shift = document.text.get(..part.start).map_or(0, |text| text.chars().count());
                return self.explain_part(&cut, &analysis, sentence - before).map(|mut explanation| {
                    explanation.sentence.index += before;
                    let Span(start, end) = explanation.sentence.span;
                    explanation.sentence.span = Span(start + shift, end + shift);
                    explanation
                });
            }
            before += sentences;
        }
        None
    }

    fn explain_part(&self, document: &Document, analysis: &Analysis, sentence: usize) -> Option<Explanation> {
        let offsets = Offsets::new(&document.text);
        let opened = self.open(document, analysis, &offsets);
        let scene = &opened.scene;
        let span = scene.analysis.sentences.get(sentence)?;
        let first = span.tokens.start;
        let a = scene.analysis;
        let tokens = span
            .tokens
            .clone()
            .map(|w| ExplainedToken {
                index: w - first + 1,
                text: scene.form(w).to_owned(),
                lemma: a.lemma(w).to_owned(),
                upos: a.upos(w).to_owned(),
                xpos: a.xpos(w).to_owned(),
                head: a.head(w).map(|h| (h + 1).saturating_sub(first)),
                relation: a.relation(w).to_owned(),
                name: crate::entities::describe::name_at(scene, w).map(|n| n.kind.clone()),
            })
            .collect();
        let roles = a
            .arguments
            .iter()
            .filter(|x| span.tokens.contains(&x.predicate))
            .map(|x| format!("{}: {} = {}", scene.form(x.predicate), a.role(x), scene.form(x.head)))
            .collect();
        let candidates = events::candidates(scene, &self.reader, &opened.entities, sentence);
        Some(Explanation {
            sentence: SentenceReference {
                index: sentence,
                span: scene.span(&span.range),
                text: scene.cut(&span.range).to_owned(),
            },
            tokens,
            roles,
            candidates,
        })
    }
}

fn statement_record(
    opened: &Opened<'_>,
    s: &statements::StatementFound,
    reference: &DocumentReference,
) -> Statement {
    let scene = &opened.scene;
    let content = scene.words(&s.content);
    Statement {
        schema: SCHEMA_VERSION,
        id: statement_id(&reference.text_sha256, content.span),
        text_sha256: reference.text_sha256.clone(),
        uri: reference.uri.clone(),
        speaker: statements::speaker_participant(scene, &opened.entities, s),
        addressees: s.addressees.iter().map(|w| opened.entities.participant(scene, *w, None)).collect(),
        cue: s.cue_word.and_then(|w| scene.analysis.tokens.get(w)).map(|t| scene.words(&t.range)),
        content,
        quoted: s.quoted,
        stance: s.stance,
        medium: s.medium.clone(),
        citation: opened
            .citations
            .iter()
            .find(|c| c.covers.start <= s.content.start && s.content.start < c.covers.end)
            .map(|c| scene.span(&c.range)),
        sentence: s.sentence,
    }
}

/// The sentences of a document as records number them, without a model.
pub fn sentences(document: &Document) -> Vec<SentenceReference> {
    let offsets = Offsets::new(&document.text);
    let mut out: Vec<SentenceReference> = Vec::new();
    for part in parts(&document.text) {
        let cut = cut(document, &part);
        for sentence in segment(&cut.text, &cut.zones).sentences {
            let range = part.start + sentence.range.start..part.start + sentence.range.end;
            out.push(SentenceReference {
                index: out.len(),
                span: offsets.span(&range),
                text: document.text.get(range).unwrap_or("").to_owned(),
            });
        }
    }
    out
}

/// The part of a document as a document of its own.
fn cut(whole: &Document, part: &std::ops::Range<usize>) -> Document {
    if part.start == 0 && part.end == whole.text.len() {
        return whole.clone();
    }
    let zones =
        whole.zones.iter().filter(|z| z.range.start < part.end && part.start < z.range.end).map(|z| {
            let range = z.range.start.max(part.start) - part.start..z.range.end.min(part.end) - part.start;
            chancery_core::Zone { kind: z.kind, range }
        });
    Document {
        text: whole.text.get(part.clone()).unwrap_or("").to_owned(),
        zones: zones.collect(),
        extra: std::collections::BTreeMap::new(),
        ..whole.clone()
    }
}

/// Parts of a text of at most [`PART_BYTES`], cut at paragraphs, else at line breaks, sentences' ends or
/// blanks, so that no word is cut.
fn parts(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    while text.len() - start > PART_BYTES {
        let mut limit = start + PART_BYTES;
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let window = &text[start..limit];
        let end = ["\n\n", "\n", ". ", " "]
            .iter()
            .find_map(|mark| window.rfind(mark).map(|at| start + at + mark.len()).filter(|end| *end > start))
            .unwrap_or(limit);
        out.push(start..end);
        start = end;
    }
    out.push(start..text.len());
    out
}

/// ISO 639-1 code of a text's language, if it is long enough to tell and the evidence is clear.
fn language_of(text: &str) -> Option<String> {
    let sample: String = text.chars().filter(|c| !c.is_control() || c.is_whitespace()).take(4000).collect();
    if sample.split_whitespace().count() < 8 {
        return None;
    }
    let info = whatlang::detect(&sample)?;
    if !info.is_reliable() && info.lang() != whatlang::Lang::Eng {
        return None;
    }
    Some(iso_639_1(info.lang()))
}

fn iso_639_1(language: whatlang::Lang) -> String {
    let code = language.code();
    isolang::Language::from_639_3(code).and_then(|l| l.to_639_1()).unwrap_or(code).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cover_the_text_without_cutting_words() {
        let text = "The envoys met. ".repeat(60_000);
        let parts = parts(&text);
        assert!(parts.len() > 1);
        assert_eq!(parts.first().map(|p| p.start), Some(0));
        assert_eq!(parts.last().map(|p| p.end), Some(text.len()));
        for pair in parts.windows(2) {
            assert_eq!(pair[0].end, pair[1].start);
            assert!(text[..pair[0].end].ends_with(' '));
        }
        let solid = "é".repeat(300_000);
        assert_eq!(super::parts(&solid).iter().map(|p| p.len()).sum::<usize>(), solid.len());
    }

    #[test]
    fn sentences_are_numbered_across_parts() {
        let text = "The envoys met in Lima. ".repeat(40_000);
        let item = chancery_core::Document::of_text("x", text);
        assert!(parts(&item.text).len() > 1);
        let all = sentences(&item);
        assert_eq!(all.len(), 40_000);
        assert!(all.iter().enumerate().all(|(at, s)| s.index == at && s.text == "The envoys met in Lima."));
        assert_eq!(all[39_999].span, Span(39_999 * 24, 39_999 * 24 + 23));
    }

    #[test]
    fn languages() {
        let english =
            "The foreign minister said on Monday that talks with the neighbouring state would resume soon.";
        let french =
            "Le ministre des affaires étrangères a déclaré lundi que les pourparlers reprendraient bientôt.";
        assert_eq!(language_of(english).as_deref(), Some("en"));
        assert_eq!(language_of(french).as_deref(), Some("fr"));
        assert_eq!(language_of("Talks resume"), None);
    }
}
