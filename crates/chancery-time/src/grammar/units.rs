//! Dates placed against another time: "last week", "next Friday", "June of
//! that year", "the week of March 6", "the day before Christmas".

use super::{Parsed, Scan, longest};
use crate::calendar::Unit;
use crate::expression::{Calendar, Clock, Deictic, Form, Reference, Vague, YearPart};
use crate::lexicon::Meaning;

impl Scan<'_> {
    /// A date with what may stand around it.
    pub(super) fn dated(&self, at: usize) -> Parsed<Form> {
        longest([self.within(at), self.possessed(at), self.week_of(at), self.day_beside(at), self.simple(at)])
    }

    /// A date that is not built of other dates.
    pub(super) fn simple(&self, at: usize) -> Parsed<Form> {
        longest([
            self.holiday(at),
            self.calendar(at),
            self.decade(at),
            self.century(at),
            self.year_part(at),
            self.unit_phrase(at),
            self.placed(at),
            self.counted_day(at),
            self.weekend(at),
            self.compared(at),
        ])
    }

    /// "Today", "yesterday", "tonight".
    fn counted_day(&self, at: usize) -> Parsed<Form> {
        self.phrases(at).find_map(|(meaning, next)| match meaning {
            Meaning::Day(count, part) => {
                let day = Form::Offset { count: Some(*count), unit: Unit::Day, from: Reference::Anchor };
                let form = match part {
                    Some(part) => Form::Clock { day: Some(Box::new(day)), clock: Clock::Part(*part) },
                    None => day,
                };
                Some((form, next))
            }
            _ => None,
        })
    }

    /// "The weekend".
    fn weekend(&self, at: usize) -> Parsed<Form> {
        (self.word(at, "the") && self.word(at + 1, "weekend"))
            .then_some((Form::Unit { unit: Unit::Weekend, deictic: Deictic::This }, at + 2))
    }

    /// "The quarter" and "the year-earlier quarter" of accounts, "year-ago".
    fn compared(&self, at: usize) -> Parsed<Form> {
        let start = if self.any(at, &["the", "a"]) { at + 1 } else { at };
        let unit = self.look(start, |e| e.unit).filter(|unit| *unit >= Unit::Week)?;
        if unit == Unit::Quarter
            && self.word(at, "the")
            && !self.word(start + 1, "of")
            && !self.mark(start + 1, '-')
        {
            return Some((Form::Unit { unit, deictic: Deictic::Same }, start + 1));
        }
        let glued = self.mark(start + 1, '-') && self.adjacent(start + 1) && self.adjacent(start + 2);
        if !glued || !self.any(start + 2, &["ago", "earlier"]) {
            return None;
        }
        let named = self.any(start + 3, &["quarter", "period"]);
        if start != at && !named {
            return None;
        }
        let next = if named { start + 4 } else { start + 3 };
        Some((Form::Offset { count: Some(-1), unit, from: Reference::Narrative }, next))
    }

    /// The words that place something: "last", "the following", "this past".
    pub(super) fn deictic(&self, at: usize) -> Parsed<(Deictic, bool)> {
        let article = self.word(at, "the");
        let mut start = if article { at + 1 } else { at };
        let mut deictic = self.look(start, |e| e.deictic)?;
        // "This past spring", "this coming Sunday", "that same day", "the very next day"
        if matches!(deictic, Deictic::This | Deictic::Same)
            && let Some(second) = self.look(start + 1, |e| e.deictic)
        {
            (deictic, start) = (second, start + 1);
        }
        if article && deictic == Deictic::Next {
            deictic = Deictic::Following;
        }
        Some(((deictic, article), start + 1))
    }

    /// "This week", "last year", "the same day", "next month".
    pub(super) fn unit_phrase(&self, at: usize) -> Parsed<Form> {
        let ((mut deictic, article), next) = self.deictic(at)?;
        let next = if self.any(next, &["fiscal", "calendar"]) { next + 1 } else { next };
        let unit = self.look(next, |e| e.unit).filter(|unit| *unit >= Unit::Day)?;
        if matches!(deictic, Deictic::Initial | Deictic::Closing) || deictic == Deictic::Past {
            return None;
        }
        // "The last day of the talks" counts inside something else; "first", "second" do too.
        if article && matches!(deictic, Deictic::Last) && self.word(next + 1, "of") {
            return None;
        }
        if unit == Unit::Day && deictic == Deictic::Next {
            deictic = Deictic::Following;
        }
        if unit == Unit::Day && deictic == Deictic::Last {
            return None;
        }
        // "That year-old dispute", "this quarter of the city"
        let compound = self.mark(next + 1, '-') && self.adjacent(next + 1);
        (!compound).then_some((Form::Unit { unit, deictic }, next + 1))
    }

    /// "Last Friday", "next February", "this spring", "the previous Friday", "last Christmas".
    fn placed(&self, at: usize) -> Parsed<Form> {
        let ((deictic, _), next) = self.deictic(at)?;
        if matches!(deictic, Deictic::Initial | Deictic::Closing) {
            return None;
        }
        if let Some(season) = self.look(next, |e| e.season) {
            let inner = Box::new(Form::YearPart { part: YearPart::Season(season), year: None });
            return (!self.word(next + 1, "of")).then_some((Form::Deictic { inner, deictic }, next + 1));
        }
        let (inner, after) = longest([self.holiday(next), self.calendar(next)])?;
        let bare = match &inner {
            Form::Calendar(date) => date.year.is_none(),
            Form::Holiday { year, .. } => year.is_none(),
            _ => false,
        };
        // "This coming Sunday, March 8": the date says all.
        let full =
            matches!(inner, Form::Calendar(Calendar { month: Some(_), day: Some(_), weekday: Some(_), .. }));
        match (bare, full) {
            (true, false) => Some((Form::Deictic { inner: Box::new(inner), deictic }, after)),
            (_, true) => Some((inner, after)),
            _ => None,
        }
    }

    /// "The year", "the month" where "the end of" or "later in" stands before: the one spoken of.
    pub(super) fn spoken_of_unit(&self, at: usize) -> Parsed<Form> {
        if !self.word(at, "the") {
            return None;
        }
        let unit = self.look(at + 1, |e| e.unit)?;
        let deictic = if unit == Unit::Day { Deictic::Same } else { Deictic::This };
        (matches!(
            unit,
            Unit::Day | Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century
        ) && !self.mark(at + 2, '-'))
        .then_some((Form::Unit { unit, deictic }, at + 2))
    }

    /// "June of last year", "January this year", "the third quarter of 1984", "Friday of last week", "the 15th of this month".
    fn within(&self, at: usize) -> Parsed<Form> {
        let (part, next) =
            longest([self.holiday(at), self.calendar(at), self.year_part(at), self.day_of_month(at)])?;
        let whole_at = if self.any(next, &["of", "in"]) || self.mark(next, ',') { next + 1 } else { next };
        let (whole, next) = longest([
            self.unit_phrase(whole_at),
            if whole_at > next { self.spoken_of_unit(whole_at) } else { None },
        ])?;
        let Form::Unit { unit, .. } = whole else { return None };
        let fits = match &part {
            Form::Calendar(Calendar { year: None, month: Some(_), .. }) => unit == Unit::Year,
            Form::Calendar(Calendar { year: None, month: None, day: Some(_), .. }) => unit == Unit::Month,
            Form::Calendar(Calendar { year: None, month: None, day: None, weekday: Some(_) }) => {
                unit == Unit::Week
            }
            Form::YearPart { year: None, .. } | Form::Holiday { year: None, .. } => unit == Unit::Year,
            _ => false,
        };
        fits.then(|| (Form::Within { part: Box::new(part), whole: Box::new(whole) }, next))
    }

    /// "The 15th", only before "of this month".
    fn day_of_month(&self, at: usize) -> Parsed<Form> {
        let start = if self.word(at, "the") { at + 1 } else { at };
        let (day, next) = self.ordinal(start)?;
        let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
        self.word(next, "of")
            .then_some((Form::Calendar(Calendar { day: Some(day), ..Calendar::default() }), next))
    }

    /// "This year's third quarter", "last year's Christmas", "1988's summer".
    fn possessed(&self, at: usize) -> Parsed<Form> {
        let (whole, next) = longest([self.unit_phrase(at), self.calendar(at)])?;
        if !self.mark(next, '\'') || !self.word(next + 1, "s") {
            return None;
        }
        let part_at = next + 2;
        let season = self
            .look(part_at, |e| e.season)
            .map(|season| (Form::YearPart { part: YearPart::Season(season), year: None }, part_at + 1));
        let (part, next) = longest([self.year_part(part_at), season, self.holiday(part_at)])?;
        match whole {
            Form::Unit { unit: Unit::Year, .. }
            | Form::Calendar(Calendar { year: Some(_), month: None, .. }) => {
                Some((Form::Within { part: Box::new(part), whole: Box::new(whole) }, next))
            }
            _ => None,
        }
    }

    /// "The week of March 6".
    fn week_of(&self, at: usize) -> Parsed<Form> {
        let start = if self.word(at, "the") { at + 1 } else { at };
        if !self.word(start, "week") || !self.any(start + 1, &["of", "beginning", "starting"]) {
            return if self.any(start + 1, &["week"]) {
                let (day, next) = self.holiday(start)?;
                Some((Form::WeekOf(Box::new(day)), next + 1))
            } else {
                None
            };
        }
        let (day, next) = self.calendar(start + 2)?;
        matches!(day, Form::Calendar(Calendar { day: Some(_), .. }))
            .then(|| (Form::WeekOf(Box::new(day)), next))
    }

    /// "The day before Christmas", "a week from Tuesday", "the day after" where the text goes on to something else.
    fn day_beside(&self, at: usize) -> Parsed<Form> {
        if !self.any(at, &["the", "a", "an", "one"]) && self.look(at, |e| e.unit).is_none() {
            return None;
        }
        let unit_at = if self.any(at, &["the", "a", "an", "one"]) { at + 1 } else { at };
        let unit = self.look(unit_at, |e| e.unit).filter(|unit| *unit >= Unit::Day)?;
        let sign = self.direction(unit_at + 1)?;
        if let Some((date, next)) = self.simple(unit_at + 2) {
            let from = Reference::Date(Box::new(date));
            return Some((Form::Offset { count: Some(sign), unit, from }, next));
        }
        let ends = self.word(at, "the")
            && unit <= Unit::Week
            && !self.is_word(unit_at + 2)
            && !self.word(unit_at + 1, "from");
        ends.then_some((Form::Offset { count: Some(sign), unit, from: Reference::Narrative }, unit_at + 2))
    }

    /// Before or after.
    pub(super) fn direction(&self, at: usize) -> Option<i32> {
        if self.word(at, "before") { Some(-1) } else { self.any(at, &["after", "from"]).then_some(1) }
    }

    /// "Recent years", "coming months": times without an end.
    pub(super) fn indefinite(&self, at: usize) -> Parsed<Form> {
        let start = if self.word(at, "the") { at + 1 } else { at };
        let vague = match () {
            () if self.word(start, "recent") => Vague::Past,
            () if self.any(start, &["coming", "future"]) => Vague::Future,
            () => return None,
        };
        let mut next = start + 1;
        self.look(next, |e| e.unit_plural)?;
        if self.word(next + 1, "and") && self.look(next + 2, |e| e.unit_plural).is_some() {
            next += 2;
        }
        Some((Form::Vague(vague), next + 1))
    }
}
