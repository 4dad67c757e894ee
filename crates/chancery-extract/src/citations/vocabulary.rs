//! The words of `words.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word says about a bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Class {
    LeadIn,
    Document,
    Outlet,
    Medium,
    Other,
    Credit,
}

impl Class {
    fn parse(name: &str) -> Option<Class> {
        Some(match name {
            "lead_in" => Class::LeadIn,
            "document" => Class::Document,
            "outlet" => Class::Outlet,
            "medium" => Class::Medium,
            "other" => Class::Other,
            "credit" => Class::Credit,
            _ => return None,
        })
    }
}

static WORDS: LazyLock<HashMap<Class, Vec<String>>> = LazyLock::new(|| rows(include_str!("words.tsv")));

fn rows(table: &str) -> HashMap<Class, Vec<String>> {
    let mut out: HashMap<Class, Vec<String>> = HashMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let Some((class, words)) = line.split_once('\t') else { continue };
        let Some(class) = Class::parse(class) else { continue };
        out.entry(class).or_default().extend(words.split(',').map(|word| word.trim().to_lowercase()));
    }
    for words in out.values_mut() {
        // The longest first, so that "press release" comes before "release".
        words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    }
    out
}

/// Words of a class, the longest first, in lower case.
pub(super) fn words(class: Class) -> &'static [String] {
    WORDS.get(&class).map_or(&[], Vec::as_slice)
}

/// The rest of a phrase after a word of the class at its beginning.
pub(super) fn strip_first(phrase: &str, class: Class) -> Option<&str> {
    words(class).iter().find_map(|word| {
        let head = phrase.get(..word.len())?;
        let rest = phrase.get(word.len()..)?;
        let ends = rest.is_empty() || rest.starts_with(|c: char| !c.is_alphanumeric()) || word.ends_with(':');
        (ends && head.to_lowercase() == *word).then(|| rest.trim_start())
    })
}

/// The rest of a phrase before a word of the class at its end.
pub(super) fn strip_last(phrase: &str, class: Class) -> Option<&str> {
    words(class).iter().find_map(|word| {
        let at = phrase.len().checked_sub(word.len())?;
        let (rest, tail) = (phrase.get(..at)?, phrase.get(at..)?);
        let begins = rest.is_empty() || rest.ends_with(|c: char| !c.is_alphanumeric());
        (begins && tail.to_lowercase() == *word).then(|| rest.trim_end())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let table = include_str!("words.tsv");
        let lines: Vec<&str> = table.lines().filter(|l| !l.starts_with('#')).skip(1).collect();
        for line in &lines {
            let class = line.split_once('\t').and_then(|(class, _)| Class::parse(class));
            assert!(class.is_some(), "{line}");
        }
        assert_eq!(rows(table).len(), lines.len());
    }

    #[test]
    fn words_are_stripped_whole_and_longest_first() {
        assert_eq!(strip_last("Interior Ministry press release", Class::Document), Some("Interior Ministry"));
        assert_eq!(strip_last("Understatement", Class::Document), None);
        assert_eq!(strip_first("see also Le Soir", Class::LeadIn), Some("Le Soir"));
        assert_eq!(strip_first("seen by many", Class::LeadIn), None);
    }
}
