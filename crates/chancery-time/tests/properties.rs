//! Whatever the text: ranges on character boundaries, in order, without overlap; no panic on the way to a value.

use chancery_time::{Anchor, Tense, find, guess_tense, resolve, resolve_all};
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// Words of time and of other things, glued and spaced in all ways.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "April",
        "May",
        "Friday",
        "the",
        "end",
        "of",
        "last",
        "next",
        "year",
        "years",
        "ago",
        "before",
        "three",
        "-",
        "'",
        "s",
        "2006",
        "7",
        "31",
        "30",
        "February",
        "1990",
        "noon",
        "p",
        ".",
        "m",
        ":",
        "/",
        ",",
        "week",
        "from",
        "and",
        "half",
        "a",
        "BC",
        "century",
        "20th",
        "twenty",
        "thousand",
        "99999999999",
        "every",
        "éé",
        "\u{301}",
        "“",
        "–",
        "\n\n",
        "now",
        "Easter",
        "later",
        "quarter",
    ]);
    prop::collection::vec((word, prop::bool::ANY), 0..40).prop_map(|words| {
        words.into_iter().map(|(word, space)| format!("{word}{}", if space { " " } else { "" })).collect()
    })
}

fn check(text: &str, day: Date) {
    let found = find(text);
    let mut end = 0;
    for expression in &found {
        assert!(text.is_char_boundary(expression.range.start) && text.is_char_boundary(expression.range.end));
        assert!(expression.range.start >= end && expression.range.start < expression.range.end);
        end = expression.range.end;
    }
    for year_known in [true, false] {
        let anchor = Anchor { date: day, year_known };
        let resolved = resolve_all(&found, &anchor, |e| guess_tense(text, e.range.clone()));
        for (expression, resolved) in found.iter().zip(&resolved) {
            assert!(!resolved.value.is_empty());
            if let (Some(start), Some(end)) = (resolved.start, resolved.end) {
                assert!(start <= end, "{:?} {resolved:?}", &text[expression.range.clone()]);
            }
            for tense in [Tense::Past, Tense::Future, Tense::Present] {
                let _ = resolve(expression, &anchor, tense, resolved.start.map(|_| resolved));
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text(text in any::<String>()) {
        check(&text, date(2006, 4, 7));
    }

    #[test]
    fn any_words(text in words(), year in -9999i16..=9999, month in 1i8..=12, day in 1i8..=28) {
        check(&text, date(year, month, day));
    }
}
