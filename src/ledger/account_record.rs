//! What a ledger knows of an account.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, MemberId, TeamId};

/// Who owns an account: whoever got its first lead, until a lead of it moves on to somebody else, the policy does
/// not know them any more, or somebody gives it away by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AccountRecord {
    /// The owner.
    pub member: MemberId,
    /// The team that the owner's leads of the account count for, if they count for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
}

/// An account that got an owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AccountChange {
    /// The account.
    pub account: AccountId,
    /// Its owner now.
    pub owner: AccountRecord,
}
