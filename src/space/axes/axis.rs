//! Axes: the questions that a tree can ask of a lead, each with a numbered set of answers.
//!
//! On every axis the values are cut where some rule's test begins or ends; what lies between two
//! cuts is a class, and no rule can tell two values of a class apart. Class 0 is missing, class 1
//! unlisted, the known values follow in order.

use chrono::{DateTime, Utc};
use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::class_set::ClassSet;
use super::distinct::Distinct;
use super::placing::{
    AxisKey, Question, Span, Spans, TestValues, code_of, code_of_moment, place, question, span_of,
};
use super::text_cuts::TextCuts;
use crate::dimension::{Dimension, Dimensions, Listed};
use crate::lead::{Fact, Facts, Lead};
use crate::policy::{BoundCondition, BoundEntry, BoundTest};
use crate::rule::Period;

/// How many dimensions there are; their axes come first.
pub(crate) const DIMENSIONS: usize = 6;

/// A lead's class on each dimension, in the order of the dimensions.
pub(crate) type Classes = [u32; DIMENSIONS];

pub(crate) const MISSING: u32 = 0;
pub(crate) const UNLISTED: u32 = 1;
pub(crate) const FIRST_KNOWN: u32 = 2;
pub(crate) const NO: u32 = 2;
pub(crate) const YES: u32 = 3;

/// Where a range of values is cut.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cuts {
    /// Between ordered values, as codes: the first value of each class but the first.
    Codes(Vec<u128>),
    /// Between the codes of dimensions with few codes: the class of each code.
    Dense(Vec<u32>),
    /// Between head counts, in a width that is compared without a branch.
    Counts(Vec<u64>),
    /// Between texts.
    Texts(TextCuts),
    /// Yes or no.
    Answer,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axis {
    pub(crate) question: Question,
    /// How many classes there are.
    pub(crate) classes: u32,
    /// Whether any rule asks.
    is_asked: bool,
    pub(crate) cuts: Cuts,
}

/// All axes of a policy; the six dimensions come first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axes(Vec<Axis>);

/// Gathers the cuts of all rules.
pub(crate) struct AxesBuilder {
    found: IndexMap<AxisKey, (Question, CutsFound), FixedState>,
}

#[derive(Default)]
struct CutsFound {
    is_asked: bool,
    codes: Distinct<u128>,
    texts: Distinct<Box<[u8]>>,
}

impl AxesBuilder {
    pub(crate) fn new() -> Self {
        let found = Dimension::ALL
            .into_iter()
            .map(|dimension| {
                (
                    AxisKey::Dimension(dimension),
                    (Question::Dimension(dimension), CutsFound::default()),
                )
            })
            .collect();
        Self { found }
    }

    /// Takes up the cuts of all entries that are switched on.
    pub(crate) fn add_entries(&mut self, entries: &[BoundEntry]) {
        for entry in entries {
            match entry {
                BoundEntry::Rule {
                    enabled: true,
                    period,
                    when,
                    ..
                } => {
                    if !period.is_always() {
                        self.add(
                            AxisKey::Now,
                            Question::Now,
                            Spans::Codes(vec![span_of(*period)]),
                        );
                    }
                    self.add_condition(when);
                }
                BoundEntry::Group {
                    enabled: true,
                    when,
                    entries,
                    ..
                } => {
                    self.add_condition(when);
                    self.add_entries(entries);
                }
                BoundEntry::Rule { .. } | BoundEntry::Group { .. } => {}
            }
        }
    }

    /// Takes up the cuts of a condition.
    pub(crate) fn add_condition(&mut self, condition: &BoundCondition) {
        match condition {
            BoundCondition::All(parts) | BoundCondition::Any(parts) => {
                for part in parts {
                    self.add_condition(part);
                }
            }
            BoundCondition::Not(part) => self.add_condition(part),
            BoundCondition::Test(test) => {
                let (key, placed) = place(test);
                let spans = match placed {
                    TestValues::Spans(spans) => spans,
                    TestValues::Missing | TestValues::Unlisted | TestValues::Answer => {
                        Spans::Codes(Vec::new())
                    }
                };
                self.add(key, question(test), spans);
            }
        }
    }

    /// Takes up an axis and cuts of it.
    pub(crate) fn add(&mut self, key: AxisKey, question: Question, spans: Spans) {
        let (_, found) = self
            .found
            .entry(key)
            .or_insert_with(|| (question, CutsFound::default()));
        found.is_asked = true;
        match spans {
            Spans::Codes(spans) => {
                found.codes.extend(
                    spans
                        .into_iter()
                        .flat_map(|(from, to)| [from, to])
                        .flatten(),
                );
            }
            Spans::Texts(spans) => {
                found.texts.extend(
                    spans
                        .into_iter()
                        .flat_map(|(from, to)| [from, to])
                        .flatten(),
                );
            }
        }
    }

    pub(crate) fn finish(self, dimensions: &Dimensions) -> AxesIndex {
        self.finish_by_counts(|dimension| dimensions.count(dimension))
    }

    /// Cuts the axes into classes. `count`: how many codes a dimension has; `None` if they are head counts.
    pub(crate) fn finish_by_counts(self, count: impl Fn(Dimension) -> Option<usize>) -> AxesIndex {
        let mut axes = Vec::with_capacity(self.found.len());
        let mut positions =
            IndexMap::with_capacity_and_hasher(self.found.len(), FixedState::default());
        for (key, (question, found)) in self.found {
            let (codes, texts) = (found.codes.into_sorted(), found.texts.into_sorted());
            let cuts = match &question {
                Question::Test(..) => Cuts::Answer,
                Question::Attribute(_) if !texts.is_empty() => Cuts::Texts(TextCuts::new(texts)),
                Question::Dimension(dimension) => by_code(codes, count(*dimension)),
                Question::Attribute(_) | Question::Now => Cuts::Codes(codes),
            };
            let known = match &cuts {
                Cuts::Codes(cuts) => cuts.len() + 1,
                Cuts::Dense(classes) => classes
                    .last()
                    .map_or(1, |&last| (last + 1 - FIRST_KNOWN) as usize),
                Cuts::Counts(cuts) => cuts.len() + 1,
                Cuts::Texts(cuts) => cuts.len() + 1,
                Cuts::Answer => 2,
            };
            let classes = u32::try_from(known).unwrap_or(u32::MAX - FIRST_KNOWN) + FIRST_KNOWN;
            positions.insert(key, positions.len());
            axes.push(Axis {
                question,
                classes,
                is_asked: found.is_asked,
                cuts,
            });
        }
        AxesIndex {
            axes: Axes(axes),
            positions,
        }
    }
}

/// Dimensions with few codes get a table, so that finding a class is one look-up.
fn by_code(cuts: Vec<u128>, codes: Option<usize>) -> Cuts {
    let Some(codes) = codes else {
        return Cuts::Counts(cuts.into_iter().map(narrow).collect());
    };
    let mut class = FIRST_KNOWN;
    let mut cuts = cuts.into_iter().peekable();
    let classes = (0..codes)
        .map(|code| {
            while cuts.next_if(|&cut| cut <= code as u128).is_some() {
                class += 1;
            }
            class
        })
        .collect();
    Cuts::Dense(classes)
}

/// A head count's code, or the one after the last.
fn narrow(code: u128) -> u64 {
    u64::try_from(code).unwrap_or(u64::MAX)
}

/// The axes, and where each test stands.
#[derive(Debug)]
pub(crate) struct AxesIndex {
    pub(crate) axes: Axes,
    positions: IndexMap<AxisKey, usize, FixedState>,
}

/// Building an axis takes so many times its memory.
const GROWTH: usize = 5;

impl AxesIndex {
    /// About how many bytes the axes take while they are built.
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
        // Once to find a test by, once to ask it.
        let texts = self.positions.keys().map(|key| match key {
            AxisKey::Test(_, _, texts) => {
                2 * texts
                    .iter()
                    .map(|text| size_of_val(text) + text.len())
                    .sum::<usize>()
            }
            _ => 0,
        });
        GROWTH * axes.sum::<usize>() + texts.sum::<usize>()
    }

    /// The axis and the classes for which the test holds.
    pub(crate) fn classes_of(&self, test: &BoundTest) -> (usize, ClassSet) {
        let (key, placed) = place(test);
        self.class_set(&key, placed)
    }

    /// The axis and the classes of a period.
    pub(crate) fn classes_of_period(&self, period: Period) -> (usize, ClassSet) {
        let spans = Spans::Codes(vec![span_of(period)]);
        self.class_set(&AxisKey::Now, TestValues::Spans(spans))
    }

    /// The axis and its classes, if the axis is there and cut at every bound.
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
                let class = |code: &u128| known_class(cuts, &narrow(*code));
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

/// The class of a known value.
pub(crate) fn known_class<K: Ord>(cuts: &[K], key: &K) -> u32 {
    after(cuts.partition_point(|cut| cut <= key))
}

/// The class of a known value that so many cuts are not after.
fn after(passed: usize) -> u32 {
    u32::try_from(passed).unwrap_or(u32::MAX - FIRST_KNOWN) + FIRST_KNOWN
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

impl Axis {
    /// Whether a class begins at the code, or none can.
    fn is_cut_at(&self, code: u128) -> bool {
        match &self.cuts {
            Cuts::Codes(cuts) => cuts.binary_search(&code).is_ok(),
            Cuts::Counts(cuts) => cuts.binary_search(&narrow(code)).is_ok(),
            Cuts::Dense(classes) => {
                let code = usize::try_from(code).unwrap_or(usize::MAX);
                let before = code.checked_sub(1).and_then(|before| classes.get(before));
                code >= classes.len() || before != classes.get(code)
            }
            Cuts::Texts(_) | Cuts::Answer => false,
        }
    }

    /// The class of a code, head counts and what is told beside them included.
    pub(crate) fn class_of_code(&self, code: u64) -> u32 {
        match &self.cuts {
            Cuts::Dense(classes) => {
                let class = usize::try_from(code)
                    .ok()
                    .and_then(|code| classes.get(code));
                class.copied().unwrap_or(FIRST_KNOWN)
            }
            Cuts::Counts(cuts) => known_class(cuts, &code),
            Cuts::Codes(_) | Cuts::Texts(_) | Cuts::Answer => FIRST_KNOWN,
        }
    }

    /// The class of a dimension's value.
    #[inline]
    fn class_of(&self, code: Listed<u32>) -> u32 {
        let code = match code {
            Listed::Missing => return MISSING,
            Listed::Unlisted => return UNLISTED,
            Listed::Known(code) => code,
        };
        if let Cuts::Dense(classes) = &self.cuts {
            classes.get(code as usize).copied().unwrap_or(FIRST_KNOWN)
        } else if let Cuts::Counts(cuts) = &self.cuts {
            known_class(cuts, &u64::from(code))
        } else {
            FIRST_KNOWN
        }
    }
}

impl Axes {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Axis> {
        self.0.iter()
    }

    pub(crate) fn get(&self, position: usize) -> Option<&Axis> {
        self.0.get(position)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The dimension or attribute that an axis asks for.
    pub(crate) fn name(&self, position: usize, dimensions: &Dimensions) -> String {
        let attribute = |index: &usize| {
            let attribute = dimensions.attributes().at(*index);
            attribute.map_or_else(String::new, |(name, _)| name.to_string())
        };
        match self.get(position).map(|axis| &axis.question) {
            None => String::new(),
            Some(Question::Dimension(dimension)) => dimension.to_string(),
            Some(Question::Attribute(index) | Question::Test(index, _)) => attribute(index),
            Some(Question::Now) => "the moment".to_owned(),
        }
    }

    /// How many classes the axis has.
    pub(crate) fn classes(&self, position: usize) -> u32 {
        self.0.get(position).map_or(0, |axis| axis.classes)
    }

    /// Fills in the classes of the lead's six dimensions; one that no rule asks for is left alone.
    pub(crate) fn classify(&self, lead: &Lead<'_>, dimensions: &Dimensions, classes: &mut Classes) {
        let mut fill = |dimension: Dimension| {
            let place = classes.get_mut(dimension as usize);
            if let (Some(class), Some(axis)) = (place, self.0.get(dimension as usize))
                && axis.is_asked
            {
                *class = axis.class_of(Facts::code_of(lead, dimensions, dimension));
            }
        };
        fill(Dimension::Region);
        fill(Dimension::Industry);
        fill(Dimension::CustomerSize);
        fill(Dimension::ProductLine);
        fill(Dimension::LifecycleStage);
        fill(Dimension::FunnelStage);
    }

    /// The class of a code on its dimension, as [`classify`](Self::classify) fills it in.
    pub(crate) fn class_of(&self, dimension: Dimension, code: Listed<u32>) -> u32 {
        let axis = self.0.get(dimension as usize);
        let asked = axis.filter(|axis| axis.is_asked);
        asked.map_or(MISSING, |axis| axis.class_of(code))
    }

    /// Whether an axis is the answer to a test without order, which may take long to tell.
    #[inline]
    pub(crate) fn is_test(&self, position: usize) -> bool {
        let axis = self.0.get(position);
        axis.is_some_and(|axis| matches!(axis.question, Question::Test(..)))
    }

    /// The lead's class on an axis beyond the six dimensions; `fact` gives its attributes.
    pub(crate) fn class<'f>(
        &self,
        position: usize,
        now: DateTime<Utc>,
        fact: impl FnOnce(usize) -> &'f Listed<Fact<'f>>,
    ) -> u32 {
        let Some(axis) = self.0.get(position) else {
            return MISSING;
        };
        let (index, test) = match &axis.question {
            Question::Dimension(_) => return MISSING,
            Question::Now => {
                return match &axis.cuts {
                    Cuts::Codes(cuts) => known_class(cuts, &code_of_moment(now)),
                    _ => FIRST_KNOWN,
                };
            }
            Question::Attribute(index) => (*index, None),
            Question::Test(index, test) => (*index, Some(test)),
        };
        let fact = fact(index);
        match (fact, test) {
            (Listed::Missing, _) => MISSING,
            (Listed::Unlisted, _) => UNLISTED,
            (fact, Some(test)) if test.holds(fact) => YES,
            (_, Some(_)) => NO,
            (Listed::Known(fact), None) => match (&axis.cuts, fact) {
                (Cuts::Texts(cuts), Fact::Text(text)) => after(cuts.passed(text.as_bytes())),
                (Cuts::Codes(cuts), fact) => known_class(cuts, &code_of(fact)),
                _ => FIRST_KNOWN,
            },
        }
    }
}
