//! From what was found to the lines of the record.

use std::collections::HashMap;

use chancery_core::record::{
    ActorKind, Attribution, Confidence, Context, ContextLevel, DocumentReference, Link, Mention, Participant,
    Plover, Relation, SCHEMA_VERSION, SentenceReference, Stance, Versions, mention_id,
};
use chancery_core::{Act, Aspect, Mode};

use super::Found;
use super::participants::Side;
use crate::citations::CitationFound;
use crate::entities::Entities;
use crate::scene::Scene;
use crate::sentence::{base, dependents, phrase, preposition};
use crate::statements::{self, StatementFound};
use crate::{places, quantities};

/// The chain of those who say so, as the record has it. A citation adds its date to a statement of the same
/// outlet or body instead of standing beside it.
pub(super) fn attribution(
    scene: &Scene<'_>,
    entities: &Entities<'_>,
    statements: &[StatementFound],
    citations: &[CitationFound],
    latest: Option<jiff::civil::Date>,
    chain: &[statements::Link],
) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Vec::new();
    for link in chain {
        match link.source {
            statements::Source::Statement(index) => {
                let Some(s) = statements.get(index) else { continue };
                out.push(Attribution {
                    holder: statements::speaker_participant(scene, entities, s),
                    stance: s.stance,
                    quoted: link.quoted,
                    medium: s.medium.clone(),
                    addressee: s
                        .addressees
                        .first()
                        .map(|w| entities.participant(scene, *w, None))
                        .and_then(|p| p.name.or(p.text)),
                    cue: s.cue_word.and_then(|w| scene.analysis.tokens.get(w)).map(|t| scene.words(&t.range)),
                    date: None,
                    span: None,
                });
            }
            statements::Source::Citation(index) => {
                let Some(c) = citations.get(index) else { continue };
                let date = c.date(latest);
                let span = Some(scene.span(&c.range));
                let same = out.iter_mut().find(|a| a.holder.name.is_some() && a.holder.name == c.outlet);
                if let Some(attribution) = same {
                    attribution.date = date;
                    attribution.span = span;
                    continue;
                }
                out.push(Attribution {
                    holder: outlet(c),
                    stance: Stance::Asserts,
                    quoted: link.quoted,
                    medium: None,
                    addressee: None,
                    cue: None,
                    date,
                    span,
                });
            }
        }
    }
    out
}

fn outlet(c: &CitationFound) -> Participant {
    Participant {
        text: c.outlet.clone(),
        span: None,
        name: c.outlet.clone(),
        kind: if c.outlet.is_some() { ActorKind::Outlet } else { ActorKind::Anonymous },
        countries: c.outlet_country.iter().cloned().collect(),
        sectors: Vec::new(),
        class: None,
        office: None,
        part: None,
        resolved_from: None,
        backers: Vec::new(),
        actor_id: None,
    }
}

/// The mentions of a document, in the order of the text.
pub fn records(
    scene: &Scene<'_>,
    entities: &Entities<'_>,
    found: &[Found],
    document: &DocumentReference,
    versions: &Versions,
) -> Vec<Mention> {
    let ids: HashMap<usize, String> = found
        .iter()
        .map(|f| {
            let span = scene.span(&scene.analysis.tokens[f.trigger].range);
            (f.trigger, mention_id(&document.text_sha256, span, 0))
        })
        .collect();
    let mut mentions: Vec<Mention> =
        found.iter().map(|f| mention(scene, entities, f, &ids, document, versions)).collect();
    link_same_acts(scene, found, &mut mentions);
    mentions
}

fn mention(
    scene: &Scene<'_>,
    entities: &Entities<'_>,
    f: &Found,
    ids: &HashMap<usize, String>,
    document: &DocumentReference,
    versions: &Versions,
) -> Mention {
    let a = scene.analysis;
    let token = &a.tokens[f.trigger];
    let sentence = &a.sentences[token.sentence];
    let side = |sides: &[Side]| -> Vec<Participant> {
        sides.iter().flat_map(|s| entities.participants(scene, s.head, Some(s.part))).collect()
    };
    let actors = side(&f.sides.actors);
    let recipients = side(&f.sides.recipients);
    let status = f.status.status();
    let mode = f.modes.first().copied();
    let derived = scene.codebook.derive(f.act, mode, f.cameo.as_deref(), &f.status);
    let participants: Vec<usize> = f.sides.actors.iter().chain(&f.sides.recipients).map(|s| s.head).collect();
    let mut words = f.sides.places.clone();
    words.extend(f.carrier);
    Mention {
        schema: SCHEMA_VERSION,
        id: ids.get(&f.trigger).cloned().unwrap_or_default(),
        document: document.clone(),
        act: f.act,
        modes: f.modes.clone(),
        contexts: contexts(scene, f.trigger),
        status,
        polarity: f.status.polarity,
        modality: f.status.modality,
        aspect: f.status.aspect,
        background: f.status.background,
        disposition: f.status.disposition,
        plover: Plover { event: derived.event, mode: derived.mode },
        cameo: derived.cameo.map(str::to_owned),
        quad: derived.quad.map(chancery_core::Quad::number),
        intensity: derived.intensity,
        reciprocal: reciprocal(f),
        actors,
        recipients,
        time: f.time.clone(),
        places: places::of_event(scene, f.trigger, &words, &participants),
        quantities: quantities::of_event(scene, f.trigger, &clause_words(scene, f)),
        attribution: f.attribution.clone(),
        links: f
            .content_of
            .and_then(|t| ids.get(&t))
            .map(|to| Link { relation: Relation::ContentOf, to: to.clone() })
            .into_iter()
            .collect(),
        outcome: outcome(scene, f),
        trigger: scene.words(&token.range),
        sentence: SentenceReference {
            index: token.sentence,
            span: scene.span(&sentence.range),
            text: scene.cut(&sentence.range).to_owned(),
        },
        confidence: Confidence {
            event: round(f.confidence[0]),
            act: round(f.confidence[1]),
            status: round(f.confidence[2]),
        },
        versions: versions.clone(),
    }
}

fn round(x: f32) -> f32 {
    (x * 1000.0).round() / 1000.0
}

fn clause_words(scene: &Scene<'_>, f: &Found) -> Vec<usize> {
    let top = super::governing(scene, f.trigger, f.carrier);
    let stop = |d: usize| {
        matches!(base(scene.analysis.relation(d)), "ccomp" | "parataxis" | "advcl") && d != f.trigger
    };
    crate::sentence::subtree(scene.analysis, top, &stop)
}

/// Meetings, talks and common projects of equals: both sides do it with each other. A visit is not.
fn reciprocal(f: &Found) -> bool {
    let sides = f.sides.actors.len() + f.sides.recipients.len();
    match f.act {
        Act::Consult => !f.modes.contains(&Mode::Visit) && sides > 0,
        Act::Cooperate => sides > 1,
        _ => false,
    }
}

/// Contexts by the codebook's cue words, in the sentence, else in the paragraph.
fn contexts(scene: &Scene<'_>, trigger: usize) -> Vec<Context> {
    let a = scene.analysis;
    let sentence = &a.sentences[a.tokens[trigger].sentence];
    let in_sentence = contexts_of(scene, sentence.tokens.clone());
    if !in_sentence.is_empty() {
        let level = ContextLevel::Sentence;
        return in_sentence.into_iter().map(|name| Context { name: name.to_owned(), level }).collect();
    }
    let (mut first, mut last) = (sentence.tokens.start, sentence.tokens.end);
    for s in a.sentences.iter().filter(|s| s.paragraph == sentence.paragraph) {
        first = first.min(s.tokens.start);
        last = last.max(s.tokens.end);
    }
    let level = ContextLevel::Paragraph;
    contexts_of(scene, first..last).into_iter().map(|name| Context { name: name.to_owned(), level }).collect()
}

fn contexts_of<'a>(scene: &Scene<'a>, words: std::ops::Range<usize>) -> Vec<&'a str> {
    let a = scene.analysis;
    let forms: Vec<[String; 2]> =
        words.map(|w| [a.lemma(w).to_lowercase(), scene.form(w).to_lowercase()]).collect();
    let there: std::collections::HashSet<&str> = forms.iter().flatten().map(String::as_str).collect();
    let stands = |cue: &[String]| {
        cue.iter().all(|w| there.contains(w.as_str()))
            && (cue.len() == 1
                || forms.windows(cue.len()).any(|run| run.iter().zip(cue).all(|(f, w)| f.contains(w))))
    };
    scene
        .codebook
        .contexts()
        .iter()
        .filter(|context| context.cues.iter().any(|cue| !cue.is_empty() && stands(cue)))
        .map(|context| context.name.as_str())
        .collect()
}

/// "resulted in a deadlock", "ended without agreement": the noun of the result.
fn outcome(scene: &Scene<'_>, f: &Found) -> Option<String> {
    let a = scene.analysis;
    let verb = a.head(f.trigger).filter(|_| base(a.relation(f.trigger)) == "nsubj")?;
    if !matches!(
        a.lemma(verb),
        "result" | "end" | "culminate" | "conclude" | "close" | "lead" | "produce" | "yield"
    ) {
        return None;
    }
    let result = dependents(a, verb, &["obl", "obj"]).find(|o| {
        *o > verb && preposition(a, *o).is_none_or(|p| matches!(p.as_str(), "in" | "with" | "without" | "to"))
    })?;
    let mut words = phrase(a, result);
    while words.len() > 1 && matches!(a.upos(words.start), "DET") && a.lemma(words.start) != "no" {
        words.start += 1;
    }
    let text = scene.cut(&scene.bytes(&words));
    match preposition(a, result).as_deref() {
        Some("without") => Some(format!("without {text}")),
        _ => Some(text.to_owned()),
    }
}

/// Two mentions of one document tell the same act when act, sides and time agree, and the later one refers
/// back: a situation told again, or a noun with a definite or possessive beginning, "after meeting with".
fn link_same_acts(scene: &Scene<'_>, found: &[Found], mentions: &mut [Mention]) {
    let countries = |side: &[Participant]| {
        let mut out: Vec<String> = side.iter().flat_map(|p| p.countries.iter().cloned()).collect();
        out.sort();
        out.dedup();
        out
    };
    let names = |side: &[Participant]| side.iter().filter_map(|p| p.actor_id.clone()).collect::<Vec<_>>();
    for later in 1..mentions.len() {
        let refers = found[later].status.aspect == Aspect::Situation
            || scene.analysis.upos(found[later].trigger) == "NOUN"
            || matches!(base(scene.analysis.relation(found[later].trigger)), "advcl");
        if !refers {
            continue;
        }
        let earlier = (0..later).rev().find(|e| {
            let (m, o) = (&mentions[later], &mentions[*e]);
            let both: Vec<String> = [countries(&m.actors), countries(&m.recipients)].concat();
            let shared = names(&m.actors).iter().any(|id| names(&o.actors).contains(id));
            m.act == o.act
                && m.status == o.status
                && !both.is_empty()
                && countries(&m.actors) == countries(&o.actors)
                && (countries(&m.recipients) == countries(&o.recipients) || m.recipients.is_empty())
                && (shared || found[later].status.aspect == Aspect::Situation)
                && match (&m.time, &o.time) {
                    (Some(x), Some(y)) => x.start == y.start,
                    _ => true,
                }
        });
        if let Some(e) = earlier {
            let to = mentions[e].id.clone();
            mentions[later].links.push(Link { relation: Relation::SameAct, to });
        }
    }
}
