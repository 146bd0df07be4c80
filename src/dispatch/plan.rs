//! A policy at work: its tree, and its teams laid out on desks.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::desk::{Desk, DeskMember};
use super::desk_team::DeskTeam;
use super::error::{BuildError, StrategyErrors};
use super::own_line::OwnLine;
use super::rotation::RotationKey;
use super::seating::{At, Seating};
use super::state::{
    DispatchState, Forgotten, MemberState, RotationState, SeatState, StateReport, TeamState,
};
use super::tally::Tally;
use crate::id::{MemberId, RuleId, TeamId};
use crate::place::{Placed, Trail};
use crate::policy::{Owner, Policy};
use crate::strategy::{Standing, Strategy, StrategyRegistry, StrategyState};
use crate::tree::{CompileOptions, DecisionTree};

#[derive(Debug)]
pub(super) struct Plan {
    pub(super) parts: Parts,
    desks: Vec<OwnLine<Mutex<Desk>>>,
    pub(super) teams: IndexMap<TeamId, At>,
    pub(super) members: IndexMap<MemberId, At>,
    /// The policy, many times over, so that threads do not all count references to the same one.
    pub(super) handles: Vec<Arc<OwnLine<Policy>>>,
}

/// The plan's numbers count in another plan by now.
#[derive(Debug)]
pub(super) struct Retired;

/// How many handles of the policy there are; more threads than that are not expected to assign at
/// the same moment.
const HANDLES: usize = 64;

/// What is the same for all desks of a plan.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    pub(super) tree: Arc<DecisionTree>,
    /// The teams', in order.
    strategies: Arc<[Arc<dyn Strategy>]>,
    /// By grant: the number of its team.
    routes: Arc<[Option<usize>]>,
}

impl Parts {
    /// Compiles the rules and builds the strategies: all that can go wrong.
    pub(super) fn new(
        policy: &Policy,
        registry: &StrategyRegistry,
        compile_options: CompileOptions,
    ) -> Result<Self, BuildError> {
        let strategies = strategies(policy, registry)?;
        Ok(Self {
            tree: Arc::new(compile_options.compile(policy)?),
            strategies,
            routes: routes(policy),
        })
    }
}

fn routes(policy: &Policy) -> Arc<[Option<usize>]> {
    let teams = policy.teams().iter().enumerate();
    let teams: HashMap<_, _, FixedState> = teams.map(|(it, team)| (team.id(), it)).collect();
    let routes = policy.grants().map(|grant| match grant.owner() {
        Owner::Team(team) => teams.get(team).copied(),
        Owner::Member { .. } | Owner::Pool(_) => None,
    });
    routes.collect()
}

/// Builds everybody's strategies.
fn strategies(
    policy: &Policy,
    registry: &StrategyRegistry,
) -> Result<Arc<[Arc<dyn Strategy>]>, BuildError> {
    let mut faults = Vec::new();
    let place = Trail::Whole;
    let place = place.field("teams");
    let teams = policy.teams().iter().enumerate();
    let built = teams.filter_map(|(index, team)| {
        let built = registry.build(team.choice()).map(Arc::from);
        let place = || place.item(index).field("strategy").place();
        built
            .map_err(|fault| faults.push(Placed::new(place(), fault)))
            .ok()
    });
    let built = built.collect();
    if faults.is_empty() {
        Ok(built)
    } else {
        Err(BuildError::Strategies(StrategyErrors(faults)))
    }
}

/// The numbers of a tally at a desk.
fn numbers(tally: &Tally, desk: &Desk) -> MemberState {
    MemberState {
        open: tally.load.open,
        latest: desk.now,
        day: desk.day.map(NaiveDate::from),
        today: tally.load.today,
        this_week: tally.load.this_week,
        recent: tally.arrivals().collect(),
    }
}

impl Plan {
    /// Lays the teams out on desks and gives everybody the numbers of the state.
    pub(super) fn new(parts: Parts, state: &DispatchState) -> Self {
        let policy = parts.tree.policy();
        let Seating {
            desks,
            teams,
            members,
            ..
        } = Seating::new(policy, &parts.strategies, state);
        let handle = || Arc::new(OwnLine(policy.clone()));
        let handles = std::iter::repeat_with(handle).take(HANDLES).collect();
        Self {
            parts,
            desks: desks.into_iter().map(Mutex::new).map(OwnLine).collect(),
            teams,
            members,
            handles,
        }
    }

    /// Where the team that the grant names is.
    pub(super) fn route(&self, grant: usize) -> Option<At> {
        // The teams stand in the policy's order.
        let team = self.parts.routes.get(grant).copied().flatten()?;
        self.teams.get_index(team).map(|(_, at)| *at)
    }

    /// Changes whether and for what the member is there.
    pub(super) fn change_member(&self, member: &MemberId, change: impl FnOnce(&mut DeskMember)) {
        if let Some(&(desk, number)) = self.members.get(member) {
            let mut desk = self.desk(desk);
            if let Some(member) = desk.members.get_mut(number) {
                change(member);
            }
            desk.note_activity(number);
        }
    }

    /// The desk, for this caller alone. A strategy that panicked leaves it usable: nothing is
    /// counted before it has answered.
    pub(super) fn desk(&self, desk: usize) -> MutexGuard<'_, Desk> {
        let OwnLine(desk) = &self.desks[desk];
        desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The desk of a plan that nobody else knows yet.
    pub(super) fn desk_mut(&mut self, desk: usize) -> &mut Desk {
        let OwnLine(desk) = &mut self.desks[desk];
        desk.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn desk_count(&self) -> usize {
        self.desks.len()
    }

    /// Locks a desk for counting; an error if its plan was replaced.
    pub(super) fn open_desk(&self, desk: usize) -> Result<MutexGuard<'_, Desk>, Retired> {
        let desk = self.desk(desk);
        if desk.is_retired {
            return Err(Retired);
        }
        Ok(desk)
    }

    /// All desks at once, so that the numbers are of one moment.
    pub(super) fn all_desks(&self) -> Vec<MutexGuard<'_, Desk>> {
        (0..self.desks.len()).map(|desk| self.desk(desk)).collect()
    }

    /// All numbers, in a form that can be stored. The changes are the caller's.
    pub(super) fn state(&self) -> DispatchState {
        let desks = self.all_desks();
        let mut state = DispatchState::default();
        for (id, &(desk, member)) in &self.members {
            let Some(desk) = desks.get(desk) else {
                continue;
            };
            let Some(member) = desk.members.get(member) else {
                continue;
            };
            let numbers = numbers(&member.tally, desk);
            state.members.insert(id.clone(), numbers);
        }
        for (id, &(at, team)) in &self.teams {
            let Some(desk) = desks.get(at) else { continue };
            let Some(team) = desk.teams.get(team) else {
                continue;
            };
            let seats = team.roster.iter().zip(&team.seats).map(|(standing, seat)| {
                let of_seat = numbers(&seat.tally, desk);
                let seat = SeatState {
                    open: of_seat.open,
                    today: of_seat.today,
                    this_week: of_seat.this_week,
                    recent: of_seat.recent,
                };
                (standing.member().clone(), seat)
            });
            let of_team = numbers(&team.tally, desk);
            let numbers = TeamState {
                open: of_team.open,
                // Nothing counts where nobody is.
                day: of_team.day.filter(|_| !team.roster.is_empty()),
                today: of_team.today,
                this_week: of_team.this_week,
                recent: of_team.recent,
                seats: seats.collect(),
            };
            state.teams.insert(id.clone(), numbers);
        }
        for desk in &desks {
            for rotation in &desk.rotations {
                let team = desk.teams.get(rotation.team).map(DeskTeam::present);
                let members = rotation.members(team.unwrap_or_default());
                let saved = rotation.memory.save(members);
                let name = rotation.key.name.clone();
                let of_name = state.rotations.entry(name).or_insert(RotationState {
                    strategy: rotation.strategy_name.clone(),
                    state: StrategyState::default(),
                    by_rule: IndexMap::new(),
                });
                match &rotation.key.rule {
                    None => of_name.state = saved,
                    Some(_) if saved.is_empty() => {}
                    Some(rule) => {
                        of_name.by_rule.insert(rule.clone(), saved);
                    }
                }
            }
        }
        state
    }

    /// What of the state has no place here.
    pub(super) fn report(&self, state: &DispatchState) -> StateReport {
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
            let desk = self.desk(desk);
            let Some(present) = desk.teams.get(number) else {
                continue;
            };
            let roster = present.roster.iter().map(Standing::member);
            let roster: HashSet<&MemberId> = roster.collect();
            for member in numbers.seats.keys() {
                if !roster.contains(member) {
                    let (team, member) = (team.clone(), member.clone());
                    forgotten.push(Forgotten::Seat { team, member });
                }
            }
        }
        let mut rotations = HashMap::new();
        let desks = self.all_desks();
        for rotation in desks.iter().flat_map(|desk| &desk.rotations) {
            rotations.insert(&rotation.key, &rotation.strategy_name);
        }
        for (name, numbers) in &state.rotations {
            let key = |rule: Option<&RuleId>| RotationKey {
                name: name.clone(),
                rule: rule.cloned(),
            };
            let is_kept = |rule: Option<&RuleId>, memory: &StrategyState| {
                let strategy = rotations.get(&key(rule)).copied();
                strategy == Some(&numbers.strategy) || memory.has_no_numbers()
            };
            let mut by_rule = numbers.by_rule.iter();
            if !is_kept(None, &numbers.state)
                || !by_rule.all(|(it, memory)| is_kept(Some(it), memory))
            {
                forgotten.push(Forgotten::Rotation(name.clone()));
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
