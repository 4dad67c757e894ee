//! A guess at the tense of the clause around an expression, by the nearest
//! verb forms. A caller with a parse knows better and need not use it.

use crate::lexicon::lines;
use crate::resolve::Tense;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

const FORMS: &str = include_str!("../data/tense.tsv");
/// How many bytes of text on either side are looked at.
const WINDOW: usize = 240;
/// A verb after the expression counts as if it stood this many times as far.
const PENALTY_AFTER: usize = 2;
/// A past verb with more words than this in between says nothing.
const NEAR: usize = 5;

static TENSES: LazyLock<HashMap<&'static str, Tense>> = LazyLock::new(|| {
    let tense = |class| match class {
        "past" => Some(Tense::Past),
        "present" => Some(Tense::Present),
        "future" => Some(Tense::Future),
        _ => None,
    };
    lines(FORMS)
        .filter_map(|(_, line)| line.split_once('\t'))
        .filter_map(|(class, word)| Some((word, tense(class)?)))
        .collect()
});

/// Guesses the tense of the clause that holds `range`.
///
/// A range that is not on character boundaries of the text gives [`Tense::Unknown`].
#[must_use]
pub fn guess_tense(text: &str, range: Range<usize>) -> Tense {
    let (Some(before), Some(after)) = (text.get(..range.start), text.get(range.end..)) else {
        return Tense::Unknown;
    };
    let before = before.get(floor(before, before.len().saturating_sub(WINDOW))..).unwrap_or_default();
    let after = after.get(..floor(after, WINDOW.min(after.len()))).unwrap_or_default();
    let before = before.rsplit(is_end).next().unwrap_or_default();
    let after = after.split(is_end).next().unwrap_or_default();
    // "Guidelines to be published in November": each word is seen with the one before it.
    let left =
        words(before).rev().zip(words(before).rev().skip(1).chain(std::iter::once(""))).enumerate().find_map(
            |(far, (word, previous))| {
                let infinitive = word == "be" && previous == "to";
                Some((far, if infinitive { Tense::Future } else { verb_before(word, previous)? }))
            },
        );
    let right =
        words(after).enumerate().find_map(|(far, word)| Some((far * PENALTY_AFTER + 1, tense_of(word)?)));
    let nearest = match (left, right) {
        (Some(left), Some(right)) if right.0 < left.0 => Some(right),
        (Some(nearest), _) | (None, Some(nearest)) => Some(nearest),
        (None, None) => None,
    };
    match nearest {
        // "The bank said it extended its offer, which expires on Nov. 6": a past verb far off proves little.
        Some((far, Tense::Past)) if far > NEAR => Tense::Unknown,
        Some((_, tense)) => tense,
        None => Tense::Unknown,
    }
}

/// The tense of a word that is not the participle of "to be published", which the infinitive decides.
fn verb_before(word: &str, previous: &str) -> Option<Tense> {
    if previous == "be" { None } else { tense_of(word) }
}

fn is_end(c: char) -> bool {
    matches!(c, '!' | '?' | ';' | '\n' | '"' | '\u{201c}' | '\u{201d}')
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|word| !word.is_empty())
}

fn floor(text: &str, mut at: usize) -> usize {
    while at > 0 && !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn tense_of(word: &str) -> Option<Tense> {
    let lower = word.to_lowercase();
    if let Some(tense) = TENSES.get(lower.as_str()) {
        return Some(*tense);
    }
    let regular_past = lower.len() > 4 && lower.ends_with("ed") && !lower.ends_with("eed");
    (regular_past && !word.chars().next().is_some_and(char::is_uppercase)).then_some(Tense::Past)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(text: &str, expression: &str) -> Tense {
        let start = text.find(expression).unwrap();
        guess_tense(text, start..start + expression.len())
    }

    #[test]
    fn the_nearest_verb_decides() {
        assert_eq!(guess("The envoys met in Vienna on Friday.", "Friday"), Tense::Past);
        assert_eq!(guess("The envoys will meet in Vienna on Friday.", "Friday"), Tense::Future);
        assert_eq!(guess("On Friday the council voted to adjourn.", "Friday"), Tense::Past);
        assert_eq!(guess("Friday", "Friday"), Tense::Unknown);
    }

    #[test]
    fn a_bad_range_is_no_panic() {
        assert_eq!(guess_tense("dé", 2..9), Tense::Unknown);
    }
}
