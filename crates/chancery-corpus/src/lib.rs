//! The annotated corpus, read from the form that people write.
//!
//! `corpus/GUIDELINES.md` describes the form: blocks of one `S` line (the sentence) and an `E` line for each
//! event mention, whose fields quote the words of the sentence. This crate compiles the quotations to spans and
//! the closed fields to the vocabularies of `chancery-core`, so that the corpus can be shown and the reading be
//! measured on it. It checks the form alone; floors, near duplicates and the rest of the corpus' own promises are
//! checked by `corpus/validate.py`.
//!
//! ```
//! let text = "S Peru expelled the envoy.\nE expelled | SANCTION/expel | actor: Peru | recipient: the envoy\n";
//! let documents = chancery_corpus::parse("example.txt", text)?;
//! let mention = &documents[0].sentences[0].mentions[0];
//! assert_eq!(mention.trigger, 5..13);
//! assert_eq!(mention.act, chancery_core::Act::Sanction);
//! # Ok::<(), chancery_corpus::CorpusError>(())
//! ```

mod form;

use std::collections::BTreeMap;
use std::ops::Range;

use chancery_core::{Act, Mode, StatusParts};

pub use form::{parse, read};

/// Why a corpus file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The file could not be read.
    #[error("{path}: cannot be read: {source}; corpus files are UTF-8 text")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A line is not of the form.
    #[error("{path}, line {line}: {problem}; corpus/GUIDELINES.md tells the form")]
    Form {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
}

/// Sentences that stand together: a report, a stretch of a real document, or a single sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The file, and what the attributes call the document, if they do.
    pub name: String,
    /// Attributes of the first block, for instance `register` and `year`.
    pub attributes: BTreeMap<String, String>,
    /// In the order of the text.
    pub sentences: Vec<Sentence>,
}

/// A sentence with its event mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Line of the file, from 1.
    pub line: usize,
    /// The words.
    pub text: String,
    /// Attributes of its block.
    pub attributes: BTreeMap<String, String>,
    /// In the order in which they were written down.
    pub mentions: Vec<Mention>,
}

/// An annotated event mention. Spans are byte ranges of the sentence's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Line of the file, from 1.
    pub line: usize,
    /// The trigger.
    pub trigger: Range<usize>,
    /// What is or would be done.
    pub act: Act,
    /// How, if a mode fits.
    pub mode: Option<Mode>,
    /// Whether it happened.
    pub status: StatusParts,
    /// Whether the actors do it to each other.
    pub reciprocal: bool,
    /// `asserts`, `denies`, `doubts` or `claims`, where somebody else than the author says it.
    pub stance: Option<String>,
    /// Spans of the fields, in the order of the line.
    pub fields: Vec<(Field, Range<usize>)>,
    /// Words of the document before this sentence that a field means.
    pub outside: Vec<(Field, String)>,
    /// Links to other triggers of the sentence.
    pub links: Vec<(Relation, Range<usize>)>,
}

impl Mention {
    /// Spans of one field.
    pub fn spans(&self, field: Field) -> impl Iterator<Item = Range<usize>> + '_ {
        self.fields.iter().filter(move |(of, _)| *of == field).map(|(_, span)| span.clone())
    }
}

/// Declares an enumeration whose values are written as the words of the form.
macro_rules! words {
    ($(#[$outer:meta])* $name:ident { $( $(#[$inner:meta])* $variant:ident = $text:literal ),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $( $(#[$inner])* $variant, )+ }

        impl $name {
            /// Every value.
            pub const ALL: &'static [$name] = &[$( $name::$variant ),+];

            /// The word of the form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( $name::$variant => $text, )+ }
            }

            fn of(word: &str) -> Option<$name> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word)
            }
        }
    };
}

words! {
    /// A field whose value is words of the text.
    Field {
        /// Who does it.
        Actor = "actor",
        /// To whom or against whom.
        Recipient = "recipient",
        /// Who goes along.
        Companion = "companion",
        /// Who stands behind the actor.
        Backer = "backer",
        /// Where.
        Place = "place",
        /// When.
        Time = "time",
        /// Who says so.
        Holder = "holder",
        /// The word by which it is said.
        Cue = "cue",
        /// How many died.
        Dead = "dead",
        /// How many were hurt.
        Injured = "injured",
        /// How many were arrested.
        Arrested = "arrested",
        /// How many took part.
        Participants = "participants",
        /// How many had to leave.
        Displaced = "displaced",
        /// How much money.
        Money = "money",
    }
}

words! {
    /// How one mention of a sentence hangs together with another.
    Relation {
        /// It is the content of a request, threat, promise, denial.
        ContentOf = "content_of",
        /// It is a part of the other act.
        PartOf = "part_of",
        /// It is the other act in other words.
        SameAct = "same_act",
        /// It answers the other act.
        ResponseTo = "response_to",
        /// It came of the other act.
        OutcomeOf = "outcome_of",
    }
}
