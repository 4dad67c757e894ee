//! The language model: one small encoder with all heads on a single pass.
//!
//! [`Reader`] takes the weights (crate `chancery-model`) and turns a segmented text into an
//! [`Analysis`]: tags, lemmas, dependencies, PropBank roles, names, and the event graph's scores. Sentences
//! are read in windows of whole sentences, so that tense, quotes and pronouns see their surroundings. The
//! result has the same bits whatever the number of threads, the order of documents and the instructions
//! of the processor (see [`kernels`]).

pub mod analysis;
pub mod encoder;
pub mod kernels;
mod lemma;
mod names;
mod reader;
mod tree;
mod weights;
mod wordpiece;

pub use analysis::{Analysis, Argument, EventState, Labels, Name, Token};
pub use reader::{Reader, Scores};
pub use weights::WeightsError;
pub use wordpiece::{Case, WordPiece, case_of};
