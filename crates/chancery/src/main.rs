//! The command line of Chancery.
//!
//! `main` reads the arguments and the configuration, starts the command and turns its end into an exit code:
//! 0 all went well, 1 some documents failed, 2 the command line or the configuration is wrong, 3 nothing
//! could be read or Chancery itself failed.

mod arguments;
mod code;
mod config;
mod corpus;
mod eval;
mod explain;
mod failure;
mod output;
mod table;

use std::io::Write as _;
use std::process::ExitCode;

use chancery_extract::{Engine, EngineError};
use clap::{CommandFactory, FromArgMatches};

use arguments::{Arguments, Command, CorpusCommand, PlainFormat, Task};
use failure::Failure;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            anstream::eprintln!("chancery: {failure}");
            failure.exit_code()
        }
    }
}

fn run() -> Result<ExitCode, Failure> {
    let arguments = parse();
    let config = config::load(arguments.config.as_deref())?;
    match arguments.command {
        Command::Code(options) => code::run(&options, config.code),
        Command::Explain(options) => explain::run(&options),
        Command::Eval(options) => evaluate(&options),
        Command::Corpus { command: CorpusCommand::Show(options) } => corpus::show(&options),
        Command::Schema => {
            let schema =
                serde_json::to_string_pretty(&chancery_core::record::json_schema()).map_err(Failure::json)?;
            print(&schema)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "chancery", &mut script);
            print(&String::from_utf8_lossy(&script))
        }
    }
}

/// Reads the arguments. The version names codebook, model and knowledge, which are only looked up if asked for.
fn parse() -> Arguments {
    let mut command = Arguments::command();
    if std::env::args_os().skip(1).any(|word| word == "--version" || word == "-V") {
        command = command.version(version());
    }
    let matches = command.get_matches();
    Arguments::from_arg_matches(&matches).unwrap_or_else(|fault| fault.exit())
}

fn version() -> String {
    let own = env!("CARGO_PKG_VERSION");
    match engine() {
        Ok(engine) => {
            let versions = engine.versions();
            format!(
                "{own}\ncodebook {}\nmodel {}\nknowledge {}\nrecord schema {}",
                versions.codebook,
                versions.model,
                versions.knowledge,
                chancery_core::record::SCHEMA_VERSION
            )
        }
        Err(fault) => format!("{own} ({fault})"),
    }
}

/// The engine with the weights that the binary carries.
fn engine() -> Result<Engine, EngineError> {
    Engine::new(chancery_model::READER)
}

fn print(text: &str) -> Result<ExitCode, Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()).map_err(Failure::standard_output)?;
    Ok(ExitCode::SUCCESS)
}

fn evaluate(options: &arguments::Eval) -> Result<ExitCode, Failure> {
    let engine = engine()?;
    for path in eval::trained_on(engine.reader().card(), &options.files) {
        anstream::eprintln!(
            "chancery: {path}: the model card names this file as training data; figures on it say nothing about \
             unseen text"
        );
    }
    let files = &options.files;
    let pool = code::pool(options.threads)?;
    let report = pool.install(|| match options.task {
        Task::Relations => eval::relations::evaluate(engine.reader(), engine.codebook(), files),
        Task::Sentences => eval::sentences::evaluate(&engine, files),
        Task::Roles => eval::roles::evaluate(&engine, files),
        Task::Mentions => eval::mentions::evaluate(&engine, files),
        Task::Chronicle => eval::chronicle::evaluate(&engine, files),
        Task::Syntax => eval::syntax::evaluate(engine.reader(), files),
        Task::Names => eval::names::evaluate(engine.reader(), files),
    })?;
    match options.format {
        PlainFormat::Text => print(&report.to_text()),
        PlainFormat::Json => print(&report.to_json().to_string()),
    }
}
