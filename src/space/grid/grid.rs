//! The axes of a space and their classes, which all sets of the space share.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};
use foldhash::fast::FixedState;
use indexmap::IndexSet;

use super::error::SpaceError;
use super::value_pairs::{HEAD_COUNTS, ValuePairs};
use crate::dimension::{AttributeKind, Attributes, Dimension, Dimensions, Listed};
use crate::id::AttributeName;
use crate::lead::{Facts, Lead, resolve_attribute};
use crate::policy::{Policy, ResolvedCondition, ResolvedEntry, ResolvedTest};
use crate::rule::Period;
use crate::space::axes::{
    Axes, AxesBuilder, AxesIndex, Axis, AxisKey, ClassSet, Cuts, DIMENSIONS, FIRST_KNOWN, MISSING,
    Question, Spans, TestValues, UNLISTED, narrow, place_attribute, question_of_attribute,
    some_value, span_of, spans_of_ranges,
};

/// The axes of a space.
#[derive(Debug)]
pub(crate) struct Grid {
    /// One policy, or two.
    pub(crate) policies: Vec<Policy>,
    values: SharedValues,
    index: AxesIndex,
    /// The classes that have values, by axis.
    ranges: Vec<AxisClasses>,
    /// For each attribute the first of that name: one name may have a different kind in each policy.
    of_name: Vec<usize>,
    /// The classes of an axis that does not exist: none.
    none: ClassSet,
}

/// Maps the values of the policies to those of the space.
#[derive(Debug, Default)]
struct SharedValues {
    /// By dimension; `None` where the policies agree on all values.
    joined: [Option<ValuePairs>; DIMENSIONS],
    /// The attributes of the space.
    attributes: IndexSet<(AttributeName, AttributeKind)>,
    /// For each policy and each of its attributes, the number of the attribute in the space.
    attributes_of: Vec<Vec<usize>>,
}

/// The classes of an axis.
#[derive(Debug)]
struct AxisClasses {
    /// The classes that some value has.
    all: ClassSet,
    /// For each class the number of values in all classes before it.
    values_before: Vec<f64>,
}

/// The subject of an axis. Values of different subjects are independent of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum AxisSubject {
    Dimension(Dimension),
    /// The number of the first attribute of that name.
    Attribute(usize),
    Now,
}

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

impl SharedValues {
    fn of(policies: &[Policy]) -> Self {
        let joined = match policies {
            [one, other] => Dimension::ALL
                .map(|dimension| ValuePairs::of(dimension, [one.dimensions(), other.dimensions()])),
            _ => Default::default(),
        };
        let mut attributes = IndexSet::new();
        let mut number = |of: &Attributes| {
            let number =
                |(name, kind): (&AttributeName, _)| attributes.insert_full((name.clone(), kind)).0;
            of.iter().map(number).collect()
        };
        let attributes_of = policies
            .iter()
            .map(|policy| number(policy.dimensions().attributes()))
            .collect();
        Self {
            joined,
            attributes,
            attributes_of,
        }
    }

    fn joined_of(&self, dimension: Dimension) -> Option<&ValuePairs> {
        self.joined.get(dimension as usize)?.as_ref()
    }

    /// The axis of a policy's test, and the values for which the test holds.
    fn place(&self, side: usize, test: &ResolvedTest) -> (AxisKey, Question, Vec<TestValues>) {
        let of_dimension = |dimension: Dimension, placed| {
            (
                AxisKey::Dimension(dimension),
                Question::Dimension(dimension),
                placed,
            )
        };
        let codes = |spans| TestValues::Spans(Spans::Codes(spans));
        match test {
            ResolvedTest::DimensionMissing(dimension) => {
                of_dimension(*dimension, vec![TestValues::Missing])
            }
            ResolvedTest::DimensionUnlisted(dimension) => {
                let joined = self.joined_of(*dimension);
                let others = joined.map(|joined| codes(joined.unlisted(side)));
                let placed = [TestValues::Unlisted].into_iter().chain(others);
                of_dimension(*dimension, placed.collect())
            }
            ResolvedTest::Codes { dimension, ranges } => {
                let spans = match self.joined_of(*dimension) {
                    Some(joined) => joined.spans(side, ranges),
                    None => spans_of_ranges(ranges).collect(),
                };
                of_dimension(*dimension, vec![codes(spans)])
            }
            ResolvedTest::Attribute { index, test } => {
                let of_side = self.attributes_of.get(side);
                let index = of_side.and_then(|numbers| numbers.get(*index));
                let index = index.copied().unwrap_or_default();
                let (key, placed) = place_attribute(index, test);
                (key, question_of_attribute(index, test), vec![placed])
            }
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

impl AxisClasses {
    fn of(axis: &Axis, values: &SharedValues) -> Self {
        let last_count = HEAD_COUNTS
            + match &axis.question {
                Question::Dimension(Dimension::CustomerSize) => {
                    let joined = values.joined_of(Dimension::CustomerSize);
                    joined.map_or(0, ValuePairs::len) as u64
                }
                _ => 0,
            };
        let kind = match &axis.question {
            Question::Attribute(number) => values.attributes.get_index(*number),
            _ => None,
        };
        let kind = kind.map(|(_, kind)| *kind);
        let values_of = |class: u32| {
            if class < FIRST_KNOWN {
                return u32::from(axis.question != Question::Now);
            }
            let place = (class - FIRST_KNOWN) as usize;
            match (&axis.cuts, kind) {
                (Cuts::Dense(classes), _) => {
                    let begin = classes.partition_point(|&other| other < class);
                    let end = classes.partition_point(|&other| other <= class);
                    narrow(end - begin)
                }
                (Cuts::Counts(cuts), _) => {
                    let from = place.checked_sub(1).and_then(|place| cuts.get(place));
                    u32::from(from.is_none_or(|&from| from < last_count))
                }
                (Cuts::Codes(cuts), Some(kind)) => {
                    u32::from(some_value(cuts, class, kind).is_some())
                }
                (Cuts::Codes(_) | Cuts::Texts(_) | Cuts::Answer, _) => 1,
            }
        };
        let mut values_before = vec![0.0];
        let mut sum = 0.0;
        let mut ranges = Vec::new();
        for class in 0..axis.classes {
            let count = values_of(class);
            if count > 0 {
                ranges.push((class, class));
            }
            sum += f64::from(count);
            values_before.push(sum);
        }
        Self {
            all: ClassSet::from_ranges(ranges),
            values_before,
        }
    }

    fn values(&self, (first, last): (u32, u32)) -> f64 {
        let before = |class: u32| self.values_before.get(class as usize).copied();
        before(last + 1).unwrap_or_default() - before(first).unwrap_or_default()
    }
}

impl Grid {
    /// The position of a policy among those of the space.
    pub(crate) fn side(&self, policy: &Policy) -> Result<usize, SpaceError> {
        let mut known = self.policies.iter();
        let side = known.position(|known| known.is_same(policy));
        side.ok_or(SpaceError::ForeignPolicy)
    }

    /// The dimensions of the policy at a position.
    pub(crate) fn dimensions(&self, side: usize) -> Option<&Dimensions> {
        self.policies.get(side).map(Policy::dimensions)
    }

    pub(crate) fn axes(&self) -> &Axes {
        &self.index.axes
    }

    pub(crate) fn axis(&self, axis: u32) -> Option<&Axis> {
        self.index.axes.get(axis as usize)
    }

    /// All classes that some value has on the axis.
    pub(crate) fn all(&self, axis: u32) -> &ClassSet {
        let classes = self.ranges.get(axis as usize);
        classes.map_or(&self.none, |classes| &classes.all)
    }

    /// The fraction of an axis's values that are in these classes.
    pub(crate) fn share(&self, axis: u32, set: &ClassSet) -> f64 {
        let Some(classes) = self.ranges.get(axis as usize) else {
            return 0.0;
        };
        let ranges = set.ranges().iter();
        let values: f64 = ranges.map(|&range| classes.values(range)).sum();
        let all = classes.values_before.last().copied().unwrap_or(1.0);
        values / all
    }

    /// The values of a dimension as the two policies see them; `None` if they agree.
    pub(crate) fn joined(&self, dimension: Dimension) -> Option<&ValuePairs> {
        self.values.joined_of(dimension)
    }

    /// The name and kind of an attribute of the space.
    pub(crate) fn attribute(&self, number: usize) -> Option<(&AttributeName, AttributeKind)> {
        let (name, kind) = self.values.attributes.get_index(number)?;
        Some((name, *kind))
    }

    /// The subject of an axis.
    pub(crate) fn subject(&self, axis: u32) -> AxisSubject {
        match self.axis(axis).map(|axis| &axis.question) {
            Some(Question::Dimension(dimension)) => AxisSubject::Dimension(*dimension),
            Some(Question::Attribute(number) | Question::Test(number, _)) => {
                AxisSubject::Attribute(self.of_name.get(*number).copied().unwrap_or(*number))
            }
            Some(Question::Now) | None => AxisSubject::Now,
        }
    }

    /// The subject's name.
    pub(crate) fn name(&self, subject: AxisSubject) -> String {
        match subject {
            AxisSubject::Dimension(dimension) => dimension.to_string(),
            AxisSubject::Attribute(number) => {
                let attribute = self.attribute(number);
                attribute.map_or_else(String::new, |(name, _)| name.to_string())
            }
            AxisSubject::Now => "the moment".to_owned(),
        }
    }

    /// The axis of a policy's test and the classes for which it holds.
    pub(crate) fn limit(
        &self,
        side: usize,
        test: &ResolvedTest,
    ) -> Result<(u32, ClassSet), SpaceError> {
        let (key, question, placed) = self.values.place(side, test);
        let mut ranges = Vec::new();
        let mut axis = 0;
        for placed in placed {
            let Some((found, classes)) = self.index.exact_classes(&key, placed) else {
                let subject = match question {
                    Question::Dimension(dimension) => AxisSubject::Dimension(dimension),
                    Question::Attribute(number) | Question::Test(number, _) => {
                        AxisSubject::Attribute(number)
                    }
                    Question::Now => AxisSubject::Now,
                };
                let subject = self.name(subject);
                return Err(SpaceError::NotCut { subject });
            };
            axis = narrow(found);
            ranges.extend_from_slice(classes.ranges());
        }
        let classes = ClassSet::from_ranges(ranges);
        Ok((axis, classes.intersection(self.all(axis))))
    }

    /// The axis of the moment and the classes of a period; `None` if the period is unbounded.
    pub(crate) fn period(&self, period: Period) -> Result<Option<(u32, ClassSet)>, SpaceError> {
        if period.is_always() {
            return Ok(None);
        }
        let spans = TestValues::Spans(Spans::Codes(vec![span_of(period)]));
        let Some((axis, classes)) = self.index.exact_classes(&AxisKey::Now, spans) else {
            let subject = self.name(AxisSubject::Now);
            return Err(SpaceError::NotCut { subject });
        };
        let axis = narrow(axis);
        Ok(Some((axis, classes.intersection(self.all(axis)))))
    }

    /// The class of a lead on an axis.
    pub(crate) fn class_of(&self, axis: u32, lead: &Lead<'_>, now: DateTime<Utc>) -> Option<u32> {
        let known = self.axis(axis)?;
        match &known.question {
            Question::Dimension(dimension) => {
                let mut codes = self
                    .policies
                    .iter()
                    .map(|policy| Facts::code_of(lead, policy.dimensions(), *dimension));
                let first = codes.next()?;
                let joined = self.joined(*dimension);
                let pair = joined.zip(codes.next());
                let code = pair.and_then(|(joined, second)| joined.code([first, second]));
                Some(match (code, first) {
                    (Some(code), _) => known.class_of_code(code),
                    (None, Listed::Known(code)) => known.class_of_code(code.into()),
                    (None, Listed::Missing) => MISSING,
                    (None, Listed::Unlisted) => UNLISTED,
                })
            }
            Question::Attribute(number) | Question::Test(number, _) => {
                let (name, kind) = self.attribute(*number)?;
                let given = lead.attribute(name.as_str());
                let fact = resolve_attribute(given, kind).value;
                Some(self.axes().class(axis as usize, now, |_| &fact))
            }
            Question::Now => Some(self.axes().class(axis as usize, now, |_| &Listed::Missing)),
        }
    }
}
