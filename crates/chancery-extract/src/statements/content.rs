//! What is said: which words, and where it begins and ends.

use std::ops::Range;

use super::quotes::Quotation;
use super::{Draft, StatementFound, quotation_at};
use crate::scene::Scene;
use crate::sentence::{base, subtree};

/// The words below a word, without the branches at `without`.
pub(super) fn words_below(scene: &Scene<'_>, head: usize, without: &[usize]) -> Vec<usize> {
    subtree(scene.analysis, head, &|w| without.contains(&w))
}

/// The words of a clause that is reported: all below its predicate.
pub(super) fn clause_words(scene: &Scene<'_>, predicate: usize, without: &[usize]) -> Vec<usize> {
    let a = scene.analysis;
    let mut words = words_below(scene, predicate, without);
    // "That" only joins the clause to its verb.
    let joins =
        |w: &usize| base(a.relation(*w)) == "mark" && a.head(*w) == Some(predicate) && a.lemma(*w) == "that";
    words.retain(|w| !joins(w));
    words
}

/// A statement that touches a quotation from outside takes all of it, however many sentences it has.
pub(super) fn extend_to_quotations(scene: &Scene<'_>, quotations: &[Quotation], draft: &mut Draft) {
    let cue = draft.cue_word.and_then(|w| scene.analysis.tokens.get(w)).map(|t| t.range.start);
    let inside = cue.and_then(|byte| quotation_at(quotations, byte));
    let mut touched: Vec<usize> = draft
        .words
        .iter()
        .filter(|w| !matches!(scene.analysis.upos(**w), "PUNCT"))
        .filter_map(|w| scene.analysis.tokens.get(*w))
        .filter_map(|t| quotation_at(quotations, t.range.start))
        .filter(|q| Some(*q) != inside)
        .collect();
    touched.dedup();
    for at in touched {
        if let Some(quotation) = quotations.get(at) {
            draft.words.extend(words_of(scene, &quotation.inner));
        }
    }
    draft.words.sort_unstable();
    draft.words.dedup();
}

/// The words that begin in a stretch of bytes.
pub(super) fn words_of(scene: &Scene<'_>, bytes: &Range<usize>) -> Range<usize> {
    let first = scene.analysis.tokens.partition_point(|t| t.range.start < bytes.start);
    let last = scene.analysis.tokens.partition_point(|t| t.range.start < bytes.end);
    first..last.max(first)
}

/// Cuts the statement out of the text; none if no word is left of its content.
///
/// `citations` are the bytes of the document's citations: they are the author's, not the speaker's.
pub(super) fn cut(
    scene: &Scene<'_>,
    quotations: &[Quotation],
    citations: &[Range<usize>],
    draft: &Draft,
) -> Option<StatementFound> {
    let a = scene.analysis;
    let cited =
        |w: &usize| a.tokens.get(*w).is_some_and(|t| citations.iter().any(|c| c.contains(&t.range.start)));
    let draft =
        &Draft { words: draft.words.iter().copied().filter(|w| !cited(w)).collect(), ..draft.clone() };
    let starts = draft.words.first().copied();
    let is_edge = |w: &usize| {
        a.upos(*w) == "PUNCT"
            || scene.form(*w).chars().all(|c| !c.is_alphanumeric())
            // "That" joins what is said to its verb, also where the parse hangs it elsewhere.
            || (Some(*w) == starts && a.lemma(*w) == "that" && a.upos(*w) == "SCONJ")
    };
    let first = *draft.words.iter().find(|w| !is_edge(w))?;
    let last = *draft.words.iter().rfind(|w| !is_edge(w))?;
    let content_words = first..last + 1;
    let content = scene.bytes(&content_words);
    // What stands between the halves and belongs to neither.
    let mut gaps: Vec<Range<usize>> = Vec::new();
    for pair in draft.words.windows(2) {
        let [before, after] = pair else { continue };
        let between = before + 1..*after;
        if between.start >= between.end
            || *before < first
            || *after > last
            || between.clone().all(|w| is_edge(&w))
        {
            continue;
        }
        gaps.push(scene.bytes(&between));
    }
    let cue = draft.cue_word.and_then(|w| a.tokens.get(w)).map(|t| t.range.start);
    let first_quotation = quotations.partition_point(|q| q.outer.end <= content.start);
    let quotations: Vec<Range<usize>> = quotations
        .iter()
        .skip(first_quotation)
        .take_while(|q| q.inner.start < content.end)
        // A quotation around the cue as well is the outer speaker's.
        .filter(|q| !cue.is_some_and(|byte| q.outer.contains(&byte)))
        .filter(|q| {
            draft.words.iter().filter_map(|w| a.tokens.get(*w)).any(|t| q.inner.contains(&t.range.start))
        })
        .map(|q| q.inner.start.max(content.start)..q.inner.end.min(content.end))
        .collect();
    let sentence = draft
        .cue_word
        .and_then(|w| a.tokens.get(w))
        .map_or_else(|| scene.sentence_at(content.start), |t| t.sentence);
    Some(StatementFound {
        speaker: draft.speaker,
        cue_word: draft.cue_word,
        addressees: draft.addressees.clone(),
        content,
        content_words,
        gaps,
        quoted: !quotations.is_empty(),
        quotations,
        stance: draft.stance,
        medium: draft.medium.clone(),
        sentence,
    })
}
