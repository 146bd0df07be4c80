//! Cuts the axes of a space.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use foldhash::fast::FixedState;

use super::axis_classes::AxisClasses;
use super::error::SpaceError;
use super::grid::Grid;
use super::shared_values::SharedValues;
use super::value_pairs::HEAD_COUNTS;
use crate::dimension::Dimension;
use crate::policy::{Policy, ResolvedCondition, ResolvedEntry, ResolvedTest};
use crate::rule::Period;
use crate::space::axes::{AxesBuilder, AxisKey, ClassSet, Question, Spans, TestValues, span_of};

/// Collects what a space is cut for.
#[derive(Debug)]
pub(crate) struct GridBuilder {
    policies: Vec<Policy>,
    /// Further conditions, each with the position of the policy whose names it uses.
    conditions: Vec<(usize, ResolvedCondition)>,
    periods: Vec<Period>,
}

impl GridBuilder {
    pub(crate) fn of(policy: &Policy) -> Self {
        Self {
            policies: vec![policy.clone()],
            conditions: Vec::new(),
            periods: Vec::new(),
        }
    }

    /// Of two policies, or one if they are the same.
    pub(crate) fn joining(policy: &Policy, other: &Policy) -> Self {
        let mut builder = Self::of(policy);
        if !policy.is_same(other) {
            builder.policies.push(other.clone());
        }
        builder
    }

    pub(crate) fn policies(&self) -> &[Policy] {
        &self.policies
    }

    /// Adds a policy, unless it is a third one.
    pub(crate) fn policy(&mut self, policy: &Policy) -> Result<(), SpaceError> {
        if self.policies.iter().any(|known| known.is_same(policy)) {
            return Ok(());
        }
        if self.policies.len() == 2 {
            return Err(SpaceError::TooManyPolicies);
        }
        self.policies.push(policy.clone());
        Ok(())
    }

    pub(crate) fn condition(&mut self, side: usize, condition: ResolvedCondition) {
        self.conditions.push((side, condition));
    }

    pub(crate) fn period(&mut self, period: Period) {
        self.periods.push(period);
    }

    pub(crate) fn build(self) -> Grid {
        let values = SharedValues::of(&self.policies);
        let mut cuts = CutCollector {
            values: &values,
            axes: AxesBuilder::new(),
            known: HashSet::default(),
        };
        for (side, policy) in self.policies.iter().enumerate() {
            cuts.add_entries(side, policy.entries());
        }
        for (side, condition) in &self.conditions {
            cuts.add_condition(*side, condition);
        }
        for period in self.periods {
            cuts.add_period(period);
        }
        cuts.add_attributes();
        let dimensions = self.policies.first().map(Policy::dimensions);
        let count = |dimension| match values.joined_of(dimension) {
            Some(joined) if dimension != Dimension::CustomerSize => Some(joined.len()),
            _ => dimensions?.count(dimension),
        };
        let index = cuts.axes.finish_by_counts(count);
        let axes = index.axes.iter();
        let ranges = axes.map(|axis| AxisClasses::of(axis, &values)).collect();
        let names = values.attributes.iter().map(|(name, _)| name);
        let first = |name| {
            values
                .attributes
                .iter()
                .position(|(other, _)| other == name)
        };
        let of_name = names.map(|name| first(name).unwrap_or_default()).collect();
        Grid {
            of_name,
            policies: self.policies,
            values,
            index,
            ranges,
            none: ClassSet::default(),
        }
    }
}

/// Collects the cuts of rules and conditions.
struct CutCollector<'a> {
    values: &'a SharedValues,
    axes: AxesBuilder,
    /// Tests of values that the policies see differently: by policy, the codes they name. Rules often
    /// share such a test, and each may begin and end at every value.
    known: HashSet<(usize, Dimension, &'a [RangeInclusive<u32>]), FixedState>,
}

impl<'a> CutCollector<'a> {
    /// Adds the cuts of all entries, enabled or not.
    fn add_entries(&mut self, side: usize, entries: &'a [ResolvedEntry]) {
        for entry in entries {
            match entry {
                ResolvedEntry::Rule { period, when, .. } => {
                    self.add_period(*period);
                    self.add_condition(side, when);
                }
                ResolvedEntry::Group { when, entries, .. } => {
                    self.add_condition(side, when);
                    self.add_entries(side, entries);
                }
            }
        }
    }

    fn add_period(&mut self, period: Period) {
        let spans = Spans::Codes(vec![span_of(period)]);
        self.axes.add(AxisKey::Now, Question::Now, spans);
    }

    fn add_condition(&mut self, side: usize, condition: &'a ResolvedCondition) {
        match condition {
            ResolvedCondition::All(parts) | ResolvedCondition::Any(parts) => {
                for part in parts {
                    self.add_condition(side, part);
                }
            }
            ResolvedCondition::Not(part) => self.add_condition(side, part),
            ResolvedCondition::Test(test) => {
                if let ResolvedTest::Codes { dimension, ranges } = test
                    && self.values.joined_of(*dimension).is_some()
                    && !self.known.insert((side, *dimension, ranges))
                {
                    return;
                }
                let (key, question, placed) = self.values.place(side, test);
                let spans = placed.into_iter().find_map(|placed| match placed {
                    TestValues::Spans(spans) => Some(spans),
                    TestValues::Missing | TestValues::Unlisted | TestValues::Answer => None,
                });
                let spans = spans.unwrap_or(Spans::Codes(Vec::new()));
                self.axes.add(key, question, spans);
            }
        }
    }

    /// Adds an axis for every attribute, so that conditions can test whether it is missing, and cuts around
    /// the pairs of values that only names of bands lead to.
    fn add_attributes(&mut self) {
        for number in 0..self.values.attributes.len() {
            let spans = Spans::Codes(Vec::new());
            let key = AxisKey::Attribute(number);
            self.axes.add(key, Question::Attribute(number), spans);
        }
        let size = Dimension::CustomerSize;
        if let Some(joined) = self.values.joined_of(size) {
            let pairs = joined.pairs();
            let spans = pairs.map(|(code, _)| (Some(code.into()), Some(u128::from(code) + 1)));
            let spans = spans.chain([(Some(HEAD_COUNTS.into()), None)]).collect();
            let question = Question::Dimension(size);
            self.axes
                .add(AxisKey::Dimension(size), question, Spans::Codes(spans));
        }
    }
}
