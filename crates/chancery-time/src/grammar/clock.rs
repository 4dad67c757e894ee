//! Times of day, alone and with their day.

use super::{Parsed, Reading, Scan, longest};
use crate::calendar::{DayPart, Unit};
use crate::expression::{Calendar, Clock, Deictic, Form, Modifier};
use crate::lexicon::Meaning;

impl Scan<'_> {
    /// A time of day with its day: "10 p.m. Wednesday", "Friday night", "this morning", "the night of April 18".
    pub(super) fn timed(&self, at: usize) -> Option<Reading> {
        let (modifier, start) =
            self.time_modifier(at).map_or((None, at), |(modifier, next)| (Some(modifier), next));
        let (form, next) = longest([
            self.clock_then_day(start),
            self.day_then_clock(start),
            self.part_of_this_day(start),
            self.part_of_date(start),
        ])?;
        Some(Reading { form, modifier, next })
    }

    /// "Early", "late", "around" before a time of day.
    fn time_modifier(&self, at: usize) -> Parsed<Modifier> {
        let word = if self.word(at, "the") { at + 1 } else { at };
        let modifier = self.look(word, |e| e.modifier).filter(|m| {
            matches!(
                m,
                Modifier::Start
                    | Modifier::Mid
                    | Modifier::End
                    | Modifier::Approx
                    | Modifier::Before
                    | Modifier::After
            )
        })?;
        Some((modifier, if self.mark(word + 1, '-') { word + 2 } else { word + 1 }))
    }

    pub(super) fn part_of_day(&self, at: usize) -> Parsed<DayPart> {
        self.look(at, |e| e.part_of_day).map(|part| (part, at + 1))
    }

    /// A time on the clock, with its zone.
    fn clock(&self, at: usize) -> Parsed<Clock> {
        let (hour, minute, next) = self.named_hour(at).or_else(|| self.figures(at))?;
        let mut zone_at = next;
        if self.mark(zone_at, '(') {
            zone_at += 1;
        }
        let zone_word = self.look(zone_at, |e| e.zone).filter(|_| self.is_capital(zone_at));
        let (zone, next) = match zone_word {
            Some(zone) => (
                Some(zone),
                if zone_at > next && self.mark(zone_at + 1, ')') {
                    zone_at + 2
                } else if zone_at == next {
                    next + 1
                } else {
                    next
                },
            ),
            None => {
                let phrase = self.phrases(next).find(|(meaning, _)| matches!(meaning, Meaning::Zone));
                (None, phrase.map_or(next, |(_, next)| next))
            }
        };
        Some((Clock::At { hour, minute, zone }, next))
    }

    fn named_hour(&self, at: usize) -> Option<(i8, Option<i8>, usize)> {
        let hour = self.look(at, |e| e.hour_name)?;
        Some((hour, None, at + 1))
    }

    /// "3:30 p.m.", "15:30", "1430 GMT", "0900 hours", "10 o'clock", "4 in the morning".
    fn figures(&self, at: usize) -> Option<(i8, Option<i8>, usize)> {
        let (value, digits) = self.digits(at)?;
        let glued = self.adjacent(at)
            && self.before(at).is_some_and(|b| {
                self.mark(b, ':') || self.mark(b, '.') || self.is_word(b) || self.mark(b, '$')
            });
        if glued {
            return None;
        }
        if digits == 4 || digits == 3 {
            return self.military(at, value, digits);
        }
        let hour = i8::try_from(value).ok().filter(|hour| (0..=24).contains(hour))?;
        let mut next = at + 1;
        let mut minute = None;
        let colon = self.mark(next, ':') || self.mark(next, '.');
        if colon
            && self.adjacent(next)
            && self.adjacent(next + 1)
            && let Some((minutes, 2)) = self.digits(next + 1).filter(|(minutes, _)| *minutes < 60)
        {
            minute = i8::try_from(minutes).ok();
            next += 2;
            // Seconds are read over.
            if self.mark(next, ':')
                && self.adjacent(next)
                && self.digits(next + 1).is_some_and(|(s, d)| s < 60 && d == 2)
            {
                next += 2;
            }
        }
        let with_colon = minute.is_some() && self.mark(at + 1, ':');
        if let Some((afternoon, next)) = self.meridiem(next) {
            let hour = match (hour, afternoon) {
                (12, false) => 0,
                (1..=11, true) => hour + 12,
                (0..=12, _) => hour,
                _ => return None,
            };
            return Some((hour, minute, next));
        }
        if minute.is_none()
            && self.word(next, "o")
            && self.mark(next + 1, '\'')
            && self.word(next + 2, "clock")
        {
            return Some((hour, Some(0), next + 3));
        }
        if self.word(next, "in") && self.word(next + 1, "the") {
            let (part, after) = self.part_of_day(next + 2)?;
            let hour = if matches!(part, DayPart::Afternoon | DayPart::Evening) && hour < 12 {
                hour + 12
            } else {
                hour
            };
            return (hour <= 24 && (minute.is_none() || with_colon)).then_some((hour, minute, after));
        }
        let zoned = self.look(next, |e| e.zone).is_some() && self.is_capital(next) && minute.is_some();
        (with_colon && hour < 24 && !self.goes_on(next) || zoned).then_some((hour, minute, next))
    }

    /// Whether figures go on directly ("12:30-4", a score, is left alone too).
    fn goes_on(&self, at: usize) -> bool {
        self.adjacent(at)
            && (self.mark(at, ':')
                || self.mark(at, '.') && self.adjacent(at + 1) && self.digits(at + 1).is_some())
    }

    fn military(&self, at: usize, value: u32, digits: u8) -> Option<(i8, Option<i8>, usize)> {
        let (hour, minute) = (i8::try_from(value / 100).ok()?, i8::try_from(value % 100).ok()?);
        if hour > 24 || minute > 59 || digits == 3 {
            return None;
        }
        let zoned = self.look(at + 1, |e| e.zone).is_some() && self.is_capital(at + 1);
        let hours = self.any(at + 1, &["hours", "hrs"]);
        let early = self.source(at).starts_with('0')
            && self.before(at).is_some_and(|b| self.any(b, &["at", "from", "until", "by", "to", "around"]));
        (zoned || hours || early).then_some((hour, Some(minute), if hours { at + 2 } else { at + 1 }))
    }

    /// "a.m.", "pm"; whether it is after noon.
    fn meridiem(&self, at: usize) -> Parsed<bool> {
        if self.any(at, &["am", "pm"]) {
            return Some((self.word(at, "pm"), at + 1));
        }
        if !self.any(at, &["a", "p"])
            || !self.mark(at + 1, '.')
            || !self.adjacent(at + 1)
            || !self.word(at + 2, "m")
            || !self.adjacent(at + 2)
        {
            return None;
        }
        let end = if self.mark(at + 3, '.') && self.adjacent(at + 3) { at + 4 } else { at + 3 };
        Some((self.word(at, "p"), end))
    }

    /// "10 p.m. Wednesday", "noon on April 7", "5 p.m. EST, Nov. 6", "3 p.m. today".
    fn clock_then_day(&self, at: usize) -> Parsed<Form> {
        let (clock, next) = self.clock(at)?;
        let day_at = if self.word(next, "on") || self.mark(next, ',') { next + 1 } else { next };
        if let Some((day, next)) = self.day_for_clock(day_at) {
            return Some((Form::Clock { day: Some(Box::new(day)), clock }, next));
        }
        Some((Form::Clock { day: None, clock }, next))
    }

    /// "Friday night", "tomorrow morning", "April 7 at 3 p.m.", "the next morning".
    fn day_then_clock(&self, at: usize) -> Parsed<Form> {
        let (day, next) = self.day_for_clock(at)?;
        let (next, hyphen) = if self.mark(next, '-') { (next + 1, true) } else { (next, false) };
        let night = self
            .part_of_day(next)
            .filter(|_| !hyphen || self.adjacent(next))
            .map(|(part, after)| (Clock::Part(part), after));
        let clock_at = if self.mark(next, ',') { next + 1 } else { next };
        let clock_at = if self.any(clock_at, &["at", "around"]) { clock_at + 1 } else { clock_at };
        let (clock, next) = night.or_else(|| self.clock(clock_at))?;
        Some((Form::Clock { day: Some(Box::new(day)), clock }, next))
    }

    /// "This morning", "that night", "the following evening".
    fn part_of_this_day(&self, at: usize) -> Parsed<Form> {
        let ((deictic, _), next) = self.deictic(at)?;
        let (part, next) = self.part_of_day(next)?;
        let deictic = match deictic {
            Deictic::This => Deictic::This,
            Deictic::Same => Deictic::Same,
            Deictic::Next | Deictic::Following => Deictic::Following,
            Deictic::Previous | Deictic::Last => Deictic::Previous,
            _ => return None,
        };
        let day = Form::Unit { unit: Unit::Day, deictic };
        Some((Form::Clock { day: Some(Box::new(day)), clock: Clock::Part(part) }, next))
    }

    /// "The night of April 18", "the morning of the next day".
    fn part_of_date(&self, at: usize) -> Parsed<Form> {
        let start = if self.word(at, "the") { at + 1 } else { at };
        let (part, next) = self.part_of_day(start)?;
        if !self.any(next, &["of", "on"]) {
            return None;
        }
        let (day, next) = self.day_for_clock(next + 1)?;
        Some((Form::Clock { day: Some(Box::new(day)), clock: Clock::Part(part) }, next))
    }

    /// A date that is a day.
    fn day_for_clock(&self, at: usize) -> Parsed<Form> {
        let (form, next) = self.simple(at)?;
        let is_day = match &form {
            Form::Calendar(date) => date.day.is_some() || date.weekday.is_some(),
            Form::Holiday { .. }
            | Form::Offset { unit: Unit::Day, .. }
            | Form::Unit { unit: Unit::Day, .. } => true,
            Form::Deictic { inner, .. } => {
                matches!(
                    **inner,
                    Form::Calendar(Calendar { weekday: Some(_), .. } | Calendar { day: Some(_), .. })
                        | Form::Holiday { .. }
                )
            }
            _ => false,
        };
        is_day.then_some((form, next))
    }
}
