//! The codebook: which acts and modes exist, which words tell of them, and how
//! an act with its status becomes a PLOVER event and a CAMEO code.
//!
//! Everything here is read from tables that a political scientist can edit
//! (`knowledge/codebook/`, described in its README). [`Codebook::builtin`]
//! carries them inside the binary; [`Codebook::load`] reads a user's own
//! folder. Both go through the same checks: every [`Problem`] names the file,
//! the line, what is wrong and what to do. The tables of words are conditions
//! over a dependency parse, which the reader of documents hands in as
//! [`Node`]s, so that this module knows neither a parser nor a model.

mod builtin;
mod check;
mod cues;
mod decisions;
mod derivation;
mod problem;
mod read;
mod syntax;
mod table;
mod triggers;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

pub use cues::{Effect, Frame, FrameContent, LightVerb, ReportingWord, Side, Stance, StatusCue};
pub use decisions::Decision;
pub use derivation::{ContentForm, Derivation, Derived};
pub use problem::{CodebookError, Problem};
pub use syntax::{Condition, Node, Relation, Slot, Test, WordSet};
pub use triggers::{PartOfSpeech, Strength, Trigger};

use crate::act::{Act, Mode, Quad};
use derivation::ContentCodes;

/// One act of PLOVER, or STATEMENT.
#[derive(Debug, Clone, PartialEq)]
pub struct ActEntry {
    /// The act.
    pub act: Act,
    /// Its quad class.
    pub quad: Quad,
    /// Its place on PLOVER's conflict-cooperation scale, -10 to 10.
    pub intensity: f32,
    /// The CAMEO roots that belong to it.
    pub cameo_roots: Vec<String>,
    /// The CAMEO code of an act of which nothing more is known.
    pub cameo_default: String,
    /// What it is, in a sentence.
    pub definition: String,
}

/// One mode of one act.
#[derive(Debug, Clone, PartialEq)]
pub struct ModeEntry {
    /// The act.
    pub act: Act,
    /// The mode.
    pub mode: Mode,
    /// Its place on PLOVER's conflict-cooperation scale, -10 to 10.
    pub intensity: f32,
    /// What it is, in a sentence.
    pub definition: String,
}

/// One CAMEO code.
#[derive(Debug, Clone, PartialEq)]
pub struct CameoEntry {
    /// The code, a string: `010` is not `10`.
    pub code: String,
    /// The PLOVER act to which it belongs.
    pub act: Act,
    /// The PLOVER mode.
    pub mode: Option<Mode>,
    /// Further acts whose triggers may carry the code.
    pub also: Vec<Act>,
    /// Goldstein's value, -10 to 10.
    pub goldstein: f32,
    /// What it is, in a few words.
    pub label: String,
}

/// One context and the words by which a text gets it.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// PLOVER's name of the context.
    pub name: String,
    /// Cues: each a sequence of lemmas or lower-case forms.
    pub cues: Vec<Vec<String>>,
}

/// Where the participants of an act stand when its trigger does not say.
#[derive(Debug)]
struct DefaultSlots {
    actor: Vec<Slot>,
    recipient: Vec<Slot>,
}

/// The codebook with all its tables.
#[derive(Debug, Default)]
pub struct Codebook {
    version: String,
    acts: Vec<ActEntry>,
    modes: Vec<ModeEntry>,
    cameo: HashMap<String, CameoEntry>,
    contexts: Vec<Context>,
    derivation: Vec<Derivation>,
    content: HashMap<String, ContentCodes>,
    default_slots: HashMap<(Option<Act>, PartOfSpeech), DefaultSlots>,
    triggers: Vec<Trigger>,
    trigger_index: HashMap<(String, PartOfSpeech), Vec<usize>>,
    light_verbs: Vec<LightVerb>,
    light_verb_index: HashMap<String, Vec<usize>>,
    reporting: Vec<ReportingWord>,
    reporting_index: HashMap<String, Vec<usize>>,
    cues: Vec<StatusCue>,
    cue_index: HashMap<String, Vec<usize>>,
    decisions: HashMap<String, Decision>,
    outcomes: HashMap<String, Vec<Act>>,
}

impl Codebook {
    /// The codebook inside the binary, parsed at the first call.
    ///
    /// The tests hold that its tables are free of problems; should a build
    /// carry a broken row all the same, that row is left out.
    #[must_use]
    pub fn builtin() -> &'static Codebook {
        static CODEBOOK: OnceLock<Codebook> = OnceLock::new();
        CODEBOOK.get_or_init(|| read::read(builtin::TABLES.iter().copied()).0)
    }

    /// Reads and checks the tables of a folder that is laid out like `knowledge/codebook/`.
    ///
    /// # Errors
    /// [`CodebookError::Unreadable`] for a file that is missing or cannot be
    /// read, [`CodebookError::Problems`] with every problem that the checks found.
    pub fn load(folder: &Path) -> Result<Codebook, CodebookError> {
        let mut texts = Vec::new();
        for (name, _) in builtin::TABLES {
            let path = folder.join(name);
            let text = std::fs::read_to_string(&path)
                .map_err(|source| CodebookError::Unreadable { path: path.clone(), source })?;
            texts.push((*name, text));
        }
        let (codebook, mut problems) = read::read(texts.iter().map(|(name, text)| (*name, text.as_str())));
        check::check(&codebook, &mut problems);
        if problems.is_empty() { Ok(codebook) } else { Err(CodebookError::Problems(problems)) }
    }

    /// The problems of the tables inside the binary; empty in any build that passed its tests.
    #[must_use]
    pub fn builtin_problems() -> Vec<Problem> {
        let (codebook, mut problems) = read::read(builtin::TABLES.iter().copied());
        check::check(&codebook, &mut problems);
        problems
    }

    /// Hash of all tables: the first 16 hexadecimal digits of their SHA-256.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The acts in the order of the codebook.
    #[must_use]
    pub fn acts(&self) -> &[ActEntry] {
        &self.acts
    }

    /// One act.
    #[must_use]
    pub fn act(&self, act: Act) -> Option<&ActEntry> {
        self.acts.iter().find(|entry| entry.act == act)
    }

    /// The modes of all acts.
    #[must_use]
    pub fn modes(&self) -> &[ModeEntry] {
        &self.modes
    }

    /// One mode of one act; none where the act has no such mode.
    #[must_use]
    pub fn mode(&self, act: Act, mode: Mode) -> Option<&ModeEntry> {
        self.modes.iter().find(|entry| entry.act == act && entry.mode == mode)
    }

    /// One CAMEO code.
    #[must_use]
    pub fn cameo(&self, code: &str) -> Option<&CameoEntry> {
        self.cameo.get(code)
    }

    /// The contexts in the order of the codebook.
    #[must_use]
    pub fn contexts(&self) -> &[Context] {
        &self.contexts
    }

    /// The rows of the derivation table.
    #[must_use]
    pub fn derivation(&self) -> &[Derivation] {
        &self.derivation
    }

    /// All rows of the trigger tables, in the order of the files.
    #[must_use]
    pub fn triggers(&self) -> &[Trigger] {
        &self.triggers
    }

    /// The rows for a word, given as lemma or lower-case form: the most
    /// specific first, then in the order of the files.
    pub fn triggers_for(&self, word: &str, pos: PartOfSpeech) -> impl Iterator<Item = &Trigger> {
        let rows = self.trigger_index.get(&(word.to_owned(), pos)).map_or(&[][..], Vec::as_slice);
        rows.iter().filter_map(|row| self.triggers.get(*row))
    }

    /// The row by which a word in its sentence is a trigger; none where it has
    /// no row or [`Codebook::row`] says that it is no trigger here.
    pub fn trigger<N: Node>(&self, node: N, pos: PartOfSpeech) -> Option<&Trigger> {
        self.row(node, pos).filter(|trigger| trigger.strength != Strength::None)
    }

    /// The row that a word in its sentence meets: of all rows of its lower-case
    /// form and its lemma the most specific one whose conditions hold, also if
    /// it says that the word is no trigger here.
    pub fn row<N: Node>(&self, node: N, pos: PartOfSpeech) -> Option<&Trigger> {
        let form = node.form().to_lowercase();
        let lemma = node.lemma().to_lowercase();
        let of_form = self.trigger_index.get(&(form.clone(), pos)).map_or(&[][..], Vec::as_slice);
        let of_lemma = if lemma == form {
            &[][..]
        } else {
            self.trigger_index.get(&(lemma, pos)).map_or(&[][..], Vec::as_slice)
        };
        of_form
            .iter()
            .chain(of_lemma)
            .filter_map(|row| self.triggers.get(*row).map(|trigger| (*row, trigger)))
            .filter(|(_, trigger)| trigger.when.iter().all(|condition| condition.holds(node)))
            .min_by_key(|(row, trigger)| (trigger.order(), *row))
            .map(|(_, trigger)| trigger)
    }

    /// Where to look for the actor of a trigger: its own slots, else those of its act and part of speech.
    #[must_use]
    pub fn actor_slots<'a>(&'a self, trigger: &'a Trigger) -> &'a [Slot] {
        if trigger.actor.is_empty() { self.default_slots(trigger.act, trigger.pos).0 } else { &trigger.actor }
    }

    /// Where to look for the recipient of a trigger. Empty slots of the trigger
    /// fall back to the defaults only if its actor slots are empty, too: a row
    /// that names its actor and no recipient has none.
    #[must_use]
    pub fn recipient_slots<'a>(&'a self, trigger: &'a Trigger) -> &'a [Slot] {
        if trigger.recipient.is_empty() && trigger.actor.is_empty() {
            self.default_slots(trigger.act, trigger.pos).1
        } else {
            &trigger.recipient
        }
    }

    /// The slots (actor, recipient) of an act and part of speech without a row of their own.
    #[must_use]
    pub fn default_slots(&self, act: Act, pos: PartOfSpeech) -> (&[Slot], &[Slot]) {
        self.default_slots
            .get(&(Some(act), pos))
            .or_else(|| self.default_slots.get(&(None, pos)))
            .map_or((&[], &[]), |slots| (&slots.actor, &slots.recipient))
    }

    /// The rows for a light verb, by its lemma, in the order of the file.
    pub fn light_verbs(&self, lemma: &str) -> impl Iterator<Item = &LightVerb> {
        let rows = self.light_verb_index.get(lemma).map_or(&[][..], Vec::as_slice);
        rows.iter().filter_map(|row| self.light_verbs.get(*row))
    }

    /// The light verb on which a noun hangs, if the noun hangs on one: the
    /// first row of the verb whose link, nouns and conditions fit. Rows that
    /// name their nouns come before those for any noun.
    pub fn light_verb<N: Node>(&self, noun: N) -> Option<(&LightVerb, N)> {
        let verb = noun.head()?;
        let lemma = verb.lemma().to_lowercase();
        let fits = |row: &&LightVerb| row.fits(verb, noun);
        self.light_verbs(&lemma)
            .filter(|row| !row.any_noun())
            .find(fits)
            .or_else(|| self.light_verbs(&lemma).filter(|row| row.any_noun()).find(fits))
            .map(|row| (row, verb))
    }

    /// All reporting words, in the order of the file.
    #[must_use]
    pub fn reporting(&self) -> &[ReportingWord] {
        &self.reporting
    }

    /// The reporting words and phrases that begin with a word (lemma or lower-case form).
    pub fn reporting_for(&self, word: &str) -> impl Iterator<Item = &ReportingWord> {
        let rows = self.reporting_index.get(word).map_or(&[][..], Vec::as_slice);
        rows.iter().filter_map(|row| self.reporting.get(*row))
    }

    /// All status cues, in the order of the file.
    #[must_use]
    pub fn cues(&self) -> &[StatusCue] {
        &self.cues
    }

    /// Whether a lemma tells what came of an act to its victims ("kill" of an attack), so that it is no act of its own
    /// beside the word that names the act.
    #[must_use]
    pub fn is_outcome(&self, act: Act, lemma: &str) -> bool {
        self.outcomes.get(lemma).is_some_and(|acts| acts.contains(&act))
    }

    /// The weights of a decision: `mention`, `actor` or `recipient`.
    #[must_use]
    pub fn decision(&self, name: &str) -> Option<&Decision> {
        self.decisions.get(name)
    }

    /// The status cues that begin with a word (lemma or lower-case form).
    pub fn cues_for(&self, word: &str) -> impl Iterator<Item = &StatusCue> {
        let rows = self.cue_index.get(word).map_or(&[][..], Vec::as_slice);
        rows.iter().filter_map(|row| self.cues.get(*row))
    }
}
