//! Measures the segmenter on CoNLL-U files, in the way of the CoNLL 2018 shared task.
//!
//! `cargo run --release -p chancery-language --example segmentation -- [--errors] FILE...`
//!
//! The raw text of each document is its `# text` lines joined by spaces, with an empty line at
//! `# newpar`. Tokens and sentences count as right when they cover the same characters, white space
//! left out, as those of the file. With `--errors`, what differs is listed. Genres, where document
//! identifiers hold one ("GUM_news_..."), are counted apart.

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::ops::Range;
use std::process::ExitCode;

use chancery_language::segment::segment;

/// One document with the gold ranges in bytes of its text.
#[derive(Default)]
struct Gold {
    genre: String,
    text: String,
    tokens: Vec<Range<usize>>,
    sentences: Vec<Range<usize>>,
}

#[derive(Default, Clone, Copy)]
struct Counts {
    gold: usize,
    found: usize,
    right: usize,
}

impl Counts {
    fn add(&mut self, gold: &[Range<usize>], found: &[Range<usize>]) {
        let known: HashSet<&Range<usize>> = gold.iter().collect();
        self.gold += gold.len();
        self.found += found.len();
        self.right += found.iter().filter(|range| known.contains(range)).count();
    }

    fn print(&self, genre: &str, name: &str) {
        let precision = self.right as f64 / self.found.max(1) as f64;
        let recall = self.right as f64 / self.gold.max(1) as f64;
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        println!("{genre:<14} {name:<9} P {precision:.4}  R {recall:.4}  F1 {f1:.4}  n {}", self.gold);
    }
}

fn main() -> ExitCode {
    let (flags, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let list_errors = flags.iter().any(|flag| flag == "--errors");
    if files.is_empty() {
        eprintln!("usage: segmentation [--errors] FILE.conllu...");
        return ExitCode::from(2);
    }
    let mut by_genre: BTreeMap<String, [Counts; 2]> = BTreeMap::new();
    for file in &files {
        let content = match std::fs::read_to_string(file) {
            Ok(content) => content,
            Err(error) => {
                eprintln!("{file}: {error}");
                return ExitCode::FAILURE;
            }
        };
        for document in documents(&content) {
            let found = segment(&document.text, &[]);
            let sentences: Vec<Range<usize>> = found.sentences.iter().map(|s| s.range.clone()).collect();
            for genre in [document.genre.as_str(), "all"] {
                let counts = by_genre.entry(genre.to_owned()).or_default();
                counts[0].add(&document.tokens, &found.tokens);
                counts[1].add(&document.sentences, &sentences);
            }
            if list_errors {
                print_errors("token", &document, &document.tokens, &found.tokens);
                print_errors("sentence", &document, &document.sentences, &sentences);
            }
        }
    }
    for (genre, [tokens, sentences]) in &by_genre {
        tokens.print(genre, "tokens");
        sentences.print(genre, "sentences");
    }
    ExitCode::SUCCESS
}

/// Lists stretches where the two disagree: gold, then found.
fn print_errors(name: &str, document: &Gold, gold: &[Range<usize>], found: &[Range<usize>]) {
    let known: HashSet<&Range<usize>> = gold.iter().collect();
    let made: HashSet<&Range<usize>> = found.iter().collect();
    let missed = gold.iter().filter(|range| !made.contains(range)).map(|range| (range, "missed"));
    let extra = found.iter().filter(|range| !known.contains(range)).map(|range| (range, "extra"));
    let mut all: Vec<_> = missed.chain(extra).collect();
    all.sort_by_key(|(range, _)| (range.start, range.end));
    for (range, kind) in all {
        println!("{} {name} {kind}\t{:?}", document.genre, document.text.get(range.clone()).unwrap_or(""));
    }
}

fn documents(content: &str) -> Vec<Gold> {
    let mut documents: Vec<Gold> = Vec::new();
    let mut new_paragraph = true;
    for block in content.split("\n\n").filter(|block| !block.trim().is_empty()) {
        for line in block.lines() {
            if let Some(id) = line.strip_prefix("# newdoc id = ") {
                let genre = id.split(['_', '-']).find(|part| *part != "GUM").unwrap_or(id);
                documents.push(Gold { genre: genre.to_owned(), ..Gold::default() });
                new_paragraph = true;
            }
            new_paragraph |= line == "# newpar" || line.starts_with("# newpar ");
        }
        if documents.is_empty() {
            documents.push(Gold::default());
        }
        let Some(document) = documents.last_mut() else { continue };
        if !document.text.is_empty() {
            document.text.push_str(if new_paragraph { "\n\n" } else { " " });
        }
        new_paragraph = false;
        add_sentence(document, block);
    }
    documents
}

fn add_sentence(document: &mut Gold, block: &str) {
    let Some(text) = block.lines().find_map(|line| line.strip_prefix("# text = ")) else { return };
    let text = text.trim();
    let offset = document.text.len();
    document.text.push_str(text);
    document.sentences.push(offset..document.text.len());
    let mut at = 0;
    let mut multiword = 0;
    for line in block.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(id), Some(form)) = (columns.next(), columns.next()) else { continue };
        if let Some((first, last)) = id.split_once('-') {
            let words: Vec<&str> = block
                .lines()
                .filter_map(|line| line.split_once('\t'))
                .filter(|(id, _)| within(id, first, last))
                .filter_map(|(_, rest)| rest.split('\t').next())
                .collect();
            // Words that are not the letters of their token cannot be found in the text.
            if words.concat() != form {
                push_form(document, text, offset, &mut at, form);
                multiword = last.parse().unwrap_or(0);
            }
        } else if let Ok(number) = id.parse::<usize>()
            && number > multiword
        {
            push_form(document, text, offset, &mut at, form);
        }
    }
}

fn within(id: &str, first: &str, last: &str) -> bool {
    match (id.parse::<usize>(), first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(id), Ok(first), Ok(last)) => (first..=last).contains(&id),
        _ => false,
    }
}

fn push_form(document: &mut Gold, text: &str, offset: usize, at: &mut usize, form: &str) {
    let Some(found) = text.get(*at..).and_then(|rest| rest.find(form)) else { return };
    let start = *at + found;
    *at = start + form.len();
    document.tokens.push(offset + start..offset + *at);
}
