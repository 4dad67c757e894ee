//! `chancery eval`: the reading against gold files.
//!
//! One module a task. Each gives a [`Report`]: named figures (fractions or counts) that `--format json`
//! prints as one object, so that they can be held against each other over the years, and remarks for people.

pub mod chronicle;
pub mod conllu;
pub mod given;
pub mod lines;
pub mod measures;
pub mod mentions;
pub mod names;
pub mod relations;
pub mod roles;
pub mod sentences;
pub mod syntax;

use std::fmt::Write as _;

use chancery_core::record::sha256_hex;
use serde_json::{Map, Value};

/// Why a gold file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// The file could not be read.
    #[error("{path}: cannot be read: {source}; gold files are UTF-8 text")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A line is not of the form.
    #[error("{path}, line {line}: {problem}")]
    Form {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
    /// There is nothing in the file.
    #[error("{path}: no {expected} in this file")]
    Nothing {
        /// The file.
        path: String,
        /// The form that was expected.
        expected: &'static str,
    },
    /// A file of the corpus is not of its form.
    #[error(transparent)]
    Corpus(#[from] chancery_corpus::CorpusError),
    /// Not the files that the task takes.
    #[error("{0}")]
    Usage(String),
}

/// The figures of one task.
#[derive(Debug, PartialEq)]
pub struct Report {
    task: &'static str,
    figures: Map<String, Value>,
    remarks: Vec<String>,
}

impl Report {
    /// A report on `n` items.
    pub fn new(task: &'static str, n: usize) -> Report {
        let mut figures = Map::new();
        figures.insert("task".into(), task.into());
        figures.insert("n".into(), n.into());
        Report { task, figures, remarks: Vec::new() }
    }

    /// Adds a fraction.
    pub fn figure(&mut self, name: &str, value: f64) {
        self.value(name, value.into());
    }

    /// Adds a count, a truth value, or a table.
    pub fn value(&mut self, name: &str, value: Value) {
        self.figures.insert(name.to_owned(), value);
    }

    /// Adds a line for people.
    pub fn remark(&mut self, line: impl Into<String>) {
        self.remarks.push(line.into());
    }

    /// The figures as one JSON object.
    pub fn to_json(&self) -> Value {
        Value::Object(self.figures.clone())
    }

    /// The figures and remarks for people.
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n", self.task);
        let width = self.figures.keys().map(|name| name.chars().count()).max().unwrap_or(0);
        for (name, value) in self.figures.iter().filter(|(name, _)| *name != "task") {
            match value {
                Value::Object(table) => {
                    let _ = writeln!(text, "  {name}");
                    for (key, value) in table {
                        let _ = writeln!(text, "    {key:<12} {}", plain(value));
                    }
                }
                // Lists are told in the remarks.
                Value::Array(_) => {}
                value => {
                    let _ = writeln!(text, "  {name:<width$}  {}", plain(value));
                }
            }
        }
        for remark in &self.remarks {
            let _ = writeln!(text, "{remark}");
        }
        text
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_f64() => format!("{:.4}", number.as_f64().unwrap_or_default()),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// SHA-256 sums that stand in the model card: of files that the weights were trained on.
fn sums_in(card: &Value) -> Vec<&str> {
    match card {
        Value::String(text) if text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()) => vec![text],
        Value::Array(items) => items.iter().flat_map(sums_in).collect(),
        Value::Object(fields) => fields.values().flat_map(sums_in).collect(),
        _ => Vec::new(),
    }
}

/// Those of the files that the model card names as training data, by their content.
pub fn trained_on<'a>(card: &str, paths: &'a [String]) -> Vec<&'a str> {
    let card: Value = serde_json::from_str(card).unwrap_or_default();
    let sums = sums_in(&card);
    let is_known = |path: &&String| {
        std::fs::read(path).is_ok_and(|bytes| {
            let sum = sha256_hex(&bytes);
            sums.iter().any(|known| known.eq_ignore_ascii_case(&sum))
        })
    };
    paths.iter().filter(is_known).map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_keeps_the_order_of_its_figures() {
        let mut report = Report::new("names", 3);
        report.figure("f1", 0.5);
        report.value("per_type", serde_json::json!({"PER": 0.25}));
        report.remark("Three sentences.");
        assert_eq!(
            report.to_json().to_string(),
            r#"{"task":"names","n":3,"f1":0.5,"per_type":{"PER":0.25}}"#
        );
        let text = report.to_text();
        assert!(text.contains("f1        0.5000") && text.contains("PER          0.2500"), "{text}");
        assert!(text.ends_with("Three sentences.\n"));
    }

    #[test]
    fn a_file_is_known_by_its_content() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gold.jsonl").display().to_string();
        std::fs::write(&path, "abc").unwrap();
        let sum = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";
        let card = format!(r#"{{"trained_on":[{{"set":"x","sha256":["{sum}"]}}]}}"#);
        let paths = [path];
        assert_eq!(trained_on(&card, &paths), [paths[0].as_str()]);
        assert!(trained_on(r#"{"trained_on":[]}"#, &paths).is_empty());
        assert!(trained_on("no card", &paths).is_empty());
    }
}
