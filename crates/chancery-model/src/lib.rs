//! The weights of the reading model, nothing else.
//!
//! Only the binary and tests depend on this crate, so that every other part of the project builds and is
//! tested without carrying some thirty megabytes. `models/MODEL_CARD.md` says what the weights were made
//! from; `training/README.md` says how to make them again.

/// The weights as `chancery_language::model::Reader::load` reads them (safetensors).
pub static READER: &[u8] = include_bytes!("../../../models/reader.safetensors");
