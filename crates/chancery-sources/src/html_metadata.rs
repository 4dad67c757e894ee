//! What a web page says about itself: JSON-LD, meta elements, time elements, links.

use dom_query::Document as Page;
use serde_json::Value;

use crate::block::Facts;
use crate::tables::{HTML_PLACES, REPORT_TYPES, Tells, Where};

/// Longest value that is taken over, in bytes.
const LONGEST_VALUE: usize = 1000;

/// Reads the metadata of a page. It must be called before the page is cut down to its article.
pub(crate) fn facts(page: &Page) -> Facts {
    let objects = json_ld(page);
    let report = report(&objects);
    let metas: Vec<(String, String)> = page
        .select("meta[content]")
        .iter()
        .flat_map(|meta| {
            let content = meta.attr_or("content", "").to_string();
            ["name", "property", "itemprop", "http-equiv"]
                .into_iter()
                .filter_map(|key| meta.attr(key))
                .map(|name| (name.to_ascii_lowercase(), content.clone()))
                .collect::<Vec<_>>()
        })
        .collect();

    let mut facts = Facts::default();
    for (tells, place) in HTML_PLACES.iter() {
        let found = match place {
            Where::JsonLd(path) => {
                report.map(|report| json_values(report, path, &objects)).unwrap_or_default()
            }
            Where::Meta(name) => {
                metas.iter().filter(|(known, _)| known == name).map(|(_, content)| content.clone()).collect()
            }
            Where::Element(selector, attribute) => page
                .select(selector)
                .iter()
                .take(5)
                .map(|element| match attribute {
                    Some(attribute) => element.attr_or(attribute, "").to_string(),
                    None => element.text().to_string(),
                })
                .collect(),
        };
        let mut found: Vec<String> =
            found.iter().map(|value| clean(value)).filter(|value| fits(*tells, value)).collect();
        if *tells == Tells::Date {
            facts.dates.append(&mut found);
            continue;
        }
        let place = match tells {
            Tells::Title => &mut facts.title,
            Tells::Source => &mut facts.source,
            Tells::Author => &mut facts.author,
            Tells::Url => &mut facts.url,
            Tells::Language => &mut facts.language,
            _ => continue,
        };
        if place.is_none() && !found.is_empty() {
            // Several authors are named together; of everything else there is one.
            found.dedup();
            *place = if *tells == Tells::Author { Some(found.join(", ")) } else { found.into_iter().next() };
        }
    }
    facts
}

/// A value with single spaces and without character references, which JSON-LD often carries.
pub(crate) fn clean(value: &str) -> String {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if value.contains('&') && value.contains(';') {
        Page::fragment(value).text().trim().to_owned()
    } else {
        value
    }
}

fn fits(tells: Tells, value: &str) -> bool {
    let is_address = value.starts_with("http://") || value.starts_with("https://") || value.starts_with('@');
    !value.is_empty()
        && value.len() <= LONGEST_VALUE
        && match tells {
            Tells::Url => is_address,
            Tells::Author | Tells::Source | Tells::Title => !is_address,
            _ => true,
        }
}

/// The objects in the page's JSON-LD, those of lists and graphs included.
fn json_ld(page: &Page) -> Vec<Value> {
    let mut objects = Vec::new();
    for script in page.select("script[type=\"application/ld+json\"]").iter() {
        let text = script.text();
        let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        let mut waiting: Vec<Value> = serde_json::from_str(text).into_iter().collect();
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(values) => waiting.extend(values.into_iter().rev()),
                Value::Object(mut object) => {
                    if let Some(graph) = object.remove("@graph") {
                        waiting.push(graph);
                    }
                    objects.push(Value::Object(object));
                }
                _ => {}
            }
        }
    }
    objects
}

/// The object that describes a report.
fn report(objects: &[Value]) -> Option<&Value> {
    objects.iter().find(|object| {
        let types = object.get("@type").map(strings).unwrap_or_default();
        types.iter().any(|name| REPORT_TYPES.iter().any(|part| name.contains(part)))
    })
}

/// The strings at a dotted path, through lists and through references to other objects.
fn json_values(object: &Value, path: &str, objects: &[Value]) -> Vec<String> {
    let mut values = vec![object];
    for key in path.split('.') {
        values = values
            .into_iter()
            .flat_map(|value| match value {
                Value::Array(items) => items.iter().collect::<Vec<_>>(),
                other => vec![other],
            })
            .filter_map(|value| {
                value.get(key).or_else(|| {
                    let id = value.get("@id")?;
                    objects.iter().find(|object| object.get("@id") == Some(id) && *object != value)?.get(key)
                })
            })
            .collect();
    }
    values.into_iter().flat_map(strings).collect()
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_ld_outranks_meta_elements() {
        let page = Page::from(
            r##"<html lang="en-GB"><head><title>x</title>
            <script type="application/ld+json">{"@context":"https://schema.org","@graph":[
              {"@type":"WebSite","name":"Site"},
              {"@type":"Organization","@id":"#org","name":"The Harbour Post"},
              {"@type":["NewsArticle"],"headline":"Ferry talks &amp; tariffs","datePublished":"2011-05-03T10:00:00Z",
               "author":[{"name":"A. Writer"},{"name":"B. Author"}],"publisher":{"@id":"#org"}}]}</script>
            <meta property="article:published_time" content="2011-05-04">
            <meta name="author" content="https://example.org/a-writer">
            <link rel="canonical" href="https://example.org/ferry"></head><body></body></html>"##,
        );
        let facts = facts(&page);
        assert_eq!(facts.title.as_deref(), Some("Ferry talks & tariffs"));
        assert_eq!(facts.source.as_deref(), Some("The Harbour Post"));
        assert_eq!(facts.author.as_deref(), Some("A. Writer, B. Author"));
        assert_eq!(facts.dates, ["2011-05-03T10:00:00Z", "2011-05-04"]);
        assert_eq!(facts.url.as_deref(), Some("https://example.org/ferry"));
        assert_eq!(facts.language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn elements_where_nothing_else_speaks() {
        let page = Page::from(
            "<article><h1>T</h1><time datetime='1999-03-24'>24 March</time><a rel=author>Jo Kerr</a></article>\
             <script type='application/ld+json'>{broken</script>",
        );
        let facts = facts(&page);
        assert_eq!(facts.author.as_deref(), Some("Jo Kerr"));
        assert!(facts.dates.contains(&"1999-03-24".to_owned()));
    }
}
