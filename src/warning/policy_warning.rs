//! What a warning says, and what to do about it.

use thiserror::Error;

/// Something that may well be meant otherwise, with what to do. The policy works as it says.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PolicyWarning {
    /// A value named by another of its names.
    #[error("`{alias}` is another name of `{name}`; write `{name}`, so that everybody finds it")]
    Alias {
        /// The name as written.
        alias: String,
        /// The value's own name.
        name: String,
    },
    /// A condition, or a part of one, that no lead meets.
    #[error("no lead can meet this: {condition}; correct it, or remove it")]
    NeverHolds {
        /// The condition in the text form.
        condition: String,
    },
    /// A rule or group whose own condition can hold, but not inside the groups around it.
    #[error(
        "no lead of the groups around it meets this: {condition}; correct it, or move it out of \
         the group"
    )]
    NeverInGroup {
        /// The condition in the text form.
        condition: String,
    },
    /// A branch of an `or` that changes nothing.
    #[error("whatever meets `{branch}` meets `{by}`, too, which stands beside it; remove it")]
    Covered {
        /// The branch in the text form.
        branch: String,
        /// The branch that covers it.
        by: String,
    },
}
