//! The form of a gold chronicle, and where its words stand in the report.

use std::ops::Range;

use chancery_core::{Act, Mode, Status};
use serde::Deserialize;

/// A line of a gold chronicle.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Line {
    /// What is known of the report as a whole.
    Document(Dating),
    /// A person who is named.
    Person(Person),
    /// An event mention.
    Event(Box<Event>),
    /// A place where nothing happened.
    NotEvent(NotEvent),
    /// A citation.
    Citation(Citation),
    /// A statement.
    Statement(Statement),
}

/// The range in which the date of the report lies.
#[derive(Debug, Deserialize)]
pub struct Dating {
    /// First day, ISO 8601.
    pub date_earliest: Option<String>,
    /// Last day.
    pub date_latest: Option<String>,
}

/// A person who is named.
#[derive(Debug, Deserialize)]
pub struct Person {
    /// As the report writes the name.
    pub name: String,
    /// As it is usually written.
    pub canonical: Option<String>,
    /// Country code.
    pub country: Option<String>,
}

/// An actor or recipient.
#[derive(Debug, Deserialize)]
pub struct Participant {
    /// Country code.
    pub country: Option<String>,
}

/// Days.
#[derive(Debug, Deserialize)]
pub struct Days {
    /// First day.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
}

/// A place.
#[derive(Debug, Deserialize)]
pub struct Place {
    /// As the report names it.
    pub text: Option<String>,
    /// Country code.
    pub country: Option<String>,
    /// GeoNames number.
    pub geonameid: Option<u32>,
}

/// Who says so.
#[derive(Debug, Deserialize)]
pub struct Attribution {
    /// A person or body.
    pub speaker: Option<String>,
    /// An outlet or document.
    pub outlet: Option<String>,
    /// Its date.
    pub outlet_date: Option<String>,
}

/// An event mention.
#[derive(Debug, Deserialize)]
pub struct Event {
    /// Its name in the gold file.
    pub id: String,
    /// Words of the report around the trigger.
    pub sentence: String,
    /// The word that tells of the act.
    pub trigger: String,
    /// The act.
    pub act: Act,
    /// Acts that are right too.
    #[serde(default)]
    pub act_also: Vec<Act>,
    /// The mode.
    pub mode: Option<Mode>,
    /// The status.
    pub status: Status,
    /// Statuses that are right too.
    #[serde(default)]
    pub status_also: Vec<Status>,
    /// CAMEO codes of which one is right.
    #[serde(default)]
    pub cameo: Vec<String>,
    /// Who acts.
    #[serde(default)]
    pub actors: Vec<Participant>,
    /// To whom.
    #[serde(default)]
    pub recipients: Vec<Participant>,
    /// Whether they do it with each other.
    #[serde(default)]
    pub reciprocal: bool,
    /// When.
    pub date: Option<Days>,
    /// Where.
    pub place: Option<Place>,
    /// Who says so.
    pub attribution: Option<Attribution>,
    /// Right if coded, not missed if not.
    #[serde(default)]
    pub optional: bool,
    /// The event that this is another mention of.
    pub same_as: Option<String>,
}

impl Event {
    /// Whether a reading must have it.
    pub fn required(&self) -> bool {
        !self.optional && self.same_as.is_none()
    }
}

/// A place where nothing happened.
#[derive(Debug, Deserialize)]
pub struct NotEvent {
    /// Its name in the gold file.
    pub id: String,
    /// The words.
    pub sentence: String,
}

/// A citation.
#[derive(Debug, Deserialize)]
pub struct Citation {
    /// The words.
    pub text: String,
    /// The outlet, unless the citation lost it.
    pub outlet: Option<String>,
    /// Its date.
    pub date: Option<String>,
}

/// A statement.
#[derive(Debug, Deserialize)]
pub struct Statement {
    /// Who said it.
    pub speaker: String,
    /// Words of what was said.
    pub quote: String,
}

/// The report's text in characters, for finding the words of the gold file in it.
#[derive(Debug)]
pub struct Text {
    characters: Vec<char>,
    /// Folded characters: lower case, plain quotation marks, no white space; with where each stands.
    folded: Vec<(char, usize)>,
}

fn fold(character: char) -> Option<char> {
    match character {
        '“' | '”' | '„' | '«' | '»' => Some('"'),
        '’' | '‘' | 'ʼ' => Some('\''),
        c if c.is_whitespace() => None,
        c => c.to_lowercase().next(),
    }
}

impl Text {
    /// Makes a text ready to be searched.
    pub fn new(text: &str) -> Text {
        let characters: Vec<char> = text.chars().collect();
        let folded = characters.iter().enumerate().filter_map(|(at, c)| Some((fold(*c)?, at))).collect();
        Text { characters, folded }
    }

    /// Where the words stand, in characters; the longest beginning of them that stands anywhere, if that is at
    /// least half of them.
    pub fn find(&self, words: &str) -> Option<Range<usize>> {
        let wanted: Vec<char> = words.chars().filter_map(fold).collect();
        let mut best: Option<(usize, usize)> = None;
        for start in 0..self.folded.len() {
            let same = self.folded[start..].iter().zip(&wanted).take_while(|((c, _), w)| c == *w).count();
            if same > best.map_or(0, |(_, length)| length) {
                best = Some((start, same));
            }
        }
        let (start, length) = best.filter(|(_, length)| length * 2 >= wanted.len() && *length > 0)?;
        Some(self.folded[start].1..self.folded[start + length - 1].1 + 1)
    }

    /// Where a word stands inside a range, in characters: the first place where it is a word of its own.
    pub fn find_word(&self, word: &str, within: &Range<usize>) -> Option<Range<usize>> {
        let wanted: Vec<char> = word.chars().collect();
        let text = self.characters.get(within.clone())?;
        let is_letter =
            |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| c.is_alphanumeric());
        (0..text.len())
            .find(|at| {
                text[*at..].starts_with(&wanted)
                    && !is_letter(at.checked_sub(1))
                    && !is_letter(Some(at + wanted.len()))
            })
            .map(|at| within.start + at..within.start + at + wanted.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_quotes_and_breaks() {
        let text = Text::new("The envoy said:\n“We will\nnot go.” He left.");
        assert_eq!(text.find("\"We will not go.\""), Some(16..33));
        assert_eq!(text.find("he left [for Lima]"), None);
        assert_eq!(text.find("will not go.” He left [for]"), Some(20..41));
        assert_eq!(text.find("nowhere at all"), None);
    }

    #[test]
    fn a_word_is_a_word_of_its_own() {
        let text = Text::new("revisit, then visit");
        assert_eq!(text.find_word("visit", &(0..19)), Some(14..19));
        assert_eq!(text.find_word("visit", &(0..13)), None);
    }

    #[test]
    fn every_kind_of_line_is_read() {
        let lines = [
            r#"{"kind":"event","id":"E1","sentence":"s","trigger":"t","act":"CONSULT","status":"planned","mode":"third-party"}"#,
            r#"{"kind":"not_event","id":"N1","sentence":"s","why":"w"}"#,
            r#"{"kind":"citation","text":"(, May 3)","outlet":null,"date":"2001-05-03"}"#,
            r#"{"kind":"document","date_earliest":"2001-05-03","date_latest":"2001-05-04"}"#,
        ];
        for line in lines {
            assert!(serde_json::from_str::<Line>(line).is_ok(), "{line}");
        }
    }
}
