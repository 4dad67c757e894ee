//! Event mentions: which words tell of an act, what act, whether it happened, who and to whom.
//!
//! Two readers look at every word: the model's event heads and the codebook's triggers over the parse
//! ([`lexicon`]), and both are weighed together; [`participants`] finds actors and recipients from the model's
//! participant head and the trigger's slots; [`status`] sums up the model's state and the cues of the
//! codebook; `record` writes what was found.

mod features;
pub mod lexicon;
pub mod participants;
mod record;
pub mod shift;
pub mod status;

use std::collections::BTreeMap;

use chancery_core::{Act, Mode, StatusParts};
use chancery_language::model::Reader;
use serde::Serialize;

use crate::citations::CitationFound;
use crate::entities::Entities;
use crate::scene::Scene;
use crate::sentence::clause;
use crate::statements::StatementFound;
use crate::times::TimeTable;
use participants::Weighed;

#[cfg(test)]
mod tests;

pub use record::records;

/// A trigger that was looked at, for `chancery explain`.
#[derive(Debug, Clone, Serialize)]
pub struct Candidate {
    /// The word.
    pub trigger: String,
    /// "coded" or "left out".
    pub decision: String,
    /// Why, one reason a line.
    pub reasons: Vec<String>,
    /// Acts with their probabilities, best first.
    pub acts: Vec<(String, f32)>,
    /// By what it was weighed whether the word tells of an event.
    pub features: BTreeMap<&'static str, f32>,
    /// Phrases that were weighed as its participants.
    pub participants: Vec<Weighed>,
    /// Number of the word in the sentence, from 1.
    pub index: usize,
}

/// An event mention inside the program.
#[derive(Debug, Clone)]
pub struct Found {
    /// Trigger word.
    pub trigger: usize,
    /// What is or would be done.
    pub act: Act,
    /// How.
    pub modes: Vec<Mode>,
    /// The trigger's own CAMEO code, if the codebook gives one.
    pub cameo: Option<String>,
    /// Parts of the status.
    pub status: StatusParts,
    /// Who does it.
    pub sides: participants::Sides,
    /// The light verb that carries the noun trigger.
    pub carrier: Option<usize>,
    /// When.
    pub time: Option<chancery_core::record::Time>,
    /// Who says so, nearest first.
    pub attribution: Vec<chancery_core::record::Attribution>,
    /// The mention whose content this is, as its trigger.
    pub content_of: Option<usize>,
    /// Confidence that there is an event, that the act is right, that the status is right.
    pub confidence: [f32; 3],
}

/// What the two readers make of a word.
#[derive(Debug, Clone)]
struct Judgement {
    trigger: usize,
    carrier: Option<lexicon::Carrier>,
    row: Option<lexicon::Hit>,
    sides: participants::Sides,
    acts: Vec<(Act, f32)>,
    accepted: bool,
    confidence: f32,
    reasons: Vec<String>,
    features: BTreeMap<&'static str, f32>,
    weighed: Vec<Weighed>,
}

/// Least probability of the model by which a word is looked at without a row of the codebook.
const LOOK: f32 = 0.05;

/// Probability of the model from which a word is taken against a row that says it is no trigger.
const EXCEPTION: f32 = 0.9;

/// Acts of which one may be the words and the other the deed: the verb that names both in one frame ("declared a
/// ceasefire", "signed an agreement") tells the act, its object is no second one.
const WORD_AND_DEED: &[(Act, Act)] =
    &[(Act::Concede, Act::Retreat), (Act::Support, Act::Agree), (Act::Agree, Act::Support)];

/// Finds the event mentions of a document. `latest` is the last day on which it can have been published.
#[allow(clippy::too_many_arguments)]
pub fn find(
    scene: &Scene<'_>,
    reader: &Reader,
    entities: &Entities<'_>,
    statements: &[StatementFound],
    citations: &[CitationFound],
    times: &TimeTable<'_>,
    latest: Option<jiff::civil::Date>,
) -> Vec<Found> {
    let mut found = Vec::new();
    for sentence in 0..scene.analysis.sentences.len() {
        for judgement in judge_sentence(scene, reader, entities, sentence) {
            if judgement.accepted {
                found.push(build(scene, entities, statements, citations, times, latest, judgement));
            }
        }
    }
    link_contents(scene, &mut found);
    found
}

/// What was looked at in a sentence and how it was decided.
pub fn candidates(
    scene: &Scene<'_>,
    reader: &Reader,
    entities: &Entities<'_>,
    sentence: usize,
) -> Vec<Candidate> {
    judge_sentence(scene, reader, entities, sentence)
        .into_iter()
        .map(|j| Candidate {
            trigger: scene.form(j.trigger).to_owned(),
            decision: if j.accepted { "coded" } else { "left out" }.to_owned(),
            reasons: j.reasons,
            acts: j.acts.iter().take(4).map(|(a, p)| (a.to_string(), *p)).collect(),
            features: j.features,
            participants: j.weighed,
            index: j.trigger + 1 - scene.analysis.sentences[sentence].tokens.start,
        })
        .collect()
}

fn judge_sentence(
    scene: &Scene<'_>,
    reader: &Reader,
    entities: &Entities<'_>,
    sentence: usize,
) -> Vec<Judgement> {
    let words = scene.analysis.sentences[sentence].tokens.clone();
    let mut out: Vec<Judgement> = Vec::new();
    for word in words {
        if !matches!(scene.analysis.upos(word), "VERB" | "NOUN" | "PROPN" | "ADJ" | "AUX") {
            continue;
        }
        let model = scene.analysis.states[word].event();
        let row = lexicon::look_up(scene, word);
        // A word inside a name tells of nothing by the model's guess alone.
        let named = crate::entities::describe::name_at(scene, word).is_some_and(|n| n.kind != "EVT");
        let worth =
            model >= LOOK && !named || row.as_ref().is_some_and(|r| r.strength != lexicon::Strength::None);
        if worth {
            out.push(judge(scene, reader, entities, word, model, row));
        }
    }
    drop_carriers(scene, &mut out);
    drop_retold(scene, &mut out);
    out
}

/// One act that a sentence tells by two words is coded once: of "sent peacekeepers" and "provided aid" the verb stays,
/// of "the raid killed six" and "killed in the raid" the noun that names the act.
fn drop_retold(scene: &Scene<'_>, judgements: &mut [Judgement]) {
    let a = scene.analysis;
    let act = |j: &Judgement| j.acts.first().map(|(act, _)| *act);
    let mut dropped: Vec<(usize, usize)> = Vec::new();
    for (at, j) in judgements.iter().enumerate().filter(|(_, j)| j.accepted) {
        let told_by = |keeps: &dyn Fn(&Judgement) -> bool| {
            judgements
                .iter()
                .position(|o| o.accepted && o.trigger != j.trigger && act(o) == act(j) && keeps(o))
        };
        let relation = crate::sentence::base(a.relation(j.trigger));
        let found = if act(j).is_some_and(|act| scene.codebook.is_outcome(act, a.lemma(j.trigger))) {
            // What happened to the victims is an outcome of the act that has its own word.
            let below = |o: &Judgement| {
                a.head(o.trigger) == Some(j.trigger)
                    && matches!(crate::sentence::base(a.relation(o.trigger)), "nsubj" | "obl")
            };
            let above = |o: &Judgement| {
                let verb = o.carrier.as_ref().map_or(o.trigger, |c| c.verb);
                let head = a.head(j.trigger);
                (head == Some(o.trigger) || head == Some(verb))
                    && matches!(relation, "advcl" | "acl" | "conj" | "xcomp")
            };
            told_by(&|o| {
                (below(o) || above(o))
                    && !act(o).is_some_and(|act| scene.codebook.is_outcome(act, a.lemma(o.trigger)))
            })
        } else if let Some(verb) = framed_by(scene, judgements, j) {
            Some(verb)
        } else if relation == "obj" && j.carrier.is_none() {
            told_by(&|o| a.head(j.trigger) == Some(o.trigger) && a.upos(o.trigger) == "VERB")
        } else if matches!(a.relation(j.trigger), "appos" | "parataxis" | "obl:unmarked")
            && a.upos(j.trigger) == "NOUN"
        {
            // "Mali accused France of arming rebels, a charge that ...".
            told_by(&|o| o.trigger < j.trigger)
        } else {
            None
        };
        // "The resumption of hostilities", "the prospect of talks": the noun says how it is with the act behind it.
        let cue_of = || {
            let cue = j.row.is_none() && scene.codebook.cues_for(a.lemma(j.trigger)).next().is_some();
            judgements.iter().position(|o| {
                cue && o.accepted
                    && a.head(o.trigger) == Some(j.trigger)
                    && crate::sentence::base(a.relation(o.trigger)) == "nmod"
            })
        };
        let found = found.or_else(cue_of);
        if let Some(by) = found {
            dropped.push((at, by));
        }
    }
    for (at, by) in dropped {
        let recipients = std::mem::take(&mut judgements[at].sides.recipients);
        judgements[at].accepted = false;
        let word = scene.form(judgements[by].trigger).to_owned();
        judgements[at].reasons.push(format!("the act that '{word}' tells"));
        if judgements[by].sides.recipients.is_empty() {
            judgements[by].sides.recipients = recipients;
        }
    }
}

/// A light verb whose noun is coded is not coded itself, nor is a verb beside the noun of the same act
/// that hangs on it ("attended the meeting").
fn drop_carriers(scene: &Scene<'_>, judgements: &mut [Judgement]) {
    let carried: Vec<(usize, usize)> = judgements
        .iter()
        .filter(|j| j.accepted)
        .filter_map(|j| j.carrier.as_ref().map(|c| (c.verb, j.trigger)))
        .collect();
    let acts: Vec<(usize, Option<Act>)> =
        judgements.iter().map(|j| (j.trigger, j.acts.first().map(|(a, _)| *a))).collect();
    let found_act = |word: usize| acts.iter().find(|(w, _)| *w == word).and_then(|(_, a)| *a);
    for j in judgements.iter_mut().filter(|j| j.accepted) {
        if let Some((_, noun)) = carried.iter().find(|(verb, _)| *verb == j.trigger) {
            // A verb with a row of its own for an act ("discussed the withdrawal") tells of two acts.
            let own_act =
                j.row.as_ref().is_some_and(|r| r.act.is_some() && j.acts.first().map(|(a, _)| *a) == r.act)
                    && found_act(*noun) != j.acts.first().map(|(a, _)| *a);
            if !own_act {
                j.accepted = false;
                j.reasons.push(format!("carries the act that '{}' tells", scene.form(*noun)));
            }
        }
    }
}

/// The accepted verb whose row names its object, where a noun is that object and tells the word or deed of its act.
fn framed_by(scene: &Scene<'_>, judgements: &[Judgement], noun: &Judgement) -> Option<usize> {
    let a = scene.analysis;
    let act = |j: &Judgement| j.acts.first().map(|(act, _)| *act);
    let object = matches!(a.relation(noun.trigger), "obj" | "nsubj:pass");
    judgements.iter().position(|verb| {
        let explicit = verb.row.as_ref().is_some_and(|r| r.explicit_object && r.act == act(verb));
        let pair = act(verb).zip(act(noun)).is_some_and(|pair| WORD_AND_DEED.contains(&pair));
        object && verb.accepted && explicit && pair && a.head(noun.trigger) == Some(verb.trigger)
    })
}

fn judge(
    scene: &Scene<'_>,
    reader: &Reader,
    entities: &Entities<'_>,
    trigger: usize,
    model: f32,
    row: Option<lexicon::Hit>,
) -> Judgement {
    let carrier = lexicon::carrier(scene, trigger);
    let (sides, weighed) =
        participants::find(scene, reader, entities, trigger, row.as_ref(), carrier.as_ref());
    let acts = weigh_acts(scene, reader, trigger, &sides, row.as_ref());
    let mut reasons = vec![format!("the model gives {model:.2} that the word tells of an event")];
    match &row {
        Some(r) => reasons.push(format!("codebook row: {} ({})", r.describe(), r.strength.as_str())),
        None => reasons.push("no row of the codebook fits".to_owned()),
    }
    let (actor, recipient) = (political(entities, &sides.actors), political(entities, &sides.recipients));
    if !actor && !recipient {
        reasons.push(NO_ACTOR.to_owned());
    }
    let features =
        features::of(scene, entities, trigger, model, row.as_ref(), carrier.as_ref(), &sides, &acts);
    let decision = scene.codebook.decision("mention");
    let confidence =
        decision.map_or(model, |d| d.probability(features.iter().map(|(k, v)| (*k, *v)))).clamp(0.01, 0.99);
    let threshold = decision.map_or(0.5, chancery_core::codebook::Decision::threshold);
    // What the codebook says is no trigger in this frame is one only if the model is all but certain.
    let excluded = row.as_ref().is_some_and(|r| r.strength == lexicon::Strength::None) && model < EXCEPTION;
    if excluded {
        reasons.push(format!(
            "the codebook says that it is no trigger here, and the model is below {EXCEPTION}"
        ));
    }
    let accepted = confidence >= threshold && !excluded;
    let compared = if accepted { "reaches" } else { "is below" };
    reasons.push(format!("all in all {confidence:.2}, which {compared} the threshold {threshold:.2}"));
    Judgement { trigger, carrier, row, sides, acts, accepted, confidence, reasons, features, weighed }
}

/// Why a word without a known actor was given less weight.
const NO_ACTOR: &str = "no actor known: neither side is a state, an organisation or people with a role";

fn political(entities: &Entities<'_>, heads: &[participants::Side]) -> bool {
    heads.iter().any(|s| entities.political(s.head))
}

/// Acts by the model's pair scorer, with the codebook's row as prior.
fn weigh_acts(
    scene: &Scene<'_>,
    reader: &Reader,
    trigger: usize,
    sides: &participants::Sides,
    row: Option<&lexicon::Hit>,
) -> Vec<(Act, f32)> {
    let words =
        |heads: &[participants::Side]| -> Vec<usize> { heads.iter().flat_map(|s| s.words.clone()).collect() };
    let probabilities =
        reader.acts(scene.analysis, trigger, &words(&sides.actors), &words(&sides.recipients));
    let mut acts: Vec<(Act, f32)> = scene
        .analysis
        .labels
        .acts
        .iter()
        .zip(probabilities)
        .filter_map(|(name, p)| Some((name.parse::<Act>().ok()?, p)))
        .collect();
    if let Some(hit) = row
        && let Some(act) = hit.act
    {
        let weight = match hit.strength {
            lexicon::Strength::Sure => 40.0,
            lexicon::Strength::Likely => 15.0,
            lexicon::Strength::Weak => 6.0,
            lexicon::Strength::None => 1.0,
        };
        for (own, p) in &mut acts {
            if *own == act {
                *p = (*p + 0.1) * weight;
            }
        }
        let total: f32 = acts.iter().map(|(_, p)| *p).sum();
        for (_, p) in &mut acts {
            *p /= total.max(1e-6);
        }
    }
    acts.sort_by(|a, b| b.1.total_cmp(&a.1));
    acts
}

fn build(
    scene: &Scene<'_>,
    entities: &Entities<'_>,
    statements: &[StatementFound],
    citations: &[CitationFound],
    times: &TimeTable<'_>,
    latest: Option<jiff::civil::Date>,
    judgement: Judgement,
) -> Found {
    let (act, act_confidence) = judgement.acts.first().copied().unwrap_or((Act::Statement, 0.0));
    let row = judgement.row.as_ref().filter(|r| r.act == Some(act));
    let verb = judgement.carrier.as_ref().map(|c| c.verb);
    let (status, status_confidence) = status::of(scene, judgement.trigger, judgement.carrier.as_ref(), row);
    let byte = scene.analysis.tokens[judgement.trigger].range.start;
    let chain = crate::statements::chain(scene, statements, citations, byte);
    let governed: Vec<usize> = judgement.sides.times.iter().copied().chain(verb).collect();
    // What happened did not happen after the report.
    let time = times.of_event(scene, judgement.trigger, &status, &governed).filter(|time| {
        let after = latest.zip(time.start.as_ref()).is_some_and(|(day, start)| *start > day.to_string());
        !(after && status.status() == chancery_core::Status::Happened)
    });
    Found {
        trigger: judgement.trigger,
        act,
        modes: mode(scene, entities, &judgement, act, row).into_iter().collect(),
        cameo: row.and_then(|r| r.cameo.clone()),
        status,
        attribution: record::attribution(scene, entities, statements, citations, latest, &chain),
        sides: judgement.sides,
        carrier: verb,
        time,
        content_of: None,
        confidence: [judgement.confidence, act_confidence, status_confidence],
    }
}

/// How an act is done: by the model's mode head, with the codebook's row as prior. A meeting is multilateral if three
/// parties or more are told, and not if they are two.
fn mode(
    scene: &Scene<'_>,
    entities: &Entities<'_>,
    judgement: &Judgement,
    act: Act,
    row: Option<&lexicon::Hit>,
) -> Option<Mode> {
    let trigger = judgement.trigger;
    let parties = parties(entities, &judgement.sides);
    let of_row = row.and_then(|r| r.mode.map(|mode| (mode, r.strength)));
    let best = scene
        .analysis
        .modes(trigger, act.as_str())
        .into_iter()
        .map(|(name, p)| {
            let mode = name.parse::<Mode>().ok();
            let told = match (mode, parties) {
                (Some(Mode::Multilateral), 2) => return (mode, 0.0),
                (Some(Mode::Multilateral), 3..) => 0.4,
                _ => 0.0,
            };
            let prior = match of_row.filter(|(own, _)| mode == Some(*own)) {
                Some((_, lexicon::Strength::Sure)) => 0.8,
                Some((_, lexicon::Strength::Likely)) => 0.4,
                Some((_, lexicon::Strength::Weak)) => 0.2,
                Some((_, lexicon::Strength::None)) | None => 0.0,
            };
            (mode, p + prior + told)
        })
        .max_by(|a, b| a.1.total_cmp(&b.1));
    best.map_or(of_row.map(|(mode, _)| mode), |(mode, _)| mode)
}

/// How many states and bodies the participants belong to.
fn parties(entities: &Entities<'_>, sides: &participants::Sides) -> usize {
    let mut known: Vec<&str> = Vec::new();
    for d in sides.actors.iter().chain(&sides.recipients).filter_map(|s| entities.of(s.head)) {
        known.extend(d.countries.iter().map(String::as_str));
        if d.countries.is_empty() {
            known.extend(d.name.as_deref());
        }
    }
    known.sort_unstable();
    known.dedup();
    known.len()
}

/// The content of a request, threat, promise or refusal hangs below its trigger.
fn link_contents(scene: &Scene<'_>, found: &mut [Found]) {
    use Act::{Accuse, Agree, Concede, Reject, Request, Threaten};
    // What is praised, condemned or investigated is no content; what is alleged is.
    let carries = |f: &Found| {
        matches!(f.act, Request | Threaten | Agree | Reject | Concede)
            || f.act == Accuse && f.modes.contains(&Mode::Allege)
    };
    let triggers: Vec<(usize, bool, Option<usize>)> =
        found.iter().map(|f| (f.trigger, carries(f), f.carrier)).collect();
    for f in found.iter_mut() {
        let top = f.carrier.unwrap_or(f.trigger);
        let path = crate::sentence::path_up(scene.analysis, top);
        f.content_of = path.iter().skip(1).find_map(|above| {
            triggers
                .iter()
                .find(|(t, carries, carrier)| {
                    (*t == *above || *carrier == Some(*above)) && *t != f.trigger && *carries
                })
                .map(|(t, ..)| *t)
        });
    }
}

/// Why nothing was coded in a document, in one line.
pub fn why_nothing(scene: &Scene<'_>, reader: &Reader, entities: &Entities<'_>) -> String {
    let a = scene.analysis;
    if a.tokens.is_empty() {
        return "nothing coded: the text has no words".to_owned();
    }
    let (mut looked, mut actorless) = (0, 0);
    for sentence in 0..a.sentences.len().min(400) {
        for j in judge_sentence(scene, reader, entities, sentence) {
            looked += 1;
            actorless += usize::from(j.reasons.iter().any(|r| *r == NO_ACTOR));
        }
    }
    if looked == 0 {
        return "nothing coded: no word of the text tells of an act that the codebook knows".to_owned();
    }
    if actorless > 0 {
        return format!(
            "nothing coded: {actorless} possible acts have no known actor; `chancery explain` shows them"
        );
    }
    format!(
        "nothing coded: {looked} words may tell of an act, none of them surely enough; `chancery explain` shows them"
    )
}

/// The predicate that governs a trigger's clause.
pub(crate) fn governing(scene: &Scene<'_>, trigger: usize, carrier: Option<usize>) -> usize {
    carrier.unwrap_or_else(|| clause(scene.analysis, trigger))
}
