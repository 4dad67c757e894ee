//! How many: dead, injured, arrested, displaced, participants, money.
//!
//! A number counts if the words around it say what it counts: the verb whose object or subject it is
//! ("killed at least 30"), the noun or adjective behind it ("12 wounded"), a currency. Numbers of other acts'
//! clauses are left to those. An exact figure is its own lower and upper bound; a rough one ("some 1,500")
//! has neither; "dozens" and their like have a lower bound (see `data/number_words.tsv`).

mod numbers;

use std::collections::HashMap;
use std::sync::LazyLock;

use chancery_core::record::Quantity;
use chancery_language::model::Analysis;

use crate::scene::Scene;
use crate::sentence::{base, dependent, dependents, first_conjunct, path_up, preposition, subtree};
use crate::times::cues::spellings;
use numbers::Number;

const WORDS: &str = include_str!("../data/quantity_words.tsv");
const CURRENCIES: &str = include_str!("../data/currencies.tsv");
/// From this probability of the model a word counts as telling of an act of its own.
const OWN_EVENT: f32 = 0.4;

/// How a word stands to the number that it gives a meaning to; the classes of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    Object,
    Subject,
    Counted,
    Measure,
}

type Row = (Stands, &'static str);

static COUNTING: LazyLock<HashMap<&'static str, Vec<Row>>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, Vec<Row>> = HashMap::new();
    for line in WORDS.lines().filter(|l| !l.starts_with('#')) {
        if let Some((word, row)) = counting_row(line) {
            words.entry(word).or_default().push(row);
        }
    }
    words
});

fn counting_row(line: &'static str) -> Option<(&'static str, Row)> {
    let mut cells = line.split('\t');
    let (word, stands, kind) = (cells.next()?, cells.next()?, cells.next()?);
    let stands = match stands {
        "object" => Stands::Object,
        "subject" => Stands::Subject,
        "counted" => Stands::Counted,
        "measure" => Stands::Measure,
        _ => return None,
    };
    Some((word, (stands, kind)))
}

static MONEY: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    CURRENCIES.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(|l| l.split_once('\t')).collect()
});

/// Quantities of a trigger's act among the words of its clause, in the order of the text.
pub fn of_event(scene: &Scene<'_>, trigger: usize, words: &[usize]) -> Vec<Quantity> {
    let a = scene.analysis;
    let Some(sentence) = a.tokens.get(trigger).and_then(|t| a.sentences.get(t.sentence)) else {
        return Vec::new();
    };
    let region = with_results(a, trigger, words);
    let mut out: Vec<Quantity> = Vec::new();
    for number in numbers::find(&sentence.tokens, &|w| scene.form(w)) {
        if !number.figures.clone().any(|w| region.contains(&w)) {
            continue;
        }
        let found = money(scene, &number).or_else(|| {
            let (kind, governor) = kind(scene, &number)?;
            let other = governor.is_some_and(|g| belongs_elsewhere(scene, g, trigger));
            (!other).then(|| quantity(scene, &number, kind, None, number.words.clone()))
        });
        if let Some(found) = found
            && !out.iter().any(|q| q.kind == found.kind && q.span == found.span)
        {
            out.push(found);
        }
    }
    out
}

/// The words of the clause with those of participles that tell what came of it: "killing 12 people".
fn with_results(a: &Analysis, trigger: usize, words: &[usize]) -> Vec<usize> {
    let mut region: Vec<usize> = words.to_vec();
    region.push(trigger);
    let results: Vec<usize> = region
        .iter()
        .flat_map(|w| dependents(a, *w, &["advcl", "acl"]))
        .filter(|d| matches!(a.xpos(*d), "VBG" | "VBN"))
        .collect();
    for result in results {
        region.extend(subtree(a, result, &|d| matches!(base(a.relation(d)), "ccomp" | "parataxis")));
    }
    region.sort_unstable();
    region.dedup();
    region
}

/// Whether the verb that governs a number tells of another act than the trigger's.
fn belongs_elsewhere(scene: &Scene<'_>, governor: usize, trigger: usize) -> bool {
    let a = scene.analysis;
    if governor == trigger || !matches!(a.upos(trigger), "VERB" | "AUX") {
        return false;
    }
    let first = first_conjunct(a, governor);
    let result = matches!(base(a.relation(first)), "advcl" | "acl") && path_up(a, first).contains(&trigger);
    let own_act = || crate::events::lexicon::look_up(scene, governor).is_some_and(|row| row.act.is_some());
    !result && (a.states.get(governor).is_some_and(|s| s.event() >= OWN_EVENT) || own_act())
}

fn quantity(
    scene: &Scene<'_>,
    number: &Number,
    kind: &str,
    unit: Option<&str>,
    words: std::ops::Range<usize>,
) -> Quantity {
    let words = scene.words(&scene.bytes(&words));
    Quantity {
        kind: kind.to_owned(),
        low: number.low,
        best: number.best,
        high: number.high,
        unit: unit.map(str::to_owned),
        text: words.text,
        span: words.span,
    }
}

/// A number of money: "$5 million", "300 million euros".
fn money(scene: &Scene<'_>, number: &Number) -> Option<Quantity> {
    let mut words = number.words.clone();
    let before = number.figures.start.checked_sub(1).map(|w| scene.form(w)).unwrap_or("");
    if let Some(code) =
        MONEY.get(before.to_uppercase().as_str()).filter(|_| !before.chars().all(char::is_alphabetic))
    {
        words.start = words.start.min(number.figures.start - 1);
        return Some(quantity(scene, number, "money", Some(code), words));
    }
    // Words may stand between: "300 million U.S. dollars", "2 billion Canadian dollars".
    let after = (number.figures.end..number.figures.end + 3).find(|w| {
        MONEY.contains_key(scene.analysis.lemma(*w).to_lowercase().as_str())
            || MONEY.contains_key(scene.form(*w).to_lowercase().as_str())
    })?;
    let plain = (number.figures.end..after).all(|w| matches!(scene.analysis.upos(w), "PROPN" | "ADJ"));
    if !plain
        || scene.analysis.tokens.get(after)?.sentence
            != scene.analysis.tokens.get(number.figures.start)?.sentence
    {
        return None;
    }
    let lemma = scene.analysis.lemma(after).to_lowercase();
    let mut code =
        MONEY.get(lemma.as_str()).or_else(|| MONEY.get(scene.form(after).to_lowercase().as_str())).copied();
    if after > number.figures.end && !matches!(scene.form(number.figures.end), "U.S." | "US" | "American") {
        // Another country's dollars: the table knows only the plain word.
        code = None;
    }
    words.end = after + 1;
    Some(quantity(scene, number, "money", code, words))
}

/// What a number counts, and the verb that says so.
fn kind(scene: &Scene<'_>, number: &Number) -> Option<(&'static str, Option<usize>)> {
    let a = scene.analysis;
    let last = number.figures.end.checked_sub(1)?;
    let head = number
        .figures
        .clone()
        .find(|w| a.head(*w).is_none_or(|h| !number.figures.contains(&h)))
        .unwrap_or(last);
    let next = number.figures.end;
    if matches!(scene.form(next), "%") || matches!(a.lemma(next), "percent" | "per") {
        return None;
    }
    // The noun that is counted: "30 people"; with "dozens of people" the number itself is the head.
    let mut nominal = if matches!(base(a.relation(head)), "nummod" | "amod" | "det" | "compound") {
        a.head(head).unwrap_or(head)
    } else {
        head
    };
    // Right behind a number that the parse leaves standing alone: "between 20 and 30 miners".
    if nominal == head && a.upos(next) == "NOUN" && a.upos(head) == "NUM" {
        nominal = next;
    }
    let of = dependents(a, nominal, &["nmod"]).find(|n| preposition(a, *n).as_deref() == Some("of"));
    for counted in [Some(nominal), Some(next), of].into_iter().flatten() {
        // "30 dead", "12 wounded", "20 arrests", "dozens of arrests".
        if let Some(kind) = row(a, counted, Stands::Counted) {
            return Some((kind, None));
        }
    }
    // "12 killed", "30 others wounded": a participle right behind the counted words.
    let participle = [next, nominal + 1].into_iter().find(|w| {
        *w >= next
            && a.xpos(*w) == "VBN"
            && dependent(a, *w, &["aux"]).is_none()
            && row(a, *w, Stands::Object).is_some()
    });
    if let Some(verb) = participle {
        return Some((row(a, verb, Stands::Object)?, Some(verb)));
    }
    if a.upos(nominal) == "NOUN" && is_measure_of_time_or_space(a, nominal) {
        return None;
    }
    if let Some(verb) =
        dependents(a, nominal, &["acl"]).find(|d| a.xpos(*d) == "VBN" && row(a, *d, Stands::Object).is_some())
    {
        return Some((row(a, verb, Stands::Object)?, Some(verb)));
    }
    nominal = first_conjunct(a, nominal);
    let verb = a.head(nominal)?;
    // "Left 14 people dead".
    if let Some(result) = dependent(a, verb, &["xcomp"]).filter(|_| a.relation(nominal) == "obj")
        && let Some(kind) = row(a, result, Stands::Counted)
    {
        return Some((kind, Some(verb)));
    }
    match a.relation(nominal) {
        "obj" | "nsubj:pass" => Some((row(a, verb, Stands::Object)?, Some(verb))),
        "nsubj" => Some((row(a, verb, Stands::Subject)?, Some(verb))),
        _ => {
            // "A death toll of 30"; "the toll rose to 30".
            let toll = std::iter::once(verb).chain(dependent(a, verb, &["nsubj"]));
            toll.into_iter().find_map(|w| row(a, w, Stands::Measure)).map(|kind| (kind, None))
        }
    }
}

/// Weeks, kilometres and their like are no people.
fn is_measure_of_time_or_space(a: &Analysis, noun: usize) -> bool {
    matches!(
        a.lemma(noun),
        "second"
            | "minute"
            | "hour"
            | "day"
            | "week"
            | "month"
            | "year"
            | "decade"
            | "kilometer"
            | "kilometre"
            | "km"
            | "mile"
            | "meter"
            | "metre"
            | "time"
    )
}

fn row(a: &Analysis, word: usize, stands: Stands) -> Option<&'static str> {
    let lemma = a.lemma(word).to_lowercase();
    let rows = spellings(&lemma).into_iter().filter_map(|word| COUNTING.get(word.as_ref()));
    rows.flatten().find(|(own, _)| *own == stands).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests;
