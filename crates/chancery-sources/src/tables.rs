//! The readable tables under `data/`, as they are compiled into the crate.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The rows of a table: cells separated by tabs; blank lines and lines that start with `#` are left out.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').map(str::trim).collect())
}

/// What a field or a label tells about a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Tells {
    Id,
    Date,
    Title,
    Source,
    Author,
    Url,
    Language,
    Text,
    Html,
    Dateline,
    Caption,
    About,
}

impl Tells {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "id" => Self::Id,
            "date" => Self::Date,
            "title" => Self::Title,
            "source" => Self::Source,
            "author" => Self::Author,
            "url" => Self::Url,
            "language" => Self::Language,
            "text" => Self::Text,
            "html" => Self::Html,
            "dateline" => Self::Dateline,
            "caption" => Self::Caption,
            "about" => Self::About,
            _ => return None,
        })
    }
}

const RECORD_FIELDS: &str = include_str!("../data/record_fields.tsv");
const HEADER_LABELS: &str = include_str!("../data/header_labels.tsv");
const HTML_METADATA: &str = include_str!("../data/html_metadata.tsv");
const MAGIC_NUMBERS: &str = include_str!("../data/magic_numbers.tsv");

/// What the fields of records tell, and the rank of each name among those that tell the same.
pub(crate) static FIELDS: LazyLock<HashMap<&'static str, (Tells, usize)>> = LazyLock::new(|| {
    rows(RECORD_FIELDS)
        .enumerate()
        .filter_map(|(rank, row)| match row.as_slice() {
            [place, name] => Some((*name, (Tells::from_name(place)?, rank))),
            _ => None,
        })
        .collect()
});

/// A field name without case, spaces, hyphens and underscores.
pub(crate) fn field_key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What stands around the text of a report.
#[derive(Debug, Default)]
pub(crate) struct Furniture {
    pub labels: HashMap<&'static str, Tells>,
    pub captions: HashSet<&'static str>,
    pub lines: HashSet<&'static str>,
    pub starts: Vec<&'static str>,
    pub byline_words: HashSet<&'static str>,
    pub dateline_abbreviations: HashSet<&'static str>,
}

pub(crate) static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| {
    let mut furniture = Furniture::default();
    for row in rows(HEADER_LABELS) {
        let [kind, words, place] = row.as_slice() else { continue };
        let Some(tells) = Tells::from_name(place) else { continue };
        match *kind {
            "label" => drop(furniture.labels.insert(words, tells)),
            "caption" => drop(furniture.captions.insert(words)),
            "line" => drop(furniture.lines.insert(words)),
            "start" => furniture.starts.push(words),
            "byline" => drop(furniture.byline_words.insert(words)),
            "abbreviation" => drop(furniture.dateline_abbreviations.insert(words)),
            _ => {}
        }
    }
    furniture
});

/// Where a web page may say something about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where {
    JsonLd(&'static str),
    Meta(&'static str),
    /// A CSS selector and the attribute to read; none means the element's text.
    Element(&'static str, Option<&'static str>),
}

/// Where web pages say something about themselves, most trusted first.
pub(crate) static HTML_PLACES: LazyLock<Vec<(Tells, Where)>> = LazyLock::new(|| {
    rows(HTML_METADATA)
        .filter_map(|row| match row.as_slice() {
            [place, kind, name, attribute] => {
                let place_in_page = match *kind {
                    "json-ld" => Where::JsonLd(name),
                    "meta" => Where::Meta(name),
                    "element" => Where::Element(name, (*attribute != "-").then_some(*attribute)),
                    _ => return None,
                };
                Some((Tells::from_name(place)?, place_in_page))
            }
            _ => None,
        })
        .collect()
});

/// Parts of the type names of JSON-LD objects that describe a report.
pub(crate) static REPORT_TYPES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    rows(HTML_METADATA)
        .filter_map(|row| match row.as_slice() {
            ["type", "json-ld", name, _] => Some(*name),
            _ => None,
        })
        .collect()
});

/// A kind of file that holds no plain text, known by its first bytes.
#[derive(Debug)]
pub(crate) struct MagicNumber {
    pub offset: usize,
    pub bytes: Vec<u8>,
    pub what: &'static str,
    pub advice: &'static str,
}

pub(crate) static MAGIC: LazyLock<Vec<MagicNumber>> = LazyLock::new(|| {
    rows(MAGIC_NUMBERS)
        .filter_map(|row| match row.as_slice() {
            [offset, hex, what, advice] => {
                Some(MagicNumber { offset: offset.parse().ok()?, bytes: from_hex(hex)?, what, advice })
            }
            _ => None,
        })
        .collect()
});

fn from_hex(hex: &str) -> Option<Vec<u8>> {
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(hex.get(i..i + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        assert_eq!(FIELDS.len(), rows(RECORD_FIELDS).count(), "an unknown place, or a name twice");
        for name in FIELDS.keys() {
            assert_eq!(*name, field_key(name), "names of fields are written as they are compared");
        }
        let furniture = &*FURNITURE;
        let understood = furniture.labels.len()
            + furniture.captions.len()
            + furniture.lines.len()
            + furniture.starts.len()
            + furniture.byline_words.len()
            + furniture.dateline_abbreviations.len();
        assert_eq!(understood, rows(HEADER_LABELS).count());
        assert_eq!(HTML_PLACES.len() + REPORT_TYPES.len(), rows(HTML_METADATA).count());
        assert_eq!(MAGIC.len(), rows(MAGIC_NUMBERS).count());
        for (_, place) in HTML_PLACES.iter() {
            if let Where::Element(selector, _) = place {
                assert!(dom_query::Matcher::new(selector).is_ok(), "{selector}");
            }
        }
    }
}
