//! The words of time, read once from the tables in `data/`.

use crate::calendar::{DayPart, Season, Unit};
use crate::expression::{Deictic, Modifier, Signal, Vague};
use crate::holiday::Rule;
use crate::token::{Shape, Token, tokens};
use std::collections::HashMap;
use std::sync::LazyLock;

const WORDS: &str = include_str!("../data/words.tsv");
const HOLIDAYS: &str = include_str!("../data/holidays.tsv");
/// No entry of the tables is longer than this many bytes; longer words of a text are not looked up.
const LONGEST_WORD: usize = 24;

/// A line of a table that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line} of the time tables: {problem}: {content:?}")]
pub(crate) struct TableError {
    line: usize,
    problem: &'static str,
    content: String,
}

/// What one word can mean; a word may have several meanings.
#[derive(Debug, Default, Clone)]
pub(crate) struct Entry {
    pub(crate) month: Option<i8>,
    pub(crate) month_is_ambiguous: bool,
    pub(crate) month_abbreviation: Option<i8>,
    pub(crate) weekday: Option<i8>,
    pub(crate) weekday_plural: Option<i8>,
    pub(crate) weekday_abbreviation: Option<i8>,
    pub(crate) cardinal: Option<u32>,
    pub(crate) ordinal: Option<u32>,
    pub(crate) unit: Option<Unit>,
    pub(crate) unit_plural: Option<Unit>,
    pub(crate) season: Option<Season>,
    pub(crate) season_plural: Option<Season>,
    pub(crate) part_of_day: Option<DayPart>,
    pub(crate) part_of_day_plural: Option<DayPart>,
    pub(crate) hour_name: Option<i8>,
    pub(crate) deictic: Option<Deictic>,
    pub(crate) modifier: Option<Modifier>,
    pub(crate) part: Option<Part>,
    pub(crate) filler: bool,
    pub(crate) frequency: Option<&'static str>,
    pub(crate) times: Option<u32>,
    pub(crate) decade: Option<i16>,
    pub(crate) zone: Option<i16>,
    pub(crate) signal: Option<Signal>,
    pub(crate) counted: bool,
    pub(crate) numbered: bool,
    pub(crate) introducer: bool,
    /// The phrases of several tokens, or with a meaning of their own, that begin with this word.
    phrases: Vec<Phrase>,
}

/// The part of a unit that "the end of" and the like name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Modified(Modifier),
    /// "In the course of": no modification.
    Whole,
    /// "On the eve of": the day before.
    Eve,
}

/// What a whole phrase means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meaning {
    /// A day counted from that of the report, and the part of it ("tonight").
    Day(i32, Option<DayPart>),
    Vague(Vague),
    Modifier(Modifier),
    /// An amount; `None` is vague.
    Quantity(Option<u32>),
    Holiday(Rule),
    Part(Part),
    Signal(Signal),
    Zone,
}

#[derive(Debug, Clone)]
struct Phrase {
    /// The tokens in lower case, with whether white space stands before each.
    tokens: Vec<(String, bool)>,
    meaning: Meaning,
}

/// All tables.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    entries: HashMap<String, Entry>,
}

/// The tables of this crate. Tests hold that they can be read whole.
pub(crate) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(WORDS, HOLIDAYS).unwrap_or_default());

impl Lexicon {
    fn read(words: &'static str, holidays: &'static str) -> Result<Self, TableError> {
        let mut lexicon = Self::default();
        for (line, content) in lines(words) {
            let mut columns = content.split('\t');
            let (class, word, value) = (
                columns.next().unwrap_or_default(),
                columns.next().unwrap_or_default(),
                columns.next().unwrap_or_default(),
            );
            lexicon.add(class, word, value).ok_or(TableError {
                line,
                problem: "unknown class or value",
                content: content.to_owned(),
            })?;
        }
        for (line, content) in lines(holidays) {
            let error = |problem| TableError { line, problem, content: content.to_owned() };
            let (name, rule) = content.split_once('\t').ok_or_else(|| error("two columns are needed"))?;
            let rule = Rule::parse(rule).ok_or_else(|| error("unknown rule"))?;
            lexicon.add_phrase(name, Meaning::Holiday(rule)).ok_or_else(|| error("empty name"))?;
        }
        Ok(lexicon)
    }

    fn add(&mut self, class: &str, word: &'static str, value: &'static str) -> Option<()> {
        if word.is_empty() {
            return None;
        }
        let phrase = match class {
            "day" => {
                let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                let part = value.get(digits.len()..).unwrap_or_default();
                let part = if part.is_empty() { None } else { Some(DayPart::parse(part)?) };
                Some(Meaning::Day(digits.parse().ok()?, part))
            }
            "vague" => Some(Meaning::Vague(Vague::parse(value)?)),
            "quantity" => {
                Some(Meaning::Quantity(if value == "X" { None } else { Some(value.parse().ok()?) }))
            }
            "zone-phrase" => Some(Meaning::Zone),
            "modifier" if word.contains(' ') => Some(Meaning::Modifier(Modifier::parse(value)?)),
            "part" if word.contains(' ') => Some(Meaning::Part(Part::parse(value)?)),
            "signal" if word.contains(' ') => Some(Meaning::Signal(Signal::parse(value)?)),
            _ => None,
        };
        if let Some(meaning) = phrase {
            return self.add_phrase(word, meaning);
        }
        let entry = self.entries.entry(word.to_owned()).or_default();
        match class {
            "month" => entry.month = Some(value.parse().ok()?),
            "ambiguous-month" => entry.month_is_ambiguous = true,
            "month-abbreviation" => entry.month_abbreviation = Some(value.parse().ok()?),
            "weekday" => entry.weekday = Some(value.parse().ok()?),
            "weekday-plural" => entry.weekday_plural = Some(value.parse().ok()?),
            "weekday-abbreviation" => entry.weekday_abbreviation = Some(value.parse().ok()?),
            "cardinal" => entry.cardinal = Some(value.parse().ok()?),
            "ordinal" => entry.ordinal = Some(value.parse().ok()?),
            "unit" => entry.unit = Some(Unit::parse(value)?),
            "unit-plural" => entry.unit_plural = Some(Unit::parse(value)?),
            "season" => entry.season = Some(Season::parse(value)?),
            "season-plural" => entry.season_plural = Some(Season::parse(value)?),
            "daypart" => entry.part_of_day = Some(DayPart::parse(value)?),
            "daypart-plural" => entry.part_of_day_plural = Some(DayPart::parse(value)?),
            "hour-name" => entry.hour_name = Some(value.parse().ok()?),
            "deictic" => entry.deictic = Some(Deictic::parse(value)?),
            "modifier" => entry.modifier = Some(Modifier::parse(value)?),
            "part" => entry.part = Some(Part::parse(value)?),
            "filler" => entry.filler = true,
            "frequency" => entry.frequency = Some(value),
            "times" => entry.times = Some(value.parse().ok()?),
            "decade" => entry.decade = Some(value.parse().ok()?),
            "zone" => entry.zone = Some(value.parse().ok()?),
            "signal" => entry.signal = Some(Signal::parse(value)?),
            "counted" => entry.counted = true,
            "numbered" => entry.numbered = true,
            "introducer" => entry.introducer = true,
            _ => return None,
        }
        Some(())
    }

    fn add_phrase(&mut self, phrase: &str, meaning: Meaning) -> Option<()> {
        let parts: Vec<(String, bool)> = tokens(phrase)
            .into_iter()
            .map(|t| (phrase.get(t.range.clone()).unwrap_or_default().to_owned(), t.spaced))
            .collect();
        let first = parts.first()?.0.clone();
        self.entries.entry(first).or_default().phrases.push(Phrase { tokens: parts, meaning });
        Some(())
    }

    /// The entry of a word, whatever its case.
    pub(crate) fn entry(&self, word: &str) -> Option<&Entry> {
        let mut buffer = [0u8; LONGEST_WORD];
        let lower = buffer.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        self.entries.get(std::str::from_utf8(lower).ok()?)
    }
}

impl Entry {
    /// The phrases that stand at `at`, longest first, each with the index of the token after it.
    pub(crate) fn phrases_at(&self, text: &str, tokens: &[Token], at: usize) -> Vec<(&Meaning, usize)> {
        let mut matches: Vec<(&Meaning, usize)> = self
            .phrases
            .iter()
            .filter(|phrase| phrase.stands_at(text, tokens, at))
            .map(|phrase| (&phrase.meaning, at + phrase.tokens.len()))
            .collect();
        matches.sort_by_key(|(_, next)| std::cmp::Reverse(*next));
        matches
    }
}

impl Phrase {
    fn stands_at(&self, text: &str, tokens: &[Token], at: usize) -> bool {
        self.tokens.iter().enumerate().all(|(offset, (expected, spaced))| {
            tokens.get(at + offset).is_some_and(|token| {
                let same = match token.shape {
                    Shape::Mark(mark) => {
                        let mut expected = expected.chars();
                        expected.next() == Some(mark) && expected.next().is_none()
                    }
                    _ => {
                        text.get(token.range.clone()).is_some_and(|word| word.eq_ignore_ascii_case(expected))
                    }
                };
                same && (offset == 0 || token.spaced == *spaced)
            })
        })
    }
}

impl Part {
    fn parse(value: &str) -> Option<Self> {
        match value {
            "NONE" => Some(Self::Whole),
            "EVE" => Some(Self::Eve),
            other => Modifier::parse(other).map(Self::Modified),
        }
    }
}

/// The lines of a table that hold something, with their numbers.
pub(crate) fn lines(table: &'static str) -> impl Iterator<Item = (usize, &'static str)> {
    table
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole() {
        let lexicon = Lexicon::read(WORDS, HOLIDAYS).unwrap();
        assert_eq!(lexicon.entry("APRIL").unwrap().month, Some(4));
        assert!(lexicon.entries.keys().all(|word| word.len() <= LONGEST_WORD));
    }

    #[test]
    fn a_bad_line_is_named() {
        assert_eq!(Lexicon::read("month\tbrumaire\ttwo", "").unwrap_err().line, 1);
        assert_eq!(Lexicon::read("", "some day\tnever").unwrap_err().problem, "unknown rule");
    }
}
