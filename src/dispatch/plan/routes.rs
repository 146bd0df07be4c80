//! Which teams a lead may need, by what the policy grants.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::id::TeamId;
use crate::policy::{Grant, Owner, Policy};
use crate::rule::{IfNobody, Overflow, Support};
use crate::team::Team;

/// The teams that leads of a grant may need. Teams are numbers in the policy's order.
#[derive(Debug)]
pub(in crate::dispatch) struct Route {
    /// The team that owns the lead, if one does.
    pub(in crate::dispatch) owner: Option<usize>,
    /// The teams it may overflow to, and those that support.
    pub(in crate::dispatch) others: Box<[usize]>,
}

/// Teams by id: their number in the policy's order.
pub(in crate::dispatch) type TeamNumbers<'p> = HashMap<&'p TeamId, usize, FixedState>;

/// Of every grant.
pub(in crate::dispatch) fn routes(policy: &Policy) -> Arc<[Route]> {
    let teams = policy.teams().iter().enumerate();
    let teams: TeamNumbers<'_> = teams.map(|(it, team)| (team.id(), it)).collect();
    policy
        .grants()
        .map(|grant| route(policy, &teams, grant))
        .collect()
}

fn route(policy: &Policy, teams: &TeamNumbers<'_>, grant: &Grant) -> Route {
    let owner = match grant.owner() {
        Owner::Team(team) => teams.get(team).copied(),
        Owner::Member { .. } | Owner::Pool(_) => None,
    };
    let overflow = overflow(policy, grant.owner(), grant.if_nobody());
    let others = overflow.chain(grant.support().iter().map(Support::team));
    let others = others.filter_map(|team| teams.get(team).copied());
    Route {
        owner,
        others: others.collect(),
    }
}

/// The teams that are asked if nobody of the owner's can take a lead, in order. Chains are short and
/// end: the policy's check saw to it.
pub(in crate::dispatch) fn overflow<'p>(
    policy: &'p Policy,
    owner: &Owner,
    if_nobody: Option<&'p IfNobody>,
) -> impl Iterator<Item = &'p TeamId> {
    let of_team = |team: &TeamId| policy.team(team).map(Team::get_if_nobody);
    let mut answer = if_nobody.or_else(|| match owner {
        Owner::Team(team) => of_team(team),
        Owner::Member { team, .. } => of_team(team.as_ref()?),
        Owner::Pool(_) => None,
    });
    let next = move || match answer {
        Some(IfNobody::Overflow(Overflow::Team(team))) => {
            answer = of_team(team);
            Some(team)
        }
        _ => None,
    };
    std::iter::from_fn(next).take(crate::limits::MAX_OVERFLOWS + 1)
}
