//! Numbers in a text: figures, words, rough numbers, ranges and bounds.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/number_words.tsv");
/// Longest bound in words ("no fewer than").
const LONGEST_BOUND: usize = 3;

/// A number with its bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Words of the number with those that bound it.
    pub words: Range<usize>,
    /// Words of the number alone.
    pub figures: Range<usize>,
    /// Lower bound.
    pub low: Option<f64>,
    /// Best estimate.
    pub best: f64,
    /// Upper bound.
    pub high: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Unit(f64),
    Scale(f64),
    Vague { low: f64, best: f64 },
    AtLeast,
    AtMost,
    About,
}

static WORDS: LazyLock<HashMap<&'static str, Kind>> =
    LazyLock::new(|| TABLE.lines().filter(|l| !l.starts_with('#')).filter_map(parse).collect());

fn parse(line: &'static str) -> Option<(&'static str, Kind)> {
    let mut cells = line.split('\t');
    let (kind, words, value) = (cells.next()?, cells.next()?, cells.next()?.parse::<f64>().ok()?);
    let best = cells.next().and_then(|c| c.parse::<f64>().ok());
    let kind = match kind {
        "unit" => Kind::Unit(value),
        "scale" => Kind::Scale(value),
        "vague" => Kind::Vague { low: value, best: best? },
        "at_least" => Kind::AtLeast,
        "at_most" => Kind::AtMost,
        "about" => Kind::About,
        _ => return None,
    };
    Some((words, kind))
}

/// A value: exact, or rough with a lower bound.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Value {
    low: Option<f64>,
    best: f64,
}

/// The numbers among the words of a sentence; `form` gives the word at an index.
pub fn find<'t>(words: &Range<usize>, form: &dyn Fn(usize) -> &'t str) -> Vec<Number> {
    let lower: Vec<String> = words.clone().map(|w| form(w).to_lowercase()).collect();
    let at = |w: usize| w.checked_sub(words.start).and_then(|i| lower.get(i)).map_or("", String::as_str);
    let mut out = Vec::new();
    let mut word = words.start;
    while word < words.end {
        let Some((value, end)) = number(&at, word, words.end) else {
            word += 1;
            continue;
        };
        let mut found = Number {
            words: word..end,
            figures: word..end,
            low: value.low.or(Some(value.best)),
            best: value.best,
            high: value.low.is_none().then_some(value.best),
        };
        let mut end = end;
        // "20 to 30", "20-30", "between 20 and 30".
        let between = word > words.start && at(word - 1) == "between";
        let joins = matches!(at(end), "to" | "-" | "–") || (between && at(end) == "and");
        if joins
            && let Some((upper, last)) = number(&at, end + 1, words.end)
            && upper.best > value.best
        {
            found.low = Some(value.best);
            found.high = Some(upper.best);
            found.best = (value.best + upper.best) / 2.0;
            found.figures.end = last;
            found.words.end = last;
            if between {
                found.words.start -= 1;
            }
            end = last;
        } else {
            bound(&at, words.start, &mut found);
        }
        out.push(found);
        word = end;
    }
    out
}

/// Lays the bound in front of a number on it: "at least 30", "some 1,500".
fn bound<'t>(at: &impl Fn(usize) -> &'t str, first: usize, found: &mut Number) {
    // A sign of money may stand between the bound and the number.
    let mut end = found.figures.start;
    if end > first
        && !at(end - 1).is_empty()
        && at(end - 1).chars().all(|c| !c.is_alphanumeric() && !c.is_ascii_punctuation() || c == '$')
    {
        end -= 1;
    }
    for length in (1..=LONGEST_BOUND).rev() {
        let Some(start) = end.checked_sub(length).filter(|s| *s >= first) else { continue };
        let words: Vec<&str> = (start..end).map(at).collect();
        let Some(kind) = WORDS.get(words.join(" ").as_str()) else { continue };
        match kind {
            Kind::AtLeast => (found.low, found.high) = (Some(found.best), None),
            Kind::AtMost => (found.low, found.high) = (None, Some(found.best)),
            Kind::About => (found.low, found.high) = (None, None),
            Kind::Unit(_) | Kind::Scale(_) | Kind::Vague { .. } => continue,
        }
        found.words.start = start;
        return;
    }
}

/// Reads one number; says where it ends.
fn number<'t>(at: &impl Fn(usize) -> &'t str, word: usize, end: usize) -> Option<(Value, usize)> {
    let kind = |w: usize| if w < end { WORDS.get(at(w)).copied() } else { None };
    // "Tens of thousands", "hundreds of millions", "dozens".
    if let Some(Kind::Vague { low, best }) =
        kind(word).or_else(|| (at(word) == "tens").then_some(Kind::Vague { low: 20.0, best: 30.0 }))
    {
        if at(word + 1) == "of"
            && let Some(Kind::Vague { low: scale, .. }) = kind(word + 2)
        {
            // The plural names at least two of its scale: that of "thousands" is a thousand.
            return Some((Value { low: Some(low * scale / 2.0), best: best * scale / 2.0 }, word + 3));
        }
        if let Some(Kind::Scale(scale)) = kind(word + 1) {
            return Some((Value { low: Some(low * scale), best: best * scale }, word + 2));
        }
        // "A few", "several" and "a handful" before no scale still count; "tens" alone does not.
        return (at(word) != "tens").then_some((Value { low: Some(low), best }, word + 1));
    }
    // "Half a dozen", "a dozen", "a hundred".
    if at(word) == "half"
        && matches!(at(word + 1), "a" | "-")
        && let Some(Kind::Scale(scale)) = kind(word + 2).filter(|_| scale_word(at(word + 2)))
    {
        return Some((Value { low: None, best: scale / 2.0 }, word + 3));
    }
    if matches!(at(word), "a" | "an")
        && let Some(Kind::Scale(scale)) = kind(word + 1).filter(|_| scale_word(at(word + 1)))
    {
        return Some((Value { low: None, best: scale }, word + 2));
    }
    let (mut total, mut group) = (0.0, 0.0);
    let mut next = word;
    if let Some(value) = figure(at(word)) {
        group = value;
        next += 1;
    } else {
        while let Some(Kind::Unit(value)) = kind(next) {
            group += value;
            next += 1;
            if at(next) == "-" && matches!(kind(next + 1), Some(Kind::Unit(_))) {
                next += 1;
            }
        }
    }
    if next == word {
        return None;
    }
    // Scales behind it: "three hundred thousand", "2.5 million".
    while let Some(Kind::Scale(scale)) = kind(next) {
        if scale >= 1000.0 {
            total += group * scale;
            group = 0.0;
        } else {
            group *= scale;
        }
        next += 1;
        while let Some(Kind::Unit(value)) = kind(next + usize::from(at(next) == "and")) {
            next += usize::from(at(next) == "and") + 1;
            group += value;
        }
    }
    let best = total + group;
    best.is_finite().then_some((Value { low: None, best }, next))
}

/// Words of a scale that stand behind an article; "a m" and "a score" do not count things.
fn scale_word(word: &str) -> bool {
    word.len() > 2 && word != "score"
}

/// "30", "1,500", "2.5", "3bn", "1 500" as one token.
fn figure(word: &str) -> Option<f64> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) || word.len() > 24 {
        return None;
    }
    let split =
        word.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | '\u{a0}'))).unwrap_or(word.len());
    let (digits, scale) = word.split_at(split);
    let scale = match scale {
        "" => 1.0,
        other => match WORDS.get(other) {
            Some(Kind::Scale(scale)) => *scale,
            _ => return None,
        },
    };
    let thousands: Vec<&str> = digits.split([',', '\u{a0}']).collect();
    let grouped = thousands.iter().skip(1).all(|g| g.split('.').next().is_some_and(|g| g.len() == 3));
    if !grouped {
        return None;
    }
    let value: f64 = thousands.concat().trim_end_matches('.').parse().ok()?;
    Some(value * scale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<(Option<f64>, f64, Option<f64>, String)> {
        let words: Vec<&str> = text.split(' ').collect();
        find(&(0..words.len()), &|w| words.get(w).copied().unwrap_or(""))
            .into_iter()
            .map(|n| (n.low, n.best, n.high, words[n.words].join(" ")))
            .collect()
    }

    fn one(text: &str) -> (Option<f64>, f64, Option<f64>) {
        let found = read(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        (found[0].0, found[0].1, found[0].2)
    }

    #[test]
    fn figures_and_words() {
        assert_eq!(one("12 miners"), (Some(12.0), 12.0, Some(12.0)));
        assert_eq!(one("1,500 miners"), (Some(1500.0), 1500.0, Some(1500.0)));
        assert_eq!(one("twenty - three miners"), (Some(23.0), 23.0, Some(23.0)));
        assert_eq!(one("three hundred and forty miners"), (Some(340.0), 340.0, Some(340.0)));
        assert_eq!(one("two thousand five hundred miners").1, 2500.0);
        assert_eq!(one("2.5 million miners").1, 2_500_000.0);
        assert_eq!(one("a dozen miners").1, 12.0);
        assert_eq!(one("half a dozen miners").1, 6.0);
        assert_eq!(one("€ 3bn").1, 3e9);
        assert!(read("the fourth miner").is_empty());
        assert!(read("12,34 miners").is_empty());
    }

    #[test]
    fn bounds() {
        assert_eq!(one("at least 30 miners"), (Some(30.0), 30.0, None));
        assert_eq!(one("no fewer than 30 miners"), (Some(30.0), 30.0, None));
        assert_eq!(one("up to 50 miners"), (None, 50.0, Some(50.0)));
        assert_eq!(one("no more than 50 miners"), (None, 50.0, Some(50.0)));
        assert_eq!(one("some 1,500 miners"), (None, 1500.0, None));
        assert_eq!(one("more than $ 40 million"), (Some(4e7), 4e7, None));
    }

    #[test]
    fn ranges() {
        assert_eq!(one("between 20 and 30 miners"), (Some(20.0), 25.0, Some(30.0)));
        assert_eq!(one("20 to 30 miners"), (Some(20.0), 25.0, Some(30.0)));
        assert_eq!(read("between 20 and 30 miners")[0].3, "between 20 and 30");
        assert_eq!(read("12 to 3 miners").len(), 2);
    }

    #[test]
    fn rough_numbers_have_a_lower_bound_alone() {
        assert_eq!(one("dozens of miners"), (Some(24.0), 36.0, None));
        assert_eq!(one("hundreds of miners"), (Some(200.0), 300.0, None));
        assert_eq!(one("tens of thousands of miners"), (Some(20_000.0), 30_000.0, None));
        assert_eq!(one("hundreds of thousands of miners"), (Some(200_000.0), 300_000.0, None));
        assert_eq!(one("several hundred miners"), (Some(300.0), 500.0, None));
        assert_eq!(one("a few dozen miners"), (Some(24.0), 36.0, None));
    }

    #[test]
    fn every_row_can_be_used() {
        for line in TABLE.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).skip(1) {
            assert!(parse(line).is_some(), "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_words_are_read(text in "([0-9,.]{1,9}|dozens|of|tens|thousand|two|-|to|between|and|half|a|\\PC{1,4})( ([0-9,.]{1,9}|dozens|of|tens|thousand|two|-|to|between|and|half|a|\\PC{1,4})){0,12}") {
            let words: Vec<&str> = text.split(' ').collect();
            let mut last = 0;
            for number in find(&(0..words.len()), &|w| words.get(w).copied().unwrap_or("")) {
                prop_assert!(number.words.start >= last || number.figures.start >= last);
                prop_assert!(number.figures.end <= words.len() && number.figures.start < number.figures.end);
                last = number.figures.end;
            }
        }
    }
}
