//! Turns conditions into unions of boxes.

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::budget::{StepBudget, check};
use super::cuboid::Cuboid;
use super::cuboids::joined;
use crate::policy::{ResolvedCondition, ResolvedTest};
use crate::space::axes::ClassSet;
use crate::space::grid::{Grid, SpaceError};

/// Turns the conditions of one policy into boxes.
pub(super) struct Conditions<'a> {
    grid: &'a Grid,
    /// The position of the policy.
    side: usize,
    budget: StepBudget,
}

impl<'a> Conditions<'a> {
    pub(super) fn new(grid: &'a Grid, side: usize) -> Self {
        Self {
            grid,
            side,
            budget: StepBudget::new(),
        }
    }

    /// The boxes of the condition, or of its complement.
    pub(super) fn cuboids(
        &mut self,
        condition: &ResolvedCondition,
        negated: bool,
    ) -> Result<Vec<Cuboid>, SpaceError> {
        match (condition, negated) {
            (ResolvedCondition::Test(test), _) => self.test(test, negated),
            (ResolvedCondition::Not(part), _) => self.cuboids(part, !negated),
            (ResolvedCondition::All(parts), false) | (ResolvedCondition::Any(parts), true) => {
                self.product(parts, negated)
            }
            (ResolvedCondition::Any(parts), false) | (ResolvedCondition::All(parts), true) => {
                let mut union = Vec::new();
                for part in parts {
                    union.extend(self.cuboids(part, negated)?);
                    // One step for each part, so that a condition with too many parts ends here.
                    self.budget.spend(1)?;
                }
                Ok(joined(self.grid, union, &mut self.budget)?)
            }
        }
    }

    fn test(&mut self, test: &ResolvedTest, negated: bool) -> Result<Vec<Cuboid>, SpaceError> {
        let (axis, classes) = self.grid.limit(self.side, test)?;
        let classes = if negated {
            self.grid.all(axis).difference(&classes)
        } else {
            classes
        };
        self.budget.spend(1 + classes.ranges().len())?;
        let cuboid = Cuboid::limited(self.grid, axis, classes);
        Ok(cuboid.into_iter().collect())
    }

    /// The boxes of the intersection of all parts.
    fn product(
        &mut self,
        parts: &[ResolvedCondition],
        negated: bool,
    ) -> Result<Vec<Cuboid>, SpaceError> {
        // What single limits leave out, by axis, so that ten thousand limits of one axis are sorted once.
        let mut outside: IndexMap<u32, Vec<(u32, u32)>, FixedState> = IndexMap::default();
        let mut factors = Vec::new();
        for part in parts {
            let factor = self.cuboids(part, negated)?;
            match &*factor {
                [] => return Ok(Vec::new()),
                [only] if only.limits().len() <= 1 => {
                    for (axis, classes) in only.limits() {
                        let others = self.grid.all(*axis).difference(classes);
                        self.budget.spend(others.ranges().len())?;
                        let known = outside.entry(*axis).or_default();
                        known.extend_from_slice(others.ranges());
                    }
                }
                _ => factors.push(factor),
            }
        }
        let mut single = Cuboid::everything();
        for (axis, ranges) in outside {
            let others = ClassSet::from_ranges(ranges);
            let classes = self.grid.all(axis).difference(&others);
            let Some(rest) = single.with(self.grid, axis, classes) else {
                return Ok(Vec::new());
            };
            single = rest;
        }
        // The fewest boxes first: a single one multiplies nothing.
        factors.sort_by_key(Vec::len);
        let mut product = vec![single];
        for factor in factors {
            product = intersection(self.grid, &product, &factor, &mut self.budget)?;
        }
        Ok(product)
    }
}

/// The intersections of each box of one union with each box of the other.
pub(super) fn intersection(
    grid: &Grid,
    one: &[Cuboid],
    other: &[Cuboid],
    budget: &mut StepBudget,
) -> Result<Vec<Cuboid>, SpaceError> {
    let mut both = Vec::with_capacity(one.len());
    for left in one {
        for right in other {
            both.extend(left.intersection(right, budget)?);
            check(both.len() / 4)?;
        }
    }
    Ok(joined(grid, both, budget)?)
}
