//! The text of Markdown files (CommonMark with tables and strikethrough), and their front matter.

use chancery_core::ZoneKind;
use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};
use serde_json::{Map, Value};

use crate::block::{Draft, Form};
use crate::html_metadata::clean;
use crate::json;

/// Name and version of this extractor.
pub(crate) const EXTRACTOR: &str = "markdown/1";

/// Takes text and front matter out of a Markdown file.
pub(crate) fn read(source: &str) -> Draft {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut writer = Writer::default();
    for event in Parser::new_ext(source, options) {
        writer.event(event);
    }
    writer.flush();
    let title = writer
        .draft
        .blocks
        .iter()
        .find(|block| block.form == Form::Known(ZoneKind::Headline))
        .and_then(|block| writer.draft.text.get(block.range.clone()))
        .map(str::to_owned);
    let mut draft = writer.draft;
    draft.facts = json::facts(front_matter(&writer.front_matter, writer.toml));
    draft.facts.title = draft.facts.title.or(title);
    draft
}

#[derive(Default)]
struct Writer {
    draft: Draft,
    current: String,
    headings: usize,
    quotations: usize,
    items: usize,
    images: usize,
    in_metadata: bool,
    in_markup: bool,
    front_matter: String,
    toml: bool,
}

impl Writer {
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_metadata => self.front_matter.push_str(&text),
            Event::Text(text) | Event::Code(text) => self.current.push_str(&text),
            Event::SoftBreak => self.current.push(' '),
            Event::HardBreak => self.current.push('\n'),
            Event::Html(markup) if self.in_markup => self.current.push_str(&markup),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag) {
        match tag {
            Tag::MetadataBlock(kind) => {
                self.in_metadata = true;
                self.toml = *kind == MetadataBlockKind::PlusesStyle;
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => {}
            Tag::Image { .. } => {
                self.flush();
                self.images += 1;
            }
            Tag::TableCell => {
                if !self.current.is_empty() {
                    self.current.push_str(" | ");
                }
            }
            other => {
                self.flush();
                match other {
                    Tag::Heading { .. } => self.headings += 1,
                    Tag::BlockQuote(_) | Tag::CodeBlock(_) => self.quotations += 1,
                    Tag::Item | Tag::TableRow | Tag::TableHead => self.items += 1,
                    Tag::HtmlBlock => self.in_markup = true,
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::MetadataBlock(_) => self.in_metadata = false,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::TableCell => {}
            TagEnd::HtmlBlock => {
                self.in_markup = false;
                self.current =
                    clean(&dom_query::Document::fragment(std::mem::take(&mut self.current)).text());
                self.flush();
            }
            other => {
                self.flush();
                let counter = match other {
                    TagEnd::Heading(_) => &mut self.headings,
                    TagEnd::BlockQuote(_) | TagEnd::CodeBlock => &mut self.quotations,
                    TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead => &mut self.items,
                    TagEnd::Image => &mut self.images,
                    _ => return,
                };
                *counter = counter.saturating_sub(1);
            }
        }
    }

    fn flush(&mut self) {
        let form = if self.images > 0 {
            Form::Known(ZoneKind::Caption)
        } else if self.headings > 0 {
            Form::Known(ZoneKind::Headline)
        } else if self.quotations > 0 {
            Form::Known(ZoneKind::Quotation)
        } else if self.items > 0 {
            Form::Known(ZoneKind::List)
        } else {
            Form::Paragraph
        };
        let current = std::mem::take(&mut self.current);
        self.draft.push(form, &current);
    }
}

/// Front matter as a record. Of YAML and TOML, what front matter is made of is read: keys with a value on the
/// same line, quoted or not, and lists of such values; deeper structures are left out.
fn front_matter(text: &str, toml: bool) -> Map<String, Value> {
    let mut record = Map::new();
    let mut last_key = None;
    for line in text.lines() {
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if let (Some(item), Some(key)) = (content.strip_prefix("- "), &last_key) {
            if let Some(Value::Array(items)) = record.get_mut::<String>(key) {
                items.push(Value::String(unquoted(item)));
            }
            continue;
        }
        if line.starts_with(char::is_whitespace) {
            continue;
        }
        let Some((key, value)) = content.split_once(if toml { '=' } else { ':' }) else { continue };
        let (key, value) = (key.trim().to_owned(), value.trim());
        let value = match value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
            Some(list) => Value::Array(list.split(',').map(|item| Value::String(unquoted(item))).collect()),
            None if value.is_empty() => Value::Array(Vec::new()),
            None => Value::String(unquoted(value)),
        };
        record.insert(key.clone(), value);
        last_key = Some(key);
    }
    record.retain(|_, value| value.as_array().is_none_or(|items| !items.is_empty()));
    record
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    let inner = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
    inner.unwrap_or(value).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_blocks_stay() {
        let draft = read(
            "---\ntitle: \"Truce holds: day two\"\ndate: 2004-11-09\nauthors:\n  - A. Writer\n  - B. Author\nsource: \
             Courier\ntags: [war, truce]\n---\n# Truce holds\n\nThe *rebels* and the **army**\nkept [the \
             truce](https://example.org).\n\n> We shall keep it.\n\n- Monday: quiet\n- Tuesday: shots\n\n| Side | \
             Dead |\n|---|---|\n| Army | 2 |\n\n![The bridge](bridge.jpg)\n\n<div>Boxed text</div>\n",
        );
        let blocks: Vec<_> = draft.blocks.iter().map(|b| (b.form, &draft.text[b.range.clone()])).collect();
        use ZoneKind::*;
        assert_eq!(
            blocks,
            [
                (Form::Known(Headline), "Truce holds"),
                (Form::Paragraph, "The rebels and the army kept the truce."),
                (Form::Known(Quotation), "We shall keep it."),
                (Form::Known(List), "Monday: quiet"),
                (Form::Known(List), "Tuesday: shots"),
                (Form::Known(List), "Side | Dead"),
                (Form::Known(List), "Army | 2"),
                (Form::Known(Caption), "The bridge"),
                (Form::Paragraph, "Boxed text"),
            ]
        );
        assert_eq!(draft.facts.title.as_deref(), Some("Truce holds: day two"));
        assert_eq!(draft.facts.author.as_deref(), Some("A. Writer, B. Author"));
        assert_eq!(draft.facts.source.as_deref(), Some("Courier"));
        assert_eq!(draft.facts.dates, ["2004-11-09"]);
        assert_eq!(draft.facts.extra.get("tags"), Some(&serde_json::json!(["war", "truce"])));
    }

    #[test]
    fn toml_front_matter() {
        let draft = read("+++\ntitle = 'Vote'\ndate = 2010-02-07\n+++\nThey voted.\n");
        assert_eq!(draft.facts.title.as_deref(), Some("Vote"));
        assert_eq!(draft.text, "They voted.");
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_blocks_in_order(source in "([#>*_`|+-]{1,3}|[a-zé]{1,5}|\n|\n\n| |    |<b>|\\[|\\]|\\(|\\)|!|1\\. ){0,60}") {
            let draft = read(&source);
            let mut end = 0;
            for block in &draft.blocks {
                proptest::prop_assert!(block.range.start >= end && draft.text.get(block.range.clone()).is_some());
                end = block.range.end;
            }
        }
    }
}
