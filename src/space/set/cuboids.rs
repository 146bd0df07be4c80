//! Writes unions of boxes with fewer boxes.

use std::ops::ControlFlow;
use std::sync::Arc;

use foldhash::fast::FixedState;
use indexmap::{IndexMap, IndexSet};

use super::budget::{StepBudget, check};
use super::cuboid::{Coverage, Cuboid};
use super::difference::difference;
use crate::space::axes::ClassSet;
use crate::space::grid::{Grid, Undecided};

/// At most this many boxes are compared pairwise.
const FEW: usize = 128;
/// Boxes are joined on every axis only if the number of boxes times that of axes is at most this.
const MOST_TRIES: usize = 1 << 16;

/// Writes a union with fewer boxes where that is found quickly: boxes that differ on one axis only are
/// joined, and boxes within another one are removed.
pub(super) fn joined(
    grid: &Grid,
    mut cuboids: Vec<Cuboid>,
    budget: &mut StepBudget,
) -> Result<Vec<Cuboid>, Undecided> {
    let limits = cuboids.iter().flat_map(Cuboid::limits);
    let mut axes: IndexSet<u32, FixedState> = limits.map(|(axis, _)| *axis).collect();
    axes.sort_unstable();
    if axes.len().saturating_mul(cuboids.len()) <= MOST_TRIES {
        for &axis in &axes {
            cuboids = joined_on(grid, axis, cuboids, budget)?;
        }
    } else {
        let is_single = |cuboid: &Cuboid| cuboid.limits().len() <= 1;
        let (singles, others): (Vec<_>, Vec<_>) = cuboids.into_iter().partition(is_single);
        cuboids = joined_singles(grid, singles, budget)?;
        cuboids.extend(others);
    }
    if cuboids.iter().any(Cuboid::is_everything) {
        return Ok(vec![Cuboid::everything()]);
    }
    if cuboids.len() <= FEW {
        cuboids = without_covered(cuboids, budget)?;
    }
    check(cuboids.len())?;
    Ok(cuboids)
}

fn joined_on(
    grid: &Grid,
    axis: u32,
    cuboids: Vec<Cuboid>,
    budget: &mut StepBudget,
) -> Result<Vec<Cuboid>, Undecided> {
    let mut groups: IndexMap<Cuboid, Vec<Option<Arc<ClassSet>>>, FixedState> = IndexMap::default();
    for cuboid in cuboids {
        budget.spend(1 + cuboid.limits().len())?;
        let (rest, limit) = cuboid.split(axis);
        groups.entry(rest).or_default().push(limit);
    }
    let groups = groups.into_iter();
    Ok(groups
        .filter_map(|(rest, limits)| union(grid, axis, rest, limits))
        .collect())
}

/// Joins boxes that each have one limit: one box for each axis.
fn joined_singles(
    grid: &Grid,
    cuboids: Vec<Cuboid>,
    budget: &mut StepBudget,
) -> Result<Vec<Cuboid>, Undecided> {
    let mut groups: IndexMap<u32, Vec<Option<Arc<ClassSet>>>, FixedState> = IndexMap::default();
    for cuboid in cuboids {
        budget.spend(1)?;
        let Some((axis, classes)) = cuboid.limits().first() else {
            return Ok(vec![cuboid]);
        };
        let group = groups.entry(*axis).or_default();
        group.push(Some(Arc::clone(classes)));
    }
    let groups = groups.into_iter();
    Ok(groups
        .filter_map(|(axis, limits)| union(grid, axis, Cuboid::everything(), limits))
        .collect())
}

/// The box `rest` with the union of the limits on the axis; `None` as a limit means that the axis is
/// unlimited.
fn union(
    grid: &Grid,
    axis: u32,
    rest: Cuboid,
    limits: Vec<Option<Arc<ClassSet>>>,
) -> Option<Cuboid> {
    let limits: Option<Vec<Arc<ClassSet>>> = limits.into_iter().collect();
    // One of them is unlimited on the axis.
    let Some(limits) = limits else {
        return Some(rest);
    };
    let ranges = limits.iter().flat_map(|set| set.ranges()).copied();
    rest.with(grid, axis, ClassSet::from_ranges(ranges.collect()))
}

/// Removes boxes that lie within another one. Of two equal boxes the first one stays.
fn without_covered(
    cuboids: Vec<Cuboid>,
    budget: &mut StepBudget,
) -> Result<Vec<Cuboid>, Undecided> {
    let mut kept: Vec<Cuboid> = Vec::with_capacity(cuboids.len());
    'cuboids: for cuboid in cuboids {
        let mut stay = Vec::with_capacity(kept.len());
        for known in &kept {
            if is_within(&cuboid, known, budget)? {
                continue 'cuboids;
            }
            stay.push(!is_within(known, &cuboid, budget)?);
        }
        let mut stay = stay.into_iter();
        kept.retain(|_| stay.next().unwrap_or(true));
        kept.push(cuboid);
    }
    Ok(kept)
}

fn is_within(one: &Cuboid, other: &Cuboid, budget: &mut StepBudget) -> Result<bool, Undecided> {
    Ok(matches!(
        other.coverage(one, budget)?,
        Coverage::CoversAllBut(0)
    ))
}

/// Boxes are widened only if there are at most this many.
const FEW_TO_WIDEN: usize = 64;

/// Widens each box as far as the union allows, and removes boxes that the others cover (the steps "expand"
/// and "irredundant cover" of Espresso; Brayton and others, 1984). A union for which that takes too long is
/// returned as it is.
pub(super) fn simplified(grid: &Grid, cuboids: &[Cuboid]) -> Vec<Cuboid> {
    let mut budget = StepBudget::new();
    let widened = || widened(grid, cuboids, &mut budget).ok();
    (cuboids.len() <= FEW_TO_WIDEN)
        .then(widened)
        .flatten()
        .unwrap_or_else(|| cuboids.to_vec())
}

fn widened(
    grid: &Grid,
    cuboids: &[Cuboid],
    budget: &mut StepBudget,
) -> Result<Vec<Cuboid>, Undecided> {
    let mut wide = Vec::with_capacity(cuboids.len());
    for cuboid in cuboids {
        let mut cuboid = cuboid.clone();
        for axis in cuboid.axes() {
            let (free, Some(own)) = cuboid.clone().split(axis) else {
                continue;
            };
            // Classes that the union does not contain once the box is unlimited on the axis stay out.
            let mut out: Vec<(u32, u32)> = Vec::new();
            let tell = |part: Cuboid, _: &mut StepBudget| {
                let all = grid.all(axis);
                let classes = part.limit(axis).map_or(all, |classes| classes);
                out.extend_from_slice(classes.ranges());
                Ok::<_, Undecided>(ControlFlow::Continue(()))
            };
            let _all = difference(grid, &free, cuboids, budget, tell)?;
            let classes = grid.all(axis).difference(&ClassSet::from_ranges(out));
            // The box must not become smaller.
            if own.is_within(&classes) {
                cuboid = cuboid.with(grid, axis, classes).unwrap_or_default();
            }
        }
        wide.push(cuboid);
    }
    let mut kept = without_covered(wide, budget)?;
    // From the last one, so that of two boxes that cover the same leads the first stays.
    for place in (0..kept.len()).rev() {
        let mut others = kept.clone();
        let cuboid = others.remove(place);
        let mut is_covered = true;
        let tell = |_: Cuboid, _: &mut StepBudget| {
            is_covered = false;
            Ok::<_, Undecided>(ControlFlow::Break(()))
        };
        let _all = difference(grid, &cuboid, &others, budget, tell)?;
        if is_covered {
            kept = others;
        }
    }
    joined(grid, kept, budget)
}
