//! Counts for the report.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use chrono::{DateTime, Utc};
use leadtree::dimension::{Dimension, Listed};
use leadtree::dispatch::{Assignment, AssignmentOutcome};
use leadtree::lead::Facts;
use leadtree::policy::{Policy, Source};
use leadtree::{Lead, MemberId, PoolId, RuleId, TeamId};

use crate::leads::folded;

/// How many unmatched leads are kept for the report.
const SAMPLE: usize = 5;

/// A count for each key.
pub(crate) type Counts<T> = HashMap<T, u64>;

/// Where leads went, and irregularities.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) assigned: u64,
    /// By pool, with the reason if a team was tried before.
    pub(crate) pooled: Counts<(PoolId, Option<&'static str>)>,
    /// Leads that wait for somebody to be back.
    pub(crate) waiting: u64,
    /// By source in the policy, and reason.
    pub(crate) unassigned: Counts<(String, &'static str)>,
    /// By team and member; members named by rules without a team have none.
    pub(crate) owners: Counts<(Option<TeamId>, MemberId)>,
    /// How often a team was tried and could not take the lead, so that it went elsewhere.
    pub(crate) refused: Counts<TeamId>,
    pub(crate) rules: Counts<RuleId>,
    /// In the order of [`Dimension::ALL`].
    pub(crate) dimensions: [GivenTally; 6],
    /// In the order in which the policy declares them.
    pub(crate) attributes: Vec<GivenTally>,
    pub(crate) unmatched: u64,
    /// The ids of the first unmatched leads.
    pub(crate) unmatched_sample: Vec<String>,
    /// Values of unmatched leads, in the order of [`Dimension::ALL`].
    pub(crate) unmatched_values: [Spellings; 6],
    /// Rows with the id of an earlier row.
    pub(crate) repeated_ids: u64,
    ids: HashSet<Box<str>>,
    /// Leads with an earlier time than a previous one.
    pub(crate) out_of_order: u64,
    latest: Option<DateTime<Utc>>,
    /// For each joined file, how many leads had a row.
    pub(crate) joined: Vec<u64>,
    /// The time spent on assigning alone.
    pub(crate) assigning: Duration,
}

/// Values given for one dimension or attribute.
#[derive(Default)]
pub(crate) struct GivenTally {
    pub(crate) known: u64,
    pub(crate) missing: u64,
    pub(crate) unlisted: u64,
    pub(crate) unlisted_values: Spellings,
}

impl GivenTally {
    fn count<T>(&mut self, listed: &Listed<T>, given: impl FnOnce() -> String) {
        match listed {
            Listed::Known(_) => self.known += 1,
            Listed::Missing => self.missing += 1,
            Listed::Unlisted => {
                self.unlisted += 1;
                self.unlisted_values.count(given());
            }
        }
    }
}

/// Values, counted regardless of case and spaces.
#[derive(Default)]
pub(crate) struct Spellings {
    /// For each folded text, its first spelling, and how often it occurred in any.
    counts: HashMap<String, (String, u64)>,
}

impl Spellings {
    fn count(&mut self, value: String) {
        let entry = self.counts.entry(folded(&value));
        entry.or_insert_with(|| (value, 0)).1 += 1;
    }

    /// The most frequent ones first.
    pub(crate) fn ranked(&self) -> Vec<(&str, u64)> {
        let counts = self.counts.values();
        ranked(counts.map(|(value, count)| (value.as_str(), *count)))
    }
}

impl Tally {
    pub(crate) fn count(&mut self, lead: &Lead<'_>, assignment: &Assignment, policy: &Policy) {
        if !self.ids.insert(Box::from(lead.id())) {
            self.repeated_ids += 1;
        }
        if self.latest.is_some_and(|latest| assignment.now() < latest) {
            self.out_of_order += 1;
        }
        self.latest = self.latest.max(Some(assignment.now()));
        self.count_values(lead, assignment, policy);
        self.count_outcome(assignment);
    }

    pub(crate) fn count_joined(&mut self, joined: &[bool]) {
        self.joined.resize(joined.len(), 0);
        for (count, found) in self.joined.iter_mut().zip(joined) {
            *count += u64::from(*found);
        }
    }

    /// How many leads are in pools.
    pub(crate) fn pooled(&self) -> u64 {
        self.pooled.values().sum()
    }

    /// How many leads are unassigned.
    pub(crate) fn unassigned(&self) -> u64 {
        self.unassigned.values().sum()
    }

    /// How many leads there were.
    pub(crate) fn leads(&self) -> u64 {
        self.assigned + self.pooled() + self.waiting + self.unassigned()
    }

    /// How many leads the member got from the team.
    pub(crate) fn owned(&self, team: &TeamId, member: &MemberId) -> u64 {
        let seat = (Some(team.clone()), member.clone());
        self.owners.get(&seat).copied().unwrap_or_default()
    }

    fn count_outcome(&mut self, assignment: &Assignment) {
        for refusal in assignment.refusals() {
            if let Some(team) = &refusal.team {
                *self.refused.entry(team.clone()).or_default() += 1;
            }
        }
        if let Some(rule) = assignment.source().id() {
            *self.rules.entry(rule.clone()).or_default() += 1;
        }
        match (assignment.outcome(), assignment.owner()) {
            (AssignmentOutcome::Pooled(pool), _) => {
                let key = (pool.clone(), assignment.reason_code());
                *self.pooled.entry(key).or_default() += 1;
            }
            (AssignmentOutcome::Unassigned(reason), _) => {
                let key = (assignment.source().to_string(), reason.as_str());
                *self.unassigned.entry(key).or_default() += 1;
            }
            (AssignmentOutcome::Waiting(_), _) => self.waiting += 1,
            (_, owner) => {
                self.assigned += 1;
                if let Some(seat) = owner {
                    let seat = (seat.team().cloned(), seat.member().clone());
                    *self.owners.entry(seat).or_default() += 1;
                }
            }
        }
    }

    fn count_values(&mut self, lead: &Lead<'_>, assignment: &Assignment, policy: &Policy) {
        let facts = Facts::of(lead, policy.dimensions());
        let unmatched = *assignment.source() == Source::Otherwise;
        for ((dimension, tally), had) in Dimension::ALL
            .into_iter()
            .zip(&mut self.dimensions)
            .zip(&mut self.unmatched_values)
        {
            let listed = facts.listed(dimension).value;
            let given = || facts.given(dimension).unwrap_or_default().into_owned();
            tally.count(&listed, given);
            if unmatched {
                had.count(match listed {
                    Listed::Known(value) => value.into_owned(),
                    Listed::Unlisted => given(),
                    Listed::Missing => "blank".to_owned(),
                });
            }
        }
        let attributes = policy.dimensions().attributes().iter();
        let declared = attributes.len();
        self.attributes.resize_with(declared, GivenTally::default);
        for ((name, _), tally) in attributes.zip(&mut self.attributes) {
            if let Some(listed) = facts.listed_attribute(name.as_str()) {
                let given = lead.attribute(name.as_str());
                tally.count(&listed.value, || {
                    given.map(ToString::to_string).unwrap_or_default()
                });
            }
        }
        if unmatched {
            self.unmatched += 1;
            if self.unmatched_sample.len() < SAMPLE {
                self.unmatched_sample.push(lead.id().to_owned());
            }
        }
    }
}

/// Sorted by count, largest first; ties in order.
pub(crate) fn ranked<T: Ord>(counts: impl IntoIterator<Item = (T, u64)>) -> Vec<(T, u64)> {
    let mut ranked: Vec<_> = counts.into_iter().collect();
    ranked.sort_by(|(one, ones), (other, others)| others.cmp(ones).then_with(|| one.cmp(other)));
    ranked
}
