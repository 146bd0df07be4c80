//! Profiles made of values that were resolved one by one.

use fastrand::Rng;
use leadtree::dimension::Dimension;
use leadtree::tree::{CompileOptions, DecisionTree, ForeignProfile, Interpreter, TreeForm};

use super::random::cases;
use super::random::lead::Case;
use super::random::policy::{Rules, Size};
use super::random::world::World;

#[test]
fn they_decide_as_the_lead_does() {
    let (mut matched, mut fallen_through) = (0, 0);
    for seed in 0..cases(100) {
        let mut random = Rng::with_seed(seed ^ 25 << 32);
        let world = World::new(&mut random);
        let (rules, depth) = (20, 2);
        let rules = Rules::new(&world, &mut random, Size { rules, depth });
        let policy = rules.draft(&world, &mut random).build().unwrap();
        let form = *super::random::pick(&mut random, &[TreeForm::Graph, TreeForm::Forest]);
        let tree = CompileOptions::new().form(form).compile(&policy);
        let Ok(tree) = tree else { continue };
        for _ in 0..40 {
            let case = Case::new(&world, &mut random);
            let lead = case.lead(&world);
            let size = lead.customer_size().map(ToString::to_string);
            let texts = [
                (
                    Dimension::FunnelStage,
                    lead.funnel_stage().map(leadtree::lead::FunnelStage::as_str),
                ),
                (
                    Dimension::Region,
                    lead.region().map(leadtree::lead::Region::as_str),
                ),
                (
                    Dimension::Industry,
                    lead.industry().map(leadtree::lead::Industry::as_str),
                ),
                (Dimension::CustomerSize, size.as_deref()),
                (
                    Dimension::ProductLine,
                    lead.product_line().map(leadtree::lead::ProductLine::as_str),
                ),
                (
                    Dimension::LifecycleStage,
                    lead.lifecycle_stage()
                        .map(leadtree::lead::LifecycleStage::as_str),
                ),
            ];
            let given = texts
                .into_iter()
                .filter_map(|(dimension, text)| Some((dimension, text?)));
            let values = given.map(|(dimension, text)| tree.class_of(dimension, text));
            let profile = tree.profile_from_classes(&lead, values).unwrap();
            let now = chrono::DateTime::UNIX_EPOCH;
            let decided = tree.decide_profile(&profile, now).unwrap();
            let expected = Interpreter::new(&policy).decide(&lead, now);
            assert_eq!(decided, expected, "seed {seed}: {lead:?}");
            *(if expected.rule().is_some() {
                &mut matched
            } else {
                &mut fallen_through
            }) += 1;
        }
    }
    assert!(
        matched > 1_000 && fallen_through > 100,
        "{matched} {fallen_through}"
    );
}

#[test]
fn values_of_another_tree_are_refused() {
    let policy = leadtree::policy::PolicyDraft::new().build().unwrap();
    let [one, other] = [(); 2].map(|()| DecisionTree::compile(&policy).unwrap());
    let lead = leadtree::Lead::builder("L-1").build();
    let value = one.class_of(Dimension::Region, "cn");
    assert!(one.profile_from_classes(&lead, [value]).is_ok());
    assert_eq!(
        other.profile_from_classes(&lead, [value]).err(),
        Some(ForeignProfile)
    );
}
