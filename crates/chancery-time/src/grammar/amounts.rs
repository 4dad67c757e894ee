//! Lengths of time, what is counted by them ("three days ago"), and recurring times.

use super::numbers::Amount;
use super::{Parsed, Reading, Scan, longest};
use crate::calendar::Unit;
use crate::expression::{Deictic, Form, Length, Modifier, Reference, Vague};
use crate::lexicon::Meaning;

/// An amount with its unit, and whether the unit was plural.
#[derive(Debug, Clone)]
struct Stretch {
    lengths: Vec<Length>,
    amount: Option<Amount>,
    approximate: bool,
    /// "Two-week": an adjective.
    hyphenated: bool,
    next: usize,
}

impl Scan<'_> {
    /// A duration, or an offset that is made of one.
    pub(super) fn amount(&self, at: usize) -> Option<Reading> {
        if let Some((form, next)) = self.indefinite(at) {
            return Some(Reading { form, modifier: None, next });
        }
        let (modifier, start) =
            self.quantifier(at).map_or((None, at), |(modifier, next)| (Some(modifier), next));
        let extent =
            self.deictic(start).filter(|((deictic, _), _)| !matches!(deictic, Deictic::This | Deictic::Same));
        let (extent, length_at) = match extent {
            Some(((deictic, _), next)) => (Some(deictic), next),
            None if self.any(start, &["the", "those", "these"]) => (None, start + 1),
            None => (None, start),
        };
        let inner = self.quantifier(length_at).map(|(modifier, next)| (Some(modifier), next));
        let (modifier, length_at) = match inner {
            Some((inner, next)) if modifier.is_none() => (inner, next),
            _ => (modifier, length_at),
        };
        let definite = length_at != start;
        // "Over the past year", "over several years": a preposition; "over two years" is more than two.
        let preposition = modifier == Some(Modifier::MoreThan) && self.word(at, "over");
        if preposition && (definite || self.integer(length_at).is_none() && self.article(length_at).is_none())
        {
            return None;
        }
        let stretch = self.stretch(length_at, extent, definite)?;
        // "The 23-year occupation": the article is the noun's.
        if definite && extent.is_none() && stretch.hyphenated {
            return None;
        }
        let modifier = modifier.or(stretch.approximate.then_some(Modifier::Approx));
        if extent.is_none()
            && let Some(reading) = self.offset(&stretch, modifier)
        {
            return Some(reading);
        }
        // An age is no length of time that anything took.
        let hyphen = self.mark(stretch.next, '-');
        if self.word(if hyphen { stretch.next + 1 } else { stretch.next }, "old") {
            return None;
        }
        let long = hyphen && self.any(stretch.next + 1, &["long"]) && self.adjacent(stretch.next + 1);
        let next = if long { stretch.next + 2 } else { stretch.next };
        // "$40,000 a year": a rate.
        let article = stretch.amount.is_some_and(|amount| amount.article);
        let rate = article
            && modifier.is_none()
            && self.before(at).is_some_and(|b| {
                self.digits(b).is_some()
                    || self.any(b, &["million", "billion", "thousand", "percent", "times"])
            });
        let form = match stretch.lengths.first() {
            Some(length) if rate && stretch.lengths.len() == 1 => {
                Form::Set(crate::value::length_value(&[*length]))
            }
            _ => Form::Duration { lengths: stretch.lengths, extent },
        };
        Some(Reading { form, modifier, next })
    }

    /// "About", "nearly", "at least", "more than" before an amount.
    fn quantifier(&self, at: usize) -> Parsed<Modifier> {
        let quantity = |modifier: &Modifier| {
            !matches!(
                modifier,
                Modifier::Start | Modifier::Mid | Modifier::End | Modifier::Before | Modifier::After
            )
        };
        let phrase = self.phrases(at).find_map(|(meaning, next)| match meaning {
            Meaning::Modifier(modifier) if quantity(modifier) => Some((*modifier, next)),
            _ => None,
        });
        let word = || self.look(at, |e| e.modifier).filter(quantity).map(|modifier| (modifier, at + 1));
        phrase.or_else(word)
    }

    /// An amount and its unit: "two days", "three-day", "a year and a half", "5 hours 20 minutes", "years".
    fn stretch(&self, at: usize, extent: Option<Deictic>, definite: bool) -> Option<Stretch> {
        let Some((amount, mut next)) = self.count(at) else {
            return self.bare_stretch(at, extent);
        };
        let hyphenated = self.mark(next, '-') && self.adjacent(next);
        if hyphenated {
            next += 1;
        }
        for _ in 0..2 {
            if self.look(next, |e| e.filler.then_some(())).is_some() && !self.word(next, "long") {
                next += 1;
            }
        }
        let plural = self.look(next, |e| e.unit_plural);
        let unit = plural.or_else(|| self.look(next, |e| e.unit))?;
        // "A second" is another one, "a quarter" a fourth part, "three quarters of" a fraction.
        if amount.article && matches!(unit, Unit::Second | Unit::Quarter)
            || unit == Unit::Quarter && self.word(next + 1, "of")
            || plural.is_none() && amount.count.is_none() && !self.mark(next.wrapping_sub(1), '-')
            // "The one day" counts, "the a day" does not exist; "the 1990 second quarter" is no amount.
            || definite && amount.article
            || amount.count.is_some_and(|count| count >= 1000) && unit == Unit::Second
        {
            return None;
        }
        next += 1;
        let mut lengths = vec![amount.of(unit)];
        let mut approximate = amount.ranged;
        if self.word(next, "and") && self.word(next + 1, "a") && self.word(next + 2, "half") {
            if let Some(length) = lengths.first_mut() {
                length.half = true;
            }
            next += 3;
        }
        // "Two hours and 20 minutes"
        let more_at = if self.word(next, "and") || self.mark(next, ',') { next + 1 } else { next };
        if let Some((more, unit_at)) = self.integer(more_at)
            && let Some(smaller) =
                self.look(unit_at, |e| e.unit_plural.or(e.unit)).filter(|smaller| *smaller < unit)
            && smaller != Unit::Weekend
        {
            lengths.push(Length { count: Some(more), half: false, unit: smaller });
            next = unit_at + 1;
        }
        // "A week or two", "a year or so", "days or weeks"
        if self.word(next, "or") {
            let vague = self.any(next + 1, &["so", "more", "less", "two", "three"])
                && self.look(next + 2, |e| e.unit_plural).is_none();
            let other = self.look(next + 1, |e| e.unit_plural).is_some();
            if vague || other {
                (approximate, next) = (true, next + 2);
            }
        }
        Some(Stretch { lengths, amount: Some(amount), approximate, hyphenated, next })
    }

    /// A unit without a number: "for years", "the past year", "decade-long".
    fn bare_stretch(&self, at: usize, extent: Option<Deictic>) -> Option<Stretch> {
        let stretch = |count, unit, next| {
            Some(Stretch {
                lengths: vec![Length { count, half: false, unit }],
                amount: None,
                approximate: false,
                hyphenated: false,
                next,
            })
        };
        if let Some(unit) =
            self.look(at, |e| e.unit_plural).filter(|unit| !matches!(unit, Unit::Quarter | Unit::Second))
        {
            let other = self.word(at + 1, "or") && self.look(at + 2, |e| e.unit_plural).is_some();
            return stretch(None, unit, if other { at + 3 } else { at + 1 });
        }
        let unit = self.look(at, |e| e.unit)?;
        let long = self.mark(at + 1, '-') && self.adjacent(at + 1) && self.word(at + 2, "long");
        if long && unit != Unit::Second {
            return stretch(Some(1), unit, at + 1);
        }
        let whole =
            self.look(at, |e| e.unit).is_some() && extent == Some(Deictic::Past) && unit >= Unit::Hour;
        if whole { stretch(Some(1), unit, at + 1) } else { None }
    }

    /// "Ago", "later", "from now", "before Christmas" after an amount.
    fn offset(&self, stretch: &Stretch, modifier: Option<Modifier>) -> Option<Reading> {
        let length = *stretch.lengths.first()?;
        let next = stretch.next;
        let (sign, from, after) = match () {
            () if self.word(next, "ago") => (-1, Reference::Anchor, next + 1),
            () if self.word(next, "from") && self.any(next + 1, &["now", "today"]) => {
                (1, Reference::Anchor, next + 2)
            }
            () if self.word(next, "hence") => (1, Reference::Anchor, next + 1),
            () if self.any(next, &["earlier", "previously", "beforehand"]) => {
                (-1, Reference::Narrative, next + 1)
            }
            () if self.any(next, &["later", "afterwards", "afterward", "thereafter"])
                && !self.word(next + 1, "than") =>
            {
                (1, Reference::Narrative, next + 1)
            }
            () => match (self.direction(next), self.simple(next + 1)) {
                (Some(sign), Some((date, after))) => (sign, Reference::Date(Box::new(date)), after),
                (Some(-1), None) if !self.is_word(next + 1) && self.digits(next + 1).is_none() => {
                    (-1, Reference::Narrative, next + 1)
                }
                _ => return None,
            },
        };
        // How long ago at least is before that, at most after it.
        let modifier = modifier.map(|modifier| match (modifier, sign) {
            (Modifier::MoreThan | Modifier::EqualOrMore, -1)
            | (Modifier::LessThan | Modifier::EqualOrLess, 1) => Modifier::Before,
            (Modifier::LessThan | Modifier::EqualOrLess, -1)
            | (Modifier::MoreThan | Modifier::EqualOrMore, 1) => Modifier::After,
            (other, _) => other,
        });
        let form = match (length.count, &from) {
            (None, Reference::Anchor) => Form::Vague(if sign < 0 { Vague::Past } else { Vague::Future }),
            (count, _) => {
                let count = count.map(|count| i32::try_from(count).unwrap_or(i32::MAX) * sign);
                Form::Offset { count, unit: length.unit, from }
            }
        };
        Some(Reading { form, modifier, next: after })
    }

    /// A recurring time: "every Monday", "each July", "twice a week", "annually", "Tuesdays".
    pub(super) fn recurring(&self, at: usize) -> Parsed<Form> {
        longest([self.every(at), self.times(at), self.adverb(at), self.plural_day(at)])
    }

    fn every(&self, at: usize) -> Parsed<Form> {
        if !self.any(at, &["every", "each"]) {
            return None;
        }
        let mut next = at + 1;
        if self.any(next, &["single", "other"]) && !self.any(next, &["other"]) {
            next += 1;
        }
        let entry = self.entry(next)?;
        if let Some(weekday) = entry.weekday {
            let (part, next) = self
                .part_of_day(next + 1)
                .map_or((String::new(), next + 1), |(p, n)| (format!("T{}", p.code()), n));
            return Some((Form::Set(format!("XXXX-WXX-{weekday}{part}")), next));
        }
        if let Some(month) = entry.month {
            return Some((Form::Set(format!("XXXX-{month:02}")), next + 1));
        }
        if let Some(season) = entry.season {
            return Some((Form::Set(format!("XXXX-{}", season.code())), next + 1));
        }
        if let Some(part) = entry.part_of_day {
            return Some((Form::Set(format!("XXXX-XX-XXT{}", part.code())), next + 1));
        }
        let other = self.word(next, "other");
        let (count, next) =
            if other { (2, next + 1) } else { self.integer(next).map_or((1, next), |(c, n)| (c, n)) };
        let unit = self
            .look(next, |e| e.unit.or(e.unit_plural))
            .filter(|unit| !(*unit == Unit::Quarter && self.word(next + 1, "of")))?;
        let length = Length { count: Some(count), half: false, unit };
        Some((Form::Set(crate::value::length_value(&[length])), next + 1))
    }

    /// "Twice a week", "three times per year".
    fn times(&self, at: usize) -> Parsed<Form> {
        let next = match self.look(at, |e| e.times) {
            Some(_) => at + 1,
            None => {
                let (_, next) = self.integer(at)?;
                if !self.word(next, "times") {
                    return None;
                }
                next + 1
            }
        };
        if !self.any(next, &["a", "an", "per", "each", "every"]) {
            return None;
        }
        let unit = self.look(next + 1, |e| e.unit)?;
        Some((
            Form::Set(crate::value::length_value(&[Length { count: Some(1), half: false, unit }])),
            next + 2,
        ))
    }

    /// "Daily", "annually"; a capital inside a sentence belongs to a name.
    fn adverb(&self, at: usize) -> Parsed<Form> {
        let value = self.look(at, |e| e.frequency)?;
        let name = self.is_capital(at) && !self.begins_sentence(at) || self.is_capital(at + 1);
        let paper = self.any(at + 1, &["newspaper", "paper", "magazine", "journal"])
            || self.before(at).is_some_and(|b| self.any(b, &["the"])) && !self.is_word(at + 1);
        (!name && !paper).then(|| (Form::Set(value.to_owned()), at + 1))
    }

    /// "Mondays", "Tuesday nights".
    fn plural_day(&self, at: usize) -> Parsed<Form> {
        if !self.is_capital(at) {
            return None;
        }
        if let Some(weekday) = self.look(at, |e| e.weekday_plural) {
            return Some((Form::Set(format!("XXXX-WXX-{weekday}")), at + 1));
        }
        let weekday = self.look(at, |e| e.weekday)?;
        let part = self.look(at + 1, |e| e.part_of_day_plural)?;
        Some((Form::Set(format!("XXXX-WXX-{weekday}T{}", part.code())), at + 2))
    }
}
