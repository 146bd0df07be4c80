//! The load of the teams, for people and dashboards.

use chrono::NaiveDate;
use leadtree::dispatch::{DispatchState, MemberState, SeatState, TeamState};
use leadtree::{MemberId, TeamId};
use serde::Serialize;

/// The figures of a team and its members.
#[derive(Debug, Serialize)]
pub(crate) struct TeamLoad {
    team: TeamId,
    /// The number of turns so far.
    turn: u64,
    #[serde(flatten)]
    load: Load,
    members: Vec<MemberLoad>,
}

/// The figures of a member in the team.
#[derive(Debug, Serialize)]
struct MemberLoad {
    member: MemberId,
    /// The turn in which the member last got a lead.
    last_turn: u64,
    #[serde(flatten)]
    load: Load,
}

#[derive(Debug, Serialize)]
struct Load {
    open: u32,
    /// The day that `today` and `this_week` refer to: that of the last lead, which may be in the
    /// past.
    day: Option<NaiveDate>,
    today: u32,
    this_week: u32,
}

/// A consistent snapshot of all teams.
pub(crate) fn loads(state: DispatchState) -> Vec<TeamLoad> {
    let members = state.members;
    let day = |member: &MemberId| {
        members
            .get(member)
            .and_then(|member: &MemberState| member.day)
    };
    let of_team = |(team, numbers): (TeamId, TeamState)| TeamLoad {
        team,
        turn: numbers.turn,
        load: Load {
            open: numbers.open,
            day: numbers.day,
            today: numbers.today,
            this_week: numbers.this_week,
        },
        members: numbers
            .seats
            .into_iter()
            .map(|(member, seat)| of_member(day(&member), member, &seat))
            .collect(),
    };
    state.teams.into_iter().map(of_team).collect()
}

fn of_member(day: Option<NaiveDate>, member: MemberId, seat: &SeatState) -> MemberLoad {
    MemberLoad {
        member,
        last_turn: seat.last_turn,
        load: Load {
            open: seat.open,
            day,
            today: seat.today,
            this_week: seat.this_week,
        },
    }
}
