//! What can be wrong with a codebook, said so that its editor can mend it.

use std::fmt;
use std::path::PathBuf;

/// One thing that is wrong in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The table, relative to the folder of the codebook.
    pub file: String,
    /// The line, counted from 1; 0 where the table as a whole is meant.
    pub line: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(formatter, "{}: {}", self.file, self.message)
        } else {
            write!(formatter, "{}:{}: {}", self.file, self.line, self.message)
        }
    }
}

/// Why a codebook could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum CodebookError {
    /// A table is missing or cannot be read.
    #[error("{path}: cannot be read ({source}); a codebook needs all tables of knowledge/codebook", path = path.display())]
    Unreadable {
        /// The table.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The tables are not in order.
    #[error("{}", listing(.0))]
    Problems(Vec<Problem>),
}

fn listing(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
