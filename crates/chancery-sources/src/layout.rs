//! From blocks to zones: what stands in front of the text, what behind it, and what it consists of.

use std::ops::Range;

use chancery_core::{Zone, ZoneKind};

use crate::block::{Block, Form};
use crate::dateline;
use crate::furniture::{
    byline, date_line, has_heading_shape, has_title_shape, header_line, is_about_line, is_caption,
};
use crate::plain::ends_sentence;
use crate::tables::Tells;

/// Zones, and what the header lines say.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Layout {
    pub zones: Vec<Zone>,
    pub title: Option<String>,
    pub source: Option<String>,
    pub author: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    /// Dates in header lines, in their order.
    pub dates: Vec<String>,
}

/// Blocks behind the text that may be about the document.
const LAST_BLOCKS: usize = 4;
/// So many lines without full stop, one behind the other, are a list and no headings.
const ROWS_OF_A_LIST: usize = 3;

/// Makes zones of blocks.
pub(crate) fn arrange(text: &str, blocks: &[Block]) -> Layout {
    // A rule such as "* * *" is no text.
    let blocks: Vec<&Block> =
        blocks.iter().filter(|block| slice(text, &block.range).contains(char::is_alphanumeric)).collect();
    let mut layout = Layout::default();
    let front = front(text, &blocks, &mut layout);
    let back = back(text, &blocks, front);
    body(text, &blocks, front..back, &mut layout);
    for block in blocks.get(back..).unwrap_or_default() {
        read_header(slice(text, &block.range), &mut layout);
        layout.zones.push(Zone { kind: ZoneKind::Header, range: block.range.clone() });
    }
    rescue(&mut layout.zones);
    layout
}

fn slice<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    text.get(range.clone()).unwrap_or_default()
}

/// Reads header, headlines and a dateline that stands alone in front of the text; returns how many blocks.
fn front(text: &str, blocks: &[&Block], layout: &mut Layout) -> usize {
    let dates = blocks.iter().filter(|block| date_line(slice(text, &block.range)).is_some()).count();
    for (index, block) in blocks.iter().enumerate() {
        let content = slice(text, &block.range);
        let next = blocks.get(index + 1);
        match block.form {
            Form::Known(kind @ (ZoneKind::Header | ZoneKind::Headline | ZoneKind::Caption)) => {
                layout.zones.push(Zone { kind, range: block.range.clone() });
            }
            Form::Known(_) => return index,
            Form::Plain | Form::Paragraph => {
                if header_lines(content, block.range.start, dates == 1, layout) {
                    continue;
                }
                let shape = match next {
                    // A text of one block is its body.
                    None => false,
                    Some(_) if block.form == Form::Paragraph => false,
                    Some(next) => {
                        has_title_shape(content)
                            && (index == 0 || is_heading(text, block, Some(*next)) || follows_header(layout))
                            && !starts_running_text(content)
                            && !dateline::is_turn(content)
                    }
                };
                let kind = if is_caption(content) {
                    ZoneKind::Caption
                } else if dateline::is_whole_line(content)
                    || dateline::at_start(content, true) == Some(content.len())
                {
                    ZoneKind::Dateline
                } else if shape {
                    ZoneKind::Headline
                } else if block.form == Form::Paragraph && next.is_some() && is_scrap(content) {
                    ZoneKind::Header
                } else {
                    return index;
                };
                layout.zones.push(Zone { kind, range: block.range.clone() });
            }
        }
    }
    blocks.len()
}

/// "World news", "3 min read": what pages set between title and text.
fn is_scrap(content: &str) -> bool {
    content.split_whitespace().count() <= 4 && has_heading_shape(content)
}

/// Whether nothing but header lines came so far.
fn follows_header(layout: &Layout) -> bool {
    layout.zones.iter().all(|zone| zone.kind == ZoneKind::Header)
}

fn starts_running_text(content: &str) -> bool {
    dateline::at_start(content, true).is_some()
}

/// Reads a block of which every line is a header line. A date alone is one only where `dated`: in a chronicle
/// of many dates the first is no date of publication.
fn header_lines(content: &str, start: usize, dated: bool, layout: &mut Layout) -> bool {
    let lines = || content.split_inclusive('\n');
    let is_header = |line: &str| {
        let line = line.trim();
        line.is_empty()
            || header_line(line).is_some()
            || byline(line).is_some()
            || (dated && date_line(line).is_some())
            || is_about_line(line)
    };
    if !lines().all(is_header) {
        return false;
    }
    let mut at = start;
    for line in lines() {
        let range = crate::block::trimmed(line, at);
        at += line.len();
        let content = line.trim();
        if content.is_empty() {
            continue;
        }
        let within = header_line(content).unwrap_or_default();
        // "HEADLINE: ..." and "DATELINE: ..." hold what other reports set as lines of their own.
        let own = within.iter().find_map(|labelled| match labelled.tells {
            Tells::Title if within.len() == 1 => Some((ZoneKind::Headline, labelled.value.clone())),
            Tells::Dateline if within.len() == 1 => Some((ZoneKind::Dateline, labelled.value.clone())),
            _ => None,
        });
        match own.filter(|(_, value)| !value.is_empty()) {
            Some((kind, value)) => {
                let value = range.start + value.start..range.start + value.end;
                layout.zones.push(Zone { kind: ZoneKind::Header, range: range.start..value.start });
                layout.zones.push(Zone { kind, range: value });
            }
            None => layout.zones.push(Zone { kind: ZoneKind::Header, range }),
        }
        read_header(content, layout);
    }
    true
}

/// Takes over what a header line says, unless an earlier one said it.
fn read_header(line: &str, layout: &mut Layout) {
    if let Some(labelled) = header_line(line) {
        for one in labelled {
            let value = line.get(one.value).unwrap_or_default().to_owned();
            let place = match one.tells {
                Tells::Title => &mut layout.title,
                Tells::Source => &mut layout.source,
                Tells::Author => &mut layout.author,
                Tells::Url => &mut layout.url,
                Tells::Language => &mut layout.language,
                Tells::Date => {
                    layout.dates.push(value);
                    continue;
                }
                _ => continue,
            };
            if place.is_none() && !value.is_empty() {
                *place = Some(value);
            }
        }
    } else if let Some(name) = byline(line) {
        layout.author.get_or_insert_with(|| slice(line, &name).to_owned());
    } else if let Some(date) = date_line(line) {
        layout.dates.push(slice(line, &date).to_owned());
    }
}

/// Where the lines about the document behind the text begin.
fn back(text: &str, blocks: &[&Block], front: usize) -> usize {
    let mut back = blocks.len();
    while back > front && blocks.len() - back < LAST_BLOCKS {
        let Some(block) = blocks.get(back - 1) else { break };
        let content = slice(text, &block.range);
        let marked = matches!(block.form, Form::Plain | Form::Paragraph)
            && content.lines().all(|line| {
                let source = header_line(line.trim()).is_some_and(|labels| {
                    labels.iter().any(|l| matches!(l.tells, Tells::Source | Tells::Url))
                });
                source || is_about_line(line.trim())
            });
        if !marked {
            break;
        }
        back -= 1;
    }
    back
}

/// Whether a paragraph of plain text between others is a heading.
fn is_heading(text: &str, block: &Block, next: Option<&Block>) -> bool {
    let content = slice(text, &block.range);
    block.form == Form::Plain
        && has_heading_shape(content)
        && !dateline::is_turn(content)
        && next.is_some_and(|next| {
            let following = slice(text, &next.range);
            following.len() > content.len() || ends_sentence(following)
        })
}

fn body(text: &str, blocks: &[&Block], range: Range<usize>, layout: &mut Layout) {
    let blocks = blocks.get(range).unwrap_or_default();
    let plain = blocks.iter().filter(|block| block.form == Form::Plain);
    let headings = plain.clone().filter(|block| has_heading_shape(slice(text, &block.range))).count();
    // A text without full stops is no row of headings.
    let punctuated = headings * 2 <= plain.count();
    let rows = rows_of_lists(text, blocks);
    let mut first = true;
    for (index, block) in blocks.iter().enumerate() {
        let content = slice(text, &block.range);
        let next = blocks.get(index + 1).copied();
        let kind = match block.form {
            Form::Known(kind) => kind,
            _ if is_caption(content) => ZoneKind::Caption,
            _ if rows.get(index) == Some(&true) => ZoneKind::List,
            _ if punctuated && is_heading(text, block, next) => ZoneKind::Headline,
            _ => ZoneKind::Body,
        };
        if kind == ZoneKind::Body {
            // A text of one paragraph is too little to see whether it opens with a place or a topic.
            let opens = first && index + 1 < blocks.len();
            if let Some(length) = dateline::at_start(content, opens) {
                let end = block.range.start + length;
                layout.zones.push(Zone { kind: ZoneKind::Dateline, range: block.range.start..end });
                let rest = crate::block::trimmed(slice(text, &(end..block.range.end)), end);
                if !rest.is_empty() {
                    layout.zones.push(Zone { kind, range: rest });
                    first = false;
                }
                continue;
            }
            first = false;
        }
        layout.zones.push(Zone { kind, range: block.range.clone() });
    }
}

/// Which blocks stand in a run of short lines without blank line between them.
fn rows_of_lists(text: &str, blocks: &[&Block]) -> Vec<bool> {
    let mut rows = vec![false; blocks.len()];
    let mut start = 0;
    for index in 0..blocks.len() {
        let is_row = blocks
            .get(index)
            .is_some_and(|block| block.form == Form::Plain && has_heading_shape(slice(text, &block.range)));
        let joined = index > start
            && blocks.get(index - 1).zip(blocks.get(index)).is_some_and(|(last, block)| {
                let between = slice(text, &(last.range.end..block.range.start));
                between.matches('\n').count() == 1
            });
        if !is_row {
            start = index + 1;
        } else if index > start && !joined {
            start = index;
        }
        if is_row && index + 1 - start >= ROWS_OF_A_LIST {
            for row in rows.iter_mut().take(index + 1).skip(start) {
                *row = true;
            }
        }
    }
    rows
}

/// A document always has running text: where headings are all there is, those behind the first are it.
fn rescue(zones: &mut [Zone]) {
    let runs = |zone: &Zone| matches!(zone.kind, ZoneKind::Body | ZoneKind::List | ZoneKind::Quotation);
    if zones.iter().any(runs) {
        return;
    }
    let headlines = zones.iter().filter(|zone| zone.kind == ZoneKind::Headline).count();
    let kept = usize::from(headlines > 1);
    for zone in zones.iter_mut().filter(|zone| zone.kind == ZoneKind::Headline).skip(kept) {
        zone.kind = ZoneKind::Body;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain;

    fn zones(text: &str) -> (Vec<(ZoneKind, &str)>, Layout) {
        let layout = arrange(text, &plain::blocks(text));
        (layout.zones.iter().map(|zone| (zone.kind, &text[zone.range.clone()])).collect(), layout)
    }

    #[test]
    fn a_wire_report() {
        let text = "ESTONIA, LATVIA SIGN FERRY ACCORD\nBy Liis Tamm\nApril 12, 2006\n\nTALLINN, April 12 (BNS) -- \
                    The foreign ministers of Estonia and Latvia signed an accord on Wednesday.\n\nReactions\n\nThe \
                    opposition called it weak.\n\n* * *\n\n(Reporting by Liis Tamm; editing by A. Kask)\n";
        let (zones, layout) = zones(text);
        let kinds: Vec<ZoneKind> = zones.iter().map(|zone| zone.0).collect();
        use ZoneKind::*;
        assert_eq!(kinds, [Headline, Header, Header, Dateline, Body, Headline, Body, Header], "{zones:?}");
        assert_eq!(zones[3].1, "TALLINN, April 12 (BNS) --");
        assert_eq!(layout.author.as_deref(), Some("Liis Tamm"));
        assert_eq!(layout.dates, ["April 12, 2006"]);
    }

    #[test]
    fn labels_in_front() {
        let text = "Publication: The Baltic Courier Volume: 3 Issue: 71\n\nAs Latvia's president prepares to visit \
                    Oslo, several officials have toured Norway.\n";
        let (zones, layout) = zones(text);
        assert_eq!(zones.iter().map(|z| z.0).collect::<Vec<_>>(), [ZoneKind::Header, ZoneKind::Body]);
        assert_eq!(layout.source.as_deref(), Some("The Baltic Courier"));
    }

    #[test]
    fn a_database_export() {
        let text = "HEADLINE: Envoy leaves Harare\nDATELINE: HARARE\nBYLINE: T. Moyo\nLENGTH: 211 words\n\nThe envoy \
                    left on Friday.\n\nHe said nothing.\n\nCopyright 1998 The Courier\n";
        let (zones, layout) = zones(text);
        assert!(zones.contains(&(ZoneKind::Headline, "Envoy leaves Harare")), "{zones:?}");
        assert!(zones.contains(&(ZoneKind::Dateline, "HARARE")));
        assert_eq!(zones.last(), Some(&(ZoneKind::Header, "Copyright 1998 The Courier")));
        assert_eq!(layout.title.as_deref(), Some("Envoy leaves Harare"));
        assert_eq!(layout.author.as_deref(), Some("T. Moyo"));
    }

    #[test]
    fn a_chronicle_is_not_dated_by_its_first_day() {
        let text = "The week in Chad\n\nApril 7, 2006\n\nRebels advanced on the capital.\n\nApril 9, 2006\n\nThe \
                    army retook the town.\n";
        let (zones, layout) = zones(text);
        assert!(layout.dates.is_empty());
        assert!(zones.contains(&(ZoneKind::Headline, "April 9, 2006")), "{zones:?}");
    }

    #[test]
    fn a_transcript_keeps_its_speakers() {
        let text = "MODERATOR: Welcome to the briefing.\n\nQUESTION: Will the envoy travel to Doha?\n\nMODERATOR: \
                    No.\n";
        let (zones, _) = zones(text);
        assert!(zones.iter().all(|zone| zone.0 == ZoneKind::Body), "{zones:?}");
    }

    #[test]
    fn rows_of_names_are_a_list() {
        let text = "The delegation consisted of three members, the ministry said.\n\nAnna Berg\nPiotr Zielinski\nOmar \
                    Haddad\n\nThey return on Monday.\n";
        let (zones, _) = zones(text);
        assert_eq!(zones.iter().filter(|zone| zone.0 == ZoneKind::List).count(), 3, "{zones:?}");
    }

    #[test]
    fn one_line_is_the_body() {
        let (zones, _) = zones("Chad and Sudan sign truce");
        assert_eq!(zones, [(ZoneKind::Body, "Chad and Sudan sign truce")]);
    }

    #[test]
    fn a_title_over_the_text_without_blank_line() {
        let text = "Greek and Turkish Ministers Meet\nThe foreign ministers of Greece and Turkey met in Nicosia on \
                    Tuesday, officials said, and agreed to reopen a crossing that has been shut since March.\n";
        let (zones, _) = zones(text);
        assert_eq!(zones[0], (ZoneKind::Headline, "Greek and Turkish Ministers Meet"));
        assert_eq!(zones.len(), 2);
    }

    proptest::proptest! {
        #[test]
        fn zones_are_ordered_disjoint_and_on_boundaries(
            text in "(Source: X|By Ann Lee|April 7, 2006|BAKU \\(AP\\) -|HEADLINE: |[A-Z][a-zé]{1,6}| |\\.|\n|\n\n|- |> |“|—|\u{a0}|    ){0,60}"
        ) {
            let layout = arrange(&text, &plain::blocks(&text));
            let mut end = 0;
            for zone in &layout.zones {
                proptest::prop_assert!(zone.range.start >= end && zone.range.start < zone.range.end, "{:?}", layout.zones);
                proptest::prop_assert!(text.get(zone.range.clone()).is_some());
                end = zone.range.end;
            }
        }
    }
}
