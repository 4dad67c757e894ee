//! `chancery code`: documents in, records out.
//!
//! One thread reads the sources, a pool reads the documents, one thread writes. A window bounds how much is
//! in flight, so that memory does not grow with the number of documents; the writer puts the readings back
//! into the order of the input, which makes the output independent of the number of threads.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chancery_core::Document;
use chancery_core::record::{Record, sha256_hex};
use chancery_extract::{Engine, ReadOptions, Reading};
use chancery_sources::{Item, Notice, Options, Place, Problem, Warning};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::arguments::{Code, Color, Format, Records};
use crate::config::CodeConfig;
use crate::failure::Failure;
use crate::output::Output;
use crate::table;

/// Bytes of text that may be in flight; one document alone may be larger.
const WINDOW_BYTES: usize = 4 << 20;
/// Documents that may be in flight.
const WINDOW_DOCUMENTS: usize = 256;

/// Largest single document in MiB, unless the user says otherwise. A report is a thousand times smaller; what
/// is larger than this is a file of another kind, and would hold the batch up for an hour.
const MAX_DOCUMENT: u32 = 8;

/// Documents without an event that are named on standard error; of the others only the number is told.
const WITHOUT_EVENT_TOLD: usize = 10;

/// Arguments, environment, files and defaults put together.
#[derive(Debug)]
struct Settings {
    format: Option<Format>,
    records: Records,
    color: Color,
    quiet: bool,
    threads: usize,
    reading: ReadOptions,
    sources: Options,
}

impl Settings {
    fn new(arguments: &Code, config: CodeConfig) -> Settings {
        let mut sources = Options {
            declared_source: arguments.source.clone().or(config.source),
            declared_date: arguments.date,
            ..Options::default()
        };
        let mebibytes = arguments.max_document.or(config.max_document).unwrap_or(MAX_DOCUMENT);
        sources.max_document_bytes = usize::try_from(mebibytes).unwrap_or(usize::MAX) << 20;
        Settings {
            format: arguments.format.or(config.format),
            records: arguments.records.or(config.records).unwrap_or(Records::All),
            color: arguments.color.or(config.color).unwrap_or(Color::Auto),
            quiet: arguments.quiet.or(config.quiet).unwrap_or(false),
            threads: arguments.threads.or(config.threads).unwrap_or(0),
            reading: ReadOptions {
                force_language: arguments.force_language.or(config.force_language).unwrap_or(false),
            },
            sources,
        }
    }
}

/// A pool of so many threads; 0: one for each core.
///
/// # Errors
/// [`Failure::Usage`] when the system does not give them.
pub fn pool(threads: usize) -> Result<ThreadPool, Failure> {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|fault| Failure::Usage(format!("cannot start {threads} threads: {fault}; ask for fewer")))
}

/// What became of one item of the input.
enum Outcome {
    /// It was read.
    Read { reading: Box<Reading>, warnings: Vec<Warning> },
    /// It falls to another shard.
    Elsewhere,
    /// It gave no document, or no reading.
    Failed { line: String, missing: bool },
}

/// What the closing line tells.
#[derive(Debug, Default)]
struct Tally {
    documents: usize,
    sentences: usize,
    words: usize,
    mentions: usize,
    statements: usize,
    /// Documents in which nothing was coded.
    without_event: usize,
    failures: usize,
    /// Failures of arguments that name nothing.
    missing: usize,
    warnings: usize,
    /// Warnings that something of a source was lost.
    losses: usize,
}

/// Runs the command.
///
/// # Errors
/// [`Failure`] when nothing can be read or written at all.
pub fn run(arguments: &Code, config: CodeConfig) -> Result<ExitCode, Failure> {
    let settings = Settings::new(arguments, config);
    let inputs: Vec<String> = arguments
        .inputs
        .iter()
        .map(|input| {
            let name = input.to_str().map(str::to_owned);
            name.ok_or_else(|| {
                Failure::Usage(format!("{}: the name is not UTF-8; name its folder", input.display()))
            })
        })
        .collect::<Result<_, _>>()?;
    let mut reader = chancery_sources::open(&inputs, &settings.sources)?;
    let pool = pool(settings.threads)?;
    let engine = crate::engine()?;
    let output = Output::open(arguments.output.as_deref(), settings.color.into())?;
    let begin = Instant::now();
    note_panics();
    let window = Window::default();
    let stop = AtomicBool::new(false);
    let (sender, receiver) = channel();
    let shown = Presentation::new(&settings, &output);
    let tally = std::thread::scope(|threads| {
        let writer = threads.spawn(|| {
            let written = write_all(receiver, output, &shown, &window, &stop);
            // Whoever waits for room must learn that nobody will write any more.
            stop.store(true, Ordering::Relaxed);
            window.wake();
            written
        });
        pool.in_place_scope_fifo(|scope| {
            let mut warnings = Vec::new();
            let mut number = 0u64;
            for item in reader.by_ref() {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                let shard = arguments.shard;
                match item {
                    Item::Warning(warning) => warnings.push(warning),
                    Item::Document(document) => {
                        let warnings = std::mem::take(&mut warnings);
                        let cost = document.text.len();
                        window.enter(cost, &stop);
                        let sender: Sender<Sent> = sender.clone();
                        let (engine, reading) = (&engine, &settings.reading);
                        if shard.is_none_or(|shard| shard.holds(&document.text_sha256)) {
                            scope.spawn_fifo(move |_| {
                                let outcome = read(engine, &document, reading, warnings);
                                let _ = sender.send((number, cost, outcome));
                            });
                        } else {
                            let _ = sender.send((number, cost, Outcome::Elsewhere));
                        }
                        number += 1;
                    }
                    Item::Failure(failure) => {
                        let place = failure.place.document_uri();
                        // Every shard meets the failure; one tells it.
                        let ours = shard.is_none_or(|shard| shard.holds(&sha256_hex(place.as_bytes())));
                        let outcome = if ours {
                            let missing = names_nothing(&failure.problem);
                            Outcome::Failed { line: failure.to_string(), missing }
                        } else {
                            Outcome::Elsewhere
                        };
                        window.enter(0, &stop);
                        let _ = sender.send((number, 0, outcome));
                        number += 1;
                    }
                }
            }
            drop(sender);
        });
        writer.join().unwrap_or_else(|panic| Err(Failure::Internal(message_of(panic.as_ref()))))
    })?;
    if !settings.quiet {
        anstream::eprintln!("{}", closing_line(&tally, begin.elapsed()));
    }
    Ok(exit_code(&tally))
}

type Sent = (u64, usize, Outcome);

/// Whether the failure is that an argument stands for no file at all.
fn names_nothing(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::NotFound | Problem::NothingMatches | Problem::NoReadableFiles { .. } | Problem::NoInput
    )
}

/// Whether a warning means that something of the source was not used.
fn loses(warning: &Warning) -> bool {
    matches!(warning.notice, Notice::Date(_))
}

fn exit_code(tally: &Tally) -> ExitCode {
    if tally.documents == 0 && tally.failures > 0 && tally.missing == tally.failures {
        ExitCode::from(3)
    } else if tally.failures > 0 || tally.losses > 0 {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}

fn closing_line(tally: &Tally, time: Duration) -> String {
    let seconds = time.as_secs_f64();
    let rate = if seconds > 0.0 { tally.words as f64 / seconds } else { 0.0 };
    let mut line = format!(
        "{}, {}, {}, {}, {}",
        count(tally.documents, "document"),
        count(tally.sentences, "sentence"),
        count(tally.mentions, "event mention"),
        count(tally.statements, "statement"),
        count(tally.failures, "failure"),
    );
    if tally.warnings > 0 {
        let _ = write!(line, ", {}", count(tally.warnings, "warning"));
    }
    if tally.without_event > 0 {
        let _ =
            write!(line, "; nothing coded in {} (why: their notes)", count(tally.without_event, "document"));
    }
    let _ = write!(line, "; {} in {seconds:.1} s ({rate:.0} words/s)", count(tally.words, "word"));
    line
}

fn count(n: usize, what: &str) -> String {
    let mut digits = n.to_string();
    let mut at = digits.len();
    while at > 3 {
        at -= 3;
        digits.insert(at, ',');
    }
    format!("{digits} {what}{}", if n == 1 { "" } else { "s" })
}

/// How much of the input is being read or waits to be written.
#[derive(Debug, Default)]
struct Window {
    inside: Mutex<(usize, usize)>,
    changed: Condvar,
}

impl Window {
    /// Waits until there is room, then takes it.
    fn enter(&self, bytes: usize, stop: &AtomicBool) {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        while inside.0 > 0
            && (inside.0 >= WINDOW_DOCUMENTS || inside.1 + bytes > WINDOW_BYTES)
            && !stop.load(Ordering::Relaxed)
        {
            inside = self.changed.wait(inside).unwrap_or_else(PoisonError::into_inner);
        }
        inside.0 += 1;
        inside.1 += bytes;
    }

    fn leave(&self, bytes: usize) {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        inside.0 = inside.0.saturating_sub(1);
        inside.1 = inside.1.saturating_sub(bytes);
        self.changed.notify_all();
    }

    fn wake(&self) {
        let _inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        self.changed.notify_all();
    }
}

thread_local! {
    /// Where this thread panicked last, and why.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A panic while a document is read is told as that document's failure, not on standard error by itself.
fn note_panics() {
    let verbose = std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0");
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        PANIC.with(|last| *last.borrow_mut() = Some(info.to_string().replace('\n', " ")));
        if verbose {
            usual(info);
        }
    }));
}

fn message_of(panic: &(dyn Any + Send)) -> String {
    let text =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    PANIC.with(|last| last.borrow_mut().take()).unwrap_or_else(|| text.unwrap_or("no message").to_owned())
}

fn read(engine: &Engine, document: &Document, options: &ReadOptions, warnings: Vec<Warning>) -> Outcome {
    match catch_unwind(AssertUnwindSafe(|| engine.read(document, options))) {
        Ok(mut reading) => {
            reading.document.notes.extend(warnings.iter().map(|warning| warning.notice.to_string()));
            Outcome::Read { reading: Box::new(reading), warnings }
        }
        Err(panic) => {
            let place = Place::whole(document.uri.clone());
            let fault = message_of(panic.as_ref());
            let line = format!(
                "{place}: Chancery failed on this document ({fault}); please report it with its text"
            );
            Outcome::Failed { line, missing: false }
        }
    }
}

/// How the readings are shown.
struct Presentation {
    format: Format,
    records: Records,
    quiet: bool,
    width: usize,
    progress: bool,
    interactive: bool,
}

impl Presentation {
    fn new(settings: &Settings, output: &Output) -> Presentation {
        let interactive = output.is_terminal();
        let format = settings.format.unwrap_or(if interactive { Format::Table } else { Format::Jsonl });
        Presentation {
            format,
            records: settings.records,
            quiet: settings.quiet,
            width: table::width(),
            // A bar among the lines of a table would tear them apart.
            progress: !settings.quiet && std::io::stderr().is_terminal() && !interactive,
            interactive,
        }
    }

    fn render(&self, reading: Reading, out: &mut String) -> Result<(), Failure> {
        if self.format == Format::Table {
            table::document(&reading, self.width, out);
            return Ok(());
        }
        let Reading { document, statements, mentions, .. } = reading;
        let mut line = |record: &Record| -> Result<(), Failure> {
            out.push_str(&serde_json::to_string(record).map_err(Failure::json)?);
            out.push('\n');
            Ok(())
        };
        if self.records == Records::All {
            line(&Record::Document(document))?;
            for statement in statements {
                line(&Record::Statement(statement))?;
            }
        }
        for mention in mentions {
            line(&Record::Mention(mention))?;
        }
        Ok(())
    }
}

fn bar(shown: &Presentation) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(
        None,
        if shown.progress { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() },
    );
    if let Ok(style) =
        ProgressStyle::with_template("{spinner} {pos} documents, {elapsed}, {per_sec}  {wide_msg}")
    {
        bar.set_style(style);
    }
    bar
}

/// Puts the outcomes into order and writes them.
fn write_all(
    receiver: Receiver<Sent>,
    mut output: Output,
    shown: &Presentation,
    window: &Window,
    stop: &AtomicBool,
) -> Result<Tally, Failure> {
    let bar = bar(shown);
    let mut tally = Tally::default();
    let mut waiting: BTreeMap<u64, (usize, Outcome)> = BTreeMap::new();
    let mut next = 0;
    let mut text = String::new();
    for (number, cost, outcome) in receiver {
        waiting.insert(number, (cost, outcome));
        while let Some((cost, outcome)) = waiting.remove(&next) {
            next += 1;
            text.clear();
            let written =
                take(outcome, shown, &bar, &mut tally, &mut text).and_then(|()| output.write(&text));
            // A person sees each document as soon as it is read, a pipe gets large pieces.
            let written = if shown.interactive || tally.documents == 1 {
                written.and_then(|()| output.flush())
            } else {
                written
            };
            window.leave(cost);
            if let Err(failure) = written {
                stop.store(true, Ordering::Relaxed);
                bar.finish_and_clear();
                return Err(failure);
            }
        }
    }
    bar.finish_and_clear();
    output.finish()?;
    Ok(tally)
}

fn take(
    outcome: Outcome,
    shown: &Presentation,
    bar: &ProgressBar,
    tally: &mut Tally,
    text: &mut String,
) -> Result<(), Failure> {
    let tell = |line: &str| bar.suspend(|| anstream::eprintln!("chancery: {}", table::one_line(line)));
    match outcome {
        Outcome::Elsewhere => Ok(()),
        Outcome::Failed { line, missing } => {
            tally.failures += 1;
            tally.missing += usize::from(missing);
            tell(&line);
            Ok(())
        }
        Outcome::Read { reading, warnings } => {
            let document = &reading.document;
            tally.documents += 1;
            tally.sentences += document.sentences;
            tally.words += document.words;
            tally.mentions += reading.mentions.len();
            tally.statements += reading.statements.len();
            tally.warnings += warnings.len();
            tally.losses += warnings.iter().filter(|warning| loses(warning)).count();
            warnings.iter().for_each(|warning| tell(&warning.to_string()));
            // What could be read is written all the same, but the batch does not end as if all went well.
            tally.failures += usize::from(!reading.faults.is_empty());
            let place = Place::whole(document.document.uri.clone());
            reading.faults.iter().for_each(|fault| tell(&format!("{place}: {fault}")));
            if reading.mentions.is_empty() {
                tally.without_event += 1;
                // The table says it where the document stands.
                let told = !shown.quiet && shown.format == Format::Jsonl;
                if told && tally.without_event <= WITHOUT_EVENT_TOLD {
                    let why = if document.notes.is_empty() {
                        "nothing coded".to_owned()
                    } else {
                        document.notes.join("; ")
                    };
                    tell(&format!("{}: {why}", Place::whole(document.document.uri.clone())));
                }
            }
            bar.inc(1);
            bar.set_message(document.document.uri.clone());
            shown.render(*reading, text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_counts_in_words() {
        let tally =
            Tally { documents: 1, sentences: 1234, words: 1_000_000, failures: 2, ..Tally::default() };
        let line = closing_line(&tally, Duration::from_secs(100));
        assert_eq!(
            line,
            "1 document, 1,234 sentences, 0 event mentions, 0 statements, 2 failures; 1,000,000 words in 100.0 s \
             (10000 words/s)"
        );
    }

    #[test]
    fn a_window_lets_one_large_document_in_and_holds_the_next_back() {
        let window = Window::default();
        let stop = AtomicBool::new(false);
        window.enter(WINDOW_BYTES * 3, &stop);
        std::thread::scope(|threads| {
            let waits = threads.spawn(|| window.enter(1, &stop));
            assert!(!waits.is_finished());
            window.leave(WINDOW_BYTES * 3);
        });
        assert_eq!(*window.inside.lock().unwrap(), (1, 1));
    }

    #[test]
    fn a_panic_becomes_a_message() {
        let panic = catch_unwind(|| panic!("broken {}", 7)).unwrap_err();
        assert!(message_of(panic.as_ref()).contains("broken 7"));
    }

    #[test]
    fn exit_codes_tell_what_failed() {
        let code = |documents, failures, missing, losses| {
            format!("{:?}", exit_code(&Tally { documents, failures, missing, losses, ..Tally::default() }))
        };
        let is = |n: u8| format!("{:?}", ExitCode::from(n));
        assert_eq!(code(3, 0, 0, 0), is(0));
        assert_eq!(code(3, 1, 1, 0), is(1));
        assert_eq!(code(3, 0, 0, 1), is(1));
        assert_eq!(code(0, 1, 0, 0), is(1));
        assert_eq!(code(0, 2, 2, 0), is(3));
    }
}
