//! From clauses to a table.

use std::sync::Arc;

use super::cut::{CellRange, Cut};
use super::table::{AttributeAxis, BLOCK, BlockClause, Cell, Row, RowMap, Table, flip};
use crate::space::{ClassSet, Clauses, DIMENSIONS, Formula, narrow};

/// Axes beyond the dimensions that have rows, at the most, one that is cut aside: a bit each.
const MOST_ATTRIBUTES: usize = u64::BITS as usize - 1;
/// Of a table's budget for rows, so much is for those of the axis that is cut, of 1.
const CUT_SHARE: f64 = 0.5;

/// A clause's formula by its number: what the rows leave to ask.
pub(super) type Checks = Vec<(u32, Arc<Formula>)>;

/// Makes a table of clauses.
pub(super) struct TableBuilder<'a> {
    clauses: &'a Clauses,
    /// By axis: where its rows are; nothing for the axis that is cut, and where no clause limits it.
    axes: Vec<Option<AxisRows>>,
    cut: Option<u32>,
    /// By set: its rows, both ends included; nothing if it has not been asked for.
    spans: Vec<Option<SetRows>>,
    /// How many rows the axes take that are not cut, that of all clauses included.
    common: u32,
}

/// The rows of an axis within a block.
struct AxisRows {
    /// The first class of each row but the first.
    bounds: Vec<u32>,
    /// The first row.
    begin: u32,
    /// The row of the clauses that do not limit the axis, if it has one.
    free: Option<u32>,
}

#[derive(Clone)]
struct SetRows {
    rows: Box<[(u32, u32)]>,
    /// Whether the rows are of no other classes.
    is_exact: bool,
}

impl<'a> TableBuilder<'a> {
    /// A table of the cut's cells, whose rows take at most about `bytes`, and what they leave
    /// to ask.
    pub(super) fn build(clauses: &'a Clauses, cut: &Cut, bytes: usize) -> (Table, Checks) {
        let mut builder = Self {
            clauses,
            axes: Vec::new(),
            cut: cut.axis,
            spans: vec![None; clauses.sets.len()],
            common: 1,
        };
        let blocks: usize = cut
            .cells
            .iter()
            .map(|cell| cell.numbers.len().div_ceil(BLOCK))
            .sum();
        let rows = bytes / size_of::<Row>();
        let local = Locals::of(clauses, cut, rows);
        let most = rows.saturating_sub(local.rows) / blocks.max(1);
        builder.axes = builder.choose_rows(&cut.all(), most);
        builder.table(cut, &local)
    }

    /// Decides which classes have rows of their own: those where most clauses begin or end, at most
    /// `most` of them. A clause that begins or ends elsewhere is asked as a whole when its bit is met.
    fn choose_rows(&mut self, numbers: &[u32], most: usize) -> Vec<Option<AxisRows>> {
        let mut uses = vec![0_u32; self.clauses.sets.len()];
        let mut axis_of = vec![0_u32; self.clauses.sets.len()];
        for &number in numbers {
            for &(axis, set) in &self.clauses.all[number as usize].limits {
                if Some(axis) != self.cut {
                    uses[set as usize] += 1;
                    axis_of[set as usize] = axis;
                }
            }
        }
        let mut counts: Vec<Vec<u32>> = vec![Vec::new(); self.clauses.classes.len()];
        let used = uses.iter().enumerate().filter(|(_, count)| **count > 0);
        for (set, &count) in used {
            let axis = axis_of[set] as usize;
            let counts = &mut counts[axis];
            counts.resize(self.clauses.classes[axis] as usize + 1, 0);
            for &(first, last) in self.clauses.sets[set].ranges() {
                counts[first as usize] += count;
                counts[last as usize + 1] += count;
            }
        }
        let mut bounds: Vec<(u32, u32, u32)> = Vec::new();
        for (axis, counts) in (0..).zip(&counts) {
            let inner = counts.len().saturating_sub(1);
            let found = (0..).zip(counts).take(inner).skip(1);
            bounds.extend(
                found
                    .filter(|(_, count)| **count > 0)
                    .map(|(class, &count)| (count, axis, class)),
            );
        }
        bounds
            .sort_unstable_by_key(|&(count, axis, class)| (std::cmp::Reverse(count), axis, class));
        let mut rows: Vec<Option<AxisRows>> = counts.iter().map(|_| None).collect();
        let (mut left, mut attributes) = (most, 0);
        for (_, axis, class) in bounds {
            let is_attribute = axis as usize >= DIMENSIONS;
            let slot = &mut rows[axis as usize];
            let needed = match slot {
                Some(_) => 1,
                None if is_attribute => 3,
                None => 2,
            };
            if needed > left || (slot.is_none() && is_attribute && attributes == MOST_ATTRIBUTES) {
                continue;
            }
            left -= needed;
            attributes += usize::from(slot.is_none() && is_attribute);
            let new = || AxisRows {
                bounds: Vec::new(),
                begin: 0,
                free: None,
            };
            slot.get_or_insert_with(new).bounds.push(class);
        }
        for (axis, rows) in rows.iter_mut().enumerate() {
            let Some(rows) = rows else { continue };
            if axis >= DIMENSIONS {
                rows.free = Some(self.common);
                self.common += 1;
            }
            rows.bounds.sort_unstable();
            rows.begin = self.common;
            self.common += narrow(rows.bounds.len()) + 1;
        }
        rows
    }

    fn table(mut self, cut: &Cut, local: &Locals) -> (Table, Checks) {
        let mut table = Table::default();
        let mut checks = Checks::new();
        let mut checked = vec![Needs::Unknown; self.clauses.all.len()];
        let mut cut_rows = RowMap::default();
        if let Some(axis) = cut.axis {
            let classes = self.clauses.classes[axis as usize] as usize;
            cut_rows.0 = vec![0; classes];
            let mut cells = vec![0; classes];
            for (position, cell) in (0..).zip(&cut.cells) {
                cells[cell.first as usize..=cell.last as usize].fill(position);
            }
            table.cut = Some((axis, cells));
        }
        for (cell, bounds) in cut.cells.iter().zip(&local.bounds) {
            let count = self.common + bounds.as_ref().map_or(0, |bounds| narrow(bounds.len()) + 2);
            let blocks = cell.numbers.len().div_ceil(BLOCK);
            let begin = table.rows.len();
            table
                .rows
                .resize(begin + count as usize * blocks, Row::default());
            table.cells.push(Cell {
                rows: narrow(begin),
                count,
                entries: narrow(table.entries.len()),
                len: narrow(cell.numbers.len()),
            });
            let of_cut = bounds.as_ref().map(|bounds| {
                let begin = self.common + 1;
                for class in cell.first..=cell.last {
                    let row = begin + narrow(bounds.partition_point(|&bound| bound <= class));
                    cut_rows.0[class as usize] = row;
                }
                AxisRows {
                    bounds: bounds.clone(),
                    begin,
                    free: Some(self.common),
                }
            });
            let mut rows = vec![Row::default(); count as usize];
            for (block, numbers) in cell.numbers.chunks(BLOCK).enumerate() {
                rows.fill(Row::default());
                self.block(&mut rows, numbers, cell, of_cut.as_ref());
                for (place, row) in rows.iter().enumerate() {
                    table.rows[begin + place * blocks + block] = *row;
                }
                for &number in numbers {
                    let checked = &mut checked[number as usize];
                    if *checked == Needs::Unknown {
                        let check = self.check(number, cut.axis.filter(|_| !local.is_exact));
                        *checked = if check.is_some() {
                            Needs::Yes
                        } else {
                            Needs::No
                        };
                        checks.extend(check.map(|check| (number, check)));
                    }
                    let attributes = self.has_attribute_rows(number);
                    table.entries.push(BlockClause::new(
                        number,
                        attributes,
                        *checked == Needs::Yes,
                    ));
                }
            }
        }
        for (axis, rows) in (0..).zip(&self.axes) {
            let Some(rows) = rows else { continue };
            let map = rows.map(self.clauses.classes[axis as usize]);
            place(&mut table, axis, rows.free, map);
        }
        if let Some(axis) = cut.axis {
            place(&mut table, axis, Some(self.common), cut_rows);
        }
        (table, checks)
    }

    /// Fills in the rows of a block, which are empty.
    fn block(
        &mut self,
        rows: &mut [Row],
        numbers: &[u32],
        cell: &CellRange,
        of_cut: Option<&AxisRows>,
    ) {
        let clauses = self.clauses;
        let mut all = Row::default();
        (0..numbers.len()).for_each(|bit| flip(&mut all, bit));
        // By axis: the clauses that do not limit it.
        let mut free = vec![all; self.axes.len()];
        let mut turn = |(first, last): (u32, u32), end: u32, bit| {
            flip(&mut rows[first as usize], bit);
            if last + 1 < end {
                flip(&mut rows[last as usize + 1], bit);
            }
        };
        for (bit, &number) in numbers.iter().enumerate() {
            for &(axis, set) in &clauses.all[number as usize].limits {
                if Some(axis) == self.cut {
                    let Some(of_cut) = of_cut else { continue };
                    flip(&mut free[axis as usize], bit);
                    let set = clauses.set(set);
                    for span in of_cut.spans(set, cell.first, cell.last).rows {
                        turn(span, of_cut.end(), bit);
                    }
                } else if let Some(of_axis) = &self.axes[axis as usize] {
                    flip(&mut free[axis as usize], bit);
                    let spans = &mut self.spans[set as usize];
                    let spans = spans.get_or_insert_with(|| {
                        of_axis.spans(clauses.set(set), 0, clauses.classes[axis as usize] - 1)
                    });
                    for &span in &spans.rows {
                        turn(span, of_axis.end(), bit);
                    }
                }
            }
        }
        rows[0] = all;
        let axes = self.axes.iter().zip(&free);
        let axes = axes.filter_map(|(rows, free)| Some((rows.as_ref()?, free)));
        let cut = self
            .cut
            .and_then(|axis| Some((of_cut?, &free[axis as usize])));
        for (of_axis, free) in axes.chain(cut) {
            let mut now = *free;
            for row in &mut rows[of_axis.begin as usize..of_axis.end() as usize] {
                for (now, word) in now.iter_mut().zip(row) {
                    *now ^= *word;
                    *word = *now;
                }
            }
            if let Some(row) = of_axis.free {
                rows[row as usize] = *free;
            }
        }
    }

    /// What is left to ask of a clause whose bit is met.
    fn check(&mut self, number: u32, unmet: Option<u32>) -> Option<Arc<Formula>> {
        let clauses = self.clauses;
        let clause = &clauses.all[number as usize];
        clauses.rest(clause, |(axis, set)| {
            if Some(axis) == self.cut {
                return unmet.is_none();
            }
            self.axes[axis as usize].is_some()
                && self.spans[set as usize]
                    .as_ref()
                    .is_some_and(|spans| spans.is_exact)
        })
    }

    fn has_attribute_rows(&self, number: u32) -> bool {
        let limits = &self.clauses.all[number as usize].limits;
        let beyond = limits
            .iter()
            .filter(|(axis, _)| *axis as usize >= DIMENSIONS);
        beyond
            .into_iter()
            .any(|&(axis, _)| Some(axis) == self.cut || self.axes[axis as usize].is_some())
    }
}

/// Takes up the rows of an axis.
fn place(table: &mut Table, axis: u32, free: Option<u32>, rows: RowMap) {
    match table.maps.get_mut(axis as usize) {
        Some(map) => *map = rows,
        None => table.attributes.push(AttributeAxis {
            axis,
            free: free.unwrap_or(0),
            rows,
        }),
    }
}

/// Whether a clause leaves something to ask.
#[derive(Clone, Copy, PartialEq)]
enum Needs {
    Unknown,
    Yes,
    No,
}

impl AxisRows {
    /// The row behind the last.
    fn end(&self) -> u32 {
        self.begin + narrow(self.bounds.len()) + 1
    }

    fn row(&self, class: u32) -> u32 {
        self.begin + narrow(self.bounds.partition_point(|&bound| bound <= class))
    }

    fn map(&self, classes: u32) -> RowMap {
        let mut row = self.begin;
        let mut bounds = self.bounds.iter().peekable();
        let rows = (0..classes).map(|class| {
            row += u32::from(bounds.next_if(|&&bound| bound <= class).is_some());
            row
        });
        RowMap(rows.collect())
    }

    /// The rows of a set's classes from the first to the last.
    fn spans(&self, set: &ClassSet, from: u32, to: u32) -> SetRows {
        let mut is_exact = true;
        let mut spans: Vec<(u32, u32)> = Vec::new();
        for &(first, last) in set.ranges_within(from, to) {
            let (first, last) = (first.max(from), last.min(to));
            let begins = |class: u32| class == from || self.bounds.binary_search(&class).is_ok();
            is_exact &= begins(first) && (last == to || begins(last + 1));
            let (first, last) = (self.row(first), self.row(last));
            match spans.last_mut() {
                Some(before) if first <= before.1 + 1 => before.1 = last,
                _ => spans.push((first, last)),
            }
        }
        SetRows {
            rows: spans.into(),
            is_exact,
        }
    }
}

/// The rows of the axis that is cut, cell by cell.
struct Locals {
    /// By cell: the first class of each of its rows but the first; nothing where it has none.
    bounds: Vec<Option<Vec<u32>>>,
    /// How many rows that is over all blocks.
    rows: usize,
    /// Whether rows tell the classes of the axis apart in all cells.
    is_exact: bool,
}

impl Locals {
    fn of(clauses: &Clauses, cut: &Cut, rows: usize) -> Self {
        let mut local = Self {
            bounds: vec![None; cut.cells.len()],
            rows: 0,
            is_exact: true,
        };
        let Some(axis) = cut.axis else { return local };
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a budget"
        )]
        let most = (rows as f64 * CUT_SHARE) as usize;
        for (cell, bounds) in cut.cells.iter().zip(&mut local.bounds) {
            let mut found = Vec::new();
            for &number in &cell.numbers {
                let Some(set) = clauses.limit(number, axis) else {
                    continue;
                };
                for &(first, last) in clauses.set(set).ranges_within(cell.first, cell.last) {
                    let turns = [first, last + 1].into_iter();
                    found.extend(turns.filter(|&class| class > cell.first && class <= cell.last));
                }
            }
            if found.is_empty() {
                continue;
            }
            found.sort_unstable();
            found.dedup();
            local.rows += (found.len() + 2) * cell.numbers.len().div_ceil(BLOCK);
            if local.rows > most {
                return Self {
                    bounds: vec![None; cut.cells.len()],
                    rows: 0,
                    is_exact: false,
                };
            }
            *bounds = Some(found);
        }
        local
    }
}
