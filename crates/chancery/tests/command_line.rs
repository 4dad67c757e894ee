//! The binary from end to end: what goes in, what comes out, what bad input gets, and the exit codes.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const VISIT: &str = "\
HARARE, May 3 (Southern Wire) -- Zimbabwe's Foreign Minister Simbarashe Mumbengegwi met South African President \
Thabo Mbeki in Pretoria on Tuesday. Mbeki will visit Harare on June 12, the minister told reporters.\n\n\
The two governments signed an agreement on electricity.\n";

const PROTEST: &str = "\
Thousands of workers demonstrated in Santiago on Monday against the government of Chile. Police arrested forty \
people, the interior ministry said. Peru condemned the arrests.\n";

const SPANISH: &str = "\
El presidente de Colombia viajó ayer a Caracas para reunirse con su homólogo venezolano. Ambos gobiernos \
discutieron la apertura de la frontera y acordaron nuevas conversaciones para el mes de octubre.\n";

fn chancery(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("chancery"));
    command.current_dir(folder).env("XDG_CONFIG_HOME", folder.join("no-settings"));
    for setting in [
        "FORMAT",
        "RECORDS",
        "SOURCE",
        "THREADS",
        "COLOR",
        "QUIET",
        "FORCE_LANGUAGE",
        "MAX_DOCUMENT",
        "CONFIG",
    ] {
        command.env_remove(format!("CHANCERY_{setting}"));
    }
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    chancery(folder).args(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn records(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn of_kind<'r>(records: &'r [Value], kind: &str) -> Vec<&'r Value> {
    records.iter().filter(|record| record["kind"] == kind).collect()
}

fn folder_with(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Every span cuts out exactly the words that stand beside it.
fn check_spans(value: &Value, text: &[char]) {
    match value {
        Value::Object(fields) => {
            if let (Some(Value::String(words)), Some(Value::Array(span))) =
                (fields.get("text"), fields.get("span"))
            {
                let at = |i: usize| usize::try_from(span[i].as_u64().unwrap()).unwrap();
                assert_eq!(text[at(0)..at(1)].iter().collect::<String>(), *words);
            }
            fields.values().for_each(|value| check_spans(value, text));
        }
        Value::Array(items) => items.iter().for_each(|value| check_spans(value, text)),
        _ => {}
    }
}

#[test]
fn a_report_gives_records_that_fit_the_schema_and_the_text() {
    let folder = folder_with(&[("visit.txt", VISIT.as_bytes())]);
    let output = run(folder.path(), &["code", "visit.txt", "--date", "2005-05-03"]);
    assert_eq!(code(&output), 0, "{}", errors(&output));
    let records = records(&output);
    let schema = run(folder.path(), &["schema"]);
    assert_eq!(code(&schema), 0);
    let validator = jsonschema::validator_for(&serde_json::from_slice(&schema.stdout).unwrap()).unwrap();
    let text: Vec<char> = VISIT.chars().collect();
    for record in &records {
        let faults: Vec<String> = validator.iter_errors(record).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?} in {record}");
        check_spans(record, &text);
    }
    assert!(!validator.is_valid(&serde_json::json!({"kind": "mention", "schema": 1})));
    let [document] = of_kind(&records, "document")[..] else { panic!("one line for the document") };
    assert_eq!(document["published"]["earliest"], "2005-05-03");
    assert_eq!(document["published"]["basis"], "metadata");
    assert_eq!(document["mentions"].as_u64().unwrap(), of_kind(&records, "mention").len() as u64);
    assert!(of_kind(&records, "mention").iter().any(|mention| mention["act"] == "CONSULT"), "{records:#?}");
    assert!(
        errors(&output).contains("1 document,") && errors(&output).contains("words/s"),
        "{}",
        errors(&output)
    );
}

#[test]
fn the_table_shows_events_with_their_words_inside_eighty_columns() {
    let folder = folder_with(&[("visit.txt", VISIT.as_bytes())]);
    let output = run(folder.path(), &["code", "visit.txt", "--format", "table", "--quiet"]);
    assert_eq!(code(&output), 0);
    assert!(errors(&output).is_empty(), "{}", errors(&output));
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.contains("CONSULT") && table.contains("Mbeki") && table.contains("[ZWE"), "{table}");
    assert!(!table.contains('\u{1b}'), "no colours into a pipe");
    let long: Vec<&str> = table.lines().filter(|line| line.chars().count() > 80).collect();
    assert!(long.is_empty(), "{long:#?}");
    let coloured = run(folder.path(), &["code", "visit.txt", "--format", "table", "--color", "always"]);
    assert!(String::from_utf8(coloured.stdout).unwrap().contains("\u{1b}["));
}

#[test]
fn threads_and_order_change_nothing() {
    let lines: Vec<String> = (0..12)
        .map(|i| {
            let text = if i % 2 == 0 { VISIT } else { PROTEST };
            serde_json::json!({"id": format!("d{i}"), "date": "2005-05-04", "text": format!("{text}Report {i}.")}).to_string()
        })
        .collect();
    let reversed: Vec<String> = lines.iter().rev().cloned().collect();
    let folder = folder_with(&[
        ("a.jsonl", lines.join("\n").as_bytes()),
        ("b/a.jsonl", reversed.join("\n").as_bytes()),
    ]);
    let one = run(folder.path(), &["code", "a.jsonl", "--threads", "1"]);
    let two = run(folder.path(), &["code", "a.jsonl", "--threads", "2"]);
    assert_eq!((code(&one), code(&two)), (0, 0), "{}", errors(&one));
    assert_eq!(one.stdout, two.stdout);
    let ids: Vec<String> =
        of_kind(&records(&one), "document").iter().map(|d| d["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, (0..12).map(|i| format!("d{i}")).collect::<Vec<_>>());
    // The line number is part of a document's uri, the rest is the same in any order.
    let without_uri = |output: &Output| {
        let mut lines: Vec<String> = records(output)
            .into_iter()
            .map(|mut record| {
                record["uri"] = Value::Null;
                record["document"]["uri"] = Value::Null;
                record.to_string()
            })
            .collect();
        lines.sort();
        lines
    };
    let other = run(folder.path(), &["code", "b/a.jsonl", "--threads", "2"]);
    assert_eq!(without_uri(&one), without_uri(&other));
}

#[test]
fn shards_are_parts_of_the_whole() {
    let lines: Vec<String> = (0..8)
        .map(|i| {
            serde_json::json!({"id": i.to_string(), "text": format!("{PROTEST}Report {i}.")}).to_string()
        })
        .collect();
    let folder = folder_with(&[("a.jsonl", (lines.join("\n") + "\n{broken\n").as_bytes())]);
    let whole = run(folder.path(), &["code", "a.jsonl", "--records", "mentions"]);
    let mut parts = Vec::new();
    let mut told = 0;
    for shard in ["1/3", "2/3", "3/3"] {
        let output = run(folder.path(), &["code", "a.jsonl", "--records", "mentions", "--shard", shard]);
        told += errors(&output).matches("line 9").count();
        parts
            .extend(String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect::<Vec<_>>());
    }
    let mut all: Vec<String> = String::from_utf8(whole.stdout).unwrap().lines().map(str::to_owned).collect();
    assert!(!all.is_empty());
    all.sort();
    parts.sort();
    assert_eq!(all, parts);
    assert_eq!(told, 1, "one shard tells of the broken line");
}

#[test]
fn bad_input_costs_a_line_each_and_nothing_else() {
    let folder = folder_with(&[
        ("good.txt", VISIT.as_bytes()),
        ("empty.txt", b""),
        ("blank.txt", b" \n\t\n"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00"),
        ("menu.html", b"<html><head><script>var a = 1;</script></head><body><nav></nav></body></html>"),
        (
            "records.jsonl",
            b"{\"id\": \"one\", \"text\": \"Kenya expelled the ambassador of Chad on Friday.\"}\n{\"id\": \"two\", \"text\": \n{\"id\": \"three\"}\n",
        ),
    ]);
    let inputs =
        ["empty.txt", "good.txt", "blank.txt", "picture.txt", "menu.html", "records.jsonl", "missing.txt"];
    let output = run(folder.path(), &[&["code"], &inputs[..]].concat());
    let told = errors(&output);
    assert_eq!(code(&output), 1, "{told}");
    for (file, what) in [
        ("empty.txt", "empty"),
        ("blank.txt", ""),
        ("picture.txt", "not text"),
        ("menu.html", "no text"),
        ("records.jsonl, line 2", "JSON"),
        ("records.jsonl, line 3", "no text"),
        ("missing.txt", "no such file"),
    ] {
        let lines: Vec<&str> = told.lines().filter(|line| line.contains(&format!("{file}:"))).collect();
        assert!(lines.len() == 1 && lines[0].contains(what), "{file}: {lines:?}\n{told}");
    }
    assert!(told.contains("2 documents,") && told.contains("7 failures"), "{told}");
    let read: Vec<String> = of_kind(&records(&output), "document")
        .iter()
        .map(|d| d["uri"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(read, ["good.txt", "records.jsonl:1"]);
}

#[test]
fn what_is_too_large_for_a_report_is_told_at_once() {
    let line = "Chad thanked Kenya. ".repeat(80_000);
    let folder = folder_with(&[("huge.txt", line.repeat(6).as_bytes()), ("good.txt", PROTEST.as_bytes())]);
    let output = run(folder.path(), &["code", "huge.txt", "good.txt"]);
    assert_eq!(code(&output), 1);
    assert!(errors(&output).contains("huge.txt: larger than the limit"), "{}", errors(&output));
    assert_eq!(of_kind(&records(&output), "document").len(), 1);
}

#[test]
fn other_encodings_are_read_and_said() {
    let text = format!("{PROTEST}The Brazilian foreign minister, José Gonçalves, criticised São Tomé.");
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let folder = folder_with(&[("latin.txt", &bytes)]);
    let output = run(folder.path(), &["code", "latin.txt"]);
    assert_eq!(code(&output), 0, "{}", errors(&output));
    let records = records(&output);
    let document = of_kind(&records, "document")[0];
    assert_eq!(document["encoding"], "windows-1252");
    assert_eq!(document["encoding_detected"], true);
}

#[test]
fn a_date_that_is_none_is_told_with_its_line() {
    let folder = folder_with(&[(
        "a.jsonl",
        b"{\"date\": \"2006-13-45\", \"text\": \"Kenya expelled the ambassador of Chad on Friday.\"}\n"
            .as_slice(),
    )]);
    let output = run(folder.path(), &["code", "a.jsonl"]);
    assert_eq!(code(&output), 1);
    assert!(
        errors(&output).contains("a.jsonl, line 1") && errors(&output).contains("2006-13-45"),
        "{}",
        errors(&output)
    );
    assert_eq!(of_kind(&records(&output), "document").len(), 1, "the document is read all the same");
    let output = run(folder.path(), &["code", "a.jsonl", "--date", "the day after"]);
    assert_eq!(code(&output), 2);
    assert!(output.stdout.is_empty());
}

#[test]
fn nothing_coded_says_why() {
    let folder = folder_with(&[
        ("es.txt", SPANISH.as_bytes()),
        ("weather.txt", b"The night was cold and clear, and a light wind moved over the quiet hills.\n"),
    ]);
    let output = run(folder.path(), &["code", "es.txt", "weather.txt"]);
    assert_eq!(code(&output), 0, "{}", errors(&output));
    let records = records(&output);
    let documents = of_kind(&records, "document");
    assert_eq!(documents[0]["language"], "es");
    assert!(documents[0]["notes"].to_string().contains("English"), "{}", documents[0]["notes"]);
    assert!(!documents[1]["notes"].as_array().unwrap().is_empty());
    assert!(of_kind(&records, "mention").is_empty(), "{records:#?}");
    let told = errors(&output);
    assert!(told.contains("es.txt: nothing coded") && told.contains("weather.txt: nothing coded"), "{told}");
}

#[test]
fn inputs_are_files_folders_patterns_and_standard_input() {
    let folder = folder_with(&[
        ("wire/a.txt", PROTEST.as_bytes()),
        ("wire/deep/b.md", b"# Talks\n\nKenya expelled the ambassador of Chad on Friday.\n"),
        ("wire/notes.xyz", b"not read"),
    ]);
    let uris = |output: &Output| -> Vec<String> {
        of_kind(&records(output), "document")
            .iter()
            .map(|d| d["uri"].as_str().unwrap().replace('\\', "/"))
            .collect()
    };
    assert_eq!(uris(&run(folder.path(), &["code", "wire"])), ["wire/a.txt", "wire/deep/b.md"]);
    assert_eq!(uris(&run(folder.path(), &["code", "wire/**/*.md"])), ["wire/deep/b.md"]);
    let output = chancery(folder.path()).args(["code", "-"]).write_stdin(PROTEST).output().unwrap();
    assert_eq!(code(&output), 0, "{}", errors(&output));
    assert_eq!(uris(&output), ["-"]);
    let none = run(folder.path(), &["code", "wire/*.html"]);
    assert_eq!(code(&none), 3);
    assert!(errors(&none).contains("wire/*.html"), "{}", errors(&none));
}

#[test]
fn many_small_files_all_come_out_in_order() {
    let folder = tempfile::tempdir().unwrap();
    for i in 0..400 {
        fs::write(folder.path().join(format!("{i:04}.txt")), format!("Note {i}. Chad thanked Kenya.\n"))
            .unwrap();
    }
    let output = run(folder.path(), &["code", ".", "--quiet"]);
    assert_eq!(code(&output), 0, "{}", errors(&output));
    let records = records(&output);
    let uris: Vec<&str> = of_kind(&records, "document").iter().map(|d| d["uri"].as_str().unwrap()).collect();
    assert_eq!(uris.len(), 400);
    assert!(uris.is_sorted());
}

#[cfg(unix)]
#[test]
fn a_pipe_without_a_writer_and_a_closed_file_do_not_stop_the_batch() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder_with(&[("good.txt", PROTEST.as_bytes()), ("closed.txt", PROTEST.as_bytes())]);
    let pipe = folder.path().join("pipe.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let closed = folder.path().join("closed.txt");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser reads what is closed.
    let readable = fs::read(&closed).is_ok();
    let output = run(folder.path(), &["code", "pipe.txt", "closed.txt", "good.txt"]);
    assert_eq!(code(&output), 1);
    let told = errors(&output);
    assert!(told.contains("pipe.txt: is a"), "{told}");
    assert!(readable || told.contains("closed.txt: cannot be read"), "{told}");
    assert_eq!(of_kind(&records(&output), "document").len(), 1 + usize::from(readable));
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = (0..60)
        .map(|i| serde_json::json!({"text": format!("{VISIT}{PROTEST}Report {i}.")}).to_string())
        .collect();
    fs::write(folder.path().join("a.jsonl"), lines.join("\n")).unwrap();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("chancery"))
        .args(["code", "a.jsonl", "--quiet"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 0, "{}", errors(&output));
    assert!(errors(&output).is_empty(), "{}", errors(&output));
}

#[test]
fn an_output_file_is_whole_or_not_there() {
    let folder = folder_with(&[("wire/a.txt", PROTEST.as_bytes())]);
    let output = run(folder.path(), &["code", "wire", "--output", "wire/out.jsonl"]);
    assert_eq!(code(&output), 0, "{}", errors(&output));
    assert!(output.stdout.is_empty());
    let written = fs::read_to_string(folder.path().join("wire/out.jsonl")).unwrap();
    assert!(written.lines().count() >= 2);
    assert!(!folder.path().join("wire/out.jsonl.partial").exists());
    let refused = run(folder.path(), &["code", "wire/a.txt", "--output", "nowhere/out.jsonl"]);
    assert_eq!(code(&refused), 3);
    assert!(errors(&refused).contains("nowhere/out.jsonl: cannot be written"), "{}", errors(&refused));
}

#[test]
fn settings_come_from_options_environment_and_files_in_this_order() {
    let folder = folder_with(&[
        ("a.txt", PROTEST.as_bytes()),
        ("chancery.toml", b"[code]\nsource = \"Project\"\nrecords = \"all\"\nquiet = true\n"),
        ("user/chancery/config.toml", b"[code]\nsource = \"User\"\nformat = \"table\"\n"),
        ("named.toml", b"[code]\nsource = \"Named\"\n"),
        ("wrong.toml", b"[code]\nquiet = true\nthraeds = 2\n"),
    ]);
    let user = folder.path().join("user");
    let publication = |output: &Output| of_kind(&records(output), "document")[0]["publication"].clone();
    let table =
        chancery(folder.path()).env("XDG_CONFIG_HOME", &user).args(["code", "a.txt"]).output().unwrap();
    assert!(
        String::from_utf8_lossy(&table.stdout).contains("Project"),
        "the format is the user's, the source the project's"
    );
    assert!(errors(&table).is_empty(), "quiet");
    let environment =
        chancery(folder.path()).env("CHANCERY_SOURCE", "Variable").args(["code", "a.txt"]).output().unwrap();
    assert_eq!(publication(&environment), "Variable");
    let option = chancery(folder.path())
        .env("CHANCERY_SOURCE", "Variable")
        .args(["code", "a.txt", "--source", "Option"])
        .output()
        .unwrap();
    assert_eq!(publication(&option), "Option");
    assert_eq!(publication(&run(folder.path(), &["code", "a.txt", "--config", "named.toml"])), "Named");
    let wrong = run(folder.path(), &["code", "a.txt", "--config", "wrong.toml"]);
    assert_eq!(code(&wrong), 2);
    assert!(
        errors(&wrong).contains("wrong.toml, line 3") && errors(&wrong).contains("thraeds"),
        "{}",
        errors(&wrong)
    );
    assert_eq!(code(&run(folder.path(), &["code", "a.txt", "--config", "none.toml"])), 2);
}

#[test]
fn explain_lists_sentences_and_tells_of_one() {
    let folder = folder_with(&[("visit.txt", VISIT.as_bytes())]);
    let list = run(folder.path(), &["explain", "visit.txt"]);
    assert_eq!(code(&list), 0);
    let list = String::from_utf8(list.stdout).unwrap();
    let visit = list.lines().position(|line| line.contains("  Mbeki will visit Harare")).unwrap();
    let last = list.lines().count() - 1;
    let one =
        run(folder.path(), &["explain", "visit.txt", "--sentence", &visit.to_string(), "--format", "json"]);
    let explanation: Value = serde_json::from_slice(&one.stdout).unwrap();
    assert_eq!(explanation["sentence"]["index"], visit);
    assert_eq!(explanation["tokens"][2]["text"], "visit");
    let text = run(folder.path(), &["explain", "--text", "Chad expelled the ambassador of Kenya."]);
    assert!(String::from_utf8_lossy(&text.stdout).contains("expelled"), "{text:?}");
    let none = run(folder.path(), &["explain", "visit.txt", "--sentence", "99"]);
    assert_eq!(code(&none), 2);
    assert!(errors(&none).contains(&format!("0 to {last}")), "{}", errors(&none));
}

#[test]
fn eval_measures_small_gold_files() {
    let conllu = "1\tChad\tChad\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n2\tthanked\tthank\tVERB\tVBD\t_\t0\troot\t_\t_\n\
                  3\tKenya\tKenya\tPROPN\tNNP\t_\t2\tobj\t_\tSpaceAfter=No\n4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";
    let names = r#"{"tokens": ["Chad", "thanked", "Kenya", "."], "tags": ["B-LOC", "O", "B-LOC", "O"]}"#;
    let pair = r#"{"plain": "Chad condemned Kenya.", "source_spans": [[0, 4]], "target_spans": [[15, 20]], "gold_root": "ACCUSE", "gold_penta": 3}"#;
    let gold = r#"{"kind": "event", "id": "E1", "sentence": "Peru condemned the arrests.", "trigger": "condemned", "act": "ACCUSE", "status": "happened", "actors": [{"text": "Peru", "country": "PER"}]}"#;
    let folder = folder_with(&[
        ("gold.conllu", conllu.as_bytes()),
        ("names.jsonl", names.as_bytes()),
        ("pairs.jsonl", pair.as_bytes()),
        ("report.txt", PROTEST.as_bytes()),
        ("gold.jsonl", gold.as_bytes()),
    ]);
    let figures = |arguments: &[&str]| -> Value {
        let output = run(folder.path(), &[&["eval"], arguments, &["--format", "json"]].concat());
        assert_eq!(code(&output), 0, "{}", errors(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let syntax = figures(&["syntax", "gold.conllu"]);
    assert_eq!(
        (&syntax["n"], &syntax["raw.token_f1"], &syntax["gold_tokens.uas"]),
        (&1.into(), &1.0.into(), &1.0.into())
    );
    let names = figures(&["names", "names.jsonl"]);
    assert_eq!((&names["n"], &names["gold_names"]), (&1.into(), &2.into()));
    assert!((0.0..=1.0).contains(&names["f1"].as_f64().unwrap()));
    assert_eq!(figures(&["relations", "pairs.jsonl"])["n"], 1);
    let chronicle = figures(&["chronicle", "report.txt", "gold.jsonl"]);
    assert_eq!(chronicle["events.required"], 1);
    assert!(chronicle["events.act_status"].as_u64().unwrap() <= 1);
    assert_eq!(chronicle["not_events"], 0);
    let wrong = run(folder.path(), &["eval", "syntax", "pairs.jsonl"]);
    assert_eq!(code(&wrong), 3);
    assert!(errors(&wrong).contains("pairs.jsonl, line 1"), "{}", errors(&wrong));
    assert_eq!(code(&run(folder.path(), &["eval", "chronicle", "report.txt"])), 2);
}

#[test]
fn help_and_usage() {
    let folder = tempfile::tempdir().unwrap();
    let help = run(folder.path(), &["--help"]);
    let text = String::from_utf8(help.stdout).unwrap();
    assert!(
        text.contains("Exit codes:") && text.contains("chancery.toml") && text.contains("Examples:"),
        "{text}"
    );
    assert_eq!(code(&run(folder.path(), &["code"])), 2);
    assert_eq!(code(&run(folder.path(), &["cod", "a.txt"])), 2);
    assert_eq!(code(&run(folder.path(), &["code", "a.txt", "--shard", "4/3"])), 2);
    let version = String::from_utf8(run(folder.path(), &["--version"]).stdout).unwrap();
    assert!(
        version.contains("codebook ") && version.contains("model ") && version.contains("knowledge "),
        "{version}"
    );
    let script = String::from_utf8(run(folder.path(), &["completions", "bash"]).stdout).unwrap();
    assert!(script.contains("_chancery"));
}
