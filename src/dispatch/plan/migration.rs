//! From one plan to the next: all numbers are copied while leads are assigned.

use std::collections::HashMap;
use std::sync::MutexGuard;

use super::plan::Plan;
use crate::dispatch::shard::rotation::RotationKey;
use crate::dispatch::shard::seat::place::{MemberAt, TeamAt};
use crate::dispatch::shard::seat::seat::ShardSeat;
use crate::dispatch::shard::seat::tally::on;
use crate::dispatch::shard::shard::Shard;

/// Who of the next plan was where in the former one. Made beforehand, so that the migration itself
/// only copies numbers.
pub(in crate::dispatch) struct Migration {
    members: Vec<(MemberAt, MemberAt)>,
    teams: Vec<TeamMove>,
    rotations: Vec<RotationMove>,
}

struct TeamMove {
    to: TeamAt,
    from: TeamAt,
    /// Positions now and before.
    places: Vec<(usize, usize)>,
}

struct RotationMove {
    /// The shard and the number there.
    to: (usize, usize),
    from: (usize, usize),
    /// Positions now and before.
    positions: Vec<(usize, usize)>,
}

impl Migration {
    /// Both plans may be at work meanwhile, but neither may change its rosters.
    pub(in crate::dispatch) fn between(former: &Plan, next: &Plan) -> Self {
        let members = next.members.iter();
        let members = members.filter_map(|(id, to)| Some((*to, *former.members.get(id)?)));
        let teams = next.teams.iter();
        let teams = teams.filter_map(|(id, &to)| {
            let &from = former.teams.get(id)?;
            Some(TeamMove::new(former, next, from, to))
        });
        Self {
            members: members.collect(),
            teams: teams.collect(),
            rotations: rotations(former, next),
        }
    }

    /// Copies all numbers; from here on nothing more is counted in the former plan. `shards` are all of
    /// the former's.
    ///
    /// Linear in the members, and quick: nothing is looked up, and no strategy is called.
    pub(in crate::dispatch) fn carry_out(
        self,
        shards: &mut [MutexGuard<'_, Shard>],
        next: &mut Plan,
    ) {
        let members = self.members.iter().map(|(to, from)| (to.shard, from.shard));
        let teams = self
            .teams
            .iter()
            .map(|team| (team.to.shard, team.from.shard));
        for (to, from) in members.chain(teams) {
            let former = &shards[from];
            let shard = next.shards.get_mut(to);
            shard.now = shard.now.max(former.now);
            shard.day = shard.day.max(former.day);
        }
        for &(to, from) in &self.members {
            let former = &shards[from.shard];
            let shard = next.shards.get_mut(to.shard);
            let tally = &former.members[from.member].tally;
            let load = on(tally.load, former.day, shard.day);
            shard.members[to.member].tally.go_on_as(load, tally);
        }
        for team in self.teams {
            team.carry_out(shards, next);
        }
        for rotation in self.rotations {
            rotation.carry_out(shards, next);
        }
        for number in 0..next.shards.len() {
            next.shards.get_mut(number).refresh();
        }
        for shard in shards {
            shard.is_retired = true;
        }
    }
}

impl TeamMove {
    fn new(former: &Plan, next: &Plan, from: TeamAt, to: TeamAt) -> Self {
        let shard = next.shards.lock(to.shard);
        let team = &shard.teams[to.team];
        let former_shard = former.shards.lock(from.shard);
        let places = team.roster.iter().enumerate();
        let places = places.filter_map(|(position, standing)| {
            let at = former.members.get(standing.member())?;
            // Whoever was in another shard was not in the team.
            let member = former_shard.members.get(at.member);
            let member = member.filter(|_| at.shard == from.shard)?;
            Some((position, member.place_in(from.team)?.position))
        });
        let places = places.collect();
        drop(shard);
        Self { to, from, places }
    }

    fn carry_out(self, shards: &mut [MutexGuard<'_, Shard>], next: &mut Plan) {
        let former_shard = &mut shards[self.from.shard];
        let former_day = former_shard.day;
        let former = &mut former_shard.teams[self.from.team];
        let shard = next.shards.get_mut(self.to.shard);
        let day = shard.day;
        let team = &mut shard.teams[self.to.team];
        let mut load = on(former.tally.load, former_day, day);
        // The leads of seats that are gone are nobody's here: their receipts find no seat.
        let open = |seat: &ShardSeat| seat.tally.load.open;
        let before = former.seats.iter().map(open).fold(0, u32::saturating_add);
        let kept = self.places.iter();
        let kept = kept.filter_map(|&(_, before)| former.seats.get(before).map(open));
        let gone = before.saturating_sub(kept.fold(0, u32::saturating_add));
        load.open = load.open.saturating_sub(gone);
        team.tally.go_on_as(load, &former.tally);
        for (position, before) in self.places {
            let tally = &former.seats[before].tally;
            let load = on(tally.load, former_day, day);
            team.seats[position].tally.go_on_as(load, tally);
        }
    }
}

/// What becomes of every rotation that both plans have.
fn rotations(former: &Plan, next: &Plan) -> Vec<RotationMove> {
    let mut known: HashMap<RotationKey, (usize, usize)> = HashMap::new();
    for shard in 0..former.shards.len() {
        let of_shard = former.shards.lock(shard);
        let keys = of_shard.rotations.iter().enumerate();
        known.extend(keys.map(|(number, it)| (it.key.clone(), (shard, number))));
    }
    let mut moves = Vec::new();
    for shard in 0..next.shards.len() {
        let of_shard = next.shards.lock(shard);
        for (number, rotation) in of_shard.rotations.iter().enumerate() {
            if let Some(&from) = known.get(&rotation.key) {
                let to = (shard, number);
                let positions = positions(&former.shards.lock(from.0), from.1, &of_shard, number);
                moves.push(RotationMove {
                    to,
                    from,
                    positions,
                });
            }
        }
    }
    moves
}

/// Where in a rotation everybody is now, and was before.
fn positions(former: &Shard, before: usize, next: &Shard, now: usize) -> Vec<(usize, usize)> {
    let roster = |shard: &Shard, number: usize| {
        let rotation = &shard.rotations[number];
        let team = shard.teams[rotation.team].present();
        rotation.members(team).cloned().collect::<Vec<_>>()
    };
    let before = roster(former, before).into_iter().enumerate();
    let before: HashMap<_, _> = before.map(|(position, id)| (id, position)).collect();
    let now = roster(next, now).into_iter().enumerate();
    now.filter_map(|(position, id)| Some((position, *before.get(&id)?)))
        .collect()
}

impl RotationMove {
    fn carry_out(self, shards: &[MutexGuard<'_, Shard>], next: &mut Plan) {
        let former = &shards[self.from.0].rotations[self.from.1];
        let rotation = &mut next.shards.get_mut(self.to.0).rotations[self.to.1];
        let is_same = rotation.strategy_name == former.strategy_name;
        rotation
            .memory
            .go_on(&former.memory, &self.positions, is_same);
    }
}
