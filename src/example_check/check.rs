//! Runs examples.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::failure::ExampleFailure;
use crate::dimension::Listed;
use crate::dispatch::{
    Assignment, AssignmentOutcome, BuildError, DispatchPlan, DispatchState, Dispatcher, Seat,
};
use crate::example::{Example, Expectation, ExpectedOutcome};
use crate::id::RuleId;
use crate::lead::{Facts, Lead};
use crate::place::{Place, Placed};
use crate::policy::{Policy, Source};
use crate::rule::{Enclosing, Subject};
use crate::strategy::StrategyRegistry;
use crate::tree::DecisionTree;

/// Tells whether examples hold: those that a policy carries, or others.
///
/// Each example begins anew: nobody has had a lead, so members who take turns begin in the order of the
/// roster.
///
/// ```
/// use leadtree::{Finding, Lead};
/// use leadtree::example::{Example, Expectation};
/// use leadtree::example_check::ExampleCheck;
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::{Rule, customer_size};
/// use leadtree::team::Team;
///
/// let lead = Lead::builder("L-1").customer_size(50).build();
/// let policy = PolicyDraft::new()
///     .team(Team::new("field").members(["m-01", "m-02"]))
///     .rule(Rule::new("big").when(customer_size().at_least(1000)).assign_to("field"))
///     .example(Example::new(lead, Expectation::new().rule("big")))
///     .build()?;
/// let check = ExampleCheck::new(&policy)?;
/// let failures = check.failures(chrono::DateTime::UNIX_EPOCH);
/// assert_eq!(
///     Finding::from(&failures[0]).to_string(),
///     "examples[0].expect.rule: expected rule `big`, got the otherwise of the policy: \
///      rule `big` does not apply: customer_size >= 1000 does not hold",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ExampleCheck {
    plan: DispatchPlan,
    /// Nobody has had a lead.
    beginning: DispatchState,
    tree: Arc<DecisionTree>,
    rules: Enclosing,
}

/// What came of an example.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[must_use = "it says whether the example holds"]
pub struct ExampleAnswer {
    /// What came of the lead.
    pub assignment: Assignment,
    /// What is not as expected, with its place in the example: `expect.rule`. Empty if the example holds.
    pub failures: Vec<Placed<ExampleFailure>>,
}

impl ExampleCheck {
    /// Checks examples of a policy with the built-in strategies.
    ///
    /// # Errors
    /// [`BuildError`] as [`Dispatcher::new`].
    pub fn new(policy: &Policy) -> Result<Self, BuildError> {
        Self::with_strategies(policy, StrategyRegistry::new())
    }

    /// Checks examples of a policy with the strategies of a service.
    ///
    /// # Errors
    /// [`BuildError`] as [`Dispatcher::new`].
    pub fn with_strategies(
        policy: &Policy,
        strategies: StrategyRegistry,
    ) -> Result<Self, BuildError> {
        let builder = Dispatcher::builder(policy).registry(strategies);
        let (plan, beginning, _) = builder.plan(&DispatchState::default())?;
        Ok(Self {
            tree: plan.tree(),
            plan,
            beginning,
            rules: Enclosing::of(policy.rules()),
        })
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        self.plan.policy()
    }

    /// Everything that is not as expected of the examples that the policy carries, with its place in the
    /// policy: `examples[3].expect.rule`. `now` is the moment of examples that give none. Takes time in
    /// proportion to the examples, and for each to the members of the teams concerned; for one that fails, also
    /// to the rules.
    pub fn failures(&self, now: DateTime<Utc>) -> Vec<Placed<ExampleFailure>> {
        let examples = Place::whole().field("examples");
        let answers = self.answers(now).into_iter().enumerate();
        let failures = answers.flat_map(|(index, answer)| {
            let place = examples.item(index);
            let failures = answer.failures.into_iter();
            failures.map(move |failure| failure.under(&place))
        });
        failures.collect()
    }

    /// What comes of each example that the policy carries, in order. `now` is the moment of examples that give
    /// none.
    pub fn answers(&self, now: DateTime<Utc>) -> Vec<ExampleAnswer> {
        let examples = self.policy().examples().iter();
        examples.map(|example| self.run(example, now)).collect()
    }

    /// What comes of an example, which the policy need not carry. `now` is its moment if it gives none.
    ///
    /// An example whose names the policy does not know fails. [`Policy::faults_of_examples`] tells of such
    /// mistakes more.
    pub fn run(&self, example: &Example, now: DateTime<Utc>) -> ExampleAnswer {
        let zone = self.policy().time_zone();
        let now = example.get_at().map_or(now, |moment| moment.at(zone));
        let assignment = self.plan.assign_in(&self.beginning, example.lead(), now);
        let mut failures = Failures {
            check: self,
            lead: example.lead(),
            now,
            assignment: &assignment,
            found: Vec::new(),
        };
        failures.rules(example.expectation());
        failures.owner(example.expectation());
        failures.unlisted(example.expectation().get_unlisted());
        ExampleAnswer {
            failures: failures.found,
            assignment,
        }
    }
}

/// What is not as expected of one example.
struct Failures<'c> {
    check: &'c ExampleCheck,
    lead: &'c Lead<'c>,
    now: DateTime<Utc>,
    assignment: &'c Assignment,
    found: Vec<Placed<ExampleFailure>>,
}

impl Failures<'_> {
    fn add(&mut self, place: Place, failure: ExampleFailure) {
        self.found.push(Placed::new(place, failure));
    }

    /// Whether what applies is the rule of that name, or something of the group.
    fn is_of(&self, name: &RuleId) -> bool {
        let applied = self.assignment.source().id();
        applied.is_some_and(|id| self.check.rules.is_in(id, name))
    }

    fn rules(&mut self, expected: &Expectation) {
        let applied = self.assignment.source();
        let rule = expected.get_rule();
        if let Some(rule) = rule
            && !self.is_of(rule)
        {
            let explanation = self.check.tree.explain(self.lead, self.now);
            let failure = ExampleFailure::Rule {
                expected: rule.clone(),
                applied: applied.clone(),
                why: explanation.why_not(rule).map(Box::new),
            };
            self.add(expect().field("rule"), failure);
        } else if let Some(wanted) = expected.get_otherwise() {
            let is_it = match applied {
                Source::Rule(_) => false,
                Source::GroupOtherwise(group) => rule == Some(group),
                Source::Otherwise => rule.is_none(),
            };
            if is_it != wanted {
                let failure = ExampleFailure::Otherwise {
                    expected: wanted,
                    group: rule.cloned(),
                    applied: applied.clone(),
                };
                self.add(expect().field("otherwise"), failure);
            }
        }
        for (place, rule) in listed(&expect().field("not_rule"), expected.get_not_rules()) {
            if self.is_of(rule) {
                let failure = ExampleFailure::UnwantedRule {
                    rule: rule.clone(),
                    applied: applied.clone(),
                };
                self.add(place, failure);
            }
        }
    }

    fn owner(&mut self, expected: &Expectation) {
        let owner = self.assignment.owner();
        let got = || Box::new(self.assignment.clone());
        let mut found = Vec::new();
        if let Some(team) = expected.get_team()
            && owner.and_then(Seat::team) != Some(team)
        {
            let (expected, got) = (team.clone(), got());
            found.push(("team", ExampleFailure::Team { expected, got }));
        }
        if let Some(member) = expected.get_member()
            && owner.map(Seat::member) != Some(member)
        {
            let ExampleCheck {
                plan, beginning, ..
            } = self.check;
            let audit = plan.audit_in(beginning, self.lead, self.now);
            let failure = ExampleFailure::Member {
                expected: member.clone(),
                got: got(),
                why: audit.why_not(member),
            };
            found.push(("member", failure));
        }
        if let Some(pool) = expected.get_pool()
            && self.assignment.pool() != Some(pool)
        {
            let (expected, got) = (pool.clone(), got());
            found.push(("pool", ExampleFailure::Pool { expected, got }));
        }
        if let Some(expected) = expected.get_outcome()
            && expected != outcome(self.assignment)
        {
            let got = got();
            found.push(("outcome", ExampleFailure::Outcome { expected, got }));
        }
        for (field, failure) in found {
            self.add(expect().field(field), failure);
        }
    }

    fn unlisted(&mut self, expected: &[Subject]) {
        if expected.is_empty() {
            return;
        }
        let facts = Facts::of(self.lead, self.check.policy().dimensions());
        for (place, field) in listed(&expect().field("unlisted"), expected) {
            let resolved = match field {
                Subject::Dimension(dimension) => Some(facts.listed(*dimension)),
                Subject::Attribute(name) => facts.listed_attribute(name.as_str()),
            };
            let value = match resolved.map_or(Listed::Missing, |it| it.value) {
                Listed::Unlisted => continue,
                Listed::Missing => None,
                Listed::Known(value) => Some(value.into_owned()),
            };
            let field = field.clone();
            self.add(place, ExampleFailure::Listed { field, value });
        }
    }
}

fn expect() -> Place {
    Place::whole().field("expect")
}

/// Names with their places; a single name is written without a list.
fn listed<'n, N>(place: &Place, names: &'n [N]) -> impl Iterator<Item = (Place, &'n N)> {
    let is_single = names.len() == 1;
    names.iter().enumerate().map(move |(index, name)| {
        let item = place.item(index);
        (if is_single { place.clone() } else { item }, name)
    })
}

fn outcome(assignment: &Assignment) -> ExpectedOutcome {
    match assignment.outcome() {
        AssignmentOutcome::Assigned => ExpectedOutcome::Assigned,
        AssignmentOutcome::Pooled(_) => ExpectedOutcome::Pooled,
        AssignmentOutcome::Waiting(_) => ExpectedOutcome::Waiting,
        AssignmentOutcome::Unassigned(_) => ExpectedOutcome::Unassigned,
    }
}
