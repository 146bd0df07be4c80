//! A policy carries examples; they are checked with it, and it can be told whether they hold.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use chrono::{DateTime, Utc};
use leadtree::example::{Example, Expectation, ExpectedOutcome};
use leadtree::example_check::ExampleCheck;
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Group, Outcome, Rule, Target, customer_size, region};
use leadtree::strategy::StrategyRegistry;
use leadtree::team::{StrategyChoice, Team};
use leadtree::{Finding, Lead};

const POLICY: &str = "
time_zone: +08:00
regions: {paths: [cn/east, us]}
attributes: {plz: text, vip: flag, interests: tags}
pools: [later]
teams:
  - {id: east, members: [m-01, m-02]}
  - {id: abroad, members: [m-03], hours: mon-fri 09:00-18:00, if_nobody: wait}
rules:
  - id: small
    when: customer_size < 10
    assign_to: {pool: later}
  - group: china
    when: region in cn
    rules:
      - id: march
        from: 2026-03-01
        until: 2026-04-01
        when: vip = true
        assign_to: {team: east, member: m-02}
    otherwise: {assign_to: east}
  - id: abroad
    when: region in us
    assign_to: abroad
";

fn now() -> DateTime<Utc> {
    "2026-05-04T03:00:00Z".parse().unwrap()
}

fn with(examples: &str) -> String {
    format!("{POLICY}examples:\n{examples}")
}

/// What is told of the examples, one a line.
fn failures(examples: &str) -> String {
    let policy = Policy::from_yaml(&with(examples)).unwrap();
    let failures = ExampleCheck::new(&policy).unwrap().failures(now());
    let told: Vec<_> = failures.iter().map(ToString::to_string).collect();
    told.join("\n")
}

fn faults(examples: &str) -> String {
    Policy::from_yaml(&with(examples)).unwrap_err().to_string()
}

#[test]
fn examples_hold_for_rules_groups_pools_and_moments() {
    let told = failures(
        "
  - {lead: {customer_size: 3}, expect: {rule: small, pool: later, outcome: pooled}}
  - {lead: {region: CN/East, vip: true}, at: 2026-03-31T23:59:59, expect: {rule: march, team: east, member: m-02}}
  - {lead: {region: cn, vip: true}, at: 2026-04-01, expect: {rule: china, member: m-01, not_rule: march}}
  - {lead: {region: cn}, expect: {member: m-01}}
  - {lead: {region: us}, at: 2026-05-04T08:00:00+08:00, expect: {outcome: waiting}}
  - {lead: {region: us}, at: 2026-05-04T09:00:00+08:00, expect: {outcome: assigned, team: abroad}}
  - {lead: {region: Atlantis, vip: maybe}, expect: {pool: unmatched, unlisted: [region, vip]}}
",
    );
    assert_eq!(told, "");
}

#[test]
fn what_came_instead_is_told_with_its_place_and_reason() {
    insta::assert_snapshot!(failures(
        "
  - {lead: {customer_size: 30, region: us}, expect: {rule: small, not_rule: [march, abroad]}}
  - {lead: {region: cn, vip: true}, expect: {rule: march, team: abroad, member: m-03}}
  - {lead: {region: cn, vip: true}, expect: {pool: later}}
  - {lead: {region: us}, expect: {rule: china, not_rule: abroad, outcome: pooled}}
  - {lead: {region: cn/east}, expect: {rule: china, unlisted: [region, vip]}}
  - {lead: {}, expect: {rule: abroad, unlisted: plz}}
",
    ));
}

#[test]
fn a_name_that_refers_to_nothing_is_a_fault_of_the_policy() {
    insta::assert_snapshot!(faults(
        "
  - {lead: {}, expect: {rule: smal, not_rule: [chinna, abroad]}}
  - {lead: {}, expect: {not_rule: martch}}
  - {lead: {}, expect: {team: eats, pool: latr}}
  - {lead: {}, expect: {team: later}}
  - {lead: {}, expect: {member: m-1}}
  - {lead: {}, expect: {team: east, member: m-03}}
  - {lead: {}, expect: {unlisted: regoin}}
  - {lead: {}, expect: {}}
",
    ));
}

#[test]
fn a_value_of_the_lead_that_the_policy_does_not_list_is_a_fault() {
    insta::assert_snapshot!(faults(
        "
  - {lead: {region: cn/eats, customer_size: smal, funnel_stage: wonn, industry: x}, expect: {rule: small}}
  - {lead: {regoin: cn, vip: maybe, plz: 01067}, expect: {rule: small}}
  - {lead: {attributes: {vip: 7, plz: true, interests: 7}}, expect: {rule: small}}
",
    ));
}

#[test]
fn what_is_no_example_is_told_with_everything_else() {
    insta::assert_snapshot!(faults(
        "
  - {lead: {region: {a: b}, plz: [[x]]}, expect: {rule: small, outcome: asigned}}
  - {expect: {rule: small}, att: 2026-03-01}
  - {lead: {region: cn, vip: {}}, at: soon}
  - {lead: [], expect: {not_rule: {a: b}}}
  - {lead: {region: cn}, expect: {rule: smal}}
",
    ));
}

#[test]
fn names_of_rules_that_could_not_be_read_are_not_told_as_unknown() {
    let policy = "rules: [{id: [a], assign_to: {pool: unmatched}}]\nexamples: [{lead: {}, expect: {rule: a}}]";
    let told = Policy::from_yaml(policy).unwrap_err().to_string();
    assert!(told.contains("has 1 problem:\n  rules[0].id:"), "{told}");
}

#[test]
fn a_policy_carries_examples_that_are_built_in_rust() {
    let lead = Lead::builder("L-9").region("cn/east").customer_size(5_000);
    let big = Expectation::new()
        .rule("big")
        .outcome(ExpectedOutcome::Assigned);
    let big = Example::new(lead.build(), big).name("big").at(now());
    let lead = Lead::builder("L-1").region("cn").build();
    let others = Example::new(
        lead,
        Expectation::new()
            .rule("china")
            .not_rule("big")
            .team("east"),
    );
    let policy = PolicyDraft::new()
        .regions(leadtree::dimension::Taxonomy::draft().paths(["cn/east"]))
        .team(Team::new("east").members(["m-01"]))
        .rule(
            Group::new("china")
                .when(region().within("cn"))
                .rule(
                    Rule::new("big")
                        .when(customer_size().at_least(1000))
                        .assign_to("east"),
                )
                .otherwise(Outcome::to(Target::team("east"))),
        )
        .examples([big.clone(), others])
        .build()
        .unwrap();
    assert_eq!(policy.examples()[0], big);
    assert_eq!(ExampleCheck::new(&policy).unwrap().failures(now()), []);
    let text = policy.to_yaml().unwrap();
    insta::assert_snapshot!(text.split("examples:").nth(1).unwrap());
    assert_eq!(Policy::from_yaml(&text).unwrap(), policy);
}

#[test]
fn each_example_begins_anew_and_need_not_be_carried() {
    let policy = Policy::from_yaml(POLICY).unwrap();
    let check = ExampleCheck::new(&policy).unwrap();
    let lead = Lead::builder("L-1").region("cn").build();
    let example = Example::new(lead, Expectation::new().member("m-01"));
    for _ in 0..3 {
        let answer = check.run(&example, now());
        assert_eq!(answer.failures, []);
        assert_eq!(answer.assignment.owner().unwrap().member(), "m-01");
    }
    let unknown = Example::new(
        Lead::builder("L-1").build(),
        Expectation::new().rule("none"),
    );
    let answer = check.run(&unknown, now());
    let finding = Finding::from(&answer.failures[0]);
    assert_eq!(
        finding.to_string(),
        "expect.rule: expected rule `none`, got the otherwise of the policy: the policy has no rule of that name"
    );
    assert_eq!(finding.code.as_str(), "failed-example");
}

#[test]
fn strategies_of_a_service_are_used() {
    let draft = PolicyDraft::new().team(Team::new("east").strategy("own").member("m-01"));
    let policy = draft.build().unwrap();
    assert!(ExampleCheck::new(&policy).is_err());
    let mut registry = StrategyRegistry::new();
    registry.register("own", |_| {
        StrategyRegistry::new().build(&StrategyChoice::new("waterfall"))
    });
    assert!(ExampleCheck::with_strategies(&policy, registry).is_ok());
}

#[test]
fn a_field_of_a_lead_without_a_value_is_a_fault() {
    // Of `1,200` and of `plz:01067`, YAML makes two fields and one without a value.
    let examples = "  - {lead: {customer_size: 1,200}, expect: {pool: later}}
  - {lead: {plz:01067}, expect: {pool: later}}
  - {lead: {regoin: }, expect: {pool: later}}
";
    let faults = faults(examples);
    for place in [
        "examples[0].lead.200: ",
        "examples[1].lead[\"plz:01067\"]: ",
        "examples[2].lead.regoin: ",
    ] {
        let told =
            format!("{place}this field has no value; leave it out. Inside `{{…}}` a comma ends");
        assert!(faults.contains(&told), "{told}\n{faults}");
    }
}

#[test]
fn a_group_applies_when_anything_of_it_does() {
    // A rule in the group, or its `otherwise`.
    let told = failures(
        "
  - {lead: {region: cn, vip: true}, at: 2026-03-31, expect: {rule: china, otherwise: false}}
  - {lead: {region: cn}, at: 2026-03-31, expect: {rule: china, otherwise: true, not_rule: march}}
  - {lead: {region: us}, at: 2026-03-31, expect: {not_rule: china}}
  - {lead: {}, expect: {otherwise: true, pool: unmatched}}
",
    );
    assert_eq!(told, "");
    insta::assert_snapshot!(failures(
        "
  - {lead: {region: us}, at: 2026-03-31, expect: {rule: china, not_rule: abroad}}
  - {lead: {region: cn, vip: true}, at: 2026-03-31, expect: {not_rule: china}}
  - {lead: {region: cn, vip: true}, at: 2026-03-31, expect: {rule: china, otherwise: true}}
  - {lead: {region: cn}, at: 2026-03-31, expect: {rule: china, otherwise: false}}
  - {lead: {region: cn}, at: 2026-03-31, expect: {otherwise: true}}
  - {lead: {}, expect: {otherwise: false}}
",
    ));
}

#[test]
fn a_group_without_an_otherwise_does_not_apply_when_none_of_its_rules_does() {
    let with_asia = |expect: &str| {
        let examples = format!("  - {{lead: {{region: us}}, at: 2026-03-31, expect: {expect}}}\n");
        let policy = with(&examples).replace(
            "  - id: abroad\n",
            "  - group: asia\n    rules: [{id: vips, when: vip = true, assign_to: east}]\n  - id: abroad\n",
        );
        let policy = Policy::from_yaml(&policy).map_err(|error| error.to_string())?;
        let failures = ExampleCheck::new(&policy).unwrap().failures(now());
        Ok::<_, String>(failures.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    assert_eq!(with_asia("{not_rule: asia}"), Ok(vec![]));
    let told = "examples[0].expect.rule: expected rule `asia`, got rule `abroad`: group `asia` does not apply: \
                none of its rules does, and it has no `otherwise`";
    assert_eq!(with_asia("{rule: asia}"), Ok(vec![told.to_owned()]));
    let told = "examples[0].expect.otherwise: group `asia` has no `otherwise`; name a group that has one, or leave \
                `otherwise` out";
    let refused = with_asia("{rule: asia, otherwise: true}").unwrap_err();
    assert!(refused.contains(told), "{refused}");
}

#[test]
fn another_member_than_expected_is_told_with_the_reason() {
    insta::assert_snapshot!(failures(
        "
  - {lead: {region: cn}, at: 2026-05-04, expect: {member: m-02}}
  - {lead: {region: cn, vip: true}, at: 2026-03-31, expect: {member: m-01}}
  - {lead: {region: us}, at: 2026-05-04T08:00:00, expect: {member: m-03}}
  - {lead: {region: us}, at: 2026-05-04T12:00:00, expect: {member: m-01}}
",
    ));
}
