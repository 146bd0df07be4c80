//! Numbers of a shard in a form that can be stored: all of them, or those that were changed.

use chrono::NaiveDate;

use super::rotation::Rotation;
use super::seat::tally::Tally;
use super::shard::Shard;
use super::team::ShardTeam;
use crate::dispatch::state::shard_state::{MemberState, RotationState, ShardState, TeamState};
use crate::strategy::StrategyState;

/// The numbers of a tally.
fn numbers(tally: &Tally) -> MemberState {
    MemberState {
        open: tally.load.open,
        today: tally.load.today,
        this_week: tally.load.this_week,
        windows: tally.windows(),
    }
}

/// A team's own numbers, without seats.
fn of_team(team: &ShardTeam) -> TeamState {
    let MemberState {
        open,
        today,
        this_week,
        windows,
    } = numbers(&team.tally);
    TeamState {
        open,
        today,
        this_week,
        windows,
        ..TeamState::default()
    }
}

impl Shard {
    /// Begins a change; with `is_recorded`, whatever is changed is noted.
    #[inline]
    pub(in crate::dispatch) fn begin_change(&mut self, is_recorded: bool) {
        if !self.is_changed {
            self.noted = is_recorded.then(Box::default);
        }
        // Else the last change was broken off by a strategy that panicked: what it did is in the next
        // record.
    }

    /// Ends a change.
    #[inline]
    pub(in crate::dispatch) fn end_change(&mut self) {
        if std::mem::take(&mut self.is_changed) {
            self.number = self.number.saturating_add(1);
        } else {
            self.noted = None;
        }
    }

    /// What the change that ended has changed, if that was noted, and if there was anything.
    pub(in crate::dispatch) fn take_noted(&mut self, shard: usize) -> Option<ShardState> {
        let mut noted = self.noted.take()?;
        noted.sort();
        let mut state = self.heading(shard);
        let members = noted.members.iter().filter_map(|it| self.members.get(*it));
        let members = members.map(|member| (member.id.clone(), numbers(&member.tally)));
        state.members = members.collect();
        let teams = noted.teams.iter().filter_map(|it| self.teams.get(*it));
        state.teams = teams.map(|team| (team.id.clone(), of_team(team))).collect();
        for place in noted.seats {
            let (Some(team), Some(seat), Some(standing)) = (
                self.teams.get(place.team),
                self.seat(place),
                self.standing(place),
            ) else {
                continue;
            };
            if let Some(team) = state.teams.get_mut(&team.id) {
                let seats = &mut team.seats;
                seats.insert(standing.member().clone(), numbers(&seat.tally));
            }
        }
        for number in noted.rotations {
            let Some(rotation) = self.rotations.get_mut(number) else {
                continue;
            };
            let team = self.teams.get(rotation.team).map(ShardTeam::present);
            let saved = rotation.save_noted(team.unwrap_or_default());
            add(&mut state, rotation, saved);
        }
        Some(state)
    }

    /// All numbers.
    pub(in crate::dispatch) fn save(&self, shard: usize) -> ShardState {
        let mut state = self.heading(shard);
        let members = self.members.iter();
        let members = members.map(|member| (member.id.clone(), numbers(&member.tally)));
        state.members = members.collect();
        for team in &self.teams {
            let seats = team.roster.iter().zip(&team.seats);
            let seats = seats.map(|(it, seat)| (it.member().clone(), numbers(&seat.tally)));
            let numbers = TeamState {
                seats: seats.collect(),
                ..of_team(team)
            };
            state.teams.insert(team.id.clone(), numbers);
        }
        for rotation in &self.rotations {
            let team = self.teams.get(rotation.team).map(ShardTeam::present);
            let saved = rotation.save(team.unwrap_or_default());
            add(&mut state, rotation, saved);
        }
        state
    }

    fn heading(&self, shard: usize) -> ShardState {
        ShardState {
            shard,
            number: self.number,
            latest: self.now,
            day: self.day.map(NaiveDate::from),
            ..ShardState::default()
        }
    }
}

/// Adds what a rotation remembers.
fn add(state: &mut ShardState, rotation: &Rotation, saved: StrategyState) {
    let of_name = state.rotations.entry(rotation.key.name.clone());
    let of_name = of_name.or_insert_with(|| RotationState::new(rotation.strategy_name.clone()));
    match &rotation.key.rule {
        None => of_name.state = saved,
        Some(_) if saved.is_empty() => {}
        Some(rule) => {
            of_name.by_rule.insert_sorted(rule.clone(), saved);
        }
    }
}
