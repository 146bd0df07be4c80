//! What there is to say about an entry that did not come over as it was.

use std::fmt;

use serde::Serialize;

use super::criterion::Operation;
use super::limits::{MAX_LOGIC_NESTING, MAX_VALUE_BYTES};
use super::logic::SyntaxError;
use super::metadata::{SkipReason, SkippedElement};
use crate::dimension::AttributeKind;

/// How much a remark takes from an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Who gets a lead is the same; something else is missing.
    Note,
    /// Carried over, and it differs in cases that are told.
    Difference,
    /// Not carried over.
    Loss,
}

/// What did not come over as it was, and the remedy.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Remark {
    /// An element that says nothing about who gets a lead.
    OtherElement {
        /// Its name.
        element: String,
        /// Its text.
        value: String,
    },
    /// An element that the documentation does not have there.
    UnknownElement {
        /// Its name.
        element: String,
        /// Its text.
        value: String,
    },
    /// An element that stands there a second time.
    RepeatedElement {
        /// Its name.
        element: String,
        /// Its text.
        value: String,
    },
    /// A criterion that the filter logic does not name.
    NotInFilter,
    /// A formula compares texts letter by letter.
    CaseCounts,
    /// The negation of a comparison with a number that may be blank.
    NegatedBlankNumber,
    /// A criterion without a field.
    NoField,
    /// An operation that is not in the documentation.
    UnknownOperation {
        /// As written.
        operation: String,
    },
    /// A distance on the map.
    Distance,
    /// A comparison with another field.
    OtherField {
        /// The other field.
        field: String,
    },
    /// An operation that fits no field of that kind.
    WrongOperation {
        /// The operation.
        operation: Operation,
        /// The kind of the field, known from all that is asked of it.
        kind: AttributeKind,
    },
    /// A value that fits no field of that kind.
    WrongValue {
        /// The value.
        value: String,
        /// The kind of the field.
        kind: AttributeKind,
    },
    /// An exact selection of several values.
    ExactSelection,
    /// A blank value where nothing says what it means.
    BlankValue {
        /// The operation.
        operation: Operation,
    },
    /// A date that depends on the day on which it is read.
    RelativeDate {
        /// As written.
        value: String,
    },
    /// A date whose day and month only the locale tells apart.
    LocalDate {
        /// As written.
        value: String,
    },
    /// Filter logic that cannot be read.
    Filter {
        /// Where, the first character being 1.
        character: usize,
        /// What was expected there.
        expected: String,
    },
    /// Filter logic that names a criterion that is not there.
    NoSuchCriterion {
        /// The number.
        number: usize,
    },
    /// A formula that cannot be read.
    Formula {
        /// Where, the first character being 1.
        character: usize,
        /// What was expected there.
        expected: String,
    },
    /// A part of a formula that is no plain comparison.
    FormulaPart {
        /// What it is: a function's name, or words for it.
        part: String,
    },
    /// A formula beside criteria.
    FormulaAndCriteria,
    /// Filter logic or a formula that nests too deep.
    TooDeep,
    /// More bytes of values than the limit.
    TooMany,
}

impl Remark {
    /// How much it takes from the entry.
    pub fn severity(&self) -> Severity {
        match self {
            Self::OtherElement { .. } | Self::NotInFilter => Severity::Note,
            Self::CaseCounts | Self::NegatedBlankNumber => Severity::Difference,
            _ => Severity::Loss,
        }
    }

    /// What there is to say of an element that is not read.
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
                "`{element}` (`{value}`) is unknown here; take it out if it decides nothing"
            ),
            Self::RepeatedElement { element, value } => write!(
                f,
                "`{element}` (`{value}`) stands there a second time; keep one of them"
            ),
            Self::NotInFilter => f.write_str("the filter logic does not name it"),
            Self::CaseCounts => {
                f.write_str("formulas tell upper from lower case here, the policy does not")
            }
            Self::NegatedBlankNumber => f.write_str(
                "of a blank number the policy says that this does not hold, so `NOT` of it holds",
            ),
            Self::NoField => f.write_str("names no field"),
            Self::UnknownOperation { operation } => {
                write!(f, "`{operation}` is no operation that is documented")
            }
            Self::Distance => {
                f.write_str("a policy knows no distances; make the places regions and name them")
            }
            Self::OtherField { field } => write!(
                f,
                "compares with the field `{field}`; give leads a flag that tells the outcome"
            ),
            Self::WrongOperation { operation, kind } => {
                write!(
                    f,
                    "`{operation}` is no test of a {kind}, which the field is taken for"
                )
            }
            Self::WrongValue { value, kind } => {
                write!(f, "`{value}` is no {kind}, which the field is taken for")
            }
            Self::ExactSelection => f.write_str(
                "asks for exactly these values of a selection; write it with `contains all of` \
                 and the values that must not be there",
            ),
            Self::BlankValue { operation } => {
                write!(
                    f,
                    "what `{operation}` means for a blank value is documented nowhere"
                )
            }
            Self::RelativeDate { value } => write!(
                f,
                "`{value}` depends on the day; a policy has no clock: give leads a flag for it, \
                 or the rule a period"
            ),
            Self::LocalDate { value } => write!(
                f,
                "whether day or month comes first in `{value}` depends on the locale; tell the \
                 import its form of dates"
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
                    "the filter logic names criterion {number}, which is not there"
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
                "{part} in the formula is no plain comparison; give leads a flag that tells the \
                 outcome"
            ),
            Self::FormulaAndCriteria => f.write_str("has a formula and criteria; keep one of them"),
            Self::TooDeep => write!(
                f,
                "nests deeper than {MAX_LOGIC_NESTING}; spread it over entries"
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
