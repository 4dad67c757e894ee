//! Whether it happened: the model's state of a trigger and the codebook's cues, weighed together.

use std::collections::HashMap;

use chancery_core::codebook::{Effect, Strength};
use chancery_core::{Aspect, Disposition, Modality, Polarity, StatusParts};

use super::lexicon::{Carrier, Hit, Word};
use crate::scene::Scene;
use crate::sentence::{base, first_conjunct};

/// Votes for the values of each part.
#[derive(Debug, Default)]
struct Votes {
    modality: HashMap<Modality, f32>,
    negated: f32,
    aspect: HashMap<Aspect, f32>,
    background: f32,
    disposition: Option<(Disposition, f32)>,
    /// Whether the clause has a condition: then "will" tells no plan.
    conditional: bool,
}

/// What is left of the votes for a plan under a condition.
const PLAN_UNDER_CONDITION: f32 = 0.4;
/// What is left of them where the trigger is a verb in the simple past.
const PLAN_IN_THE_PAST: f32 = 0.05;

impl Votes {
    fn apply(&mut self, effect: &Effect, weight: f32) {
        if let Some(modality) = effect.modality {
            *self.modality.entry(modality).or_default() += weight;
        }
        if let Some(polarity) = effect.polarity {
            self.negated += if polarity == Polarity::Negated { weight } else { -weight };
        }
        if let Some(aspect) = effect.aspect {
            *self.aspect.entry(aspect).or_default() += weight;
        }
        if let Some(background) = effect.background {
            self.background += if background { weight } else { -weight };
        }
        if let Some(disposition) = effect.disposition
            && self.disposition.is_none_or(|(_, w)| weight > w)
        {
            self.disposition = Some((disposition, weight));
        }
    }
}

fn weight(strength: Strength) -> f32 {
    match strength {
        Strength::Sure => 0.8,
        Strength::Likely => 0.4,
        Strength::Weak => 0.2,
        Strength::None => 0.0,
    }
}

/// Status of a trigger with its confidence.
pub fn of(
    scene: &Scene<'_>,
    trigger: usize,
    carrier: Option<&Carrier>,
    row: Option<&Hit>,
) -> (StatusParts, f32) {
    let a = scene.analysis;
    let state = &a.states[trigger];
    let mut votes = Votes::default();
    for (name, p) in a.labels.modalities.iter().zip(&state.modality) {
        if let Ok(modality) = name.parse::<Modality>() {
            votes.modality.insert(modality, *p);
        }
    }
    for (name, p) in a.labels.aspects.iter().zip(&state.aspect) {
        if let Ok(aspect) = name.parse::<Aspect>() {
            votes.aspect.insert(aspect, *p);
        }
    }
    votes.negated = state.negated - 0.5;
    votes.background = state.background - 0.5;
    if let Some(aspect) = row.and_then(|r| r.aspect) {
        *votes.aspect.entry(aspect).or_default() += 0.5;
    }
    // The factuality head's word: certainly so, or certainly not.
    if state.factuality > 2.0 {
        *votes.modality.entry(Modality::Actual).or_default() += 0.15;
    }
    cues(scene, trigger, &mut votes);
    if let Some(carrier) = carrier {
        votes.apply(&carrier.effect, 0.5);
        cues(scene, carrier.verb, &mut votes);
    }
    if let Some(plan) = votes.modality.get_mut(&Modality::Planned) {
        *plan *= if votes.conditional { PLAN_UNDER_CONDITION } else { 1.0 };
        *plan *= if a.xpos(trigger) == "VBD" { PLAN_IN_THE_PAST } else { 1.0 };
    }
    let (modality, share) = top(&votes.modality).unwrap_or((Modality::Actual, 0.5));
    let (aspect, _) = top(&votes.aspect).unwrap_or((Aspect::Event, 0.5));
    let parts = StatusParts {
        polarity: if votes.negated > 0.0 { Polarity::Negated } else { Polarity::Affirmed },
        modality,
        aspect,
        background: votes.background > 0.0,
        disposition: votes.disposition.map(|(d, _)| d),
    };
    let certain = share * (0.5 + votes.negated.abs().min(0.5)) * (0.6 + votes.background.abs().min(0.4));
    (parts, certain.clamp(0.05, 0.99))
}

/// The value with most votes and its share; ties go to the first of the vocabulary.
fn top<T: Copy + Eq + std::hash::Hash + Ord>(votes: &HashMap<T, f32>) -> Option<(T, f32)> {
    let total: f32 = votes.values().map(|v| v.max(0.0)).sum();
    let best = votes.iter().max_by(|x, y| x.1.total_cmp(y.1).then(y.0.cmp(x.0)))?;
    Some((*best.0, best.1 / total.max(1e-6)))
}

/// Cues around a trigger: words that hang on it (or on its prepositions), words it hangs on.
fn cues(scene: &Scene<'_>, trigger: usize, votes: &mut Votes) {
    let a = scene.analysis;
    let sentence = a.sentences[a.tokens[trigger].sentence].tokens.clone();
    let top = first_conjunct(a, trigger);
    // "does not want a resumption of hostilities": what is said of the noun above is said of the act.
    let over = a.head(top).filter(|head| {
        base(a.relation(top)) == "nmod"
            && a.upos(*head) == "NOUN"
            && crate::sentence::preposition(a, top).as_deref() == Some("of")
            && (a.states[*head].event() < 0.5 || scene.codebook.cues_for(a.lemma(*head)).next().is_some())
    });
    let places: Vec<usize> = [Some(trigger), Some(top), over].into_iter().flatten().collect();
    let mut near: Vec<usize> = Vec::new();
    for word in places.iter().copied() {
        near.extend(a.dependents(word));
        near.extend(a.dependents(word).iter().flat_map(|d| a.dependents(*d)));
        let mut above = a.head(word);
        for _ in 0..2 {
            let Some(head) = above else { break };
            near.push(head);
            near.extend(a.dependents(head).iter().filter(|d| base(a.relation(**d)) == "case"));
            above = a.head(head);
        }
    }
    near.sort_unstable();
    near.dedup();
    for cue in near {
        if !sentence.contains(&cue) || cue == trigger {
            continue;
        }
        let node = Word::new(scene, cue);
        let (form, lemma) = (scene.form(cue).to_lowercase(), a.lemma(cue).to_lowercase());
        let of_form = scene.codebook.cues_for(&form);
        let of_lemma = (lemma != form).then(|| scene.codebook.cues_for(&lemma)).into_iter().flatten();
        let mut best: Option<(f32, &Effect, bool)> = None;
        for row in of_form.chain(of_lemma) {
            let Some(highest) = whole(scene, &row.words, cue, sentence.end) else { continue };
            let at = Word::new(scene, highest);
            // The parser may take "is due to" for an auxiliary of the verb instead of its governor.
            let as_auxiliary = places.contains(&a.head(highest).unwrap_or(highest))
                && matches!(base(a.relation(highest)), "mark" | "aux" | "cop")
                && row.link.path.first().is_some_and(|step| step.name == "xcomp");
            let touches =
                as_auxiliary || places.iter().any(|t| highest != *t && row.touches(at, Word::new(scene, *t)));
            if touches && pos_agrees(&row.pos, a.upos(node.index)) {
                let w = weight(row.strength);
                if best.is_none_or(|(b, ..)| w > b) {
                    let steps: Vec<&str> = row.link.path.iter().map(|step| step.name.as_str()).collect();
                    best = Some((w, &row.effect, steps == ["advcl", "mark"]));
                }
            }
        }
        if let Some((w, effect, clause)) = best {
            votes.apply(effect, w);
            votes.conditional |= clause && effect.modality == Some(Modality::Hypothetical);
        }
    }
}

/// For a cue of several words that begins at `first`, the word of it that stands highest in the tree; none if the words do not
/// follow each other here.
fn whole(scene: &Scene<'_>, words: &[String], first: usize, end: usize) -> Option<usize> {
    let a = scene.analysis;
    if first + words.len() > end {
        return None;
    }
    let fits = words.iter().enumerate().all(|(i, w)| {
        a.lemma(first + i).eq_ignore_ascii_case(w) || scene.form(first + i).eq_ignore_ascii_case(w)
    });
    if !fits {
        return None;
    }
    (first..first + words.len()).find(|w| a.head(*w).is_none_or(|h| h < first || h >= first + words.len()))
}

fn pos_agrees(wanted: &str, upos: &str) -> bool {
    match wanted {
        "phrase" | "" => true,
        "verb" => matches!(upos, "VERB" | "AUX"),
        "noun" => matches!(upos, "NOUN" | "PROPN"),
        // UD tags "not" as a particle, and the taggers differ over prepositions and conjunctions.
        "adv" => matches!(upos, "ADV" | "PART"),
        "adp" | "sconj" => matches!(upos, "ADP" | "SCONJ" | "ADV"),
        "adj" => matches!(upos, "ADJ" | "VERB"),
        "det" | "pron" => matches!(upos, "DET" | "PRON"),
        other => other.eq_ignore_ascii_case(upos),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_with_most_votes_wins() {
        let votes = HashMap::from([(Modality::Actual, 0.3), (Modality::Planned, 0.9)]);
        let (modality, share) = top(&votes).unwrap();
        assert_eq!(modality, Modality::Planned);
        assert!((share - 0.75).abs() < 1e-6);
    }

    #[test]
    fn cues_move_the_votes() {
        let mut votes = Votes { negated: -0.5, ..Votes::default() };
        votes.apply(&Effect { polarity: Some(Polarity::Negated), ..Effect::default() }, 0.8);
        assert!(votes.negated > 0.0);
    }
}
