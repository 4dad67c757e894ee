//! What holds between the tables: every reference leads somewhere, nothing is said twice, the derivation is total.

use std::collections::{BTreeMap, BTreeSet};

use super::Codebook;
use super::derivation::{CameoRule, ContentForm};
use super::problem::Problem;
use super::triggers::{PartOfSpeech, Strength};
use crate::act::Act;
use crate::status::{Modality, Status};

/// Adds the problems that concern more than one row.
pub(super) fn check(book: &Codebook, problems: &mut Vec<Problem>) {
    vocabulary(book, problems);
    content(book, problems);
    derivation(book, problems);
    triggers(book, problems);
    cues(book, problems);
}

fn problem(file: &str, line: usize, message: String) -> Problem {
    Problem { file: file.to_owned(), line, message }
}

fn vocabulary(book: &Codebook, problems: &mut Vec<Problem>) {
    for act in Act::ALL {
        let Some(entry) = book.act(*act) else {
            problems.push(problem("acts.tsv", 0, format!("{act} has no row; add one")));
            continue;
        };
        match book.cameo(&entry.cameo_default) {
            Some(code) if code.act == *act || code.also.contains(act) => {}
            _ => problems.push(problem(
                "acts.tsv",
                0,
                format!(
                    "{act}: the default code '{}' is not one of its codes in cameo.tsv",
                    entry.cameo_default
                ),
            )),
        }
        if book.acts.iter().filter(|other| other.act == *act).count() > 1 {
            problems.push(problem("acts.tsv", 0, format!("{act} has several rows; keep one")));
        }
    }
    let mut seen = BTreeSet::new();
    for entry in &book.modes {
        if !seen.insert((entry.act, entry.mode)) {
            problems.push(problem(
                "modes.tsv",
                0,
                format!("{} {} stands twice; keep one", entry.act, entry.mode),
            ));
        }
    }
    let codes: BTreeMap<_, _> = book.cameo.iter().collect();
    for (code, entry) in codes {
        if let Some(mode) = entry.mode
            && book.mode(entry.act, mode).is_none()
        {
            problems.push(problem(
                "cameo.tsv",
                0,
                format!("{code}: {} has no mode '{mode}' in modes.tsv", entry.act),
            ));
        }
        let parent = code.get(..code.len().saturating_sub(1)).unwrap_or("");
        if parent.len() >= 2 && book.cameo(parent).is_none() {
            problems.push(problem(
                "cameo.tsv",
                0,
                format!("{code} stands without its parent {parent}; add it"),
            ));
        }
    }
}

fn content(book: &Codebook, problems: &mut Vec<Problem>) {
    let rows: BTreeMap<_, _> = book.content.iter().collect();
    for (code, row) in &rows {
        if book.cameo(code).is_none() {
            problems.push(problem("content.tsv", 0, format!("'{code}' is not in cameo.tsv")));
        }
        for (form, cell) in ContentForm::ALL.iter().zip(&row.codes) {
            match cell {
                Some(cell) if book.cameo(cell).is_none() => {
                    problems.push(problem(
                        "content.tsv",
                        0,
                        format!("{code}, {form}: '{cell}' is not in cameo.tsv"),
                    ));
                }
                Some(cell) if *form != ContentForm::Attempt && ContentForm::of_code(cell) != Some(*form) => {
                    problems.push(problem(
                        "content.tsv",
                        0,
                        format!("{code}: '{cell}' is no code of form {form}"),
                    ));
                }
                None if code.len() == 2 && *form != ContentForm::Attempt => {
                    problems.push(problem(
                        "content.tsv",
                        0,
                        format!("root {code} needs a code in column {form}"),
                    ));
                }
                _ => {}
            }
        }
    }
    for entry in &book.acts {
        for root in &entry.cameo_roots {
            if !book.content.contains_key(root) {
                problems.push(problem(
                    "content.tsv",
                    0,
                    format!("root {root} of {} has no row; add one", entry.act),
                ));
            }
        }
    }
}

/// Exactly one row must win for every act, status and modality.
fn derivation(book: &Codebook, problems: &mut Vec<Problem>) {
    const FILE: &str = "derivation.tsv";
    let mut clashes = BTreeSet::new();
    for act in Act::ALL {
        for status in Status::ALL {
            for modality in Modality::ALL {
                let fitting: Vec<_> =
                    book.derivation.iter().filter(|row| row.fits(*act, *status, *modality)).collect();
                let best = fitting.iter().map(|row| row.rank()).max();
                let winners: Vec<_> = fitting.iter().filter(|row| Some(row.rank()) == best).collect();
                match winners.as_slice() {
                    [_] => {}
                    [] => problems.push(problem(
                        FILE,
                        0,
                        format!("no row for {act} {status} with modality {modality}; add one"),
                    )),
                    [first, second, ..] => {
                        if clashes.insert((first.line, second.line)) {
                            problems.push(problem(
                                FILE,
                                second.line,
                                format!(
                                    "this row and line {} both decide {act} {status} {modality}; make one narrower",
                                    first.line
                                ),
                            ));
                        }
                    }
                }
            }
        }
    }
    for row in &book.derivation {
        if let CameoRule::Code(code) = &row.cameo
            && book.cameo(code).is_none()
        {
            problems.push(problem(FILE, row.line, format!("'{code}' is not in cameo.tsv")));
        }
    }
}

fn triggers(book: &Codebook, problems: &mut Vec<Problem>) {
    for pos in PartOfSpeech::ALL {
        if !book.default_slots.contains_key(&(None, *pos)) {
            problems.push(problem("default_slots.tsv", 0, format!("there is no row for * {pos}; add one")));
        }
    }
    for trigger in &book.triggers {
        let here =
            |message: String| problem(&trigger.file, trigger.line, format!("{}: {message}", trigger.word));
        if let Some(mode) = trigger.mode
            && book.mode(trigger.act, mode).is_none()
        {
            problems.push(here(format!("{} has no mode '{mode}' in modes.tsv", trigger.act)));
        }
        if trigger.strength == Strength::None {
            if trigger.mode.is_some() || trigger.cameo.is_some() || !trigger.actor.is_empty() {
                problems.push(here("a row of strength none codes nothing; empty its other cells".to_owned()));
            }
            continue;
        }
        match trigger.cameo.as_deref().map(|code| (code, book.cameo(code))) {
            None => problems.push(here("the row has no CAMEO code; give it one".to_owned())),
            Some((code, None)) => problems.push(here(format!("'{code}' is not in cameo.tsv"))),
            Some((code, Some(entry))) if entry.act != trigger.act && !entry.also.contains(&trigger.act) => {
                problems.push(here(format!(
                    "{code} belongs to {}; take another code, or add {} to its column also in cameo.tsv",
                    entry.act, trigger.act
                )));
            }
            Some(_) => {}
        }
    }
    for ((word, pos), rows) in book.trigger_index.iter().collect::<BTreeMap<_, _>>() {
        let rows: Vec<_> = rows.iter().filter_map(|at| book.triggers.get(*at)).collect();
        for (at, row) in rows.iter().enumerate() {
            if let Some(same) = rows.iter().take(at).find(|earlier| earlier.when == row.when) {
                problems.push(problem(
                    &row.file,
                    row.line,
                    format!(
                        "{word} ({pos}) stands with the same conditions in {} line {}; delete one or narrow it",
                        same.file, same.line
                    ),
                ));
            }
        }
    }
}

fn cues(book: &Codebook, problems: &mut Vec<Problem>) {
    for word in &book.reporting {
        if word.frames.is_empty() {
            problems.push(problem(
                "reporting_verbs.tsv",
                0,
                format!("{}: the row has no frame; give it one", word.words.join(" ")),
            ));
        }
    }
    let mut seen = BTreeSet::new();
    for context in &book.contexts {
        if !seen.insert(&context.name) {
            problems.push(problem(
                "contexts.tsv",
                0,
                format!("{} stands twice; join the rows", context.name),
            ));
        }
    }
}
