//! From one plan to the next: everybody's numbers change hands while leads are assigned.

use std::sync::MutexGuard;

use super::desk::Desk;
use super::desk_team::Briefing;
use super::plan::Plan;
use super::seating::At;
use super::tally::on;
use crate::id::TeamId;
use crate::strategy::{Strategy, StrategyState, Waterfall};

/// Who of the next plan was where in the former one. Made beforehand, so that the handover itself
/// only copies numbers.
pub(super) struct Handover {
    members: Vec<(At, At)>,
    teams: Vec<TeamMove>,
}

struct TeamMove {
    to: At,
    from: At,
    strategy: StrategyMove,
    /// Positions now and before.
    places: Vec<(usize, usize)>,
}

/// What becomes of a team's strategy.
enum StrategyMove {
    /// It goes on, in the same roster.
    Stays,
    /// It goes on, in another roster.
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
            Some(TeamMove::new(former, next, id, from, to))
        });
        Self {
            members: members.collect(),
            teams: teams.collect(),
        }
    }

    /// Copies all numbers and moves the strategies; from here on nothing more is counted in the
    /// former plan. `desks` are all of the former's.
    ///
    /// Linear in the members, and quick: nothing is looked up or allocated, except for strategies
    /// whose options are others than before, which are saved.
    pub(super) fn carry_out(self, desks: &mut [MutexGuard<'_, Desk>], next: &mut Plan) -> Spare {
        // All that the strategies' own code does comes first: if it panics, nothing has happened.
        let memories = self.teams.iter().map(|team| team.memory(desks));
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
        for (team, memory) in self.teams.into_iter().zip(memories) {
            team.carry_out(memory, desks, next, &mut spare);
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
    fn new(former: &Plan, next: &Plan, id: &TeamId, from: At, to: At) -> Self {
        let choice = |plan: &Plan| {
            plan.tree
                .policy()
                .team(id)
                .map(|team| team.choice().clone())
        };
        let desk = next.desk(to.0);
        let team = &desk.teams[to.1];
        let former_desk = former.desk(from.0);
        let former_team = &former_desk.teams[from.1];
        let strategy = if choice(former) == choice(next) {
            if team.enrolled().eq(former_team.enrolled()) {
                StrategyMove::Stays
            } else {
                StrategyMove::Enrolls
            }
        } else if team.strategy_name == former_team.strategy_name {
            StrategyMove::Remembered
        } else {
            StrategyMove::Ends
        };
        let places = team.roster.iter().enumerate();
        let places = places.filter_map(|(position, standing)| {
            let &(_, member) = former.members.get(standing.member())?;
            let member = former_desk.members.get(member)?;
            let mut places = member.places.iter();
            let &(_, before) = places.find(|(team, _)| *team == from.1)?;
            Some((position, before))
        });
        let places = places.collect();
        drop(desk);
        Self {
            to,
            from,
            strategy,
            places,
        }
    }

    fn memory(&self, desks: &[MutexGuard<'_, Desk>]) -> Option<StrategyState> {
        let team = &desks[self.from.0].teams[self.from.1];
        matches!(self.strategy, StrategyMove::Remembered).then(|| team.strategy.save())
    }

    fn carry_out(
        self,
        memory: Option<StrategyState>,
        desks: &mut [MutexGuard<'_, Desk>],
        next: &mut Plan,
        spare: &mut Spare,
    ) {
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
        match self.strategy {
            StrategyMove::Stays | StrategyMove::Enrolls => {
                let strategy = std::mem::replace(&mut former.strategy, Box::new(Waterfall));
                spare
                    .0
                    .push(std::mem::replace(&mut team.strategy, strategy));
                if matches!(self.strategy, StrategyMove::Stays) {
                    team.briefing = std::mem::replace(&mut former.briefing, Briefing::Done);
                }
            }
            StrategyMove::Remembered => team.briefing = Briefing::Enroll(memory),
            StrategyMove::Ends => {}
        }
    }
}
