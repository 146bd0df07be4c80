//! The classes of every test: which axis it is about, and for which classes of it the test holds.

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::axis::{
    Axes, Axis, Cuts, FIRST_KNOWN, MISSING, UNLISTED, YES, after, as_count, known_class,
};
use super::class_set::ClassSet;
use super::placing::{AxisKey, Span, Spans, TestValues, place, span_of};
use crate::policy::ResolvedTest;
use crate::rule::Period;

/// The axes, and the position of the axis that each test is about.
#[derive(Debug)]
pub(crate) struct AxesIndex {
    pub(crate) axes: Axes,
    pub(super) positions: IndexMap<AxisKey, usize, FixedState>,
}

/// Building an axis takes this many times the memory that it has in the end.
const BUILDING_FACTOR: usize = 5;

impl AxesIndex {
    /// An estimate of the memory in bytes that the axes take while they are built.
    pub(crate) fn bytes(&self) -> usize {
        let axes = self.axes.0.iter().map(|axis| {
            let cuts = match &axis.cuts {
                Cuts::Codes(cuts) => size_of_val(&**cuts),
                Cuts::Dense(classes) => size_of_val(&**classes),
                Cuts::Counts(cuts) => 2 * size_of_val(&**cuts),
                Cuts::Texts(cuts) => cuts.bytes(),
                Cuts::Answer => 0,
            };
            size_of::<Axis>() + cuts
        });
        // The texts of a test are stored twice: in its key and in its question.
        let texts = self.positions.keys().map(|key| match key {
            AxisKey::Test(_, _, texts) => {
                2 * texts
                    .iter()
                    .map(|text| size_of_val(text) + text.len())
                    .sum::<usize>()
            }
            _ => 0,
        });
        BUILDING_FACTOR * axes.sum::<usize>() + texts.sum::<usize>()
    }

    /// The axis and the classes for which the test holds.
    pub(crate) fn classes_of(&self, test: &ResolvedTest) -> (usize, ClassSet) {
        let (key, placed) = place(test);
        self.class_set(&key, placed)
    }

    /// The axis and the classes of a period.
    pub(crate) fn classes_of_period(&self, period: Period) -> (usize, ClassSet) {
        let spans = Spans::Codes(vec![span_of(period)]);
        self.class_set(&AxisKey::Now, TestValues::Spans(spans))
    }

    /// The axis and its classes; `None` if there is no such axis or it lacks a cut at some bound.
    pub(crate) fn exact_classes(
        &self,
        key: &AxisKey,
        placed: TestValues,
    ) -> Option<(usize, ClassSet)> {
        let axis = self.axes.0.get(*self.positions.get(key)?)?;
        let is_cut = match &placed {
            TestValues::Spans(Spans::Codes(spans)) => {
                let mut bounds = spans.iter().flat_map(|(from, to)| [from, to]).flatten();
                bounds.all(|bound| axis.is_cut_at(*bound))
            }
            TestValues::Spans(Spans::Texts(spans)) => {
                let mut bounds = spans.iter().flat_map(|(from, to)| [from, to]).flatten();
                bounds.all(|bound| match &axis.cuts {
                    Cuts::Texts(cuts) => cuts.texts().binary_search(bound).is_ok(),
                    _ => false,
                })
            }
            TestValues::Missing | TestValues::Unlisted | TestValues::Answer => true,
        };
        is_cut.then(|| self.class_set(key, placed))
    }

    fn class_set(&self, key: &AxisKey, placed: TestValues) -> (usize, ClassSet) {
        let position = self.positions.get(key).copied().unwrap_or_default();
        let Some(axis) = self.axes.0.get(position) else {
            return (position, ClassSet::default());
        };
        let classes = match (placed, &axis.cuts) {
            (TestValues::Missing, _) => ClassSet::one(MISSING),
            (TestValues::Unlisted, _) => ClassSet::one(UNLISTED),
            (TestValues::Answer, _) => ClassSet::one(YES),
            (TestValues::Spans(Spans::Codes(spans)), Cuts::Codes(cuts)) => {
                class_ranges(&spans, |key| known_class(cuts, key), axis.classes)
            }
            (TestValues::Spans(Spans::Codes(spans)), Cuts::Dense(classes)) => {
                // A bound beyond the last code begins no class.
                let class = |code: &u128| {
                    let code = usize::try_from(*code).unwrap_or(usize::MAX);
                    classes.get(code).copied().unwrap_or(axis.classes)
                };
                class_ranges(&spans, class, axis.classes)
            }
            (TestValues::Spans(Spans::Codes(spans)), Cuts::Counts(cuts)) => {
                let class = |code: &u128| known_class(cuts, &as_count(*code));
                class_ranges(&spans, class, axis.classes)
            }
            (TestValues::Spans(Spans::Texts(spans)), Cuts::Texts(cuts)) => {
                class_ranges(&spans, |key| after(cuts.passed(key)), axis.classes)
            }
            (TestValues::Spans(_), _) => ClassSet::default(),
        };
        (position, classes)
    }
}

/// The classes that the spans cover. Every bound is a cut, so classes are covered whole.
fn class_ranges<K>(spans: &[Span<K>], class: impl Fn(&K) -> u32, classes: u32) -> ClassSet {
    let ranges = spans.iter().map(|(from, to)| {
        let first = from.as_ref().map_or(FIRST_KNOWN, &class);
        let end = to.as_ref().map_or(classes, &class);
        (first, end - 1)
    });
    ClassSet::from_ranges(ranges.collect())
}
