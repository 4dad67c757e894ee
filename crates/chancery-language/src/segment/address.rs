//! Internet addresses, e-mail addresses and file names, which are one token each.
//!
//! Every attempt looks at a bounded stretch or consumes what it has looked at, so that a line without
//! spaces costs linear time.

use std::ops::ControlFlow;

use super::chars::{is_blank, is_invisible, is_word};
use super::lexicon::{Lexicon, WordClass};

/// Longest local part of an e-mail address or internet name that is tried, in bytes.
const LONGEST_NAME: usize = 64;
/// Longest domain after "@", in bytes.
const LONGEST_DOMAIN: usize = 255;

/// The length in bytes of the address that `rest` starts with, if it does.
pub(super) fn address(rest: &str, lexicon: &Lexicon) -> Option<usize> {
    if has_scheme(rest) {
        return Some(url_length(rest));
    }
    let run = name_length(rest, LONGEST_NAME);
    let name = rest.get(..run)?;
    let after = rest.get(run..)?;
    if let Some(domain) = after.strip_prefix('@') {
        let length = trimmed(domain.get(..name_length(domain, LONGEST_DOMAIN))?);
        return (length > 0).then_some(run + 1 + length);
    }
    let length = trimmed(name);
    let name = name.get(..length)?;
    let (stem, ending) = name.rsplit_once('.')?;
    if stem.is_empty() || after.chars().next().is_some_and(|c| run == length && is_word(c)) {
        return None;
    }
    let folded = ending.to_ascii_lowercase();
    let same_case = ending == folded || !name.bytes().any(|byte| byte.is_ascii_lowercase());
    if !same_case {
        return None;
    }
    if lexicon.is(&folded, WordClass::TopLevelDomain) && is_domain(stem) {
        let path = rest.get(length..).filter(|path| path.starts_with('/')).map_or(0, url_length);
        return Some(length + if path > 1 { path } else { 0 });
    }
    if is_host_name(name) {
        return Some(length);
    }
    (lexicon.is(&folded, WordClass::FileExtension)
        && !stem.starts_with(['-', '+', '%'])
        && !stem.contains(".."))
    .then_some(length)
}

fn has_scheme(rest: &str) -> bool {
    ["http://", "https://", "ftp://", "mailto:", "www."].iter().any(|scheme| {
        rest.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && rest.get(scheme.len()..).and_then(|tail| tail.chars().next()).is_some_and(is_word)
    })
}

/// The bytes at the start that may belong to an e-mail address or internet name.
fn name_length(rest: &str, longest: usize) -> usize {
    rest.bytes()
        .take(longest + 1)
        .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'%')))
        .unwrap_or_else(|| rest.len().min(longest))
}

/// The length without punctuation at the end, which belongs to the sentence.
fn trimmed(name: &str) -> usize {
    name.trim_end_matches(['.', '-', '_', '+', '%']).len()
}

/// "example" and "news.example" can stand before a top-level domain; "p.m" and "U.S" cannot.
fn is_domain(stem: &str) -> bool {
    stem.rsplit('.').next().is_some_and(|label| label.len() > 1)
        && stem.split('.').all(|label| {
            !label.is_empty()
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

/// Three or more labels in small letters, whatever the last: "alt.politics.usa", "ns.example.internal".
fn is_host_name(name: &str) -> bool {
    let label =
        |label: &str| label.len() > 1 && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    name.split('.').count() > 2 && name.split('.').all(label)
}

/// The length of a URL: up to a blank or a delimiter, without closing punctuation. A closing bracket
/// counts as part of it when it was opened inside.
fn url_length(rest: &str) -> usize {
    let mut depth = 0usize;
    let end = rest.char_indices().try_fold(0, |end, (at, c)| {
        let kept = match c {
            '(' => {
                depth += 1;
                true
            }
            ')' if depth == 0 => return ControlFlow::Break(end),
            ')' => {
                depth -= 1;
                true
            }
            c if is_blank(c) || is_invisible(c) || is_delimiter(c) => return ControlFlow::Break(end),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' => false,
            _ => true,
        };
        ControlFlow::Continue(if kept { at + c.len_utf8() } else { end })
    });
    match end {
        ControlFlow::Break(end) | ControlFlow::Continue(end) => end,
    }
}

fn is_delimiter(c: char) -> bool {
    matches!(
        c,
        '<' | '>'
            | '"'
            | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '’'
            | '‘'
            | '['
            | ']'
            | '{'
            | '}'
            | '|'
            | '`'
            | '…'
            | '—'
    )
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::lexicon;
    use super::*;

    fn found(rest: &str) -> Option<&str> {
        address(rest, lexicon()).and_then(|length| rest.get(..length))
    }

    #[test]
    fn addresses_end_before_the_punctuation_of_the_sentence() {
        assert_eq!(
            found("https://www.example.org/a_(b)?c=1&d=2). Then"),
            Some("https://www.example.org/a_(b)?c=1&d=2")
        );
        assert_eq!(found("www.example.org."), Some("www.example.org"));
        assert_eq!(found("press.office@mfa.example.gov, said"), Some("press.office@mfa.example.gov"));
        assert_eq!(found("example.com/news/2019 reported"), Some("example.com/news/2019"));
        assert_eq!(found("annex-2.pdf)"), Some("annex-2.pdf"));
    }

    #[test]
    fn words_around_a_full_stop_are_no_address() {
        assert_eq!(found("talks.The minister"), None);
        assert_eq!(found("ended.in"), None);
        assert_eq!(found("p.m"), None);
        assert_eq!(found("07.04.2006"), None);
        assert_eq!(found("word"), None);
    }
}
