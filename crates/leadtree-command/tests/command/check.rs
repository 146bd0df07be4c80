//! `leadtree check`.

use std::fs;

use super::{POLICY, folder, run, run_with};

const FAULTY: &str = "\
regions: {paths: [cn/east], aliases: {cn/east: [华东]}}
teams: [{id: east, members: [m-01], strategy: round_robbin}]
rules:
  - id: 华东
    when: region in 华东/nowhere
    assign_to: aest
";
const WARNED: &str = "\
regions: {paths: [cn/east], aliases: {cn/east: [华东]}}
teams: [{id: east, members: [m-01]}]
rules:
  - id: east
    when: region in 华东
    assign_to: east
";

#[test]
fn a_sound_policy_has_no_findings() {
    let told = run(&folder("sound"), &["check", "policy.yaml"], "");
    insta::assert_snapshot!(told.all(), @"
    policy.yaml: no findings; 4 rules, 2 teams
    status 0
    ");
}

#[test]
fn every_form_tells_every_finding() {
    let folder = folder("forms");
    fs::write(folder.join("faulty.yaml"), FAULTY).unwrap();
    for form in ["text", "json", "sarif", "github"] {
        let told = run(&folder, &["check", "faulty.yaml", "--format", form], "");
        assert_eq!(told.status, 1);
        assert_eq!(told.stderr, "");
        // The rules of SARIF are the same for every policy.
        let text = match told.stdout.split_once("\"columnKind\"") {
            Some((_, results)) => results,
            None => &told.stdout,
        };
        insta::assert_snapshot!(format!("check_{form}"), text);
    }
}

#[test]
fn warnings_are_errors_only_if_asked() {
    let folder = folder("warned");
    fs::write(folder.join("warned.yaml"), WARNED).unwrap();
    let told = run(&folder, &["check", "policy.yaml", "warned.yaml"], "");
    insta::assert_snapshot!(told.all(), @"
    policy.yaml: no findings; 4 rules, 2 teams
    warning[alias-in-rule]: rules[0].when.region.within: `华东` is another name for `cn/east`
     --> warned.yaml:5:21
      |
    5 |     when: region in 华东
      |                     ^^^^
      |
      = help: write `cn/east`, so that a search finds it

    warned.yaml: 1 warning; 1 rule, 1 team
    status 0
    ");
    let told = run(&folder, &["check", "--strict", "warned.yaml"], "");
    assert_eq!(told.status, 1);
}

#[test]
fn rules_whose_period_is_over_are_told_by_check_test_and_assign() {
    let folder = folder("over");
    let over = POLICY.replace(
        "  - id: abroad\n    when",
        "  - id: abroad\n    until: 2026-06-01\n    when",
    );
    assert_ne!(over, POLICY);
    fs::write(folder.join("policy.yaml"), over).unwrap();
    let check = |now| run(&folder, &["check", "policy.yaml", "--now", now], "");
    assert_eq!(
        check("2026-05-31T23:59").stdout,
        "policy.yaml: no findings; 4 rules, 2 teams\n"
    );
    insta::assert_snapshot!(check("2026-06-01").all(), @"
    warning[expired-rule]: rules[2]: this rule applied until 2026-06-01 00:00 and meets no lead any more
      --> policy.yaml:23:5
       |
    23 |   - id: abroad
       |     ^^^^^^^^^^
       |
       = help: move its `until`, or remove it

    policy.yaml: 1 warning; 4 rules, 2 teams
    status 0
    ");
    let expected = "policy.yaml:23: rules[2]: this rule applied until 2026-06-01 00:00 and meets no lead any more; move \
                    its `until`, or remove it\n";
    fs::write(folder.join("leads.csv"), "id,region\n1,us\n").unwrap();
    let assign = [
        "assign",
        "--policy",
        "policy.yaml",
        "--leads",
        "leads.csv",
        "--now",
    ];
    let told = run(
        &folder,
        &[&assign[..], &["2026-06-01T00:00:00Z"]].concat(),
        "",
    );
    assert_eq!((told.status, &*told.stderr), (0, expected));
    let told = run(
        &folder,
        &[&assign[..], &["2026-05-01T00:00:00Z"]].concat(),
        "",
    );
    assert_eq!((told.status, &*told.stderr), (0, ""));
    fs::write(
        folder.join("more.yaml"),
        "- {lead: {region: us}, expect: {not_rule: abroad}}\n",
    )
    .unwrap();
    let told = run(
        &folder,
        &["test", "policy.yaml", "more.yaml", "--now", "2026-06-01"],
        "",
    );
    assert!(
        told.stdout.starts_with("warning[expired-rule]: rules[2]"),
        "{}",
        told.stdout
    );
    assert_eq!(told.status, 0);
}

#[test]
fn a_file_that_cannot_be_read_is_told() {
    let folder = folder("unreadable");
    fs::write(folder.join("latin.yaml"), b"description: M\xfcnchen\n").unwrap();
    insta::assert_snapshot!(run(&folder, &["check", "nowhere.yaml"], "").all(), @"
    status 2
    standard error:
    error: nowhere.yaml: there is no such file or folder
    ");
    insta::assert_snapshot!(run(&folder, &["check", "latin.yaml"], "").all(), @"
    status 2
    standard error:
    error: latin.yaml: it is not a text in UTF-8; save it as UTF-8
    ");
}

#[test]
fn colours_are_for_terminals_and_who_asks_for_them() {
    let folder = folder("colours");
    let check = ["check", "-"];
    let plain = run(&folder, &check, FAULTY);
    assert!(!plain.stdout.contains('\u{1b}'));
    let always = ["check", "-", "--color", "always"];
    let coloured = run(&folder, &always, FAULTY);
    assert!(coloured.stdout.contains("\u{1b}["));
    let without: String = coloured
        .stdout
        .split('\u{1b}')
        .enumerate()
        .map(|(index, part)| match (index, part.split_once('m')) {
            (1.., Some((_, text))) => text,
            _ => part,
        })
        .collect();
    assert_eq!(without, plain.stdout);
    let forced = run_with(&folder, &check, FAULTY, &[("CLICOLOR_FORCE", "1")]);
    assert_eq!(forced.stdout, coloured.stdout);
    let refused = [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")];
    assert_eq!(
        run_with(&folder, &check, FAULTY, &refused).stdout,
        plain.stdout
    );
}
