//! Short texts with what they count.

use super::of_event;
use crate::sentence::clause;
use crate::testing::{read, tree};

/// Kind, low, best and high of the quantities of a trigger's act.
#[track_caller]
fn check(text: &str, trigger: &str, expected: &[(&str, Option<f64>, f64, Option<f64>)]) {
    let text = read(text);
    let scene = text.scene();
    let word = text.word(trigger);
    let top = clause(scene.analysis, word);
    let words = crate::sentence::subtree(scene.analysis, top, &|d| {
        matches!(crate::sentence::base(scene.analysis.relation(d)), "ccomp" | "parataxis" | "advcl")
            && d != word
    });
    let found = of_event(&scene, word, &words);
    let short: Vec<_> = found.iter().map(|q| (q.kind.as_str(), q.low, q.best, q.high)).collect();
    assert_eq!(short, expected, "{} [{trigger}]\n{}", text.document.text, tree(&text));
}

fn exact(kind: &str, n: f64) -> (&str, Option<f64>, f64, Option<f64>) {
    (kind, Some(n), n, Some(n))
}

#[test]
fn killed_and_wounded() {
    check("Insurgents killed 12 soldiers in an ambush.", "killed", &[exact("dead", 12.0)]);
    check("At least 30 people were killed in the attack.", "attack", &[("dead", Some(30.0), 30.0, None)]);
    check(
        "A bomb exploded in the market, killing nine people and wounding 40.",
        "exploded",
        &[exact("dead", 9.0), exact("injured", 40.0)],
    );
    check("The attack left 14 people dead.", "attack", &[exact("dead", 14.0)]);
    check("Between 20 and 30 miners died in the clash.", "died", &[("dead", Some(20.0), 25.0, Some(30.0))]);
    check("Dozens of villagers were killed in the raid.", "raid", &[("dead", Some(24.0), 36.0, None)]);
}

#[test]
fn each_verb_has_its_own_number() {
    check("Police arrested 20 students and wounded three.", "arrested", &[exact("arrested", 20.0)]);
}

#[test]
fn arrested_displaced_and_gathered() {
    check("Police detained two journalists.", "detained", &[exact("arrested", 2.0)]);
    check(
        "The fighting has displaced more than 1,500 families.",
        "fighting",
        &[("displaced", Some(1500.0), 1500.0, None)],
    );
    check(
        "Some 5,000 teachers protested in the capital.",
        "protested",
        &[("participants", None, 5000.0, None)],
    );
    check(
        "Tens of thousands of demonstrators marched through the city.",
        "marched",
        &[("participants", Some(20_000.0), 30_000.0, None)],
    );
}

#[test]
fn money_has_a_unit() {
    let text = read("Japan pledged $5 million to the agency, and Sweden 3 billion kronor.");
    let scene = text.scene();
    let words: Vec<usize> = text.sentence(0).collect();
    let found = of_event(&scene, text.word("pledged"), &words);
    assert_eq!(found[0].unit.as_deref(), Some("USD"));
    assert_eq!((found[0].kind.as_str(), found[0].best, found[0].text.as_str()), ("money", 5e6, "$5 million"));
    let text = read("The union granted Moldova a loan of €3bn.");
    let found = of_event(&text.scene(), text.word("granted"), &text.sentence(0).collect::<Vec<_>>());
    assert_eq!((found[0].unit.as_deref(), found[0].best), (Some("EUR"), 3e9), "{}", tree(&text));
}

#[test]
fn what_counts_no_people_is_left_out() {
    check("Rebels fired 30 rockets at the base on 3 May 2014.", "fired", &[]);
    check("The strike lasted two weeks.", "strike", &[]);
    check("Turnout was 60 percent in the vote.", "vote", &[]);
}

#[test]
fn every_row_of_the_tables_can_be_used() {
    for line in super::WORDS.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).skip(1) {
        assert!(super::counting_row(line).is_some(), "{line}");
    }
    for line in super::CURRENCIES.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).skip(1) {
        let (_, code) = line.split_once('\t').unwrap();
        assert!(code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase()), "{line}");
    }
}
