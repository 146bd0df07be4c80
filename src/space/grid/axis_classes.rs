//! How many values the classes of an axis have.

use super::shared_values::SharedValues;
use super::value_pairs::{HEAD_COUNTS, ValuePairs};
use crate::dimension::Dimension;
use crate::space::axes::{Axis, ClassSet, Cuts, FIRST_KNOWN, Question, narrow, some_value};

/// The classes of an axis.
#[derive(Debug)]
pub(super) struct AxisClasses {
    /// The classes that some value has.
    pub(super) all: ClassSet,
    /// For each class the number of values in all classes before it.
    pub(super) values_before: Vec<f64>,
}

impl AxisClasses {
    pub(super) fn of(axis: &Axis, values: &SharedValues) -> Self {
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

    pub(super) fn values(&self, (first, last): (u32, u32)) -> f64 {
        let before = |class: u32| self.values_before.get(class as usize).copied();
        before(last + 1).unwrap_or_default() - before(first).unwrap_or_default()
    }
}
