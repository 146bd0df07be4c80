//! From clauses to a forest.

use super::cut::{Thresholds, cuts};
use super::forest::Forest;
use super::front::Front;
use super::table::{BlockClause, Table};
use super::table_builder::TableBuilder;
use crate::space::Clauses;
use crate::tree::lookup::sample::Weights;

/// Budget for the rows of all tables in bytes: a base, and an amount per clause.
const BYTES: (usize, usize) = (1 << 22, 200);

/// How a forest is built.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ForestOptions {
    /// Clauses in front, at the most.
    pub(crate) in_front: usize,
    /// About how many bytes it may take.
    pub(crate) bytes: usize,
    pub(crate) thresholds: Thresholds,
}

impl Forest {
    /// The forest of the first `count` clauses; beyond them every lead has the grant `otherwise`.
    pub(crate) fn of(
        clauses: &Clauses,
        (count, otherwise): (usize, u32),
        weights: &Weights,
        ForestOptions {
            in_front,
            bytes,
            thresholds,
        }: ForestOptions,
    ) -> Self {
        let numbers: Vec<u32> =
            (0..crate::space::narrow(count.min(BlockClause::NONE as usize))).collect();
        let budget = (BYTES.0 + BYTES.1 * numbers.len()).min(bytes / 2);
        let (front, checks) = Front::of(clauses, &numbers, in_front, weights, budget / 4);
        let behind = numbers.get(front.table().len()..).unwrap_or_default();
        let mut forest = Self {
            time: front.time,
            front,
            tables: Vec::new(),
            checks: checks.into_iter().collect(),
            grants: clauses
                .all
                .iter()
                .take(count)
                .map(|clause| clause.grant)
                .collect(),
            otherwise,
        };
        if behind.is_empty() {
            return forest;
        }
        let left = forest.front.left;
        let budget = budget - budget / 4;
        for cut in cuts(clauses, behind, weights, thresholds) {
            let share = budget / behind.len().max(1) * cut.all().len();
            forest.time += left * cut.time(weights);
            let (table, checks) = TableBuilder::build(clauses, &cut, share);
            forest.checks.extend(checks);
            forest.tables.push(table);
        }
        forest.tables.sort_by_key(first);
        forest
    }
}

fn first(table: &Table) -> Option<u32> {
    table.entries.iter().map(|entry| entry.number()).min()
}
