//! The dispatcher's memory in a form that can be stored.

use serde::{Deserialize, Serialize};

use super::roster_changes::RosterChanges;
use super::shard_state::{MemberState, RotationState, ShardState, TeamState};
use crate::id::{MemberId, RotationId, TeamId};
use crate::map_form::map_form;
use crate::policy::PolicyIdentity;

/// Everything that a dispatcher remembers: a few numbers a member. It knows no leads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
#[non_exhaustive]
pub struct DispatchState {
    /// Grows whenever the teams are laid out anew: with another policy, or with other rosters.
    #[serde(default)]
    pub generation: u64,
    /// The policy by which they are laid out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyIdentity>,
    /// The numbers, by shard, in rising order: teams that share members or rotations, directly or through
    /// others. A [`DispatchPlan`](crate::dispatch::DispatchPlan) needs those alone that a request needs.
    #[serde(default)]
    pub shards: Vec<ShardState>,
    /// What was changed in the rosters at run time.
    #[serde(default)]
    pub changes: RosterChanges,
}

map_form!(DispatchState, "the state of a dispatcher");

impl DispatchState {
    /// All members' numbers over all their teams.
    pub fn members(&self) -> impl Iterator<Item = (&MemberId, &MemberState)> {
        self.shards.iter().flat_map(|shard| &shard.members)
    }

    /// All teams' numbers.
    pub fn teams(&self) -> impl Iterator<Item = (&TeamId, &TeamState)> {
        self.shards.iter().flat_map(|shard| &shard.teams)
    }

    /// What all rotations remember.
    pub fn rotations(&self) -> impl Iterator<Item = (&RotationId, &RotationState)> {
        self.shards.iter().flat_map(|shard| &shard.rotations)
    }

    /// A member's numbers over all teams. Linear in the shards.
    pub fn member(&self, member: impl AsRef<str>) -> Option<&MemberState> {
        find(&self.shards, |shard| shard.members.get(member.as_ref()))
    }

    /// A team's numbers. Linear in the shards.
    pub fn team(&self, team: impl AsRef<str>) -> Option<&TeamState> {
        find(&self.shards, |shard| shard.teams.get(team.as_ref()))
    }

    /// What a rotation remembers. Linear in the shards.
    pub fn rotation(&self, rotation: impl AsRef<str>) -> Option<&RotationState> {
        find(&self.shards, |shard| shard.rotations.get(rotation.as_ref()))
    }

    /// The shard of that number. Some may be missing, but they must be in rising order. O(log n).
    pub fn shard(&self, shard: usize) -> Option<&ShardState> {
        self.shards.get(self.place(shard)?)
    }

    pub(super) fn shard_mut(&mut self, shard: usize) -> Option<&mut ShardState> {
        let place = self.place(shard)?;
        self.shards.get_mut(place)
    }

    fn place(&self, shard: usize) -> Option<usize> {
        let found = self.shards.binary_search_by_key(&shard, |it| it.shard);
        found.ok()
    }

    /// Drops what no dispatcher would write, and restores the order of lists.
    pub(in crate::dispatch) fn normalised(mut self) -> Self {
        self.changes = self.changes.normalised();
        self.generation = self.generation.min(MOST_CHANGES);
        for shard in &mut self.shards {
            shard.number = shard.number.min(MOST_CHANGES);
            shard.normalise();
        }
        self
    }
}

/// No dispatcher comes that far; from there on, it still can count.
const MOST_CHANGES: u64 = 1 << 62;

fn find<'s, T>(
    shards: &'s [ShardState],
    find: impl Fn(&'s ShardState) -> Option<&'s T>,
) -> Option<&'s T> {
    shards.iter().find_map(find)
}
