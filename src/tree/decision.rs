//! What was decided.

use std::fmt;

use crate::id::RuleId;
use crate::policy::{Grant, Owner, Policy, Source};
use crate::rule::{IfNobody, Support};

/// Which rule applied to a lead, and what it grants.
#[derive(Clone, Copy)]
pub struct Decision<'a> {
    policy: &'a Policy,
    index: usize,
}

impl<'a> Decision<'a> {
    #[inline]
    pub(crate) fn new(policy: &'a Policy, index: usize) -> Self {
        Self { policy, index }
    }

    /// Where in the policy the answer stands.
    pub fn source(&self) -> &'a Source {
        self.grant().source()
    }

    /// The rule that applied; `None` if an `otherwise` did. [`Source::id`] also names the group of an
    /// `otherwise`.
    pub fn rule(&self) -> Option<&'a RuleId> {
        match self.source() {
            Source::Rule(rule) => Some(rule),
            Source::GroupOtherwise(_) | Source::Otherwise => None,
        }
    }

    /// Who gets the lead.
    pub fn owner(&self) -> &'a Owner {
        self.grant().owner()
    }

    /// What happens if nobody there can take it, where the rule says so itself.
    pub fn if_nobody(&self) -> Option<&'a IfNobody> {
        self.grant().if_nobody()
    }

    /// Which teams support.
    pub fn support(&self) -> &'a [Support] {
        self.grant().support()
    }

    /// What is granted.
    pub fn grant(&self) -> &'a Grant {
        self.policy.grant(self.index)
    }

    /// The grant's position in the order of the rules.
    #[inline]
    pub fn index(&self) -> usize {
        self.index
    }
}

impl PartialEq for Decision<'_> {
    /// Whether both grant the same, at the same position.
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && self.grant() == other.grant()
    }
}

impl fmt::Debug for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decision")
            .field("grant", self.grant())
            .field("index", &self.index)
            .finish()
    }
}

impl fmt::Display for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} assigns to {}", self.source(), self.owner())
    }
}
