//! Which members and teams are in which shard.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use foldhash::fast::FixedState;
use indexmap::{IndexMap, IndexSet};

use super::scores::scored;
use crate::availability::{Availability, Leave, TimeZone};
use crate::dispatch::answer::receipt::TurnOf;
use crate::dispatch::shard::rotation::{Rotation, RotationKey, Union};
use crate::dispatch::shard::seat::eligible_index::EligibleIndex;
use crate::dispatch::shard::seat::fitting::{Abilities, Fittings};
use crate::dispatch::shard::seat::place::{MemberAt, Place, TeamAt};
use crate::dispatch::shard::seat::seat::ShardSeat;
use crate::dispatch::shard::seat::tally::Tally;
use crate::dispatch::shard::seat::work_time::WorkTime;
use crate::dispatch::shard::shard::{Shard, ShardMember};
use crate::dispatch::shard::team::ShardTeam;
use crate::dispatch::state::roster_changes::{Roster, RosterChanges};
use crate::fit::Fit;
use crate::id::{GradeName, MemberId, RotationId, RuleId, TeamId};
use crate::policy::Policy;
use crate::rule::Period;
use crate::strategy::{Memory, Standing, Strategy};
use crate::team::{Member, RotationScope, Schedule, Team, TeamMember};

/// By id, in order.
pub(in crate::dispatch) type ById<K, V> = IndexMap<K, V, FixedState>;

/// All shards, and where members and teams are.
pub(in crate::dispatch) struct Layout {
    pub(in crate::dispatch) shards: Vec<Shard>,
    pub(in crate::dispatch) teams: ById<TeamId, TeamAt>,
    pub(in crate::dispatch) members: ById<MemberId, MemberAt>,
    /// At which shards the rotations are that teams share.
    shared: HashMap<RotationId, usize>,
}

impl Layout {
    /// Members who share a team, directly or through others, get a shard in common. Nobody has any numbers
    /// yet; [`Shard::go_on`] gives them.
    /// `strategies` are those of the teams, in order.
    pub(in crate::dispatch) fn new(
        policy: &Policy,
        strategies: &[Arc<dyn Strategy>],
        changes: &RosterChanges,
    ) -> Self {
        let rosters = changes.rosters(policy);
        let everybody = everybody(policy, &rosters, changes);
        let mut layout = Self {
            shards: Vec::new(),
            teams: ById::with_capacity_and_hasher(rosters.len(), FixedState::default()),
            members: ById::with_capacity_and_hasher(everybody.len(), FixedState::default()),
            shared: HashMap::new(),
        };
        let groups = groups(&everybody, policy, &rosters);
        layout.add_members(everybody, &groups);
        layout.find_shared(policy, &rosters);
        let rules = rules_by_team(policy);
        let mut shared = HashMap::new();
        let teams = policy.teams().iter().zip(&rosters);
        for ((team, roster), strategy) in teams.zip(strategies) {
            layout.add_team(policy, team, roster, changes);
            let rules = rules.get(team.id()).into_iter().flatten().copied();
            layout.add_rotations(team, strategy, rules, &mut shared);
        }
        for shard in &mut layout.shards {
            shard.begin_rotations();
        }
        layout
    }

    fn add_members(&mut self, everybody: IndexMap<MemberId, ShardMember>, groups: &[usize]) {
        let mut shard_of_group: IndexMap<usize, usize> = IndexMap::new();
        for ((id, member), group) in everybody.into_iter().zip(groups) {
            let shard = *shard_of_group.entry(*group).or_insert_with(|| {
                self.shards.push(Shard::default());
                self.shards.len() - 1
            });
            if let Some(its_shard) = self.shards.get_mut(shard) {
                let at = MemberAt {
                    shard,
                    member: its_shard.members.len(),
                };
                self.members.insert(id, at);
                its_shard.members.push(member);
            }
        }
    }

    /// Where somebody is in any of the teams that share a rotation, the rotation is there.
    fn find_shared(&mut self, policy: &Policy, rosters: &[Roster]) {
        for (team, roster) in policy.teams().iter().zip(rosters) {
            if let RotationScope::Shared(rotation) = &team.rotation
                && let Some(at) = roster.members().find_map(|id| self.members.get(id))
            {
                self.shared.insert(rotation.clone(), at.shard);
            }
        }
    }

    /// At which shard a team is; one without members has a shard of its own, or goes where the others are
    /// with whom it shares a rotation.
    fn shard_of(&mut self, team: &Team, roster: &Roster) -> usize {
        if let Some(at) = roster.members().find_map(|id| self.members.get(id)) {
            return at.shard;
        }
        let shards = &mut self.shards;
        let mut new_shard = || {
            shards.push(Shard::default());
            shards.len() - 1
        };
        match &team.rotation {
            RotationScope::Shared(rotation) => {
                let shared = self.shared.entry(rotation.clone());
                *shared.or_insert_with(new_shard)
            }
            RotationScope::PerTeam | RotationScope::PerRule => new_shard(),
        }
    }

    fn add_team(&mut self, policy: &Policy, team: &Team, roster: &Roster, changes: &RosterChanges) {
        let shard = self.shard_of(team, roster);
        let Some(its_shard) = self.shards.get_mut(shard) else {
            return;
        };
        let number = its_shard.teams.len();
        let mut standings = Vec::new();
        let mut seats = Vec::new();
        let weights = weights(team, &roster.present, changes);
        let former = roster.former.iter();
        let former = former.map(|id| TeamMember::new(id).active(false));
        let former: Vec<TeamMember> = former.collect();
        let present = roster.present.iter().zip(weights);
        for (seat, weight) in present.chain(former.iter().map(|seat| (seat, 1))) {
            let (id, limits) = (seat.member(), seat.limits().clone());
            let Some(&MemberAt { member, .. }) = self.members.get(id) else {
                continue;
            };
            let Some(in_shard) = its_shard.members.get_mut(member) else {
                continue;
            };
            in_shard.places.push(Place {
                team: number,
                position: standings.len(),
            });
            let tally = Tally::new(&limits);
            standings.push(
                Standing::new(id, weight)
                    .with_limits(in_shard.limits.clone())
                    .with_team_load(tally.load, limits),
            );
            seats.push(ShardSeat {
                member,
                is_active: seat.is_active(),
                is_closed: false,
                presence: in_shard.presence,
                abilities: Arc::clone(&in_shard.abilities),
                term: term(&seat.terms_within(policy.time_zone())),
                tally,
            });
        }
        let present = roster.present.len().min(standings.len());
        let limits = team.limits().clone();
        let tally = Tally::new(&limits);
        let at = TeamAt {
            shard,
            team: number,
        };
        self.teams.insert(team.id().clone(), at);
        its_shard.teams.push(ShardTeam {
            id: team.id().clone(),
            rotation: 0,
            by_rule: HashMap::default(),
            is_shared: false,
            limits,
            tally,
            next_expiry: None,
            most_ahead: team.most_ahead,
            named_take_turns: team.named_take_turns,
            work: work_time(policy, team.schedule(), &[]),
            last_asked: team.last_asked,
            look_ahead_hours: team.look_ahead_hours,
            fittings: Fittings::new(Fit {
                requires: team.requires.clone(),
                prefers: team.prefers.clone(),
            }),
            roster: standings,
            present,
            seats,
            eligible: EligibleIndex::default(),
        });
    }
}

impl Layout {
    /// Gives the team that was added last its rotations: its own, one for each rule, or one that others
    /// share. `shared` tells where the shared ones are so far.
    fn add_rotations<'p>(
        &mut self,
        team: &Team,
        strategy: &Arc<dyn Strategy>,
        rules: impl Iterator<Item = &'p RuleId>,
        shared: &mut HashMap<RotationId, usize>,
    ) {
        let Some(&TeamAt {
            shard,
            team: number,
        }) = self.teams.get(team.id())
        else {
            return;
        };
        let Some(its_shard) = self.shards.get_mut(shard) else {
            return;
        };
        let Shard {
            teams, rotations, ..
        } = its_shard;
        let Some(shard_team) = teams.get_mut(number) else {
            return;
        };
        let name = match &team.rotation {
            RotationScope::Shared(name) => name.clone(),
            RotationScope::PerTeam | RotationScope::PerRule => RotationId::from(team.id()),
        };
        let rotation = |rule: Option<&RuleId>, union: Option<Union>| Rotation {
            turn_of: match (rule, &union) {
                (Some(rule), _) => Some(Arc::new(TurnOf::Rule(rule.clone()))),
                (None, Some(_)) => Some(Arc::new(TurnOf::Rotation(name.clone()))),
                (None, None) => None,
            },
            key: RotationKey {
                name: name.clone(),
                rule: rule.cloned(),
            },
            team: number,
            strategy_name: team.get_strategy().name().clone(),
            strategy: Arc::clone(strategy),
            memory: Memory::default(),
            union,
        };
        let mut add = |rotation| {
            rotations.push(rotation);
            rotations.len() - 1
        };
        if let RotationScope::Shared(name) = &team.rotation {
            let own = shared.entry(name.clone());
            shard_team.rotation =
                *own.or_insert_with(|| add(rotation(None, Some(Union::default()))));
        } else {
            shard_team.rotation = add(rotation(None, None));
        }
        let by_rule = rules.map(|rule| (rule.clone(), add(rotation(Some(rule), None))));
        shard_team.by_rule = by_rule.collect();
        if let Some(Rotation {
            union: Some(union), ..
        }) = rotations.get_mut(shard_team.rotation)
        {
            shard_team.is_shared = true;
            union.add(shard_team.present(), &shard_team.seats);
        }
    }
}

impl Shard {
    /// Gives all rotations a memory.
    fn begin_rotations(&mut self) {
        for rotation in &mut self.rotations {
            let team = self.teams.get(rotation.team).map(ShardTeam::present);
            let members = rotation.members(team.unwrap_or_default()).len();
            rotation.memory = Memory::new(rotation.strategy.number_names(), members);
        }
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
        let Some(rule) = grant.source().id() else {
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

/// All members of the policy and of the rosters.
fn everybody(
    policy: &Policy,
    rosters: &[Roster],
    changes: &RosterChanges,
) -> IndexMap<MemberId, ShardMember> {
    let grades: Arc<[GradeName]> = policy.draft().grades.iter().cloned().collect();
    let shard_member = |member: &Member| {
        let id = member.id();
        let limits = member.limits().clone();
        let leave = changes.leave.get(id).unwrap_or(&member.leave);
        ShardMember {
            id: id.clone(),
            active: changes.active.get(id).copied().unwrap_or(member.active),
            resumed: changes.active.get(id).copied().unwrap_or(false),
            work: work_time(policy, member.schedule(), leave),
            abilities: Arc::new(Abilities::new(member, &grades)),
            presence: changes.presence.get(id).copied().unwrap_or(member.presence),
            tally: Tally::new(&limits),
            next_expiry: None,
            limits,
            places: Vec::new(),
        }
    };
    let mut everybody = IndexMap::new();
    for member in policy.members() {
        everybody.insert(member.id().clone(), shard_member(member));
    }
    for id in rosters.iter().flat_map(Roster::members) {
        if !everybody.contains_key(id) {
            everybody.insert(id.clone(), shard_member(&Member::new(id)));
        }
    }
    everybody
}

/// Everybody's weight, by score where the team goes by scores.
fn weights(team: &Team, present: &[TeamMember], changes: &RosterChanges) -> Vec<u32> {
    let weights = present
        .iter()
        .map(TeamMember::get_weight)
        .collect::<Vec<u32>>();
    let Some(floor) = team.score_floor else {
        return weights;
    };
    let scores = present.iter().map(|it| changes.scores.get(it.member()));
    let scores: Vec<Option<f64>> = scores.map(|it| it.map(|score| score.get())).collect();
    scored(&weights, &scores, floor.get())
}

/// When a member is in a team that is there in those periods: always, but for what is between them.
fn term(periods: &[Period]) -> WorkTime {
    if periods.is_empty() || periods.iter().any(Period::is_always) {
        return WorkTime::default();
    }
    let bounds = |period: &Period| {
        let from = period.from().unwrap_or(DateTime::<Utc>::MIN_UTC);
        let until = period.until().unwrap_or(DateTime::<Utc>::MAX_UTC);
        (from, until)
    };
    let mut bounds: Vec<_> = periods.iter().map(bounds).collect();
    bounds.sort_unstable();
    let mut between = Vec::new();
    let mut reached = DateTime::<Utc>::MIN_UTC;
    for (from, until) in bounds {
        between.extend(Leave::instants(reached, from));
        reached = reached.max(until);
    }
    between.extend(Leave::instants(reached, DateTime::<Utc>::MAX_UTC));
    WorkTime::new(Some(Availability::new(TimeZone::UTC).leave(between)))
}

/// When somebody is at work; nothing is kept for whoever always is.
fn work_time(policy: &Policy, schedule: Schedule<'_>, leave: &[Leave]) -> WorkTime {
    let is_always = schedule.is_empty() && leave.is_empty();
    WorkTime::new((!is_always).then(|| {
        let availability = policy.availability(Some(schedule));
        availability.leave(leave.iter().copied())
    }))
}

/// By member: a number that those have in common who share a team or a rotation, directly or through
/// others.
fn groups(
    everybody: &IndexMap<MemberId, ShardMember>,
    policy: &Policy,
    rosters: &[Roster],
) -> Vec<usize> {
    let mut parents: Vec<usize> = (0..everybody.len()).collect();
    let mut sharing: HashMap<&RotationId, usize> = HashMap::new();
    for (team, roster) in policy.teams().iter().zip(rosters) {
        let mut members = roster
            .members()
            .filter_map(|member| everybody.get_index_of(member));
        let Some(first) = members.next() else {
            continue;
        };
        let mut join = |first, other| {
            let (left, right) = (root(&mut parents, first), root(&mut parents, other));
            parents[right] = left;
        };
        for other in members {
            join(first, other);
        }
        if let RotationScope::Shared(rotation) = &team.rotation {
            join(first, *sharing.entry(rotation).or_insert(first));
        }
    }
    (0..parents.len())
        .map(|member| root(&mut parents, member))
        .collect()
}

/// The number that stands for all who were joined.
fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}
