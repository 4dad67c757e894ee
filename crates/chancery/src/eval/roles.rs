//! `eval roles`: the spans of source and target against those of actors and recipients.
//!
//! The participants of all mentions of a sentence count together, since the files mark one event's alone.
//! Spans that the files mark as reciprocal (R) count for both sides, as do the participants of a reciprocal
//! mention.

use std::collections::BTreeSet;
use std::ops::Range;

use chancery_core::Document;
use chancery_core::record::{Mention, Participant};
use chancery_extract::{Engine, ReadOptions};
use chancery_language::model::Analysis;
use rayon::prelude::*;
use serde::Deserialize;

use super::given::{Given, running_text};
use super::measures::Counts;
use super::{EvalError, Report, lines};

#[derive(Debug, Deserialize)]
struct Row {
    tokens: Vec<String>,
    tags: Vec<String>,
}

/// Spans of tokens, first and one past the last.
type Spans = BTreeSet<(usize, usize)>;

/// Exact spans and heads, of one side.
#[derive(Debug, Default, Clone, Copy)]
struct Side {
    exact: Counts,
    head: Counts,
}

impl Side {
    fn add(&mut self, other: Side) {
        self.exact.add(other.exact);
        self.head.add(other.head);
    }
}

/// Measures the files.
///
/// # Errors
/// [`EvalError`] when a file cannot be read or is of another form.
pub fn evaluate(engine: &Engine, paths: &[String]) -> Result<Report, EvalError> {
    let (mut source, mut target) = (Side::default(), Side::default());
    let mut n = 0;
    for path in paths {
        let rows: Vec<Row> = lines::read_rows(path)?;
        for (at, row) in rows.iter().enumerate() {
            if row.tokens.len() != row.tags.len() {
                let problem = format!("{} tokens but {} tags", row.tokens.len(), row.tags.len());
                return Err(EvalError::Form { path: path.clone(), line: at + 1, problem });
            }
        }
        n += rows.len();
        let counted: Vec<(Side, Side)> = rows.par_iter().map(|row| count(engine, row)).collect();
        for (s, t) in counted {
            source.add(s);
            target.add(t);
        }
    }
    let mut report = Report::new("roles", n);
    for (name, side) in [("source", source), ("target", target)] {
        report.figure(&format!("{name}.exact_f1"), side.exact.f1());
        report.figure(&format!("{name}.head_f1"), side.head.f1());
        report.figure(&format!("{name}.head_precision"), side.head.precision());
        report.figure(&format!("{name}.head_recall"), side.head.recall());
    }
    report.remark(
        "Source and target against actors and recipients of all mentions of the sentence. Exact: the same tokens; \
         head: the head word of the one lies in the other.",
    );
    Ok(report)
}

fn count(engine: &Engine, row: &Row) -> (Side, Side) {
    let (text, ranges) = running_text(&row.tokens);
    let reading = engine.read(&Document::of_text("gold", &text), &ReadOptions { force_language: true });
    let offsets: Vec<usize> =
        text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len())).collect();
    let tokens_of = |participant: &Participant| {
        let span = participant.span?;
        let (start, end) = (*offsets.get(span.0)?, *offsets.get(span.1)?);
        let inside = |range: &Range<usize>| range.start < end && start < range.end;
        let first = ranges.iter().position(inside)?;
        let last = ranges.iter().rposition(inside)?;
        Some((first, last + 1))
    };
    let (mut actors, mut recipients) = (Spans::new(), Spans::new());
    for Mention { actors: a, recipients: r, reciprocal, .. } in &reading.mentions {
        actors.extend(a.iter().filter_map(tokens_of));
        recipients.extend(r.iter().filter_map(tokens_of));
        if *reciprocal {
            actors.extend(r.iter().filter_map(tokens_of));
            recipients.extend(a.iter().filter_map(tokens_of));
        }
    }
    let given = Given::new([row.tokens.iter().map(String::as_str)]);
    let analysis = engine.reader().read(&given.text, given.segmentation);
    let side = |kind: &str, found: &Spans| {
        let mut gold = spans(&row.tags, kind);
        gold.extend(spans(&row.tags, "R"));
        let right = found.intersection(&gold).count();
        let counts = |right| Counts { right, found: found.len(), gold: gold.len() };
        Side { exact: counts(right), head: counts(heads_matched(&analysis, found, &gold)) }
    };
    (side("S", &actors), side("T", &recipients))
}

fn spans(tags: &[String], kind: &str) -> Spans {
    let mut spans = Spans::new();
    let mut open = None;
    for (at, tag) in tags.iter().map(String::as_str).chain(std::iter::once("O")).enumerate() {
        let (position, of) = tag.split_once('-').unwrap_or(("O", ""));
        if let Some(start) = open
            && (position != "I" || of != kind)
        {
            spans.insert((start, at));
            open = None;
        }
        if open.is_none() && of == kind {
            open = Some(at);
        }
    }
    spans
}

/// The word of a span whose head lies outside of it.
fn head_of(analysis: &Analysis, span: (usize, usize)) -> usize {
    let inside = span.0..span.1;
    inside
        .clone()
        .find(|word| analysis.head(*word).is_none_or(|head| !inside.contains(&head)))
        .unwrap_or(span.0)
}

/// How many gold spans share their head with a span of their own among the found.
fn heads_matched(analysis: &Analysis, found: &Spans, gold: &Spans) -> usize {
    let mut free: Vec<(usize, usize)> = found.iter().copied().collect();
    let mut matched = 0;
    for span in gold {
        let head = head_of(analysis, *span);
        let meets = |other: &(usize, usize)| {
            (other.0..other.1).contains(&head) || (span.0..span.1).contains(&head_of(analysis, *other))
        };
        // The same span before one that only shares its head.
        let at = free.iter().position(|other| other == span).or_else(|| free.iter().position(meets));
        if let Some(at) = at {
            free.swap_remove(at);
            matched += 1;
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_one_kind() {
        let tags: Vec<String> = "B-S I-S O B-T B-S O I-S".split(' ').map(str::to_owned).collect();
        assert_eq!(spans(&tags, "S"), Spans::from([(0, 2), (4, 5), (6, 7)]));
        assert_eq!(spans(&tags, "T"), Spans::from([(3, 4)]));
        assert!(spans(&tags, "R").is_empty());
    }
}
