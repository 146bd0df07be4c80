//! `leadtree test` with examples in tables, whose leads are read as `assign` reads them.

use std::fs;
use std::path::Path;

use super::tested::told_of;
use super::{POLICY, folder, run};

#[test]
fn every_mistake_in_a_table_of_examples_is_drawn_with_its_cell() {
    let text = "\
name,region,customer_size,plz,at,not_rule,pool,outcome
wrong at,cn,50,,noon,,,
wrong outcome and region,cn/eats,50,,,,,polled
too short,cn,50
too long,cn,50,,,,later,pooled,more
,,,,,,,
wrong rule,cn,50,01067,,big; bigg; ,,
fine,us,5,,,big;,later,
fails,us,50,,2026-03-31,east; abroad,,
";
    let told = told_of("table", "more.csv", text);
    insta::assert_snapshot!(told.all());
}

#[test]
fn columns_of_a_table_are_told_once_for_all_rows() {
    let text = "\
region,rule,regoin,Rule,colour,,unlisted
us,abroad,x,y,red,1,
us,abroad,x,y,red,1,
";
    let told = told_of("columns", "more.csv", text);
    insta::assert_snapshot!(told.all());
}

#[test]
fn tables_may_have_other_separators_and_headers_in_other_spellings() {
    for (number, text) in [
        "Region;Customer Size;not-rule;POOL;\nus;5;\"big; east;\";later;\n",
        "\u{feff}region\tcustomer size\tNot Rule\tPool\nus\t5\tbig\tlater\n",
        "region,customer_size,\"not_rule\",pool\r\nus,5,big,later\r\n",
        "\nregion , customer_size , not_rule , pool\n\n us , 5 ,\"big; east\", later\n",
    ]
    .into_iter()
    .enumerate()
    {
        let told = told_of(&format!("separators-{number}"), "more.csv", text);
        let expected = "passed more.csv, example 1\n\n1 example passed, 0 failed\n";
        assert_eq!(told.stdout, expected, "{text}");
        assert_eq!(told.status, 0);
    }
}

#[test]
fn an_unclosed_quote_is_told_where_it_opens() {
    let text = "\
region,plz,rule,name
us,1,abroad,fine
us,2,abroad,\"not closed
us,3,abroad,never told
us,4,abroad,never told
";
    let told = told_of("quote", "more.csv", text);
    insta::assert_snapshot!(told.all());
    // A quote inside a text, and a text over two lines.
    let text = "region,rule,name\nus,abroad,a 5\" screen\nus,abroad,\"two\nlines\"\nus,abroad,\"\"";
    let told = told_of("quotes", "more.csv", text);
    assert!(
        told.stdout.ends_with("\n3 examples passed, 0 failed\n"),
        "{}",
        told.stdout
    );
}

#[test]
fn a_quote_that_takes_rows_into_its_cell_is_told() {
    let folder = folder("swallowed");
    fs::write(folder.join("policy.yaml"), POLICY).unwrap();
    let rows = "name,region,plz,rule\na,cn/east,1,east\nb,cn/east,\"01067,east\nc,cn/east,9,no\nd,cn/east,\"0\",no\n";
    fs::write(folder.join("more.csv"), rows).unwrap();
    let told = run(&folder, &["test", "policy.yaml", "more.csv"], "").all();
    assert!(told.contains("a quotation mark is not closed"), "{told}");
    assert!(told.contains("more.csv:3:"), "{told}");
    assert!(
        told.ends_with("status 1\n") || told.ends_with("status 1"),
        "{told}"
    );
}

/// A policy by which every value of a lead leads to a rule of its own.
const KINDS: &str = "\
regions: {paths: [de/bayern], aliases: {de: [Deutschland]}}
customer_sizes: {small: 1..=49, big: 50..}
attributes: {revenue: number, vip: flag, since: date, tags: tags, note: text}
pools: [p]
rules:
  - {id: bavaria, when: region in de/bayern, assign_to: {pool: p}}
  - {id: thousand, when: customer_size = 1000, assign_to: {pool: p}}
  - {id: few, when: customer_size in small, assign_to: {pool: p}}
  - {id: rich, when: revenue >= 1000, assign_to: {pool: p}}
  - {id: poor, when: revenue < 1000, assign_to: {pool: p}}
  - {id: vip, when: vip = true, assign_to: {pool: p}}
  - {id: other, when: vip = false, assign_to: {pool: p}}
  - {id: old, when: since < 2026-01-01, assign_to: {pool: p}}
  - {id: crm, when: tags contains any of (crm), assign_to: {pool: p}}
  - {id: noted, when: not (note is missing), assign_to: {pool: p}}
";

/// The rule that `assign` says for the only lead of a file.
fn assigned(folder: &Path, leads: &str, more: &[&str]) -> String {
    let arguments = [
        "assign",
        "--policy",
        "policy.yaml",
        "--leads",
        leads,
        "--number-rows",
    ];
    let told = run(folder, &[&arguments, more].concat(), "");
    assert_eq!(told.stderr, "", "{leads}");
    let written = fs::read_to_string(folder.join("assignments.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(written.as_bytes());
    let at = rows.headers().unwrap().iter().position(|it| it == "rule");
    let row = rows.records().next().unwrap().unwrap();
    row[at.unwrap()].to_owned()
}

#[test]
fn examples_and_assign_read_the_same_cell_alike() {
    let folder = folder("alike");
    fs::write(folder.join("policy.yaml"), KINDS).unwrap();
    for (number, (field, value, rule)) in [
        ("customer_size", "1.000", "thousand"),
        ("customer_size", "1'000 Mitarbeiter", "thousand"),
        ("customer_size", "<10", "few"),
        ("revenue", "1.200,50 €", "rich"),
        ("revenue", "$1200.50", "rich"),
        ("revenue", "(7)", "poor"),
        ("vip", "x", "vip"),
        ("vip", "ja", "vip"),
        ("vip", "nein", "other"),
        ("since", "2025/03/31", "old"),
        ("tags", "erp; crm", "crm"),
        ("region", "Deutschland/Bayern", "bavaria"),
        ("note", "N/A", "noted"),
    ]
    .into_iter()
    .enumerate()
    {
        let leads = format!("leads-{number}.csv");
        fs::write(folder.join(&leads), format!("{field}\n\"{value}\"\n")).unwrap();
        assert_eq!(assigned(&folder, &leads, &[]), rule, "{field}: {value}");
        let examples = format!("examples-{number}.csv");
        fs::write(
            folder.join(&examples),
            format!("{field}|rule\n\"{value}\"|{rule}\n"),
        )
        .unwrap();
        let told = run(&folder, &["test", "policy.yaml", &examples], "");
        let passed = format!("passed {examples}, example 1\n\n1 example passed, 0 failed\n");
        assert_eq!(told.stdout, passed, "{field}: {value}");
    }
}

#[test]
fn what_cannot_be_read_is_a_mistake_unless_it_is_expected() {
    let folder = folder("unread");
    fs::write(folder.join("policy.yaml"), KINDS).unwrap();
    let text = "revenue;vip;rule;unlisted\n1.000;;rich;\n;maybe;other;\n1.000;;;revenue\n";
    fs::write(folder.join("more.csv"), text).unwrap();
    let told = run(&folder, &["test", "policy.yaml", "more.csv"], "");
    insta::assert_snapshot!(told.all(), @r#"
    error[unlisted-value]: [0].lead.revenue: `1.000` can be read with decimals or with thousands
     --> more.csv:2:1
      |
    2 | 1.000;;rich;
      | ^^^^^
      |
      = help: say the decimal mark of the column: `decimal: "."` or `decimal: ","`

    error[unlisted-value]: [1].lead.vip: `maybe` is neither yes nor no
     --> more.csv:3:2
      |
    3 | ;maybe;other;
      |  ^^^^^
      |
      = help: write `yes` or `no`, or replace it by `values` in the mapping

    passed more.csv, example 3

    1 example passed, 0 failed; 2 mistakes in examples, which were not tested
    status 1
    "#);
}

#[test]
fn a_table_may_be_in_any_encoding_and_have_a_mapping() {
    let folder = folder("mapped");
    fs::write(folder.join("policy.yaml"), KINDS).unwrap();
    let mapping = "header_line: 2\ndecimal: ','\ncolumns:\n  region: {path: [Land, Gebiet]}\n  revenue: Umsatz in Euro\n";
    fs::write(folder.join("columns.yaml"), mapping).unwrap();
    let text = "Beispiele f\u{fc}r M\u{e4}rz;;;;\nLand;Gebiet;Umsatz in Euro;Rule;Gesch\u{e4}ft\nDeutschland;Bayern;;bavaria;M\u{fc}ller\n;;1.000;rich;\n";
    let latin: Vec<u8> = text
        .chars()
        .map(|it| u8::try_from(u32::from(it)).unwrap())
        .collect();
    fs::write(folder.join("more.csv"), latin).unwrap();
    let arguments = [
        "test",
        "policy.yaml",
        "more.csv",
        "--columns",
        "columns.yaml",
    ];
    let told = run(&folder, &arguments, "");
    let passed =
        "passed more.csv, example 1\npassed more.csv, example 2\n\n2 examples passed, 0 failed\n";
    assert_eq!(told.all(), format!("{passed}status 0"));
    // A column that is like one of examples is a typing error, whatever the mapping.
    let misspelt = text.replace(";Rule;", ";Rulle;");
    fs::write(folder.join("more.csv"), misspelt).unwrap();
    let told = run(&folder, &arguments, "");
    assert!(
        told.stdout.contains("unknown column `Rulle`"),
        "{}",
        told.stdout
    );
    assert_eq!(told.status, 1);
}

#[test]
fn objects_in_a_table_are_read_as_assign_reads_them() {
    let folder = folder("objects");
    fs::write(folder.join("policy.yaml"), KINDS).unwrap();
    let text =
        r#"[{"revenue": 1000.5, "rule": "rich"}, {"rulle": "poor", "vip": "ja", "rule": "vip"}]"#;
    fs::write(folder.join("more.csv"), text).unwrap();
    let told = run(&folder, &["test", "policy.yaml", "more.csv"], "");
    assert!(
        told.stdout.contains("unknown column `rulle`"),
        "{}",
        told.stdout
    );
    fs::write(
        folder.join("more.csv"),
        text.replace("\"rulle\": \"poor\", ", ""),
    )
    .unwrap();
    let told = run(&folder, &["test", "policy.yaml", "more.csv"], "");
    assert!(
        told.stdout.ends_with("2 examples passed, 0 failed\n"),
        "{}",
        told.stdout
    );
}

#[test]
fn received_is_the_moment_of_an_example() {
    let folder = folder("received");
    let policy = "\
pools: [p]
rules:
  - {id: spring, assign_to: {pool: p}, until: 2026-06-01T00:00:00Z}
  - {id: later, assign_to: {pool: p}}
";
    fs::write(folder.join("policy.yaml"), policy).unwrap();
    let text = "received,at,rule\n2026-03-31 09:30,,spring\n2026-07-01T08:00:00Z,,later\n2026-07-01,2026-07-01,later\n";
    fs::write(folder.join("more.csv"), text).unwrap();
    let told = run(
        &folder,
        &["test", "policy.yaml", "more.csv", "--now", "2026-05-01"],
        "",
    );
    let both = "more.csv:4:";
    assert!(
        told.stdout.contains("`at` and `received` are both given"),
        "{}",
        told.stdout
    );
    assert!(told.stdout.contains(both), "{}", told.stdout);
    assert!(
        told.stdout
            .contains("2 examples passed, 0 failed; 1 mistake"),
        "{}",
        told.stdout
    );
}
