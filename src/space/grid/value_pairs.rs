//! The values of a dimension as two policies see them.

use std::ops::RangeInclusive;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use crate::dimension::{Dimension, Dimensions, Listed};
use crate::lead::Facts;
use crate::space::axes::{Span, narrow, spans_of_ranges};

/// The values to which two policies resolve one text. At least one of them lists it.
pub(crate) type Pair = [Listed<u32>; 2];

/// The values of a dimension that two policies list differently: one value for each pair of values to which
/// the policies resolve some text. Two texts have the same pair if and only if no test of either policy tells
/// them apart, so comparisons are exact even if nodes were moved, renamed or given other aliases.
///
/// Both policies see head counts alike. For customer sizes there are only pairs for names of bands that the
/// policies resolve differently.
#[derive(Debug)]
pub(crate) struct ValuePairs {
    /// The code of the first pair.
    base: u64,
    pairs: Vec<Pair>,
    /// For each pair a text that resolves to it.
    texts: Vec<Box<str>>,
    /// For each policy its codes, in order, with the positions of their pairs.
    by_code: [Vec<(u32, u32)>; 2],
}

/// The first code beyond head counts.
pub(crate) const HEAD_COUNTS: u64 = 1 << 32;

impl ValuePairs {
    /// The pairs of a dimension; `None` if the policies agree on all values.
    pub(crate) fn of(dimension: Dimension, both: [&Dimensions; 2]) -> Option<Self> {
        let [one, other] = both;
        if one.is_alike(other, dimension) {
            return None;
        }
        let mut found: IndexMap<Pair, Box<str>, FixedState> = IndexMap::default();
        let names = both.into_iter().flat_map(|it| it.spellings(dimension));
        for text in names {
            let pair = both.map(|it| Facts::code_of_text(text, it, dimension));
            let is_head_count = dimension == Dimension::CustomerSize;
            if !(is_head_count && pair[0] == pair[1]) {
                found.entry(pair).or_insert_with(|| text.into());
            }
        }
        let base = match dimension {
            Dimension::CustomerSize => HEAD_COUNTS,
            _ => 0,
        };
        found.sort_by(|one, _, other, _| one.map(Listed::known).cmp(&other.map(Listed::known)));
        let (pairs, texts): (Vec<Pair>, Vec<Box<str>>) = found.into_iter().unzip();
        let by_code = [0, 1].map(|side: usize| {
            let codes = pairs.iter().enumerate();
            let mut codes: Vec<(u32, u32)> = codes
                .filter_map(|(place, pair)| Some((pair.get(side)?.known()?, narrow(place))))
                .collect();
            codes.sort_unstable();
            codes
        });
        (base == 0 || !pairs.is_empty()).then_some(Self {
            base,
            pairs,
            texts,
            by_code,
        })
    }

    /// The number of pairs.
    pub(crate) fn len(&self) -> usize {
        self.pairs.len()
    }

    /// All pairs with their codes.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (u64, &Pair)> {
        (self.base..).zip(&self.pairs)
    }

    /// The code of a pair; `None` if it is not one of these.
    pub(crate) fn code(&self, pair: Pair) -> Option<u64> {
        let place = self
            .pairs
            .binary_search_by_key(&pair.map(Listed::known), |known| known.map(Listed::known));
        Some(self.base + place.ok()? as u64)
    }

    /// A text that resolves to the pair with that code.
    pub(crate) fn text(&self, code: u64) -> Option<&str> {
        let place = usize::try_from(code.checked_sub(self.base)?).ok()?;
        self.texts.get(place).map(|text| &**text)
    }

    /// The codes of the values that have a code in `ranges` in the policy at position `side`.
    pub(crate) fn spans(&self, side: usize, ranges: &[RangeInclusive<u32>]) -> Vec<Span<u128>> {
        let of_side = self.by_code.get(side).map_or(&[][..], Vec::as_slice);
        let pairs = ranges.iter().flat_map(|range| {
            let begin = of_side.partition_point(|(code, _)| code < range.start());
            let end = of_side.partition_point(|(code, _)| code <= range.end());
            let within = of_side.get(begin..end).unwrap_or_default();
            within.iter().map(|&(_, place)| place)
        });
        let mut spans = self.spans_of(pairs.collect());
        if self.base == HEAD_COUNTS {
            spans.extend(spans_of_ranges(ranges));
        }
        spans
    }

    /// The codes of the values that the policy at position `side` does not list, but the other does.
    pub(crate) fn unlisted(&self, side: usize) -> Vec<Span<u128>> {
        let pairs = self.pairs.iter().enumerate();
        let unlisted = pairs.filter(|(_, pair)| pair.get(side) == Some(&Listed::Unlisted));
        self.spans_of(unlisted.map(|(place, _)| narrow(place)).collect())
    }

    /// Spans of the pairs at these positions; consecutive pairs form one span.
    fn spans_of(&self, mut places: Vec<u32>) -> Vec<Span<u128>> {
        places.sort_unstable();
        let runs = places.chunk_by(|one, next| one + 1 == *next);
        let code = |place: u32| u128::from(self.base) + u128::from(place);
        let spans = runs.filter_map(|run| {
            let (first, last) = (run.first()?, run.last()?);
            let from = Some(code(*first)).filter(|&from| from > 0);
            Some((from, Some(code(*last) + 1)))
        });
        spans.collect()
    }
}
