//! `eval names`: persons, organisations and places against IOB2 files or JSON Lines of tokens and tags.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use chancery_language::model::Reader;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::given::Given;
use super::measures::Counts;
use super::{EvalError, Report, lines};

/// What the types of the gold sets are in ours. See `data/name_types.tsv`.
static TYPES: LazyLock<Vec<NameType>> = LazyLock::new(|| {
    let rows = include_str!("../../data/name_types.tsv").lines().skip(1);
    rows.filter(|row| !row.starts_with('#'))
        .filter_map(|row| {
            let mut cells = row.split('\t').map(str::trim);
            let (gold, ours, facilities) = (cells.next()?, cells.next()?, cells.next()?);
            Some(NameType { gold, ours: (ours != "-").then_some(ours), facilities: facilities == "LOC" })
        })
        .collect()
});

struct NameType {
    gold: &'static str,
    ours: Option<&'static str>,
    facilities: bool,
}

fn name_type(gold: &str) -> Option<&'static NameType> {
    TYPES.iter().find(|row| row.gold.eq_ignore_ascii_case(gold))
}

#[derive(Debug, Deserialize)]
struct Row {
    tokens: Vec<String>,
    tags: Vec<String>,
}

/// A sentence of the gold file; consecutive ones of one document are read together.
#[derive(Debug, Default)]
struct Sentence {
    tokens: Vec<String>,
    tags: Vec<String>,
}

type Spans = Vec<(Range<usize>, &'static str)>;

/// Measures the names of the files.
///
/// # Errors
/// [`EvalError`] when a file cannot be read or is of another form.
pub fn evaluate(reader: &Reader, paths: &[String]) -> Result<Report, EvalError> {
    let mut per_type: BTreeMap<&str, Counts> =
        ["PER", "ORG", "LOC"].into_iter().map(|kind| (kind, Counts::default())).collect();
    let mut n = 0;
    for path in paths {
        let documents = if path.ends_with(".jsonl") || path.ends_with(".json") {
            from_rows(path)?
        } else {
            from_iob2(path)?
        };
        let facilities = facilities_are_places(path, &documents)?;
        let counted: Vec<Vec<(&str, Counts)>> =
            documents.par_iter().map(|sentences| count(reader, sentences, facilities)).collect();
        for (kind, counts) in counted.into_iter().flatten() {
            per_type.entry(kind).or_default().add(counts);
        }
        n += documents.iter().map(Vec::len).sum::<usize>();
    }
    let mut all = Counts::default();
    per_type.values().for_each(|counts| all.add(*counts));
    let table = per_type.iter().map(|(kind, counts)| ((*kind).to_owned(), counts.f1().into()));
    let mut report = Report::new("names", n);
    report.figure("f1", all.f1());
    report.figure("precision", all.precision());
    report.figure("recall", all.recall());
    report.value("per_type", Value::Object(table.collect::<Map<String, Value>>()));
    report.value("gold_names", json!(all.gold));
    report.remark(format!(
        "F1 of names with exact boundaries over PER, ORG, LOC; {n} sentences, {} names in the gold files.",
        all.gold
    ));
    Ok(report)
}

fn from_rows(path: &str) -> Result<Vec<Vec<Sentence>>, EvalError> {
    let rows: Vec<Row> = lines::read_rows(path)?;
    for (at, row) in rows.iter().enumerate() {
        if row.tokens.len() != row.tags.len() {
            let problem = format!("{} tokens but {} tags", row.tokens.len(), row.tags.len());
            return Err(EvalError::Form { path: path.to_owned(), line: at + 1, problem });
        }
    }
    // The rows are single sentences out of many documents, so each is read for itself.
    Ok(rows.into_iter().map(|Row { tokens, tags }| vec![Sentence { tokens, tags }]).collect())
}

fn from_iob2(path: &str) -> Result<Vec<Vec<Sentence>>, EvalError> {
    let mut documents: Vec<Vec<Sentence>> = Vec::new();
    let mut sentence = Sentence::default();
    let mut new_document = true;
    let text = lines::read_text(path)?;
    for (at, line) in text.lines().chain(std::iter::once("")).enumerate() {
        if let Some(comment) = line.strip_prefix('#') {
            new_document |= comment.trim_start().starts_with("newdoc");
        } else if line.trim().is_empty() {
            if !sentence.tokens.is_empty() {
                let sentence = std::mem::take(&mut sentence);
                match documents.last_mut() {
                    Some(document) if !new_document => document.push(sentence),
                    _ => documents.push(vec![sentence]),
                }
                new_document = false;
            }
        } else {
            let mut cells = line.split('\t');
            let (Some(_), Some(token), Some(tag)) = (cells.next(), cells.next(), cells.next()) else {
                let problem = "expected number, token and tag, separated by tabs".to_owned();
                return Err(EvalError::Form { path: path.to_owned(), line: at + 1, problem });
            };
            sentence.tokens.push(token.to_owned());
            sentence.tags.push(tag.to_owned());
        }
    }
    if documents.is_empty() {
        return Err(EvalError::Nothing { path: path.to_owned(), expected: "IOB2" });
    }
    Ok(documents)
}

/// Whether the gold set counts facilities among its places: it does if one of its types says so.
fn facilities_are_places(path: &str, documents: &[Vec<Sentence>]) -> Result<bool, EvalError> {
    let mut facilities = true;
    for tag in documents.iter().flatten().flat_map(|sentence| &sentence.tags) {
        let Some((_, kind)) = tag.split_once('-') else { continue };
        let Some(row) = name_type(kind) else {
            let problem = format!("no name type {kind:?} is known; add it to data/name_types.tsv");
            return Err(EvalError::Form { path: path.to_owned(), line: 0, problem });
        };
        facilities &= row.facilities;
    }
    Ok(facilities)
}

fn count(reader: &Reader, sentences: &[Sentence], facilities: bool) -> Vec<(&'static str, Counts)> {
    let given = Given::new(sentences.iter().map(|s| s.tokens.iter().map(String::as_str)));
    let analysis = reader.read(&given.text, given.segmentation);
    let mut found: Spans = Vec::new();
    for name in &analysis.names {
        let kind = match name.kind.as_str() {
            "PER" => "PER",
            "ORG" => "ORG",
            "LOC" => "LOC",
            "FAC" if facilities => "LOC",
            _ => continue,
        };
        found.push((name.words.clone(), kind));
    }
    let tags: Vec<&str> = sentences.iter().flat_map(|s| s.tags.iter().map(String::as_str)).collect();
    let gold = spans(&tags);
    ["PER", "ORG", "LOC"]
        .into_iter()
        .map(|kind| {
            let of_kind = |spans: &Spans| spans.iter().filter(|(_, k)| *k == kind).count();
            let right = found.iter().filter(|span| span.1 == kind && gold.contains(span)).count();
            (kind, Counts { right, found: of_kind(&found), gold: of_kind(&gold) })
        })
        .collect()
}

/// The spans of BIO or IO tags, in our types.
fn spans(tags: &[&str]) -> Spans {
    let mut spans: Spans = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    for (at, tag) in tags.iter().copied().chain(std::iter::once("O")).enumerate() {
        let (position, kind) = tag.split_once('-').unwrap_or(("O", ""));
        if let Some((start, of)) = open
            && (position != "I" || kind != of)
        {
            if let Some(ours) = name_type(of).and_then(|row| row.ours) {
                spans.push((start..at, ours));
            }
            open = None;
        }
        if open.is_none() && position != "O" {
            open = Some((at, kind));
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_names_a_type_of_ours_or_none() {
        assert!(TYPES.len() > 10);
        assert!(TYPES.iter().all(|row| matches!(row.ours, None | Some("PER" | "ORG" | "LOC"))));
    }

    #[test]
    fn spans_are_read_from_either_tagging() {
        assert_eq!(spans(&["B-PER", "I-PER", "B-PER", "O"]), [(0..2, "PER"), (2..3, "PER")]);
        assert_eq!(spans(&["I-ORG", "I-LOC", "I-LOC"]), [(0..1, "ORG"), (1..3, "LOC")]);
        assert_eq!(spans(&["B-politician", "O", "B-event", "B-country"]), [(0..1, "PER"), (3..4, "LOC")]);
    }
}
