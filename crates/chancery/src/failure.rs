//! What ends a command before its work is done, and the exit code that says so.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chancery_extract::EngineError;
use chancery_sources::SourceError;

use crate::config::ConfigError;
use crate::eval::EvalError;

/// A failure of the whole command, in one line.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A configuration file is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The arguments fit the grammar but not each other or the input.
    #[error("{0}")]
    Usage(String),
    /// The inputs cannot be taken up at all.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The engine cannot be made.
    #[error("the model in this binary cannot be used: {0}; install Chancery again")]
    Engine(#[from] EngineError),
    /// A gold file is wrong.
    #[error(transparent)]
    Eval(#[from] EvalError),
    /// A file of the corpus is wrong.
    #[error(transparent)]
    Corpus(#[from] chancery_corpus::CorpusError),
    /// Output could not be written.
    #[error("{target}: cannot be written: {source}")]
    Output {
        /// File, or "standard output".
        target: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// Something that should not be.
    #[error("{0}; this is a fault of Chancery, please report it")]
    Internal(String),
}

impl Failure {
    /// A failure to write standard output.
    pub fn standard_output(source: std::io::Error) -> Failure {
        Failure::Output { target: "standard output".into(), source }
    }

    /// A failure to write a file.
    pub fn file(path: &Path) -> impl Fn(std::io::Error) -> Failure + use<> {
        let path = PathBuf::from(path);
        move |source| Failure::Output { target: path.display().to_string(), source }
    }

    /// A record that could not be made into JSON.
    pub fn json(fault: serde_json::Error) -> Failure {
        Failure::Internal(format!("a record could not be written as JSON: {fault}"))
    }

    /// Whether the reader of the output went away, which is no fault.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Failure::Output { source, .. } if source.kind() == std::io::ErrorKind::BrokenPipe)
    }

    /// 2 for what the user can mend on the command line, else 3.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Failure::Config(_) | Failure::Usage(_) | Failure::Eval(EvalError::Usage(_)) => ExitCode::from(2),
            _ => ExitCode::from(3),
        }
    }
}
