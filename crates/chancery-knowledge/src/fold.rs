//! Folding: the one spelling under which a name is stored and looked up.
//!
//! Letters lose case and diacritics, apostrophes and full stops vanish, hyphens count as
//! spaces. So "Nagorno-Karabakh" as one token, as three, or without its hyphen is one
//! phrase, and so are "U.S." and "US". Whether the surface had the right capitals is
//! asked separately, by [`CaseRule`].

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters that Unicode does not decompose, with the spelling of English reports.
const UNDECOMPOSED: &[(char, &str)] = &[
    ('æ', "ae"),
    ('ð', "d"),
    ('ø', "o"),
    ('þ', "th"),
    ('ß', "ss"),
    ('đ', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ł', "l"),
    ('ŋ', "n"),
    ('œ', "oe"),
    ('ŧ', "t"),
    ('ə', "a"),
    ('ǝ', "a"),
    ('ɓ', "b"),
    ('ɗ', "d"),
    ('ƙ', "k"),
    ('ɣ', "gh"),
];

/// An elided article or preposition ("d'", "N'", "al'") has at most this many letters.
const LONGEST_ELISION: usize = 2;

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | '‛' | '`' | '´' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ˈ' | '′')
}

fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '/' | '_' | '\u{ad}')
}

/// Folds a run of words into bytes, one word at a time.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    started: bool,
    space_due: bool,
    joins_next: bool,
}

impl Folder {
    /// Feeds one word; `emit` receives each byte of the folded form and stops the word by
    /// returning false. True if the word was read to its end and gave at least one byte.
    pub(crate) fn word(&mut self, word: &str, mut emit: impl FnMut(u8) -> bool) -> bool {
        let leans_left = word.chars().next().is_some_and(|first| is_apostrophe(first) || first == ',');
        self.space_due = self.started && !self.joins_next && !leans_left;
        self.joins_next = false;
        let mut gave = false;
        let mut letters = 0;
        let mut buffer = [0_u8; 4];
        for character in word.chars() {
            if is_separator(character) {
                self.space_due = self.started;
                continue;
            }
            if is_apostrophe(character) || character == '.' {
                continue;
            }
            letters += 1;
            // Punctuation is kept: it ends a phrase unless the table has it too.
            let mut push = |text: &str| {
                if self.space_due && !emit(b' ') {
                    return false;
                }
                self.space_due = false;
                self.started = true;
                gave = true;
                text.bytes().all(&mut emit)
            };
            let went_on = if character.is_ascii() {
                push(character.to_ascii_lowercase().encode_utf8(&mut buffer))
            } else if is_combining_mark(character) {
                true
            } else {
                folded_letter(character, &mut push)
            };
            if !went_on {
                return false;
            }
        }
        self.joins_next =
            letters > 0 && letters <= LONGEST_ELISION && word.chars().next_back().is_some_and(is_apostrophe);
        gave
    }
}

fn folded_letter(character: char, push: &mut impl FnMut(&str) -> bool) -> bool {
    let mut buffer = [0_u8; 4];
    for lower in character.to_lowercase() {
        for part in std::iter::once(lower).nfd() {
            // Some accents and quotation marks decompose to an apostrophe.
            if is_combining_mark(part) || is_apostrophe(part) {
                continue;
            }
            let text = match UNDECOMPOSED.iter().find(|(letter, _)| *letter == part) {
                Some((_, spelling)) => spelling,
                None => &*part.encode_utf8(&mut buffer),
            };
            if !push(text) {
                return false;
            }
        }
    }
    true
}

/// The folded form of a phrase written as one string.
pub(crate) fn fold_phrase(phrase: &str) -> String {
    let mut folder = Folder::default();
    let mut bytes = Vec::with_capacity(phrase.len());
    for word in phrase.split_whitespace() {
        folder.word(word, |byte| {
            bytes.push(byte);
            true
        });
    }
    // Whole characters are pushed, so the bytes are text.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Which capitals the words in a text must have to be taken for a table's phrase; laxer
/// rules first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum CaseRule {
    /// Common words: any capitals.
    Any,
    /// Names that reports also start small ("al-Qaeda", "eSwatini", "ethnic Armenian"):
    /// a capital somewhere.
    Inner,
    /// Names: the first word starts with a capital ("Turkey", not "turkey").
    Initial,
    /// Abbreviations: no small letter ("US", "U.S.", not "us" or "Us").
    Capitals,
}

impl CaseRule {
    /// The rule that the spelling in the table asks for.
    pub(crate) fn of(phrase: &str) -> Self {
        let letters = phrase.chars().filter(|c| c.is_alphabetic());
        let (mut upper, mut lower) = (0, 0);
        for letter in letters {
            if letter.is_lowercase() {
                lower += 1;
            } else {
                upper += 1;
            }
        }
        if upper == 0 {
            Self::Any
        } else if lower == 0 && !phrase.contains(char::is_whitespace) {
            Self::Capitals
        } else if starts_small(phrase) {
            Self::Inner
        } else {
            Self::Initial
        }
    }

    /// True if the words have the capitals that the rule asks for.
    pub(crate) fn admits(self, words: &[&str]) -> bool {
        match self {
            Self::Any => true,
            Self::Initial => words
                .iter()
                .find(|word| !word.eq_ignore_ascii_case("the"))
                .and_then(|word| word.chars().find(|c| c.is_alphanumeric()))
                .is_some_and(|c| !c.is_lowercase()),
            Self::Inner => words.iter().flat_map(|word| word.chars()).any(char::is_uppercase),
            Self::Capitals => !words.iter().flat_map(|word| word.chars()).any(char::is_lowercase),
        }
    }
}

/// Articles and particles that names begin with, in capitals or not.
const PARTICLES: &[&str] =
    &["al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "d", "de", "van", "von", "bin", "ibn"];

fn starts_small(phrase: &str) -> bool {
    let name = phrase.strip_prefix("the ").or_else(|| phrase.strip_prefix("The ")).unwrap_or(phrase);
    let first = name.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    first.starts_with(char::is_lowercase)
        || PARTICLES.iter().any(|particle| first.eq_ignore_ascii_case(particle))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded_words(words: &[&str]) -> String {
        let mut folder = Folder::default();
        let mut bytes = Vec::new();
        for word in words {
            folder.word(word, |byte| {
                bytes.push(byte);
                true
            });
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn tokenisation_does_not_change_the_folded_form() {
        for (phrase, tokens) in [
            ("Nagorno-Karabakh", vec!["Nagorno", "-", "Karabakh"]),
            ("Côte d'Ivoire", vec!["Cote", "d’", "Ivoire"]),
            ("N'Djamena", vec!["N’Djamena"]),
            ("People's Republic of China", vec!["People", "'s", "Republic", "of", "China"]),
            ("Workers' Party", vec!["Workers", "'", "Party"]),
            ("Washington, D.C.", vec!["Washington", ",", "D.C."]),
            ("U.S.", vec!["US"]),
            ("Łódź", vec!["Lodz"]),
            ("Şırnak", vec!["Sirnak"]),
        ] {
            assert_eq!(fold_phrase(phrase), folded_words(&tokens), "{phrase}");
        }
    }

    #[test]
    fn words_are_not_run_together() {
        assert_ne!(fold_phrase("Iran, Iraq"), fold_phrase("Iran Iraq"));
        assert_ne!(fold_phrase("New York"), fold_phrase("Newyork"));
    }

    #[test]
    fn capitals_are_asked_for_as_the_table_writes_them() {
        assert!(CaseRule::of("Turkey").admits(&["Turkey"]));
        assert!(CaseRule::of("Turkey").admits(&["TURKEY"]));
        assert!(!CaseRule::of("Turkey").admits(&["turkey"]));
        assert!(CaseRule::of("US").admits(&["U.S."]));
        assert!(!CaseRule::of("US").admits(&["us"]));
        assert!(!CaseRule::of("US").admits(&["Us"]));
        assert!(CaseRule::of("The Guardian").admits(&["the", "Guardian"]));
        assert!(!CaseRule::of("The Guardian").admits(&["The", "guardian"]));
        assert!(CaseRule::of("Al-Qaeda").admits(&["al-Qaeda"]));
        assert!(CaseRule::of("eSwatini").admits(&["eSwatini"]));
        assert!(!CaseRule::of("ethnic Armenian").admits(&["ethnic", "armenian"]));
        assert!(CaseRule::of("foreign minister").admits(&["Foreign", "Minister"]));
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig {
            failure_persistence: None,
            ..Default::default()
        })]

        #[test]
        fn folding_any_text_ends_and_is_stable(text in "\\PC{0,40}|[\u{1fef}\u{340}\u{212a} a'-]{0,6}") {
            let once = fold_phrase(&text);
            proptest::prop_assert_eq!(fold_phrase(&once), once);
        }
    }
}
