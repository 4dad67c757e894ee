//! Finds temporal expressions: at every token the grammar tries its rules and
//! keeps the longest reading. No rule calls itself, and each looks at a bounded
//! number of tokens, so the time is linear in the text.

mod amounts;
mod clock;
mod dates;
mod numbers;
mod units;

use crate::expression::{Expression, Form, Modifier, Signal};
use crate::lexicon::{Entry, LEXICON, Meaning, Part};
use crate::token::{Shape, Token, tokens};

/// A reading of some tokens, and the index of the token after it.
type Parsed<T> = Option<(T, usize)>;

/// A reading of an expression.
#[derive(Debug, Clone)]
struct Reading {
    form: Form,
    modifier: Option<Modifier>,
    next: usize,
}

impl Reading {
    fn plain((form, next): (Form, usize)) -> Self {
        Self { form, modifier: None, next }
    }
}

/// How much text is cut into tokens at once, in bytes, where a line ends or, at twice that, a word.
const PIECE: usize = 1 << 16;

/// Finds the temporal expressions of a text: in order, without overlap.
///
/// Any text is welcome; the time is linear in its length, and the memory beside the result does not grow with it.
#[must_use]
pub fn find(text: &str) -> Vec<Expression> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = piece_end(text, start);
        find_in_piece(text.get(start..end).unwrap_or_default(), start, &mut found);
        start = end;
    }
    link_ranges(text, &mut found);
    found
}

/// Where the piece ends that begins at `start`.
fn piece_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let ends = |byte: u8, from: usize, to: usize| {
        let rest = bytes.get(from.min(bytes.len())..to.min(bytes.len())).unwrap_or_default();
        rest.iter().position(|b| *b == byte).map(|at| from + at + 1)
    };
    if bytes.len() - start <= PIECE {
        return bytes.len();
    }
    let mut limit = (start + 3 * PIECE).min(bytes.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let line = ends(b'\n', start + PIECE, start + 2 * PIECE);
    line.or_else(|| ends(b' ', start + 2 * PIECE, start + 3 * PIECE)).unwrap_or(limit)
}

fn find_in_piece(text: &str, offset: usize, found: &mut Vec<Expression>) {
    let scan = Scan::new(text);
    let mut at = 0;
    while at < scan.tokens.len() {
        let reading = if scan.can_begin(at) { scan.expression(at) } else { None };
        let Some(reading) = reading.filter(|reading| reading.next > at) else {
            at += 1;
            continue;
        };
        if let (Some(first), Some(last)) = (scan.tokens.get(at), scan.tokens.get(reading.next - 1)) {
            found.push(Expression {
                range: offset + first.range.start..offset + last.range.end,
                kind: reading.form.kind(),
                form: reading.form,
                modifier: reading.modifier,
                signal: scan.signal_before(at),
            });
        }
        at = reading.next;
    }
}

/// Marks the two ends of ranges that are written as two full dates: "1994-1996", "March 3 to April 5".
fn link_ranges(text: &str, found: &mut [Expression]) {
    for index in 1..found.len() {
        let (before, after) = found.split_at_mut(index);
        let (Some(first), Some(second)) = (before.last_mut(), after.first_mut()) else { continue };
        let between = text.get(first.range.end..second.range.start).unwrap_or_default().trim();
        let dashed = matches!(between, "-" | "\u{2013}" | "\u{2014}");
        let joined = dashed
            || (first.signal == Some(Signal::From) && matches!(between, "to" | "through" | "until" | "till"))
            || (first.signal == Some(Signal::Between) && between == "and")
            || (between == "to" || between == "through");
        let calendar = |form: &Form| !matches!(form, Form::Duration { .. } | Form::Set(_) | Form::Vague(_));
        if joined && calendar(&first.form) && calendar(&second.form) {
            if first.signal != Some(Signal::Between) {
                first.signal = Some(Signal::From);
            }
            second.signal = Some(Signal::To);
        }
    }
}

/// A text cut into tokens, with the dictionary entry of each word.
struct Scan<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    entries: Vec<Option<&'static Entry>>,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str) -> Self {
        let tokens = tokens(text);
        let lexicon = &*LEXICON;
        let entries = tokens
            .iter()
            .map(|token| match token.shape {
                // Digits and marks can begin a phrase of the tables ("9/11").
                Shape::Word { .. } | Shape::Number { digits: 1, .. } => {
                    lexicon.entry(text.get(token.range.clone())?)
                }
                _ => None,
            })
            .collect();
        Self { text, tokens, entries }
    }

    fn entry(&self, at: usize) -> Option<&'static Entry> {
        self.entries.get(at).copied().flatten()
    }

    /// The value that `field` gives for the word at a place.
    fn look<T>(&self, at: usize, field: impl Fn(&Entry) -> Option<T>) -> Option<T> {
        self.entry(at).and_then(field)
    }

    fn source(&self, at: usize) -> &'t str {
        self.tokens.get(at).and_then(|token| self.text.get(token.range.clone())).unwrap_or_default()
    }

    /// Whether a word stands here, whatever its case; a line's end before it parts it from what precedes.
    fn word(&self, at: usize, expected: &str) -> bool {
        self.source(at).eq_ignore_ascii_case(expected)
    }

    fn any(&self, at: usize, expected: &[&str]) -> bool {
        let word = self.source(at);
        expected.iter().any(|one| word.eq_ignore_ascii_case(one))
    }

    fn mark(&self, at: usize, expected: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.shape == Shape::Mark(expected))
    }

    /// Whether the token is written without white space before it.
    fn adjacent(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.spaced)
    }

    fn is_capital(&self, at: usize) -> bool {
        matches!(self.tokens.get(at).map(|t| t.shape), Some(Shape::Word { capital: true }))
    }

    fn is_word(&self, at: usize) -> bool {
        matches!(self.tokens.get(at).map(|t| t.shape), Some(Shape::Word { .. }))
    }

    /// The token before, unless a paragraph ended in between.
    fn before(&self, at: usize) -> Option<usize> {
        if self.tokens.get(at).is_none_or(|token| token.breaks) { None } else { at.checked_sub(1) }
    }

    /// Whether the token begins a sentence or a line.
    fn begins_sentence(&self, at: usize) -> bool {
        self.before(at).is_none_or(|before| {
            matches!(
                self.tokens.get(before).map(|t| t.shape),
                Some(Shape::Mark(
                    '.' | '!' | '?' | ':' | ';' | '"' | '\u{201c}' | '\'' | '(' | '-' | '*' | ','
                ))
            )
        })
    }

    /// A cheap test that leaves most tokens out.
    fn can_begin(&self, at: usize) -> bool {
        match self.tokens.get(at).map(|t| t.shape) {
            Some(Shape::Number { .. }) | Some(Shape::Mark('\'')) => true,
            Some(Shape::Mark(_)) | None => false,
            Some(Shape::Word { .. }) => {
                self.entry(at).is_some()
                    || self
                        .any(at, &["a", "an", "the", "half", "every", "each", "per", "bc", "ad", "q", "very"])
            }
        }
    }

    /// What phrases of the tables say here, longest first.
    fn phrases(&self, at: usize) -> impl Iterator<Item = (&'static Meaning, usize)> + use<> {
        self.entry(at)
            .map(|entry| entry.phrases_at(self.text, &self.tokens, at))
            .unwrap_or_default()
            .into_iter()
    }

    /// The longest reading that begins here; of equal ones the first.
    fn expression(&self, at: usize) -> Option<Reading> {
        let readings = [
            self.timed(at),
            self.modified(at),
            self.dated(at).map(Reading::plain),
            self.recurring(at).map(Reading::plain),
            self.amount(at),
            self.vague(at).map(Reading::plain),
        ];
        readings.into_iter().flatten().fold(None, |best: Option<Reading>, reading| match best {
            Some(best) if best.next >= reading.next => Some(best),
            _ => Some(reading),
        })
    }

    fn vague(&self, at: usize) -> Parsed<Form> {
        let (meaning, next) = self.phrases(at).find(|(meaning, _)| matches!(meaning, Meaning::Vague(_)))?;
        let Meaning::Vague(vague) = meaning else { return None };
        // "The past three months" is a length of time, "soon after" belongs to what follows.
        let length_follows = self.count(next).is_some_and(|(amount, _)| !amount.article)
            || self.entry(next).is_some_and(|e| {
                e.unit.is_some() || e.unit_plural.is_some() || e.season.is_some() || e.season_plural.is_some()
            });
        let before_length = length_follows && (self.any(next - 1, &["past", "current", "recent"]));
        let goes_on = self.any(next, &["after", "before", "as", "thereafter", "afterwards", "afterward"]);
        (!before_length && !goes_on).then_some((Form::Vague(*vague), next))
    }

    /// The signal word before an expression; articles stand between at most.
    fn signal_before(&self, at: usize) -> Option<Signal> {
        let mut before = self.before(at)?;
        if self.any(before, &["the", "about", "around"]) {
            before = self.before(before)?;
        }
        for length in [2usize, 1] {
            let Some(start) = (before + 1).checked_sub(length) else { continue };
            let phrase = self.phrases(start).find_map(|(meaning, next)| match meaning {
                Meaning::Signal(signal) if next == before + 1 => Some(*signal),
                _ => None,
            });
            if phrase.is_some() {
                return phrase;
            }
        }
        self.look(before, |e| e.signal)
    }

    /// "Early", "mid-", "the end of", "earlier", "about" before a date.
    fn modified(&self, at: usize) -> Option<Reading> {
        self.year_end(at).or_else(|| self.part_of(at)).or_else(|| self.with_adjective(at))
    }

    /// "Year-end", "the year's end".
    fn year_end(&self, at: usize) -> Option<Reading> {
        let unit_at = if self.word(at, "the") { at + 1 } else { at };
        if !self.word(unit_at, "year") {
            return None;
        }
        let end = if self.mark(unit_at + 1, '\'') && self.word(unit_at + 2, "s") {
            unit_at + 3
        } else if self.mark(unit_at + 1, '-') {
            unit_at + 2
        } else {
            unit_at + 1
        };
        let form =
            Form::Unit { unit: crate::calendar::Unit::Year, deictic: crate::expression::Deictic::This };
        self.word(end, "end").then_some(Reading { form, modifier: Some(Modifier::End), next: end + 1 })
    }

    /// "The end of April", "the eve of Christmas".
    fn part_of(&self, at: usize) -> Option<Reading> {
        let mut noun = if self.word(at, "the") { at + 1 } else { at };
        if self.word(noun, "very") {
            noun += 1;
        }
        let (part, next) = self
            .phrases(noun)
            .find_map(|(meaning, next)| match meaning {
                Meaning::Part(part) => Some((*part, next)),
                _ => None,
            })
            .or_else(|| self.look(noun, |e| e.part).map(|part| (part, noun + 1)))?;
        if !self.any(next, &["of", "in"]) {
            return None;
        }
        let (form, next) = longest([self.dated(next + 1), self.spoken_of_unit(next + 1)])?;
        Some(match part {
            Part::Modified(modifier) => Reading { form, modifier: Some(modifier), next },
            Part::Whole => Reading { form, modifier: None, next },
            Part::Eve => {
                let from = crate::expression::Reference::Date(Box::new(form));
                let form = Form::Offset { count: Some(-1), unit: crate::calendar::Unit::Day, from };
                Reading { form, modifier: None, next }
            }
        })
    }

    /// "Early March", "the late 1990s", "mid-2005", "earlier this week", "around Nov. 1".
    fn with_adjective(&self, at: usize) -> Option<Reading> {
        let word = if self.word(at, "the") { at + 1 } else { at };
        let modifier = self.look(word, |e| e.modifier)?;
        let mut next = word + 1;
        if self.mark(next, '-') {
            next += 1;
        }
        match modifier {
            Modifier::Before | Modifier::After => {
                if let Some((form, next)) = self.dated(next) {
                    return Some(Reading { form, modifier: Some(modifier), next });
                }
                if !self.any(next, &["in", "on"]) {
                    return None;
                }
                let (form, next) = longest([self.dated(next + 1), self.spoken_of_unit(next + 1)])?;
                Some(Reading { form, modifier: Some(modifier), next })
            }
            Modifier::Approx => {
                let (form, next) = self.dated(next)?;
                // "To get around Wednesday's ruling" blurs nothing.
                let weekday = matches!(
                    form,
                    Form::Calendar(crate::expression::Calendar { weekday: Some(_), day: None, .. })
                );
                (!weekday
                    && matches!(
                        form,
                        Form::Calendar(_) | Form::Holiday { .. } | Form::Decade(_) | Form::Century(_)
                    ))
                .then_some(Reading { form, modifier: Some(modifier), next })
            }
            Modifier::Start | Modifier::Mid | Modifier::End => {
                let inside =
                    if self.word(next, "in") && (!self.is_capital(word) || self.begins_sentence(word)) {
                        longest([self.dated(next + 1), self.spoken_of_unit(next + 1)])
                    } else {
                        None
                    };
                let (form, next) = longest([self.dated(next), inside])?;
                Some(Reading { form, modifier: Some(modifier), next })
            }
            _ => None,
        }
    }
}

/// The longest of several readings; of equal ones the first.
fn longest<T, const N: usize>(readings: [Parsed<T>; N]) -> Parsed<T> {
    readings.into_iter().flatten().fold(None, |best: Parsed<T>, reading| match best {
        Some(best) if best.1 >= reading.1 => Some(best),
        _ => Some(reading),
    })
}
