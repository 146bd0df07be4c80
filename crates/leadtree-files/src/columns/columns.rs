//! The columns of a file, from which leads are built.

use std::borrow::Cow;
use std::cell::Cell;
use std::io;

use chrono::{DateTime, Utc};
use leadtree::Lead;
use leadtree::dimension::{Dimension, Listed};
use leadtree::lead::CustomerSize;
use leadtree::policy::Policy;
use leadtree::text::{is_ignored, trimmed};

use super::address::ColumnAddress;
use super::field::{BoundField, JoinedRow, Kind, size};
use super::full_path::full_path;
use super::lead_field::LeadField;
use super::not_read::{NotRead, UnreadValue};
use super::steps::BlankCounts;
use super::table::Table;
use crate::rows::{NumberedRow, Row, RowFault, Rows};
use crate::value::{DecimalMark, shown_mark};

/// Everything needed to build leads from rows.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(super) joins: Vec<BoundJoin>,
    pub(super) id: BoundField,
    /// All dimensions but the customer size.
    pub(super) dimensions: Vec<(Dimension, BoundField)>,
    pub(super) attributes: Vec<BoundField>,
    /// The account, the customer size and the time of the assignment.
    pub(super) others: Vec<BoundField>,
    pub(super) blanks: BlankCounts,
    pub(super) policy: Policy,
    /// The decimal marks that rows showed, by field.
    pub(super) shown_marks: Vec<(String, DecimalMark)>,
    /// The id of leads that have none.
    pub(super) default_id: Option<String>,
    /// Columns that are no fields; none for those that the file does not have.
    pub(super) further: Vec<Option<ColumnAddress>>,
    /// How many ids have invisible characters inside, and the line of the first.
    pub(super) odd_ids: Cell<(u64, u64)>,
}

/// A joined file, and what is looked for in it.
#[derive(Debug)]
pub(super) struct BoundJoin {
    pub(super) on: BoundField,
    pub(super) table: Table,
}

/// A lead, with the rest of its row.
#[derive(Debug)]
#[non_exhaustive]
pub struct Arrival<'r> {
    /// The lead.
    pub lead: Lead<'r>,
    /// The time of the assignment, if the row has it.
    pub received: Option<DateTime<Utc>>,
    /// For each joined file, whether it has a row for the lead.
    pub joined: Vec<bool>,
    /// The values that cannot be read, so that a service can show them to whoever sent the lead.
    pub unread: Vec<UnreadValue<'r>>,
    /// The texts of the [further columns](crate::Mapping::further_columns), in their order; empty for none.
    pub further: Vec<Cow<'r, str>>,
}

/// A joined file, as it was read.
#[derive(Debug)]
#[non_exhaustive]
pub struct JoinedFile<'c> {
    /// The columns that no field uses.
    pub unused_columns: Vec<&'c str>,
    /// The rows that are left out, with their lines: at most the first hundred.
    pub left_out: &'c [(u64, RowFault)],
}

impl Columns {
    /// Builds the lead of a row.
    #[inline]
    pub(crate) fn lead<'r>(
        &'r self,
        row: &Row<'r>,
        line: u64,
        number: u64,
    ) -> Result<Arrival<'r>, RowFault> {
        let mut joined = Vec::with_capacity(self.joins.len());
        for join in &self.joins {
            let key = join.on.text(&JoinedRow {
                row,
                number,
                joined: &joined,
                blanks: &self.blanks,
            })?;
            joined.push(join.table.row(&key));
        }
        let row = JoinedRow {
            row,
            number,
            joined: &joined,
            blanks: &self.blanks,
        };
        let id = match (self.id.text(&row)?, &self.default_id) {
            (id, None) if id.is_empty() => return Err(RowFault::NoId),
            (id, Some(default)) if id.is_empty() => default.as_str().into(),
            (id, _) => id,
        };
        if !id.is_ascii() && id.contains(is_ignored) {
            let (count, first) = self.odd_ids.get();
            let first = if count == 0 { line } else { first };
            self.odd_ids.set((count + 1, first));
        }
        let mut unread = Vec::new();
        let mut first_fault = None;
        let dimensions = self.dimensions.iter().filter_map(|(dimension, field)| {
            let text = ok_or_kept(field.text(&row), &mut first_fault)?;
            let path = |text| full_path(*dimension, text, &self.policy);
            (!text.is_empty()).then(|| (*dimension, path(text)))
        });
        let mut lead = Lead::builder(id).values(dimensions);
        let attributes = self.attributes.iter().filter_map(|field| {
            let value = ok_or_kept(field.attribute(&row, &mut unread), &mut first_fault)?;
            Some((field.field.name(), value?))
        });
        lead = lead.attributes(attributes);
        if let Some(fault) = first_fault {
            return Err(fault);
        }
        let mut received = None;
        for field in &self.others {
            let text = field.text(&row)?;
            if text.is_empty() {
                continue;
            }
            match &field.kind {
                Kind::Date(moments) => {
                    let moment = moments.moment(&text);
                    received = Some(moment.ok_or_else(|| RowFault::NotAMoment {
                        text: text.into_owned(),
                    })?);
                }
                Kind::Size => {
                    let bands = self.policy.dimensions().customer_sizes();
                    let size = size(text, bands);
                    if let CustomerSize::Text(text) = &size
                        && size.resolve(bands).value == Listed::Unlisted
                    {
                        unread.push(UnreadValue {
                            field: field.field.name(),
                            text: text.clone(),
                            why: NotRead::NotASize,
                        });
                    }
                    lead = lead.customer_size(size);
                }
                _ => lead = lead.account(text),
            }
        }
        Ok(Arrival {
            lead: lead.build(),
            received,
            joined: joined.iter().map(Option::is_some).collect(),
            unread,
            further: self.further(&row)?,
        })
    }

    /// The texts of the further columns.
    fn further<'r>(&'r self, row: &JoinedRow<'r, '_>) -> Result<Vec<Cow<'r, str>>, RowFault> {
        let cells = self.further.iter().map(|column| {
            let Some(column) = column else {
                return Ok(Cow::Borrowed(""));
            };
            match column.cell(row.row, row.joined)? {
                None => Ok(Cow::Borrowed("")),
                Some(crate::rows::Cell::Text(Cow::Borrowed(text))) => Ok(trimmed(text).into()),
                Some(crate::rows::Cell::Text(text)) => Ok(trimmed(&text).to_owned().into()),
                Some(crate::rows::Cell::List(texts)) => Ok(texts.join(";").into()),
                Some(crate::rows::Cell::Other(found)) => Err(RowFault::NotAValue {
                    field: column.name.clone(),
                    found,
                }),
            }
        });
        cells.collect()
    }

    /// Whether the decimal mark of some numbers is not known.
    pub(crate) fn lack_marks(&self) -> bool {
        let mut kinds = self.attributes.iter().map(|field| &field.kind);
        kinds.any(|kind| matches!(kind, Kind::Number(None)))
    }

    /// Takes for each number whose decimal mark is not stated the one that the rows show, if they agree.
    pub(crate) fn see_marks(&mut self, rows: &mut Rows, most: usize) -> io::Result<()> {
        let mut shown = vec![[false; 2]; self.attributes.len()];
        let mut count = 0;
        while count < most
            && let Some(NumberedRow { number, row, .. }) = rows.advance()?
        {
            count += 1;
            let Ok(row) = row else { continue };
            for (field, [point, comma]) in self.attributes.iter().zip(&mut shown) {
                let row = JoinedRow {
                    row: &row,
                    number,
                    joined: &[],
                    blanks: &self.blanks,
                };
                if !matches!(field.kind, Kind::Number(None)) {
                    continue;
                }
                let text = field.text(&row);
                let text = text.ok().filter(|text| !field.is_json_number(&row, text));
                match text.and_then(|text| shown_mark(&text)) {
                    Some(DecimalMark::Point) => *point = true,
                    Some(DecimalMark::Comma) => *comma = true,
                    None => {}
                }
            }
        }
        self.blanks.reset();
        for (field, shown) in self.attributes.iter_mut().zip(shown) {
            if let (Kind::Number(mark @ None), true) = (&mut field.kind, shown[0] != shown[1]) {
                let seen = if shown[0] {
                    DecimalMark::Point
                } else {
                    DecimalMark::Comma
                };
                *mark = Some(seen);
                self.shown_marks.push((field.field.name().to_owned(), seen));
            }
        }
        Ok(())
    }

    /// The fields whose decimal mark was seen in the rows.
    pub(crate) fn shown_marks(&self) -> impl Iterator<Item = (&str, DecimalMark)> {
        self.shown_marks
            .iter()
            .map(|(field, mark)| (&**field, *mark))
    }

    /// Whether a column has the time of the assignment.
    pub(crate) fn has_moments(&self) -> bool {
        self.others
            .iter()
            .any(|field| field.field == LeadField::Received)
    }

    /// The words that stood for no value, and how often.
    pub(crate) fn blanks(&self) -> impl Iterator<Item = (&str, u64)> {
        self.blanks.counted()
    }

    /// How many ids have invisible characters inside, and the line of the first.
    pub(crate) fn odd_ids(&self) -> (u64, u64) {
        self.odd_ids.get()
    }

    /// The fields with an option of the mapping that applied to none of their texts so far.
    pub(crate) fn steps_in_vain(&self) -> impl Iterator<Item = (&str, &'static str)> {
        let fields = self.all().map(|field| (field.field.name(), &field.steps));
        let joins = self.joins.iter().flat_map(|join| {
            [
                ("the `on` of a join", &join.on.steps),
                ("the `key` of a join", &join.table.steps),
            ]
        });
        let all = fields.chain(joins);
        all.flat_map(|(name, steps)| steps.in_vain().map(move |option| (name, option)))
    }

    /// The joined files, in the order of the mapping.
    pub(crate) fn joined_files(&self) -> impl Iterator<Item = JoinedFile<'_>> {
        self.joins.iter().enumerate().map(|(number, join)| {
            let used = self.addresses().filter(|column| column.own.is_none());
            let used = used.filter_map(|column| column.joined);
            let used = used.filter(|(join, _)| *join == number);
            let used: Vec<_> = used.map(|(_, position)| position).collect();
            JoinedFile {
                unused_columns: join.table.unused(&used),
                left_out: &join.table.left_out,
            }
        })
    }

    /// The columns of a field; none if it has no column.
    pub(crate) fn of_field(&self, name: &str) -> impl Iterator<Item = &str> {
        let field = self.all().find(|field| field.field.name() == name);
        let columns = field.into_iter().flat_map(|field| field.origin.columns());
        columns.map(|column| &*column.name)
    }

    /// Whether a joined file has a column.
    pub(crate) fn is_joined(&self, name: &str) -> bool {
        let mut names = self.joins.iter().flat_map(|join| join.table.names());
        names.any(|joined| joined == name)
    }

    /// The names of the columns that are used, of the leads' own file and of joined ones.
    pub(crate) fn used(&self) -> impl Iterator<Item = &str> {
        self.addresses().map(|column| &*column.name)
    }

    fn addresses(&self) -> impl Iterator<Item = &ColumnAddress> {
        let joins = self.joins.iter().map(|join| &join.on);
        let columns = self
            .all()
            .chain(joins)
            .flat_map(|field| field.origin.columns());
        columns.chain(self.further.iter().flatten())
    }

    /// All fields.
    fn all(&self) -> impl Iterator<Item = &BoundField> {
        let dimensions = self.dimensions.iter().map(|(_, field)| field);
        let others = std::iter::once(&self.id).chain(&self.others);
        others.chain(dimensions).chain(&self.attributes)
    }
}

/// The value; an error is kept if it is the first.
fn ok_or_kept<T>(result: Result<T, RowFault>, first: &mut Option<RowFault>) -> Option<T> {
    result.map_err(|fault| first.get_or_insert(fault)).ok()
}
