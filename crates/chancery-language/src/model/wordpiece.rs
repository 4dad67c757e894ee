//! WordPiece of the base model (BERT, uncased) over single words.
//!
//! The twin of `training/chancery_training/wordpiece.py`: a word is lower-cased, its accents are
//! stripped, it is split at punctuation, and every part is cut greedily into the longest pieces.

use std::collections::HashMap;

use unicode_general_category::{GeneralCategory as Category, get_general_category};
use unicode_normalization::UnicodeNormalization;

/// Most pieces that one word may take; what is longer is cut, so that no word can fill a window.
const MOST_PIECES: usize = 8;
/// A part longer than this is unknown, as in the base model.
const LONGEST_PART: usize = 100;

/// Letters' case, which the uncased base model cannot see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// All letters are small.
    Lower = 0,
    /// All letters are capitals, and there are several.
    Upper = 1,
    /// Anything between.
    Title = 2,
    /// No letters.
    Other = 3,
}

/// The case class of a word.
pub fn case_of(word: &str) -> Case {
    let mut letters = word.chars().filter(|c| c.is_alphabetic()).peekable();
    if letters.peek().is_none() {
        return Case::Other;
    }
    let (mut count, mut lower, mut upper) = (0usize, 0usize, 0usize);
    for c in letters {
        count += 1;
        lower += usize::from(c.is_lowercase());
        upper += usize::from(c.is_uppercase());
    }
    if lower == count {
        Case::Lower
    } else if upper == count && count > 1 {
        Case::Upper
    } else {
        Case::Title
    }
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(
            get_general_category(c),
            Category::ConnectorPunctuation
                | Category::DashPunctuation
                | Category::OpenPunctuation
                | Category::ClosePunctuation
                | Category::InitialPunctuation
                | Category::FinalPunctuation
                | Category::OtherPunctuation
        )
}

fn is_dropped(c: char) -> bool {
    matches!(get_general_category(c), Category::NonspacingMark | Category::Control | Category::Format)
}

/// The vocabulary of pieces.
#[derive(Debug, Clone)]
pub struct WordPiece {
    first: HashMap<Box<str>, u32>,
    later: HashMap<Box<str>, u32>,
    longest: usize,
    unknown: u32,
    /// The piece in front of every window.
    pub start: u32,
    /// The piece that ends every window.
    pub end: u32,
}

impl WordPiece {
    /// Reads a vocabulary, one piece a line; the line is the piece's number. None without the special pieces.
    pub fn new(vocabulary: &str) -> Option<WordPiece> {
        let (mut first, mut later, mut longest) = (HashMap::new(), HashMap::new(), 0);
        for (id, piece) in (0u32..).zip(vocabulary.split('\n')) {
            longest = longest.max(piece.len());
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => later.insert(rest.into(), id),
                _ => first.insert(piece.into(), id),
            };
        }
        let special = |name: &str| first.get(name).copied();
        let (unknown, start, end) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Some(WordPiece { first, later, longest, unknown, start, end })
    }

    /// Appends the pieces of one word, at least one and at most eight.
    pub fn pieces(&self, word: &str, out: &mut Vec<u32>) {
        let before = out.len();
        if word.is_ascii() && word.len() <= 32 {
            // The usual case needs no normalisation.
            let lower = word.to_ascii_lowercase();
            self.parts(&lower, out);
        } else {
            // A word longer than this gives more pieces than are kept.
            let lower: String =
                word.chars().take(MOST_PIECES * LONGEST_PART).flat_map(char::to_lowercase).collect();
            let folded: String = lower.nfd().filter(|c| c.is_whitespace() || !is_dropped(*c)).collect();
            self.parts(&folded, out);
        }
        out.truncate(before + MOST_PIECES);
        if out.len() == before {
            out.push(self.unknown);
        }
    }

    fn parts(&self, text: &str, out: &mut Vec<u32>) {
        let mut start = 0;
        for (at, c) in text.char_indices() {
            let space = c.is_whitespace();
            if space || is_punctuation(c) {
                self.greedy(&text[start..at], out);
                start = at + c.len_utf8();
                if !space {
                    self.greedy(&text[at..start], out);
                }
            }
        }
        self.greedy(&text[start..], out);
    }

    fn greedy(&self, part: &str, out: &mut Vec<u32>) {
        if part.is_empty() {
            return;
        }
        if part.chars().count() > LONGEST_PART {
            out.push(self.unknown);
            return;
        }
        let before = out.len();
        let mut start = 0;
        while start < part.len() {
            let table = if start == 0 { &self.first } else { &self.later };
            let mut end = part.len().min(start + self.longest);
            while !part.is_char_boundary(end) {
                end -= 1;
            }
            loop {
                if end <= start {
                    out.truncate(before);
                    out.push(self.unknown);
                    return;
                }
                if let Some(id) = table.get(&part[start..end]) {
                    out.push(*id);
                    break;
                }
                end -= 1;
                while !part.is_char_boundary(end) {
                    end -= 1;
                }
            }
            start = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(word: &str) -> Vec<u32> {
        let vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nsan\n##ction\n##s\ngoma\n.\nu\ns\n’";
        let mut out = Vec::new();
        WordPiece::new(vocabulary).expect("complete").pieces(word, &mut out);
        out
    }

    #[test]
    fn longest_pieces_first() {
        assert_eq!(pieces("Sanctions"), [4, 5, 6]);
        assert_eq!(pieces("U.S."), [9, 8, 10, 8]);
    }

    #[test]
    fn accents_fold_and_strangers_are_unknown() {
        assert_eq!(pieces("Góma"), [7]);
        assert_eq!(pieces("Zürich"), [1]);
        assert_eq!(pieces("’"), [11]);
        assert_eq!(pieces("\u{200b}"), [1]);
        assert_eq!(pieces(&"x".repeat(5000)), [1]);
        assert_eq!(pieces(&".".repeat(50)).len(), 8);
    }

    #[test]
    fn case_classes() {
        assert_eq!(case_of("rebels"), Case::Lower);
        assert_eq!(case_of("NATO"), Case::Upper);
        assert_eq!(case_of("A"), Case::Title);
        assert_eq!(case_of("McCain"), Case::Title);
        assert_eq!(case_of("1996"), Case::Other);
    }
}
