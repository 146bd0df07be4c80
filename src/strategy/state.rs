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
    /// Turns up to this one were by other strategies than the present one.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub since: u64,
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

    /// Drops the numbers that are zero, as all are that are not stored.
    pub(crate) fn drop_zeros(&mut self) {
        self.shared.retain(|_, number| *number != 0);
        for numbers in self.members.values_mut() {
            numbers.retain(|_, number| *number != 0);
        }
        self.members.retain(|_, numbers| !numbers.is_empty());
        // In an order of their own, so that states that are equal are written alike.
        self.shared.sort_keys();
        self.members.sort_keys();
        self.members.values_mut().for_each(IndexMap::sort_keys);
    }

    /// Takes over the numbers of another state; whatever it does not name stays.
    pub(crate) fn overwrite(&mut self, changed: &Self) {
        (self.turn, self.since) = (changed.turn, changed.since);
        let last_turns = changed.last_turns.iter();
        self.last_turns
            .extend(last_turns.map(|(member, turn)| (member.clone(), *turn)));
        overwrite(&mut self.shared, &changed.shared);
        for (member, numbers) in &changed.members {
            let mut own = self.members.shift_remove(member).unwrap_or_default();
            overwrite(&mut own, numbers);
            if !own.is_empty() {
                self.members.insert_sorted(member.clone(), own);
            }
        }
    }

    /// The turns alone, for another strategy to go on with.
    pub(crate) fn turns(&self) -> Self {
        Self {
            turn: self.turn,
            since: self.turn,
            last_turns: self.last_turns.clone(),
            ..Self::default()
        }
    }

    /// Whether there is nothing to remember.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Takes over numbers; zeros are not kept.
fn overwrite(numbers: &mut IndexMap<String, i64>, changed: &IndexMap<String, i64>) {
    for (name, number) in changed {
        if *number == 0 {
            numbers.shift_remove(name);
        } else {
            numbers.insert_sorted(name.clone(), *number);
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's form")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}
