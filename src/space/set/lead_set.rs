//! A set of leads.

use std::collections::HashSet;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::budget::{SearchBudget, StepBudget, check};
use super::conditions::{Conditions, intersection};
use super::cuboid::Cuboid;
use super::cuboids::{joined, simplified};
use super::difference::difference;
use super::example::{Demands, Example};
use super::wording::Wording;
use crate::lead::Lead;
use crate::policy::{Policy, ResolvedCondition};
use crate::rule::{Condition, Period, any};
use crate::space::grid::{Grid, SpaceError, Undecided};

/// A set of leads, and of the moments at which they come, in a [`Space`](crate::space::Space).
///
/// It is stored as a union of boxes. A box is a product of value sets, one for each dimension, each
/// attribute and the moment. Every operation is exact: it returns the right answer, or [`Undecided`]
/// once it has used up its budget of 16,384 boxes and 8,388,608 steps. Cloning copies a reference.
///
/// ```
/// use leadtree::dimension::Taxonomy;
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::{Rule, Target, customer_size, region};
/// use leadtree::space::Space;
///
/// let large = region().within("cn") & customer_size().at_least(1000);
/// let policy = PolicyDraft::new()
///     .regions(Taxonomy::draft().paths(["cn/east", "cn/north", "us"]))
///     .pool("key")
///     .rule(Rule::new("large").when(large.clone()).assign_to(Target::pool("key")))
///     .build()?;
/// let space = Space::of(&policy);
///
/// let others = space.set(&large)?.complement()?;
/// assert_eq!(
///     others.condition()?.to_string(),
///     "not customer_size >= 1000 or region not in cn",
/// );
/// assert!(others.intersection(&space.set(&large)?)?.is_empty()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct LeadSet {
    grid: Arc<Grid>,
    cuboids: Arc<[Cuboid]>,
}

impl LeadSet {
    fn new(grid: &Arc<Grid>, cuboids: Vec<Cuboid>) -> Self {
        let grid = Arc::clone(grid);
        let cuboids = cuboids.into();
        Self { grid, cuboids }
    }

    pub(in crate::space) fn everything(grid: &Arc<Grid>) -> Self {
        Self::new(grid, vec![Cuboid::everything()])
    }

    pub(in crate::space) fn nothing(grid: &Arc<Grid>) -> Self {
        Self::new(grid, Vec::new())
    }

    /// The leads that meet a condition of one of the policies.
    pub(in crate::space) fn of(
        grid: &Arc<Grid>,
        side: usize,
        condition: &ResolvedCondition,
    ) -> Result<Self, SpaceError> {
        let cuboids = Conditions::new(grid, side).cuboids(condition, false)?;
        Ok(Self::new(grid, cuboids))
    }

    /// Every lead, in the period.
    pub(in crate::space) fn during(grid: &Arc<Grid>, period: Period) -> Result<Self, SpaceError> {
        let Some((axis, classes)) = grid.period(period)? else {
            return Ok(Self::everything(grid));
        };
        let cuboid = Cuboid::limited(grid, axis, classes);
        Ok(Self::new(grid, cuboid.into_iter().collect()))
    }

    fn same_space(&self, other: &Self) -> Result<(), SpaceError> {
        if Arc::ptr_eq(&self.grid, &other.grid) {
            Ok(())
        } else {
            Err(SpaceError::ForeignSet)
        }
    }

    /// The leads that are in one of the two sets, or in both. Time is about linear in the boxes.
    ///
    /// # Errors
    /// [`SpaceError::ForeignSet`] if the other set is of another space; [`SpaceError::Undecided`] if
    /// there are too many boxes.
    pub fn union(&self, other: &Self) -> Result<Self, SpaceError> {
        self.same_space(other)?;
        let both = self.cuboids.iter().chain(&*other.cuboids);
        let cuboids = joined(&self.grid, both.cloned().collect(), &mut StepBudget::new())?;
        Ok(Self::new(&self.grid, cuboids))
    }

    /// The leads that are in both sets. Time is linear in the pairs of boxes.
    ///
    /// # Errors
    /// The errors of [`union`](Self::union).
    pub fn intersection(&self, other: &Self) -> Result<Self, SpaceError> {
        self.same_space(other)?;
        let mut budget = StepBudget::new();
        let cuboids = intersection(&self.grid, &self.cuboids, &other.cuboids, &mut budget)?;
        Ok(Self::new(&self.grid, cuboids))
    }

    /// The leads that are in this set and not in the other. Time is linear in the pairs of boxes if
    /// few of them overlap, and exponential in the worst case, which the budget cuts off.
    ///
    /// # Errors
    /// The errors of [`union`](Self::union).
    pub fn difference(&self, other: &Self) -> Result<Self, SpaceError> {
        self.same_space(other)?;
        let mut budget = StepBudget::new();
        let mut left = Vec::new();
        self.each_part_without(other, &mut budget, |part, _| {
            left.push(part);
            check(left.len())?;
            Ok(ControlFlow::Continue(()))
        })?;
        let cuboids = joined(&self.grid, left, &mut budget)?;
        Ok(Self::new(&self.grid, cuboids))
    }

    /// Calls `tell` with boxes that together are the leads of this set that are not in the other.
    fn each_part_without(
        &self,
        other: &Self,
        budget: &mut StepBudget,
        mut tell: impl FnMut(Cuboid, &mut StepBudget) -> Result<ControlFlow<()>, SpaceError>,
    ) -> Result<(), SpaceError> {
        // Sets made in one way have many boxes in common.
        let known: HashSet<&Cuboid, FixedState> = other.cuboids.iter().collect();
        for cuboid in self.cuboids.iter().filter(|it| !known.contains(it)) {
            let flow = difference(&self.grid, cuboid, &other.cuboids, budget, &mut tell)?;
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// The leads that are not in this set: the [`difference`](Self::difference) between all leads and
    /// the set.
    ///
    /// # Errors
    /// [`SpaceError::Undecided`] if there are too many boxes.
    pub fn complement(&self) -> Result<Self, SpaceError> {
        Self::everything(&self.grid).difference(self)
    }

    /// Whether no lead is in the set at any moment. Time is linear in the boxes, plus a search for each
    /// attribute that several tests limit, which a budget for all boxes together bounds.
    ///
    /// # Errors
    /// [`SpaceError::Undecided`] if that search ends without an answer.
    pub fn is_empty(&self) -> Result<bool, SpaceError> {
        self.is_subset(&Self::nothing(&self.grid))
    }

    /// Whether every lead of this set is also in the other set. It takes at most the time of
    /// [`difference`](Self::difference), and stops at the first lead that is not.
    ///
    /// # Errors
    /// The errors of [`difference`](Self::difference) and [`is_empty`](Self::is_empty).
    pub fn is_subset(&self, other: &Self) -> Result<bool, SpaceError> {
        self.same_space(other)?;
        let mut is_subset = true;
        let mut unsettled = None;
        let mut search = SearchBudget::new();
        self.each_part_without(other, &mut StepBudget::new(), |part, _| {
            match Demands::of(&self.grid, &part).example(&mut search) {
                Ok(None) => {}
                Ok(Some(_)) => {
                    is_subset = false;
                    return Ok(ControlFlow::Break(()));
                }
                Err(undecided) => unsettled = unsettled.take().or(Some(undecided)),
            }
            Ok(ControlFlow::Continue(()))
        })?;
        match unsettled {
            Some(undecided) if is_subset => Err(undecided.into()),
            _ => Ok(is_subset),
        }
    }

    /// The fraction of the space that the set covers, from 0 to 1: the sum over disjoint boxes of the
    /// product, over dimensions, attributes and the moment, of the fraction of values.
    ///
    /// Every listed region, industry, product line and stage counts as one value; so do `missing` and
    /// `unlisted`. Head counts, attributes and moments have no list: every range that no rule of the
    /// space cuts counts as one value. Each test without order (`contains`, `ends with`, tags) counts
    /// as a dimension of its own with the values yes, no, `missing` and `unlisted`, as if it were
    /// independent of the others. Boxes without leads do not count. The fraction says nothing about
    /// how many real leads are in the set.
    ///
    /// # Errors
    /// [`SpaceError::Undecided`] if making the boxes disjoint takes too many steps.
    pub fn share(&self) -> Result<f64, SpaceError> {
        let mut budget = StepBudget::new();
        let mut search = SearchBudget::new();
        let mut share = 0.0;
        for (place, cuboid) in self.cuboids.iter().enumerate() {
            let before = self.cuboids.get(..place).unwrap_or_default();
            let tell = |part: Cuboid, _: &mut StepBudget| {
                if !matches!(
                    Demands::of(&self.grid, &part).example(&mut search),
                    Ok(None)
                ) {
                    share += part.share(&self.grid);
                }
                Ok::<_, Undecided>(ControlFlow::Continue(()))
            };
            let _all = difference(&self.grid, cuboid, before, &mut budget, tell)?;
        }
        Ok(share)
    }

    /// A lead of the set that gives as few values as possible, named as in the policy. Returns `None`
    /// if the set is empty.
    ///
    /// If it is undecided whether some boxes of the set have leads, the lead comes from the others, and
    /// may give more values than necessary.
    ///
    /// # Errors
    /// [`SpaceError::Undecided`] if no lead was found and some boxes are undecided.
    pub fn simplest_lead(&self) -> Result<Option<Example>, SpaceError> {
        let cuboids = self.cuboids.iter();
        let mut demands: Vec<(usize, Demands<'_>)> = cuboids
            .map(|cuboid| {
                let demands = Demands::of(&self.grid, cuboid);
                (demands.values(), demands)
            })
            .collect();
        demands.sort_by_key(|(values, _)| *values);
        let mut unsettled = None;
        let mut search = SearchBudget::new();
        for (_, demands) in demands {
            match demands.example(&mut search) {
                Ok(None) => {}
                Ok(Some(example)) => return Ok(Some(example)),
                Err(undecided) => unsettled = unsettled.or(Some(undecided)),
            }
        }
        match unsettled {
            Some(undecided) => Err(undecided.into()),
            None => Ok(None),
        }
    }

    /// Whether a lead is in the set at that moment. Time is linear in the boxes.
    pub fn contains(&self, lead: &Lead<'_>, now: DateTime<Utc>) -> bool {
        self.cuboids.iter().any(|cuboid| {
            let mut limits = cuboid.limits().iter();
            limits.all(|(axis, classes)| {
                let class = self.grid.class_of(*axis, lead, now);
                class.is_some_and(|class| classes.contains(class))
            })
        })
    }

    /// The set as a condition of the policy, or of the first of two. The condition denotes exactly this
    /// set, also after it was printed and parsed. It is `never` if the set has no boxes.
    ///
    /// # Errors
    /// The errors of [`conditions_of`](Self::conditions_of), and [`Undecided::NoCondition`] if the set depends
    /// on the moment, which conditions cannot test.
    pub fn condition(&self) -> Result<Condition, SpaceError> {
        let conditions = match self.grid.policies.first() {
            Some(policy) => self.conditions_of(policy)?,
            None => Vec::new(),
        };
        let mut conditions = conditions.into_iter();
        match (conditions.next(), conditions.next()) {
            // A condition that never holds is refused in policies.
            (None, _) => Ok(Condition::never()),
            (Some((period, condition)), None) if period.is_always() => Ok(condition),
            _ => Err(SpaceError::from(Undecided::NoCondition {
                subject: "the moment".to_owned(),
            })),
        }
    }

    /// The set as conditions of one of the policies, each with the period in which it applies; empty if
    /// the set has no boxes. Boxes are first widened as far as the set allows, so that conditions are
    /// short.
    ///
    /// # Errors
    /// [`SpaceError::ForeignPolicy`] if the space is not built of that policy;
    /// [`Undecided::NoCondition`] if the set separates leads that no condition of that policy separates.
    pub fn conditions_of(&self, policy: &Policy) -> Result<Vec<(Period, Condition)>, SpaceError> {
        let side = self.grid.side(policy)?;
        let wording = Wording::new(&self.grid, side);
        let mut by_period: IndexMap<Period, Vec<Condition>> = IndexMap::new();
        for cuboid in simplified(&self.grid, &self.cuboids) {
            let condition = wording.condition(&cuboid)?;
            for period in wording.periods(&cuboid) {
                by_period.entry(period).or_default().push(condition.clone());
            }
        }
        let conditions = by_period.into_iter();
        Ok(conditions
            .map(|(period, conditions)| (period, any(conditions)))
            .collect())
    }
}

impl fmt::Debug for LeadSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LeadSet of {} boxes", self.cuboids.len())
    }
}
