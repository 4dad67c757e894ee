//! Dates of the calendar: days, months, weekdays, years and what is built of them.

use super::{Parsed, Scan, longest};
use crate::expression::{Calendar, Form, YearPart};
use crate::lexicon::Meaning;
use crate::token::Shape;

impl Scan<'_> {
    /// A date in figures or with the name of a month or weekday.
    pub(super) fn calendar(&self, at: usize) -> Parsed<Form> {
        let year = || {
            self.year_span(at)
                .or_else(|| self.year(at).map(|(y, n)| (Form::Calendar(Calendar::of_year(y)), n)))
        };
        longest([self.numeric(at), self.with_weekday(at), self.with_month(at), year()])
    }

    /// "2006-04-07", "4/7/2006", "07.04.2006", "20060407".
    fn numeric(&self, at: usize) -> Parsed<Form> {
        let (first, first_digits) = self.digits(at)?;
        let glued = self.before(at).is_some_and(|b| {
            self.adjacent(at)
                && matches!(
                    self.tokens.get(b).map(|t| t.shape),
                    Some(Shape::Mark('.' | '/' | '-' | ':') | Shape::Word { .. })
                )
        });
        if glued {
            return None;
        }
        let mark = match self.tokens.get(at + 1)?.shape {
            Shape::Mark(mark @ ('-' | '/' | '.')) => mark,
            _ => return None,
        };
        let (second, second_digits) = self.digits(at + 2)?;
        let (third, third_digits) = self.digits(at + 4)?;
        if !self.mark(at + 3, mark) || (at + 1..=at + 4).any(|i| !self.adjacent(i)) || second_digits > 2 {
            return None;
        }
        let continues = self.adjacent(at + 5)
            && (self.mark(at + 5, mark) && self.digits(at + 6).is_some() && self.adjacent(at + 6)
                || self.digits(at + 5).is_some());
        if continues {
            return None;
        }
        let (year, month, day) = match (first_digits, third_digits, mark) {
            (4, 1 | 2, '-' | '/' | '.') => (first, second, third),
            // Day first with full stops; with strokes as in America, unless that is no month.
            (1 | 2, 4, '.') => (third, second, first),
            (1 | 2, 4, _) if first > 12 => (third, second, first),
            (1 | 2, 4, _) => (third, first, second),
            (1 | 2, 2, '/') if first > 12 => (two_digit_year(third), second, first),
            (1 | 2, 2, '/') => (two_digit_year(third), first, second),
            _ => return None,
        };
        let date = jiff::civil::Date::new(
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        )
        .ok()?;
        // The date may be followed by "T" and a time.
        let form = Form::Calendar(Calendar {
            year: Some(date.year()),
            month: Some(date.month()),
            day: Some(date.day()),
            weekday: None,
        });
        Some((form, at + 5))
    }

    /// A weekday, alone or before a date: "Friday", "Friday, April 7", "Fri., 7 April 2006".
    fn with_weekday(&self, at: usize) -> Parsed<Form> {
        let full = self.look(at, |e| e.weekday);
        let weekday = full.or_else(|| self.look(at, |e| e.weekday_abbreviation))?;
        if !self.is_capital(at) {
            return None;
        }
        let mut next = at + 1;
        if full.is_none() && self.mark(next, '.') && self.adjacent(next) {
            next += 1;
        }
        if self.mark(next, ',') {
            next += 1;
        }
        if self.word(next, "the") {
            next += 1;
        }
        let dated = self.with_month(next).filter(|(form, _)| {
            matches!(form, Form::Calendar(Calendar { day: Some(_), .. }) | Form::Interval { .. })
        });
        match dated {
            Some((Form::Calendar(date), next)) => {
                Some((Form::Calendar(Calendar { weekday: Some(weekday), ..date }), next))
            }
            Some((Form::Interval { from, to }, next)) => {
                Some((Form::Interval { from: Calendar { weekday: Some(weekday), ..from }, to }, next))
            }
            _ => full.map(|_| {
                (Form::Calendar(Calendar { weekday: Some(weekday), ..Calendar::default() }), at + 1)
            }),
        }
    }

    /// The name of a month, with whether it is full and unmistakable.
    fn month(&self, at: usize) -> Parsed<(i8, bool)> {
        if !self.is_capital(at) {
            return None;
        }
        let entry = self.entry(at)?;
        if let Some(month) = entry.month {
            return Some(((month, !entry.month_is_ambiguous), at + 1));
        }
        let month = entry.month_abbreviation?;
        let next = if self.mark(at + 1, '.') && self.adjacent(at + 1) { at + 2 } else { at + 1 };
        Some(((month, false), next))
    }

    /// A day of the month, in figures or as an ordinal.
    fn day(&self, at: usize) -> Parsed<i8> {
        if let Some((day, next)) = self.ordinal(at) {
            return i8::try_from(day).ok().filter(|d| (1..=31).contains(d)).map(|d| (d, next));
        }
        let (day, digits) = self.digits(at)?;
        let continues = self.adjacent(at + 1)
            && match self.tokens.get(at + 1).map(|t| t.shape) {
                Some(Shape::Word { .. }) | Some(Shape::Mark('%' | '/')) => true,
                Some(Shape::Mark('.' | ':' | ',')) => {
                    self.adjacent(at + 2) && self.digits(at + 2).is_some_and(|(_, d)| d < 4)
                }
                _ => false,
            };
        let counted = self.entry(at + 1).is_some_and(|e| e.counted);
        let day = i8::try_from(day).ok().filter(|d| (1..=31).contains(d))?;
        (digits <= 2 && !continues && !counted).then_some((day, at + 1))
    }

    /// Everything with the name of a month: "April 7", "7 April 2006", "the 7th of April", "March 3-5", "April 2006", "April".
    fn with_month(&self, at: usize) -> Parsed<Form> {
        longest([self.day_first(at), self.month_first(at)])
    }

    fn month_first(&self, at: usize) -> Parsed<Form> {
        let ((month, sure), after_month) = self.month(at)?;
        let month_only = Calendar { month: Some(month), ..Calendar::default() };
        let day_at = if self.word(after_month, "the") { after_month + 1 } else { after_month };
        let glued_hyphen = self.mark(after_month, '-') && self.adjacent(after_month);
        let day_at = if glued_hyphen { after_month + 1 } else { day_at };
        if let Some((day, next)) = self.day(day_at).filter(|_| !glued_hyphen || self.adjacent(day_at)) {
            let from = Calendar { day: Some(day), ..month_only };
            let (last, next) =
                self.last_day(next, day).map_or((None, next), |(last, next)| (Some(last), next));
            let (year, next) =
                self.year_of_date(next).map_or((None, next), |(year, next)| (Some(year), next));
            return Some((interval(from, last, year), next));
        }
        let year_at = match () {
            () if self.any(after_month, &["of"]) || self.mark(after_month, ',') => after_month + 1,
            () if glued_hyphen => after_month + 1,
            () => after_month,
        };
        if let Some((year, next)) = self.plain_year(year_at) {
            return Some((Form::Calendar(Calendar { year: Some(year), ..month_only }), next));
        }
        let full = self.look(at, |e| e.month).is_some();
        let alone = full && self.month_stands_alone(at, sure);
        alone.then_some((Form::Calendar(month_only), after_month))
    }

    /// Whether a month's name without day or year is the month and not a verb, a name or part of one.
    fn month_stands_alone(&self, at: usize, sure: bool) -> bool {
        let name_follows = self.is_capital(at + 1)
            && !self.tokens.get(at + 1).is_some_and(|t| t.breaks)
            && self.entry(at + 1).is_none_or(|e| e.month.is_none() && e.weekday.is_none());
        let before = self.before(at).filter(|b| self.is_word(*b) || self.mark(*b, '-'));
        let introduced = before
            .is_some_and(|b| self.mark(b, '-') || self.look(b, |e| e.introducer.then_some(())).is_some());
        let named = before.is_some_and(|b| self.is_capital(b) && !introduced && !self.begins_sentence(b));
        if sure {
            // "Black September", "the September 11 Commission": a name takes the month in.
            return !named || self.entry(at.wrapping_sub(1)).is_some_and(|e| e.weekday.is_some());
        }
        let listed = self.any(at + 1, &["and", "or", "to", "through"])
            && self.look(at + 2, |e| e.month).is_some()
            || self.any(at.wrapping_sub(1), &["and", "or"])
                && self.look(at.wrapping_sub(2), |e| e.month).is_some();
        let adverb =
            self.before(at).is_some_and(|b| self.mark(b, ',') || self.mark(b, '(')) && self.mark(at + 1, ',');
        (introduced || listed || adverb)
            && (introduced || !name_follows)
            && !(self.before(at).is_some_and(|b| self.any(b, &["the", "that", "for", "on", "following"]))
                && self.any(at + 1, &["on", "of", "for", "to"]))
    }

    fn day_first(&self, at: usize) -> Parsed<Form> {
        let start = if self.word(at, "the") { at + 1 } else { at };
        let (day, next) = self.day(start)?;
        // "3-5 March", "3 to 5 March", "3 and 5 March"
        let (last, next) = self.last_day(next, day).map_or((None, next), |(last, next)| (Some(last), next));
        let month_at = if self.word(next, "of") || (self.mark(next, '-') && self.adjacent(next)) {
            next + 1
        } else {
            next
        };
        if self.tokens.get(month_at).is_some_and(|t| t.breaks) {
            return None;
        }
        let ((month, _), next) = self.month(month_at)?;
        // "7 May be": a capital makes the month, a full stop after an abbreviation is its own.
        let from = Calendar { month: Some(month), day: Some(day), ..Calendar::default() };
        let (year, next) = self.year_of_date(next).map_or((None, next), |(year, next)| (Some(year), next));
        Some((interval(from, last, year), next))
    }

    /// The last day of "3-5", "3 to 5", "3 and 4".
    fn last_day(&self, at: usize, first: i8) -> Parsed<i8> {
        let joined = self.mark(at, '-') || self.any(at, &["to", "and", "through", "until", "till"]);
        if !joined {
            return None;
        }
        let start = if self.word(at + 1, "the") { at + 2 } else { at + 1 };
        let (last, next) = self.day(start)?;
        (last > first).then_some((last, next))
    }

    /// The year after a day: "2006", ", 2006", "of 2006", "'06".
    fn year_of_date(&self, at: usize) -> Parsed<i16> {
        let start =
            if self.mark(at, ',') || self.any(at, &["of"]) || (self.mark(at, '-') && self.adjacent(at)) {
                at + 1
            } else {
                at
            };
        self.plain_year(start)
    }

    /// A year beside a month: four digits, or an apostrophe and two.
    fn plain_year(&self, at: usize) -> Parsed<i16> {
        if self.mark(at, '\'') && self.adjacent(at + 1) {
            let (value, digits) = self.digits(at + 1)?;
            return (digits == 2).then_some((i16::try_from(two_digit_year(value)).ok()?, at + 2));
        }
        if self.tokens.get(at).is_some_and(|t| t.breaks) {
            return None;
        }
        if let Some(year) = self.year_in_words(at, false) {
            return Some(year);
        }
        let (value, digits) = self.digits(at)?;
        if let Some(next) = self.before_christ(at + 1) {
            return i16::try_from(value).ok().map(|year| (1 - year, next));
        }
        let year = i16::try_from(value).ok()?;
        let counted = self.entry(at + 1).is_some_and(|e| e.counted) && !self.mark(at.wrapping_sub(1), ',');
        let continues = self.adjacent(at + 1) && (self.is_word(at + 1) || self.mark(at + 1, '%'));
        (digits == 4 && (1000..=2200).contains(&year) && !counted && !continues).then_some((year, at + 1))
    }

    /// "1996-98", "1999/2000": years that share digits.
    fn year_span(&self, at: usize) -> Parsed<Form> {
        let (first, digits) = self.digits(at)?;
        let joined = self.mark(at + 1, '-') || self.mark(at + 1, '/');
        let (last, last_digits) = self.digits(at + 2)?;
        if digits != 4
            || last_digits != 2
            || !joined
            || !self.adjacent(at + 1)
            || !self.adjacent(at + 2)
            || self.adjacent(at) && self.before(at).is_some_and(|b| self.is_word(b))
        {
            return None;
        }
        let more = self.adjacent(at + 3)
            && (self.is_word(at + 3) || (self.mark(at + 3, '-') && self.adjacent(at + 4)));
        if more || !(1500..=2100).contains(&first) {
            return None;
        }
        let century = first / 100 * 100;
        let to = if last > first % 100 {
            century + last
        } else if last == 0 && first % 100 == 99 {
            century + 100
        } else {
            return None;
        };
        let (from, to) = (i16::try_from(first).ok()?, i16::try_from(to).ok()?);
        Some((Form::Interval { from: Calendar::of_year(from), to: Calendar::of_year(to) }, at + 3))
    }

    /// "The 1990s", "the '80s", "the nineties".
    pub(super) fn decade(&self, at: usize) -> Parsed<Form> {
        let article = self.word(at, "the");
        let start = if article { at + 1 } else { at };
        if let Some(decade) = self.look(start, |e| e.decade) {
            let introduced = article
                || self
                    .before(at)
                    .is_some_and(|b| self.look(b, |e| e.modifier).is_some() || self.mark(b, '-'));
            return introduced.then_some((Form::Decade(decade), start + 1));
        }
        let apostrophe = self.mark(start, '\'');
        let number = if apostrophe { start + 1 } else { start };
        let (value, digits) = self.digits(number)?;
        let ending =
            if self.mark(number + 1, '\'') && self.adjacent(number + 1) { number + 2 } else { number + 1 };
        if value % 10 != 0 || self.source(ending) != "s" || !self.adjacent(ending) {
            return None;
        }
        let possessive = ending == number + 2;
        let year = match digits {
            4 if (1000..=2100).contains(&value) && (!possessive || article) => value,
            2 if (apostrophe && self.adjacent(number)) || article => two_digit_year(value),
            _ => return None,
        };
        Some((Form::Decade(i16::try_from(year).ok()?), ending + 1))
    }

    /// "The 20th century", "the third century BC".
    pub(super) fn century(&self, at: usize) -> Parsed<Form> {
        let start = if self.word(at, "the") { at + 1 } else { at };
        let (number, next) = self.ordinal(start)?;
        let next = if self.mark(next, '-') { next + 1 } else { next };
        if !self.any(next, &["century", "centuries"]) || !(1..=30).contains(&number) {
            return None;
        }
        let number = i16::try_from(number).ok()?;
        Some(match self.before_christ(next + 1) {
            Some(next) => (Form::Century(-number), next),
            None => (Form::Century(number), next + 1),
        })
    }

    /// A season, a quarter or a half with or without its year.
    pub(super) fn year_part(&self, at: usize) -> Parsed<Form> {
        longest([self.season(at), self.quarter(at), self.short_quarter(at)])
    }

    fn season(&self, at: usize) -> Parsed<Form> {
        let article = self.word(at, "the");
        let start = if article { at + 1 } else { at };
        let season = self.look(start, |e| e.season)?;
        let part = YearPart::Season(season);
        let year_at =
            if self.any(start + 1, &["of"]) || self.mark(start + 1, ',') { start + 2 } else { start + 1 };
        if let Some((year, next)) = self.plain_year(year_at) {
            return Some((Form::YearPart { part, year: Some(year) }, next));
        }
        let introduced = self.before(at).is_some_and(|b| {
            let signal = self.look(b, |e| e.signal).is_some() || self.any(b, &["every"]) || self.mark(b, '-');
            signal && !self.any(b, &["for", "to", "on", "at"]) || self.look(b, |e| e.modifier).is_some()
        });
        // "The fall of the city", "in fall back positions": a bare season needs its surroundings.
        let bare = introduced
            && !self.any(start + 1, &["of", "back", "guys"])
            && (article
                || !self.is_word(start + 1)
                || self.look(start + 1, |e| e.signal).is_some()
                || self.any(start + 1, &["and", "or"]));
        bare.then_some((Form::YearPart { part, year: None }, start + 1))
    }

    /// "The third quarter of 2006", "fiscal first-quarter", "the first half of 1990".
    fn quarter(&self, at: usize) -> Parsed<Form> {
        let mut start = if self.any(at, &["the", "its", "their"]) { at + 1 } else { at };
        let mut year = None;
        if let Some((named, next)) = self.plain_year(start) {
            (year, start) = (Some(named), next);
        }
        if self.any(start, &["fiscal", "fiscal-"]) {
            start += 1;
            if self.mark(start, '-') {
                start += 1;
            }
        }
        let (number, mut next) =
            self.ordinal(start).or_else(|| self.any(start, &["last", "final"]).then_some((0, start + 1)))?;
        let hyphen = self.mark(next, '-');
        if hyphen {
            next += 1;
        }
        if self.any(next, &["fiscal"]) {
            next += 1;
        }
        let part = match (number, self.source(next).to_ascii_lowercase().as_str()) {
            (1..=4, "quarter") => YearPart::Quarter(i8::try_from(number).ok()?),
            (0, "quarter") if self.word(next + 1, "of") => YearPart::Quarter(4),
            (1..=2, "half") => YearPart::Half(i8::try_from(number).ok()?),
            (0, "half") => YearPart::Half(2),
            _ => return None,
        };
        next += 1;
        let of = if self.any(next, &["of", "in"]) { next + 1 } else { next };
        let of = if self.word(of, "fiscal") { of + 1 } else { of };
        if let Some((named, after)) = self.plain_year(of).filter(|_| year.is_none()) {
            (year, next) = (Some(named), after);
        }
        // Football has halves too: without a year a half needs the hyphen of "first-half profit".
        let known =
            year.is_some() || matches!(part, YearPart::Quarter(_)) || hyphen || self.inside_named_year(next);
        (known && (year.is_some() || number > 0 || self.inside_named_year(next)))
            .then_some((Form::YearPart { part, year }, next))
    }

    /// Whether "of this year" or the like follows.
    fn inside_named_year(&self, at: usize) -> bool {
        self.any(at, &["of", "in"]) && (self.unit_phrase(at + 1).is_some() || self.any(at + 2, &["year"]))
    }

    /// "Q3 2006", "H1 2006".
    fn short_quarter(&self, at: usize) -> Parsed<Form> {
        if !self.any(at, &["Q", "H"]) || !self.is_capital(at) || !self.adjacent(at + 1) {
            return None;
        }
        let (number, _) = self.digits(at + 1)?;
        let number = i8::try_from(number).ok()?;
        let (year, next) = self.year_of_date(at + 2)?;
        let part = match (self.source(at), number) {
            ("Q", 1..=4) => YearPart::Quarter(number),
            ("H", 1..=2) => YearPart::Half(number),
            _ => return None,
        };
        Some((Form::YearPart { part, year: Some(year) }, next))
    }

    /// A day with a name, and its year where that follows.
    pub(super) fn holiday(&self, at: usize) -> Parsed<Form> {
        if self.is_word(at) && !self.is_capital(at) && !self.word(at, "the") {
            return None;
        }
        let (rule, next) = self.phrases(at).find_map(|(meaning, next)| match meaning {
            Meaning::Holiday(rule) => Some((*rule, next)),
            _ => None,
        })?;
        // "Easter Island", "Christmas Island": a name that goes on.
        let goes_on = self.is_capital(next)
            && !self.tokens.get(next).is_some_and(|t| t.breaks)
            && self.entry(next).is_none();
        if goes_on {
            return None;
        }
        match self.year_of_date(next) {
            Some((year, next)) => Some((Form::Holiday { rule, year: Some(year) }, next)),
            None => Some((Form::Holiday { rule, year: None }, next)),
        }
    }
}

/// A day, or an interval to the last of several days of one month.
fn interval(from: Calendar, last: Option<i8>, year: Option<i16>) -> Form {
    let from = Calendar { year, ..from };
    match last {
        Some(day) => Form::Interval { from, to: Calendar { day: Some(day), weekday: None, ..from } },
        None => Form::Calendar(from),
    }
}

/// Two digits stand for the years 1930 to 2029.
fn two_digit_year(digits: u32) -> u32 {
    digits.saturating_add(if digits >= 30 { 1900 } else { 2000 })
}
