//! Errors of spaces and sets of leads.

use thiserror::Error;

use crate::policy::PolicyErrors;

/// An error of a [`Space`](crate::space::Space) or a [`LeadSet`](crate::space::LeadSet).
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum SpaceError {
    /// The condition refers to names that the policy does not list.
    #[error("the condition does not fit the policy:{}", on_lines(.0))]
    Condition(#[from] PolicyErrors),
    /// The space has no cut where a test of the condition, or the period, begins or ends.
    #[error(
        "the space has no cut where this tests {subject}; add the condition or period with \
         `Space::builder`"
    )]
    NotCut {
        /// The dimension or attribute, or the moment.
        subject: String,
    },
    /// The space was not built from that policy.
    #[error("the space was not built from this policy; add it with `Space::builder`")]
    ForeignPolicy,
    /// A space joins two policies at most.
    #[error("a space joins two policies at most; build another space for the third")]
    TooManyPolicies,
    /// The two sets belong to different spaces.
    #[error("the two sets belong to different spaces; build both in one space")]
    ForeignSet,
    /// The answer is unknown.
    #[error(transparent)]
    Undecided(#[from] Undecided),
}

fn on_lines(errors: &PolicyErrors) -> String {
    let faults = errors.faults().iter();
    faults.fold(String::new(), |lines, fault| format!("{lines}\n  {fault}"))
}

/// Why the answer to a question about sets is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Undecided {
    /// The result has too many boxes.
    #[error("the set needs more than {most} boxes; ask about a part of it")]
    TooManyBoxes {
        /// The limit.
        most: usize,
    },
    /// The computation takes too many steps.
    #[error("the answer takes more than {most} steps; ask about a part of the set")]
    TooManySteps {
        /// The limit.
        most: usize,
    },
    /// Several tests limit one attribute, and the search for a value that meets all of them gave up.
    #[error(
        "unknown whether any value of `{attribute}` meets all of these tests: {tests}; simplify them"
    )]
    Dependent {
        /// The attribute.
        attribute: String,
        /// The tests.
        tests: String,
    },
    /// No condition of the policy denotes the set.
    #[error(
        "no condition of the policy denotes this set, because of {subject}; ask for an example \
         instead"
    )]
    NoCondition {
        /// The dimension or attribute, or the moment.
        subject: String,
    },
}
