//! Leads.

use chrono::DateTime;
use leadtree::Lead;
use leadtree::dimension::Dimension;
use leadtree::lead::Facts;
use leadtree::tree::{DecisionTree, Interpreter};

use super::{Verdict, same_in_json, small_policy};

pub fn lead_json(data: &[u8]) -> Verdict {
    let Ok(lead) = serde_json::from_slice::<Lead<'static>>(data) else {
        return Verdict::Refused;
    };
    same_in_json(&lead);
    let policy = small_policy::policy();
    let (tree, interpreter) = (TREE.get_or_init(compile), Interpreter::new(policy));
    for now in [small_policy::noon(), DateTime::UNIX_EPOCH] {
        let decision = tree.decide(&lead, now);
        assert_eq!(decision, interpreter.decide(&lead, now));
        let explanation = tree.explain(&lead, now);
        assert_eq!(explanation.decision(), decision);
        assert!(!explanation.to_string().is_empty());
    }
    // The resolved value, given in place of the original, resolves to itself.
    let facts = Facts::of(&lead, policy.dimensions());
    for dimension in Dimension::ALL {
        if let Some(name) = facts.listed(dimension).value.known() {
            let other = Lead::builder("L").value(dimension, name.clone()).build();
            let again = Facts::of(&other, policy.dimensions());
            assert_eq!(again.listed(dimension).value.known(), Some(name));
        }
    }
    let dispatcher = small_policy::dispatcher();
    let assignment = dispatcher.assign(&lead, small_policy::noon());
    assert_eq!(assignment.lead().as_str(), lead.id());
    same_in_json(&assignment.receipt());
    Verdict::Read
}

static TREE: std::sync::OnceLock<DecisionTree> = std::sync::OnceLock::new();

fn compile() -> DecisionTree {
    DecisionTree::compile(small_policy::policy()).unwrap()
}
