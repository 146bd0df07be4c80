//! The columns of a file, from which leads are built.

use std::borrow::Cow;
use std::io;

use chrono::{DateTime, Utc};
use leadtree::Lead;
use leadtree::dimension::{Dimension, Listed};
use leadtree::policy::Policy;

use super::field::{BoundField, JoinedRow, Kind, size};
use super::lead_field::LeadField;
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
}

impl Columns {
    /// Builds the lead of a row.
    #[inline]
    pub(crate) fn lead<'r>(&'r self, row: &Row<'r>, line: u64) -> Result<Arrival<'r>, RowFault> {
        let mut joined = Vec::with_capacity(self.joins.len());
        for join in &self.joins {
            let key = join.on.text(&JoinedRow {
                row,
                line,
                joined: &joined,
                blanks: &self.blanks,
            })?;
            joined.push(join.table.row(&key));
        }
        let row = JoinedRow {
            row,
            line,
            joined: &joined,
            blanks: &self.blanks,
        };
        let id = self.id.text(&row)?;
        if id.is_empty() {
            return Err(RowFault::NoId);
        }
        let mut first_fault = None;
        let dimensions = self.dimensions.iter().filter_map(|(dimension, field)| {
            let text = ok_or_kept(field.text(&row), &mut first_fault)?;
            (!text.is_empty()).then(|| (*dimension, self.full_path(*dimension, text)))
        });
        let mut lead = Lead::builder(id).values(dimensions);
        let attributes = self.attributes.iter().filter_map(|field| {
            let value = ok_or_kept(field.attribute(&row), &mut first_fault)?;
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
                    let sizes = self.policy.dimensions().customer_sizes();
                    lead = lead.customer_size(size(text, sizes));
                }
                _ => lead = lead.account(text),
            }
        }
        Ok(Arrival {
            lead: lead.build(),
            received,
            joined: joined.iter().map(Option::is_some).collect(),
        })
    }

    /// The full path of a node whose path leaves steps out; any other text as it is.
    fn full_path<'r>(&self, dimension: Dimension, text: Cow<'r, str>) -> Cow<'r, str> {
        let dimensions = self.policy.dimensions();
        let taxonomy = match dimension {
            Dimension::Region => dimensions.regions(),
            Dimension::Industry => dimensions.industries(),
            Dimension::ProductLine => dimensions.product_lines(),
            _ => return text,
        };
        if !text.contains(['/', '\u{ff0f}']) || taxonomy.resolve(&text).value != Listed::Unlisted {
            return text;
        }
        match taxonomy.resolve_short_path(&text).value {
            Listed::Known(node) => taxonomy.path(node).to_owned().into(),
            _ => text,
        }
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
            && let Some(NumberedRow { line, row }) = rows.advance()?
        {
            count += 1;
            let Ok(row) = row else { continue };
            for (field, [point, comma]) in self.attributes.iter().zip(&mut shown) {
                if !matches!(field.kind, Kind::Number(None)) {
                    continue;
                }
                let text = field.text(&JoinedRow {
                    row: &row,
                    line,
                    joined: &[],
                    blanks: &self.blanks,
                });
                match text.ok().and_then(|text| shown_mark(&text)) {
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

    /// Whether a joined file has a column.
    pub(crate) fn is_joined(&self, name: &str) -> bool {
        let mut names = self.joins.iter().flat_map(|join| join.table.names());
        names.any(|joined| joined == name)
    }

    /// The names of the columns that are used, of the leads' own file and of joined ones.
    pub(crate) fn used(&self) -> impl Iterator<Item = &str> {
        let joins = self.joins.iter().map(|join| &join.on);
        let dimensions = self.dimensions.iter().map(|(_, field)| field);
        let fields = std::iter::once(&self.id).chain(joins).chain(&self.others);
        fields
            .chain(dimensions)
            .chain(&self.attributes)
            .flat_map(|field| field.origin.columns())
            .map(|column| &*column.name)
    }
}

/// The value; an error is kept if it is the first.
fn ok_or_kept<T>(result: Result<T, RowFault>, first: &mut Option<RowFault>) -> Option<T> {
    result.map_err(|fault| first.get_or_insert(fault)).ok()
}
