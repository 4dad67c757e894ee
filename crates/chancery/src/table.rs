//! Readings for people: a head for each document, a block for each event.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use chancery_core::Status;
use chancery_core::record::{
    Attribution, DocumentRecord, Extent, Mention, Participant, Place, Published, Time,
};
use chancery_extract::Reading;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const TRIGGER: Style = Style::new().bold().underline();
/// Lines longer than this are hard to read.
const WIDEST: usize = 100;
const NARROWEST: usize = 40;
const INDENT: &str = "    ";
/// Bytes of a sentence that are shown at least on either side of a trigger.
const CONTEXT: usize = 140;
/// Reasons for a date that are shown; the record has all.
const REASONS: usize = 4;

/// Columns to write in: those of the terminal, at most [`WIDEST`]; 80 without a terminal.
pub fn width() -> usize {
    let columns = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    columns.clamp(NARROWEST, WIDEST)
}

/// Text as it may stand in one line: white space collapsed, control characters made visible, so that no
/// document can steer the terminal.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut blank = false;
    for character in text.chars() {
        if character.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && !line.is_empty() {
            line.push(' ');
        }
        blank = false;
        line.push(if steers(character) { '\u{FFFD}' } else { character });
    }
    line
}

/// Control characters, and those that turn the direction of writing.
fn steers(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Writes a reading.
pub fn document(reading: &Reading, width: usize, out: &mut String) {
    head(&reading.document, width, out);
    if reading.mentions.is_empty() {
        let notes = &reading.document.notes;
        let why = if notes.is_empty() { "Nothing coded.".to_owned() } else { notes.join("; ") };
        wrapped(out, width, "  ", &why, Style::new());
        out.push('\n');
    }
    for mention in &reading.mentions {
        out.push('\n');
        event(mention, width, out);
    }
    if !reading.mentions.is_empty() {
        for note in &reading.document.notes {
            wrapped(out, width, "  ", &format!("Note: {note}"), DIM);
        }
        out.push('\n');
    }
    statements(reading, width, out);
    out.push('\n');
}

fn head(record: &DocumentRecord, width: usize, out: &mut String) {
    let reference = &record.document;
    let name = reference.title.as_deref().map_or_else(
        || one_line(&reference.uri),
        |title| format!("{} ({})", one_line(title), one_line(&reference.uri)),
    );
    wrapped(out, width, "", &name, BOLD);
    let mut about = Vec::new();
    about.extend(reference.publication.as_deref().map(one_line));
    match &reference.published {
        Some(published) => about.push(format!("published {}", range_of(published))),
        None => about.push("date unknown".to_owned()),
    }
    about.push(plural(record.sentences, "sentence"));
    about.push(plural(record.mentions, "event"));
    about.push(plural(record.statements, "statement"));
    if record.encoding_detected {
        about.push(format!("decoded as {}", record.encoding));
    }
    wrapped(out, width, "  ", &about.join(" · "), Style::new());
    if let Some(published) = &reference.published
        && !published.because.is_empty()
    {
        let mut reasons = published.because.iter().take(REASONS).map(|why| one_line(why)).collect::<Vec<_>>();
        if published.because.len() > REASONS {
            reasons.push(format!("and {} more", plural(published.because.len() - REASONS, "reason")));
        }
        wrapped(out, width, "  ", &format!("dated because: {}", reasons.join("; ")), DIM);
    }
}

fn plural(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn range_of(published: &Published) -> String {
    days(Some(&published.earliest), Some(&published.latest))
}

/// "2006-04-12", or "2006-04-12..04-18".
fn days(start: Option<&str>, end: Option<&str>) -> String {
    match (start, end) {
        (None, None) => "no date".to_owned(),
        (Some(start), None) => format!("{start}.."),
        (None, Some(end)) => format!("..{end}"),
        (Some(start), Some(end)) if start == end => start.to_owned(),
        (Some(start), Some(end)) => match (start.split_once('-'), end.split_once('-')) {
            (Some((year, _)), Some((same, rest))) if year == same => format!("{start}..{rest}"),
            _ => format!("{start}..{end}"),
        },
    }
}

fn when(time: Option<&Time>) -> String {
    let Some(time) = time else { return "no date".to_owned() };
    let days = days(time.start.as_deref(), time.end.as_deref());
    match time.extent {
        Extent::Since => format!("since {}", time.start.as_deref().unwrap_or(&days)),
        Extent::Until => format!("until {}", time.end.as_deref().unwrap_or(&days)),
        Extent::Spanning | Extent::Within => days,
    }
}

/// Sign and colour of a status.
fn face(status: Status) -> (&'static str, Style) {
    let (sign, color) = match status {
        Status::Happened => ("●", AnsiColor::Green),
        Status::Ongoing => ("◐", AnsiColor::Green),
        Status::Historical => ("◌", AnsiColor::BrightBlack),
        Status::Planned => ("▷", AnsiColor::Blue),
        Status::Requested => ("?", AnsiColor::Cyan),
        Status::Denied => ("✕", AnsiColor::Red),
        Status::CalledOff => ("⊘", AnsiColor::Red),
        Status::Hypothetical => ("~", AnsiColor::Yellow),
    };
    (sign, color.on_default())
}

fn event(mention: &Mention, width: usize, out: &mut String) {
    let (sign, style) = face(mention.status);
    let status = mention.status.as_str().replace('_', " ");
    let mut act = mention.act.to_string();
    if !mention.modes.is_empty() {
        let modes: Vec<&str> = mention.modes.iter().map(|mode| mode.as_str()).collect();
        let _ = write!(act, " ({})", modes.join(", "));
    }
    let mut codes = Vec::new();
    if let Some(event) = mention.plover.event.filter(|event| *event != mention.act) {
        codes.push(event.to_string());
    }
    codes.extend(mention.cameo.as_deref().map(|code| format!("CAMEO {code}")));
    let codes = codes.join(", ");
    let _ = writeln!(
        out,
        "  {style}{sign} {status:<12}{style:#} {:<22} {BOLD}{act}{BOLD:#}{}{DIM}{codes}{DIM:#}",
        when(mention.time.as_ref()),
        if codes.is_empty() { "" } else { "  " },
    );
    let mut who = side(&mention.actors, "somebody");
    if !mention.recipients.is_empty() {
        who.push_str(if mention.reciprocal { " ↔ " } else { " → " });
        who.push_str(&side(&mention.recipients, ""));
    } else if mention.reciprocal && mention.actors.len() > 1 {
        who.push_str(" (with each other)");
    }
    wrapped(out, width, INDENT, &who, Style::new());
    let mut rest = Vec::new();
    if !mention.places.is_empty() {
        let places: Vec<String> = mention.places.iter().map(place).collect();
        rest.push(places.join("; "));
    }
    for quantity in &mention.quantities {
        rest.push(format!("{}: {}", quantity.kind, one_line(&quantity.text)));
    }
    rest.extend(mention.outcome.as_deref().map(|outcome| format!("outcome: {}", one_line(outcome))));
    if !rest.is_empty() {
        wrapped(out, width, INDENT, &rest.join(" · "), Style::new());
    }
    if !mention.attribution.is_empty() {
        let chain: Vec<String> = mention.attribution.iter().map(according_to).collect();
        wrapped(out, width, INDENT, &format!("according to {}", chain.join(", in ")), Style::new());
    }
    let quoted = format!("“{}”", in_its_sentence(mention));
    wrapped(out, width, INDENT, &quoted, DIM);
}

fn side(participants: &[Participant], nobody: &str) -> String {
    if participants.is_empty() {
        return nobody.to_owned();
    }
    participants.iter().map(participant).collect::<Vec<_>>().join(", ")
}

fn participant(participant: &Participant) -> String {
    let words = participant.text.as_deref().or(participant.name.as_deref()).unwrap_or("unnamed");
    let mut text = one_line(words);
    if let Some(name) = participant.name.as_deref().map(one_line)
        && name != text
    {
        let _ = write!(text, " = {name}");
    }
    let mut codes: Vec<&str> = participant.countries.iter().map(String::as_str).collect();
    codes.extend(participant.sectors.iter().map(String::as_str));
    if !codes.is_empty() {
        let _ = write!(text, " [{}]", codes.join(" "));
    }
    text
}

fn place(place: &Place) -> String {
    let name = place.name.as_deref().or(place.text.as_deref()).unwrap_or("?");
    let role = match place.role {
        chancery_core::record::PlaceRole::At => "at",
        chancery_core::record::PlaceRole::From => "from",
        chancery_core::record::PlaceRole::To => "to",
    };
    let country = place.country.as_deref().map(|country| format!(" [{country}]")).unwrap_or_default();
    format!("{role} {}{country}", one_line(name))
}

fn according_to(attribution: &Attribution) -> String {
    let mut text = participant(&attribution.holder);
    let stance = attribution.stance;
    if stance != chancery_core::record::Stance::Asserts
        && let Ok(serde_json::Value::String(stance)) = serde_json::to_value(stance)
    {
        let _ = write!(text, " ({stance} it)");
    }
    if attribution.quoted {
        text.push_str(", in quotation");
    }
    if let Some(date) = &attribution.date {
        let _ = write!(text, ", {date}");
    }
    text
}

/// The sentence with the trigger set off.
fn in_its_sentence(mention: &Mention) -> String {
    let sentence = &mention.sentence;
    let start = mention.trigger.span.0.saturating_sub(sentence.span.0);
    let end = mention.trigger.span.1.saturating_sub(sentence.span.0);
    let mut parts = [String::new(), String::new(), String::new()];
    for (at, character) in sentence.text.chars().enumerate() {
        let part = usize::from(at >= start) + usize::from(at >= end);
        if let Some(part) = parts.get_mut(part) {
            part.push(character);
        }
    }
    let [before, trigger, after] = parts;
    let blank = |yes: bool| if yes { " " } else { "" };
    format!(
        "{}{}{TRIGGER}{}{TRIGGER:#}{DIM}{}{}",
        last_words(&one_line(&before)),
        blank(before.ends_with(char::is_whitespace)),
        one_line(&trigger),
        blank(after.starts_with(char::is_whitespace)),
        first_words(&one_line(&after))
    )
}

/// The beginning of a text, cut at a blank if it is long.
fn first_words(text: &str) -> String {
    let end = text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).find(|at| *at >= CONTEXT);
    end.and_then(|end| text.get(..end)).map_or_else(|| text.to_owned(), |head| format!("{head} …"))
}

/// The end of a text, cut at a blank if it is long.
fn last_words(text: &str) -> String {
    let least = text.len().saturating_sub(CONTEXT);
    let start = text.char_indices().rev().find(|(at, c)| *c == ' ' && *at <= least).map(|(at, _)| at);
    start.and_then(|start| text.get(start..)).map_or_else(|| text.to_owned(), |tail| format!("…{tail}"))
}

fn statements(reading: &Reading, width: usize, out: &mut String) {
    if reading.statements.is_empty() {
        return;
    }
    let _ = writeln!(out, "  {BOLD}Statements{BOLD:#}");
    for statement in &reading.statements {
        let mut line = participant(&statement.speaker);
        if !statement.addressees.is_empty() {
            let _ = write!(line, " to {}", side(&statement.addressees, ""));
        }
        let content = one_line(&statement.content.text);
        let _ = write!(line, ": {}", if statement.quoted { format!("“{content}”") } else { content });
        wrapped(out, width, INDENT, &line, Style::new());
    }
}

/// Writes a paragraph, each line with its own style, so that a line break never carries one over.
fn wrapped(out: &mut String, width: usize, indent: &str, text: &str, style: Style) {
    let deeper = format!("{indent}  ");
    let options = textwrap::Options::new(width).initial_indent(indent).subsequent_indent(&deeper);
    for line in textwrap::wrap(text, options) {
        let _ = writeln!(out, "{style}{}{style:#}", line.trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_steer_the_terminal() {
        assert_eq!(one_line("a\u{1b}[2Jb \n\t c\u{202e}d"), "a\u{FFFD}[2Jb c\u{FFFD}d");
        assert_eq!(one_line("  "), "");
    }

    #[test]
    fn ranges_of_days_are_short() {
        assert_eq!(days(Some("2006-04-12"), Some("2006-04-12")), "2006-04-12");
        assert_eq!(days(Some("2006-04-12"), Some("2006-05-01")), "2006-04-12..05-01");
        assert_eq!(days(Some("2006-12-30"), Some("2007-01-02")), "2006-12-30..2007-01-02");
        assert_eq!(days(None, Some("2007-01-02")), "..2007-01-02");
        assert_eq!(days(None, None), "no date");
    }

    #[test]
    fn lines_fit_the_width() {
        let mut out = String::new();
        wrapped(&mut out, 50, "    ", &"Die Verhandlungen wurden vertagt. ".repeat(9), Style::new());
        assert!(out.lines().count() > 5);
        assert!(
            out.lines().all(|line| textwrap::core::display_width(line) <= 50 && line.starts_with("    "))
        );
    }

    #[test]
    fn long_sentences_are_cut_around_their_trigger() {
        let long = "vier Wörter für später ".repeat(40);
        let (head, tail) = (first_words(&long), last_words(long.trim_end()));
        assert!(head.starts_with("vier") && head.ends_with(" …") && head.len() < 200, "{head}");
        assert!(tail.starts_with("… ") && tail.ends_with("später") && tail.len() < 200, "{tail}");
        assert_eq!((first_words("kurz"), last_words("kurz")), ("kurz".to_owned(), "kurz".to_owned()));
    }

    #[test]
    fn every_status_has_a_face_of_its_own() {
        let signs: std::collections::BTreeSet<&str> =
            Status::ALL.iter().map(|status| face(*status).0).collect();
        assert_eq!(signs.len(), Status::ALL.len());
    }
}
