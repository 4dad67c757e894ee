//! Actors and recipients of a trigger.
//!
//! Every phrase of the sentence that may act is weighed for both roles: by the model's participant head over the
//! words of the phrase, by the slots of the trigger's row in the codebook, by PropBank roles and by how it hangs
//! in the sentence; the weights stand in the codebook's `decisions.tsv`. Coordinated phrases follow their first
//! conjunct; "accompanied by" and "including" make companions and members.

use std::collections::BTreeMap;
use std::ops::Range;

use chancery_core::record::{ActorKind, Part};
use chancery_language::model::Reader;
use serde::Serialize;

use super::lexicon::{self, Carrier, Hit};
use crate::entities::Entities;
use crate::scene::Scene;
use crate::sentence::{
    base, below, clause, conjuncts, doer, first_conjunct, owner, path_up, preposition, subject, undergoer,
};

/// Probability of the model that a noun tells of an event from which it is nobody who takes part in another.
const DEED: f32 = 0.3;

/// One participant.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// Head word.
    pub head: usize,
    /// Words of the phrase.
    pub words: Range<usize>,
    /// Lead, member or companion.
    pub part: Part,
    /// How strongly it belongs there, 0 to 1.
    pub score: f32,
}

/// All participants of a trigger.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sides {
    /// Who does it.
    pub actors: Vec<Side>,
    /// To whom or against whom.
    pub recipients: Vec<Side>,
    /// Words that the model takes for the time.
    pub times: Vec<usize>,
    /// Words that the model takes for the place.
    pub places: Vec<usize>,
}

/// A phrase that was weighed for a role, for `chancery explain` and for fitting the weights.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weighed {
    /// Its words.
    pub text: String,
    /// Number of its head word in the sentence, from 1.
    pub head: usize,
    /// Probability as actor and as recipient.
    pub probability: [f32; 2],
    /// What both roles were weighed by.
    pub features: [BTreeMap<&'static str, f32>; 2],
}

/// Finds the participants of a trigger and tells what was weighed.
pub fn find(
    scene: &Scene<'_>,
    reader: &Reader,
    entities: &Entities<'_>,
    trigger: usize,
    row: Option<&Hit>,
    carrier: Option<&Carrier>,
) -> (Sides, Vec<Weighed>) {
    let a = scene.analysis;
    let sentence = a.sentences[a.tokens[trigger].sentence].tokens.clone();
    let model = reader.participants(a, trigger, sentence.clone());
    let view = View {
        scene,
        entities,
        trigger,
        verb: carrier.map_or(trigger, |c| c.verb),
        slots: {
            let (actor, recipient) = lexicon::slots(scene, trigger, row, carrier);
            [actor, recipient]
        },
        model: &model,
        sentence: sentence.clone(),
    };
    let decisions = ["actor", "recipient"].map(|name| scene.codebook.decision(name));
    let (mut sides, mut weighed) = (Sides::default(), Vec::new());
    for head in sentence.clone() {
        let Some(d) = entities.of(head) else { continue };
        // "cooperation from Kenya", "the Turkish raid": what is done acts not, it is done.
        let deed = d.kind == Some(ActorKind::Unknown) && a.states[head].event() > DEED;
        if deed || d.kind.is_none() && !d.pronoun || d.words.contains(&trigger) && !owns(scene, head, trigger)
        {
            continue;
        }
        let in_slot = view.slots.iter().any(|slots| slots.contains(&head));
        if !in_slot && inside_other_clause(scene, head, trigger) {
            continue;
        }
        if !in_slot && part_of_larger(scene, entities, head, trigger, &sentence) {
            continue;
        }
        let words = if d.words.contains(&trigger) { head..head + 1 } else { d.words.clone() };
        let features = [view.features(head, &words, 0), view.features(head, &words, 1)];
        let mut probability = [0.0; 2];
        let mut threshold = 1.0f32;
        for role in 0..2 {
            if let Some(decision) = decisions[role] {
                probability[role] = decision.probability(features[role].iter().map(|(k, v)| (*k, *v)));
                threshold = threshold.min(decision.threshold());
            }
        }
        weighed.push(Weighed {
            text: scene.cut(&scene.bytes(&words)).to_owned(),
            head: head - sentence.start + 1,
            probability,
            features,
        });
        // Who may be either, as in "met with", takes part all the same.
        let role = usize::from(probability[1] > probability[0]);
        if probability[0] + probability[1] >= threshold {
            let side = Side { head, words, part: part(scene, head), score: probability[role] };
            if role == 0 { sides.actors.push(side) } else { sides.recipients.push(side) }
        }
    }
    on_behalf_of(scene, entities, view.verb, &mut sides);
    follow_conjuncts(scene, entities, &mut sides);
    drop_nested(scene, trigger, &mut sides.actors);
    drop_nested(scene, trigger, &mut sides.recipients);
    drop_repeated(entities, &mut sides.actors);
    drop_repeated(entities, &mut sides.recipients);
    for (at, p) in model.iter().enumerate() {
        if p[2] > 0.5 {
            sides.places.push(sentence.start + at);
        }
        if p[3] > 0.5 {
            sides.times.push(sentence.start + at);
        }
    }
    (sides, weighed)
}

/// A trigger with all that its candidates are weighed by.
struct View<'a> {
    scene: &'a Scene<'a>,
    entities: &'a Entities<'a>,
    trigger: usize,
    /// The light verb, else the trigger.
    verb: usize,
    /// Heads that the codebook's slots name for actor and recipient.
    slots: [Vec<usize>; 2],
    model: &'a [[f32; 4]],
    sentence: Range<usize>,
}

impl View<'_> {
    /// The model's probability that the words of a phrase have a role: the mean of the stronger half, since the
    /// head of a long phrase tells more than its modifiers.
    fn share(&self, words: &Range<usize>, role: usize) -> f32 {
        let at = |w: usize| self.model.get(w.checked_sub(self.sentence.start)?).map(|p| p[role]);
        let mut inside: Vec<f32> = words.clone().filter_map(at).collect();
        inside.sort_by(|x, y| y.total_cmp(x));
        let half = inside.len().div_ceil(2);
        if half == 0 { 0.0 } else { inside[..half].iter().sum::<f32>() / half as f32 }
    }

    /// Whether the slots make the verb's object the actor and its subject the recipient.
    fn crossed(&self) -> bool {
        let within = |role: usize, word: Option<usize>| word.is_some_and(|w| self.slots[role].contains(&w));
        let a = self.scene.analysis;
        within(0, undergoer(a, self.verb)) && !within(0, doer(a, self.verb))
    }

    /// Named values by which a phrase is weighed for a role (0 actor, 1 recipient). The names are those of
    /// `decisions.tsv`.
    fn features(&self, head: usize, words: &Range<usize>, role: usize) -> BTreeMap<&'static str, f32> {
        let a = self.scene.analysis;
        let other = 1 - role;
        let own = head..head + 1;
        let mut model = [0, 1].map(|role| logit(self.share(words, role).max(self.share(&own, role) * 0.9)));
        let first = first_conjunct(a, head);
        let in_slot = |role: usize| self.slots[role].contains(&head) || self.slots[role].contains(&first);
        // Of "the king received the envoy" the codebook makes the object the actor: a frame that says so knows better
        // than the model, and all that speaks for a doer elsewhere speaks for the object.
        let crossed = self.crossed();
        if crossed && (0..2).any(|role| in_slot(role) && model[role] < model[1 - role]) {
            model.swap(0, 1);
        }
        let known = |head: usize| self.entities.of(head).is_some_and(|d| d.kind.is_some() || d.pronoun);
        let mut out = BTreeMap::from([("model", model[role]), ("model_of_other_role", model[other])]);
        let mut flag = |name: &'static str, holds: bool| {
            if holds {
                out.insert(name, 1.0);
            }
        };
        flag("slot", in_slot(role));
        flag("slot_of_other_role", in_slot(other) && !in_slot(role));
        flag("slot_filled_by_another", !in_slot(role) && self.slots[role].iter().any(|s| known(*s)));
        flag("coordinated", first != head);
        let places = [Some(self.trigger), Some(self.verb)];
        let at = |found: Option<usize>| found.is_some_and(|f| f == head || f == first);
        let (does, undergoes) = (
            places.iter().flatten().any(|v| at(doer(a, *v))),
            places.iter().flatten().any(|v| at(undergoer(a, *v))),
        );
        flag("doer", if crossed { undergoes } else { does });
        flag("undergoer", if crossed { does } else { undergoes });
        flag("owner", at(owner(a, self.trigger)));
        // "arrived for talks with": who arrives, talks.
        let verb_above = path_up(a, self.verb).into_iter().skip(1).find(|w| a.upos(*w) == "VERB");
        flag("subject_above", verb_above.is_some_and(|v| at(subject(a, v))));
        flag("object_above", verb_above.is_some_and(|v| at(undergoer(a, v))));
        flag(
            "modifier",
            a.head(first) == Some(self.trigger) && matches!(base(a.relation(first)), "amod" | "compound"),
        );
        let argument = |names: &[&str]| {
            a.arguments.iter().any(|x| {
                (x.predicate == self.trigger || x.predicate == self.verb)
                    && (words.contains(&x.head) || x.head == first)
                    && names.contains(&a.role(x))
            })
        };
        let (agent, patient) = if crossed { ("ARG1", "ARG0") } else { ("ARG0", "ARG1") };
        flag("propbank_agent", argument(&[agent]));
        flag("propbank_patient", argument(&[patient]));
        flag("propbank_further", argument(&["ARG2", "ARG3", "ARG4"]));
        flag("propbank_adjunct", argument(&["ARGM-LOC", "ARGM-TMP", "ARGM-ADV", "ARGM-MNR", "ARGM-PRP"]));
        let hangs = a.head(first).is_some_and(|h| h == self.trigger || h == self.verb);
        let case = preposition(a, first).unwrap_or_default();
        for (preposition, direct, distant) in PREPOSITIONS {
            flag(if hangs { direct } else { distant }, case == *preposition);
        }
        if let Some(d) = self.entities.of(head) {
            use ActorKind::{Group, Organisation, Person, State};
            flag("state", d.kind == Some(State));
            flag("organisation", d.kind == Some(Organisation));
            flag("person", d.kind == Some(Person));
            flag("group", d.kind == Some(Group));
            flag("thing", d.thing);
            flag("pronoun", d.pronoun);
            flag("political", d.political());
        }
        flag("before_trigger", head < self.trigger);
        flag("same_clause", clause(a, head) == clause(a, self.trigger));
        flag("below_trigger", below(a, head, self.trigger));
        flag("above_trigger", below(a, self.trigger, head));
        out.insert("distance", (1.0 + head.abs_diff(self.trigger) as f32).ln());
        out
    }
}

fn logit(p: f32) -> f32 {
    let p = p.clamp(0.005, 0.995);
    (p / (1.0 - p)).ln()
}

/// Prepositions and the features of phrases behind them that hang on the trigger or elsewhere.
const PREPOSITIONS: &[(&str, &str, &str)] = &[
    ("with", "with", "with_elsewhere"),
    ("against", "against", "against_elsewhere"),
    ("to", "to", "to_elsewhere"),
    ("by", "by", "by_elsewhere"),
    ("of", "of", "of_elsewhere"),
    ("from", "from", "from_elsewhere"),
    ("in", "in", "in_elsewhere"),
    ("for", "for", "for_elsewhere"),
    ("on", "on", "on_elsewhere"),
    ("between", "between", "between_elsewhere"),
    ("at", "at", "at_elsewhere"),
];

/// Whether a phrase that holds the trigger owns it: "Iran's attack", "U.S. talks".
fn owns(scene: &Scene<'_>, head: usize, trigger: usize) -> bool {
    below(scene.analysis, head, trigger) && head != trigger
}

/// Whether a phrase stands in a clause that only describes another phrase: of "insurgents linked to Islamic State
/// attacked" the insurgents attack.
fn inside_other_clause(scene: &Scene<'_>, head: usize, trigger: usize) -> bool {
    let a = scene.analysis;
    let above_trigger = path_up(a, trigger);
    path_up(a, head)
        .into_iter()
        .take_while(|w| !above_trigger.contains(w))
        .any(|w| base(a.relation(w)) == "acl" && w != head)
}

/// A nationality or office inside a larger phrase that itself may act is no participant of its own, unless
/// the larger phrase holds the trigger: of "Turkish jets" the jets act, of "Turkish strikes" the Turks.
fn part_of_larger(
    scene: &Scene<'_>,
    entities: &Entities<'_>,
    head: usize,
    trigger: usize,
    sentence: &Range<usize>,
) -> bool {
    let a = scene.analysis;
    if base(a.relation(head)) == "conj" {
        let first = first_conjunct(a, head);
        if first != head && matches!(base(a.relation(first)), "nmod" | "amod" | "compound") {
            return part_of_larger(scene, entities, first, trigger, sentence);
        }
    }
    sentence.clone().filter(|other| *other != head).any(|other| {
        entities.of(other).is_some_and(|d| {
            d.kind.is_some()
                && !d.pronoun
                && d.words.contains(&head)
                && !d.words.contains(&trigger)
                && d.kind != Some(ActorKind::State)
                && (d.name_words.is_some() || below(a, head, other))
                && !(base(a.relation(head)) == "nmod" && separate(scene, head))
        })
    })
}

/// "talks of ministers with Iran": a phrase behind such a preposition is a party of its own.
fn separate(scene: &Scene<'_>, head: usize) -> bool {
    matches!(
        preposition(scene.analysis, head).as_deref(),
        Some("with" | "against" | "including" | "include" | "between")
    )
}

/// Of "the Chilean ambassador" and its "Chilean" the whole phrase takes part.
fn drop_nested(scene: &Scene<'_>, trigger: usize, sides: &mut Vec<Side>) {
    let all = sides.clone();
    sides.retain(|inner| {
        !all.iter().any(|outer| {
            outer.head != inner.head
                && outer.words.contains(&inner.head)
                && outer.words.len() > inner.words.len()
                && !outer.words.contains(&trigger)
                && inner.words.start >= outer.words.start
                && inner.words.end <= outer.words.end
                && !separate(scene, inner.head)
        })
    });
}

/// Of two mentions of one actor ("in his speech, Okello ...") the named one stays.
fn drop_repeated(entities: &Entities<'_>, sides: &mut Vec<Side>) {
    let cluster = |s: &Side| entities.of(s.head).and_then(|d| d.cluster);
    let named = |s: &Side| entities.of(s.head).is_some_and(|d| !d.pronoun);
    let all = sides.clone();
    let mut kept: Vec<Side> = Vec::new();
    for side in all {
        match kept.iter_mut().find(|k| cluster(k).is_some() && cluster(k) == cluster(&side)) {
            Some(before) if named(&side) && !named(before) => *before = side,
            Some(_) => {}
            None => kept.push(side),
        }
    }
    *sides = kept;
}

fn part(scene: &Scene<'_>, head: usize) -> Part {
    let a = scene.analysis;
    match preposition(a, head).as_deref() {
        Some("include" | "including") => Part::Member,
        Some("alongside" | "accompany" | "together with" | "along with") => Part::Companion,
        _ => Part::Lead,
    }
}

/// The other word of a pair as "U.S.-Iran", "Anglo-French", "India–Pakistan".
fn hyphenated(scene: &Scene<'_>, word: usize) -> Option<usize> {
    let tokens = &scene.analysis.tokens;
    let joined = |a: usize, hyphen: usize, b: usize| {
        let (Some(a), Some(h), Some(b)) = (tokens.get(a), tokens.get(hyphen), tokens.get(b)) else {
            return false;
        };
        matches!(scene.form(hyphen), "-" | "–")
            && (a.range.end == h.range.start || a.range.start == h.range.end)
            && (h.range.end == b.range.start || h.range.start == b.range.end)
    };
    if joined(word, word + 1, word + 2) {
        return Some(word + 2);
    }
    word.checked_sub(2).filter(|before| joined(word, word - 1, *before))
}

/// "On behalf of Norway, I congratulate ...": whoever one speaks for acts with the speaker.
fn on_behalf_of(scene: &Scene<'_>, entities: &Entities<'_>, verb: usize, sides: &mut Sides) {
    let a = scene.analysis;
    let behalf = a.dependents(verb).iter().find(|w| a.lemma(**w) == "behalf");
    let owner = behalf.and_then(|b| {
        a.dependents(*b).iter().copied().find(|w| matches!(a.relation(*w), "nmod:of" | "nmod" | "nmod:poss"))
    });
    let Some((head, d)) = owner.and_then(|o| Some((o, entities.of(o)?))) else { return };
    sides.recipients.retain(|s| s.head != head);
    if !sides.actors.is_empty() && !sides.actors.iter().any(|s| s.head == head) && d.kind.is_some() {
        sides.actors.push(Side { head, words: d.words.clone(), part: Part::Lead, score: 0.9 });
    }
}

/// What is coordinated with a participant takes part as well.
fn follow_conjuncts(scene: &Scene<'_>, entities: &Entities<'_>, sides: &mut Sides) {
    let taken: Vec<usize> = sides.actors.iter().chain(&sides.recipients).map(|s| s.head).collect();
    for list in [&mut sides.actors, &mut sides.recipients] {
        let heads: Vec<Side> = list.clone();
        for side in heads {
            for other in conjuncts(scene.analysis, side.head).into_iter().chain(hyphenated(scene, side.head))
            {
                let d = entities.of(other);
                let new = !taken.contains(&other) && !list.iter().any(|s| s.head == other);
                if new && let Some(d) = d.filter(|d| d.kind.is_some()) {
                    list.push(Side {
                        head: other,
                        words: d.words.clone(),
                        part: side.part,
                        score: side.score * 0.9,
                    });
                }
            }
        }
        list.sort_by_key(|s| s.head);
    }
}
