//! The command line: commands, options and the help that explains them.

use std::ffi::OsString;
use std::path::PathBuf;

use chancery_core::DateRange;
use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::Deserialize;

/// Reads political news reports and prints the register of them.
#[derive(Debug, Parser)]
#[command(
    name = "chancery",
    version,
    propagate_version = true,
    about = "Reads political news reports (English) and prints the register of them: who did what to whom, when, \
             where; whether it happened, goes on, is planned, asked for, denied or only imagined; according to \
             whom; and the words that say so.",
    after_help = EXAMPLES,
    after_long_help = LONG_HELP,
    max_term_width = 100
)]
pub struct Arguments {
    /// Configuration file in place of ./chancery.toml and the user's own
    #[arg(long, global = true, value_name = "FILE", env = "CHANCERY_CONFIG")]
    pub config: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  chancery code report.txt                    the events of one report, as a table
  chancery code reports/ > events.jsonl       a folder, one JSON record a line
  chancery code 'wire/**/*.html' --output events.jsonl
  cat report.txt | chancery code - --date 2006-04-12 --source 'Daily Monitor'
  chancery explain report.txt --sentence 3    why this was coded, why that was not

'chancery help code' says more about a command; 'chancery --help' tells exit codes and settings.";

const LONG_HELP: &str = "\
Examples:
  chancery code report.txt                    the events of one report, as a table
  chancery code reports/ > events.jsonl       a folder, one JSON record a line
  chancery code 'wire/**/*.html' --output events.jsonl
  cat report.txt | chancery code - --date 2006-04-12 --source 'Daily Monitor'
  chancery explain report.txt --sentence 3    why this was coded, why that was not

Exit codes:
  0  all went well
  1  some documents failed or gave a date that is none; everything else was read
  2  the command line or a configuration file is wrong; nothing was done
  3  nothing could be read, the output could not be written, or Chancery itself failed

Settings come from, the first that says something:
  1. options on the command line
  2. environment variables: CHANCERY_FORMAT, CHANCERY_RECORDS, CHANCERY_SOURCE, CHANCERY_THREADS,
     CHANCERY_COLOR, CHANCERY_QUIET, CHANCERY_FORCE_LANGUAGE, CHANCERY_MAX_DOCUMENT
  3. the project's file ./chancery.toml (or the file that --config or CHANCERY_CONFIG names)
  4. the user's file chancery/config.toml in $XDG_CONFIG_HOME or ~/.config (Windows: %APPDATA%)
  5. defaults
A file that --config or CHANCERY_CONFIG names is read in place of both files. A file looks so:

  [code]
  format = \"jsonl\"          # table, jsonl
  records = \"all\"           # mentions, all
  source = \"Daily Monitor\"  # outlet of the documents
  threads = 4               # 0: one for each core
  color = \"auto\"            # auto, always, never
  quiet = false
  force_language = false
  max_document = 8          # MiB";

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Code reports: the main job
    Code(Code),
    /// Tell why a sentence was coded as it was, and why what might have been was not
    Explain(Explain),
    /// Measure the reading on gold files
    Eval(Eval),
    /// Look at the annotated corpus
    Corpus {
        /// What to do with it
        #[command(subcommand)]
        command: CorpusCommand,
    },
    /// Print the JSON Schema of the lines that 'code' writes
    Schema,
    /// Print a completion script for a shell
    #[command(
        after_help = "Example:\n  chancery completions bash > ~/.local/share/bash-completion/completions/chancery"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Form of what `code` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// For people: one block an event
    Table,
    /// For programs: one JSON object a line
    Jsonl,
}

/// Which records `code` writes as JSONL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Records {
    /// Event mentions alone
    Mentions,
    /// Documents, statements and event mentions
    All,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<Color> for anstream::ColorChoice {
    fn from(color: Color) -> anstream::ColorChoice {
        match color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::AlwaysAnsi,
            Color::Never => anstream::ColorChoice::Never,
        }
    }
}

/// A part of the documents: those whose text's hash falls to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Number of the part, from 0.
    pub index: u64,
    /// How many parts there are.
    pub of: u64,
}

impl Shard {
    /// Whether what has this hash falls to the part. The hash is in hexadecimal digits.
    pub fn holds(self, hash: &str) -> bool {
        let head = hash.get(..16).and_then(|head| u64::from_str_radix(head, 16).ok());
        head.unwrap_or(0) % self.of == self.index
    }
}

fn shard(text: &str) -> Result<Shard, String> {
    let form = || "expected I/N with I from 1 to N, for instance 2/8".to_owned();
    let (index, of) = text.split_once('/').ok_or_else(form)?;
    let (index, of): (u64, u64) = (index.parse().map_err(|_| form())?, of.parse().map_err(|_| form())?);
    if index == 0 || index > of {
        return Err(form());
    }
    Ok(Shard { index: index - 1, of })
}

fn date(text: &str) -> Result<DateRange, String> {
    chancery_sources::parse_date_range(text).map_err(|fault| fault.to_string())
}

fn sources_help() -> &'static str {
    "Files (.txt .md .html .jsonl .json), folders with all that is below them, patterns in quotation marks, or - \
     for standard input"
}

/// Options of `code`.
#[derive(Debug, Args)]
#[command(after_help = "\
On a terminal the events are shown as a table; into a pipe or a file they go as JSON Lines (see 'chancery
schema'). Documents come out in the order in which they went in, the same for any number of threads. A document
that cannot be read costs one line on standard error and exit code 1; the others are read all the same.

Records of JSON Lines have the fields id, date, title, source, author, url, language and text; others are kept.

Examples:
  chancery code report.txt
  chancery code 2006/*.txt --source 'Eurasia Daily' --format jsonl | jq 'select(.kind==\"mention\") | .act'
  chancery code archive.jsonl --shard 3/16 --output part3.jsonl     the third of sixteen machines")]
pub struct Code {
    #[arg(required = true, value_name = "FILE", help = sources_help())]
    pub inputs: Vec<OsString>,
    /// Date of publication of all documents: a day, a month, or a range as 2006-04-12..2006-04-18
    #[arg(long, value_parser = date, value_name = "DATE")]
    pub date: Option<DateRange>,
    /// Outlet of all documents
    #[arg(long, value_name = "NAME", env = "CHANCERY_SOURCE")]
    pub source: Option<String>,
    /// Form of the output [default: table on a terminal, jsonl otherwise]
    #[arg(long, short, value_enum, env = "CHANCERY_FORMAT")]
    pub format: Option<Format>,
    /// Write into this file, which is replaced once all is done [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Records in JSON Lines [default: all]
    #[arg(long, value_enum, env = "CHANCERY_RECORDS")]
    pub records: Option<Records>,
    /// Code texts in other languages than English too (the model reads English)
    #[arg(long, num_args = 0..=1, default_missing_value = "true", require_equals = true, value_name = "BOOL", env = "CHANCERY_FORCE_LANGUAGE")]
    pub force_language: Option<bool>,
    /// Read only the documents whose text falls to part I of N, by its hash
    #[arg(long, value_parser = shard, value_name = "I/N")]
    pub shard: Option<Shard>,
    /// Threads; 0: one for each core [default: 0]
    #[arg(long, value_name = "N", env = "CHANCERY_THREADS")]
    pub threads: Option<usize>,
    /// No progress bar, no closing line; failures are still told
    #[arg(long, short, num_args = 0..=1, default_missing_value = "true", require_equals = true, value_name = "BOOL", env = "CHANCERY_QUIET")]
    pub quiet: Option<bool>,
    /// Colours [default: auto]
    #[arg(long, value_enum, env = "CHANCERY_COLOR")]
    pub color: Option<Color>,
    /// Largest single document (a file, or a line of JSON Lines) in MiB [default: 8]
    #[arg(long, value_name = "MIB", env = "CHANCERY_MAX_DOCUMENT", value_parser = clap::value_parser!(u32).range(1..=4095))]
    pub max_document: Option<u32>,
}

/// Options of `explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Without --sentence the sentences are listed with their numbers, which are those of the records
(sentence.index). The words are read again, so what is told is true of this version of the model.

Examples:
  chancery explain report.txt
  chancery explain report.txt --sentence 3
  chancery explain --text 'The envoy will visit Lima in May.' --format json")]
pub struct Explain {
    /// The document: a file, or - for standard input
    #[arg(required_unless_present = "text", conflicts_with = "text", value_name = "FILE")]
    pub input: Option<OsString>,
    /// Explain these words in place of a file
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// Number of the sentence, from 0
    #[arg(long, value_name = "N")]
    pub sentence: Option<usize>,
    /// Which document of a file with many: its id or its uri, as the records name it
    #[arg(long, value_name = "ID")]
    pub document: Option<String>,
    /// Form of the output
    #[arg(long, short, value_enum, default_value_t = PlainFormat::Text)]
    pub format: PlainFormat,
}

/// Form of what `explain` and `eval` print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlainFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
}

/// A command of `corpus`.
#[derive(Debug, Subcommand)]
pub enum CorpusCommand {
    /// Print annotated sentences in colour
    Show(CorpusShow),
}

/// Options of `corpus show`.
#[derive(Debug, Args)]
#[command(after_help = "\
Triggers are bold, actors green, recipients magenta, places yellow, times cyan, holders and cues blue.

Examples:
  chancery corpus show corpus/sentences/*.txt | less -R
  chancery corpus show corpus/reports/*.txt --act REQUEST --status denied")]
pub struct CorpusShow {
    /// Files in the form of corpus/GUIDELINES.md
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
    /// Only sentences with a mention of this act, for instance REQUEST
    #[arg(long, value_name = "ACT")]
    pub act: Option<chancery_core::Act>,
    /// Only sentences with a mention of this status, for instance planned
    #[arg(long, value_name = "STATUS")]
    pub status: Option<chancery_core::Status>,
    /// Colours
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// A task of `eval`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Task {
    /// PLOVER root of a marked actor and recipient: JSON Lines with plain, source_spans, target_spans
    Relations,
    /// Has the sentence an event: JSON Lines with text and label (0: none)
    Sentences,
    /// Who and whom: JSON Lines with tokens and tags (S, T, R)
    Roles,
    /// Event mentions: files of the corpus
    Mentions,
    /// A whole report against its chronicle: TEXT GOLD
    Chronicle,
    /// Tags, lemmas, dependencies: CoNLL-U
    Syntax,
    /// Persons, organisations, places: IOB2, or JSON Lines with tokens and tags
    Names,
}

/// Options of `eval`.
#[derive(Debug, Args)]
#[command(after_help = "\
Figures are fractions, not per cent, and counts. Files that the model card names as training data are told on
standard error.

Examples:
  chancery eval syntax en_ewt-ud-dev.conllu
  chancery eval chronicle report.txt report.gold.jsonl --format json")]
pub struct Eval {
    /// What to measure
    #[arg(value_enum)]
    pub task: Task,
    /// Gold files; TEXT GOLD for chronicle
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
    /// Form of the output
    #[arg(long, short, value_enum, default_value_t = PlainFormat::Text)]
    pub format: PlainFormat,
    /// Threads; 0: one for each core
    #[arg(long, value_name = "N", env = "CHANCERY_THREADS", default_value_t = 0)]
    pub threads: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }

    #[test]
    fn shards_part_the_hashes() {
        assert_eq!(shard("2/8"), Ok(Shard { index: 1, of: 8 }));
        for wrong in ["0/8", "9/8", "1", "1/0", "a/b", "-1/2", ""] {
            assert!(shard(wrong).is_err(), "{wrong}");
        }
        let hashes = ["00ff00ff00ff00ff00", "a1b2c3d4e5f60718aa", "ffffffffffffffffff"];
        for hash in hashes {
            let holders = (0..3).filter(|index| Shard { index: *index, of: 3 }.holds(hash)).count();
            assert_eq!(holders, 1);
        }
    }
}
