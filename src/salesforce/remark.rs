//! Remarks: what was not imported, or not exactly, and why.

use std::fmt;

use serde::Serialize;

use super::criterion::Operation;
use super::limits::{MAX_LOGIC_NESTING, MAX_VALUE_BYTES};
use super::logic::SyntaxError;
use super::metadata::{SkipReason, SkippedElement};
use crate::dimension::AttributeKind;

/// How serious a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Does not affect who gets a lead.
    Note,
    /// Carried over, but differs in the cases described.
    Difference,
    /// Not carried over.
    Loss,
}

/// Something that was not imported, or not exactly. The message gives the remedy.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Remark {
    /// An element that does not affect who gets a lead.
    OtherElement {
        /// Its name.
        element: String,
        /// Its text.
        value: String,
    },
    /// An element that the documentation does not define there.
    UnknownElement {
        /// Its name.
        element: String,
        /// Its text.
        value: String,
    },
    /// A repeated element.
    RepeatedElement {
        /// Its name.
        element: String,
        /// Its text.
        value: String,
    },
    /// A criterion that the filter logic does not use.
    NotInFilter,
    /// A formula compares texts case-sensitively.
    CaseCounts,
    /// A negated comparison with a number that may be blank, in a formula.
    NegatedBlankNumber,
    /// A criterion without a field.
    NoField,
    /// An undocumented operation.
    UnknownOperation {
        /// As written.
        operation: String,
    },
    /// A geographic distance.
    Distance,
    /// A comparison with another field.
    OtherField {
        /// The other field.
        field: String,
    },
    /// An operation that does not fit the kind of the field.
    WrongOperation {
        /// The operation.
        operation: Operation,
        /// The kind of the field, inferred from all criteria on it or set by the field map.
        kind: AttributeKind,
    },
    /// A value that does not fit the kind of the field.
    WrongValue {
        /// The value.
        value: String,
        /// The kind of the field.
        kind: AttributeKind,
    },
    /// A comparison with an exact selection of several values.
    ExactSelection,
    /// A blank value for an operation that does not document its meaning.
    BlankValue {
        /// The operation.
        operation: Operation,
    },
    /// A relative date, such as `TODAY`.
    RelativeDate {
        /// As written.
        value: String,
    },
    /// A date in which the order of day and month depends on the locale.
    LocalDate {
        /// As written.
        value: String,
    },
    /// Filter logic with a syntax error.
    Filter {
        /// The position of the error in characters, from 1.
        character: usize,
        /// What was expected there.
        expected: String,
    },
    /// Filter logic that refers to a criterion that does not exist.
    NoSuchCriterion {
        /// The number.
        number: usize,
    },
    /// A formula with a syntax error.
    Formula {
        /// The position of the error in characters, from 1.
        character: usize,
        /// What was expected there.
        expected: String,
    },
    /// A part of a formula that is not a plain comparison.
    FormulaPart {
        /// The name of a function, or a description.
        part: String,
    },
    /// An entry with both a formula and criteria.
    FormulaAndCriteria,
    /// Filter logic or a formula that is nested too deep.
    TooDeep,
    /// The values of all conditions exceed [`MAX_VALUE_BYTES`].
    TooMany,
}

impl Remark {
    /// How serious the remark is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::OtherElement { .. } | Self::NotInFilter => Severity::Note,
            Self::CaseCounts | Self::NegatedBlankNumber => Severity::Difference,
            _ => Severity::Loss,
        }
    }

    /// The remark about an element that is not imported.
    pub(super) fn other(other: &SkippedElement) -> Self {
        let (element, value) = (other.element.clone(), other.value.clone());
        match other.reason {
            SkipReason::Unrelated => Self::OtherElement { element, value },
            SkipReason::Unknown => Self::UnknownElement { element, value },
            SkipReason::Repeated => Self::RepeatedElement { element, value },
        }
    }

    pub(super) fn filter(error: &SyntaxError) -> Self {
        match *error {
            SyntaxError::TooDeep => Self::TooDeep,
            SyntaxError::At {
                character,
                expected,
            } => Self::Filter {
                character,
                expected: expected.to_owned(),
            },
        }
    }

    pub(super) fn formula(error: &SyntaxError) -> Self {
        match *error {
            SyntaxError::TooDeep => Self::TooDeep,
            SyntaxError::At {
                character,
                expected,
            } => Self::Formula {
                character,
                expected: expected.to_owned(),
            },
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherElement { element, value } if value.is_empty() => {
                write!(f, "`{element}` is not carried over")
            }
            Self::OtherElement { element, value } => {
                write!(f, "`{element}` (`{value}`) is not carried over")
            }
            Self::UnknownElement { element, value } => write!(
                f,
                "`{element}` (`{value}`) is unknown here; remove it if it does not matter"
            ),
            Self::RepeatedElement { element, value } => write!(
                f,
                "`{element}` (`{value}`) is repeated; keep one of them"
            ),
            Self::NotInFilter => f.write_str("the filter logic does not use it"),
            Self::CaseCounts => {
                f.write_str("the formula is case-sensitive here, the policy is not")
            }
            Self::NegatedBlankNumber => f.write_str(
                "for a blank number this does not hold in the policy, so its negation holds",
            ),
            Self::NoField => f.write_str("names no field"),
            Self::UnknownOperation { operation } => {
                write!(f, "`{operation}` is not a documented operation")
            }
            Self::Distance => {
                f.write_str("policies have no distances; define the places as regions and name those")
            }
            Self::OtherField { field } => write!(
                f,
                "compares with the field `{field}`; give leads a flag with the result instead"
            ),
            Self::WrongOperation { operation, kind } => {
                write!(
                    f,
                    "`{operation}` cannot test a {kind}, the kind of the field"
                )
            }
            Self::WrongValue { value, kind } => {
                write!(f, "`{value}` is not a {kind}, the kind of the field")
            }
            Self::ExactSelection => f.write_str(
                "requires exactly these values to be selected; write `contains all of`, and exclude \
                 the other values",
            ),
            Self::BlankValue { operation } => {
                write!(
                    f,
                    "the meaning of `{operation}` for a blank value is undocumented"
                )
            }
            Self::RelativeDate { value } => write!(
                f,
                "`{value}` depends on the current day, and policies have no clock; give leads a flag \
                 instead, or the rule a period"
            ),
            Self::LocalDate { value } => write!(
                f,
                "whether the day or the month comes first in `{value}` depends on the locale; set the \
                 date format of the import"
            ),
            Self::Filter {
                character,
                expected,
            } => write!(
                f,
                "the filter logic cannot be read: expected {expected} at character {character}"
            ),
            Self::NoSuchCriterion { number } => {
                write!(
                    f,
                    "the filter logic refers to criterion {number}, which does not exist"
                )
            }
            Self::Formula {
                character,
                expected,
            } => write!(
                f,
                "the formula cannot be read: expected {expected} at character {character}"
            ),
            Self::FormulaPart { part } => write!(
                f,
                "{part} in the formula is not a plain comparison; give leads a flag with the result \
                 instead"
            ),
            Self::FormulaAndCriteria => f.write_str("has both a formula and criteria; keep one of them"),
            Self::TooDeep => write!(
                f,
                "is nested deeper than {MAX_LOGIC_NESTING}; split it into several entries"
            ),
            Self::TooMany => {
                write!(
                    f,
                    "the values of all conditions together have more than {MAX_VALUE_BYTES} bytes; \
                     split the file"
                )
            }
        }
    }
}
