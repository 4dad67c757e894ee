//! From an analysis to the record.
//!
//! [`Engine::read`] takes a document from the sources, has it cut and read by the language model, and turns
//! what the model says into the register's words. Each module does one thing and is pure: [`sentence`]
//! walks the dependency graph, [`entities`] decides who is who in the document, [`document_date`] dates the
//! document, [`citations`] and [`statements`] find who says what, [`events`] codes the mentions, and
//! [`times`], [`places`] and [`quantities`] say when, where and how many.

pub mod citations;
pub mod document_date;
mod engine;
pub mod entities;
pub mod events;
pub mod places;
pub mod quantities;
pub mod scene;
pub mod sentence;
pub mod statements;
#[cfg(test)]
mod testing;
pub mod times;

pub use engine::{Engine, EngineError, Explanation, ReadOptions, Reading, sentences};
