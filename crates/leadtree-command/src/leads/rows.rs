//! The rows of a CSV or JSON-lines file, one after the other.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use csv::{ByteRecord, StringRecord};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Map, Value};
use thiserror::Error;

use super::lines::Lines;
use crate::error::CommandError;
use crate::files::{Content, Input};

const PROGRESS: &str = "{wide_bar} {bytes} of {total_bytes}, {eta} left";

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Why a row is left out of the result.
#[derive(Debug, Error)]
pub(crate) enum RowFault {
    #[error("{found} fields, but the header has {expected}")]
    FieldCount { found: usize, expected: usize },
    #[error("column `{column}` is not UTF-8")]
    NotUtf8 { column: String },
    #[error("{0}")]
    NotJson(String),
    #[error("no id")]
    NoId,
    #[error("`{part}` is {found}, not a text, a number or a flag")]
    NotAText { part: String, found: &'static str },
    #[error(
        "`{text}` is not a time; write 2026-03-31T09:30:00+08:00 or 2026-03-31 09:30:00, or give \
         its format as `date` in the mapping"
    )]
    NotAMoment { text: String },
}

/// A row and the line at which it begins.
pub(crate) struct Numbered<'r> {
    pub(crate) line: u64,
    pub(crate) row: Result<Row<'r>, RowFault>,
}

/// A row as in the file.
#[derive(Clone, Copy)]
pub(crate) enum Row<'r> {
    Record(&'r StringRecord),
    Object(&'r Map<String, Value>),
}

/// The content of a row in one column.
pub(crate) enum Cell<'r> {
    Text(Cow<'r, str>),
    List(Vec<Cow<'r, str>>),
    /// Any other JSON value.
    Other(&'static str),
}

/// A reader for a file of rows.
pub(crate) enum Rows {
    Csv {
        reader: Box<csv::Reader<Lines>>,
        header: StringRecord,
        record: StringRecord,
    },
    JsonLines {
        lines: Lines,
        line: u64,
        object: Map<String, Value>,
    },
}

impl Rows {
    /// Opens a file. One that begins with `{` is JSON lines, any other is CSV.
    pub(crate) fn open(input: &Input, progress: &ProgressBar) -> Result<Self, CommandError> {
        let Content { reader, length } = input.open()?;
        if let Some(length) = length
            && let Ok(style) = ProgressStyle::with_template(PROGRESS)
        {
            progress.set_length(length);
            progress.set_style(style);
        }
        let reader = BufReader::new(progress.wrap_read(reader));
        Self::read(Box::new(reader)).map_err(|error| CommandError::file(input, error))
    }

    fn read(mut input: Box<dyn BufRead>) -> io::Result<Self> {
        let mut head = Vec::new();
        let one_more = BYTE_ORDER_MARK.len() as u64 + 1;
        input.by_ref().take(one_more).read_to_end(&mut head)?;
        if head.starts_with(BYTE_ORDER_MARK) {
            head.drain(..BYTE_ORDER_MARK.len());
        }
        let is_json = head.starts_with(b"{");
        let lines = Lines::new(Box::new(Cursor::new(head).chain(input)));
        if is_json {
            return Ok(Self::JsonLines {
                lines,
                line: 0,
                object: Map::new(),
            });
        }
        // Flexible, so that a row of the wrong length is reported with its line.
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(lines);
        let header = reader.headers()?.iter().map(str::trim).collect();
        Ok(Self::Csv {
            reader: Box::new(reader),
            header,
            record: StringRecord::new(),
        })
    }

    /// The column names, if known before the rows.
    pub(crate) fn header(&self) -> Option<&StringRecord> {
        match self {
            Self::Csv { header, .. } => Some(header),
            Self::JsonLines { .. } => None,
        }
    }

    /// The next row, valid or not; an error only if reading the file fails.
    pub(crate) fn advance(&mut self) -> io::Result<Option<Numbered<'_>>> {
        match self {
            Self::Csv {
                reader,
                header,
                record,
            } => {
                let mut bytes = std::mem::take(record).into_byte_record();
                if !reader.read_byte_record(&mut bytes)? {
                    return Ok(None);
                }
                // The position before the row would be that of preceding blank lines.
                let line = reader
                    .position()
                    .line()
                    .saturating_sub(line_ends(&bytes) + 1);
                let row = check_record(bytes, header).map(|checked| {
                    *record = checked;
                    Row::Record(record)
                });
                Ok(Some(Numbered { line, row }))
            }
            Self::JsonLines {
                lines,
                line,
                object,
            } => loop {
                let Some(text) = lines.next_line()? else {
                    return Ok(None);
                };
                *line += 1;
                if text.trim_ascii().is_empty() {
                    continue;
                }
                let row = match serde_json::from_slice(text) {
                    Ok(parsed) => {
                        *object = parsed;
                        Ok(Row::Object(object))
                    }
                    Err(error) => Err(RowFault::NotJson(told_without_line(&error))),
                };
                return Ok(Some(Numbered { line: *line, row }));
            },
        }
    }
}

/// The number of line endings inside the row, in quoted fields.
fn line_ends(record: &ByteRecord) -> u64 {
    record
        .iter()
        .flatten()
        .map(|byte| u64::from(*byte == b'\n'))
        .sum()
}

fn check_record(bytes: ByteRecord, header: &StringRecord) -> Result<StringRecord, RowFault> {
    if bytes.len() != header.len() {
        return Err(RowFault::FieldCount {
            found: bytes.len(),
            expected: header.len(),
        });
    }
    StringRecord::from_byte_record(bytes).map_err(|error| RowFault::NotUtf8 {
        column: header
            .get(error.utf8_error().field())
            .unwrap_or_default()
            .to_owned(),
    })
}

/// Each line is read separately, so the reader always reports line 1.
fn told_without_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match (text.strip_suffix(&place), error.column()) {
        (Some(text), 0) => text.to_owned(),
        (Some(text), column) => format!("{text} at column {column}"),
        (None, _) => text,
    }
}

impl<'r> Row<'r> {
    /// The content of a column, by position in a CSV file or by name in JSON lines.
    pub(crate) fn cell(self, position: Option<usize>, name: &str) -> Option<Cell<'r>> {
        match self {
            Self::Record(record) => Some(Cell::Text(record.get(position?)?.into())),
            Self::Object(object) => {
                let value = object
                    .get(name)
                    .or_else(|| object.get("attributes")?.get(name))?;
                Some(Cell::of(value))
            }
        }
    }
}

impl<'r> Cell<'r> {
    fn of(value: &'r Value) -> Self {
        match value {
            Value::Null => Self::Text("".into()),
            Value::Bool(flag) => Self::Text(flag.to_string().into()),
            Value::Number(number) => Self::Text(number.to_string().into()),
            Value::String(text) => Self::Text(text.into()),
            Value::Array(values) => values
                .iter()
                .map(|value| match Self::of(value) {
                    Self::Text(text) => Some(text),
                    Self::List(_) | Self::Other(_) => None,
                })
                .collect::<Option<_>>()
                .map_or(Self::Other("a list of lists"), Self::List),
            Value::Object(_) => Self::Other("an object"),
        }
    }
}
