//! Teams, pools and members that get no leads.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::PolicyWarning;
use crate::id::{MemberId, PoolId, TeamId};
use crate::place::{Placed, Trail};
use crate::policy::{Owner, Policy};
use crate::rule::{IfNobody, Overflow};
use crate::team::{Member, TeamMember};

pub(super) fn warnings(policy: &Policy) -> Vec<Placed<PolicyWarning>> {
    // A policy without rules is warned about as a whole.
    if policy.rules().is_empty() {
        return Vec::new();
    }
    let named = Named::of(policy);
    let mut warnings = Vec::new();
    let mut warn = |trail: Trail<'_>, warning| warnings.push(Placed::new(trail.place(), warning));
    let whole = Trail::Whole;
    let pools = whole.field("pools");
    for (index, pool) in policy.draft().pools.iter().enumerate() {
        if !named.pools.contains(pool) {
            let pool = pool.to_string();
            warn(pools.item(index), PolicyWarning::UnusedPool { pool });
        }
    }
    let members = whole.field("members");
    for (index, member) in policy.members().iter().enumerate() {
        if member.is_active() && !named.members.contains(member.id()) {
            let member = member.id().to_string();
            warn(
                members.item(index),
                PolicyWarning::MemberWithoutTeam { member },
            );
        }
    }
    let teams = whole.field("teams");
    for (index, team) in policy.teams().iter().enumerate() {
        if team.get_members().is_empty() {
            let team = team.id().to_string();
            warn(teams.item(index), PolicyWarning::EmptyTeam { team });
        }
        let roster = team.get_members();
        let is_active = |seat: &TeamMember| {
            let member = policy.member(seat.member());
            seat.is_active() && member.is_none_or(Member::is_active)
        };
        if !roster.is_empty() && !roster.iter().any(is_active) {
            let team = team.id().to_string();
            warn(teams.item(index), PolicyWarning::InactiveTeam { team });
        }
        if !named.teams.contains(team.id()) {
            let team = team.id().to_string();
            warn(teams.item(index), PolicyWarning::UnusedTeam { team });
        }
    }
    warnings
}

/// Who may get leads.
#[derive(Default)]
struct Named<'p> {
    teams: HashSet<&'p TeamId, FixedState>,
    pools: HashSet<&'p PoolId, FixedState>,
    members: HashSet<&'p MemberId, FixedState>,
}

impl<'p> Named<'p> {
    fn of(policy: &'p Policy) -> Self {
        let mut named = Self::default();
        for grant in policy.grants() {
            named.teams.extend(grant.teams());
            match grant.owner() {
                Owner::Member { member, .. } => {
                    named.members.insert(member);
                }
                Owner::Pool(pool) => {
                    named.pools.insert(pool);
                }
                Owner::Team(_) => {}
            }
            named.if_nobody(grant.if_nobody());
        }
        for team in policy.teams() {
            named.if_nobody(Some(team.get_if_nobody()));
            let roster = team.get_members().iter();
            named.members.extend(roster.map(TeamMember::member));
        }
        named
    }

    fn if_nobody(&mut self, if_nobody: Option<&'p IfNobody>) {
        match if_nobody {
            Some(IfNobody::Overflow(Overflow::Team(team))) => {
                self.teams.insert(team);
            }
            Some(IfNobody::Overflow(Overflow::Pool(pool))) => {
                self.pools.insert(pool);
            }
            _ => {}
        }
    }
}
