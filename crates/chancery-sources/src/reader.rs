//! Reading sources one by one, each kind in its way.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use encoding_rs_io::DecodeReaderBytesBuilder;
use serde_json::Value;

use crate::assemble::{Origin, document};
use crate::block::Draft;
use crate::encoding::{Decoded, declared_in_page, decode, known_binary};
use crate::error::{Notice, Place, Position, Problem, SourceError, Warning};
use crate::inputs::{Input, Inputs, format_of, size_of_file, unreadable};
use crate::{Format, Item, Options, html, json, markdown, plain};

/// Name and version of the extractor of plain text.
const TEXT_EXTRACTOR: &str = "text/1";
const BUFFER: usize = 64 << 10;

type Source = Box<dyn BufRead + Send>;

/// The documents of many sources, read lazily: no more than one file, or one line of a JSON Lines file, is held
/// at a time. A source that cannot be read is one [`Item::Failure`], and the next one follows.
pub struct Reader {
    inputs: Inputs,
    options: Options,
    standard_input: Option<Source>,
    waiting: VecDeque<Item>,
    records: Records<Source>,
    files: u64,
}

/// What is left of a source that holds many documents.
enum Records<R> {
    None,
    Lines(Lines<R>),
    Array { uri: String, values: std::vec::IntoIter<Value>, count: u64, encoding: (&'static str, bool) },
}

/// Opens sources: files, folders (with all that is below them, files of known names only), patterns such as
/// `"reports/**/*.txt"`, and `-` for standard input.
///
/// # Errors
/// If there are no arguments, or one is a pattern that cannot be understood. Whatever else is wrong with a
/// source comes out of the reader when its turn has come.
pub fn open(arguments: &[String], options: &Options) -> Result<Reader, SourceError> {
    Ok(Reader {
        inputs: Inputs::new(arguments)?,
        options: options.clone(),
        standard_input: None,
        waiting: VecDeque::new(),
        records: Records::None,
        files: 0,
    })
}

/// Reads one source that is in memory already. `uri` is what its documents and errors are called.
pub fn read_bytes(uri: &str, bytes: &[u8], format: Format, options: &Options) -> Vec<Item> {
    let mut items = Vec::new();
    let mut records = match format {
        Format::JsonLines => lines_of(uri, bytes).map_or_else(
            |problem| {
                items.push(failure(Place::whole(uri), problem));
                Records::None
            },
            Records::Lines,
        ),
        Format::Json => match json_file(uri, bytes, options) {
            JsonFile::Items(found) => {
                items.extend(found);
                Records::None
            }
            JsonFile::Array(records) => records,
            JsonFile::Lines => {
                Records::Lines(Lines::new(uri, Box::new(bytes) as Box<dyn BufRead + Send + '_>))
            }
        },
        _ => {
            items.extend(whole(uri, bytes, format, options));
            Records::None
        }
    };
    while let Some(mut found) = records.next(options) {
        items.append(&mut found);
    }
    items
}

impl Reader {
    /// Takes this in place of the process's standard input for the argument `-`.
    #[must_use]
    pub fn with_standard_input(mut self, input: impl BufRead + Send + 'static) -> Self {
        self.standard_input = Some(Box::new(input));
        self
    }

    /// How many sources have been opened so far, those that could not be read included.
    pub fn sources(&self) -> u64 {
        self.files
    }

    fn open(&mut self, input: Input) {
        self.files += 1;
        let uri = match &input {
            Input::StandardInput => "-".to_owned(),
            Input::File(path) => path.to_string_lossy().into_owned(),
        };
        if let Err(problem) = self.take_up(&uri, input) {
            self.waiting.push_back(failure(Place::whole(uri), problem));
        }
    }

    fn take_up(&mut self, uri: &str, input: Input) -> Result<(), Problem> {
        let (mut source, size, named): (Source, u64, Option<Format>) = match input {
            Input::StandardInput => {
                let standard_input = self.standard_input.take();
                (standard_input.unwrap_or_else(|| Box::new(BufReader::new(io::stdin()))), 0, None)
            }
            Input::File(path) => {
                let size = size_of_file(&path)?;
                let file = File::open(&path).map_err(unreadable)?;
                (Box::new(BufReader::with_capacity(BUFFER, file)), size, format_of(&path))
            }
        };
        let format = match self.options.format.or(named) {
            Some(format) => format,
            None => sniff(source.fill_buf().map_err(unreadable)?),
        };
        if format == Format::JsonLines {
            self.records = Records::Lines(lines_of(uri, source)?);
            return Ok(());
        }
        let limit = limit(format, &self.options);
        if size > limit as u64 {
            return Err(Problem::TooLarge { limit });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default().min(limit));
        source.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if format == Format::Json {
            match json_file(uri, &bytes, &self.options) {
                JsonFile::Items(items) => self.waiting.extend(items),
                JsonFile::Array(records) => self.records = records,
                JsonFile::Lines => {
                    let source: Source = Box::new(Cursor::new(bytes));
                    self.records = Records::Lines(lines_of(uri, source)?);
                }
            }
        } else {
            self.waiting.extend(whole(uri, &bytes, format, &self.options));
        }
        Ok(())
    }
}

impl Iterator for Reader {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.waiting.pop_front() {
                return Some(item);
            }
            if let Some(items) = self.records.next(&self.options) {
                self.waiting.extend(items);
                continue;
            }
            self.records = Records::None;
            match self.inputs.next()? {
                Ok(input) => self.open(input),
                Err(error) => {
                    self.files += 1;
                    return Some(Item::Failure(error));
                }
            }
        }
    }
}

fn failure(place: Place, problem: Problem) -> Item {
    Item::Failure(SourceError { place, problem })
}

fn limit(format: Format, options: &Options) -> usize {
    if format == Format::Html { options.max_html_bytes } else { options.max_document_bytes }
}

/// The format of a source whose name says nothing.
fn sniff(head: &[u8]) -> Format {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if head.starts_with(b"{") {
        let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        // A record over several lines opens with a brace and a line break.
        let one_line = line.len() == head.len() || line.trim_ascii_end().ends_with(b"}");
        if one_line { Format::JsonLines } else { Format::Json }
    } else if head.strip_prefix(b"[").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"{")) {
        Format::Json
    } else if looks_like_page(&String::from_utf8_lossy(head.get(..64).unwrap_or(head))) {
        Format::Html
    } else {
        Format::Text
    }
}

fn looks_like_page(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(16).collect::<String>().to_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<head")
}

/// Reads a source that is one document.
fn whole(uri: &str, bytes: &[u8], format: Format, options: &Options) -> Vec<Item> {
    let place = Place::whole(uri);
    let limit = limit(format, options);
    if bytes.len() > limit {
        return vec![failure(place, Problem::TooLarge { limit })];
    }
    let declared = if format == Format::Html { declared_in_page(bytes) } else { None };
    let decoded = match decode(bytes, declared) {
        Ok(decoded) => decoded,
        Err(problem) => return vec![failure(place, problem)],
    };
    let mut items = warnings(&place, &decoded);
    let Decoded { text, encoding, detected, .. } = decoded;
    let (draft, extractor) = match format {
        Format::Html => (html::read(&text), html::EXTRACTOR),
        Format::Markdown => (markdown::read(&text), markdown::EXTRACTOR),
        _ => {
            if looks_like_page(&text) {
                items.push(Item::Warning(Warning { place: place.clone(), notice: Notice::LooksLikeHtml }));
            }
            let text =
                if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
            let blocks = plain::blocks(&text);
            (Draft { text, blocks, ..Draft::default() }, TEXT_EXTRACTOR)
        }
    };
    let origin = Origin { place, bytes, extractor, encoding, encoding_detected: detected };
    items.extend(document(draft, origin, options));
    items
}

fn warnings(place: &Place, decoded: &Decoded) -> Vec<Item> {
    let notice = Notice::BrokenSequences { count: decoded.replaced, encoding: decoded.encoding };
    let warning = Item::Warning(Warning { place: place.clone(), notice });
    if decoded.replaced > 0 { vec![warning] } else { Vec::new() }
}

/// Makes a document of one JSON value.
fn record(
    place: Place,
    value: Value,
    bytes: &[u8],
    encoding: (&'static str, bool),
    options: &Options,
) -> Vec<Item> {
    match json::read(value) {
        Ok((draft, extractor)) => {
            let origin =
                Origin { place, bytes, extractor, encoding: encoding.0, encoding_detected: encoding.1 };
            document(draft, origin, options)
        }
        Err(problem) => vec![failure(place, problem)],
    }
}

enum JsonFile<R> {
    Items(Vec<Item>),
    Array(Records<R>),
    /// In spite of its name the file holds a record a line.
    Lines,
}

fn json_file<R>(uri: &str, bytes: &[u8], options: &Options) -> JsonFile<R> {
    let place = Place::whole(uri);
    if bytes.len() > options.max_document_bytes {
        return JsonFile::Items(vec![failure(
            place,
            Problem::TooLarge { limit: options.max_document_bytes },
        )]);
    }
    let decoded = match decode(bytes, None) {
        Ok(decoded) => decoded,
        Err(problem) => return JsonFile::Items(vec![failure(place, problem)]),
    };
    let encoding = (decoded.encoding, decoded.detected);
    let mut items = warnings(&place, &decoded);
    match serde_json::from_str(&decoded.text) {
        Ok(Value::Array(values)) if values.is_empty() => {
            items.push(failure(place, Problem::Empty));
            JsonFile::Items(items)
        }
        Ok(Value::Array(values)) => JsonFile::Array(Records::Array {
            uri: uri.to_owned(),
            values: values.into_iter(),
            count: 0,
            encoding,
        }),
        Ok(value) => {
            items.extend(record(place, value, bytes, encoding, options));
            JsonFile::Items(items)
        }
        Err(error) => {
            let mut lines = decoded.text.lines().filter(|line| !line.trim().is_empty());
            let first_is_record =
                lines.next().is_some_and(|line| serde_json::from_str::<serde_json::Map<_, _>>(line).is_ok());
            if first_is_record && lines.next().is_some() {
                return JsonFile::Lines;
            }
            items.push(failure(place, Problem::NotJson { reason: json::complaint(&error, false) }));
            JsonFile::Items(items)
        }
    }
}

impl<R: BufRead> Records<R> {
    /// The items of the next record; none at the end.
    fn next(&mut self, options: &Options) -> Option<Vec<Item>> {
        match self {
            Records::None => None,
            Records::Lines(lines) => lines.next(options),
            Records::Array { uri, values, count, encoding } => {
                let value = values.next()?;
                *count += 1;
                let place = Place { uri: uri.clone(), position: Position::Record(*count) };
                // An element has no bytes of its own that could be told apart from the file's.
                let bytes = value.to_string();
                Some(record(place, value, bytes.as_bytes(), *encoding, options))
            }
        }
    }
}

/// A JSON Lines source that is read line by line.
struct Lines<R> {
    uri: String,
    source: R,
    number: u64,
    found: bool,
    done: bool,
    /// Set when the source as a whole was transcoded to UTF-8.
    transcoded: Option<&'static str>,
}

/// Takes up a JSON Lines source after a look at its beginning.
fn lines_of<'a, R: BufRead + Send + 'a>(
    uri: &str,
    mut source: R,
) -> Result<Lines<Box<dyn BufRead + Send + 'a>>, Problem> {
    let head = source.fill_buf().map_err(unreadable)?;
    if head.is_empty() {
        return Err(Problem::Empty);
    }
    if let Some(problem) = known_binary(head) {
        return Err(problem);
    }
    let wide = encoding_rs::Encoding::for_bom(head)
        .map(|(encoding, _)| encoding)
        .filter(|e| !e.is_ascii_compatible());
    let source: Box<dyn BufRead + Send + 'a> = match wide {
        Some(encoding) => {
            let decoder = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(source);
            Box::new(BufReader::with_capacity(BUFFER, decoder))
        }
        None => Box::new(source),
    };
    let mut lines = Lines::new(uri, source);
    lines.transcoded = wide.map(encoding_rs::Encoding::name);
    Ok(lines)
}

enum Line {
    End,
    Read,
    TooLong,
}

impl<R: BufRead> Lines<R> {
    fn new(uri: &str, source: R) -> Self {
        Self { uri: uri.to_owned(), source, number: 0, found: false, done: false, transcoded: None }
    }

    fn next(&mut self, options: &Options) -> Option<Vec<Item>> {
        let mut line = Vec::new();
        while !self.done {
            line.clear();
            self.number += 1;
            let place = Place { uri: self.uri.clone(), position: Position::Line(self.number) };
            match self.read_line(&mut line, options.max_document_bytes) {
                Ok(Line::Read) => {
                    let content = line.trim_ascii();
                    let content = if self.number == 1 {
                        content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content)
                    } else {
                        content
                    };
                    if content.is_empty() {
                        continue;
                    }
                    self.found = true;
                    return Some(self.record(place, content, options));
                }
                Ok(Line::TooLong) => {
                    self.found = true;
                    let limit = options.max_document_bytes;
                    return Some(vec![failure(place, Problem::TooLarge { limit })]);
                }
                Ok(Line::End) => self.done = true,
                Err(error) => {
                    self.done = true;
                    self.found = true;
                    return Some(vec![failure(place, unreadable(error))]);
                }
            }
        }
        if self.found {
            return None;
        }
        self.found = true;
        Some(vec![failure(Place::whole(self.uri.clone()), Problem::Empty)])
    }

    fn record(&self, place: Place, line: &[u8], options: &Options) -> Vec<Item> {
        let decoded = match decode(line, None) {
            Ok(decoded) => decoded,
            Err(problem) => return vec![failure(place, problem)],
        };
        let mut items = warnings(&place, &decoded);
        let encoding = (self.transcoded.unwrap_or(decoded.encoding), decoded.detected);
        match serde_json::from_str(&decoded.text) {
            Ok(value) => items.extend(record(place, value, line, encoding, options)),
            Err(error) => {
                items.push(failure(place, Problem::NotJson { reason: json::complaint(&error, true) }));
            }
        }
        items
    }

    /// Reads a line of at most `limit` bytes; of a longer one the rest is passed over without being held.
    fn read_line(&mut self, line: &mut Vec<u8>, limit: usize) -> io::Result<Line> {
        let mut too_long = false;
        let mut read = false;
        loop {
            let buffer = match self.source.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                return Ok(if too_long {
                    Line::TooLong
                } else if read {
                    Line::Read
                } else {
                    Line::End
                });
            }
            read = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let piece = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
            if line.len() + piece.len() > limit {
                too_long = true;
                line.clear();
            } else if !too_long {
                line.extend_from_slice(piece);
            }
            let used = end.map_or(buffer.len(), |end| end + 1);
            self.source.consume(used);
            if end.is_some() {
                return Ok(if too_long { Line::TooLong } else { Line::Read });
            }
        }
    }
}
