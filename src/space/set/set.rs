//! A set of leads.

use std::collections::HashSet;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::budget::{Budget, check};
use super::conditions::{Conditions, intersection};
use super::cuboid::Cuboid;
use super::cuboids::{joined, simplified};
use super::difference::difference;
use super::example::{Demands, Example};
use super::wording::Wording;
use crate::lead::Lead;
use crate::policy::{BoundCondition, Policy};
use crate::rule::{Condition, Period, any};
use crate::space::axes::error::{SpaceError, Undecided};
use crate::space::axes::grid::Grid;

/// A set of leads, and of the moments at which they come, in a [`Space`](super::super::Space).
///
/// It is kept as a union of boxes: products of sets of values, one for each dimension and attribute
/// and the moment. Every operation is exact: it gives the right answer or says
/// [`Undecided`], within a fixed budget of boxes and steps, so that no set takes more than some
/// seconds and some hundred megabytes. Cloning is a reference count.
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
///     "not region in cn or not customer_size >= 1000",
/// );
/// assert!(others.intersection(&space.set(&large)?)?.is_empty()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Set {
    grid: Arc<Grid>,
    cuboids: Arc<[Cuboid]>,
}

impl Set {
    fn new(grid: &Arc<Grid>, cuboids: Vec<Cuboid>) -> Self {
        let grid = Arc::clone(grid);
        let cuboids = cuboids.into();
        Self { grid, cuboids }
    }

    pub(in super::super) fn everything(grid: &Arc<Grid>) -> Self {
        Self::new(grid, vec![Cuboid::everything()])
    }

    pub(in super::super) fn nothing(grid: &Arc<Grid>) -> Self {
        Self::new(grid, Vec::new())
    }

    /// The leads that meet a condition of one of the policies.
    pub(in super::super) fn of(
        grid: &Arc<Grid>,
        side: usize,
        condition: &BoundCondition,
    ) -> Result<Self, SpaceError> {
        let cuboids = Conditions::new(grid, side).cuboids(condition, false)?;
        Ok(Self::new(grid, cuboids))
    }

    /// Every lead, in the period.
    pub(in super::super) fn during(grid: &Arc<Grid>, period: Period) -> Result<Self, SpaceError> {
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

    /// The leads that are in one of the sets. About linear in the boxes.
    ///
    /// # Errors
    /// [`SpaceError::ForeignSet`] if the other set is of another space; [`SpaceError::Undecided`] if
    /// there are too many boxes.
    pub fn union(&self, other: &Self) -> Result<Self, SpaceError> {
        self.same_space(other)?;
        let both = self.cuboids.iter().chain(&*other.cuboids);
        let cuboids = joined(&self.grid, both.cloned().collect(), &mut Budget::new())?;
        Ok(Self::new(&self.grid, cuboids))
    }

    /// The leads that are in both sets. Linear in the pairs of boxes.
    ///
    /// # Errors
    /// As [`union`](Self::union).
    pub fn intersection(&self, other: &Self) -> Result<Self, SpaceError> {
        self.same_space(other)?;
        let mut budget = Budget::new();
        let cuboids = intersection(&self.grid, &self.cuboids, &other.cuboids, &mut budget)?;
        Ok(Self::new(&self.grid, cuboids))
    }

    /// The leads that are in this set and not in the other. Exponential in the boxes of the other in
    /// the worst case, within the budget; about linear where few of them meet.
    ///
    /// # Errors
    /// As [`union`](Self::union).
    pub fn difference(&self, other: &Self) -> Result<Self, SpaceError> {
        self.same_space(other)?;
        let mut budget = Budget::new();
        let mut left = Vec::new();
        self.each_part_without(other, &mut budget, |part, _| {
            left.push(part);
            check(left.len())?;
            Ok(ControlFlow::Continue(()))
        })?;
        let cuboids = joined(&self.grid, left, &mut budget)?;
        Ok(Self::new(&self.grid, cuboids))
    }

    /// Calls `tell` with boxes that together are what is in this set and not in the other.
    fn each_part_without(
        &self,
        other: &Self,
        budget: &mut Budget,
        mut tell: impl FnMut(Cuboid, &mut Budget) -> Result<ControlFlow<()>, SpaceError>,
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

    /// The leads that are not in this set. As [`difference`](Self::difference) from everything.
    ///
    /// # Errors
    /// [`SpaceError::Undecided`] if there are too many boxes.
    pub fn complement(&self) -> Result<Self, SpaceError> {
        Self::everything(&self.grid).difference(self)
    }

    /// Whether no lead is in the set at any moment. Linear in the boxes but for attributes of which
    /// several tests are asked, which take a bounded search.
    ///
    /// # Errors
    /// [`SpaceError::Undecided`] if tests of one attribute depend on each other in a way that is not
    /// settled.
    pub fn is_empty(&self) -> Result<bool, SpaceError> {
        self.is_subset(&Self::nothing(&self.grid))
    }

    /// Whether every lead of this set is in the other at every moment of this set. As
    /// [`difference`](Self::difference), but ends at the first lead that is not.
    ///
    /// # Errors
    /// As [`difference`](Self::difference) and [`is_empty`](Self::is_empty).
    pub fn is_subset(&self, other: &Self) -> Result<bool, SpaceError> {
        self.same_space(other)?;
        let mut is_subset = true;
        let mut unsettled = None;
        self.each_part_without(other, &mut Budget::new(), |part, _| {
            match Demands::of(&self.grid, &part).example() {
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

    /// How large a part of the space the set is, from 0 to 1: the sum over boxes that are apart of the
    /// product, over dimensions, attributes and the moment, of the fraction of values.
    ///
    /// Of regions, industries, product lines and stages every value listed counts as one, `missing`
    /// and `unlisted`, too. Of head counts, attributes and moments, of which there is no list, every
    /// range that no rule of the space tells apart counts as one, and so does each answer to a test
    /// without order (`contains`, `ends with`, tags), as if such tests were free of each other. Boxes
    /// that no lead is in do not count. It is no share of the leads that come.
    ///
    /// # Errors
    /// [`SpaceError::Undecided`] if taking the boxes apart takes too many steps.
    pub fn share(&self) -> Result<f64, SpaceError> {
        let mut budget = Budget::new();
        let mut share = 0.0;
        for (place, cuboid) in self.cuboids.iter().enumerate() {
            let before = self.cuboids.get(..place).unwrap_or_default();
            let tell = |part: Cuboid, _: &mut Budget| {
                if !matches!(Demands::of(&self.grid, &part).example(), Ok(None)) {
                    share += part.share(&self.grid);
                }
                Ok::<_, Undecided>(ControlFlow::Continue(()))
            };
            let _all = difference(&self.grid, cuboid, before, &mut budget, tell)?;
        }
        Ok(share)
    }

    /// The simplest lead of the set: one that gives the fewest values; none if the set is empty. Values
    /// are in the words of the policy.
    ///
    /// Where it is not settled whether leads of a part of the set exist, a lead of another part is told,
    /// which may then give more values.
    ///
    /// # Errors
    /// As [`is_empty`](Self::is_empty).
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
        for (_, demands) in demands {
            match demands.example() {
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

    /// Whether a lead is in the set at that moment. Linear in the boxes.
    pub fn contains(&self, lead: &Lead<'_>, now: DateTime<Utc>) -> bool {
        self.cuboids.iter().any(|cuboid| {
            let mut limits = cuboid.limits().iter();
            limits.all(|(axis, classes)| {
                let class = self.grid.class_of(*axis, lead, now);
                class.is_some_and(|class| classes.contains(class))
            })
        })
    }

    /// The set as a condition of the (first) policy: reading its text and making a set of it gives
    /// this set.
    ///
    /// # Errors
    /// As [`conditions_of`](Self::conditions_of), and [`Undecided::NoCondition`] if the set depends on
    /// the moment, of which conditions have no test.
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

    /// The set as conditions of one of the policies and the periods in which they hold; no condition
    /// where the set is empty. Boxes are widened where that does not change the set, so that
    /// conditions are short.
    ///
    /// # Errors
    /// [`SpaceError::ForeignPolicy`] if the space is not built of that policy;
    /// [`Undecided::NoCondition`] if the set tells apart what is one value to that policy.
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

impl fmt::Debug for Set {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Set of {} boxes", self.cuboids.len())
    }
}
