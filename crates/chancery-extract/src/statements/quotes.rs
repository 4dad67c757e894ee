//! Quotation marks: where quotations begin and end.
//!
//! Straight and curly double marks, guillemets, low-high marks, doubled single marks; single marks only
//! where they can be no apostrophe. A quotation never leaves its paragraph; one that is left open where the
//! next paragraph opens anew goes on there, as newspapers set it. A mark that is left open otherwise reaches
//! to the end of its sentence only, so that a slip of the keyboard does not put a report into someone's mouth.

use std::ops::Range;

use crate::scene::Scene;

/// One quotation, or the part of one that stands in one paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Bytes with the marks.
    pub outer: Range<usize>,
    /// Bytes between the marks.
    pub inner: Range<usize>,
    /// Number of the paragraph, counted as the sentences count it.
    pub paragraph: usize,
    /// Whether it goes on in the next paragraph.
    pub continues: bool,
}

impl Quotation {
    /// Whether a byte stands inside.
    pub fn holds(&self, byte: usize) -> bool {
        self.inner.contains(&byte)
    }
}

/// How a mark closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Straight,
    Curly,
    Guillemets,
    Reversed,
    Angle,
    Doubled,
    Single,
    SingleStraight,
}

impl Style {
    fn closes(self, c: char) -> bool {
        match self {
            Style::Straight => c == '"',
            // Writers mix the kinds: a straight mark also closes a curly one.
            Style::Curly => matches!(c, '”' | '“' | '"'),
            Style::Guillemets => c == '»',
            Style::Reversed => c == '«',
            Style::Angle => c == '›',
            Style::Doubled => c == '\'' || c == '’' || c == '"',
            Style::Single => c == '’',
            Style::SingleStraight => c == '\'',
        }
    }
}

/// The quotations of a document, in the order of the text; none inside another.
pub fn find(scene: &Scene<'_>) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    let mut sentences = scene.analysis.sentences.iter().peekable();
    while let Some(first) = sentences.next() {
        let mut range = first.range.clone();
        let mut ends = vec![first.range.end];
        while let Some(next) = sentences.next_if(|s| s.paragraph == first.paragraph) {
            range.end = next.range.end;
            ends.push(next.range.end);
        }
        // A closing mark may follow the last sentence's full stop as a stray.
        let limit = sentences.peek().map_or(scene.text().len(), |s| s.range.start);
        let opens_anew =
            scene.cut(&(limit..scene.text().len())).trim_start().starts_with(['"', '“', '«', '„', '‘']);
        let next_paragraph = if opens_anew { Following::OpensAnew } else { Following::Other };
        paragraph(scene.text(), range.start..limit, &ends, first.paragraph, next_paragraph, &mut out);
    }
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Following {
    OpensAnew,
    Other,
}

fn paragraph(
    text: &str,
    range: Range<usize>,
    sentence_ends: &[usize],
    number: usize,
    following: Following,
    out: &mut Vec<Quotation>,
) {
    let stretch = text.get(range.clone()).unwrap_or("");
    let chars: Vec<(usize, char)> = stretch.char_indices().map(|(at, c)| (range.start + at, c)).collect();
    let end_of = |i: usize| chars.get(i + 1).map_or(range.end, |(at, _)| *at);
    let mut i = 0;
    while i < chars.len() {
        let Some((style, width)) = opens(&chars, i) else {
            i += 1;
            continue;
        };
        let start = chars[i].0;
        let inner_start = end_of(i + width - 1);
        match closes(&chars, i + width, style) {
            Some((at, close_width)) => {
                let inner = inner_start..chars[at].0;
                if !inner.is_empty() {
                    let outer = start..end_of(at + close_width - 1);
                    out.push(Quotation { outer, inner, paragraph: number, continues: false });
                }
                i = at + close_width;
            }
            None if matches!(style, Style::Single | Style::SingleStraight) => i += 1,
            None => {
                let continues = following == Following::OpensAnew;
                let begins = stretch.get(..start - range.start).is_some_and(|b| b.trim().is_empty());
                let end = if continues || begins {
                    range.start + stretch.trim_end().len()
                } else {
                    sentence_ends.iter().copied().find(|end| *end > inner_start).unwrap_or(range.end)
                };
                if inner_start < end {
                    out.push(Quotation {
                        outer: start..end,
                        inner: inner_start..end,
                        paragraph: number,
                        continues,
                    });
                }
                i = chars.iter().position(|(at, _)| *at >= end).unwrap_or(chars.len()).max(i + 1);
            }
        }
    }
}

/// Whether a quotation opens at a character: its style and how many characters the mark has.
fn opens(chars: &[(usize, char)], at: usize) -> Option<(Style, usize)> {
    let c = chars.get(at)?.1;
    let before = at.checked_sub(1).and_then(|b| chars.get(b)).map(|(_, c)| *c);
    let after = chars.get(at + 1).map(|(_, c)| *c);
    let free_before = before.is_none_or(|c| !c.is_alphanumeric());
    let word_after = after.is_some_and(|c| !c.is_whitespace());
    match c {
        '“' => Some((Style::Curly, 1)),
        '„' | '‟' => Some((Style::Curly, 1)),
        // The wrong curl, as a mark that stands before a word.
        '”' if before.is_none_or(char::is_whitespace) && word_after => Some((Style::Curly, 1)),
        '«' => Some((Style::Guillemets, 1)),
        '»' if before.is_none_or(char::is_whitespace) && word_after => Some((Style::Reversed, 1)),
        '‹' => Some((Style::Angle, 1)),
        // A straight mark behind a figure means inches.
        '"' if free_before && word_after => Some((Style::Straight, 1)),
        '"' if before.is_none_or(|c| !c.is_numeric()) && word_after => Some((Style::Straight, 1)),
        '`' if after == Some('`') => Some((Style::Doubled, 2)),
        '\'' if after == Some('\'') && free_before => Some((Style::Doubled, 2)),
        '‘' | '‚' if word_after && free_before => Some((Style::Single, 1)),
        '\'' if free_before
            && before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-')) =>
        {
            // "'90s" and "'em" are no quotations.
            after.is_some_and(char::is_alphabetic).then_some((Style::SingleStraight, 1))
        }
        _ => None,
    }
}

/// Where a quotation closes: index of the mark and its width.
fn closes(chars: &[(usize, char)], from: usize, style: Style) -> Option<(usize, usize)> {
    let next = |at: usize| chars.get(at + 1).map(|(_, c)| *c);
    let single = matches!(style, Style::Single | Style::SingleStraight);
    let mut depth = 0usize;
    let mut possessive = None;
    for at in from..chars.len() {
        let c = chars[at].1;
        if style == Style::Doubled {
            if c == '"' {
                return Some((at, 1));
            }
            if style.closes(c) && next(at) == Some(c) {
                return Some((at, 2));
            }
            continue;
        }
        // “ inside „…“ closes; inside “…” it opens one that is nested.
        if style == Style::Curly && c == '“' && next(at).is_some_and(char::is_alphanumeric) {
            depth += 1;
            continue;
        }
        if !style.closes(c) {
            continue;
        }
        if single {
            if next(at).is_some_and(char::is_alphanumeric) {
                continue;
            }
            let previous = at.checked_sub(1).and_then(|p| chars.get(p)).map(|(_, c)| *c);
            // "the states' rights": an s, a blank and a small letter around it may be a possessive.
            let after_blank = chars.get(at + 2).map(|(_, c)| *c);
            if previous == Some('s') && next(at) == Some(' ') && after_blank.is_some_and(char::is_lowercase) {
                possessive.get_or_insert(at);
                continue;
            }
            return Some((at, 1));
        }
        if depth > 0 {
            depth -= 1;
            continue;
        }
        return Some((at, 1));
    }
    if depth > 0 {
        // The nested ones were never closed: take the last mark there is.
        return (from..chars.len()).rev().find(|at| matches!(chars[*at].1, '”' | '"')).map(|at| (at, 1));
    }
    possessive.map(|at| (at, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn inner(text: &str, following: Following) -> Vec<&str> {
        let mut out = Vec::new();
        let ends: Vec<usize> = text.match_indices(". ").map(|(at, _)| at + 1).chain([text.len()]).collect();
        paragraph(text, 0..text.len(), &ends, 0, following, &mut out);
        out.iter().map(|q| &text[q.inner.clone()]).collect()
    }

    #[test]
    fn all_kinds_of_marks() {
        assert_eq!(inner("He said \"no deal\" and left.", Following::Other), ["no deal"]);
        assert_eq!(inner("He said “no deal” and left.", Following::Other), ["no deal"]);
        assert_eq!(inner("He said «no deal» and left.", Following::Other), ["no deal"]);
        assert_eq!(inner("He said »no deal« and left.", Following::Other), ["no deal"]);
        assert_eq!(inner("He said „no deal“ and left.", Following::Other), ["no deal"]);
        assert_eq!(inner("He said ``no deal'' and left.", Following::Other), ["no deal"]);
        assert_eq!(inner("He said ‘no deal’ and left.", Following::Other), ["no deal"]);
        assert_eq!(inner("He said 'no deal' and left.", Following::Other), ["no deal"]);
    }

    #[test]
    fn apostrophes_are_no_quotations() {
        assert!(
            inner("The ministers' talks didn't end; it's the 'thirties, they said.", Following::Other)
                .is_empty()
        );
        assert!(inner("The states’ envoys don’t meet in the ’90s.", Following::Other).is_empty());
        assert_eq!(
            inner("‘The generals’ plan won’t work,’ he said.", Following::Other),
            ["The generals’ plan won’t work,"]
        );
    }

    #[test]
    fn inches_are_no_quotations() {
        assert!(inner("A 155\" gun and a 20\" shell were shown.", Following::Other).is_empty());
    }

    #[test]
    fn an_open_mark_reaches_to_the_end_of_its_sentence() {
        let text = "He called it \"a trap. The talks went on. Nobody left.";
        assert_eq!(inner(text, Following::Other), ["a trap."]);
    }

    #[test]
    fn an_open_mark_goes_on_where_the_next_paragraph_opens_anew() {
        let text = "\"We came in peace. We leave in peace.";
        assert_eq!(inner(text, Following::OpensAnew), ["We came in peace. We leave in peace."]);
    }

    #[test]
    fn nested_quotations_belong_to_the_outer_one() {
        let text = "“They told us ‘go home’ and we went,” she said. “All of us.”";
        assert_eq!(inner(text, Following::Other), ["They told us ‘go home’ and we went,", "All of us."]);
    }

    proptest! {
        #[test]
        fn quotations_lie_on_boundaries_in_order(text in "[a-z .,'\"“”‘’«»„é\\n]{0,160}") {
            let mut out = Vec::new();
            paragraph(&text, 0..text.len(), &[text.len()], 0, Following::Other, &mut out);
            let mut last = 0;
            for q in out {
                prop_assert!(q.outer.start >= last && q.outer.end <= text.len());
                prop_assert!(text.get(q.outer.clone()).is_some() && text.get(q.inner.clone()).is_some());
                prop_assert!(q.outer.start < q.inner.start && q.inner.end <= q.outer.end);
                last = q.outer.end;
            }
        }
    }
}
