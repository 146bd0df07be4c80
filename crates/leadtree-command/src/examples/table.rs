//! Examples in a CSV file: one a row.

use std::collections::HashMap;
use std::ops::Range;

use csv::StringRecord;
use leadtree::availability::Moment;
use leadtree::diagnostics::SourceText;
use leadtree::dimension::AttributeKind;
use leadtree::example::{Example, Expectation, ExpectedOutcome};
use leadtree::lead::{AttributeValue, Lead};
use leadtree::policy::{Policy, PolicyFault};
use leadtree::{Finding, FindingCode, Place, Severity};
use leadtree_files::open_quote;

use super::columns::{Column, Columns};
use super::standing::Standing;

/// What separates names and tags in a cell.
const SEPARATOR: char = ';';

/// What may separate cells.
const DELIMITERS: [u8; 3] = *b",;\t";

/// Some editors begin a file with this character.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Where the rows and cells of a table are in its text.
#[derive(Default)]
pub(super) struct Table {
    /// By the places of their examples: `[3]`.
    rows: HashMap<String, Row>,
}

struct Row {
    /// In bytes of the text.
    span: Range<usize>,
    /// What is filled by the cells, as places in the document, and where the cells are.
    cells: Vec<(Place, Range<usize>)>,
}

impl Table {
    /// A finding with its location: the cell that it is about, or else the row.
    pub(super) fn located(&self, source: SourceText<'_>, finding: Finding) -> Finding {
        let place = finding.place.as_str();
        let is_around = |outer: &Place| {
            let rest = place.strip_prefix(outer.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let example = place.split_inclusive(']').next().unwrap_or_default();
        let row = self.rows.get(example);
        let cell = row.and_then(|row| row.cells.iter().find(|(cell, _)| is_around(cell)));
        match (row, cell) {
            (_, Some((_, span))) if !span.is_empty() => source.located_at(finding, span.clone()),
            (Some(row), _) => source.located_at(finding, row.span.clone()),
            (None, _) => finding,
        }
    }
}

/// The examples without mistakes, and what is told of the others.
pub(super) fn read(
    source: SourceText<'_>,
    text: &str,
    policy: &Policy,
) -> (Vec<Standing>, Vec<Finding>, Table) {
    let columns = Columns::of(policy);
    let mut reader = TableReader {
        source,
        text,
        table: Table::default(),
        findings: Vec::new(),
    };
    let examples = reader.examples(&columns);
    let TableReader {
        table,
        mut findings,
        ..
    } = reader;
    let is_header_sound = examples.is_some();
    let rows: Vec<RowExample> = examples.unwrap_or_default();
    if is_header_sound && rows.is_empty() && findings.is_empty() {
        let told = PolicyFault::NoExamples.to_string();
        let none = Finding::new(
            FindingCode::EmptyFile,
            Severity::Error,
            Place::default(),
            &told,
        );
        findings.push(source.located_at(none, 0..0));
    }
    let examples: Vec<Example> = rows.iter().map(|row| row.example.clone()).collect();
    let faults = policy.faults_of_examples(&examples);
    let warnings = policy.warnings_of_examples(&examples);
    let mut standing = Vec::new();
    for ((row, faults), warnings) in rows.into_iter().zip(faults).zip(warnings) {
        let is_sound = row.is_sound && faults.is_empty();
        // What a row expects may stand in a cell that cannot be read.
        let is_told = |fault: &PolicyFault| row.is_sound || *fault != PolicyFault::ExpectsNothing;
        let faults = faults.into_iter().filter(|it| is_told(&it.fault));
        let faults = faults.map(|fault| fault.under(&row.place));
        let faults = faults.map(|fault| Finding::from(&fault));
        findings.extend(faults.map(|it| table.located(source, it)));
        if is_sound {
            let warnings = warnings.into_iter().map(|it| it.under(&row.place));
            let warnings = warnings.map(|warning| Finding::from(&warning));
            findings.extend(warnings.map(|it| table.located(source, it)));
            standing.push(Standing {
                example: row.example,
                place: row.place,
                number: row.number,
                line: Some(row.line),
            });
        }
    }
    findings.sort_by_key(|finding| finding.location.as_ref().map(|at| at.bytes.start));
    (standing, findings, table)
}

/// An example as read from a row.
struct RowExample {
    example: Example,
    place: Place,
    number: usize,
    line: usize,
    /// Whether all its cells could be read.
    is_sound: bool,
}

struct TableReader<'t> {
    source: SourceText<'t>,
    text: &'t str,
    table: Table,
    findings: Vec<Finding>,
}

impl TableReader<'_> {
    /// All examples that could be read in part at least; none if the header is at fault.
    fn examples(&mut self, columns: &Columns) -> Option<Vec<RowExample>> {
        let body = self.text.trim_start_matches(BYTE_ORDER_MARK);
        let before = self.text.len() - body.len();
        let delimiter = delimiter(body, columns);
        let records = records(body, delimiter);
        let mut records = records.iter();
        let Some((header, start)) = records.next() else {
            return Some(Vec::new());
        };
        let end_of = |start: usize| body.get(start..).map_or(start, |it| start + line_end(it));
        let cells = cells(body, *start, end_of(*start), header);
        let rows: Vec<_> = records.collect();
        let header = self.header(header, &cells, before, columns, &rows);
        let mut examples = Vec::new();
        for (index, (record, start)) in rows.iter().enumerate() {
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let end = rows.get(index + 1).map_or(body.len(), |(_, start)| *start);
            let spans = self::cells(body, *start, end, record);
            let place = Place::default().item(index);
            let shifted = |span: &Range<usize>| span.start + before..span.end + before;
            let placed = header.columns.iter().zip(&spans);
            let placed = placed.filter_map(|(column, span)| {
                Some((column.as_ref()?.place().under(&place), shifted(span)))
            });
            let row = Row {
                span: *start + before..end_of(*start) + before,
                cells: placed.collect(),
            };
            self.table.rows.insert(place.to_string(), row);
            let raw = body.get(*start..end).unwrap_or_default();
            if let Some(quote) = open_quote(raw.as_bytes(), delimiter) {
                let told = "this quote is not closed where the cell ends, and takes what follows into the cell; \
                            write a second one behind the text, or leave it out";
                let finding = error(FindingCode::Syntax, place.clone(), told);
                let quote = start + quote + before;
                let quote = quote..quote + 1;
                self.findings.push(self.source.located_at(finding, quote));
                continue;
            }
            let line = body.get(..*start).unwrap_or_default().matches('\n').count() + 1;
            let (count, wanted) = (record.len(), header.columns.len());
            let is_longer = record
                .iter()
                .skip(wanted)
                .any(|cell| !cell.trim().is_empty());
            if count < wanted || is_longer {
                let told = format!(
                    "this row has {count} cells, and the header has {wanted}; add or remove a separator, and put \
                     a cell with a separator in it in quotes"
                );
                let finding = error(FindingCode::Syntax, place, &told);
                let finding = self.table.located(self.source, finding);
                self.findings.push(finding);
                continue;
            }
            let (example, faults) = of_row(&header.columns, record, &place);
            let is_sound = faults.is_empty();
            let located = faults.into_iter();
            let located = located.map(|it| self.table.located(self.source, it));
            self.findings.extend(located.collect::<Vec<_>>());
            examples.push(RowExample {
                example,
                place,
                number: index + 1,
                line,
                is_sound,
            });
        }
        header.is_sound.then_some(examples)
    }

    fn header(
        &mut self,
        header: &StringRecord,
        cells: &[Range<usize>],
        before: usize,
        columns: &Columns,
        rows: &[&(StringRecord, usize)],
    ) -> Header {
        let mut found: Vec<Option<Column>> = Vec::new();
        let mut is_sound = true;
        for (index, name) in header.iter().enumerate() {
            let name = name.trim();
            let is_given = |(row, _): &&(StringRecord, usize)| {
                row.get(index).is_some_and(|cell| !cell.trim().is_empty())
            };
            let told = match columns.find(name) {
                Ok(column) if found.contains(&Some(column.clone())) => Some((
                    FindingCode::GivenTwice,
                    format!("column `{name}` is given twice; keep one"),
                )),
                Ok(column) => {
                    found.push(Some(column.clone()));
                    continue;
                }
                // Spreadsheets export empty columns at the end.
                Err(_) if name.is_empty() && !rows.iter().any(is_given) => None,
                Err(_) if name.is_empty() => Some((
                    FindingCode::EmptyName,
                    "a column without a name; give it one, or remove it".to_owned(),
                )),
                Err(near) => Some((
                    FindingCode::UnknownField,
                    format!("unknown column `{name}`{}", remedy(&near.to_string())),
                )),
            };
            found.push(None);
            if let Some((code, told)) = told {
                is_sound = false;
                let finding = error(code, Place::default(), &told);
                let span = cells.get(index).cloned().unwrap_or_default();
                let span = span.start + before..span.end + before;
                self.findings.push(self.source.located_at(finding, span));
            }
        }
        Header {
            columns: found,
            is_sound,
        }
    }
}

struct Header {
    columns: Vec<Option<Column>>,
    is_sound: bool,
}

/// What to do about an unknown column that is like no other.
fn remedy(suggestion: &str) -> String {
    if suggestion.is_empty() {
        "; declare it in the policy as an attribute, or remove it".to_owned()
    } else {
        suggestion.to_owned()
    }
}

fn error(code: FindingCode, place: Place, told: &str) -> Finding {
    Finding::new(code, Severity::Error, place, told)
}

/// The delimiter with which the header has most known columns.
fn delimiter(body: &str, columns: &Columns) -> u8 {
    let header = body.trim_start().lines().next().unwrap_or_default();
    let known = |delimiter: u8| {
        let header = records(header, delimiter);
        let header = header.first().map(|(header, _)| header);
        let names = header.into_iter().flat_map(StringRecord::iter);
        names
            .filter(|name| columns.find(name.trim()).is_ok())
            .count()
    };
    // Of several, the first.
    let best = DELIMITERS.into_iter().rev().max_by_key(|it| known(*it));
    best.unwrap_or(b',')
}

/// The records, and the byte at which each begins.
fn records(body: &str, delimiter: u8) -> Vec<(StringRecord, usize)> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(body.as_bytes());
    // A text in memory has no faults of input or encoding, and the lengths of records may differ.
    let records = reader.records().filter_map(Result::ok).map(|record| {
        let start = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or_default();
        // The position is that behind the record before; blank lines may follow it.
        let rest = body.get(start..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        (record, start + blank)
    });
    records.collect()
}

fn line_end(text: &str) -> usize {
    text.find(['\r', '\n']).unwrap_or(text.len())
}

/// Where the cells of a record are, whose text goes from `start` to `end`. A cell with doubled quotes is not
/// found, nor are those behind it.
fn cells(body: &str, start: usize, end: usize, record: &StringRecord) -> Vec<Range<usize>> {
    let mut next = start;
    let cells = record.iter().map(|cell| {
        let cell = cell.trim();
        let rest = body.get(next..end).unwrap_or_default();
        match rest.find(cell) {
            Some(at) if !cell.is_empty() => {
                let at = next + at;
                next = at + cell.len();
                at..next
            }
            Some(_) => next..next,
            None => {
                next = end;
                end..end
            }
        }
    });
    cells.collect()
}

/// The example of a row, and the cells that cannot be read.
fn of_row(
    columns: &[Option<Column>],
    record: &StringRecord,
    place: &Place,
) -> (Example, Vec<Finding>) {
    let cells = columns.iter().zip(record.iter().map(str::trim));
    let filled = cells.filter_map(|(column, cell)| Some((column.as_ref()?, cell)));
    let filled: Vec<_> = filled.filter(|(_, cell)| !cell.is_empty()).collect();
    let id = filled.iter().find(|(column, _)| **column == Column::Id);
    let mut lead = Lead::builder(id.map_or("L-1", |(_, id)| id));
    let mut expect = Expectation::new();
    let (mut name, mut at) = (None, None);
    let mut faults = Vec::new();
    for (column, cell) in filled {
        let mut told = |code, message: String| {
            faults.push(error(code, column.place().under(place), &message));
        };
        match column {
            Column::Id => {}
            Column::Name => name = Some(cell),
            Column::At => match cell.parse::<Moment>() {
                Ok(moment) => at = Some(moment),
                Err(error) => told(FindingCode::WrongValue, error.to_string()),
            },
            Column::Rule => expect = expect.rule(cell),
            Column::Otherwise => {
                if let Ok(applies) = cell.to_lowercase().parse() {
                    expect = expect.otherwise(applies);
                } else {
                    let message = format!("expected `true` or `false`, found `{cell}`");
                    told(FindingCode::WrongValue, message);
                }
            }
            Column::NotRule => expect = names(cell).fold(expect, Expectation::not_rule),
            Column::Team => expect = expect.team(cell),
            Column::Member => expect = expect.member(cell),
            Column::Pool => expect = expect.pool(cell),
            Column::Outcome => match cell.to_lowercase().parse::<ExpectedOutcome>() {
                Ok(outcome) => expect = expect.outcome(outcome),
                Err(error) => told(FindingCode::UnknownWord, error.to_string()),
            },
            Column::Unlisted => expect = names(cell).fold(expect, Expectation::unlisted),
            Column::Account => lead = lead.account(cell),
            Column::Dimension(dimension) => lead = lead.value(*dimension, cell),
            Column::Attribute(name, AttributeKind::Tags) => {
                lead = lead.attribute(name.as_str(), AttributeValue::tags(names(cell)));
            }
            Column::Attribute(name, _) => lead = lead.attribute(name.as_str(), cell),
        }
    }
    let mut example = Example::new(lead.build(), expect);
    if let Some(name) = name {
        example = example.name(name);
    }
    if let Some(at) = at {
        example = example.at(at);
    }
    (example, faults)
}

fn names(cell: &str) -> impl Iterator<Item = &str> {
    let names = cell.split(SEPARATOR).map(str::trim);
    names.filter(|name| !name.is_empty())
}
