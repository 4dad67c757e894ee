//! The form of `corpus/GUIDELINES.md`: blocks of `#`, `S` and `E` lines.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::Range;
use std::path::Path;
use std::str::FromStr;

use chancery_core::{Act, Mode, StatusParts};

use crate::{CorpusError, Document, Field, Mention, Relation, Sentence};

/// Reads a file of the corpus.
///
/// # Errors
/// [`CorpusError`] names the file, and the line that is not of the form.
pub fn read(path: &Path) -> Result<Vec<Document>, CorpusError> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|source| CorpusError::Unreadable { path: name.clone(), source })?;
    parse(&name, &text)
}

/// Reads the text of a file; `path` is only named in errors.
///
/// A block with a `document` or `report` attribute begins a document that runs to the next such block; a block
/// outside of any is a document of its own.
///
/// # Errors
/// [`CorpusError::Form`] at the first line that is not of the form.
pub fn parse(path: &str, text: &str) -> Result<Vec<Document>, CorpusError> {
    let mut documents: Vec<Document> = Vec::new();
    let mut block = Block::default();
    for (at, line) in text.lines().chain(std::iter::once("")).enumerate() {
        let fail = |problem: String| CorpusError::Form { path: path.to_owned(), line: at + 1, problem };
        let line = line.trim_end();
        if line.is_empty() {
            std::mem::take(&mut block).end(path, &mut documents);
        } else if let Some(attributes) = line.strip_prefix("# ") {
            block.attributes.extend(
                attributes
                    .split_whitespace()
                    .filter_map(|field| field.split_once('='))
                    .map(|(key, value)| (key.to_owned(), value.to_owned())),
            );
        } else if let Some(sentence) = line.strip_prefix("S ") {
            if block.sentence.is_some() {
                return Err(fail("a second S line in one block".into()));
            }
            block.sentence = Some((at + 1, sentence.trim().to_owned()));
        } else if let Some(event) = line.strip_prefix("E ") {
            let (_, sentence) = block
                .sentence
                .as_ref()
                .ok_or_else(|| fail("an E line before the S line of its block".into()))?;
            let mention = mention(sentence, event, at + 1).map_err(fail)?;
            block.mentions.push(mention);
        } else {
            return Err(fail(format!("neither a #, an S nor an E line: {line:?}")));
        }
    }
    Ok(documents)
}

#[derive(Debug, Default)]
struct Block {
    attributes: BTreeMap<String, String>,
    sentence: Option<(usize, String)>,
    mentions: Vec<Mention>,
}

impl Block {
    fn end(self, path: &str, documents: &mut Vec<Document>) {
        let Some((line, text)) = self.sentence else { return };
        let title = self.attributes.get("document").or_else(|| self.attributes.get("report"));
        let together =
            |d: &Document| d.attributes.contains_key("document") || d.attributes.contains_key("report");
        let begins = title.is_some() || documents.last().is_none_or(|last| !together(last));
        let sentence = Sentence { line, text, attributes: self.attributes.clone(), mentions: self.mentions };
        if begins {
            let name = title.map_or_else(|| format!("{path}:{line}"), |title| format!("{path}: {title}"));
            documents.push(Document { name, attributes: self.attributes, sentences: vec![sentence] });
        } else if let Some(last) = documents.last_mut() {
            last.sentences.push(sentence);
        }
    }
}

fn mention(sentence: &str, line: &str, number: usize) -> Result<Mention, String> {
    let mut parts = line.split('|').map(str::trim);
    let trigger = parts.next().unwrap_or_default();
    let trigger = find(sentence, trigger).ok_or_else(|| absent("the trigger", trigger))?;
    let (act, mode) = {
        let kind = parts.next().ok_or("no act after the trigger")?;
        let (act, mode) = kind.split_once('/').map_or((kind, None), |(act, mode)| (act, Some(mode)));
        (closed::<Act>(act)?, mode.map(closed::<Mode>).transpose()?)
    };
    let mut mention = Mention {
        line: number,
        trigger,
        act,
        mode,
        status: StatusParts::default(),
        reciprocal: false,
        stance: None,
        fields: Vec::new(),
        outside: Vec::new(),
        links: Vec::new(),
    };
    for part in parts {
        let (key, value) =
            part.split_once(':').ok_or_else(|| format!("a field without a colon: {part:?}"))?;
        field(sentence, &mut mention, key.trim(), value.trim())?;
    }
    Ok(mention)
}

fn field(sentence: &str, mention: &mut Mention, key: &str, value: &str) -> Result<(), String> {
    match key {
        "polarity" => mention.status.polarity = closed(value)?,
        "modality" => mention.status.modality = closed(value)?,
        "aspect" => mention.status.aspect = closed(value)?,
        "disposition" => mention.status.disposition = Some(closed(value)?),
        "background" => mention.status.background = yes(value)?,
        "reciprocal" => mention.reciprocal = yes(value)?,
        "stance" => {
            if !["asserts", "denies", "doubts", "claims"].contains(&value) {
                return Err(format!("stance cannot be {value:?}"));
            }
            mention.stance = Some(value.to_owned());
        }
        "link" => {
            let (relation, target) = value.split_once(' ').unwrap_or((value, ""));
            let relation = Relation::of(relation).ok_or_else(|| format!("no such link: {relation:?}"))?;
            let target = find(sentence, target.trim()).ok_or_else(|| absent("the link", target))?;
            mention.links.push((relation, target));
        }
        _ => {
            let field = Field::of(key).ok_or_else(|| format!("no such field: {key:?}"))?;
            let (words, before) = value.split_once("=>").map_or((value, None), |(w, b)| (w.trim(), Some(b)));
            if let Some(before) = before {
                mention.outside.push((field, before.trim().to_owned()));
            }
            if !words.is_empty() {
                let span = find(sentence, words).ok_or_else(|| absent(key, words))?;
                mention.fields.push((field, span));
            } else if before.is_none() {
                return Err(format!("the field {key} is empty"));
            }
        }
    }
    Ok(())
}

fn absent(what: &str, words: &str) -> String {
    format!("{what}: {words:?} does not stand in the sentence as words of its own")
}

fn closed<T>(word: &str) -> Result<T, String>
where
    T: FromStr,
    T::Err: Display,
{
    word.parse().map_err(|unknown: T::Err| unknown.to_string())
}

fn yes(word: &str) -> Result<bool, String> {
    match word {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(format!("yes or no expected, not {word:?}")),
    }
}

/// Where words stand in a sentence with no letter or digit joined to them; `words@2` is the second place.
fn find(sentence: &str, words: &str) -> Option<Range<usize>> {
    let (words, nth) = match words.rsplit_once('@') {
        Some((words, nth)) if nth.bytes().all(|b| b.is_ascii_digit()) && !nth.is_empty() => {
            (words, nth.parse::<usize>().ok()?)
        }
        _ => (words, 1),
    };
    if words.is_empty() {
        return None;
    }
    let joined = |c: char| c.is_alphanumeric() || c == '_';
    sentence
        .match_indices(words)
        .map(|(at, found)| at..at + found.len())
        .filter(|range| {
            let before = sentence.get(..range.start).and_then(|s| s.chars().next_back());
            let after = sentence.get(range.end..).and_then(|s| s.chars().next());
            !before.is_some_and(joined) && !after.is_some_and(joined)
        })
        .nth(nth.checked_sub(1)?)
}

#[cfg(test)]
mod tests {
    use chancery_core::{Modality, Polarity};
    use proptest::prelude::*;

    use super::*;

    const REPORT: &str = "\
# report=port-strike register=wire year=2011
S Dockers in Durban walked out on Monday, the union said.
E walked | PROTEST/strike | actor: Dockers in Durban | place: in Durban | time: on Monday | holder: the union | cue: said | stance: asserts

S They asked the minister not to send police, and the minister sent none.
E asked | REQUEST | actor: They => Dockers in Durban | recipient: the minister
E send | MOBILIZE/police | actor: the minister | modality: requested | polarity: negated | link: content_of asked
E sent | MOBILIZE/police | actor: the minister@2 | polarity: negated | recipient: => Dockers

# report=next
S Nothing came of it.
";

    #[test]
    fn a_report_is_one_document() {
        let documents = parse("x.txt", REPORT).unwrap();
        assert_eq!(documents.len(), 2);
        assert_eq!(documents[0].name, "x.txt: port-strike");
        let [first, second] = documents[0].sentences.as_slice() else { panic!("two sentences") };
        assert_eq!(first.attributes["register"], "wire");
        let walked = &first.mentions[0];
        assert_eq!(&first.text[walked.trigger.clone()], "walked");
        assert_eq!(walked.mode, Some(Mode::Strike));
        assert_eq!(walked.stance.as_deref(), Some("asserts"));
        let asked = &second.mentions[0];
        assert_eq!(asked.outside, [(Field::Actor, "Dockers in Durban".to_owned())]);
        let send = &second.mentions[1];
        assert_eq!(send.status.modality, Modality::Requested);
        assert_eq!(send.status.polarity, Polarity::Negated);
        assert_eq!(send.links, [(Relation::ContentOf, asked.trigger.clone())]);
        let sent = &second.mentions[2];
        assert_eq!(
            sent.spans(Field::Actor).next().unwrap().start,
            second.text.rfind("the minister").unwrap()
        );
        assert_eq!(sent.spans(Field::Recipient).count(), 0);
    }

    #[test]
    fn single_sentences_are_documents_of_their_own() {
        let documents = parse("x.txt", "S One.\n\n# year=1999\nS Two.\n").unwrap();
        assert_eq!(documents.iter().map(|d| d.sentences.len()).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(documents[1].name, "x.txt:4");
    }

    #[test]
    fn faults_name_the_line() {
        for (text, line, says) in [
            ("S Peru left.\nE went | RETREAT", 2, "does not stand"),
            ("S Peru left.\nE left | LEAVE", 2, "no act"),
            ("S Peru left.\nE left | RETREAT | actor Peru", 2, "without a colon"),
            ("S Peru left.\nE left | RETREAT | actor:", 2, "empty"),
            ("S Peru left.\nE left | RETREAT | who: Peru", 2, "no such field"),
            ("\nE left | RETREAT", 2, "before the S line"),
            ("S a\nS b", 2, "second S line"),
            ("Peru left.", 1, "neither"),
        ] {
            let fault = parse("x.txt", text).unwrap_err().to_string();
            assert!(fault.starts_with(&format!("x.txt, line {line}:")) && fault.contains(says), "{fault}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,80}", lines in "([SE#] [ -~|:@=>é]{0,40}\n){0,6}") {
            let _ = parse("x", &text);
            if let Ok(documents) = parse("x", &lines) {
                for sentence in documents.iter().flat_map(|d| &d.sentences) {
                    for mention in &sentence.mentions {
                        prop_assert!(sentence.text.get(mention.trigger.clone()).is_some());
                        for (_, span) in &mention.fields {
                            prop_assert!(sentence.text.get(span.clone()).is_some());
                        }
                    }
                }
            }
        }
    }
}
