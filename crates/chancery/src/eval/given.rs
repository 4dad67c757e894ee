//! Documents that are made of the tokens of a gold file.

use std::ops::Range;

use chancery_core::ZoneKind;
use chancery_language::segment::{Segmentation, SentenceSpan};

/// A text made of given tokens, cut exactly there.
#[derive(Debug, Default)]
pub struct Given {
    /// The tokens, one space between them.
    pub text: String,
    /// The tokens and sentences as they were given.
    pub segmentation: Segmentation,
}

impl Given {
    /// Joins the tokens of sentences to one document. Empty sentences are left out.
    pub fn new<'a, S>(sentences: impl IntoIterator<Item = S>) -> Given
    where
        S: IntoIterator<Item = &'a str>,
    {
        let mut given = Given::default();
        let Segmentation { tokens, sentences: spans } = &mut given.segmentation;
        for sentence in sentences {
            let first = tokens.len();
            for token in sentence {
                if !given.text.is_empty() {
                    given.text.push(' ');
                }
                let start = given.text.len();
                given.text.push_str(token);
                tokens.push(start..given.text.len());
            }
            if let Some([head, ..]) = tokens.get(first..)
                && let Some(tail) = tokens.last()
            {
                let range = head.start..tail.end;
                spans.push(SentenceSpan {
                    tokens: first..tokens.len(),
                    range,
                    paragraph: 0,
                    zone: ZoneKind::Body,
                });
            }
        }
        given
    }
}

/// A running text made of tokens: spaces stand where print has them. Returns the text and the byte range
/// of every token in it.
pub fn running_text(tokens: &[String]) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut ranges = Vec::with_capacity(tokens.len());
    let mut inside_quotes = false;
    let mut glue = true;
    for token in tokens {
        let closes = match token.as_str() {
            "\"" => inside_quotes,
            "," | "." | ";" | ":" | "?" | "!" | "%" | ")" | "]" | "”" | "’" | "..." | "…" | "''" => {
                true
            }
            other => is_clitic(other),
        };
        if !glue && !closes {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(token);
        ranges.push(start..text.len());
        if token == "\"" {
            inside_quotes = !inside_quotes;
        }
        // A lone apostrophe is the first half of a clitic that was cut twice.
        glue = matches!(token.as_str(), "(" | "[" | "“" | "$" | "£" | "€" | "``" | "’")
            || (token == "\"" && inside_quotes);
    }
    (text, ranges)
}

fn is_clitic(token: &str) -> bool {
    let lower = token.to_lowercase().replace(['’', 'ʼ'], "'");
    matches!(lower.as_str(), "'s" | "'re" | "'ve" | "'ll" | "'d" | "'m" | "n't")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_sentences_stay_as_given() {
        let given = Given::new([vec!["Talks", "failed", "."], vec![], vec!["Both", "left", "."]]);
        assert_eq!(given.text, "Talks failed . Both left .");
        let cut: Vec<&str> = given.segmentation.tokens.iter().map(|t| &given.text[t.clone()]).collect();
        assert_eq!(cut, ["Talks", "failed", ".", "Both", "left", "."]);
        let sentences: Vec<&str> =
            given.segmentation.sentences.iter().map(|s| &given.text[s.range.clone()]).collect();
        assert_eq!(sentences, ["Talks failed .", "Both left ."]);
    }

    #[test]
    fn a_running_text_has_spaces_where_print_has_them() {
        let tokens = "\" We wo n't ( yet ) sign , \" Lima 's envoy said ."
            .split(' ')
            .map(str::to_owned)
            .collect::<Vec<_>>();
        let (text, ranges) = running_text(&tokens);
        assert_eq!(text, "\"We won't (yet) sign,\" Lima's envoy said.");
        assert!(tokens.iter().zip(&ranges).all(|(token, range)| text[range.clone()] == **token));
    }
}
