//! Examples without a moment, where what comes of them depends on it.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use super::PolicyWarning;
use crate::example::{Example, Expectation};
use crate::id::{MemberId, TeamId};
use crate::lead::Facts;
use crate::limits::MAX_OVERFLOWS;
use crate::place::{Placed, Trail};
use crate::policy::{Grant, Owner, Policy, ResolvedEntry};
use crate::rule::{IfNobody, Overflow, Period};
use crate::team::{Member, Team};
use crate::tree::holds;

/// At most this many rules are looked at for all examples, so that many examples of many rules take no more
/// than a fraction of a second; then there are no further warnings.
const MOST_RULES: usize = 1_000_000;

/// Warns about the examples that the policy carries.
pub(super) fn warnings(policy: &Policy) -> Vec<Placed<PolicyWarning>> {
    let warned = of_examples(policy, policy.examples())
        .into_iter()
        .enumerate();
    let whole = Trail::Whole;
    let examples = whole.field("examples");
    let placed = |(index, warning): (usize, Option<PolicyWarning>)| {
        Some(Placed::new(examples.item(index).place(), warning?))
    };
    warned.filter_map(placed).collect()
}

/// For each example the warning about it, if there is one.
pub(super) fn of_examples(policy: &Policy, examples: &[Example]) -> Vec<Option<PolicyWarning>> {
    if examples.iter().all(|example| example.get_at().is_some()) {
        return vec![None; examples.len()];
    }
    let moments = Moments::of(policy);
    let mut rules_left = MOST_RULES;
    let warned = examples.iter().map(|example| {
        if example.get_at().is_some() {
            return None;
        }
        let why = moments.why(example, &mut rules_left)?;
        Some(PolicyWarning::NoMoment { why })
    });
    warned.collect()
}

/// What of a policy depends on the moment.
struct Moments<'p> {
    policy: &'p Policy,
    has_periods: bool,
    /// Teams whose members are not always there, and why.
    teams: HashMap<&'p TeamId, String, FixedState>,
}

impl<'p> Moments<'p> {
    fn of(policy: &'p Policy) -> Self {
        let members = policy.members().iter();
        let timed = members.filter(|it| !it.schedule().is_empty() || !it.get_leave().is_empty());
        let timed: HashSet<&MemberId, FixedState> = timed.map(Member::id).collect();
        let why = |team: &'p Team| {
            let id = team.id();
            if !team.schedule().is_empty() {
                return Some((id, format!("team `{id}` has working hours or holidays")));
            }
            let mut roster = team.get_members().iter();
            let member = roster.find(|it| !it.terms().is_empty() || timed.contains(it.member()))?;
            let member = member.member();
            let why = format!("member `{member}` of team `{id}` is not always there");
            Some((id, why))
        };
        Self {
            policy,
            has_periods: has_periods(policy.entries()),
            teams: policy.teams().iter().filter_map(why).collect(),
        }
    }

    /// Why the moment may change whether the example holds; `None` if it cannot.
    fn why(&self, example: &Example, rules_left: &mut usize) -> Option<String> {
        let expect = example.expectation();
        let only_values = Expectation {
            unlisted: Vec::new(),
            ..expect.clone()
        };
        if only_values.is_empty() || (!self.has_periods && self.teams.is_empty()) {
            return None;
        }
        let facts = Facts::of(example.lead(), self.policy.dimensions());
        let mut whenever = Whenever {
            facts: &facts,
            rules_left,
            in_period: None,
        };
        let found = whenever.first(self.policy.entries());
        if *whenever.rules_left == 0 {
            return None;
        }
        if let Some(grant) = whenever.in_period {
            return Some(format!(
                "{} has a period",
                self.policy.grant(grant).source()
            ));
        }
        let has_owner = expect.team.is_some() || expect.member.is_some();
        if !has_owner && expect.pool.is_none() && expect.outcome.is_none() {
            return None;
        }
        let grant = self.policy.grant(found.unwrap_or(self.policy.otherwise()));
        let mut asked = self.asked(grant);
        asked.find_map(|team| self.teams.get(team).cloned())
    }

    /// The teams that may be asked for an owner, in order. A named member is asked whether there or not.
    fn asked(&self, grant: &'p Grant) -> impl Iterator<Item = &'p TeamId> {
        let first = match grant.owner() {
            Owner::Team(team) => Some(team),
            Owner::Member { .. } | Owner::Pool(_) => None,
        };
        let next = move |team: &&'p TeamId| {
            let own = grant.if_nobody().filter(|_| Some(*team) == first);
            let answer = own.or_else(|| Some(self.policy.team(team)?.get_if_nobody()));
            match answer {
                Some(IfNobody::Overflow(Overflow::Team(team))) => Some(team),
                _ => None,
            }
        };
        std::iter::successors(first, next).take(MAX_OVERFLOWS + 1)
    }
}

fn has_periods(entries: &[ResolvedEntry]) -> bool {
    entries.iter().any(|entry| match entry {
        ResolvedEntry::Rule { period, .. } => *period != Period::default(),
        ResolvedEntry::Group { entries, .. } => has_periods(entries),
    })
}

/// Looks for the rule that applies to a lead whenever it comes in.
struct Whenever<'w> {
    facts: &'w Facts<'w>,
    rules_left: &'w mut usize,
    /// A rule before it that applies in its period only.
    in_period: Option<usize>,
}

impl Whenever<'_> {
    /// The first rule without a period that applies, by the number of its grant.
    fn first(&mut self, entries: &[ResolvedEntry]) -> Option<usize> {
        for entry in entries {
            *self.rules_left = self.rules_left.saturating_sub(1);
            let found = match entry {
                ResolvedEntry::Rule {
                    enabled,
                    period,
                    when,
                    grant,
                } if *enabled && holds(when, self.facts) => {
                    let is_always = *period == Period::default();
                    if !is_always {
                        self.in_period.get_or_insert(*grant);
                    }
                    is_always.then_some(*grant)
                }
                ResolvedEntry::Group {
                    enabled,
                    when,
                    entries,
                    otherwise,
                } if *enabled && holds(when, self.facts) => self.first(entries).or(*otherwise),
                _ => None,
            };
            if found.is_some() || *self.rules_left == 0 {
                return found;
            }
        }
        None
    }
}
