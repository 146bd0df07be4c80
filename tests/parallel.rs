//! Deciding on all threads answers as deciding one lead after another does.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use leadtree::Lead;
use leadtree::chrono::DateTime;
use leadtree::dimension::Taxonomy;
use leadtree::policy::PolicyDraft;
use leadtree::rule::{Rule, customer_size, region};
use leadtree::team::Team;
use leadtree::tree::{DecisionTree, ForeignProfile};

/// Several chunks of what one thread takes at a time, and a rest.
const LEADS: u32 = 10_001;

fn tree() -> DecisionTree {
    let policy = PolicyDraft::new()
        .regions(Taxonomy::draft().paths(["cn/east", "cn/west"]))
        .team(Team::new("east").member("m-1"))
        .team(Team::new("large").member("m-2"))
        .rule(
            Rule::new("large")
                .when(customer_size().at_least(1_000))
                .assign_to("large"),
        )
        .rule(
            Rule::new("east")
                .when(region().within("cn/east"))
                .assign_to("east"),
        )
        .build()
        .unwrap();
    DecisionTree::compile(&policy).unwrap()
}

/// The rule is known by the number: every third lead is large, and of the rest every other is in the east.
fn rule(number: u32) -> Option<&'static str> {
    match (number % 3, number % 2) {
        (0, _) => Some("large"),
        (_, 0) => Some("east"),
        _ => None,
    }
}

fn lead(number: u32) -> Lead<'static> {
    let size = if number.is_multiple_of(3) { 1_000 } else { 999 };
    let region = if number.is_multiple_of(2) {
        "cn/east"
    } else {
        "cn/west"
    };
    let lead = Lead::builder(format!("L-{number}"));
    lead.region(region).customer_size(size).build()
}

#[test]
fn every_lead_gets_its_own_answer() {
    let tree = tree();
    let leads: Vec<_> = (0..LEADS).map(lead).collect();
    let profiles: Vec<_> = leads.iter().map(|lead| tree.profile(lead)).collect();
    let decisions = tree
        .par_decide_profiles(&profiles, DateTime::UNIX_EPOCH)
        .unwrap();
    assert_eq!(decisions.len(), leads.len());
    for (number, decision) in (0..LEADS).zip(&decisions) {
        let found = decision.rule().map(leadtree::RuleId::as_str);
        assert_eq!(found, rule(number), "lead {number}");
    }
}

#[test]
fn a_profile_of_another_tree_is_refused_wherever_it_stands() {
    let (tree, other) = (tree(), tree());
    let lead = lead(0);
    for at in [0, LEADS as usize / 2, LEADS as usize - 1] {
        let mut profiles = vec![tree.profile(&lead); LEADS as usize];
        profiles[at] = other.profile(&lead);
        let refused = tree.par_decide_profiles(&profiles, DateTime::UNIX_EPOCH);
        assert_eq!(refused.err(), Some(ForeignProfile), "at {at}");
    }
}
