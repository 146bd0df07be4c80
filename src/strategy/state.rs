//! What a rotation remembers, in a form that can be stored.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::id::MemberId;

/// What a rotation remembers: the turns, and a few named numbers of its strategy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StrategyState {
    /// How many turns there were.
    #[serde(default)]
    pub turn: u64,
    /// The number of the turn that each member last got.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub last_turns: IndexMap<MemberId, u64>,
    /// Numbers of the rotation as a whole.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub shared: IndexMap<String, i64>,
    /// Numbers of each member.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub members: IndexMap<MemberId, IndexMap<String, i64>>,
}

impl StrategyState {
    /// A number of the rotation as a whole; 0 if it is not there.
    pub fn shared(&self, name: &str) -> i64 {
        self.shared.get(name).copied().unwrap_or(0)
    }

    /// A number of a member; 0 if it is not there.
    pub fn member(&self, member: &MemberId, name: &str) -> i64 {
        self.members
            .get(member)
            .and_then(|numbers| numbers.get(name))
            .copied()
            .unwrap_or(0)
    }

    /// Whether the strategy has no numbers in it.
    pub(crate) fn has_no_numbers(&self) -> bool {
        self.shared.is_empty() && self.members.is_empty()
    }

    /// The turns alone.
    pub(crate) fn turns(&self) -> Self {
        Self {
            turn: self.turn,
            last_turns: self.last_turns.clone(),
            ..Self::default()
        }
    }

    /// Whether there is nothing to remember.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
