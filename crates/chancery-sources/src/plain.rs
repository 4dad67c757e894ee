//! Paragraphs, list items and quotations of plain text, from blank lines, indentation and marks.
//!
//! A line break inside a block may be a paragraph's end or only the margin's. It was the margin's if the first
//! word of the next line would not have fitted.

use std::ops::Range;

use chancery_core::ZoneKind;

use crate::block::{Block, Form, trimmed};
use crate::furniture::{byline, date_line, has_heading_shape, header_line, list_marker};

/// A line longer than this was not broken by a margin.
const WIDEST_MARGIN: usize = 132;
/// In a text of few lines a margin narrower than this is only the width of short lines.
const NARROWEST_MARGIN: usize = 60;
/// So many lines show their margin whatever its width.
const MANY_LINES: usize = 8;
/// Columns by which a line may fall short of the margin for reasons of its own.
const RAGGEDNESS: usize = 8;
/// Columns of indentation that set a block quotation apart.
const QUOTATION_INDENT: usize = 4;

struct Line<'a> {
    text: &'a str,
    start: usize,
    width: usize,
    indent: usize,
}

impl<'a> Line<'a> {
    fn new(text: &'a str, start: usize) -> Self {
        let indent = text
            .chars()
            .take_while(|c| c.is_whitespace())
            .map(|c| if c == '\t' { QUOTATION_INDENT } else { 1 })
            .sum();
        Self { text, start, width: text.trim_end().chars().count(), indent }
    }

    fn content(&self) -> &'a str {
        self.text.trim()
    }
}

/// The blocks of a text, in order and disjoint.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let groups = groups(text);
    let indented = |group: &[Line]| group.iter().all(|line| line.indent >= QUOTATION_INDENT);
    let indentation_is_usual = groups.iter().filter(|group| indented(group)).count() * 2 > groups.len();

    let margin = usual_margin(&groups);

    let mut blocks = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let quoted = group.iter().all(|line| line.content().starts_with('>'));
        let stands_in = index > 0 && !indentation_is_usual && indented(group);
        let is_heading = group.len() == 1 && group.iter().all(|line| has_heading_shape(line.content()));
        let form =
            if quoted || (stands_in && !is_heading) { Form::Known(ZoneKind::Quotation) } else { Form::Plain };
        if quoted {
            push(&mut blocks, form, text, group);
            if let Some(block) = blocks.last_mut() {
                let marks = text.get(block.range.clone()).unwrap_or_default();
                block.range.start += marks.len() - marks.trim_start_matches(['>', ' ', '\t']).len();
            }
        } else {
            paragraphs(&mut blocks, form, text, group, margin);
        }
    }
    blocks.retain_mut(|block| {
        block.range = trimmed(text.get(block.range.clone()).unwrap_or_default(), block.range.start);
        !block.range.is_empty()
    });
    blocks
}

/// Runs of lines that are not blank.
fn groups(text: &str) -> Vec<Vec<Line<'_>>> {
    let mut groups = Vec::new();
    let mut group = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            if !group.is_empty() {
                groups.push(std::mem::take(&mut group));
            }
        } else {
            group.push(Line::new(line, start));
        }
        start += line.len();
    }
    if !group.is_empty() {
        groups.push(group);
    }
    groups
}

/// The margin that most lines of the text keep to; none if many lines are longer than any margin.
fn usual_margin(groups: &[Vec<Line>]) -> usize {
    let mut widths: Vec<usize> = groups.iter().flatten().map(|line| line.width).collect();
    widths.sort_unstable();
    // The longest tenth may be headers, tables or addresses.
    let usual = widths.get(widths.len() * 9 / 10).copied().unwrap_or_default();
    if usual > WIDEST_MARGIN {
        usize::MAX
    } else if widths.len() < MANY_LINES {
        usual.max(NARROWEST_MARGIN)
    } else {
        usual
    }
}

/// Splits a group of lines into paragraphs and list items.
fn paragraphs(blocks: &mut Vec<Block>, form: Form, text: &str, group: &[Line], usual_margin: usize) {
    let widest = group.iter().map(|line| line.width).max().unwrap_or_default();
    let margin = if widest > WIDEST_MARGIN { usize::MAX } else { widest.max(usual_margin) };
    let mut rest = group;
    while let Some(first) = rest.first() {
        let marker = list_marker(first.content());
        let mut length = 1;
        for pair in rest.windows(2) {
            let [line, next] = pair else { break };
            let hangs = marker.is_some() && next.indent > first.indent;
            if list_marker(next.content()).is_some() || !(hangs || continues(line, next, margin)) {
                break;
            }
            length += 1;
        }
        let (paragraph, tail) = rest.split_at(length);
        rest = tail;
        let heading = first.content().len() - first.content().trim_start_matches('#').len();
        let is_marked_heading = (1..=6).contains(&heading)
            && first.content().get(heading..).is_some_and(|rest| rest.starts_with(' '));
        match marker {
            // Markdown lives on in many a text that is not called so.
            None if length == 1 && is_marked_heading => {
                push(blocks, Form::Known(ZoneKind::Headline), text, paragraph);
                if let Some(title) = blocks.last_mut() {
                    title.range.start = (title.range.start + heading + 1).min(title.range.end);
                }
            }
            Some(marker) => {
                push(blocks, Form::Known(ZoneKind::List), text, paragraph);
                if let Some(item) = blocks.last_mut() {
                    item.range.start = (item.range.start + marker).min(item.range.end);
                }
            }
            None => push(blocks, form, text, paragraph),
        }
    }
}

/// Whether a line break inside a paragraph parts these lines.
fn continues(line: &Line, next: &Line, margin: usize) -> bool {
    let (content, following) = (line.content(), next.content());
    if following.starts_with(|c: char| c.is_lowercase()) {
        return true;
    }
    if byline(following).is_some() || date_line(following).is_some() || header_line(following).is_some() {
        return false;
    }
    if is_in_capitals(content) || is_in_capitals(following) {
        // A title in capitals over several lines goes together, and not with what is under it.
        return is_in_capitals(content) && is_in_capitals(following);
    }
    let word = following.split_whitespace().next().unwrap_or_default().chars().count();
    let fitted = line.width.saturating_add(word + 1 + RAGGEDNESS) <= margin;
    if ends_sentence(content) {
        // A new paragraph that is marked by its indentation alone.
        !(fitted || next.indent >= line.indent + 2)
    } else {
        // A line without a full stop that ends early is a heading, a row of an address, an item.
        !(fitted && line.width < margin / 10 * 7) && margin != usize::MAX
    }
}

fn is_in_capitals(line: &str) -> bool {
    line.chars().filter(|c| c.is_uppercase()).count() > 3 && !line.chars().any(char::is_lowercase)
}

/// Whether a text ends as sentences end, with closing quotation marks and brackets left aside.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let closing = ['"', '\'', '”', '’', '»', ')', ']', ' '];
    text.trim_end_matches(closing).ends_with(['.', '!', '?', '…'])
}

fn push(blocks: &mut Vec<Block>, form: Form, text: &str, lines: &[Line]) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let span: Range<usize> = first.start..last.start + last.text.len();
    let range = trimmed(text.get(span.clone()).unwrap_or_default(), span.start);
    blocks.push(Block { form, range });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(Form, &str)> {
        blocks(text).into_iter().map(|b| (b.form, &text[b.range])).collect()
    }

    #[test]
    fn blank_lines_part_paragraphs_and_margins_do_not() {
        let text = "The foreign ministers of Estonia and Finland met in Tallinn on Monday\nto discuss the \
                    ferry dispute. They agreed to meet again in Helsinki at\nthe end of May.\n\nNo statement \
                    was issued.\n";
        let paragraphs = cut(text);
        assert_eq!(paragraphs.len(), 2);
        assert!(paragraphs[0].1.ends_with("the end of May."));
        assert_eq!(paragraphs[1], (Form::Plain, "No statement was issued."));
    }

    #[test]
    fn one_paragraph_a_line() {
        let text = "Talks open in Lusaka\nZambia and Malawi opened talks on Tuesday over fishing rights in the \
                    border waters, officials from both governments said, after two boats were seized there.\n\
                    Zambia denied the charge.\nMalawi's envoy left early.\n";
        let lines: Vec<_> = cut(text).into_iter().map(|(_, text)| text).collect();
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert_eq!(lines[0], "Talks open in Lusaka");
        assert_eq!(lines[3], "Malawi's envoy left early.");
    }

    #[test]
    fn a_short_last_line_ends_a_paragraph_without_blank_line() {
        let text = "Norway's prime minister flew to Reykjavik on Thursday for talks about\nquotas.\nIceland's \
                    parliament had rejected the last proposal in a vote that went\ninto the night.\n";
        assert_eq!(cut(text).len(), 2);
    }

    #[test]
    fn list_items_lose_their_marks_only() {
        let text = "The two sides agreed:\n- to exchange prisoners\n  of war by June;\n- to reopen the \
                    bridge.\n\n1. The council condemns the attack.\n(b) It calls for restraint.\n";
        let items: Vec<_> = cut(text)
            .into_iter()
            .filter(|(form, _)| *form == Form::Known(ZoneKind::List))
            .map(|(_, text)| text)
            .collect();
        assert_eq!(
            items,
            [
                "to exchange prisoners\n  of war by June;",
                "to reopen the bridge.",
                "The council condemns the attack.",
                "It calls for restraint."
            ]
        );
    }

    #[test]
    fn quotations_by_mark_and_by_indentation() {
        let text = "He wrote:\n\n> We shall not sign\n> this paper.\n\nLater he added:\n\n    The treaty is \
                    dead, and those who\n    say otherwise deceive themselves.\n\nNobody answered.\n";
        let quotations: Vec<_> = cut(text)
            .into_iter()
            .filter(|(form, _)| *form == Form::Known(ZoneKind::Quotation))
            .map(|(_, text)| text)
            .collect();
        assert_eq!(quotations.len(), 2);
        assert!(quotations[0].starts_with("We shall"));
        assert!(quotations[1].starts_with("The treaty"));
    }

    #[test]
    fn a_typescript_indents_every_paragraph() {
        let text = "    The envoy left.\n\n    The king stayed.\n\n    Nothing was signed.\n";
        assert!(cut(text).iter().all(|(form, _)| *form == Form::Plain));
    }

    proptest::proptest! {
        #[test]
        fn blocks_are_ordered_disjoint_and_on_boundaries(text in "([a-zé—> .\\-\n\t\u{a0}“”0-9)(A-Z]|\r\n|\n\n|- |1\\. ){0,80}") {
            let mut end = 0;
            for block in blocks(&text) {
                proptest::prop_assert!(block.range.start >= end && block.range.start < block.range.end);
                proptest::prop_assert!(text.get(block.range.clone()).is_some());
                end = block.range.end;
            }
        }
    }
}
