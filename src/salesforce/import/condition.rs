//! Turns a criterion into a condition.
//!
//! The guide's chapter on the import explains what the operations mean, with sources.

use super::dimension_lists::DimensionLists;
use crate::dimension::{AttributeKind, Dimension, Number, Taxonomy};
use crate::id::AttributeName;
use crate::rule::{
    Condition, all, any, customer_size, date, flag, funnel_stage, industry, lifecycle_stage,
    number, product_line, region, tags, text,
};
use crate::salesforce::criterion::{Criterion, Operation, Origin};
use crate::salesforce::remark::Remark;
use crate::salesforce::report::FieldMapping;
use crate::salesforce::values;

/// Builds conditions, with the values of the dimensions and the format of dates.
pub(super) struct ConditionBuilder<'l> {
    pub(super) lists: &'l DimensionLists,
    pub(super) date_format: Option<&'l str>,
}

impl ConditionBuilder<'_> {
    /// The condition that holds for exactly the leads that meet the criterion.
    pub(super) fn condition(
        &self,
        criterion: &Criterion,
        becomes: &FieldMapping,
    ) -> Result<Condition, Remark> {
        match becomes {
            FieldMapping::Dimension(dimension) => self.dimension(criterion, *dimension),
            FieldMapping::Attribute { name, kind } => match kind {
                AttributeKind::Text => text_condition(criterion, name),
                AttributeKind::Number => number_condition(criterion, name),
                AttributeKind::Flag => flag_condition(criterion, name),
                AttributeKind::Tags => tags_condition(criterion, name),
                AttributeKind::Date => self.date_condition(criterion, name),
            },
        }
    }

    fn dimension(&self, criterion: &Criterion, dimension: Dimension) -> Result<Condition, Remark> {
        let given: Vec<&str> = criterion.given().collect();
        let (known, missing) = match dimension {
            Dimension::Region => {
                let paths = paths(self.lists.regions.as_ref(), &given);
                (region().within_any(paths), region().is_missing())
            }
            // A picklist matches exactly that value, nothing below it.
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
            Dimension::CustomerSize => return head_count_condition(criterion),
        };
        Ok(equality(criterion, known, missing))
    }

    fn date_condition(
        &self,
        criterion: &Criterion,
        name: &AttributeName,
    ) -> Result<Condition, Remark> {
        let field = || date(name.clone());
        let kind = AttributeKind::Date;
        let mut dates = Vec::new();
        for value in criterion.given() {
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
        if criterion.operation.is_equality() {
            return Ok(equality(
                criterion,
                field().is_any(dates),
                field().is_missing(),
            ));
        }
        ordered(criterion, kind)?;
        // A blank date is neither before nor after another.
        Ok(any(dates.into_iter().map(|date| {
            match criterion.operation {
                Operation::LessThan => field().before(date),
                Operation::LessOrEqual => field().at_most(date),
                Operation::GreaterOrEqual => field().at_least(date),
                _ => field().after(date),
            }
        })))
    }
}

/// The paths of the nodes named by the values.
fn paths<'t>(taxonomy: Option<&'t Taxonomy>, values: &[&str]) -> Vec<&'t str> {
    let Some(taxonomy) = taxonomy else {
        return Vec::new();
    };
    let nodes = values
        .iter()
        .filter_map(|value| taxonomy.resolve(value).value.known());
    nodes.map(|node| taxonomy.path(node)).collect()
}

/// `equals` and `notEqual`, with blank if it is among the values.
fn equality(criterion: &Criterion, known: Condition, missing: Condition) -> Condition {
    let mut parts = Vec::new();
    if criterion.given().next().is_some() {
        parts.push(known);
    }
    if criterion.includes_blank() {
        parts.push(missing);
    }
    let holds = any(parts);
    match criterion.operation {
        Operation::NotEqual => !holds,
        _ => holds,
    }
}

/// Refuses operations other than ordered comparisons, and comparisons with blank.
fn ordered(criterion: &Criterion, kind: AttributeKind) -> Result<(), Remark> {
    let operation = criterion.operation;
    if !operation.is_ordered() {
        return Err(Remark::WrongOperation { operation, kind });
    }
    no_blank(criterion)
}

fn no_blank(criterion: &Criterion) -> Result<(), Remark> {
    if criterion.includes_blank() {
        return Err(Remark::BlankValue {
            operation: criterion.operation,
        });
    }
    Ok(())
}

fn text_condition(criterion: &Criterion, name: &AttributeName) -> Result<Condition, Remark> {
    let field = || text(name.clone());
    let operation = criterion.operation;
    if operation.is_equality() {
        return Ok(equality(
            criterion,
            field().is_any(criterion.given()),
            field().is_missing(),
        ));
    }
    if !operation.is_textual() {
        return Err(Remark::WrongOperation {
            operation,
            kind: AttributeKind::Text,
        });
    }
    no_blank(criterion)?;
    Ok(match operation {
        Operation::StartsWith => field().starts_with_any(criterion.given()),
        Operation::NotContain => !field().contains_any(criterion.given()),
        _ => field().contains_any(criterion.given()),
    })
}

fn numbers(criterion: &Criterion) -> Result<Vec<Number>, Remark> {
    let number = |value: &str| {
        let kind = AttributeKind::Number;
        values::number(value).ok_or_else(|| Remark::WrongValue {
            value: value.to_owned(),
            kind,
        })
    };
    criterion.given().map(number).collect()
}

fn number_condition(criterion: &Criterion, name: &AttributeName) -> Result<Condition, Remark> {
    let field = || number(name.clone());
    let numbers = numbers(criterion)?;
    compared(
        criterion,
        numbers,
        &|numbers| field().is_any(numbers),
        &field().is_missing(),
        &|bound| match criterion.operation {
            Operation::LessThan => field().less_than(bound),
            Operation::LessOrEqual => field().at_most(bound),
            Operation::GreaterOrEqual => field().at_least(bound),
            _ => field().more_than(bound),
        },
    )
}

fn head_count_condition(criterion: &Criterion) -> Result<Condition, Remark> {
    let kind = AttributeKind::Number;
    let head_count = |value: &str| {
        let wrong = || Remark::WrongValue {
            value: value.to_owned(),
            kind,
        };
        values::head_count(value).ok_or_else(wrong)
    };
    let counts: Vec<u32> = criterion
        .given()
        .map(head_count)
        .collect::<Result<_, _>>()?;
    let field = customer_size;
    compared(
        criterion,
        counts,
        &|counts| field().is_any(counts),
        &field().is_missing(),
        &|bound| match criterion.operation {
            Operation::LessThan => field().less_than(bound),
            Operation::LessOrEqual => field().at_most(bound),
            Operation::GreaterOrEqual => field().at_least(bound),
            _ => field().more_than(bound),
        },
    )
}

/// Comparisons of numbers. In ordered comparisons of criteria a blank number counts as zero; in
/// formulas no comparison with a blank number holds.
fn compared<N: Copy + Into<Number>>(
    criterion: &Criterion,
    numbers: Vec<N>,
    is_any: &dyn Fn(Vec<N>) -> Condition,
    missing: &Condition,
    compare: &dyn Fn(N) -> Condition,
) -> Result<Condition, Remark> {
    let operation = criterion.operation;
    let in_formula = criterion.origin == Origin::NumberFormula;
    if operation.is_equality() {
        let holds = equality(criterion, is_any(numbers), missing.clone());
        let blank_too = !in_formula || operation == Operation::Equals;
        return Ok(if blank_too {
            holds
        } else {
            all([holds, !missing.clone()])
        });
    }
    ordered(criterion, AttributeKind::Number)?;
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

/// A checkbox is never blank in Salesforce: a missing flag counts as unchecked.
fn flag_condition(criterion: &Criterion, name: &AttributeName) -> Result<Condition, Remark> {
    let checked = flag(name.clone()).is_true();
    let kind = AttributeKind::Flag;
    let operation = criterion.operation;
    if criterion.origin == Origin::Formula && criterion.given().next().is_none() {
        return Ok(flag(name.clone()).is_missing());
    }
    if !operation.is_equality() {
        return Err(Remark::WrongOperation { operation, kind });
    }
    no_blank(criterion)?;
    let mut parts = Vec::new();
    for value in criterion.given() {
        let wrong = || Remark::WrongValue {
            value: value.to_owned(),
            kind,
        };
        let flag = values::flag(value).ok_or_else(wrong)?;
        parts.push(if flag {
            checked.clone()
        } else {
            !checked.clone()
        });
    }
    let holds = any(parts);
    Ok(if operation == Operation::NotEqual {
        !holds
    } else {
        holds
    })
}

/// A comma means *or*, a semicolon inside a value means *and*.
fn tags_condition(criterion: &Criterion, name: &AttributeName) -> Result<Condition, Remark> {
    let field = || tags(name.clone());
    let operation = criterion.operation;
    if operation.is_equality() {
        if criterion.given().next().is_some() {
            return Err(Remark::ExactSelection);
        }
        return Ok(equality(
            criterion,
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
    no_blank(criterion)?;
    let (together, single): (Vec<&str>, Vec<&str>) =
        criterion.given().partition(|value| value.contains(';'));
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
