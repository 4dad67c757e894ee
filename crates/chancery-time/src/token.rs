//! Tokens as the grammar of time needs them: runs of letters, runs of digits,
//! single marks. They borrow from the text and keep byte ranges.

use std::ops::Range;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Letters.
    Word {
        /// Whether the first letter is a capital.
        capital: bool,
    },
    /// Digits; the value is capped, the number of digits and thousands separators tell years from amounts.
    Number { value: u32, digits: u8, grouped: bool },
    /// Any other character; the various dashes and apostrophes are folded into `-` and `'`.
    Mark(char),
}

/// One token.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) range: Range<usize>,
    pub(crate) shape: Shape,
    /// Whether white space stands before it.
    pub(crate) spaced: bool,
    /// Whether a line or paragraph ended before it.
    pub(crate) breaks: bool,
}

/// Cuts the text into tokens, in one pass.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::with_capacity(text.len() / 5);
    let (mut spaced, mut newlines) = (true, 2);
    let mut position = 0;
    while let Some(first) = text.get(position..).and_then(|rest| rest.chars().next()) {
        let start = position;
        position += first.len_utf8();
        if first.is_whitespace() {
            spaced = true;
            newlines += usize::from(first == '\n');
            continue;
        }
        let shape = if first.is_ascii_digit() {
            let (shape, end) = number(text, start);
            position = end;
            shape
        } else if first.is_alphabetic() {
            let rest = text.get(start..).unwrap_or_default();
            let length = rest.find(|c: char| !c.is_alphabetic() && !is_combining(c)).unwrap_or(rest.len());
            position = start + length;
            Shape::Word { capital: first.is_uppercase() }
        } else {
            Shape::Mark(fold(first))
        };
        found.push(Token { range: start..position, shape, spaced, breaks: newlines > 1 });
        (spaced, newlines) = (false, 0);
    }
    found
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn fold(mark: char) -> char {
    match mark {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' => '\'',
        other => other,
    }
}

/// Reads digits, with thousands groups ("1,500"), from `start`.
fn number(text: &str, start: usize) -> (Shape, usize) {
    let bytes = text.as_bytes();
    let run = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let mut end = start + run(start);
    let first_run = end - start;
    let mut grouped = false;
    while first_run <= 3 && bytes.get(end) == Some(&b',') && run(end + 1) == 3 {
        end += 4;
        grouped = true;
    }
    let digits = u8::try_from(first_run).unwrap_or(u8::MAX);
    let value = text
        .get(start..end)
        .unwrap_or_default()
        .bytes()
        .filter(u8::is_ascii_digit)
        .fold(0u32, |sum, digit| sum.saturating_mul(10).saturating_add(u32::from(digit - b'0')));
    (Shape::Number { value, digits, grouped }, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_thousands_are_one_number() {
        let found = tokens("1,500 men on April 7,2006");
        assert_eq!(found[0].shape, Shape::Number { value: 1500, digits: 1, grouped: true });
        assert_eq!(found.last().unwrap().shape, Shape::Number { value: 2006, digits: 4, grouped: false });
    }

    #[test]
    fn dashes_and_apostrophes_are_folded() {
        let text = "1994–96, the year’s end";
        let found = tokens(text);
        assert_eq!(found[1].shape, Shape::Mark('-'));
        assert!(found.iter().any(|t| t.shape == Shape::Mark('\'')));
        assert!(
            found.iter().all(|t| text.is_char_boundary(t.range.start) && text.is_char_boundary(t.range.end))
        );
    }
}
