//! What is wrong in a table is said with file, line and remedy.

use super::*;

/// The builtin tables with one of them changed, and the problems that this makes.
fn problems_with(table: &str, change: impl Fn(&str) -> String) -> Vec<String> {
    let texts: Vec<(&str, String)> = builtin::TABLES
        .iter()
        .map(|(name, text)| (*name, if *name == table { change(text) } else { (*text).to_owned() }))
        .collect();
    let (book, mut problems) = read::read(texts.iter().map(|(name, text)| (*name, text.as_str())));
    check::check(&book, &mut problems);
    problems.iter().map(ToString::to_string).collect()
}

fn append(table: &str, row: &str) -> (usize, Vec<String>) {
    let mut line = 0;
    let lines =
        builtin::TABLES.iter().find(|(name, _)| *name == table).map_or(0, |(_, text)| text.lines().count());
    line += lines + 1;
    (line, problems_with(table, |text| format!("{text}{row}\n")))
}

#[track_caller]
fn expect(table: &str, row: &str, says: &str) {
    let (line, problems) = append(table, row);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let start = format!("{table}:{line}: ");
    assert!(problems[0].starts_with(&start), "'{}' does not start with '{start}'", problems[0]);
    assert!(problems[0].contains(says), "'{}' does not say '{says}'", problems[0]);
}

#[test]
fn a_row_names_its_own_mistakes() {
    expect("triggers/assault.tsv", "zap\tverb\t\tphone\t190\t\t\tsure", "ASSAULT has no mode 'phone'");
    expect("triggers/assault.tsv", "zap\tverb\t\t\t999\t\t\tsure", "not in cameo.tsv");
    expect("triggers/assault.tsv", "zap\tverb\t\t\t036\t\t\tsure", "036 belongs to AGREE");
    expect("triggers/assault.tsv", "zap\tverb\t\t\t\t\t\tsure", "no CAMEO code");
    expect("triggers/assault.tsv", "zap\tadverb\t\t\t190\t\t\tsure", "is no part of speech");
    expect("triggers/assault.tsv", "zap\tverb\tobject\t\t190\t\t\tsure", "is no relation");
    expect(
        "triggers/assault.tsv",
        "zap\tverb\tnsubj:with\t\t190\t\t\tsure",
        "only obl and nmod take a preposition",
    );
    expect("triggers/assault.tsv", "zap\tverb\tobj=@nowhere\t\t190\t\t\tsure", "add it to word_lists.tsv");
    expect("triggers/assault.tsv", "zap\tverb\tobj=\t\t190\t\t\tsure", "nothing after its =");
    expect("triggers/assault.tsv", "zap\tverb\ttense=future\t\t190\t\t\tsure", "tense=past|present|perfect");
    expect("triggers/assault.tsv", "cross-fire\tnoun\t\t\t190\t\t\tsure", "parted at hyphens");
    expect("triggers/assault.tsv", "Zap\tverb\t\t\t190\t\t\tsure", "lower case");
    expect("triggers/assault.tsv", "zap\tverb\t\t\t190\t\t\tsure\t\tmore", "tabs that are too many");
    expect("triggers/assault.tsv", "zap\tverb\t\taerial\t190\t\t\tnone", "codes nothing");
    expect("status_cues.tsv", "maybe\tadv\t\tdependent\tadvmod\t\tsure", "must have an effect");
    expect("status_cues.tsv", "maybe\tadv\t\tdependent\tadvmod\tmood=bad\tsure", "is no part of a status");
    expect("reporting_verbs.tsv", "opine\tverb\tshrugs\tsaid\tccomp\tsure", "is no stance");
    expect("modes.tsv", "AID\tphone\t11\tx", "must be a number from -10 to 10");
    expect("cameo.tsv", "1\tAID\t\t\t0\tx", "is no CAMEO code");
}

#[test]
fn a_row_that_stands_twice_is_found_with_its_twin() {
    expect("triggers/statement.tsv", "annex\tverb\t\t\t010\t\t\tsure", "stands with the same conditions");
}

#[test]
fn an_unused_list_is_found() {
    expect("word_lists.tsv", "fruit\tapple, pear", "no table uses '@fruit'");
}

#[test]
fn a_derivation_that_decides_twice_is_found() {
    expect("derivation.tsv", "CONSULT\tplanned\t*\tsame\tsame\tsame", "both decide CONSULT planned");
}

#[test]
fn a_derivation_with_a_gap_is_found() {
    let problems = problems_with("derivation.tsv", |text| {
        text.lines()
            .filter(|line| !line.starts_with("*\trequested"))
            .fold(String::new(), |all, line| all + line + "\n")
    });
    assert!(problems.iter().any(|problem| problem.contains("no row for CONSULT requested")), "{problems:#?}");
}

#[test]
fn a_wrong_header_is_named() {
    let problems = problems_with("modes.tsv", |text| text.replace("act\tmode", "mode\tact"));
    assert!(
        problems.iter().any(|problem| problem.contains("the header must be: act TAB mode")),
        "{problems:#?}"
    );
}

#[test]
fn a_folder_without_a_table_is_refused_by_name() {
    let error = Codebook::load(std::path::Path::new("no/such/folder")).unwrap_err();
    assert!(error.to_string().contains("acts.tsv"), "{error}");
}

#[test]
fn the_folder_of_the_repository_loads_as_the_builtin_codebook() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge/codebook");
    let loaded = Codebook::load(&folder).unwrap();
    assert_eq!(loaded.version(), Codebook::builtin().version());
}

#[test]
fn any_change_of_a_table_changes_the_version() {
    let base: Vec<(&str, &str)> = builtin::TABLES.to_vec();
    let (book, _) = read::read(base.iter().copied());
    let changed = format!("{}# a remark\n", base[0].1);
    let tables =
        base.iter().map(|(name, text)| (*name, if *name == base[0].0 { changed.as_str() } else { *text }));
    assert_ne!(read::read(tables).0.version(), book.version());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    #[test]
    fn no_table_however_broken_makes_a_panic(
        table in 0..builtin::TABLES.len(),
        rows in proptest::collection::vec("[a-zäA-Z@*:=./,+\\t #0-9-]{0,60}", 1..6),
    ) {
        let header = builtin::TABLES[table].1.lines().find(|line| !line.starts_with('#')).unwrap_or("");
        let broken = format!("{header}\n{}\n", rows.join("\n"));
        let (book, mut problems) = read::read(std::iter::once((builtin::TABLES[table].0, broken.as_str())));
        check::check(&book, &mut problems);
        proptest::prop_assert!(!problems.is_empty(), "a codebook of one table cannot be whole");
        let derived = book.derive(Act::Consult, None, Some("042"), &StatusParts::default());
        proptest::prop_assert!(derived.event.is_none() || derived.event == Some(Act::Consult));
    }

    #[test]
    fn no_text_of_a_condition_slot_frame_or_effect_makes_a_panic(text in "\\PC{0,40}") {
        let mut words = |text: &str| Ok(WordSet::new([text.to_owned()]));
        let _ = Condition::parse(&text, &mut words);
        let _ = Frame::parse(&text, &mut words);
        let _ = Slot::parse(&text);
        let _ = Effect::parse(&text);
        let _ = ContentForm::of_code(&text);
        let _ = Codebook::builtin().refine(&text, Act::Consult, Some(&text));
    }
}
