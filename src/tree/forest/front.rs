//! How many rules stand in front.

use super::cut::Cut;
use super::sample_lead::SampleLead;
use super::table::{BLOCK, BlockClause, Cell, Table};
use super::table_builder::{Checks, TableBuilder};
use crate::space::{Classes, Clauses, DIMENSIONS, HeldFormulas};
use crate::tree::lookup::sample::Weights;

/// Made-up leads to choose by.
const SAMPLE: u32 = 512;
/// About how many nanoseconds it takes to begin with the front.
const LOOK_TIME: f64 = 12.0;
/// About how long it takes to compare a lead with a block in front, and with all that is behind.
const BLOCK_TIME: f64 = 4.0;
const BEHIND_TIME: f64 = 30.0;

/// A piece of a row, without a look at where it ends. Two words at a time are and-ed as one: which of them
/// has the lowest bit cannot be foreseen, so it is not asked by a branch.
type Chunk = [u128; 4];
/// Clauses of a chunk.
const CHUNK: usize = 512;

/// The first clauses side by side. A key holds the numbers of the lead's rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Front {
    /// All clauses are in one cell.
    table: Table,
    /// Every row, in chunks.
    chunks: Vec<Chunk>,
    /// How many chunks a row has.
    count: usize,
    /// How many of all leads may meet none of them, of 1.
    pub(super) left: f64,
    /// About how many nanoseconds a look takes.
    pub(super) time: f64,
}

impl Front {
    /// As many of the first clauses, `most` at the most, as spare leads on average more than they
    /// cost.
    pub(super) fn of(
        clauses: &Clauses,
        numbers: &[u32],
        most: usize,
        weights: &Weights,
        bytes: usize,
    ) -> (Self, Checks) {
        let most = most.min(numbers.len());
        let build = |count: usize| {
            let first = numbers.get(..count).unwrap_or_default();
            let (mut table, checks) =
                TableBuilder::build(clauses, &Cut::none(first.to_vec()), bytes);
            table.merge_equal_rows();
            (table, checks)
        };
        let mut built = build(most);
        let found = SampledHits::of(&built, numbers, weights, most);
        if most > BLOCK {
            let count = found.best_count(numbers.len(), most);
            if count < most {
                built = build(count);
            }
        }
        // A key has 16 bits for the number of a row.
        if built
            .0
            .cells
            .iter()
            .any(|cell| cell.count > u16::MAX.into())
        {
            built = build(0);
        }
        let (table, checks) = built;
        let blocks = table.cells.first().map_or(1, Cell::blocks).max(1);
        let chunks = table.rows.chunks(blocks).flat_map(|row| {
            row.chunks(CHUNK / BLOCK).map(|blocks| {
                let mut chunk = Chunk::default();
                let (pairs, _) = blocks.as_flattened().as_chunks();
                for (pair, &[first, second]) in chunk.iter_mut().zip(pairs) {
                    *pair = u128::from(first) | u128::from(second) << u64::BITS;
                }
                chunk
            })
        });
        let front = Self {
            chunks: chunks.collect(),
            count: table.len().div_ceil(CHUNK),
            left: found.left(table.len()),
            time: found.time(table.len()),
            table,
        };
        (front, checks)
    }

    /// The numbers of the rows of a lead of those classes.
    #[inline]
    pub(super) fn rows(&self, classes: &Classes) -> [u16; DIMENSIONS] {
        let row =
            |axis: usize| u16::try_from(self.table.maps[axis].row(classes[axis])).unwrap_or(0);
        std::array::from_fn(row)
    }

    /// The first clause that the lead meets, as far as its dimensions tell.
    #[inline]
    pub(super) fn first(&self, rows: &[usize; DIMENSIONS]) -> Option<BlockClause> {
        for chunk in 0..self.count {
            let mut pieces = [&[0_u128; 4]; DIMENSIONS];
            for (piece, row) in pieces.iter_mut().zip(rows) {
                *piece = self.chunks.get(row * self.count + chunk)?;
            }
            for pair in 0..4 {
                let met = pieces
                    .iter()
                    .fold(u128::MAX, |met, piece| met & piece[pair]);
                if met != 0 {
                    let before = chunk * CHUNK + pair * u128::BITS as usize;
                    let bit = before + met.trailing_zeros() as usize;
                    return self.table.entries.get(bit).copied();
                }
            }
        }
        None
    }

    pub(super) fn table(&self) -> &Table {
        &self.table
    }

    /// About how many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        self.table.bytes() + size_of_val(&*self.chunks)
    }
}

/// Where made-up leads find their first clause.
struct SampledHits {
    /// By block; those who find none at the end.
    blocks: Vec<u32>,
}

impl SampledHits {
    fn of(
        (table, checks): &(Table, Checks),
        numbers: &[u32],
        weights: &Weights,
        most: usize,
    ) -> Self {
        let mut blocks = vec![0_u32; most.div_ceil(BLOCK) + 1];
        for lead in 0..SAMPLE {
            let lead = SampleLead {
                weights,
                lead,
                checks,
                held: HeldFormulas::default(),
            };
            let classes: Classes = std::array::from_fn(|axis| lead.draw(axis));
            let first = table.cells.first().map_or(BlockClause::NONE, |cell| {
                table.first(cell, &table.places(&classes), BlockClause::NONE, &lead)
            });
            let position = numbers.partition_point(|&number| number < first);
            let block = (position / BLOCK).min(blocks.len() - 1);
            blocks[block] += 1;
        }
        Self { blocks }
    }

    /// The share of leads that meet none of the first `count` clauses.
    fn left(&self, count: usize) -> f64 {
        let blocks = self.blocks.iter().take(count.div_ceil(BLOCK));
        1.0 - f64::from(blocks.sum::<u32>()) / f64::from(SAMPLE)
    }

    /// How long a look at the first `count` clauses takes on average.
    fn time(&self, count: usize) -> f64 {
        let blocks = (0..count).step_by(BLOCK);
        LOOK_TIME + BLOCK_TIME * blocks.map(|before| self.left(before)).sum::<f64>()
    }

    /// How many clauses in front spare leads on average more than they cost: whole blocks.
    fn best_count(&self, all: usize, most: usize) -> usize {
        let leads = f64::from(SAMPLE);
        let (mut left, mut spent) = (leads, 0.0);
        let (mut best, mut best_time) = (0, leads * BEHIND_TIME);
        for (blocks, &found) in (1..).zip(&self.blocks[..self.blocks.len() - 1]) {
            spent += left * BLOCK_TIME;
            left -= f64::from(found);
            let behind = if blocks * BLOCK >= all {
                0.0
            } else {
                left * BEHIND_TIME
            };
            if spent + behind < best_time {
                (best, best_time) = (blocks, spent + behind);
            }
        }
        (best * BLOCK).min(most)
    }
}
