//! The words of `data/place_words.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use chancery_core::record::PlaceRole;

use crate::times::cues::spellings;

const TABLE: &str = include_str!("../../data/place_words.tsv");

/// What a word does for a place beside it; the classes of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Stands before the place of a clause.
    Preposition,
    /// The same, but not before a state.
    Surface,
    /// Stands before the place where a motion leads.
    Heading,
    /// A verb whose object is the place.
    Object,
    /// A noun whose "of" or "on" phrase is the place.
    Noun,
    /// Its "to" leads to the place of the act.
    Journey,
    /// A verb or noun of going.
    Motion,
}

impl Class {
    fn parse(name: &str) -> Option<Class> {
        Some(match name {
            "preposition" => Class::Preposition,
            "surface" => Class::Surface,
            "heading" => Class::Heading,
            "object" => Class::Object,
            "noun" => Class::Noun,
            "journey" => Class::Journey,
            "motion" => Class::Motion,
            _ => return None,
        })
    }
}

fn role_of(name: &str) -> Option<PlaceRole> {
    Some(match name {
        "at" => PlaceRole::At,
        "from" => PlaceRole::From,
        "to" => PlaceRole::To,
        _ => return None,
    })
}

static WORDS: LazyLock<HashMap<&'static str, Vec<(Class, PlaceRole)>>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, Vec<(Class, PlaceRole)>> = HashMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        if let (Some(word), Some(class), Some(role)) = (cells.next(), cells.next(), cells.next())
            && let (Some(class), Some(role)) = (Class::parse(class), role_of(role))
        {
            words.entry(word).or_default().push((class, role));
        }
    }
    words
});

/// The role that a word gives to a place beside it, if it is of the class.
pub fn role(word: &str, class: Class) -> Option<PlaceRole> {
    let rows = spellings(word).into_iter().filter_map(|word| WORDS.get(word.as_ref()));
    rows.flatten().find(|(own, _)| *own == class).map(|(_, role)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_used() {
        for line in TABLE.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "three cells: {line}");
            assert!(Class::parse(cells[1]).is_some(), "unknown class: {line}");
            assert!(role_of(cells[2]).is_some(), "unknown role: {line}");
        }
        assert_eq!(role("from", Class::Preposition), Some(PlaceRole::From));
        assert_eq!(role("from", Class::Object), None);
    }
}
