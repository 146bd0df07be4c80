//! Faults and warnings shown below the lines they are about.

use leadtree::diagnostics;
use leadtree::policy::Policy;
use leadtree::rule::Condition;

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
    insta::assert_snapshot!(diagnostics::of_policy("policy.yaml", FILE, &error), @r#"
    error: rules[0].when.all[0].region.within: unknown region `华东/nowhere`
      --> policy.yaml:11:21
       |
    11 |     when: region in 华东/nowhere and customer_size >= 10
       |                     ^^^^^^^^^^^^

    error: rules[0].assign_to.team: unknown team `aest`; did you mean `east`?
      --> policy.yaml:12:16
       |
    12 |     assign_to: aest
       |                ^^^^

    error: rules[1].when: expected `in`, `not in`, `=`, `!=`, `is missing` or `is unlisted`, found `inn`; did you mean `in`?
      --> policy.yaml:16:18
       |
    16 |       and region inn cn/north
       |                  ^^^

    error: rules[1].rules[0].when: write `>=` instead of `=>`
      --> policy.yaml:19:30
       |
    19 |         when: "customer_size => 5"
       |                              ^^

    error: rules[2].id: rule `quoted` is already used at rules[1].rules[0].id; give each its own name
      --> policy.yaml:21:9
       |
    21 |   - id: quoted
       |         ^^^^^^

    error: rules[2].support[1]: unknown team `west`; did you mean `east`?
      --> policy.yaml:23:21
       |
    23 |     support: [east, west]
       |                     ^^^^

    error: rules[2].assign_to: assigns to nothing; name a team, a member or a pool
      --> policy.yaml:21:5
       |
    21 |   - id: quoted
       |     ^^^^^^^^^^
    "#);
}

#[test]
fn malformed_files() {
    let drawn = |text: &str| {
        let error = Policy::from_yaml(text).unwrap_err();
        diagnostics::of_policy("policy.yaml", text, &error)
    };
    insta::assert_snapshot!(drawn("rules:\n  - id: r\n    asign_to: east\n"), @"
    error: rules[0].asign_to: unknown field `asign_to`; did you mean `assign_to`?
     --> policy.yaml:3:5
      |
    3 |     asign_to: east
      |     ^^^^^^^^
    ");
    insta::assert_snapshot!(drawn("rules:\n  - id: r\n   when: x\n"), @"
    error: rules: while parsing a block collection, did not find expected '-' indicator
     --> policy.yaml:3:4
      |
    3 |    when: x
      |    ^^^^
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
    let drawn = diagnostics::of_warnings("policy.yaml", text, &policy.warnings());
    insta::assert_snapshot!(drawn, @"
    warning: rules[0].when.any[1].region.within: `华东` is another name for `cn/east`; write `cn/east`, so that a search finds it
     --> policy.yaml:5:35
      |
    5 |     when: vip = true or region in 华东 or region in cn
      |                                   ^^^^

    warning: rules[0].when.any[1]: `region in 华东` changes nothing, because the branch `region in cn` covers it; remove it
     --> policy.yaml:5:25
      |
    5 |     when: vip = true or region in 华东 or region in cn
      |                         ^^^^^^^^^^^^^^
    ");
}

#[test]
fn nothing_is_marked_outside_the_text() {
    // Wherever the file is cut off, there is an output, and no fault is lost.
    for end in (0..=FILE.len()).filter(|&end| FILE.is_char_boundary(end)) {
        let text = &FILE[..end];
        if let Err(error) = Policy::from_yaml(text) {
            assert!(
                diagnostics::of_policy("p", text, &error).contains("error: "),
                "{text}"
            );
        }
        if let Err(errors) = text.parse::<Condition>() {
            assert!(
                diagnostics::of_condition(text, &errors).contains("error: "),
                "{text}"
            );
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
        assert!(diagnostics::of_policy("p", text, &error).contains("error: "));
    }
}
