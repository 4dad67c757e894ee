//! Datelines: "BAKU, April 12 (AzerTag) --", "(Reuters) -", "YEREVAN, APRIL 7, ARMENPRESS.".
//!
//! A dateline is recognised by its grammar alone, without a gazetteer: words in capitals or with a capital,
//! a date, agencies in brackets or between slashes, and a sign that ends it. Capitals and a colon alone are no
//! dateline, for they are more often a speaker.

use crate::date::{day_number, is_weekday, month_number};
use crate::tables::FURNITURE;

/// Longest dateline in bytes.
const LONGEST: usize = 140;
/// Most words outside date and brackets.
const MOST_WORDS: usize = 8;

/// Small words inside names of places.
const SMALL_WORDS: [&str; 13] =
    ["of", "the", "de", "la", "el", "al", "and", "on", "du", "da", "del", "near", "upon"];

/// A single word in capitals that is shorter is more often an acronym than a place.
const SHORTEST_CAPITALS: usize = 4;
/// Words with which sentences open, and names of places do not.
const OPENING_WORDS: [&str; 12] =
    ["the", "a", "an", "this", "that", "these", "those", "in", "on", "at", "we", "he"];

#[derive(Default)]
struct Evidence {
    /// Words outside date and brackets.
    words: usize,
    first_in_capitals: bool,
    all_in_capitals: bool,
    /// Letters of the words.
    letters: usize,
    /// The first word cannot open the name of a place.
    opens_sentence: bool,
    /// A month or day of the week behind the place.
    date: bool,
    /// A day of the month or a year.
    figures: bool,
    agency: bool,
    /// Just behind a full stop that follows the date, as in "YEREVAN, APRIL 7, ARMENPRESS."
    after_full_stop: Option<usize>,
}

impl Evidence {
    fn dated(&self) -> bool {
        self.date && self.figures
    }

    fn in_capitals(&self) -> bool {
        self.all_in_capitals && self.letters >= SHORTEST_CAPITALS
    }
}

enum End {
    Dash(usize),
    Colon(usize),
    Text,
    Nothing,
}

/// The length in bytes of the dateline at the start of a paragraph, with the sign that ends it; the length of the
/// paragraph if it is nothing but a dateline. Of the paragraph that `opens` a text, less is asked:
/// "Geneva – The talks ...".
pub(crate) fn at_start(paragraph: &str, opens: bool) -> Option<usize> {
    let (evidence, end) = scan(paragraph);
    let rest = |end: usize| paragraph.get(end..).unwrap_or_default().trim_start();
    let (accepted, end) = match end {
        End::Dash(end) => {
            let certain = (evidence.dated() && (evidence.first_in_capitals || !evidence.opens_sentence))
                || (evidence.agency && (opens || evidence.first_in_capitals));
            let rest = rest(end);
            let likely =
                evidence.in_capitals() && evidence.words <= 3 && (rest.is_empty() || starts_sentence(rest));
            // Not "Turkey – a member since 1952 – has ...".
            let possible = opens
                && (1..=3).contains(&evidence.words)
                && !evidence.opens_sentence
                && starts_sentence(rest)
                && !has_dash(first_sentence(rest));
            (certain || likely || possible, end)
        }
        End::Colon(end) => (evidence.dated() && starts_sentence(rest(end)), end),
        End::Text => {
            let end = evidence.after_full_stop?;
            (evidence.first_in_capitals && starts_sentence(rest(end)), end)
        }
        End::Nothing => (false, 0),
    };
    accepted.then_some(end)
}

/// Whether a whole line is a dateline without a sign that ends it: "GENEVA, 12 April 2006".
pub(crate) fn is_whole_line(line: &str) -> bool {
    line.len() <= 80 && {
        let (evidence, end) = scan(line);
        let certain = evidence.dated() || (evidence.agency && evidence.in_capitals());
        matches!(end, End::Nothing) && evidence.words > 0 && certain
    }
}

/// Whether a paragraph starts as a speaker's turn in a transcript: "MODERATOR: Thank you."
pub(crate) fn is_turn(paragraph: &str) -> bool {
    let (evidence, end) = scan(paragraph);
    matches!(end, End::Colon(_)) && evidence.all_in_capitals && !evidence.dated()
}

fn starts_sentence(text: &str) -> bool {
    text.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "\"'“‘«([".contains(c))
}

fn has_dash(text: &str) -> bool {
    text.contains('—') || text.contains(" – ") || text.contains(" - ") || text.contains(" -- ")
}

fn first_sentence(text: &str) -> &str {
    let end = text.match_indices(". ").map(|(at, _)| at).next().unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

impl Evidence {
    fn word(&mut self, word: &str) -> bool {
        let bare = word.trim_end_matches('.');
        let lower = bare.to_lowercase();
        let starts_high = word.starts_with(char::is_uppercase);
        if starts_high && (month_number(&lower).is_some() || is_weekday(&lower)) {
            // "April 7 -- The envoy left" is no dateline, since it names no place.
            self.date |= self.words > 0;
        } else if starts_high {
            let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
            let capitals = !word.chars().any(char::is_lowercase) && letters >= 2;
            if self.words == 0 {
                (self.first_in_capitals, self.all_in_capitals) = (capitals, capitals);
                self.opens_sentence = OPENING_WORDS.contains(&lower.as_str());
            }
            self.all_in_capitals &= capitals;
            self.letters += letters;
            self.words += 1;
        } else if !(self.words > 0 && SMALL_WORDS.contains(&lower.as_str())) {
            return false;
        }
        self.words <= MOST_WORDS
    }

    fn number(&mut self, number: &str) -> bool {
        let fits = (number.len() == 4 && number.starts_with(['1', '2'])) || day_number(number).is_some();
        self.figures |= fits;
        fits
    }
}

fn scan(paragraph: &str) -> (Evidence, End) {
    let mut evidence = Evidence::default();
    let mut at = 0;
    while at <= LONGEST {
        let rest = paragraph.get(at..).unwrap_or_default();
        let content = rest.trim_start();
        let spaced =
            content.len() < rest.len() || paragraph.get(..at).is_some_and(|b| b.ends_with([')', '/', ']']));
        at += rest.len() - content.len();
        let Some(next) = content.chars().next() else { return (evidence, End::Nothing) };
        if let Some(length) = dash(content, spaced) {
            return (evidence, End::Dash(at + length));
        }
        let length = match next {
            ':' if content.get(1..).is_some_and(|c| c.starts_with(char::is_whitespace)) => {
                return (evidence, End::Colon(at + 1));
            }
            ',' | ';' | '|' | '·' => next.len_utf8(),
            '.' => {
                if evidence.dated() && evidence.after_full_stop.is_none() {
                    evidence.after_full_stop = Some(at + 1);
                }
                1
            }
            '(' | '[' | '/' => {
                let closing = match next {
                    '(' => ')',
                    '[' => ']',
                    _ => '/',
                };
                let inner = content.get(1..).unwrap_or_default();
                let Some(length) = inner.find(closing).filter(|length| *length <= 40) else {
                    return (evidence, End::Text);
                };
                if !inner.get(..length).is_some_and(|inner| inner.contains(char::is_alphabetic)) {
                    return (evidence, End::Text);
                }
                evidence.agency = true;
                length + 2
            }
            '0'..='9' => {
                let length = content.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(content.len());
                if !evidence.number(content.get(..length).unwrap_or_default()) {
                    return (evidence, End::Text);
                }
                length
            }
            letter if letter.is_alphabetic() => {
                let length = word_length(content);
                if !evidence.word(content.get(..length).unwrap_or_default()) {
                    return (evidence, End::Text);
                }
                length
            }
            _ => return (evidence, End::Text),
        };
        at += length;
    }
    (evidence, End::Text)
}

/// The length of a dash that can end a dateline.
fn dash(text: &str, spaced: bool) -> Option<usize> {
    let signs = text.find(|c: char| !matches!(c, '-' | '–' | '—' | '―' | '−' | '_')).unwrap_or(text.len());
    let run = text.get(..signs)?;
    let before_space =
        text.get(signs..).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    let ends = match run {
        "" => false,
        "-" | "–" | "−" | "_" => spaced && before_space,
        _ => true,
    };
    ends.then_some(signs)
}

/// The length of a word with inner hyphens and apostrophes, and with full stops where it is abbreviated.
fn word_length(text: &str) -> usize {
    let mut length = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let inside = match c {
            '-' | '\'' | '’' => next.is_some_and(char::is_alphabetic),
            // "U.S.", "D.C.", "St.", "Apr.", but not the full stop behind "ARMENPRESS".
            '.' => {
                let word = text.get(..at).unwrap_or_default();
                let last = word.rsplit('.').next().unwrap_or_default();
                last.chars().count() <= 1 || is_abbreviated(word)
            }
            _ => c.is_alphabetic(),
        };
        if !inside {
            break;
        }
        length = at + c.len_utf8();
    }
    length.max(text.chars().next().map_or(1, char::len_utf8))
}

/// Abbreviations inside datelines: months, and the states and saints of place names.
fn is_abbreviated(word: &str) -> bool {
    let lower = word.to_lowercase();
    let short_month = lower.len() <= 4 && lower != "may" && month_number(&lower).is_some();
    short_month || FURNITURE.dateline_abbreviations.contains(lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(paragraph: &str) -> Option<&str> {
        at_start(paragraph, true).map(|end| &paragraph[..end])
    }

    #[test]
    fn forms_of_datelines() {
        for (dateline, rest) in [
            ("TALLINN, April 12 (BNS) --", " Estonia's president said."),
            ("Tallinn, April 12 (BNS) –", " Estonia's president said."),
            ("NAIROBI, Kenya (AP) —", " Police fired."),
            ("NAIROBI, Kenya (AP) _", " Police fired."),
            ("UNITED NATIONS, Apr. 7 (IPS) -", " The council voted."),
            ("(Reuters) -", " Ghana's parliament voted."),
            ("ACCRA (Reuters) -", " Ghana's parliament voted."),
            ("SANAA—", "Rebels said."),
            ("PORT-AU-PRINCE, Haiti, 7 April 2006 -", " A ship docked."),
            ("WASHINGTON, D.C. --", " The envoy left."),
            ("YEREVAN, APRIL 7, ARMENPRESS.", " President Kocharian has left."),
            ("SKOPJE, Macedonia, April 7. Makfax:", " The premier has left."),
            ("NAIROBI, Kenya (AP) _", ""),
            ("Lima, 7 April (Andina):", " Peru's congress met."),
            ("Geneva –", " The talks broke down on Monday."),
            ("ST. PETERSBURG, Russia, Sept. 3 --", " Leaders gathered."),
        ] {
            let paragraph = format!("{dateline}{rest}");
            assert_eq!(cut(&paragraph), Some(dateline), "{paragraph}");
        }
    }

    #[test]
    fn sentences_are_no_datelines() {
        for sentence in [
            "Turkey – a member since 1952 – has objected.",
            "NATO — which has twelve founders — met.",
            "The U.S.-Turkish talks broke down.",
            "President Kocharian left on April 7. He returned.",
            "Kenya, Uganda and Tanzania signed the treaty - at last.",
            "On April 7, 2006, the envoy left.",
            "April was calm.",
            "On April 7, 2006, Kenya and Uganda - both angry - walked out.",
            "The Senate – Democrats hold it – voted.",
            "SARS: The outbreak spread.",
            "Somali Civil War (2009–present): Shells hit a market.",
            "National Park Service (NPS): Rangers counted seals.",
            "",
            "—",
            "\"We will not sign\" - this is what he said.",
        ] {
            assert_eq!(cut(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn speakers_are_no_places() {
        let turn = "MODERATOR: Thank you all for coming.";
        assert!(is_turn(turn));
        assert_eq!(at_start(turn, true), None);
        assert!(!is_turn("Thank you: all."));
    }

    #[test]
    fn whole_lines() {
        assert!(is_whole_line("GENEVA, 12 April 2006"));
        assert!(is_whole_line("Washington, D.C., April 2006"));
        assert!(!is_whole_line("NATO SUMMIT"));
        assert!(!is_whole_line("12 April 2006"));
    }

    proptest::proptest! {
        #[test]
        fn ends_on_a_boundary(text in "([A-Z]{2,6}|April|[é—–\\-]|7|, |\\. |: | |\\(AP\\)|[a-z]{1,4}){0,20}") {
            if let Some(end) = at_start(&text, true) {
                proptest::prop_assert!(text.get(..end).is_some() && end > 0);
            }
        }
    }
}
