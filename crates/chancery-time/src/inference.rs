//! When a report was published, from what it says itself.
//!
//! Each piece of evidence allows some days of publication and forbids others.
//! The days that carry most of the evidence are the answer; what they do not
//! carry is named as left aside. A day without a year is the nearest one on its
//! side: a report tells what happened in the half year before it and announces
//! what comes in the half year after it.

use crate::expression::Calendar;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use std::ops::RangeInclusive;

/// How far before or after publication a day without a year is looked for, in days.
const NEAR: i64 = 182;
/// What a report says of its own date outweighs all that is inferred.
const EXPLICIT_WEIGHT: i32 = 1000;
/// A stretch of days longer than this leaves the year open.
const YEAR: usize = 366;

/// Something that a report says and that bounds its date of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// The report says itself when it was published: header, dateline, metadata.
    ExplicitPublication {
        /// 1 to 12.
        month: i8,
        /// Day of the month.
        day: i8,
        /// The year, where said.
        year: Option<i16>,
    },
    /// A weekday with a day of the month: "Friday, April 7".
    WeekdayDay {
        /// The weekday.
        weekday: Weekday,
        /// 1 to 12.
        month: i8,
        /// Day of the month.
        day: i8,
    },
    /// A year is named.
    YearMentioned {
        /// The year.
        year: i16,
        /// How the text stands to it.
        sense: YearSense,
    },
    /// Something happened on a day: published then or later.
    PastDay {
        /// 1 to 12.
        month: i8,
        /// Day of the month.
        day: i8,
        /// The year, where said.
        year: Option<i16>,
    },
    /// A report of a day is cited: published then or later.
    CitedReport {
        /// 1 to 12.
        month: i8,
        /// Day of the month.
        day: i8,
        /// The year, where said.
        year: Option<i16>,
    },
    /// Something is announced for a day: published then or earlier.
    FutureDay {
        /// 1 to 12.
        month: i8,
        /// Day of the month.
        day: i8,
        /// The year, where said.
        year: Option<i16>,
    },
}

/// How a text stands to a year that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearSense {
    /// The year has begun or is over: "was founded in 1996".
    Past,
    /// The year runs: "so far in 2006".
    Current,
    /// A forecast or plan for the year: "a breakthrough in 2006". It may run already.
    Future,
}

/// When a report was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inference {
    /// The first day that comes into question.
    pub earliest: Date,
    /// The last day that comes into question.
    pub latest: Date,
    /// The reasons, in words for a reader.
    pub because: Vec<String>,
}

/// Infers when a report was published, within the years of `window`.
///
/// None if there is no evidence that bounds anything, or the window is empty. If several stretches of days carry the
/// evidence equally well, the range goes from the first to the last of them and a reason says so.
#[must_use]
pub fn infer_publication(evidence: &[Evidence], window: RangeInclusive<i16>) -> Option<Inference> {
    let first = Date::new(*window.start(), 1, 1).ok()?;
    let last = Date::new(*window.end(), 12, 31).ok()?;
    let length = usize::try_from(days_between(first, last)? + 1).ok()?;
    let mut evidence: Vec<Evidence> = evidence.to_vec();
    evidence.retain(|piece| piece.is_possible());
    let claims: Vec<Claim> = evidence.iter().map(|piece| piece.claim(&window)).collect();
    if claims.is_empty() {
        return None;
    }
    let firm = weigh(&claims, first, last, length);
    let best = *firm.iter().max()?;
    if best <= 0 {
        return None;
    }
    let habits = weigh(&nearest_years(&evidence), first, last, length);
    let (stretches, by_habit) = nearest_stretches(stretches(&firm, best), &habits);
    let day = |index: usize| first.checked_add(i64::try_from(index).ok()?.days()).ok();
    let (begin, end) = (stretches.first()?.0, stretches.last()?.1);
    let (earliest, latest) = (day(begin)?, day(end)?);
    let holds =
        |claim: &Claim| stretches.iter().all(|(from, _)| day(*from).is_some_and(|day| claim.allows(day)));
    let mut because: Vec<String> = Vec::new();
    let mut aside: Vec<String> = Vec::new();
    for claim in &claims {
        let (list, reason) = if holds(claim) {
            (&mut because, claim.reason(earliest, latest))
        } else {
            (&mut aside, format!("left aside: {}", claim.words))
        };
        if !list.contains(&reason) {
            list.push(reason);
        }
    }
    if by_habit {
        because.push("the years named in the text lie nearest".to_owned());
    }
    because.append(&mut aside);
    if stretches.len() > 1 {
        let years: Vec<String> =
            stretches.iter().filter_map(|(from, _)| Some(day(*from)?.year().to_string())).collect();
        because.push(format!("the year is open, all of this holds in {}", shortened(&years)));
    }
    Some(Inference { earliest, latest, because })
}

/// What one piece of evidence allows.
#[derive(Debug, Clone)]
struct Claim {
    weight: i32,
    /// The days of publication that it allows.
    allowed: Vec<(Date, Date)>,
    words: String,
    /// Whether the words need the year in which the day was found.
    names_years: bool,
}

impl Claim {
    fn allows(&self, day: Date) -> bool {
        self.allowed.iter().any(|(from, to)| (*from..=*to).contains(&day))
    }

    fn reason(&self, earliest: Date, latest: Date) -> String {
        if self.names_years && earliest.year() == latest.year() {
            format!("{} in {}", self.words, earliest.year())
        } else {
            self.words.clone()
        }
    }
}

impl Evidence {
    /// Whether the day exists in some year.
    fn is_possible(&self) -> bool {
        match *self {
            Self::YearMentioned { year, .. } => Date::new(year, 1, 1).is_ok(),
            Self::WeekdayDay { month, day, .. } => Date::new(2000, month, day).is_ok(),
            Self::ExplicitPublication { month, day, year }
            | Self::PastDay { month, day, year }
            | Self::CitedReport { month, day, year }
            | Self::FutureDay { month, day, year } => Date::new(year.unwrap_or(2000), month, day).is_ok(),
        }
    }

    fn claim(&self, window: &RangeInclusive<i16>) -> Claim {
        let years = window.start().saturating_sub(1)..=window.end().saturating_add(1);
        let days = |month, day| years.clone().filter_map(move |year| Date::new(year, month, day).ok());
        let firm = |allowed, words| Claim { weight: 1, allowed, words, names_years: false };
        match *self {
            Self::ExplicitPublication { month, day, year } => {
                let allowed = match year {
                    Some(year) => Date::new(year, month, day).into_iter().map(|day| (day, day)).collect(),
                    None => days(month, day).map(|day| (day, day)).collect(),
                };
                Claim {
                    weight: EXPLICIT_WEIGHT,
                    ..firm(allowed, format!("dated {}", named(month, day, year)))
                }
            }
            Self::WeekdayDay { weekday, month, day } => {
                let allowed = days(month, day)
                    .filter(|day| day.weekday() == weekday)
                    .map(|day| around(day, NEAR, NEAR))
                    .collect();
                let words = format!("{} was a {}", named(month, day, None), weekday_name(weekday));
                Claim { names_years: true, ..firm(allowed, words) }
            }
            Self::YearMentioned { year, sense } => {
                let (from, to) = (date(year, 1, 1), date(year, 12, 31));
                match sense {
                    YearSense::Past => firm(
                        vec![(from, Date::MAX)],
                        format!("{year} is spoken of as begun or over, so not earlier"),
                    ),
                    YearSense::Current => {
                        firm(vec![(from, to)], format!("{year} is spoken of as the current year"))
                    }
                    YearSense::Future => firm(
                        vec![(Date::MIN, to)],
                        format!("{year} is looked forward to, so not later than its end"),
                    ),
                }
            }
            Self::PastDay { month, day, year } => {
                let words =
                    format!("{} is told as past, so published then or later", named(month, day, year));
                firm(on_or_after(days(month, day), month, day, year), words)
            }
            Self::CitedReport { month, day, year } => {
                let words =
                    format!("a report of {} is cited, so published then or later", named(month, day, year));
                firm(on_or_after(days(month, day), month, day, year), words)
            }
            Self::FutureDay { month, day, year } => {
                let words = format!("{} is announced, so published then or earlier", named(month, day, year));
                let allowed = match year {
                    Some(year) => {
                        Date::new(year, month, day).into_iter().map(|day| (Date::MIN, day)).collect()
                    }
                    None => days(month, day).map(|day| around(day, NEAR, 0)).collect(),
                };
                firm(allowed, words)
            }
        }
    }
}

fn on_or_after(days: impl Iterator<Item = Date>, month: i8, day: i8, year: Option<i16>) -> Vec<(Date, Date)> {
    match year {
        Some(year) => Date::new(year, month, day).into_iter().map(|day| (day, Date::MAX)).collect(),
        None => days.map(|day| around(day, 0, NEAR)).collect(),
    }
}

fn around(day: Date, before: i64, after: i64) -> (Date, Date) {
    (day.checked_sub(before.days()).unwrap_or(Date::MIN), day.checked_add(after.days()).unwrap_or(Date::MAX))
}

/// Reports speak most of their own year and those beside it: the last year spoken of as past or running is the year
/// of publication or the one before it, the first looked forward to is that year or the next.
fn nearest_years(evidence: &[Evidence]) -> Vec<Claim> {
    let (mut past, mut future): (Option<i16>, Option<i16>) = (None, None);
    for piece in evidence {
        let (year, ahead) = match *piece {
            Evidence::YearMentioned { year, sense } => (year, sense == YearSense::Future),
            Evidence::PastDay { year: Some(year), .. } | Evidence::CitedReport { year: Some(year), .. } => {
                (year, false)
            }
            Evidence::FutureDay { year: Some(year), .. } => (year, true),
            _ => continue,
        };
        if ahead {
            future = Some(future.map_or(year, |other| other.min(year)));
        } else {
            past = Some(past.map_or(year, |other| other.max(year)));
        }
    }
    // A year that is over may lie long ago ("the 1998 accord"): it says how near only beside something that places
    // the report's own time.
    let places = |piece: &Evidence| match *piece {
        Evidence::YearMentioned { sense, .. } => sense != YearSense::Past,
        Evidence::WeekdayDay { .. } => true,
        Evidence::ExplicitPublication { .. } => false,
        Evidence::PastDay { year, .. }
        | Evidence::CitedReport { year, .. }
        | Evidence::FutureDay { year, .. } => year.is_some(),
    };
    if !evidence.iter().any(places) {
        past = None;
    }
    let habit = |from: i16, to: i16| {
        let allowed = Date::new(from, 1, 1).ok().zip(Date::new(to, 12, 31).ok()).into_iter().collect();
        Claim { weight: 1, allowed, words: String::new(), names_years: false }
    };
    let past = past.into_iter().flat_map(|year| [habit(year, year.saturating_add(1)), habit(year, year)]);
    let future = future.into_iter().flat_map(|year| [habit(year.saturating_sub(1), year), habit(year, year)]);
    past.chain(future).collect()
}

/// Of the stretches that carry the evidence those nearest to the years named, and whether that left any out. A
/// stretch over years is cut to the days that are near those years at all; a shorter one stays whole.
fn nearest_stretches(stretches: Vec<(usize, usize)>, habits: &[i32]) -> (Vec<(usize, usize)>, bool) {
    let habit = |index: usize| habits.get(index).copied().unwrap_or_default();
    let nearness = |(from, to): (usize, usize)| (from..=to).map(habit).max().unwrap_or_default();
    let best = stretches.iter().map(|stretch| nearness(*stretch)).max().unwrap_or_default();
    if best == 0 {
        return (stretches, false);
    }
    let mut narrowed = false;
    let mut near = Vec::new();
    for (from, to) in stretches {
        if nearness((from, to)) < best {
            narrowed = true;
            continue;
        }
        let (first, last) =
            ((from..=to).find(|day| habit(*day) > 0), (from..=to).rev().find(|day| habit(*day) > 0));
        match first.zip(last) {
            Some(cut) if to - from > YEAR && cut != (from, to) => {
                narrowed = true;
                near.push(cut);
            }
            _ => near.push((from, to)),
        }
    }
    (near, narrowed)
}

/// The weight of the evidence for each day from `first`.
fn weigh(claims: &[Claim], first: Date, last: Date, length: usize) -> Vec<i32> {
    let mut steps = vec![0i32; length + 1];
    for claim in claims {
        for (from, to) in &claim.allowed {
            let (from, to) = ((*from).max(first), (*to).min(last));
            let place = |day| days_between(first, day).and_then(|days| usize::try_from(days).ok());
            if let (true, Some(from), Some(to)) = (from <= to, place(from), place(to)) {
                if let Some(step) = steps.get_mut(from) {
                    *step += claim.weight;
                }
                if let Some(step) = steps.get_mut(to + 1) {
                    *step -= claim.weight;
                }
            }
        }
    }
    steps.truncate(length);
    let mut weight = 0;
    steps
        .into_iter()
        .map(|step| {
            weight += step;
            weight
        })
        .collect()
}

/// The stretches of days that carry the best weight: first and last index of each.
fn stretches(weights: &[i32], best: i32) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, _) in weights.iter().enumerate().filter(|(_, weight)| **weight == best) {
        match found.last_mut() {
            Some((_, end)) if *end + 1 == index => *end = index,
            _ => found.push((index, index)),
        }
    }
    found
}

fn days_between(from: Date, to: Date) -> Option<i64> {
    from.until(to).ok().map(|span| i64::from(span.get_days()))
}

fn shortened(years: &[String]) -> String {
    match years {
        [first, second, third, .., last] if years.len() > 4 => {
            format!("{first}, {second}, {third} ... {last}")
        }
        _ => years.join(", "),
    }
}

fn named(month: i8, day: i8, year: Option<i16>) -> String {
    let month = match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    };
    year.map_or(format!("{month} {day}"), |year| format!("{month} {day}, {year}"))
}

fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

impl Calendar {
    /// The evidence in a weekday that stands with a day of the month but no year.
    #[must_use]
    pub fn weekday_evidence(&self) -> Option<Evidence> {
        match (self.year, self.month, self.day, self.weekday) {
            (None, Some(month), Some(day), Some(weekday)) => Some(Evidence::WeekdayDay {
                weekday: Weekday::from_monday_one_offset(weekday).ok()?,
                month,
                day,
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: RangeInclusive<i16> = 1990..=2030;

    fn cited(month: i8, day: i8) -> Evidence {
        Evidence::CitedReport { month, day, year: None }
    }

    fn announced(month: i8, day: i8) -> Evidence {
        Evidence::FutureDay { month, day, year: None }
    }

    #[test]
    fn weekday_year_citation_and_announcement() {
        let evidence = [
            Evidence::WeekdayDay { weekday: Weekday::Friday, month: 4, day: 7 },
            Evidence::YearMentioned { year: 2006, sense: YearSense::Future },
            cited(3, 31),
            cited(4, 12),
            announced(4, 18),
        ];
        let found = infer_publication(&evidence, WINDOW).unwrap();
        assert_eq!((found.earliest, found.latest), (date(2006, 4, 12), date(2006, 4, 18)));
        assert!(found.because.contains(&"April 7 was a Friday in 2006".to_owned()), "{:?}", found.because);
        assert!(found.because.iter().any(|reason| reason.contains("April 18 is announced")));
    }

    #[test]
    fn a_report_over_the_turn_of_the_year() {
        let evidence =
            [cited(12, 20), announced(1, 15), Evidence::PastDay { month: 11, day: 2, year: Some(2013) }];
        let found = infer_publication(&evidence, WINDOW).unwrap();
        assert_eq!((found.earliest, found.latest), (date(2013, 12, 20), date(2014, 1, 15)));
    }

    #[test]
    fn old_history_does_not_date_a_report() {
        let evidence = [
            Evidence::YearMentioned { year: 1994, sense: YearSense::Past },
            Evidence::YearMentioned { year: 2011, sense: YearSense::Past },
            Evidence::WeekdayDay { weekday: Weekday::Tuesday, month: 9, day: 20 },
        ];
        let found = infer_publication(&evidence, WINDOW).unwrap();
        assert_eq!(found.earliest.year(), 2011);
        assert!(found.latest <= date(2012, 3, 20));
    }

    #[test]
    fn an_explicit_date_outweighs_a_slip() {
        let evidence = [
            Evidence::ExplicitPublication { month: 5, day: 3, year: Some(2019) },
            Evidence::WeekdayDay { weekday: Weekday::Monday, month: 5, day: 2 },
            Evidence::FutureDay { month: 4, day: 1, year: Some(2018) },
        ];
        let found = infer_publication(&evidence, WINDOW).unwrap();
        assert_eq!((found.earliest, found.latest), (date(2019, 5, 3), date(2019, 5, 3)));
        assert!(found.because.iter().any(|reason| reason.starts_with("left aside")));
    }

    #[test]
    fn without_a_year_all_years_stay_open() {
        let found = infer_publication(&[cited(4, 12), announced(4, 18)], 2001..=2003).unwrap();
        assert_eq!((found.earliest, found.latest), (date(2001, 4, 12), date(2003, 4, 18)));
        assert!(found.because.iter().any(|reason| reason.contains("2001, 2002, 2003")));
    }

    #[test]
    fn nothing_follows_from_nothing() {
        assert_eq!(infer_publication(&[], WINDOW), None);
        assert_eq!(infer_publication(&[cited(2, 31)], WINDOW), None);
        assert_eq!(infer_publication(&[cited(2, 3)], RangeInclusive::new(2000, 1990)), None);
    }
}
