//! Real data sets, if available.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use super::{assign, data, folder, result, rows, stderr, stdout};

/// The folder of the real data sets, which are not part of the project.
fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/leads");
    if !folder.is_dir() {
        eprintln!("skipped: there is no {}", folder.display());
        return None;
    }
    Some(folder)
}

/// Runs one of the included policies on a file without faulty rows.
fn assign_with(folder: &Path, policy: &str, columns: &Path, leads: &Path) -> Output {
    let policy = data(policy);
    let [policy, columns, leads] =
        [&policy, columns, leads].map(|path: &Path| path.to_str().unwrap());
    let arguments = ["--policy", policy, "--columns", columns, "--leads", leads];
    let output = assign(folder, &arguments, b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    output
}

#[test]
fn real_funnel_leads_are_all_accounted_for() {
    let Some(corpus) = corpus() else { return };
    let folder = folder("olist");
    let leads = corpus.join("olist/qualified_leads.csv");
    let output = assign_with(
        &folder,
        "olist-policy.yaml",
        &data("olist-columns.json"),
        &leads,
    );
    let head: Vec<_> = stdout(&output).lines().take(4).collect();
    assert_eq!(
        head,
        [
            "8,000 rows read = 8,000 leads + 0 bad rows",
            "8,000 leads = 6,395 assigned + 1,605 pooled + 0 unassigned",
            "842 leads have a row in closed_deals.csv",
            "380 leads have a row in sellers.csv",
        ]
    );
    // Each lead once, in the order of the file; won deals by the rules for them.
    let won: Vec<_> = rows(&corpus.join("olist/closed_deals.csv"))
        .into_iter()
        .map(|row| row["mql_id"].clone())
        .collect();
    let ids = rows(&leads).into_iter().map(|row| row["mql_id"].clone());
    for (id, (lead, rule)) in ids.zip(result(&folder)) {
        assert_eq!(lead, id);
        assert_eq!(rule.starts_with("won"), won.contains(&id), "{id}: {rule}");
    }
}

#[test]
fn real_opportunities_are_all_accounted_for() {
    let Some(corpus) = corpus() else { return };
    let folder = folder("maven");
    let leads = corpus.join("maven-crm/opportunities.csv");
    let run = |columns: &Path| {
        let output = assign_with(&folder, "maven-policy.yaml", columns, &leads);
        stdout(&output).to_owned()
    };
    let told = run(&data("maven-columns.json"));
    let head: Vec<_> = told.lines().take(3).collect();
    assert_eq!(
        head,
        [
            "8,800 rows read = 8,800 leads + 0 bad rows",
            "8,800 leads = 6,276 assigned + 2,518 pooled + 6 unassigned",
            "8,800 leads have a row in sales_teams.csv",
        ]
    );
    assert!(told.contains("│ region          ┆ 7,375 ┆   1,425 ┆        0 ┆"));
    assert!(told.contains("Every lead met a rule"));

    // Without the translations, misspelt values are reported; a missing space (`GTXPro`) is not a
    // misspelling.
    let plain = folder.join("plain.json");
    let text = r#"{ "columns": {
        "id": "opportunity_id", "region": "office_location", "industry": "sector", "product_line": "product"
    } }"#;
    fs::write(&plain, text).unwrap();
    let told = run(&plain);
    for misspelt in [
        "Korea (200), Philipines (94)",
        "technolgy (1,165)",
        "│ product_line    ┆ 8,800 ┆       0 ┆        0 ┆",
    ] {
        assert!(told.contains(misspelt), "{misspelt}");
    }
}
