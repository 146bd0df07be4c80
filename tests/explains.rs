//! Explanations: what was given, what it resolved to, which tests led to the rule, and why not
//! another.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use chrono::{DateTime, NaiveDate, Utc};
use leadtree::availability::Moment;
use leadtree::dimension::{AttributeKind, Dimension, Taxonomy, Via};
use leadtree::explain::WhyNot;
use leadtree::lead::{AttributeValue, Lead};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{
    Group, Outcome, Rule, Target, customer_size, flag, industry, number, region, tags, text,
};
use leadtree::team::Team;
use leadtree::tree::{CompileOptions, DecisionTree};

const NOW: &str = "2026-03-31T12:00:00Z";

fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

fn policy() -> Policy {
    PolicyDraft::new()
        .regions(
            Taxonomy::draft()
                .paths(["cn/east/shanghai", "cn/north", "us"])
                .alias("cn/east/shanghai", ["上海"])
                .by_name(),
        )
        .industries(Taxonomy::draft().paths(["energy/solar", "manufacturing"]))
        .attribute("source", AttributeKind::Text)
        .attribute("revenue", AttributeKind::Number)
        .attribute("vip", AttributeKind::Flag)
        .attribute("interests", AttributeKind::Tags)
        .attribute("signed", AttributeKind::Date)
        .pool("later")
        .team(Team::new("key").member("m-1"))
        .team(Team::new("east").member("m-2"))
        .rule(Rule::new("off").enabled(false).assign_to("key"))
        .rule(
            Rule::new("next-year")
                .from("2027-01-01T00:00:00Z".parse::<Moment>().unwrap())
                .until("2028-01-01T00:00:00Z".parse::<Moment>().unwrap())
                .assign_to("key"),
        )
        .rule(
            Rule::new("big-east")
                .when(
                    region().within("cn/east")
                        & customer_size().at_least(1000)
                        & !text("source").is("fair"),
                )
                .assign_to("key"),
        )
        .rule(
            Group::new("abroad")
                .when(
                    !region().within("cn") & (industry().within("energy") | flag("vip").is_true()),
                )
                .rule(
                    Group::new("paying")
                        .when(number("revenue").more_than(0))
                        .rule(
                            Rule::new("tagged")
                                .when(tags("interests").contains_any(["erp"]))
                                .assign_to("key"),
                        ),
                )
                .otherwise(Outcome::to(Target::pool("later"))),
        )
        .rule(
            Group::new("closed").enabled(false).rule(
                Rule::new("in-closed")
                    .when(region().is("us"))
                    .assign_to("key"),
            ),
        )
        .rule(
            Rule::new("east")
                .when(region().within("cn/east"))
                .assign_to("east"),
        )
        .rule(
            Rule::new("all-of-china")
                .when(region().within("cn"))
                .assign_to("east"),
        )
        .build()
        .unwrap()
}

fn tree() -> DecisionTree {
    DecisionTree::compile(&policy()).unwrap()
}

#[test]
fn every_spelling_of_a_value_is_explained() {
    let tree = tree();
    let lead = Lead::builder("L-1")
        .region(" 上海 ")
        .industry("atlantis")
        .customer_size("51-200")
        .product_line("  ")
        .lifecycle_stage("MQL")
        .funnel_stage("Proposal")
        .attribute("source", " Web ")
        .attribute("revenue", "12.50")
        .attribute("vip", "perhaps")
        .attribute("interests", AttributeValue::tags(["crm", "ERP"]))
        .attribute("signed", NaiveDate::from_ymd_opt(2026, 3, 1).unwrap())
        .attribute("colour", "red")
        .build();
    insta::assert_snapshot!(tree.explain(&lead, now()), @"
    lead `L-1`: rule `east` assigns to team `east`
    values
      region: cn/east/shanghai (by alias: `上海`)
      industry: unlisted (`atlantis` was given)
      customer_size: 51 (at the lower end of the range given: `51-200`)
      product_line: missing
      lifecycle_stage: marketing_qualified (by alias: `MQL`)
      funnel_stage: proposal
      source: Web
      revenue: 12.5 (read from text: `12.50`)
      vip: unlisted (`perhaps` was given)
      interests: crm, ERP
      signed: 2026-03-01
      colour: red (not declared by the policy, ignored)
    path
      1. region in cn/east: it is cn/east/shanghai; 3 rules left
      2. customer_size < 1000: it is 51; 2 rules left
      3. the moment is 2026-03-31T12:00:00Z; 1 rule left
    ");
}

#[test]
fn an_empty_lead() {
    let tree = tree();
    let lead = Lead::builder("L-2").build();
    insta::assert_snapshot!(tree.explain(&lead, now()), @"
    lead `L-2`: the otherwise of the policy assigns to pool `unmatched`
    values
      region: missing
      industry: missing
      customer_size: missing
      product_line: missing
      lifecycle_stage: missing
      funnel_stage: missing
    path
      1. region is missing; 5 rules left
      2. industry is missing; 3 rules left
      3. vip is missing; 1 rule left
      4. the moment is 2026-03-31T12:00:00Z; 0 rules left
    ");
}

#[test]
fn a_last_name_and_a_band() {
    let tree = tree();
    let lead = Lead::builder("L-3")
        .region("Shanghai")
        .customer_size("Enterprise")
        .build();
    let explanation = tree.explain(&lead, now());
    assert_eq!(explanation.facts().listed(Dimension::Region).via, Via::Name);
    assert_eq!(explanation.facts().customer_size().via, Via::LowerEnd);
    insta::assert_snapshot!(explanation, @"
    lead `L-3`: rule `big-east` assigns to team `key`
    values
      region: cn/east/shanghai (by the last segment of its path: `Shanghai`)
      industry: missing
      customer_size: 1000 (at the lower end of the range given: `Enterprise`)
      product_line: missing
      lifecycle_stage: missing
      funnel_stage: missing
    path
      1. region in cn/east: it is cn/east/shanghai; 3 rules left
      2. customer_size >= 1000; 3 rules left
      3. the moment is 2026-03-31T12:00:00Z; 2 rules left
      4. source is missing; 1 rule left
    ");
}

#[test]
fn an_empty_policy_has_no_questions() {
    let tree = DecisionTree::compile(&PolicyDraft::new().build().unwrap()).unwrap();
    let lead = Lead::builder("L-4").region("cn").build();
    insta::assert_snapshot!(tree.explain(&lead, now()), @r"
    lead `L-4`: the otherwise of the policy assigns to pool `unmatched`
    values
      region: unlisted (`cn` was given)
      industry: missing
      customer_size: missing
      product_line: missing
      lifecycle_stage: missing
      funnel_stage: missing
    path
      nothing had to be asked
    ");
}

#[test]
fn rules_evaluated_as_a_whole() {
    let policy = policy();
    let bare = (0..).map(|step| CompileOptions::new().max_bytes(step * 64).compile(&policy));
    let tree = bare.into_iter().find_map(Result::ok).unwrap();
    let lead = Lead::builder("L-5").region("上海").build();
    insta::assert_snapshot!(tree.explain(&lead, now()), @"
    lead `L-5`: rule `east` assigns to team `east`
    values
      region: cn/east/shanghai (by alias: `上海`)
      industry: missing
      customer_size: missing
      product_line: missing
      lifecycle_stage: missing
      funnel_stage: missing
    path
      1. compared 6 rules side by side: `east` applies first
    ");
}

#[test]
fn the_group_whose_otherwise_applies() {
    let tree = tree();
    let lead = Lead::builder("L-6")
        .region("us")
        .attribute("vip", true)
        .build();
    let explanation = tree.explain(&lead, now());
    assert_eq!(
        explanation.decision().to_string(),
        "the otherwise of group `abroad` assigns to pool `later`"
    );
    assert_eq!(explanation.decision().rule(), None);
    assert_eq!(explanation.decision().source().id().unwrap(), "abroad");
    assert!(
        explanation
            .to_string()
            .starts_with("lead `L-6`: the otherwise of group `abroad`")
    );
}

#[test]
fn why_each_rule_did_not_apply() {
    let tree = tree();
    let rules = [
        "off",
        "next-year",
        "big-east",
        "tagged",
        "in-closed",
        "east",
        "all-of-china",
        "no-such",
    ];
    let why = |lead: &Lead<'_>| {
        let explanation = tree.explain(lead, now());
        let mut lines = vec![explanation.decision().to_string()];
        for rule in rules {
            let why = explanation.why_not(rule);
            lines.push(why.map_or_else(|| format!("{rule}: no such rule"), |why| why.to_string()));
        }
        lines.join("\n")
    };
    let big = Lead::builder("L-7")
        .region("cn/east")
        .customer_size(2000)
        .build();
    insta::assert_snapshot!(why(&big), @r"
    rule `big-east` assigns to team `key`
    `off` is switched off
    rule `next-year` does not apply at 2026-03-31T12:00:00Z: it holds from 2027-01-01T00:00:00Z until 2028-01-01T00:00:00Z
    rule `big-east` does apply
    rule `tagged` does not apply: region not in cn, asked by its group `abroad`, does not hold
    `closed` is switched off
    rule `east` would apply, but rule `big-east` comes first
    rule `all-of-china` would apply, but rule `big-east` comes first
    no-such: no such rule
    ");
    let fair = Lead::builder("L-8").region("cn/east").customer_size(2000);
    insta::assert_snapshot!(why(&fair.attribute("source", "FAIR").build()), @r"
    rule `east` assigns to team `east`
    `off` is switched off
    rule `next-year` does not apply at 2026-03-31T12:00:00Z: it holds from 2027-01-01T00:00:00Z until 2028-01-01T00:00:00Z
    rule `big-east` does not apply: source != fair does not hold
    rule `tagged` does not apply: region not in cn, asked by its group `abroad`, does not hold
    `closed` is switched off
    rule `east` does apply
    rule `all-of-china` would apply, but rule `east` comes first
    no-such: no such rule
    ");
    let abroad = Lead::builder("L-9").region("us").attribute("vip", true);
    insta::assert_snapshot!(why(&abroad.clone().build()), @r"
    the otherwise of group `abroad` assigns to pool `later`
    `off` is switched off
    rule `next-year` does not apply at 2026-03-31T12:00:00Z: it holds from 2027-01-01T00:00:00Z until 2028-01-01T00:00:00Z
    rule `big-east` does not apply: region in cn/east does not hold
    rule `tagged` does not apply: revenue > 0, asked by its group `paying`, does not hold
    `closed` is switched off
    rule `east` does not apply: region in cn/east does not hold
    rule `all-of-china` does not apply: region in cn does not hold
    no-such: no such rule
    ");
    let paying = abroad.attribute("revenue", 5);
    insta::assert_snapshot!(why(&paying.clone().build()), @r"
    the otherwise of group `abroad` assigns to pool `later`
    `off` is switched off
    rule `next-year` does not apply at 2026-03-31T12:00:00Z: it holds from 2027-01-01T00:00:00Z until 2028-01-01T00:00:00Z
    rule `big-east` does not apply: region in cn/east does not hold
    rule `tagged` does not apply: interests contains any of (erp) does not hold
    `closed` is switched off
    rule `east` does not apply: region in cn/east does not hold
    rule `all-of-china` does not apply: region in cn does not hold
    no-such: no such rule
    ");
    insta::assert_snapshot!(why(&paying.attribute("interests", "erp").build()), @r"
    rule `tagged` assigns to team `key`
    `off` is switched off
    rule `next-year` does not apply at 2026-03-31T12:00:00Z: it holds from 2027-01-01T00:00:00Z until 2028-01-01T00:00:00Z
    rule `big-east` does not apply: region in cn/east does not hold
    rule `tagged` does apply
    `closed` is switched off
    rule `east` does not apply: region in cn/east does not hold
    rule `all-of-china` does not apply: region in cn does not hold
    no-such: no such rule
    ");
}

#[test]
fn explanations_can_be_inspected_in_code() {
    let tree = tree();
    let lead = Lead::builder("L-1")
        .region("cn/east")
        .customer_size(5)
        .build();
    let explanation = tree.explain(&lead, now());
    let why = |rule: &str| explanation.why_not(rule).unwrap();
    assert!(matches!(why("east"), WhyNot::Applies { .. }));
    assert!(matches!(why("off"), WhyNot::Disabled { rule } if rule == "off"));
    assert!(matches!(why("in-closed"), WhyNot::Disabled { rule } if rule == "closed"));
    assert!(matches!(why("next-year"), WhyNot::OutsidePeriod { .. }));
    assert!(matches!(why("all-of-china"), WhyNot::Earlier { .. }));
    match why("big-east") {
        WhyNot::Test {
            group: None,
            failed,
            ..
        } => {
            assert_eq!(*failed, customer_size().at_least(1000));
        }
        other => panic!("{other}"),
    }
    match why("tagged") {
        WhyNot::Test {
            group: Some(group),
            failed,
            ..
        } => {
            assert_eq!(
                (group.as_str(), *failed),
                ("abroad", !region().within("cn"))
            );
        }
        other => panic!("{other}"),
    }
}
