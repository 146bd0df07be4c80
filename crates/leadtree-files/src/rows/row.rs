//! A row as it stands in the file.

use std::borrow::Cow;

use csv::{ByteRecord, StringRecord};
use serde_json::value::RawValue;

use super::fault::RowFault;
use super::object::Object;

/// A row and the line in which it begins, from 1.
pub(crate) struct NumberedRow<'r> {
    pub(crate) line: u64,
    /// What tells it from all others: its line; in JSON of which one line may have several objects, how many
    /// came until it.
    pub(crate) number: u64,
    pub(crate) row: Result<Row<'r>, RowFault>,
}

/// A row as it stands in the file.
pub(crate) enum Row<'r> {
    Record(TextRecord<'r>),
    Object(Object<'r>),
}

/// The cells of a CSV file's record, all of them texts.
#[derive(Clone, Copy)]
pub(crate) struct TextRecord<'r> {
    /// All cells, one behind the other.
    text: &'r str,
    record: &'r ByteRecord,
}

impl<'r> TextRecord<'r> {
    /// None if some cell is not UTF-8. All are looked at in one go, which takes half of the time.
    pub(super) fn new(record: &'r ByteRecord) -> Option<Self> {
        let text = simdutf8::basic::from_utf8(record.as_slice()).ok()?;
        // The halves of a character may stand in two cells.
        let mut ends = (0..record.len()).filter_map(|cell| record.range(cell));
        let is_whole = ends.all(|cell| text.is_char_boundary(cell.end));
        is_whole.then_some(Self { text, record })
    }

    /// The cell in a column.
    #[inline]
    pub(crate) fn get(self, column: usize) -> Option<&'r str> {
        self.text.get(self.record.range(column)?)
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = &'r str> {
        (0..self.record.len()).map_while(move |column| self.get(column))
    }
}

impl<'r> From<&'r StringRecord> for TextRecord<'r> {
    fn from(record: &'r StringRecord) -> Self {
        let record = record.as_byte_record();
        Self::new(record).unwrap_or(Self { text: "", record })
    }
}

/// The content of a row in one column.
pub(crate) enum Cell<'r> {
    Text(Cow<'r, str>),
    List(Vec<Cow<'r, str>>),
    /// Any other JSON value.
    Other(&'static str),
}

impl<'r> Row<'r> {
    /// The cells of a CSV file.
    pub(crate) fn record(&self) -> Option<TextRecord<'r>> {
        match self {
            Self::Record(record) => Some(*record),
            Self::Object(_) => None,
        }
    }

    /// The content of a column: by its position in a CSV file, by its name in JSON. None if the row does
    /// not have it.
    pub(crate) fn cell(
        &self,
        position: Option<usize>,
        name: &str,
    ) -> Result<Option<Cell<'r>>, RowFault> {
        match self {
            Self::Record(record) => {
                let cell = position.and_then(|position| record.get(position));
                Ok(cell.map(|text| Cell::Text(text.into())))
            }
            Self::Object(object) => Ok(object.find(name)?.map(Cell::of)),
        }
    }

    /// The number of JSON that a column has, if it has one. Its decimal mark is a point.
    pub(crate) fn json_number(&self, name: &str) -> Option<&'r str> {
        let Self::Object(object) = self else {
            return None;
        };
        let raw = object.find(name).ok()??.get();
        let is_number = raw.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        is_number.then_some(raw)
    }
}

impl<'r> Cell<'r> {
    /// Numbers are taken as they are written, however long.
    fn of(raw: &'r RawValue) -> Self {
        let text = raw.get();
        match text.as_bytes().first() {
            Some(b'n') => Self::Text("".into()),
            Some(b'"') => unquoted(text).map_or(Self::Other("no Unicode"), Self::Text),
            Some(b'[') => {
                let items: Result<Vec<&RawValue>, _> = serde_json::from_str(text);
                let is_text = |item: &RawValue| !item.get().starts_with(['[', '{']);
                let texts = items.into_iter().flatten();
                let texts = texts.map(|item| match is_text(item).then(|| Self::of(item)) {
                    Some(Self::Text(text)) => Some(text),
                    _ => None,
                });
                let texts: Option<_> = texts.collect();
                texts.map_or(Self::Other("a list of lists"), Self::List)
            }
            Some(b'{') => Self::Other("an object"),
            _ => Self::Text(text.into()),
        }
    }
}

/// The content of a JSON text; none if it has half of a character only.
fn unquoted(text: &str) -> Option<Cow<'_, str>> {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.contains('\\') => Some(inner.into()),
        _ => serde_json::from_str::<String>(text).ok().map(Cow::Owned),
    }
}
