//! Chains of overflows from team to team: each must end, and soon.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::bind::Binder;
use super::fault::PolicyFault;
use crate::id::TeamId;
use crate::limits::MAX_OVERFLOWS;
use crate::place::{Place, Placed, Trail};
use crate::rule::{IfNobody, Overflow};
use crate::team::Team;

/// So many teams of a chain are told.
const TOLD: usize = 10;

/// Where each team's overflow goes.
pub(super) struct Overflows<'a> {
    teams: &'a [Team],
    /// By team: its number. The first of that name counts.
    numbers: HashMap<&'a TeamId, usize, FixedState>,
    ends: Vec<ChainEnd>,
    /// Each begins with the team that is listed first.
    circles: Vec<Vec<usize>>,
}

/// How a team's chain ends.
#[derive(Clone, Copy, PartialEq)]
enum ChainEnd {
    Unknown,
    /// After so many further teams.
    After(usize),
    /// Never: it runs into a circle.
    Never,
}

impl<'a> Overflows<'a> {
    /// Follows every chain. Linear in the teams.
    pub(super) fn of(teams: &'a [Team]) -> Self {
        let mut numbers = HashMap::default();
        for (number, team) in teams.iter().enumerate() {
            numbers.entry(&team.id).or_insert(number);
        }
        let ends = vec![ChainEnd::Unknown; teams.len()];
        let mut overflows = Self {
            teams,
            numbers,
            ends,
            circles: Vec::new(),
        };
        for start in 0..teams.len() {
            overflows.follow(start);
        }
        overflows
    }

    fn follow(&mut self, start: usize) {
        let mut chain = Vec::new();
        let mut at = Some(start);
        while let Some(team) = at.filter(|&team| self.ends[team] == ChainEnd::Unknown) {
            // A circle until an end is found.
            self.ends[team] = ChainEnd::Never;
            chain.push(team);
            at = self.next(team);
        }
        let mut end = at.map_or(ChainEnd::After(0), |team| match self.ends[team] {
            ChainEnd::After(further) => ChainEnd::After(further + 1),
            other => other,
        });
        let meeting = at.and_then(|at| chain.iter().position(|&team| team == at));
        if let Some(meeting) = meeting {
            let mut circle = chain[meeting..].to_vec();
            let first = (0..circle.len()).min_by_key(|&position| circle[position]);
            circle.rotate_left(first.unwrap_or(0));
            self.circles.push(circle);
        }
        for team in chain.into_iter().rev() {
            self.ends[team] = end;
            if let ChainEnd::After(further) = &mut end {
                *further += 1;
            }
        }
    }

    fn next(&self, team: usize) -> Option<usize> {
        match self.teams.get(team)?.if_nobody.as_ref()? {
            IfNobody::Overflow(Overflow::Team(next)) => self.numbers.get(next).copied(),
            _ => None,
        }
    }

    /// A fault for each circle, at its first team, and for each chain that becomes too long.
    pub(super) fn check_teams(&self, binder: &mut Binder<'_>) {
        let mut faults = Vec::new();
        for circle in &self.circles {
            let Some(&first) = circle.first() else {
                continue;
            };
            let whole: Vec<usize> = circle.iter().copied().chain([first]).collect();
            let chain = self.chain(&whole);
            faults.push((first, PolicyFault::OverflowCycle { chain }));
        }
        for (team, end) in self.ends.iter().enumerate() {
            if *end == ChainEnd::After(MAX_OVERFLOWS + 1) {
                faults.push((team, PolicyFault::OverflowTooLong));
            }
        }
        faults.sort_by_key(|&(team, _)| team);
        let teams = Trail::Whole;
        let teams = teams.field("teams");
        for (team, fault) in faults {
            binder.fault(teams.item(team).field("if_nobody"), fault);
        }
    }

    fn chain(&self, teams: &[usize]) -> String {
        let name = |&team: &usize| self.teams.get(team).map_or("", |team| team.id.as_str());
        if teams.len() <= TOLD {
            let names: Vec<&str> = teams.iter().map(name).collect();
            return names.join(" -> ");
        }
        let names: Vec<&str> = teams.iter().take(TOLD - 1).map(name).collect();
        let last = teams.last().map_or("", name);
        format!("{} -> … -> {last}", names.join(" -> "))
    }

    /// A rule's own overflow takes the place of its team's; the chain after it must not come back.
    pub(super) fn check_rule(
        &self,
        place: &Place,
        team: &TeamId,
        next: &TeamId,
        faults: &mut Vec<Placed<PolicyFault>>,
    ) {
        let (Some(&team), Some(&next)) = (self.numbers.get(team), self.numbers.get(next)) else {
            return;
        };
        let mut chain = vec![team];
        let mut at = Some(next);
        while let Some(passed) = at.filter(|_| chain.len() <= MAX_OVERFLOWS + 1) {
            chain.push(passed);
            if passed == team {
                let chain = self.chain(&chain);
                faults.push(Placed::new(
                    place.clone(),
                    PolicyFault::OverflowCycle { chain },
                ));
                return;
            }
            at = self.next(passed);
        }
        if at.is_some() && self.ends[next] != ChainEnd::Never {
            faults.push(Placed::new(place.clone(), PolicyFault::OverflowTooLong));
        }
    }
}
