//! Examples in a table, such as a CSV file: one a row. The fields of leads are read as `assign` reads them; the
//! other columns are those of examples alone.

use std::io::Cursor;

use leadtree::availability::Moment;
use leadtree::diagnostics::SourceText;
use leadtree::example::{Example, Expectation, ExpectedOutcome};
use leadtree::policy::{Policy, PolicyFault};
use leadtree::{Finding, FindingCode, Place, Placed, PolicyWarning, Severity, Suggestion};
use leadtree_files::{Arrival, LeadField, LeadFile, NumberedLead, OpenError, column_key};

use super::cells::{Lines, Row, Table};
use super::columns::Column;
use super::standing::Standing;
use crate::error::CommandError;
use crate::files::Input;
use crate::leads::MappingFile;

/// What separates names in a cell.
const SEPARATOR: char = ';';

/// The id of leads without one.
const ID: &str = "L-1";

/// A table that was read.
#[derive(Default)]
pub(super) struct TableFile {
    pub(super) text: String,
    /// The examples without mistakes.
    pub(super) examples: Vec<Standing>,
    /// What is told of the others.
    pub(super) findings: Vec<Finding>,
    pub(super) table: Table,
}

/// An example as read from a row.
struct RowExample {
    example: Example,
    place: Place,
    number: usize,
    line: usize,
    /// Whether all its cells could be read.
    is_sound: bool,
    /// The fields of the lead that cannot be read, which has been told.
    unread: Vec<Place>,
}

impl TableFile {
    /// Reads a table, the content of a file: the examples without mistakes, and what is told of the others.
    pub(super) fn read(
        bytes: Vec<u8>,
        input: &Input,
        mapping_file: &MappingFile,
        policy: &Policy,
    ) -> Result<Self, CommandError> {
        let mapping = mapping_file.mapping.clone();
        let mapping = mapping.default_id(ID);
        let mapping = mapping.further_columns(Column::ALL.map(Column::name));
        let refused = |error| match error {
            OpenError::Mapping(findings) => mapping_file.refused(findings, input),
            OpenError::Io(error) => CommandError::file(input, error),
            error => CommandError::faulty(input, error),
        };
        let text = LeadFile::text(Box::new(Cursor::new(bytes.clone())), &mapping);
        let text = text.map_err(refused)?;
        let content = Box::new(Cursor::new(bytes));
        let mut file =
            LeadFile::open(content, &mapping, policy, input.folder()).map_err(refused)?;
        let name = input.to_string();
        let source = SourceText::new(&name, &text);
        let mut reader = TableReader {
            source,
            lines: Lines::new(&text, file.separator().unwrap_or(b',')),
            fields: fields(policy),
            table: Table::default(),
            findings: Vec::new(),
        };
        let examples = reader.examples(&mut file, input)?;
        let is_header_sound = reader.header(&file, policy, mapping_file.is_given());
        let TableReader {
            table,
            mut findings,
            ..
        } = reader;
        if is_header_sound && examples.is_empty() && findings.is_empty() {
            let told = PolicyFault::NoExamples.to_string();
            let none = error(FindingCode::EmptyFile, Place::default(), &told);
            findings.push(source.located_at(none, 0..0));
        }
        let examples = if is_header_sound {
            examples
        } else {
            Vec::new()
        };
        let (examples, told) = checked(examples, policy);
        findings.extend(told.into_iter().map(|it| table.located(source, it)));
        findings.sort_by_key(|finding| finding.location.as_ref().map(|at| at.bytes.start));
        Ok(Self {
            text,
            examples,
            findings,
            table,
        })
    }
}

/// The examples that can be tested, and what is told of all.
fn checked(rows: Vec<RowExample>, policy: &Policy) -> (Vec<Standing>, Vec<Finding>) {
    let examples: Vec<Example> = rows.iter().map(|row| row.example.clone()).collect();
    let faults = policy.faults_of_examples(&examples);
    let warnings = policy.warnings_of_examples(&examples);
    let mut standing = Vec::new();
    let mut findings = Vec::new();
    for ((row, faults), warnings) in rows.into_iter().zip(faults).zip(warnings) {
        let is_sound = row.is_sound && faults.is_empty();
        let is_told = |fault: &Placed<PolicyFault>| {
            // What a row expects may stand in a cell that cannot be read.
            let is_new = row.is_sound || fault.fault != PolicyFault::ExpectsNothing;
            is_new && !row.unread.contains(&fault.place)
        };
        let faults = faults.into_iter().filter(is_told);
        let faults = faults.map(|fault| fault.under(&row.place));
        findings.extend(faults.map(|fault| Finding::from(&fault)));
        if is_sound {
            let warnings = warnings.into_iter().map(|it| it.under(&row.place));
            findings.extend(warnings.map(|it: Placed<PolicyWarning>| Finding::from(&it)));
            standing.push(Standing {
                example: row.example,
                place: row.place,
                number: row.number,
                line: Some(row.line),
            });
        }
    }
    (standing, findings)
}

/// The fields of leads.
fn fields(policy: &Policy) -> Vec<String> {
    let fields = LeadField::all(policy);
    fields.iter().map(|field| field.name().to_owned()).collect()
}

struct TableReader<'t> {
    source: SourceText<'t>,
    lines: Lines<'t>,
    fields: Vec<String>,
    table: Table,
    findings: Vec<Finding>,
}

impl TableReader<'_> {
    /// All examples that could be read in part at least.
    fn examples(
        &mut self,
        file: &mut LeadFile,
        input: &Input,
    ) -> Result<Vec<RowExample>, CommandError> {
        let filled = self.filled(file);
        let mut examples = Vec::new();
        let mut number = 0;
        loop {
            let advanced = file.advance();
            let advanced = advanced.map_err(|error| CommandError::file(input, error))?;
            let Some(NumberedLead { line, lead, .. }) = advanced else {
                return Ok(examples);
            };
            let place = Place::default().item(number);
            number += 1;
            self.locate(line, &place, &filled);
            match lead {
                Err(fault) => {
                    let told = format!("{}; {}", fault.problem(), fault.remedy());
                    self.tell(FindingCode::Syntax, place, &told);
                }
                Ok(arrival) => {
                    let (example, is_sound, unread) = self.example(arrival, &place);
                    examples.push(RowExample {
                        example,
                        place,
                        number,
                        line: usize::try_from(line).unwrap_or(usize::MAX),
                        is_sound,
                        unread,
                    });
                }
            }
        }
    }

    /// The places in an example that the columns fill, by their positions.
    fn filled(&self, file: &LeadFile) -> Vec<(Place, usize)> {
        let header: Vec<&str> = file.header().into_iter().flatten().collect();
        let position = |name: &str| header.iter().position(|known| *known == name);
        let lead = Place::default().field("lead");
        let fields = self.fields.iter().flat_map(|field| {
            let columns = file.columns_of(field).filter_map(position);
            let place = lead.field(field);
            columns.map(move |at| (place.clone(), at))
        });
        let own = Column::ALL.into_iter().filter_map(|column| {
            let key = column_key(column.name());
            let named = position(column.name());
            let alike = || header.iter().position(|known| column_key(known) == key);
            Some((column.place(), named.or_else(alike)?))
        });
        fields.chain(own).collect()
    }

    /// Notes where the cells of a row are.
    fn locate(&mut self, line: u64, place: &Place, filled: &[(Place, usize)]) {
        let cells = self.lines.cells(line);
        let located = filled.iter().filter_map(|(inner, at)| {
            let (_, span) = cells.get(*at)?;
            Some((inner.under(place), span.clone()))
        });
        let row = Row {
            line,
            span: self.lines.span(line),
            cells: located.collect(),
        };
        self.table.insert(place, row);
    }

    fn tell(&mut self, code: FindingCode, place: Place, told: &str) {
        let finding = error(code, place, told);
        self.findings.push(self.table.located(self.source, finding));
    }

    /// The example of a row, whether all its cells can be read, and the fields of the lead that cannot.
    fn example(&mut self, arrival: Arrival<'_>, place: &Place) -> (Example, bool, Vec<Place>) {
        let before = self.findings.len();
        let mut expect = Expectation::new();
        let (mut name, mut at) = (None, None);
        let cells = Column::ALL.into_iter().zip(&arrival.further);
        for (column, cell) in cells.filter(|(_, cell)| !cell.is_empty()) {
            let cell = &**cell;
            let mut told = |code, message: &str| {
                self.tell(code, column.place().under(place), message);
            };
            match column {
                Column::Name => name = Some(cell),
                Column::At if arrival.received.is_some() => {
                    let message = "`at` and `received` are both given; keep one";
                    told(FindingCode::GivenTwice, message);
                }
                Column::At => match cell.parse::<Moment>() {
                    Ok(moment) => at = Some(moment),
                    Err(error) => told(FindingCode::WrongValue, &error.to_string()),
                },
                Column::Rule => expect = expect.rule(cell),
                Column::Otherwise => {
                    if let Ok(applies) = cell.to_lowercase().parse() {
                        expect = expect.otherwise(applies);
                    } else {
                        let message = format!("expected `true` or `false`, found `{cell}`");
                        told(FindingCode::WrongValue, &message);
                    }
                }
                Column::NotRule => expect = names(cell).fold(expect, Expectation::not_rule),
                Column::Team => expect = expect.team(cell),
                Column::Member => expect = expect.member(cell),
                Column::Pool => expect = expect.pool(cell),
                Column::Outcome => match cell.to_lowercase().parse::<ExpectedOutcome>() {
                    Ok(outcome) => expect = expect.outcome(outcome),
                    Err(error) => told(FindingCode::UnknownWord, &error.to_string()),
                },
                Column::Unlisted => expect = names(cell).fold(expect, Expectation::unlisted),
            }
        }
        let unlisted = Column::ALL.iter().zip(&arrival.further);
        let unlisted = unlisted.filter(|(column, _)| **column == Column::Unlisted);
        let unlisted: Vec<&str> = unlisted.flat_map(|(_, cell)| names(cell)).collect();
        let lead = Place::default().field("lead");
        let mut unread = Vec::new();
        for value in arrival
            .unread
            .iter()
            .filter(|it| !unlisted.contains(&it.field))
        {
            let field = lead.field(value.field);
            let told = format!(
                "`{}` {}; {}",
                value.text,
                value.why.problem(),
                value.why.remedy()
            );
            self.tell(FindingCode::UnlistedValue, field.under(place), &told);
            unread.push(field);
        }
        let mut example = Example::new(arrival.lead, expect);
        if let Some(name) = name {
            example = example.name(name);
        }
        if let Some(at) = at.or_else(|| arrival.received.map(Moment::from)) {
            example = example.at(at);
        }
        (example, self.findings.len() == before, unread)
    }

    /// Tells of columns that mean nothing; whether there is none. A file with a mapping may have other columns than
    /// those of examples, unless they are like one.
    fn header(&mut self, file: &LeadFile, policy: &Policy, has_mapping: bool) -> bool {
        let before = self.findings.len();
        let own = Column::ALL.map(Column::name);
        let fields = LeadField::all(policy);
        let known: Vec<&str> = fields.iter().map(LeadField::name).chain(own).collect();
        let unknown = |name: &str| {
            let near = Suggestion::among(name, known.iter().copied());
            let is_like = Suggestion::among(name, own).name().is_some();
            let told = format!("unknown column `{name}`{}", remedy(&near.to_string()));
            (!has_mapping || is_like).then_some((FindingCode::UnknownField, told))
        };
        let mut unused = file.unused_columns();
        let Some(line) = file.header_line() else {
            // Objects of JSON have no header.
            let told = unused.into_iter().filter_map(unknown);
            let told = told.map(|(code, told)| error(code, Place::default(), &told));
            let told = told.map(|finding| self.source.located_at(finding, 0..0));
            self.findings.extend(told);
            return self.findings.len() == before;
        };
        let cells = self.lines.cells(line);
        let keys: Vec<String> = cells.iter().map(|(name, _)| column_key(name)).collect();
        for (index, (name, span)) in cells.iter().enumerate() {
            let name = name.as_str();
            let is_unused = unused.iter().position(|unused| *unused == name);
            let told = if name.is_empty() {
                let is_filled = |cells: &[(String, _)]| {
                    cells.get(index).is_some_and(|(cell, _)| !cell.is_empty())
                };
                // Spreadsheets export empty columns at the end.
                let mut rows = self.table.lines().map(|line| self.lines.cells(line));
                if !rows.any(|cells| is_filled(&cells)) {
                    continue;
                }
                let told = "a column without a name; give it one, or remove it";
                (FindingCode::EmptyName, told.to_owned())
            } else if let Some(at) = is_unused {
                unused.remove(at);
                let key = column_key(name);
                let is_known = known.iter().any(|known| column_key(known) == key);
                if is_known && keys.iter().filter(|other| **other == key).count() > 1 {
                    let told = format!("column `{name}` is given twice; keep one");
                    (FindingCode::GivenTwice, told)
                } else if let Some(told) = unknown(name) {
                    told
                } else {
                    continue;
                }
            } else {
                continue;
            };
            let (code, told) = told;
            let finding = error(code, Place::default(), &told);
            self.findings
                .push(self.source.located_at(finding, span.clone()));
        }
        self.findings.len() == before
    }
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

fn names(cell: &str) -> impl Iterator<Item = &str> {
    let names = cell.split(SEPARATOR).map(str::trim);
    names.filter(|name| !name.is_empty())
}
