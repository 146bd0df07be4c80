//! What was changed in the rosters at run time, on top of the policy.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Serialize};

use super::member_change::MemberChange;
use crate::availability::{Leave, Presence};
use crate::dimension::Number;
use crate::dispatch::answer::error::RosterError;
use crate::id::{MemberId, TeamId};
use crate::limits::{
    MAX_DAYS_OFF, MAX_TERMS, MAX_WEIGHT, MAX_WINDOW_LEADS, MAX_WINDOW_MINUTES, MAX_WINDOWS,
};
use crate::policy::Policy;
use crate::team::{TeamMember, Window};

/// Changes of rosters at run time. They stay on top of whatever policy runs until they are
/// cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterChanges {
    /// Members paused (`false`) or resumed (`true`), over all teams.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub(in crate::dispatch) active: IndexMap<MemberId, bool>,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub(in crate::dispatch) presence: IndexMap<MemberId, Presence>,
    /// In place of the policy's.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub(in crate::dispatch) leave: IndexMap<MemberId, Vec<Leave>>,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub(in crate::dispatch) scores: IndexMap<MemberId, Number>,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub(in crate::dispatch) added: IndexMap<TeamId, Vec<TeamMember>>,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub(in crate::dispatch) removed: IndexMap<TeamId, IndexSet<MemberId>>,
}

/// Who is in a team.
#[derive(Debug)]
pub(in crate::dispatch) struct Roster {
    /// Those of the policy in order, then those added.
    pub(in crate::dispatch) present: Vec<TeamMember>,
    /// Those removed at run time; the leads they have still count.
    pub(in crate::dispatch) former: Vec<MemberId>,
}

impl Roster {
    /// All members, those who were removed last.
    pub(in crate::dispatch) fn members(&self) -> impl Iterator<Item = &MemberId> {
        self.present
            .iter()
            .map(TeamMember::member)
            .chain(&self.former)
    }
}

impl RosterChanges {
    /// Whether nothing was changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Members paused at run time.
    pub fn paused(&self) -> impl Iterator<Item = &MemberId> {
        self.active
            .iter()
            .filter(|(_, active)| !**active)
            .map(|(member, _)| member)
    }

    /// Members resumed at run time, whatever the policy says.
    pub fn resumed(&self) -> impl Iterator<Item = &MemberId> {
        self.active
            .iter()
            .filter(|(_, active)| **active)
            .map(|(member, _)| member)
    }

    /// Members whose presence was set at run time.
    pub fn presence(&self) -> impl Iterator<Item = (&MemberId, Presence)> {
        let presence = self.presence.iter();
        presence.map(|(member, presence)| (member, *presence))
    }

    /// Members whose leave was set at run time, and to what.
    pub fn leave(&self) -> impl Iterator<Item = (&MemberId, &[Leave])> {
        let leave = self.leave.iter();
        leave.map(|(member, leave)| (member, leave.as_slice()))
    }

    /// The scores of members.
    pub fn scores(&self) -> impl Iterator<Item = (&MemberId, f64)> {
        let scores = self.scores.iter();
        scores.map(|(member, score)| (member, score.get()))
    }

    /// Members added at run time, team by team.
    pub fn added(&self) -> impl Iterator<Item = (&TeamId, &[TeamMember])> {
        self.added
            .iter()
            .map(|(team, members)| (team, members.as_slice()))
    }

    /// Members removed at run time, team by team.
    pub fn removed(&self) -> impl Iterator<Item = (&TeamId, &MemberId)> {
        self.removed
            .iter()
            .flat_map(|(team, members)| members.iter().map(move |id| (team, id)))
    }

    /// What was set of one member.
    pub(in crate::dispatch) fn note(&mut self, change: &MemberChange) {
        let MemberChange {
            member,
            active,
            presence,
        } = change;
        self.active.extend(active.map(|it| (member.clone(), it)));
        let presence = presence.map(|it| (member.clone(), it));
        self.presence.extend(presence);
    }

    pub(in crate::dispatch) fn add(&mut self, team: &TeamId, member: TeamMember) {
        self.forget(team, member.member());
        self.added.entry(team.clone()).or_default().push(member);
    }

    /// `is_kept`: the member is in the policy's team, or has leads that still count.
    pub(in crate::dispatch) fn remove(&mut self, team: &TeamId, member: &MemberId, is_kept: bool) {
        self.forget(team, member);
        if !is_kept {
            return;
        }
        let removed = self.removed.entry(team.clone()).or_default();
        removed.insert(member.clone());
    }

    /// Drops what no dispatcher would write: a member added twice to a team, a weight, windows
    /// or terms outside the limits, too much leave, a score below zero.
    pub(in crate::dispatch) fn normalised(mut self) -> Self {
        self.scores.retain(|_, score| score.get() >= 0.0);
        for leave in self.leave.values_mut() {
            leave.truncate(MAX_DAYS_OFF);
        }
        for added in self.added.values_mut() {
            let mut seen = HashSet::new();
            added.retain(|seat| seen.insert(seat.member().clone()));
            for seat in added {
                seat.weight = seat.weight.clamp(1, MAX_WEIGHT);
                seat.terms.truncate(MAX_TERMS);
                seat.limits
                    .windows
                    .retain(|window| beyond(*window).is_none());
                seat.limits.windows.truncate(MAX_WINDOWS);
            }
        }
        self
    }

    /// Takes back whatever was said of the member's place in the team. A removal stays where an
    /// addition took the member's place.
    fn forget(&mut self, team: &TeamId, member: &MemberId) {
        if let Some(added) = self.added.get_mut(team) {
            added.retain(|added| added.member() != member);
            if added.is_empty() {
                self.added.shift_remove(team);
            }
        }
    }

    pub(in crate::dispatch) fn clear_member(&mut self, member: &str) {
        self.active.shift_remove(member);
        self.presence.shift_remove(member);
        self.leave.shift_remove(member);
        self.scores.shift_remove(member);
        for added in self.added.values_mut() {
            added.retain(|added| *added.member() != *member);
        }
        for removed in self.removed.values_mut() {
            removed.shift_remove(member);
        }
        self.added.retain(|_, added| !added.is_empty());
        self.removed.retain(|_, removed| !removed.is_empty());
    }

    /// The teams' rosters with the changes on top.
    pub(in crate::dispatch) fn rosters(&self, policy: &Policy) -> Vec<Roster> {
        let rosters = policy.teams().iter().map(|team| {
            let removed = self.removed.get(team.id());
            let added = self.added.get(team.id()).map_or(&[][..], Vec::as_slice);
            let is_removed =
                |member: &MemberId| removed.is_some_and(|removed| removed.contains(member));
            let added_ids: HashSet<&MemberId> = added.iter().map(TeamMember::member).collect();
            let is_added = |id: &MemberId| added_ids.contains(id);
            let stay = |seat: &&TeamMember| !is_removed(seat.member()) && !is_added(seat.member());
            let left = removed.into_iter().flatten();
            Roster {
                present: team
                    .get_members()
                    .iter()
                    .filter(stay)
                    .chain(added)
                    .cloned()
                    .collect(),
                former: left.filter(|id| !is_added(id)).cloned().collect(),
            }
        });
        rosters.collect()
    }
}

/// What of a member to be added is outside its limits, if anything.
pub(in crate::dispatch) fn out_of_limits(member: &TeamMember) -> Option<RosterError> {
    let windows = &member.limits.windows;
    let lists = [
        (windows.len(), "sliding-window limits", MAX_WINDOWS),
        (member.terms.len(), "terms", MAX_TERMS),
    ];
    let mut lists = lists.into_iter().filter(|(number, _, most)| number > most);
    let list = lists
        .next()
        .map(|(number, what, most)| RosterError::OutOfLimits {
            number,
            what,
            least: 0,
            most,
        });
    list.or_else(|| windows.iter().copied().find_map(beyond))
}

fn beyond(window: Window) -> Option<RosterError> {
    let numbers = [
        (window.leads, "leads within a span", MAX_WINDOW_LEADS),
        (window.minutes, "minutes of a span", MAX_WINDOW_MINUTES),
    ];
    let mut numbers = numbers.into_iter();
    let (number, what, most) = numbers.find(|(number, _, most)| !(1..=*most).contains(number))?;
    Some(RosterError::OutOfLimits {
        number: usize::try_from(number).unwrap_or(usize::MAX),
        what,
        least: 1,
        most: usize::try_from(most).unwrap_or(usize::MAX),
    })
}
