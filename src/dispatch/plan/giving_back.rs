//! What giving a lead back changes. No lock, clock or I/O.

use super::plan::Plan;
use super::shards::Shards;
use crate::dispatch::answer::assignment_id::AssignmentId;
use crate::dispatch::answer::receipt::{Receipt, Release, Seat};
use crate::dispatch::shard::seat::place::MemberAt;
use crate::dispatch::state::record::{Record, RecordKind, Recording};

impl Plan {
    /// Takes a lead off its seats, which are those members': the open load, and if it is taken back, what
    /// counts over time. Gives the seats that are not here.
    pub(in crate::dispatch) fn give_back(
        &self,
        shards: &mut Shards<'_, '_>,
        receipt: &Receipt,
        members: &[Option<MemberAt>],
        release: Option<Release>,
        recording: Option<&Recording>,
    ) -> Vec<Seat> {
        shards.begin_change(recording.is_some());
        let units = receipt.units;
        let with_turn = release == Some(Release::GiveTurnBack);
        let mut is_unknown = |seat: &Seat, at: Option<MemberAt>| {
            let Some((at, shard)) = at.and_then(|at| Some((at, shards.get(at.shard)?))) else {
                return true;
            };
            let place = seat.team().map(|team| {
                let team = self.teams.get(team).filter(|team| team.shard == at.shard)?;
                shard.members.get(at.member)?.place_in(team.team)
            });
            // The member's own load counts even where the place in the team is gone.
            let when = release.map(|_| seat.when());
            let taken = shard.give_back(at.member, place.flatten(), units, when);
            let with_turn = with_turn && taken > 0;
            if let (Some(Some(place)), true, Some(turn)) = (place, with_turn, seat.turn()) {
                shard.give_turn_back(place, turn);
            }
            place == Some(None)
        };
        let seats = receipt.seats.iter().zip(members.iter().copied());
        let unknown = seats.filter(|&(seat, at)| is_unknown(seat, at));
        let unknown = unknown.map(|(seat, _)| seat.clone()).collect();
        let kind = match release {
            None => RecordKind::Completed,
            Some(Release::KeepTurn) => RecordKind::Released,
            Some(Release::GiveTurnBack) => RecordKind::TurnGivenBack,
        };
        shards.end_change();
        self.record(recording, kind, receipt.id, shards);
        unknown
    }

    /// Tells what was changed in shards, if anything was, and somebody wants to know.
    #[inline]
    pub(in crate::dispatch) fn record(
        &self,
        recording: Option<&Recording>,
        kind: RecordKind,
        assignment: Option<AssignmentId>,
        shards: &mut Shards<'_, '_>,
    ) {
        let Some(recording) = recording else { return };
        let changed = shards.take_noted();
        if !changed.is_empty() {
            recording.set(Record {
                kind,
                generation: self.generation,
                assignment,
                shards: changed,
                member: None,
                state: None,
            });
        }
    }
}
