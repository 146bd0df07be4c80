//! Axes: the questions that a tree can ask of a lead, each with numbered answers, the classes.
//!
//! The values of an axis are cut where some rule's test begins or ends. The values between two cuts form a
//! class: no rule can tell two values of one class apart. Class 0 is missing, class 1 is unlisted, and the
//! known values follow in order.

use chrono::{DateTime, Utc};

use super::placing::{Question, code_of, code_of_moment};
use super::text_cuts::TextCuts;
use crate::dimension::{Dimension, Dimensions, Listed};
use crate::lead::{Fact, Facts, Lead};

/// The number of dimensions. Their axes come first.
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
    /// For ordered values, as codes: the first code of each known class but the first.
    Codes(Vec<u128>),
    /// For dimensions with few codes: the class of each code.
    Dense(Vec<u32>),
    /// For head counts: the first of each known class but the first, in a width that is compared without a
    /// branch.
    Counts(Vec<u64>),
    /// For texts.
    Texts(TextCuts),
    /// For tests without order: the answer is yes or no.
    Answer,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axis {
    pub(crate) question: Question,
    /// The number of classes.
    pub(crate) classes: u32,
    /// Whether any rule tests it.
    pub(super) is_asked: bool,
    pub(crate) cuts: Cuts,
}

/// All axes of a policy; the six dimensions come first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axes(pub(super) Vec<Axis>);

/// A head count's code. A code beyond 64 bits becomes the largest, which no head count has.
pub(super) fn as_count(code: u128) -> u64 {
    u64::try_from(code).unwrap_or(u64::MAX)
}

/// The class of a known value.
pub(crate) fn known_class<K: Ord>(cuts: &[K], key: &K) -> u32 {
    after(cuts.partition_point(|cut| cut <= key))
}

/// The class of a known value that lies at or after `passed` cuts.
pub(super) fn after(passed: usize) -> u32 {
    u32::try_from(passed).unwrap_or(u32::MAX - FIRST_KNOWN) + FIRST_KNOWN
}

impl Axis {
    /// Whether a class begins at the code, or the code is beyond the last one.
    pub(super) fn is_cut_at(&self, code: u128) -> bool {
        match &self.cuts {
            Cuts::Codes(cuts) => cuts.binary_search(&code).is_ok(),
            Cuts::Counts(cuts) => cuts.binary_search(&as_count(code)).is_ok(),
            Cuts::Dense(classes) => {
                let code = usize::try_from(code).unwrap_or(usize::MAX);
                let before = code.checked_sub(1).and_then(|before| classes.get(before));
                code >= classes.len() || before != classes.get(code)
            }
            Cuts::Texts(_) | Cuts::Answer => false,
        }
    }

    /// The class of a known value's code, including the codes beyond head counts that a space of two policies
    /// adds.
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

    /// The name of the dimension or attribute that an axis is about.
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

    /// The number of classes of the axis.
    pub(crate) fn classes(&self, position: usize) -> u32 {
        self.0.get(position).map_or(0, |axis| axis.classes)
    }

    /// Fills in the classes of the lead's six dimensions. The class of a dimension that no rule tests stays
    /// as it is.
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

    /// Whether an axis is the answer to a test without order, which may take long to evaluate.
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
