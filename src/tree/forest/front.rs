//! How many rules stand in front.

use super::cut::Cut;
use super::forest::SampleLead;
use super::table::{BLOCK, Table};
use super::table_builder::{Checks, TableBuilder};
use crate::space::{Classes, Clauses};
use crate::tree::sample::Weights;

/// Made-up leads to choose by.
const SAMPLE: u32 = 512;
/// About how long it takes to compare a lead with a block in front, and with all that is behind.
const BLOCK_TIME: f64 = 4.0;
const BEHIND_TIME: f64 = 30.0;

/// The first clauses side by side, as many as spare leads on average more than they cost; a key holds the numbers of
/// the lead's rows.
pub(super) fn front(
    clauses: &Clauses,
    numbers: &[u32],
    most: usize,
    weights: &Weights,
    bytes: usize,
) -> (Table, Checks) {
    let most = most.min(numbers.len());
    let build = |count: usize| {
        let first = numbers.get(..count).unwrap_or_default();
        TableBuilder::build(clauses, &Cut::none(first.to_vec()), bytes)
    };
    let is_good = |table: &Table| table.stride() <= usize::from(u16::MAX);
    let whole = build(most);
    if most <= BLOCK && is_good(&whole.0) {
        return whole;
    }
    let (table, checks) = &whole;
    let mut found = vec![0_u32; most.div_ceil(BLOCK) + 1];
    for lead in 0..SAMPLE {
        let lead = SampleLead {
            weights,
            lead,
            checks,
        };
        let classes: Classes = std::array::from_fn(|axis| lead.draw(axis));
        let first = table.cells.first().map_or(u32::MAX, |cell| {
            table.first(cell, &table.places(&classes), u32::MAX, &lead)
        });
        let position = numbers.partition_point(|&number| number < first);
        let block = (position / BLOCK).min(found.len() - 1);
        found[block] += 1;
    }
    let all = f64::from(SAMPLE);
    let (mut left, mut spent) = (all, 0.0);
    let (mut best, mut best_time) = (0, all * BEHIND_TIME);
    for (blocks, &found) in (1..).zip(&found[..found.len() - 1]) {
        spent += left * BLOCK_TIME;
        left -= f64::from(found);
        let behind = if blocks * BLOCK >= numbers.len() {
            0.0
        } else {
            BEHIND_TIME
        };
        let time = spent + left * behind;
        if time < best_time {
            (best, best_time) = (blocks, time);
        }
    }
    let front = build((best * BLOCK).min(most));
    if is_good(&front.0) { front } else { build(0) }
}
