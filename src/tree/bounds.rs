//! Boxes: a range of classes on each of a few axes, all compared at once.

use super::clause::Clauses;
use super::graph::DIMENSIONS;

/// How many axes boxes have; unused ones leave everything open.
const LANES: usize = 8;

/// Which axes the boxes of a catalog have.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lanes(Vec<Lane>);

#[derive(Debug, Clone, Copy, PartialEq)]
struct Lane {
    axis: u32,
    /// Classes are counted in groups of `1 << shift`, so that they fit in 16 bits.
    shift: u32,
}

/// A lead's classes on the lanes.
pub(super) type Point = [u16; LANES];

/// A box. Two vectors of 16-bit numbers, which the compiler compares in a few instructions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    firsts: [u16; LANES],
    /// How many more there are than the first.
    widths: [u16; LANES],
}

impl Bounds {
    /// Everything.
    const OPEN: Self = Self {
        firsts: [0; LANES],
        widths: [u16::MAX; LANES],
    };

    #[inline]
    pub(super) fn contains(&self, point: &Point) -> bool {
        let mut all = true;
        for ((class, first), width) in point.iter().zip(&self.firsts).zip(&self.widths) {
            all &= class.wrapping_sub(*first) <= *width;
        }
        all
    }

    /// The smallest box around both.
    pub(super) fn around(&self, other: &Self) -> Self {
        let mut both = *self;
        for lane in 0..LANES {
            let first = self.firsts[lane].min(other.firsts[lane]);
            let last = self.last(lane).max(other.last(lane));
            both.firsts[lane] = first;
            both.widths[lane] = last - first;
        }
        both
    }

    fn last(&self, lane: usize) -> u16 {
        self.firsts[lane].saturating_add(self.widths[lane])
    }
}

impl Lanes {
    /// The six dimensions and the two busiest other axes, if a good part of the clauses limits
    /// them: what no clause asks for need not be found out.
    pub(super) fn of(clauses: &Clauses) -> Self {
        let mut busy = vec![0_usize; clauses.classes.len()];
        for clause in &clauses.all {
            for &(axis, _) in &clause.limits {
                busy[axis as usize] += 1;
            }
        }
        let mut others: Vec<usize> = (DIMENSIONS..busy.len())
            .filter(|&axis| busy[axis] * 4 > clauses.all.len())
            .collect();
        others.sort_by_key(|&axis| std::cmp::Reverse(busy[axis]));
        others.truncate(LANES - DIMENSIONS);
        let dimensions = (0..DIMENSIONS).filter(|&axis| busy.get(axis).is_some_and(|&it| it > 0));
        let lanes = dimensions.chain(others).map(|axis| {
            let bits = u32::BITS - clauses.classes[axis].leading_zeros();
            Lane {
                axis: u32::try_from(axis).unwrap_or(u32::MAX),
                shift: bits.saturating_sub(u16::BITS),
            }
        });
        Self(lanes.collect())
    }

    /// Where the lead stands.
    #[inline]
    pub(super) fn point(&self, class: &impl Fn(usize) -> u32) -> Point {
        let mut point = Point::default();
        for (own, lane) in point.iter_mut().zip(&self.0) {
            *own = lane.group(class(lane.axis as usize));
        }
        point
    }

    /// The box of a clause's limits.
    pub(super) fn bounds(&self, clauses: &Clauses, limits: &[(u32, u32)]) -> Bounds {
        let mut bounds = Bounds::OPEN;
        for (position, lane) in self.0.iter().enumerate() {
            if let Some((first, last)) = hull(clauses, limits, lane.axis) {
                let (first, last) = (lane.group(first), lane.group(last));
                bounds.firsts[position] = first;
                bounds.widths[position] = last.saturating_sub(first);
            }
        }
        bounds
    }

    /// Whether a box tells exactly if the limit is met.
    pub(super) fn tells(&self, clauses: &Clauses, (axis, set): (u32, u32)) -> bool {
        let lane = self.0.iter().find(|lane| lane.axis == axis);
        lane.is_some_and(|lane| lane.shift == 0) && clauses.set(set).excess() == 0
    }
}

impl Lane {
    #[inline]
    fn group(self, class: u32) -> u16 {
        u16::try_from(class >> self.shift).unwrap_or(u16::MAX)
    }
}

/// The first and last class that the limits allow on an axis; `None` if they leave it free.
fn hull(clauses: &Clauses, limits: &[(u32, u32)], axis: u32) -> Option<(u32, u32)> {
    let position = limits.binary_search_by_key(&axis, |&(axis, _)| axis).ok()?;
    let ranges = clauses.set(limits.get(position)?.1).ranges();
    Some((ranges.first()?.0, ranges.last()?.1))
}
