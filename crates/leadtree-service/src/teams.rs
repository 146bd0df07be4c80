//! The load of the teams, for people and dashboards.

use chrono::NaiveDate;
use leadtree::dispatch::{DispatchState, MemberState, SeatState, TeamState};
use leadtree::{MemberId, TeamId};
use serde::Serialize;

/// The figures of a team and its members.
#[derive(Debug, Serialize)]
pub(crate) struct TeamLoad {
    team: TeamId,
    /// The number of turns so far, unless the team shares its turns with others.
    #[serde(skip_serializing_if = "Option::is_none")]
    turn: Option<u64>,
    #[serde(flatten)]
    load: Load,
    members: Vec<MemberLoad>,
}

/// The figures of a member in the team.
#[derive(Debug, Serialize)]
struct MemberLoad {
    member: MemberId,
    /// The turn in which the member last got a lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_turn: Option<u64>,
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
    let of_team = |(team, numbers): (TeamId, TeamState)| {
        let rotation = state.rotations.get(team.as_str());
        let turns = rotation.map(|rotation| &rotation.state);
        let last_turn = |member: &MemberId| turns?.last_turns.get(member).copied();
        let members = numbers.seats.into_iter();
        let members = members.map(|(member, seat)| {
            let last_turn = last_turn(&member);
            of_member(day(&member), member, last_turn, &seat)
        });
        TeamLoad {
            turn: turns.map(|turns| turns.turn),
            load: Load {
                open: numbers.open,
                day: numbers.day,
                today: numbers.today,
                this_week: numbers.this_week,
            },
            members: members.collect(),
            team,
        }
    };
    state.teams.into_iter().map(of_team).collect()
}

fn of_member(
    day: Option<NaiveDate>,
    member: MemberId,
    last_turn: Option<u64>,
    seat: &SeatState,
) -> MemberLoad {
    MemberLoad {
        member,
        last_turn,
        load: Load {
            open: seat.open,
            day,
            today: seat.today,
            this_week: seat.this_week,
        },
    }
}
