//! From the text of a document to its analysis.
//!
//! The crate cuts a text into sentences and tokens that keep their exact place
//! in it ([`segment`]).

pub mod model;
pub mod segment;
