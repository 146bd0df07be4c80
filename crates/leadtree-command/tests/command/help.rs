//! The help of every subcommand.

use super::{folder, run};

#[test]
fn every_subcommand_explains_itself() {
    let folder = folder("help");
    for subcommand in [
        "check",
        "format",
        "explain",
        "test",
        "assign",
        "columns",
        "draw",
        "new",
        "schema",
        "import",
        "completions",
    ] {
        let told = run(&folder, &[subcommand, "--help"], "");
        assert_eq!(told.status, 0, "{}", told.stderr);
        insta::assert_snapshot!(format!("help_{subcommand}"), told.stdout);
    }
    let salesforce = run(&folder, &["import", "salesforce", "--help"], "");
    insta::assert_snapshot!("help_import_salesforce", salesforce.stdout);
    insta::assert_snapshot!("help", run(&folder, &["--help"], "").stdout);
}

#[test]
fn wrong_usage_ends_with_status_2() {
    let folder = folder("usage");
    for arguments in [
        &[][..],
        &["chekc"],
        &["check"],
        &["assign", "--policy", "policy.yaml"],
        &["assign", "--now", "noon"],
        &["new", "--by", "planets"],
    ] {
        let told = run(&folder, arguments, "");
        assert_eq!(told.status, 2, "{arguments:?}");
        assert!(told.stderr.contains("Usage:") || told.stderr.contains("--help"));
    }
}
