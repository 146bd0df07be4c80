//! The numbers of a shard: teams that share members or rotations, directly or through others.

use chrono::{DateTime, NaiveDate, Utc};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::window::WindowState;
use crate::id::{MemberId, RotationId, RuleId, StrategyName, TeamId};
use crate::strategy::StrategyState;

/// The numbers of a shard: all of them in a [`DispatchState`](super::state::DispatchState), those that were
/// changed in a [`Record`](super::record::Record).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ShardState {
    /// Which shard of its generation, from 0.
    pub shard: usize,
    /// How many changes there were in this generation.
    pub number: u64,
    /// The latest moment seen; none before the first lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<DateTime<Utc>>,
    /// The day that `today` counts for; none before the first lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    /// Members over all teams.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub members: IndexMap<MemberId, MemberState>,
    /// Teams.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub teams: IndexMap<TeamId, TeamState>,
    /// Rotations.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub rotations: IndexMap<RotationId, RotationState>,
}

/// What counts for a member over all teams, or for a member in one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MemberState {
    /// Leads open.
    pub open: u32,
    /// Leads got on the shard's day.
    #[serde(default)]
    pub today: u32,
    /// Leads got in that day's week.
    #[serde(default)]
    pub this_week: u32,
    /// Leads that still count in sliding-window limits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<WindowState>,
}

/// A team's numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TeamState {
    /// Leads of all members together that are open.
    #[serde(default)]
    pub open: u32,
    /// Leads that all got together on the shard's day.
    #[serde(default)]
    pub today: u32,
    /// Leads that all got together in that day's week.
    #[serde(default)]
    pub this_week: u32,
    /// Leads that still count in sliding-window limits of the team.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<WindowState>,
    /// The members' numbers in this team.
    #[serde(default)]
    pub seats: IndexMap<MemberId, MemberState>,
}

/// A rotation's memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RotationState {
    /// The strategy whose memory it is.
    pub strategy: StrategyName,
    /// What it remembers.
    #[serde(default, skip_serializing_if = "StrategyState::is_empty")]
    pub state: StrategyState,
    /// What those of single rules remember, where a team has them.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub by_rule: IndexMap<RuleId, StrategyState>,
}

impl RotationState {
    /// Nothing yet.
    pub(in crate::dispatch) fn new(strategy: StrategyName) -> Self {
        Self {
            strategy,
            state: StrategyState::default(),
            by_rule: IndexMap::new(),
        }
    }

    fn overwrite(&mut self, changed: &Self) {
        self.strategy.clone_from(&changed.strategy);
        if !changed.state.is_empty() {
            self.state.overwrite(&changed.state);
        }
        for (rule, changed) in &changed.by_rule {
            let mut own = self.by_rule.shift_remove(rule).unwrap_or_default();
            own.overwrite(changed);
            if !own.is_empty() {
                self.by_rule.insert_sorted(rule.clone(), own);
            }
        }
    }
}

impl ShardState {
    /// Takes over what was changed; whatever it does not name stays.
    pub(in crate::dispatch) fn overwrite(&mut self, changed: &Self) {
        (self.number, self.latest, self.day) = (changed.number, changed.latest, changed.day);
        let members = changed.members.iter();
        self.members
            .extend(members.map(|(member, numbers)| (member.clone(), numbers.clone())));
        for (team, changed) in &changed.teams {
            let TeamState {
                open,
                today,
                this_week,
                windows,
                seats,
            } = changed.clone();
            let own = self.teams.entry(team.clone()).or_default();
            (own.open, own.today, own.this_week, own.windows) = (open, today, this_week, windows);
            own.seats.extend(seats);
        }
        for (rotation, changed) in &changed.rotations {
            let own = self.rotations.entry(rotation.clone());
            let own = own.or_insert_with(|| RotationState::new(changed.strategy.clone()));
            own.overwrite(changed);
        }
    }

    /// Restores the order of lists.
    pub(in crate::dispatch) fn normalise(&mut self) {
        let in_order = |windows: &mut Vec<WindowState>| {
            for window in windows {
                window.arrivals.sort_by_key(|arrival| arrival.at);
            }
        };
        for member in self.members.values_mut() {
            in_order(&mut member.windows);
        }
        for team in self.teams.values_mut() {
            in_order(&mut team.windows);
            for seat in team.seats.values_mut() {
                in_order(&mut seat.windows);
            }
        }
    }
}
