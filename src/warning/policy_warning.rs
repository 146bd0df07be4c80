//! The kinds of warnings, with their messages.

use thiserror::Error;

/// A likely mistake in a valid policy. The message says how to fix it; the policy works as written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PolicyWarning {
    /// The policy has no rules.
    #[error(
        "the policy has no rules, so every lead gets its `otherwise`; add rules, or check the file"
    )]
    NoRules,
    /// A value written under an alias.
    #[error("`{alias}` is another name for `{name}`; write `{name}`, so that a search finds it")]
    Alias {
        /// The name as written.
        alias: String,
        /// The name to write instead.
        name: String,
    },
    /// A condition, or part of one, that no lead can meet.
    #[error("no lead can meet this: {condition}; correct it, or remove it")]
    NeverHolds {
        /// The condition in the text form.
        condition: String,
    },
    /// A rule or group whose condition contradicts those of the groups around it.
    #[error(
        "no lead of the enclosing groups can meet this: {condition}; correct it, or move it out of \
         the group"
    )]
    NeverInGroup {
        /// The condition in the text form.
        condition: String,
    },
    /// A branch of an `or` that is redundant, because another branch covers it.
    #[error("`{branch}` changes nothing, because the branch `{by}` covers it; remove it")]
    Covered {
        /// The branch in the text form.
        branch: String,
        /// The branch that covers it.
        by: String,
    },
}
