//! The possible results of a decision.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexSet;

use crate::fit::{Fit, Requirement};
use crate::id::{MemberId, PoolId, RuleId, TeamId};
use crate::rule::{IfNobody, Ownership, Support};

/// What one rule or one `otherwise` grants: an owner, supporting teams, and what the owner must be
/// able to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Grant {
    pub(super) source: Source,
    pub(super) owner: Owner,
    pub(super) if_nobody: Option<IfNobody>,
    pub(super) units: u32,
    pub(super) fit: Option<Arc<Fit>>,
    pub(super) support: Vec<Support>,
    pub(super) ownership: Ownership,
}

/// The rule or `otherwise` that a grant comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// A rule.
    Rule(RuleId),
    /// The `otherwise` of a group.
    GroupOtherwise(RuleId),
    /// The `otherwise` of the policy.
    Otherwise,
}

/// Who gets the lead.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Owner {
    /// A member of the team, picked by its strategy.
    Team(TeamId),
    /// A named member, optionally in a named team.
    Member {
        /// The member.
        member: MemberId,
        /// The team that the lead counts for.
        team: Option<TeamId>,
    },
    /// Nobody yet: the lead goes to a pool.
    Pool(PoolId),
}

impl Grant {
    /// The rule or `otherwise` that it comes from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Who gets the lead.
    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    /// What happens if no member can take the lead; `None` leaves that to the team.
    pub fn if_nobody(&self) -> Option<&IfNobody> {
        self.if_nobody.as_ref()
    }

    /// How many leads this one counts as against limits and loads; 1 for an ordinary lead.
    pub fn units(&self) -> u32 {
        self.units
    }

    /// The grade and skills that the owner must have, if any are required.
    pub fn requires(&self) -> Option<&Requirement> {
        let requires = self.fit.as_deref().map(|fit| &fit.requires);
        requires.filter(|it| !it.is_empty())
    }

    /// The grade and skills that the owner should preferably have, if any.
    pub fn prefers(&self) -> Option<&Requirement> {
        let prefers = self.fit.as_deref().map(|fit| &fit.prefers);
        prefers.filter(|it| !it.is_empty())
    }

    pub(crate) fn fit(&self) -> Option<&Fit> {
        self.fit.as_deref()
    }

    /// The teams that support the owner.
    pub fn support(&self) -> &[Support] {
        &self.support
    }

    /// What a ledger remembers of who owns the lead.
    pub fn ownership(&self) -> Ownership {
        self.ownership
    }

    /// The teams that it names as owner or support, without duplicates.
    pub(crate) fn teams(&self) -> IndexSet<&TeamId> {
        let owner = match &self.owner {
            Owner::Team(team) => Some(team),
            Owner::Member { team, .. } => team.as_ref(),
            Owner::Pool(_) => None,
        };
        let support = self.support.iter().map(Support::team);
        owner.into_iter().chain(support).collect()
    }
}

impl Source {
    /// The id of the rule, or of the group that the `otherwise` belongs to; `None` for the policy's
    /// own `otherwise`.
    pub fn id(&self) -> Option<&RuleId> {
        match self {
            Self::Rule(id) | Self::GroupOtherwise(id) => Some(id),
            Self::Otherwise => None,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(id) => write!(f, "rule `{id}`"),
            Self::GroupOtherwise(id) => write!(f, "the otherwise of group `{id}`"),
            Self::Otherwise => f.write_str("the otherwise of the policy"),
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Team(team) => write!(f, "team `{team}`"),
            Self::Member { member, team: None } => write!(f, "member `{member}`"),
            Self::Member {
                member,
                team: Some(team),
            } => {
                write!(f, "member `{member}` of team `{team}`")
            }
            Self::Pool(pool) => write!(f, "pool `{pool}`"),
        }
    }
}
