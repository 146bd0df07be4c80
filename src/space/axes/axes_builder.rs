//! Builds axes: gathers where the tests of rules begin and end, and cuts the values there.

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::axes_index::AxesIndex;
use super::axis::{Axes, Axis, Cuts, FIRST_KNOWN, as_count};
use super::distinct::Distinct;
use super::placing::{AxisKey, Question, Spans, TestValues, place, question, span_of};
use super::text_cuts::TextCuts;
use crate::dimension::{Dimension, Dimensions};
use crate::policy::{ResolvedCondition, ResolvedEntry};

/// Collects the cuts of all rules, then makes the axes.
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

    /// Adds the cuts of all enabled entries.
    pub(crate) fn add_entries(&mut self, entries: &[ResolvedEntry]) {
        for entry in entries {
            match entry {
                ResolvedEntry::Rule {
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
                ResolvedEntry::Group {
                    enabled: true,
                    when,
                    entries,
                    ..
                } => {
                    self.add_condition(when);
                    self.add_entries(entries);
                }
                ResolvedEntry::Rule { .. } | ResolvedEntry::Group { .. } => {}
            }
        }
    }

    /// Adds the cuts of a condition.
    pub(crate) fn add_condition(&mut self, condition: &ResolvedCondition) {
        match condition {
            ResolvedCondition::All(parts) | ResolvedCondition::Any(parts) => {
                for part in parts {
                    self.add_condition(part);
                }
            }
            ResolvedCondition::Not(part) => self.add_condition(part),
            ResolvedCondition::Test(test) => {
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

    /// Adds an axis, unless it is there already, and cuts of it.
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

    /// Cuts the axes into classes. `count` returns the number of codes of a dimension, or `None` if its codes
    /// are head counts.
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

/// The cuts of a dimension. One with few codes gets a table, so that finding a class is one look-up.
fn by_code(cuts: Vec<u128>, codes: Option<usize>) -> Cuts {
    let Some(codes) = codes else {
        return Cuts::Counts(cuts.into_iter().map(as_count).collect());
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
