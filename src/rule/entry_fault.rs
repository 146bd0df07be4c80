//! Fields of rules and groups that do not go together.

use thiserror::Error;

/// Fields of a rule or a group that do not go together.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EntryFault {
    /// An entry without an id.
    #[error("neither a rule nor a group; write `id` for a rule, or `group` for a group")]
    NeitherRuleNorGroup,
    /// An entry with the ids of both.
    #[error("both a rule and a group; keep `id` for a rule, or `group` for a group")]
    RuleAndGroup,
    /// A rule with a field that only groups have.
    #[error("`{field}` belongs to a group; write `group` instead of `id`")]
    OnlyOfGroups {
        /// The field.
        field: &'static str,
    },
    /// A group that grants something itself.
    #[error("a group has no outcome of its own; put `{field}` in its `rules` or `otherwise`")]
    OutcomeOfGroup {
        /// The field.
        field: &'static str,
    },
    /// A group with a period.
    #[error("a group has no period; put `{field}` in its rules")]
    PeriodOfGroup {
        /// The field.
        field: &'static str,
    },
    /// A group without a list of rules.
    #[error("a group needs `rules`; add them")]
    GroupWithoutRules,
}

impl EntryFault {
    /// The field that is about, if it is about one that is there.
    pub(crate) fn field(&self) -> Option<&'static str> {
        match self {
            Self::NeitherRuleNorGroup | Self::RuleAndGroup | Self::GroupWithoutRules => None,
            Self::OnlyOfGroups { field }
            | Self::OutcomeOfGroup { field }
            | Self::PeriodOfGroup { field } => Some(field),
        }
    }
}
