//! `chancery explain`: the words as the model reads them, and every trigger that was looked at.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use chancery_core::Document;
use chancery_core::record::SentenceReference;
use chancery_extract::{Engine, Explanation, sentences};
use chancery_sources::{Format, Item, Options};
use serde_json::json;

use crate::arguments::{Explain, PlainFormat};
use crate::failure::Failure;
use crate::table::one_line;

/// Runs the command.
///
/// # Errors
/// [`Failure`] when there is no such document or sentence.
pub fn run(options: &Explain) -> Result<ExitCode, Failure> {
    let document = document(options)?;
    let engine = crate::engine()?;
    let text = match options.sentence {
        Some(number) => one(&engine, &document, number, options.format)?,
        // Words given on the command line are few: all of their sentences are explained.
        None if options.text.is_some() => {
            let count = sentences(&document).len();
            let explained: Result<Vec<String>, Failure> =
                (0..count).map(|number| one(&engine, &document, number, options.format)).collect();
            explained?.join("\n")
        }
        None => list(&document, options.format),
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()).map_err(Failure::standard_output)?;
    Ok(ExitCode::SUCCESS)
}

/// The document that is meant.
fn document(options: &Explain) -> Result<Document, Failure> {
    let settings = Options::default();
    let items: Vec<Item> = match (&options.text, &options.input) {
        (Some(text), _) => chancery_sources::read_bytes("text", text.as_bytes(), Format::Text, &settings),
        (None, Some(input)) => {
            let input =
                input.to_str().ok_or_else(|| Failure::Usage("the name of the file is not UTF-8".into()))?;
            // Only as much is read as is needed to find the document.
            let mut documents = 0;
            let wanted = options.document.as_deref();
            let mut kept = Vec::new();
            for item in chancery_sources::open(&[input.to_owned()], &settings)? {
                let found =
                    matches!(&item, Item::Document(document) if wanted.is_some_and(|id| is(document, id)));
                documents += usize::from(matches!(item, Item::Document(_)));
                kept.push(item);
                if found || (wanted.is_none() && documents > 1) {
                    break;
                }
                if wanted.is_some() {
                    kept.retain(|item| matches!(item, Item::Failure(_)));
                    kept.truncate(1);
                }
            }
            kept
        }
        (None, None) => return Err(Failure::Usage("name a file, or give --text".into())),
    };
    let mut failure = None;
    let mut documents = Vec::new();
    for item in items {
        match item {
            Item::Document(document) => documents.push(*document),
            Item::Warning(warning) => anstream::eprintln!("chancery: {warning}"),
            Item::Failure(fault) => failure = failure.or(Some(fault)),
        }
    }
    if let Some(id) = &options.document {
        let found = documents.into_iter().find(|document| is(document, id));
        return found.ok_or_else(|| Failure::Usage(format!("no document has the id or uri {id:?}")));
    }
    if documents.len() > 1 {
        let example = documents.first().map_or("", |document| document.uri.as_str());
        return Err(Failure::Usage(format!(
            "the input holds many documents; choose with --document, for instance {example}"
        )));
    }
    match (documents.pop(), failure) {
        (Some(document), _) => Ok(document),
        (None, Some(fault)) => Err(fault.into()),
        (None, None) => Err(Failure::Usage("the input holds no document".into())),
    }
}

fn is(document: &Document, id: &str) -> bool {
    document.uri == id || document.id.as_deref() == Some(id)
}

fn one(engine: &Engine, document: &Document, number: usize, format: PlainFormat) -> Result<String, Failure> {
    let explanation = engine.explain(document, number).ok_or_else(|| {
        Failure::Usage(match sentences(document).len() {
            0 => "the document has no sentence".to_owned(),
            n => format!("there is no sentence {number}; the document has the sentences 0 to {}", n - 1),
        })
    })?;
    match format {
        PlainFormat::Json => serde_json::to_string(&explanation).map_err(Failure::json),
        PlainFormat::Text => Ok(for_people(&explanation)),
    }
}

fn list(document: &Document, format: PlainFormat) -> String {
    let mut out = String::new();
    for SentenceReference { index, text: words, .. } in &sentences(document) {
        let _ = match format {
            PlainFormat::Text => writeln!(out, "{index:>4}  {}", one_line(words)),
            PlainFormat::Json => writeln!(out, "{}", json!({"index": index, "text": words})),
        };
    }
    out
}

fn for_people(explanation: &Explanation) -> String {
    let mut out =
        format!("Sentence {}: {}\n\n", explanation.sentence.index, one_line(&explanation.sentence.text));
    let rows: Vec<[String; 7]> = explanation
        .tokens
        .iter()
        .map(|token| {
            [
                token.index.to_string(),
                one_line(&token.text),
                one_line(&token.lemma),
                format!("{} {}", token.upos, token.xpos),
                token.head.unwrap_or(0).to_string(),
                token.relation.clone(),
                token.name.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let header = ["", "word", "lemma", "tags", "head", "relation", "name"].map(str::to_owned);
    let mut widths = [0usize; 7];
    for row in std::iter::once(&header).chain(&rows) {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(textwrap::core::display_width(cell));
        }
    }
    for row in std::iter::once(&header).chain(&rows) {
        let mut line = String::from(" ");
        for (width, cell) in widths.iter().zip(row) {
            let _ = write!(
                line,
                " {cell}{}",
                " ".repeat(width.saturating_sub(textwrap::core::display_width(cell)))
            );
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    if !explanation.roles.is_empty() {
        out.push_str("\nRoles\n");
        explanation.roles.iter().for_each(|role| {
            let _ = writeln!(out, "  {}", one_line(role));
        });
    }
    out.push_str("\nTriggers\n");
    if explanation.candidates.is_empty() {
        out.push_str("  no word of this sentence was taken for a trigger\n");
    }
    for candidate in &explanation.candidates {
        let _ = writeln!(out, "  {}: {}", one_line(&candidate.trigger), candidate.decision);
        for reason in &candidate.reasons {
            let _ = writeln!(out, "    - {}", one_line(reason));
        }
        let acts: Vec<String> =
            candidate.acts.iter().take(4).map(|(act, p)| format!("{act} {p:.2}")).collect();
        if !acts.is_empty() {
            let _ = writeln!(out, "    acts: {}", acts.join(", "));
        }
    }
    out
}
