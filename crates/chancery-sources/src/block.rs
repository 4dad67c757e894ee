//! What extractors hand on: a text, its blocks, and what the source says about it.

use std::collections::BTreeMap;
use std::ops::Range;

use chancery_core::ZoneKind;

/// What an extractor knows about a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A paragraph of plain text; whether it is a heading must be seen from its shape.
    Plain,
    /// A paragraph that the markup sets apart from headings.
    Paragraph,
    /// What the markup or a mark in the text says.
    Known(ZoneKind),
}

/// A stretch of text without white space at its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub form: Form,
    pub range: Range<usize>,
}

/// What a source says about a document, as it says it.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Facts {
    pub id: Option<String>,
    pub title: Option<String>,
    pub source: Option<String>,
    pub author: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    /// Dates of publication, most trusted first.
    pub dates: Vec<String>,
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// What an extractor makes of a source.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub text: String,
    pub blocks: Vec<Block>,
    pub facts: Facts,
}

impl Draft {
    /// Appends a block behind a blank line. White space at its ends is left out; an empty one is nothing.
    pub fn push(&mut self, form: Form, block: &str) {
        let block = block.trim();
        if block.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(block);
        self.blocks.push(Block { form, range: start..self.text.len() });
    }
}

/// The range of a slice's content without white space at its ends, given where the slice starts.
pub(crate) fn trimmed(slice: &str, start: usize) -> Range<usize> {
    let from = start + (slice.len() - slice.trim_start().len());
    from..from.max(start + slice.trim_end().len())
}
