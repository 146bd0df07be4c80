//! Tests rule after rule over codes: the plain engine that the others are compared with.

use super::rule_tests::CodeRanges;

/// The ranges of codes that a rule allows in one dimension.
struct Part {
    dimension: usize,
    ranges: Vec<(u32, u32)>,
}

/// The rules as lists of ranges.
pub struct LinearScan {
    rules: Vec<Vec<Part>>,
}

impl LinearScan {
    /// The rules in order.
    pub fn new(rules: &[CodeRanges]) -> Self {
        let parts = |rule: &CodeRanges| {
            let asked = rule.iter().enumerate().filter_map(|(dimension, ranges)| {
                Some(Part {
                    dimension,
                    ranges: ranges.clone()?,
                })
            });
            asked.collect()
        };
        Self {
            rules: rules.iter().map(parts).collect(),
        }
    }

    /// The position of the first rule that allows all codes.
    pub fn first(&self, codes: &[u32; 6]) -> Option<usize> {
        let holds = |part: &Part| {
            let code = codes[part.dimension];
            part.ranges
                .iter()
                .any(|&(from, to)| from <= code && code <= to)
        };
        self.rules.iter().position(|parts| parts.iter().all(holds))
    }
}
