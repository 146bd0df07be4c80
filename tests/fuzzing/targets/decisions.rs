//! What must hold of every policy that builds.

use leadtree::dispatch::Dispatcher;
use leadtree::explain::WhyNot;
use leadtree::picture::Picture;
use leadtree::policy::Policy;
use leadtree::tree::{CompileError, DecisionTree, Interpreter};

use super::same_in_json;
use super::values::Values;

const LEADS: usize = 12;

/// The policy can be written and read back, decides like the interpreter, and dispatches. `text` is the
/// text that it was read from.
pub(super) fn check(policy: &Policy, text: &str) {
    let json = serde_json::to_string(policy.draft()).unwrap();
    match Policy::load(&mut serde_json::Deserializer::from_str(&json)) {
        Ok(back) => assert_eq!(back, *policy, "written as {json}"),
        Err(error) => panic!("{error} in {json}"),
    }
    let yaml = policy.to_yaml().unwrap();
    match Policy::from_yaml(&yaml) {
        Ok(back) => assert_eq!(back, *policy, "written as {yaml}"),
        Err(error) => panic!("{error} in {yaml}"),
    }
    for warning in policy.warnings() {
        assert!(!warning.to_string().is_empty());
    }
    let picture = Picture::of_rules(policy);
    assert!(picture.to_dot().ends_with("}\n") && picture.to_mermaid().starts_with("flowchart"));
    match DecisionTree::compile(policy) {
        Ok(tree) => decide(&tree, Values::new(policy, text)),
        Err(CompileError::BudgetExceeded { costliest, .. }) => assert!(!costliest.is_empty()),
        Err(error) => panic!("{error}"),
    }
    dispatch(policy, Values::new(policy, text));
}

fn decide(tree: &DecisionTree, mut values: Values<'_>) {
    let interpreter = Interpreter::new(tree.policy());
    let moments = values.moments();
    for _ in 0..LEADS {
        let lead = values.lead();
        for &now in &moments {
            let expected = interpreter.decide(&lead, now);
            assert_eq!(tree.decide(&lead, now), expected, "{lead:?} at {now}");
        }
        let (Some(&now), profile) = (moments.first(), tree.profile(&lead)) else {
            continue;
        };
        let decision = tree.decide(&lead, now);
        assert_eq!(tree.decide_profile(&profile, now), Ok(decision));
        let explanation = tree.explain(&lead, now);
        assert_eq!(explanation.decision(), decision);
        assert!(!explanation.to_string().is_empty());
        let rules = tree.policy().grants();
        for rule in rules.filter_map(|grant| grant.source().id()).take(20) {
            let why_not = explanation.why_not(rule).unwrap();
            let applies = matches!(why_not, WhyNot::Applies { .. });
            assert_eq!(applies, decision.source().id() == Some(rule), "{why_not}");
        }
    }
}

/// A dispatcher whose state was stored and restored goes on like one whose state was not.
fn dispatch(policy: &Policy, mut values: Values<'_>) {
    // The policy may name unknown strategies or options.
    let Ok(dispatcher) = Dispatcher::new(policy) else {
        return;
    };
    let moments = values.moments();
    for number in 0..LEADS {
        let now = moments[number % moments.len()];
        let (assignment, audit) = dispatcher.assign_with_audit(&values.lead(), now);
        assert!(!assignment.to_string().is_empty() && !audit.to_string().is_empty());
    }
    let state = dispatcher.state();
    same_in_json(&state);
    let (other, report) = Dispatcher::builder(policy).restore(&state).unwrap();
    assert!(report.is_complete());
    assert_eq!(other.state(), state);
    for &now in &moments {
        let lead = values.lead();
        assert_eq!(other.assign(&lead, now), dispatcher.assign(&lead, now));
    }
}
