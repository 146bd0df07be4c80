//! Whether a condition can hold at all.

use super::axis::AxesBuilder;
use super::clause::Clauses;
use crate::dimension::Dimensions;
use crate::policy::{BoundCondition, BoundEntry};
use crate::rule::Period;

/// A condition that takes more bytes than this is not looked through.
const MOST_BYTES: usize = 1 << 22;

/// Whether the condition certainly holds for no lead. Tests that cannot be told apart by values
/// (`contains`, `ends with`, tags) are taken as free of one another, and conditions of very many
/// alternatives as possible, so "no" may stand for "not known".
pub(crate) fn never_holds(condition: BoundCondition, dimensions: &Dimensions) -> bool {
    let rule = BoundEntry::Rule {
        enabled: true,
        period: Period::default(),
        when: condition,
        grant: 0,
    };
    let entries = [rule];
    let mut axes = AxesBuilder::new();
    axes.add_entries(&entries);
    let index = axes.finish(dimensions);
    let clauses = Clauses::of(&entries, &index, MOST_BYTES / 2, MOST_BYTES);
    clauses.bytes <= MOST_BYTES && clauses.all.is_empty()
}
