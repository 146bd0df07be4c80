//! The values of one policy or two as a space sees them.

use indexmap::IndexSet;

use super::value_pairs::ValuePairs;
use crate::dimension::{AttributeKind, Attributes, Dimension};
use crate::id::AttributeName;
use crate::policy::{Policy, ResolvedTest};
use crate::space::axes::{
    AxisKey, DIMENSIONS, Question, Spans, TestValues, place_attribute, question_of_attribute,
    spans_of_ranges,
};

/// Maps the values of the policies to those of the space.
#[derive(Debug, Default)]
pub(super) struct SharedValues {
    /// By dimension; `None` where the policies agree on all values.
    joined: [Option<ValuePairs>; DIMENSIONS],
    /// The attributes of the space.
    pub(super) attributes: IndexSet<(AttributeName, AttributeKind)>,
    /// For each policy and each of its attributes, the number of the attribute in the space.
    attributes_of: Vec<Vec<usize>>,
}

impl SharedValues {
    pub(super) fn of(policies: &[Policy]) -> Self {
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

    pub(super) fn joined_of(&self, dimension: Dimension) -> Option<&ValuePairs> {
        self.joined.get(dimension as usize)?.as_ref()
    }

    /// The axis of a policy's test, and the values for which the test holds.
    pub(super) fn place(
        &self,
        side: usize,
        test: &ResolvedTest,
    ) -> (AxisKey, Question, Vec<TestValues>) {
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
