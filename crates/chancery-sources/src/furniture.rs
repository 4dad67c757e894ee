//! What stands around running text: header lines, bylines, lines of date, captions, marks of list items, and
//! the shape of headings. Each function looks at one block alone; [`crate::layout`] sees them together.

use std::ops::Range;

use crate::date::{is_time_of_day, parse_date};
use crate::tables::{FURNITURE, Tells};

/// Longest header line in bytes. A longer one that starts with a label is prose.
const LONGEST_HEADER: usize = 300;

/// A label's value in a header line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Labelled {
    pub tells: Tells,
    /// Byte range of the value in the line.
    pub value: Range<usize>,
}

/// The labels and values of a line such as "Publication: The Baltic Courier Volume: 3 Issue: 71".
/// None if the line does not start with a known label.
pub(crate) fn header_line(line: &str) -> Option<Vec<Labelled>> {
    if line.len() > LONGEST_HEADER {
        return None;
    }
    let mut found: Vec<(Range<usize>, Tells)> = Vec::new();
    for (colon, _) in line.match_indices(':') {
        // "14:05" and "http://" are no labels.
        if line.get(colon + 1..).is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace())) {
            continue;
        }
        let from = found.last().map_or(0, |(label, _)| label.end);
        let before = line.get(from..colon).unwrap_or_default();
        if let Some((start, tells)) = label_at_end(before) {
            found.push((from + start..colon + 1, tells));
        }
    }
    if found.first()?.0.start != 0 {
        return None;
    }
    let ends = found.iter().skip(1).map(|(label, _)| label.start).chain([line.len()]);
    let values = found.iter().zip(ends).map(|((label, tells), end)| {
        let value = line.get(label.end..end).unwrap_or_default();
        Labelled { tells: *tells, value: crate::block::trimmed(value, label.end) }
    });
    let values: Vec<Labelled> = values.collect();
    // "Newspaper: Minister kept papers at home" is a headline that names its source.
    let names = |one: &Labelled| {
        !matches!(one.tells, Tells::Source | Tells::Author)
            || line.get(one.value.clone()).unwrap_or_default().split_whitespace().all(|word| {
                word.chars().filter(|c| c.is_alphabetic()).count() <= 3
                    || !word.starts_with(char::is_lowercase)
            })
    };
    values.iter().all(names).then_some(values)
}

/// The longest known label, of one to three words, at the end of a text.
fn label_at_end(text: &str) -> Option<(usize, Tells)> {
    let mut best = None;
    let mut end = text.len();
    for _ in 0..3 {
        let head = text.get(..end).unwrap_or_default().trim_end();
        if head.is_empty() {
            break;
        }
        let start = head.rfind(char::is_whitespace).map_or(0, |at| {
            at + head.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        if let Some(tells) = FURNITURE.labels.get(plain_words(text.get(start..).unwrap_or_default()).as_str())
        {
            best = Some((start, *tells));
        }
        end = start;
    }
    best
}

/// Words in lower case with single spaces, and without signs other than apostrophes.
fn plain_words(text: &str) -> String {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '\''));
    words.filter(|w| !w.is_empty()).map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The names in a line such as "By Jane Doe and John Smith".
pub(crate) fn byline(line: &str) -> Option<Range<usize>> {
    let rest =
        line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")).or_else(|| line.strip_prefix("by "))?;
    if line.len() > 120 || line.contains('\n') || rest.ends_with(['?', '!', ':', ';']) {
        return None;
    }
    let mut names = 0;
    for word in rest.split([' ', ',', '|', '/', '\u{a0}']).filter(|word| !word.is_empty()) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if FURNITURE.byline_words.contains(bare.to_lowercase().as_str()) || bare.is_empty() {
            continue;
        }
        if !bare.starts_with(char::is_uppercase) && !bare.starts_with("al-") && !bare.starts_with("d'") {
            return None;
        }
        names += 1;
    }
    // A full stop ends a sentence unless it stands behind an initial or an abbreviation ("Jr.").
    let last = rest.split_whitespace().last()?;
    let sentence = last.ends_with('.') && last.chars().filter(|c| c.is_alphabetic()).count() > 3;
    ((1..=10).contains(&names) && !sentence).then(|| crate::block::trimmed(rest, line.len() - rest.len()))
}

/// The date or time in a line that holds little else: "April 7, 2006", "7 April 2006 | Politics", "3:15 p.m. EDT".
pub(crate) fn date_line(line: &str) -> Option<Range<usize>> {
    if line.len() > 80 || line.contains('\n') {
        return None;
    }
    let is_day = |text: &str| text.trim().len() > 4 && (parse_date(text).is_ok() || is_time_of_day(text));
    if is_day(line) {
        return Some(crate::block::trimmed(line, 0));
    }
    let mut start = 0;
    for piece in line.split_inclusive(['|', '·', '•']) {
        let bare = piece.trim_end_matches(['|', '·', '•']);
        if is_day(bare) {
            return Some(crate::block::trimmed(bare, start));
        }
        start += piece.len();
    }
    None
}

/// Whether a block is a line about the document: a copyright notice, "For immediate release", credits.
pub(crate) fn is_about_line(block: &str) -> bool {
    if block.len() > LONGEST_HEADER {
        return false;
    }
    let lower = block.to_lowercase();
    FURNITURE.lines.contains(plain_words(block).as_str())
        || FURNITURE.starts.iter().any(|start| {
            lower.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
}

/// Whether a block is a caption, "Photo: ...", with or without brackets around it.
pub(crate) fn is_caption(block: &str) -> bool {
    let inner = block.trim_start_matches(['[', '(']);
    let Some((label, rest)) = inner.split_once(':') else { return false };
    label.len() <= 30 && !rest.trim().is_empty() && FURNITURE.captions.contains(plain_words(label).as_str())
}

/// The length in bytes of the mark of a list item with the white space behind it: "- ", "• ", "1. ", "(a) ".
pub(crate) fn list_marker(line: &str) -> Option<usize> {
    const BULLETS: [char; 14] = ['-', '–', '*', '•', '·', '▪', '▫', '◦', '‣', '●', '■', '□', '⁃', '○'];
    let mark = if let Some(first) = line.chars().next().filter(|c| BULLETS.contains(c)) {
        first.len_utf8()
    } else {
        let bracket = usize::from(line.starts_with('('));
        let inner = line.get(bracket..)?;
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
        let (number, rest) = inner.split_at_checked(length)?;
        let is_figure = number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
        let is_letter =
            number.len() == 1 || (number.len() <= 4 && number.bytes().all(|b| b"ivx".contains(&b)));
        let closed = rest.starts_with(')') && (is_figure || is_letter);
        let dotted = bracket == 0 && rest.starts_with('.') && is_figure;
        if number.is_empty() || !(closed || dotted) {
            return None;
        }
        bracket + length + 1
    };
    let rest = line.get(mark..)?;
    let content = rest.trim_start();
    (content.len() < rest.len() && content.starts_with(|c: char| !BULLETS.contains(&c)))
        .then(|| line.len() - content.len())
}

/// Whether a block has the shape of a heading: one short line that does not end as sentences do.
pub(crate) fn has_heading_shape(block: &str) -> bool {
    let last = block.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']).chars().next_back();
    let starts_high = block.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    !block.contains('\n')
        && block.len() <= 160
        && block.split_whitespace().count() <= 16
        && starts_high
        && !matches!(last, Some('.' | ':' | ';' | ',' | '…' | '!' | '?' | '-' | '–' | '—') | None)
}

/// Whether a block can be the title of a report: longer than a heading, over several lines, or a question.
pub(crate) fn has_title_shape(block: &str) -> bool {
    let shouted = block.chars().any(char::is_alphabetic) && !block.chars().any(char::is_lowercase);
    let bare = block.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    let ends_open =
        !bare.ends_with(['.', ':', ';', ',']) || (shouted && bare.ends_with('.')) || ends_with_initials(bare);
    let starts_high = block.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    block.len() <= 300
        && block.lines().count() <= 4
        && block.split_whitespace().count() <= 32
        && starts_high
        && ends_open
}

/// "... the U.S." ends in a full stop that need not end a sentence.
fn ends_with_initials(text: &str) -> bool {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.len() >= 4 && word.len() <= 8 && word.split_terminator('.').all(|part| part.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled(line: &str) -> Vec<(Tells, &str)> {
        let found = header_line(line).unwrap_or_default();
        found.into_iter().map(|labelled| (labelled.tells, &line[labelled.value])).collect()
    }

    #[test]
    fn header_lines() {
        assert_eq!(
            labelled("Publication: The Baltic Courier Volume: 3 Issue: 71"),
            [(Tells::Source, "The Baltic Courier"), (Tells::About, "3"), (Tells::About, "71")]
        );
        assert_eq!(labelled("Date: 7 April 2006 14:05"), [(Tells::Date, "7 April 2006 14:05")]);
        assert_eq!(labelled("PUBLICATION DATE: 2006-04-07"), [(Tells::Date, "2006-04-07")]);
        assert_eq!(labelled("LOAD-DATE: April 9, 2006"), [(Tells::About, "April 9, 2006")]);
        for prose in [
            "QUESTION: How will the minister answer?",
            "He named his source: the ministry.",
            "Newspaper: Minister kept secret papers at home",
            "The result was clear: no date.",
            "Moscow",
        ] {
            assert_eq!(header_line(prose), None, "{prose}");
        }
    }

    #[test]
    fn bylines() {
        let name = |line| byline(line).map(|range: Range<usize>| &line[range]);
        assert_eq!(name("By Maria Fernández and John O'Neill"), Some("Maria Fernández and John O'Neill"));
        assert_eq!(name("BY JANE DOE"), Some("JANE DOE"));
        assert_eq!(
            name("By Omar al-Rashid in Amman, staff writer"),
            Some("Omar al-Rashid in Amman, staff writer")
        );
        assert_eq!(name("By John Smith Jr."), Some("John Smith Jr."));
        for prose in ["By Monday the army had left.", "By then nobody believed him", "Bypass", "By "] {
            assert_eq!(name(prose), None, "{prose}");
        }
    }

    #[test]
    fn lines_of_date() {
        for line in [
            "April 7, 2006",
            "Friday, 7 April 2006",
            "2006-04-07",
            "7 April 2006 | Politics",
            "3:15 p.m. EDT",
        ] {
            assert!(date_line(line).is_some(), "{line}");
        }
        for line in ["2006", "07/04/2006", "April 7, 2006 was a Friday", "Politics | World"] {
            assert!(date_line(line).is_none(), "{line}");
        }
    }

    #[test]
    fn lines_about_the_document() {
        for line in
            ["FOR IMMEDIATE RELEASE", "© 2006 The Courier", "(Reporting by A. Writer; editing by B. Desk)"]
        {
            assert!(is_about_line(line), "{line}");
        }
        for line in
            ["Copyrighted works were seized.", "Reporting bylaws were passed.", "The press release said so."]
        {
            assert!(!is_about_line(line), "{line}");
        }
        assert!(is_caption("FILE PHOTO: The palace in 1999."));
        assert!(is_caption("[Photo: A. Writer]"));
        assert!(!is_caption("The photo: a fake, he said."));
    }

    #[test]
    fn marks_of_lists() {
        for (line, mark) in [("- one", 2), ("•  two", 5), ("12. three", 4), ("(iv) four", 5), ("b) five", 3)]
        {
            assert_eq!(list_marker(line), Some(mark), "{line}");
        }
        for line in
            ["-- dash", "-", "1996. The war", "A. Smith said", "1.5 million", "(AP) -", "- - -", "we) x"]
        {
            assert_eq!(list_marker(line), None, "{line}");
        }
    }

    #[test]
    fn shapes_of_headings() {
        assert!(has_heading_shape("A Long Road to Peace"));
        assert!(has_heading_shape("What comes next"));
        assert!(!has_heading_shape("The envoy left."));
        assert!(!has_heading_shape("He said “we will sign.”"));
        assert!(!has_heading_shape("and so on"));
        assert!(has_title_shape("Will the treaty hold?"));
        assert!(has_title_shape("PREMIER RESIGNS."));
        assert!(has_title_shape("Croatian Premier Visits the U.S."));
        assert!(!has_title_shape("The premier resigned."));
    }
}
