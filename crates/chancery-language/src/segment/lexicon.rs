//! The tables that the segmenter reads: abbreviations, words by class, contractions.
//!
//! They are the files of the crate's `data` folder, compiled in and parsed once.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What sort of abbreviation a word is; this decides whether a sentence may end with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AbbreviationKind {
    Title,
    Month,
    Weekday,
    Company,
    Country,
    State,
    Place,
    Time,
    Degree,
    Latin,
    Closing,
    Reference,
    Measure,
    Name,
    Other,
}

/// When the full stop after a word is part of the abbreviation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Condition {
    Always,
    Number,
    Capital,
    Date,
    Comma,
    Measure,
    Continues,
    After(&'static str),
}

/// One line of `abbreviations.tsv`.
#[derive(Debug, Clone)]
pub(super) struct Abbreviation {
    pub(super) kind: AbbreviationKind,
    pub(super) condition: Condition,
    /// The mark at its end, '.' or, for names such as "Yahoo!", '!'.
    pub(super) mark: char,
    needs_capital: bool,
}

/// The classes of `word_classes.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordClass {
    HyphenPrefix = 1,
    Unit = 2,
    Month = 4,
    Weekday = 8,
    TimeZone = 16,
    SentenceStarter = 32,
    ReportingVerb = 64,
    DatelineLabel = 128,
    TopLevelDomain = 256,
    FileExtension = 512,
    HyphenSuffix = 1024,
    NumberedHeading = 2048,
}

/// The tables, ready for look-up.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    abbreviations: HashMap<String, Vec<Abbreviation>>,
    classes: HashMap<&'static str, u16>,
    contractions: HashMap<String, Vec<usize>>,
}

/// Longest word, in bytes, that any table can hold; longer ones are not looked up.
const LONGEST: usize = 24;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::parse(
        include_str!("../../data/abbreviations.tsv"),
        include_str!("../../data/word_classes.tsv"),
        include_str!("../../data/contractions.txt"),
    )
    .0
});

/// The tables that come with the crate.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// A word in lower case with straight apostrophes, on the stack: look-ups allocate nothing.
struct Folded {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Folded {
    fn new(word: &str) -> Option<Folded> {
        let mut folded = Folded { bytes: [0; LONGEST], length: 0 };
        for c in word.chars() {
            let byte = match c {
                c if super::chars::is_apostrophe(c) => b'\'',
                c if c.is_ascii() => c.to_ascii_lowercase() as u8,
                _ => return None,
            };
            *folded.bytes.get_mut(folded.length)? = byte;
            folded.length += 1;
        }
        Some(folded)
    }

    fn as_str(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }
}

impl Lexicon {
    /// Parses the tables; the second part of the result holds the lines that are malformed.
    fn parse(
        abbreviations: &'static str,
        classes: &'static str,
        contractions: &'static str,
    ) -> (Lexicon, Vec<String>) {
        let mut lexicon = Lexicon::default();
        let mut malformed = Vec::new();
        for line in lines(abbreviations) {
            if lexicon.add_abbreviation(line).is_none() {
                malformed.push(line.to_owned());
            }
        }
        for line in lines(classes) {
            match line.split_once('\t').and_then(|(class, word)| Some((word_class(class)?, word))) {
                Some((class, word)) => *lexicon.classes.entry(word).or_default() |= class as u16,
                None => malformed.push(line.to_owned()),
            }
        }
        for line in lines(contractions) {
            let pieces: Vec<usize> = line.split('|').map(|piece| piece.chars().count()).collect();
            if pieces.contains(&0) || !line.is_ascii() {
                malformed.push(line.to_owned());
            } else {
                lexicon.contractions.insert(line.replace('|', ""), pieces);
            }
        }
        (lexicon, malformed)
    }

    fn add_abbreviation(&mut self, line: &'static str) -> Option<()> {
        let mut fields = line.split('\t');
        let (form, kind, condition) = (fields.next()?, fields.next()?, fields.next()?);
        let mark = form.chars().next_back().filter(|c| matches!(c, '.' | '!'))?;
        let word = form.strip_suffix(mark)?;
        let entry = Abbreviation {
            kind: abbreviation_kind(kind)?,
            condition: condition_named(condition)?,
            mark,
            needs_capital: word.chars().next()?.is_uppercase(),
        };
        if fields.next().is_some() || word.len() > LONGEST {
            return None;
        }
        self.abbreviations.entry(word.to_ascii_lowercase()).or_default().push(entry);
        Some(())
    }

    /// The entries for a word, which is given without the mark at its end.
    pub(super) fn abbreviations(&self, word: &str) -> impl Iterator<Item = &Abbreviation> {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        Folded::new(word)
            .and_then(|folded| self.abbreviations.get(folded.as_str()))
            .into_iter()
            .flatten()
            .filter(move |entry| capital || !entry.needs_capital)
    }

    /// Whether the word, spelt just so, belongs to a class.
    pub(super) fn is(&self, word: &str, class: WordClass) -> bool {
        self.classes.get(word).is_some_and(|classes| classes & class as u16 != 0)
    }

    /// Whether the word in lower case belongs to a class.
    pub(super) fn is_folded(&self, word: &str, class: WordClass) -> bool {
        Folded::new(word).is_some_and(|folded| self.is(folded.as_str(), class))
    }

    /// The lengths in characters of the tokens that a word written together consists of.
    ///
    /// Short words in capitals are names ("HES"), not contractions whose apostrophe was left out.
    pub(super) fn contraction(&self, word: &str) -> Option<&[usize]> {
        if word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        self.contractions.get(Folded::new(word)?.as_str()).map(Vec::as_slice)
    }
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn word_class(name: &str) -> Option<WordClass> {
    Some(match name {
        "hyphen_prefix" => WordClass::HyphenPrefix,
        "unit" => WordClass::Unit,
        "month" => WordClass::Month,
        "weekday" => WordClass::Weekday,
        "time_zone" => WordClass::TimeZone,
        "sentence_starter" => WordClass::SentenceStarter,
        "reporting_verb" => WordClass::ReportingVerb,
        "dateline_label" => WordClass::DatelineLabel,
        "top_level_domain" => WordClass::TopLevelDomain,
        "hyphen_suffix" => WordClass::HyphenSuffix,
        "numbered_heading" => WordClass::NumberedHeading,
        "file_extension" => WordClass::FileExtension,
        _ => return None,
    })
}

fn abbreviation_kind(name: &str) -> Option<AbbreviationKind> {
    Some(match name {
        "title" => AbbreviationKind::Title,
        "month" => AbbreviationKind::Month,
        "weekday" => AbbreviationKind::Weekday,
        "company" => AbbreviationKind::Company,
        "country" => AbbreviationKind::Country,
        "state" => AbbreviationKind::State,
        "place" => AbbreviationKind::Place,
        "time" => AbbreviationKind::Time,
        "degree" => AbbreviationKind::Degree,
        "latin" => AbbreviationKind::Latin,
        "closing" => AbbreviationKind::Closing,
        "reference" => AbbreviationKind::Reference,
        "measure" => AbbreviationKind::Measure,
        "name" => AbbreviationKind::Name,
        "other" => AbbreviationKind::Other,
        _ => return None,
    })
}

fn condition_named(name: &'static str) -> Option<Condition> {
    Some(match name {
        "always" => Condition::Always,
        "number" => Condition::Number,
        "capital" => Condition::Capital,
        "date" => Condition::Date,
        "comma" => Condition::Comma,
        "measure" => Condition::Measure,
        "continues" => Condition::Continues,
        _ => Condition::After(name.strip_prefix("after=")?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_read() {
        let (lexicon, malformed) = Lexicon::parse(
            include_str!("../../data/abbreviations.tsv"),
            include_str!("../../data/word_classes.tsv"),
            include_str!("../../data/contractions.txt"),
        );
        assert_eq!(malformed, Vec::<String>::new());
        assert!(lexicon.abbreviations.len() > 200 && lexicon.contractions.len() > 30);
    }

    #[test]
    fn malformed_lines_are_reported() {
        let (_, malformed) = Lexicon::parse("Mr\ttitle\talways\nDr.\tdoctor\talways", "unit km", "do||nt");
        assert_eq!(malformed.len(), 4);
    }

    #[test]
    fn a_form_with_a_capital_needs_one() {
        assert_eq!(lexicon().abbreviations("gen").count(), 0);
        assert_eq!(lexicon().abbreviations("Gen").count(), 1);
        assert_eq!(lexicon().abbreviations("GEN").count(), 1);
        assert_eq!(lexicon().abbreviations("Approx").count(), 1);
    }
}
