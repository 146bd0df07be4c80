//! Weights side by side on a line, and whose stretch a point is in.

/// Weights by position, laid on a line from 0 on. To change one, and to find whose stretch of the
/// line a point lies in, costs one step for each doubling of the positions (P. Fenwick, "A new data
/// structure for cumulative frequency tables", 1994).
#[derive(Debug, Clone, Default)]
pub(in crate::strategy) struct WeightLine {
    weights: Vec<u32>,
    /// At `number - 1`: the sum of the last `number & -number` weights of the first `number`.
    sums: Vec<u64>,
    total: u64,
}

impl WeightLine {
    /// That many positions of weight 0.
    pub(in crate::strategy) fn new(positions: usize) -> Self {
        Self {
            weights: vec![0; positions],
            sums: vec![0; positions],
            total: 0,
        }
    }

    /// How many positions there are.
    pub(in crate::strategy) fn len(&self) -> usize {
        self.weights.len()
    }

    /// How long the line is.
    pub(in crate::strategy) fn total(&self) -> u64 {
        self.total
    }

    /// Sets the weight of a position; none beyond the end.
    pub(in crate::strategy) fn set(&mut self, position: usize, weight: u32) {
        let Some(present) = self.weights.get_mut(position) else {
            return;
        };
        if *present == weight {
            return;
        }
        let before = std::mem::replace(present, weight);
        let changed = |sum: u64| sum - u64::from(before) + u64::from(weight);
        self.total = changed(self.total);
        let mut number = position + 1;
        while let Some(sum) = self.sums.get_mut(number - 1) {
            *sum = changed(*sum);
            number += number & number.wrapping_neg();
        }
    }

    /// The position whose stretch the point lies in; none beyond the end of the line.
    pub(in crate::strategy) fn find(&self, point: u64) -> Option<usize> {
        if point >= self.total {
            return None;
        }
        // How many positions are known to end before the point.
        let (mut passed, mut left) = (0, point);
        let mut stride = self.sums.len().checked_ilog2().map_or(0, |log| 1 << log);
        while stride > 0 {
            if let Some(&sum) = self.sums.get(passed + stride - 1)
                && sum <= left
            {
                left -= sum;
                passed += stride;
            }
            stride /= 2;
        }
        Some(passed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_what_a_walk_along_the_line_finds(
            positions in 1_usize..40,
            changes in prop::collection::vec((0_usize..40, 0_u32..5), 0..60),
        ) {
            let (mut line, mut model) = (WeightLine::new(positions), vec![0; positions]);
            for (position, weight) in changes {
                line.set(position, weight);
                if let Some(present) = model.get_mut(position) {
                    *present = weight;
                }
                let walk = model.iter().enumerate();
                let walk = walk.flat_map(|(it, &weight)| std::iter::repeat_n(it, weight as usize));
                let walk: Vec<usize> = walk.collect();
                prop_assert_eq!(line.total(), walk.len() as u64);
                for point in 0..=walk.len() {
                    prop_assert_eq!(line.find(point as u64), walk.get(point).copied());
                }
            }
        }
    }
}
