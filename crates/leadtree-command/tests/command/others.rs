//! `draw`, `new`, `schema`, `import` and `completions`; tables in narrow terminals; state.

use std::fs;
use std::path::Path;

use leadtree_state_file::StateFile;

use super::{folder, run, run_with};

fn repository(file: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join(file).to_str().unwrap().to_owned()
}

#[test]
fn pictures_number_the_rules() {
    let folder = folder("draw");
    let draw = ["draw", "policy.yaml", "--format", "mermaid"];
    insta::assert_snapshot!(run(&folder, &draw, "").stdout, @r#"
    flowchart LR
      q1{"first that holds"}
      q2{"china<br>region in cn"}
      e1("1. later<br>customer_size #60; 10")
      e2["pool later"]
      e3("2. big<br>customer_size #62;= 1000")
      e4["member m-02 of team east"]
      e5("3. east<br>region in cn/east")
      e6["team east"]
      e7["team abroad"]
      e8("4. abroad<br>region in us")
      e9["team abroad"]
      e10["pool unmatched"]
      q1 --> e1
      e1 --> e2
      q1 --> q2
      q2 --> e3
      e3 --> e4
      q2 --> e5
      e5 --> e6
      q2 -->|"otherwise"| e7
      q1 --> e8
      e8 --> e9
      q1 -->|"otherwise"| e10
    "#);
    let told = run(
        &folder,
        &["draw", "policy.yaml", "--tree", "--out", "tree.dot"],
        "",
    );
    assert_eq!((told.status, told.stdout.as_str()), (0, ""));
    let tree = fs::read_to_string(folder.join("tree.dot")).unwrap();
    assert!(tree.starts_with("digraph"));
}

#[test]
fn a_new_policy_is_sound_and_canonical() {
    let folder = folder("new");
    for territory in ["provinces", "plz", "zip"] {
        let told = run(&folder, &["new", "--by", territory, "--out", territory], "");
        assert_eq!(told.status, 0, "{}", told.stderr);
        let told = run(&folder, &["check", "--strict", territory], "");
        assert_eq!(told.status, 0, "{}", told.stdout);
        let told = run(&folder, &["format", "--check", territory], "");
        assert_eq!(told.status, 0, "{}", told.stdout);
    }
    let told = run(&folder, &["new", "--by", "plz", "--out", "plz"], "");
    insta::assert_snapshot!(told.all(), @"
    status 2
    standard error:
    error: plz: it is there already; choose another name, or write over it with --force
    ");
}

#[test]
fn teams_share_the_territories_of_a_new_policy() {
    let folder = folder("new-teams");
    let new = [
        "new",
        "--by",
        "plz",
        "--team",
        "nord=anna, bernd",
        "--team",
        "süd=7",
        "--team",
        "ost",
    ];
    let told = run(&folder, &new, "");
    insta::assert_snapshot!(told.stdout);
    let explain = [
        "explain",
        "--policy",
        "-",
        "plz=80331",
        "--now",
        "2026-03-02T09:00:00Z",
    ];
    let told = run(&folder, &explain, &told.stdout);
    assert!(
        told.stdout.contains("rule `ost-territory`"),
        "{}",
        told.stdout
    );
    let told = run(&folder, &["new", "--team", "a", "--team", "a"], "");
    assert_eq!(told.status, 1);
    assert!(
        told.stderr.contains("team `a` is already used"),
        "{}",
        told.stderr
    );
    let twelve = ["--team=a"; 12];
    let told = run(
        &folder,
        &[&["new", "--by", "zip"], &twelve[..]].concat(),
        "",
    );
    insta::assert_snapshot!(told.all(), @"
    status 2
    standard error:
    error: 12 teams; `--by` has 10 territories to divide
    ");
}

#[test]
fn the_schema_is_the_one_of_the_repository() {
    let told = run(&folder("schema"), &["schema"], "");
    let kept = fs::read_to_string(repository("examples/data/policy.schema.json")).unwrap();
    assert!(told.stdout == kept);
}

#[test]
fn rules_of_salesforce_become_a_policy_and_a_report() {
    let folder = folder("salesforce");
    let rules = repository("examples/data/salesforce/Lead.assignmentRules-meta.xml");
    let import = ["import", "salesforce", &rules, "--out", "imported.yaml"];
    let told = run(&folder, &import, "");
    assert_eq!((told.status, told.stdout.as_str()), (0, ""));
    insta::assert_snapshot!(told.stderr);
    let told = run(&folder, &["check", "imported.yaml"], "");
    assert_eq!(told.status, 0, "{}", told.stdout);
    let told = run(
        &folder,
        &["import", "salesforce", "-", "--report", "-"],
        "<a/>",
    );
    insta::assert_snapshot!(told.all(), @"
    status 2
    standard error:
    error: standard input: found `a` instead of `AssignmentRules`; use an assignment rules file
    ");
}

#[test]
fn completions_know_the_subcommands() {
    let told = run(&folder("completions"), &["completions", "bash"], "");
    assert!(told.stdout.contains("completions"));
    assert!(told.stdout.contains("--strict"));
}

#[test]
fn reports_fit_narrow_terminals_and_wrap_at_words() {
    let folder = folder("narrow");
    for width in [60, 80] {
        let columns = width.to_string();
        let told = run_with(&folder, &["assign"], "", &[("COLUMNS", &columns)]);
        assert_eq!(told.status, 0, "{}", told.stderr);
        for line in told.stdout.lines() {
            assert!(line.chars().count() <= width, "{line}");
        }
        // A word that is broken would not be found.
        for word in ["customer-success", "waterfall", "nobody_with_capacity"] {
            assert!(
                told.stdout.contains(word),
                "{word} at {width}\n{}",
                told.stdout
            );
        }
    }
}

#[test]
fn turns_go_on_from_run_to_run() {
    let folder = folder("state");
    fs::write(folder.join("leads.csv"), "id,region\nL-1,cn/east\n").unwrap();
    let mut owners = Vec::new();
    for _ in 0..3 {
        let assign = [
            "assign",
            "--policy",
            "policy.yaml",
            "--leads",
            "leads.csv",
            "--state",
            "state.json",
            "--out",
            "-",
            "--format",
            "jsonl",
        ];
        let told = run(&folder, &assign, "");
        assert_eq!(told.status, 0, "{}", told.stderr);
        let assignment: serde_json::Value = serde_json::from_str(&told.stdout).unwrap();
        owners.push(
            assignment["seats"][0]["member"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    assert_eq!(owners, ["m-01", "m-02", "m-01"]);
    fs::write(folder.join("state.json"), "{").unwrap();
    let assign = [
        "assign",
        "--policy",
        "policy.yaml",
        "--leads",
        "leads.csv",
        "--state",
        "state.json",
    ];
    insta::assert_snapshot!(run(&folder, &assign, "").all(), @"
    status 2
    standard error:
    error: state.json: it is cut off (line 1, column 1); give the file that an earlier run has written, or another name to begin anew
    ");
    let over = [
        "assign",
        "--policy",
        "policy.yaml",
        "--leads",
        "leads.csv",
        "--out",
        "policy.yaml",
    ];
    insta::assert_snapshot!(run(&folder, &over, "").all(), @"
    status 2
    standard error:
    error: policy.yaml: it is read as well; choose another file to write to
    ");
}

#[test]
fn two_runs_do_not_count_in_the_same_file_at_once() {
    let folder = folder("two-runs");
    fs::write(folder.join("leads.csv"), "id,region\nL-1,cn/east\n").unwrap();
    let with_state = ["--policy", "policy.yaml", "--state", "state.json"];
    let assign = [&["assign", "--leads", "leads.csv"], &with_state[..]].concat();
    let held = StateFile::take(&folder.join("state.json")).unwrap();
    insta::assert_snapshot!(run(&folder, &assign, "").all(), @"
    status 2
    standard error:
    error: state.json: another run of leadtree or a service uses it; wait until that has ended, or give another file
    ");
    assert!(!folder.join("state.json").exists());
    assert!(!folder.join("assignments.csv").exists());
    // Whoever only looks does not count.
    let explain = [&["explain"], &with_state[..], &["region=cn/east"]].concat();
    assert_eq!(run(&folder, &explain, "").status, 0);
    drop(held);
    assert_eq!(run(&folder, &assign, "").status, 0);
}

#[test]
fn standard_input_is_read_once() {
    let folder = folder("standard");
    let told = run(&folder, &["assign", "--policy", "-", "--leads", "-"], "");
    insta::assert_snapshot!(told.all(), @"
    status 2
    standard error:
    error: standard input can be read only once; give files for the others
    ");
    let told = run(&folder, &["explain", "--policy", "-", "--json", "-"], "");
    assert_eq!(told.status, 2);
}
