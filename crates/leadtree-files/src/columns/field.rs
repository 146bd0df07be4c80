//! A field of a lead that is read from a row.

use std::borrow::Cow;

use csv::StringRecord;
use leadtree::dimension::Bands;
use leadtree::lead::{AttributeValue, CustomerSize};

use super::address::ColumnAddress;
use super::lead_field::LeadField;
use super::not_read::{NotRead, UnreadValue};
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
    pub(super) number: u64,
    pub(super) joined: &'j [Option<&'r StringRecord>],
    pub(super) blanks: &'r BlankCounts,
}

impl BoundField {
    /// The text; empty for none.
    #[inline]
    pub(super) fn text<'r>(&'r self, row: &JoinedRow<'r, '_>) -> Result<Cow<'r, str>, RowFault> {
        Ok(self.steps.text(self.origin_text(row)?))
    }

    /// The text before any step; empty for none.
    #[inline]
    fn origin_text<'r>(&'r self, row: &JoinedRow<'r, '_>) -> Result<Cow<'r, str>, RowFault> {
        // The way of most fields of most files, without a detour.
        if let (Origin::Column(column), Row::Record(record)) = (&self.origin, row.row)
            && let Some(text) = column.own.and_then(|position| record.get(position))
        {
            return Ok(row.blanks.trimmed(text.into(), &self.blank_words));
        }
        self.composed(row)
    }

    /// The text before any step, whatever it is made of.
    fn composed<'r>(&'r self, row: &JoinedRow<'r, '_>) -> Result<Cow<'r, str>, RowFault> {
        Ok(match &self.origin {
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
                let steps = columns.iter().map(|column| self.cell(column, row));
                path(&steps.collect::<Result<Vec<_>, _>>()?).into()
            }
            Origin::Value(value) => value.as_str().into(),
            Origin::RowNumber => row.number.to_string().into(),
        })
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

    /// The value of the attribute, if it has one. One that cannot be read is added to `unread`, and given as a list,
    /// which is no value of any such kind: the library would read a text once more, by rules of its own.
    pub(super) fn attribute<'r>(
        &'r self,
        row: &JoinedRow<'r, '_>,
        unread: &mut Vec<UnreadValue<'r>>,
    ) -> Result<Option<AttributeValue<'r>>, RowFault> {
        if let Kind::Tags(separator) = &self.kind {
            let tags = self.tags(row, separator)?;
            return Ok((!tags.is_empty()).then_some(AttributeValue::Tags(tags)));
        }
        let text = self.text(row)?;
        if text.is_empty() {
            return Ok(None);
        }
        let why = match self.value(&text, self.is_json_number(row, &text)) {
            Ok(Some(value)) => return Ok(Some(value)),
            Ok(None) => return Ok(Some(AttributeValue::Text(text))),
            Err(why) => why,
        };
        unread.push(UnreadValue {
            field: self.field.name(),
            text: text.clone(),
            why,
        });
        let told = match why {
            NotRead::TwoReadings => format!("{text} (decimals or thousands?)").into(),
            _ => text,
        };
        Ok(Some(AttributeValue::Tags(vec![told])))
    }

    /// The tags: those of a list, or of a text that is split.
    fn tags<'r>(
        &'r self,
        row: &JoinedRow<'r, '_>,
        separator: &str,
    ) -> Result<Vec<Cow<'r, str>>, RowFault> {
        let cell = match &self.origin {
            Origin::Column(column) => column.cell(row.row, row.joined)?,
            _ => Some(Cell::Text(self.origin_text(row)?)),
        };
        let split = |text: Cow<'r, str>| match text {
            Cow::Borrowed(text) => text.split(separator).map(Cow::from).collect(),
            Cow::Owned(text) => {
                let tags = text.split(separator);
                tags.map(|tag| Cow::from(tag.to_owned())).collect()
            }
        };
        let given: Vec<Cow<'r, str>> = match cell {
            None => Vec::new(),
            Some(Cell::Text(text)) => split(text),
            Some(Cell::List(tags)) => tags,
            Some(Cell::Other(found)) => return Err(self.not_a_value(found)),
        };
        let tags = given
            .into_iter()
            .map(|tag| self.steps.given(row.blanks.trimmed(tag, &self.blank_words)));
        let tags: Vec<_> = tags.filter(|tag| !tag.is_empty()).collect();
        if tags.is_empty() && !self.steps.blank().is_empty() {
            return Ok(split(self.steps.blank().into()));
        }
        Ok(tags)
    }

    /// Whether the text of the field is a number of JSON as it is written there: one that a step has changed
    /// is a text like others.
    pub(super) fn is_json_number(&self, row: &JoinedRow<'_, '_>, text: &str) -> bool {
        let mut columns = self.origin.columns().iter();
        matches!(self.kind, Kind::Number(_))
            && columns.any(|column| row.row.json_number(&column.name) == Some(text))
    }

    /// The value of an attribute, read as its kind; none for a text, which stays as it is.
    pub(super) fn value(
        &self,
        text: &str,
        is_json_number: bool,
    ) -> Result<Option<AttributeValue<'static>>, NotRead> {
        let in_json = is_json_number.then_some(DecimalMark::Point);
        let read = match &self.kind {
            Kind::Number(mark) => match value::number(text, in_json.or(*mark)) {
                NumberReading::Number(number) => {
                    AttributeValue::try_from(number).map_err(|_| NotRead::NotANumber)?
                }
                NumberReading::Ambiguous => return Err(NotRead::TwoReadings),
                NumberReading::None => return Err(NotRead::NotANumber),
            },
            Kind::Flag => AttributeValue::Flag(value::flag(text).ok_or(NotRead::NotAFlag)?),
            Kind::Date(moments) => {
                AttributeValue::Date(moments.day(text).ok_or(NotRead::NotADate)?)
            }
            Kind::Text | Kind::Size | Kind::Tags(_) => return Ok(None),
        };
        Ok(Some(read))
    }

    fn not_a_value(&self, found: &'static str) -> RowFault {
        RowFault::NotAValue {
            field: self.field.name().to_owned(),
            found,
        }
    }
}

/// Steps as a path, those that are blank left out. A path without its first step is no path: it begins with a
/// slash, so that nothing of this name in another place is taken for it.
pub(crate) fn path<T: AsRef<str>>(steps: &[T]) -> String {
    let steps = steps.iter().map(AsRef::as_ref);
    let given: Vec<&str> = steps.clone().filter(|step| !step.is_empty()).collect();
    let joined = given.join("/");
    match (steps.clone().next(), given.is_empty()) {
        (Some(""), false) => format!("/{joined}"),
        _ => joined,
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
