//! Where records go: standard output or a file that is replaced when all is done.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};

use crate::failure::Failure;

/// An open output.
pub struct Output {
    writer: Box<dyn Write + Send>,
    target: Target,
    terminal: bool,
}

enum Target {
    StandardOutput,
    /// Written in place: a device or a pipe.
    Direct(PathBuf),
    /// Written beside its final name.
    Replaced {
        partial: PathBuf,
        path: PathBuf,
    },
}

impl Output {
    /// Opens the file, or standard output if there is none.
    ///
    /// # Errors
    /// [`Failure::Output`] when the file cannot be made.
    pub fn open(path: Option<&Path>, color: ColorChoice) -> Result<Output, Failure> {
        let Some(path) = path else {
            let terminal = io::stdout().is_terminal();
            let color = match color {
                ColorChoice::Auto => AutoStream::choice(&io::stdout()),
                choice => choice,
            };
            let writer = styled(BufWriter::new(io::stdout()), color);
            return Ok(Output { writer, target: Target::StandardOutput, terminal });
        };
        let special = path.metadata().is_ok_and(|metadata| !metadata.is_file());
        let (opened, target) = if special {
            (path.to_owned(), Target::Direct(path.to_owned()))
        } else {
            let mut partial = path.as_os_str().to_owned();
            partial.push(".partial");
            let partial = PathBuf::from(partial);
            (partial.clone(), Target::Replaced { partial, path: path.to_owned() })
        };
        let file = File::create(&opened).map_err(Failure::file(path))?;
        let color = if color == ColorChoice::AlwaysAnsi { color } else { ColorChoice::Never };
        Ok(Output { writer: styled(BufWriter::new(file), color), target, terminal: false })
    }

    /// Whether a person reads along.
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Writes.
    ///
    /// # Errors
    /// [`Failure::Output`] that names the output.
    pub fn write(&mut self, text: &str) -> Result<(), Failure> {
        self.writer.write_all(text.as_bytes()).map_err(|fault| self.failure(fault))
    }

    /// Hands on what is still held back.
    ///
    /// # Errors
    /// [`Failure::Output`] that names the output.
    pub fn flush(&mut self) -> Result<(), Failure> {
        self.writer.flush().map_err(|fault| self.failure(fault))
    }

    /// Ends the output; a file gets its name now.
    ///
    /// # Errors
    /// [`Failure::Output`] that names the output.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        let Output { writer, target, .. } = self;
        drop(writer);
        match target {
            Target::Replaced { partial, path } => {
                std::fs::rename(&partial, &path).map_err(Failure::file(&path))
            }
            Target::StandardOutput | Target::Direct(_) => Ok(()),
        }
    }

    fn failure(&self, source: io::Error) -> Failure {
        match &self.target {
            Target::StandardOutput => Failure::standard_output(source),
            Target::Direct(path) | Target::Replaced { path, .. } => Failure::file(path)(source),
        }
    }
}

/// Takes styles out of what is written, unless they are wanted.
fn styled(writer: impl Write + Send + 'static, color: ColorChoice) -> Box<dyn Write + Send> {
    match color {
        ColorChoice::Never => Box::new(anstream::StripStream::new(Box::new(writer) as Box<dyn Write + Send>)),
        _ => Box::new(writer),
    }
}
