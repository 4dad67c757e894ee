//! `eval sentences`: has a sentence an event.
//!
//! A sentence counts as having one if its reading has a mention from which strict PLOVER makes an event:
//! statements, and acts that are denied, called off or only imagined, are none.

use chancery_core::Document;
use chancery_extract::{Engine, ReadOptions};
use rayon::prelude::*;
use serde::Deserialize;

use super::measures::Labelled;
use super::{EvalError, Report, lines};

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    label: u8,
}

const EVENT: &str = "event";
const NONE: &str = "none";

/// Measures the files.
///
/// # Errors
/// [`EvalError`] when a file cannot be read or is of another form.
pub fn evaluate(engine: &Engine, paths: &[String]) -> Result<Report, EvalError> {
    let mut rows: Vec<Row> = Vec::new();
    for path in paths {
        rows.extend(lines::read_rows(path)?);
    }
    let options = ReadOptions { force_language: true };
    let found: Vec<bool> = rows
        .par_iter()
        .map(|row| {
            let reading = engine.read(&Document::of_text("gold", &row.text), &options);
            reading.mentions.iter().any(|mention| mention.plover.event.is_some())
        })
        .collect();
    let mut labelled = Labelled::default();
    for (row, found) in rows.iter().zip(found) {
        labelled.push(if row.label == 0 { NONE } else { EVENT }, if found { EVENT } else { NONE });
    }
    let mut report = Report::new("sentences", rows.len());
    report.figure("macro_f1", labelled.macro_f1());
    report.figure("recall", labelled.class(EVENT).recall());
    report.figure("specificity", labelled.class(NONE).recall());
    report.figure("event.f1", labelled.class(EVENT).f1());
    report.figure("none.f1", labelled.class(NONE).f1());
    report.remark("A sentence has an event if its reading has a mention with a strict PLOVER event.");
    Ok(report)
}
