//! Conditions as the cases in which they hold, to find out whether two can hold together.

use std::sync::Arc;

use super::alternatives::{Alternatives, AxisLimits, TooMany};
use crate::dimension::Dimensions;
use crate::policy::{ResolvedCondition, ResolvedEntry};
use crate::space::axes::{AxesBuilder, AxesIndex, ClassSet};

/// A condition with more cases than this is represented by what they have in common.
const MOST_CASES: usize = 128;
/// Intersections of lists in a condition may write at most this many ranges.
const MOST_RANGES: usize = 1 << 18;
/// Two conditions are combined only if that takes at most this many ranges.
const MOST_JOINED: usize = 1 << 12;

/// A case: the sets that the lead's classes lie in, for some axes, axes in order.
pub(crate) type Case = Vec<(u32, Arc<ClassSet>)>;

/// Finds the cases of the conditions of a policy, over axes that are cut by all of them.
pub(crate) struct CaseFinder {
    index: AxesIndex,
}

/// The cases of a condition: every lead that meets it is in one of them.
pub(crate) struct Cases {
    all: Vec<Case>,
    /// Limits that hold in all cases, if there are several.
    hull: Option<Case>,
    /// Whether every lead in one of them meets the condition.
    is_exact: bool,
}

impl CaseFinder {
    /// For the conditions of all entries, enabled or not. Linear in the conditions, plus sorting.
    pub(crate) fn of(entries: &[ResolvedEntry], dimensions: &Dimensions) -> Self {
        let mut axes = AxesBuilder::new();
        add_entries(&mut axes, entries);
        Self {
            index: axes.finish(dimensions),
        }
    }

    /// The cases of the condition, or of its complement. Linear in the condition.
    pub(crate) fn cases(&self, condition: &ResolvedCondition, negated: bool) -> Cases {
        let mut alternatives = Alternatives::new(&self.index, MOST_RANGES);
        let mut is_exact = true;
        let parts = match (condition, negated) {
            (ResolvedCondition::All(parts), false) | (ResolvedCondition::Any(parts), true) => {
                parts.as_slice()
            }
            _ => std::slice::from_ref(condition),
        };
        let mut factors = Vec::with_capacity(parts.len());
        for part in parts {
            let of_part = alternatives.of_signed(part, negated, MOST_CASES);
            is_exact &= of_part.is_ok();
            let hull = |TooMany| {
                alternatives
                    .hull_signed(part, negated)
                    .into_iter()
                    .collect()
            };
            factors.push(of_part.unwrap_or_else(hull));
        }
        // The fewest alternatives first: one multiplies nothing, none ends it.
        factors.sort_by_key(Vec::len);
        let mut product = vec![AxisLimits::new()];
        for factor in factors {
            if let Ok(multiplied) = alternatives.multiplied(&product, &factor, MOST_CASES) {
                product = multiplied;
                continue;
            }
            is_exact = false;
            let hull: Vec<AxisLimits> = alternatives.hull_of(&factor).into_iter().collect();
            if let Ok(multiplied) = alternatives.multiplied(&product, &hull, MOST_CASES) {
                product = multiplied;
            }
        }
        let hull = match &*product {
            [_, _, ..] => alternatives.hull_of(&product),
            _ => None,
        };
        let case = |limits: AxisLimits| -> Case {
            let sets = limits.into_iter();
            sets.filter_map(|(axis, set)| Some((axis, Arc::clone(alternatives.set(set)?))))
                .collect()
        };
        Cases {
            hull: hull.map(case),
            all: product.into_iter().map(case).collect(),
            is_exact,
        }
    }
}

fn add_entries(axes: &mut AxesBuilder, entries: &[ResolvedEntry]) {
    for entry in entries {
        match entry {
            ResolvedEntry::Rule { when, .. } => axes.add_condition(when),
            ResolvedEntry::Group { when, entries, .. } => {
                axes.add_condition(when);
                add_entries(axes, entries);
            }
        }
    }
}

impl Cases {
    /// Whether the condition certainly holds for no lead. Tests without order (`contains`, `ends with`, tags)
    /// are treated as independent, and conditions with very many cases as possible, so `false` may also mean
    /// "unknown".
    pub(crate) fn are_none(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether certainly no lead meets both conditions; `false` may also mean "unknown".
    pub(crate) fn exclude(&self, other: &Self) -> bool {
        let pairs = self.all.len().saturating_mul(other.all.len());
        if pairs <= MOST_CASES {
            return all_apart(&self.all, &other.all);
        }
        let apart = |cases: &Self, hull: &Option<Case>| {
            let hull = hull.as_ref();
            hull.is_some_and(|hull| cases.all.iter().all(|case| are_apart(case, hull)))
        };
        apart(self, &other.hull) || apart(other, &self.hull)
    }

    /// The cases in which both conditions hold; `None` if there are too many.
    pub(crate) fn joined(&self, other: &Self) -> Option<Self> {
        let pairs = self.all.len().checked_mul(other.all.len())?;
        if pairs > MOST_CASES {
            return None;
        }
        let mut ranges = 0;
        let mut all = Vec::with_capacity(pairs);
        for one in &self.all {
            for other in &other.all {
                ranges += [one, other]
                    .into_iter()
                    .flatten()
                    .map(|(_, set)| set.ranges().len())
                    .sum::<usize>();
                if ranges > MOST_JOINED {
                    return None;
                }
                all.extend(both(one, other));
            }
        }
        Some(Self {
            all,
            hull: None,
            is_exact: self.is_exact && other.is_exact,
        })
    }

    /// The cases, if they describe the condition exactly.
    pub(crate) fn exactly(&self) -> Option<&[Case]> {
        self.is_exact.then_some(&*self.all)
    }

    pub(crate) fn all(&self) -> &[Case] {
        &self.all
    }
}

fn all_apart(some: &[Case], others: &[Case]) -> bool {
    let apart = |one: &Case| others.iter().all(|other| are_apart(one, other));
    some.iter().all(apart)
}

/// Whether no lead is in both cases.
fn are_apart(one: &Case, other: &Case) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short.iter().any(|(axis, set)| {
        let position = long.binary_search_by_key(axis, |(axis, _)| *axis);
        let limit = position.ok().and_then(|position| long.get(position));
        limit.is_some_and(|(_, other)| !set.meets(other))
    })
}

/// The intersection of two cases; `None` if no lead is in both.
fn both(one: &Case, other: &Case) -> Option<Case> {
    let mut both = one.clone();
    for (axis, set) in other {
        match both.binary_search_by_key(axis, |(axis, _)| *axis) {
            Err(position) => both.insert(position, (*axis, Arc::clone(set))),
            Ok(position) => {
                let (_, known) = both.get_mut(position)?;
                let classes = known.intersection(set);
                if classes.is_empty() {
                    return None;
                }
                *known = Arc::new(classes);
            }
        }
    }
    Some(both)
}
