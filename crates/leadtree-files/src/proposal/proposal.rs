//! A proposal for the mapping of a file.

use std::io::Read;

use leadtree::dimension::AttributeKind;
use leadtree::policy::Policy;

use super::dates::{Dates, First, order, turned};
use super::known::Knowledge;
use super::marks::Marks;
use super::matching::{Match, matched};
use super::sample::{Column, Sample};
use crate::columns::LeadField;
use crate::lead_file::OpenError;
use crate::mapping::Mapping;
use crate::value::{DecimalMark, flag};

/// The separators of tags that are recognised. The first is that of a mapping without `split`.
const TAG_SEPARATORS: [&str; 6] = [";", ",", "|", "、", "，", "/"];

/// A proposal for the mapping of a file, made from its first rows: which column is which field, found by the
/// names of the columns in six languages and by how many of their values the policy knows.
///
/// Its text is a mapping in YAML, with comments that say how much of each column is known, to be read and edited
/// by a person. Linear in the size of what is looked at, the first 1,000 rows and 256 KiB, times the number of
/// fields.
///
/// ```
/// use leadtree::policy::Policy;
/// use leadtree_files::{Mapping, Proposal};
///
/// let policy = Policy::from_yaml(
///     "regions: {paths: [bayern, hessen]}\nrules: [{id: all, assign_to: {pool: p}}]\npools: [p]",
/// )?;
/// let file = "Lead-Nr.;Bundesland;Eingang\n7;Bayern;14.03.2026\n8;Tirol;15.03.2026\n";
/// let proposal = Proposal::of(Box::new(file.as_bytes()), &Mapping::default(), &policy)?;
/// let text = proposal.to_string();
/// assert!(text.contains(r#"id: "Lead-Nr."  # 2 of 2 rows, all different"#));
/// assert!(text.contains("region: Bundesland  # 50 % of 2 known; not: Tirol (1)"));
/// assert!(text.contains(r#"received: {column: Eingang, date: "%d.%m.%Y"}"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Proposal {
    /// The encoding of the file, as web pages name it, and whether it was stated.
    pub encoding: Recognised<String>,
    /// The separator of its cells; none for JSON.
    pub separator: Option<Recognised<char>>,
    /// The line of the header, if there is anything above it.
    pub header_line: Option<u64>,
    /// The key of a JSON object around all leads, under which their list stands, if there is one.
    pub list_key: Option<String>,
    /// The decimal mark of all numbers, where it must be said.
    pub decimal: Option<DecimalMark>,
    /// The first of the hundred years that years of two digits mean, if there are any.
    pub two_digit_years: Option<i32>,
    /// How many rows were looked at.
    pub rows: usize,
    /// The fields for which columns were found, in the order of [`LeadField::all`].
    pub fields: Vec<ProposedField>,
    /// The fields for which none was found.
    pub missing: Vec<LeadField>,
    /// The columns that no field uses.
    pub unused: Vec<UnusedColumn>,
    /// Names that several columns have; a mapping cannot name these columns.
    pub repeated: Vec<String>,
}

/// Something that is recognised from the file, or stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recognised<T> {
    /// What it is.
    pub value: T,
    /// Whether it was stated, so that the mapping must state it as well.
    pub is_stated: bool,
}

/// A field and the columns that were found for it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ProposedField {
    /// The field.
    pub field: LeadField,
    /// Its columns: one, or the steps of a path; none if the number of the row is taken.
    pub columns: Vec<String>,
    /// The formats of its dates, in the notation of `strftime`; none for those of ISO 8601.
    pub dates: Vec<&'static str>,
    /// The formats with day and month in the other order, if these fit as well. Then a person must decide, and
    /// the text has the field as a comment.
    pub other_dates: Vec<&'static str>,
    /// The separator of its tags, if it is not `;`.
    pub split: Option<&'static str>,
    /// Whether blanks mean no, because the column has nothing but blanks and yes.
    pub blank_is_no: bool,
    /// The decimal mark of its numbers, if it is another than that of the file.
    pub decimal: Option<DecimalMark>,
    /// Whether a number such as `1,000` can be read in two ways, and nothing in the file tells which.
    pub has_unclear_numbers: bool,
    /// Whether it was found by its values alone.
    pub is_by_values: bool,
    /// How many rows have a value.
    pub given: usize,
    /// How many of these values the field can read.
    pub known: usize,
    /// The most frequent ones that it cannot read, and how often they occur.
    pub others: Vec<(String, usize)>,
}

/// A column that no field uses.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnusedColumn {
    /// Its name.
    pub name: String,
    /// Its first value, if any.
    pub example: Option<String>,
}

impl Proposal {
    /// Makes a proposal from the beginning of a file. What `stated` says of encoding, separator, header and
    /// sheet holds; its columns do not matter.
    ///
    /// # Errors
    /// [`OpenError`] if the file cannot be read, or an encoding or separator that is stated does not exist.
    pub fn of(
        input: Box<dyn Read + Send>,
        stated: &Mapping,
        policy: &Policy,
    ) -> Result<Self, OpenError> {
        let sample = Sample::read(input, stated)?;
        let fields = LeadField::all(policy);
        let dates = dates(&sample, policy);
        let found = matched(&fields, &sample, &dates, &Knowledge::new(policy));
        let marks = Marks::of(fields.iter().zip(&found).filter_map(|(field, found)| {
            let is_number = field.attribute_kind() == Some(AttributeKind::Number);
            column(found.as_ref().filter(|_| is_number)?, &sample)
        }));
        let mut proposed = Vec::new();
        let mut missing = Vec::new();
        for (field, found) in fields.into_iter().zip(found) {
            match found {
                Some(found) => {
                    proposed.push(proposed_field(field, &found, &sample, &dates, &marks));
                }
                None if field == LeadField::Id => proposed.push(ProposedField::of(field)),
                None => missing.push(field),
            }
        }
        let has_short_years = |field: &ProposedField| {
            let mut formats = field.dates.iter().chain(&field.other_dates);
            formats.any(|format| format.contains("%y"))
        };
        let is_used = |name: &str| {
            let mut used = proposed
                .iter()
                .flat_map(|field: &ProposedField| &field.columns);
            used.any(|used| used == name)
        };
        let unused = sample
            .columns
            .iter()
            .filter(|column| !is_used(&column.name));
        let unused = unused.map(|column| UnusedColumn {
            name: column.name.clone(),
            example: column.values.first().map(|(text, _)| text.clone()),
        });
        Ok(Self {
            encoding: Recognised {
                value: sample.encoding.to_owned(),
                is_stated: stated.encoding.is_some(),
            },
            separator: sample.separator.map(|value| Recognised {
                value,
                is_stated: stated.separator.is_some(),
            }),
            header_line: sample.header_line,
            list_key: sample.list_key,
            decimal: marks.of_file(),
            two_digit_years: proposed
                .iter()
                .any(has_short_years)
                .then_some(super::dates::FIRST_YEAR),
            rows: sample.rows,
            unused: unused.collect(),
            fields: proposed,
            missing,
            repeated: sample.repeated,
        })
    }
}

impl ProposedField {
    /// A field without a column.
    fn of(field: LeadField) -> Self {
        Self {
            field,
            columns: Vec::new(),
            dates: Vec::new(),
            other_dates: Vec::new(),
            split: None,
            blank_is_no: false,
            decimal: None,
            has_unclear_numbers: false,
            is_by_values: false,
            given: 0,
            known: 0,
            others: Vec::new(),
        }
    }
}

/// The dates of each column, with the order of day and month that they tell together.
fn dates(sample: &Sample, policy: &Policy) -> Vec<Option<Dates>> {
    let columns = sample.columns.iter();
    let dates: Vec<_> = columns.map(|column| Dates::of(column, policy)).collect();
    let order: First = order(dates.iter().flatten());
    let dates = dates.into_iter();
    dates
        .map(|dates| dates.map(|dates| dates.in_order(order)))
        .collect()
}

/// The first column that was found.
fn column<'s>(found: &Match, sample: &'s Sample) -> Option<&'s Column> {
    sample.columns.get(*found.columns.first()?)
}

fn proposed_field(
    field: LeadField,
    found: &Match,
    sample: &Sample,
    all_dates: &[Option<Dates>],
    marks: &Marks,
) -> ProposedField {
    let names = found
        .columns
        .iter()
        .filter_map(|place| sample.columns.get(*place));
    let mut proposed = ProposedField {
        columns: names.map(|column| column.name.clone()).collect(),
        is_by_values: found.name <= 0.0,
        given: found.known.given,
        known: found.known.read,
        others: found.known.others.clone(),
        ..ProposedField::of(field)
    };
    let Some(column) = column(found, sample) else {
        return proposed;
    };
    if proposed.field.is_date() {
        let place = found.columns.first();
        let dates = place.and_then(|place| all_dates.get(*place)?.as_ref());
        if let Some(dates) = dates {
            proposed.dates.clone_from(&dates.formats);
            if dates.is_open {
                let others = dates.formats.iter().map(|format| turned(format));
                proposed.other_dates = others.collect();
            }
        }
    }
    match proposed.field.attribute_kind() {
        Some(AttributeKind::Tags) if !column.is_list => proposed.split = split(column),
        Some(AttributeKind::Flag) => {
            let is_yes = |(text, _): &(String, usize)| flag(text) == Some(true);
            let has_blanks = proposed.given < sample.rows;
            proposed.blank_is_no =
                has_blanks && proposed.given > 0 && column.values.iter().all(is_yes);
        }
        Some(AttributeKind::Number) => {
            proposed.decimal = marks.of_column(column);
            proposed.has_unclear_numbers = marks.is_unclear(column);
        }
        _ => {}
    }
    proposed
}

/// The separator that most values with several tags have, if it is not that of a mapping without `split`.
fn split(column: &Column) -> Option<&'static str> {
    let occurs = |separator: &str| {
        let with = column
            .values
            .iter()
            .filter(|(text, _)| text.contains(separator));
        with.map(|(_, count)| count).sum::<usize>()
    };
    let counts = TAG_SEPARATORS
        .iter()
        .map(|separator| (*separator, occurs(separator)));
    // Of equals the first.
    let counts: Vec<_> = counts.collect();
    let best = counts.iter().rev().max_by_key(|(_, count)| *count)?;
    (best.1 > 0 && best.0 != ";").then_some(best.0)
}
