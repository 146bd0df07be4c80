//! Finds branches of an `or` that another branch covers.

use std::cmp::Reverse;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::cases::{Case, Cases};

/// A branch that is a range of classes of one axis.
#[derive(Clone, Copy)]
struct Wide {
    last: u32,
    branch: usize,
}

/// The first class, the last one, and the branch.
type Range = (u32, Reverse<u32>, usize);

/// For each branch of an `or`, another branch that covers it: an equal one before it, or one that is a
/// single range of one axis. Linear in the branches, plus sorting. Branches that others cover in further
/// ways are not found.
pub(crate) fn covered(branches: &[Cases]) -> Vec<Option<usize>> {
    let mut equals: IndexMap<&[Case], usize, FixedState> = IndexMap::default();
    let mut ranges: IndexMap<u32, Vec<Range>, FixedState> = IndexMap::default();
    let mut covered = Vec::with_capacity(branches.len());
    for (number, branch) in branches.iter().enumerate() {
        let Some(cases) = branch.exactly().filter(|cases| !cases.is_empty()) else {
            covered.push(None);
            continue;
        };
        let first = *equals.entry(cases).or_insert(number);
        covered.push(Some(first).filter(|&first| first != number));
        if let [case] = cases
            && let [(axis, set)] = &**case
            && let [(first, last)] = *set.ranges()
        {
            let ranges = ranges.entry(*axis).or_default();
            ranges.push((first, Reverse(last), number));
        }
    }
    let widest: IndexMap<u32, Vec<(u32, Wide)>, FixedState> = ranges
        .into_iter()
        .map(|(axis, ranges)| (axis, widest(ranges)))
        .collect();
    for (number, (branch, covered)) in branches.iter().zip(&mut covered).enumerate() {
        let [case] = branch.all() else { continue };
        let by = case.iter().find_map(|(axis, set)| {
            let (&(first, _), &(_, last)) = (set.ranges().first()?, set.ranges().last()?);
            let widest = widest.get(axis)?;
            let before = widest.partition_point(|&(begin, _)| begin <= first);
            let (_, wide) = widest.get(before.checked_sub(1)?)?;
            (wide.last >= last && wide.branch != number).then_some(wide.branch)
        });
        *covered = by.or(*covered);
    }
    covered
}

/// For each class at which a range begins, the range that reaches farthest of all that begin there or before.
fn widest(mut ranges: Vec<Range>) -> Vec<(u32, Wide)> {
    ranges.sort_unstable();
    let mut widest: Vec<(u32, Wide)> = Vec::with_capacity(ranges.len());
    for (first, Reverse(last), branch) in ranges {
        let known = widest.last().map(|&(_, wide)| wide);
        let wide = known.filter(|known| known.last >= last);
        widest.push((first, wide.unwrap_or(Wide { last, branch })));
    }
    widest
}
