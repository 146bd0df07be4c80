//! Which axis is cut where.

use std::collections::BinaryHeap;

use super::table::BLOCK;
use crate::space::{Clauses, narrow, ranges_within};
use crate::tree::lookup::sample::Weights;

/// Axes that are cut, at the most.
const MOST_CUTS: usize = 3;

/// When cutting pays.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Thresholds {
    /// A cut must spare a lead this many comparisons on average.
    pub(crate) gain: f64,
    /// Cells of more clauses are split.
    pub(crate) cell: usize,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            gain: 256.0,
            cell: BLOCK,
        }
    }
}
/// Maximum number of entries per clause, over all cells.
const MOST_COPIES: usize = 4;
/// A cell is split if at most this share of the comparisons remains.
const MOST_LEFT: f64 = 0.95;

/// About how many nanoseconds it takes to find a cell, and to look at a block of it.
const TABLE_TIME: f64 = 12.0;
const BLOCK_TIME: f64 = 5.0;

/// An axis in cells of classes, and the clauses of each.
pub(super) struct Cut {
    /// Nothing is cut if there is none: one cell.
    pub(super) axis: Option<u32>,
    pub(super) cells: Vec<CellRange>,
}

/// A range of classes, and the clauses that allow one of them, in order.
pub(super) struct CellRange {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) numbers: Vec<u32>,
}

impl Cut {
    /// One cell of these clauses.
    pub(super) fn none(numbers: Vec<u32>) -> Self {
        let (first, last) = (0, 0);
        let cells = vec![CellRange {
            first,
            last,
            numbers,
        }];
        Self { axis: None, cells }
    }

    /// All clauses, in order.
    pub(super) fn all(&self) -> Vec<u32> {
        let numbers = self.cells.iter().flat_map(|cell| &cell.numbers);
        let mut numbers: Vec<u32> = numbers.copied().collect();
        if self.cells.len() > 1 {
            numbers.sort_unstable();
            numbers.dedup();
        }
        numbers
    }

    /// About how many nanoseconds a lead takes.
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    pub(super) fn time(&self, weights: &Weights) -> f64 {
        let blocks = self.cells.iter().map(|cell| {
            let weight = self
                .axis
                .map_or(1.0, |axis| weights.between(axis, cell.first, cell.last));
            weight * cell.numbers.len().div_ceil(BLOCK) as f64
        });
        TABLE_TIME + BLOCK_TIME * blocks.sum::<f64>()
    }

    /// Splits the axis where that spares most comparisons.
    fn of(
        clauses: &Clauses,
        axis: u32,
        numbers: Vec<u32>,
        weights: &Weights,
        thresholds: Thresholds,
    ) -> Self {
        let last = clauses.classes[axis as usize].saturating_sub(1);
        let mut room = numbers.len() * (MOST_COPIES - 1);
        let everything: &[(u32, u32)] = &[(0, last)];
        let members = numbers.into_iter().map(|number| {
            let set = clauses.limit(number, axis);
            let ranges = set.map_or(everything, |set| clauses.set(set).ranges());
            CellClause { number, ranges }
        });
        let all = Splitting::of((0, last), members.collect(), axis, weights);
        let mut waiting = BinaryHeap::from([all]);
        let mut cells = Vec::new();
        let mut turns = Turns::default();
        while let Some(cell) = waiting.pop() {
            let split = (cell.members.len() > thresholds.cell)
                .then(|| turns.split(axis, &cell, weights))
                .flatten()
                .filter(|split| split.copies <= room);
            let (first, last) = cell.classes;
            let Some(split) = split else {
                let numbers = cell.members.iter().map(|member| member.number).collect();
                cells.push(CellRange {
                    first,
                    last,
                    numbers,
                });
                continue;
            };
            room -= split.copies;
            for classes in [(first, split.at - 1), (split.at, last)] {
                let members = cell.members.iter();
                let members = members
                    .filter_map(|member| member.within(classes))
                    .collect();
                waiting.push(Splitting::of(classes, members, axis, weights));
            }
        }
        cells.sort_unstable_by_key(|cell| cell.first);
        let axis = Some(axis);
        Self { axis, cells }
    }
}

/// The cuts of the clauses: each clause is in the one that narrows it most, or in one without an axis.
pub(super) fn cuts(
    clauses: &Clauses,
    numbers: &[u32],
    weights: &Weights,
    thresholds: Thresholds,
) -> Vec<Cut> {
    // By set: how many of all leads have a class of it.
    let mut shares: Vec<Option<f64>> = vec![None; clauses.sets.len()];
    for &number in numbers {
        for &(axis, set) in &clauses.all[number as usize].limits {
            let share = &mut shares[set as usize];
            share.get_or_insert_with(|| weights.share(axis, clauses.set(set)));
        }
    }
    let share = |number: u32, axis: u32| shares[clauses.limit(number, axis)? as usize];
    // What each clause costs a lead so far: how likely it is that it is compared with the clause.
    let mut costs = vec![1.0; numbers.len()];
    let mut homes: Vec<Option<u32>> = vec![None; numbers.len()];
    for _ in 0..MOST_CUTS {
        let mut gains = vec![0.0; clauses.classes.len()];
        for (&number, cost) in numbers.iter().zip(&costs) {
            for &(axis, set) in &clauses.all[number as usize].limits {
                let share = shares[set as usize].unwrap_or(1.0);
                gains[axis as usize] += f64::max(0.0, cost - share);
            }
        }
        let best = (0..)
            .zip(&gains)
            .max_by(|(_, left), (_, right)| left.total_cmp(right));
        let Some((axis, _)) = best.filter(|(_, gain)| **gain >= thresholds.gain) else {
            break;
        };
        for ((&number, cost), home) in numbers.iter().zip(&mut costs).zip(&mut homes) {
            if let Some(share) = share(number, axis).filter(|share| share < cost) {
                (*cost, *home) = (share, Some(axis));
            }
        }
    }
    let mut found: Vec<(Option<u32>, Vec<u32>)> = Vec::new();
    for (&number, &home) in numbers.iter().zip(&homes) {
        match found.iter_mut().find(|(known, _)| *known == home) {
            Some((_, numbers)) => numbers.push(number),
            None => found.push((home, vec![number])),
        }
    }
    let cut = |(home, numbers)| match home {
        Some(axis) => Cut::of(clauses, axis, numbers, weights, thresholds),
        None => Cut::none(numbers),
    };
    found.into_iter().map(cut).collect()
}

/// A clause in a cell, with its ranges on the axis that have classes of the cell.
#[derive(Clone, Copy)]
struct CellClause<'a> {
    number: u32,
    ranges: &'a [(u32, u32)],
}

impl<'a> CellClause<'a> {
    /// The clause in a part of the cell, if it allows a class of it.
    fn within(&self, (first, last): (u32, u32)) -> Option<CellClause<'a>> {
        let ranges = ranges_within(self.ranges, first, last);
        let number = self.number;
        (!ranges.is_empty()).then_some(CellClause { number, ranges })
    }
}

/// A cell that may be split; the costliest comes first.
struct Splitting<'a> {
    cost: f64,
    /// The first and the last.
    classes: (u32, u32),
    members: Vec<CellClause<'a>>,
}

impl<'a> Splitting<'a> {
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    fn of(classes: (u32, u32), members: Vec<CellClause<'a>>, axis: u32, weights: &Weights) -> Self {
        let weight = weights.between(axis, classes.0, classes.1);
        Self {
            cost: weight * members.len() as f64,
            classes,
            members,
        }
    }

    fn order(&self) -> (f64, u32) {
        (self.cost, self.classes.0)
    }
}

impl Ord for Splitting<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let (left, right) = (self.order(), other.order());
        left.0.total_cmp(&right.0).then(right.1.cmp(&left.1))
    }
}

impl PartialOrd for Splitting<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Splitting<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Splitting<'_> {}

struct Split {
    /// The first class of the second cell.
    at: u32,
    /// How many clauses are in both.
    copies: usize,
}

/// Where the clauses of a cell begin and end; keeps its memory from one cell to the next.
#[derive(Default)]
struct Turns {
    begins: Vec<u32>,
    ends: Vec<u32>,
}

impl Turns {
    /// The split that leaves fewest clauses to compare; nothing if that is hardly fewer than now.
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    fn split(&mut self, axis: u32, cell: &Splitting<'_>, weights: &Weights) -> Option<Split> {
        let (first_class, last_class) = cell.classes;
        let classes = (last_class - first_class) as usize + 1;
        for turns in [&mut self.begins, &mut self.ends] {
            turns.clear();
            turns.resize(classes, 0);
        }
        for member in &cell.members {
            let (begin, end) = match member.ranges {
                [first, .., last] => (first.0, last.1),
                [only] => *only,
                [] => continue,
            };
            self.begins[(begin.max(first_class) - first_class) as usize] += 1;
            self.ends[(end.min(last_class) - first_class) as usize] += 1;
        }
        let all = cell.members.len();
        let weight = |first, last| weights.between(axis, first, last);
        let mut best = weight(first_class, last_class) * all as f64 * MOST_LEFT;
        let mut split = None;
        // Clauses that begin before the class, and those that end before it.
        let (mut begun, mut ended) = (0_usize, 0_usize);
        for offset in 1..classes {
            begun += self.begins[offset - 1] as usize;
            ended += self.ends[offset - 1] as usize;
            if self.begins[offset] == 0 && self.ends[offset - 1] == 0 {
                continue;
            }
            let at = first_class + narrow(offset);
            let behind = all - ended;
            let left =
                weight(first_class, at - 1) * begun as f64 + weight(at, last_class) * behind as f64;
            if left < best {
                best = left;
                let copies = begun + behind - all;
                split = Some(Split { at, copies });
            }
        }
        split
    }
}
