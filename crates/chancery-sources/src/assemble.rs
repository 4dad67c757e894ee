//! From what an extractor took out of a source to the document.

use chancery_core::{DateRange, Document};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::block::{Draft, Facts};
use crate::date::parse_date;
use crate::error::{Notice, Place, Problem, SourceError, Warning};
use crate::layout::{Layout, arrange};
use crate::{Item, Options, language};

/// Where the bytes of a document came from.
pub(crate) struct Origin<'a> {
    pub place: Place,
    pub bytes: &'a [u8],
    pub extractor: &'static str,
    pub encoding: &'static str,
    pub encoding_detected: bool,
}

/// The document with the warnings about it in front.
pub(crate) fn document(draft: Draft, origin: Origin, options: &Options) -> Vec<Item> {
    let Draft { text, blocks, facts } = draft;
    if !text.contains(char::is_alphabetic) {
        let problem = match (text.trim().is_empty(), origin.extractor) {
            (true, crate::html::EXTRACTOR) => Problem::OnlyMarkup,
            (true, _) => Problem::Empty,
            (false, _) => Problem::NoWords,
        };
        return vec![Item::Failure(SourceError { place: origin.place, problem })];
    }
    let layout = arrange(&text, &blocks);
    let (mut facts, header_dates) = merged(facts, &layout);

    let (found, notice) = published(&facts.dates, &header_dates);
    let published = options.declared_date.or(found);
    if let Some(found) =
        found.filter(|_| options.declared_date.is_some_and(|declared| Some(declared) != found))
    {
        facts.extra.entry("date".into()).or_insert_with(|| Value::String(shown(found)));
    }
    let source = match (&options.declared_source, facts.source.take()) {
        (Some(declared), Some(own)) if *declared != own => {
            facts.extra.entry("source".into()).or_insert(Value::String(own));
            Some(declared.clone())
        }
        (Some(declared), _) => Some(declared.clone()),
        (None, own) => own,
    };
    let declared_language = facts.language.as_deref().and_then(language::code);
    if let (None, Some(unknown)) = (&declared_language, facts.language.take()) {
        facts.extra.entry("language".into()).or_insert(Value::String(unknown));
    }

    let mut items = Vec::new();
    // A date declared by the user makes the source's own broken one harmless.
    if let Some(notice) = notice.filter(|_| published.is_none()) {
        items.push(Item::Warning(Warning { place: origin.place.clone(), notice }));
    }
    items.push(Item::Document(Box::new(Document {
        uri: origin.place.document_uri(),
        source_sha256: sha256(origin.bytes),
        text_sha256: sha256(text.as_bytes()),
        extractor: origin.extractor.to_owned(),
        encoding: origin.encoding.to_owned(),
        encoding_detected: origin.encoding_detected,
        text,
        zones: layout.zones,
        id: facts.id,
        title: facts.title,
        source,
        author: facts.author,
        published,
        url: facts.url,
        declared_language,
        extra: facts.extra,
    })));
    items
}

/// Metadata first, header lines where it is silent.
fn merged(mut facts: Facts, layout: &Layout) -> (Facts, Vec<String>) {
    facts.title = facts.title.or_else(|| layout.title.clone());
    facts.source = facts.source.or_else(|| layout.source.clone());
    facts.author = facts.author.or_else(|| layout.author.clone());
    facts.url = facts.url.or_else(|| layout.url.clone());
    facts.language = facts.language.or_else(|| layout.language.clone());
    (facts, layout.dates.clone())
}

/// The first date that can be read. The notice is about the most trusted one of the metadata: that a line of
/// the text is not clear needs no warning, since dating from the text comes later.
fn published(metadata: &[String], header: &[String]) -> (Option<DateRange>, Option<Notice>) {
    let mut notice = None;
    for date in metadata {
        match parse_date(date) {
            Ok(range) => return (Some(range), None),
            Err(error) => notice = notice.or(Some(Notice::Date(error))),
        }
    }
    (header.iter().find_map(|date| parse_date(date).ok()), notice)
}

fn shown(range: DateRange) -> String {
    if range.start == range.end { range.start.to_string() } else { format!("{}..{}", range.start, range.end) }
}

fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
