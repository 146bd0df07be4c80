//! What one lead answers on every axis.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use foldhash::fast::FixedState;

use super::lookup::key::{LeadKey, Radix};
use crate::dimension::{Dimensions, Listed};
use crate::lead::{Fact, Facts, Lead};
use crate::space::{AskedLead, Axes, DIMENSIONS, Formula, HeldFormulas};

/// Number of attributes that are stored without an allocation.
const FIRST: usize = 8;

/// A lead's classes: those of its dimensions from the profile, others when asked for. Each
/// attribute is read, and each test and each condition of a group answered, at most once, however many
/// clauses ask.
pub(crate) struct Answers<'a> {
    lead: &'a Lead<'a>,
    key: LeadKey,
    radix: Radix,
    now: DateTime<Utc>,
    axes: &'a Axes,
    dimensions: &'a Dimensions,
    /// The first few attributes, and the others, made when the first of these is asked for.
    first: [OnceCell<Listed<Fact<'a>>>; FIRST],
    others: OnceCell<Box<[OnceCell<Listed<Fact<'a>>>]>>,
    /// The answers to tests by axis: many clauses may ask the same, and one may have many texts.
    tested: RefCell<HashMap<usize, u32, FixedState>>,
    held: HeldFormulas,
}

impl AskedLead for Answers<'_> {
    #[inline]
    fn class(&self, axis: usize) -> u32 {
        Answers::class(self, axis)
    }

    fn holds(&self, formula: &Arc<Formula>) -> bool {
        self.held.holds(formula, self)
    }
}

impl<'a> Answers<'a> {
    #[inline]
    pub(super) fn new(
        (lead, key, radix): (&'a Lead<'a>, LeadKey, Radix),
        now: DateTime<Utc>,
        axes: &'a Axes,
        dimensions: &'a Dimensions,
    ) -> Self {
        Self {
            lead,
            key,
            radix,
            now,
            axes,
            dimensions,
            first: [const { OnceCell::new() }; FIRST],
            others: OnceCell::new(),
            tested: RefCell::default(),
            held: HeldFormulas::default(),
        }
    }

    pub(super) fn key(&self) -> &LeadKey {
        &self.key
    }

    /// The lead's class on an axis.
    #[inline]
    pub(crate) fn class(&self, axis: usize) -> u32 {
        match axis {
            0..DIMENSIONS => self.radix.class(&self.key, axis),
            _ if self.axes.is_test(axis) => self.class_of_test(axis),
            _ => self.read(axis),
        }
    }

    fn class_of_test(&self, axis: usize) -> u32 {
        if let Some(&known) = self.tested.borrow().get(&axis) {
            return known;
        }
        let class = self.read(axis);
        self.tested.borrow_mut().insert(axis, class);
        class
    }

    fn read(&self, axis: usize) -> u32 {
        self.axes.class(axis, self.now, |index| self.fact(index))
    }

    fn fact(&self, index: usize) -> &Listed<Fact<'a>> {
        let fact = self.first.get(index).or_else(|| {
            let others = self.others.get_or_init(|| {
                let count = self.dimensions.attributes().iter().len();
                (FIRST..count).map(|_| OnceCell::new()).collect()
            });
            others.get(index.checked_sub(FIRST)?)
        });
        fact.map_or(&Listed::Missing, |fact| {
            fact.get_or_init(|| Facts::attribute_of(self.lead, self.dimensions, index).value)
        })
    }
}
