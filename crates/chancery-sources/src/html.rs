//! The main text of web pages.
//!
//! `dom_smoothie`, a port of the Readability algorithm that browsers use for their reading views, cuts the page
//! down to its article. Where it finds none, the page's own `article`, `main` or `body` is taken without its
//! navigation. What is left is walked once and becomes blocks as a browser would set them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chancery_core::ZoneKind;
use dom_query::{Document as Page, NodeRef};
use dom_smoothie::{Config, Readability};

use crate::block::{Draft, Form};
use crate::furniture::has_heading_shape;
use crate::html_metadata::{clean, facts};
use crate::html_nesting::limited;
use crate::plain;

/// Name and version of this extractor.
pub(crate) const EXTRACTOR: &str = "html/1";

/// The article finder scores every element against its ancestors, so very large pages are left to the walk.
const MOST_ELEMENTS: usize = 60_000;
/// An article of fewer words is probably a teaser or a notice about cookies.
const FEWEST_WORDS: usize = 25;
/// A cell of a table with more text than this is part of a page's layout.
const LONGEST_CELL: usize = 150;

/// Elements whose content is never text of the report.
const SKIPPED: [&str; 26] = [
    "script", "style", "noscript", "template", "svg", "math", "nav", "form", "button", "select", "option",
    "textarea", "input", "iframe", "object", "embed", "canvas", "audio", "video", "head", "title", "map",
    "dialog", "menu", "meter", "progress",
];
/// Elements around an article that are not part of it; the article finder removes them by itself.
const AROUND: [&str; 3] = ["aside", "footer", "header"];
/// Elements that start on a line of their own.
const BLOCKS: [&str; 38] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

/// Takes title, main text and metadata out of a page.
pub(crate) fn read(html: &str) -> Draft {
    let html = &*limited(html);
    let page = Page::from(html);
    let facts = facts(&page);
    let heading = page.select("h1").iter().map(|h1| clean(&h1.text())).find(|text| !text.is_empty());
    let page_title =
        page.select("head > title").iter().map(|title| clean(&title.text())).find(|t| !t.is_empty());

    let (article, article_title) = article(page).unwrap_or_default();
    let mut text = walked(&Page::from(article), false);
    if words(&text) < FEWEST_WORDS {
        let whole = walked(&Page::from(html), true);
        if words(&whole) > words(&text) {
            text = whole;
        }
    }

    let title = facts.title.clone().or(heading).or(article_title).or(page_title);
    let mut draft = Draft { facts, ..Draft::default() };
    // A title over nothing is not a report.
    if let Some(title) = title.filter(|_| !text.text.is_empty()) {
        let opening = text.blocks.first().and_then(|block| text.text.get(block.range.clone()));
        if opening.is_none_or(|opening| !same_words(opening, &title)) {
            draft.push(Form::Known(ZoneKind::Headline), &title);
        }
        draft.facts.title.get_or_insert(title);
    }
    let outlet = draft.facts.source.clone();
    for block in &text.blocks {
        let content = text.text.get(block.range.clone()).unwrap_or_default();
        // The name of the site above the article is its logo.
        let is_logo = outlet.as_ref().is_some_and(|outlet| same_words(content, outlet));
        draft.push(if is_logo { Form::Known(ZoneKind::Header) } else { block.form }, content);
    }
    draft
}

/// The article's markup and title. The finder is foreign code that works on hostile input: should it fail in an
/// unforeseen way, the page is read without it.
fn article(page: Page) -> Option<(String, Option<String>)> {
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let found = catch_unwind(AssertUnwindSafe(|| {
        let mut readability = Readability::with_document(page, None, Some(config)).ok()?;
        readability.parse().ok()
    }));
    let article = found.ok().flatten()?;
    let title = clean(&article.title);
    Some((article.content.to_string(), Some(title).filter(|title| !title.is_empty())))
}

fn words(draft: &Draft) -> usize {
    draft.text.split_whitespace().take(FEWEST_WORDS * 40).count()
}

fn same_words(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    plain(one) == plain(other)
}

/// The blocks of a page or of a piece of markup. With `around`, what stands around an article is left out.
fn walked(page: &Page, around: bool) -> Draft {
    let root = ["[itemprop=articleBody]", "article", "main", "[role=main]"]
        .into_iter()
        .filter(|_| around)
        .find_map(|selector| page.select(selector).nodes().first().copied())
        .or_else(|| page.body())
        .unwrap_or_else(|| page.root());
    let mut writer = Writer::default();
    // Recursion would let a page of deeply nested elements exhaust the stack.
    let mut node = root;
    loop {
        if writer.enter(&node, around)
            && let Some(child) = node.first_child()
        {
            node = child;
            continue;
        }
        loop {
            writer.leave(&node);
            if node.id == root.id {
                writer.flush();
                return writer.draft;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else {
                writer.flush();
                return writer.draft;
            };
            node = parent;
        }
    }
}

#[derive(Default)]
struct Writer {
    draft: Draft,
    /// The block that is being written.
    current: String,
    headings: usize,
    quotations: usize,
    items: usize,
    captions: usize,
    preformatted: usize,
    bold: usize,
    /// Whether a sign of the block stands outside bold type.
    has_plain_type: bool,
    cells: usize,
}

impl Writer {
    /// Takes up a node; false if its content is to be left out.
    fn enter(&mut self, node: &NodeRef, around: bool) -> bool {
        if node.is_text() {
            self.text(&node.text());
            return false;
        }
        let Some(name) = node.node_name() else { return true };
        let name: &str = &name;
        if SKIPPED.contains(&name) || (around && (AROUND.contains(&name) || is_hidden(node))) {
            // The matching call of `leave` must find nothing to undo.
            return self.skip(name);
        }
        if BLOCKS.contains(&name) {
            self.flush();
        }
        match name {
            "br" if self.preformatted == 0 => {
                if self.current.ends_with('\n') {
                    self.flush();
                } else if !self.current.is_empty() {
                    self.current.truncate(self.current.trim_end_matches(' ').len());
                    self.current.push('\n');
                }
            }
            "br" => self.current.push('\n'),
            "td" | "th" => self.cell(),
            _ => {}
        }
        self.count(name, usize::saturating_add);
        true
    }

    /// Balances the counters that `leave` will lower for an element whose content is left out.
    fn skip(&mut self, name: &str) -> bool {
        self.count(name, usize::saturating_add);
        false
    }

    fn leave(&mut self, node: &NodeRef) {
        if node.is_text() {
            return;
        }
        let Some(name) = node.node_name() else { return };
        let name: &str = &name;
        if BLOCKS.contains(&name) {
            self.flush();
        }
        self.count(name, usize::saturating_sub);
    }

    fn count(&mut self, name: &str, change: fn(usize, usize) -> usize) {
        let counter = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => &mut self.headings,
            "blockquote" => &mut self.quotations,
            "li" => &mut self.items,
            "figcaption" | "caption" => &mut self.captions,
            "pre" => &mut self.preformatted,
            "b" | "strong" => &mut self.bold,
            _ => return,
        };
        *counter = change(*counter, 1);
    }

    fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            self.current.push_str(text);
            return;
        }
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                if !self.current.is_empty() && !self.current.ends_with([' ', '\n']) {
                    self.current.push(' ');
                }
            } else {
                self.current.push(c);
                self.has_plain_type |= self.bold == 0;
            }
        }
    }

    /// Cells of a row stand in one block, unless the table only lays out a page.
    fn cell(&mut self) {
        if self.current.len() > LONGEST_CELL {
            self.flush();
        } else if !self.current.trim().is_empty() {
            self.current.push_str(" | ");
            self.cells += 1;
        }
    }

    fn flush(&mut self) {
        let current = std::mem::take(&mut self.current);
        let in_bold = !std::mem::take(&mut self.has_plain_type);
        let cells = std::mem::take(&mut self.cells);
        let known = if self.captions > 0 {
            Some(ZoneKind::Caption)
        } else if self.headings > 0 {
            Some(ZoneKind::Headline)
        } else if self.quotations > 0 {
            Some(ZoneKind::Quotation)
        } else if self.items > 0 || cells > 0 {
            Some(ZoneKind::List)
        } else {
            None
        };
        match known {
            Some(kind) => self.draft.push(Form::Known(kind), &current),
            None if self.preformatted > 0 => {
                for block in plain::blocks(&current) {
                    self.draft.push(block.form, current.get(block.range).unwrap_or_default());
                }
            }
            None if in_bold && has_heading_shape(current.trim()) => {
                self.draft.push(Form::Known(ZoneKind::Headline), &current);
            }
            None => self.draft.push(Form::Paragraph, &current),
        }
    }
}

fn is_hidden(node: &NodeRef) -> bool {
    node.has_attr("hidden")
        || node.attr("aria-hidden").is_some_and(|value| &*value == "true")
        || node.attr("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.to_ascii_lowercase().contains("display:none")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(draft: &Draft) -> Vec<(Form, &str)> {
        draft.blocks.iter().map(|block| (block.form, &draft.text[block.range.clone()])).collect()
    }

    #[test]
    fn blocks_of_a_short_page() {
        let draft = read(
            "<html><head><title>Envoys meet | Courier</title></head><body><nav><a href=/>Home</a></nav><article>\
             <h1>Envoys meet</h1><p>The   envoys of <b>Peru</b> and\nChile met.<br>They left.<br><br>No word.</p>\
             <blockquote><p>We talked.</p></blockquote><ul><li>fish</li><li>ports</li></ul>\
             <p><strong>Background</strong></p><table><tr><td>Peru</td><td>3</td></tr></table>\
             <figure><img src=x><figcaption>The quay.</figcaption></figure></article><footer>Imprint</footer></body>",
        );
        use ZoneKind::*;
        assert_eq!(
            cut(&draft),
            [
                (Form::Known(Headline), "Envoys meet"),
                (Form::Paragraph, "The envoys of Peru and Chile met.\nThey left."),
                (Form::Paragraph, "No word."),
                (Form::Known(Quotation), "We talked."),
                (Form::Known(List), "fish"),
                (Form::Known(List), "ports"),
                (Form::Known(Headline), "Background"),
                (Form::Known(List), "Peru | 3"),
                (Form::Known(Caption), "The quay."),
            ]
        );
        assert_eq!(draft.facts.title.as_deref(), Some("Envoys meet"));
    }

    #[test]
    fn markup_alone_is_no_text() {
        for page in [
            "<html><head><title>App</title></head><body><div id=root></div><script>x()</script></body>",
            "<p></p>",
        ] {
            assert_eq!(read(page).text, "", "{page}");
        }
    }

    #[test]
    fn preformatted_wire_copy_keeps_its_paragraphs() {
        let draft = read(
            "<body><pre>The army left the\ntown on Monday.\n\nThe rebels came\nback on Tuesday.</pre></body>",
        );
        assert_eq!(draft.blocks.len(), 2);
        assert!(draft.text.contains("left the\ntown"));
    }

    #[test]
    fn deep_nesting_is_read() {
        let depth = 3000;
        let page = format!("{}The envoy met the minister.{}", "<div>".repeat(depth), "</div>".repeat(depth));
        assert_eq!(read(&page).text, "The envoy met the minister.");
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        #[test]
        fn any_markup_gives_blocks_in_order(
            page in "(<(p|div|li|table|tr|td|b|h1|pre|br|blockquote|article|script|title|a href='x'|svg|template)>|</(p|div|b|pre|h1|a)>|[a-z é&;\n—]{1,12}|<!--|-->){0,40}"
        ) {
            let draft = read(&page);
            let mut end = 0;
            for block in &draft.blocks {
                proptest::prop_assert!(block.range.start >= end && block.range.start < block.range.end);
                proptest::prop_assert!(draft.text.get(block.range.clone()).is_some());
                end = block.range.end;
            }
        }
    }
}
