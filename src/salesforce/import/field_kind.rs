//! Infers the kind of a field from all criteria on it.

use crate::dimension::AttributeKind;
use crate::salesforce::criterion::{Criterion, Origin};
use crate::salesforce::values;

/// The kind that suits every criterion on a field: tags if an operation selects values; a number,
/// flag or date if every value is one and every operation fits; otherwise a text.
pub(super) fn field_kind(criteria: &[&Criterion], date_format: Option<&str>) -> AttributeKind {
    if criteria
        .iter()
        .any(|criterion| criterion.operation.is_selection())
    {
        return AttributeKind::Tags;
    }
    let textual = |criterion: &&Criterion| {
        let says_text = matches!(
            criterion.origin,
            Origin::TextFormula | Origin::PicklistFormula
        );
        criterion.operation.is_textual() || says_text && criterion.given().next().is_some()
    };
    let mut values = criteria
        .iter()
        .flat_map(|criterion| criterion.given())
        .peekable();
    if criteria.iter().any(textual) || values.peek().is_none() {
        return AttributeKind::Text;
    }
    let all = |fits: &dyn Fn(&str) -> bool| {
        criteria
            .iter()
            .flat_map(|criterion| criterion.given())
            .all(fits)
    };
    let ordered = criteria
        .iter()
        .any(|criterion| criterion.operation.is_ordered());
    let is_date = |value: &str| {
        values::date(value, date_format).is_some()
            || values::is_relative_date(value)
            || values::is_local_date(value)
    };
    if all(&values::looks_like_number) {
        AttributeKind::Number
    } else if all(&is_date) {
        AttributeKind::Date
    } else if !ordered && all(&|value| values::flag(value).is_some()) {
        AttributeKind::Flag
    } else {
        AttributeKind::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::salesforce::criterion::Operation::{
        self, Contains, Equals, GreaterThan, Includes, NotEqual,
    };

    fn kind_of(criteria: &[(Operation, &str)]) -> AttributeKind {
        let criteria: Vec<Criterion> = criteria
            .iter()
            .map(|&(operation, value)| Criterion {
                field: "f".to_owned(),
                operation,
                values: values::list(value),
                origin: Origin::Criterion,
            })
            .collect();
        field_kind(&criteria.iter().collect::<Vec<_>>(), None)
    }

    #[test]
    fn one_kind_suits_all_criteria() {
        for (criteria, expected) in [
            (vec![(Equals, "a,5")], AttributeKind::Text),
            (vec![(Equals, "5"), (NotEqual, ",6")], AttributeKind::Number),
            (vec![(Equals, "5"), (Equals, "x")], AttributeKind::Text),
            (vec![(Equals, "5"), (Contains, "6")], AttributeKind::Text),
            (vec![(Equals, "01067")], AttributeKind::Text),
            (
                vec![(Equals, "1-49"), (Equals, "1000+")],
                AttributeKind::Text,
            ),
            (vec![(Equals, "")], AttributeKind::Text),
            (
                vec![(Equals, "True"), (NotEqual, "FALSE")],
                AttributeKind::Flag,
            ),
            (
                vec![(Equals, "2026-03-31"), (GreaterThan, "TODAY")],
                AttributeKind::Date,
            ),
            (vec![(Equals, "3/31/2026")], AttributeKind::Date),
            (vec![(Includes, "a"), (Equals, "")], AttributeKind::Tags),
        ] {
            assert_eq!(kind_of(&criteria), expected, "{criteria:?}");
        }
    }
}
