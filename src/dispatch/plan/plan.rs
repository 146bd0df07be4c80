//! A policy at work: its tree, and its teams in shards.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use indexmap::IndexMap;

use super::layout::{ById, Layout};
use super::routes::{Route, routes};
use super::shards::LockedShards;
use crate::dispatch::answer::error::{BuildError, StrategyErrors};
use crate::dispatch::shard::rotation::RotationKey;
use crate::dispatch::shard::seat::place::{MemberAt, TeamAt};
use crate::dispatch::shard::seat::tally::Tally;
use crate::dispatch::shard::shard::{Shard, ShardMember};
use crate::dispatch::shard::team::ShardTeam;
use crate::dispatch::state::state::{
    DispatchState, Forgotten, MemberState, RotationState, SeatState, StateReport, TeamState,
};
use crate::id::{MemberId, RuleId, TeamId};
use crate::place::{Placed, Trail};
use crate::policy::Policy;
use crate::strategy::{Standing, Strategy, StrategyRegistry, StrategyState};
use crate::tree::{CompileOptions, DecisionTree};
use crossbeam_utils::CachePadded;

#[derive(Debug)]
pub(in crate::dispatch) struct Plan {
    pub(in crate::dispatch) parts: Parts,
    pub(in crate::dispatch) shards: LockedShards,
    pub(in crate::dispatch) teams: ById<TeamId, TeamAt>,
    pub(in crate::dispatch) members: ById<MemberId, MemberAt>,
    /// The policy, many times over, so that threads do not all count references to the same one.
    pub(in crate::dispatch) handles: Vec<Arc<CachePadded<Policy>>>,
}

/// How many handles of the policy there are; more threads than that are not expected to assign at
/// the same moment.
const HANDLES: usize = 64;

/// What is the same for all shards of a plan.
#[derive(Debug, Clone)]
pub(in crate::dispatch) struct Parts {
    pub(in crate::dispatch) tree: Arc<DecisionTree>,
    /// The teams', in order.
    strategies: Arc<[Arc<dyn Strategy>]>,
    /// By grant.
    routes: Arc<[Route]>,
    /// How far the moment of a lead may be ahead of the latest one seen.
    pub(in crate::dispatch) max_step: TimeDelta,
}

impl Parts {
    /// Compiles the rules and builds the strategies: all that can go wrong.
    pub(in crate::dispatch) fn new(
        policy: &Policy,
        registry: &StrategyRegistry,
        compile_options: CompileOptions,
        max_step: TimeDelta,
    ) -> Result<Self, BuildError> {
        let strategies = strategies(policy, registry)?;
        Ok(Self {
            max_step,
            tree: Arc::new(compile_options.compile(policy)?),
            strategies,
            routes: routes(policy),
        })
    }
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
        let built = registry.build(team.get_strategy()).map(Arc::from);
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

/// The numbers of a tally in a shard.
fn numbers(tally: &Tally, shard: &Shard) -> MemberState {
    MemberState {
        open: tally.load.open,
        latest: shard.now,
        day: shard.day.map(NaiveDate::from),
        today: tally.load.today,
        this_week: tally.load.this_week,
        recent: tally.arrivals().collect(),
    }
}

impl Plan {
    /// Lays the teams out on shards and gives everybody the numbers of the state.
    pub(in crate::dispatch) fn new(parts: Parts, state: &DispatchState) -> Self {
        let policy = parts.tree.policy();
        let Layout {
            shards,
            teams,
            members,
            ..
        } = Layout::new(policy, &parts.strategies, state);
        let handle = || Arc::new(CachePadded::new(policy.clone()));
        let handles = std::iter::repeat_with(handle).take(HANDLES).collect();
        Self {
            parts,
            shards: LockedShards::new(shards),
            teams,
            members,
            handles,
        }
    }

    /// The policy at work.
    pub(in crate::dispatch) fn policy(&self) -> &Policy {
        self.parts.tree.policy()
    }

    /// Where the team that the grant names is.
    pub(in crate::dispatch) fn route(&self, grant: usize) -> Option<TeamAt> {
        self.team_at(self.parts.routes.get(grant)?.owner?)
    }

    /// Where the team of that number is; teams stand in the policy's order.
    fn team_at(&self, team: usize) -> Option<TeamAt> {
        self.teams.get_index(team).map(|(_, at)| *at)
    }

    /// The shards that a lead may need for which the rules say who owns it: the owner's first, then the
    /// others', if the owner is a team.
    pub(in crate::dispatch) fn shards_of(
        &self,
        grant: usize,
    ) -> Option<(usize, impl Iterator<Item = usize>)> {
        let route = self.parts.routes.get(grant)?;
        let owner = self.team_at(route.owner?)?.shard;
        let others = route.others.iter();
        let others = others.filter_map(|&team| Some(self.team_at(team)?.shard));
        Some((owner, others))
    }

    /// Changes whether and for what the member is there.
    pub(in crate::dispatch) fn change_member(
        &self,
        member: &MemberId,
        change: impl FnOnce(&mut ShardMember),
    ) {
        if let Some(at) = self.members.get(member) {
            let mut shard = self.shards.lock(at.shard);
            if let Some(member) = shard.members.get_mut(at.member) {
                change(member);
            }
            shard.note_member(at.member);
        }
    }

    /// All numbers, in a form that can be stored. The changes are the caller's.
    pub(in crate::dispatch) fn state(&self) -> DispatchState {
        let shards = self.shards.lock_all();
        let mut state = DispatchState::default();
        for (id, at) in &self.members {
            let Some(shard) = shards.get(at.shard) else {
                continue;
            };
            let Some(member) = shard.members.get(at.member) else {
                continue;
            };
            let numbers = numbers(&member.tally, shard);
            state.members.insert(id.clone(), numbers);
        }
        for (id, at) in &self.teams {
            let Some(shard) = shards.get(at.shard) else {
                continue;
            };
            let Some(team) = shard.teams.get(at.team) else {
                continue;
            };
            let seats = team.roster.iter().zip(&team.seats).map(|(standing, seat)| {
                let of_seat = numbers(&seat.tally, shard);
                let seat = SeatState {
                    open: of_seat.open,
                    today: of_seat.today,
                    this_week: of_seat.this_week,
                    recent: of_seat.recent,
                };
                (standing.member().clone(), seat)
            });
            let of_team = numbers(&team.tally, shard);
            let numbers = TeamState {
                open: of_team.open,
                latest: of_team.latest.filter(|_| !team.roster.is_empty()),
                // Nothing counts where nobody is.
                day: of_team.day.filter(|_| !team.roster.is_empty()),
                today: of_team.today,
                this_week: of_team.this_week,
                recent: of_team.recent,
                seats: seats.collect(),
            };
            state.teams.insert(id.clone(), numbers);
        }
        for shard in &shards {
            for rotation in &shard.rotations {
                let team = shard.teams.get(rotation.team).map(ShardTeam::present);
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
    pub(in crate::dispatch) fn report(&self, state: &DispatchState) -> StateReport {
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
            let Some(at) = self.teams.get(team) else {
                forgotten.push(Forgotten::Team(team.clone()));
                continue;
            };
            let shard = self.shards.lock(at.shard);
            let Some(present) = shard.teams.get(at.team) else {
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
        let shards = self.shards.lock_all();
        for rotation in shards.iter().flat_map(|shard| &shard.rotations) {
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
