//! A rotation: a strategy, and whose turns it looks after.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::seat::seat::ShardSeat;
use crate::dispatch::answer::receipt::{TurnOf, TurnTaken};
use crate::id::{MemberId, RotationId, RuleId, StrategyName};
use crate::lead::Lead;
use crate::strategy::{Candidates, Memory, Positions, Standing, Strategy, StrategyState, Turn};

/// A strategy, and whose turns it looks after: those of a team, those of a team by one rule, or those
/// of several teams.
#[derive(Debug, Clone)]
pub(in crate::dispatch) struct Rotation {
    pub(in crate::dispatch) key: RotationKey,
    /// The first of the teams whose turns it looks after.
    pub(in crate::dispatch) team: usize,
    pub(in crate::dispatch) strategy_name: StrategyName,
    pub(in crate::dispatch) strategy: Arc<dyn Strategy>,
    pub(in crate::dispatch) memory: Memory,
    /// Everybody in its teams, where they are several.
    pub(in crate::dispatch) union: Option<Union>,
    /// What its turns are told apart by, where it is not a team's own.
    pub(in crate::dispatch) turn_of: Option<Arc<TurnOf>>,
}

/// Which rotation it is: by name, and where a team has one for each rule, by rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::dispatch) struct RotationKey {
    pub(in crate::dispatch) name: RotationId,
    pub(in crate::dispatch) rule: Option<RuleId>,
}

/// Everybody in several teams, each once.
#[derive(Debug, Clone, Default)]
pub(in crate::dispatch) struct Union {
    /// With the weights of the first team that each is in.
    roster: Vec<Standing>,
    /// By position in the roster: the member's number in the shard.
    members: Vec<usize>,
    /// By the member's number in the shard: the position in the roster.
    positions: Vec<Option<usize>>,
}

/// A team that asks a rotation, as it stands.
#[derive(Clone, Copy)]
pub(in crate::dispatch) struct Asking<'a> {
    pub(in crate::dispatch) now: DateTime<Utc>,
    pub(in crate::dispatch) lead: &'a Lead<'a>,
    pub(in crate::dispatch) rule: Option<&'a RuleId>,
    /// Who is in the team.
    pub(in crate::dispatch) roster: &'a [Standing],
    pub(in crate::dispatch) seats: &'a [ShardSeat],
    pub(in crate::dispatch) candidates: &'a Positions,
    /// Whom the rotation is to look at again; everybody, if not said.
    pub(in crate::dispatch) changed: Option<&'a [usize]>,
    /// By position: how well everybody fits.
    pub(in crate::dispatch) fits: Option<&'a [u32]>,
    pub(in crate::dispatch) is_audited: bool,
}

impl Union {
    /// Takes a team in.
    pub(in crate::dispatch) fn add(&mut self, roster: &[Standing], seats: &[ShardSeat]) {
        for (standing, seat) in roster.iter().zip(seats) {
            if self.positions.len() <= seat.member {
                self.positions.resize(seat.member + 1, None);
            }
            if let Some(position @ None) = self.positions.get_mut(seat.member) {
                *position = Some(self.roster.len());
                self.roster.push(standing.clone());
                self.members.push(seat.member);
            }
        }
    }

    fn position(&self, member: usize) -> Option<usize> {
        self.positions.get(member).copied().flatten()
    }

    /// Everybody stands as in that team now.
    fn look_at(&mut self, roster: &[Standing], seats: &[ShardSeat]) {
        for (standing, seat) in roster.iter().zip(seats) {
            let position = self.position(seat.member);
            let own = position.and_then(|position| self.roster.get_mut(position));
            if let Some(own) = own {
                (own.load, own.team_load) = (standing.load, standing.team_load);
                own.room = standing.room;
            }
        }
    }
}

impl Rotation {
    /// Who is in the rotation, in order; `team` is who is in its only team.
    pub(in crate::dispatch) fn members<'a>(
        &'a self,
        team: &'a [Standing],
    ) -> impl ExactSizeIterator<Item = &'a MemberId> {
        let roster = self.union.as_ref().map_or(team, |union| &union.roster);
        roster.iter().map(Standing::member)
    }

    /// What the rotation remembers of everybody; `team` is who is in its only team.
    pub(in crate::dispatch) fn save(&self, team: &[Standing]) -> StrategyState {
        self.memory.save(self.members(team))
    }

    /// Goes on from what is stored; `team` is who is in its only team.
    pub(in crate::dispatch) fn restore(&mut self, team: &[Standing], state: &StrategyState) {
        let roster = self.union.as_ref().map_or(team, |union| &union.roster);
        self.memory
            .restore(roster.iter().map(Standing::member), state);
    }

    /// From here on, takes note of whose numbers are changed.
    pub(in crate::dispatch) fn begin_noting(&mut self) {
        self.memory.begin_noting();
    }

    /// What was changed since noting began; `team` is who is in its only team.
    pub(in crate::dispatch) fn save_noted(&mut self, team: &[Standing]) -> StrategyState {
        let roster = self.union.as_ref().map_or(team, |union| &union.roster);
        self.memory
            .save_noted(|position| roster.get(position).map(Standing::member))
    }

    /// Has the strategy pick a position of the team's, and tell why if that is asked.
    pub(in crate::dispatch) fn choose(
        &mut self,
        asking: Asking<'_>,
    ) -> Option<(usize, Option<String>)> {
        self.ask(asking, |strategy, turn, memory| {
            let position = strategy.choose(turn, memory)?;
            let is_candidate = turn.candidates().contains(position);
            let ground = || strategy.ground(turn, memory, position);
            is_candidate.then(|| (position, asking.is_audited.then(ground).flatten()))
        })
    }

    /// The next turn is that member's, who got a lead by name: the strategy counts it.
    pub(in crate::dispatch) fn count_named(&mut self, asking: Asking<'_>, position: usize) {
        if let Some(position) = self.own_position(position, asking.seats) {
            self.ask(asking, |strategy, turn, memory| {
                strategy.count_named(turn, memory, position);
                None
            });
        }
    }

    /// The next turn is the member's there.
    pub(in crate::dispatch) fn take_turn(
        &mut self,
        position: usize,
        seats: &[ShardSeat],
    ) -> Option<TurnTaken> {
        let position = self.own_position(position, seats)?;
        let (number, before) = self.memory.take_turn(position);
        Some(TurnTaken {
            number,
            before,
            of: self.turn_of.clone(),
        })
    }

    /// Gives a turn back. That of a rotation which the team had before is none of this one's.
    pub(in crate::dispatch) fn give_back(
        &mut self,
        position: usize,
        turn: &TurnTaken,
        seats: &[ShardSeat],
    ) {
        if self.turn_of != turn.of {
            return;
        }
        // The turn before it cannot have come after it.
        let turn = (turn.number, turn.before.min(turn.number.saturating_sub(1)));
        if let Some(position) = self.own_position(position, seats) {
            // Another strategy's turn is none that this one counted.
            if self.memory.undo_turn(position, turn) {
                self.strategy.give_back(&mut self.memory, position);
            }
        }
    }

    /// Where in the rotation the member is who is there in the team.
    fn own_position(&self, position: usize, seats: &[ShardSeat]) -> Option<usize> {
        match &self.union {
            None => Some(position),
            Some(union) => union.position(seats.get(position)?.member),
        }
    }

    /// Asks the strategy in its own positions; answers in the team's.
    #[inline]
    fn ask(
        &mut self,
        asking: Asking<'_>,
        ask: impl FnOnce(&dyn Strategy, &Turn<'_>, &mut Memory) -> Option<(usize, Option<String>)>,
    ) -> Option<(usize, Option<String>)> {
        let Asking { now, lead, .. } = asking;
        let Some(union) = &mut self.union else {
            let candidates = Candidates::new(asking.roster, asking.candidates);
            let turn = Turn::new(now, lead, &self.key.name, candidates).with_rule(asking.rule);
            let turn = match asking.changed {
                Some(changed) if self.memory.has_index() => turn.with_changed(changed),
                _ => turn,
            };
            let turn = asking.fits.map_or(turn, |fits| turn.with_fits(fits));
            return ask(&*self.strategy, &turn, &mut self.memory);
        };
        union.look_at(asking.roster, asking.seats);
        let union = &*union;
        let own = |position: usize| union.position(asking.seats.get(position)?.member);
        let positions: Positions = asking.candidates.iter().filter_map(own).collect();
        let candidates = Candidates::new(&union.roster, &positions);
        let fits = asking.fits.map(|fits| {
            let mut of_all = vec![0; union.roster.len()];
            for (position, fit) in fits.iter().enumerate() {
                if let Some(of_one) = own(position).and_then(|it| of_all.get_mut(it)) {
                    *of_one = *fit;
                }
            }
            of_all
        });
        let turn = Turn::new(now, lead, &self.key.name, candidates).with_rule(asking.rule);
        let turn = match &fits {
            Some(fits) => turn.with_fits(fits),
            None => turn,
        };
        let (position, ground) = ask(&*self.strategy, &turn, &mut self.memory)?;
        let member = union.members.get(position)?;
        let mut seats = asking.seats.iter();
        let position = seats.position(|seat| seat.member == *member)?;
        Some((position, ground))
    }
}
