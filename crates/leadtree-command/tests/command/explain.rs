//! `leadtree explain`.

use std::fs;

use super::{folder, run};

const AT: &str = "2026-03-02T09:00:00Z";

#[test]
fn a_lead_by_its_fields() {
    let folder = folder("fields");
    let arguments = [
        "explain",
        "--policy",
        "policy.yaml",
        "region=East",
        "customer_size=51-200",
        "--now",
        AT,
    ];
    insta::assert_snapshot!(run(&folder, &arguments, "").all(), @"
    at 2026-03-02T09:00:00Z
    lead `L-1`: the otherwise of the policy assigns to pool `unmatched`
    values
      region: unlisted (`East` was given)
      industry: missing
      customer_size: 51 (at the lower end of the range given: `51-200`)
      product_line: missing
      lifecycle_stage: missing
      funnel_stage: missing
    path
      1. region is unlisted; 1 rule left
      2. customer_size between 10 and 999: it is 51; 0 rules left
    result
      lead `L-1`: the otherwise of the policy leaves it in pool `unmatched`
    why none of the 4 earlier rules applies, in order
      rule `later` does not apply: customer_size < 10 does not hold
      none of 2 rules of group `china` applies: region in cn does not hold
      rule `abroad` does not apply: region in us does not hold
    status 0
    ");
}

#[test]
fn a_lead_as_json_and_why_not() {
    let folder = folder("json");
    let lead = r#"{
        "id": "L-7", "region": "cn/east", "customer_size": 2000, "attributes": {"plz": "01067"}
    }"#;
    let arguments = [
        "explain",
        "--policy",
        "policy.yaml",
        "--json",
        "-",
        "--now",
        AT,
        "--why-not",
        "east",
        "--why-not",
        "m-01",
        "--why-not",
        "m-03",
        "--why-not",
        "china",
        "--why-not",
        "eats",
    ];
    insta::assert_snapshot!(run(&folder, &arguments, lead).all(), @"
    at 2026-03-02T09:00:00Z
    lead `L-7`: rule `big` assigns to member `m-02` of team `east`
    values
      region: cn/east
      industry: missing
      customer_size: 2000
      product_line: missing
      lifecycle_stage: missing
      funnel_stage: missing
      plz: 01067
    path
      1. region in cn/east; 3 rules left
      2. customer_size >= 1000: it is 2000; 1 rule left
    result
      lead `L-7`: rule `big` assigns to member `m-02` of team `east`
    who was asked
      owner of team `east`: `m-02`, named by the rule
    why not
      rule `east` would apply, but rule `big` comes first
      `m-01` was not asked: `m-02` got lead `L-7`, named by the rule
      `m-03` was not asked: `m-02` got lead `L-7`, named by the rule
      rule `china` would apply, but rule `big` comes first
      the policy has no rule, group or member `eats`; did you mean `east`?
    status 0
    ");
}

#[test]
fn a_lead_in_a_file() {
    let folder = folder("file");
    fs::write(
        folder.join("leads.csv"),
        "id,region\nL-1,cn/east\n,us\nL-2,us\n",
    )
    .unwrap();
    let explain = |id| {
        let arguments = [
            "explain",
            "--policy",
            "policy.yaml",
            "--leads",
            "leads.csv",
            "--id",
            id,
            "--now",
            AT,
        ];
        run(&folder, &arguments, "")
    };
    let told = explain("L-2");
    assert!(
        told.stdout
            .contains("lead `L-2`: rule `abroad` assigns to member `m-03`")
    );
    assert!(
        told.stderr.starts_with("leads.csv:3: no id; "),
        "{}",
        told.stderr
    );
    assert!(told.stderr.ends_with("; row left out\n"));
    insta::assert_snapshot!(explain("L-3").all(), @"
    status 2
    standard error:
    leads.csv:3: no id; fill it in, or take the number of the row, `columns: {id: {row_number: true}}`; row left out
    error: leads.csv: no lead `L-3`
    ");
}

#[test]
fn what_is_no_lead_is_told() {
    let folder = folder("no-lead");
    for arguments in [
        &["regoin=cn", "plz=1"][..],
        &["region"],
        &[],
        &["--json", "nowhere.json"],
    ] {
        let arguments = [&["explain", "--policy", "policy.yaml"], arguments].concat();
        let told = run(&folder, &arguments, "");
        assert_eq!((told.status, told.stdout.as_str()), (2, ""));
        insta::assert_snapshot!(told.stderr);
    }
}

#[test]
fn the_sample_explains_itself() {
    let told = run(&folder("sample"), &["explain"], "");
    assert_eq!(told.status, 0);
    insta::assert_snapshot!(told.stdout);
}

#[test]
fn why_not_a_member_of_a_team() {
    let folder = folder("why-not-member");
    // The policy lists members in their teams only.
    let lead = [
        "region=us",
        "--now",
        AT,
        "--why-not",
        "m-03",
        "--why-not",
        "m-01",
    ];
    let arguments: Vec<&str> = ["explain", "--policy", "policy.yaml"]
        .into_iter()
        .chain(lead)
        .collect();
    let told = run(&folder, &arguments, "").stdout;
    assert!(told.contains("`m-03` did get a seat of the lead"), "{told}");
    assert!(
        told.contains("`m-01` is in no team that was asked"),
        "{told}"
    );
}

#[test]
fn a_field_that_is_given_twice_is_told() {
    let folder = folder("twice");
    let policy = ["explain", "--policy", "policy.yaml"];
    let pairs = [&policy[..], &["region=us", "region=cn"]].concat();
    let told = run(&folder, &pairs, "");
    assert_eq!(told.status, 2);
    assert!(
        told.stderr.contains("`region` is given twice; keep one"),
        "{}",
        told.stderr
    );
    let json = [&policy[..], &["--json", "-"]].concat();
    for lead in [
        r#"{"region": "us", "region": "cn"}"#,
        r#"{"attributes": {"plz": "1", "plz": "2"}}"#,
    ] {
        let told = run(&folder, &json, lead);
        assert_eq!(told.status, 2);
        assert!(
            told.stderr.contains("is given twice; keep one"),
            "{}",
            told.stderr
        );
    }
}

#[test]
fn a_day_without_a_time_is_its_midnight_in_the_zone_of_the_policy() {
    let folder = folder("day");
    let zone = format!("time_zone: \"+08:00\"\n{}", super::POLICY);
    fs::write(folder.join("policy.yaml"), zone).unwrap();
    let arguments = [
        "explain",
        "--policy",
        "policy.yaml",
        "region=us",
        "--now",
        "2026-03-31",
    ];
    let told = run(&folder, &arguments, "");
    assert!(
        told.stdout.starts_with("at 2026-03-31T00:00:00+08:00\n"),
        "{}",
        told.stdout
    );
}
