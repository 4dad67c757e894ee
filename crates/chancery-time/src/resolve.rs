//! Lays the calendar beside an expression: TIMEX3 value, first and last day.

use crate::calendar::{Period, Precision, Unit, monday};
use crate::expression::{
    Calendar, Clock, Deictic, Expression, Form, Length, Modifier, Reference, Signal, Vague, YearPart,
};
use crate::value::{calendar_mask, calendar_span, length_value, mask_of, masked};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// The day from which a text speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// The day of publication, or the best guess at it.
    pub date: Date,
    /// Whether its year is known. If not, what depends on it has a value with `XXXX` and no days.
    pub year_known: bool,
}

/// The tense of the clause that an expression stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// What was: "met on Friday".
    Past,
    /// What is.
    Present,
    /// What will be: "will meet on Friday".
    Future,
    /// Not known.
    Unknown,
}

/// What an expression stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// TIMEX3 value: `2006-04-07`, `2006-W14`, `P3D`, `PAST_REF`, `XXXX-04-07`; for an interval both ends with `/`.
    pub value: String,
    /// The first day; none if open or unknown.
    pub start: Option<Date>,
    /// The last day; none if open or unknown.
    pub end: Option<Date>,
    /// How fine it is known; for a length of time its unit.
    pub precision: Precision,
    /// What blurs it. The days are already narrowed by `Start`, `Mid`, `End`, `Before` and `After`.
    pub modifier: Option<Modifier>,
}

/// Resolves an expression.
///
/// `tense` decides between the Friday that was and the one that comes; `previous` is the time that the text spoke
/// of last, for "the next day", "two weeks later", "that year".
#[must_use]
pub fn resolve(
    expression: &Expression,
    anchor: &Anchor,
    tense: Tense,
    previous: Option<&Resolved>,
) -> Resolved {
    resolve_from(expression, anchor, tense, previous, false)
}

/// Resolves; in a `story` the anchor is the time told last, from which a story goes on more than back.
pub(crate) fn resolve_from(
    expression: &Expression,
    anchor: &Anchor,
    tense: Tense,
    previous: Option<&Resolved>,
    story: bool,
) -> Resolved {
    let tense = match (tense, expression.signal) {
        // "Was postponed until Monday": what lasts until then has not ended when it is told.
        (_, Some(Signal::Until)) | (Tense::Unknown, Some(Signal::By)) => Tense::Future,
        // "Was moved to November 16", "wanted it done by May": the clause's tense is not the date's.
        (Tense::Past, Some(Signal::By | Signal::To)) => Tense::Unknown,
        (Tense::Unknown, Some(Signal::Since)) => Tense::Past,
        _ => tense,
    };
    let spoken = previous.and_then(|previous| Period::parse(&previous.value));
    let mut resolver = Resolver { anchor: anchor.date, tense, story, spoken, leaned_on_anchor: false };
    let resolved = resolver.resolved(&expression.form, expression.modifier);
    if resolver.leaned_on_anchor && !anchor.year_known {
        return Resolved {
            value: masked(&expression.form, &resolved),
            start: None,
            end: None,
            modifier: expression.modifier,
            ..resolved
        };
    }
    let resolved = Resolved { modifier: expression.modifier, ..resolved };
    let offset = matches!(expression.form, Form::Offset { .. } | Form::Duration { .. });
    if offset { resolved } else { narrowed(resolved, anchor.date) }
}

/// The range from the first of two times to the last: "between 1994 and 1996".
#[must_use]
pub fn span(from: &Resolved, to: &Resolved) -> Resolved {
    Resolved {
        value: format!("{}/{}", from.value, to.value),
        start: from.start,
        end: to.end,
        precision: from.precision.max(to.precision),
        modifier: from.modifier.or(to.modifier),
    }
}

/// Which of the years that come into question.
#[derive(Debug, Clone, Copy)]
enum Choice {
    /// The latest that ended before the day.
    Before,
    /// The earliest that begins after the day.
    After,
    /// The one that holds the day, or of its year.
    Around,
    /// The latest that began by the day.
    LatestBegun,
    /// The earliest that has not ended by the day.
    NextToEnd,
    /// The nearest, where days behind and days ahead weigh so much.
    Nearest { past: i32, future: i32 },
}

struct Resolver {
    anchor: Date,
    tense: Tense,
    story: bool,
    spoken: Option<Period>,
    /// Whether the result depends on the day of the report.
    leaned_on_anchor: bool,
}

impl Resolver {
    fn anchor(&mut self) -> Date {
        self.leaned_on_anchor = true;
        self.anchor
    }

    fn resolved(&mut self, form: &Form, modifier: Option<Modifier>) -> Resolved {
        match form {
            Form::Interval { from, to } => self.interval(from, to),
            Form::Clock { day, clock } => self.clock(day.as_deref(), *clock),
            Form::Vague(vague) => self.vague(*vague),
            Form::Duration { lengths, extent } => self.duration(lengths, *extent),
            Form::Set(value) => plain(value.clone(), Precision::Day),
            Form::Offset { count, unit, from } if *unit < Unit::Day || count.is_none() => {
                self.loose_offset(count.unwrap_or(0), *unit, from)
            }
            _ => match self.period(form) {
                Some(period) => of_period(period, modifier),
                None => self.unknown(form),
            },
        }
    }

    /// A date-like form as a period of the calendar.
    fn period(&mut self, form: &Form) -> Option<Period> {
        match form {
            Form::Calendar(calendar) => self.calendar(calendar),
            Form::Decade(year) => Some(Period::Decade(*year)),
            Form::Century(number) if *number > 0 => Some(Period::Century(number - 1)),
            Form::Century(number) => Some(Period::Century(*number)),
            Form::YearPart { part, year: Some(year) } => Some(year_part(*part, *year)),
            Form::Holiday { rule, year: Some(year) } => rule.in_year(*year).map(Period::Day),
            Form::Holiday { rule: crate::holiday::Rule::Once(date), .. } => Some(Period::Day(*date)),
            Form::YearPart { .. } | Form::Holiday { .. } => {
                let choice = self.undirected();
                let anchor = self.anchor();
                choose(|year| in_year(form, year), anchor, choice)
            }
            Form::Unit { unit, deictic } => self.unit(*unit, *deictic),
            Form::Deictic { inner, deictic } => self.placed(inner, *deictic),
            Form::Within { part, whole } => self.within(part, whole),
            Form::Offset { count, unit, from } => self.offset((*count)?, *unit, from),
            Form::WeekOf(day) => {
                let day = self.period(day)?.start()?;
                Period::containing(Unit::Week, day)
            }
            Form::Clock { day, .. } => self.period(day.as_deref()?),
            Form::Interval { from, .. } => self.calendar(from),
            Form::Vague(_) | Form::Duration { .. } | Form::Set(_) => None,
        }
    }

    /// Which year a date without one means.
    fn undirected(&self) -> Choice {
        match self.tense {
            _ if self.story => Choice::Nearest { past: 2, future: 1 },
            Tense::Past => Choice::LatestBegun,
            Tense::Future => Choice::NextToEnd,
            // "Parliament reconvenes in January"
            Tense::Present => Choice::Nearest { past: 2, future: 3 },
            Tense::Unknown => Choice::Nearest { past: 2, future: 7 },
        }
    }

    fn calendar(&mut self, calendar: &Calendar) -> Option<Period> {
        if let Some(year) = calendar.year {
            return calendar_in_year(calendar, year);
        }
        let choice = self.undirected();
        let anchor = self.anchor();
        match (calendar.month, calendar.weekday) {
            (None, Some(weekday)) => {
                let choice =
                    if self.tense == Tense::Future { Choice::NextToEnd } else { Choice::LatestBegun };
                weekday_near(anchor, weekday, choice).map(Period::Day)
            }
            (Some(_), Some(weekday)) => {
                let holds = |year| {
                    calendar_in_year(calendar, year).filter(|period| {
                        period.start().is_some_and(|day| day.weekday().to_monday_one_offset() == weekday)
                    })
                };
                // The nearest year in which the weekday holds; a slip of the pen leaves the day of the month.
                choose(holds, anchor, choice)
                    .filter(|period| period.start().is_some_and(|day| (day - anchor).get_days().abs() <= 400))
                    .or_else(|| choose(holds, anchor, Choice::Nearest { past: 1, future: 1 }))
                    .or_else(|| choose(|year| calendar_in_year(calendar, year), anchor, choice))
            }
            (Some(_), None) => choose(|year| calendar_in_year(calendar, year), anchor, choice),
            (None, None) => Date::new(anchor.year(), anchor.month(), calendar.day?).ok().map(Period::Day),
        }
    }

    fn unit(&mut self, unit: Unit, deictic: Deictic) -> Option<Period> {
        let by = match deictic {
            Deictic::This => 0,
            Deictic::Last | Deictic::Past => -1,
            Deictic::Next | Deictic::Coming => 1,
            Deictic::Previous | Deictic::Same | Deictic::Following => {
                let by = match deictic {
                    Deictic::Previous => -1,
                    Deictic::Following => 1,
                    _ => 0,
                };
                let day = match self.spoken {
                    // "That day" after a mere year names a day that is not known.
                    Some(spoken) if spoken.precision() > unit.precision() => return None,
                    Some(spoken) => spoken.start()?,
                    None => self.anchor(),
                };
                return Period::containing(unit, day)?.shifted(by);
            }
            Deictic::Initial | Deictic::Closing => return None,
        };
        let anchor = self.anchor();
        let this = Period::containing(unit, anchor)?;
        // "The weekend" of a report on what happened is the one that was.
        let gone = unit == Unit::Weekend && by == 0 && self.tense != Tense::Future && this.start()? > anchor;
        this.shifted(if gone { -1 } else { by })
    }

    fn placed(&mut self, inner: &Form, deictic: Deictic) -> Option<Period> {
        let narrative = matches!(deictic, Deictic::Previous | Deictic::Same | Deictic::Following);
        let base = match self.spoken {
            Some(spoken) if narrative => spoken.start()?,
            _ => self.anchor(),
        };
        let choice = match deictic {
            Deictic::Last | Deictic::Past | Deictic::Previous => Choice::Before,
            Deictic::Next | Deictic::Coming | Deictic::Following => Choice::After,
            _ => Choice::Around,
        };
        if let Form::Calendar(Calendar { weekday: Some(weekday), month: None, .. }) = inner {
            // "Next Friday" is that of next week, "this Friday" that of this week.
            let day = match deictic {
                Deictic::Next => monday(base)?.checked_add((i32::from(*weekday) + 6).days()).ok(),
                _ => weekday_near(base, *weekday, choice),
            };
            return day.map(Period::Day);
        }
        choose(|year| in_year(inner, year), base, choice)
    }

    fn within(&mut self, part: &Form, whole: &Form) -> Option<Period> {
        let whole = self.period(whole)?;
        let first = whole.start()?;
        match (part, whole) {
            (Form::Calendar(Calendar { weekday: Some(weekday), month: None, .. }), Period::Week(monday)) => {
                monday.checked_add((i32::from(*weekday) - 1).days()).ok().map(Period::Day)
            }
            (Form::Calendar(Calendar { day: Some(day), month: None, .. }), Period::Month(year, month)) => {
                Date::new(year, month, *day).ok().map(Period::Day)
            }
            _ => in_year(part, first.year()),
        }
    }

    fn offset(&mut self, count: i32, unit: Unit, from: &Reference) -> Option<Period> {
        let base = match from {
            Reference::Anchor => Period::Day(self.anchor()),
            Reference::Narrative => match self.spoken {
                Some(spoken) => spoken,
                None => Period::Day(self.anchor()),
            },
            Reference::Date(date) => self.period(date)?,
        };
        // A business quarter is compared with the same quarter of another year.
        if let (Unit::Year, Some(Period::Quarter(year, quarter)), Reference::Anchor | Reference::Narrative) =
            (unit, self.spoken, from)
        {
            let year = if *from == Reference::Anchor { self.anchor().year() } else { year };
            return Period::Quarter(year, quarter).shifted(count.checked_mul(4)?);
        }
        let finer = base.precision() <= unit.precision();
        let day = if count < 0 { base.start()? } else { base.end()? };
        // "Three days after" a mere year names a day that is not known.
        if !finer && !matches!(from, Reference::Date(_)) {
            return None;
        }
        let by = if unit == Unit::Fortnight { count.checked_mul(2)? } else { count };
        // Weeks from a day lead to a day.
        if unit == Unit::Week
            && matches!(from, Reference::Date(_) | Reference::Narrative)
            && matches!(base, Period::Day(_))
        {
            return Period::Day(day).shifted(by.checked_mul(7)?);
        }
        Period::containing(unit, day)?.shifted(by)
    }

    /// Hours, and amounts that are not numbers: the day stays that spoken of.
    fn loose_offset(&mut self, count: i32, unit: Unit, from: &Reference) -> Resolved {
        let base = match (from, self.spoken) {
            (Reference::Date(date), _) => self.period(date),
            (Reference::Narrative, Some(spoken)) => Some(spoken),
            _ => Some(Period::Day(self.anchor())),
        };
        match base {
            Some(Period::Day(day)) if unit < Unit::Day => {
                let day =
                    match i64::from(count).checked_div(24).and_then(|days| Span::new().try_days(days).ok()) {
                        Some(days) if unit == Unit::Hour => day.checked_add(days).unwrap_or(day),
                        _ => day,
                    };
                Resolved {
                    start: Some(day),
                    end: Some(day),
                    ..plain(format!("{}TXX", Period::Day(day).value()), Precision::Time)
                }
            }
            _ => plain("XXXX".to_owned(), unit.precision()),
        }
    }

    fn interval(&mut self, from: &Calendar, to: &Calendar) -> Resolved {
        let first = self.calendar(from);
        let last = match (first, to.year) {
            (_, Some(year)) => calendar_in_year(to, year),
            (Some(first), None) => first
                .start()
                .and_then(|start| choose(|year| calendar_in_year(to, year), start, Choice::NextToEnd)),
            (None, None) => None,
        };
        match (first, last) {
            (Some(first), Some(last)) => Resolved {
                value: format!("{}/{}", first.value(), last.value()),
                start: first.start(),
                end: last.end(),
                precision: first.precision(),
                modifier: None,
            },
            _ => plain("XXXX".to_owned(), Precision::Day),
        }
    }

    fn clock(&mut self, day: Option<&Form>, clock: Clock) -> Resolved {
        let period = match (day, self.spoken) {
            (Some(day), _) => self.period(day),
            (None, Some(Period::Day(day))) => Some(Period::Day(day)),
            (None, _) => Some(Period::Day(self.anchor())),
        };
        let time = match clock {
            Clock::Part(part) => part.code().to_owned(),
            Clock::At { hour, minute, .. } => format!("{hour:02}:{:02}", minute.unwrap_or(0)),
        };
        match period {
            Some(period) => Resolved {
                value: format!("{}T{time}", period.value()),
                start: period.start(),
                end: period.end(),
                precision: Precision::Time,
                modifier: None,
            },
            None => plain(format!("XXXX-XX-XXT{time}"), Precision::Time),
        }
    }

    fn vague(&mut self, vague: Vague) -> Resolved {
        let anchor = self.anchor();
        let (start, end) = match vague {
            Vague::Past => (None, Some(anchor)),
            Vague::Present => (Some(anchor), Some(anchor)),
            Vague::Future => (Some(anchor), None),
        };
        Resolved { start, end, ..plain(vague.value().to_owned(), Precision::Day) }
    }

    fn duration(&mut self, lengths: &[Length], extent: Option<Deictic>) -> Resolved {
        let precision = lengths.last().map_or(Precision::Day, |length| length.unit.precision());
        let resolved = plain(length_value(lengths), precision);
        let backwards = match extent {
            Some(Deictic::Last | Deictic::Past | Deictic::Previous) => true,
            Some(Deictic::Next | Deictic::Coming | Deictic::Following) => false,
            _ => return resolved,
        };
        let narrative = matches!(extent, Some(Deictic::Previous | Deictic::Following));
        let base = match self.spoken {
            Some(spoken) if narrative => {
                if backwards {
                    spoken.start()
                } else {
                    spoken.end()
                }
            }
            _ => Some(self.anchor),
        };
        let (Some(base), Some(length)) = (base, calendar_span(lengths)) else { return resolved };
        let other = if backwards { base.checked_sub(length) } else { base.checked_add(length) };
        match other.ok() {
            Some(other) if backwards => Resolved { start: Some(other), end: Some(base), ..resolved },
            Some(other) => Resolved { start: Some(base), end: Some(other), ..resolved },
            None => resolved,
        }
    }

    /// A form that cannot be placed; what is spoken of bounds it.
    fn unknown(&self, form: &Form) -> Resolved {
        let (value, precision) = match form {
            Form::Unit { unit, .. } | Form::Offset { unit, .. } => {
                (mask_of(unit.precision()), unit.precision())
            }
            Form::Calendar(calendar) => (calendar_mask(calendar), Precision::Day),
            _ => (mask_of(Precision::Day), Precision::Day),
        };
        let same = matches!(form, Form::Unit { deictic: Deictic::Same, .. });
        let bounds = self.spoken.filter(|_| same);
        Resolved {
            start: bounds.and_then(Period::start),
            end: bounds.and_then(Period::end),
            ..plain(value, precision)
        }
    }
}

fn plain(value: String, precision: Precision) -> Resolved {
    Resolved { value, start: None, end: None, precision, modifier: None }
}

fn of_period(period: Period, modifier: Option<Modifier>) -> Resolved {
    let part = matches!(modifier, Some(Modifier::Start | Modifier::Mid | Modifier::End));
    let precision = match period {
        Period::Month(..) if part => Precision::MonthPart,
        other => other.precision(),
    };
    Resolved { value: period.value(), start: period.start(), end: period.end(), precision, modifier }
}

fn year_part(part: YearPart, year: i16) -> Period {
    match part {
        YearPart::Season(season) => Period::Season(year, season),
        YearPart::Quarter(quarter) => Period::Quarter(year, quarter),
        YearPart::Half(half) => Period::Half(year, half),
    }
}

/// A date that lacks its year, in a year.
fn in_year(form: &Form, year: i16) -> Option<Period> {
    match form {
        Form::Calendar(calendar) => calendar_in_year(calendar, year),
        Form::YearPart { part, .. } => Some(year_part(*part, year)),
        Form::Holiday { rule, .. } => rule.in_year(year).map(Period::Day),
        _ => None,
    }
}

fn calendar_in_year(calendar: &Calendar, year: i16) -> Option<Period> {
    match (calendar.month, calendar.day) {
        (Some(month), Some(day)) => Date::new(year, month, day).ok().map(Period::Day),
        (Some(month), None) => Some(Period::Month(year, month)),
        (None, _) => Some(Period::Year(year)),
    }
}

/// Chooses among the years around a day.
fn choose(in_year: impl Fn(i16) -> Option<Period>, day: Date, choice: Choice) -> Option<Period> {
    // Nine years hold a 29th of February even around 1900; eleven hold every pair of weekday and day but rare ones.
    let years = (-12..=12).filter_map(|by: i16| day.year().checked_add(by));
    let candidates =
        years.filter_map(in_year).filter_map(|period| Some((period, period.start()?, period.end()?)));
    let days = |to: Date| (to - day).get_days();
    let chosen = match choice {
        Choice::Before => candidates.filter(|(_, _, end)| *end < day).max_by_key(|(_, start, _)| *start),
        Choice::After => candidates.filter(|(_, start, _)| *start > day).min_by_key(|(_, start, _)| *start),
        Choice::LatestBegun => {
            candidates.filter(|(_, start, _)| *start <= day).max_by_key(|(_, start, _)| *start)
        }
        Choice::NextToEnd => candidates.filter(|(_, _, end)| *end >= day).min_by_key(|(_, start, _)| *start),
        Choice::Around => candidates.min_by_key(|(_, start, end)| {
            let holds = *start <= day && *end >= day;
            (!holds, (start.year() - day.year()).abs())
        }),
        Choice::Nearest { past, future } => candidates.min_by_key(|(_, start, end)| {
            if *start > day { days(*start) * future } else { days(*end).min(0).abs() * past }
        }),
    };
    chosen.map(|(period, _, _)| period)
}

/// The day with a weekday nearest to a day in the direction of the choice.
fn weekday_near(day: Date, weekday: i8, choice: Choice) -> Option<Date> {
    let ahead = (weekday - day.weekday().to_monday_one_offset()).rem_euclid(7);
    let by = match choice {
        Choice::Before => {
            if ahead == 0 {
                -7
            } else {
                ahead - 7
            }
        }
        Choice::After => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        Choice::Around => weekday - day.weekday().to_monday_one_offset(),
        Choice::NextToEnd => ahead,
        Choice::LatestBegun | Choice::Nearest { .. } => {
            if ahead == 0 {
                0
            } else {
                ahead - 7
            }
        }
    };
    day.checked_add(i32::from(by).days()).ok()
}

/// Narrows the days of a resolved time by its modifier.
fn narrowed(resolved: Resolved, anchor: Date) -> Resolved {
    let (Some(start), Some(end)) = (resolved.start, resolved.end) else { return resolved };
    if resolved.precision <= Precision::Day {
        return resolved;
    }
    let (start, end) = match resolved.modifier {
        Some(Modifier::Start) => (start, third(start, end, 1).unwrap_or(end)),
        Some(Modifier::Mid) => (after(third(start, end, 1), start), third(start, end, 2).unwrap_or(end)),
        Some(Modifier::End) => (after(third(start, end, 2), start), end),
        Some(Modifier::Before) => (start, end.min(anchor.max(start))),
        Some(Modifier::After) => (start.max(anchor.min(end)), end),
        _ => (start, end),
    };
    Resolved { start: Some(start), end: Some(end), ..resolved }
}

fn after(day: Option<Date>, otherwise: Date) -> Date {
    day.and_then(|day| day.checked_add(1.day()).ok()).unwrap_or(otherwise)
}

/// The last day of the first `number` thirds; whole months where those divide.
fn third(start: Date, end: Date, number: i32) -> Option<Date> {
    let next = end.checked_add(1.day()).ok()?;
    let months = (i32::from(next.year()) - i32::from(start.year())) * 12 + i32::from(next.month())
        - i32::from(start.month());
    let whole_months = start.day() == 1 && next.day() == 1 && months % 3 == 0;
    let boundary = if whole_months {
        start.checked_add(Span::new().try_months(months / 3 * number).ok()?)
    } else if start.day() == 1 && next.day() == 1 && months == 1 {
        start.checked_add((10 * number).days())
    } else {
        let days = (next - start).get_days();
        start.checked_add(((days * number + 2) / 3).days())
    };
    boundary.ok()?.checked_sub(1.day()).ok()
}
