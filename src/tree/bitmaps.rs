//! Clauses side by side: for each class on an axis, a bitmap of the clauses that allow it. The
//! clauses that a lead meets are the bitmaps of its classes and-ed, and the first of them is the
//! lowest bit. (Lakshman and Stiliadis 1998.)

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::alternatives::narrow;
use super::clause::Clauses;
use super::formula::Formula;
use super::graph::DIMENSIONS;
use super::target::NO_GRANT;

/// So many axes have bitmaps; limits on others are asked where all else holds.
const MOST_AXES: usize = 12;

/// Rows have a multiple of so many words, which are and-ed together.
const BLOCK: usize = 4;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bitmaps {
    /// How many words a row has.
    words: u32,
    /// All rows, one after the other. The first has every bit.
    bits: Vec<u64>,
    maps: Vec<RowMap>,
    /// By bit: the clause's grant, if its bit tells all, or [`UNSURE`].
    certain: Vec<u32>,
    /// By bit.
    entries: Vec<Entry>,
    /// All maps are of dimensions.
    is_plain: bool,
}

/// A clause and what its bit leaves to ask.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    grant: u32,
    check: Option<Arc<Formula>>,
}

/// Stands for a grant that depends on more than bits.
const UNSURE: u32 = u32::MAX;

/// What a lead's dimensions alone tell.
#[derive(Debug, Clone, Copy)]
pub(super) enum Met {
    /// The first clause it meets has this grant.
    Grant(u32),
    /// It meets none.
    Nothing,
    /// There is more to ask.
    Unsure,
}

/// Where on an axis a class finds its row.
#[derive(Debug, Clone, PartialEq)]
struct RowMap {
    axis: usize,
    /// The first class of each interval but the first; none if each class has its own entry.
    bounds: Option<Vec<u32>>,
    /// Where the interval's or class's row begins.
    starts: Vec<u32>,
}

impl RowMap {
    #[inline]
    fn start(&self, class: u32) -> u32 {
        let position = match &self.bounds {
            None => class as usize,
            Some(bounds) => bounds.partition_point(|&first| first <= class),
        };
        self.starts.get(position).copied().unwrap_or(0)
    }
}

impl Bitmaps {
    /// The clauses of those numbers, in order.
    pub(super) fn of(clauses: &Clauses, numbers: &[u32]) -> Self {
        let axes = busiest_axes(clauses, numbers);
        let words = numbers.len().div_ceil(64).next_multiple_of(BLOCK);
        let mut rows = Rows {
            words,
            bits: Vec::new(),
            known: HashMap::default(),
        };
        rows.add(&vec![u64::MAX; words]);
        let maps = axes.iter();
        let maps = maps.map(|&axis| rows.map(clauses, numbers, axis)).collect();
        let is_asked = |(axis, _): (u32, u32)| axes.binary_search(&axis).is_ok();
        let entries = numbers.iter().map(|&number| {
            let clause = &clauses.all[number as usize];
            Entry {
                grant: clause.grant,
                check: clauses.rest(clause, is_asked),
            }
        });
        let entries: Vec<Entry> = entries.collect();
        let certain = entries.iter().map(|entry| match entry.check {
            None => entry.grant,
            Some(_) => UNSURE,
        });
        Self {
            words: narrow(words),
            bits: rows.bits,
            maps,
            certain: certain.collect(),
            entries,
            is_plain: axes.iter().all(|&axis| (axis as usize) < DIMENSIONS),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Where the dimensions' rows begin for the classes.
    #[inline]
    pub(super) fn rows(&self, classes: &[u32]) -> [u32; DIMENSIONS] {
        let mut rows = [0; DIMENSIONS];
        for map in &self.maps {
            if let (Some(row), Some(&class)) = (rows.get_mut(map.axis), classes.get(map.axis)) {
                *row = map.start(class);
            }
        }
        rows
    }

    /// What the rows of the dimensions tell.
    #[inline]
    pub(super) fn first_certain(&self, rows: &[u32; DIMENSIONS]) -> Met {
        if !self.is_plain {
            return Met::Unsure;
        }
        let row = |start| Some(self.row(start)?.as_chunks::<BLOCK>().0);
        let of_dimensions = rows.map(row);
        let [
            Some(region),
            Some(industry),
            Some(size),
            Some(product),
            Some(lifecycle),
            Some(funnel),
        ] = of_dimensions
        else {
            return Met::Unsure;
        };
        // Side by side, so that one bound is checked for all.
        let blocks = region.iter().zip(industry).zip(size);
        let blocks = blocks.zip(product).zip(lifecycle).zip(funnel);
        for (block, (((((region, industry), size), product), lifecycle), funnel)) in
            blocks.enumerate()
        {
            let mut met = *region;
            for row in [industry, size, product, lifecycle, funnel] {
                for (met, word) in met.iter_mut().zip(row) {
                    *met &= word;
                }
            }
            if met != [0; BLOCK] {
                for (word, met) in met.into_iter().enumerate() {
                    if met != 0 {
                        let word = block * BLOCK + word;
                        return self.at(word * 64 + met.trailing_zeros() as usize);
                    }
                }
            }
        }
        Met::Nothing
    }

    /// The row that begins there.
    #[inline]
    fn row(&self, start: u32) -> Option<&[u64]> {
        let start = start as usize;
        self.bits.get(start..start + self.words as usize)
    }

    /// What a bit tells.
    #[inline]
    fn at(&self, bit: usize) -> Met {
        // Bits beyond the last clause have none.
        match self.certain.get(bit) {
            None => Met::Nothing,
            Some(&UNSURE) => Met::Unsure,
            Some(&grant) => Met::Grant(grant),
        }
    }

    /// The grant of the first clause that the lead meets.
    pub(super) fn first(&self, class: &impl Fn(usize) -> u32) -> u32 {
        self.find(class).unwrap_or(NO_GRANT)
    }

    fn find(&self, class: &impl Fn(usize) -> u32) -> Option<u32> {
        let mut rows: [&[u64]; MOST_AXES] = [&[]; MOST_AXES];
        for (row, map) in rows.iter_mut().zip(&self.maps) {
            *row = self.row(map.start(class(map.axis)))?;
        }
        let rows = rows.get(..self.maps.len())?;
        for word in 0..self.words as usize {
            let met = rows.iter().filter_map(|row| row.get(word));
            let mut met = met.fold(u64::MAX, |all, word| all & word);
            while met != 0 {
                let entry = self
                    .entries
                    .get(word * 64 + met.trailing_zeros() as usize)?;
                let holds = |check: &Arc<Formula>| check.holds(class);
                if entry.check.as_ref().is_none_or(holds) {
                    return Some(entry.grant);
                }
                met &= met - 1;
            }
        }
        None
    }

    /// Whether the bitmaps of so many of the first clauses would stay within so many bytes.
    pub(super) fn fits(clauses: &Clauses, count: usize, bytes: usize) -> bool {
        let numbers: Vec<u32> = (0..narrow(count)).collect();
        let axes = busiest_axes(clauses, &numbers);
        let mut turns: HashMap<u32, Vec<u32>, FixedState> = HashMap::default();
        for clause in &clauses.all[..count] {
            for &(axis, set) in &clause.limits {
                if axes.binary_search(&axis).is_ok() {
                    let ranges = clauses.set(set).ranges();
                    let turns = turns.entry(axis).or_default();
                    turns.extend(ranges.iter().flat_map(|&(first, last)| [first, last + 1]));
                }
            }
        }
        let rows = turns.values_mut().map(|turns| {
            turns.sort_unstable();
            turns.dedup();
            turns.len()
        });
        let row_bytes = count.div_ceil(64) * size_of::<u64>();
        rows.sum::<usize>().saturating_mul(row_bytes) <= bytes
    }

    /// About how many bytes it takes, formulas aside.
    pub(super) fn bytes(&self) -> usize {
        let maps = self.maps.iter().map(|map| {
            size_of::<RowMap>()
                + size_of_val(&*map.starts)
                + map
                    .bounds
                    .as_ref()
                    .map_or(0, |bounds| size_of_val(&**bounds))
        });
        size_of::<Self>()
            + size_of_val(&*self.bits)
            + size_of_val(&*self.certain)
            + size_of_val(&*self.entries)
            + maps.sum::<usize>()
    }
}

/// Axes on which clauses name more ranges than this, and so many more each, have no bitmaps.
const RANGES: (usize, usize) = (1_024, 256);

/// The axes that most clauses limit, in order; those with very long lists of values aside.
fn busiest_axes(clauses: &Clauses, numbers: &[u32]) -> Vec<u32> {
    let mut found: HashMap<u32, (usize, usize), FixedState> = HashMap::default();
    for &number in numbers {
        for &(axis, set) in &clauses.all[number as usize].limits {
            let (count, ranges) = found.entry(axis).or_default();
            *count += 1;
            *ranges += clauses.set(set).ranges().len();
        }
    }
    let mut axes: Vec<(usize, u32)> = found
        .into_iter()
        .filter(|&(_, (count, ranges))| ranges <= RANGES.0 + RANGES.1 * count)
        .map(|(axis, (count, _))| (count, axis))
        .collect();
    axes.sort_unstable_by_key(|&(count, axis)| (std::cmp::Reverse(count), axis));
    axes.truncate(MOST_AXES);
    let mut axes: Vec<u32> = axes.into_iter().map(|(_, axis)| axis).collect();
    axes.sort_unstable();
    axes
}

/// Rows as they are made; equal ones are one.
struct Rows {
    words: usize,
    bits: Vec<u64>,
    known: HashMap<Box<[u64]>, u32, FixedState>,
}

impl Rows {
    fn add(&mut self, row: &[u64]) -> u32 {
        if let Some(&start) = self.known.get(row) {
            return start;
        }
        let start = narrow(self.bits.len());
        self.bits.extend_from_slice(row);
        self.known.insert(row.into(), start);
        start
    }

    fn map(&mut self, clauses: &Clauses, numbers: &[u32], axis: u32) -> RowMap {
        // Where a clause begins and ceases to allow the classes.
        let mut turns: Vec<(u32, u32)> = Vec::new();
        let mut row = vec![0_u64; self.words];
        for (bit, &number) in (0_u32..).zip(numbers) {
            let limits = &clauses.all[number as usize].limits;
            match limits.binary_search_by_key(&axis, |&(axis, _)| axis) {
                Err(_) => flip(&mut row, bit),
                Ok(position) => {
                    for &(first, last) in clauses.set(limits[position].1).ranges() {
                        turns.push((first, bit));
                        turns.push((last + 1, bit));
                    }
                }
            }
        }
        turns.sort_unstable();
        let classes = clauses.classes[axis as usize];
        let mut bounds: Vec<u32> = Vec::new();
        let mut starts = Vec::new();
        let mut turns = turns.into_iter().peekable();
        let mut at = 0;
        loop {
            while let Some((_, bit)) = turns.next_if(|&(class, _)| class == at) {
                flip(&mut row, bit);
            }
            let start = self.add(&row);
            if starts.last() != Some(&start) {
                bounds.push(at);
                starts.push(start);
            }
            match turns.peek() {
                Some(&(class, _)) if class < classes => at = class,
                _ => break,
            }
        }
        let axis = axis as usize;
        if classes as usize <= 4 * starts.len() + 64 {
            let mut dense = Vec::with_capacity(classes as usize);
            for (position, &start) in starts.iter().enumerate() {
                let end = bounds.get(position + 1).copied().unwrap_or(classes) as usize;
                dense.resize(end, start);
            }
            return RowMap {
                axis,
                bounds: None,
                starts: dense,
            };
        }
        bounds.remove(0);
        RowMap {
            axis,
            bounds: Some(bounds),
            starts,
        }
    }
}

fn flip(row: &mut [u64], bit: u32) {
    if let Some(word) = row.get_mut(bit as usize / 64) {
        *word ^= 1 << (bit % 64);
    }
}
