//! Paragraphs: blank lines, line breaks, wrapped lines, headings and lists.
//!
//! A line break ends a paragraph unless the text was wrapped to a width. Text was wrapped when the first
//! word of a line would not have fitted on the line before; that alone could be chance, so some line break
//! of the document must also stand in the middle of a sentence.

use std::ops::Range;

use chancery_core::{Zone, ZoneKind};

use super::chars::{
    is_apostrophe, is_blank, is_bullet, is_closing_bracket, is_invisible, is_quote, is_terminator,
};
use super::on_boundaries;

/// A paragraph: what is cut into sentences by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) range: Range<usize>,
    pub(super) zone: ZoneKind,
}

/// Widths in characters to which text is wrapped.
const WRAPPED_WIDTHS: std::ops::RangeInclusive<usize> = 30..=132;
/// A line of at least this many characters that breaks off is continued by the next if that starts small.
const LONG_LINE: usize = 36;
/// Longest heading in words.
const LONGEST_HEADING: usize = 20;

/// One line without the blanks around it.
#[derive(Debug)]
struct Line {
    range: Range<usize>,
    /// In characters, with the blanks before it.
    width: usize,
    first_word_width: usize,
    starts_small: bool,
    is_item: bool,
    is_rule: bool,
    ends_sentence: bool,
    /// Whether a blank line or the start of a zone stands before it.
    after_gap: bool,
}

/// The paragraphs of a text, zone by zone, in the order of the text. Each holds something visible.
pub(super) fn blocks(text: &str, zones: &[Zone]) -> Vec<Block> {
    let mut blocks = Vec::new();
    if zones.is_empty() {
        paragraphs(text, 0..text.len(), None, &mut blocks);
        return blocks;
    }
    let mut at = 0;
    for zone in zones {
        let range = on_boundaries(text, zone.range.start.max(at)..zone.range.end);
        if range.is_empty() {
            continue;
        }
        paragraphs(text, at..range.start, Some(ZoneKind::Body), &mut blocks);
        paragraphs(text, range.clone(), Some(zone.kind), &mut blocks);
        at = range.end;
    }
    paragraphs(text, at..text.len(), Some(ZoneKind::Body), &mut blocks);
    blocks
}

fn paragraphs(text: &str, range: Range<usize>, zone: Option<ZoneKind>, blocks: &mut Vec<Block>) {
    let lines = lines(text, range);
    let document_width = wrapped_width(lines.chunk_by(|_, line| !line.after_gap));
    for group in lines.chunk_by(|_, line| !line.after_gap) {
        let width = wrapped_width(std::iter::once(group)).or_else(|| {
            let widest = group.iter().map(|line| line.width).max().unwrap_or(0);
            document_width.filter(|width| widest <= width + 2)
        });
        let mut current: Option<(Range<usize>, bool)> = None;
        let mut previous: Option<&Line> = None;
        for line in group {
            let continues = previous.is_some_and(|previous| continues(previous, line, width));
            match &mut current {
                Some((range, _)) if continues => range.end = line.range.end,
                _ => {
                    push(text, current.take(), zone, blocks);
                    current = Some((line.range.clone(), line.is_item));
                }
            }
            previous = Some(line);
        }
        push(text, current, zone, blocks);
    }
}

fn push(
    text: &str,
    paragraph: Option<(Range<usize>, bool)>,
    zone: Option<ZoneKind>,
    blocks: &mut Vec<Block>,
) {
    if let Some((range, is_item)) = paragraph {
        let zone = zone.unwrap_or_else(|| match text.get(range.clone()) {
            _ if is_item => ZoneKind::List,
            Some(words) if is_heading(words) => ZoneKind::Headline,
            _ => ZoneKind::Body,
        });
        blocks.push(Block { range, zone });
    }
}

/// Whether `line` goes on with the paragraph of the line before it.
fn continues(previous: &Line, line: &Line, width: Option<usize>) -> bool {
    if line.is_item || line.is_rule || previous.is_rule {
        return false;
    }
    match width {
        Some(width) if !fits(previous, line, width) => true,
        _ => !previous.ends_sentence && line.starts_small && previous.width >= LONG_LINE,
    }
}

/// Whether the first word of `line` would have fitted on the line before it.
fn fits(previous: &Line, line: &Line, width: usize) -> bool {
    previous.width + 1 + line.first_word_width <= width
}

/// The width in characters to which the groups of lines were wrapped, if they were.
fn wrapped_width<'a>(groups: impl Iterator<Item = &'a [Line]>) -> Option<usize> {
    let mut widest = None;
    for group in groups {
        let width = group.iter().map(|line| line.width).max().unwrap_or(0);
        let breaks_off = |pair: &[Line]| match pair {
            [line, next] => {
                !line.ends_sentence && next.starts_small && !next.is_item && !fits(line, next, width)
            }
            _ => false,
        };
        if WRAPPED_WIDTHS.contains(&width) && group.windows(2).any(breaks_off) {
            widest = widest.max(Some(width));
        }
    }
    widest
}

fn lines(text: &str, range: Range<usize>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_gap = true;
    let mut at = range.start;
    let stretch = text.get(range).unwrap_or("");
    for raw in stretch.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{0B}', '\u{0C}', '\u{85}']) {
        let end = at + raw.len();
        match line(raw, at, after_gap) {
            Some(line) => {
                lines.push(line);
                after_gap = raw.ends_with(['\u{2029}', '\u{0C}']);
            }
            // The "\n" of "\r\n" is no blank line.
            None => after_gap |= !(raw == "\n" && text.get(..at).is_some_and(|text| text.ends_with('\r'))),
        }
        at = end;
    }
    lines
}

fn line(raw: &str, at: usize, after_gap: bool) -> Option<Line> {
    let shown = raw.trim_matches(|c| is_blank(c) || is_invisible(c));
    if shown.is_empty() {
        return None;
    }
    let indent = raw.find(|c| !(is_blank(c) || is_invisible(c))).unwrap_or(0);
    let start = at + indent;
    let first_word = shown.split(is_blank).next().unwrap_or("");
    let mut first = shown.chars().skip_while(|c| is_quote(*c) || *c == '(');
    let last = shown
        .trim_end_matches(|c| is_quote(c) || is_closing_bracket(c) || is_apostrophe(c))
        .chars()
        .next_back();
    Some(Line {
        range: start..start + shown.len(),
        width: shown.chars().count() + raw.get(..indent).unwrap_or("").chars().count(),
        first_word_width: first_word.chars().count(),
        starts_small: first.next().is_some_and(char::is_lowercase),
        is_item: is_item(shown),
        is_rule: !shown.contains(char::is_alphanumeric) && shown.chars().nth(2).is_some(),
        ends_sentence: last.is_some_and(|c| is_terminator(c) || c == ':'),
        after_gap,
    })
}

/// Whether a line starts with the marker of a list: a bullet, "-", "1.", "(2)", "a)", "iv.".
fn is_item(line: &str) -> bool {
    let Some((marker, _)) = line.split_once(is_blank) else { return false };
    let mut characters = marker.chars();
    let first = characters.next();
    if characters.next().is_none() {
        return first.is_some_and(|c| is_bullet(c) || matches!(c, '-' | '–' | '—' | 'o'));
    }
    let bare = marker.trim_start_matches('(').trim_end_matches(['.', ')']);
    let closed = marker.len() > bare.len() && marker.ends_with(['.', ')']);
    let number = !bare.is_empty() && bare.len() <= 5 && bare.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let letter = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_lowercase()) && marker.ends_with(')');
    let roman = !bare.is_empty() && bare.len() <= 4 && bare.bytes().all(|b| b"ivx".contains(&b));
    // "1994." at the start of a wrapped line ends a sentence.
    closed && ((number && bare.split('.').all(|part| part.len() <= 2)) || letter || roman)
}

/// A short line that does not end as a sentence or a part of one does.
fn is_heading(words: &str) -> bool {
    let shown = words.trim_end_matches(|c| is_quote(c) || is_closing_bracket(c));
    let ended =
        shown.chars().next_back().is_none_or(|c| matches!(c, '.' | ',' | ';' | ':' | '…' | '-' | '–' | '—'));
    !ended
        && words.contains(char::is_alphabetic)
        && words.starts_with(|c: char| !c.is_lowercase())
        && words.split_whitespace().take(LONGEST_HEADING + 1).count() <= LONGEST_HEADING
}
