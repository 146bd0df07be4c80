//! The space of leads that one policy or two tell apart.

use std::fmt;
use std::sync::Arc;

use super::axes::error::SpaceError;
use super::axes::grid::{Grid, GridBuilder};
use super::set::Set;
use crate::policy::{Policy, bind_condition};
use crate::rule::{Condition, Period};

/// All leads at all moments, as far as a policy tells them apart.
///
/// Each dimension, each attribute and the moment is cut where some rule's test begins or ends. Two
/// leads between the same cuts meet the same conditions, so that finitely many cases stand for all
/// leads, and what is told of [sets](Set) is exact.
///
/// A space of two policies has the cuts of both. Values are joined by the texts that lead to them: a
/// node that one policy has moved, renamed or dropped is one value to each text, and attributes are
/// one where name and kind are the same.
///
/// ```
/// use leadtree::dimension::Taxonomy;
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::{Rule, Target, region};
/// use leadtree::space::Space;
///
/// let policy = |paths: [&'static str; 2]| {
///     let rule = Rule::new("east").when(region().within("cn/east"));
///     PolicyDraft::new()
///         .regions(Taxonomy::draft().paths(paths))
///         .pool("p")
///         .rule(rule.assign_to(Target::pool("p")))
///         .build()
/// };
/// let (old, new) = (policy(["cn/east/shanghai", "us"])?, policy(["cn/east", "us"])?);
///
/// let space = Space::joining(&old, &new);
/// let east = region().within("cn/east");
/// let gone = space.set_of(&old, &east)?.difference(&space.set_of(&new, &east)?)?;
/// let example = gone.simplest_lead()?.unwrap();
/// assert_eq!(example.lead.region().unwrap().as_str(), "cn/east/shanghai");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Space(Arc<Grid>);

impl Space {
    /// The space of a policy. Linear in the policy, but for sorting.
    pub fn of(policy: &Policy) -> Self {
        let mut cuts = GridBuilder::default();
        cuts.policy(policy);
        Self(Arc::new(cuts.build()))
    }

    /// The space of two policies, with the cuts of both. The first is the one that
    /// [`set`](Self::set) asks.
    pub fn joining(policy: &Policy, other: &Policy) -> Self {
        let mut cuts = GridBuilder::default();
        cuts.policy(policy);
        cuts.policy(other);
        Self(Arc::new(cuts.build()))
    }

    /// A space of the policy that can be cut further.
    pub fn builder(policy: &Policy) -> SpaceBuilder {
        let mut cuts = GridBuilder::default();
        cuts.policy(policy);
        SpaceBuilder(cuts)
    }

    /// Every lead at every moment.
    pub fn everything(&self) -> Set {
        Set::everything(&self.0)
    }

    /// No lead.
    pub fn nothing(&self) -> Set {
        Set::nothing(&self.0)
    }

    /// The leads that meet a condition of the (first) policy.
    ///
    /// # Errors
    /// As [`set_of`](Self::set_of).
    pub fn set(&self, condition: &Condition) -> Result<Set, SpaceError> {
        match self.0.policies.first() {
            Some(policy) => self.set_of(policy, condition),
            None => Err(SpaceError::ForeignPolicy),
        }
    }

    /// The leads that meet a condition in the names of one of the policies.
    ///
    /// # Errors
    /// [`SpaceError::Condition`] if it names what the policy does not know; [`SpaceError::NotCut`] if
    /// it asks for something that no rule asks for and that was not given to the builder;
    /// [`SpaceError::ForeignPolicy`] if the space is not built of that policy;
    /// [`SpaceError::Undecided`] if the set takes too many boxes.
    pub fn set_of(&self, policy: &Policy, condition: &Condition) -> Result<Set, SpaceError> {
        let side = self.0.side(policy)?;
        let bound = bind_condition(condition, policy.dimensions())?;
        Set::of(&self.0, side, &bound)
    }

    /// Every lead, in a period.
    ///
    /// # Errors
    /// [`SpaceError::NotCut`] if the period begins or ends where no rule's does, and was not given to
    /// the builder.
    pub fn during(&self, period: Period) -> Result<Set, SpaceError> {
        Set::during(&self.0, period)
    }
}

impl fmt::Debug for Space {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Space of {} axes", self.0.axes().len())
    }
}

/// Cuts a space for more than the rules of a policy.
#[derive(Debug)]
#[must_use = "finish with `build`"]
pub struct SpaceBuilder(GridBuilder);

impl SpaceBuilder {
    /// Takes up the cuts of a second policy. A third one is passed over.
    pub fn policy(mut self, policy: &Policy) -> Self {
        self.0.policy(policy);
        self
    }

    /// Takes up the cuts of a condition in the names of the policy given last.
    ///
    /// # Errors
    /// [`SpaceError::Condition`] if it names what the policy does not know.
    pub fn condition(mut self, condition: &Condition) -> Result<Self, SpaceError> {
        let policies = self.0.policies();
        let side = policies.len().saturating_sub(1);
        let policy = policies.get(side).ok_or(SpaceError::ForeignPolicy)?;
        let bound = bind_condition(condition, policy.dimensions())?;
        self.0.condition(side, bound);
        Ok(self)
    }

    /// Takes up the ends of a period.
    pub fn period(mut self, period: Period) -> Self {
        self.0.period(period);
        self
    }

    /// The space.
    pub fn build(self) -> Space {
        Space(Arc::new(self.0.build()))
    }
}
