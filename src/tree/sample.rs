//! Leads as they may be expected, to choose by: rules name the values that leads have.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::space::{ClassSet, Clauses};

/// By axis, how frequent each class may be: half of all leads are spread evenly over the classes,
/// half over the sets that the clauses name.
pub(super) struct Weights {
    /// By axis: the weight of all classes before each, and of all; 1 at the end.
    before: Vec<Vec<f64>>,
}

impl Weights {
    /// Linear in the classes and the ranges of all sets.
    pub(super) fn of(clauses: &Clauses) -> Self {
        let mut uses = vec![(0, 0_u32); clauses.sets.len()];
        for &(axis, set) in clauses.all.iter().flat_map(|clause| &*clause.limits) {
            let (of_axis, count) = &mut uses[set as usize];
            *of_axis = axis;
            *count += 1;
        }
        // What changes from the class before.
        let counts = clauses.classes.iter();
        let mut before: Vec<Vec<f64>> =
            counts.map(|&count| vec![0.0; count as usize + 1]).collect();
        let mut named = vec![0.0; clauses.classes.len()];
        // Sets that only formulas name have no axis here.
        let used = clauses
            .sets
            .iter()
            .zip(&uses)
            .filter(|(_, (_, count))| *count > 0);
        for (set, &(axis, count)) in used {
            let count = f64::from(count);
            let each = count / f64::from(set.width().max(1));
            named[axis as usize] += count;
            for &(first, last) in set.ranges() {
                before[axis as usize][first as usize] += each;
                before[axis as usize][last as usize + 1] -= each;
            }
        }
        for ((before, &classes), &named) in before.iter_mut().zip(&clauses.classes).zip(&named) {
            let even = 1.0 / f64::from(classes.max(1));
            let (mut change, mut sum) = (0.0, 0.0);
            for weight in before {
                change += *weight;
                *weight = sum;
                let of_sets = if named > 0.0 { change / named } else { even };
                sum += f64::midpoint(even, of_sets);
            }
        }
        Self { before }
    }

    /// How many of all leads have one of the classes, both ends included.
    pub(super) fn between(&self, axis: u32, first: u32, last: u32) -> f64 {
        let before = self.before.get(axis as usize);
        let at = |class: u32| before.and_then(|before| before.get(class as usize));
        match (at(first), at(last + 1)) {
            (Some(first), Some(end)) => end - first,
            _ => 0.0,
        }
    }

    /// How many of all leads have a class of the set.
    pub(super) fn share(&self, axis: u32, set: &ClassSet) -> f64 {
        let ranges = set.ranges().iter();
        ranges
            .map(|&(first, last)| self.between(axis, first, last))
            .sum()
    }

    /// The class of a made-up lead; the same number always gives the same lead.
    pub(super) fn draw(&self, lead: u32, axis: u32) -> u32 {
        let Some(before) = self.before.get(axis as usize) else {
            return 0;
        };
        let random = xxh3_64_with_seed(&lead.to_le_bytes(), axis.into());
        #[expect(clippy::cast_precision_loss, reason = "a chance")]
        let chance = (random >> 11) as f64 / (1_u64 << 53) as f64;
        let passed = before.partition_point(|&weight| weight <= chance);
        let class = passed.clamp(1, before.len().max(2) - 1) - 1;
        u32::try_from(class).unwrap_or(0)
    }
}
