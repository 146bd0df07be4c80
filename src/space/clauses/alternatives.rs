//! Conditions as unions of products: each alternative limits some axes to a set of classes.

use std::sync::Arc;

use foldhash::fast::FixedState;
use indexmap::{Equivalent, IndexSet};

use super::formula::Formula;
use crate::policy::{ResolvedCondition, ResolvedTest};
use crate::rule::Period;
use crate::space::axes::{AxesIndex, ClassSet, narrow};

/// The sets that a lead's classes must lie in: pairs of axis and number of the set, axes in order. Other axes
/// are unlimited.
pub(crate) type AxisLimits = Vec<(u32, u32)>;

/// A product has at most this many limits. Every multiplication copies them, so a hundred choices between
/// thousands of tests must not multiply.
const MOST_LIMITS: usize = 128;

/// There are too many alternatives, or the sets or limits are too long.
pub(crate) struct TooMany;

/// Turns conditions into alternatives. Equal sets of one axis are stored once and known by number.
pub(crate) struct Alternatives<'a> {
    index: &'a AxesIndex,
    sets: IndexSet<OfAxis<Arc<ClassSet>>, FixedState>,
    /// The number of ranges of classes that intersections may still write. Long lists that meet in many
    /// rules must not multiply.
    ranges_left: usize,
}

/// A set of an axis.
#[derive(PartialEq, Eq, Hash)]
struct OfAxis<S>(u32, S);

impl Equivalent<OfAxis<Arc<ClassSet>>> for OfAxis<&ClassSet> {
    fn equivalent(&self, known: &OfAxis<Arc<ClassSet>>) -> bool {
        self.0 == known.0 && *self.1 == *known.1
    }
}

impl<'a> Alternatives<'a> {
    pub(crate) fn new(index: &'a AxesIndex, ranges: usize) -> Self {
        Self {
            index,
            sets: IndexSet::default(),
            ranges_left: ranges,
        }
    }

    /// All sets by number.
    pub(crate) fn into_sets(self) -> Vec<Arc<ClassSet>> {
        self.sets.into_iter().map(|OfAxis(_, set)| set).collect()
    }

    pub(crate) fn set(&self, number: u32) -> Option<&Arc<ClassSet>> {
        let OfAxis(_, set) = self.sets.get_index(number as usize)?;
        Some(set)
    }

    /// The number of sets.
    pub(crate) fn count(&self) -> usize {
        self.sets.len()
    }

    fn add(&mut self, axis: u32, classes: ClassSet) -> u32 {
        let known = self.sets.get_index_of(&OfAxis(axis, &classes));
        let new = |sets: &mut IndexSet<_, _>| sets.insert_full(OfAxis(axis, Arc::new(classes))).0;
        narrow(known.unwrap_or_else(|| new(&mut self.sets)))
    }

    /// Adds the limit of a test; returns whether any lead can still meet the limits.
    pub(crate) fn limit(
        &mut self,
        limits: &mut AxisLimits,
        test: &ResolvedTest,
    ) -> Result<bool, TooMany> {
        let (axis, classes) = self.index.classes_of(test);
        if classes.is_full(self.index.axes.classes(axis)) {
            return Ok(true);
        }
        if classes.is_empty() {
            return Ok(false);
        }
        let axis = narrow(axis);
        let set = self.add(axis, classes);
        self.intersect(limits, (axis, set))
    }

    /// The alternatives of a single limit: none if the set is empty, one without limits if it is full.
    fn limited(&mut self, axis: usize, classes: ClassSet) -> Vec<AxisLimits> {
        if classes.is_empty() {
            Vec::new()
        } else if classes.is_full(self.index.axes.classes(axis)) {
            vec![AxisLimits::new()]
        } else {
            let axis = narrow(axis);
            vec![vec![(axis, self.add(axis, classes))]]
        }
    }

    /// The one limit of a period.
    pub(crate) fn of_period(&mut self, period: Period) -> Vec<AxisLimits> {
        let (axis, classes) = self.index.classes_of_period(period);
        self.limited(axis, classes)
    }

    /// The alternatives of the condition, at most `most`.
    pub(crate) fn of(
        &mut self,
        condition: &ResolvedCondition,
        most: usize,
    ) -> Result<Vec<AxisLimits>, TooMany> {
        self.of_signed(condition, false, most)
    }

    /// Alternatives of the condition, or of its complement.
    pub(crate) fn of_signed(
        &mut self,
        condition: &ResolvedCondition,
        negated: bool,
        most: usize,
    ) -> Result<Vec<AxisLimits>, TooMany> {
        match (condition, negated) {
            (ResolvedCondition::Test(test), _) => Ok(self.of_test(test, negated)),
            (ResolvedCondition::Not(part), _) => self.of_signed(part, !negated, most),
            (ResolvedCondition::All(parts), false) | (ResolvedCondition::Any(parts), true) => {
                let mut product = vec![AxisLimits::new()];
                for part in parts {
                    let part = self.of_signed(part, negated, most)?;
                    product = self.multiplied(&product, &part, most)?;
                }
                Ok(product)
            }
            (ResolvedCondition::Any(parts), false) | (ResolvedCondition::All(parts), true) => {
                let mut union = JoinedAlternatives::default();
                for part in parts {
                    for limits in self.of_signed(part, negated, most)? {
                        union.add(limits, &self.sets);
                    }
                    if union.len() > most {
                        return Err(TooMany);
                    }
                }
                Ok(self.joined(union))
            }
        }
    }

    fn of_test(&mut self, test: &ResolvedTest, negated: bool) -> Vec<AxisLimits> {
        let (axis, classes) = self.index.classes_of(test);
        let classes = if negated {
            classes.complement(self.index.axes.classes(axis))
        } else {
            classes
        };
        self.limited(axis, classes)
    }

    fn joined(&mut self, union: JoinedAlternatives) -> Vec<AxisLimits> {
        let mut alternatives = Vec::with_capacity(union.len());
        for (axis, ranges) in union.single {
            alternatives.extend(self.limited(axis as usize, ClassSet::from_ranges(ranges)));
        }
        alternatives.extend(union.products);
        if alternatives.iter().any(Vec::is_empty) {
            return vec![AxisLimits::new()];
        }
        alternatives
    }

    /// The intersections of each alternative on the left with each on the right, at most `most`.
    pub(crate) fn multiplied(
        &mut self,
        left: &[AxisLimits],
        right: &[AxisLimits],
        most: usize,
    ) -> Result<Vec<AxisLimits>, TooMany> {
        if left.len().saturating_mul(right.len()) > most {
            return Err(TooMany);
        }
        let mut product = Vec::with_capacity(left.len() * right.len());
        for one in left {
            for other in right {
                product.extend(self.intersected(one, other)?);
            }
        }
        Ok(product)
    }

    /// Limits that every lead of the condition meets, as tight as can be found in linear time; `None` if no
    /// lead can meet the condition.
    pub(crate) fn hull(&mut self, condition: &ResolvedCondition) -> Option<AxisLimits> {
        self.hull_signed(condition, false)
    }

    /// The [hull](Self::hull) of the condition, or of its complement.
    pub(crate) fn hull_signed(
        &mut self,
        condition: &ResolvedCondition,
        negated: bool,
    ) -> Option<AxisLimits> {
        match (condition, negated) {
            (ResolvedCondition::Test(test), _) => self.of_test(test, negated).pop(),
            (ResolvedCondition::Not(part), _) => self.hull_signed(part, !negated),
            (ResolvedCondition::All(parts), false) | (ResolvedCondition::Any(parts), true) => {
                let mut limits = AxisLimits::new();
                for part in parts {
                    let part = self.hull_signed(part, negated)?;
                    // A part that is too long to intersect is left out: the limits are less tight.
                    limits = self.intersected(&limits, &part).unwrap_or(Some(limits))?;
                }
                Some(limits)
            }
            (ResolvedCondition::Any(parts), false) | (ResolvedCondition::All(parts), true) => {
                let hulls = parts.iter();
                let hulls: Vec<AxisLimits> = hulls
                    .filter_map(|part| self.hull_signed(part, negated))
                    .collect();
                self.hull_of(&hulls)
            }
        }
    }

    /// The tightest limits that hold for all alternatives; `None` if there are no alternatives.
    pub(crate) fn hull_of(&mut self, alternatives: &[AxisLimits]) -> Option<AxisLimits> {
        let (first, others) = alternatives.split_first()?;
        let mut hull = AxisLimits::new();
        for &(axis, set) in first {
            let other_sets = others.iter().map_while(|limits| {
                let position = limits.binary_search_by_key(&axis, |&(axis, _)| axis);
                position.ok().map(|position| limits[position].1)
            });
            let mut sets: Vec<u32> = [set].into_iter().chain(other_sets).collect();
            if sets.len() == alternatives.len() {
                sets.sort_unstable();
                sets.dedup();
                let ranges = sets
                    .iter()
                    .flat_map(|&set| self.sets[set as usize].1.ranges());
                let union = ClassSet::from_ranges(ranges.copied().collect());
                hull.extend(self.limited(axis as usize, union).pop().unwrap_or_default());
            }
        }
        Some(hull)
    }

    /// The intersection; `None` if it is empty.
    fn intersected(
        &mut self,
        left: &AxisLimits,
        right: &AxisLimits,
    ) -> Result<Option<AxisLimits>, TooMany> {
        if left.len() + right.len() > MOST_LIMITS {
            return Err(TooMany);
        }
        let mut both = left.clone();
        for &limit in right {
            if !self.intersect(&mut both, limit)? {
                return Ok(None);
            }
        }
        Ok(Some(both))
    }

    /// Adds a limit; returns whether any lead can still meet the limits.
    fn intersect(
        &mut self,
        limits: &mut AxisLimits,
        (axis, other): (u32, u32),
    ) -> Result<bool, TooMany> {
        match limits.binary_search_by_key(&axis, |&(axis, _)| axis) {
            Err(position) => limits.insert(position, (axis, other)),
            Ok(position) if limits[position].1 == other => {}
            Ok(position) => {
                let OfAxis(_, one) = &self.sets[limits[position].1 as usize];
                let OfAxis(_, other) = &self.sets[other as usize];
                let ranges = one.ranges().len() + other.ranges().len();
                self.ranges_left = self.ranges_left.checked_sub(ranges).ok_or(TooMany)?;
                let classes = one.intersection(other);
                if classes.is_empty() {
                    return Ok(false);
                }
                limits[position].1 = self.add(axis, classes);
            }
        }
        Ok(true)
    }

    /// The condition as a formula.
    pub(crate) fn formula(&mut self, condition: &ResolvedCondition) -> Formula {
        match condition {
            ResolvedCondition::All(parts) => Formula::All(self.formulas(parts)),
            ResolvedCondition::Any(parts) => Formula::Any(self.formulas(parts)),
            ResolvedCondition::Not(part) => Formula::Not(Box::new(self.formula(part))),
            ResolvedCondition::Test(test) => {
                let (axis, classes) = self.index.classes_of(test);
                let set = self.add(narrow(axis), classes);
                let classes = self.set(set).cloned().unwrap_or_default();
                Formula::Test { axis, classes }
            }
        }
    }

    fn formulas(&mut self, conditions: &[ResolvedCondition]) -> Vec<Formula> {
        conditions.iter().map(|part| self.formula(part)).collect()
    }
}

/// Alternatives, with those that limit a single axis joined into one for each axis.
#[derive(Default)]
struct JoinedAlternatives {
    single: Vec<(u32, Vec<(u32, u32)>)>,
    products: Vec<AxisLimits>,
}

impl JoinedAlternatives {
    fn len(&self) -> usize {
        self.single.len() + self.products.len()
    }

    fn add(&mut self, limits: AxisLimits, sets: &IndexSet<OfAxis<Arc<ClassSet>>, FixedState>) {
        let [(axis, set)] = *limits else {
            self.products.push(limits);
            return;
        };
        let ranges = sets
            .get_index(set as usize)
            .map_or(&[][..], |OfAxis(_, set)| set.ranges());
        match self.single.iter_mut().find(|(known, _)| *known == axis) {
            Some((_, known)) => known.extend_from_slice(ranges),
            None => self.single.push((axis, ranges.to_vec())),
        }
    }
}
