//! What is left of a box without others.
//!
//! The search is that of Davis, Putnam, Logemann and Loveland (1960, 1962): each box to be left out
//! is a clause "on some axis the lead lies outside". A box that is open on one axis only forces that
//! axis; otherwise the box that is open on the fewest axes is branched on. The parts are apart.

use std::ops::ControlFlow;

use super::budget::StepBudget;
use super::cuboid::{Cuboid, Stands};
use crate::space::axes::narrow;
use crate::space::grid::{Grid, Undecided};

/// Calls `tell` with boxes that are apart and together the box without the others, until it breaks.
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

/// A box, and the others that it may have something in common with.
struct PartLeft {
    part: Cuboid,
    candidates: Vec<u32>,
}

/// What is left of a part after all that is forced.
struct Left<'a> {
    part: Cuboid,
    /// What it may have something in common with, the box to branch on aside.
    candidates: Vec<u32>,
    branch: Option<&'a Cuboid>,
}

impl PartLeft {
    /// What is left after all that is forced; none if nothing is.
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
                match other.stands_to(&part, budget)? {
                    Stands::Apart => continue,
                    Stands::Open(0) => return Ok(None),
                    Stands::Open(open) => {
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
