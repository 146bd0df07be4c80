//! What must come of a lead.

use leadtree::Suggestion;
use leadtree::dispatch::Assignment;
use leadtree::explain::Explanation;
use leadtree::policy::Policy;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use crate::assign::output::outcome;

/// What must come of a lead. What is not given may be anything; something is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Expectation {
    pub(super) rule: Option<String>,
    pub(super) not_rule: Vec<String>,
    pub(super) team: Option<String>,
    pub(super) member: Option<String>,
    pub(super) pool: Option<String>,
    pub(super) outcome: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Written {
    rule: Option<String>,
    not_rule: OneOrMore,
    team: Option<String>,
    member: Option<String>,
    pool: Option<String>,
    outcome: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a name or a list of names")]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl Default for OneOrMore {
    fn default() -> Self {
        Self::More(Vec::new())
    }
}

impl<'de> Deserialize<'de> for Expectation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Written::deserialize(deserializer)?;
        let expectation = Self {
            rule: written.rule,
            not_rule: match written.not_rule {
                OneOrMore::One(rule) => vec![rule],
                OneOrMore::More(rules) => rules,
            },
            team: written.team,
            member: written.member,
            pool: written.pool,
            outcome: written.outcome,
        };
        if expectation.is_empty() {
            return Err(D::Error::custom(
                "`expect` expects nothing; write a rule, a team, a member, a pool or an outcome",
            ));
        }
        Ok(expectation)
    }
}

impl Expectation {
    /// Whether anything may come of the lead.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What came of the lead that was not expected, and why.
    pub(super) fn faults(
        &self,
        assignment: &Assignment,
        explanation: &Explanation<'_>,
        policy: &Policy,
    ) -> Vec<String> {
        let mut faults = Vec::new();
        let rule = assignment.source().id().map(AsRef::<str>::as_ref);
        if let Some(expected) = self.rule.as_deref()
            && rule != Some(expected)
        {
            let why = explanation.why_not(expected).map_or_else(
                || {
                    let sources = policy.grants().filter_map(|grant| grant.source().id());
                    let near = Suggestion::among(expected, sources.map(AsRef::as_ref));
                    format!("the policy has no rule `{expected}`{near}")
                },
                |why| why.to_string(),
            );
            let source = assignment.source();
            faults.push(format!("expected rule `{expected}`, got {source}: {why}"));
        }
        for unwanted in &self.not_rule {
            if rule == Some(unwanted) {
                faults.push(format!("expected another rule than `{unwanted}`"));
            }
        }
        let owner = assignment.owner();
        let team = owner.and_then(|seat| seat.team());
        let named = [
            ("team", &self.team, team.map(AsRef::as_ref)),
            (
                "member",
                &self.member,
                owner.map(|seat| seat.member().as_str()),
            ),
            ("pool", &self.pool, assignment.pool().map(AsRef::as_ref)),
            ("outcome", &self.outcome, Some(outcome(assignment))),
        ];
        for (what, expected, got) in named {
            if let Some(expected) = expected.as_deref()
                && got != Some(expected)
            {
                faults.push(format!("expected {what} `{expected}`; {assignment}"));
            }
        }
        faults
    }
}
