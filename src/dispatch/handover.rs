//! From one plan to the next: everybody's numbers change hands while leads are assigned.

use std::collections::HashMap;
use std::sync::MutexGuard;

use super::desk::Desk;
use super::plan::Plan;
use super::rotation::RotationKey;
use super::seating::At;
use super::tally::on;

/// Who of the next plan was where in the former one. Made beforehand, so that the handover itself
/// only copies numbers.
pub(super) struct Handover {
    members: Vec<(At, At)>,
    teams: Vec<TeamMove>,
    rotations: Vec<RotationMove>,
}

struct TeamMove {
    to: At,
    from: At,
    /// Positions now and before.
    places: Vec<(usize, usize)>,
}

struct RotationMove {
    to: At,
    from: At,
    /// Positions now and before.
    positions: Vec<(usize, usize)>,
}

impl Handover {
    /// Both plans may be at work meanwhile, but neither may change its rosters.
    pub(super) fn between(former: &Plan, next: &Plan) -> Self {
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

    /// Copies all numbers; from here on nothing more is counted in the former plan. `desks` are all of
    /// the former's.
    ///
    /// Linear in the members, and quick: nothing is looked up, and no strategy is called.
    pub(super) fn carry_out(self, desks: &mut [MutexGuard<'_, Desk>], next: &mut Plan) {
        for &(to, from) in &self.members {
            let former = &desks[from.0];
            let desk = next.desk_mut(to.0);
            desk.now = desk.now.max(former.now);
            desk.day = desk.day.max(former.day);
        }
        for &(to, from) in &self.members {
            let former = &desks[from.0];
            let desk = next.desk_mut(to.0);
            let tally = &former.members[from.1].tally;
            let load = on(tally.load, former.day, desk.day);
            desk.members[to.1].tally.go_on_as(load, tally);
        }
        for team in self.teams {
            team.carry_out(desks, next);
        }
        for rotation in self.rotations {
            rotation.carry_out(desks, next);
        }
        for number in 0..next.desk_count() {
            next.desk_mut(number).refresh();
        }
        for desk in desks {
            desk.is_retired = true;
        }
    }
}

impl TeamMove {
    fn new(former: &Plan, next: &Plan, from: At, to: At) -> Self {
        let desk = next.desk(to.0);
        let team = &desk.teams[to.1];
        let former_desk = former.desk(from.0);
        let places = team.roster.iter().enumerate();
        let places = places.filter_map(|(position, standing)| {
            let &(home, member) = former.members.get(standing.member())?;
            // Whoever was at another desk was not in the team.
            let member = former_desk.members.get(member).filter(|_| home == from.0)?;
            let mut places = member.places.iter();
            let &(_, before) = places.find(|(team, _)| *team == from.1)?;
            Some((position, before))
        });
        let places = places.collect();
        drop(desk);
        Self { to, from, places }
    }

    fn carry_out(self, desks: &mut [MutexGuard<'_, Desk>], next: &mut Plan) {
        let former_desk = &mut desks[self.from.0];
        let former_day = former_desk.day;
        let former = &mut former_desk.teams[self.from.1];
        let desk = next.desk_mut(self.to.0);
        let day = desk.day;
        let team = &mut desk.teams[self.to.1];
        let load = on(former.tally.load, former_day, day);
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
    let mut known: HashMap<RotationKey, At> = HashMap::new();
    for desk in 0..former.desk_count() {
        let of_desk = former.desk(desk);
        let keys = of_desk.rotations.iter().enumerate();
        known.extend(keys.map(|(number, it)| (it.key.clone(), (desk, number))));
    }
    let mut moves = Vec::new();
    for desk in 0..next.desk_count() {
        let of_desk = next.desk(desk);
        for (number, rotation) in of_desk.rotations.iter().enumerate() {
            if let Some(&from) = known.get(&rotation.key) {
                let to = (desk, number);
                let positions = positions(&former.desk(from.0), from.1, &of_desk, number);
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
fn positions(former: &Desk, before: usize, next: &Desk, now: usize) -> Vec<(usize, usize)> {
    let roster = |desk: &Desk, number: usize| {
        let rotation = &desk.rotations[number];
        let team = desk.teams[rotation.team].present();
        rotation.members(team).cloned().collect::<Vec<_>>()
    };
    let before = roster(former, before).into_iter().enumerate();
    let before: HashMap<_, _> = before.map(|(position, id)| (id, position)).collect();
    let now = roster(next, now).into_iter().enumerate();
    now.filter_map(|(position, id)| Some((position, *before.get(&id)?)))
        .collect()
}

impl RotationMove {
    fn carry_out(self, desks: &[MutexGuard<'_, Desk>], next: &mut Plan) {
        let former = &desks[self.from.0].rotations[self.from.1];
        let rotation = &mut next.desk_mut(self.to.0).rotations[self.to.1];
        let is_same = rotation.strategy_name == former.strategy_name;
        rotation
            .memory
            .go_on(&former.memory, &self.positions, is_same);
    }
}
