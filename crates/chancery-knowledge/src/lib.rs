//! What the world is called.
//!
//! States, peoples, seats of government, organisations, offices, outlets and places are
//! tables in plain files (the folder `knowledge/` of the repository). The build compiles
//! them into the program; [`Knowledge::load`] lays a user's own tables over them. Look-up
//! is by the words of a text: [`Knowledge::match_at`] finds every phrase of the tables
//! that starts at a word, [`Knowledge::places`] everything on the map that bears a name.
//! Which of several meanings is the right one is for the reader of the text to decide;
//! a meaning whose words often mean something else is marked as ambiguous.

mod compile;
mod entry;
mod error;
mod fold;
mod gazetteer;
mod index;
mod knowledge;
mod rows;
mod table;

pub use entry::{
    ArmedGroup, Capital, Country, CountryForm, CountryKind, DemonymNoun, Entry, Gender, Match, Metonym,
    MetonymKind, Modifier, Organisation, Outlet, OutletKind, PartialDate, People, Person, Place,
    PlaceFeature, Region, Role, RoleKind,
};
pub use error::KnowledgeError;
pub use knowledge::{Conflict, Knowledge};
