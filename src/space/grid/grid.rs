//! The axes of a space and their classes, which all sets of the space share.

use chrono::{DateTime, Utc};

use super::axis_classes::AxisClasses;
use super::error::SpaceError;
use super::shared_values::SharedValues;
use super::value_pairs::ValuePairs;
use crate::dimension::{AttributeKind, Dimension, Dimensions, Listed};
use crate::id::AttributeName;
use crate::lead::{Facts, Lead, resolve_attribute};
use crate::policy::{Policy, ResolvedTest};
use crate::rule::Period;
use crate::space::axes::{
    Axes, AxesIndex, Axis, AxisKey, ClassSet, MISSING, Question, Spans, TestValues, UNLISTED,
    narrow, span_of,
};

/// The axes of a space.
#[derive(Debug)]
pub(crate) struct Grid {
    /// One policy, or two.
    pub(crate) policies: Vec<Policy>,
    pub(super) values: SharedValues,
    pub(super) index: AxesIndex,
    /// The classes that have values, by axis.
    pub(super) ranges: Vec<AxisClasses>,
    /// For each attribute the first of that name: one name may have a different kind in each policy.
    pub(super) of_name: Vec<usize>,
    /// The classes of an axis that does not exist: none.
    pub(super) none: ClassSet,
}

/// The subject of an axis. Values of different subjects are independent of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum AxisSubject {
    Dimension(Dimension),
    /// The number of the first attribute of that name.
    Attribute(usize),
    Now,
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
