//! Telling what was changed, where somebody wants to know.

use super::plan::Plan;
use super::shards::Shards;
use crate::dispatch::answer::assignment_id::AssignmentId;
use crate::dispatch::state::member_change::MemberChange;
use crate::dispatch::state::record::{Record, RecordKind, Recording};
use crate::dispatch::state::roster_changes::RosterChanges;
use crate::dispatch::state::shard_state::ShardState;

impl Plan {
    /// What was changed in shards, if anything was.
    #[inline]
    pub(in crate::dispatch) fn record(
        &self,
        recording: Option<&Recording>,
        kind: RecordKind,
        assignment: Option<AssignmentId>,
        shards: &mut Shards<'_, '_>,
    ) {
        let Some(recording) = recording else { return };
        let shards = shards.take_noted();
        if !shards.is_empty() {
            recording.set(Record {
                assignment,
                shards,
                ..self.empty_record(kind)
            });
        }
    }

    /// What was set of a member, and the shard that noted it.
    pub(in crate::dispatch) fn record_member(
        &self,
        recording: Option<&Recording>,
        member: &MemberChange,
        shard: Option<ShardState>,
    ) {
        if let Some(recording) = recording {
            recording.set(Record {
                shards: shard.into_iter().collect(),
                member: Some(member.clone()),
                ..self.empty_record(RecordKind::MemberChanged)
            });
        }
    }

    /// That a generation has begun with this plan.
    pub(in crate::dispatch) fn record_beginning(
        &self,
        recording: Option<&Recording>,
        kind: RecordKind,
        changes: &RosterChanges,
    ) {
        if let Some(recording) = recording {
            recording.set(Record {
                state: Some(Box::new(self.state(changes.clone()))),
                ..self.empty_record(kind)
            });
        }
    }

    fn empty_record(&self, kind: RecordKind) -> Record {
        Record {
            kind,
            policy: self.policy().identity(),
            generation: self.generation,
            assignment: None,
            shards: Vec::new(),
            member: None,
            state: None,
        }
    }
}
