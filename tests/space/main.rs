//! Sets of leads: operations, examples, shares and conditions are correct.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "../random/mod.rs"]
mod random;

mod classes_of_texts;
mod hostile;
mod laws;
mod one_attribute;
mod shapes;
mod small_worlds;
mod two_policies;

use leadtree::policy::Policy;
use leadtree::rule::{Condition, Rule, Target};

/// The values of a policy with one rule, named `r`.
fn with_rule(values: leadtree::policy::PolicyDraft, condition: &Condition) -> Policy {
    let rule = Rule::new("r").when(condition.clone());
    let draft = values.pool("p").rule(rule.assign_to(Target::pool("p")));
    draft.build().unwrap()
}

fn meets(policy: &Policy, lead: &leadtree::Lead<'_>) -> bool {
    let now = chrono::DateTime::UNIX_EPOCH;
    let decision = leadtree::tree::Interpreter::new(policy).decide(lead, now);
    decision.rule().is_some()
}
