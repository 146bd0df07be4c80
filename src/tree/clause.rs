//! Rules as clauses: each a product of class sets, one an axis.

use std::cell::OnceCell;
use std::sync::Arc;

use indexmap::IndexMap;

use super::alternatives::{Alternatives, Limits, narrow};
use super::axis::AxesIndex;
use super::class_set::ClassSet;
use super::formula::Formula;
use crate::policy::{BoundCondition, BoundEntry};
use crate::rule::Period;

/// A rule whose alternatives multiply to more clauses than this keeps but their hull, and the rest
/// as a formula, which is asked only where all else holds.
const MOST_CLAUSES: usize = 128;
/// From so many clauses on, and so many more a rule, every further rule is a single clause.
const CLAUSES: (usize, usize) = (1 << 18, 4);

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
    pub(super) sets: Vec<Arc<ClassSet>>,
    pub(super) formulas: Vec<Arc<Formula>>,
    /// By axis: how many classes it has.
    pub(super) classes: Vec<u32>,
    /// About how many bytes all this takes.
    pub(super) bytes: usize,
    /// By grant: about how many of them are its own.
    bytes_of_grants: IndexMap<u32, usize>,
}

impl Clauses {
    /// The clauses of the entries. From `max_bytes` on, every rule is a single clause, and long
    /// sets do not multiply any more: so memory is linear in the rules as written.
    pub(super) fn of(entries: &[BoundEntry], index: &AxesIndex, max_bytes: usize) -> Self {
        let ranges = max_bytes / size_of::<(u32, u32)>();
        let mut builder = ClausesBuilder {
            alternatives: Alternatives::new(index, ranges),
            clauses: Vec::new(),
            formulas: Vec::new(),
            max_bytes,
            bytes: 0,
            bytes_of_grants: IndexMap::new(),
        };
        builder.add_entries(entries, &mut Vec::new());
        Self {
            all: builder.clauses,
            sets: builder.alternatives.into_sets(),
            formulas: builder.formulas,
            classes: (0..index.axes.len())
                .map(|axis| index.axes.classes(axis))
                .collect(),
            bytes: builder.bytes,
            bytes_of_grants: builder.bytes_of_grants,
        }
    }

    pub(super) fn set(&self, number: u32) -> &ClassSet {
        &self.sets[number as usize]
    }

    /// The ten grants whose clauses take most, dearest first.
    pub(super) fn dearest(&self) -> Vec<u32> {
        let mut bytes = self.bytes_of_grants.clone();
        bytes.sort_by(|_, left, _, right| right.cmp(left));
        bytes.into_keys().take(10).collect()
    }

    /// The clause as a formula.
    pub(super) fn formula(&self, clause: &Clause) -> Arc<Formula> {
        let check = clause
            .check
            .and_then(|check| self.formulas.get(check as usize));
        if let (true, Some(check)) = (clause.limits.is_empty(), check) {
            return Arc::clone(check);
        }
        let limits = clause.limits.iter().map(|&(axis, set)| Formula::Test {
            axis: axis as usize,
            classes: Arc::clone(&self.sets[set as usize]),
        });
        let check = check.cloned().map(Formula::Shared);
        Arc::new(Formula::All(limits.chain(check).collect()))
    }
}

struct ClausesBuilder<'a> {
    alternatives: Alternatives<'a>,
    clauses: Vec<Clause>,
    formulas: Vec<Arc<Formula>>,
    max_bytes: usize,
    bytes: usize,
    bytes_of_grants: IndexMap<u32, usize>,
}

/// A part of a rule that must hold, its own or of a group around it.
struct Part<'p> {
    condition: &'p BoundCondition,
    /// Its alternatives, or the hull of them.
    alternatives: Vec<Limits>,
    /// The alternatives say all; a hull leaves something to check.
    is_exact: bool,
    /// Made when first needed; shared by all rules of a group.
    formula: OnceCell<Arc<Formula>>,
}

impl ClausesBuilder<'_> {
    /// Adds the entries; `above` are the parts of the groups around them.
    fn add_entries<'p>(&mut self, entries: &'p [BoundEntry], above: &mut Vec<Part<'p>>) {
        let outside = above.len();
        for entry in entries {
            match entry {
                BoundEntry::Rule {
                    enabled: true,
                    period,
                    when,
                    grant,
                } => {
                    self.add_parts(when, above);
                    self.add_grant(above, *period, *grant);
                }
                BoundEntry::Group {
                    enabled: true,
                    when,
                    entries,
                    otherwise,
                } => {
                    self.add_parts(when, above);
                    self.add_entries(entries, above);
                    if let Some(grant) = otherwise {
                        self.add_grant(above, Period::default(), *grant);
                    }
                }
                BoundEntry::Rule { .. } | BoundEntry::Group { .. } => {}
            }
            above.truncate(outside);
        }
    }

    fn add_parts<'p>(&mut self, condition: &'p BoundCondition, parts: &mut Vec<Part<'p>>) {
        let conditions = match condition {
            BoundCondition::All(conditions) => conditions.as_slice(),
            condition => std::slice::from_ref(condition),
        };
        let most = self.most_clauses();
        for condition in conditions {
            let alternatives = self.alternatives.of(condition, most);
            let is_exact = alternatives.is_ok();
            let hull = |_| self.alternatives.hull(condition).into_iter().collect();
            parts.push(Part {
                condition,
                alternatives: alternatives.unwrap_or_else(hull),
                is_exact,
                formula: OnceCell::new(),
            });
        }
    }

    fn most_clauses(&self) -> usize {
        let grants = self.bytes_of_grants.len();
        if self.bytes < self.max_bytes && self.clauses.len() < CLAUSES.0 + CLAUSES.1 * grants {
            MOST_CLAUSES
        } else {
            1
        }
    }

    fn add_grant(&mut self, parts: &[Part<'_>], period: Period, grant: usize) {
        let most = self.most_clauses();
        let (sets, formulas) = (self.alternatives.count(), self.formulas.len());
        let mut product = vec![Limits::new()];
        if !period.is_always() {
            product = self.alternatives.of_period(period);
        }
        // Few alternatives first: a single one multiplies nothing, none at all ends it.
        let mut parts: Vec<&Part<'_>> = parts.iter().collect();
        parts.sort_by_key(|part| part.alternatives.len());
        let mut checks = Vec::new();
        for part in parts {
            let multiplied = self
                .alternatives
                .multiplied(&product, &part.alternatives, most);
            let is_exact = part.is_exact && multiplied.is_ok();
            product = multiplied.unwrap_or_else(|_| {
                let hull = self.alternatives.hull_of(&part.alternatives);
                let hull: Vec<Limits> = hull.into_iter().collect();
                let within = self.alternatives.multiplied(&product, &hull, most);
                within.unwrap_or(product)
            });
            if !is_exact {
                checks.push(self.formula(part));
            }
        }
        if product.is_empty() {
            return;
        }
        let check = match <[Arc<Formula>; 1]>::try_from(checks) {
            Ok([only]) => Some(only),
            Err(checks) if checks.is_empty() => None,
            Err(checks) => Some(Arc::new(Formula::All(
                checks.into_iter().map(Formula::Shared).collect(),
            ))),
        };
        let check = check.map(|check| {
            self.formulas.push(check);
            narrow(self.formulas.len() - 1)
        });
        let grant = narrow(grant);
        let mut bytes = 0;
        for limits in product {
            let limits: Box<[_]> = limits.into();
            bytes += size_of::<Clause>() + size_of_val(&*limits);
            self.clauses.push(Clause {
                grant,
                limits,
                check,
            });
        }
        let new_sets = (sets..self.alternatives.count())
            .filter_map(|number| self.alternatives.set(narrow(number)));
        bytes += new_sets
            .map(|set| size_of::<ClassSet>() + size_of_val(set.ranges()))
            .sum::<usize>();
        let new_formulas = self.formulas.get(formulas..).unwrap_or_default();
        bytes += new_formulas
            .iter()
            .map(|formula| formula.bytes())
            .sum::<usize>();
        self.bytes += bytes;
        *self.bytes_of_grants.entry(grant).or_default() += bytes;
    }

    fn formula(&mut self, part: &Part<'_>) -> Arc<Formula> {
        let made = part
            .formula
            .get_or_init(|| Arc::new(self.alternatives.formula(part.condition)));
        Arc::clone(made)
    }
}
