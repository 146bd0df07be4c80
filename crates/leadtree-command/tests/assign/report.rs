//! The report of `leadtree assign`.

use std::fs;

use super::{assign, folder, stderr, stdout};

const POLICY: &str = r#"{
    "regions": { "paths": ["east"] },
    "attributes": { "revenue": "number", "since": "date", "note": "text" },
    "members": [{ "id": "m-1", "max_open": 1 }],
    "teams": [{ "id": "east", "members": [{ "member": "m-1", "weight": 2 }] }],
    "rules": [{ "id": "east", "when": { "region": { "is": "east" } }, "assign_to": "east" }]
}"#;

fn told(test: &str, leads: &str) -> String {
    told_by(POLICY, test, leads)
}

fn told_by(policy: &str, test: &str, leads: &str) -> String {
    let folder = folder(test);
    fs::write(folder.join("policy.json"), policy).unwrap();
    let arguments = ["--policy", "policy.json", "--leads", "-"];
    let output = assign(&folder, &arguments, leads.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output).to_owned()
}

#[test]
fn what_a_policy_says_for_ledgers_is_not_heeded_and_that_is_told() {
    let leads = "id,account,region\n1,A,east\n1,A,east\n";
    let note = "`ownership` is for ledgers: this command remembers no leads";
    let of_accounts = POLICY.replacen('{', r#"{"ownership": "account", "#, 1);
    assert!(told_by(&of_accounts, "ownership", leads).contains(note));
    assert!(!told("no-ownership", leads).contains(note));
}

#[test]
fn unlisted_values_of_attributes_are_ranked_and_reasons_are_words() {
    let told = told(
        "report",
        "id,region,revenue,since,note\n\
         1,east,26m,13.02.2026,x\n\
         2,east,26M,2026-02-13,\n\
         3,atlantis,confidential,,\n\
         4,Atlantis,5,,\n",
    );
    insta::assert_snapshot!(told.split("\n\n").take(6).collect::<Vec<_>>().join("\n\n"), @"
    4 rows read = 4 leads + 0 bad rows
    4 leads = 1 assigned + 2 pooled + 1 unassigned

    Teams
    ┌──────┬─────────────┬────────────────┬───────┬────────┬────────────────┐
    │ team ┆ strategy    ┆ active members ┆ leads ┆  share ┆ could not take │
    ╞══════╪═════════════╪════════════════╪═══════╪════════╪════════════════╡
    │ east ┆ round_robin ┆              1 ┆     1 ┆ 25.0 % ┆              1 │
    └──────┴─────────────┴────────────────┴───────┴────────┴────────────────┘
    Could not take: leads for which the team was asked while all its members were full or away; each
    went where the team or the rule says.

    Members
    ┌──────┬────────────┬───────────────────────────────┐
    │ team ┆ fair share ┆ members: leads and difference │
    ╞══════╪════════════╪═══════════════════════════════╡
    │ east ┆        0.5 ┆ m-1 ×2 1 +0.0                 │
    └──────┴────────────┴───────────────────────────────┘
    Fair share: the team's leads by weight, for weight 1 (×2 should have twice as many). Limits, names
    in rules and strategies other than round_robin shift it.

    Without an owner
    ┌───────┬───────────────────────────┬──────────────────────────────────────────┐
    │ leads ┆ where                     ┆ why                                      │
    ╞═══════╪═══════════════════════════╪══════════════════════════════════════════╡
    │     2 ┆ pool `unmatched`          ┆ no rule matched (no_rule_matched)        │
    │     1 ┆ unassigned by rule `east` ┆ everybody is full (nobody_with_capacity) │
    └───────┴───────────────────────────┴──────────────────────────────────────────┘

    Values given
    ┌─────────────────┬───────┬─────────┬──────────┬───────────────────────────┐
    │ value           ┆ known ┆ missing ┆ unlisted ┆ most often unlisted       │
    ╞═════════════════╪═══════╪═════════╪══════════╪═══════════════════════════╡
    │ region          ┆     2 ┆       0 ┆        2 ┆ atlantis (2)              │
    │ industry        ┆     0 ┆       4 ┆        0 ┆                           │
    │ customer_size   ┆     0 ┆       4 ┆        0 ┆                           │
    │ product_line    ┆     0 ┆       4 ┆        0 ┆                           │
    │ lifecycle_stage ┆     0 ┆       4 ┆        0 ┆                           │
    │ funnel_stage    ┆     0 ┆       4 ┆        0 ┆                           │
    │ revenue         ┆     1 ┆       0 ┆        3 ┆ 26m (2), confidential (1) │
    │ since           ┆     1 ┆       2 ┆        1 ┆ 13.02.2026 (1)            │
    │ note            ┆     1 ┆       3 ┆        0 ┆                           │
    └─────────────────┴───────┴─────────┴──────────┴───────────────────────────┘
    Unlisted: given, but no name or alias in the policy, or not readable as the attribute's kind.

    2 leads met no rule
    ┌─────────────────┬──────────────────────────────────────┐
    │ value           ┆ most often in leads that met no rule │
    ╞═════════════════╪══════════════════════════════════════╡
    │ region          ┆ atlantis (2)                         │
    │ industry        ┆ blank (2)                            │
    │ customer_size   ┆ blank (2)                            │
    │ product_line    ┆ blank (2)                            │
    │ lifecycle_stage ┆ blank (2)                            │
    │ funnel_stage    ┆ blank (2)                            │
    │ first of them   ┆ 3, 4                                 │
    └─────────────────┴──────────────────────────────────────┘
    ");
}

#[test]
fn one_is_singular_and_control_characters_stay_away() {
    let long = "x".repeat(40);
    let told = told(
        "singular",
        &format!("id,region\n1,\"a\u{1b}[2J\n{long}\"\n"),
    );
    assert!(told.starts_with(
        "1 row read = 1 lead + 0 bad rows\n1 lead = 0 assigned + 1 pooled + 0 unassigned\n"
    ));
    assert!(told.contains("\n1 lead met no rule\n"));
    assert!(told.contains("a [2J xxxxxxxxxxxxxxxxxxxxxx… (1)"), "{told}");
    assert!(told.contains("\n1 rule in a tree of "));
}

#[test]
fn no_line_of_the_sample_is_wider_than_a_terminal() {
    let output = assign(&folder("wide"), &[], b"");
    for line in stdout(&output).lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

#[test]
fn what_of_a_mapping_and_of_joined_files_came_to_nothing_is_told() {
    let folder = folder("came-to-nothing");
    fs::write(folder.join("policy.json"), POLICY).unwrap();
    let mapping = r#"{"joins": [{"file": "more.csv", "on": "id"}], "columns": {
        "region": {"column": "area", "values": {"O": "east"}}, "note": {"column": "text", "match": "^x"}}}"#;
    fs::write(folder.join("columns.json"), mapping).unwrap();
    fs::write(folder.join("more.csv"), "id,area,phone\n1,east,5\n2\n").unwrap();
    // As DOS writes an umlaut.
    let rows = "M\u{81}ller und S\u{94}hne, Gr\u{81}nstra\u{e1}e".repeat(20);
    let leads = format!("id;text\n1;{rows}\n2\u{ad}0;\n");
    let leads: Vec<u8> = leads
        .chars()
        .map(|it| u8::try_from(u32::from(it)).unwrap())
        .collect();
    fs::write(folder.join("leads.csv"), leads).unwrap();
    let arguments = [
        "--policy",
        "policy.json",
        "--leads",
        "leads.csv",
        "--columns",
        "columns.json",
    ];
    let output = assign(&folder, &arguments, b"");
    let told = stdout(&output).replace('\n', " ");
    for expected in [
        "1 lead has a row in more.csv more.csv:3: 1 fields, but the header has 3; add or remove",
        "Read as windows-1252",
        "looks as if the file had another encoding; state it as `encoding`, or save the file as UTF-8",
        "`values` of `region` applied to none of its values; correct it in the mapping",
        "`match` of `note` applied to none of its values",
        "1 id has invisible characters inside, the first in line 3;",
        "Columns of more.csv that no field uses: phone",
    ] {
        assert!(told.contains(expected), "{expected}\n{}", stdout(&output));
    }
}
