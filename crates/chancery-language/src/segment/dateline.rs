//! Datelines: the place, date and agency in front of the first sentence of a report.

use std::ops::Range;

use super::chars::{is_apostrophe, is_hyphen};
use super::lexicon::{WordClass, lexicon};
use super::on_boundaries;
use super::token::{starts_with_capital, tokenize};

/// A dateline is looked for in this many bytes at the start of a paragraph.
const LONGEST: usize = 200;
/// Longest name of a place, longest list of places and longest name of an agency, in tokens.
const LONGEST_PLACE: usize = 14;
const LONGEST_AGENCY: usize = 8;

/// The dateline that a paragraph starts with, with the dash that ends it.
///
/// It finds a place in capitals, or a place followed by a date or an agency, before a dash or a colon:
/// "BAKU, April 12 (AzerTag) --", "Washington, D.C., March 3, 2006 –", "KABUL/ISLAMABAD (Reuters) -",
/// "Baku. 12 April. REPORT.AZ/". The range is in bytes of `text`; `range` is the paragraph.
pub fn dateline(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let range = on_boundaries(text, range);
    let window = on_boundaries(text, range.start..range.end.min(range.start.saturating_add(LONGEST)));
    // Most paragraphs are told from a dateline by their first line having none of its marks.
    let stretch = text.get(window.clone())?;
    if !stretch.contains(['-', '–', '—', '/', ':']) {
        return None;
    }
    let tokens = tokenize(text, window);
    Reader { text, tokens: &tokens, at: 0 }.dateline()
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Range<usize>],
    at: usize,
}

impl<'a> Reader<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|token| self.text.get(token.clone())).unwrap_or("")
    }

    fn current(&self) -> &'a str {
        self.word(self.at)
    }

    /// Whether a blank stands between the token before `at` and it.
    fn spaced(&self, at: usize) -> bool {
        match at.checked_sub(1).and_then(|before| self.tokens.get(before..=at)) {
            Some([before, token]) => before.end < token.start,
            _ => true,
        }
    }

    fn take(&mut self, marks: &[&str]) -> bool {
        let found = marks.contains(&self.current());
        self.at += usize::from(found);
        found
    }

    fn dateline(&mut self) -> Option<Range<usize>> {
        let start = self.tokens.first()?.start;
        self.take(&["("]);
        let capitals = self.place()?;
        let mut certain = false;
        for _ in 0..4 {
            self.take(&[",", ".", ";"]);
            if !(self.date() || self.agency()) {
                break;
            }
            certain = true;
        }
        self.take(&[")"]);
        let before = self.at;
        if !(certain || capitals) || !self.dash(certain) {
            return None;
        }
        let end = self.tokens.get(self.at.checked_sub(1)?)?.end;
        (before > 0 && self.at < self.tokens.len()).then_some(start..end)
    }

    /// Reads one place or several; says whether the first is in capitals.
    fn place(&mut self) -> Option<bool> {
        let first = self.at;
        let label = lexicon().is(self.current(), WordClass::DatelineLabel);
        if label || !is_place_word(self.current()) {
            return None;
        }
        let capitals = is_capitals(self.current());
        while self.at - first < LONGEST_PLACE {
            let word = self.current();
            let next_is_place = is_place_word(self.word(self.at + 1)) && !self.is_date_word(self.at + 1);
            let joint = match word {
                "/" | "-" => next_is_place && !self.spaced(self.at) && !self.spaced(self.at + 1),
                "," => next_is_place,
                "de" | "of" | "al" | "el" | "la" | "da" | "and" | "upon" | "the" => {
                    next_is_place || word == "al"
                }
                _ => word.starts_with(is_apostrophe) && self.at > first,
            };
            if !(joint || (is_place_word(word) && !self.is_date_word(self.at))) {
                break;
            }
            self.at += 1;
        }
        (self.at > first).then_some(capitals)
    }

    fn is_date_word(&self, at: usize) -> bool {
        let word = self.word(at).trim_end_matches('.');
        lexicon().is(word, WordClass::Weekday) || self.is_month(at)
    }

    fn is_month(&self, at: usize) -> bool {
        let word = self.word(at).trim_end_matches('.');
        let mut title = word.to_ascii_lowercase();
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        starts_with_capital(word) && lexicon().is(&title, WordClass::Month)
    }

    fn is_day(&self, at: usize) -> bool {
        let word = self.word(at).trim_end_matches(char::is_alphabetic);
        word.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
    }

    /// "April 12", "12 April 2006", "Thursday, Sept. 3", "12.04.2006".
    fn date(&mut self) -> bool {
        let first = self.at;
        if lexicon().is(self.current().trim_end_matches('.'), WordClass::Weekday) {
            self.at += 1;
            self.take(&[","]);
        }
        if self.is_month(self.at) {
            self.at += 1;
            self.take(&["."]);
            if self.is_day(self.at) {
                self.at += 1;
            }
            self.year();
        } else if self.is_day(self.at) && self.is_month(self.at + 1) {
            self.at += 2;
            self.year();
        } else if is_figure_date(self.current()) {
            self.at += 1;
        }
        self.at > first
    }

    fn year(&mut self) {
        let comma = usize::from(matches!(self.current(), "," | "."));
        let year = self.word(self.at + comma);
        if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) {
            self.at += comma + 1;
        }
    }

    /// "(AzerTag)", "/AzerTag/", and, in capitals before a slash or dash, "REPORT.AZ".
    fn agency(&mut self) -> bool {
        let closing = match self.current() {
            "(" => ")",
            "/" => "/",
            "[" => "]",
            word if is_capitals(word) && word.len() > 3 => {
                self.at += 1;
                return true;
            }
            _ => return false,
        };
        let first = self.at + 1;
        let close = (first..=first + LONGEST_AGENCY).find(|at| self.word(*at) == closing);
        match close {
            Some(close) if close > first && starts_with_name(self.word(first)) => {
                self.at = close + 1;
                true
            }
            _ => false,
        }
    }

    /// The mark at the end: a dash, or, after a date or agency, a colon or a closing slash.
    fn dash(&mut self, certain: bool) -> bool {
        let word = self.current();
        let dash = match word {
            "--" | "—" | "–" | "―" | "---" => true,
            _ if word.chars().count() == 1 && word.chars().all(is_hyphen) => {
                self.spaced(self.at + 1) && (certain || self.spaced(self.at))
            }
            ":" | "/" => certain,
            _ => false,
        };
        self.at += usize::from(dash);
        // "/AzerTag/" closes a dateline by itself.
        dash || (certain && self.at > 0 && self.word(self.at - 1) == "/")
    }
}

fn is_place_word(word: &str) -> bool {
    starts_with_capital(word) && word.chars().all(|c| c.is_alphabetic() || c == '.' || is_apostrophe(c))
}

fn is_capitals(word: &str) -> bool {
    word.len() > 2
        && word.contains(char::is_uppercase)
        && word.chars().all(|c| c.is_uppercase() || c == '.' || is_apostrophe(c))
}

fn starts_with_name(word: &str) -> bool {
    word.starts_with(char::is_alphanumeric)
}

fn is_figure_date(word: &str) -> bool {
    let mut parts = word.split(['.', '/', '-']);
    word.len() >= 8
        && word.bytes().all(|byte| byte.is_ascii_digit() || b"./-".contains(&byte))
        && parts.by_ref().take(3).all(|part| (1..=4).contains(&part.len()))
        && parts.next().is_none()
}
