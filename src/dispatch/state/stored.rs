//! Looking stored numbers up by name, whichever shards they are in.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::shard_state::{MemberState, RotationState, ShardState, TeamState};
use crate::id::{MemberId, RotationId, TeamId};

/// The numbers of several shards, by name; the latest ones where a name comes twice.
#[derive(Debug, Default)]
pub(in crate::dispatch) struct Stored<'s> {
    members: HashMap<&'s MemberId, (&'s ShardState, &'s MemberState), FixedState>,
    teams: HashMap<&'s TeamId, (&'s ShardState, &'s TeamState), FixedState>,
    rotations: HashMap<&'s RotationId, &'s RotationState, FixedState>,
}

impl<'s> Stored<'s> {
    /// Linear in the names.
    pub(in crate::dispatch) fn new(shards: impl IntoIterator<Item = &'s ShardState>) -> Self {
        let mut stored = Self::default();
        for shard in shards {
            let members = shard.members.iter();
            stored
                .members
                .extend(members.map(|(id, numbers)| (id, (shard, numbers))));
            let teams = shard.teams.iter();
            stored
                .teams
                .extend(teams.map(|(id, numbers)| (id, (shard, numbers))));
            stored.rotations.extend(&shard.rotations);
        }
        stored
    }

    /// A member's numbers, with the shard that they were in.
    pub(in crate::dispatch) fn member(
        &self,
        member: &MemberId,
    ) -> Option<(&'s ShardState, &'s MemberState)> {
        self.members.get(member).copied()
    }

    /// A team's numbers, with the shard that they were in.
    pub(in crate::dispatch) fn team(
        &self,
        team: &TeamId,
    ) -> Option<(&'s ShardState, &'s TeamState)> {
        self.teams.get(team).copied()
    }

    /// What a rotation remembers.
    pub(in crate::dispatch) fn rotation(&self, rotation: &RotationId) -> Option<&'s RotationState> {
        self.rotations.get(rotation).copied()
    }
}
