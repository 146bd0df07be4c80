//! Boolean expressions over tests of any type, made from filter logic and from formulas.

use std::collections::BTreeSet;

use crate::rule::{Condition, all, any};

/// A boolean expression. An empty `All` always holds, an empty `Any` never.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::salesforce) enum Expression<T> {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Test(T),
}

/// A condition that no lead meets.
pub(in crate::salesforce) fn never() -> Condition {
    !Condition::always()
}

impl<T> Expression<T> {
    /// Builds a condition, with `test` converting each test. Tests for which it returns `None` are
    /// left out, and so are combinations that become empty. Its second argument says whether the
    /// test is under an odd number of `Not`.
    pub(in crate::salesforce) fn condition(
        &self,
        negated: bool,
        test: &mut impl FnMut(&T, bool) -> Option<Condition>,
    ) -> Option<Condition> {
        let mut parts = |parts: &[Self]| -> Vec<Condition> {
            parts
                .iter()
                .filter_map(|part| part.condition(negated, test))
                .collect()
        };
        match self {
            Self::Test(it) => test(it, negated),
            Self::Not(part) => Some(!part.condition(!negated, test)?),
            Self::All(of) if of.is_empty() => Some(Condition::always()),
            Self::Any(of) if of.is_empty() => Some(never()),
            Self::All(of) => {
                let parts = parts(of);
                (!parts.is_empty()).then(|| all(parts))
            }
            Self::Any(of) => {
                let parts = parts(of);
                (!parts.is_empty()).then(|| any(parts))
            }
        }
    }

    /// Replaces each test, in order.
    pub(in crate::salesforce) fn map<U>(self, change: &mut impl FnMut(T) -> U) -> Expression<U> {
        let mut all = |parts: Vec<Self>| parts.into_iter().map(|part| part.map(change)).collect();
        match self {
            Self::All(parts) => Expression::All(all(parts)),
            Self::Any(parts) => Expression::Any(all(parts)),
            Self::Not(part) => Expression::Not(Box::new(part.map(change))),
            Self::Test(it) => Expression::Test(change(it)),
        }
    }

    /// Calls `show` with every test, in order.
    fn each(&self, show: &mut impl FnMut(&T)) {
        match self {
            Self::Test(it) => show(it),
            Self::Not(part) => part.each(show),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.each(show);
                }
            }
        }
    }
}

impl Expression<usize> {
    /// The set of numbers in it.
    pub(in crate::salesforce) fn named(&self) -> BTreeSet<usize> {
        let mut named = BTreeSet::new();
        self.each(&mut |&number| {
            named.insert(number);
        });
        named
    }
}
