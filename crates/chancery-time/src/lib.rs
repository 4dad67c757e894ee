//! Temporal expressions in English news text.
//!
//! [`find`] finds them and says what they state (TIMEX3 types DATE, TIME,
//! DURATION, SET); [`resolve()`] lays the calendar beside one, given the day from
//! which the text speaks, the tense of the clause and the time spoken of last;
//! [`resolve_all`] does so for a whole text. [`inference`] works out when a
//! report was published from what it says itself. The words are in tables under
//! `data/`. The crate knows nothing of events, parses or other crates here.

pub mod calendar;
pub mod document;
pub mod expression;
mod grammar;
pub mod holiday;
pub mod inference;
mod lexicon;
pub mod resolve;
pub mod tense;
mod token;
mod value;

pub use calendar::Precision;
pub use document::resolve_all;
pub use expression::{Expression, Form, Kind, Modifier, Signal};
pub use grammar::find;
pub use resolve::{Anchor, Resolved, Tense, resolve, span};
pub use tense::guess_tense;
