//! Quotations that no reporting word has claimed.

use std::ops::Range;

use crate::citations::CitationFound;

use super::content::{words_below, words_of};
use super::quotes::Quotation;
use super::speakers::{can_speak, speaker};
use super::vocabulary::{Class, is};
use super::{Draft, Speaker, SpeakerKind, lemma};
use crate::scene::Scene;
use crate::sentence::{base, dependent, doer, path_up};
use chancery_core::codebook::Strength;
use chancery_core::record::Stance;

/// A quotation of fewer words that hangs in a sentence is a manner of speaking, unless a verb of speech governs it.
const SHORTEST: usize = 3;

/// Finds the speakers of quotations that no draft holds and adds a draft for each.
pub(super) fn attribute(
    scene: &Scene<'_>,
    quotations: &[Quotation],
    citations: &[CitationFound],
    drafts: &mut Vec<Draft>,
) {
    // Speaker of the paragraph's last quotation, to go on with.
    let mut last: Option<(usize, Speaker)> = None;
    for quotation in quotations {
        let words = words_of(scene, &quotation.inner);
        if words.is_empty() {
            continue;
        }
        let holder = drafts
            .iter()
            .find(|d| {
                d.cue_word.is_none_or(|c| !words.contains(&c)) && d.words.iter().any(|w| words.contains(w))
            })
            .map(|d| d.speaker);
        if let Some(speaker) = holder {
            last = Some((quotation.paragraph, speaker));
            continue;
        }
        let Some(draft) = governed(scene, quotations, citations, &words).or_else(|| {
            let who = follow(scene, quotations, quotation, &words, drafts, last)?;
            Some(Draft {
                speaker: who,
                cue_word: None,
                addressees: Vec::new(),
                words: words.clone().collect(),
                stance: Stance::Asserts,
                medium: None,
            })
        }) else {
            continue;
        };
        last = Some((quotation.paragraph, draft.speaker));
        drafts.push(draft);
    }
}

/// A quotation inside a clause: the nearest verb above it whose subject can speak.
fn governed(
    scene: &Scene<'_>,
    quotations: &[Quotation],
    citations: &[CitationFound],
    words: &Range<usize>,
) -> Option<Draft> {
    let a = scene.analysis;
    let head =
        words.clone().find(|w| a.head(*w).is_some_and(|h| !words.contains(&h)) && a.upos(*w) != "PUNCT")?;
    for verb in path_up(a, head).into_iter().skip(1) {
        if words.contains(&verb) || a.upos(verb) != "VERB" {
            continue;
        }
        let fits = |lemma: &str| {
            is(Class::Partial, lemma) || scene.codebook.reporting_for(lemma).any(|r| r.pos == "verb")
        };
        let lemma = lemma::first(scene, verb, fits).unwrap_or_default();
        let strength = |wanted: &[Strength]| {
            scene.codebook.reporting_for(&lemma).any(|r| r.pos == "verb" && wanted.contains(&r.strength))
        };
        // A weak verb reports what its object is called; others bring longer quotations only.
        let reports = is(Class::Partial, &lemma)
            || strength(&[Strength::Sure])
            || (strength(&[Strength::Likely]) && long_enough(scene, words))
            || (strength(&[Strength::Weak])
                && a.dependents(verb)
                    .iter()
                    .any(|d| describes(scene, verb, *d) && path_up(a, head).contains(d)));
        let Some(who) = doer(a, verb).filter(|w| can_speak(scene, *w)) else { continue };
        if words.contains(&who) || !(reports || long_enough(scene, words)) {
            return None;
        }
        // A verb that brings no speech leaves the words to the document that the citation names.
        if let Some(document) = cited_document(scene, citations, words).filter(|_| !reports) {
            return Some(Draft {
                speaker: Speaker { head: Some(document), kind: SpeakerKind::Document },
                cue_word: None,
                addressees: Vec::new(),
                words: words.clone().collect(),
                stance: Stance::Asserts,
                medium: None,
            });
        }
        // The branch of the verb in which the quotation stands, with the object that it describes.
        let branch = path_up(a, head).into_iter().take_while(|w| *w != verb).last()?;
        let complement = describes(scene, verb, branch);
        let mut content: Vec<usize> = if reports && complement {
            let mut all = words_below(scene, branch, &[]);
            if let Some(object) = dependent(a, verb, &["obj", "nsubj:pass"]).filter(|o| *o != branch) {
                all.extend(words_below(scene, object, &[]));
            }
            all
        } else {
            words.clone().collect()
        };
        content.extend(words.clone());
        content.sort_unstable();
        content.dedup();
        let row = scene.codebook.reporting_for(&lemma).find(|r| r.pos == "verb");
        return Some(Draft {
            speaker: speaker(scene, quotations, Some(who)),
            cue_word: Some(verb),
            addressees: Vec::new(),
            words: content,
            stance: row.map_or(Stance::Asserts, |r| super::cues::stance(r.stance)),
            medium: None,
        });
    }
    None
}

/// The last word of the name of the body or outlet that is cited for some words.
fn cited_document(scene: &Scene<'_>, citations: &[CitationFound], words: &Range<usize>) -> Option<usize> {
    let byte = scene.analysis.tokens.get(words.start)?.range.start;
    let citation = citations.iter().find(|c| c.covers.contains(&byte))?;
    let name = citation.outlet.as_ref()?;
    let start = citation.range.start + scene.cut(&citation.range).find(name.as_str())?;
    words_of(scene, &(start..start + name.len())).next_back()
}

/// "Described it as ...", "called the raid ...".
fn describes(scene: &Scene<'_>, verb: usize, branch: usize) -> bool {
    let a = scene.analysis;
    let Some(object) = dependent(a, verb, &["obj", "nsubj:pass"]) else {
        return base(a.relation(branch)) == "xcomp";
    };
    let as_phrase = dependent(a, branch, &["case", "mark"]).is_some_and(|c| a.lemma(c) == "as");
    // An adjective in quotation marks may hang as an adverb.
    branch > object && (as_phrase || matches!(base(a.relation(branch)), "xcomp" | "advmod" | "amod"))
}

fn long_enough(scene: &Scene<'_>, words: &Range<usize>) -> bool {
    let forms: Vec<&str> =
        words.clone().map(|w| scene.form(w)).filter(|f| f.chars().any(char::is_alphanumeric)).collect();
    // A title has capitals throughout.
    let title = forms.iter().filter(|f| f.len() > 3).all(|f| f.starts_with(char::is_uppercase));
    forms.len() >= SHORTEST && !title
}

/// A quotation that is a sentence or more of its own: the speaker of the paragraph, or the one before.
fn follow(
    scene: &Scene<'_>,
    quotations: &[Quotation],
    quotation: &Quotation,
    words: &Range<usize>,
    drafts: &[Draft],
    last: Option<(usize, Speaker)>,
) -> Option<Speaker> {
    let a = scene.analysis;
    let sentence_index = a.tokens.get(words.start)?.sentence;
    let sentence = a.sentences.get(sentence_index)?;
    let whole =
        scene.cut(&(sentence.range.start..quotation.outer.start)).chars().all(|c| !c.is_alphanumeric());
    if !whole || !long_enough(scene, words) {
        return None;
    }
    if let Some((_, speaker)) = last.filter(|(paragraph, _)| *paragraph == quotation.paragraph) {
        return Some(speaker);
    }
    // "The minister was blunt: ...", and the sentence before it speaks of somebody's words.
    let previous = sentence_index.checked_sub(1).and_then(|s| a.sentences.get(s))?;
    if previous.paragraph == quotation.paragraph || scene.cut(&previous.range).trim_end().ends_with(':') {
        let root = previous.tokens.clone().find(|w| a.head(*w).is_none())?;
        let who = crate::sentence::subject(a, root).filter(|w| can_speak(scene, *w));
        if let Some(who) = who {
            return Some(speaker(scene, quotations, Some(who)));
        }
    }
    // The next quotation or statement of the paragraph has the speaker.
    let in_paragraph = |d: &&Draft| {
        let sentence =
            d.words.first().and_then(|w| a.tokens.get(*w)).and_then(|t| a.sentences.get(t.sentence));
        sentence.is_some_and(|s| s.paragraph == quotation.paragraph)
            && d.speaker.kind != SpeakerKind::Anonymous
    };
    if let Some(next) = drafts
        .iter()
        .filter(in_paragraph)
        .min_by_key(|d| d.words.first().map_or(usize::MAX, |w| w.abs_diff(words.start)))
    {
        return Some(next.speaker);
    }
    // A paragraph of quotation goes on with the speaker of the paragraph before.
    last.filter(|(paragraph, _)| paragraph + 1 == quotation.paragraph).map(|(_, speaker)| speaker)
}
