//! A policy at work: its tree, and its teams in shards.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::TimeDelta;

use super::layout::{ById, Layout};
use super::routes::{Route, routes};
use super::shards::LockedShards;
use crate::dispatch::answer::error::{BuildError, StrategyErrors};
use crate::dispatch::shard::rotation::RotationKey;
use crate::dispatch::shard::seat::place::{MemberAt, TeamAt};
use crate::dispatch::state::member_change::MemberChange;
use crate::dispatch::state::record::Recording;
use crate::dispatch::state::report::{Forgotten, StateReport};
use crate::dispatch::state::roster_changes::RosterChanges;
use crate::dispatch::state::state::DispatchState;
use crate::dispatch::state::stored::Stored;
use crate::id::{MemberId, RuleId, TeamId};
use crate::place::{Placed, Trail};
use crate::policy::Policy;
use crate::strategy::{Standing, Strategy, StrategyRegistry, StrategyState};
use crate::tree::{CompileOptions, DecisionTree};
use crossbeam_utils::CachePadded;

#[derive(Debug)]
pub(crate) struct Plan {
    /// Which one it is, of those that followed one another.
    pub(in crate::dispatch) generation: u64,
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
    /// How far the moment of a lead may be ahead of the latest one seen, if that is bounded.
    pub(in crate::dispatch) max_step: Option<TimeDelta>,
}

impl Parts {
    /// Compiles the rules and builds the strategies: all that can go wrong.
    pub(in crate::dispatch) fn new(
        policy: &Policy,
        registry: &StrategyRegistry,
        compile_options: CompileOptions,
        max_step: Option<TimeDelta>,
    ) -> Result<Self, BuildError> {
        let strategies = strategies(policy, registry)?;
        // Told now, so that the first lead does not wait for it.
        let _ = policy.identity();
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

impl Plan {
    /// Lays the teams out on shards. Nobody has any numbers yet.
    pub(in crate::dispatch) fn new(parts: Parts, changes: &RosterChanges, generation: u64) -> Self {
        let policy = parts.tree.policy();
        let Layout {
            shards,
            teams,
            members,
            ..
        } = Layout::new(policy, &parts.strategies, changes);
        let handle = || Arc::new(CachePadded::new(policy.clone()));
        let handles = std::iter::repeat_with(handle).take(HANDLES).collect();
        Self {
            generation,
            parts,
            shards: LockedShards::new(shards),
            teams,
            members,
            handles,
        }
    }

    /// Lays the teams out on shards, and gives everybody the numbers of the state. It goes on in the state's
    /// generation if its own state is that one, or begins the next.
    pub(in crate::dispatch) fn restored(parts: Parts, state: &DispatchState) -> Self {
        let mut plan = Self::new(parts, &state.changes, state.generation);
        let stored = Stored::new(&state.shards);
        for number in 0..plan.shards.len() {
            let shard = plan.shards.get_mut(number);
            shard.go_on(&stored);
            shard.number = state.shard(number).map_or(0, |before| before.number);
        }
        if plan.state(state.changes.clone()) != *state {
            plan.generation = state.generation.saturating_add(1);
            for number in 0..plan.shards.len() {
                plan.shards.get_mut(number).number = 0;
            }
        }
        plan
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

    /// The shards that a lead may need for which the rules say who owns it, if the owner
    /// is a team: the owner's first, then the others'.
    pub(in crate::dispatch) fn shards_of(
        &self,
        grant: usize,
    ) -> Option<impl Iterator<Item = usize>> {
        let route = self.parts.routes.get(grant)?;
        let owner = self.team_at(route.owner?)?.shard;
        let others = route.others.iter();
        let others = others.filter_map(|&team| Some(self.team_at(team)?.shard));
        Some(std::iter::once(owner).chain(others))
    }

    /// Changes whether and for what the member is there.
    pub(in crate::dispatch) fn change_member(
        &self,
        change: &MemberChange,
        recording: Option<&Recording>,
    ) {
        let Some(at) = self.members.get(&change.member) else {
            return;
        };
        let mut shard = self.shards.lock(at.shard);
        shard.begin_change(recording.is_some());
        shard.change_member(at.member, change.active, change.presence);
        shard.end_change();
        self.record_member(recording, change, shard.take_noted(at.shard));
    }

    /// All numbers, in a form that can be stored, with the changes by which the teams are laid out.
    pub(in crate::dispatch) fn state(&self, changes: RosterChanges) -> DispatchState {
        let shards = self.shards.lock_all();
        let shards = shards.iter().enumerate();
        DispatchState {
            generation: self.generation,
            policy: Some(self.policy().identity()),
            shards: shards.map(|(number, shard)| shard.save(number)).collect(),
            changes,
        }
    }

    /// What of the state has no place here.
    pub(in crate::dispatch) fn report(&self, state: &DispatchState) -> StateReport {
        let mut forgotten = Vec::new();
        for (member, numbers) in state.members() {
            if !self.members.contains_key(member) {
                forgotten.push(Forgotten::Member {
                    member: member.clone(),
                    open: numbers.open,
                });
            }
        }
        for (team, numbers) in state.teams() {
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
        for (name, numbers) in state.rotations() {
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
