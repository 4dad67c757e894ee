//! Sentence boundaries inside a paragraph.
//!
//! A boundary can stand after a mark that ends sentences or after an abbreviation. Closing quotation marks
//! and brackets, note numbers and a citation in brackets go with the sentence before it; what follows then
//! decides whether the sentence is over.

use std::ops::Range;

use super::LONGEST_SENTENCE;
use super::chars::{closing_bracket, is_bullet, is_closing_bracket, is_hyphen, is_quote, is_terminator};
use super::lexicon::{AbbreviationKind, WordClass, lexicon};
use super::token::{abbreviation_kind, starts_with_capital};

/// How far the bracket that closes another is looked for, in tokens.
const LONGEST_BRACKET: usize = 60;
/// Longest citation in brackets, in tokens, that no full stop follows.
const LONGEST_CITATION: usize = 16;
/// How far the verb of "Aliyev told reporters." may be from the quotation before it, in tokens.
const LONGEST_SPEAKER: usize = 5;
/// Longest name of the author of a quotation, in tokens.
const LONGEST_CREDIT: usize = 8;

/// Where the sentences of a paragraph end, as indexes after their last tokens. `opening` is the byte up to
/// which the text belongs to a dateline, inside which no sentence ends.
pub(super) fn ends(text: &str, tokens: &[Range<usize>], opening: usize) -> Vec<usize> {
    if tokens.is_empty() {
        return Vec::new();
    }
    let mut splitter = Splitter { text, tokens, sides: Vec::new(), title_case: false };
    splitter.sides = splitter.quote_sides();
    splitter.title_case = splitter.is_title_case();
    let mut ends = Vec::new();
    let mut start = 0;
    let mut at = 0;
    // Inside a bracket that stands within a sentence nothing ends.
    let mut bracket_end = 0;
    while at < tokens.len() {
        if at > start && splitter.opens_bracket(at) {
            bracket_end = splitter.closing(at).map_or(bracket_end, |close| close.max(bracket_end));
        }
        let open = at < bracket_end || tokens.get(at).is_some_and(|token| token.start < opening);
        match splitter.boundary(start, at).filter(|_| !open) {
            Some(end) => {
                splitter.finish(start, end, &mut ends);
                start = end;
                at = end;
            }
            None => at += 1,
        }
    }
    if start < tokens.len() {
        splitter.finish(start, tokens.len(), &mut ends);
    }
    ends
}

/// The side on which a quotation mark stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Neither,
    Opening,
    Closing,
}

/// What a token is that may end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Stop,
    /// "?" and "!".
    Mark,
    Ellipsis,
    Abbreviation(AbbreviationKind),
    /// A single letter: "George W."
    Initial,
}

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Range<usize>],
    /// For each token, the side of the quotation mark that it is.
    sides: Vec<Side>,
    /// Whether most words have a capital, as in headings, so that capitals say nothing.
    title_case: bool,
}

impl<'a> Splitter<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|token| self.text.get(token.clone())).unwrap_or("")
    }

    fn first(&self, at: usize) -> Option<char> {
        self.word(at).chars().next()
    }

    /// Whether a token is written to the one before it.
    fn glued(&self, at: usize) -> bool {
        match at.checked_sub(1).and_then(|before| self.tokens.get(before..=at)) {
            Some([before, token]) => before.end == token.start,
            _ => false,
        }
    }

    fn side(&self, at: usize) -> Side {
        self.sides.get(at).copied().unwrap_or(Side::Neither)
    }

    fn opens_bracket(&self, at: usize) -> bool {
        self.first(at).is_some_and(|c| closing_bracket(c).is_some()) && self.word(at).len() <= 3
    }

    /// The side of every quotation mark: that to which it is written, or else, for straight ones, the one
    /// that is due.
    fn quote_sides(&self) -> Vec<Side> {
        let mut due = Side::Opening;
        (0..self.tokens.len())
            .map(|at| {
                let word = self.word(at);
                if !word.chars().all(is_quote) {
                    return Side::Neither;
                }
                let mark = self.first(at);
                let (left, right) = (self.glued(at), self.glued(at + 1));
                let by_place = match (left, right) {
                    (true, false) => Some(Side::Closing),
                    (false, true) => Some(Side::Opening),
                    _ => None,
                };
                let side = match mark {
                    Some('“' | '„' | '‟' | '‘' | '‚' | '`') => match by_place {
                        Some(Side::Closing) => Side::Closing,
                        _ => Side::Opening,
                    },
                    Some('”' | '’') => match by_place {
                        Some(Side::Opening) if mark == Some('”') => Side::Opening,
                        _ => Side::Closing,
                    },
                    // Between other marks ('."' then ',') the side to the sentence's end is the closing one.
                    Some('"' | '＂') | None => {
                        let before_mark = self.first(at + 1).is_some_and(|c| !c.is_alphanumeric());
                        by_place.unwrap_or(if left && before_mark { Side::Closing } else { due })
                    }
                    Some('\'') => by_place.unwrap_or(Side::Closing),
                    Some('«' | '‹') => by_place.unwrap_or(Side::Opening),
                    Some(_) => by_place.unwrap_or(Side::Closing),
                };
                if matches!(mark, Some('"' | '＂')) {
                    due = if side == Side::Opening { Side::Closing } else { Side::Opening };
                }
                side
            })
            .collect()
    }

    fn is_title_case(&self) -> bool {
        let words = (0..self.tokens.len())
            .map(|at| self.word(at))
            .filter(|word| word.len() > 3 && word.starts_with(char::is_alphabetic));
        let (capitals, all) = words.fold((0usize, 0usize), |(capitals, all), word| {
            (capitals + usize::from(starts_with_capital(word)), all + 1)
        });
        all > 3 && capitals * 5 >= all * 4
    }

    fn ending(&self, start: usize, at: usize) -> Option<Ending> {
        let word = self.word(at);
        let last = word.chars().next_back().filter(|c| is_terminator(*c))?;
        if word.chars().all(is_terminator) {
            if last != '.' && last != '。' && last != '…' || word.contains(['!', '?']) {
                return Some(Ending::Mark);
            }
            if matches!(word, "." | "。") {
                return (!self.is_item_number(start, at)).then_some(Ending::Stop);
            }
            return Some(Ending::Ellipsis);
        }
        if let Some(kind) = abbreviation_kind(word) {
            return Some(Ending::Abbreviation(kind));
        }
        let mut letters = word.chars();
        let initial = letters.next().is_some_and(char::is_alphabetic) && letters.next() == Some('.');
        if initial && letters.next().is_none() {
            return Some(Ending::Initial);
        }
        let dotted = initial && last == '.';
        Some(Ending::Abbreviation(if dotted { AbbreviationKind::Country } else { AbbreviationKind::Other }))
    }

    /// Whether the full stop at `at` follows the number of an item or heading: "2. Sanctions".
    fn is_item_number(&self, start: usize, at: usize) -> bool {
        let number = self.word(start);
        let roman = number.len() <= 5 && number.bytes().all(|byte| b"IVXivx".contains(&byte));
        let letter = number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_alphabetic());
        let figure = number.len() <= 6 && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let item = at == start + 1 && (roman || letter || figure);
        let heading = at == start + 2
            && lexicon().is(number, WordClass::NumberedHeading)
            && self.word(start + 1).bytes().all(|byte| byte.is_ascii_alphanumeric());
        (item || heading) && at + 1 < self.tokens.len()
    }

    /// Whether the full stop at `at` follows a number in an enumeration inside a sentence: "and 2. that".
    fn is_inline_number(&self, at: usize) -> bool {
        let number = at.checked_sub(1).map_or("", |before| self.word(before));
        (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// The index after the sentence that ends with the token `at`, if one does.
    fn boundary(&self, start: usize, at: usize) -> Option<usize> {
        let ending = self.ending(start, at)?;
        let (mut next, quoted) = self.closers(at + 1);
        if next == at + 1
            && self.glued(next)
            && self.word(next).chars().all(is_terminator)
            && next < self.tokens.len()
        {
            return None;
        }
        if next >= self.tokens.len() {
            return Some(next);
        }
        let sentence_mark = matches!(ending, Ending::Stop | Ending::Mark | Ending::Ellipsis);
        if sentence_mark && let Some(end) = self.citation(next) {
            return Some(end);
        }
        if sentence_mark && let Some(end) = self.credit(next) {
            return Some(end);
        }
        let end = next;
        let written_on = next == at + 1 && self.glued(next);
        if matches!(self.first(next), Some(',' | ';' | ':' | '%' | '/')) {
            return None;
        }
        let dash = self.is_dash(next);
        next += usize::from(dash);
        let mut opened = false;
        while self.is_opener(next) {
            opened |= self.side(next) == Side::Opening;
            next += 1;
        }
        let first = self.first(next)?;
        if written_on && !(first.is_uppercase() || opened) {
            return None;
        }
        let small = first.is_lowercase();
        let over = match ending {
            Ending::Stop => !(small && (quoted || dash || self.is_inline_number(at))),
            Ending::Mark => !(small && (quoted || dash)) && !(quoted && self.speaker_follows(next)),
            Ending::Ellipsis => first.is_uppercase() || (opened && !small),
            Ending::Abbreviation(kind) => {
                first.is_uppercase() && self.ends_after(kind, next, quoted || opened)
            }
            Ending::Initial => first.is_uppercase() && self.starts_sentence(next),
        };
        over.then_some(end)
    }

    /// Whether a sentence ends with an abbreviation before the word `next`, which has a capital.
    fn ends_after(&self, kind: AbbreviationKind, next: usize, quote_between: bool) -> bool {
        let word = self.word(next);
        match kind {
            AbbreviationKind::Title | AbbreviationKind::Latin | AbbreviationKind::Place => false,
            AbbreviationKind::Reference => false,
            AbbreviationKind::Closing => true,
            AbbreviationKind::Time => {
                let continued = [WordClass::TimeZone, WordClass::Weekday, WordClass::Month];
                !self.title_case && !continued.iter().any(|class| lexicon().is(word, *class))
            }
            AbbreviationKind::Company | AbbreviationKind::Degree | AbbreviationKind::State
                if quote_between =>
            {
                true
            }
            _ => self.starts_sentence(next),
        }
    }

    fn starts_sentence(&self, at: usize) -> bool {
        !self.title_case && lexicon().is(self.word(at), WordClass::SentenceStarter)
    }

    /// The index after closing quotation marks, brackets and note numbers, and whether there was a quotation
    /// mark among them.
    fn closers(&self, mut at: usize) -> (usize, bool) {
        let mut quoted = false;
        let mut any = false;
        loop {
            let word = self.word(at);
            if self.side(at) == Side::Closing {
                quoted = true;
            } else if let Some(end) = self.note(at) {
                at = end;
                continue;
            } else if !(word.starts_with(is_closing_bracket)
                || (any && self.glued(at) && !word.is_empty() && word.chars().all(is_terminator)))
            {
                return (at, quoted);
            }
            any = true;
            at += 1;
        }
    }

    /// The index after "[12]", or after a raised figure that is written to the sentence before it.
    fn note(&self, at: usize) -> Option<usize> {
        let raised = |c| matches!(c, '¹' | '²' | '³' | '⁰'..='⁹' | '†' | '‡');
        let word = self.word(at);
        if !word.is_empty() && self.glued(at) && word.chars().all(raised) {
            return Some(at + 1);
        }
        let number = self.word(at + 1);
        (word == "["
            && self.word(at + 2) == "]"
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit()))
        .then_some(at + 3)
    }

    fn is_opener(&self, at: usize) -> bool {
        self.side(at) == Side::Opening
            || self.opens_bracket(at)
            || self.first(at).is_some_and(|c| matches!(c, '¿' | '¡') || is_bullet(c))
    }

    fn is_dash(&self, at: usize) -> bool {
        let word = self.word(at);
        !word.is_empty() && word.chars().all(|c| is_hyphen(c) || matches!(c, '–' | '—' | '―'))
    }

    /// The bracket that closes the one at `at`.
    fn closing(&self, at: usize) -> Option<usize> {
        let mut depth = 0usize;
        for inner in at..(at + LONGEST_BRACKET).min(self.tokens.len()) {
            if self.opens_bracket(inner) {
                depth += 1;
            } else if self.word(inner).starts_with(is_closing_bracket) {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(inner);
                }
            }
        }
        None
    }

    /// The index after a citation in brackets that stands behind the full stop of its sentence, as in
    /// "They agreed. (AzerTag, March 31)". A bracket that holds a sentence of its own is none.
    fn citation(&self, at: usize) -> Option<usize> {
        if self.word(at) != "(" || self.glued(at) {
            return None;
        }
        let close = self.closing(at)?;
        let inner = at + 1..close;
        if inner.is_empty() || self.word(close - 1).chars().all(is_terminator) {
            return None;
        }
        let after = close + 1;
        let head = self.first(at + 1)?;
        let dated = inner.clone().any(|at| {
            let word = self.word(at);
            word.starts_with(|c: char| c.is_ascii_digit())
                || lexicon().is(word.trim_end_matches('.'), WordClass::Month)
        });
        let small = inner.clone().filter(|at| self.word(*at).starts_with(char::is_lowercase)).count();
        let sentence = head.is_uppercase() && !dated && small * 2 > inner.len();
        if self.word(after) == "." && !sentence {
            return Some(self.closers(after + 1).0);
        }
        let source = (head.is_uppercase() || head == ',' || self.side(at + 1) == Side::Opening || dated)
            && inner.len() <= LONGEST_CITATION
            && !sentence;
        let (after, _) = self.closers(after);
        let over = self.first(after).is_none_or(|c| !c.is_lowercase() && !matches!(c, ',' | ';' | ':'));
        (source && over).then_some(after)
    }

    /// The index after the author of a quotation, who closes a paragraph behind a dash: "— Ana Ortiz".
    fn credit(&self, at: usize) -> Option<usize> {
        let rest = at + 1..self.tokens.len();
        let named = rest.clone().all(|at| {
            let word = self.word(at);
            starts_with_capital(word) || matches!(word, "," | "of" | "the" | "de" | "in" | "'s" | "’s")
        });
        (self.is_dash(at) && named && (1..=LONGEST_CREDIT).contains(&rest.len())).then_some(rest.end)
    }

    /// Whether a speaker and a verb follow that end the sentence: "Will it hold?" Ortiz asked.
    fn speaker_follows(&self, at: usize) -> bool {
        for verb in at + 1..at + LONGEST_SPEAKER {
            let word = self.word(verb);
            if lexicon().is(word, WordClass::ReportingVerb) {
                return self.first(verb + 1).is_none_or(|c| matches!(c, '.' | ','));
            }
            if !word.starts_with(char::is_alphabetic) {
                return false;
            }
        }
        false
    }

    /// Adds the end of a sentence, and before it those of the parts that a very long one is cut into.
    fn finish(&self, mut start: usize, end: usize, ends: &mut Vec<usize>) {
        while end - start > LONGEST_SENTENCE {
            let window = start + LONGEST_SENTENCE / 2..start + LONGEST_SENTENCE;
            let cut = window.clone().max_by_key(|at| self.weight(*at)).map_or(window.end, |at| at + 1);
            ends.push(cut);
            start = cut;
        }
        ends.push(end);
    }

    /// How well a very long sentence can be cut after a token.
    fn weight(&self, at: usize) -> u8 {
        match self.first(at) {
            Some(c) if is_terminator(c) => 5,
            Some(';') => 4,
            Some(':') => 3,
            _ if self.is_dash(at) => 2,
            Some(',') => 1,
            _ => 0,
        }
    }
}
