//! Finding what keeps a member from a lead: in one place, for the index of who can take leads, for
//! refusals, warnings and audits alike.

use super::request::SeatRequest;
use super::seat::obstacle::{Exclusion, Obstacle, Obstacles};
use super::seat::place::Place;
use super::shard::Shard;
use crate::availability::Presence;
use crate::strategy::Standing;

impl Shard {
    /// Everything that keeps the member from a lead, there or without a team; with no request, from
    /// any ordinary lead.
    pub(in crate::dispatch) fn obstacles(
        &self,
        number: usize,
        place: Option<Place>,
        request: Option<SeatRequest<'_>>,
    ) -> Obstacles {
        let Some(member) = self.members.get(number) else {
            let mut none = [None; 10];
            none[0] = Some(Obstacle::NotInTeam);
            return Obstacles(none);
        };
        let team = place.and_then(|place| self.teams.get(place.team));
        let seat = place.and_then(|place| self.seat(place));
        let standing = place.and_then(|place| self.standing(place));
        let is_in_team = place.is_none_or(|place| self.is_present(place));
        let is_in_term = seat.is_none_or(|seat| !seat.is_closed && seat.term.is_on());
        let takes_leads = seat.is_none_or(|seat| seat.is_active || member.resumed);
        let excluded = request.and_then(|request| request.left_out?.get(&number).copied());
        let of_team = team.map(|team| team.fittings.required_by_team());
        let of_request = request.and_then(|request| request.fit.map(|fit| &fit.requires));
        let mut required = of_team
            .filter(|_| request.is_some())
            .into_iter()
            .chain(of_request);
        let last_asked = team.map_or(Presence::Active, |team| team.last_asked);
        let room = standing.map_or_else(|| member.room(), Standing::room);
        let units = request.map_or(1, |request| request.units);
        let is_team_full = team.is_some_and(|team| team.room() < units);
        let all = [
            (Obstacle::NotInTeam, !is_in_team || !is_in_term),
            (Obstacle::NotActive, !member.active || !takes_leads),
            (
                Obstacle::Excluded(excluded.unwrap_or(Exclusion::Seated)),
                excluded.is_some(),
            ),
            (
                Obstacle::Unfit,
                !required.all(|it| member.abilities.meets(it)),
            ),
            (Obstacle::OffWork, !member.work.is_on()),
            (
                Obstacle::TeamClosed,
                team.is_some_and(|team| !team.work.is_on()),
            ),
            (Obstacle::NotAsked, member.presence > last_asked),
            (Obstacle::NotPresent, member.presence != Presence::Active),
            (Obstacle::Full, room < units),
            (Obstacle::TeamFull, is_team_full),
        ];
        Obstacles(all.map(|(obstacle, is_there)| is_there.then_some(obstacle)))
    }
}
