//! Numbers, ordinals, years and amounts.

use super::{Parsed, Scan, longest};
use crate::expression::Length;
use crate::lexicon::Meaning;
use crate::token::Shape;

/// An amount before its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    /// None if vague.
    pub(super) count: Option<u32>,
    pub(super) half: bool,
    /// Whether it is only an article ("a year").
    pub(super) article: bool,
    /// "Two to three": the amount is the lower end.
    pub(super) ranged: bool,
}

impl Amount {
    fn exact(count: u32) -> Self {
        Self { count: Some(count), half: false, article: false, ranged: false }
    }

    pub(super) fn of(self, unit: crate::calendar::Unit) -> Length {
        Length { count: self.count, half: self.half, unit }
    }
}

impl Scan<'_> {
    /// Digits without thousands separators: value and how many digits.
    pub(super) fn digits(&self, at: usize) -> Option<(u32, u8)> {
        match self.tokens.get(at)?.shape {
            Shape::Number { value, digits, grouped: false } => Some((value, digits)),
            _ => None,
        }
    }

    /// A whole number in digits or words: "24", "1,500", "twenty-four", "two hundred".
    pub(super) fn integer(&self, at: usize) -> Parsed<u32> {
        if let Some(Shape::Number { value, .. }) = self.tokens.get(at).map(|t| t.shape) {
            let follows = |mark| self.mark(at + 1, mark) && self.adjacent(at + 1) && self.adjacent(at + 2);
            let continues = (follows('.') || follows(':') || follows('/')) && self.digits(at + 2).is_some();
            return (!continues).then_some((value, at + 1));
        }
        let (mut value, mut next) =
            if self.any(at, &["a", "an"]) && self.any(at + 1, &["hundred", "thousand"]) {
                (1, at + 1)
            } else {
                self.below_hundred(at)?
            };
        // At most "two hundred thousand": three multipliers.
        for _ in 0..2 {
            match self.look(next, |e| e.cardinal) {
                Some(power @ (100 | 1000)) => {
                    value *= power;
                    next += 1;
                }
                _ => break,
            }
        }
        if value >= 100 {
            let rest = if self.word(next, "and") { next + 1 } else { next };
            if let Some((more, after)) = self.below_hundred(rest).filter(|(more, _)| *more < 100) {
                (value, next) = (value + more, after);
            }
        }
        Some((value, next))
    }

    fn below_hundred(&self, at: usize) -> Parsed<u32> {
        let value = self.look(at, |e| e.cardinal)?;
        if (20..100).contains(&value) {
            let next = if self.mark(at + 1, '-') { at + 2 } else { at + 1 };
            if let Some(ones) = self.look(next, |e| e.cardinal).filter(|ones| *ones < 10) {
                return Some((value + ones, next + 1));
            }
        }
        Some((value, at + 1))
    }

    /// An ordinal: "7th", "seventh", "twenty-first".
    pub(super) fn ordinal(&self, at: usize) -> Parsed<u32> {
        if let Some((value, _)) = self.digits(at) {
            let suffix = self.adjacent(at + 1) && self.any(at + 1, &["st", "nd", "rd", "th"]);
            return suffix.then_some((value, at + 2));
        }
        if let Some(value) = self.look(at, |e| e.ordinal) {
            return Some((value, at + 1));
        }
        let tens = self.look(at, |e| e.cardinal).filter(|tens| (20..100).contains(tens))?;
        let next = if self.mark(at + 1, '-') { at + 2 } else { at + 1 };
        let ones = self.look(next, |e| e.ordinal).filter(|ones| *ones < 10)?;
        Some((tens + ones, next + 1))
    }

    /// An amount: "two", "2 1/2", "several", "a couple of", "two to three", "half a", "a".
    pub(super) fn count(&self, at: usize) -> Parsed<Amount> {
        let phrase = self.phrases(at).find_map(|(meaning, next)| match meaning {
            Meaning::Quantity(count) => {
                Some((Amount { count: *count, half: false, article: false, ranged: false }, next))
            }
            _ => None,
        });
        longest([phrase, self.half(at), self.number_amount(at), self.article(at)])
    }

    pub(super) fn article(&self, at: usize) -> Parsed<Amount> {
        self.any(at, &["a", "an"]).then_some((Amount { article: true, ..Amount::exact(1) }, at + 1))
    }

    fn half(&self, at: usize) -> Parsed<Amount> {
        if !self.word(at, "half") {
            return None;
        }
        let amount = Amount { half: true, ..Amount::exact(0) };
        if self.any(at + 1, &["a", "an"]) {
            Some((amount, at + 2))
        } else {
            self.mark(at + 1, '-').then_some((amount, at + 1))
        }
    }

    fn number_amount(&self, at: usize) -> Parsed<Amount> {
        // "2.5 years"
        if let (Some((whole, _)), true, Some((fraction, 1))) = (
            self.digits(at),
            self.mark(at + 1, '.') && self.adjacent(at + 1) && self.adjacent(at + 2),
            self.digits(at + 2),
        ) {
            return Some((Amount { half: fraction == 5, ..Amount::exact(whole) }, at + 3));
        }
        let (count, mut next) = self.integer(at)?;
        let mut amount = Amount::exact(count);
        let fraction = if self.mark(next, '-') { next + 1 } else { next };
        if self.digits(fraction) == Some((1, 1))
            && self.mark(fraction + 1, '/')
            && self.digits(fraction + 2) == Some((2, 1))
        {
            return Some((Amount { half: true, ..amount }, fraction + 3));
        }
        if self.word(next, "and") && self.any(next + 1, &["a"]) && self.word(next + 2, "half") {
            return Some((Amount { half: true, ..amount }, next + 3));
        }
        if (self.any(next, &["to", "or"]) || self.mark(next, '-'))
            && let Some((_, after)) = self.integer(next + 1)
        {
            amount.ranged = true;
            next = after;
        }
        Some((amount, next))
    }

    /// A year that stands as one: "1994", "the year 2000", "fiscal 1989", "493 BC", "nineteen ninety-six".
    pub(super) fn year(&self, at: usize) -> Parsed<i16> {
        let mut start = at;
        let mut announced = false;
        if self.word(start, "the") {
            start += 1;
        }
        if self.word(start, "fiscal") {
            (start, announced) = (start + 1, true);
        }
        if self.word(start, "year") {
            (start, announced) = (start + 1, true);
        }
        if start != at && !announced {
            // "The 1996 elections" has its year without the article.
            return None;
        }
        if let Some(year) = self.year_in_words(start, announced) {
            return Some(year);
        }
        if self.any(start, &["ad", "ce"]) {
            return self
                .digits(start + 1)
                .and_then(|(value, _)| i16::try_from(value).ok())
                .map(|year| (year, start + 2));
        }
        let (value, digits) = self.digits(start)?;
        let year = i16::try_from(value).ok()?;
        if let Some(next) = self.before_christ(start + 1) {
            return (1..=4).contains(&digits).then_some((1 - year, next));
        }
        if self.any(start + 1, &["ad", "ce"]) && digits <= 4 {
            return Some((year, start + 2));
        }
        (digits == 4 && (1000..=2100).contains(&year) && self.is_year(start, year, announced))
            .then_some((year, start + 1))
    }

    /// The token after "BC", "B.C." or "BCE".
    pub(super) fn before_christ(&self, at: usize) -> Option<usize> {
        if self.any(at, &["bc", "bce"]) && self.source(at).starts_with('B') {
            return Some(at + 1);
        }
        let dotted = self.source(at) == "B"
            && self.mark(at + 1, '.')
            && self.source(at + 2) == "C"
            && self.mark(at + 3, '.');
        dotted.then_some(at + 4)
    }

    pub(super) fn year_in_words(&self, at: usize, announced: bool) -> Parsed<i16> {
        let century = self.look(at, |e| e.cardinal)?;
        if (13..=20).contains(&century) {
            let rest = if self.mark(at + 1, '-') { at + 2 } else { at + 1 };
            let (years, next) = self.below_hundred(rest).filter(|(years, _)| (10..100).contains(years))?;
            return i16::try_from(century * 100 + years).ok().map(|year| (year, next));
        }
        let (value, next) = self.integer(at)?;
        (announced && (1900..=2100).contains(&value)).then_some((i16::try_from(value).ok()?, next))
    }

    /// Whether the surroundings of four digits let them be a year.
    fn is_year(&self, at: usize, year: i16, announced: bool) -> bool {
        if !self.stands_free(at) {
            return false;
        }
        let before = self.before(at);
        let follower = self.entry(at + 1);
        if follower.is_some_and(|e| e.counted || e.unit_plural.is_some())
            || before.is_some_and(|b| self.look(b, |e| e.numbered.then_some(())).is_some())
        {
            return false;
        }
        if announced {
            return true;
        }
        let preposition = before.is_some_and(|b| {
            self.look(b, |e| e.signal).is_some()
                || self.any(b, &["of", "and", "or", "the", "late", "early", "mid"])
        });
        let bracketed = before.is_some_and(|b| self.mark(b, '('));
        let dashed = before.is_some_and(|b| self.mark(b, '-')) || self.mark(at + 1, '-');
        if !(1900..2040).contains(&year) {
            return preposition || bracketed || dashed;
        }
        let amount = before.is_some_and(|b| {
            self.look(b, |e| e.modifier).is_some_and(|m| {
                !matches!(
                    m,
                    crate::expression::Modifier::Start
                        | crate::expression::Modifier::Mid
                        | crate::expression::Modifier::End
                )
            }) || self.any(b, &["than", "least", "most"])
        });
        let next = self.source(at + 1);
        let lower_noun = self.is_word(at + 1) && !self.is_capital(at + 1);
        if amount && lower_noun {
            return false;
        }
        let plural = lower_noun && next.len() > 3 && next.ends_with('s') && !next.ends_with("ss");
        !(year % 100 == 0 && plural && !preposition)
    }

    /// Whether digits are not part of a longer figure, code or compound.
    fn stands_free(&self, at: usize) -> bool {
        let glued_before = self.before(at).filter(|_| self.adjacent(at));
        if let Some(before) = glued_before {
            let fine = match self.tokens.get(before).map(|t| t.shape) {
                Some(Shape::Mark('-')) => {
                    let compound = before.checked_sub(1).filter(|_| self.adjacent(before));
                    compound.is_none_or(|c| {
                        self.digits(c).is_some_and(|(_, digits)| digits == 4)
                            || self.look(c, |e| e.modifier).is_some()
                            || self.any(c, &["pre", "post", "end", "since"])
                            || self.look(c, |e| e.month.or(e.month_abbreviation)).is_some()
                    })
                }
                Some(Shape::Mark(mark)) => {
                    matches!(mark, '(' | '[' | '"' | '\'' | ',' | '\u{201c}' | '_' | ';')
                }
                _ => false,
            };
            if !fine {
                return false;
            }
        }
        if self.adjacent(at + 1) {
            match self.tokens.get(at + 1).map(|t| t.shape) {
                Some(Shape::Word { .. }) | Some(Shape::Number { .. }) => return false,
                Some(Shape::Mark('%' | '/' | '°' | '$' | '€')) => return false,
                Some(Shape::Mark('.' | ':' | ','))
                    if self.adjacent(at + 2) && self.digits(at + 2).is_some() =>
                {
                    return false;
                }
                // "2000-strong"
                Some(Shape::Mark('-')) if self.adjacent(at + 2) && self.is_word(at + 2) => return false,
                _ => {}
            }
        }
        true
    }
}
