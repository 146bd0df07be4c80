//! A field of a lead that is read from a row.

use std::borrow::Cow;

use csv::StringRecord;
use leadtree::dimension::Bands;
use leadtree::lead::{AttributeValue, CustomerSize};

use super::address::ColumnAddress;
use super::lead_field::LeadField;
use super::steps::{BlankCounts, BlankWords, Steps};
use crate::rows::{Cell, Row, RowFault};
use crate::value::{self, DecimalMark, Moments, NumberReading};

/// A field of a lead that is read from a row.
#[derive(Debug)]
pub(super) struct BoundField {
    pub(super) field: LeadField,
    pub(super) origin: Origin,
    /// The words that stand for no value.
    pub(super) blank_words: BlankWords,
    pub(super) steps: Steps,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Origin {
    Column(ColumnAddress),
    FirstOf(Vec<ColumnAddress>),
    Path(Vec<ColumnAddress>),
    Value(String),
    RowNumber,
}

/// What the text of a field means.
#[derive(Debug)]
pub(super) enum Kind {
    Text,
    Size,
    Number(Option<DecimalMark>),
    Flag,
    Date(Moments),
    /// Separated by this.
    Tags(String),
}

impl Origin {
    /// The only column.
    pub(super) fn of_one(mut columns: Vec<ColumnAddress>) -> Self {
        match columns.pop() {
            Some(column) if columns.is_empty() => Self::Column(column),
            _ => Self::FirstOf(columns),
        }
    }

    /// The columns that it reads.
    pub(super) fn columns(&self) -> &[ColumnAddress] {
        match self {
            Self::Column(column) => std::slice::from_ref(column),
            Self::FirstOf(columns) | Self::Path(columns) => columns,
            Self::Value(_) | Self::RowNumber => &[],
        }
    }
}

/// A row with those joined to it.
pub(super) struct JoinedRow<'r, 'j> {
    pub(super) row: &'j Row<'r>,
    pub(super) line: u64,
    pub(super) joined: &'j [Option<&'r StringRecord>],
    pub(super) blanks: &'r BlankCounts,
}

impl BoundField {
    /// The text; empty for none.
    #[inline]
    pub(super) fn text<'r>(&'r self, row: &JoinedRow<'r, '_>) -> Result<Cow<'r, str>, RowFault> {
        // The way of most fields of most files, without a detour.
        if let (Origin::Column(column), Row::Record(record)) = (&self.origin, row.row)
            && let Some(text) = column.own.and_then(|position| record.get(position))
        {
            let text = row.blanks.trimmed(text.into(), &self.blank_words);
            return Ok(self.steps.text(text));
        }
        self.composed(row)
    }

    /// The text, whatever it is made of.
    fn composed<'r>(&'r self, row: &JoinedRow<'r, '_>) -> Result<Cow<'r, str>, RowFault> {
        let text = match &self.origin {
            Origin::Column(column) => self.cell(column, row)?,
            Origin::FirstOf(columns) => {
                let mut first = Cow::Borrowed("");
                for column in columns {
                    first = self.cell(column, row)?;
                    if !first.is_empty() {
                        break;
                    }
                }
                first
            }
            Origin::Path(columns) => {
                let mut path = String::new();
                for column in columns {
                    let step = self.cell(column, row)?;
                    if !path.is_empty() && !step.is_empty() {
                        path.push('/');
                    }
                    path.push_str(&step);
                }
                path.into()
            }
            Origin::Value(value) => value.as_str().into(),
            Origin::RowNumber => row.line.to_string().into(),
        };
        Ok(self.steps.text(text))
    }

    fn cell<'r>(
        &'r self,
        column: &'r ColumnAddress,
        row: &JoinedRow<'r, '_>,
    ) -> Result<Cow<'r, str>, RowFault> {
        match column.cell(row.row, row.joined)? {
            None => Ok(Cow::Borrowed("")),
            Some(Cell::Text(text)) => Ok(row.blanks.trimmed(text, &self.blank_words)),
            Some(Cell::List(_)) => Err(self.not_a_value("a list")),
            Some(Cell::Other(found)) => Err(self.not_a_value(found)),
        }
    }

    /// The value of the attribute, if it has one.
    pub(super) fn attribute<'r>(
        &'r self,
        row: &JoinedRow<'r, '_>,
    ) -> Result<Option<AttributeValue<'r>>, RowFault> {
        if let Kind::Tags(separator) = &self.kind {
            let tags = self.tags(row, separator)?;
            return Ok((!tags.is_empty()).then_some(AttributeValue::Tags(tags)));
        }
        let text = self.text(row)?;
        Ok((!text.is_empty()).then(|| self.value(text)))
    }

    /// The tags: those of a list, or of a text that is split.
    fn tags<'r>(
        &'r self,
        row: &JoinedRow<'r, '_>,
        separator: &str,
    ) -> Result<Vec<Cow<'r, str>>, RowFault> {
        let cell = match &self.origin {
            Origin::Column(column) => column.cell(row.row, row.joined)?,
            _ => Some(Cell::Text(self.text(row)?)),
        };
        let given: Vec<Cow<'r, str>> = match cell {
            None => Vec::new(),
            Some(Cell::Text(Cow::Borrowed(text))) => text.split(separator).map(Cow::from).collect(),
            Some(Cell::Text(Cow::Owned(text))) => {
                let tags = text.split(separator);
                tags.map(|tag| Cow::from(tag.to_owned())).collect()
            }
            Some(Cell::List(tags)) => tags,
            Some(Cell::Other(found)) => return Err(self.not_a_value(found)),
        };
        let tags = given
            .into_iter()
            .map(|tag| self.steps.text(row.blanks.trimmed(tag, &self.blank_words)));
        Ok(tags.filter(|tag| !tag.is_empty()).collect())
    }

    /// The value of an attribute, read as its kind. What cannot be read is given as a list, which is no value
    /// of any such kind: the library would read a text once more, by rules of its own.
    fn value<'r>(&self, text: Cow<'r, str>) -> AttributeValue<'r> {
        let unread = |text: Cow<'r, str>| AttributeValue::Tags(vec![text]);
        match &self.kind {
            Kind::Number(mark) => match value::number(&text, *mark) {
                NumberReading::Number(number) => {
                    AttributeValue::try_from(number).unwrap_or_else(|_| unread(text))
                }
                NumberReading::Ambiguous => {
                    unread(format!("{text} (decimals or thousands?)").into())
                }
                NumberReading::None => unread(text),
            },
            Kind::Flag => value::flag(&text).map_or_else(|| unread(text), AttributeValue::Flag),
            Kind::Date(moments) => {
                let day = moments.day(&text);
                day.map_or_else(|| unread(text), AttributeValue::Date)
            }
            Kind::Text | Kind::Size | Kind::Tags(_) => AttributeValue::Text(text),
        }
    }

    fn not_a_value(&self, found: &'static str) -> RowFault {
        RowFault::NotAValue {
            field: self.field.name().to_owned(),
            found,
        }
    }
}

/// A customer size: the names of the policy's bands come first.
pub(crate) fn size<'r>(text: Cow<'r, str>, bands: &Bands) -> CustomerSize<'r> {
    if let Ok(head_count) = text.parse::<u32>() {
        return CustomerSize::from(head_count);
    }
    if bands.range(&text).is_some() {
        return CustomerSize::from(text);
    }
    value::customer_size(&text).unwrap_or_else(|| CustomerSize::from(text))
}
