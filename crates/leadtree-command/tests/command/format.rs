//! `leadtree format`.

use std::fs;

use leadtree::diagnostics::SourceText;
use leadtree::policy::Policy;

use super::{folder, run};

const COMMENTED: &str = "\
# yaml-language-server: $schema=policy.schema.json
# Owned by sales operations.

# The territories.
regions:
  paths:
    # first the east
    - cn/east   # Shanghai
    - us
    # the end of regions
teams:  # who works leads
  - id: east
    # two people
    members: [{member: m-01}, m-02]   # in turns
    if_nobody: unassigned   # the default

# ---- Rules ----

rules:
    - assign_to: east     # all of them
      # big ones only
      when: |
        region in cn   # China
        and customer_size >= 1000
      id: 'east'
    - {id: us, when: 'region in us', assign_to: east}  # '#' is no comment in 'C# and more'
# after the rules
";

#[test]
fn comments_stay_where_they_are() {
    let folder = folder("comments");
    let told = run(&folder, &["format", "-"], COMMENTED);
    assert_eq!(told.status, 0, "{}", told.stderr);
    insta::assert_snapshot!(told.stdout, @"
    # yaml-language-server: $schema=policy.schema.json
    # Owned by sales operations.

    # The territories.
    regions:
      paths:
        # first the east
        - cn/east # Shanghai
        - us
        # the end of regions

    teams: # who works leads
      - id: east
        # two people
        members: [m-01, m-02] # in turns
        if_nobody: unassigned # the default

    # ---- Rules ----

    rules:
      - id: east
        # big ones only
        # China
        when: region in cn and customer_size >= 1000
        assign_to: east # all of them

      - id: us # '#' is no comment in 'C# and more'
        when: region in us
        assign_to: east

    # after the rules
    ");
    // The form is a fixed point.
    assert_eq!(
        run(&folder, &["format", "-"], &told.stdout).stdout,
        told.stdout
    );
    // No comment is lost.
    for line in COMMENTED.lines().filter(|line| line.contains('#')) {
        let (_, comment) = line.rsplit_once("# ").unwrap();
        assert!(told.stdout.contains(comment), "{comment}");
    }
}

#[test]
fn comments_behind_the_last_entry_of_a_list_stay_behind_it() {
    let folder = folder("behind");
    // In the canonical form, so that nothing else changes.
    let behind = "\
regions:
  paths: [cn/east, us]

teams:
  - id: east
    members:
      - {member: m-01, weight: 2}
      - m-02
      # nobody else
    if_nobody: unassigned
  # one team only

rules:
  - id: east
    when: region in cn/east
    assign_to: east
    # the end of the rule

  - group: others
    rules:
      - id: us
        when: region in us
        assign_to: east
      # no more in the group

  - id: rest
    assign_to: east

  # no more rules
  # until 2027

# the pool is read every day
otherwise: {assign_to: {pool: unmatched}}

# the end
";
    let told = run(&folder, &["format", "-"], behind);
    assert_eq!(told.stdout, behind);
    // A dash need not be indented, and a comment may be indented more than it.
    let unusual = behind.replace("\n  # one", "\n   # one").replace(
        "    members:\n      - {member: m-01, weight: 2}\n      - m-02\n",
        "    members:\n    - {member: m-01, weight: 2}\n    - m-02\n",
    );
    assert_ne!(unusual, behind);
    assert_eq!(run(&folder, &["format", "-"], &unusual).stdout, behind);
    // A list that would be written on one line is not, as there is a comment in it.
    let short = behind.replace("{member: m-01, weight: 2}", "m-01");
    assert_eq!(run(&folder, &["format", "-"], &short).stdout, short);
}

#[test]
fn files_are_checked_and_written() {
    let folder = folder("written");
    fs::write(folder.join("commented.yaml"), COMMENTED).unwrap();
    let told = run(
        &folder,
        &["format", "--check", "commented.yaml", "policy.yaml"],
        "",
    );
    insta::assert_snapshot!(told.all(), @"
    commented.yaml: not formatted
    policy.yaml: not formatted
    status 1
    ");
    assert_eq!(
        fs::read_to_string(folder.join("commented.yaml")).unwrap(),
        COMMENTED
    );
    let told = run(&folder, &["format", "--write", "commented.yaml"], "");
    insta::assert_snapshot!(told.all(), @"
    commented.yaml: formatted
    status 0
    ");
    let told = run(&folder, &["format", "--check", "commented.yaml"], "");
    insta::assert_snapshot!(told.all(), @"status 0");
}

#[test]
fn a_faulty_policy_is_not_formatted() {
    let folder = folder("faulty");
    let faulty = "rules: [{id: a, assign_to: east}]\n";
    fs::write(folder.join("faulty.yaml"), faulty).unwrap();
    let told = run(&folder, &["format", "--write", "faulty.yaml"], "");
    insta::assert_snapshot!(told.all(), @"
    status 1
    standard error:
    error[unknown-name]: rules[0].assign_to.team: unknown team `east`
     --> faulty.yaml:1:28
      |
    1 | rules: [{id: a, assign_to: east}]
      |                            ^^^^

    faulty.yaml: 1 error
    ");
    assert_eq!(
        fs::read_to_string(folder.join("faulty.yaml")).unwrap(),
        faulty
    );
}

#[test]
fn a_json_file_is_not_overwritten_with_yaml() {
    let folder = folder("json");
    fs::write(folder.join("policy.json"), r#"{"pools": ["later"]}"#).unwrap();
    let told = run(&folder, &["format", "policy.json"], "");
    assert_eq!(told.stdout, "pools: [later]\n");
    let told = run(&folder, &["format", "--write", "policy.json"], "");
    insta::assert_snapshot!(told.all(), @"
    status 2
    standard error:
    error: policy.json: it is JSON, and the canonical form is YAML; write that to another file, with `>`
    ");
}

#[test]
fn a_comment_at_any_place_of_a_new_policy_is_kept() {
    let folder = folder("comments-of-new");
    let formatted = |text: &str, policy: &Policy| {
        SourceText::new("policy.yaml", text)
            .formatted(policy)
            .unwrap()
    };
    for territory in ["provinces", "plz", "zip"] {
        let text = run(&folder, &["new", "--by", territory], "").stdout;
        let policy = Policy::from_yaml(&text).unwrap();
        let lines: Vec<_> = text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let own = format!("{}# here\n{line}", " ".repeat(indent));
            for changed in [own, format!("{line} # here")] {
                let (before, after) = (&lines[..index], &lines[index + 1..]);
                let given = [before, &[changed.as_str()], after].concat().join("\n") + "\n";
                // Inside a text it is no comment.
                if !Policy::from_yaml(&given).is_ok_and(|same| same == policy) {
                    continue;
                }
                let once = formatted(&given, &policy);
                assert_eq!(once.matches("# here").count(), 1, "{once}");
                assert_eq!(formatted(&once, &policy), once);
                assert!(Policy::from_yaml(&once).is_ok_and(|same| same == policy));
                if changed.contains('\n') && line.contains(": ") {
                    assert!(once.contains(&format!("# here\n{line}\n")), "{once}");
                }
            }
        }
    }
}
