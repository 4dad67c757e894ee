//! From arguments to files: files, folders, patterns and standard input, one at a time.

use std::collections::HashSet;
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use walkdir::WalkDir;

use crate::Format;
use crate::error::{Place, Problem, SourceError};

/// One input to be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Input {
    StandardInput,
    File(PathBuf),
}

enum Argument {
    StandardInput,
    Path(PathBuf),
    Pattern { text: String, base: PathBuf, depth: usize, matcher: GlobMatcher },
}

/// A folder or pattern that is being walked.
struct Walk {
    uri: String,
    entries: walkdir::IntoIter,
    matcher: Option<GlobMatcher>,
    found: usize,
    others: usize,
}

/// The inputs that arguments name, in the order of the arguments; inside folders in the order of names. A file
/// that is named twice, also through a link or a pattern, is read once.
pub(crate) struct Inputs {
    arguments: std::vec::IntoIter<Argument>,
    walk: Option<Walk>,
    seen: HashSet<PathBuf>,
}

impl Inputs {
    pub fn new(arguments: &[String]) -> Result<Self, SourceError> {
        if arguments.is_empty() {
            return Err(SourceError { place: Place::whole("arguments"), problem: Problem::NoInput });
        }
        let arguments = arguments.iter().map(|text| argument(text)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { arguments: arguments.into_iter(), walk: None, seen: HashSet::new() })
    }

    /// Whether this file has not come before.
    fn is_new(&mut self, path: &Path) -> bool {
        // A file that cannot be resolved cannot be read either, which is said when it is opened.
        fs::canonicalize(path).map_or(true, |canonical| self.seen.insert(canonical))
    }

    fn start(&mut self, argument: Argument) -> Option<Result<Input, SourceError>> {
        match argument {
            Argument::StandardInput => {
                self.seen.insert(PathBuf::from("-")).then_some(Ok(Input::StandardInput))
            }
            Argument::Path(path) if path.is_dir() => {
                let entries = WalkDir::new(&path).follow_links(true).sort_by_file_name().into_iter();
                let uri = path.to_string_lossy().into_owned();
                self.walk = Some(Walk { uri, entries, matcher: None, found: 0, others: 0 });
                None
            }
            Argument::Path(path) => self.is_new(&path).then_some(Ok(Input::File(path))),
            Argument::Pattern { text, base, depth, matcher } => {
                let entries =
                    WalkDir::new(base).follow_links(true).max_depth(depth).sort_by_file_name().into_iter();
                self.walk = Some(Walk { uri: text, entries, matcher: Some(matcher), found: 0, others: 0 });
                None
            }
        }
    }
}

impl Iterator for Inputs {
    type Item = Result<Input, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(mut walk) = self.walk.take() else {
                let argument = self.arguments.next()?;
                match self.start(argument) {
                    Some(input) => return Some(input),
                    None => continue,
                }
            };
            match walk.advance() {
                Some(Ok(path)) => {
                    self.walk = Some(walk);
                    if self.is_new(&path) {
                        return Some(Ok(Input::File(path)));
                    }
                }
                Some(Err(error)) => {
                    self.walk = Some(walk);
                    return Some(Err(error));
                }
                None => {
                    if let Some(problem) = walk.disappointment() {
                        return Some(Err(SourceError { place: Place::whole(walk.uri), problem }));
                    }
                }
            }
        }
    }
}

impl Walk {
    fn advance(&mut self) -> Option<Result<PathBuf, SourceError>> {
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                // A link to a folder that is being walked leads to nothing new.
                Err(error) if error.loop_ancestor().is_some() => continue,
                Err(error) => {
                    let place = Place::whole(error.path().unwrap_or(Path::new(&self.uri)).to_string_lossy());
                    self.found += 1;
                    return Some(Err(SourceError { place, problem: unreadable(error.into()) }));
                }
            };
            let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
            let is_folder = entry.file_type().is_dir();
            if hidden && self.matcher.is_none() {
                if is_folder {
                    self.entries.skip_current_dir();
                }
                continue;
            }
            if is_folder {
                continue;
            }
            let path = entry.path();
            let path = path.strip_prefix("./").unwrap_or(path).to_owned();
            let wanted = match &self.matcher {
                Some(matcher) => matcher.is_match(&path),
                None => format_of(&path).is_some(),
            };
            if wanted {
                self.found += 1;
                return Some(Ok(path));
            }
            self.others += 1;
        }
    }

    /// What to say when nothing was found.
    fn disappointment(&self) -> Option<Problem> {
        if self.found > 0 {
            None
        } else if self.matcher.is_some() {
            Some(Problem::NothingMatches)
        } else {
            let known = Format::EXTENSIONS.map(|(extension, _)| format!(".{extension}")).join(" ");
            Some(Problem::NoReadableFiles { others: self.others, known })
        }
    }
}

fn argument(text: &str) -> Result<Argument, SourceError> {
    const SIGNS: [char; 4] = ['*', '?', '[', '{'];
    if text == "-" {
        return Ok(Argument::StandardInput);
    }
    let path = PathBuf::from(text);
    // A file may well be called "report[1].txt".
    if !text.contains(SIGNS) || fs::symlink_metadata(&path).is_ok() {
        return Ok(Argument::Path(path));
    }
    let pattern = text.strip_prefix("./").unwrap_or(text);
    let glob = GlobBuilder::new(pattern).literal_separator(true).build().map_err(|error| SourceError {
        place: Place::whole(text),
        problem: Problem::BadPattern(error.kind().to_string()),
    })?;
    let is_plain = |part: &&std::ffi::OsStr| !part.to_string_lossy().contains(SIGNS);
    let parts: Vec<_> = Path::new(pattern).iter().collect();
    let base: PathBuf = parts.iter().copied().take_while(is_plain).collect();
    let rest = parts.len() - base.iter().count();
    // Braces may hold separators, so that the depth of such a pattern is not known.
    let depth = if pattern.contains("**") || pattern.contains('{') { usize::MAX } else { rest };
    let base = if base.as_os_str().is_empty() { PathBuf::from(".") } else { base };
    Ok(Argument::Pattern { text: text.to_owned(), base, depth, matcher: glob.compile_matcher() })
}

/// The format that a file's name stands for.
pub(crate) fn format_of(path: &Path) -> Option<Format> {
    Format::from_extension(path.extension()?.to_str()?)
}

/// Looks at a path without opening it: opening a named pipe would wait for a writer.
pub(crate) fn size_of_file(path: &Path) -> Result<u64, Problem> {
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if metadata.is_file() { Ok(metadata.len()) } else { Err(Problem::NotAFile(kind(metadata.file_type()))) }
}

#[cfg(unix)]
fn kind(file_type: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if file_type.is_fifo() {
        "a named pipe"
    } else if file_type.is_socket() {
        "a socket"
    } else if file_type.is_dir() {
        "a folder"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn kind(file_type: FileType) -> &'static str {
    if file_type.is_dir() { "a folder" } else { "a device" }
}

/// What an error of the operating system means for the user.
pub(crate) fn unreadable(error: std::io::Error) -> Problem {
    if error.kind() == std::io::ErrorKind::NotFound { Problem::NotFound } else { Problem::Unreadable(error) }
}
