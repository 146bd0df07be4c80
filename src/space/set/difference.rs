//! Subtracts boxes from a box.
//!
//! The search is that of Davis, Putnam, Logemann and Loveland (1960, 1962). Each box to be subtracted is a
//! clause: "on some axis the lead lies outside of it". If a box fails to cover the part on one axis only,
//! that axis is forced; otherwise the search branches on the box that fails on the fewest axes. The
//! resulting boxes are disjoint.

use std::ops::ControlFlow;

use super::budget::StepBudget;
use super::cuboid::{Coverage, Cuboid};
use crate::space::axes::narrow;
use crate::space::grid::{Grid, Undecided};

/// Calls `tell` with disjoint boxes that together are the leads of `whole` that are in none of `others`,
/// until `tell` breaks.
pub(super) fn difference<E: From<Undecided>>(
    grid: &Grid,
    whole: &Cuboid,
    others: &[Cuboid],
    budget: &mut StepBudget,
    mut tell: impl FnMut(Cuboid, &mut StepBudget) -> Result<ControlFlow<()>, E>,
) -> Result<ControlFlow<()>, E> {
    let mut stack = vec![(whole.clone(), (0..narrow(others.len())).collect())];
    while let Some((part, candidates)) = stack.pop() {
        let left = PartLeft { part, candidates }.reduced(grid, others, budget)?;
        let Some(left) = left else {
            continue;
        };
        let (part, candidates) = (left.part, left.candidates);
        let Some(branch) = left.branch else {
            if tell(part, budget)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
            continue;
        };
        let mut inside = part.clone();
        for (axis, classes) in branch.open_axes(&part) {
            budget.spend(candidates.len() + part.limits().len())?;
            let own = inside.limit(axis).map_or(grid.all(axis), |own| own);
            let (outside, within) = (own.difference(classes), own.intersection(classes));
            let part = inside.clone().with(grid, axis, outside);
            stack.extend(part.map(|part| (part, candidates.clone())));
            let Some(rest) = inside.with(grid, axis, within) else {
                break;
            };
            inside = rest;
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// A box, and the numbers of the others that may intersect it.
struct PartLeft {
    part: Cuboid,
    candidates: Vec<u32>,
}

/// A part after all forced steps.
struct Left<'a> {
    part: Cuboid,
    /// The boxes that may intersect it, without the one to branch on.
    candidates: Vec<u32>,
    branch: Option<&'a Cuboid>,
}

impl PartLeft {
    /// Takes all forced steps; `None` if nothing of the box is left.
    fn reduced<'a>(
        self,
        grid: &Grid,
        others: &'a [Cuboid],
        budget: &mut StepBudget,
    ) -> Result<Option<Left<'a>>, Undecided> {
        let Self {
            mut part,
            mut candidates,
        } = self;
        loop {
            let mut fewest: Option<(usize, u32, &Cuboid)> = None;
            let mut kept = Vec::with_capacity(candidates.len());
            for number in candidates {
                let Some(other) = others.get(number as usize) else {
                    continue;
                };
                match other.coverage(&part, budget)? {
                    Coverage::Disjoint => continue,
                    Coverage::CoversAllBut(0) => return Ok(None),
                    Coverage::CoversAllBut(open) => {
                        if fewest.is_none_or(|(known, _, _)| open < known) {
                            fewest = Some((open, number, other));
                        }
                    }
                }
                kept.push(number);
            }
            candidates = kept;
            let Some((open, number, other)) = fewest else {
                return Ok(Some(Left {
                    part,
                    candidates,
                    branch: None,
                }));
            };
            candidates.retain(|&it| it != number);
            if open > 1 {
                return Ok(Some(Left {
                    part,
                    candidates,
                    branch: Some(other),
                }));
            }
            let forced = other.open_axes(&part).next().map(|(axis, classes)| {
                let own = part.limit(axis).map_or(grid.all(axis), |own| own);
                (axis, own.difference(classes))
            });
            if let Some((axis, outside)) = forced {
                let Some(rest) = part.with(grid, axis, outside) else {
                    return Ok(None);
                };
                part = rest;
            }
        }
    }
}
