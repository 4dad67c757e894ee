//! What every module looks at: one document, its analysis, and the tables.

use std::ops::Range;

use chancery_core::Document;
use chancery_core::codebook::Codebook;
use chancery_core::record::{Span, Words};
use chancery_knowledge::Knowledge;
use chancery_language::model::Analysis;

/// A document with everything that is known before extraction begins.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The document.
    pub document: &'a Document,
    /// Sentences, words, dependencies, roles, names, event scores.
    pub analysis: &'a Analysis,
    /// What the world is called.
    pub knowledge: &'a Knowledge,
    /// Acts, triggers, cues.
    pub codebook: &'a Codebook,
    /// From bytes to scalar values.
    pub offsets: &'a Offsets,
}

impl<'a> Scene<'a> {
    /// The text.
    pub fn text(&self) -> &'a str {
        &self.document.text
    }

    /// The words of a byte range; empty if the range is not one of the text.
    pub fn cut(&self, range: &Range<usize>) -> &'a str {
        self.text().get(range.clone()).unwrap_or("")
    }

    /// The form of a word.
    pub fn form(&self, word: usize) -> &'a str {
        self.analysis.tokens.get(word).map_or("", |t| self.cut(&t.range))
    }

    /// Bytes from the first to the last of some words (indexes, end exclusive).
    pub fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        let tokens = self.analysis.tokens.get(words.clone()).unwrap_or_default();
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.range.start..last.range.end,
            _ => 0..0,
        }
    }

    /// A byte range as the record writes it.
    pub fn span(&self, range: &Range<usize>) -> Span {
        self.offsets.span(range)
    }

    /// Words of the record from a byte range.
    pub fn words(&self, range: &Range<usize>) -> Words {
        Words { text: self.cut(range).to_owned(), span: self.span(range) }
    }

    /// Index of the sentence that holds a byte, or the last before it.
    pub fn sentence_at(&self, byte: usize) -> usize {
        self.analysis.sentences.partition_point(|s| s.range.start <= byte).saturating_sub(1)
    }

    /// Index of the first word that ends after a byte.
    pub fn word_at(&self, byte: usize) -> usize {
        self.analysis.tokens.partition_point(|t| t.range.end <= byte)
    }
}

/// Scalar-value offsets of a text, found quickly for any byte offset.
#[derive(Debug, Clone)]
pub struct Offsets {
    /// Scalar values before every 256th byte (counted to the boundary at or before it).
    marks: Vec<usize>,
    bytes: Box<[u8]>,
}

const STEP: usize = 256;

impl Offsets {
    /// Prepares a text.
    pub fn new(text: &str) -> Offsets {
        let bytes = text.as_bytes();
        let mut marks = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut count = 0;
        for (at, byte) in bytes.iter().enumerate() {
            if at % STEP == 0 {
                marks.push(count);
            }
            count += usize::from(begins(*byte));
        }
        marks.push(count);
        Offsets { marks, bytes: bytes.into() }
    }

    /// Scalar values before a byte offset.
    pub fn scalar(&self, byte: usize) -> usize {
        let byte = byte.min(self.bytes.len());
        let mark = byte / STEP;
        let rest = &self.bytes[mark * STEP..byte];
        self.marks.get(mark).copied().unwrap_or(0) + rest.iter().filter(|b| begins(**b)).count()
    }

    /// A byte range in scalar values.
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span(self.scalar(range.start), self.scalar(range.end))
    }
}

/// Whether a byte begins a scalar value in UTF-8.
fn begins(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn spans_cut_out_the_same_words(text in "\\PC{0,600}", a in 0usize..700, b in 0usize..700) {
            let offsets = Offsets::new(&text);
            let indexes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let (a, b) = (a.min(indexes.len() - 1), b.min(indexes.len() - 1));
            let (a, b) = (a.min(b), a.max(b));
            let span = offsets.span(&(indexes[a]..indexes[b]));
            prop_assert_eq!((span.0, span.1), (a, b));
        }
    }
}
