//! What stands inside a bracket: a source with a date, or something else.

use std::ops::Range;

use chancery_knowledge::{Entry, Outlet};
use chancery_time::{Expression, Form};

use super::vocabulary::{Class, strip_first, strip_last};
use crate::scene::Scene;

/// One source of a bracket.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// Bytes of its words.
    pub range: Range<usize>,
    pub outlet: Option<String>,
    pub country: Option<String>,
    pub timex: Option<Expression>,
}

/// What the words between two commas are.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    /// An outlet of the tables; whether its words have other common meanings.
    Outlet { country: Option<String>, ambiguous: bool },
    /// An address of the web.
    Address,
    /// A document or occasion of a body, whose name is given without the word for the document.
    Document(String),
    /// A body that is no outlet.
    Body { countries: Vec<String> },
    /// A place.
    Place,
    /// A person.
    Person,
    /// Capitalised words that no table knows.
    Unknown,
    /// Anything else.
    Other,
}

/// How fine the date of a citation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fineness {
    Year,
    Month,
    Day,
}

/// The sources of a bracket; none if it is no citation.
pub(super) fn bracket(scene: &Scene<'_>, bracket: &Range<usize>, paragraph: &Range<usize>) -> Vec<Part> {
    let inner = bracket.start + 1..bracket.end.saturating_sub(1);
    let before = scene.cut(&(paragraph.start..bracket.start)).trim_end();
    let after = scene.cut(&(bracket.end..paragraph.end)).trim_start_matches([' ', '\t']);
    let place = Surroundings {
        final_position: before.is_empty()
            || before.ends_with(['.', '!', '?', '"', '”', '»', '’', ':'])
            || after.is_empty()
            || after.starts_with([
                '.', ',', ';', ':', '!', '?', '-', '–', '—', '\n', '\r', '"', '”', '»', '[', '(',
            ]),
        after_quotation: before.ends_with(['"', '”', '»', '’']),
        before,
    };
    let mut out: Vec<Part> = Vec::new();
    let text = scene.cut(&inner);
    let mut at = inner.start;
    for stretch in text.split(';') {
        let range = at..at + stretch.len();
        at = range.end + 1;
        out.extend(part(scene, &range, &place));
    }
    // "(Reuters, AP, 3 May)" and "(Reuters; AP, 3 May)" date all their sources.
    let dated = out.iter().find_map(|p| p.timex.clone());
    let undated = out.iter().all(|p| p.timex.is_none());
    for part in &mut out {
        if part.timex.is_none() && !undated {
            part.timex.clone_from(&dated);
        }
    }
    out
}

/// The sources in front of a paragraph; only what names an outlet and a day.
pub(super) fn opening(scene: &Scene<'_>, inner: &Range<usize>) -> Vec<Part> {
    let place = Surroundings { final_position: true, after_quotation: false, before: "" };
    let parts = part(scene, inner, &place);
    if parts.iter().all(|p| p.timex.is_some() && p.outlet.is_some()) { parts } else { Vec::new() }
}

struct Surroundings<'t> {
    /// The bracket closes a sentence or a clause.
    final_position: bool,
    after_quotation: bool,
    before: &'t str,
}

fn part(scene: &Scene<'_>, range: &Range<usize>, place: &Surroundings<'_>) -> Vec<Part> {
    let range = trimmed(scene.text(), range.clone());
    let text = scene.cut(&range);
    if text.is_empty() || strip_first(text, Class::Credit).is_some() {
        return Vec::new();
    }
    let (timex, fineness, rest) = without_date(scene, &range);
    if scene.cut(&rest).chars().all(|c| !c.is_alphanumeric()) {
        // "(, April 7)" has lost its outlet; "(April 7)" never had one.
        let lost = text.starts_with([',', ';', '—', '–']);
        return match timex {
            Some(timex) if lost && fineness >= Some(Fineness::Month) => {
                vec![Part { range, outlet: None, country: None, timex: Some(timex) }]
            }
            _ => Vec::new(),
        };
    }
    let pieces: Vec<(Range<usize>, Piece)> = split(scene, &rest)
        .into_iter()
        .map(|piece| without_lead_in(scene, piece))
        .filter(|piece| !piece.is_empty())
        .map(|piece| (piece.clone(), classify(scene, &piece)))
        .collect();
    let chosen = choose(scene, &pieces, fineness, place);
    let several = chosen.len() > 1;
    chosen
        .into_iter()
        .map(|(words, outlet, country)| Part {
            range: if several { words } else { range.clone() },
            outlet: Some(outlet),
            country,
            timex: timex.clone(),
        })
        .collect()
}

/// The date at the end (or beginning) of a part, how fine it is, and the rest.
fn without_date(
    scene: &Scene<'_>,
    range: &Range<usize>,
) -> (Option<Expression>, Option<Fineness>, Range<usize>) {
    let text = scene.cut(range);
    let dates: Vec<(Expression, Fineness)> =
        chancery_time::find(text).into_iter().filter_map(|e| fineness(&e.form).map(|f| (e, f))).collect();
    let shift = |mut e: Expression| {
        e.range = range.start + e.range.start..range.start + e.range.end;
        e
    };
    let ends = |e: &Expression| {
        let tail = text.get(e.range.end..).unwrap_or("");
        // Behind the date only a clock time, a page or a full stop.
        let tail = tail.trim_start_matches([',', ' ', '.']);
        tail.is_empty()
            || tail.starts_with(|c: char| c.is_ascii_digit())
            || tail.starts_with("p.")
            || tail.starts_with("pp.")
    };
    if let Some((e, f)) = dates.iter().rev().find(|(e, _)| ends(e)).cloned() {
        // Several dates in a row ("March 31, April 2"): the source's name ends before the first of them.
        let mut start = e.range.start;
        for (earlier, _) in dates.iter().rev().filter(|(d, _)| d.range.end <= e.range.start) {
            let between = text.get(earlier.range.end..start).unwrap_or("x");
            let joined = between.chars().all(|c| matches!(c, ',' | ' ' | '&')) || between.trim() == "and";
            let whole = earlier.range.start == 0
                || text.get(..earlier.range.start).is_some_and(|b| b.trim_end().ends_with([',', ';']));
            if !(joined && whole) {
                break;
            }
            start = earlier.range.start;
        }
        let mut head = text.get(..start).unwrap_or("").trim_end();
        for word in ["on", "of", "dated", "at"] {
            if let Some(shorter) = head.strip_suffix(word).filter(|h| h.ends_with([' ', ','])) {
                head = shorter.trim_end();
            }
        }
        let rest = range.start..range.start + head.len();
        return (Some(shift(e)), Some(f), rest);
    }
    // "(3 May, Reuters)".
    let begins = |e: &Expression| {
        e.range.start == 0 && text.get(e.range.end..).is_some_and(|rest| rest.trim_start().starts_with(','))
    };
    match dates.into_iter().find(|(e, f)| begins(e) && *f >= Fineness::Month) {
        Some((e, f)) => {
            let rest = range.start + e.range.end..range.end;
            (Some(shift(e)), Some(f), rest)
        }
        None => (None, None, range.clone()),
    }
}

fn fineness(form: &Form) -> Option<Fineness> {
    match form {
        Form::Calendar(c) | Form::Interval { to: c, .. } => Some(if c.day.is_some() || c.weekday.is_some() {
            Fineness::Day
        } else if c.month.is_some() {
            Fineness::Month
        } else {
            c.year?;
            Fineness::Year
        }),
        Form::YearPart { .. } => Some(Fineness::Month),
        Form::Clock { day: Some(day), .. } => fineness(day),
        _ => None,
    }
}

/// The words between commas, "and" and strokes, without quoted titles.
fn split(scene: &Scene<'_>, range: &Range<usize>) -> Vec<Range<usize>> {
    let text = scene.cut(range);
    let mut out = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    let mut title_from = None;
    for (at, c) in text.char_indices() {
        match c {
            '"' if !quoted => (quoted, title_from) = (true, Some(at)),
            '“' | '«' | '„' => (quoted, title_from) = (true, Some(at)),
            '"' | '”' | '»' => {
                // The title of an article is no source: what stands before it ends there.
                if let Some(from) = title_from.take() {
                    out.push(range.start + start..range.start + from);
                }
                quoted = false;
                start = at + c.len_utf8();
            }
            ',' if !quoted => {
                out.push(range.start + start..range.start + at);
                start = at + 1;
            }
            _ => {}
        }
    }
    if !quoted {
        out.push(range.start + start..range.end);
    }
    out.into_iter()
        .map(|piece| trimmed(scene.text(), piece))
        .filter(|p| !p.is_empty())
        .flat_map(|p| joined(scene, p))
        .collect()
}

/// Several outlets in one piece: "AFP and Reuters", "Reuters/AP". A name with a stroke of its own stays whole.
fn joined(scene: &Scene<'_>, piece: Range<usize>) -> Vec<Range<usize>> {
    if known_outlet(scene, scene.cut(&piece)).is_some() {
        return vec![piece];
    }
    for separator in [" and ", " & ", "/"] {
        let text = scene.cut(&piece);
        if !text.contains(separator) {
            continue;
        }
        let mut at = piece.start;
        let mut ranges = Vec::new();
        for word in text.split(separator) {
            ranges.push(trimmed(scene.text(), at..at + word.len()));
            at += word.len() + separator.len();
        }
        let all_known = ranges.iter().all(|r| known_outlet(scene, without_article(scene.cut(r))).is_some());
        if all_known {
            return ranges;
        }
    }
    vec![piece]
}

fn without_lead_in(scene: &Scene<'_>, piece: Range<usize>) -> Range<usize> {
    let edge = |c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '*');
    let mut text = scene.cut(&piece).trim_end_matches(edge);
    let end = piece.start + text.len();
    text = text.trim_start_matches(edge);
    while let Some(rest) = strip_first(text, Class::LeadIn) {
        if rest.len() == text.len() {
            break;
        }
        text = rest;
    }
    // Only the beginning was cut, so the end tells where the rest begins.
    end - without_article(text).len()..end
}

fn without_article(text: &str) -> &str {
    ["the ", "The "].iter().find_map(|article| text.strip_prefix(article)).unwrap_or(text)
}

fn known_outlet<'k>(scene: &Scene<'k>, words: &str) -> Option<(&'k Outlet, bool)> {
    let whole = |words: &str| {
        let tokens = tokens(words);
        scene.knowledge.match_at(&tokens).into_iter().filter(|m| m.words == tokens.len()).find_map(
            |m| match m.entry {
                Entry::Outlet(outlet) => Some((outlet, m.ambiguous)),
                _ => None,
            },
        )
    };
    whole(words)
        .or_else(|| strip_last(words, Class::Outlet).and_then(whole))
        .or_else(|| strip_first(words, Class::Outlet).and_then(whole))
        .or_else(|| strip_last(words, Class::Medium).and_then(whole))
}

/// Tokens as the tables want them.
fn tokens(words: &str) -> Vec<&str> {
    let ranges = chancery_language::segment::tokenize(words, 0..words.len());
    ranges.into_iter().filter_map(|range| words.get(range)).collect()
}

fn classify(scene: &Scene<'_>, piece: &Range<usize>) -> Piece {
    let text = scene.cut(piece);
    if is_address(text) {
        return Piece::Address;
    }
    if let Some((outlet, ambiguous)) = known_outlet(scene, text) {
        return Piece::Outlet { country: outlet.country.clone(), ambiguous };
    }
    let lower_start = text.starts_with(|c: char| c.is_lowercase());
    if let Some(body) = strip_last(text, Class::Document) {
        let body = body.trim_end_matches("'s").trim_end_matches("’s").trim_end();
        return Piece::Document(if body.is_empty() { text.to_owned() } else { body.to_owned() });
    }
    // "interview with General Ortiz", "statement by the Foreign Ministry".
    if let Some(rest) = strip_first(text, Class::Document) {
        let body = ["by ", "of ", "from ", "with ", "to "]
            .iter()
            .find_map(|p| rest.strip_prefix(p))
            .map(without_article);
        return match body {
            Some(body) if !body.is_empty() => Piece::Document(body.to_owned()),
            _ if lower_start => Piece::Document(text.to_owned()),
            _ => Piece::Unknown,
        };
    }
    if strip_first(text, Class::Other).is_some() || strip_last(text, Class::Other).is_some() {
        return Piece::Other;
    }
    let words = tokens(text);
    let whole: Vec<Entry<'_>> = scene
        .knowledge
        .match_at(&words)
        .into_iter()
        .filter(|m| m.words == words.len())
        .map(|m| m.entry)
        .collect();
    for entry in &whole {
        match entry {
            Entry::Organisation(o) if o.kind == "party" => return Piece::Other,
            Entry::Organisation(o) => return Piece::Body { countries: o.countries.clone() },
            Entry::Metonym(m) => return Piece::Body { countries: m.countries.clone() },
            Entry::Country(..) | Entry::Capital(..) | Entry::Region(_) => return Piece::Place,
            Entry::Group(_) | Entry::People(_) | Entry::Modifier(_) => return Piece::Other,
            _ => {}
        }
    }
    let kinds: Vec<&str> = scene
        .analysis
        .names
        .iter()
        .filter(|name| {
            let bytes = scene.bytes(&name.words);
            bytes.start < piece.end && piece.start < bytes.end
        })
        .map(|name| name.kind.as_str())
        .collect();
    let named = strip_last(text, Class::Outlet).or_else(|| strip_first(text, Class::Outlet)).is_some()
        || strip_last(text, Class::Medium).is_some()
        || strip_first(text, Class::Medium).is_some();
    if !capitalised(text) {
        return Piece::Other;
    }
    if named {
        return Piece::Unknown;
    }
    if kinds.contains(&"EVT") || kinds.contains(&"FAC") {
        return Piece::Other;
    }
    if kinds.contains(&"PER") && words.len() > 1 {
        return Piece::Person;
    }
    if !scene.knowledge.places(&words).is_empty() {
        return Piece::Place;
    }
    Piece::Unknown
}

/// Whether all words but short ones begin with a capital or digit; at least one with a capital.
fn capitalised(text: &str) -> bool {
    const SMALL: &[&str] = &[
        "of", "the", "and", "for", "de", "la", "le", "du", "des", "al", "el", "da", "do", "der", "die",
        "das", "di", "in", "i", "y", "e", "a", "an", "on", "to",
    ];
    let mut any = false;
    for word in text.split([' ', '-', '/', '\u{a0}']).filter(|w| !w.is_empty()) {
        let first = word.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
        match first {
            Some(c) if c.is_uppercase() => any = true,
            Some(c) if c.is_numeric() => return false,
            Some(_) if SMALL.contains(&word) => {}
            // Scripts without capitals.
            Some(c) if c.is_alphabetic() && !c.is_lowercase() => any = true,
            _ => return false,
        }
    }
    any
}

fn is_address(text: &str) -> bool {
    if text.contains(char::is_whitespace) {
        return false;
    }
    let lower = text.to_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www.") {
        return true;
    }
    let host = lower.split('/').next().unwrap_or("");
    let labels: Vec<&str> = host.split('.').collect();
    let top = labels.last().copied().unwrap_or("");
    labels.len() >= 2
        && (2..=6).contains(&top.len())
        && top.chars().all(|c| c.is_ascii_lowercase())
        && labels.iter().all(|l| l.len() >= 2 && l.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

/// Host of an address without "www.".
fn host(address: &str) -> &str {
    let rest = ["https://", "http://"].iter().find_map(|p| address.strip_prefix(p)).unwrap_or(address);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// The pieces that are the sources: (bytes, outlet, country).
fn choose(
    scene: &Scene<'_>,
    pieces: &[(Range<usize>, Piece)],
    fineness: Option<Fineness>,
    place: &Surroundings<'_>,
) -> Vec<(Range<usize>, String, Option<String>)> {
    let text = |range: &Range<usize>| name_of(scene.cut(range)).to_owned();
    let outlets: Vec<_> = pieces
        .iter()
        .filter_map(|(range, piece)| match piece {
            Piece::Outlet { country, ambiguous } => Some((range, country.clone(), *ambiguous)),
            _ => None,
        })
        .collect();
    if !outlets.is_empty() {
        let sure = outlets
            .iter()
            .any(|(range, _, ambiguous)| !ambiguous && !abbreviates(scene.cut(range), place.before));
        if fineness.is_some() || (place.final_position && sure) {
            return outlets
                .into_iter()
                .map(|(range, country, _)| (range.clone(), text(range), country))
                .collect();
        }
        return Vec::new();
    }
    if let Some((range, _)) = pieces.iter().find(|(_, p)| *p == Piece::Address) {
        let host = host(scene.cut(range));
        let country = known_outlet(scene, host).and_then(|(outlet, _)| outlet.country.clone());
        return vec![(range.clone(), host.to_owned(), country)];
    }
    if let Some((range, Piece::Document(body))) = pieces.iter().find(|(_, p)| matches!(p, Piece::Document(_)))
    {
        // Without a date only what names its body: "(Interior Ministry statement)", not "(see statement)".
        let named = body.starts_with(char::is_uppercase) && *body != scene.cut(range);
        if fineness.is_some() || (named && place.final_position) {
            let country = country_of(scene, body);
            return vec![(range.clone(), body.clone(), country)];
        }
        return Vec::new();
    }
    if !place.final_position
        || fineness < Some(Fineness::Month)
        || pieces.iter().any(|(_, p)| *p == Piece::Other)
    {
        return Vec::new();
    }
    if let Some((range, Piece::Body { countries })) =
        pieces.iter().find(|(_, p)| matches!(p, Piece::Body { .. }))
    {
        return vec![(range.clone(), text(range), countries.first().cloned())];
    }
    let unknown: Vec<_> = pieces.iter().filter(|(_, p)| *p == Piece::Unknown).collect();
    if !unknown.is_empty() {
        return unknown.into_iter().map(|(range, _)| (range.clone(), text(range), None)).collect();
    }
    // Under a quotation stands who said it.
    match pieces {
        [(range, Piece::Person), ..] if place.after_quotation => vec![(range.clone(), text(range), None)],
        _ => Vec::new(),
    }
}

/// An outlet's name without a word for what it is.
fn name_of(words: &str) -> &str {
    let name =
        strip_last(words, Class::Outlet).or_else(|| strip_first(words, Class::Outlet)).unwrap_or(words);
    if name.is_empty() { words } else { name }
}

fn country_of(scene: &Scene<'_>, body: &str) -> Option<String> {
    let words = tokens(body);
    (0..words.len()).find_map(|at| {
        let rest = words.get(at..)?;
        scene.knowledge.match_at(rest).into_iter().find_map(|m| match m.entry {
            Entry::Country(country, _) | Entry::Capital(country, _) => Some(country.code.clone()),
            Entry::Organisation(o) => o.countries.first().cloned(),
            Entry::Metonym(m) => m.countries.first().cloned(),
            _ => None,
        })
    })
}

/// Whether the words before a bracket spell out what it abbreviates: "Associated Press (AP)".
fn abbreviates(short: &str, before: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() < 2 || !letters.iter().all(|c| c.is_uppercase()) {
        return false;
    }
    let initials: Vec<char> = before
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect();
    initials.ends_with(&letters)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    super::trimmed(text, range)
}
