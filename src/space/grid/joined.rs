//! The values of a dimension as two policies see them.

use std::ops::RangeInclusive;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use crate::dimension::{Dimension, Dimensions, Listed};
use crate::lead::Facts;
use crate::space::axes::{Span, narrow, spans_of_ranges};

/// What each of two policies makes of a text; listed by one of them at least.
pub(crate) type Pair = [Listed<u32>; 2];

/// The values of a dimension that two policies list differently: one for each pair that some text
/// leads to. Texts are alike in pairs if and only if no test of either policy tells them apart, so
/// whatever is found of these values is exact, with nodes moved, renamed or given other aliases.
///
/// Of head counts, which both policies see alike, only those are here that a band's name leads to
/// differently.
#[derive(Debug)]
pub(crate) struct Joined {
    /// The code of the first pair.
    base: u64,
    pairs: Vec<Pair>,
    /// By pair: a text that leads to it.
    texts: Vec<Box<str>>,
    /// By policy: its codes, in order, with their pairs.
    by_code: [Vec<(u32, u32)>; 2],
}

/// Head counts lie below.
pub(crate) const HEAD_COUNTS: u64 = 1 << 32;

impl Joined {
    /// The values that the two see differently; none if there is no difference.
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

    /// How many codes there are, head counts aside.
    pub(crate) fn len(&self) -> usize {
        self.pairs.len()
    }

    /// All pairs with their codes.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (u64, &Pair)> {
        (self.base..).zip(&self.pairs)
    }

    /// The code of a pair, if it is one of these.
    pub(crate) fn code(&self, pair: Pair) -> Option<u64> {
        let place = self
            .pairs
            .binary_search_by_key(&pair.map(Listed::known), |known| known.map(Listed::known));
        Some(self.base + place.ok()? as u64)
    }

    /// A text that leads to the pair of that code.
    pub(crate) fn text(&self, code: u64) -> Option<&str> {
        let place = usize::try_from(code.checked_sub(self.base)?).ok()?;
        self.texts.get(place).map(|text| &**text)
    }

    /// The codes of what is one of a policy's codes there.
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

    /// The codes of what a policy does not list, but the other does.
    pub(crate) fn unlisted(&self, side: usize) -> Vec<Span<u128>> {
        let pairs = self.pairs.iter().enumerate();
        let unlisted = pairs.filter(|(_, pair)| pair.get(side) == Some(&Listed::Unlisted));
        self.spans_of(unlisted.map(|(place, _)| narrow(place)).collect())
    }

    /// Pairs that follow each other are one span.
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
