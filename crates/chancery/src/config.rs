//! Configuration files: what the user settles once, below the command line and the environment.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::arguments::{Color, Format, Records};

/// The name of a project's file, in the folder where the program runs.
const PROJECT_FILE: &str = "chancery.toml";

/// Why a file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is there, or was named, but could not be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// No TOML, an unknown key, or a value that is none.
    #[error("{}, line {line}: {problem}", path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
}

/// What a file says. Keys that it leaves out are open.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Of the command `code`.
    #[serde(default)]
    pub code: CodeConfig,
}

/// Settings of the command `code`; see its options.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeConfig {
    /// Form of the output.
    pub format: Option<Format>,
    /// Records in JSON Lines.
    pub records: Option<Records>,
    /// Outlet of all documents.
    pub source: Option<String>,
    /// Threads; 0: one for each core.
    pub threads: Option<usize>,
    /// Colours.
    pub color: Option<Color>,
    /// Neither progress bar nor closing line.
    pub quiet: Option<bool>,
    /// Code texts in other languages too.
    pub force_language: Option<bool>,
    /// Largest single document in MiB.
    pub max_document: Option<u32>,
}

impl CodeConfig {
    /// What this file says, and where it says nothing what the other does.
    fn or(self, other: CodeConfig) -> CodeConfig {
        CodeConfig {
            format: self.format.or(other.format),
            records: self.records.or(other.records),
            source: self.source.or(other.source),
            threads: self.threads.or(other.threads),
            color: self.color.or(other.color),
            quiet: self.quiet.or(other.quiet),
            force_language: self.force_language.or(other.force_language),
            max_document: self.max_document.or(other.max_document),
        }
    }
}

/// Reads the named file, or else the project's and under it the user's.
///
/// # Errors
/// [`ConfigError`] when a file is wrong, or the named one cannot be read.
pub fn load(named: Option<&Path>) -> Result<Config, ConfigError> {
    if let Some(path) = named {
        return read(path)?.ok_or_else(|| ConfigError::Unreadable {
            path: path.to_owned(),
            source: std::io::Error::new(std::io::ErrorKind::NotFound, "no such file"),
        });
    }
    let project = read(Path::new(PROJECT_FILE))?.unwrap_or_default();
    let user = match user_file() {
        Some(path) => read(&path)?.unwrap_or_default(),
        None => Config::default(),
    };
    Ok(Config { code: project.code.or(user.code) })
}

fn user_file() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        folder("APPDATA")
    } else {
        folder("XDG_CONFIG_HOME").or_else(|| folder("HOME").map(|home| home.join(".config")))
    };
    base.map(|base| base.join("chancery").join("config.toml"))
}

/// What a file says; none if there is no such file.
fn read(path: &Path) -> Result<Option<Config>, ConfigError> {
    match std::fs::read_to_string(path) {
        Ok(text) => parse(path, &text).map(Some),
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ConfigError::Unreadable { path: path.to_owned(), source }),
    }
}

fn parse(path: &Path, text: &str) -> Result<Config, ConfigError> {
    let config: Config = toml::from_str(text).map_err(|fault| {
        let at = fault.span().map_or(0, |span| span.start);
        let line = text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        // The parser explains over several lines; a message is one.
        let problem = fault.message().lines().collect::<Vec<_>>().join(" ");
        ConfigError::Form { path: path.to_owned(), line, problem }
    })?;
    if let Some(size) = config.code.max_document
        && !(1..=4095).contains(&size)
    {
        let line = text
            .lines()
            .position(|line| line.trim_start().starts_with("max_document"))
            .map_or(1, |at| at + 1);
        let problem = format!("max_document is {size}, but must lie between 1 and 4095 (MiB)");
        return Err(ConfigError::Form { path: path.to_owned(), line, problem });
    }
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        parse(Path::new("chancery.toml"), text).unwrap_err().to_string()
    }

    #[test]
    fn the_upper_file_outranks_the_lower() {
        let upper = parse(Path::new("a"), "[code]\nthreads = 2\nformat = \"table\"\n").unwrap();
        let lower = parse(Path::new("b"), "[code]\nthreads = 8\nquiet = true\n").unwrap();
        let both = upper.code.or(lower.code);
        assert_eq!((both.threads, both.quiet, both.format), (Some(2), Some(true), Some(Format::Table)));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let unknown = fault("[code]\nthreads = 2\nthraeds = 3\n");
        assert!(unknown.starts_with("chancery.toml, line 3: ") && unknown.contains("thraeds"), "{unknown}");
        let section = fault("# ours\n[kode]\n");
        assert!(section.contains("line 2") && section.contains("kode"), "{section}");
        let value = fault("[code]\n\nformat = \"xml\"\n");
        assert!(value.contains("line 3") && value.contains("xml"), "{value}");
        let size = fault("[code]\nmax_document = 0\n");
        assert!(size.contains("line 2"), "{size}");
        assert!(fault("[code\n").contains("line 1"));
    }
}
