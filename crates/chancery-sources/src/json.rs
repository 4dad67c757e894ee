//! Records in JSON: which field is what.

use serde_json::{Map, Value};

use crate::block::{Draft, Facts};
use crate::date::parse_date;
use crate::error::Problem;
use crate::tables::{FIELDS, Tells, field_key};
use crate::{html, plain};

/// Name and version of this extractor.
pub(crate) const EXTRACTOR: &str = "json/1";

/// What a record holds, and the extractor that made its text.
pub(crate) fn read(value: Value) -> Result<(Draft, &'static str), Problem> {
    let mut record = match value {
        Value::Object(record) => record,
        other => return Err(Problem::NotAnObject { found: kind(&other) }),
    };
    let names = record.keys().take(20).cloned().collect::<Vec<_>>().join(", ");
    if let Some(key) = field(&record, Tells::Text) {
        let text = match record.shift_remove(&key) {
            Some(Value::String(text)) => text,
            // Some feeds give a list of paragraphs.
            Some(Value::Array(items)) if items.iter().all(Value::is_string) => {
                items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n\n")
            }
            other => {
                return Err(Problem::WrongType { field: key, found: kind(&other.unwrap_or_default()) });
            }
        };
        let blocks = plain::blocks(&text);
        return Ok((Draft { text, blocks, facts: facts(record) }, EXTRACTOR));
    }
    let Some(key) = field(&record, Tells::Html) else { return Err(Problem::MissingText { fields: names }) };
    let Some(Value::String(markup)) = record.shift_remove(&key) else {
        return Err(Problem::MissingText { fields: names });
    };
    let mut draft = html::read(&markup);
    let page = std::mem::replace(&mut draft.facts, facts(record));
    draft.facts.title = draft.facts.title.or(page.title);
    draft.facts.source = draft.facts.source.or(page.source);
    draft.facts.author = draft.facts.author.or(page.author);
    draft.facts.url = draft.facts.url.or(page.url);
    draft.facts.language = draft.facts.language.or(page.language);
    draft.facts.dates.extend(page.dates);
    Ok((draft, html::EXTRACTOR))
}

/// The best name of those fields that tell this and hold something.
fn field(record: &Map<String, Value>, wanted: Tells) -> Option<String> {
    record
        .iter()
        .filter(|(_, value)| !value.is_null())
        .filter_map(|(name, _)| {
            let (tells, rank) = FIELDS.get(field_key(name).as_str())?;
            (*tells == wanted).then_some((*rank, name))
        })
        .min()
        .map(|(_, name)| name.clone())
}

/// What the fields of a record say. Fields of other names, and those that lost to a better one, are kept.
pub(crate) fn facts(mut record: Map<String, Value>) -> Facts {
    let mut facts = Facts { dates: dates(&mut record), ..Facts::default() };
    for (tells, place) in [
        (Tells::Id, &mut facts.id),
        (Tells::Title, &mut facts.title),
        (Tells::Source, &mut facts.source),
        (Tells::Author, &mut facts.author),
        (Tells::Url, &mut facts.url),
        (Tells::Language, &mut facts.language),
    ] {
        let Some(key) = field(&record, tells) else { continue };
        let Some(value) = record.get(&key) else { continue };
        let Some(text) = words(value) else { continue };
        // An object says more than its name.
        if !value.is_object() {
            record.shift_remove(&key);
        }
        *place = Some(text).filter(|text| !text.is_empty());
    }
    facts.extra = record.into_iter().collect();
    facts
}

/// Dates by rank. A value that says more than the day, or nothing that can be read, stays in the record too.
fn dates(record: &mut Map<String, Value>) -> Vec<String> {
    let mut found: Vec<(usize, String, String)> = record
        .iter()
        .filter_map(|(name, value)| {
            let key = field_key(name);
            let (tells, rank) = FIELDS.get(key.as_str())?;
            let text = match value {
                Value::String(text) => text.trim().to_owned(),
                Value::Number(number) => number.to_string(),
                _ => return None,
            };
            // A dateline is mostly a place; it is no broken date.
            let dateline = key == "dateline" && parse_date(&text).is_err();
            (*tells == Tells::Date && !text.is_empty() && !dateline).then(|| (*rank, name.clone(), text))
        })
        .collect();
    found.sort();
    if let Some((_, name, _)) = found
        .iter()
        .find(|(_, _, text)| parse_date(text).is_ok())
        .filter(|(_, _, text)| parse_date(text).is_ok_and(|range| range.start.to_string() == *text))
    {
        record.shift_remove(name);
    }
    found.into_iter().map(|(_, _, text)| text).collect()
}

/// A value in words: a string, a number, a list of such, or the name of an object.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(words).collect();
            items.map(|items| items.join(", "))
        }
        Value::Object(object) => {
            object.get("name").or_else(|| object.get("title"))?.as_str().map(str::to_owned)
        }
        Value::Null | Value::Bool(_) => None,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// What a JSON parser complains about, with the place at the end.
pub(crate) fn complaint(error: &serde_json::Error, one_line: bool) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    if one_line {
        format!("{message} at column {}", error.column())
    } else {
        format!("{message} at line {}, column {}", error.line(), error.column())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_by_their_usual_names() {
        let (draft, extractor) = read(json!({
            "id": 17, "Publication Date": "2012-03-04", "published": "2012-03-04T10:00:00Z", "headline": "Vote",
            "source": {"id": "c", "name": "Courier"}, "authors": ["A. Writer", "B. Author"], "lang": "en",
            "body": "They voted.", "score": 0.5, "link": "https://example.org/1"
        }))
        .unwrap();
        assert_eq!((draft.text.as_str(), extractor), ("They voted.", EXTRACTOR));
        let facts = draft.facts;
        assert_eq!(facts.id.as_deref(), Some("17"));
        assert_eq!(facts.title.as_deref(), Some("Vote"));
        assert_eq!(facts.source.as_deref(), Some("Courier"));
        assert_eq!(facts.author.as_deref(), Some("A. Writer, B. Author"));
        assert_eq!(facts.url.as_deref(), Some("https://example.org/1"));
        assert_eq!(facts.dates, ["2012-03-04T10:00:00Z", "2012-03-04"]);
        let kept: Vec<&str> = facts.extra.keys().map(String::as_str).collect();
        assert_eq!(kept, ["Publication Date", "published", "score", "source"]);
    }

    #[test]
    fn text_may_be_paragraphs_or_markup() {
        let (draft, _) = read(json!({"text": ["One.", "Two."]})).unwrap();
        assert_eq!(draft.text, "One.\n\nTwo.");
        let (draft, extractor) = read(json!({"html": "<p>One.</p><p>Two.</p>", "title": "T"})).unwrap();
        assert!(draft.text.ends_with("One.\n\nTwo."), "{}", draft.text);
        assert_eq!((extractor, draft.facts.title.as_deref()), (html::EXTRACTOR, Some("T")));
    }

    #[test]
    fn what_is_no_record() {
        assert!(matches!(read(json!([1])), Err(Problem::NotAnObject { found: "a list" })));
        assert!(matches!(read(json!({"text": 3})), Err(Problem::WrongType { .. })));
        let missing = read(json!({"title": "T", "text": null})).unwrap_err().to_string();
        assert!(missing.contains("title"), "{missing}");
    }

    #[test]
    fn a_dateline_is_no_broken_date() {
        let (draft, _) = read(json!({"text": "x", "dateline": "BAKU"})).unwrap();
        assert!(draft.facts.dates.is_empty());
        assert!(draft.facts.extra.contains_key("dateline"));
    }
}
