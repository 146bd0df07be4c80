//! What giving a lead back changes. No lock, clock or I/O.

use super::plan::Plan;
use super::shards::Shards;
use crate::dispatch::answer::receipt::{Receipt, Release, Seat};
use crate::dispatch::shard::seat::place::MemberAt;
use crate::dispatch::state::record::{RecordKind, Recording};

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
        let with_turn = release == Some(Release::GiveTurnBack);
        let of_before = receipt
            .id
            .is_some_and(|id| id.generation() != self.generation);
        let mut unknown = Vec::new();
        for (seat, at) in receipt.seats.iter().zip(members.iter().copied()) {
            let Some((at, shard)) = at.and_then(|at| Some((at, shards.get(at.shard)?))) else {
                unknown.push(seat.clone());
                continue;
            };
            let place = seat.team().map(|team| {
                let team = self.teams.get(team).filter(|team| team.shard == at.shard)?;
                shard.members.get(at.member)?.place_in(team.team)
            });
            // The member's own load counts even where the place in the team is gone.
            let when = release.map(|_| seat.when());
            let of_place = place.flatten();
            let taken = shard.give_back(at.member, of_place, receipt.units, when, of_before);
            if let (Some(place), true, Some(turn)) = (of_place, with_turn && taken > 0, seat.turn())
            {
                shard.give_turn_back(place, turn);
            }
            if place == Some(None) {
                unknown.push(seat.clone());
            }
        }
        let kind = match release {
            None => RecordKind::Completed,
            Some(Release::KeepTurn) => RecordKind::Released,
            Some(Release::GiveTurnBack) => RecordKind::TurnGivenBack,
        };
        shards.end_change();
        self.record(recording, kind, receipt.id, shards);
        unknown
    }
}
