//! Clauses side by side: for each class on an axis, a bitmap of the clauses that allow it. The
//! clauses that a lead meets are the bitmaps of its classes and-ed, and the first of them is the
//! lowest bit. (Lakshman and Stiliadis 1998.)

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::alternatives::narrow;
use super::clause::Clauses;
use super::formula::Formula;

/// So many axes have bitmaps; limits on others are asked where all else holds.
pub(super) const MOST_AXES: usize = 12;

/// Rows of more than one word have a multiple of so many.
const BLOCK: usize = 4;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bitmaps {
    /// How many words a row has.
    words: usize,
    /// All rows, one after the other. The first has every bit.
    bits: Vec<u64>,
    maps: Vec<RowMap>,
    /// By bit.
    entries: Vec<Entry>,
}

/// A clause and what is left of it to ask.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// The clause's place in the order of all.
    pub(super) clause: u32,
    pub(super) grant: u32,
    check: Option<Arc<Formula>>,
}

/// Where on an axis a class finds its row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RowMap {
    pub(super) axis: usize,
    /// The first class of each interval but the first; none if each class has its own entry.
    bounds: Option<Vec<u32>>,
    /// Where the interval's or class's row begins.
    starts: Vec<u32>,
}

impl RowMap {
    #[inline]
    pub(super) fn start(&self, class: u32) -> u32 {
        let position = match &self.bounds {
            None => class as usize,
            Some(bounds) => bounds.partition_point(|&first| first <= class),
        };
        self.starts.get(position).copied().unwrap_or(0)
    }
}

impl Bitmaps {
    /// The clauses of those numbers, in order. Limits on `known_axis` are known to be met.
    pub(super) fn of(clauses: &Clauses, numbers: &[u32], known_axis: Option<u32>) -> Self {
        let axes = busiest_axes(clauses, numbers, known_axis);
        Self::with_axes(clauses, numbers, known_axis, &axes)
    }

    /// The same without bitmaps: every clause is asked as a whole.
    pub(super) fn one_by_one(clauses: &Clauses, numbers: &[u32]) -> Self {
        Self::with_axes(clauses, numbers, None, &[])
    }

    fn with_axes(
        clauses: &Clauses,
        numbers: &[u32],
        known_axis: Option<u32>,
        axes: &[u32],
    ) -> Self {
        let words = match numbers.len().div_ceil(64) {
            words @ (0 | 1) => words.max(1),
            words => words.next_multiple_of(BLOCK),
        };
        let mut rows = Rows {
            words,
            bits: Vec::new(),
            known: HashMap::default(),
        };
        rows.add(&vec![u64::MAX; words]);
        let maps = axes
            .iter()
            .map(|&axis| rows.map(clauses, numbers, axis))
            .collect();
        let is_asked = |axis: u32| Some(axis) == known_axis || axes.binary_search(&axis).is_ok();
        let entries = numbers.iter().map(|&number| {
            let clause = &clauses.all[number as usize];
            Entry {
                clause: number,
                grant: clause.grant,
                check: clauses.rest(clause, is_asked),
            }
        });
        Self {
            words,
            bits: rows.bits,
            maps,
            entries: entries.collect(),
        }
    }

    pub(super) fn maps(&self) -> &[RowMap] {
        &self.maps
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The first clause's place in the order of all.
    pub(super) fn first_clause(&self) -> u32 {
        self.entries.first().map_or(u32::MAX, |entry| entry.clause)
    }

    /// The first clause that the lead meets, if it comes before `limit`. `starts` are those of the
    /// maps, in order; the rest are 0, for the row that has every bit.
    #[inline]
    pub(super) fn first(
        &self,
        starts: &[u32; MOST_AXES],
        limit: u32,
        class: &impl Fn(usize) -> u32,
    ) -> Option<&Entry> {
        let [one, two, three, four, five, six, ..] = *starts;
        match self.maps.len() {
            0..=2 => self.search(&[one, two], limit, class),
            3 | 4 => self.search(&[one, two, three, four], limit, class),
            5 | 6 => self.search(&[one, two, three, four, five, six], limit, class),
            _ => self.search(starts, limit, class),
        }
    }

    /// The same for a fixed number of rows, so that the compiler makes vector instructions of it.
    #[inline]
    pub(super) fn search<const ROWS: usize>(
        &self,
        starts: &[u32; ROWS],
        limit: u32,
        class: &impl Fn(usize) -> u32,
    ) -> Option<&Entry> {
        // Leads often meet one of the very first clauses.
        let mut met = u64::MAX;
        for &start in starts {
            met &= self.bits.get(start as usize)?;
        }
        let mut found = self.lowest(0, met, limit, class);
        if found.is_none() && self.words > 1 {
            found = self.search_blocks(starts, limit, class);
        }
        found.filter(|entry| entry.clause < limit)
    }

    fn search_blocks<const ROWS: usize>(
        &self,
        starts: &[u32; ROWS],
        limit: u32,
        class: &impl Fn(usize) -> u32,
    ) -> Option<&Entry> {
        let mut rows: [&[[u64; BLOCK]]; ROWS] = [&[]; ROWS];
        for (row, &start) in rows.iter_mut().zip(starts) {
            let start = start as usize;
            (*row, _) = self.bits.get(start..start + self.words)?.as_chunks();
        }
        for block in 0..self.words / BLOCK {
            let mut met = [u64::MAX; BLOCK];
            for row in &rows {
                let row = row.get(block)?;
                for (met, word) in met.iter_mut().zip(row) {
                    *met &= word;
                }
            }
            if met != [0; BLOCK] {
                for (word, &met) in met.iter().enumerate() {
                    if let Some(entry) = self.lowest(block * BLOCK + word, met, limit, class) {
                        return Some(entry);
                    }
                }
            }
            if self.entries.get(block * BLOCK * 64)?.clause >= limit {
                return None;
            }
        }
        None
    }

    /// The first clause of a word of which all holds, or that comes too late.
    #[inline]
    fn lowest(
        &self,
        word: usize,
        mut met: u64,
        limit: u32,
        class: &impl Fn(usize) -> u32,
    ) -> Option<&Entry> {
        while met != 0 {
            // Bits beyond the last clause have no entry.
            let entry = self
                .entries
                .get(word * 64 + met.trailing_zeros() as usize)?;
            let holds = |check: &Arc<Formula>| check.holds(class);
            if entry.clause >= limit || entry.check.as_ref().is_none_or(holds) {
                return Some(entry);
            }
            met &= met - 1;
        }
        None
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
            + size_of_val(&*self.entries)
            + maps.sum::<usize>()
    }
}

/// Axes on which clauses name more ranges than this, and so many more each, have no bitmaps.
const RANGES: (usize, usize) = (1_024, 256);

/// The axes that most clauses limit, in order; those with very long lists of values aside.
pub(super) fn busiest_axes(
    clauses: &Clauses,
    numbers: &[u32],
    known_axis: Option<u32>,
) -> Vec<u32> {
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
        .filter(|&(axis, (count, ranges))| {
            Some(axis) != known_axis && ranges <= RANGES.0 + RANGES.1 * count
        })
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
