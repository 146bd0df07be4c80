//! A policy at work: its tree, and its teams laid out on desks.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use foldhash::fast::FixedState;
use indexmap::{IndexMap, IndexSet};

use super::desk::{Desk, DeskMember};
use super::error::{BuildError, StrategyErrors};
use super::own_line::OwnLine;
use super::rotation::RotationKey;
use super::seating::{At, Seating, Strategies, TeamStrategies};
use super::state::{
    DispatchState, Forgotten, MemberState, RotationState, SeatState, StateReport, TeamState,
};
use super::tally::Tally;
use crate::id::{MemberId, RuleId, TeamId};
use crate::place::{Placed, Trail};
use crate::policy::{Owner, Policy};
use crate::strategy::{
    Standing, Strategy, StrategyError, StrategyRegistry, StrategyState, Waterfall,
};
use crate::team::{RotationScope, StrategyChoice};
use crate::tree::{CompileOptions, DecisionTree};

#[derive(Debug)]
pub(super) struct Plan {
    pub(super) tree: Arc<DecisionTree>,
    desks: Vec<OwnLine<Mutex<Desk>>>,
    pub(super) teams: IndexMap<TeamId, At>,
    pub(super) members: IndexMap<MemberId, At>,
    routes: Arc<[Option<usize>]>,
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
pub(super) struct Parts {
    pub(super) tree: Arc<DecisionTree>,
    strategies: Strategies,
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
        let strategies = strategies(policy, |choice| registry.build(choice))?;
        Ok(Self {
            tree: Arc::new(compile_options.compile(policy)?),
            strategies,
            routes: routes(policy),
        })
    }

    /// The running ones, for other rosters; the strategies are to be handed over.
    pub(super) fn of(plan: &Plan) -> Self {
        let nothing_yet = |_: &StrategyChoice| Ok(Box::new(Waterfall) as Box<dyn Strategy>);
        let strategies = strategies(plan.tree.policy(), nothing_yet);
        let none = Strategies {
            teams: Vec::new(),
            shared: IndexMap::new(),
        };
        Self {
            tree: Arc::clone(&plan.tree),
            strategies: strategies.unwrap_or(none),
            routes: Arc::clone(&plan.routes),
        }
    }

    /// A plan of a tree that is compiled already, with strategies that have not picked anybody yet.
    pub(super) fn again(
        tree: Arc<DecisionTree>,
        registry: &StrategyRegistry,
    ) -> Result<Self, BuildError> {
        Ok(Self {
            strategies: strategies(tree.policy(), |choice| registry.build(choice))?,
            routes: routes(tree.policy()),
            tree,
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

/// Builds everybody's strategies: of each team, of each rule where a team has its turns by rule, of
/// each rotation that teams share.
fn strategies(
    policy: &Policy,
    build: impl Fn(&StrategyChoice) -> Result<Box<dyn Strategy>, StrategyError>,
) -> Result<Strategies, BuildError> {
    let rules = rules_by_team(policy);
    let mut all = Strategies {
        teams: Vec::with_capacity(policy.teams().len()),
        shared: IndexMap::new(),
    };
    let mut faults = Vec::new();
    let teams = Trail::Whole;
    let teams = teams.field("teams");
    for (index, team) in policy.teams().iter().enumerate() {
        let mut build = || {
            let strategy = build(team.choice());
            let place = || teams.item(index).field("strategy").place();
            strategy.map_err(|fault| faults.push(Placed::new(place(), fault)))
        };
        let mut of_team = TeamStrategies {
            own: None,
            by_rule: Vec::new(),
        };
        if let RotationScope::Shared(name) = &team.rotation {
            if !all.shared.contains_key(name)
                && let Ok(strategy) = build()
            {
                all.shared.insert(name.clone(), strategy);
            }
        } else {
            of_team.own = build().ok();
            let rules = rules.get(team.id()).into_iter().flatten();
            // One fault of a team tells enough.
            let rules = rules.filter(|_| of_team.own.is_some());
            let by_rule = rules.map_while(|rule| Some(((*rule).clone(), build().ok()?)));
            of_team.by_rule = by_rule.collect();
        }
        all.teams.push(of_team);
    }
    if faults.is_empty() {
        Ok(all)
    } else {
        Err(BuildError::Strategies(StrategyErrors(faults)))
    }
}

/// The rules that name each team, as owner or support, whose turns go by rule.
fn rules_by_team(policy: &Policy) -> HashMap<&TeamId, IndexSet<&RuleId>> {
    let by_rule = policy.teams().iter();
    let by_rule = by_rule.filter(|team| team.rotation == RotationScope::PerRule);
    let mut rules: HashMap<&TeamId, IndexSet<&RuleId>> = HashMap::new();
    rules.extend(by_rule.map(|team| (team.id(), IndexSet::new())));
    if rules.is_empty() {
        return rules;
    }
    for grant in policy.grants() {
        let Some(rule) = grant.source().rule() else {
            continue;
        };
        for team in grant.teams() {
            if let Some(rules) = rules.get_mut(team) {
                rules.insert(rule);
            }
        }
    }
    rules
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
    /// Lays the teams out on desks and gives everybody the numbers of the state. No strategy is
    /// called yet.
    pub(super) fn new(parts: Parts, state: &DispatchState) -> Self {
        let Parts {
            tree,
            strategies,
            routes,
        } = parts;
        let Seating {
            desks,
            teams,
            members,
            ..
        } = Seating::new(tree.policy(), strategies, state);
        let handle = || Arc::new(OwnLine(tree.policy().clone()));
        let handles = std::iter::repeat_with(handle).take(HANDLES).collect();
        Self {
            tree,
            desks: desks.into_iter().map(Mutex::new).map(OwnLine).collect(),
            teams,
            members,
            routes,
            handles,
        }
    }

    /// Where the team that the grant names is.
    pub(super) fn route(&self, grant: usize) -> Option<At> {
        // The teams stand in the policy's order.
        let team = self.routes.get(grant).copied().flatten()?;
        self.teams.get_index(team).map(|(_, at)| *at)
    }

    /// Tells all strategies what they have not been told yet. Everything is in place by then, so
    /// that one that panics harms nobody else.
    pub(super) fn brief(&self) {
        for number in 0..self.desks.len() {
            let mut desk = self.desk(number);
            for rotation in 0..desk.rotations.len() {
                desk.brief(rotation);
            }
        }
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
                    last_turn: standing.last_turn,
                };
                (standing.member().clone(), seat)
            });
            let of_team = numbers(&team.tally, desk);
            let numbers = TeamState {
                turn: team.turn,
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
        for rotation in desks.iter().flat_map(|desk| &desk.rotations) {
            let saved = rotation.strategy.save();
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
                strategy == Some(&numbers.strategy) || memory.is_empty()
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
