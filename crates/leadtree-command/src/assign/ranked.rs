//! Counts, the largest first.

/// Sorted by count, largest first; ties in order.
pub(crate) fn ranked<T: Ord>(counts: impl IntoIterator<Item = (T, u64)>) -> Vec<(T, u64)> {
    let mut ranked: Vec<_> = counts.into_iter().collect();
    ranked.sort_by(|(one, ones), (other, others)| others.cmp(ones).then_with(|| one.cmp(other)));
    ranked
}
