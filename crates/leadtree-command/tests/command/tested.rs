//! `leadtree test`.

use std::fs;

use super::{folder, run};

const EXAMPLES: &str = "\
- name: small customers wait
  lead: {region: cn/east, customer_size: 5}
  expect: {pool: later, outcome: pooled}
- name: big customers are of m-02
  lead: {region: cn, customer_size: 5000}
  expect: {rule: big, team: east, member: m-02, not_rule: [east, abroad]}
- name: the rest of China goes abroad
  lead: {region: cn, customer_size: 50}
  at: 2026-03-31T09:30:00+08:00
  expect: {rule: china, team: abroad}
";

const WRONG: &str = "\
name,region,customer_size,plz,rule,not_rule,team,member,pool,outcome
the wrong rule,cn/east,50,01067,big,,,,,
the wrong owner,us,50,,,abroad; big,east,m-01,,
a rule that is not there,us,50,,bigg,,,,,pooled
";

#[test]
fn examples_beside_the_policy_pass() {
    let folder = folder("passed");
    fs::write(folder.join("policy.examples.yaml"), EXAMPLES).unwrap();
    let told = run(&folder, &["test", "policy.yaml", "--coverage"], "");
    insta::assert_snapshot!(told.all(), @"
    passed small customers wait
    passed big customers are of m-02
    passed the rest of China goes abroad

    3 examples passed, 0 failed
    3 of 6 rules and otherwise reached
    not reached by any example:
      rule `east`
      rule `abroad`
      the otherwise of the policy
    status 0
    ");
}

#[test]
fn what_failed_is_told_and_why() {
    let folder = folder("failed");
    fs::write(folder.join("wrong.csv"), WRONG).unwrap();
    let told = run(&folder, &["test", "policy.yaml", "wrong.csv"], "");
    insta::assert_snapshot!(told.all(), @"
    FAILED the wrong rule
           expected rule `big`, got rule `east`: rule `big` does not apply:
           customer_size >= 1000 does not hold
    FAILED the wrong owner
           expected another rule than `abroad`
           expected team `east`; lead `L-1`: rule `abroad` assigns to member `m-03`
           of team `abroad`
           expected member `m-01`; lead `L-1`: rule `abroad` assigns to member
           `m-03` of team `abroad`
    FAILED a rule that is not there
           expected rule `bigg`, got rule `abroad`: the policy has no rule `bigg`;
           did you mean `big`?
           expected outcome `pooled`; lead `L-1`: rule `abroad` assigns to member
           `m-03` of team `abroad`

    0 examples passed, 3 failed
    status 1
    ");
}

#[test]
fn examples_that_cannot_be_read_are_told() {
    let folder = folder("unread");
    for (examples, file) in [
        ("- {lead: {region: cn}, expect: {}}\n", "nothing.yaml"),
        (
            "- {lead: {regoin: cn}, expect: {rule: big}}\n",
            "field.yaml",
        ),
        (
            "- {lead: {region: cn}, expects: {rule: big}}\n",
            "expects.yaml",
        ),
        ("region,rule\ncn,\n", "nothing.csv"),
        ("region,at,rule\ncn,noon,big\n", "moment.csv"),
    ] {
        fs::write(folder.join(file), examples).unwrap();
        let told = run(&folder, &["test", "policy.yaml", file], "");
        assert_eq!((told.status, told.stdout.as_str()), (2, ""), "{file}");
        insta::assert_snapshot!(told.stderr);
    }
    let told = run(&folder, &["test", "policy.yaml"], "");
    insta::assert_snapshot!(told.all(), @"
    status 2
    standard error:
    error: no examples; write them into policy.examples.yaml or policy.examples.csv, or name their file after the policy
    ");
}

/// The first block of YAML in the guide's chapter is a file of examples.
#[test]
fn the_example_of_the_guide_passes_with_a_new_policy() {
    let folder = folder("guide");
    let guide = include_str!("../../../../src/guide/command.md");
    let examples = guide.split("```yaml\n").nth(1).unwrap();
    let examples = examples.split("```").next().unwrap();
    fs::write(folder.join("plz.examples.yaml"), examples).unwrap();
    let told = run(&folder, &["new", "--by", "plz", "--out", "plz.yaml"], "");
    assert_eq!(told.status, 0, "{}", told.stderr);
    let told = run(&folder, &["test", "plz.yaml"], "");
    assert_eq!(told.status, 0, "{}", told.stdout);
    assert!(told.stdout.ends_with("1 example passed, 0 failed\n"));
}
