//! Resolves the expressions of a whole text in order, each in the light of the one before.

use crate::calendar::{Precision, Unit};
use crate::expression::{Calendar, Deictic, Expression, Form, Kind, Reference};
use crate::resolve::{Anchor, Resolved, Tense, resolve, resolve_from};

/// How many years before publication a year is old.
const OLD_YEARS: i16 = 2;
/// A history has at least so many dates with old years.
const OLD_DATES: usize = 3;
/// And so many times as many dates as words that lean on the day of publication.
const LEANING: usize = 12;

/// Resolves expressions in order; `tense` tells the tense of the clause around each.
///
/// The time spoken of last is handed on, so that "the next day" and "two weeks later" find what they follow. In a
/// text that tells history (most of its dates name years long before publication) a date without a year belongs to
/// the year told last.
#[must_use]
pub fn resolve_all(
    expressions: &[Expression],
    anchor: &Anchor,
    mut tense: impl FnMut(&Expression) -> Tense,
) -> Vec<Resolved> {
    let history = tells_history(expressions, anchor);
    let mut spoken: Option<Resolved> = None;
    expressions
        .iter()
        .map(|expression| {
            let told = spoken.as_ref().filter(|_| history).and_then(|spoken| spoken.start);
            let resolved = match told {
                Some(date) if lacks_year(&expression.form) || is_told(&expression.form) => {
                    let told = Anchor { date, year_known: true };
                    resolve_from(expression, &told, Tense::Unknown, spoken.as_ref(), true)
                }
                _ => resolve(expression, anchor, tense(expression), spoken.as_ref()),
            };
            if matches!(expression.kind, Kind::Date | Kind::Time)
                && resolved.start.is_some()
                && !matches!(expression.form, Form::Vague(_))
                && resolved.precision < Precision::Decade
                && !compares(&expression.form, spoken.as_ref())
            {
                spoken = Some(resolved.clone());
            }
            resolved
        })
        .collect()
}

fn lacks_year(form: &Form) -> bool {
    match form {
        Form::Calendar(Calendar { year, .. }) | Form::Interval { from: Calendar { year, .. }, .. } => {
            year.is_none()
        }
        Form::YearPart { year, .. } | Form::Holiday { year, .. } => year.is_none(),
        Form::Clock { day: Some(day), .. } => lacks_year(day),
        _ => false,
    }
}

/// History tells "the end of the month" and "next year" from the time told; weeks it does not count.
fn is_told(form: &Form) -> bool {
    matches!(
        form,
        Form::Unit { unit: Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century, .. }
    )
}

/// "From 31 million a year earlier" compares; the text goes on with the quarter that it reports.
fn compares(form: &Form, spoken: Option<&Resolved>) -> bool {
    matches!(form, Form::Offset { count: Some(..0), unit: Unit::Year, .. })
        && spoken.is_some_and(|spoken| spoken.precision == Precision::Season)
}

/// A text that says "yesterday", "on Friday" or "last month" speaks from its day of publication.
fn speaks_from_anchor(form: &Form) -> bool {
    match form {
        Form::Calendar(Calendar { year: None, month: None, weekday: Some(_), .. }) => true,
        Form::Offset { from: Reference::Anchor, .. } => true,
        Form::Unit { deictic: Deictic::Last | Deictic::This | Deictic::Next, .. } => true,
        Form::Clock { day: Some(day), .. } => speaks_from_anchor(day),
        Form::Within { whole, .. } => speaks_from_anchor(whole),
        _ => false,
    }
}

/// Whether a text tells history: dates of years long past, and hardly a word that leans on the day of publication.
fn tells_history(expressions: &[Expression], anchor: &Anchor) -> bool {
    let year_of = |form: &Form| match form {
        Form::Calendar(Calendar { year, .. })
        | Form::Interval { from: Calendar { year, .. }, .. }
        | Form::YearPart { year, .. } => *year,
        _ => None,
    };
    let (mut old, mut new, mut leaning, mut yearless) = (0usize, 0usize, 0usize, 0usize);
    for expression in expressions {
        match year_of(&expression.form) {
            Some(year) if anchor.date.year().saturating_sub(year) >= OLD_YEARS => old += 1,
            Some(_) => new += 1,
            None => {
                leaning += usize::from(speaks_from_anchor(&expression.form) && expression.modifier.is_none());
                yearless += usize::from(lacks_year(&expression.form));
            }
        }
    }
    old >= OLD_DATES && old > 2 * new && leaning * LEANING <= old + yearless
}
