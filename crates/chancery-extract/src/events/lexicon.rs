//! The codebook's triggers over a document's parse.

pub use chancery_core::codebook::Strength;
use chancery_core::codebook::{Effect, LightVerb, Node, PartOfSpeech, Slot, Test};
use chancery_core::{Act, Aspect, Mode};
use chancery_language::model::Analysis;

use crate::scene::Scene;
use crate::sentence;

/// A word of the analysis as the codebook's conditions see it.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    scene: &'a Scene<'a>,
    /// Its index.
    pub index: usize,
}

impl<'a> Word<'a> {
    /// A word of the scene.
    pub fn new(scene: &'a Scene<'a>, index: usize) -> Word<'a> {
        Word { scene, index }
    }

    fn analysis(&self) -> &'a Analysis {
        self.scene.analysis
    }

    fn at(&self, index: usize) -> Word<'a> {
        Word { scene: self.scene, index }
    }
}

impl PartialEq for Word<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl Node for Word<'_> {
    fn form(&self) -> &str {
        self.scene.form(self.index)
    }

    fn lemma(&self) -> &str {
        self.analysis().lemma(self.index)
    }

    fn tag(&self) -> &str {
        self.analysis().xpos(self.index)
    }

    fn relation(&self) -> &str {
        self.analysis().relation(self.index)
    }

    fn head(&self) -> Option<Self> {
        self.analysis().head(self.index).map(|head| self.at(head))
    }

    fn children(&self) -> impl Iterator<Item = Self> {
        self.analysis().dependents(self.index).iter().map(|child| self.at(*child))
    }

    fn is_person_name(&self) -> bool {
        crate::entities::describe::name_at(self.scene, self.index).is_some_and(|name| name.kind == "PER")
    }

    fn subject(&self) -> Option<Self> {
        if self.is_passive() {
            return None;
        }
        let own = sentence::dependent(self.analysis(), self.index, &["nsubj"])?;
        sentence::subject(self.analysis(), self.index).or(Some(own)).map(|i| self.at(i))
    }

    fn object(&self) -> Option<Self> {
        sentence::undergoer(self.analysis(), self.index).map(|i| self.at(i))
    }

    fn agent(&self) -> Option<Self> {
        sentence::agent(self.analysis(), self.index).map(|i| self.at(i))
    }

    fn shared_subject(&self) -> Option<Self> {
        if self.is_passive() || sentence::dependent(self.analysis(), self.index, &["nsubj"]).is_some() {
            return None;
        }
        sentence::subject(self.analysis(), self.index).map(|i| self.at(i))
    }

    fn is_passive(&self) -> bool {
        sentence::is_passive(self.analysis(), self.index)
    }
}

/// A row of the trigger tables that fits a word.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The act; none if the row says that the word is no trigger here.
    pub act: Option<Act>,
    /// Its mode.
    pub mode: Option<Mode>,
    /// Its CAMEO code.
    pub cameo: Option<String>,
    /// How surely.
    pub strength: Strength,
    /// Aspect that the word itself has.
    pub aspect: Option<Aspect>,
    /// Whether the row names its object, so that the verb is more than a carrier of a noun.
    pub explicit_object: bool,
    actor: Vec<Slot>,
    recipient: Vec<Slot>,
    at: String,
}

impl Hit {
    /// The row in words, for explanations.
    pub fn describe(&self) -> String {
        let act = self.act.map_or("no event", Act::as_str);
        match self.mode {
            Some(mode) => format!("{act}/{mode} at {}", self.at),
            None => format!("{act} at {}", self.at),
        }
    }
}

/// The row for a word in its sentence.
pub fn look_up(scene: &Scene<'_>, word: usize) -> Option<Hit> {
    let node = Word::new(scene, word);
    let by_universal = PartOfSpeech::of_universal_tag(scene.analysis.upos(word));
    // The two tags part company over "-ing" words: "after meeting with them".
    let by_penn = match scene.analysis.xpos(word) {
        tag if tag.starts_with("VB") => Some(PartOfSpeech::Verb),
        tag if tag.starts_with("NN") => Some(PartOfSpeech::Noun),
        _ => None,
    };
    let row = [by_universal, by_penn].into_iter().flatten().find_map(|pos| scene.codebook.row(node, pos))?;
    let fits = row.strength != Strength::None;
    Some(Hit {
        act: fits.then_some(row.act),
        mode: row.mode,
        cameo: row.cameo.clone(),
        strength: row.strength,
        aspect: row.aspect,
        explicit_object: row.when.iter().any(|c| {
            !c.negated && matches!(&c.test, Test::Dependent(relation, Some(_)) if relation.name == "obj")
        }),
        actor: scene.codebook.actor_slots(row).to_vec(),
        recipient: scene.codebook.recipient_slots(row).to_vec(),
        at: format!("{}:{}", row.file, row.line),
    })
}

/// The light verb that carries a noun trigger.
#[derive(Debug, Clone)]
pub struct Carrier {
    /// The verb.
    pub verb: usize,
    /// What the verb does to the status.
    pub effect: Effect,
    actor: Vec<Slot>,
    recipient: Vec<Slot>,
}

/// The light verb on which a noun hangs, if any.
pub fn carrier(scene: &Scene<'_>, word: usize) -> Option<Carrier> {
    if !matches!(scene.analysis.upos(word), "NOUN" | "PROPN") {
        return None;
    }
    // The first of coordinated nouns hangs on the verb.
    let top = sentence::first_conjunct(scene.analysis, word);
    let (row, verb): (&LightVerb, Word<'_>) = scene.codebook.light_verb(Word::new(scene, top))?;
    Some(Carrier {
        verb: verb.index,
        effect: row.effect,
        actor: row.actor.clone(),
        recipient: row.recipient.clone(),
    })
}

/// Head words that the slots of row and carrier name for actor and recipient: of each list the first slot
/// that holds something, with everything coordinated to it.
pub fn slots(
    scene: &Scene<'_>,
    trigger: usize,
    row: Option<&Hit>,
    carrier: Option<&Carrier>,
) -> (Vec<usize>, Vec<usize>) {
    let fill = |slots: &[Slot], from: usize| -> Vec<usize> {
        slots
            .iter()
            .map(|slot| slot.fill(Word::new(scene, from)))
            .find(|filled| !filled.is_empty())
            .map(|filled| filled.into_iter().map(|w| w.index).collect())
            .unwrap_or_default()
    };
    let (mut actors, mut recipients) = (Vec::new(), Vec::new());
    if let Some(row) = row.filter(|r| r.act.is_some()) {
        actors = fill(&row.actor, trigger);
        recipients = fill(&row.recipient, trigger);
    }
    if let Some(carrier) = carrier {
        if actors.is_empty() {
            actors = fill(&carrier.actor, carrier.verb);
        }
        if recipients.is_empty() {
            recipients = fill(&carrier.recipient, carrier.verb);
        }
    }
    recipients.retain(|r| !actors.contains(r));
    (actors, recipients)
}

/// Whether a verb has a subject of its own that is no actor: a project, an interest, a failure.
pub fn thing_acts(scene: &Scene<'_>, entities: &crate::entities::Entities<'_>, trigger: usize) -> bool {
    let a = scene.analysis;
    if !matches!(a.upos(trigger), "VERB" | "AUX") || sentence::is_passive(a, trigger) {
        return false;
    }
    sentence::subject(a, trigger).is_some_and(|subject| !entities.political(subject))
}
