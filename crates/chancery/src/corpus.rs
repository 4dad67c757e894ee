//! `chancery corpus show`: annotated sentences as a person reads them.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use chancery_core::Status;
use chancery_corpus::{Document, Field, Mention, Sentence};

use crate::arguments::CorpusShow;
use crate::failure::Failure;

/// Runs the command.
///
/// # Errors
/// [`Failure`] when a file is not of the form.
pub fn show(options: &CorpusShow) -> Result<ExitCode, Failure> {
    let mut text = String::new();
    for path in &options.files {
        for document in chancery_corpus::read(Path::new(path))? {
            print(&mut text, &document, options);
        }
    }
    let mut out = anstream::AutoStream::new(std::io::stdout(), options.color.into()).lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Failure::standard_output)?;
    Ok(ExitCode::SUCCESS)
}

fn print(out: &mut String, document: &Document, options: &CorpusShow) {
    let wanted = |sentence: &&Sentence| {
        options.act.is_none_or(|act| sentence.mentions.iter().any(|m| m.act == act))
            && options
                .status
                .is_none_or(|status| sentence.mentions.iter().any(|m| m.status.status() == status))
    };
    let mut titled = false;
    for sentence in document.sentences.iter().filter(wanted) {
        if !titled {
            titled = true;
            let grey = Style::new().dimmed();
            let attributes: Vec<String> =
                document.attributes.iter().map(|(key, value)| format!("{key}={value}")).collect();
            let _ = writeln!(out, "{grey}{}  {}{grey:#}", document.name, attributes.join(" "));
        }
        let _ = writeln!(out, "{}", coloured(sentence));
        for mention in &sentence.mentions {
            let _ = writeln!(out, "    {}", told(sentence, mention));
        }
        out.push('\n');
    }
}

/// The sentence with triggers and participants in their colours.
fn coloured(sentence: &Sentence) -> String {
    let mut styles: Vec<Option<Style>> = vec![None; sentence.text.len()];
    let mut paint = |span: &std::ops::Range<usize>, style: Style| {
        for cell in styles.iter_mut().take(span.end).skip(span.start) {
            *cell = Some(style);
        }
    };
    for mention in &sentence.mentions {
        for (field, span) in &mention.fields {
            if let Some(style) = style(*field) {
                paint(span, style);
            }
        }
    }
    for mention in &sentence.mentions {
        paint(&mention.trigger, trigger_style());
    }
    let mut out = String::new();
    let mut open: Option<Style> = None;
    for (at, c) in sentence.text.char_indices() {
        let now = styles.get(at).copied().flatten();
        if now != open {
            if let Some(before) = open {
                let _ = write!(out, "{before:#}");
            }
            if let Some(style) = now {
                let _ = write!(out, "{style}");
            }
            open = now;
        }
        out.push(c);
    }
    if let Some(style) = open {
        let _ = write!(out, "{style:#}");
    }
    out
}

fn trigger_style() -> Style {
    Style::new().bold().underline()
}

fn style(field: Field) -> Option<Style> {
    let color = match field {
        Field::Actor | Field::Companion => AnsiColor::Green,
        Field::Recipient => AnsiColor::Magenta,
        Field::Place => AnsiColor::Yellow,
        Field::Time => AnsiColor::Cyan,
        Field::Holder | Field::Cue => AnsiColor::Blue,
        _ => return None,
    };
    Some(Style::new().fg_color(Some(color.into())))
}

/// A mention in one line: the trigger, what it tells, and every field with its words.
fn told(sentence: &Sentence, mention: &Mention) -> String {
    let bold = trigger_style();
    let words = |span: &std::ops::Range<usize>| sentence.text.get(span.clone()).unwrap_or("").to_owned();
    let mode = mention.mode.map(|mode| format!("/{mode}")).unwrap_or_default();
    let mut line = format!("{bold}{}{bold:#} {}{mode}", words(&mention.trigger), mention.act);
    let status = mention.status.status();
    if status != Status::Happened {
        let _ = write!(line, " {status}");
    }
    if mention.reciprocal {
        line.push_str(" reciprocal");
    }
    for (field, span) in &mention.fields {
        let style = style(*field).unwrap_or_default();
        let _ = write!(line, " · {} {style}{}{style:#}", field.as_str(), words(span));
    }
    for (field, before) in &mention.outside {
        let _ = write!(line, " · {} ⇐ {before}", field.as_str());
    }
    for (relation, target) in &mention.links {
        let _ = write!(line, " · {} {}", relation.as_str(), words(target));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_and_its_mentions() {
        let text = "S Peru may expel the envoy.\nE expel | SANCTION/expel | actor: Peru | recipient: the envoy | modality: hypothetical\n";
        let documents = chancery_corpus::parse("x", text).unwrap();
        let sentence = &documents[0].sentences[0];
        let plain = |text: String| anstream::adapter::strip_str(&text).to_string();
        assert_eq!(plain(coloured(sentence)), sentence.text);
        assert_eq!(
            plain(told(sentence, &sentence.mentions[0])),
            "expel SANCTION/expel hypothetical · actor Peru · recipient the envoy"
        );
    }
}
