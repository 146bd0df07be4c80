//! Counts for the report.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use leadtree::dimension::{Dimension, Listed};
use leadtree::dispatch::{Assignment, AssignmentOutcome};
use leadtree::lead::Facts;
use leadtree::policy::{Policy, Source};
use leadtree::{Lead, MemberId, PoolId, RuleId, TeamId};

use super::frequent_values::FrequentValues;

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
    pub(crate) unmatched_values: [FrequentValues; 6],
    /// How the moments of the leads follow each other.
    pub(crate) moments: Moments,
    /// The time spent on assigning alone.
    pub(crate) assigning: Duration,
}

/// How the moments of the leads follow each other.
#[derive(Default)]
pub(crate) struct Moments {
    /// Leads without a moment.
    pub(crate) missing: u64,
    /// Leads with an earlier moment than a previous one.
    pub(crate) backwards: u64,
    /// The latest moment so far, and its line.
    latest: Option<(DateTime<Utc>, u64)>,
    /// The first lead that came after a later one, and that one.
    pub(crate) first_backwards: Option<[(DateTime<Utc>, u64); 2]>,
}

/// Values given for one dimension or attribute.
#[derive(Default)]
pub(crate) struct GivenTally {
    pub(crate) known: u64,
    pub(crate) missing: u64,
    pub(crate) unlisted: u64,
    pub(crate) unlisted_values: FrequentValues,
}

impl GivenTally {
    fn count<T>(&mut self, listed: &Listed<T>, given: impl FnOnce() -> String) {
        match listed {
            Listed::Known(_) => self.known += 1,
            Listed::Missing => self.missing += 1,
            Listed::Unlisted => {
                self.unlisted += 1;
                self.unlisted_values.count(&given());
            }
        }
    }
}

impl Tally {
    pub(crate) fn count(&mut self, lead: &Lead<'_>, assignment: &Assignment, policy: &Policy) {
        self.count_values(lead, assignment, policy);
        self.count_outcome(assignment);
    }

    /// Counts the moment of a lead, which has the line.
    pub(crate) fn count_moment(&mut self, moment: Option<DateTime<Utc>>, line: u64) {
        let moments = &mut self.moments;
        let Some(moment) = moment else {
            moments.missing += 1;
            return;
        };
        match moments.latest {
            Some(latest) if moment < latest.0 => {
                moments.backwards += 1;
                moments
                    .first_backwards
                    .get_or_insert([(moment, line), latest]);
            }
            _ => moments.latest = Some((moment, line)),
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
                had.count(&match listed {
                    Listed::Known(value) => value,
                    Listed::Unlisted => given().into(),
                    Listed::Missing => "blank".into(),
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
