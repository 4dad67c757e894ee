//! What can be wrong with a folder of tables, said so that its editor can mend it.

use std::path::PathBuf;

/// A table that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KnowledgeError {
    /// A file or folder could not be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// A row or header breaks the rules of its table.
    #[error("{file}, line {line}: {problem}; {remedy}")]
    Row {
        /// Name of the table's file.
        file: String,
        /// Line number in that file, from 1.
        line: usize,
        /// What is wrong.
        problem: String,
        /// What to do about it.
        remedy: String,
    },
    /// The folder holds none of the tables.
    #[error("{}: holds no knowledge table; expected files such as states.tsv or roles.tsv", path.display())]
    NoTables {
        /// The folder.
        path: PathBuf,
    },
    /// The compiled form could not be written or read back.
    #[error("compiled knowledge is damaged: {0}; rebuild the program")]
    Artefact(String),
}

impl KnowledgeError {
    /// A complaint about one line of a table.
    pub(crate) fn row(
        file: &str,
        line: usize,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self::Row { file: file.to_owned(), line, problem: problem.into(), remedy: remedy.into() }
    }
}
