//! Which axis is asked next, and where its classes are cut.

use super::residue::Residues;
use crate::space::{Clauses, narrow};

/// An axis in ranges of classes that no clause of a list distinguishes.
#[derive(Debug, Default)]
pub(crate) struct AxisCut {
    pub(crate) axis: u32,
    /// The last class of each range.
    pub(crate) ends: Vec<u32>,
    /// How many clauses the ranges leave on average, about.
    pub(crate) left: f64,
}

impl AxisCut {
    /// The range that a class begins, or the number of ranges behind the last.
    pub(crate) fn range(&self, class: u32) -> usize {
        self.ends.partition_point(|&end| end < class)
    }
}

/// Finds cuts; keeps its memory from one to the next.
#[derive(Debug)]
pub(crate) struct Cutter {
    /// By set: where it stands among those found. A set is of one axis.
    places: Vec<u32>,
    found: Vec<FoundSet>,
    starts: Vec<u32>,
}

/// A set that clauses of a list are limited to.
#[derive(Debug, Clone, Copy)]
struct FoundSet {
    axis: u32,
    set: u32,
    /// By how many clauses.
    count: u32,
}

const NOT_FOUND: u32 = u32::MAX;

impl Cutter {
    pub(crate) fn new(clauses: &Clauses) -> Self {
        Self {
            places: vec![NOT_FOUND; clauses.sets.len()],
            found: Vec::new(),
            starts: Vec::new(),
        }
    }

    /// Finds the axis whose answers leave the fewest clauses, on average over its ranges; of equal
    /// ones the first. Some clause of the list must limit one.
    ///
    /// `spend` is called with the number of ranges examined beyond one per limit.
    pub(crate) fn find<E>(
        &mut self,
        clauses: &Clauses,
        residues: &Residues<'_>,
        list: &[u32],
        cut: &mut AxisCut,
        mut spend: impl FnMut(usize) -> Result<(), E>,
    ) -> Result<(), E> {
        self.find_sets(residues, list);
        cut.left = f64::INFINITY;
        for sets in self.found.chunk_by(|left, right| left.axis == right.axis) {
            let Some(&FoundSet { axis, .. }) = sets.first() else {
                continue;
            };
            let ranges = |found: &FoundSet| clauses.set(found.set).ranges();
            spend(sets.iter().map(|it| ranges(it).len() - 1).sum())?;
            self.starts.clear();
            for found in sets {
                let ends = ranges(found).iter();
                self.starts
                    .extend(ends.flat_map(|&(first, last)| [first, last + 1]));
            }
            self.starts.push(clauses.classes[axis as usize]);
            self.starts.sort_unstable();
            self.starts.dedup();
            let starts = &*self.starts;
            let at = |class: u32| starts.partition_point(|&start| start < class);
            let mut written = 0_usize;
            let mut limited = 0;
            for found in sets {
                limited += found.count as usize;
                for &(first, last) in ranges(found) {
                    written += found.count as usize * (at(last + 1) - at(first));
                }
            }
            let count = starts.len() - usize::from(starts.first() == Some(&0));
            let free = list.len() - limited;
            #[expect(clippy::cast_precision_loss, reason = "an estimate")]
            let left = free as f64 + written as f64 / count as f64;
            if left < cut.left {
                cut.axis = axis;
                cut.left = left;
                cut.ends.clear();
                let ends = starts.iter().filter(|&&start| start > 0);
                cut.ends.extend(ends.map(|start| start - 1));
            }
        }
        Ok(())
    }

    /// The sets that the list's clauses are limited to, by axis. Many clauses share a set.
    fn find_sets(&mut self, residues: &Residues<'_>, list: &[u32]) {
        self.found.clear();
        for &number in list {
            for (axis, set) in residues.limits(number) {
                let place = &mut self.places[set as usize];
                if let Some(found) = self.found.get_mut(*place as usize) {
                    found.count += 1;
                } else {
                    *place = narrow(self.found.len());
                    let count = 1;
                    self.found.push(FoundSet { axis, set, count });
                }
            }
        }
        for found in &self.found {
            self.places[found.set as usize] = NOT_FOUND;
        }
        self.found
            .sort_unstable_by_key(|found| (found.axis, found.set));
    }
}
