//! The cue words of `data/time_cues.tsv`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/time_cues.tsv");

/// What a cue word tells; the classes of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// What hangs on it lies ahead of it.
    Prospective,
    /// An infinitive under it is told as fact in its own tense.
    Implicative,
    /// A standing state begins.
    Inception,
    /// A standing state ends.
    Termination,
    /// Makes a date beside it one that is looked forward to.
    Outlook,
    /// Labels the day of publication.
    Publication,
    /// Labels another date than that of publication.
    OtherDate,
    /// Says or writes.
    Conveyance,
    /// Sets the act behind it at another time than the clause.
    Apart,
}

impl Cue {
    fn parse(name: &str) -> Option<Cue> {
        Some(match name {
            "prospective" => Cue::Prospective,
            "implicative" => Cue::Implicative,
            "inception" => Cue::Inception,
            "termination" => Cue::Termination,
            "outlook" => Cue::Outlook,
            "publication" => Cue::Publication,
            "other_date" => Cue::OtherDate,
            "conveyance" => Cue::Conveyance,
            "apart" => Cue::Apart,
            _ => return None,
        })
    }
}

static CUES: LazyLock<HashMap<&'static str, Vec<Cue>>> = LazyLock::new(|| {
    let mut cues: HashMap<&'static str, Vec<Cue>> = HashMap::new();
    for (class, word) in TABLE.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')) {
        if let Some(cue) = Cue::parse(class) {
            cues.entry(word).or_default().push(cue);
        }
    }
    cues
});

/// Whether a word (a lemma, in small letters) is a cue of a class.
pub fn is_cue(word: &str, cue: Cue) -> bool {
    spellings(word).iter().any(|word| CUES.get(word.as_ref()).is_some_and(|cues| cues.contains(&cue)))
}

/// A lemma and what it may be if the model cut an ending wrongly ("arriv", "kille", "protested"): the
/// commonest slips of lemmatisers in English.
pub fn spellings(lemma: &str) -> Vec<Cow<'_, str>> {
    let mut out = vec![Cow::Borrowed(lemma), Cow::Owned(format!("{lemma}e"))];
    for ending in ["e", "d", "ed"] {
        if let Some(stem) = lemma.strip_suffix(ending).filter(|stem| stem.len() > 2) {
            out.push(Cow::Borrowed(stem));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_class_and_a_word() {
        let rows = TABLE.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).skip(1);
        for row in rows {
            let (class, word) = row.split_once('\t').unwrap();
            assert!(Cue::parse(class).is_some(), "unknown class: {row}");
            assert!(!word.is_empty() && word == word.to_lowercase().trim(), "not small letters: {row}");
        }
        assert!(is_cue("schedule", Cue::Prospective));
        assert!(!is_cue("visit", Cue::Prospective));
    }
}
