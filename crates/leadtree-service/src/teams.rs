//! The load of the teams, for people and dashboards.

use std::collections::HashMap;

use chrono::NaiveDate;
use leadtree::dispatch::{DispatchState, ShardState, TeamState};
use leadtree::policy::Policy;
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

/// A consistent snapshot of all teams, in the order of the policy.
pub(crate) fn loads(state: &DispatchState, policy: &Policy) -> Vec<TeamLoad> {
    let mut loads = HashMap::new();
    for shard in &state.shards {
        for (team, numbers) in &shard.teams {
            loads.insert(team, of_team(shard, team, numbers));
        }
    }
    let teams = policy.teams().iter();
    teams.filter_map(|team| loads.remove(team.id())).collect()
}

fn of_team(shard: &ShardState, team: &TeamId, numbers: &TeamState) -> TeamLoad {
    let rotation = shard.rotations.get(team.as_str());
    let turns = rotation.map(|rotation| &rotation.state);
    let members = numbers.seats.iter().map(|(member, seat)| MemberLoad {
        member: member.clone(),
        last_turn: turns.and_then(|turns| turns.last_turns.get(member).copied()),
        load: Load {
            open: seat.open,
            day: shard.day,
            today: seat.today,
            this_week: seat.this_week,
        },
    });
    TeamLoad {
        team: team.clone(),
        turn: turns.map(|turns| turns.turn),
        load: Load {
            open: numbers.open,
            day: shard.day,
            today: numbers.today,
            this_week: numbers.this_week,
        },
        members: members.collect(),
    }
}
