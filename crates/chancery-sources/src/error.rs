//! What can go wrong with a source, in one line that says where, what and what to do.

use std::fmt;

use crate::date::DateError;

/// Where in a source something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// The source as a whole.
    Whole,
    /// A line, counted from 1.
    Line(u64),
    /// An element of a JSON array, counted from 1.
    Record(u64),
}

/// A source and a position in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path or address as the user gave it; "-" is standard input.
    pub uri: String,
    /// Where in it.
    pub position: Position,
}

impl Place {
    /// The source as a whole.
    pub fn whole(uri: impl Into<String>) -> Self {
        Self { uri: uri.into(), position: Position::Whole }
    }

    /// The place as the `uri` of a document: "reports.jsonl:17", "reports.json#3".
    pub fn document_uri(&self) -> String {
        match self.position {
            Position::Whole => self.uri.clone(),
            Position::Line(line) => format!("{}:{line}", self.uri),
            Position::Record(record) => format!("{}#{record}", self.uri),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.uri == "-" { "standard input" } else { &self.uri })?;
        match self.position {
            Position::Whole => Ok(()),
            Position::Line(line) => write!(f, ", line {line}"),
            Position::Record(record) => write!(f, ", record {record}"),
        }
    }
}

/// A source, or a record of one, that gave no document.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct SourceError {
    /// Where.
    pub place: Place,
    /// What is wrong, and what to do.
    #[source]
    pub problem: Problem,
}

/// Why a source gave no document.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// No argument names a source.
    #[error("no input; name files, folders or patterns, or - for standard input")]
    NoInput,
    /// There is no such file.
    #[error("no such file or folder; check the name")]
    NotFound,
    /// The operating system refused to read it.
    #[error("cannot be read: {0}; check permissions and the disk")]
    Unreadable(#[source] std::io::Error),
    /// A named pipe, socket or device, which could block for ever.
    #[error("is {0}, not a file; pipe it in and give - as the input")]
    NotAFile(&'static str),
    /// A folder in which there is nothing of a known extension.
    #[error(
        "no file in this folder that can be read ({others} with other names); known are {known}; name a file \
         itself to read it all the same"
    )]
    NoReadableFiles {
        /// How many files of other names there are.
        others: usize,
        /// The extensions that are read.
        known: String,
    },
    /// A pattern that matches no file.
    #[error("no file matches this pattern; check it, and quote it if the shell is not to expand it")]
    NothingMatches,
    /// A pattern that is none.
    #[error("not a valid pattern: {0}; correct it")]
    BadPattern(String),
    /// Nothing in it.
    #[error("is empty; remove it or look how it was made")]
    Empty,
    /// No letter in it.
    #[error("has no word in it, only signs or white space; check that this is the text you meant")]
    NoWords,
    /// A page without text.
    #[error(
        "has no text under its markup (a page that a script fills, or menus alone); save the page as a browser \
         shows it, or give its text as .txt"
    )]
    OnlyMarkup,
    /// A file of a known kind that is not text.
    #[error("is {what}, not text; {advice}")]
    Binary {
        /// What it is.
        what: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// Control characters that text does not have.
    #[error("looks like binary data ({controls} control characters among {characters}); give it as text")]
    ControlCharacters {
        /// How many control characters.
        controls: usize,
        /// How many characters in all.
        characters: usize,
    },
    /// No encoding fits.
    #[error(
        "cannot be decoded: read as {encoding}, {replaced} of {characters} characters are broken; convert it to \
         UTF-8, for instance with iconv"
    )]
    Undecodable {
        /// The encoding that fits best.
        encoding: &'static str,
        /// How many sequences had to be replaced.
        replaced: usize,
        /// How many characters in all.
        characters: usize,
    },
    /// Larger than the limit.
    #[error("larger than the limit of {limit} bytes; split it, or raise the limit")]
    TooLarge {
        /// The limit that it exceeds.
        limit: usize,
    },
    /// Broken JSON.
    #[error("not valid JSON: {reason}; correct or remove the record")]
    NotJson {
        /// What the parser says, with the column.
        reason: String,
    },
    /// JSON, but no object.
    #[error("a record must be a JSON object, but this is {found}; correct or remove the record")]
    NotAnObject {
        /// What it is.
        found: &'static str,
    },
    /// A record without text.
    #[error("the record has no text; put it into a field \"text\" (its fields are: {fields})")]
    MissingText {
        /// The names of the fields that the record has.
        fields: String,
    },
    /// A field of a type that it cannot have.
    #[error("the field {field:?} holds {found}; it must hold a string")]
    WrongType {
        /// Name of the field.
        field: String,
        /// What it holds.
        found: &'static str,
    },
    /// A part of the reading failed in a way that was not foreseen.
    #[error("could not be taken apart as {0}; give its text as .txt, and report the file as a bug")]
    Extractor(&'static str),
}

/// Something that the user should know about a document that was delivered all the same.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{place}: {notice}")]
pub struct Warning {
    /// Where.
    pub place: Place,
    /// What.
    pub notice: Notice,
}

/// What a [`Warning`] tells.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Notice {
    /// The source gives a date that is none. The document has no date from metadata.
    #[error("{0}; the document is read without a date of publication")]
    Date(#[from] DateError),
    /// Some bytes do not belong to the encoding.
    #[error("{count} broken byte sequences in {encoding} were replaced by U+FFFD; check the file")]
    BrokenSequences {
        /// How many.
        count: usize,
        /// In which encoding.
        encoding: &'static str,
    },
    /// A text that begins like a web page.
    #[error("looks like a web page but is read as text; rename it to .html, or say that the format is html")]
    LooksLikeHtml,
}
