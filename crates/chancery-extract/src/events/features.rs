//! By what it is weighed whether a word tells of an event: what model and codebook say of it, who takes part, how it
//! stands in its sentence. The weights are fitted (`training/decisions.py`).

use std::collections::BTreeMap;

use chancery_core::Act;

use super::{lexicon, participants, political};
use crate::entities::Entities;
use crate::scene::Scene;

/// Named values by which it is weighed whether a word tells of an event. The names are those of `decisions.tsv`.
#[allow(clippy::too_many_arguments)]
pub(super) fn of(
    scene: &Scene<'_>,
    entities: &Entities<'_>,
    trigger: usize,
    model: f32,
    row: Option<&lexicon::Hit>,
    carrier: Option<&lexicon::Carrier>,
    sides: &participants::Sides,
    acts: &[(Act, f32)],
) -> BTreeMap<&'static str, f32> {
    let a = scene.analysis;
    let p = model.clamp(0.002, 0.998);
    let mut out = BTreeMap::from([
        ("model", (p / (1.0 - p)).ln()),
        ("act_share", acts.first().map_or(0.0, |(_, share)| *share)),
    ]);
    let mut flag = |name: &'static str, holds: bool| {
        if holds {
            out.insert(name, 1.0);
        }
    };
    match row.map(|r| r.strength) {
        Some(lexicon::Strength::Sure) => flag("row_sure", true),
        Some(lexicon::Strength::Likely) => flag("row_likely", true),
        Some(lexicon::Strength::Weak) => flag("row_weak", true),
        Some(lexicon::Strength::None) => flag("row_none", true),
        None => {}
    }
    let (actor, recipient) = (political(entities, &sides.actors), political(entities, &sides.recipients));
    flag("political_actor", actor);
    flag("political_recipient", recipient);
    flag("political_both", actor && recipient);
    flag("any_actor", !sides.actors.is_empty());
    flag("any_recipient", !sides.recipients.is_empty());
    flag("nobody", sides.actors.is_empty() && sides.recipients.is_empty());
    flag("noun", matches!(a.upos(trigger), "NOUN" | "PROPN"));
    flag("adjective", a.upos(trigger) == "ADJ");
    flag("light_verb", carrier.is_some());
    flag("inside_name", crate::entities::describe::name_at(scene, trigger).is_some_and(|n| n.kind != "EVT"));
    // "This project will allow ...": the subject is a thing, so nobody acts.
    flag("thing_acts", lexicon::thing_acts(scene, entities, trigger));
    // "aid workers", "protest leaders": people who are called after an act.
    let named_after = crate::sentence::base(a.relation(trigger)) == "compound"
        && a.head(trigger).and_then(|head| entities.of(head)).is_some_and(|d| d.kind.is_some());
    flag("modifies_actor", named_after);
    flag("modifies_noun", matches!(crate::sentence::base(a.relation(trigger)), "compound" | "amod" | "nmod"));
    flag("reported_word", scene.codebook.reporting_for(a.lemma(trigger)).next().is_some());
    // What the model alone would take, without the participants and the codebook.
    let own = a.states[trigger].acts.iter().take(a.labels.acts.len()).enumerate();
    let own = own.max_by(|x, y| x.1.total_cmp(y.1)).and_then(|(at, _)| a.labels.acts.get(at));
    let row_act = row.and_then(|r| r.act);
    flag("row_agrees", row_act.is_some_and(|act| own.is_some_and(|name| name == act.as_str())));
    flag("row_differs", row_act.is_some_and(|act| own.is_some_and(|name| name != act.as_str())));
    // How the word stands in its sentence: a deed told, or the topic, the time and the ground of another.
    let relation = crate::sentence::base(a.relation(trigger));
    for (name, feature) in RELATIONS {
        flag(feature, relation == *name);
    }
    if matches!(a.upos(trigger), "NOUN" | "PROPN") {
        let case = crate::sentence::preposition(a, trigger).unwrap_or_default();
        for (name, feature) in CASES {
            flag(feature, case == *name);
        }
        let determiner = |lemma: &str| a.dependents(trigger).iter().any(|w| a.lemma(*w) == lemma);
        flag("definite", determiner("the") || determiner("this"));
        flag("indefinite", determiner("a") || determiner("an"));
        flag("owned", a.dependents(trigger).iter().any(|w| a.relation(*w) == "nmod:poss"));
        flag("plural", a.xpos(trigger) == "NNS");
    }
    let words = a.sentences[a.tokens[trigger].sentence].tokens.clone();
    let actors = words.clone().filter(|w| entities.political(*w)).count();
    flag("no_politics_in_sentence", actors == 0);
    flag("much_politics_in_sentence", actors > 2);
    let doer = crate::sentence::doer(a, carrier.map_or(trigger, |c| c.verb));
    flag("speakers_do", doer.is_some_and(|d| matches!(a.lemma(d), "we" | "I" | "you")));
    flag("nobody_is_subject", doer.is_none());
    let best = |act: &[Act]| acts.first().is_some_and(|(best, _)| act.contains(best));
    flag("act_violent", best(&[Act::Assault, Act::Coerce]));
    flag("act_statement", best(&[Act::Statement]));
    out
}

/// Dependency relations of a trigger and their features.
const RELATIONS: &[(&str, &str)] = &[
    ("root", "is_root"),
    ("nsubj", "is_subject"),
    ("obj", "is_object"),
    ("obl", "is_oblique"),
    ("nmod", "is_noun_modifier"),
    ("amod", "is_attribute"),
    ("compound", "is_compound"),
    ("conj", "is_conjunct"),
    ("xcomp", "is_infinitive"),
    ("ccomp", "is_clause"),
    ("advcl", "is_adverbial_clause"),
    ("acl", "is_noun_clause"),
    ("parataxis", "is_parataxis"),
    ("appos", "is_apposition"),
];

/// Prepositions of a noun trigger and their features.
const CASES: &[(&str, &str)] = &[
    ("about", "behind_about"),
    ("after", "behind_after"),
    ("before", "behind_before"),
    ("during", "behind_during"),
    ("since", "behind_since"),
    ("for", "behind_for"),
    ("in", "behind_in"),
    ("of", "behind_of"),
    ("on", "behind_on"),
    ("to", "behind_to"),
    ("with", "behind_with"),
    ("against", "behind_against"),
    ("by", "behind_by"),
    ("from", "behind_from"),
];
