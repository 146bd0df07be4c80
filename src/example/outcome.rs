//! What can be expected to come of a lead, in a word.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::unknown_name::UnknownName;

/// What can be expected to come of a lead, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ExpectedOutcome {
    /// A member owns it.
    Assigned,
    /// It waits in a pool.
    Pooled,
    /// It waits until somebody of the team is back.
    Waiting,
    /// Nobody has it.
    Unassigned,
}

impl ExpectedOutcome {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Assigned,
        Self::Pooled,
        Self::Waiting,
        Self::Unassigned,
    ];

    /// The word used in files and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Pooled => "pooled",
            Self::Waiting => "waiting",
            Self::Unassigned => "unassigned",
        }
    }
}

impl FromStr for ExpectedOutcome {
    type Err = UnknownName;

    /// The outcome of that name, as written in files: `pooled`.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find("outcome", name, &Self::ALL, Self::as_str)
    }
}

impl fmt::Display for ExpectedOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
