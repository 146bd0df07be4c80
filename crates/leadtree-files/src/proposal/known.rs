//! How many values of a column a field can read.

use leadtree::dimension::{AttributeKind, Dimension};
use leadtree::policy::Policy;

use super::dates::{Dates, moments};
use super::name_score::ratio;
use crate::columns::{LeadField, size};
use crate::value::{Blanks, DEFAULT_BLANKS, NumberReading, flag, number};

/// At most this many values that are not known are kept.
const MOST_OTHERS: usize = 5;

/// How many values of a column a field can read.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// How many are not blank.
    pub(super) given: usize,
    /// How many of them the field can read.
    pub(super) read: usize,
    /// How many different ones it can read.
    pub(super) different: usize,
    /// The most frequent ones that it cannot read.
    pub(super) others: Vec<(String, usize)>,
}

impl Known {
    /// 1 if all are known; 0 without any.
    pub(super) fn share(&self) -> f64 {
        ratio(self.read, self.given)
    }
}

/// Tells which values a policy knows.
pub(super) struct Knowledge<'p> {
    pub(super) policy: &'p Policy,
    blanks: Blanks,
}

impl<'p> Knowledge<'p> {
    pub(super) fn new(policy: &'p Policy) -> Self {
        Self {
            policy,
            blanks: Blanks::new(DEFAULT_BLANKS),
        }
    }

    /// What a field knows of texts that occur so often. `dates` tells how dates are read.
    pub(super) fn of(
        &self,
        field: &LeadField,
        values: &[(String, usize)],
        dates: Option<&Dates>,
    ) -> Known {
        let moments = dates.map(|dates| moments(&dates.formats, self.policy));
        let is_known = |text: &str| match field {
            LeadField::Received => moments.as_ref().is_some_and(|it| it.moment(text).is_some()),
            LeadField::Dimension(Dimension::CustomerSize) => {
                let bands = self.policy.dimensions().customer_sizes();
                size(text.into(), bands)
                    .resolve(bands)
                    .value
                    .known()
                    .is_some()
            }
            LeadField::Dimension(_) => field.lists(self.policy, text),
            LeadField::Attribute { kind, .. } => match kind {
                AttributeKind::Number => number(text, None) != NumberReading::None,
                AttributeKind::Flag => flag(text).is_some(),
                AttributeKind::Date => moments.as_ref().is_some_and(|it| it.day(text).is_some()),
                _ => true,
            },
            _ => true,
        };
        let mut all = Known::default();
        for (text, count) in values {
            if is_known(text) {
                all.given += count;
                all.read += count;
                all.different += 1;
            } else if self.blanks.find(text).is_none() {
                all.given += count;
                all.others.push((text.clone(), *count));
            }
        }
        all.others
            .sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        all.others.truncate(MOST_OTHERS);
        all
    }
}
