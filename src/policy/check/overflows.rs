//! Checks overflows from team to team: every chain must end, within a limited number of teams.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::id::TeamId;
use crate::limits::MAX_OVERFLOWS;
use crate::place::{Place, Placed, Trail};
use crate::policy::errors::PolicyFault;
use crate::policy::resolve::Resolver;
use crate::rule::{IfNobody, Overflow};
use crate::team::Team;

/// A message names at most this many teams of a chain.
const MAX_NAMED_TEAMS: usize = 10;

/// The chains of overflows of all teams.
pub(super) struct Overflows<'a> {
    teams: &'a [Team],
    /// Position of each team; of teams with one name, the first.
    numbers: HashMap<&'a TeamId, usize, FixedState>,
    ends: Vec<ChainEnd>,
    /// Each is rotated to begin with its earliest team in the policy.
    cycles: Vec<Vec<usize>>,
}

/// How the chain that starts at a team ends.
#[derive(Clone, Copy, PartialEq)]
enum ChainEnd {
    Unknown,
    /// After this many further teams.
    After(usize),
    /// Never: it runs into a cycle.
    Never,
}

impl<'a> Overflows<'a> {
    /// Follows every chain. Linear in the number of teams.
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
            cycles: Vec::new(),
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
            // Counts as a cycle until an end is found.
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
            let mut cycle = chain[meeting..].to_vec();
            let first = (0..cycle.len()).min_by_key(|&position| cycle[position]);
            cycle.rotate_left(first.unwrap_or(0));
            self.cycles.push(cycle);
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

    /// Reports each cycle at its earliest team, and each chain at the team where it becomes too
    /// long.
    pub(super) fn check_teams(&self, resolver: &mut Resolver<'_>) {
        let mut faults = Vec::new();
        for cycle in &self.cycles {
            let Some(&first) = cycle.first() else {
                continue;
            };
            let whole: Vec<usize> = cycle.iter().copied().chain([first]).collect();
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
            resolver.fault(teams.item(team).field("if_nobody"), fault);
        }
    }

    fn chain(&self, teams: &[usize]) -> String {
        let name = |&team: &usize| self.teams.get(team).map_or("", |team| team.id.as_str());
        if teams.len() <= MAX_NAMED_TEAMS {
            let names: Vec<&str> = teams.iter().map(name).collect();
            return names.join(" -> ");
        }
        let names: Vec<&str> = teams.iter().take(MAX_NAMED_TEAMS - 1).map(name).collect();
        let last = teams.last().map_or("", name);
        format!("{} -> … -> {last}", names.join(" -> "))
    }

    /// Checks an overflow that a rule defines. It replaces the team's own, and the chain after it
    /// must not return to the team.
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
