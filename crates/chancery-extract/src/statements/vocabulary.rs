//! The words of `words.tsv`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static WORDS: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    let mut out: HashMap<&str, HashSet<&str>> = HashMap::new();
    for line in include_str!("words.tsv").lines().filter(|line| !line.starts_with('#')).skip(1) {
        if let Some((class, words)) = line.split_once('\t') {
            out.entry(class).or_default().extend(words.split(',').map(str::trim));
        }
    }
    out
});

/// What a word can be in a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Anonymous,
    Unnamed,
    Outlet,
    Occasion,
    Partial,
    Tells,
    Speaker,
}

impl Class {
    fn name(self) -> &'static str {
        match self {
            Class::Anonymous => "anonymous",
            Class::Unnamed => "unnamed",
            Class::Outlet => "outlet",
            Class::Occasion => "occasion",
            Class::Partial => "partial",
            Class::Tells => "tells",
            Class::Speaker => "speaker",
        }
    }
}

/// Whether a lower-case word is of a class.
pub(super) fn is(class: Class, word: &str) -> bool {
    WORDS.get(class.name()).is_some_and(|words| words.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_every_class_and_no_other() {
        let classes = [
            Class::Anonymous,
            Class::Unnamed,
            Class::Outlet,
            Class::Occasion,
            Class::Partial,
            Class::Tells,
            Class::Speaker,
        ];
        assert_eq!(WORDS.len(), classes.len());
        for class in classes {
            assert!(WORDS.get(class.name()).is_some_and(|words| !words.is_empty()), "{class:?}");
        }
        assert!(is(Class::Anonymous, "sources") && !is(Class::Anonymous, "minister"));
    }
}
