//! When a document was published, and how that is known.
//!
//! In this order: what the source says; a header line; a date in the dateline; else what the text tells of
//! its own date: weekdays with days of the month, years spoken of as past or to come, reports that it cites,
//! days that it announces. If nothing bounds the date, there is none.

use std::ops::Range;

use chancery_core::ZoneKind;
use chancery_core::record::{DateBasis, Published};
use chancery_language::segment;
use chancery_time::expression::Calendar;
use chancery_time::inference::{Evidence, YearSense, infer_publication};
use chancery_time::{Anchor, Expression, Form, Kind, Tense};
use jiff::civil::{Date, Weekday};

use crate::citations::CitationFound;
use crate::scene::Scene;
use crate::sentence::subtree;
use crate::times::cues::{Cue, is_cue};
use crate::times::dates;
use crate::times::tense::clause_tense;

/// Years among which a date without a year is looked for.
const WINDOW: std::ops::RangeInclusive<i16> = 1900..=2060;
/// A longer range of days than this says too little to be called a date.
const WIDEST_DAYS: i32 = 800;
/// Up to this length of the range its days differ little for the text; beyond it the year is not known.
const YEAR_KNOWN_DAYS: i32 = 250;
/// A dateline and the line of publication stand among so many first paragraphs, or last ones.
const FIRST_PARAGRAPHS: usize = 8;
const LAST_PARAGRAPHS: usize = 2;
/// A line that consists of a date and little else has at most this many words.
const SHORT_LINE: usize = 16;
/// Pieces of evidence that are weighed; a chronicle of a century has more dates than its own date needs.
const MOST_EVIDENCE: usize = 400;

/// A document's date: first and last possible day, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// First possible day.
    pub earliest: Date,
    /// Last possible day.
    pub latest: Date,
    /// How it is known.
    pub basis: DateBasis,
    /// The reasons, in words.
    pub because: Vec<String>,
}

impl Dated {
    /// As the record writes it.
    pub fn published(&self) -> Published {
        Published {
            earliest: self.earliest.to_string(),
            latest: self.latest.to_string(),
            basis: self.basis,
            because: self.because.clone(),
        }
    }

    fn days(&self) -> i32 {
        days(self.earliest, self.latest)
    }
}

/// The day from which a document speaks.
///
/// Of a range it is the first day: what bounds it from below is the last thing that the report tells, and
/// reports appear soon after that.
pub fn anchor(dated: Option<&Dated>) -> Anchor {
    match dated {
        Some(dated) => Anchor {
            date: dated.earliest,
            year_known: dated.days() <= YEAR_KNOWN_DAYS || dated.earliest.year() == dated.latest.year(),
        },
        // Without a year nothing that is counted from this day gets a date.
        None => Anchor { date: Date::new(2000, 1, 1).unwrap_or(Date::MIN), year_known: false },
    }
}

/// Dates a document; none if nothing tells.
pub fn date(scene: &Scene<'_>, timexes: &[Expression], citations: &[CitationFound]) -> Option<Dated> {
    if let Some(range) = scene.document.published {
        let told = Dated {
            earliest: range.start,
            latest: range.end,
            basis: DateBasis::Metadata,
            because: vec!["the source or the user gives the date".to_owned()],
        };
        return Some(narrowed(told, scene, timexes, citations));
    }
    let lines = [
        (labelled_line(scene, timexes), DateBasis::Header, "a header line gives the date"),
        (in_dateline(scene, timexes), DateBasis::Dateline, "the dateline gives the date"),
        (bare_line(scene, timexes), DateBasis::Header, "a line of its own gives the date"),
    ];
    for (found, basis, reason) in lines {
        let Some(expression) = found else { continue };
        let because = vec![format!("{reason}: {}", scene.cut(&expression.range))];
        if let Some((earliest, latest)) = dated_form(&expression.form) {
            return Some(narrowed(Dated { earliest, latest, basis, because }, scene, timexes, citations));
        }
        if let Some((month, day)) = month_and_day(&expression.form) {
            let mut evidence = evidence(scene, timexes, citations);
            evidence.push(Evidence::ExplicitPublication { month, day, year: None });
            if let Some(inferred) = infer(&evidence)
                && inferred.earliest == inferred.latest
            {
                return Some(Dated { basis, because: [because, inferred.because].concat(), ..inferred });
            }
        }
    }
    infer(&evidence(scene, timexes, citations))
}

fn infer(evidence: &[Evidence]) -> Option<Dated> {
    let found = infer_publication(evidence, WINDOW)?;
    let dated = Dated {
        earliest: found.earliest,
        latest: found.latest,
        basis: DateBasis::Inferred,
        because: found.because,
    };
    (dated.days() <= WIDEST_DAYS).then_some(dated)
}

/// A coarse date ("2006", "March 2014") made finer by what the text tells, where both agree.
fn narrowed(told: Dated, scene: &Scene<'_>, timexes: &[Expression], citations: &[CitationFound]) -> Dated {
    if told.days() < 7 {
        return told;
    }
    let mut pieces = evidence(scene, timexes, citations);
    if told.earliest.year() == told.latest.year() {
        pieces.push(Evidence::YearMentioned { year: told.earliest.year(), sense: YearSense::Current });
    }
    let window = told.earliest.year()..=told.latest.year();
    let Some(found) = infer_publication(&pieces, window) else { return told };
    let (earliest, latest) = (found.earliest.max(told.earliest), found.latest.min(told.latest));
    if earliest > latest || (earliest, latest) == (told.earliest, told.latest) {
        return told;
    }
    Dated { earliest, latest, because: [told.because.clone(), found.because].concat(), ..told }
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// First and last day of a form that names its year.
fn dated_form(form: &Form) -> Option<(Date, Date)> {
    match form {
        Form::Calendar(Calendar { year: Some(year), month, day, .. }) => calendar_days(*year, *month, *day),
        Form::Clock { day: Some(day), .. } => dated_form(day),
        _ => None,
    }
}

fn calendar_days(year: i16, month: Option<i8>, day: Option<i8>) -> Option<(Date, Date)> {
    match (month, day) {
        (Some(month), Some(day)) => Date::new(year, month, day).ok().map(|d| (d, d)),
        (Some(month), None) => {
            let first = Date::new(year, month, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        (None, None) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        (None, Some(_)) => None,
    }
}

fn calendar(form: &Form) -> Option<&Calendar> {
    match form {
        Form::Calendar(calendar) => Some(calendar),
        Form::Clock { day: Some(day), .. } => calendar(day),
        _ => None,
    }
}

fn month_and_day(form: &Form) -> Option<(i8, i8)> {
    let calendar = calendar(form)?;
    Some((calendar.month?, calendar.day?))
}

/// The words of a line in small letters, without punctuation.
fn words_of(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

/// Whether a line calls its date that of publication: "Date: 3 March 2014", "Published on ...".
fn is_labelled(line: &str, before: &str) -> bool {
    let mut label = words_of(before);
    let published = words_of(before).any(|w| is_cue(&w, Cue::Publication));
    let other = words_of(before).any(|w| is_cue(&w, Cue::OtherDate));
    let opens = label.next().is_some_and(|w| is_cue(&w, Cue::Publication));
    let short = words_of(line).count() <= SHORT_LINE;
    !other && published && short && (opens || before.trim_end().ends_with(':'))
}

/// The line of the text that holds a byte range, and what stands before the range in it.
fn line_of<'a>(scene: &Scene<'a>, range: &Range<usize>) -> (&'a str, &'a str) {
    let text = scene.text();
    let start = text.get(..range.start).and_then(|t| t.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(range.end..).and_then(|t| t.find('\n')).map_or(text.len(), |at| range.end + at);
    (text.get(start..end).unwrap_or(""), text.get(start..range.start).unwrap_or(""))
}

/// The zone of a byte range: as the source gives it, else as the layout suggests.
fn zone_of(scene: &Scene<'_>, range: &Range<usize>) -> Option<ZoneKind> {
    let zones = &scene.document.zones;
    zones
        .iter()
        .find(|z| z.range.start <= range.start && range.end <= z.range.end)
        .map(|z| z.kind)
        .or_else(|| scene.analysis.sentences.get(scene.sentence_at(range.start)).map(|s| s.zone))
}

/// A date in a header, or in a line that is labelled as that of publication. A labelled one comes first.
fn labelled_line<'t>(scene: &Scene<'_>, timexes: &'t [Expression]) -> Option<&'t Expression> {
    let places_day =
        |e: &&Expression| calendar(&e.form).is_some_and(|c| c.month.is_some() || c.year.is_some());
    let last = last_paragraph(scene);
    let labelled = timexes.iter().filter(places_day).find(|e| {
        let (line, before) = line_of(scene, &e.range);
        let at = paragraph(scene, &e.range);
        let outer = at < FIRST_PARAGRAPHS || at + LAST_PARAGRAPHS > last;
        let dated = calendar(&e.form).is_some_and(|c| c.month.is_some());
        outer && dated && is_labelled(line, before)
    });
    labelled.or_else(|| {
        let header = |e: &&Expression| zone_of(scene, &e.range) == Some(ZoneKind::Header);
        let other =
            |e: &&Expression| !words_of(line_of(scene, &e.range).1).any(|w| is_cue(&w, Cue::OtherDate));
        let mut found: Vec<&Expression> =
            timexes.iter().filter(places_day).filter(header).filter(other).collect();
        // The finest date of the header is its date.
        found.sort_by_key(|e| {
            calendar(&e.form).map_or(3, |c| u8::from(c.day.is_none()) + u8::from(c.month.is_none()))
        });
        found.first().copied()
    })
}

fn paragraph(scene: &Scene<'_>, range: &Range<usize>) -> usize {
    scene.analysis.sentences.get(scene.sentence_at(range.start)).map_or(0, |s| s.paragraph)
}

fn last_paragraph(scene: &Scene<'_>) -> usize {
    scene.analysis.sentences.last().map_or(0, |s| s.paragraph)
}

/// The date in front of the first sentence: "KYIV, 3 March 2014 (Interfax) --".
fn in_dateline<'t>(scene: &Scene<'_>, timexes: &'t [Expression]) -> Option<&'t Expression> {
    let sentences = &scene.analysis.sentences;
    sentences.iter().take_while(|s| s.paragraph < FIRST_PARAGRAPHS).find_map(|s| {
        let range = segment::dateline(scene.text(), s.range.clone())
            .or_else(|| (zone_of(scene, &s.range) == Some(ZoneKind::Dateline)).then(|| s.range.clone()))?;
        timexes
            .iter()
            .filter(|e| range.start <= e.range.start && e.range.end <= range.end)
            .find(|e| month_and_day(&e.form).is_some())
    })
}

/// A full date that makes up most of a short paragraph near the beginning or the end of the text.
fn bare_line<'t>(scene: &Scene<'_>, timexes: &'t [Expression]) -> Option<&'t Expression> {
    let last = last_paragraph(scene);
    timexes.iter().find(|e| {
        let at = paragraph(scene, &e.range);
        let full = calendar(&e.form).is_some_and(|c| c.day.is_some() && c.month.is_some());
        let (line, _) = line_of(scene, &e.range);
        let outer = at < FIRST_PARAGRAPHS / 2 || at + 1 > last;
        full && outer && words_of(line).count() <= 8 && e.range.len() * 2 >= line.trim().len() && last > 0
    })
}

/// What the text says of its own date.
fn evidence(scene: &Scene<'_>, timexes: &[Expression], citations: &[CitationFound]) -> Vec<Evidence> {
    let mut out: Vec<Evidence> = Vec::new();
    for expression in timexes.iter().filter(|e| matches!(e.kind, Kind::Date | Kind::Time)) {
        let cited = citations.iter().any(|c| dates(c, &expression.range));
        for piece in pieces(scene, expression, cited) {
            if !out.contains(&piece) {
                out.push(piece);
            }
        }
        if out.len() >= MOST_EVIDENCE {
            break;
        }
    }
    out
}

fn pieces(scene: &Scene<'_>, expression: &Expression, cited: bool) -> Vec<Evidence> {
    let Some(Calendar { year, month, day, weekday }) = dates_of(&expression.form) else { return Vec::new() };
    let mut out = Vec::new();
    if let (Some(weekday), Some(month), Some(day), None) = (weekday, month, day, year)
        && let Ok(weekday) = Weekday::from_monday_one_offset(weekday)
    {
        out.push(Evidence::WeekdayDay { weekday, month, day });
    }
    if cited {
        match (month, day, year) {
            (Some(month), Some(day), year) => out.push(Evidence::CitedReport { month, day, year }),
            (_, _, Some(year)) => out.push(Evidence::YearMentioned { year, sense: YearSense::Past }),
            _ => {}
        }
        return out;
    }
    let sense = sense(scene, expression);
    match (month, day, sense) {
        (Some(month), Some(day), Some(YearSense::Past)) => out.push(Evidence::PastDay { month, day, year }),
        (Some(month), Some(day), Some(YearSense::Future)) => {
            out.push(Evidence::FutureDay { month, day, year })
        }
        _ => {}
    }
    if let (Some(year), Some(sense)) = (year, sense) {
        out.push(Evidence::YearMentioned { year, sense });
    }
    out
}

fn dates_of(form: &Form) -> Option<Calendar> {
    match form {
        Form::Calendar(calendar) => Some(*calendar),
        Form::Clock { day: Some(day), .. } => dates_of(day),
        Form::Within { part, whole } => match (dates_of(part), dates_of(whole)) {
            (Some(part), Some(whole)) => Some(Calendar { year: part.year.or(whole.year), ..part }),
            (part, whole) => part.or(whole),
        },
        Form::YearPart { year: Some(year), .. } => {
            Some(Calendar { year: Some(*year), ..Calendar::default() })
        }
        _ => None,
    }
}

/// Words in front of a date among which a word of outlook ("possible", "expected") is looked for.
const OUTLOOK_REACH: usize = 5;

/// Whether the text looks back or ahead to a date; none if it does not tell.
fn sense(scene: &Scene<'_>, expression: &Expression) -> Option<YearSense> {
    let a = scene.analysis;
    let head = (scene.word_at(expression.range.start)..a.tokens.len())
        .take_while(|w| a.tokens.get(*w).is_some_and(|t| t.range.start < expression.range.end))
        .find(|w| {
            a.head(*w).is_none_or(|h| !a.tokens.get(h).is_some_and(|t| overlaps(&t.range, &expression.range)))
        })?;
    let governor = a.head(head);
    // "A possible breakthrough in 2006": the noun's own words look ahead.
    if let Some(noun) = governor.filter(|g| matches!(a.upos(*g), "NOUN" | "PROPN")) {
        let words = subtree(a, noun, &|w| w == head);
        if words.iter().any(|w| is_cue(&scene.form(*w).to_lowercase(), Cue::Outlook)) {
            return Some(YearSense::Future);
        }
    }
    // The parse may hang the year on the verb instead: "remain optimistic about a possible breakthrough in 2006".
    let first = a.sentences.get(a.tokens.get(head)?.sentence)?.tokens.start;
    let before = head.saturating_sub(OUTLOOK_REACH).max(first)..head;
    if before.into_iter().any(|w| is_cue(&scene.form(w).to_lowercase(), Cue::Outlook)) {
        return Some(YearSense::Future);
    }
    match clause_tense(a, head) {
        Tense::Past => Some(YearSense::Past),
        Tense::Future => Some(YearSense::Future),
        Tense::Present | Tense::Unknown => None,
    }
}

fn overlaps(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

#[cfg(test)]
mod tests;
