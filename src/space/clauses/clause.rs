//! Rules as clauses: products of sets of classes, one set for each limited axis.

use std::sync::Arc;

use indexmap::IndexMap;

use super::alternatives::{Alternatives, AxisLimits, TooMany};
use super::formula::Formula;
use crate::policy::{ResolvedCondition, ResolvedEntry};
use crate::rule::Period;
use crate::space::axes::{AxesIndex, ClassSet, narrow};

/// A rule with more alternatives than this becomes one clause: their hull, and a formula for the rest, which
/// is evaluated only for leads within the hull.
const MOST_CLAUSES: usize = 128;
/// The groups around a rule have at most this many alternatives together, so that the rule's own have room.
const MOST_OF_GROUPS: usize = 16;
/// An estimate of the memory of a clause in bytes without its limits, with its smallest compiled form and
/// spare capacity.
const CLAUSE_BYTES: usize = 176;
/// An estimate of the memory of a set in bytes without its ranges, with spare capacity.
const SET_BYTES: usize = 128;
/// At most this many of the most expensive rules are reported.
const COSTLIEST: usize = 10;
/// At most this many limits of the groups around a rule are copied into its clauses.
const MOST_LIMITS_OF_GROUPS: usize = 24;
/// With more clauses than this, plus [`MOST_CLAUSES_PER_RULE`] for each rule, every further rule becomes a
/// single clause.
const MOST_CLAUSES_OF_POLICY: usize = 1 << 18;
const MOST_CLAUSES_PER_RULE: usize = 4;

/// A part of a rule: the lead's classes lie within the limits, and the formula, if any, holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Clause {
    pub(crate) grant: u32,
    /// Pairs of axis and number of the set, axes in order.
    pub(crate) limits: Box<[(u32, u32)]>,
    /// Number of the formula.
    pub(crate) check: Option<u32>,
}

impl Clause {
    /// Whether every lead meets it.
    pub(crate) fn is_always(&self) -> bool {
        self.limits.is_empty() && self.check.is_none()
    }
}

/// All clauses of a policy in the order of its rules.
pub(crate) struct Clauses {
    pub(crate) all: Vec<Clause>,
    pub(crate) sets: Vec<Arc<ClassSet>>,
    pub(crate) formulas: Vec<Arc<Formula>>,
    /// The number of classes, by axis.
    pub(crate) classes: Vec<u32>,
    /// An estimate of the memory in bytes.
    pub(crate) bytes: usize,
    /// The share of each grant in `bytes`.
    bytes_of_grants: IndexMap<u32, usize>,
    /// The memory in bytes that the sets of each axis would take if none were shared.
    bytes_of_axes: IndexMap<u32, usize>,
}

impl Clauses {
    /// The clauses of the entries. Once they take `max_bytes`, every further rule becomes a single clause,
    /// and long sets no longer multiply, so memory grows linearly with the rules. Beyond `most_bytes`,
    /// further rules are ignored.
    pub(crate) fn of(
        entries: &[ResolvedEntry],
        index: &AxesIndex,
        max_bytes: usize,
        most_bytes: usize,
    ) -> Self {
        let ranges = max_bytes / size_of::<(u32, u32)>();
        let mut builder = ClausesBuilder {
            alternatives: Alternatives::new(index, ranges),
            clauses: Vec::new(),
            formulas: Vec::new(),
            max_bytes,
            most_bytes,
            bytes: 0,
            counted_sets: 0,
            bytes_of_grants: IndexMap::new(),
            bytes_of_axes: IndexMap::new(),
        };
        let everything = Context {
            product: vec![AxisLimits::new()],
            checks: Vec::new(),
        };
        builder.add_entries(entries, &everything);
        Self {
            all: builder.clauses,
            sets: builder.alternatives.into_sets(),
            formulas: builder.formulas,
            classes: (0..index.axes.len())
                .map(|axis| index.axes.classes(axis))
                .collect(),
            bytes: builder.bytes,
            bytes_of_grants: builder.bytes_of_grants,
            bytes_of_axes: builder.bytes_of_axes,
        }
    }

    pub(crate) fn set(&self, number: u32) -> &ClassSet {
        &self.sets[number as usize]
    }

    /// The number of the set that limits a clause on an axis; `None` if the axis is unlimited.
    pub(crate) fn limit(&self, clause: u32, axis: u32) -> Option<u32> {
        let limits = &self.all.get(clause as usize)?.limits;
        let limit = limits.iter().find(|(it, _)| *it == axis);
        limit.map(|&(_, set)| set)
    }

    /// Whether its rule has other clauses.
    pub(crate) fn has_siblings(&self, clause: u32) -> bool {
        let grant = |number: u32| self.all.get(number as usize).map(|clause| clause.grant);
        let own = grant(clause);
        grant(clause.wrapping_sub(1)) == own || grant(clause + 1) == own
    }

    /// The ten grants whose clauses take most memory, with an estimate in bytes, largest first.
    pub(crate) fn costliest(&self) -> Vec<(u32, usize)> {
        let mut grants: Vec<(u32, usize)> = self
            .bytes_of_grants
            .iter()
            .map(|(&grant, &bytes)| (grant, bytes))
            .collect();
        let by_cost = |&(grant, bytes): &(u32, usize)| (std::cmp::Reverse(bytes), grant);
        if grants.len() > COSTLIEST {
            grants.select_nth_unstable_by_key(COSTLIEST, by_cost);
            grants.truncate(COSTLIEST);
        }
        grants.sort_unstable_by_key(by_cost);
        grants
    }

    /// The three axes whose sets take most memory, largest first.
    pub(crate) fn costliest_axes(&self) -> Vec<u32> {
        let mut bytes = self.bytes_of_axes.clone();
        bytes.sort_by(|one, left, other, right| right.cmp(left).then(one.cmp(other)));
        bytes.into_keys().take(3).collect()
    }

    /// What remains to be tested of a clause once some limits are known to be met; `None` if nothing does.
    pub(crate) fn rest(
        &self,
        clause: &Clause,
        is_met: impl Fn((u32, u32)) -> bool,
    ) -> Option<Arc<Formula>> {
        let limits = clause.limits.iter().filter(|&&limit| !is_met(limit));
        let tests = limits.map(|&(axis, set)| Formula::Test {
            axis: axis as usize,
            classes: Arc::clone(&self.sets[set as usize]),
        });
        let mut tests: Vec<Formula> = tests.collect();
        let check = clause
            .check
            .and_then(|check| self.formulas.get(check as usize));
        match (tests.is_empty(), check) {
            (true, check) => check.cloned(),
            (false, check) => {
                tests.extend(check.cloned().map(Formula::Shared));
                Some(Arc::new(Formula::All(tests)))
            }
        }
    }
}

struct ClausesBuilder<'a> {
    alternatives: Alternatives<'a>,
    clauses: Vec<Clause>,
    formulas: Vec<Arc<Formula>>,
    max_bytes: usize,
    most_bytes: usize,
    bytes: usize,
    /// The number of sets that `bytes` already includes.
    counted_sets: usize,
    bytes_of_grants: IndexMap<u32, usize>,
    bytes_of_axes: IndexMap<u32, usize>,
}

/// The conditions of the groups around an entry.
#[derive(Clone)]
struct Context {
    product: Vec<AxisLimits>,
    /// What the product leaves to be tested; shared by all rules of a group.
    checks: Vec<Arc<Formula>>,
}

impl ClausesBuilder<'_> {
    fn add_entries(&mut self, entries: &[ResolvedEntry], context: &Context) {
        for entry in entries {
            if self.bytes > self.most_bytes {
                return;
            }
            match entry {
                ResolvedEntry::Rule {
                    enabled: true,
                    period,
                    when,
                    grant,
                } => {
                    let most = self.most_clauses();
                    let within = self.within(context, when, *period, most);
                    self.add_grant(within, *grant);
                }
                ResolvedEntry::Group {
                    enabled: true,
                    when,
                    entries,
                    otherwise,
                } => {
                    let most = self.most_clauses().min(MOST_OF_GROUPS);
                    let within = self.within(context, when, Period::default(), most);
                    let within = self.shortened(within, context, when);
                    self.add_entries(entries, &within);
                    if let Some(grant) = otherwise {
                        self.add_grant(within, *grant);
                    }
                }
                ResolvedEntry::Rule { .. } | ResolvedEntry::Group { .. } => {}
            }
        }
    }

    /// The context inside a further condition, with at most `most` alternatives.
    fn within(
        &mut self,
        context: &Context,
        condition: &ResolvedCondition,
        period: Period,
        most: usize,
    ) -> Context {
        if period.is_always()
            && let Some(product) = self.plain(context, condition)
        {
            let checks = context.checks.clone();
            return Context { product, checks };
        }
        let mut within = context.clone();
        if !period.is_always() {
            let limits = self.alternatives.of_period(period);
            self.multiply(
                &mut within.product,
                &limits,
                most.max(context.product.len()),
            );
        }
        let conditions = match condition {
            ResolvedCondition::All(conditions) => conditions.as_slice(),
            condition => std::slice::from_ref(condition),
        };
        let mut parts = Vec::with_capacity(conditions.len());
        for condition in conditions {
            let alternatives = self.alternatives.of(condition, most);
            let is_exact = alternatives.is_ok();
            let hull = |TooMany| self.alternatives.hull(condition).into_iter().collect();
            parts.push((condition, alternatives.unwrap_or_else(hull), is_exact));
        }
        // The fewest alternatives first: one multiplies nothing, none ends it.
        parts.sort_by_key(|(_, alternatives, _)| alternatives.len());
        for (condition, alternatives, is_exact) in parts {
            let most = most.max(within.product.len());
            let is_whole = self.multiply(&mut within.product, &alternatives, most);
            if !(is_exact && is_whole) {
                let formula = self.alternatives.formula(condition);
                within.checks.push(Arc::new(formula));
            }
        }
        within
    }

    /// The product with a condition that is a test or an `and` of tests, as most are; `None` for others.
    fn plain(
        &mut self,
        context: &Context,
        condition: &ResolvedCondition,
    ) -> Option<Vec<AxisLimits>> {
        let [outside] = &*context.product else {
            return None;
        };
        let conditions = match condition {
            ResolvedCondition::All(conditions) => conditions.as_slice(),
            condition => std::slice::from_ref(condition),
        };
        let mut limits = AxisLimits::with_capacity(outside.len() + conditions.len());
        limits.extend_from_slice(outside);
        for condition in conditions {
            let ResolvedCondition::Test(test) = condition else {
                return None;
            };
            if !self.alternatives.limit(&mut limits, test).ok()? {
                return Some(Vec::new());
            }
        }
        Some(vec![limits])
    }

    /// Multiplies the product by the alternatives if the result has at most `most`, otherwise by their hull.
    /// Returns whether it was the alternatives.
    fn multiply(
        &mut self,
        product: &mut Vec<AxisLimits>,
        with: &[AxisLimits],
        most: usize,
    ) -> bool {
        if let Ok(multiplied) = self.alternatives.multiplied(product, with, most) {
            *product = multiplied;
            return true;
        }
        let hull: Vec<AxisLimits> = self.alternatives.hull_of(with).into_iter().collect();
        if let Ok(multiplied) = self.alternatives.multiplied(product, &hull, most) {
            *product = multiplied;
        }
        false
    }

    /// The context of a group, if its limits are few enough to be copied into every rule in it; otherwise
    /// some of them, and the group's condition as a formula.
    fn shortened(
        &mut self,
        within: Context,
        outside: &Context,
        when: &ResolvedCondition,
    ) -> Context {
        let longest = within.product.iter().map(Vec::len).max().unwrap_or(0);
        if longest <= MOST_LIMITS_OF_GROUPS {
            return within;
        }
        let mut shortened = outside.clone();
        if let [only] = &*within.product
            && outside.product.iter().all(Vec::is_empty)
        {
            let first = only.iter().take(MOST_LIMITS_OF_GROUPS).copied();
            shortened.product = vec![first.collect()];
        }
        let formula = self.alternatives.formula(when);
        shortened.checks.push(Arc::new(formula));
        shortened
    }

    fn most_clauses(&self) -> usize {
        let grants = self.bytes_of_grants.len();
        let most = MOST_CLAUSES_OF_POLICY + MOST_CLAUSES_PER_RULE * grants;
        if self.bytes < self.max_bytes && self.clauses.len() < most {
            MOST_CLAUSES
        } else {
            1
        }
    }

    fn add_grant(
        &mut self,
        Context {
            product,
            mut checks,
        }: Context,
        grant: usize,
    ) {
        if product.is_empty() {
            return;
        }
        let mut bytes = 0;
        let check = match (checks.pop(), checks.is_empty()) {
            (only, true) => only,
            (last, false) => {
                checks.extend(last);
                let checks = checks.into_iter().map(Formula::Shared);
                Some(Arc::new(Formula::All(checks.collect())))
            }
        };
        let check = check.map(|check| {
            bytes += 2 * check.bytes();
            self.formulas.push(check);
            narrow(self.formulas.len() - 1)
        });
        let grant = narrow(grant);
        for limits in product {
            let limits: Box<[_]> = limits.into();
            bytes += CLAUSE_BYTES + 2 * size_of_val(&*limits);
            for &(axis, set) in &limits {
                let set = self.alternatives.set(set);
                let ranges = set.map_or(0, |set| size_of_val(set.ranges()));
                *self.bytes_of_axes.entry(axis).or_default() += ranges;
            }
            self.clauses.push(Clause {
                grant,
                limits,
                check,
            });
        }
        let sets = self.counted_sets..self.alternatives.count();
        self.counted_sets = sets.end;
        let sets = sets.filter_map(|number| self.alternatives.set(narrow(number)));
        bytes += sets
            .map(|set| SET_BYTES + size_of_val(set.ranges()))
            .sum::<usize>();
        self.bytes += bytes;
        *self.bytes_of_grants.entry(grant).or_default() += bytes;
    }
}
