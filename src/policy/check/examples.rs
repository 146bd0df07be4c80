//! Checks examples: every name in them must refer to something, and what they expect must be possible.

use super::checker::Checker;
use crate::example::{Example, Expectation, ExpectedOutcome};
use crate::id::RuleId;
use crate::place::{Placed, Trail};
use crate::policy::errors::PolicyFault;
use crate::policy::policy::Policy;
use crate::policy::resolve::KnownValues;
use crate::rule::{Enclosing, Entry};

impl Policy {
    /// What is wrong with examples that the policy need not carry, as it would be told of those that it
    /// does: names that refer to nothing, values of leads that it does not list, contradictions. For each
    /// example its faults, with their places in the example; none for a sound one. Takes time in proportion to
    /// the policy and the examples.
    ///
    /// ```
    /// use leadtree::Lead;
    /// use leadtree::example::{Example, Expectation};
    /// use leadtree::policy::PolicyDraft;
    /// use leadtree::rule::Rule;
    /// use leadtree::team::Team;
    ///
    /// let policy = PolicyDraft::new()
    ///     .team(Team::new("east").member("m-01"))
    ///     .rule(Rule::new("all").assign_to("east"))
    ///     .build()?;
    /// let example = |team| Example::new(Lead::builder("L-1").build(), Expectation::new().team(team));
    /// let faults = policy.faults_of_examples(&[example("east"), example("eats")]);
    /// assert_eq!(faults[0], []);
    /// assert_eq!(
    ///     faults[1][0].to_string(),
    ///     "expect.team: unknown team `eats`; did you mean `east`?",
    /// );
    /// # Ok::<(), leadtree::policy::PolicyErrors>(())
    /// ```
    pub fn faults_of_examples(&self, examples: &[Example]) -> Vec<Vec<Placed<PolicyFault>>> {
        let known = KnownValues::of(self.dimensions());
        let mut checker = Checker::new(self.draft(), &known, Vec::new(), None);
        checker.names();
        let rules = Enclosing::of(self.rules());
        let faults = examples.iter().map(|example| {
            checker.example(example, &rules, Trail::Whole);
            std::mem::take(&mut checker.resolver.faults)
        });
        faults.collect()
    }
}

impl Checker<'_> {
    /// Checks the examples that the policy carries, after everything that they can name was collected.
    pub(super) fn examples(&mut self, trail: Trail<'_>) {
        if self.draft.examples.is_empty() {
            return;
        }
        let rules = Enclosing::of(&self.draft.rules);
        for (index, example) in self.draft.examples.iter().enumerate() {
            self.example(example, &rules, trail.item(index));
        }
    }

    fn example(&mut self, example: &Example, rules: &Enclosing, trail: Trail<'_>) {
        let lead = trail.field("lead");
        for name in example.lead.blanks() {
            let inner = lead.field("attributes");
            let around = if example.lead.is_nested(name) {
                inner
            } else {
                lead
            };
            self.resolver
                .fault(around.field(name), PolicyFault::BlankValue);
        }
        let expect = &example.expect;
        self.resolver.lead(&example.lead, &expect.unlisted, trail);
        let trail = trail.field("expect");
        if expect.is_empty() {
            self.resolver.fault(trail, PolicyFault::ExpectsNothing);
        }
        self.expected_rules(expect, rules, trail);
        match (&expect.member, &expect.team) {
            (Some(member), team) => self.named_member(member, team.as_ref(), trail),
            (None, Some(team)) => self.known_team(team, &["pool", "member"], trail.field("team")),
            (None, None) => {}
        }
        if let Some(pool) = &expect.pool {
            self.pool(pool, trail.field("pool"));
        }
        self.contradictions(expect, trail);
    }

    fn expected_rules(&mut self, expect: &Expectation, rules: &Enclosing, trail: Trail<'_>) {
        if let Some(rule) = &expect.rule {
            self.known_rule(rule, rules, trail.field("rule"));
            if expect.otherwise == Some(true) {
                self.has_otherwise(rule, trail.field("otherwise"));
            }
        }
        let unwanted = trail.field("not_rule");
        for (index, rule) in expect.not_rule.iter().enumerate() {
            let item = unwanted.item(index);
            // A single name is written without a list.
            let is_single = expect.not_rule.len() == 1;
            let trail = if is_single { unwanted } else { item };
            self.known_rule(rule, rules, trail);
            if let Some(wanted) = &expect.rule
                && rules.is_in(wanted, rule)
            {
                let (first, second) = (format!("rule: {wanted}"), format!("not_rule: {rule}"));
                self.contradiction(first, second, trail);
            }
        }
    }

    /// Reports what is neither a rule nor a group.
    fn known_rule(&mut self, rule: &RuleId, rules: &Enclosing, trail: Trail<'_>) {
        if !rules.has(rule) {
            let known = rules.ids().map(RuleId::as_str);
            self.resolver.unknown(trail, "rule", rule.as_str(), known);
        }
    }

    fn has_otherwise(&mut self, name: &RuleId, trail: Trail<'_>) {
        let kind = match Entry::find(&self.draft.rules, name.as_str()) {
            Some(Entry::Group(group)) if group.otherwise.is_none() => "group",
            Some(Entry::Rule(_)) => "rule",
            _ => return,
        };
        let name = name.clone();
        self.resolver
            .fault(trail, PolicyFault::NoOtherwise { kind, name });
    }

    /// Reports expectations of which a lead can meet only one: a lead in a pool has no owner.
    fn contradictions(&mut self, expect: &Expectation, trail: Trail<'_>) {
        let written = |field: &str, name: Option<&str>| name.map(|name| format!("{field}: {name}"));
        let team = written("team", expect.team.as_ref().map(AsRef::as_ref));
        let member = written("member", expect.member.as_ref().map(AsRef::as_ref));
        let pool = written("pool", expect.pool.as_ref().map(AsRef::as_ref));
        let owner = team.or(member);
        if let (Some(owner), Some(pool)) = (&owner, &pool) {
            self.contradiction(owner.clone(), pool.clone(), trail.field("pool"));
        }
        let against = match expect.outcome {
            Some(ExpectedOutcome::Assigned) => pool,
            Some(ExpectedOutcome::Pooled) => owner,
            Some(ExpectedOutcome::Waiting | ExpectedOutcome::Unassigned) => owner.or(pool),
            None => None,
        };
        if let (Some(outcome), Some(against)) = (expect.outcome, against) {
            let outcome = format!("outcome: {outcome}");
            self.contradiction(outcome, against, trail.field("outcome"));
        }
    }

    fn contradiction(&mut self, first: String, second: String, trail: Trail<'_>) {
        self.resolver
            .fault(trail, PolicyFault::Contradiction { first, second });
    }
}
