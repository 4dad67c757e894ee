//! The reports under `examples/` and what is read in them, as a reader would see it.
//!
//! `CHANCERY_UPDATE_SNAPSHOTS=1 cargo test -p chancery --test examples` writes the snapshots anew; judge the
//! difference before you commit it.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

const REPORTS: &[&str] = &[
    "wire.txt",
    "analysis.md",
    "press-release.txt",
    "communique.txt",
    "interview.txt",
    "protest.txt",
    "battle.txt",
    "sanctions.html",
    "aid-appeal.txt",
    "election.jsonl",
];

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn table(report: &str) -> String {
    let output = Command::cargo_bin("chancery")
        .unwrap()
        .current_dir(examples())
        .env_clear()
        .env("COLUMNS", "100")
        .args(["code", report, "--format", "table", "--color", "never", "--quiet"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{report}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_examples_read_as_their_snapshots() {
    let update = std::env::var_os("CHANCERY_UPDATE_SNAPSHOTS").is_some();
    let mut changed = Vec::new();
    for report in REPORTS {
        let snapshot = examples().join("snapshots").join(format!("{report}.table"));
        let read = table(report);
        assert!(read.lines().count() > 10, "{report} gives nearly nothing:\n{read}");
        if update {
            fs::create_dir_all(snapshot.parent().unwrap()).unwrap();
            fs::write(&snapshot, &read).unwrap();
        } else if fs::read_to_string(&snapshot).ok().as_deref() != Some(read.as_str()) {
            changed.push(format!("== {report} now reads:\n{read}"));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

#[test]
fn every_report_of_the_folder_has_a_snapshot() {
    let mut files: Vec<String> = fs::read_dir(examples())
        .unwrap()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let mut known: Vec<String> = REPORTS.iter().map(|r| (*r).to_owned()).collect();
    known.sort();
    assert_eq!(files, known);
}
