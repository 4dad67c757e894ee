//! TIMEX3 values of lengths of time and of times that are known in part.

use crate::calendar::{Period, Precision, Unit};
use crate::expression::{Calendar, Form, Length};
use crate::resolve::Resolved;
use jiff::Span;

/// The TIMEX3 value of a length of time.
pub(crate) fn length_value(lengths: &[Length]) -> String {
    let (mut date, mut time) = (String::new(), String::new());
    for length in lengths {
        // A decade is written in years if it is counted, with its own letter if it is not.
        let (letter, factor, half, below_day) = match length.unit {
            Unit::Second => ("S", 1, None, true),
            Unit::Minute => ("M", 1, Some((30, "S")), true),
            Unit::Hour => ("H", 1, Some((30, "M")), true),
            Unit::Day => ("D", 1, Some((12, "H")), false),
            Unit::Weekend => ("WE", 1, None, false),
            Unit::Week => ("W", 1, None, false),
            Unit::Fortnight => ("W", 2, Some((1, "W")), false),
            Unit::Month => ("M", 1, None, false),
            Unit::Quarter => {
                if length.count.is_some() {
                    ("M", 3, None, false)
                } else {
                    ("Q", 1, None, false)
                }
            }
            Unit::Year => ("Y", 1, Some((6, "M")), false),
            Unit::Decade => {
                if length.count.is_some() {
                    ("Y", 10, Some((5, "Y")), false)
                } else {
                    ("DE", 1, None, false)
                }
            }
            Unit::Century => {
                if length.count.is_some() {
                    ("Y", 100, Some((50, "Y")), false)
                } else {
                    ("CE", 1, None, false)
                }
            }
        };
        let Some(count) = length.count else {
            let part = if below_day { &mut time } else { &mut date };
            part.push_str(&format!("X{letter}"));
            continue;
        };
        let whole = count.saturating_mul(factor);
        let part = if below_day { &mut time } else { &mut date };
        match (length.half, half) {
            (true, Some((amount, smaller))) if smaller == letter => {
                part.push_str(&format!("{}{letter}", whole.saturating_add(amount)))
            }
            (true, Some((amount, smaller))) => {
                if whole > 0 {
                    part.push_str(&format!("{whole}{letter}"));
                }
                let part = if below_day || length.unit == Unit::Day { &mut time } else { &mut date };
                part.push_str(&format!("{amount}{smaller}"));
            }
            (true, None) => part.push_str(&format!("{whole}.5{letter}")),
            (false, _) => part.push_str(&format!("{whole}{letter}")),
        }
    }
    if time.is_empty() { format!("P{date}") } else { format!("P{date}T{time}") }
}

/// The lengths as a span of days, months and years; none if vague or below a day.
pub(crate) fn calendar_span(lengths: &[Length]) -> Option<Span> {
    lengths.iter().try_fold(Span::new(), |span, length| {
        let count = i64::from(length.count?);
        let half = i64::from(length.half);
        match length.unit {
            Unit::Day | Unit::Weekend => span.try_days(span.get_days() as i64 + count).ok(),
            Unit::Week => span.try_weeks(count).ok(),
            Unit::Fortnight => span.try_weeks(count * 2 + half).ok(),
            Unit::Month => span.try_months(count).ok(),
            Unit::Quarter => span.try_months(count * 3).ok(),
            Unit::Year => span.try_years(count).ok()?.try_months(half * 6).ok(),
            Unit::Decade => span.try_years(count * 10 + half * 5).ok(),
            Unit::Century => span.try_years(count * 100 + half * 50).ok(),
            Unit::Second | Unit::Minute | Unit::Hour => None,
        }
    })
}

/// The value of a time whose year hangs on an unknown day of publication.
pub(crate) fn masked(form: &Form, resolved: &Resolved) -> String {
    match form {
        Form::Calendar(calendar) => calendar_mask(calendar),
        Form::Vague(vague) => vague.value().to_owned(),
        Form::Interval { from, to } => format!("{}/{}", calendar_mask(from), calendar_mask(to)),
        Form::Clock { day, .. } => {
            let day = match day.as_deref() {
                Some(Form::Calendar(calendar)) => calendar_mask(calendar),
                _ => mask_of(Precision::Day),
            };
            resolved.value.split_once('T').map_or(day.clone(), |(_, time)| format!("{day}T{time}"))
        }
        Form::YearPart { .. } | Form::Holiday { rule: crate::holiday::Rule::Fixed { .. }, .. } => {
            let rest = resolved.value.split_once('-').map_or("XX", |(_, rest)| rest);
            format!("XXXX-{rest}")
        }
        _ => mask_of(resolved.precision),
    }
}

/// A date with `X` for the year that it lacks.
pub(crate) fn calendar_mask(calendar: &Calendar) -> String {
    let year = calendar.year.map_or("XXXX".to_owned(), |year| Period::Year(year).value());
    match (calendar.month, calendar.day, calendar.weekday) {
        (Some(month), Some(day), _) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None, _) => format!("{year}-{month:02}"),
        (None, _, Some(weekday)) => format!("{year}-WXX-{weekday}"),
        (None, Some(day), None) => format!("{year}-XX-{day:02}"),
        (None, None, None) => year,
    }
}

/// The value of a time of which nothing but its precision is known.
pub(crate) fn mask_of(precision: Precision) -> String {
    match precision {
        Precision::Time | Precision::Day => "XXXX-XX-XX",
        Precision::Week => "XXXX-WXX",
        Precision::MonthPart | Precision::Month => "XXXX-XX",
        Precision::Season => "XXXX-QX",
        Precision::Year => "XXXX",
        Precision::Decade => "XXX",
        Precision::Century => "XX",
    }
    .to_owned()
}
