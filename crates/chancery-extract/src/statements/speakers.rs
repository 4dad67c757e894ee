//! Who can speak, and what kind of speaker it is.

use chancery_knowledge::Entry;

use super::quotes::Quotation;
use super::vocabulary::{Class, is};
use super::{Speaker, SpeakerKind, quotation_at};
use crate::scene::Scene;
use crate::sentence::{dependents, phrase};

/// Most words of a phrase that are looked up.
const LONGEST_PHRASE: usize = 16;

/// The speaker with this head word.
pub(super) fn speaker(scene: &Scene<'_>, quotations: &[Quotation], head: Option<usize>) -> Speaker {
    let Some(head) = head else { return Speaker { head: None, kind: SpeakerKind::Anonymous } };
    Speaker { head: Some(head), kind: kind(scene, quotations, head) }
}

fn kind(scene: &Scene<'_>, quotations: &[Quotation], head: usize) -> SpeakerKind {
    let a = scene.analysis;
    let lemma = a.lemma(head).to_lowercase();
    if a.upos(head) == "PRON" {
        let first = matches!(lemma.as_str(), "i" | "we" | "me" | "us");
        let byte = a.tokens.get(head).map_or(0, |t| t.range.start);
        return if first && quotation_at(quotations, byte).is_none() {
            SpeakerKind::Author
        } else {
            SpeakerKind::Actor
        };
    }
    if is(Class::Anonymous, &lemma) || unnamed(scene, head) {
        return SpeakerKind::Anonymous;
    }
    if entries(scene, head).iter().any(|e| matches!(e, Entry::Outlet(_))) {
        return SpeakerKind::Outlet;
    }
    if a.upos(head) == "NOUN" {
        if is(Class::Outlet, &lemma) {
            return SpeakerKind::Outlet;
        }
        if is_document(scene, &lemma) {
            return SpeakerKind::Document;
        }
    }
    SpeakerKind::Actor
}

/// Whether a noun is a text or speech that can be the subject of "says".
pub(super) fn is_document(scene: &Scene<'_>, lemma: &str) -> bool {
    scene
        .codebook
        .reporting_for(lemma)
        .any(|row| row.pos == "noun" && row.words.len() == 1 && row.medium == "published")
}

/// "An official who asked not to be named", "unidentified gunmen".
fn unnamed(scene: &Scene<'_>, head: usize) -> bool {
    dependents(scene.analysis, head, &["amod"])
        .any(|d| is(Class::Unnamed, &scene.analysis.lemma(d).to_lowercase()))
        || {
            let after: Vec<&str> = (head + 1..head + 14)
                .take_while(|w| {
                    scene.analysis.tokens.get(*w).is_some_and(|t| {
                        Some(t.sentence) == scene.analysis.tokens.get(head).map(|h| h.sentence)
                    })
                })
                .map(|w| scene.form(w))
                .collect();
            let text = after.join(" ").to_lowercase();
            [
                "condition of anonymity",
                "not to be named",
                "not to be identified",
                "not be named",
                "not be identified",
                "declined to be named",
                "refused to be named",
            ]
            .iter()
            .any(|words| text.contains(words))
        }
}

/// What the tables say of the phrase with this head: entries whose words hold the head.
fn entries<'k>(scene: &Scene<'k>, head: usize) -> Vec<Entry<'k>> {
    let words = phrase(scene.analysis, head);
    let start = words.start.max(head.saturating_sub(LONGEST_PHRASE));
    let mut out = Vec::new();
    for first in start..=head {
        let window: Vec<&str> =
            (first..words.end.min(first + LONGEST_PHRASE)).map(|w| scene.form(w)).collect();
        out.extend(
            scene.knowledge.match_at(&window).into_iter().filter(|m| first + m.words > head).map(|m| m.entry),
        );
    }
    out
}

/// Whether the phrase can speak: a person, a body, a state, a text. `None` can: someone does.
pub(super) fn can_speak(scene: &Scene<'_>, head: usize) -> bool {
    let a = scene.analysis;
    let lemma = a.lemma(head).to_lowercase();
    match a.upos(head) {
        "PRON" => {
            matches!(
                lemma.as_str(),
                "he" | "she"
                    | "they"
                    | "i"
                    | "we"
                    | "who"
                    | "you"
                    | "him"
                    | "her"
                    | "them"
                    | "me"
                    | "us"
                    | "one"
            ) || is(Class::Speaker, &lemma)
        }
        "PROPN" => {
            !a.names.iter().any(|n| n.words.contains(&head) && matches!(n.kind.as_str(), "EVT" | "FAC"))
        }
        _ => {
            is(Class::Speaker, &lemma)
                || is(Class::Anonymous, &lemma)
                || is(Class::Outlet, &lemma)
                || is_document(scene, &lemma)
                || a.names
                    .iter()
                    .any(|n| n.words.contains(&head) && matches!(n.kind.as_str(), "PER" | "ORG" | "NAT"))
                || entries(scene, head).iter().any(|e| {
                    matches!(
                        e,
                        Entry::Role(_)
                            | Entry::Organisation(_)
                            | Entry::Outlet(_)
                            | Entry::Metonym(_)
                            | Entry::People(_)
                            | Entry::Country(..)
                            | Entry::Group(_)
                    )
                })
        }
    }
}
