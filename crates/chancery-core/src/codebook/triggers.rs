//! The words that tell of acts.

use super::syntax::{Condition, Slot};
use crate::act::{Act, Mode};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// The parts of speech of triggers.
    PartOfSpeech, "part of speech" {
        /// A verb.
        Verb = "verb",
        /// A noun.
        Noun = "noun",
        /// An adjective as predicate.
        Adjective = "adj",
    }
}

impl PartOfSpeech {
    /// The part of speech of a universal tag; none for words that trigger nothing.
    #[must_use]
    pub fn of_universal_tag(tag: &str) -> Option<PartOfSpeech> {
        match tag {
            "VERB" => Some(PartOfSpeech::Verb),
            "NOUN" | "PROPN" => Some(PartOfSpeech::Noun),
            "ADJ" => Some(PartOfSpeech::Adjective),
            _ => None,
        }
    }
}

vocabulary! {
    /// How surely a row tells of its act.
    Strength, "strength" {
        /// With any actor at all.
        Sure = "sure",
        /// With a political actor: a state, an organisation, an official, an armed group, protesters.
        Likely = "likely",
        /// Only with political actors on both sides.
        Weak = "weak",
        /// Never: the row says that the word in this frame is no trigger.
        None = "none",
    }
}

/// One row for one word.
#[derive(Debug, Clone, PartialEq)]
pub struct Trigger {
    /// The word: a lemma or a lower-case form.
    pub word: String,
    /// Its part of speech.
    pub pos: PartOfSpeech,
    /// All must hold.
    pub when: Vec<Condition>,
    /// The act.
    pub act: Act,
    /// Its mode, where the word says it.
    pub mode: Option<Mode>,
    /// The most specific CAMEO code that is sure.
    pub cameo: Option<String>,
    /// Where the actor stands; the first slot that is filled wins. Empty: the defaults.
    pub actor: Vec<Slot>,
    /// Where the recipient stands.
    pub recipient: Vec<Slot>,
    /// How surely.
    pub strength: Strength,
    /// The aspect that the word itself has, where it is not an event.
    pub aspect: Option<crate::Aspect>,
    /// The table of the row.
    pub file: String,
    /// The line of the row in the table.
    pub line: usize,
}

impl Trigger {
    /// How narrow the row is: the sum of the weights of its conditions.
    #[must_use]
    pub fn specificity(&self) -> usize {
        self.when.iter().map(Condition::weight).sum()
    }

    /// The order in which the rows of a word are tried: the narrowest first; of equally narrow ones those that tell of
    /// an act before those that say that there is none (which mostly mean: none of this table's act), then those with
    /// the shorter lists of words.
    pub(super) fn order(&self) -> impl Ord + use<> {
        let words: usize = self.when.iter().map(Condition::words).sum();
        (std::cmp::Reverse(self.specificity()), self.strength == Strength::None, words)
    }
}
