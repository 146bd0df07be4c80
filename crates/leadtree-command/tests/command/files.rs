//! Files that are there, that are not, that are several, and standard input in the place of one.

use std::fs;
use std::path::Path;

use super::{POLICY, folder, run};

#[test]
fn files_that_are_there_are_written_over_by_force_only() {
    let folder = folder("there");
    let rules = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../examples/data/salesforce/Lead.assignmentRules-meta.xml"
    );
    fs::write(folder.join("leads.csv"), "id,region\n1,us\n").unwrap();
    for arguments in [
        &["new", "--by", "plz"][..],
        &["schema"],
        &["draw", "policy.yaml"],
        &["import", "salesforce", rules],
        &["columns", "leads.csv", "--policy", "policy.yaml"],
    ] {
        fs::write(folder.join("mine"), "by hand").unwrap();
        let to_file = [arguments, &["--out", "mine"]].concat();
        let told = run(&folder, &to_file, "");
        assert_eq!(
            told.stderr,
            "error: mine: it is there already; choose another name, or write over it with --force\n",
            "{arguments:?}"
        );
        assert_eq!(told.status, 2, "{arguments:?}");
        assert_eq!(fs::read_to_string(folder.join("mine")).unwrap(), "by hand");
        let told = run(&folder, &[&to_file[..], &["--force"]].concat(), "");
        assert_eq!(told.status, 0, "{arguments:?}: {}", told.stderr);
        assert_ne!(fs::read_to_string(folder.join("mine")).unwrap(), "by hand");
    }
    // Not even by force over what is read.
    let draw = ["draw", "policy.yaml", "--force", "--out", "policy.yaml"];
    assert_eq!(run(&folder, &draw, "").status, 2);
    assert_eq!(
        fs::read_to_string(folder.join("policy.yaml")).unwrap(),
        POLICY
    );
}

#[cfg(unix)]
#[test]
fn assignments_are_not_written_over_what_is_read_by_whatever_name() {
    let folder = folder("links");
    let leads = "id,region\n1,us\n";
    fs::write(folder.join("leads.csv"), leads).unwrap();
    fs::write(folder.join("more.csv"), "id,plz\n1,8\n").unwrap();
    let columns = "joins: [{file: more.csv, on: id}]\n";
    fs::write(folder.join("columns.yaml"), columns).unwrap();
    fs::hard_link(folder.join("leads.csv"), folder.join("hard.csv")).unwrap();
    std::os::unix::fs::symlink("leads.csv", folder.join("soft.csv")).unwrap();
    let assign = |out: &str| {
        let arguments = [
            "assign",
            "--policy",
            "policy.yaml",
            "--leads",
            "leads.csv",
            "--columns",
            "columns.yaml",
            "--out",
            out,
        ];
        run(&folder, &arguments, "")
    };
    for out in [
        "hard.csv",
        "soft.csv",
        "./leads.csv",
        "more.csv",
        "columns.yaml",
    ] {
        let told = assign(out);
        assert_eq!(
            told.stderr,
            format!("error: {out}: it is read as well; choose another file to write to\n")
        );
    }
    assert_eq!(fs::read_to_string(folder.join("leads.csv")).unwrap(), leads);
    // Its own output is replaced.
    for _ in 0..2 {
        assert_eq!(assign("assignments.csv").status, 0);
    }
}

#[test]
fn a_file_that_is_missing_does_not_hide_what_is_told_of_others() {
    let folder = folder("several");
    let faulty = "rules: [{id: a, assign_to: nobody}]\n";
    fs::write(folder.join("faulty.yaml"), faulty).unwrap();
    let told = run(
        &folder,
        &["check", "none.yaml", "faulty.yaml", "policy.yaml"],
        "",
    );
    insta::assert_snapshot!("missing_check", told.all());
    let told = run(
        &folder,
        &[
            "format",
            "--check",
            "none.yaml",
            "faulty.yaml",
            "policy.yaml",
        ],
        "",
    );
    insta::assert_snapshot!("missing_format_check", told.all());
    let told = run(
        &folder,
        &["format", "--write", "none.yaml", "policy.yaml"],
        "",
    );
    insta::assert_snapshot!("missing_format_write", told.all());
    assert_ne!(
        fs::read_to_string(folder.join("policy.yaml")).unwrap(),
        POLICY
    );
    let example = "- {name: abroad, lead: {region: us}, expect: {team: east}}\n";
    fs::write(folder.join("more.yaml"), example).unwrap();
    let told = run(
        &folder,
        &["test", "policy.yaml", "none.yaml", "more.yaml"],
        "",
    );
    insta::assert_snapshot!("missing_test", told.all());
}

#[test]
fn standard_input_may_be_a_table_of_examples_but_no_state() {
    let folder = folder("standard-table");
    let table = "name,region,team\nabroad,us,abroad\n";
    let told = run(&folder, &["test", "policy.yaml", "-"], table);
    insta::assert_snapshot!("standard_table", told.all());
    let list = "- {name: abroad, lead: {region: us}, expect: {team: abroad}}\n";
    let told = run(&folder, &["test", "policy.yaml", "-"], list);
    assert_eq!(told.status, 0, "{}", told.all());
    let explain = [
        "explain",
        "--policy",
        "policy.yaml",
        "--state",
        "-",
        "region=us",
    ];
    insta::assert_snapshot!("standard_state", run(&folder, &explain, "").all());
}

#[test]
fn faulty_json_is_told_in_words() {
    let folder = folder("json-in-words");
    let explain = |json: &str| {
        let arguments = ["explain", "--policy", "policy.yaml", "--json", json];
        run(&folder, &arguments, "").all()
    };
    insta::assert_snapshot!("json_cut_off", explain(r#"{"region": "us""#));
    insta::assert_snapshot!("json_without_quotes", explain(r#"{"region": us}"#));
    insta::assert_snapshot!("json_twice", explain(r#"{"region": "us", "region": "cn"}"#));
    fs::write(folder.join("list.json"), "[1]").unwrap();
    insta::assert_snapshot!("json_list", explain("list.json"));
    assert!(explain(r#"{"region": "us"}"#).contains("rule `abroad`"));
    for (content, told) in [
        ("[]", "it is JSON, but no state of turns and loads"),
        ("{", "it is cut off"),
        ("numbers", "it is not JSON"),
    ] {
        fs::write(folder.join("state.json"), content).unwrap();
        let arguments = [
            "explain",
            "--policy",
            "policy.yaml",
            "--state",
            "state.json",
            "region=us",
        ];
        let all = run(&folder, &arguments, "");
        assert_eq!(all.status, 2);
        assert!(all.stderr.contains(told), "{}", all.stderr);
        assert!(!Path::new(&folder).join("state.json.lock").exists());
    }
}

#[test]
fn regions_to_import_are_read_as_carefully_as_a_policy() {
    let folder = folder("regions");
    let rules = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../examples/data/salesforce/Lead.assignmentRules-meta.xml"
    );
    let import = ["import", "salesforce", rules, "--regions", "regions.yaml"];
    fs::write(folder.join("regions.yaml"), "path: [cn]\npaths: {us: 1}\n").unwrap();
    let told = run(&folder, &import, "");
    insta::assert_snapshot!("regions", told.all());
}
