//! Event mentions: which words tell of an act, what act, whether it happened, who and to whom.
//!
//! Two readers look at every word: the model's event heads and the codebook's triggers over the parse
//! ([`lexicon`]), and both are weighed together; [`participants`] finds actors and recipients from the model's
//! participant head and the trigger's slots; [`status`] sums up the model's state and the cues of the
//! codebook; `record` writes what was found.

pub mod lexicon;
pub mod participants;
mod record;
pub mod shift;
pub mod status;

use chancery_core::{Act, Mode, StatusParts};
use chancery_language::model::Reader;
use serde::Serialize;

use crate::citations::CitationFound;
use crate::entities::Entities;
use crate::scene::Scene;
use crate::sentence::clause;
use crate::statements::StatementFound;
use crate::times::TimeTable;

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
}

/// Least probability of the model by which a word is looked at without a row of the codebook.
const LOOK: f32 = 0.2;

/// Thresholds on the model's probability for each strength of the codebook's row.
struct Threshold {
    sure: f32,
    likely: f32,
    weak: f32,
    none: f32,
    without: f32,
}

const THRESHOLD: Threshold = Threshold { sure: 0.05, likely: 0.16, weak: 0.4, none: 0.9, without: 0.9 };

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
    out
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

fn judge(
    scene: &Scene<'_>,
    reader: &Reader,
    entities: &Entities<'_>,
    trigger: usize,
    model: f32,
    row: Option<lexicon::Hit>,
) -> Judgement {
    let carrier = lexicon::carrier(scene, trigger);
    let sides = participants::find(scene, reader, entities, trigger, row.as_ref(), carrier.as_ref());
    let acts = weigh_acts(scene, reader, trigger, &sides, row.as_ref());
    let mut reasons = vec![format!("the model gives {model:.2} that the word tells of an event")];
    match &row {
        Some(r) => reasons.push(format!("codebook row: {} ({})", r.describe(), r.strength.as_str())),
        None => reasons.push("no row of the codebook fits".to_owned()),
    }
    let political = |heads: &[participants::Side]| heads.iter().any(|s| entities.political(s.head));
    let (actor, recipient) = (political(&sides.actors), political(&sides.recipients));
    // "Officials from both states discussed": both sides stand in one phrase.
    let parties: std::collections::HashSet<&String> =
        sides.actors.iter().filter_map(|s| entities.of(s.head)).flat_map(|d| &d.countries).collect();
    let recipient = recipient || (actor && parties.len() > 1);
    let threshold = match row.as_ref().map(|r| r.strength) {
        Some(lexicon::Strength::Sure) => THRESHOLD.sure,
        Some(lexicon::Strength::Likely) => THRESHOLD.likely,
        Some(lexicon::Strength::Weak) if actor && recipient => THRESHOLD.likely,
        Some(lexicon::Strength::Weak) => THRESHOLD.weak,
        Some(lexicon::Strength::None) => THRESHOLD.none,
        None => THRESHOLD.without,
    };
    let mut accepted = model >= threshold;
    reasons.push(format!("{} the threshold {threshold:.2}", if accepted { "reaches" } else { "is below" }));
    // "This project will allow ...": the subject of a weak word is a thing, so nobody acts.
    let weak = row.as_ref().is_none_or(|r| r.strength == lexicon::Strength::Weak || r.act.is_none());
    if accepted && weak && lexicon::thing_acts(scene, entities, trigger) {
        accepted = false;
        reasons.push("its subject is no actor".to_owned());
    }
    let act_share = acts.first().map_or(0.0, |(_, p)| *p);
    if accepted && row.as_ref().is_none_or(|r| r.act.is_none()) && act_share < 0.45 {
        accepted = false;
        reasons.push(format!("no row of the codebook, and the best act has only {act_share:.2}"));
    }
    if accepted && !actor && !recipient {
        let strong = model >= 0.8 && row.as_ref().is_none_or(|r| r.strength != lexicon::Strength::None);
        let anyone = !sides.actors.is_empty() || !sides.recipients.is_empty();
        if !(strong && anyone) && model < 0.93 {
            accepted = false;
            reasons.push(
                "no actor known: neither side is a state, an organisation or people with a role".to_owned(),
            );
        }
    }
    let bonus = match row.as_ref().map(|r| r.strength) {
        Some(lexicon::Strength::Sure) => 0.35,
        Some(lexicon::Strength::Likely) => 0.25,
        Some(lexicon::Strength::Weak) => 0.1,
        _ => 0.0,
    };
    let confidence = (model * 0.65 + bonus + if actor && recipient { 0.1 } else { 0.0 }).clamp(0.01, 0.99);
    Judgement { trigger, carrier, row, sides, acts, accepted, confidence, reasons }
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
        modes: row.and_then(|r| r.mode).into_iter().collect(),
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

/// The content of a request, threat, promise or refusal hangs below its trigger.
fn link_contents(scene: &Scene<'_>, found: &mut [Found]) {
    use Act::{Accuse, Agree, Concede, Reject, Request, Support, Threaten};
    let triggers: Vec<(usize, Act, Option<usize>)> =
        found.iter().map(|f| (f.trigger, f.act, f.carrier)).collect();
    for f in found.iter_mut() {
        let top = f.carrier.unwrap_or(f.trigger);
        let path = crate::sentence::path_up(scene.analysis, top);
        f.content_of = path.iter().skip(1).find_map(|above| {
            triggers
                .iter()
                .find(|(t, act, carrier)| {
                    (*t == *above || *carrier == Some(*above))
                        && *t != f.trigger
                        && matches!(act, Request | Threaten | Agree | Reject | Accuse | Concede | Support)
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
            actorless += usize::from(j.reasons.iter().any(|r| r.starts_with("no actor known")));
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
