//! What was set of one member at run time.

use serde::{Deserialize, Serialize};

use crate::availability::Presence;
use crate::id::MemberId;

/// What was set of a member at run time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MemberChange {
    /// The member.
    pub member: MemberId,
    /// Whether the member takes leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// What the member is there for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presence: Option<Presence>,
}
