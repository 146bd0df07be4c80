//! An entry of a rule, read: its questions and how they are joined.

use super::filter;
use super::formula;
use super::logic::Logic;
use super::metadata::{FilterItem, RuleEntry};
use super::question::{Operation, Question, Source};
use super::remark::Remark;
use super::report::Finding;
use super::values;

/// An entry whose criteria and formula are read.
pub(super) struct ReadEntry {
    /// What is asked, in the order of the file.
    pub(super) leaves: Vec<Leaf>,
    /// How the leaves are joined, by their positions; nothing if that cannot be read.
    pub(super) logic: Option<Logic<usize>>,
    pub(super) findings: Vec<Finding>,
}

/// A criterion or a comparison of a formula.
pub(super) struct Leaf {
    /// The number of the criterion; none in a formula.
    pub(super) criterion: Option<usize>,
    pub(super) line: usize,
    pub(super) question: Result<Question, Remark>,
    /// What it says, in words.
    pub(super) words: String,
}

impl Leaf {
    /// What there is to say of it.
    pub(super) fn finding(&self, remark: Remark) -> Finding {
        Finding {
            criterion: self.criterion,
            line: self.line,
            asks: (!self.words.is_empty()).then(|| self.words.clone()),
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
            asks: None,
            remark,
        });
    };
    let mut leaves: Vec<Leaf> = (1..)
        .zip(&entry.criteria)
        .map(|(number, item)| Leaf {
            criterion: Some(number),
            line: item.line,
            question: criterion(item),
            words: words(item),
        })
        .collect();
    let logic = if entry.formula.is_empty() {
        match filter_logic(&entry.boolean_filter, leaves.len()) {
            Ok(logic) => Some(logic),
            Err(remark) => {
                say(remark);
                None
            }
        }
    } else if entry.criteria.is_empty() && entry.boolean_filter.is_empty() {
        match formula::read(&entry.formula) {
            Ok(logic) => Some(numbered(logic, entry.line, &mut leaves)),
            Err(unreadable) => {
                say(Remark::formula(&unreadable));
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
        let unnamed = leaves
            .iter()
            .enumerate()
            .filter(|(index, _)| !named.contains(index));
        findings.extend(unnamed.map(|(_, leaf)| leaf.finding(Remark::NotInFilter)));
    }
    ReadEntry {
        leaves,
        logic,
        findings,
    }
}

/// How the criteria are joined: by the filter logic, or all of them if there is none.
fn filter_logic(text: &str, criteria: usize) -> Result<Logic<usize>, Remark> {
    if text.is_empty() {
        return Ok(Logic::All((0..criteria).map(Logic::Test).collect()));
    }
    let logic = filter::read(text).map_err(|unreadable| Remark::filter(&unreadable))?;
    match logic.named().into_iter().find(|&number| number > criteria) {
        Some(number) => Err(Remark::NoSuchCriterion { number }),
        None => Ok(logic.map(&mut |number| number.saturating_sub(1))),
    }
}

/// The same logic over positions of leaves.
fn numbered(logic: Logic<formula::Part>, line: usize, leaves: &mut Vec<Leaf>) -> Logic<usize> {
    logic.map(&mut |question| {
        let words = question.as_ref().map(asked).unwrap_or_default();
        leaves.push(Leaf {
            criterion: None,
            line,
            question,
            words,
        });
        leaves.len() - 1
    })
}

fn criterion(item: &FilterItem) -> Result<Question, Remark> {
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
    Ok(Question {
        field: item.field.clone(),
        operation,
        values: values::list(&item.value),
        source: Source::Criterion,
    })
}

/// So much of a value is shown.
const LONGEST_VALUE: usize = 60;

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

fn asked(question: &Question) -> String {
    let Question {
        field,
        operation,
        values,
        ..
    } = question;
    format!("{field} {operation} `{}`", cut(&values.join(",")))
}

fn cut(value: &str) -> String {
    match value.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or(value)),
        None => value.to_owned(),
    }
}
