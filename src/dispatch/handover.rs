//! From one plan to the next: everybody's numbers change hands while leads are assigned.

use std::collections::HashMap;
use std::sync::MutexGuard;

use super::desk::Desk;
use super::plan::Plan;
use super::rotation::{Briefing, Rotation, RotationKey};
use super::seating::At;
use super::tally::on;
use crate::id::TeamId;
use crate::strategy::{Strategy, StrategyState, Waterfall};

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
    strategy: StrategyMove,
}

/// What becomes of a rotation's strategy.
enum StrategyMove {
    /// It goes on, with the same members.
    Stays,
    /// It goes on, with other members.
    Enrolls,
    /// Another object of the same name goes on from its memory.
    Remembered,
    /// It is another strategy.
    Ends,
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

    /// Copies all numbers and moves the strategies; from here on nothing more is counted in the
    /// former plan. `desks` are all of the former's.
    ///
    /// Linear in the members, and quick: nothing is looked up or allocated, except for strategies
    /// whose options are others than before, which are saved.
    pub(super) fn carry_out(self, desks: &mut [MutexGuard<'_, Desk>], next: &mut Plan) -> Spare {
        // All that the strategies' own code does comes first: if it panics, nothing has happened.
        let memories = self.rotations.iter().map(|rotation| rotation.memory(desks));
        let memories: Vec<_> = memories.collect();
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
        let mut spare = Spare(Vec::new());
        for team in self.teams {
            team.carry_out(desks, next);
        }
        for (rotation, memory) in self.rotations.into_iter().zip(memories) {
            rotation.carry_out(memory, desks, next, &mut spare);
        }
        for number in 0..next.desk_count() {
            next.desk_mut(number).refresh();
        }
        for desk in desks {
            desk.is_retired = true;
        }
        spare
    }
}

/// Strategies that were built and not needed. Their code is the caller's, also that which runs when
/// they are dropped, so they wait until all locks are open.
pub(super) struct Spare(Vec<Box<dyn Strategy>>);

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
        team.turn = former.turn;
        for standing in &mut team.roster {
            // A newcomer stands behind the others.
            standing.last_turn = former.turn;
        }
        for (position, before) in self.places {
            team.roster[position].last_turn = former.roster[before].last_turn;
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
                let strategy = strategy_move(former, next, from, (&of_desk, rotation));
                let to = (desk, number);
                moves.push(RotationMove { to, from, strategy });
            }
        }
    }
    moves
}

fn strategy_move(
    former: &Plan,
    next: &Plan,
    from: At,
    (desk, rotation): (&Desk, &Rotation),
) -> StrategyMove {
    let choice = |plan: &Plan, id: &TeamId| {
        let team = plan.tree.policy().team(id);
        team.map(|team| team.choice().clone())
    };
    let former_desk = former.desk(from.0);
    let former_rotation = &former_desk.rotations[from.1];
    let former_team = &former_desk.teams[former_rotation.team];
    let team = &desk.teams[rotation.team];
    if choice(former, &former_team.id) == choice(next, &team.id) {
        let enrolled = rotation.enrolled(team.present());
        if enrolled.eq(former_rotation.enrolled(former_team.present())) {
            StrategyMove::Stays
        } else {
            StrategyMove::Enrolls
        }
    } else if rotation.strategy_name == former_rotation.strategy_name {
        StrategyMove::Remembered
    } else {
        StrategyMove::Ends
    }
}

impl RotationMove {
    fn memory(&self, desks: &[MutexGuard<'_, Desk>]) -> Option<StrategyState> {
        let rotation = &desks[self.from.0].rotations[self.from.1];
        matches!(self.strategy, StrategyMove::Remembered).then(|| rotation.strategy.save())
    }

    fn carry_out(
        self,
        memory: Option<StrategyState>,
        desks: &mut [MutexGuard<'_, Desk>],
        next: &mut Plan,
        spare: &mut Spare,
    ) {
        let former = &mut desks[self.from.0].rotations[self.from.1];
        let rotation = &mut next.desk_mut(self.to.0).rotations[self.to.1];
        match self.strategy {
            StrategyMove::Stays | StrategyMove::Enrolls => {
                let strategy = std::mem::replace(&mut former.strategy, Box::new(Waterfall));
                let unused = std::mem::replace(&mut rotation.strategy, strategy);
                spare.0.push(unused);
                if matches!(self.strategy, StrategyMove::Stays) {
                    rotation.briefing = std::mem::replace(&mut former.briefing, Briefing::Done);
                }
            }
            StrategyMove::Remembered => rotation.briefing = Briefing::Enroll(memory),
            StrategyMove::Ends => {}
        }
    }
}
