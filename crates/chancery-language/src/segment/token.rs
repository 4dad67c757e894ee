//! The tokeniser: words, figures and marks as in Universal Dependencies for English.
//!
//! One pass from left to right. Each step starts at a character that is not blank, decides what sort of
//! token begins there, and takes it; no step looks further ahead than it consumes, except by a bounded
//! number of characters.

use std::ops::Range;

use super::address::address;
use super::chars::{
    continues_pictograph, is_apostrophe, is_blank, is_currency, is_hyphen, is_invisible, is_pictograph,
    is_quote, is_regional_indicator, is_terminator, is_word,
};
use super::lexicon::{AbbreviationKind, Condition, Lexicon, WordClass, lexicon};
use super::{characters_before, on_boundaries};

/// How many blanks and quotation marks a look at the next word may pass.
const LOOK_AHEAD: usize = 8;

/// Cuts a stretch of text into tokens, as the words of Universal Dependencies for English: clitics
/// ("do|n't", "Baku|'s"), hyphenated compounds ("high|-|level") and punctuation are tokens of their own,
/// abbreviations keep their full stop.
///
/// The result holds byte ranges of `text`: sorted, disjoint, on character boundaries. They cover every
/// character of the stretch that shows anything; white space, control characters and, at the edges of
/// words, zero-width characters are outside. A `range` that reaches beyond the text or cuts a character
/// is narrowed to the next character boundary inside.
///
/// ```
/// let text = "The U.S.-led talks didn't end.";
/// let tokens = chancery_language::segment::tokenize(text, 0..text.len());
/// let words: Vec<&str> = tokens.iter().map(|token| &text[token.clone()]).collect();
/// assert_eq!(words, ["The", "U.S.", "-", "led", "talks", "did", "n't", "end", "."]);
/// ```
pub fn tokenize(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    tokenize_into(text, on_boundaries(text, range), &mut tokens);
    tokens
}

/// As [`tokenize`], adding to a list; `range` lies on character boundaries.
pub(super) fn tokenize_into(text: &str, range: Range<usize>, tokens: &mut Vec<Range<usize>>) {
    let Some(stretch) = text.get(..range.end) else { return };
    let first = tokens.len();
    let mut tokenizer = Tokenizer { text: stretch, start: range.start, first, tokens, lexicon: lexicon() };
    let mut at = range.start;
    while let Some(c) = tokenizer.peek(at) {
        at = if is_blank(c) || is_invisible(c) { at + c.len_utf8() } else { tokenizer.token(at, c) };
    }
}

struct Tokenizer<'a> {
    /// The document up to the end of the stretch.
    text: &'a str,
    start: usize,
    /// Where the tokens of this stretch begin in `tokens`.
    first: usize,
    tokens: &'a mut Vec<Range<usize>>,
    lexicon: &'static Lexicon,
}

/// What comes after a full stop that may belong to an abbreviation.
struct Following<'a> {
    /// The first character that is neither blank nor an opening mark.
    character: Option<char>,
    /// Whether it is written to the full stop.
    glued: bool,
    word: &'a str,
}

impl<'a> Tokenizer<'a> {
    fn peek(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte.is_ascii() { Some(char::from(byte)) } else { self.text.get(at..)?.chars().next() }
    }

    /// The character after the one at `at`.
    fn peek_past(&self, at: usize, c: char) -> Option<char> {
        self.peek(at + c.len_utf8())
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or("")
    }

    fn previous(&self) -> Option<&Range<usize>> {
        self.tokens.get(self.first..)?.last()
    }

    fn previous_text(&self) -> &'a str {
        self.previous().map_or("", |token| self.slice(token.clone()))
    }

    /// The token that ends where this one would begin.
    fn adjacent(&self, at: usize) -> Option<&'a str> {
        self.previous().filter(|token| token.end == at).map(|token| self.slice(token.clone()))
    }

    fn push(&mut self, start: usize, end: usize) -> usize {
        self.tokens.push(start..end);
        end
    }

    /// Takes the token, or the tokens of one word, at `at` and returns where they end.
    fn token(&mut self, at: usize, c: char) -> usize {
        if is_word(c) {
            self.word(at, c)
        } else if let Some(end) = is_apostrophe(c).then(|| self.apostrophe(at, c)).flatten() {
            end
        } else {
            let end = self.mark(at, c);
            self.push(at, end)
        }
    }

    // Words

    fn word(&mut self, start: usize, first: char) -> usize {
        let glued_to_word = self.adjacent(start).is_some_and(|token| token.ends_with(is_word));
        if !glued_to_word && let Some(length) = address(self.slice(start..self.text.len()), self.lexicon) {
            return self.push(start, start + length);
        }
        let figure = first.is_ascii_digit();
        if first.is_alphabetic()
            && let Some(end) = self.dotted(start)
        {
            return self.push(start, end);
        }
        let mut end = if figure { self.figure(start) } else { self.letters(start) };
        if figure && self.peek(end).is_some_and(is_word) {
            return self.push(start, end);
        }
        let mut has_apostrophe = false;
        let mut has_prefix = false;
        while let Some(c) = self.peek(end) {
            let Some(next) = self.peek_past(end, c).filter(|next| is_word(*next)) else { break };
            let so_far = self.slice(start..end);
            let joined = if is_apostrophe(c) {
                has_apostrophe |= next.is_alphabetic();
                next.is_alphabetic()
            } else if is_hyphen(c) {
                let prefix = !has_prefix && !figure && self.is_prefix(start, so_far);
                has_prefix |= prefix;
                prefix || self.is_suffix(end + c.len_utf8())
            } else {
                match c {
                    '_' => true,
                    '*' => next.is_alphabetic() && so_far.ends_with(char::is_alphabetic),
                    '&' => next.is_ascii_uppercase() && is_short_capitals(so_far),
                    _ => false,
                }
            };
            if !joined {
                break;
            }
            end = self.letters(end + c.len_utf8());
        }
        end = self.mark_of_word(start, end);
        self.push_word(start, end, has_apostrophe)
    }

    /// The end of a run of word characters; zero-width characters count where more of the word follows.
    fn letters(&self, start: usize) -> usize {
        let mut end = start;
        for (offset, c) in self.slice(start..self.text.len()).char_indices() {
            if is_word(c) {
                end = start + offset + c.len_utf8();
            } else if !is_invisible(c) {
                break;
            }
        }
        end
    }

    /// "mid-", "anti-": prefixes that stay with their word.
    fn is_prefix(&self, start: usize, so_far: &str) -> bool {
        if self.adjacent(start).is_some_and(|token| token.ends_with(is_hyphen)) {
            return false;
        }
        // "e-mail" and "E-mail", but "E-3".
        let small = |c: char| c.is_lowercase();
        self.lexicon.is_folded(so_far, WordClass::HyphenPrefix)
            && (so_far.len() > 1 || self.slice(start..self.text.len()).chars().skip(2).take(2).all(small))
    }

    /// "-wise", "-gate": suffixes that stay with their word.
    fn is_suffix(&self, start: usize) -> bool {
        let end = self.letters(start);
        end - start <= 6
            && self.lexicon.is(self.slice(start..end), WordClass::HyphenSuffix)
            && self.peek(end).is_none_or(|c| !is_hyphen(c))
    }

    /// Takes in what is written after a word and belongs to it: the full stop of an abbreviation, the
    /// mark of a name such as "Yahoo!", the sign of "US$".
    fn mark_of_word(&self, start: usize, end: usize) -> usize {
        let word = self.slice(start..end);
        match self.peek(end) {
            Some('.') => self.abbreviation(start, end),
            Some('!') => {
                let name = self.lexicon.abbreviations(word).any(|entry| entry.mark == '!');
                end + usize::from(name && self.peek(end + 1) != Some('!'))
            }
            Some(c) if is_currency(c) && is_short_capitals(word) => {
                let amount =
                    self.peek_past(end, c).is_none_or(|next| next.is_ascii_digit() || is_blank(next));
                if amount { end + c.len_utf8() } else { end }
            }
            _ => end,
        }
    }

    /// "U.S.", "p.m.", "J.K." and initials: single letters with full stops.
    fn dotted(&self, start: usize) -> Option<usize> {
        let mut end = start;
        let mut labels = 0usize;
        while let Some(c) = self.peek(end).filter(|c| c.is_alphabetic()) {
            let after = end + c.len_utf8();
            if self.peek(after) == Some('.') {
                labels += 1;
                end = after + 1;
            } else {
                // "U.S" and "p.m", whose last full stop was left out or is the sentence's.
                let last = labels > 0 && self.peek(after).is_none_or(|c| !is_word(c));
                if last && self.same_case(start, c) {
                    labels += 1;
                    end = after;
                }
                break;
            }
        }
        match labels {
            0 => None,
            1 => self.is_initial(start, end - 1).then_some(end),
            _ => Some(end),
        }
    }

    fn same_case(&self, start: usize, c: char) -> bool {
        self.peek(start).is_some_and(|first| first.is_uppercase() == c.is_uppercase())
    }

    /// Whether the full stop at `stop` belongs to the single letter before it: "George W. Bush", but
    /// "plan B." and "so do I."
    fn is_initial(&self, start: usize, stop: usize) -> bool {
        let letter = self.slice(start..stop);
        if letter.chars().all(char::is_lowercase) {
            return self.abbreviation(start, stop) > stop;
        }
        let following = self.following(stop + 1);
        let Some(next) = following.character else { return false };
        if following.glued {
            return next.is_uppercase() || is_hyphen(next) || next == ',';
        }
        let after_name = starts_with_capital(self.previous_text());
        if letter == "I" && !after_name {
            return false;
        }
        if next.is_lowercase() {
            return letter != "I";
        }
        next == '('
            || (next.is_uppercase() && !self.lexicon.is(following.word, WordClass::SentenceStarter))
            || (next.is_ascii_digit() && after_name)
    }

    fn following(&self, at: usize) -> Following<'a> {
        let rest = self.slice(at..self.text.len());
        let mut skipped = rest
            .char_indices()
            .take(LOOK_AHEAD)
            .skip_while(|(_, c)| is_blank(*c) || is_invisible(*c) || is_quote(*c));
        let (offset, character) = match skipped.next() {
            Some((offset, c)) => (offset, Some(c)),
            None => (rest.len(), None),
        };
        Following { character, glued: offset == 0, word: leading_word(rest.get(offset..).unwrap_or("")) }
    }

    /// The end of the word with its full stop if that is part of it, else without.
    fn abbreviation(&self, start: usize, end: usize) -> usize {
        let after = end + 1;
        match self.peek(after) {
            Some('.' | '…') => return end,
            Some(c) if c.is_alphabetic() => {
                if let Some(longer) = self.inner_dots(start, end) {
                    return longer;
                }
            }
            _ => {}
        }
        let word = self.slice(start..end);
        let following = self.following(after);
        let known = self
            .lexicon
            .abbreviations(word)
            .filter(|entry| entry.mark == '.')
            .any(|entry| self.holds(&entry.condition, &following));
        if known || is_unknown_abbreviation(word, &following) { after } else { end }
    }

    /// "Ph.D.": known abbreviations of several parts.
    fn inner_dots(&self, start: usize, end: usize) -> Option<usize> {
        let tail = self.slice(end + 1..self.text.len());
        let more =
            tail.bytes().take(8).take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'.').count();
        let stop = (end + 1 + more).saturating_sub(1);
        (more > 1
            && self.peek(stop) == Some('.')
            && self.lexicon.abbreviations(self.slice(start..stop)).next().is_some())
        .then_some(stop + 1)
    }

    fn holds(&self, condition: &Condition, following: &Following<'_>) -> bool {
        let next = following.character;
        let digit = next.is_some_and(|c| c.is_ascii_digit());
        match condition {
            Condition::Always => true,
            Condition::Number => {
                digit
                    || next == Some('#')
                    || (!following.word.is_empty()
                        && following.word != "I"
                        && following.word.bytes().all(|byte| b"IVXLC".contains(&byte)))
            }
            Condition::Capital => next.is_some_and(char::is_uppercase),
            Condition::Date => digit || (next == Some(',') && following.glued),
            Condition::Comma => self.previous_text() == ",",
            Condition::Measure => {
                self.previous_text().starts_with(|c: char| c.is_ascii_digit())
                    && (digit || next.is_some_and(char::is_lowercase))
            }
            Condition::Continues => {
                next.is_some_and(|c| !c.is_uppercase())
                    && !(following.glued && next.is_some_and(is_terminator))
            }
            Condition::After(word) => self.previous_text().eq_ignore_ascii_case(word),
        }
    }

    /// Splits a word into its base and clitics.
    fn push_word(&mut self, start: usize, end: usize, has_apostrophe: bool) -> usize {
        let word = self.slice(start..end);
        if let Some(pieces) = self.lexicon.contraction(word) {
            return self.push_pieces(start, word, pieces);
        }
        let mut cuts = [end; 4];
        let mut count = 0;
        let mut left = word;
        while has_apostrophe && let Some(cut) = clitic(left) {
            let Some(slot) = cuts.get_mut(count) else { break };
            *slot = start + cut;
            count += 1;
            left = left.get(..cut).unwrap_or("");
        }
        let mut from = start;
        for cut in cuts.into_iter().take(count).rev() {
            from = self.push(from, cut);
        }
        self.push(from, end)
    }

    fn push_pieces(&mut self, start: usize, word: &str, pieces: &[usize]) -> usize {
        let mut from = start;
        let mut characters = 0;
        for length in pieces.iter().take(pieces.len().saturating_sub(1)) {
            characters += length;
            let cut = word.char_indices().nth(characters).map_or(word.len(), |(offset, _)| offset);
            from = self.push(from, start + cut);
        }
        self.push(from, start + word.len())
    }

    // Figures

    /// The end of a figure, with what is written to it and belongs to it ("20th", "1990s", "3143C").
    fn figure(&self, start: usize) -> usize {
        if let Some(end) = self.hyphenated_figure(start) {
            return end;
        }
        let mut end = self.digits(start);
        while let Some(c) = self.peek(end) {
            let next = end + c.len_utf8();
            let group = self.digits(next) - next;
            let joined = group > 0
                && match c {
                    ',' => group == 3 || (group == 2 && self.is_lakh(next + group)),
                    ':' => group == 2 || group == 3,
                    '/' => group <= 4,
                    '.' => true,
                    _ => false,
                };
            if !joined {
                break;
            }
            end = next + group;
        }
        let run = self.letters(end);
        let suffix = self.slice(end..run);
        let amount = self.slice(start..end).contains(['.', ','])
            || self.adjacent(start).is_some_and(|token| token.ends_with(is_currency));
        let unit = self.lexicon.is(suffix, WordClass::Unit);
        // A single capital is more often part of a name ("4K") than an amount, unless the figure shows it.
        if unit && (amount || !matches!(suffix, "K" | "M" | "B" | "b")) { end } else { run }
    }

    fn digits(&self, start: usize) -> usize {
        let rest = self.text.as_bytes().get(start..).unwrap_or(&[]);
        start + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    /// Whether the groups of two digits so far go on to a group of three: "1,00,000".
    fn is_lakh(&self, mut at: usize) -> bool {
        for _ in 0..4 {
            if self.peek(at) != Some(',') {
                return false;
            }
            let group = self.digits(at + 1) - (at + 1);
            if group != 2 {
                return group == 3;
            }
            at += 1 + group;
        }
        false
    }

    /// Dates and telephone numbers with hyphens, which are one token; ranges ("5-10") are three.
    fn hyphenated_figure(&self, start: usize) -> Option<usize> {
        let mut groups = [0usize; 5];
        let mut count = 0;
        let mut at = start;
        loop {
            let end = self.digits(at);
            *groups.get_mut(count)? = end - at;
            count += 1;
            at = end;
            match self.peek(end) {
                Some('-') if self.peek(end + 1).is_some_and(|c| c.is_ascii_digit()) => at = end + 1,
                _ => break,
            }
        }
        if self.peek(at).is_some_and(|c| is_word(c) || is_hyphen(c)) {
            return None;
        }
        let whole = match groups.get(..count)? {
            [4, 2, 2] | [1 | 2, 1 | 2, 2 | 4] | [3, 3, 4] | [1, 3, 3, 4] | [5, 4] => true,
            // "345-9945" is a telephone number, "500-1000" a range.
            [3, 4] => !self.slice(start..at).ends_with("00"),
            _ => false,
        };
        whole.then_some(at)
    }

    // Marks

    /// Clitics that stand apart from their word ("U.S.'s"), shortened years and words, double marks.
    fn apostrophe(&mut self, at: usize, c: char) -> Option<usize> {
        let after = at + c.len_utf8();
        let run = self.letters(after);
        let word = self.slice(after..run);
        let glued = self.adjacent(at).is_some_and(|token| token.ends_with(|c| is_word(c) || c == '.'));
        let alone = self.peek(run).is_none_or(is_blank) && self.before(at).is_none_or(is_blank);
        if (glued || alone) && is_clitic(word) {
            return Some(self.push(at, run));
        }
        if glued || !matches!(c, '\'' | '’' | '‘') {
            return None;
        }
        let digits = word.strip_suffix('s').unwrap_or(word);
        if digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(self.push(at, run));
        }
        let closed =
            run + self.peek(run).filter(|c| word == "n" && is_apostrophe(*c)).map_or(0, char::len_utf8);
        for end in [closed, run] {
            if let Some(pieces) = self.lexicon.contraction(self.slice(at..end)).filter(|_| !word.is_empty()) {
                return Some(self.push_pieces(at, self.slice(at..end), pieces));
            }
        }
        None
    }

    fn before(&self, at: usize) -> Option<char> {
        characters_before(self.text, self.start, at).next()
    }

    /// The end of the mark at `at`.
    fn mark(&self, at: usize, c: char) -> usize {
        let after = at + c.len_utf8();
        let next = self.peek(after);
        let starts = self.before(at).is_none_or(is_blank);
        let next_is_digit = next.is_some_and(|next| next.is_ascii_digit());
        match c {
            '.' if next_is_digit && self.adjacent(at).is_none_or(|token| !token.ends_with(is_word)) => {
                self.figure(after)
            }
            '+' if next_is_digit && starts => self.figure(after),
            '@' | '#' if next.is_some_and(|next| next.is_alphabetic() || (c == '@' && next == '_')) => {
                self.handle(after)
            }
            ':' | ';' | '=' if starts && let Some(end) = self.emoticon(at) => end,
            c if is_terminator(c) => self.run(at, is_terminator),
            '-' | '=' if self.run(at, |other| matches!(other, '-' | '=')) > after + 1 => {
                self.run(at, |other| matches!(other, '-' | '='))
            }
            '-' | '=' | '*' | '_' | '~' | '+' | '#' | '$' | '<' | '>' | '|' | '—' | '–' | '―' | '•' | '^'
            | '\\' => self.run(at, |other| other == c),
            '\'' | '`' | '’' | '‘' | ',' if next == Some(c) && self.peek(after + c.len_utf8()) != Some(c) => {
                after + c.len_utf8()
            }
            c if is_regional_indicator(c) && next.is_some_and(is_regional_indicator) => {
                after + next.map_or(0, char::len_utf8)
            }
            c if is_pictograph(c) => self.pictograph(at),
            _ => self.extended(after),
        }
    }

    fn run(&self, at: usize, belongs: impl Fn(char) -> bool) -> usize {
        let rest = self.slice(at..self.text.len());
        let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.extended(at + length)
    }

    /// The end of the combining marks at `at`.
    fn extended(&self, at: usize) -> usize {
        let rest = self.slice(at..self.text.len());
        at + rest.find(|c| !super::chars::is_extending(c)).unwrap_or(rest.len())
    }

    /// "@name" and "#name".
    fn handle(&self, at: usize) -> usize {
        let rest = self.slice(at..self.text.len());
        at + rest.find(|c| !(is_word(c) || c == '_')).unwrap_or(rest.len())
    }

    /// ":)" and the like, between blanks.
    fn emoticon(&self, at: usize) -> Option<usize> {
        let mut characters = self.slice(at..self.text.len()).chars().skip(1);
        let mut c = characters.next();
        let mut end = at + 1;
        if c == Some('-') {
            c = characters.next();
            end += 1;
        }
        let closed = characters.next().is_none_or(|c| is_blank(c) || is_terminator(c));
        (matches!(c, Some(')' | '(' | 'D' | 'P' | 'p' | '/' | '|')) && closed).then_some(end + 1)
    }

    fn pictograph(&self, at: usize) -> usize {
        let mut end = at;
        let mut joined = true;
        for c in self.slice(at..self.text.len()).chars() {
            let belongs = continues_pictograph(c) || c == JOINER || (joined && is_pictograph(c));
            if !belongs {
                break;
            }
            joined = c == JOINER;
            end += c.len_utf8();
        }
        end
    }
}

const JOINER: char = '\u{200D}';

/// Where the clitic at the end of a word begins.
fn clitic(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().take(4).find(|(_, c)| is_apostrophe(*c))?;
    let base = word.get(..at).filter(|base| !base.is_empty())?;
    let suffix = word.get(at + mark.len_utf8()..)?;
    if suffix.eq_ignore_ascii_case("t") {
        return (base.len() > 1 && base.ends_with(['n', 'N'])).then(|| at - 1);
    }
    // "the 1960's" is one word, "Flight 93's crew" is two.
    let decade = base.ends_with('0') && base.bytes().all(|byte| byte.is_ascii_digit());
    (is_clitic(suffix) && !decade).then_some(at)
}

fn is_clitic(suffix: &str) -> bool {
    ["s", "m", "re", "ve", "ll", "d"].iter().any(|clitic| suffix.eq_ignore_ascii_case(clitic))
}

fn is_short_capitals(word: &str) -> bool {
    word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A short word without a vowel before a small letter: an abbreviation that the table does not know.
fn is_unknown_abbreviation(word: &str, following: &Following<'_>) -> bool {
    !following.glued
        && following.character.is_some_and(char::is_lowercase)
        && (2..=5).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_alphabetic())
        && word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
        && !word.bytes().any(|byte| b"aeiouyAEIOUY".contains(&byte))
}

pub(super) fn starts_with_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// The letters at the start, at most sixteen bytes of them.
fn leading_word(rest: &str) -> &str {
    let length = rest.bytes().take(16).take_while(u8::is_ascii_alphabetic).count();
    rest.get(..length).unwrap_or("")
}

/// What sort of abbreviation a token is, which has its mark at the end.
pub(super) fn abbreviation_kind(token: &str) -> Option<AbbreviationKind> {
    let mark = token.chars().next_back()?;
    let word = token.strip_suffix(mark)?;
    lexicon().abbreviations(word).find(|entry| entry.mark == mark).map(|entry| entry.kind)
}
