//! Words that carry acts told by nouns, that report, and that say whether an act happened.

use super::syntax::{Condition, Node, Relation, Slot, WordSet};
use super::triggers::Strength;
use crate::status::{Aspect, Disposition, Modality, Polarity, StatusParts};
use crate::vocabulary::vocabulary;

/// The parts of a status that a word sets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effect {
    /// Polarity, if the word says it.
    pub polarity: Option<Polarity>,
    /// Modality, if the word says it.
    pub modality: Option<Modality>,
    /// Aspect, if the word says it.
    pub aspect: Option<Aspect>,
    /// Background, if the word says it.
    pub background: Option<bool>,
    /// Disposition, if the word says it.
    pub disposition: Option<Disposition>,
}

impl Effect {
    /// Reads `modality=planned background=yes`.
    pub(super) fn parse(text: &str) -> Result<Effect, String> {
        let mut effect = Effect::default();
        for part in text.split_whitespace() {
            let (name, value) = part
                .split_once('=')
                .ok_or_else(|| format!("'{part}' is no effect; write for instance modality=planned"))?;
            match name {
                "polarity" => effect.polarity = Some(value.parse().map_err(problem)?),
                "modality" => effect.modality = Some(value.parse().map_err(problem)?),
                "aspect" => effect.aspect = Some(value.parse().map_err(problem)?),
                "disposition" => effect.disposition = Some(value.parse().map_err(problem)?),
                "background" => {
                    effect.background = Some(match value {
                        "yes" => true,
                        "no" => false,
                        _ => return Err(format!("'{part}': write background=yes or background=no")),
                    });
                }
                _ => {
                    return Err(format!(
                        "'{name}' is no part of a status; write polarity, modality, aspect, background or disposition"
                    ));
                }
            }
        }
        Ok(effect)
    }

    /// Whether the word sets nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Effect::default()
    }

    /// Sets the parts that the word says and leaves the others.
    pub fn apply(&self, parts: &mut StatusParts) {
        if let Some(polarity) = self.polarity {
            parts.polarity = polarity;
        }
        if let Some(modality) = self.modality {
            parts.modality = modality;
        }
        if let Some(aspect) = self.aspect {
            parts.aspect = aspect;
        }
        if let Some(background) = self.background {
            parts.background = background;
        }
        if self.disposition.is_some() {
            parts.disposition = self.disposition;
        }
    }
}

fn problem(unknown: crate::vocabulary::UnknownWord) -> String {
    unknown.to_string()
}

/// A verb that only carries an act told by a noun ("paid a *visit*").
#[derive(Debug, Clone, PartialEq)]
pub struct LightVerb {
    /// Its lemma.
    pub word: String,
    /// Conditions on the verb.
    pub when: Vec<Condition>,
    /// How the noun hangs on the verb.
    pub link: Relation,
    /// The nouns; none: any noun that is a trigger.
    pub nouns: Option<WordSet>,
    /// Slots of the verb that hold the noun's actor, after the noun's own.
    pub actor: Vec<Slot>,
    /// Slots of the verb that hold the noun's recipient, after the noun's own.
    pub recipient: Vec<Slot>,
    /// What the verb says of the act's status.
    pub effect: Effect,
}

impl LightVerb {
    /// Whether the row is for any noun that is a trigger.
    #[must_use]
    pub fn any_noun(&self) -> bool {
        self.nouns.is_none()
    }

    /// Whether the verb carries the noun: link, noun and conditions fit.
    pub fn fits<N: Node>(&self, verb: N, noun: N) -> bool {
        self.link.joins(noun)
            && self.nouns.as_ref().is_none_or(|nouns| nouns.contains(noun))
            && self.when.iter().all(|condition| condition.holds(verb))
    }
}

vocabulary! {
    /// How the holder stands to what is reported.
    Stance, "stance" {
        /// The holder vouches for it.
        Asserts = "asserts",
        /// The holder says that it is not so.
        Denies = "denies",
        /// The holder leaves it open or disbelieves it.
        Doubts = "doubts",
        /// The holder vouches for it, and the author keeps a distance.
        Claims = "claims",
    }
}

/// Where the content of a report hangs on its cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrameContent {
    /// By a relation.
    Related(Relation),
    /// A quotation beside the cue.
    Quotation,
    /// The cue is the subject of a reporting verb.
    Subject,
}

/// One frame of a reporting word: what must be there beside the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Conditions on the cue, for instance an addressee.
    pub requires: Vec<Condition>,
    /// The content.
    pub content: FrameContent,
}

impl Frame {
    /// Reads `obj+ccomp`, `quote`, `prt=out+ccomp`.
    pub(super) fn parse(
        text: &str,
        words: &mut dyn FnMut(&str) -> Result<WordSet, String>,
    ) -> Result<Frame, String> {
        let (requires, content) = text.rsplit_once('+').unwrap_or(("", text));
        let requires = requires
            .split('+')
            .filter(|condition| !condition.is_empty())
            .map(|condition| Condition::parse(condition, words))
            .collect::<Result<_, _>>()?;
        let content = match content {
            "quote" => FrameContent::Quotation,
            "subject" => FrameContent::Subject,
            relation => FrameContent::Related(Relation::parse(relation)?),
        };
        Ok(Frame { requires, content })
    }
}

/// A word or phrase that brings what somebody says.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportingWord {
    /// Its words: lemmas or lower-case forms.
    pub words: Vec<String>,
    /// `verb`, `noun` or `phrase`.
    pub pos: String,
    /// How the holder stands to the content.
    pub stance: Stance,
    /// How it was brought: said, wrote, told, asked, thought, published, reported, testified.
    pub medium: String,
    /// Where the content hangs, in the order in which to try.
    pub frames: Vec<Frame>,
    /// How surely the word reports.
    pub strength: Strength,
}

vocabulary! {
    /// Whether a status cue stands above or below the trigger of the act.
    Side, "side" {
        /// The trigger hangs on the cue.
        Governor = "governor",
        /// The cue hangs on the trigger.
        Dependent = "dependent",
    }
}

/// A word or phrase that says whether an act happened.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusCue {
    /// Its words: lemmas or lower-case forms.
    pub words: Vec<String>,
    /// `verb`, `noun`, `adj`, `adv`, `aux`, `adp`, `sconj`, `cconj`, `det`, `pron` or `phrase`.
    pub pos: String,
    /// Conditions on the cue, of several words on the one that stands highest.
    pub when: Vec<Condition>,
    /// Where the cue stands.
    pub side: Side,
    /// The relations that lead from the one above to the one below, one step or two
    /// (`obl.case`: the cue introduces an adjunct of the trigger).
    pub link: Slot,
    /// What it sets.
    pub effect: Effect,
    /// How surely.
    pub strength: Strength,
}

impl StatusCue {
    /// Whether the cue, a single word or the highest of its words, touches the
    /// trigger: it stands on the side and by the link of the row, and its conditions hold.
    pub fn touches<N: Node + PartialEq>(&self, cue: N, trigger: N) -> bool {
        let (above, below) = match self.side {
            Side::Governor => (cue, trigger),
            Side::Dependent => (trigger, cue),
        };
        self.climbs(above, below) && self.when.iter().all(|condition| condition.holds(cue))
    }

    fn climbs<N: Node + PartialEq>(&self, above: N, below: N) -> bool {
        let mut node = below;
        for step in self.link.path.iter().rev() {
            if !step.joins(node) {
                return false;
            }
            match node.head() {
                Some(head) => node = head,
                None => return false,
            }
        }
        node == above
    }
}
