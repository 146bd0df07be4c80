//! The space of leads of one policy or two.

use std::fmt;
use std::sync::Arc;

use super::set::LeadSet;
use crate::policy::{Policy, resolve_condition};
use crate::rule::{Condition, Period};
use crate::space::grid::{Grid, GridBuilder, SpaceError};

/// All possible leads at all moments, divided as finely as the rules of a policy need.
///
/// Every dimension, every attribute and the moment is an axis. It is cut wherever a test of some rule
/// begins or ends. Leads between the same cuts meet the same conditions, so finitely many cases stand
/// for all leads, and the answers of a [`LeadSet`] are exact.
///
/// A space of two policies has the cuts of both. Dimension values are matched by the texts that
/// resolve to them, so nodes that were moved, renamed or given other aliases are compared exactly.
/// Attributes are matched by name and kind.
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
    /// The space of a policy. Time is linear in the policy, plus sorting.
    pub fn of(policy: &Policy) -> Self {
        Self(Arc::new(GridBuilder::of(policy).build()))
    }

    /// The space of two policies, with the cuts of both. [`set`](Self::set) uses the names of the first.
    pub fn joining(policy: &Policy, other: &Policy) -> Self {
        Self(Arc::new(GridBuilder::joining(policy, other).build()))
    }

    /// A builder for a space of the policy, to add cuts for further conditions and periods.
    pub fn builder(policy: &Policy) -> SpaceBuilder {
        SpaceBuilder(GridBuilder::of(policy))
    }

    /// Every lead at every moment.
    pub fn everything(&self) -> LeadSet {
        LeadSet::everything(&self.0)
    }

    /// No lead.
    pub fn nothing(&self) -> LeadSet {
        LeadSet::nothing(&self.0)
    }

    /// The leads that meet a condition, written in the names of the policy, or of the first of two.
    ///
    /// # Errors
    /// The errors of [`set_of`](Self::set_of).
    pub fn set(&self, condition: &Condition) -> Result<LeadSet, SpaceError> {
        match self.0.policies.first() {
            Some(policy) => self.set_of(policy, condition),
            None => Err(SpaceError::ForeignPolicy),
        }
    }

    /// The leads that meet a condition, written in the names of one of the policies.
    ///
    /// # Errors
    /// [`SpaceError::Condition`] if it refers to names that the policy does not list;
    /// [`SpaceError::NotCut`] if one of its tests begins or ends where no rule's test does and the
    /// condition was not added with the builder; [`SpaceError::ForeignPolicy`] if the space was not
    /// built from that policy; [`SpaceError::Undecided`] if the set needs too many boxes.
    pub fn set_of(&self, policy: &Policy, condition: &Condition) -> Result<LeadSet, SpaceError> {
        let side = self.0.side(policy)?;
        let resolved = resolve_condition(condition, policy.dimensions())?;
        LeadSet::of(&self.0, side, &resolved)
    }

    /// All leads that arrive in a period.
    ///
    /// # Errors
    /// [`SpaceError::NotCut`] if the period begins or ends where no rule's period does and it was not
    /// added with the builder.
    pub fn during(&self, period: Period) -> Result<LeadSet, SpaceError> {
        LeadSet::during(&self.0, period)
    }
}

impl fmt::Debug for Space {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Space of {} axes", self.0.axes().len())
    }
}

/// Builds a [`Space`] with more cuts than those of the rules.
#[derive(Debug)]
#[must_use = "finish with `build`"]
pub struct SpaceBuilder(GridBuilder);

impl SpaceBuilder {
    /// Adds the cuts of a second policy.
    ///
    /// # Errors
    /// [`SpaceError::TooManyPolicies`] if it is a third one.
    pub fn policy(mut self, policy: &Policy) -> Result<Self, SpaceError> {
        self.0.policy(policy)?;
        Ok(self)
    }

    /// Adds the cuts of a condition, written in the names of the policy that was added last.
    ///
    /// # Errors
    /// [`SpaceError::Condition`] if it refers to names that the policy does not list.
    pub fn condition(mut self, condition: &Condition) -> Result<Self, SpaceError> {
        let policies = self.0.policies();
        let side = policies.len().saturating_sub(1);
        let policy = policies.get(side).ok_or(SpaceError::ForeignPolicy)?;
        let resolved = resolve_condition(condition, policy.dimensions())?;
        self.0.condition(side, resolved);
        Ok(self)
    }

    /// Adds cuts at both ends of a period.
    pub fn period(mut self, period: Period) -> Self {
        self.0.period(period);
        self
    }

    /// Returns the space.
    pub fn build(self) -> Space {
        Space(Arc::new(self.0.build()))
    }
}
