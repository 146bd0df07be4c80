//! Finds a lead of a set.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::attribute_search::attribute_value;
use super::budget::SearchBudget;
use super::cuboid::Cuboid;
use super::search::{Limit, Search};
use crate::dimension::{Dimension, Listed};
use crate::lead::{Facts, Lead, LeadBuilder};
use crate::policy::Policy;
use crate::space::axes::{ClassSet, Cuts, FIRST_KNOWN, MISSING, Question, UNLISTED, YES, moment};
use crate::space::grid::{AxisSubject, Grid, Undecided};

/// A lead that is in a set, with a moment at which it is.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Example {
    /// The lead, with the id `example`. Values that it does not give are missing.
    pub lead: Lead<'static>,
    /// A moment at which the lead is in the set, or `None` if it always is.
    pub moment: Option<DateTime<Utc>>,
}

/// What a box requires of a lead, by dimension and attribute.
pub(super) struct Demands<'a> {
    grid: &'a Grid,
    limits: BTreeMap<AxisSubject, Vec<Limit<'a>>>,
}

impl<'a> Demands<'a> {
    pub(super) fn of(grid: &'a Grid, cuboid: &'a Cuboid) -> Self {
        let mut limits: BTreeMap<AxisSubject, Vec<Limit<'a>>> = BTreeMap::new();
        for (axis, classes) in cuboid.limits() {
            let own = limits.entry(grid.subject(*axis)).or_default();
            own.push((*axis, classes));
        }
        Self { grid, limits }
    }

    /// The number of values that a lead must give.
    pub(super) fn values(&self) -> usize {
        let limits = self.limits.iter();
        let given = limits.filter(|(of, limits)| {
            let is_missing = limits.iter().all(|(_, classes)| classes.contains(MISSING));
            **of != AxisSubject::Now && !is_missing
        });
        given.count()
    }

    /// A lead in the box that gives as few values as possible; `None` if there is no lead in it.
    pub(super) fn example(&self, search: &mut SearchBudget) -> Result<Option<Example>, Undecided> {
        let mut lead = Lead::builder("example");
        let mut moment = None;
        let mut unsettled = None;
        for (of, limits) in &self.limits {
            match of {
                AxisSubject::Dimension(dimension) => {
                    let Some(given) = self.dimension(*dimension, limits, lead) else {
                        return Ok(None);
                    };
                    lead = given;
                }
                AxisSubject::Attribute(_) => match attribute_value(self.grid, limits, search) {
                    Search::Found(None) => {}
                    Search::Found(Some(value)) => {
                        lead = lead.attribute(self.grid.name(*of), value);
                    }
                    Search::Nothing => return Ok(None),
                    Search::Unknown => unsettled = Some(self.undecided(*of, limits)),
                },
                AxisSubject::Now => {
                    moment = limits.iter().find_map(|limit| self.moment(*limit));
                    if moment.is_none() {
                        return Ok(None);
                    }
                }
            }
        }
        // Only now: another subject may have had no value at all.
        match unsettled {
            Some(unsettled) => Err(unsettled),
            None => Ok(Some(Example {
                lead: lead.build(),
                moment,
            })),
        }
    }

    fn dimension(
        &self,
        dimension: Dimension,
        limits: &[Limit<'_>],
        lead: LeadBuilder<'static>,
    ) -> Option<LeadBuilder<'static>> {
        let &[(axis, classes)] = limits else {
            return None;
        };
        if classes.contains(MISSING) {
            return Some(lead);
        }
        let Some(code) = self.code(axis, classes) else {
            let is_unlisted = classes.contains(UNLISTED);
            let text = self.unlisted(dimension).filter(|_| is_unlisted)?;
            return Some(lead.value(dimension, text));
        };
        let joined = self.grid.joined(dimension);
        if let Some(text) = joined.and_then(|joined| joined.text(code)) {
            return Some(lead.value(dimension, text.to_owned()));
        }
        let code = u32::try_from(code).ok()?;
        if dimension == Dimension::CustomerSize {
            return Some(lead.customer_size(code));
        }
        let name = self.grid.dimensions(0)?.name(dimension, code);
        Some(lead.value(dimension, name.to_owned()))
    }

    /// The first code in the classes; `None` if no known value is in them.
    fn code(&self, axis: u32, classes: &ClassSet) -> Option<u64> {
        let mut ranges = classes.ranges().iter();
        let &(first, _) = ranges.find(|&&(_, last)| last >= FIRST_KNOWN)?;
        let class = first.max(FIRST_KNOWN);
        let axis = self.grid.axis(axis)?;
        match &axis.cuts {
            Cuts::Dense(classes) => Some(classes.partition_point(|&other| other < class) as u64),
            Cuts::Counts(cuts) => {
                let place = (class - FIRST_KNOWN) as usize;
                let from = place.checked_sub(1).and_then(|place| cuts.get(place));
                // A head count of 1 is a better example than 0.
                let from = from.copied().unwrap_or_default();
                let is_one = from == 0 && axis.class_of_code(1) == class;
                Some(if is_one { 1 } else { from })
            }
            Cuts::Codes(_) | Cuts::Texts(_) | Cuts::Answer => None,
        }
    }

    /// A text that no policy lists.
    fn unlisted(&self, dimension: Dimension) -> Option<String> {
        // Some are longer than every name.
        let mut texts = (1..).map(|times| vec!["unlisted"; times].join(" "));
        texts.find(|text| {
            let mut policies = self.grid.policies.iter().map(Policy::dimensions);
            policies.all(|it| Facts::code_of_text(text, it, dimension) == Listed::Unlisted)
        })
    }

    /// The first moment in the classes or, if they have no beginning, a second before the first moment that
    /// rules name.
    fn moment(&self, (axis, classes): Limit<'_>) -> Option<DateTime<Utc>> {
        let Cuts::Codes(cuts) = &self.grid.axis(axis)?.cuts else {
            return None;
        };
        let before = |first: u128| {
            let first = moment(first)?;
            let earlier = first.checked_sub_signed(TimeDelta::seconds(1));
            let earlier = earlier.unwrap_or(DateTime::<Utc>::MIN_UTC);
            Some(earlier).filter(|earlier| *earlier < first)
        };
        let of_class = |class: u32| match class.checked_sub(FIRST_KNOWN)?.checked_sub(1) {
            Some(place) => moment(*cuts.get(place as usize)?),
            None => match cuts.first() {
                Some(first) => before(*first),
                None => Some(DateTime::UNIX_EPOCH),
            },
        };
        // There is no moment before the first of all.
        let classes = classes.ranges().iter();
        let mut classes = classes.flat_map(|&(first, last)| first..=last);
        classes.find_map(of_class)
    }

    fn undecided(&self, of: AxisSubject, limits: &[Limit<'_>]) -> Undecided {
        let test = |(axis, classes): &Limit<'_>| {
            Some(match &self.grid.axis(*axis)?.question {
                Question::Test(_, test) if classes.contains(YES) => test.to_string(),
                Question::Test(_, test) => format!("not {test}"),
                Question::Attribute(number) => {
                    let (_, kind) = self.grid.attribute(*number)?;
                    format!("a {kind} within the limits of the set")
                }
                Question::Dimension(_) | Question::Now => return None,
            })
        };
        let tests = limits.iter().filter_map(test);
        let tests: Vec<String> = tests.collect();
        Undecided::Dependent {
            attribute: self.grid.name(of),
            tests: tests.join(" and "),
        }
    }
}
