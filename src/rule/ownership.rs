//! What a ledger remembers of who owns a lead.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a ledger remembers of who owns a lead that a rule applies to, when the lead, or another one of its
/// account, comes again. Deciding and dispatching go by rules alone, and know nothing of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Ownership {
    /// Nothing: a lead that comes again is assigned again, and whoever had it has it no longer.
    None,
    /// The lead's owner: a lead that comes again stays where it is.
    #[default]
    Lead,
    /// The owner of the lead's account as well: whoever got the first lead of an account gets its other leads,
    /// if they are still active and have room.
    Account,
}

impl Ownership {
    /// Its name in policy files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Lead => "lead",
            Self::Account => "account",
        }
    }
}

impl fmt::Display for Ownership {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
