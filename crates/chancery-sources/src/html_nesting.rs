//! A limit to the nesting of elements, as browsers have one.
//!
//! The parser looks through all open elements at many tags, so that a page of a hundred thousand nested elements
//! would take minutes. No page that is made to be read needs more than some dozens of levels.

use std::borrow::Cow;

/// Levels that are kept. Browsers keep 512.
const DEEPEST: usize = 512;

/// Elements without content, and elements that are closed by what follows, so that pages often leave them open.
const NOT_COUNTED: [&str; 33] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup", "option",
    "optgroup", "html", "head", "body", "rt", "rp", "frame",
];

/// The page without the tags that nest more deeply than the limit. Their content stays.
pub(crate) fn limited(page: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut copied = 0;
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(found) = page.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        let inner = page.get(start + 1..).unwrap_or_default();
        let closing = inner.starts_with('/');
        let name = name(inner.trim_start_matches('/'));
        if name.is_empty() {
            at = start + 1;
            continue;
        }
        let end = start + 1 + inner.find('>').map_or(inner.len(), |length| length + 1);
        at = end;
        if !closing && (name == "script" || name == "style") {
            // Their content is no markup.
            let rest = page.get(end..).unwrap_or_default();
            at = end + rest.find("</").unwrap_or(rest.len());
        }
        if NOT_COUNTED.contains(&name.as_str()) || page.get(start..end).is_some_and(|tag| tag.ends_with("/>"))
        {
            continue;
        }
        let dropped = if closing {
            let dropped = depth > DEEPEST;
            depth = depth.saturating_sub(1);
            dropped
        } else {
            depth += 1;
            depth > DEEPEST
        };
        if dropped {
            kept.push_str(page.get(copied..start).unwrap_or_default());
            copied = end;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(page);
    }
    kept.push_str(page.get(copied..).unwrap_or_default());
    Cow::Owned(kept)
}

/// The name of an element at the start of a text, in lower case; empty if there is none.
fn name(text: &str) -> String {
    let length = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len()).min(20);
    let name = text.get(..length).unwrap_or_default();
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.to_ascii_lowercase()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_pages_stay_as_they_are() {
        let page = "<p>One<p>Two<br><script>if (a<b) {}</script><div>3 < 4</div>".repeat(2000);
        assert!(matches!(limited(&page), Cow::Borrowed(_)));
    }

    #[test]
    fn deep_pages_keep_their_text_and_balance() {
        let page = format!("{}text{}<p>after</p>", "<div class='x'>".repeat(3000), "</div>".repeat(3000));
        let kept = limited(&page);
        assert_eq!((kept.matches("<div").count(), kept.matches("</div>").count()), (DEEPEST, DEEPEST));
        assert!(kept.contains("text") && kept.ends_with("<p>after</p>"));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(page in "(<[a-zé/!]{0,4}>?|é|'){0,60}") {
            let _ = limited(&page);
        }
    }
}
