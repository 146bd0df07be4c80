//! Reads an entry of a rule: its criteria, and how they are combined.

use super::criterion::{Criterion, Operation, Origin};
use super::formula;
use super::logic::{Expression, boolean_filter};
use super::metadata::{FilterItem, RuleEntry};
use super::remark::Remark;
use super::report::Finding;
use super::values;

/// An entry with its criteria or formula read.
pub(super) struct ReadEntry {
    /// The criteria in file order, or the comparisons of the formula.
    pub(super) criteria: Vec<ReadCriterion>,
    /// How the criteria are combined, by position; `None` if that cannot be read.
    pub(super) logic: Option<Expression<usize>>,
    pub(super) findings: Vec<Finding>,
}

/// A criterion, or a comparison in a formula.
pub(super) struct ReadCriterion {
    /// The number of the criterion, from 1; `None` in a formula.
    pub(super) number: Option<usize>,
    pub(super) line: usize,
    pub(super) criterion: Result<Criterion, Remark>,
    /// The test as written, for reports.
    pub(super) words: String,
}

impl ReadCriterion {
    /// A finding about it.
    pub(super) fn finding(&self, remark: Remark) -> Finding {
        Finding {
            criterion: self.number,
            line: self.line,
            test: (!self.words.is_empty()).then(|| self.words.clone()),
            remark,
        }
    }
}

/// Reads the criteria or the formula of an entry.
pub(super) fn read(entry: &RuleEntry) -> ReadEntry {
    let mut findings = Vec::new();
    let mut say = |remark: Remark| {
        findings.push(Finding {
            criterion: None,
            line: entry.line,
            test: None,
            remark,
        });
    };
    let mut criteria: Vec<ReadCriterion> = (1..)
        .zip(&entry.criteria)
        .map(|(number, item)| ReadCriterion {
            number: Some(number),
            line: item.line,
            criterion: criterion(item),
            words: words(item),
        })
        .collect();
    let logic = if entry.formula.is_empty() {
        match filter_logic(&entry.boolean_filter, criteria.len()) {
            Ok(logic) => Some(logic),
            Err(remark) => {
                say(remark);
                None
            }
        }
    } else if entry.criteria.is_empty() && entry.boolean_filter.is_empty() {
        match formula::read(&entry.formula) {
            Ok(logic) => Some(numbered(logic, entry.line, &mut criteria)),
            Err(error) => {
                say(Remark::formula(&error));
                None
            }
        }
    } else {
        say(Remark::FormulaAndCriteria);
        None
    };
    findings.extend(entry.others.iter().map(|it| Finding::other(None, it)));
    for (item, number) in entry.criteria.iter().zip(1..) {
        findings.extend(
            item.others
                .iter()
                .map(|it| Finding::other(Some(number), it)),
        );
    }
    if let Some(logic) = &logic {
        let named = logic.named();
        let unnamed = criteria
            .iter()
            .enumerate()
            .filter(|(index, _)| !named.contains(index));
        findings.extend(unnamed.map(|(_, criterion)| criterion.finding(Remark::NotInFilter)));
    }
    ReadEntry {
        criteria,
        logic,
        findings,
    }
}

/// How the criteria are combined: by the filter logic, or by *and* without one.
fn filter_logic(text: &str, criteria: usize) -> Result<Expression<usize>, Remark> {
    if text.is_empty() {
        return Ok(Expression::All(
            (0..criteria).map(Expression::Test).collect(),
        ));
    }
    let logic = boolean_filter::read(text).map_err(|error| Remark::filter(&error))?;
    match logic.named().into_iter().find(|&number| number > criteria) {
        Some(number) => Err(Remark::NoSuchCriterion { number }),
        None => Ok(logic.map(&mut |number| number.saturating_sub(1))),
    }
}

/// Moves the comparisons of a formula to `criteria` and refers to them by position.
fn numbered(
    logic: Expression<formula::FormulaComparison>,
    line: usize,
    criteria: &mut Vec<ReadCriterion>,
) -> Expression<usize> {
    logic.map(&mut |criterion| {
        let words = criterion.as_ref().map(asked).unwrap_or_default();
        criteria.push(ReadCriterion {
            number: None,
            line,
            criterion,
            words,
        });
        criteria.len() - 1
    })
}

fn criterion(item: &FilterItem) -> Result<Criterion, Remark> {
    if item.field.is_empty() {
        return Err(Remark::NoField);
    }
    if !item.value_field.is_empty() {
        return Err(Remark::OtherField {
            field: item.value_field.clone(),
        });
    }
    if item.operation.eq_ignore_ascii_case("within") {
        return Err(Remark::Distance);
    }
    let operation =
        Operation::from_name(&item.operation).ok_or_else(|| Remark::UnknownOperation {
            operation: item.operation.clone(),
        })?;
    Ok(Criterion {
        field: item.field.clone(),
        operation,
        values: values::list(&item.value),
        origin: Origin::Criterion,
    })
}

/// Reports show at most this many characters of a value.
const MAX_SHOWN_CHARACTERS: usize = 60;

fn words(item: &FilterItem) -> String {
    let FilterItem {
        field,
        operation,
        value,
        value_field,
        ..
    } = item;
    format!(
        "{field} {operation} `{}`",
        cut(if value.is_empty() { value_field } else { value })
    )
}

fn asked(criterion: &Criterion) -> String {
    let Criterion {
        field,
        operation,
        values,
        ..
    } = criterion;
    format!("{field} {operation} `{}`", cut(&values.join(",")))
}

fn cut(value: &str) -> String {
    match value.char_indices().nth(MAX_SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or(value)),
        None => value.to_owned(),
    }
}
