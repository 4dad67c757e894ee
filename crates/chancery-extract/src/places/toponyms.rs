//! The names of places in a sentence.

use std::ops::Range;

use chancery_knowledge::{CountryForm, Entry};
use chancery_language::model::Analysis;

use super::resolve::Beside;
use crate::scene::Scene;
use crate::sentence::{base, is_day_or_month};

/// Longest name of a table in words.
const LONGEST_NAME: usize = 7;

/// A name of a place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toponym {
    /// Words of the name alone.
    pub name: Range<usize>,
    /// Words of the name with what explains it: "Springfield, Illinois".
    pub words: Range<usize>,
    /// Word on which the others hang.
    pub head: usize,
    /// What the explanation says.
    pub beside: Beside,
    /// Whether the name is that of a state.
    pub state: bool,
    /// Whether the name is that of a building or other installation.
    pub facility: bool,
}

/// Names of places among some words (a sentence), in the order of the text.
pub fn find(scene: &Scene<'_>, sentence: &Range<usize>) -> Vec<Toponym> {
    let mut names = named(scene, sentence);
    names.retain(|t| t.name.len() > 1 || !is_day_or_month(scene.form(t.name.start)));
    names.sort_by_key(|t| (t.name.start, std::cmp::Reverse(t.name.end)));
    let mut out: Vec<Toponym> = Vec::new();
    for name in names {
        if out.last().is_some_and(|last| name.name.start < last.words.end) {
            continue;
        }
        // "X, Y" where Y says in which state or division X lies.
        if let Some(last) = out.last_mut()
            && last.words.end + 1 == name.name.start
            && scene.form(last.words.end) == ","
            && explains(scene, last, &name)
        {
            last.beside = Beside::read(scene.knowledge, &forms(scene, &name.name));
            last.words.end = name.words.end;
            continue;
        }
        out.push(name);
    }
    out
}

fn forms<'a>(scene: &Scene<'a>, words: &Range<usize>) -> Vec<&'a str> {
    words.clone().map(|w| scene.form(w)).collect()
}

/// Whether the second of two names behind each other says where the first lies. In an enumeration it does
/// not: "Paris, Texas" but "Paris, Berlin", "Georgia, Armenia and Azerbaijan".
fn explains(scene: &Scene<'_>, first: &Toponym, second: &Toponym) -> bool {
    let beside = Beside::read(scene.knowledge, &forms(scene, &second.name));
    if beside.is_empty() || first.state {
        return false;
    }
    let next = scene.form(second.words.end);
    if matches!(next, "and" | "or" | "&") {
        return false;
    }
    // Somewhere on the map the first must lie in the second, or be on no map at all.
    let candidates = scene.knowledge.places(&forms(scene, &first.name));
    candidates.is_empty()
        || candidates.iter().any(|place| {
            let country = place.country.as_deref().is_some_and(|c| beside.countries.iter().any(|b| b == c));
            let division =
                place.admin1.as_deref().is_some_and(|d| beside.divisions.contains(&d.to_lowercase()));
            if beside.divisions.is_empty() { country } else { division || country }
        })
}

fn named(scene: &Scene<'_>, sentence: &Range<usize>) -> Vec<Toponym> {
    let a = scene.analysis;
    let mut out: Vec<Toponym> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let Some((length, state)) = in_tables(scene, at, sentence.end) else {
            at += 1;
            continue;
        };
        let name = at..at + length;
        // A table's name inside a longer name of something else is part of that: "Paris Club".
        let inside = a.names.iter().any(|n| {
            n.words.start <= name.start
                && name.end <= n.words.end
                && n.words.len() > length
                && matches!(n.kind.as_str(), "ORG" | "PER" | "EVT" | "FAC")
        });
        if !inside && let Some(head) = head_of(a, &name) {
            out.push(Toponym {
                words: name.clone(),
                name,
                head,
                beside: Beside::default(),
                state,
                facility: false,
            });
        }
        at += length;
    }
    for found in a.names.iter().filter(|n| sentence.start <= n.words.start && n.words.end <= sentence.end) {
        if !matches!(found.kind.as_str(), "LOC" | "FAC") {
            continue;
        }
        let words = without_edges(scene, &found.words);
        let covered = out.iter().any(|t| {
            t.name.start < words.end
                && words.start < t.name.end
                && (found.kind == "LOC" || t.name.len() >= words.len())
        });
        if covered || words.is_empty() {
            continue;
        }
        if let Some(head) = head_of(a, &words) {
            let facility = found.kind == "FAC";
            out.push(Toponym {
                words: words.clone(),
                name: words,
                head,
                beside: Beside::default(),
                state: false,
                facility,
            });
        }
    }
    in_gazetteer(scene, sentence, &mut out);
    out
}

/// Proper nouns that are in no table and that the model did not take for a name, if a town is called so.
fn in_gazetteer(scene: &Scene<'_>, sentence: &Range<usize>, out: &mut Vec<Toponym>) {
    let a = scene.analysis;
    let mut at = sentence.start;
    while at < sentence.end {
        let run = (at..sentence.end).take_while(|w| a.upos(*w) == "PROPN").count();
        let name = at..at + run;
        at += run.max(1);
        let touched = out.iter().any(|t| t.words.start < name.end && name.start < t.words.end)
            || a.names.iter().any(|n| n.words.start < name.end && name.start < n.words.end);
        if run == 0
            || run > LONGEST_NAME
            || touched
            || scene.knowledge.places(&forms(scene, &name)).is_empty()
        {
            continue;
        }
        if let Some(head) = head_of(a, &name) {
            let words = name.clone();
            out.push(Toponym { words, name, head, beside: Beside::default(), state: false, facility: false });
        }
    }
}

/// Articles and punctuation at the ends belong to no name.
fn without_edges(scene: &Scene<'_>, words: &Range<usize>) -> Range<usize> {
    let outer = |w: usize| matches!(scene.analysis.upos(w), "DET" | "PUNCT" | "ADP") || scene.form(w) == "'s";
    let mut out = words.clone();
    while out.start < out.end && outer(out.start) {
        out.start += 1;
    }
    while out.start < out.end && outer(out.end - 1) {
        out.end -= 1;
    }
    out
}

/// Length of the longest name of a place that the tables have at a word, and whether it is a state's.
fn in_tables(scene: &Scene<'_>, word: usize, end: usize) -> Option<(usize, bool)> {
    let form = scene.form(word);
    if !form.starts_with(char::is_uppercase) {
        return None;
    }
    let forms: Vec<&str> = (word..end.min(word + LONGEST_NAME)).map(|w| scene.form(w)).collect();
    let mut best: Option<(usize, bool)> = None;
    let mut doubtful = false;
    for found in scene.knowledge.match_at(&forms) {
        let state = match found.entry {
            Entry::Country(_, CountryForm::Name | CountryForm::Abbreviation) => true,
            Entry::Capital(..) => false,
            Entry::Region(_) if !found.adjective => false,
            _ => continue,
        };
        match &mut best {
            Some((length, own)) if found.words == *length => *own |= state,
            Some((length, _)) if found.words < *length => {}
            _ => {
                best = Some((found.words, state));
                doubtful = found.ambiguous;
            }
        }
    }
    let (length, _) = best?;
    // Part of a person's name, or ambiguous and taken for one by the model: "Jordan", "Paris Hilton".
    let person = scene.analysis.names.iter().any(|n| {
        n.words.contains(&word)
            && n.kind == "PER"
            && (n.words.len() > length || (doubtful && n.words.len() == length))
    });
    if person { None } else { best }
}

fn head_of(a: &Analysis, words: &Range<usize>) -> Option<usize> {
    words.clone().find(|w| {
        a.upos(*w) != "PUNCT"
            && base(a.relation(*w)) != "case"
            && a.head(*w).is_none_or(|h| !words.contains(&h))
    })
}
