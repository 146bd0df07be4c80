//! The tests named in an explanation hold for the lead, and every form of them occurs.

mod random;

use std::collections::HashMap;

use fastrand::Rng;
use leadtree::explain::PathStep;
use leadtree::rule::{Condition, Rule};
use leadtree::team::Team;
use leadtree::tree::{DecisionTree, Interpreter};

use random::lead::Case;
use random::policy::{Rules, Size, values_draft};
use random::world::World;

const WORDS: [&str; 10] = [
    " in ",
    " = ",
    " < ",
    " > ",
    " <= ",
    " >= ",
    "between",
    "missing",
    "unlisted",
    "starts with",
];

#[test]
fn explained_tests_hold_for_the_lead() {
    let now = chrono::DateTime::UNIX_EPOCH;
    let mut told: HashMap<&str, usize> = HashMap::new();
    for seed in 0..random::cases(150) {
        let mut random = Rng::with_seed(seed ^ 11 << 32);
        let world = World::new(&mut random);
        let size = Size {
            rules: 12,
            depth: 3,
        };
        let rules = Rules::new(&world, &mut random, size);
        let policy = rules.draft(&world, &mut random).build().unwrap();
        let tree = DecisionTree::compile(&policy).unwrap();
        for _ in 0..30 {
            let case = Case::new(&world, &mut random);
            let lead = case.lead(&world);
            for step in tree.explain(&lead, now).path() {
                let PathStep::Asked {
                    test: Some(test), ..
                } = step
                else {
                    continue;
                };
                let rule = Rule::new("r").when(Condition::clone(test)).assign_to("t");
                let draft = values_draft(&world, &mut Rng::with_seed(0));
                let alone = draft.team(Team::new("t")).rule(rule).build().unwrap();
                let decision = Interpreter::new(&alone).decide(&lead, now);
                assert!(
                    decision.rule().is_some(),
                    "seed {seed}: {step}, but: {case:?}"
                );
                let text = test.to_string();
                for word in WORDS.into_iter().filter(|word| text.contains(word)) {
                    *told.entry(word).or_default() += 1;
                }
            }
        }
    }
    assert!(told.len() == WORDS.len(), "{told:?}");
}
