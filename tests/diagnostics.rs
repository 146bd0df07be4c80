//! Faults and warnings shown below the lines they are about.

use leadtree::diagnostics::SourceText;
use leadtree::policy::{LoadError, Policy, YamlError};
use leadtree::rule::{Condition, ConditionErrors};

/// All faults of a policy file, drawn.
fn drawn_faults(name: &str, text: &str, error: &LoadError<YamlError>) -> String {
    let file = SourceText::new(name, text);
    file.drawing().draw(&file.faults(error))
}

fn drawn_condition(text: &str, errors: &ConditionErrors) -> String {
    let condition = SourceText::of_condition(text);
    condition
        .drawing()
        .draw(&condition.condition_faults(errors))
}

const FILE: &str = r#"version: 1
regions:
  tree:
    cn: [east, north]
  aliases:
    cn/east: [华东]
teams:
  - {id: east, members: [m-01]}
rules:
  - id: 华东
    when: region in 华东/nowhere and customer_size >= 10
    assign_to: aest
  - group: cn
    when: |-
      region in cn
      and region inn cn/north
    rules:
      - id: "quoted"
        when: "customer_size => 5"
        assign_to: east
  - id: quoted
    when: customer_size < 1 and customer_size > 2
    support: [east, west]
"#;

#[test]
fn faults_of_a_policy_file() {
    let error = Policy::from_yaml(FILE).unwrap_err();
    insta::assert_snapshot!(drawn_faults("policy.yaml", FILE, &error), @r#"
    error[unknown-name]: rules[0].when.all[0].region.within: unknown region `华东/nowhere`
      --> policy.yaml:11:21
       |
    11 |     when: region in 华东/nowhere and customer_size >= 10
       |                     ^^^^^^^^^^^^

    error[unknown-name]: rules[0].assign_to.team: unknown team `aest`
      --> policy.yaml:12:16
       |
    12 |     assign_to: aest
       |                ^^^^
       |
       = help: did you mean `east`?

    error[condition-syntax]: rules[1].when: expected `in`, `not in`, `=`, `!=`, `is missing` or `is unlisted`, found `inn`
      --> policy.yaml:16:18
       |
    16 |       and region inn cn/north
       |                  ^^^
       |
       = help: did you mean `in`?

    error[condition-syntax]: rules[1].rules[0].when: write `>=` instead of `=>`
      --> policy.yaml:19:30
       |
    19 |         when: "customer_size => 5"
       |                              ^^

    error[duplicate]: rules[2].id: rule `quoted` is already used at rules[1].rules[0].id
      --> policy.yaml:21:9
       |
    21 |   - id: quoted
       |         ^^^^^^
       |
       = help: give each its own name

    error[unknown-name]: rules[2].support[1]: unknown team `west`
      --> policy.yaml:23:21
       |
    23 |     support: [east, west]
       |                     ^^^^
       |
       = help: did you mean `east`?

    error[no-owner]: rules[2].assign_to: assigns to nothing
      --> policy.yaml:21:5
       |
    21 |   - id: quoted
       |     ^^^^^^^^^^
       |
       = help: name a team, a member or a pool
    "#);
}

#[test]
fn malformed_files() {
    let drawn = |text: &str| {
        let error = Policy::from_yaml(text).unwrap_err();
        drawn_faults("policy.yaml", text, &error)
    };
    insta::assert_snapshot!(drawn("rules:\n  - id: r\n    asign_to: east\n"), @"
    error[unknown-field]: rules[0].asign_to: unknown field `asign_to`
     --> policy.yaml:3:5
      |
    3 |     asign_to: east
      |     ^^^^^^^^
      |
      = help: did you mean `assign_to`?
    ");
    insta::assert_snapshot!(drawn("rules:\n  - id: r\n   when: x\n"), @"
    error[syntax]: rules: this line is indented unlike the lines that it belongs to
     --> policy.yaml:3:4
      |
    3 |    when: x
      |    ^^^^
      |
      = help: indent it by 4 spaces, like the line above
    ");
}

#[test]
fn warnings_of_a_policy_file() {
    let text = "regions: {paths: [cn/east], aliases: {cn/east: [华东]}}
teams: [{id: east, members: [m-01]}]
rules:
  - id: east
    when: vip = true or region in 华东 or region in cn
    assign_to: east
attributes: {vip: flag}
";
    let policy = Policy::from_yaml(text).unwrap();
    let file = SourceText::new("policy.yaml", text);
    let drawn = file.drawing().draw(&file.warnings(&policy.warnings()));
    insta::assert_snapshot!(drawn, @"
    warning[alias-in-rule]: rules[0].when.any[1].region.within: `华东` is another name for `cn/east`
     --> policy.yaml:5:35
      |
    5 |     when: vip = true or region in 华东 or region in cn
      |                                   ^^^^
      |
      = help: write `cn/east`, so that a search finds it

    warning[covered-branch]: rules[0].when.any[1]: `region in 华东` changes nothing, because the branch `region in cn` covers it
     --> policy.yaml:5:25
      |
    5 |     when: vip = true or region in 华东 or region in cn
      |                         ^^^^^^^^^^^^^^
      |
      = help: remove it
    ");
}

#[test]
fn nothing_is_marked_outside_the_text() {
    // Wherever the file is cut off, there is an output, and no fault is lost.
    for end in (0..=FILE.len()).filter(|&end| FILE.is_char_boundary(end)) {
        let text = &FILE[..end];
        if let Err(error) = Policy::from_yaml(text) {
            assert!(drawn_faults("p", text, &error).contains("error["), "{text}");
        }
        if let Err(errors) = text.parse::<Condition>() {
            assert!(drawn_condition(text, &errors).contains("error["), "{text}");
        }
    }
    // Errors that belong to another text.
    let error = Policy::from_yaml(FILE).unwrap_err();
    for text in [
        "",
        "\n",
        "华",
        "rules: 华",
        "rules: [{when: 华}]",
        "a: &a [*a]",
    ] {
        assert!(drawn_faults("p", text, &error).contains("error["));
    }
}

#[test]
fn numbers_in_place_of_ids_are_marked_among_other_faults() {
    let text = "\
teams:
  - id: east
    members:
      - m-01
      - 1001
      - {member: m-02, wieght: 2}
  - {id: west, members: [m-03, 1003]}
rules:
  - {id: all, assign_to: 7}
";
    let error = Policy::from_yaml(text).unwrap_err();
    insta::assert_snapshot!(drawn_faults("policy.yaml", text, &error), @"
    error[wrong-value]: teams[0].members[1]: expected a member's id, or a map with `member`, found the number 1001
     --> policy.yaml:5:9
      |
    5 |       - 1001
      |         ^^^^
      |
      = help: write it in quotes

    error[unknown-field]: teams[0].members[2].wieght: unknown field `wieght`
     --> policy.yaml:6:24
      |
    6 |       - {member: m-02, wieght: 2}
      |                        ^^^^^^
      |
      = help: did you mean `weight`?

    error[wrong-value]: teams[1].members[1]: expected a member's id, or a map with `member`, found the number 1003
     --> policy.yaml:7:32
      |
    7 |   - {id: west, members: [m-03, 1003]}
      |                                ^^^^
      |
      = help: write it in quotes

    error[wrong-value]: rules[0].assign_to: expected a team's name, or a map with `team`, `member` or `pool`, found the number 7
     --> policy.yaml:9:26
      |
    9 |   - {id: all, assign_to: 7}
      |                          ^
      |
      = help: write it in quotes
    ");
}

#[test]
fn the_spelling_that_differs_is_marked() {
    let text = "\
attributes: {source: text}
teams: [{id: east, members: [m-01]}]
rules:
  - {id: a, when: source = e-mail, assign_to: east}
  - {id: b, when: 'source in (fair, email)', assign_to: east}
";
    let file = SourceText::new("policy.yaml", text);
    let warnings = Policy::from_yaml(text).unwrap().warnings();
    insta::assert_snapshot!(file.drawing().draw(&file.warnings(&warnings)), @"
    warning[two-spellings]: rules[1].when.source.is[1]: `email` does not equal `e-mail` at rules[0].when.source.is, so a lead with one spelling meets only one of the tests
     --> policy.yaml:5:37
      |
    5 |   - {id: b, when: 'source in (fair, email)', assign_to: east}
      |                                     ^^^^^
      |
      = help: write both alike, or list both
    ");
}
