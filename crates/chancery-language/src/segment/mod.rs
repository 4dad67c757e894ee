//! From text to sentences and tokens.
//!
//! [`segment`] finds the paragraphs of a text (or of its zones), cuts each into tokens as Universal
//! Dependencies for English has them, and the tokens into sentences. It takes linear time and memory
//! whatever the text, holds no state, and never changes the text: what it returns are byte ranges.
//!
//! The steps are modules of their own: `layout` finds paragraphs and undoes hard line breaks, `token`
//! is the tokeniser, `dateline` knows how reports begin, `sentence` sets the boundaries. What they know
//! about words stands in the tables of the crate's `data` folder.

mod address;
mod chars;
mod dateline;
mod layout;
mod lexicon;
mod sentence;
#[cfg(test)]
mod tests;
mod token;

use std::ops::Range;

use chancery_core::{Zone, ZoneKind};

pub use dateline::dateline;
pub use token::tokenize;

/// A text cut into tokens and sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segmentation {
    /// Byte ranges of the tokens: sorted, disjoint, on character boundaries.
    pub tokens: Vec<Range<usize>>,
    /// The sentences in the order of the text. Every token is in exactly one of them.
    pub sentences: Vec<SentenceSpan>,
}

/// One sentence of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentenceSpan {
    /// Indexes into [`Segmentation::tokens`]; never empty.
    pub tokens: Range<usize>,
    /// Bytes from the start of the first token to the end of the last.
    pub range: Range<usize>,
    /// The paragraph that holds the sentence, counted from 0. A heading or an item of a list is a
    /// paragraph of its own.
    pub paragraph: usize,
    /// The zone that holds the sentence; without zones, what its layout suggests.
    pub zone: ZoneKind,
}

/// Longest sentence in tokens; longer ones are cut at the best punctuation.
pub const LONGEST_SENTENCE: usize = 400;

/// Cuts a text into sentences and tokens.
///
/// `zones` are in the order of the text; text outside them counts as [`ZoneKind::Body`], and a zone that
/// overlaps an earlier one begins where that ends. Paragraphs are found inside zones by blank lines, line
/// breaks and list markers; line breaks of wrapped text are no boundaries. With no zones, headings and
/// items of lists are told by their layout.
///
/// ```
/// let text = "Talks resume\n\nThe U.S. envoy met Gen. Ortiz on Monday. \"We agree,\" he said.";
/// let segmentation = chancery_language::segment::segment(text, &[]);
/// let sentences: Vec<&str> = segmentation.sentences.iter().map(|s| &text[s.range.clone()]).collect();
/// assert_eq!(
///     sentences,
///     ["Talks resume", "The U.S. envoy met Gen. Ortiz on Monday.", "\"We agree,\" he said."]
/// );
/// ```
pub fn segment(text: &str, zones: &[Zone]) -> Segmentation {
    let mut segmentation = Segmentation::default();
    for (paragraph, block) in layout::blocks(text, zones).into_iter().enumerate() {
        let first = segmentation.tokens.len();
        token::tokenize_into(text, block.range.clone(), &mut segmentation.tokens);
        let tokens = segmentation.tokens.get(first..).unwrap_or(&[]);
        let opening = dateline(text, block.range).map_or(0, |range| range.end);
        let ends = sentence::ends(text, tokens, opening);
        // What looked like a heading but holds several sentences breaks off, as speech does.
        let broken_off = zones.is_empty() && block.zone == ZoneKind::Headline && ends.len() > 1;
        let zone = if broken_off { ZoneKind::Body } else { block.zone };
        let mut start = first;
        for end in ends {
            let end = first + end;
            if let Some([head, ..]) = segmentation.tokens.get(start..end)
                && let Some(tail) = segmentation.tokens.get(end - 1)
            {
                let range = head.start..tail.end;
                let sentence = SentenceSpan { tokens: start..end, range, paragraph, zone };
                segmentation.sentences.push(sentence);
                start = end;
            }
        }
    }
    segmentation
}

/// The range narrowed to the text and to character boundaries.
fn on_boundaries(text: &str, range: Range<usize>) -> Range<usize> {
    let start = (range.start..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let end = range.end.min(text.len());
    let end = (0..=end).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    start..end.max(start)
}

/// The characters before `at` and not before `start`, nearest first.
fn characters_before(text: &str, start: usize, at: usize) -> impl Iterator<Item = char> {
    text.get(start..at).unwrap_or("").chars().rev()
}
