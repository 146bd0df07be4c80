//! Rules as clauses: each a product of class sets, one an axis.

use indexmap::IndexSet;

use super::axis::AxesIndex;
use super::class_set::ClassSet;
use super::formula::Formula;
use crate::policy::{BoundCondition, BoundEntry};
use crate::rule::Period;

/// A rule whose alternatives multiply to more clauses than this keeps the rest as a formula, which
/// is asked only where all else holds.
const MOST_CLAUSES: usize = 128;

/// The sets that a lead's classes must lie in, by axis in order; axes not named are free.
pub(super) type Limits = Vec<(usize, ClassSet)>;

/// A part of a rule: the lead's classes lie within the limits, and the formula, if any, holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Clause {
    pub(super) grant: u32,
    /// Axis and number of the set, axes in order.
    pub(super) limits: Box<[(u32, u32)]>,
    /// Number of the formula.
    pub(super) check: Option<u32>,
}

/// All clauses of a policy in the order of its rules.
pub(super) struct Clauses {
    pub(super) all: Vec<Clause>,
    pub(super) sets: IndexSet<ClassSet, foldhash::fast::FixedState>,
    pub(super) formulas: Vec<Formula>,
    /// By axis: how many classes it has.
    pub(super) classes: Vec<u32>,
}

impl Clauses {
    pub(super) fn of(entries: &[BoundEntry], index: &AxesIndex) -> Self {
        let mut clauses = Self {
            all: Vec::new(),
            sets: IndexSet::default(),
            formulas: Vec::new(),
            classes: (0..index.axes.len())
                .map(|axis| index.axes.classes(axis))
                .collect(),
        };
        clauses.add_entries(entries, index, &mut Vec::new());
        clauses
    }

    /// Adds the entries; `above` are the conditions of the groups around them.
    fn add_entries<'p>(
        &mut self,
        entries: &'p [BoundEntry],
        index: &AxesIndex,
        above: &mut Vec<&'p BoundCondition>,
    ) {
        for entry in entries {
            match entry {
                BoundEntry::Rule {
                    enabled: true,
                    period,
                    when,
                    grant,
                } => {
                    above.push(when);
                    self.add_grant(above, *period, *grant, index);
                    above.pop();
                }
                BoundEntry::Group {
                    enabled: true,
                    when,
                    entries,
                    otherwise,
                } => {
                    above.push(when);
                    self.add_entries(entries, index, above);
                    if let Some(grant) = otherwise {
                        self.add_grant(above, Period::default(), *grant, index);
                    }
                    above.pop();
                }
                BoundEntry::Rule { .. } | BoundEntry::Group { .. } => {}
            }
        }
    }

    fn add_grant(
        &mut self,
        conditions: &[&BoundCondition],
        period: Period,
        grant: usize,
        index: &AxesIndex,
    ) {
        let mut alternatives: Vec<Vec<Limits>> = Vec::new();
        let mut checks = Vec::new();
        if !period.is_always() {
            let (axis, classes) = index.classes_of_period(period);
            alternatives.push(limited(axis, classes, index));
        }
        let parts = conditions.iter().flat_map(|condition| match condition {
            BoundCondition::All(parts) => parts.as_slice(),
            condition => std::slice::from_ref(*condition),
        });
        for part in parts {
            match alternatives_of(part, false, index) {
                Some(part) => alternatives.push(part),
                None => checks.push(formula_of(part, index)),
            }
        }
        // Few alternatives first: a single one multiplies nothing, none at all ends it.
        alternatives.sort_by_key(Vec::len);
        let mut product: Vec<Limits> = vec![Limits::new()];
        for part in alternatives {
            if product.len().saturating_mul(part.len()) > MOST_CLAUSES {
                checks.push(Formula::Any(part.into_iter().map(limits_formula).collect()));
            } else {
                product = multiplied(&product, &part);
            }
        }
        let check = if product.is_empty() || checks.is_empty() {
            None
        } else {
            self.formulas.push(Formula::All(checks));
            u32::try_from(self.formulas.len() - 1).ok()
        };
        for limits in product {
            let limits = limits.into_iter().map(|(axis, set)| {
                let (number, _) = self.sets.insert_full(set);
                (narrow(axis), narrow(number))
            });
            let limits = limits.collect();
            self.all.push(Clause {
                grant: narrow(grant),
                limits,
                check,
            });
        }
    }

    pub(super) fn set(&self, number: u32) -> &ClassSet {
        &self.sets[number as usize]
    }

    /// About how many bytes a clause takes, its formula included.
    fn clause_bytes(&self, clause: &Clause) -> usize {
        let formula = clause
            .check
            .and_then(|check| self.formulas.get(check as usize));
        let sets = clause
            .limits
            .iter()
            .map(|&(_, set)| size_of_val(self.set(set).ranges()));
        size_of::<Clause>()
            + size_of_val(&*clause.limits)
            + sets.sum::<usize>()
            + formula.map_or(0, Formula::bytes)
    }

    /// About how many bytes the clauses take, asked one by one.
    pub(super) fn bytes(&self) -> usize {
        self.all
            .iter()
            .map(|clause| self.clause_bytes(clause))
            .sum()
    }

    /// The ten grants whose clauses take most, dearest first.
    pub(super) fn dearest(&self) -> Vec<u32> {
        let mut bytes: indexmap::IndexMap<u32, usize> = indexmap::IndexMap::new();
        for clause in &self.all {
            *bytes.entry(clause.grant).or_default() += self.clause_bytes(clause);
        }
        bytes.sort_by(|_, left, _, right| right.cmp(left));
        bytes.into_keys().take(10).collect()
    }

    /// The clause as a formula.
    pub(super) fn formula(&self, clause: &Clause) -> Formula {
        let limits = clause.limits.iter().map(|&(axis, set)| Formula::Test {
            axis: axis as usize,
            classes: self.set(set).clone(),
        });
        let check = clause
            .check
            .and_then(|check| self.formulas.get(check as usize))
            .cloned();
        Formula::All(limits.chain(check).collect())
    }
}

/// Positions are counted in memory, far below 2^32.
pub(super) fn narrow(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn limits_formula(limits: Limits) -> Formula {
    let tests = limits
        .into_iter()
        .map(|(axis, classes)| Formula::Test { axis, classes });
    Formula::All(tests.collect())
}

fn formula_of(condition: &BoundCondition, index: &AxesIndex) -> Formula {
    let all = |parts: &[BoundCondition]| parts.iter().map(|part| formula_of(part, index)).collect();
    match condition {
        BoundCondition::All(parts) => Formula::All(all(parts)),
        BoundCondition::Any(parts) => Formula::Any(all(parts)),
        BoundCondition::Not(part) => Formula::Not(Box::new(formula_of(part, index))),
        BoundCondition::Test(test) => {
            let (axis, classes) = index.classes_of(test);
            Formula::Test { axis, classes }
        }
    }
}

/// One limit: no alternative if it is empty, a free one if it is full.
fn limited(axis: usize, classes: ClassSet, index: &AxesIndex) -> Vec<Limits> {
    if classes.is_empty() {
        Vec::new()
    } else if classes.is_full(index.axes.classes(axis)) {
        vec![Limits::new()]
    } else {
        vec![vec![(axis, classes)]]
    }
}

/// The condition as a union of products; `None` if there would be too many.
fn alternatives_of(
    condition: &BoundCondition,
    negated: bool,
    index: &AxesIndex,
) -> Option<Vec<Limits>> {
    match (condition, negated) {
        (BoundCondition::Test(test), _) => {
            let (axis, classes) = index.classes_of(test);
            let count = index.axes.classes(axis);
            let classes = if negated {
                classes.complement(count)
            } else {
                classes
            };
            Some(limited(axis, classes, index))
        }
        (BoundCondition::Not(part), _) => alternatives_of(part, !negated, index),
        (BoundCondition::All(parts), false) | (BoundCondition::Any(parts), true) => {
            let mut product = vec![Limits::new()];
            for part in parts {
                let part = alternatives_of(part, negated, index)?;
                if product.len().saturating_mul(part.len()) > MOST_CLAUSES {
                    return None;
                }
                product = multiplied(&product, &part);
            }
            Some(product)
        }
        (BoundCondition::Any(parts), false) | (BoundCondition::All(parts), true) => {
            let mut union = Union::default();
            for part in parts {
                for limits in alternatives_of(part, negated, index)? {
                    union.add(limits);
                }
                if union.len() > MOST_CLAUSES {
                    return None;
                }
            }
            Some(union.finish(index))
        }
    }
}

/// Alternatives, those on a single axis joined into one an axis.
#[derive(Default)]
struct Union {
    single: Vec<(usize, Vec<(u32, u32)>)>,
    products: Vec<Limits>,
}

impl Union {
    fn len(&self) -> usize {
        self.single.len() + self.products.len()
    }

    fn add(&mut self, limits: Limits) {
        match <[_; 1]>::try_from(limits) {
            Ok([(axis, classes)]) => {
                match self.single.iter_mut().find(|(known, _)| *known == axis) {
                    Some((_, ranges)) => ranges.extend_from_slice(classes.ranges()),
                    None => self.single.push((axis, classes.ranges().to_vec())),
                }
            }
            Err(limits) => self.products.push(limits),
        }
    }

    fn finish(self, index: &AxesIndex) -> Vec<Limits> {
        let mut alternatives = Vec::with_capacity(self.single.len() + self.products.len());
        for (axis, ranges) in self.single {
            alternatives.extend(limited(axis, ClassSet::from_ranges(ranges), index));
        }
        alternatives.extend(self.products);
        if alternatives.iter().any(Vec::is_empty) {
            return vec![Limits::new()];
        }
        alternatives
    }
}

/// Every alternative of the one with every alternative of the other.
fn multiplied(left: &[Limits], right: &[Limits]) -> Vec<Limits> {
    let mut product = Vec::with_capacity(left.len() * right.len());
    for one in left {
        product.extend(right.iter().filter_map(|other| intersected(one, other)));
    }
    product
}

/// Both limits at once; `None` if no lead can meet them.
fn intersected(left: &Limits, right: &Limits) -> Option<Limits> {
    let mut both = left.clone();
    for (axis, classes) in right {
        match both.binary_search_by_key(axis, |(axis, _)| *axis) {
            Ok(position) => {
                let (_, known) = both.get_mut(position)?;
                *known = known.intersection(classes);
                if known.is_empty() {
                    return None;
                }
            }
            Err(position) => both.insert(position, (*axis, classes.clone())),
        }
    }
    Some(both)
}
