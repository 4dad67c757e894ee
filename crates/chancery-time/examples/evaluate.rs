//! Measures the finding and resolving of temporal expressions on files of
//! annotated documents (JSONL: text, dct, timex with character offsets and
//! TIMEX3 values), in the way of TempEval-3: span F1 relaxed (any overlap) and
//! strict, and value F1 (right values of relaxed matches). With `--errors`
//! every miss, spurious find and wrong value is listed.
//!
//! `cargo run -p chancery-time --release --example evaluate -- [--errors] FILE...`

use chancery_time::{Anchor, find, guess_tense, resolve_all};
use std::process::ExitCode;

#[derive(Default, Clone, Copy)]
struct Counts {
    gold: usize,
    system: usize,
    relaxed: usize,
    strict: usize,
    value: usize,
}

impl Counts {
    fn f1(self, right: usize) -> f64 {
        2.0 * right as f64 / (self.gold + self.system).max(1) as f64
    }

    fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.system += other.system;
        self.relaxed += other.relaxed;
        self.strict += other.strict;
        self.value += other.value;
    }

    fn print(self, name: &str) {
        println!(
            "{name}: gold {} system {} relaxed F1 {:.3} strict F1 {:.3} value F1 {:.3} (values right {:.3})",
            self.gold,
            self.system,
            self.f1(self.relaxed),
            self.f1(self.strict),
            self.f1(self.value),
            self.value as f64 / self.relaxed.max(1) as f64,
        );
    }
}

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let errors = arguments.iter().any(|argument| argument == "--errors");
    arguments.retain(|argument| argument != "--errors");
    if arguments.is_empty() {
        eprintln!("usage: evaluate [--errors] FILE...");
        return ExitCode::FAILURE;
    }
    let mut total = Counts::default();
    for path in &arguments {
        match file(path, errors) {
            Ok(counts) => {
                counts.print(path);
                total.add(counts);
            }
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    total.print("total");
    ExitCode::SUCCESS
}

fn file(path: &str, errors: bool) -> Result<Counts, Box<dyn std::error::Error>> {
    let mut total = Counts::default();
    for line in std::fs::read_to_string(path)?.lines() {
        total.add(document(&serde_json::from_str(line)?, errors)?);
    }
    Ok(total)
}

fn document(document: &serde_json::Value, errors: bool) -> Result<Counts, Box<dyn std::error::Error>> {
    let text = document["text"].as_str().ok_or("no text")?;
    let day = document["dct"].as_str().and_then(|dct| dct.get(..10)).ok_or("no dct")?;
    let anchor = Anchor { date: day.parse()?, year_known: true };
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let byte = |value: &serde_json::Value| -> Option<usize> {
        bytes.get(usize::try_from(value.as_u64()?).ok()?).copied()
    };
    let gold: Vec<(usize, usize, &str)> = document["timex"]
        .as_array()
        .ok_or("no timex")?
        .iter()
        .filter_map(|t| Some((byte(&t["start"])?, byte(&t["end"])?, t["value"].as_str().unwrap_or_default())))
        .collect();
    let found = find(text);
    let resolved = resolve_all(&found, &anchor, |e| guess_tense(text, e.range.clone()));
    let mut counts = Counts { gold: gold.len(), system: found.len(), ..Counts::default() };
    let mut used = vec![false; found.len()];
    let context = |start: usize, end: usize| {
        let from = bytes[bytes.partition_point(|b| *b < start).saturating_sub(50)];
        let to = bytes[(bytes.partition_point(|b| *b < end) + 30).min(bytes.len() - 1)];
        format!("{}[{}]{}", &text[from..start], &text[start..end], &text[end..to]).replace('\n', " ")
    };
    for (start, end, value) in gold {
        let matched =
            found.iter().enumerate().find(|(i, e)| !used[*i] && e.range.start < end && start < e.range.end);
        let Some((index, expression)) = matched else {
            if errors {
                println!("MISSED {day} {value:>12} {}", context(start, end));
            }
            continue;
        };
        used[index] = true;
        counts.relaxed += 1;
        let strict = expression.range == (start..end);
        counts.strict += usize::from(strict);
        if errors && !strict {
            println!("EXTENT {day} {:?} {}", &text[expression.range.clone()], context(start, end));
        }
        if resolved[index].value == value {
            counts.value += 1;
        } else if errors {
            let tense = guess_tense(text, expression.range.clone());
            println!(
                "VALUE {day} gold {value} system {} {tense:?} {}",
                resolved[index].value,
                context(start, end)
            );
        }
    }
    if errors {
        for (expression, _) in found.iter().zip(&used).filter(|(_, used)| !**used) {
            println!("EXTRA {day} {}", context(expression.range.start, expression.range.end));
        }
    }
    Ok(counts)
}
