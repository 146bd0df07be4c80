//! Why a question about sets of leads has no answer.

use thiserror::Error;

use crate::policy::PolicyErrors;

/// A question about a set of leads that is not answered.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum SpaceError {
    /// The condition names what the policy does not know.
    #[error(transparent)]
    Condition(#[from] PolicyErrors),
    /// The condition or period asks for something that the space is not cut for.
    #[error(
        "the space does not tell apart what is asked of {subject}; give the condition or period \
         to the space when it is built"
    )]
    NotCut {
        /// The dimension or attribute, or the moment.
        subject: String,
    },
    /// The policy is none of those that the space was built of.
    #[error("the policy is none of those that the space was built of; add it to the space")]
    ForeignPolicy,
    /// The two sets are of different spaces.
    #[error("the two sets are of different spaces; make both in one")]
    ForeignSet,
    /// The answer is not known.
    #[error(transparent)]
    Undecided(#[from] Undecided),
}

/// Why the answer to a question about sets is not known.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Undecided {
    /// The set is a union of too many boxes.
    #[error("the set takes more than {most} boxes of values; ask for a part of it")]
    TooManyBoxes {
        /// The limit.
        most: usize,
    },
    /// Too many steps.
    #[error("the answer takes more than {most} steps; ask for a part of the set")]
    TooManySteps {
        /// The limit.
        most: usize,
    },
    /// Several tests of one attribute, of which it could not be settled whether one value meets them.
    #[error(
        "it could not be settled whether one value of `{attribute}` meets this at once: {tests}"
    )]
    Dependent {
        /// The attribute.
        attribute: String,
        /// What it would have to meet.
        tests: String,
    },
    /// The set cannot be said in a condition of that policy.
    #[error(
        "the set is no condition of the policy: {subject} is limited to what it has no test for"
    )]
    NoCondition {
        /// The dimension or attribute, or the moment.
        subject: String,
    },
}
