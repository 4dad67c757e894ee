//! Whole sources through the public interface: what comes out of good ones, and what is said of bad ones.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers here belong to tests"
)]

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::time::{Duration, Instant};

use chancery_core::{Document, ZoneKind};
use chancery_sources::{
    Format, Item, Notice, Options, Position, Problem, SourceError, Warning, open, parse_date, read_bytes,
};

/// What a reader yielded, by kind.
#[derive(Default)]
struct Outcome {
    documents: Vec<Document>,
    warnings: Vec<Warning>,
    failures: Vec<SourceError>,
}

impl Outcome {
    fn of(items: impl IntoIterator<Item = Item>) -> Self {
        let mut outcome = Self::default();
        for item in items {
            match item {
                Item::Document(document) => outcome.documents.push(*document),
                Item::Warning(warning) => outcome.warnings.push(warning),
                Item::Failure(error) => outcome.failures.push(error),
            }
        }
        for document in &outcome.documents {
            check(document);
        }
        outcome
    }

    fn read(arguments: &[&str]) -> Self {
        Self::read_with(arguments, &Options::default())
    }

    fn read_with(arguments: &[&str], options: &Options) -> Self {
        let arguments: Vec<String> = arguments.iter().map(|text| (*text).to_owned()).collect();
        Self::of(open(&arguments, options).unwrap())
    }

    /// The only failure, as the user sees it.
    fn complaint(&self) -> String {
        assert_eq!((self.documents.len(), self.failures.len()), (0, 1), "{:?}", self.failures);
        self.failures[0].to_string()
    }
}

/// What holds for every document.
fn check(document: &Document) {
    let mut end = 0;
    for zone in &document.zones {
        assert!(zone.range.start >= end && zone.range.start < zone.range.end, "{:?}", document.zones);
        assert!(document.text.get(zone.range.clone()).is_some());
        end = zone.range.end;
    }
    assert!(document.zones.iter().any(|z| z.kind != ZoneKind::Header), "{:?}", document.zones);
    assert_eq!((document.source_sha256.len(), document.text_sha256.len()), (64, 64));
}

fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn zones(document: &Document) -> Vec<(ZoneKind, &str)> {
    document.zones.iter().map(|zone| (zone.kind, &document.text[zone.range.clone()])).collect()
}

fn day(document: &Document) -> String {
    let range = document.published.expect("a date of publication");
    assert_eq!(range.start, range.end);
    range.start.to_string()
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

/// Writes a file into a fresh folder and reads it.
fn reading(name: &str, content: &[u8]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), content).unwrap();
    Outcome::read(&[&path(folder.path(), name)])
}

#[test]
fn a_news_page() {
    let outcome = Outcome::read(&[&fixture("news_page.html")]);
    let [document] = &outcome.documents[..] else { panic!("{:?}", outcome.failures) };
    assert_eq!(document.title.as_deref(), Some("Botswana and Zambia settle bridge toll quarrel"));
    assert_eq!(document.source.as_deref(), Some("The Kazungula Ledger"));
    assert_eq!(document.author.as_deref(), Some("Naledi Phiri"));
    assert_eq!(document.url.as_deref(), Some("https://ledger.example/africa/bridge-toll-quarrel"));
    assert_eq!(document.declared_language.as_deref(), Some("en"));
    assert_eq!((day(document).as_str(), document.extractor.as_str()), ("2022-09-14", "html/1"));
    let zones = zones(document);
    assert_eq!(zones[0], (ZoneKind::Headline, "Botswana and Zambia settle bridge toll quarrel"));
    for expected in [
        (ZoneKind::Dateline, "KASANE, Botswana —"),
        (ZoneKind::Headline, "A long queue"),
        (ZoneKind::Quotation, "We lost fruit, we lost contracts and we lost patience."),
        (ZoneKind::List, "Ambulances and fire engines will pass free of charge."),
        (ZoneKind::Caption, "Lorries wait on the northern bank of the Zambezi."),
    ] {
        assert!(zones.contains(&expected), "{expected:?} in {zones:#?}");
    }
    assert!(
        zones
            .iter()
            .any(|(kind, text)| *kind == ZoneKind::Body && text.starts_with("The transport ministers"))
    );
    for noise in ["cookies", "Lottery", "Imprint", "subscribe", "Home", "color: red"] {
        assert!(!document.text.contains(noise), "{noise}");
    }
}

#[test]
fn a_feed_in_json_lines_goes_on_after_bad_records() {
    let file = fixture("feed.jsonl");
    let outcome = Outcome::read(&[&file]);
    let ids: Vec<_> = outcome.documents.iter().map(|d| d.id.as_deref().unwrap()).collect();
    assert_eq!(ids, ["kl-0001", "kl-0002", "kl-0007"]);
    let first = &outcome.documents[0];
    assert_eq!(first.uri, format!("{file}:1"));
    assert_eq!((day(first).as_str(), first.source.as_deref()), ("2022-09-14", Some("The Kazungula Ledger")));
    assert_eq!(first.extra["section"], "Africa");
    assert_eq!(first.extra["shares"], 41);
    assert_eq!(first.zones[0].kind, ZoneKind::Dateline);
    assert_eq!(day(&outcome.documents[2]), "2022-09-17");
    assert_eq!(outcome.documents[2].source.as_deref(), Some("Radio Chobe"));

    let lines: Vec<_> = outcome.failures.iter().map(|failure| failure.place.position).collect();
    assert_eq!(lines, [4, 5, 6, 7].map(Position::Line));
    let said: Vec<String> = outcome.failures.iter().map(ToString::to_string).collect();
    assert!(said[0].starts_with(&format!("{file}, line 4: not valid JSON: ")), "{}", said[0]);
    assert!(said[0].contains("column"), "{}", said[0]);
    assert!(said[1].contains("no text") && said[1].contains("title"), "{}", said[1]);
    assert!(said[2].contains("empty"), "{}", said[2]);
    assert!(said[3].contains("a list"), "{}", said[3]);
    // A date that is none: said, and the document is read without it.
    assert_eq!(outcome.documents[1].published, None);
    assert_eq!(outcome.documents[1].extra["date"], "2022-09-31");
    let [warning] = &outcome.warnings[..] else { panic!("{:?}", outcome.warnings) };
    assert_eq!(warning.place.position, Position::Line(3));
    assert!(warning.to_string().contains("2022-09-31"), "{warning}");
}

#[test]
fn a_wire_report_in_plain_text() {
    let outcome = Outcome::read(&[&fixture("wire_report.txt")]);
    let document = &outcome.documents[0];
    assert_eq!(document.text, fs::read_to_string(fixture("wire_report.txt")).unwrap());
    assert_eq!(document.source.as_deref(), Some("Lagoon News Agency"));
    assert_eq!((day(document).as_str(), document.author.as_deref()), ("1997-11-03", Some("Tavita Leota")));
    use ZoneKind::*;
    let kinds: Vec<ZoneKind> = document.zones.iter().map(|zone| zone.kind).collect();
    assert_eq!(
        kinds,
        [Header, Header, Headline, Header, Dateline, Body, Body, Headline, Body, List, List, Header],
        "{:#?}",
        zones(document)
    );
    assert_eq!(zones(document)[10].1, "meet again in Wellington\n    before the end of the year.");
}

#[test]
fn a_communique_in_markdown() {
    let outcome = Outcome::read(&[&fixture("communique.md")]);
    let document = &outcome.documents[0];
    assert_eq!((day(document).as_str(), document.extractor.as_str()), ("2009-06-02", "markdown/1"));
    assert_eq!(document.source.as_deref(), Some("Ministry of Water, Dushanbe"));
    use ZoneKind::*;
    let kinds: Vec<ZoneKind> = document.zones.iter().map(|zone| zone.kind).collect();
    assert_eq!(kinds, [Headline, Body, Headline, List, List, Quotation], "{:#?}", zones(document));
    assert!(
        document
            .text
            .contains("The delegations of Tajikistan and Uzbekistan met in Dushanbe on 1 and 2 June.")
    );
}

#[test]
fn declared_source_and_date_outrank_the_documents_own() {
    let options = Options {
        declared_source: Some("Archive".into()),
        declared_date: parse_date("1997-11-05").ok(),
        ..Options::default()
    };
    let outcome = Outcome::read_with(&[&fixture("wire_report.txt"), &fixture("feed.jsonl")], &options);
    let document = &outcome.documents[0];
    assert_eq!((day(document).as_str(), document.source.as_deref()), ("1997-11-05", Some("Archive")));
    assert_eq!(document.extra["date"], "1997-11-03");
    assert_eq!(document.extra["source"], "Lagoon News Agency");
    assert!(outcome.warnings.is_empty(), "the broken date does not matter any more");
}

#[test]
fn encodings_are_decoded_and_said() {
    let text =
        "The Café de l’Europe was closed, the Françoise affair went on.\nThe minister’s résumé was leaked.\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let outcome = reading("old.txt", &bytes);
    assert_eq!(outcome.documents[0].text, text);
    assert!(outcome.documents[0].encoding_detected);

    let wide: Vec<u8> = "\u{feff}{\"text\": \"Ministers met.\"}\r\n{\"text\": \"They left.\"}\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let outcome = reading("wide.jsonl", &wide);
    assert_eq!(outcome.documents.len(), 2, "{:?}", outcome.failures);
    assert_eq!(outcome.documents[1].encoding, "UTF-16LE");
    assert!(outcome.documents[1].uri.ends_with(":2"));

    let page = b"<html><head><meta charset=\"windows-1251\"></head><body><p>The paper \xcf\xf0\xe0\xe2\xe4\xe0 reported it.</p>";
    let outcome = reading("page.html", page);
    assert!(outcome.documents[0].text.contains("Правда"));
    assert_eq!(outcome.documents[0].encoding, "windows-1251");

    let outcome = reading("marked.jsonl", "\u{feff}{\"text\": \"Ministers met.\"}\n".as_bytes());
    assert_eq!(outcome.documents.len(), 1, "{:?}", outcome.failures);

    let mut damaged = text.repeat(2).into_bytes();
    damaged.push(0xc3);
    let outcome = reading("damaged.txt", &damaged);
    assert!(matches!(outcome.warnings[0].notice, Notice::BrokenSequences { count: 1, encoding: "UTF-8" }));
    assert_eq!(outcome.documents.len(), 1);
}

#[test]
fn line_ends_of_all_systems() {
    let outcome = reading("dos.txt", b"Title Of It\r\n\r\nThe envoy left.\r\nHe was angry.\r\n");
    assert_eq!(outcome.documents[0].text, "Title Of It\n\nThe envoy left.\nHe was angry.\n");
    let outcome = reading("mac.txt", b"The envoy left.\r\rHe was angry.\r");
    assert_eq!(outcome.documents[0].zones.len(), 2);
    // The text of a record is the source's own.
    let outcome = reading("r.jsonl", b"{\"text\": \"The envoy left.\\r\\n\\r\\nHe was angry.\"}");
    assert_eq!(outcome.documents[0].text, "The envoy left.\r\n\r\nHe was angry.");
    assert_eq!(outcome.documents[0].zones.len(), 2);
}

#[test]
fn sources_that_hold_no_text_are_named_with_what_to_do() {
    for (name, content, expected) in [
        ("empty.txt", &b""[..], "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("bom.txt", b"\xef\xbb\xbf", "is empty"),
        ("signs.txt", b"*** 12 - 34 ***", "no word"),
        ("scan.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdftotext"),
        ("report.html", b"PK\x03\x04\x14\x00\x06\x00", "save the document as text"),
        ("data.txt", b"ab\x00\x00cd\x00\x01\x02ef", "control characters"),
        ("packed.jsonl", b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "gunzip"),
        (
            "app.html",
            b"<html><head><title>App</title></head><body><div id=app></div><script>go()</script>",
            "no text under its markup",
        ),
        ("empty.html", b"<html></html>", "no text under its markup"),
        ("empty.md", b"---\ntitle: x\n---\n", "is empty"),
        ("empty.jsonl", b"\n\n\n", "is empty"),
        ("empty.json", b"[]", "is empty"),
        ("broken.json", b"{\n  \"text\": \"a\",\n}", "line 3"),
    ] {
        let complaint = reading(name, content).complaint();
        assert!(complaint.contains(name) && complaint.contains(expected), "{name}: {complaint}");
    }
}

#[test]
fn noise_is_refused() {
    let mut state = 7u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    })
    .take(20_000)
    .collect();
    let complaint = reading("noise.txt", &noise).complaint();
    assert!(complaint.contains("binary data") || complaint.contains("decoded"), "{complaint}");
}

#[test]
fn json_files_hold_one_record_or_many() {
    let one = reading("one.json", b"{\n \"title\": \"T\",\n \"text\": \"Ministers met.\"\n}\n");
    assert_eq!(one.documents[0].title.as_deref(), Some("T"));
    let many = reading(
        "many.json",
        b"[{\"text\": \"Ministers met.\"}, {\"title\": \"x\"}, {\"text\": \"They left.\"}]",
    );
    assert!(many.documents[1].uri.ends_with("many.json#3"));
    assert_eq!(many.failures[0].place.position, Position::Record(2));
    let lines =
        reading("lines.json", b"{\"text\": \"Ministers met.\"}\n{\"text\": 1}\n{\"text\": \"They left.\"}\n");
    assert_eq!(lines.documents.len(), 2);
    assert!(lines.failures[0].to_string().contains("line 2"));
}

#[test]
fn missing_files_folders_without_texts_and_empty_patterns() {
    let folder = tempfile::tempdir().unwrap();
    let missing = path(folder.path(), "none.txt");
    assert!(Outcome::read(&[&missing]).complaint().contains("no such file"));
    fs::write(folder.path().join("picture.png"), b"x").unwrap();
    let complaint = Outcome::read(&[folder.path().to_str().unwrap()]).complaint();
    assert!(complaint.contains("1 with other names") && complaint.contains(".jsonl"), "{complaint}");
    assert!(Outcome::read(&[&path(folder.path(), "*.txt")]).complaint().contains("no file matches"));
    assert!(open(&[], &Options::default()).is_err());
    let broken = open(&[path(folder.path(), "[a-.txt")], &Options::default());
    assert!(matches!(broken.err().map(|error| error.problem), Some(Problem::BadPattern(_))));
}

#[test]
fn folders_and_patterns_are_read_in_order_and_each_file_once() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("b");
    fs::create_dir(&inner).unwrap();
    fs::create_dir(folder.path().join(".cache")).unwrap();
    for name in ["c.txt", "a.txt", "b/x.md", "b/y.htm", "notes.log", ".hidden.txt", ".cache/z.txt"] {
        fs::write(folder.path().join(name), format!("Report {name} tells that ministers met.")).unwrap();
    }
    let root = folder.path().to_str().unwrap();
    let names = |outcome: &Outcome| -> Vec<String> {
        outcome
            .documents
            .iter()
            .map(|d| d.uri.trim_start_matches(root).trim_start_matches('/').to_owned())
            .collect()
    };
    assert_eq!(names(&Outcome::read(&[root])), ["a.txt", "b/x.md", "b/y.htm", "c.txt"]);
    let twice = Outcome::read(&[
        &format!("{root}/*.txt"),
        &format!("{root}/c.txt"),
        root,
        &format!("{root}/**/*.md"),
    ]);
    assert!(twice.failures.is_empty(), "{:?}", twice.failures);
    assert_eq!(names(&twice), [".hidden.txt", "a.txt", "c.txt", "b/x.md", "b/y.htm"]);
    // A file named on its own is read whatever its name.
    assert_eq!(names(&Outcome::read(&[&format!("{root}/notes.log")])), ["notes.log"]);
    let braces = Outcome::read(&[&format!("{root}/{{b/x.md,c.txt}}")]);
    assert_eq!(names(&braces), ["b/x.md", "c.txt"]);
}

#[cfg(unix)]
#[test]
fn links_pipes_and_devices() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(folder.path().join("in/a.txt"), "Ministers met.").unwrap();
    symlink(folder.path(), folder.path().join("in/loop")).unwrap();
    symlink(folder.path().join("in/a.txt"), folder.path().join("z.txt")).unwrap();
    symlink(folder.path().join("gone"), folder.path().join("dangling.txt")).unwrap();
    let pipe = path(folder.path(), "pipe.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());

    let outcome = Outcome::read(&[folder.path().to_str().unwrap(), "/dev/null"]);
    assert_eq!(outcome.documents.len(), 1, "the same file through a link is read once");
    let said: Vec<String> = outcome.failures.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].contains("dangling.txt: no such file"), "{said:?}");
    assert!(said[1].contains("pipe.txt: is a named pipe"), "{said:?}");
    assert!(said[2].contains("/dev/null: is a device"), "{said:?}");
}

#[cfg(unix)]
#[test]
fn files_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "secret.txt");
    fs::write(&file, "Ministers met.").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&file).is_ok() {
        return; // The superuser may read everything.
    }
    assert!(Outcome::read(&[&file]).complaint().contains("cannot be read"));
}

#[test]
fn standard_input_is_recognised_by_its_beginning() {
    let read = |content: &'static str| {
        let reader = open(&["-".into(), "-".into()], &Options::default()).unwrap();
        Outcome::of(reader.with_standard_input(Cursor::new(content)))
    };
    for (content, extractor, count) in [
        ("The envoy left.\n", "text/1", 1),
        ("{\"text\": \"The envoy left.\"}\n{\"text\": \"He came back.\"}\n", "json/1", 2),
        ("{\n  \"text\": \"The envoy left.\"\n}\n", "json/1", 1),
        ("[ {\"text\": \"The envoy left.\"} ]", "json/1", 1),
        ("<!DOCTYPE html>\n<p>The envoy left.</p>", "html/1", 1),
        ("[Photo: the envoy]\n\nThe envoy left.\n", "text/1", 1),
    ] {
        let outcome = read(content);
        assert_eq!(outcome.documents.len(), count, "{content}: {:?}", outcome.failures);
        assert_eq!(outcome.documents[0].extractor, extractor, "{content}");
        assert!(outcome.documents[0].uri.starts_with('-'));
    }
    assert!(read("").failures[0].to_string().starts_with("standard input: is empty"));
}

#[test]
fn a_page_saved_as_text_is_pointed_out() {
    let outcome = reading("page.txt", b"<!DOCTYPE html><html><body><p>The envoy left.</p></body></html>");
    assert_eq!(outcome.warnings[0].notice, Notice::LooksLikeHtml);
    let options = Options { format: Some(Format::Html), ..Options::default() };
    let items = read_bytes(
        "page.txt",
        b"<!DOCTYPE html><html><body><p>The envoy left.</p></body></html>",
        Format::Html,
        &options,
    );
    assert_eq!(Outcome::of(items).documents[0].text, "The envoy left.");
}

#[test]
fn limits_hold_for_files_and_for_lines() {
    let options = Options { max_document_bytes: 100, max_html_bytes: 50, ..Options::default() };
    let folder = tempfile::tempdir().unwrap();
    let long = "The envoy left. ".repeat(10);
    fs::write(folder.path().join("a.txt"), &long).unwrap();
    fs::write(folder.path().join("b.html"), format!("<p>{}</p>", "The envoy left. ".repeat(4))).unwrap();
    let lines = format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"The envoy left.\"}}\n");
    fs::write(folder.path().join("c.jsonl"), lines).unwrap();
    let outcome = Outcome::read_with(&[folder.path().to_str().unwrap()], &options);
    assert_eq!(outcome.documents.len(), 1);
    assert!(outcome.documents[0].uri.ends_with("c.jsonl:2"));
    let said: Vec<String> = outcome.failures.iter().map(ToString::to_string).collect();
    assert!(
        said[0].contains("100 bytes") && said[1].contains("50 bytes") && said[2].contains("line 1"),
        "{said:?}"
    );
}

#[test]
fn one_line_of_fifty_megabytes() {
    let started = Instant::now();
    let line = "The envoy left Lusaka on Monday and met nobody. ".repeat((50 << 20) / 48);
    let outcome = reading("line.txt", line.as_bytes());
    assert_eq!(outcome.documents[0].zones.len(), 1);
    // Even an unoptimised build needs seconds at most for what is linear in the length.
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

#[test]
fn many_small_files_are_not_held_together() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..2000 {
        fs::write(folder.path().join(format!("{number:05}.txt")), format!("Envoy {number} left.")).unwrap();
    }
    let mut reader = open(&[folder.path().to_str().unwrap().to_owned()], &Options::default()).unwrap();
    assert!(matches!(reader.next(), Some(Item::Document(_))));
    assert_eq!(reader.sources(), 1, "files are opened one by one");
    assert_eq!(Outcome::of(&mut reader).documents.len(), 1999);
    assert_eq!(reader.sources(), 2000);
}
