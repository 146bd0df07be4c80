//! `columns`: a mapping is proposed, and `assign` reads it.

use std::fs;

use super::{folder, run};

/// A file as a CRM exports it, for the small policy.
const LEADS: &str = "\
Lead ID;Land;Mitarbeiterzahl;PLZ;Erstellt am;Notiz
7;cn/east;12;80331;14.03.2026 09:30;a
8;us;250;01069;15.03.2026 10:00;
9;Narnia;3;;16.03.2026 11:15;b
";

#[test]
fn a_proposal_is_read_by_assign() {
    let folder = folder("columns");
    fs::write(folder.join("leads.csv"), LEADS).unwrap();
    let columns = ["columns", "leads.csv", "--policy", "policy.yaml"];
    let told = run(&folder, &columns, "");
    insta::assert_snapshot!("columns", told.all());

    let told = run(
        &folder,
        &[&columns[..], &["--out", "columns.yaml"]].concat(),
        "",
    );
    assert_eq!((told.status, told.all().as_str()), (0, "status 0"));
    let assign = "assign --policy policy.yaml --leads leads.csv --columns columns.yaml --out -";
    let told = run(&folder, &assign.split(' ').collect::<Vec<_>>(), "");
    let leads = |text: &str| -> Vec<String> {
        let lines = text.lines().skip(1).take(3);
        lines
            .map(|line| line.split(',').take(4).collect::<Vec<_>>().join(","))
            .collect()
    };
    assert_eq!(told.status, 0, "{}", told.all());
    let assigned = leads(&told.stdout).join("\n");
    insta::assert_snapshot!("columns_assigned", assigned);

    // What was edited stays.
    let told = run(
        &folder,
        &[&columns[..], &["--out", "columns.yaml"]].concat(),
        "",
    );
    assert_eq!(told.status, 2);
    assert!(
        told.stderr.contains("it is there already"),
        "{}",
        told.stderr
    );
}

#[test]
fn the_sample_needs_no_other_policy_and_standard_input_is_read() {
    let folder = folder("columns_sample");
    let leads = "id,Region,Industry\n1,Shanghai,Steel\n2,Texas,Solar\n";
    let told = run(&folder, &["columns", "-"], leads);
    assert_eq!(told.status, 0, "{}", told.stderr);
    assert!(
        told.stdout
            .contains("\n  id: id  # 2 of 2 rows, all different\n")
    );
    assert!(
        told.stdout
            .contains("\n  region: Region  # 100 % of 2 known\n")
    );
    assert!(
        told.stdout
            .contains("\n  industry: Industry  # 100 % of 2 known\n")
    );
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = folder("columns_faults");
    let told = run(&folder, &["columns", "no.csv"], "");
    assert_eq!(told.status, 2);
    assert!(
        told.stderr.contains("no.csv: there is no such file"),
        "{}",
        told.stderr
    );
    let told = run(&folder, &["columns", "-", "--encoding", "gkb"], "id\n1\n");
    assert_eq!(told.status, 2);
    assert!(
        told.stderr.contains("unknown encoding `gkb`"),
        "{}",
        told.stderr
    );
    let told = run(&folder, &["columns", "-", "--separator", ";;"], "id\n1\n");
    assert!(
        told.stderr.contains("is not one character"),
        "{}",
        told.stderr
    );
}
