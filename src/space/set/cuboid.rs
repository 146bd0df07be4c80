//! Boxes: products of sets of classes.

use std::sync::Arc;

use super::budget::StepBudget;
use crate::space::axes::ClassSet;
use crate::space::grid::{Grid, Undecided};

/// A box: for each limited axis a set of classes, neither empty nor full, axes in order. Other axes are
/// unlimited.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Cuboid(Vec<(u32, Arc<ClassSet>)>);

/// How far one box covers another.
pub(super) enum Coverage {
    /// They have no lead in common.
    Disjoint,
    /// They intersect, and the other box lies within this one on all axes but this many.
    CoversAllBut(usize),
}

impl Cuboid {
    /// The box without limits.
    pub(super) fn everything() -> Self {
        Self::default()
    }

    /// The box with a limit on one axis; `None` if no class is left.
    pub(super) fn limited(grid: &Grid, axis: u32, classes: ClassSet) -> Option<Self> {
        Self::everything().with(grid, axis, classes)
    }

    /// The box with another limit on the axis; `None` if no class is left.
    pub(super) fn with(mut self, grid: &Grid, axis: u32, classes: ClassSet) -> Option<Self> {
        if classes.is_empty() {
            return None;
        }
        let place = self.place(axis);
        match (place, classes == *grid.all(axis)) {
            (Ok(place), true) => {
                self.0.remove(place);
            }
            (Ok(place), false) => self.0[place].1 = Arc::new(classes),
            (Err(_), true) => {}
            (Err(place), false) => self.0.insert(place, (axis, Arc::new(classes))),
        }
        Some(self)
    }

    fn place(&self, axis: u32) -> Result<usize, usize> {
        self.0.binary_search_by_key(&axis, |(axis, _)| *axis)
    }

    /// The axes that it is limited on.
    pub(super) fn axes(&self) -> Vec<u32> {
        self.0.iter().map(|(axis, _)| *axis).collect()
    }

    pub(super) fn limits(&self) -> &[(u32, Arc<ClassSet>)] {
        &self.0
    }

    /// Its classes on an axis; `None` if the axis is unlimited.
    pub(super) fn limit(&self, axis: u32) -> Option<&Arc<ClassSet>> {
        let (_, classes) = self.0.get(self.place(axis).ok()?)?;
        Some(classes)
    }

    /// The box without its limit on the axis, and that limit.
    pub(super) fn split(mut self, axis: u32) -> (Self, Option<Arc<ClassSet>>) {
        let limit = self.place(axis).ok().map(|place| self.0.remove(place).1);
        (self, limit)
    }

    pub(super) fn is_everything(&self) -> bool {
        self.0.is_empty()
    }

    /// The box of the leads that are in both; `None` if there are none.
    pub(super) fn intersection(
        &self,
        other: &Self,
        budget: &mut StepBudget,
    ) -> Result<Option<Self>, Undecided> {
        budget.spend(1 + self.0.len() + other.0.len())?;
        let mut both = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        loop {
            let limit = match (left.peek(), right.peek()) {
                (None, None) => return Ok(Some(Self(both))),
                (Some((axis, one)), Some((other_axis, other))) if axis == other_axis => {
                    let limit = if Arc::ptr_eq(one, other) {
                        Arc::clone(one)
                    } else {
                        budget.spend(one.ranges().len() + other.ranges().len())?;
                        Arc::new(one.intersection(other))
                    };
                    if limit.is_empty() {
                        return Ok(None);
                    }
                    let limit = (*axis, limit);
                    left.next();
                    right.next();
                    limit
                }
                (Some((axis, _)), Some((other_axis, _))) if other_axis < axis => {
                    right.next().cloned().unwrap_or_default()
                }
                (Some(_), _) => left.next().cloned().unwrap_or_default(),
                (None, Some(_)) => right.next().cloned().unwrap_or_default(),
            };
            both.push(limit);
        }
    }

    /// How far this box covers the other.
    pub(super) fn coverage(
        &self,
        other: &Self,
        budget: &mut StepBudget,
    ) -> Result<Coverage, Undecided> {
        let mut open = 0;
        budget.spend(1)?;
        for (axis, classes) in &self.0 {
            budget.spend(1)?;
            match other.limit(*axis) {
                None => open += 1,
                Some(others) if Arc::ptr_eq(classes, others) => {}
                Some(others) => {
                    budget.spend(classes.ranges().len().min(others.ranges().len()))?;
                    if !classes.meets(others) {
                        return Ok(Coverage::Disjoint);
                    }
                    open += usize::from(!others.is_within(classes));
                }
            }
        }
        Ok(Coverage::CoversAllBut(open))
    }

    /// The axes on which the other box is not within this one, and what this one has there.
    pub(super) fn open_axes<'a>(
        &'a self,
        other: &'a Self,
    ) -> impl Iterator<Item = (u32, &'a ClassSet)> {
        self.0.iter().filter_map(|(axis, classes)| {
            let is_open = other
                .limit(*axis)
                .is_none_or(|others| !others.is_within(classes));
            is_open.then_some((*axis, &**classes))
        })
    }

    /// The product of its shares on every axis.
    pub(super) fn share(&self, grid: &Grid) -> f64 {
        let limits = self.0.iter();
        limits
            .map(|(axis, classes)| grid.share(*axis, classes))
            .product()
    }
}
