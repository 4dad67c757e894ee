//! The vocabulary of the register.
//!
//! Every other crate of Chancery speaks in the words that are defined here:
//! documents and their zones, spans, actors, event mentions with their status
//! and attribution, statements, citations. The crate also holds the codebook,
//! that is the tables which say which acts and modes exist and how an act with
//! its status becomes a PLOVER event and a CAMEO code. Nothing here depends
//! on a model, and nothing reads or writes but [`Codebook::load`], which takes a
//! user's own tables.

pub mod act;
pub mod codebook;
pub mod document;
pub mod record;
pub mod status;
pub mod vocabulary;

pub use act::{Act, Mode, Quad};
pub use codebook::Codebook;
pub use document::{DateRange, Document, Precision, Zone, ZoneKind};
pub use status::{Aspect, Disposition, Modality, Polarity, Status, StatusParts};
