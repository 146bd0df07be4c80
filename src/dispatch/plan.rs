//! A policy at work: its tree, and its teams laid out on desks.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::desk::{Desk, DeskMember, DeskTeam};
use super::error::{BuildError, StrategyErrors};
use super::state::{
    DispatchState, Forgotten, MemberState, RotationState, SeatState, StateReport, TeamState,
};
use crate::id::{MemberId, RotationId, TeamId};
use crate::place::{Placed, Trail};
use crate::policy::{Owner, Policy};
use crate::strategy::{Load, Standing, Strategy, StrategyRegistry};
use crate::team::{Limits, TeamMember};
use crate::tree::DecisionTree;

/// Where a member sits: desk and number there.
type At = (usize, usize);

#[derive(Debug)]
pub(super) struct Plan {
    pub(super) tree: Arc<DecisionTree>,
    desks: Vec<Mutex<Desk>>,
    pub(super) teams: IndexMap<TeamId, At>,
    pub(super) members: IndexMap<MemberId, At>,
    /// By grant: where its team is.
    pub(super) routes: Vec<Option<At>>,
}

/// What is the same for all desks of a plan.
pub(super) struct Parts {
    pub(super) tree: Arc<DecisionTree>,
    strategies: Vec<Box<dyn Strategy>>,
}

impl Parts {
    /// Compiles the rules and builds the strategies: all that can go wrong.
    pub(super) fn new(policy: &Policy, registry: &StrategyRegistry) -> Result<Self, BuildError> {
        let strategies = strategies(policy, registry)?;
        Ok(Self {
            tree: Arc::new(DecisionTree::compile(policy)?),
            strategies,
        })
    }

    /// The same tree with strategies at their beginning.
    pub(super) fn again(
        tree: Arc<DecisionTree>,
        registry: &StrategyRegistry,
    ) -> Result<Self, BuildError> {
        Ok(Self {
            strategies: strategies(tree.policy(), registry)?,
            tree,
        })
    }
}

fn strategies(
    policy: &Policy,
    registry: &StrategyRegistry,
) -> Result<Vec<Box<dyn Strategy>>, BuildError> {
    let mut strategies = Vec::with_capacity(policy.teams().len());
    let mut faults = Vec::new();
    let teams = Trail::Whole;
    let teams = teams.field("teams");
    for (index, team) in policy.teams().iter().enumerate() {
        match registry.build(team.choice()) {
            Ok(strategy) => strategies.push(strategy),
            Err(fault) => {
                faults.push(Placed::new(
                    teams.item(index).field("strategy").place(),
                    fault,
                ));
            }
        }
    }
    if faults.is_empty() {
        Ok(strategies)
    } else {
        Err(BuildError::Strategies(StrategyErrors(faults)))
    }
}

impl Plan {
    /// Lays the teams out on desks and gives everybody the numbers of the state. What of the state
    /// has no place is reported.
    pub(super) fn new(parts: Parts, state: &DispatchState) -> (Self, StateReport) {
        let Parts { tree, strategies } = parts;
        let policy = tree.policy().clone();
        let rosters = state.changes.rosters(&policy);
        let everybody = everybody(&policy, &rosters, state);
        let desk_of = desks_of(&everybody, &rosters);
        let mut desks: Vec<Desk> = Vec::new();
        let mut desk_numbers: IndexMap<usize, usize> = IndexMap::new();
        let mut members: IndexMap<MemberId, At> = IndexMap::with_capacity(everybody.len());
        for ((id, member), group) in everybody.into_iter().zip(&desk_of) {
            let desk = *desk_numbers.entry(*group).or_insert_with(|| {
                desks.push(Desk {
                    day: NaiveDate::MIN,
                    members: Vec::new(),
                    teams: Vec::new(),
                });
                desks.len() - 1
            });
            let Some(home) = desks.get_mut(desk) else {
                continue;
            };
            home.day = home.day.max(member.day);
            members.insert(id, (desk, home.members.len()));
            home.members.push(member.member);
        }
        // Counts of an earlier day than the desk's are over.
        let days = |id: &MemberId| state.members.get(id).map(|member| member.day);
        for desk in &mut desks {
            for member in &mut desk.members {
                if days(&member.id) != Some(desk.day) {
                    member.load.today = 0;
                }
            }
        }
        let mut teams = IndexMap::with_capacity(rosters.len());
        for ((team, roster), strategy) in policy.teams().iter().zip(rosters).zip(strategies) {
            let first = roster.first().and_then(|seat| members.get(seat.member()));
            let desk = first.map_or_else(
                || {
                    // A team without members has a desk of its own.
                    let day = NaiveDate::MIN;
                    desks.push(Desk {
                        day,
                        members: Vec::new(),
                        teams: Vec::new(),
                    });
                    desks.len() - 1
                },
                |&(desk, _)| desk,
            );
            let Some(home) = desks.get_mut(desk) else {
                continue;
            };
            teams.insert(team.id().clone(), (desk, home.teams.len()));
            let desk_team = desk_team(team, &roster, strategy, home, &members, state);
            home.teams.push(desk_team);
        }
        let mut routes = Vec::new();
        for grant in policy.grants() {
            routes.push(match grant.owner() {
                Owner::Team(team) => teams.get(team).copied(),
                Owner::Member { member, .. } => members.get(member).copied(),
                Owner::Pool(_) => None,
            });
        }
        let desks = desks.into_iter().map(Mutex::new).collect();
        let plan = Self {
            tree,
            desks,
            teams,
            members,
            routes,
        };
        let report = plan.report(state);
        (plan, report)
    }

    /// The desk, for this caller alone. A strategy that panicked leaves it usable: nothing is
    /// counted before it has answered.
    pub(super) fn desk(&self, desk: usize) -> Option<MutexGuard<'_, Desk>> {
        Some(
            self.desks
                .get(desk)?
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// All numbers, in a form that can be stored. The changes are the caller's.
    pub(super) fn state(&self) -> DispatchState {
        // All desks at once, so that the numbers are of one moment.
        let desks: Vec<_> = (0..self.desks.len())
            .filter_map(|desk| self.desk(desk))
            .collect();
        let mut state = DispatchState::default();
        for (id, &(desk, member)) in &self.members {
            let Some(desk) = desks.get(desk) else {
                continue;
            };
            let Some(member) = desk.members.get(member) else {
                continue;
            };
            let Load { open, today } = member.load;
            state.members.insert(
                id.clone(),
                MemberState {
                    open,
                    day: desk.day,
                    today,
                },
            );
        }
        for (id, &(desk, team)) in &self.teams {
            let Some(team) = desks.get(desk).and_then(|desk| desk.teams.get(team)) else {
                continue;
            };
            let seats = team.roster.iter().map(|standing| {
                let Load { open, today } = standing.team_load;
                let seat = SeatState {
                    open,
                    today,
                    last_turn: standing.last_turn,
                };
                (standing.member().clone(), seat)
            });
            let seats = seats.collect();
            state.teams.insert(
                id.clone(),
                TeamState {
                    turn: team.turn,
                    seats,
                },
            );
            let rotation = RotationState {
                strategy: team.strategy_name.clone(),
                state: team.strategy.save(),
            };
            state.rotations.insert(team.rotation.clone(), rotation);
        }
        state
    }

    /// What of the state has no place here.
    fn report(&self, state: &DispatchState) -> StateReport {
        let mut forgotten = Vec::new();
        for (member, numbers) in &state.members {
            if !self.members.contains_key(member) {
                forgotten.push(Forgotten::Member {
                    member: member.clone(),
                    open: numbers.open,
                });
            }
        }
        for (team, numbers) in &state.teams {
            let Some(&(desk, number)) = self.teams.get(team) else {
                forgotten.push(Forgotten::Team(team.clone()));
                continue;
            };
            let Some(desk) = self.desk(desk) else {
                continue;
            };
            let Some(present) = desk.teams.get(number) else {
                continue;
            };
            for member in numbers.seats.keys() {
                if !present
                    .roster
                    .iter()
                    .any(|standing| standing.member() == member)
                {
                    let (team, member) = (team.clone(), member.clone());
                    forgotten.push(Forgotten::Seat { team, member });
                }
            }
        }
        for (rotation, numbers) in &state.rotations {
            let team = self
                .teams
                .get(rotation.as_str())
                .and_then(|&(desk, number)| {
                    Some(self.desk(desk)?.teams.get(number)?.strategy_name.clone())
                });
            if team.as_ref() != Some(&numbers.strategy) && !numbers.state.is_empty() {
                forgotten.push(Forgotten::Rotation(rotation.clone()));
            }
        }
        let changed = state
            .changes
            .added
            .keys()
            .chain(state.changes.removed.keys());
        for team in changed {
            if !self.teams.contains_key(team) {
                forgotten.push(Forgotten::Change(team.clone()));
            }
        }
        StateReport { forgotten }
    }
}

/// A member and the day of the count.
struct Arrival {
    member: DeskMember,
    day: NaiveDate,
}

/// All members of the policy and of the rosters, with their numbers.
fn everybody(
    policy: &Policy,
    rosters: &[Vec<TeamMember>],
    state: &DispatchState,
) -> IndexMap<MemberId, Arrival> {
    let mut everybody = IndexMap::new();
    let mut arrive = |id: &MemberId, limits: Limits, active: bool| {
        if everybody.contains_key(id) {
            return;
        }
        let numbers = state.members.get(id);
        let member = DeskMember {
            id: id.clone(),
            active: state.changes.active.get(id).copied().unwrap_or(active),
            limits,
            load: numbers.map_or(Load::default(), |numbers| Load {
                open: numbers.open,
                today: numbers.today,
            }),
            places: Vec::new(),
        };
        let day = numbers.map_or(NaiveDate::MIN, |numbers| numbers.day);
        everybody.insert(id.clone(), Arrival { member, day });
    };
    for member in policy.members() {
        arrive(member.id(), member.limits(), member.is_active());
    }
    for seat in rosters.iter().flatten() {
        arrive(seat.member(), Limits::default(), true);
    }
    everybody
}

/// The number that stands for all who were joined.
fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

/// By member: a number that those have in common who share a team, directly or through others.
fn desks_of(everybody: &IndexMap<MemberId, Arrival>, rosters: &[Vec<TeamMember>]) -> Vec<usize> {
    let mut parents: Vec<usize> = (0..everybody.len()).collect();
    for roster in rosters {
        let mut seats = roster
            .iter()
            .filter_map(|seat| everybody.get_index_of(seat.member()));
        let Some(first) = seats.next() else { continue };
        for other in seats {
            let (left, right) = (root(&mut parents, first), root(&mut parents, other));
            parents[right] = left;
        }
    }
    (0..parents.len())
        .map(|member| root(&mut parents, member))
        .collect()
}

/// The team at its desk, with its numbers.
fn desk_team(
    team: &crate::team::Team,
    roster: &[TeamMember],
    mut strategy: Box<dyn Strategy>,
    desk: &mut Desk,
    members: &IndexMap<MemberId, At>,
    state: &DispatchState,
) -> DeskTeam {
    let rotation = RotationId::from(team.id());
    let numbers = state.teams.get(team.id());
    let turn = numbers.map_or(0, |numbers| numbers.turn);
    let number = desk.teams.len();
    let mut standings = Vec::with_capacity(roster.len());
    let mut seats = Vec::with_capacity(roster.len());
    for seat in roster {
        let Some(&(_, member)) = members.get(seat.member()) else {
            continue;
        };
        let Some(at_desk) = desk.members.get_mut(member) else {
            continue;
        };
        at_desk.places.push((number, standings.len()));
        let before = numbers.and_then(|numbers| numbers.seats.get(seat.member()));
        let same_day = state
            .members
            .get(seat.member())
            .is_some_and(|member| member.day == desk.day);
        let load = before.map_or(Load::default(), |before| Load {
            open: before.open,
            today: if same_day { before.today } else { 0 },
        });
        standings.push(
            Standing::new(seat.member(), seat.share())
                .with_load(at_desk.load)
                .with_limits(at_desk.limits)
                .with_team_load(load, seat.limits())
                // A newcomer stands behind the others.
                .with_last_turn(before.map_or(turn, |before| before.last_turn)),
        );
        seats.push((member, seat.is_active()));
    }
    strategy.enroll(&standings);
    let strategy_name = team.choice().name().clone();
    if let Some(memory) = state.rotations.get(&rotation)
        && memory.strategy == strategy_name
    {
        strategy.restore(&memory.state);
    }
    DeskTeam {
        id: team.id().clone(),
        rotation,
        strategy_name,
        strategy,
        turn,
        roster: standings,
        seats,
        eligible: Vec::new(),
    }
}
