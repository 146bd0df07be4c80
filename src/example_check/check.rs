//! Runs examples.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::failure::ExampleFailure;
use crate::dimension::{Dimension, Listed};
use crate::dispatch::{
    Assignment, AssignmentOutcome, BuildError, DispatchPlan, DispatchState, Dispatcher, PlanError,
    Request, Seat,
};
use crate::example::{Example, Expectation, ExpectedOutcome};
use crate::explain::Explanation;
use crate::lead::Facts;
use crate::place::{Place, Placed};
use crate::policy::Policy;
use crate::strategy::StrategyRegistry;

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
/// let failures = check.failures(chrono::DateTime::UNIX_EPOCH)?;
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
}

/// What came of an example.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[must_use = "it says whether the example holds"]
pub struct ExampleAnswer {
    /// What came of the lead.
    pub assignment: Assignment,
    /// What is not as expected, with its place in the example, or of one that a policy carries, in the policy;
    /// empty if the example holds.
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
        Ok(Self { plan, beginning })
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        self.plan.policy()
    }

    /// Everything that is not as expected of the examples that the policy carries, with its place in the
    /// policy. `now` is the moment of examples that give none. Takes time in proportion to the examples, and for
    /// each to the members of the teams concerned.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn failures(&self, now: DateTime<Utc>) -> Result<Vec<Placed<ExampleFailure>>, PlanError> {
        let answers = self.answers(now)?.into_iter();
        Ok(answers.flat_map(|answer| answer.failures).collect())
    }

    /// What comes of each example that the policy carries, in order. The places of failures are those in the
    /// policy: `examples[3].expect.rule`. `now` is the moment of examples that give none.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn answers(&self, now: DateTime<Utc>) -> Result<Vec<ExampleAnswer>, PlanError> {
        let examples = Place::whole().field("examples");
        let carried = self.policy().examples().iter().enumerate();
        let answers = carried.map(|(index, example)| {
            let mut answer = self.run(example, now)?;
            for failure in &mut answer.failures {
                failure.place = failure.place.under(&examples.item(index));
            }
            Ok(answer)
        });
        answers.collect()
    }

    /// What comes of an example, which the policy need not carry. `now` is its moment if it gives none.
    ///
    /// An example whose names the policy does not know fails. To have such mistakes told as those of the
    /// policy are, add the example to the policy's [draft](Policy::draft) and build that.
    ///
    /// # Errors
    /// [`PlanError`] if the state at the beginning is not that of the plan; no example is known that leads to it.
    pub fn run(&self, example: &Example, now: DateTime<Utc>) -> Result<ExampleAnswer, PlanError> {
        let zone = self.policy().time_zone();
        let now = example.get_at().map_or(now, |moment| moment.at(zone));
        let lead = example.lead();
        let assigned = self
            .plan
            .assign(&self.beginning, &Request::new(lead), now)?;
        let tree = self.plan.tree();
        let explanation = tree.explain(lead, now);
        let failures = failures(example.expectation(), &assigned.answer, &explanation);
        Ok(ExampleAnswer {
            assignment: assigned.answer,
            failures,
        })
    }
}

/// What is not as expected, with its place in the example.
fn failures(
    expected: &Expectation,
    assignment: &Assignment,
    explanation: &Explanation<'_>,
) -> Vec<Placed<ExampleFailure>> {
    let place = Place::whole().field("expect");
    let mut failures = Vec::new();
    let applied = assignment.source();
    if let Some(rule) = expected.get_rule()
        && applied.id() != Some(rule)
    {
        let failure = ExampleFailure::Rule {
            expected: rule.clone(),
            applied: applied.to_string(),
            why: explanation.why_not(rule).map(Box::new),
        };
        failures.push(Placed::new(place.field("rule"), failure));
    }
    for (place, rule) in listed(&place.field("not_rule"), expected.get_not_rules()) {
        if applied.id() == Some(rule) {
            let rule = rule.clone();
            failures.push(Placed::new(place, ExampleFailure::UnwantedRule { rule }));
        }
    }
    let owner = assignment.owner();
    let got = [
        (
            "team",
            expected.get_team().map(AsRef::as_ref),
            owner.and_then(Seat::team).map(AsRef::as_ref),
        ),
        (
            "member",
            expected.get_member().map(AsRef::as_ref),
            owner.map(|seat| seat.member().as_str()),
        ),
        (
            "pool",
            expected.get_pool().map(AsRef::as_ref),
            assignment.pool().map(AsRef::as_ref),
        ),
        (
            "outcome",
            expected.get_outcome().map(ExpectedOutcome::as_str),
            Some(outcome(assignment).as_str()),
        ),
    ];
    for (what, expected, got) in got {
        if let Some(expected) = expected
            && got != Some(expected)
        {
            let failure = ExampleFailure::Answer {
                what,
                expected: expected.to_owned(),
                answer: assignment.to_string(),
            };
            failures.push(Placed::new(place.field(what), failure));
        }
    }
    for (place, field) in listed(&place.field("unlisted"), expected.get_unlisted()) {
        let value = match value(explanation.facts(), field.as_str()) {
            Listed::Unlisted => continue,
            Listed::Missing => None,
            Listed::Known(value) => Some(value),
        };
        let field = field.to_string();
        failures.push(Placed::new(place, ExampleFailure::Listed { field, value }));
    }
    failures
}

/// Names with their places; a single name is written without a list.
fn listed<'n, N>(place: &Place, names: &'n [N]) -> impl Iterator<Item = (Place, &'n N)> {
    let is_single = names.len() == 1;
    names.iter().enumerate().map(move |(index, name)| {
        let item = place.item(index);
        (if is_single { place.clone() } else { item }, name)
    })
}

/// The value of a dimension or attribute, as the policy lists it.
fn value(facts: &Facts<'_>, field: &str) -> Listed<String> {
    let resolved = match field.parse::<Dimension>() {
        Ok(dimension) => Some(facts.listed(dimension)),
        Err(_) => facts.listed_attribute(field),
    };
    resolved.map_or(Listed::Missing, |it| it.value.map(Cow::into_owned))
}

fn outcome(assignment: &Assignment) -> ExpectedOutcome {
    match assignment.outcome() {
        AssignmentOutcome::Assigned => ExpectedOutcome::Assigned,
        AssignmentOutcome::Pooled(_) => ExpectedOutcome::Pooled,
        AssignmentOutcome::Waiting(_) => ExpectedOutcome::Waiting,
        AssignmentOutcome::Unassigned(_) => ExpectedOutcome::Unassigned,
    }
}
