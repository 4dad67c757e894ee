//! A document as it comes from a source: its text, zones, and what is known of it.

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The part of a document that a stretch of its text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ZoneKind {
    /// Lines about the document before its text: publication, volume, date, author.
    Header,
    /// A title or a heading inside the text.
    Headline,
    /// "BAKU, April 12 (AzerTag) --" in front of a first sentence.
    Dateline,
    /// Running text.
    Body,
    /// A block quotation.
    Quotation,
    /// An item of a list.
    List,
    /// A caption of a picture or table.
    Caption,
}

/// A stretch of the document's text and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// What the stretch is.
    pub kind: ZoneKind,
    /// Byte range into [`Document::text`], on character boundaries.
    pub range: Range<usize>,
}

/// How finely a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A clock time.
    Time,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A part of a month, "the end of April".
    MonthPart,
    /// A month.
    Month,
    /// A quarter, a half or a season of a year.
    Season,
    /// A year.
    Year,
    /// A decade.
    Decade,
    /// A century.
    Century,
}

/// A range of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// First day.
    pub start: jiff::civil::Date,
    /// Last day.
    pub end: jiff::civil::Date,
}

/// A source's bytes and the text taken out of them.
///
/// Offsets inside the program are byte offsets into `text`; records that leave
/// the program count Unicode scalar values.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Where the document was found: a path, a path with a line number, an address.
    pub uri: String,
    /// Lower-case hexadecimal SHA-256 of the source's bytes.
    pub source_sha256: String,
    /// Lower-case hexadecimal SHA-256 of `text` in UTF-8.
    pub text_sha256: String,
    /// The extractor that made `text` and its version, for instance "html/1".
    pub extractor: String,
    /// The character encoding of the source as declared or detected, in its WHATWG name.
    pub encoding: String,
    /// Whether the encoding was detected (the source was neither UTF-8 nor said what it was).
    pub encoding_detected: bool,
    /// The text. Nothing is normalised in it: spans cut out exactly these words.
    pub text: String,
    /// Zones in the order of the text, not overlapping.
    pub zones: Vec<Zone>,
    /// The identifier that the source gives, if any.
    pub id: Option<String>,
    /// Title from metadata.
    pub title: Option<String>,
    /// Publication or outlet from metadata.
    pub source: Option<String>,
    /// Author from metadata.
    pub author: Option<String>,
    /// Date of publication from metadata; dating from the text is not done here.
    pub published: Option<DateRange>,
    /// Address from metadata.
    pub url: Option<String>,
    /// ISO 639-1 code of the language as declared by the source, lower case.
    pub declared_language: Option<String>,
    /// Fields of the source that have no place above, kept as they are.
    pub extra: BTreeMap<String, serde_json::Value>,
}

impl Document {
    /// A document of plain text in UTF-8 of which nothing else is known.
    #[must_use]
    pub fn of_text(uri: impl Into<String>, text: impl Into<String>) -> Document {
        let text = text.into();
        let hash = crate::record::sha256_hex(text.as_bytes());
        Document {
            uri: uri.into(),
            source_sha256: hash.clone(),
            text_sha256: hash,
            extractor: "text/1".to_owned(),
            encoding: "UTF-8".to_owned(),
            encoding_detected: false,
            text,
            zones: Vec::new(),
            id: None,
            title: None,
            source: None,
            author: None,
            published: None,
            url: None,
            declared_language: None,
            extra: BTreeMap::new(),
        }
    }
}
