//! Actors and recipients of a trigger.
//!
//! Every phrase of the sentence that may act is scored for both roles: by the model's participant head over
//! the words of the phrase, and by the slots of the trigger's row in the codebook. Coordinated phrases
//! follow their first conjunct; "accompanied by" and "including" make companions and members.

use std::ops::Range;

use chancery_core::record::Part;
use chancery_language::model::Reader;

use super::lexicon::{self, Carrier, Hit};
use crate::entities::Entities;
use crate::scene::Scene;
use crate::sentence::{base, below, conjuncts, first_conjunct, preposition};

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

/// Weight of a slot of the codebook beside the model's probability.
const SLOT: f32 = 0.4;
/// Score from which a phrase in a slot is taken: the slot alone is enough.
const TAKEN_IN_SLOT: f32 = 0.4;
/// Probability from which a phrase outside the slots is taken while a slot of the role is filled.
const TAKEN_BESIDE_SLOT: f32 = 0.72;
/// Probability from which a phrase is taken while no slot of the role is filled.
const TAKEN_WITHOUT_SLOT: f32 = 0.36;

/// Finds the participants of a trigger.
pub fn find(
    scene: &Scene<'_>,
    reader: &Reader,
    entities: &Entities<'_>,
    trigger: usize,
    row: Option<&Hit>,
    carrier: Option<&Carrier>,
) -> Sides {
    let a = scene.analysis;
    let sentence = a.sentences[a.tokens[trigger].sentence].tokens.clone();
    let model = reader.participants(a, trigger, sentence.clone());
    let share = |words: &Range<usize>, role: usize| -> f32 {
        let inside: Vec<f32> = words
            .clone()
            .filter_map(|w| model.get(w.checked_sub(sentence.start)?))
            .map(|p| p[role])
            .collect();
        // The head of a long phrase tells more than its modifiers: the mean of the stronger half.
        let mut sorted = inside;
        sorted.sort_by(|x, y| y.total_cmp(x));
        let half = sorted.len().div_ceil(2);
        if half == 0 { 0.0 } else { sorted[..half].iter().sum::<f32>() / half as f32 }
    };
    let (actor_slots, recipient_slots) = lexicon::slots(scene, trigger, row, carrier);
    let in_slots = |head: usize| actor_slots.contains(&head) || recipient_slots.contains(&head);
    let mut sides = Sides::default();
    for head in sentence.clone() {
        let Some(d) = entities.of(head) else { continue };
        if d.kind.is_none() && !d.pronoun || d.words.contains(&trigger) && !owns(scene, head, trigger) {
            continue;
        }
        if !in_slots(head) && part_of_larger(scene, entities, head, trigger, &sentence) {
            continue;
        }
        let own = head..head + 1;
        let words = if d.words.contains(&trigger) { own.clone() } else { d.words.clone() };
        let score = |role: usize, slots: &[usize], others: &[usize]| -> Option<f32> {
            // Who stands in a slot of the other role alone has that role: of "received the envoy" the envoy visits.
            if others.contains(&head) && !slots.contains(&head) {
                return None;
            }
            let p = share(&words, role).max(share(&own, role) * 0.9);
            let in_slot = slots.contains(&head) || slots.contains(&first_conjunct(a, head));
            let filled = slots.iter().any(|s| entities.of(*s).is_some_and(|o| o.kind.is_some() || o.pronoun));
            if in_slot {
                Some((p + SLOT).min(1.0)).filter(|s| *s >= TAKEN_IN_SLOT)
            } else {
                Some(p).filter(|p| *p >= if filled { TAKEN_BESIDE_SLOT } else { TAKEN_WITHOUT_SLOT })
            }
        };
        let (actor, recipient) =
            (score(0, &actor_slots, &recipient_slots), score(1, &recipient_slots, &actor_slots));
        let (actor, recipient) = (actor.unwrap_or(0.0), recipient.unwrap_or(0.0));
        if actor.max(recipient) == 0.0 {
            continue;
        }
        let side = Side { head, words, part: part(scene, head), score: actor.max(recipient) };
        if actor >= recipient { sides.actors.push(side) } else { sides.recipients.push(side) }
    }
    follow_conjuncts(scene, entities, &mut sides);
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
    sides
}

/// Whether a phrase that holds the trigger owns it: "Iran's attack", "U.S. talks".
fn owns(scene: &Scene<'_>, head: usize, trigger: usize) -> bool {
    below(scene.analysis, head, trigger) && head != trigger
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
                && d.kind != Some(chancery_core::record::ActorKind::State)
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

/// What is coordinated with a participant takes part as well.
fn follow_conjuncts(scene: &Scene<'_>, entities: &Entities<'_>, sides: &mut Sides) {
    let taken: Vec<usize> = sides.actors.iter().chain(&sides.recipients).map(|s| s.head).collect();
    for list in [&mut sides.actors, &mut sides.recipients] {
        let heads: Vec<Side> = list.clone();
        for side in heads {
            for other in conjuncts(scene.analysis, side.head) {
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
