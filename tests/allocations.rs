//! Deciding a lead from strings does not allocate.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use allocation_counter::measure;
use chrono::DateTime;
use leadtree::dimension::{StageDraft, StagesDraft, Taxonomy};
use leadtree::lead::Facts;
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{
    Rule, all, customer_size, funnel_stage, industry, lifecycle_stage, product_line, region,
};
use leadtree::team::Team;
use leadtree::tree::DecisionTree;
use leadtree::{Lead, RuleId};

/// A name of 128 bytes.
fn long() -> String {
    "Ⱥ".repeat(64)
}

/// A policy that tests every dimension.
fn policy() -> Policy {
    PolicyDraft::new()
        .regions(
            Taxonomy::draft()
                .paths(["cn/east/shanghai", "华东/上海"])
                .alias("cn/east/shanghai", ["SH", "沪", &long()]),
        )
        .industries(Taxonomy::draft().paths(["manufacturing/automotive"]))
        .product_lines(Taxonomy::draft().paths(["software/crm"]))
        .funnel_stages(StagesDraft::from_iter([
            StageDraft::from("new"),
            StageDraft::new("proposal", ["offer sent"]),
        ]))
        .team(Team::new("east").member("m-01"))
        .rule(
            Rule::new("all")
                .when(all([
                    region().within("cn/east"),
                    industry().within("manufacturing"),
                    product_line().within("software"),
                    customer_size().at_least(10),
                    lifecycle_stage().is("customer"),
                    funnel_stage().at_least("proposal"),
                ]))
                .assign_to("east"),
        )
        .rule(Rule::new("rest").assign_to("east"))
        .build()
        .unwrap()
}

fn lead([region, industry, product_line, size, lifecycle, funnel]: [&str; 6]) -> Lead<'_> {
    Lead::builder("L-1")
        .region(region)
        .industry(industry)
        .product_line(product_line)
        .customer_size(size)
        .lifecycle_stage(lifecycle)
        .funnel_stage(funnel)
        .build()
}

#[test]
fn deciding_from_strings_allocates_nothing() {
    let tree = DecisionTree::compile(&policy()).unwrap();
    let long = long();
    let as_written = [
        "cn/east/shanghai",
        "manufacturing/automotive",
        "software/crm",
    ];
    let [region, industry, product_line] = as_written;
    let unlisted = "x".repeat(128);
    for (values, rule) in [
        (
            [
                region,
                industry,
                product_line,
                "250",
                "customer",
                "proposal",
            ],
            "all",
        ),
        (
            [
                " CN / East / Shang Hai ",
                "Manufacturing / AUTOMOTIVE",
                "Software/CRM\t",
                "1,200",
                "Customer",
                "Offer Sent",
            ],
            "all",
        ),
        (
            [
                "沪\u{3000}",
                industry,
                product_line,
                "51-200",
                "CUSTOMER",
                "Proposal",
            ],
            "all",
        ),
        (
            [
                &long,
                industry,
                product_line,
                "Small",
                "customer",
                "proposal",
            ],
            "all",
        ),
        (
            [
                &long.to_lowercase(),
                industry,
                product_line,
                "enterprise",
                "customer",
                "proposal",
            ],
            "all",
        ),
        (
            [
                "华东/上海",
                industry,
                product_line,
                "10+",
                "customer",
                "proposal",
            ],
            "rest",
        ),
        (
            ["nowhere", &unlisted, "", "many", "ÜBER", "\u{3000}"],
            "rest",
        ),
    ] {
        let lead = lead(values);
        let now = DateTime::UNIX_EPOCH;
        let mut found = None;
        let taken = measure(|| found = tree.decide(&lead, now).rule());
        assert_eq!(found.map(RuleId::as_str), Some(rule), "{lead:?}");
        assert_eq!(taken.count_total, 0, "{lead:?}");

        let mut is_same = false;
        let taken = measure(|| {
            let profile = tree.profile(&lead);
            is_same = tree
                .decide_profile(&profile, now)
                .is_ok_and(|decision| decision.rule() == found);
        });
        assert!(is_same, "{lead:?}");
        assert_eq!(taken.count_total, 0, "{lead:?}");

        let taken = measure(|| _ = Facts::of(&lead, tree.policy().dimensions()).region());
        assert_eq!(taken.count_total, 0, "{lead:?}");
    }
}

/// The counter does see an allocation.
#[test]
fn the_counter_sees_allocations() {
    let lead = lead(["", "", "", "", "", ""]);
    assert!(measure(|| _ = lead.clone().into_owned()).count_total > 0);
}
