//! Checks the examples that a policy carries: every name in them must refer to something.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::checker::Checker;
use crate::example::Example;
use crate::id::RuleId;
use crate::place::Trail;
use crate::policy::errors::PolicyFault;

impl Checker<'_> {
    /// Checks all examples, after everything that they can name was collected.
    pub(super) fn examples(&mut self, trail: Trail<'_>) {
        if self.draft.examples.is_empty() {
            return;
        }
        let applying = self.grants.iter().filter_map(|grant| grant.source().id());
        let applying: Applying = applying.cloned().collect();
        for (index, example) in self.draft.examples.iter().enumerate() {
            self.example(example, &applying, trail.item(index));
        }
    }

    fn example(&mut self, example: &Example, applying: &Applying, trail: Trail<'_>) {
        for name in example.lead.blanks() {
            let trail = trail.field("lead");
            self.resolver
                .fault(trail.field(name), PolicyFault::BlankValue);
        }
        let expect = &example.expect;
        self.resolver
            .lead(example.lead.lead(), &expect.unlisted, trail);
        let trail = trail.field("expect");
        if expect.is_empty() {
            self.resolver.fault(trail, PolicyFault::ExpectsNothing);
        }
        if let Some(rule) = &expect.rule {
            self.known_rule(rule, applying, trail.field("rule"));
        }
        let unwanted = trail.field("not_rule");
        match expect.not_rule.as_slice() {
            // A single name is written without a list.
            [rule] => self.known_rule(rule, applying, unwanted),
            rules => {
                for (index, rule) in rules.iter().enumerate() {
                    self.known_rule(rule, applying, unwanted.item(index));
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

    /// Reports what is no rule, and a group that never applies itself.
    fn known_rule(&mut self, rule: &RuleId, applying: &Applying, trail: Trail<'_>) {
        if !self.rules.contains_key(rule) {
            let known = self.rules.keys().map(RuleId::as_str);
            self.resolver.unknown(trail, "rule", rule.as_str(), known);
        } else if !applying.contains(rule) {
            let group = rule.clone();
            self.resolver
                .fault(trail, PolicyFault::NeverApplies { group });
        }
    }
}

/// The rules, and the groups with an `otherwise`.
type Applying = HashSet<RuleId, FixedState>;
