//! The rows of a CSV file.

use std::io::{self, Read};

use csv::{ByteRecord, StringRecord};
use encoding_rs::{Encoding, UTF_8};
use leadtree::text::trimmed;

use super::dialect::{Dialect, line_end};
use super::fault::RowFault;
use super::quotes::open_quote;
use super::rereadable::Rereadable;
use super::row::{NumberedRow, Row, TextRecord};

/// How much is read at once, in bytes.
const BUFFER: usize = 64 * 1024;

/// The same after a record that is not closed.
const SMALL_BUFFER: usize = 4 * 1024;

/// The rows of a CSV file, below its header.
pub(crate) struct RecordRows {
    reader: csv::Reader<Rereadable>,
    dialect: Dialect,
    encoding: &'static Encoding,
    header: StringRecord,
    header_line: Option<u64>,
    record: ByteRecord,
    /// The same with signs in place of bytes that are no text, if it has such.
    lossy: StringRecord,
    /// Where in the text the reader began.
    base: u64,
    /// How many lines end before the next record.
    line: u64,
    /// Rows without any text.
    blank: u64,
    /// The columns whose faulty bytes matter.
    used: Vec<bool>,
}

impl RecordRows {
    /// `head` is the beginning of the text. `header_line` is the line of the header, from 1; above it may
    /// stand anything. Otherwise it is the first line that is not blank.
    pub(super) fn new(
        head: &[u8],
        mut text: Box<dyn Read + Send>,
        encoding: &'static Encoding,
        separator: Option<u8>,
        header_line: Option<u64>,
    ) -> io::Result<Self> {
        let above = above(head, header_line);
        let rows = head.get(above..).unwrap_or_default();
        let dialect = Dialect::recognised(rows, separator);
        let before = above + dialect.before;
        io::copy(&mut text.by_ref().take(before as u64), &mut io::sink())?;
        let mut rows = Self {
            reader: reader(Rereadable::new(text), dialect, BUFFER),
            dialect,
            encoding,
            header: StringRecord::new(),
            header_line: None,
            record: ByteRecord::new(),
            lossy: StringRecord::new(),
            base: 0,
            line: 0,
            blank: 0,
            used: Vec::new(),
        };
        rows.line = rows.line_ends(head.get(..before).unwrap_or_default());
        if let Some((line, read)) = rows.next_record()? {
            read.map_err(|fault| io::Error::other(format!("the header in line {line}: {fault}")))?;
            let header = StringRecord::from_byte_record_lossy(rows.record.clone());
            rows.header_line = Some(line);
            rows.header = header.iter().map(trimmed).collect();
        } else if let Some(line) = header_line {
            let message = format!("there is no header in line {line}, or it is too far down");
            return Err(io::Error::other(message));
        }
        Ok(rows)
    }

    pub(crate) fn header(&self) -> &StringRecord {
        &self.header
    }

    /// The line of the header, from 1, if there is one.
    pub(crate) fn header_line(&self) -> Option<u64> {
        self.header_line
    }

    /// The separator of its cells.
    pub(crate) fn separator(&self) -> u8 {
        self.dialect.separator
    }

    /// How many rows had no text and were passed over.
    pub(crate) fn blank(&self) -> u64 {
        self.blank
    }

    /// Names the columns that are used. Faulty bytes elsewhere do no harm.
    pub(crate) fn set_used(&mut self, used: Vec<bool>) {
        self.used = used;
    }

    /// The next row, valid or not; none at the end.
    #[inline]
    pub(super) fn advance(&mut self) -> io::Result<Option<NumberedRow<'_>>> {
        let (line, read) = loop {
            match self.next_record()? {
                None => return Ok(None),
                // As spreadsheets end their files.
                Some((_, Ok(()))) if self.record.iter().all(is_blank) => self.blank += 1,
                Some(record) => break record,
            }
        };
        let row = match read {
            Ok(()) => self.checked().map(Row::Record),
            Err(fault) => Err(fault),
        };
        Ok(Some(NumberedRow {
            line,
            number: line,
            row,
        }))
    }

    /// Reads the next record, and tells the line in which it begins. One that is not closed ends with its
    /// first line.
    fn next_record(&mut self) -> io::Result<Option<(u64, Result<(), RowFault>)>> {
        let position = |rows: &Self| rows.base + rows.reader.position().byte();
        let begin = position(self);
        self.reader.get_mut().set_mark(begin);
        if !self.reader.read_byte_record(&mut self.record)? {
            return Ok(None);
        }
        let end = position(self);
        let raw = self.reader.get_ref().up_to(end);
        let blank = raw.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let (above, raw) = raw.split_at(blank.count());
        let line = self.line + self.line_ends(above) + 1;
        let lines = self.line_ends(raw);
        let is_cut = self.reader.get_ref().is_cut();
        let ends_inside = matches!(self.record.as_slice().last(), Some(b'\r' | b'\n'));
        let has_all = self.record.len() == self.header.len();
        let may_be_open = lines != 1 || is_cut || ends_inside || !has_all;
        if !may_be_open || open_quote(raw, self.dialect.separator).is_none() && !is_cut {
            self.line = line - 1 + lines;
            return Ok(Some((line, Ok(()))));
        }
        let first = memchr::memchr(self.dialect.line_end, raw).map_or(raw.len(), |end| end + 1);
        let is_last = first == raw.len() && is_cut;
        let next = begin + (above.len() + first) as u64;
        self.line = line;
        self.go_on_at(next);
        if is_last {
            self.skip_line()?;
            let limit = Rereadable::MOST_KEPT;
            return Ok(Some((line, Err(RowFault::TooLong { limit }))));
        }
        Ok(Some((line, Err(RowFault::OpenQuote))))
    }

    /// Begins to read records anew at a position behind the mark.
    fn go_on_at(&mut self, position: u64) {
        // A file full of such records must not cost a large buffer for each.
        let empty = reader(Rereadable::new(Box::new(io::empty())), self.dialect, 1);
        let mut text = std::mem::replace(&mut self.reader, empty).into_inner();
        text.set_mark(position);
        text.go_back(position);
        self.reader = reader(text, self.dialect, SMALL_BUFFER);
        self.base = position;
    }

    /// Passes the rest of a line over that is too long to be kept.
    fn skip_line(&mut self) -> io::Result<()> {
        let mut position = self.base;
        let mut piece = [0; 4096];
        loop {
            let text = self.reader.get_mut();
            let read = text.read(&mut piece)?;
            let piece = piece.get(..read).unwrap_or_default();
            let end = memchr::memchr(self.dialect.line_end, piece);
            position += end.map_or(read, |end| end + 1) as u64;
            text.set_mark(position);
            if end.is_some() || read == 0 {
                self.go_on_at(position);
                return Ok(());
            }
        }
    }

    fn line_ends(&self, bytes: &[u8]) -> u64 {
        memchr::memchr_iter(self.dialect.line_end, bytes).count() as u64
    }

    /// The record as texts, if it has as many cells as the header and the cells that are used are texts.
    fn checked(&mut self) -> Result<TextRecord<'_>, RowFault> {
        if self.record.len() != self.header.len() {
            return Err(RowFault::FieldCount {
                found: self.record.len(),
                expected: self.header.len(),
            });
        }
        let record = TextRecord::new(&self.record);
        if let Some(record) = record
            && self.encoding == UTF_8
        {
            return Ok(record);
        }
        if record.is_none() {
            self.lossy = StringRecord::from_byte_record_lossy(self.record.clone());
        }
        let record = record.unwrap_or_else(|| TextRecord::from(&self.lossy));
        let is_used = |column: usize| self.used.get(column).is_none_or(|used| *used);
        let mut cells = (0..).zip(record.iter());
        let faulty = cells.find(|(column, cell)| is_used(*column) && cell.contains('\u{fffd}'));
        match faulty {
            None => Ok(record),
            Some((column, _)) => Err(RowFault::NotText {
                column: self.header.get(column).unwrap_or_default().to_owned(),
                encoding: self.encoding.name(),
            }),
        }
    }
}

fn is_blank(cell: &[u8]) -> bool {
    cell.trim_ascii().is_empty()
}

/// How many bytes stand above a line.
pub(super) fn above(head: &[u8], line: Option<u64>) -> usize {
    let wanted = line.unwrap_or(1).saturating_sub(1);
    let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
    match wanted.checked_sub(1) {
        None => 0,
        Some(last) => memchr::memchr_iter(line_end(head), head)
            .nth(last)
            .map_or(head.len(), |end| end + 1),
    }
}

/// Flexible, so that a row of the wrong length is told with its line.
fn reader(text: Rereadable, dialect: Dialect, buffer: usize) -> csv::Reader<Rereadable> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(dialect.separator)
        .buffer_capacity(buffer)
        .from_reader(text)
}
