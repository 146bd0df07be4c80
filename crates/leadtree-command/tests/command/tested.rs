//! `leadtree test`.

use std::fs;

use super::{POLICY, folder, run};

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

const CARRIED: &str = "\
- name: small customers wait
  lead: {region: cn/east, customer_size: 5}
  expect: {pool: later}
- lead: {region: cn/east, customer_size: 50}
  expect: {rule: big, member: m-02}
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
    4 of 7 rules, groups and otherwise reached
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
           expected team `east`, got: lead `L-1`: rule `abroad` assigns to member
           `m-03` of team `abroad`
           expected member `m-01`, got: lead `L-1`: rule `abroad` assigns to member
           `m-03` of team `abroad`
    FAILED a rule that is not there
           unknown rule `bigg`; did you mean `big`?

    0 examples passed, 3 failed
    status 1
    ");
}

#[test]
fn examples_that_cannot_be_read_are_told() {
    let folder = folder("unread");
    for (examples, file) in [
        (
            "- {lead: {region: cn}, expects: {rule: big}}\n",
            "expects.yaml",
        ),
        ("region,at,rule\ncn,noon,big\n", "moment.csv"),
        ("region,outcome\ncn,polled\n", "outcome.csv"),
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
    error: no examples; write them into the policy as its section `examples`, into policy.examples.yaml or policy.examples.csv, or name their file after the policy
    ");
}

#[test]
fn mistakes_in_examples_fail() {
    let folder = folder("mistaken");
    for (examples, file) in [
        ("- {lead: {region: cn}, expect: {}}\n", "nothing.yaml"),
        (
            "- {lead: {regoin: cn}, expect: {rule: big}}\n- {lead: {region: cn/eats}, expect: {rule: big}}\n",
            "field.yaml",
        ),
        ("region,rule\ncn,\n", "nothing.csv"),
    ] {
        fs::write(folder.join(file), examples).unwrap();
        let told = run(&folder, &["test", "policy.yaml", file], "");
        insta::assert_snapshot!(told.all());
    }
}

#[test]
fn examples_in_the_policy_are_tested_with_those_beside_it() {
    let folder = folder("carried");
    let carried = format!("{POLICY}examples:\n{CARRIED}");
    fs::write(folder.join("policy.yaml"), carried).unwrap();
    let told = run(&folder, &["test", "policy.yaml"], "");
    insta::assert_snapshot!(told.all(), @"
    passed small customers wait
    FAILED policy.yaml, example 2
           policy.yaml:31: expected rule `big`, got rule `east`: rule `big` does not
           apply: customer_size >= 1000 does not hold
           policy.yaml:31: expected member `m-02`, got: lead `L-1`: rule `east`
           assigns to member `m-01` of team `east`

    1 example passed, 1 failed
    status 1
    ");
    fs::write(folder.join("policy.examples.yaml"), EXAMPLES).unwrap();
    let told = run(&folder, &["test", "policy.yaml"], "");
    assert!(
        told.stdout.ends_with("4 examples passed, 1 failed\n"),
        "{}",
        told.stdout
    );
}

#[test]
fn the_examples_of_the_sample_pass() {
    let told = run(&folder("sample"), &["test"], "");
    assert_eq!(told.status, 0, "{}", told.stdout);
    assert!(
        told.stdout.ends_with("6 examples passed, 0 failed\n"),
        "{}",
        told.stdout
    );
}

/// The first block of YAML in the guide's chapter is a section of examples.
#[test]
fn the_example_of_the_guide_passes_with_a_new_policy() {
    let folder = folder("guide");
    let guide = include_str!("../../../../src/guide/command.md");
    let examples = guide.split("```yaml\nexamples:\n").nth(1).unwrap();
    let examples = examples.split("```").next().unwrap();
    fs::write(folder.join("plz.examples.yaml"), examples).unwrap();
    let told = run(&folder, &["new", "--by", "plz", "--out", "plz.yaml"], "");
    assert_eq!(told.status, 0, "{}", told.stderr);
    let told = run(&folder, &["test", "plz.yaml"], "");
    assert_eq!(told.status, 0, "{}", told.stdout);
    assert!(
        told.stdout.ends_with("3 examples passed, 0 failed\n"),
        "{}",
        told.stdout
    );
}

#[test]
fn files_without_examples_are_told() {
    let folder = folder("no-examples");
    for (file, text) in [
        ("empty.yaml", "[]\n"),
        ("heading.csv", "name,region,rule\n"),
    ] {
        fs::write(folder.join(file), text).unwrap();
        let told = run(&folder, &["test", "policy.yaml", file], "");
        assert_ne!(told.status, 0, "{file}");
        assert!(
            told.stderr.contains("no examples in this file"),
            "{}",
            told.stderr
        );
    }
}

#[test]
fn examples_are_found_by_either_ending_of_yaml() {
    let folder = folder("yml");
    fs::write(folder.join("policy.examples.yml"), EXAMPLES).unwrap();
    let told = run(&folder, &["test", "policy.yaml"], "");
    assert!(
        told.stdout.contains("3 examples passed, 0 failed"),
        "{}",
        told.stdout
    );
}
