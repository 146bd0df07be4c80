//! From a question about a field to the condition that asks the same.
//!
//! What the operations mean is in the guide's chapter on the import, with its sources.

use super::lists::Lists;
use super::question::{Operation, Question, Source};
use super::remark::Remark;
use super::report::Becomes;
use super::values;
use crate::dimension::{AttributeKind, Dimension, Number, Taxonomy};
use crate::id::AttributeName;
use crate::rule::{
    Condition, all, any, customer_size, date, flag, funnel_stage, industry, lifecycle_stage,
    number, product_line, region, tags, text,
};

/// What conditions are made with.
pub(super) struct Maker<'l> {
    pub(super) lists: &'l Lists,
    pub(super) date_format: Option<&'l str>,
}

impl Maker<'_> {
    /// The condition that holds for the leads of which the question is true.
    pub(super) fn condition(
        &self,
        question: &Question,
        becomes: &Becomes,
    ) -> Result<Condition, Remark> {
        match becomes {
            Becomes::Dimension(dimension) => self.dimension(question, *dimension),
            Becomes::Attribute { name, kind } => match kind {
                AttributeKind::Text => text_condition(question, name),
                AttributeKind::Number => number_condition(question, name),
                AttributeKind::Flag => flag_condition(question, name),
                AttributeKind::Tags => tags_condition(question, name),
                AttributeKind::Date => self.date_condition(question, name),
            },
        }
    }

    fn dimension(&self, question: &Question, dimension: Dimension) -> Result<Condition, Remark> {
        let given: Vec<&str> = question.given().collect();
        let (known, missing) = match dimension {
            Dimension::Region => {
                let paths = paths(self.lists.regions.as_ref(), &given);
                (region().within_any(paths), region().is_missing())
            }
            // A list to pick from holds that very value, nothing below it.
            Dimension::Industry => {
                let paths = paths(self.lists.industries.as_ref(), &given);
                (industry().is_any(paths), industry().is_missing())
            }
            Dimension::ProductLine => {
                let paths = paths(self.lists.product_lines.as_ref(), &given);
                (product_line().is_any(paths), product_line().is_missing())
            }
            Dimension::LifecycleStage => (
                lifecycle_stage().is_any(given),
                lifecycle_stage().is_missing(),
            ),
            Dimension::FunnelStage => (funnel_stage().is_any(given), funnel_stage().is_missing()),
            Dimension::CustomerSize => return head_count_condition(question),
        };
        Ok(equality(question, known, missing))
    }

    fn date_condition(
        &self,
        question: &Question,
        name: &AttributeName,
    ) -> Result<Condition, Remark> {
        let field = || date(name.clone());
        let kind = AttributeKind::Date;
        let mut dates = Vec::new();
        for value in question.given() {
            let date = values::date(value, self.date_format).ok_or_else(|| {
                let value = value.to_owned();
                if values::is_relative_date(&value) {
                    Remark::RelativeDate { value }
                } else if values::is_local_date(&value) {
                    Remark::LocalDate { value }
                } else {
                    Remark::WrongValue { value, kind }
                }
            })?;
            dates.push(date);
        }
        if question.operation.is_equality() {
            return Ok(equality(
                question,
                field().is_any(dates),
                field().is_missing(),
            ));
        }
        ordered(question, kind)?;
        // A date that is blank comes neither before nor after another.
        Ok(any(dates.into_iter().map(|date| {
            match question.operation {
                Operation::LessThan => field().before(date),
                Operation::LessOrEqual => field().at_most(date),
                Operation::GreaterOrEqual => field().at_least(date),
                _ => field().after(date),
            }
        })))
    }
}

/// The paths of the nodes that the values name.
fn paths<'t>(taxonomy: Option<&'t Taxonomy>, values: &[&str]) -> Vec<&'t str> {
    let Some(taxonomy) = taxonomy else {
        return Vec::new();
    };
    let nodes = values
        .iter()
        .filter_map(|value| taxonomy.resolve(value).value.known());
    nodes.map(|node| taxonomy.path(node)).collect()
}

/// One of the values or, if that is asked for, blank; or the opposite.
fn equality(question: &Question, known: Condition, missing: Condition) -> Condition {
    let mut parts = Vec::new();
    if question.given().next().is_some() {
        parts.push(known);
    }
    if question.asks_for_blank() {
        parts.push(missing);
    }
    let holds = any(parts);
    match question.operation {
        Operation::NotEqual => !holds,
        _ => holds,
    }
}

/// Refuses operations that ask for no order, and an order with blank.
fn ordered(question: &Question, kind: AttributeKind) -> Result<(), Remark> {
    let operation = question.operation;
    if !operation.is_ordered() {
        return Err(Remark::WrongOperation { operation, kind });
    }
    no_blank(question)
}

fn no_blank(question: &Question) -> Result<(), Remark> {
    if question.asks_for_blank() {
        return Err(Remark::BlankValue {
            operation: question.operation,
        });
    }
    Ok(())
}

fn text_condition(question: &Question, name: &AttributeName) -> Result<Condition, Remark> {
    let field = || text(name.clone());
    let operation = question.operation;
    if operation.is_equality() {
        return Ok(equality(
            question,
            field().is_any(question.given()),
            field().is_missing(),
        ));
    }
    if !operation.is_textual() {
        return Err(Remark::WrongOperation {
            operation,
            kind: AttributeKind::Text,
        });
    }
    no_blank(question)?;
    Ok(match operation {
        Operation::StartsWith => field().starts_with_any(question.given()),
        Operation::NotContain => !field().contains_any(question.given()),
        _ => field().contains_any(question.given()),
    })
}

fn numbers(question: &Question) -> Result<Vec<Number>, Remark> {
    let number = |value: &str| {
        let kind = AttributeKind::Number;
        values::number(value).ok_or_else(|| Remark::WrongValue {
            value: value.to_owned(),
            kind,
        })
    };
    question.given().map(number).collect()
}

fn number_condition(question: &Question, name: &AttributeName) -> Result<Condition, Remark> {
    let field = || number(name.clone());
    let numbers = numbers(question)?;
    compared(
        question,
        numbers,
        &|numbers| field().is_any(numbers),
        &field().is_missing(),
        &|bound| match question.operation {
            Operation::LessThan => field().less_than(bound),
            Operation::LessOrEqual => field().at_most(bound),
            Operation::GreaterOrEqual => field().at_least(bound),
            _ => field().more_than(bound),
        },
    )
}

fn head_count_condition(question: &Question) -> Result<Condition, Remark> {
    let kind = AttributeKind::Number;
    let head_count = |value: &str| {
        let wrong = || Remark::WrongValue {
            value: value.to_owned(),
            kind,
        };
        values::head_count(value).ok_or_else(wrong)
    };
    let counts: Vec<u32> = question.given().map(head_count).collect::<Result<_, _>>()?;
    let field = customer_size;
    compared(
        question,
        counts,
        &|counts| field().is_any(counts),
        &field().is_missing(),
        &|bound| match question.operation {
            Operation::LessThan => field().less_than(bound),
            Operation::LessOrEqual => field().at_most(bound),
            Operation::GreaterOrEqual => field().at_least(bound),
            _ => field().more_than(bound),
        },
    )
}

/// Comparisons of numbers. In a criterion, a blank number is zero where there is an order; in a
/// formula it compares with nothing.
fn compared<N: Copy + Into<Number>>(
    question: &Question,
    numbers: Vec<N>,
    is_any: &dyn Fn(Vec<N>) -> Condition,
    missing: &Condition,
    compare: &dyn Fn(N) -> Condition,
) -> Result<Condition, Remark> {
    let operation = question.operation;
    let in_formula = question.source == Source::NumberFormula;
    if operation.is_equality() {
        let holds = equality(question, is_any(numbers), missing.clone());
        let blank_too = !in_formula || operation == Operation::Equals;
        return Ok(if blank_too {
            holds
        } else {
            all([holds, !missing.clone()])
        });
    }
    ordered(question, AttributeKind::Number)?;
    let zero = Number::from(0);
    let zero_holds = |bound: Number| match operation {
        Operation::LessThan => zero < bound,
        Operation::LessOrEqual => zero <= bound,
        Operation::GreaterOrEqual => zero >= bound,
        _ => zero > bound,
    };
    let blank_holds = !in_formula && numbers.iter().any(|&bound| zero_holds(bound.into()));
    let blank = blank_holds.then(|| missing.clone());
    Ok(any(numbers.into_iter().map(compare).chain(blank)))
}

/// A box is never blank in Salesforce: one that a lead does not have is not ticked.
fn flag_condition(question: &Question, name: &AttributeName) -> Result<Condition, Remark> {
    let ticked = flag(name.clone()).is_true();
    let kind = AttributeKind::Flag;
    let operation = question.operation;
    if question.source == Source::Formula && question.given().next().is_none() {
        return Ok(flag(name.clone()).is_missing());
    }
    if !operation.is_equality() {
        return Err(Remark::WrongOperation { operation, kind });
    }
    no_blank(question)?;
    let mut parts = Vec::new();
    for value in question.given() {
        let wrong = || Remark::WrongValue {
            value: value.to_owned(),
            kind,
        };
        let flag = values::flag(value).ok_or_else(wrong)?;
        parts.push(if flag {
            ticked.clone()
        } else {
            !ticked.clone()
        });
    }
    let holds = any(parts);
    Ok(if operation == Operation::NotEqual {
        !holds
    } else {
        holds
    })
}

/// A comma means or, a semicolon inside a value means and.
fn tags_condition(question: &Question, name: &AttributeName) -> Result<Condition, Remark> {
    let field = || tags(name.clone());
    let operation = question.operation;
    if operation.is_equality() {
        if question.given().next().is_some() {
            return Err(Remark::ExactSelection);
        }
        return Ok(equality(
            question,
            Condition::always(),
            field().is_missing(),
        ));
    }
    if !operation.is_selection() {
        return Err(Remark::WrongOperation {
            operation,
            kind: AttributeKind::Tags,
        });
    }
    no_blank(question)?;
    let (together, single): (Vec<&str>, Vec<&str>) =
        question.given().partition(|value| value.contains(';'));
    let mut parts = Vec::new();
    if !single.is_empty() {
        parts.push(field().contains_any(single));
    }
    for value in together {
        let selected: Vec<_> = value
            .split(';')
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .collect();
        if selected.is_empty() {
            return Err(Remark::BlankValue { operation });
        }
        parts.push(field().contains_all(selected));
    }
    let holds = any(parts);
    Ok(if operation == Operation::Excludes {
        !holds
    } else {
        holds
    })
}
