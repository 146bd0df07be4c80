//! The reference: rule by rule, obviously right.

use chrono::{DateTime, Utc};

use super::decision::Decision;
use crate::dimension::Listed;
use crate::lead::{Facts, Lead};
use crate::policy::{Policy, ResolvedCondition, ResolvedEntry, ResolvedTest};

/// Decides by going through the rules one by one.
///
/// Linear in the rules. It is what the [`DecisionTree`](super::DecisionTree) is compared with; use
/// it where a handful of rules is asked a handful of times.
///
/// ```
/// use leadtree::Lead;
/// use leadtree::dimension::Taxonomy;
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::{Rule, Target, region};
/// use leadtree::tree::{DecisionTree, Interpreter};
///
/// let policy = PolicyDraft::new()
///     .regions(Taxonomy::draft().paths(["cn/east", "us"]))
///     .pool("china")
///     .rule(Rule::new("china").when(region().within("cn")).assign_to(Target::pool("china")))
///     .build()?;
/// let lead = Lead::builder("L-1").region("cn/east").build();
/// let now = chrono::DateTime::UNIX_EPOCH;
///
/// let decision = Interpreter::new(&policy).decide(&lead, now);
/// assert_eq!(decision.rule().unwrap(), "china");
/// assert_eq!(DecisionTree::compile(&policy)?.decide(&lead, now), decision);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Interpreter<'p> {
    policy: &'p Policy,
}

impl<'p> Interpreter<'p> {
    /// An interpreter of the policy.
    pub fn new(policy: &'p Policy) -> Self {
        Self { policy }
    }

    /// The first matching rule's answer at that moment.
    pub fn decide(&self, lead: &Lead<'_>, now: DateTime<Utc>) -> Decision<'p> {
        let facts = Facts::of(lead, self.policy.dimensions());
        let grant = first_match(self.policy.entries(), &facts, now);
        Decision::new(self.policy, grant.unwrap_or(self.policy.otherwise()))
    }
}

fn first_match(entries: &[ResolvedEntry], facts: &Facts<'_>, now: DateTime<Utc>) -> Option<usize> {
    entries.iter().find_map(|entry| match entry {
        ResolvedEntry::Rule {
            enabled,
            period,
            when,
            grant,
        } => (*enabled && period.contains(now) && holds(when, facts)).then_some(*grant),
        ResolvedEntry::Group {
            enabled,
            when,
            entries,
            otherwise,
        } => (*enabled && holds(when, facts))
            .then(|| first_match(entries, facts, now).or(*otherwise))
            .flatten(),
    })
}

/// Whether the condition holds for the lead.
pub(crate) fn holds(condition: &ResolvedCondition, facts: &Facts<'_>) -> bool {
    match condition {
        ResolvedCondition::All(parts) => parts.iter().all(|part| holds(part, facts)),
        ResolvedCondition::Any(parts) => parts.iter().any(|part| holds(part, facts)),
        ResolvedCondition::Not(part) => !holds(part, facts),
        ResolvedCondition::Test(test) => test_holds(test, facts),
    }
}

fn test_holds(test: &ResolvedTest, facts: &Facts<'_>) -> bool {
    match test {
        ResolvedTest::DimensionMissing(dimension) => facts.code(*dimension) == Listed::Missing,
        ResolvedTest::DimensionUnlisted(dimension) => facts.code(*dimension) == Listed::Unlisted,
        ResolvedTest::Codes { dimension, ranges } => {
            facts.code(*dimension).known().is_some_and(|code| {
                let next = ranges.partition_point(|range| *range.end() < code);
                ranges.get(next).is_some_and(|range| range.contains(&code))
            })
        }
        ResolvedTest::Attribute { index, test } => test.holds(&facts.attribute(*index).value),
    }
}
