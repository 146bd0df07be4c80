//! Going on from stored numbers.

use std::collections::HashSet;

use super::seat::tally::on;
use super::shard::Shard;
use super::team::ShardTeam;
use crate::dispatch::answer::day::Day;
use crate::dispatch::state::stored::Stored;
use crate::id::MemberId;
use crate::strategy::{Load, Standing};

impl Shard {
    /// Has everybody go on from the numbers that are stored of them; of whom none are, from none. Linear in
    /// the members.
    pub(in crate::dispatch) fn go_on(&mut self, stored: &Stored<'_>) {
        let members = self.members.iter();
        let of_members = members.filter_map(|member| Some(stored.member(&member.id)?.0));
        // Also where all members are others than before, a team's day and windows go on.
        let of_teams = self.teams.iter();
        let of_teams = of_teams.filter_map(|team| Some(stored.team(&team.id)?.0));
        for shard in of_members.chain(of_teams) {
            self.now = self.now.max(shard.latest);
            self.day = self.day.max(shard.day.map(Day::from));
        }
        for member in &mut self.members {
            if let Some((shard, before)) = stored.member(&member.id) {
                let load = Load::new(before.open, before.today).with_week(before.this_week);
                let load = on(load, shard.day.map(Day::from), self.day);
                member.tally.go_on(load, &before.windows);
            }
        }
        for team in &mut self.teams {
            team.go_on(stored, self.day);
        }
        for rotation in &mut self.rotations {
            let Some(stored) = stored.rotation(&rotation.key.name) else {
                continue;
            };
            let state = match &rotation.key.rule {
                None => Some(&stored.state),
                Some(rule) => stored.by_rule.get(rule),
            };
            let Some(state) = state else { continue };
            let turns = (stored.strategy != rotation.strategy_name).then(|| state.turns());
            let team = self.teams.get(rotation.team).map(ShardTeam::present);
            rotation.restore(team.unwrap_or_default(), turns.as_ref().unwrap_or(state));
        }
        self.refresh();
    }
}

impl ShardTeam {
    fn go_on(&mut self, stored: &Stored<'_>, day: Option<Day>) {
        let Some((shard, before)) = stored.team(&self.id) else {
            return;
        };
        let then = shard.day.map(Day::from);
        let roster: HashSet<&MemberId> = self.roster.iter().map(Standing::member).collect();
        // The leads of seats that are gone are nobody's here: their receipts find no seat.
        let gone = before.seats.iter().filter(|(id, _)| !roster.contains(id));
        let gone = gone.fold(0, |sum: u32, (_, seat)| sum.saturating_add(seat.open));
        let load = Load::new(before.open.saturating_sub(gone), before.today);
        let load = load.with_week(before.this_week);
        self.tally.go_on(on(load, then, day), &before.windows);
        for (standing, seat) in self.roster.iter().zip(&mut self.seats) {
            if let Some(before) = before.seats.get(standing.member()) {
                let load = Load::new(before.open, before.today).with_week(before.this_week);
                seat.tally.go_on(on(load, then, day), &before.windows);
            }
        }
    }
}
