//! Citations: an outlet or document and its date, in brackets or in front of a paragraph.
//!
//! "(AzerTag, March 31)" names who reported what stands before it, and when. Analytical reports close a
//! sentence or paragraph with such brackets; press reviews open paragraphs with "Kommersant, June 5:".
//! [`find`] tells them from other brackets (abbreviations, years of office, places, asides) by what stands
//! inside, with the words of `words.tsv` and the outlets, bodies and places of the tables, and says which
//! stretch each one covers. "As Reuters reported on 3 May" is a statement, not a citation: see
//! [`crate::statements`].
//!
//! The convention for the stretch: a citation that closes covers back to the previous citation of its
//! paragraph, else to the paragraph's beginning; one that opens a paragraph covers it to the next
//! citation, else to its end; one that is a paragraph of its own covers the paragraph before.

mod parse;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::ops::Range;

use chancery_core::record::Citation;
use chancery_language::segment::dateline;
use chancery_time::{Anchor, Expression, Form, Precision, Tense, resolve};
use jiff::civil::Date;

use crate::document_date::Dated;
use crate::scene::Scene;

/// A citation found in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct CitationFound {
    /// Bytes of the citation with its brackets; of its own words where several share one pair of brackets.
    pub range: Range<usize>,
    /// The outlet, or the body whose document is cited, as the text has it; none if it is lost.
    pub outlet: Option<String>,
    /// Code of the outlet's country, if the tables know it.
    pub outlet_country: Option<String>,
    /// The date, with its place in the text.
    pub timex: Option<Expression>,
    /// Bytes that it covers.
    pub covers: Range<usize>,
    /// Sentence in which it stands or after which it follows.
    pub sentence: usize,
}

impl CitationFound {
    /// The day or month that the citation states, as ISO 8601; a date without a year is the last such date
    /// not after `latest`, and none if that is not known.
    pub fn date(&self, latest: Option<Date>) -> Option<String> {
        let timex = self.timex.as_ref()?;
        let year_known = matches!(&timex.form,
            Form::Calendar(c) | Form::Interval { to: c, .. } if c.year.is_some());
        let date = match latest {
            Some(date) => date,
            None if year_known => Date::constant(2000, 1, 1),
            None => return None,
        };
        let anchor = Anchor { date, year_known: true };
        let resolved = resolve(timex, &anchor, Tense::Past, None);
        let end = resolved.end.or(resolved.start)?;
        Some(match resolved.precision {
            Precision::Time | Precision::Day => end.to_string(),
            Precision::Month => end.strftime("%Y-%m").to_string(),
            Precision::Year => end.strftime("%Y").to_string(),
            _ => resolved.value,
        })
    }

    /// As the record has it. `dated` is the date of the document, for citations without a year.
    pub fn record(&self, scene: &Scene<'_>, dated: Option<&Dated>) -> Citation {
        Citation {
            text: scene.cut(&self.range).to_owned(),
            span: scene.span(&self.range),
            outlet: self.outlet.clone(),
            date: self.date(dated.map(|d| d.latest)),
            covers: scene.span(&self.covers),
        }
    }
}

/// Where a citation stands in its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    Opens,
    Closes,
    Alone,
}

/// One bracket or opening line with the citations in it.
struct Group {
    range: Range<usize>,
    parts: Vec<parse::Part>,
    position: Position,
    paragraph: usize,
}

/// Longest bracket that is looked into, in bytes.
const LONGEST_BRACKET: usize = 300;
/// Longest citation in front of a paragraph, in bytes.
const LONGEST_OPENING: usize = 90;

/// Finds the citations of a document, in the order of the text.
pub fn find(scene: &Scene<'_>) -> Vec<CitationFound> {
    let paragraphs = paragraphs(scene);
    let mut groups: Vec<Group> = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        // "Kommersant, June 5:" has the form of a dateline, so it is looked for first.
        let opening = opening(scene, paragraph, number);
        let after = match &opening {
            Some(group) => group.range.end,
            None => dateline(scene.text(), paragraph.clone()).map_or(paragraph.start, |d| d.end),
        };
        let opened = opening.is_some();
        groups.extend(opening);
        for bracket in brackets(scene.text(), after..paragraph.end) {
            let parts = parse::bracket(scene, &bracket, paragraph);
            if parts.is_empty() {
                continue;
            }
            let alone = !opened && scene.cut(&(after..bracket.start)).trim().is_empty();
            let rest = scene.cut(&(bracket.end..paragraph.end)).trim_matches(|c: char| !c.is_alphanumeric());
            let position = match (alone, rest.is_empty()) {
                (true, true) => Position::Alone,
                (true, false) => Position::Opens,
                (false, _) => Position::Closes,
            };
            groups.push(Group { range: bracket, parts, position, paragraph: number });
        }
    }
    let mut found = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|b| groups.get(b)).filter(|b| b.paragraph == group.paragraph);
        let after = groups.get(at + 1).filter(|n| n.paragraph == group.paragraph);
        let Some(paragraph) = paragraphs.get(group.paragraph) else { continue };
        let covers = match group.position {
            Position::Opens => group.range.end..after.map_or(paragraph.end, |n| n.range.start),
            // What stands between an opening and a closing citation is covered by both.
            Position::Closes => before.map_or(paragraph.start, |b| b.range.end)..group.range.start,
            Position::Alone => match group.paragraph.checked_sub(1).and_then(|p| paragraphs.get(p)) {
                Some(previous) => {
                    let cited = groups.iter().rfind(|g| g.paragraph + 1 == group.paragraph);
                    cited.map_or(previous.start, |g| g.range.end.min(previous.end))..previous.end
                }
                None => group.range.start..group.range.start,
            },
        };
        let covers = trimmed(scene.text(), covers);
        let single = group.parts.len() == 1;
        for part in &group.parts {
            found.push(CitationFound {
                range: if single { group.range.clone() } else { part.range.clone() },
                outlet: part.outlet.clone(),
                outlet_country: part.country.clone(),
                timex: part.timex.clone(),
                covers: covers.clone(),
                sentence: scene.sentence_at(group.range.start),
            });
        }
    }
    found
}

/// Byte ranges of the paragraphs, each up to the beginning of the next.
fn paragraphs(scene: &Scene<'_>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut current = None;
    for sentence in &scene.analysis.sentences {
        if current != Some(sentence.paragraph) {
            if let Some(last) = out.last_mut() {
                last.end = sentence.range.start;
            }
            out.push(sentence.range.clone());
            current = Some(sentence.paragraph);
        } else if let Some(last) = out.last_mut() {
            last.end = sentence.range.end;
        }
    }
    if let Some(last) = out.last_mut() {
        last.end = scene.text().len();
    }
    out.into_iter().map(|range| trimmed(scene.text(), range)).collect()
}

/// A range without the white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = text.get(range.clone()).unwrap_or("");
    let start = range.start + (inner.len() - inner.trim_start().len());
    start..(start + inner.trim().len())
}

/// Round and square brackets of a stretch, outermost ones that hold no other and are not too long.
fn brackets(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.get(within.clone()).unwrap_or("").char_indices() {
        let at = within.start + at;
        match c {
            '(' | '[' => open = Some((at, if c == '(' { ')' } else { ']' })),
            ')' | ']' => {
                if let Some((start, close)) = open.take()
                    && c == close
                    && at - start <= LONGEST_BRACKET
                {
                    out.push(start..at + 1);
                }
            }
            _ => {}
        }
    }
    out
}

/// A citation in front of a paragraph: "Kommersant, June 5: ...".
fn opening(scene: &Scene<'_>, paragraph: &Range<usize>, number: usize) -> Option<Group> {
    let text = scene.cut(paragraph);
    let colon = text.char_indices().take_while(|(at, _)| *at <= LONGEST_OPENING).find_map(|(at, c)| {
        let next = text.get(at + 1..).and_then(|rest| rest.chars().next());
        (c == ':' && next.is_none_or(char::is_whitespace)).then_some(at)
    })?;
    let head = text.get(..colon)?;
    if head.contains(['\n', '(', '[']) || text.get(colon + 1..)?.trim().is_empty() {
        return None;
    }
    let inner = paragraph.start..paragraph.start + colon;
    let parts = parse::opening(scene, &inner);
    (!parts.is_empty()).then(|| Group {
        range: inner.start..inner.end + 1,
        parts,
        position: Position::Opens,
        paragraph: number,
    })
}
