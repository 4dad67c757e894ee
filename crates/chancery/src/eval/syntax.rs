//! `eval syntax`: tags, lemmas and dependencies against CoNLL-U, from gold tokens and from raw text.
//!
//! Raw text is scored as the CoNLL 2018 shared task does: words are aligned by the characters that they
//! cover, white space left out; F1 counts words of both sides; relations are compared without subtypes.
//! Tokens here are syntactic words ("do" and "n't"), because that is what the tokeniser makes.

use std::collections::HashMap;
use std::ops::Range;

use chancery_language::model::{Analysis, Reader};
use chancery_language::segment::segment;
use rayon::prelude::*;
use serde_json::json;

use super::conllu::{self, Document, Sentence};
use super::given::Given;
use super::measures::{Counts, share};
use super::{EvalError, Report};

/// Counts of right words, from gold tokens.
#[derive(Debug, Default, Clone, Copy)]
struct GoldTokens {
    words: usize,
    upos: usize,
    xpos: usize,
    lemma: usize,
    head: usize,
    labelled: usize,
    with_subtype: usize,
}

/// Counts from raw text.
#[derive(Debug, Default, Clone, Copy)]
struct Raw {
    tokens: Counts,
    sentences: Counts,
    upos: Counts,
    head: Counts,
    labelled: Counts,
}

/// Measures the files.
///
/// # Errors
/// [`EvalError`] when a file cannot be read or is no CoNLL-U.
pub fn evaluate(reader: &Reader, paths: &[String]) -> Result<Report, EvalError> {
    let mut gold = GoldTokens::default();
    let mut raw = Raw::default();
    let mut sentences = 0;
    for path in paths {
        let documents = conllu::read(path)?;
        sentences += documents.iter().map(Vec::len).sum::<usize>();
        let results: Vec<(GoldTokens, Raw)> = documents
            .par_iter()
            .map(|document| (from_gold_tokens(reader, document), from_raw_text(reader, document)))
            .collect();
        for (g, r) in results {
            gold.words += g.words;
            gold.upos += g.upos;
            gold.xpos += g.xpos;
            gold.lemma += g.lemma;
            gold.head += g.head;
            gold.labelled += g.labelled;
            gold.with_subtype += g.with_subtype;
            raw.tokens.add(r.tokens);
            raw.sentences.add(r.sentences);
            raw.upos.add(r.upos);
            raw.head.add(r.head);
            raw.labelled.add(r.labelled);
        }
    }
    let mut report = Report::new("syntax", sentences);
    report.value("words", json!(gold.words));
    for (name, right) in [
        ("gold_tokens.upos", gold.upos),
        ("gold_tokens.xpos", gold.xpos),
        ("gold_tokens.lemma", gold.lemma),
        ("gold_tokens.uas", gold.head),
        ("gold_tokens.las", gold.labelled),
        ("gold_tokens.las_with_subtypes", gold.with_subtype),
    ] {
        report.figure(name, share(right, gold.words));
    }
    for (name, counts) in [
        ("raw.upos", raw.upos),
        ("raw.uas", raw.head),
        ("raw.las", raw.labelled),
        ("raw.sentence_f1", raw.sentences),
        ("raw.token_f1", raw.tokens),
    ] {
        report.figure(name, counts.f1());
    }
    report.remark(
        "From gold tokens: accuracy over words. From raw text: F1 over aligned words (CoNLL 2018). LAS compares \
         relations without their subtypes unless it says otherwise; tokens are syntactic words.",
    );
    Ok(report)
}

fn universal(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

fn from_gold_tokens(reader: &Reader, document: &Document) -> GoldTokens {
    let given = Given::new(document.iter().map(|sentence| sentence.words.iter().map(|w| w.form.as_str())));
    let analysis = reader.read(&given.text, given.segmentation);
    let mut counts = GoldTokens::default();
    let mut first = 0;
    for sentence in document {
        for (i, gold) in sentence.words.iter().enumerate() {
            let word = first + i;
            let head = analysis.head(word).map_or(0, |head| (head + 1).saturating_sub(first));
            let same_head = head == gold.head;
            let relation = analysis.relation(word);
            counts.words += 1;
            counts.upos += usize::from(analysis.upos(word) == gold.upos);
            counts.xpos += usize::from(analysis.xpos(word) == gold.xpos);
            counts.lemma += usize::from(gold.lemma == "_" || analysis.lemma(word) == gold.lemma);
            counts.head += usize::from(same_head);
            counts.labelled += usize::from(same_head && universal(relation) == universal(&gold.relation));
            counts.with_subtype += usize::from(same_head && relation == gold.relation);
        }
        first += sentence.words.len();
    }
    counts
}

/// A gold word of a document, with the characters that it covers.
struct GoldWord<'a> {
    /// Characters without white space; of the whole token where a word stands for no part of its own.
    range: Range<usize>,
    /// Whether the range is the word's own.
    exact: bool,
    word: &'a conllu::Word,
    /// Index of the head word in the document.
    head: Option<usize>,
}

/// The text of a document, with blank lines between paragraphs.
fn raw_text(document: &Document) -> String {
    let mut text = String::new();
    let mut previous: Option<&Sentence> = None;
    for sentence in document {
        if let Some(previous) = previous {
            let glued = previous.surface.last().is_some_and(|token| !token.space_after);
            text.push_str(match (sentence.new_paragraph, glued) {
                (true, _) => "\n\n",
                (false, true) => "",
                (false, false) => " ",
            });
        }
        text.push_str(&sentence.text());
        previous = Some(sentence);
    }
    text
}

fn solid_length(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Gold words and sentences by characters without white space.
fn gold_words(document: &Document) -> (Vec<GoldWord<'_>>, Vec<Range<usize>>) {
    let mut words = Vec::new();
    let mut sentences = Vec::new();
    let mut at = 0;
    for sentence in document {
        let first = words.len();
        let start = at;
        for token in &sentence.surface {
            let whole = at..at + solid_length(&token.form);
            let parts = sentence.words.get(token.words.clone()).unwrap_or_default();
            let exact =
                parts.len() == 1 || parts.iter().map(|w| w.form.as_str()).collect::<String>() == token.form;
            for word in parts {
                let own = at..at + solid_length(&word.form);
                let range = if exact && parts.len() > 1 { own } else { whole.clone() };
                at = range.end;
                let head = word.head.checked_sub(1).map(|head| first + head);
                words.push(GoldWord { range, exact, word, head });
            }
            at = whole.end;
        }
        sentences.push(start..at);
    }
    (words, sentences)
}

fn from_raw_text(reader: &Reader, document: &Document) -> Raw {
    let text = raw_text(document);
    let segmentation = segment(&text, &[]);
    let analysis = reader.read(&text, segmentation);
    let mut solid = Vec::with_capacity(text.len() + 1);
    let mut count = 0;
    for character in text.chars() {
        solid.extend(std::iter::repeat_n(count, character.len_utf8()));
        count += usize::from(!character.is_whitespace());
    }
    solid.push(count);
    let place = |range: &Range<usize>| {
        solid.get(range.start).copied().unwrap_or(count)..solid.get(range.end).copied().unwrap_or(count)
    };
    let ours: Vec<Range<usize>> = analysis.tokens.iter().map(|token| place(&token.range)).collect();
    let our_sentences: Vec<Range<usize>> = analysis.sentences.iter().map(|s| place(&s.range)).collect();
    let (gold, gold_sentences) = gold_words(document);
    let aligned = align(&gold, &ours, |word| text.get(analysis.tokens.get(word)?.range.clone()));
    score(&gold, &gold_sentences, &analysis, &our_sentences, &aligned)
}

/// For every gold word the word of ours that it is.
fn align<'t>(
    gold: &[GoldWord<'_>],
    ours: &[Range<usize>],
    form: impl Fn(usize) -> Option<&'t str>,
) -> Vec<Option<usize>> {
    let by_range: HashMap<&Range<usize>, usize> =
        ours.iter().enumerate().map(|(i, range)| (range, i)).collect();
    let mut aligned: Vec<Option<usize>> =
        gold.iter().map(|word| if word.exact { by_range.get(&word.range).copied() } else { None }).collect();
    let mut start = 0;
    while start < gold.len() {
        let end = start
            + gold[start..].iter().take_while(|w| !w.exact && w.range == gold[start].range).count().max(1);
        if !gold[start].exact {
            // Words that are not parts of their token's letters: the longest common sequence of forms.
            let region = &gold[start].range;
            let inside: Vec<usize> = (ours.partition_point(|r| r.start < region.start)..ours.len())
                .take_while(|i| ours[*i].end <= region.end)
                .collect();
            let left: Vec<String> = gold[start..end].iter().map(|w| w.word.form.to_lowercase()).collect();
            let right: Vec<String> = inside.iter().map(|i| form(*i).unwrap_or("").to_lowercase()).collect();
            for (g, o) in common_sequence(&left, &right) {
                aligned[start + g] = inside.get(o).copied();
            }
        }
        start = end;
    }
    aligned
}

/// Index pairs of a longest common subsequence.
fn common_sequence(left: &[String], right: &[String]) -> Vec<(usize, usize)> {
    let mut best = vec![vec![0usize; right.len() + 1]; left.len() + 1];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            best[i][j] =
                if left[i] == right[j] { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < left.len() && j < right.len() {
        if left[i] == right[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn score(
    gold: &[GoldWord<'_>],
    gold_sentences: &[Range<usize>],
    analysis: &Analysis,
    our_sentences: &[Range<usize>],
    aligned: &[Option<usize>],
) -> Raw {
    let (mut words, mut upos, mut head, mut labelled) = (0, 0, 0, 0);
    for (gold_word, ours) in gold.iter().zip(aligned) {
        let Some(ours) = *ours else { continue };
        words += 1;
        upos += usize::from(analysis.upos(ours) == gold_word.word.upos);
        let same_head = match (gold_word.head, analysis.head(ours)) {
            (None, None) => true,
            (Some(gold_head), Some(our_head)) => aligned.get(gold_head).copied().flatten() == Some(our_head),
            _ => false,
        };
        head += usize::from(same_head);
        labelled += usize::from(
            same_head && universal(analysis.relation(ours)) == universal(&gold_word.word.relation),
        );
    }
    let counts = |right| Counts { right, found: analysis.tokens.len(), gold: gold.len() };
    let both: std::collections::HashSet<&Range<usize>> = our_sentences.iter().collect();
    let right = gold_sentences.iter().filter(|sentence| both.contains(sentence)).count();
    Raw {
        tokens: counts(words),
        sentences: Counts { right, found: our_sentences.len(), gold: gold_sentences.len() },
        upos: counts(upos),
        head: counts(head),
        labelled: counts(labelled),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(form: &str) -> conllu::Word {
        let text = String::new;
        conllu::Word {
            form: form.into(),
            lemma: text(),
            upos: text(),
            xpos: text(),
            head: 0,
            relation: text(),
        }
    }

    #[test]
    fn words_that_are_no_part_of_their_token_align_by_form() {
        let (a, b, c) = (word("de"), word("el"), word("mar"));
        let gold = [
            GoldWord { range: 0..3, exact: false, word: &a, head: None },
            GoldWord { range: 0..3, exact: false, word: &b, head: None },
            GoldWord { range: 3..6, exact: true, word: &c, head: None },
        ];
        let text = "delmar";
        let ours = [0..1, 1..3, 3..6];
        assert_eq!(align(&gold, &ours, |i| text.get(ours[i].clone())), [None, Some(1), Some(2)]);
        assert_eq!(align(&gold, &[0..3, 3..6], |i| text.get(ours[i].clone())), [None, None, Some(1)]);
    }

    #[test]
    fn gold_words_cover_their_characters() {
        let surface =
            |form: &str, words, space_after| conllu::Surface { form: form.into(), words, space_after };
        let sentence = Sentence {
            words: ["I", "ca", "n't", "go"].into_iter().map(word).collect(),
            surface: vec![surface("I", 0..1, true), surface("can't", 1..3, true), surface("go", 3..4, true)],
            ..Sentence::default()
        };
        let document = vec![sentence.clone(), sentence];
        let (words, sentences) = gold_words(&document);
        let ranges: Vec<Range<usize>> = words.iter().take(4).map(|w| w.range.clone()).collect();
        assert_eq!(ranges, [0..1, 1..3, 3..6, 6..8]);
        assert!(words.iter().all(|w| w.exact));
        assert_eq!(sentences, [0..8, 8..16]);
        assert_eq!(raw_text(&document), "I can't go I can't go");
    }
}
