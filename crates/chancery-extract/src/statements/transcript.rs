//! Transcripts: paragraphs that begin with the name of who speaks, "MINISTER ORTIZ: We have agreed."

use super::content::words_of;
use super::{Draft, Speaker, SpeakerKind};
use crate::scene::Scene;
use chancery_core::record::Stance;

/// Most words in front of the colon.
const LONGEST_LABEL: usize = 6;

/// A draft for every paragraph of a transcript.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let a = scene.analysis;
    let mut out = Vec::new();
    let mut previous = None;
    for (index, sentence) in a.sentences.iter().enumerate() {
        let opens = previous.replace(sentence.paragraph) != Some(sentence.paragraph);
        if !opens {
            continue;
        }
        let Some(colon) = sentence.tokens.clone().take(LONGEST_LABEL + 1).find(|w| scene.form(*w) == ":")
        else {
            continue;
        };
        let label = sentence.tokens.start..colon;
        let Some(head) = label.clone().next_back().filter(|_| is_label(scene, &label)) else { continue };
        let last = a.sentences.iter().skip(index).take_while(|s| s.paragraph == sentence.paragraph).last();
        let end = last.map_or(sentence.range.end, |s| s.range.end);
        let Some(start) = a.tokens.get(colon).map(|t| t.range.end) else { continue };
        let words: Vec<usize> = words_of(scene, &(start..end)).collect();
        // A heading in front of a word or two is no speech.
        if words.iter().filter(|w| a.upos(**w) != "PUNCT").count() < 3 {
            continue;
        }
        let head = std::iter::successors(Some(head), |w| a.head(*w).filter(|h| label.contains(h)))
            .last()
            .unwrap_or(head);
        out.push(Draft {
            speaker: Speaker { head: Some(head), kind: SpeakerKind::Actor },
            cue_word: None,
            addressees: Vec::new(),
            words,
            stance: Stance::Asserts,
            medium: None,
        });
    }
    out
}

/// Whether the words in front of a colon name a person, in capitals or with a name that the model knows as one.
fn is_label(scene: &Scene<'_>, label: &std::ops::Range<usize>) -> bool {
    let a = scene.analysis;
    let person =
        a.names.iter().any(|n| n.kind == "PER" && n.words.end == label.end && label.start <= n.words.start);
    let all_proper = label.clone().all(|w| {
        matches!(a.upos(w), "PROPN" | "NOUN" | "ADJ" | "ADP" | "PUNCT")
            && scene.form(w).chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic())
    });
    person && all_proper
}
