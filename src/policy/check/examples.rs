//! Checks the examples that a policy carries: every name in them must refer to something.

use super::checker::Checker;
use crate::example::Example;
use crate::id::RuleId;
use crate::place::Trail;
use crate::policy::errors::PolicyFault;

impl Checker<'_> {
    /// Checks all examples, after everything that they can name was collected.
    pub(super) fn examples(&mut self, trail: Trail<'_>) {
        for (index, example) in self.draft.examples.iter().enumerate() {
            self.example(example, trail.item(index));
        }
    }

    fn example(&mut self, example: &Example, trail: Trail<'_>) {
        let expect = &example.expect;
        self.resolver
            .lead(example.lead.lead(), &expect.unlisted, trail);
        let trail = trail.field("expect");
        if expect.is_empty() {
            self.resolver.fault(trail, PolicyFault::ExpectsNothing);
        }
        if let Some(rule) = &expect.rule {
            self.known_rule(rule, trail.field("rule"));
        }
        let unwanted = trail.field("not_rule");
        match expect.not_rule.as_slice() {
            // A single name is written without a list.
            [rule] => self.known_rule(rule, unwanted),
            rules => {
                for (index, rule) in rules.iter().enumerate() {
                    self.known_rule(rule, unwanted.item(index));
                }
            }
        }
        match (&expect.member, &expect.team) {
            (Some(member), team) => self.named_member(member, team.as_ref(), trail),
            (None, Some(team)) => self.known_team(team, &["pool", "member"], trail.field("team")),
            (None, None) => {}
        }
        if let Some(pool) = &expect.pool {
            self.pool(pool, trail.field("pool"));
        }
    }

    fn known_rule(&mut self, rule: &RuleId, trail: Trail<'_>) {
        if !self.rules.contains_key(rule) {
            let known = self.rules.keys().map(RuleId::as_str);
            self.resolver.unknown(trail, "rule", rule.as_str(), known);
        }
    }
}
