//! Bitmaps as written by hand: for each dimension and value the set of rules that allow it. A lead's six sets
//! are intersected word by word, and the first bit in all of them is the rule.

use super::rule_tests::CodeRanges;

/// A dimension with at most this many codes has a table of all of them.
const TABLE: u32 = 1 << 16;

/// At most this many segment starts are compared one by one; more are searched.
const COUNTED: usize = 64;

/// The sets of rules by dimension and value.
pub struct Bitmaps {
    dimensions: Vec<Rows>,
    /// Words of 64 rules in a set.
    words: usize,
}

/// The sets of one dimension: one for each segment of codes that no rule tells apart.
struct Rows {
    segments: Segments,
    bits: Vec<u64>,
}

/// Finds the segment of a code.
enum Segments {
    /// The segment of each code.
    Table(Vec<u32>),
    /// The first code of each segment but the first, in order.
    Starts(Vec<u32>),
}

impl Bitmaps {
    /// Builds the sets of the rules, which are in order. `code_counts` is the number of codes by dimension.
    pub fn new(rules: &[CodeRanges], code_counts: [u32; 6]) -> Self {
        let words = rules.len().div_ceil(64);
        let dimensions = code_counts.into_iter().enumerate();
        let dimensions =
            dimensions.map(|(dimension, codes)| Rows::new(rules, dimension, codes, words));
        Self {
            dimensions: dimensions.collect(),
            words,
        }
    }

    /// The position of the first rule that allows all codes.
    pub fn first(&self, codes: &[u32; 6]) -> Option<usize> {
        let row = |dimension: usize| {
            let rows = &self.dimensions[dimension];
            let start = rows.segments.of(codes[dimension]) * self.words;
            &rows.bits[start..start + self.words]
        };
        let [region, industry, size, product, lifecycle, funnel] = [0, 1, 2, 3, 4, 5].map(row);
        for word in 0..self.words {
            let left = region[word]
                & industry[word]
                & size[word]
                & product[word]
                & lifecycle[word]
                & funnel[word];
            if left != 0 {
                return Some(word * 64 + left.trailing_zeros() as usize);
            }
        }
        None
    }

    /// The memory of the sets in bytes.
    pub fn bytes(&self) -> usize {
        self.dimensions.iter().map(|rows| rows.bits.len() * 8).sum()
    }
}

impl Rows {
    fn new(rules: &[CodeRanges], dimension: usize, codes: u32, words: usize) -> Self {
        let asked = rules.iter().filter_map(|rule| rule[dimension].as_ref());
        let mut starts: Vec<u32> = asked
            .flatten()
            .flat_map(|&(from, to)| [from, to + 1])
            .filter(|&start| 0 < start && start < codes)
            .collect();
        starts.sort_unstable();
        starts.dedup();
        let segments = Segments::Starts(starts.clone());

        // Rules that allow any value are in every set.
        let mut any = vec![0; words];
        for (rule, ranges) in rules.iter().enumerate() {
            if ranges[dimension].is_none() {
                any[rule / 64] |= 1 << (rule % 64);
            }
        }
        let mut bits = any.repeat(starts.len() + 1);
        for (rule, ranges) in rules.iter().enumerate() {
            for &(from, to) in ranges[dimension].iter().flatten() {
                for segment in segments.of(from)..=segments.of(to) {
                    bits[segment * words + rule / 64] |= 1 << (rule % 64);
                }
            }
        }
        let segments = if codes <= TABLE {
            Segments::Table((0..codes).map(|code| segments.of(code) as u32).collect())
        } else {
            segments
        };
        Self { segments, bits }
    }
}

impl Segments {
    fn of(&self, code: u32) -> usize {
        match self {
            Self::Table(segments) => segments[code as usize] as usize,
            // Counting a few starts has no branch to mispredict and is faster than a binary search.
            Self::Starts(starts) if starts.len() <= COUNTED => {
                starts.iter().filter(|&&start| start <= code).count()
            }
            Self::Starts(starts) => starts.partition_point(|&start| start <= code),
        }
    }
}
