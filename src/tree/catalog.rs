//! Rules that share too little for a graph: the first ones side by side, the others filed under the
//! most telling of their limits.
//!
//! Every clause beyond the front is filed in the drawer of its narrowest limit. A lead opens the
//! drawers of its own classes, one axis after the other, and looks for the first clause it meets;
//! drawers whose first clause comes after the best so far stay shut. Memory is linear in the
//! clauses: a drawer whose bitmaps would grow too large is split.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::alternatives::narrow;
use super::bitmaps::{Bitmaps, Entry, MOST_AXES, busiest_axes};
use super::clause::Clauses;
use super::graph::DIMENSIONS;

/// About the most bytes that a catalog takes: so many, and so many a clause.
const BYTES: (usize, usize) = (1 << 21, 1_500);
/// Up to so many clauses, all are in front.
const PLAIN: usize = 16_384;
/// Of more clauses, so many are in front: leads often meet one of the first.
const FRONT: usize = 1_024;
/// About the most bytes that bitmaps may take: so many, and so many a clause in front, or in a
/// drawer.
const FRONT_BYTES: (usize, usize) = (1 << 20, 1_200);
const DRAWER_BYTES: (usize, usize) = (4_096, 192);
/// The drawers of a class are listed; all lists have at most so many entries, and so many a clause.
const LISTED: (usize, usize) = (1 << 16, 8);

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Catalog {
    front: Bitmaps,
    /// The front asks for dimensions alone.
    is_front_plain: bool,
    drawers: Vec<Bitmaps>,
    files: Vec<File>,
    /// Drawers that every lead opens.
    always: Vec<u32>,
}

/// The drawers of an axis.
#[derive(Debug, Clone, PartialEq)]
struct File {
    axis: usize,
    /// By class: where its drawers begin in the list; one more at the end.
    begins: Vec<u32>,
    /// Drawers, those with earlier clauses first.
    drawers: Vec<u32>,
}

/// Where the six dimensions' rows in front begin; part of a profile.
pub(super) type FrontRows = [u32; DIMENSIONS];

impl Catalog {
    /// The catalog of all clauses. Where the bytes do not suffice, clauses are asked one by one.
    pub(super) fn of(clauses: &Clauses, bytes: usize) -> Self {
        let numbers: Vec<u32> = (0..narrow(clauses.all.len())).collect();
        if bytes < BYTES.0 + BYTES.1 * numbers.len() {
            return Self {
                front: Bitmaps::one_by_one(clauses, &numbers),
                is_front_plain: false,
                drawers: Vec::new(),
                files: Vec::new(),
                always: Vec::new(),
            };
        }
        let is_plain = numbers.len() <= PLAIN && fits(clauses, &numbers, None, FRONT_BYTES);
        let in_front = if is_plain {
            numbers.len()
        } else {
            longest_front(clauses, &numbers)
        };
        let (first, others) = numbers.split_at(in_front);
        let front = Bitmaps::of(clauses, first, None);
        let is_front_plain = front.maps().iter().all(|map| map.axis < DIMENSIONS);
        let mut catalog = Self {
            front,
            is_front_plain,
            drawers: Vec::new(),
            files: Vec::new(),
            always: Vec::new(),
        };
        catalog.file(clauses, others);
        catalog
    }

    /// Files the clauses under the narrowest of their limits.
    fn file(&mut self, clauses: &Clauses, numbers: &[u32]) {
        let allowed = allowed_homes(clauses, numbers);
        let mut homes: IndexMap<Option<(u32, u32)>, Vec<u32>, FixedState> = IndexMap::default();
        for &number in numbers {
            let limits = clauses.all[number as usize].limits.iter();
            let limits = limits.filter(|limit| allowed.contains_key(limit));
            let narrowest = limits.min_by(|left, right| allowed[left].total_cmp(&allowed[right]));
            homes.entry(narrowest.copied()).or_default().push(number);
        }
        let mut files: IndexMap<u32, Vec<(u32, u32)>> = IndexMap::new();
        for (home, numbers) in homes {
            let begin = self.drawers.len();
            self.add_drawers(clauses, &numbers, home.map(|(axis, _)| axis));
            for drawer in begin..self.drawers.len() {
                match home {
                    None => self.always.push(narrow(drawer)),
                    Some((axis, set)) => {
                        files.entry(axis).or_default().push((set, narrow(drawer)));
                    }
                }
            }
        }
        files.sort_unstable_keys();
        for (axis, drawers) in files {
            self.files.push(self.list(clauses, axis, &drawers));
        }
    }

    fn add_drawers(&mut self, clauses: &Clauses, numbers: &[u32], axis: Option<u32>) {
        let mut rest = vec![numbers];
        while let Some(numbers) = rest.pop() {
            if numbers.len() <= 64 || fits(clauses, numbers, axis, DRAWER_BYTES) {
                self.drawers.push(Bitmaps::of(clauses, numbers, axis));
            } else {
                let (left, right) = numbers.split_at(numbers.len() / 2);
                rest.extend([right, left]);
            }
        }
    }

    /// The drawers of each class.
    fn list(&self, clauses: &Clauses, axis: u32, drawers: &[(u32, u32)]) -> File {
        let classes = clauses.classes[axis as usize] as usize;
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); classes];
        for &(set, drawer) in drawers {
            for &(first, last) in clauses.set(set).ranges() {
                for list in &mut lists[first as usize..=last as usize] {
                    list.push(drawer);
                }
            }
        }
        let mut file = File {
            axis: axis as usize,
            begins: Vec::with_capacity(classes + 1),
            drawers: Vec::new(),
        };
        for mut list in lists {
            list.sort_by_key(|&drawer| self.drawers[drawer as usize].first_clause());
            file.begins.push(narrow(file.drawers.len()));
            file.drawers.extend(list);
        }
        file.begins.push(narrow(file.drawers.len()));
        file
    }

    /// Where the rows in front begin for the classes.
    #[inline]
    pub(super) fn front_rows(&self, classes: &[u32]) -> FrontRows {
        let mut starts = FrontRows::default();
        for map in self.front.maps() {
            if let (Some(start), Some(&class)) = (starts.get_mut(map.axis), classes.get(map.axis)) {
                *start = map.start(class);
            }
        }
        starts
    }

    /// The grant of the first clause that the lead meets.
    #[inline]
    pub(super) fn first(&self, rows: &FrontRows, class: &impl Fn(usize) -> u32) -> Option<usize> {
        let in_front = if self.is_front_plain {
            self.front.search(rows, u32::MAX, class)
        } else {
            search(&self.front, u32::MAX, class)
        };
        match in_front {
            Some(entry) => Some(entry.grant as usize),
            None if self.drawers.is_empty() => None,
            None => self.first_in_drawers(class, &mut |_, _| {}),
        }
    }

    fn first_in_drawers(
        &self,
        class: &impl Fn(usize) -> u32,
        tell: &mut impl FnMut(usize, Option<&Entry>),
    ) -> Option<usize> {
        let mut best: Option<&Entry> = None;
        let mut look = |list: &[u32]| {
            for &drawer in list {
                let limit = best.map_or(u32::MAX, |best| best.clause);
                let Some(drawer) = self.drawers.get(drawer as usize) else {
                    continue;
                };
                if drawer.first_clause() >= limit {
                    break;
                }
                let found = search(drawer, limit, class);
                tell(drawer.len(), found);
                best = found.or(best);
            }
        };
        for file in &self.files {
            let class = class(file.axis) as usize;
            let begin = file.begins.get(class).copied().unwrap_or(0) as usize;
            let end = file.begins.get(class + 1).copied().unwrap_or(0) as usize;
            look(file.drawers.get(begin..end).unwrap_or_default());
        }
        look(&self.always);
        best.map(|best| best.grant as usize)
    }

    /// The same; tells of each look how many clauses were looked at, and the grant found.
    pub(super) fn trace(
        &self,
        class: &impl Fn(usize) -> u32,
        tell: &mut impl FnMut(usize, Option<usize>),
    ) -> Option<usize> {
        let found = search(&self.front, u32::MAX, class).map(|entry| entry.grant as usize);
        tell(self.front.len(), found);
        found.or_else(|| {
            self.first_in_drawers(class, &mut |clauses, found| {
                tell(clauses, found.map(|entry| entry.grant as usize));
            })
        })
    }

    /// How many drawers there are, the front included.
    pub(super) fn len(&self) -> usize {
        1 + self.drawers.len()
    }

    /// About how many bytes it takes, formulas aside.
    pub(super) fn bytes(&self) -> usize {
        let files = self.files.iter().map(|file| {
            size_of::<File>() + size_of_val(&*file.begins) + size_of_val(&*file.drawers)
        });
        self.front.bytes()
            + self.drawers.iter().map(Bitmaps::bytes).sum::<usize>()
            + files.sum::<usize>()
            + size_of_val(&*self.always)
    }
}

#[inline]
fn search<'b>(
    bitmaps: &'b Bitmaps,
    limit: u32,
    class: &impl Fn(usize) -> u32,
) -> Option<&'b Entry> {
    let mut starts = [0_u32; MOST_AXES];
    for (start, map) in starts.iter_mut().zip(bitmaps.maps()) {
        *start = map.start(class(map.axis));
    }
    bitmaps.first(&starts, limit, class)
}

/// As many of the first clauses as fit in front.
fn longest_front(clauses: &Clauses, numbers: &[u32]) -> usize {
    let mut length = FRONT.min(numbers.len());
    while length > 64 && !fits(clauses, &numbers[..length], None, FRONT_BYTES) {
        length /= 2;
    }
    length
}

/// Whether the bitmaps of the clauses would stay within so many bytes, and so many a clause.
fn fits(clauses: &Clauses, numbers: &[u32], axis: Option<u32>, bytes: (usize, usize)) -> bool {
    let axes = busiest_axes(clauses, numbers, axis);
    let mut turns: HashMap<u32, Vec<u32>, FixedState> = HashMap::default();
    let most = bytes.0 + bytes.1 * numbers.len();
    let row_bytes = numbers.len().div_ceil(64) * size_of::<u64>();
    for &number in numbers {
        for &(limit, set) in &clauses.all[number as usize].limits {
            if axes.binary_search(&limit).is_ok() {
                let ranges = clauses.set(set).ranges();
                let turns = turns.entry(limit).or_default();
                turns.extend(ranges.iter().flat_map(|&(first, last)| [first, last + 1]));
            }
        }
    }
    let rows = turns.values_mut().map(|turns| {
        turns.sort_unstable();
        turns.dedup();
        turns.len()
    });
    rows.sum::<usize>().saturating_mul(row_bytes) <= most
}

/// The limits that clauses may be filed under, and how much of its axis each leaves.
fn allowed_homes(clauses: &Clauses, numbers: &[u32]) -> HashMap<(u32, u32), f64, FixedState> {
    let limits = numbers.iter();
    let limits = limits.flat_map(|&number| &*clauses.all[number as usize].limits);
    let mut limits: Vec<(u32, u32)> = limits.copied().collect();
    limits.sort_unstable();
    limits.dedup();
    let mut widths: Vec<(usize, (u32, u32))> = limits
        .into_iter()
        .map(|(axis, set)| {
            let ranges = clauses.set(set).ranges().iter();
            let width = ranges.map(|&(first, last)| (last - first) as usize + 1);
            (width.sum(), (axis, set))
        })
        .collect();
    widths.sort_unstable();
    let mut listed_left = LISTED.0 + LISTED.1 * numbers.len();
    let mut allowed = HashMap::default();
    for (width, limit) in widths {
        match listed_left.checked_sub(width) {
            None => break,
            Some(left) => listed_left = left,
        }
        let classes = f64::from(clauses.classes[limit.0 as usize]);
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        allowed.insert(limit, width as f64 / classes);
    }
    allowed
}
