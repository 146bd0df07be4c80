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
    error[unknown-name]: [2].expect.rule: unknown rule `bigg`
     --> wrong.csv:4:33
      |
    4 | a rule that is not there,us,50,,bigg,,,,,pooled
      |                                 ^^^^
      |
      = help: did you mean `big`?

    FAILED the wrong rule
           wrong.csv:2: expected rule `big`, got rule `east`: rule `big` does not
           apply: customer_size >= 1000 does not hold
    FAILED the wrong owner
           wrong.csv:3: expected nothing of `abroad`, got rule `abroad`
           wrong.csv:3: expected team `east`, got: lead `L-1`: rule `abroad` assigns
           to member `m-03` of team `abroad`
           wrong.csv:3: expected member `m-01`, got: lead `L-1`: rule `abroad`
           assigns to member `m-03` of team `abroad`; no team was asked that the
           member is in

    0 examples passed, 2 failed; 1 mistake in examples, which were not tested
    status 1
    ");
}

#[test]
fn without_any_examples_it_cannot_run() {
    let told = run(&folder("none"), &["test", "policy.yaml"], "");
    insta::assert_snapshot!(told.all(), @"
    status 2
    standard error:
    error: no examples; write them into the policy as its section `examples`, into policy.examples.yaml or policy.examples.csv, or name their file after the policy
    ");
}

/// What is told of a file of examples.
pub(super) fn told_of(test: &str, file: &str, text: &str) -> super::Told {
    let folder = folder(test);
    fs::write(folder.join(file), text).unwrap();
    run(&folder, &["test", "policy.yaml", file], "")
}

#[test]
fn every_mistake_in_a_file_of_examples_is_drawn_and_the_others_are_tested() {
    let text = "\
- {lead: {region: cn}, expects: {rule: big}}
- {lead: {regoin: cn, plz: 01067}, expect: {}}
- {lead: {region: us}, expect: {rule: abroad}}
- {lead: {region: us}, expect: {rule: big}}
";
    let told = told_of("mistaken", "more.yaml", text);
    insta::assert_snapshot!(told.all());
}

#[test]
fn text_behind_a_list_in_brackets_is_told() {
    let text = "[{lead: {region: us}, expect: {rule: abroad}}]\n- {lead: {region: us}, expect: {rule: big}}\n";
    let told = told_of("brackets", "more.yaml", text);
    assert_eq!(told.status, 1);
    let expected = "error[syntax]: the file ends with the bracket before this";
    assert!(told.stdout.contains(expected), "{}", told.stdout);
    assert!(told.stdout.contains("--> more.yaml:2:1"), "{}", told.stdout);
}

#[test]
fn mistakes_and_failures_are_annotations_and_data_too() {
    let folder = folder("forms");
    let carried = format!("{POLICY}examples:\n{CARRIED}");
    fs::write(folder.join("policy.yaml"), carried).unwrap();
    fs::write(folder.join("more.csv"), WRONG).unwrap();
    for form in ["github", "json"] {
        let told = run(
            &folder,
            &["test", "policy.yaml", "more.csv", "--format", form],
            "",
        );
        insta::assert_snapshot!(format!("tested_{form}"), told.all());
    }
    // A policy that is refused is told in the same forms.
    fs::write(
        folder.join("faulty.yaml"),
        "rules: [{id: all, assign_to: east}]\n",
    )
    .unwrap();
    let told = run(&folder, &["test", "faulty.yaml", "--format", "github"], "");
    let expected = "::error file=faulty.yaml,line=1,";
    assert!(told.stdout.starts_with(expected), "{}", told.stdout);
    assert_eq!((told.status, told.stderr.as_str()), (1, ""));
}

#[test]
fn texts_from_files_are_no_commands_for_terminals_and_workflows() {
    let text = "\
- name: \"one\\n::error::two\\e[31m\"
  lead: {region: us}
  expect: {rule: abroad}
- name: long
  lead: {region: us, plz: \"1\"}
  expect: {not_rule: abroad}
";
    let long = format!("long {}", "x".repeat(5_000));
    let told = told_of("escapes", "more.yaml", &text.replace("long", &long));
    assert!(!told.stdout.contains('\u{1b}'), "{}", told.stdout);
    let mut lines = told.stdout.lines();
    assert!(lines.all(|line| !line.trim_start().starts_with("::") && line.len() < 500));
    assert!(
        told.stdout.starts_with("passed one ::error::two [31m\n"),
        "{}",
        told.stdout
    );
}

#[test]
fn an_example_without_a_moment_is_warned_about_where_it_matters() {
    let folder = folder("moment");
    let hours = POLICY.replace(
        "members: [m-03]",
        "members: [m-03]\n    hours: mon-fri 09:00-18:00",
    );
    fs::write(folder.join("policy.yaml"), hours).unwrap();
    let text = "- {lead: {region: us}, expect: {team: abroad}}\n- {lead: {region: us}, expect: {rule: abroad}}\n";
    fs::write(folder.join("more.yaml"), text).unwrap();
    // A day without a time is its midnight.
    let told = run(
        &folder,
        &["test", "policy.yaml", "more.yaml", "--now", "2026-03-31"],
        "",
    );
    insta::assert_snapshot!(told.all());
    let arguments = [
        "test",
        "policy.yaml",
        "more.yaml",
        "--now",
        "2026-03-31T09:30",
    ];
    assert_eq!(run(&folder, &arguments, "").status, 0);
}

#[test]
fn examples_may_be_json() {
    let folder = folder("json");
    let text = r#"[{"lead": {"region": "us"}, "expect": {"rule": "abroad"}}]"#;
    fs::write(folder.join("policy.examples.json"), text).unwrap();
    let told = run(&folder, &["test", "policy.yaml"], "");
    assert!(
        told.stdout.contains("1 example passed, 0 failed"),
        "{}",
        told.stdout
    );
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
           assigns to member `m-01` of team `east`; `m-02` could have had lead
           `L-1`, and `m-01` got it, whose turn it was: 0.50 of a lead behind the
           share

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
    for (file, text) in [
        ("empty.yaml", "[]\n"),
        ("blank.yaml", ""),
        ("heading.csv", "name,region,rule\n"),
        ("blank.csv", ""),
    ] {
        let told = told_of("no-examples", file, text);
        assert_eq!(told.status, 1, "{file}");
        let expected = "there are no examples in this file";
        assert!(told.stdout.contains(expected), "{}", told.stdout);
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
