//! From bytes to document text and zones.
//!
//! A report arrives as a file, a folder of files, a pattern, standard input or a line of JSON, in one
//! encoding or another, as plain text, Markdown, a web page or a record. This crate finds the files, decodes
//! the bytes, takes the text out of them and says which stretches of it are header, headline, dateline, body,
//! quotation, list and caption, and what the source itself tells about date, outlet, author and language.
//! It reads one file at a time and never stops at a bad one: whatever cannot be read comes out as a
//! [`SourceError`] that names the file, the line, what is wrong and what to do.
//!
//! What is *not* done here: nothing is dated from the running text, and no language is identified.
//!
//! The text of a document depends on the extractor, which [`Document::extractor`] names:
//!
//! | extractor | text |
//! |---|---|
//! | `text/1` | the decoded content without byte order mark; `\r\n` and lone `\r` become `\n`, as in the universal newlines of most languages |
//! | `json/1` | the text field exactly as it stands in the record |
//! | `markdown/1` | blocks separated by a blank line, without the marks; soft line breaks become spaces |
//! | `html/1` | title and main text, blocks separated by a blank line, white space collapsed as a browser does |

mod assemble;
mod block;
mod date;
mod dateline;
mod encoding;
mod error;
mod furniture;
mod html;
mod html_metadata;
mod html_nesting;
mod inputs;
mod json;
mod language;
mod layout;
mod markdown;
mod plain;
mod reader;
mod tables;

pub use chancery_core::{DateRange, Document};
pub use date::{DateError, parse_date, parse_date_range};
pub use error::{Notice, Place, Position, Problem, SourceError, Warning};
pub use reader::{Reader, open, read_bytes};

/// The form in which a source holds its documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, one document a file.
    Text,
    /// CommonMark with optional front matter, one document a file.
    Markdown,
    /// A web page, one document a file.
    Html,
    /// JSON Lines: one record a line.
    JsonLines,
    /// One JSON file that holds a record or an array of records.
    Json,
}

impl Format {
    /// File name extensions that are read in folders, in lower case, with their format.
    pub const EXTENSIONS: [(&'static str, Format); 10] = [
        ("txt", Format::Text),
        ("text", Format::Text),
        ("md", Format::Markdown),
        ("markdown", Format::Markdown),
        ("html", Format::Html),
        ("htm", Format::Html),
        ("xhtml", Format::Html),
        ("jsonl", Format::JsonLines),
        ("ndjson", Format::JsonLines),
        ("json", Format::Json),
    ];

    /// The format that a file name's extension stands for, if it is a known one.
    pub fn from_extension(extension: &str) -> Option<Format> {
        Self::EXTENSIONS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(extension))
            .map(|(_, format)| *format)
    }
}

/// How sources are read.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Read every source in this format, whatever its name says.
    pub format: Option<Format>,
    /// Outlet of all documents, as the user declares it. It outranks what a source says; the source's own
    /// word is then kept in the document's further fields as `source`.
    pub declared_source: Option<String>,
    /// Date of publication of all documents, as the user declares it. It outranks what a source says; the
    /// source's own word is then kept in the document's further fields as `date`.
    pub declared_date: Option<DateRange>,
    /// Largest source of one document in bytes: a file of text, Markdown or JSON, or one line of JSON Lines.
    pub max_document_bytes: usize,
    /// Largest web page in bytes. A parsed page takes many times its size in memory.
    pub max_html_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: None,
            declared_source: None,
            declared_date: None,
            max_document_bytes: 64 << 20,
            max_html_bytes: 16 << 20,
        }
    }
}

/// What a reader yields.
#[derive(Debug)]
pub enum Item {
    /// A document.
    Document(Box<Document>),
    /// Something that the user should know about the document that follows; it is delivered all the same.
    Warning(Warning),
    /// A source, or a record of one, that gave no document.
    Failure(SourceError),
}
