//! Small input files in every format, valid and invalid.

use std::fs;
use std::process::{Command, Stdio};

use super::{PROGRAM, assign, folder, pairs, result, stderr, stdout};

/// A small policy: `east` and everything else.
const SMALL_POLICY: &str = r#"{
    "regions": { "paths": ["east", "west"], "aliases": { "east": ["0"] } },
    "industries": { "paths": ["technology"] },
    "attributes": { "interests": "tags", "source": "text", "since": "date" },
    "pools": ["east", "crm", "old", "tech", "blank"],
    "rules": [
        { "id": "crm", "when": { "interests": { "contains_any": "crm" } }, "assign_to": { "pool": "crm" } },
        { "id": "old", "when": { "since": { "before": "2020-01-01" } }, "assign_to": { "pool": "old" } },
        { "id": "tech", "when": { "industry": { "is": "technology" } }, "assign_to": { "pool": "tech" } },
        { "id": "blank", "when": { "source": { "is": "none given" } }, "assign_to": { "pool": "blank" } },
        { "id": "east", "when": { "region": { "is": "east" } }, "assign_to": { "pool": "east" } }
    ]
}"#;

#[test]
fn faulty_rows_are_reported_by_line_and_left_out() {
    let folder = folder("bad-rows");
    fs::write(folder.join("policy.json"), SMALL_POLICY).unwrap();
    for (name, end) in [("lf", "\n"), ("crlf", "\r\n")] {
        let mut text = Vec::from("\u{feff}id,region,source,received\n");
        text.extend_from_slice(b"1,east,\"two\nlines\",\n");
        text.extend_from_slice(b"2,east\n");
        text.extend_from_slice(b"\n");
        text.extend_from_slice(b"3,\xff,web,\n");
        text.extend_from_slice(b"  ,east,web,\n");
        text.extend_from_slice(b"5,west,\"three\n\nlines\",2026-03-02 10:00:00\n");
        text.extend_from_slice(b"6,east,web,yesterday\n");
        text.extend_from_slice("\u{3000}７ , EAST ,web,2026-03-02T10:00:00+08:00".as_bytes());
        let text: Vec<u8> = text
            .into_iter()
            .flat_map(|byte| match byte {
                b'\n' => end.bytes().collect(),
                byte => vec![byte],
            })
            .collect();
        fs::write(folder.join(name), text).unwrap();

        let output = assign(&folder, &["--policy", "policy.json", "--leads", name], b"");
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        let told = [
            "4: 2 fields, but the header has 4; add or remove a separator, and put a cell with a separator in it in \
             quotes; row left out",
            "6: column `region` is not UTF-8; name the file's `encoding`; row left out",
            "7: no id; fill it in, or take the number of the row, `columns: {id: {row_number: true}}`; row left out",
            "11: `yesterday` is not a time; write 2026-03-31T09:30:00+08:00 or 2026-03-31 09:30:00, \
             or give its format as `date` in the mapping; row left out",
        ];
        let told: Vec<_> = told.iter().map(|line| format!("{name}:{line}")).collect();
        assert_eq!(stderr(&output).trim(), told.join("\n"));
        assert!(stdout(&output).starts_with("7 rows read = 3 leads + 4 bad rows\n"));
        let expected = pairs(&[("1", "east"), ("5", ""), ("７", "east")]);
        assert_eq!(result(&folder), expected);
    }
}

#[test]
fn json_lines_come_in_either_form_and_from_standard_input() {
    let folder = folder("json-lines");
    fs::write(folder.join("policy.json"), SMALL_POLICY).unwrap();
    let input = r#"{"id": "1", "region": "EAST", "extra": {"is": "ignored"}}

{"id": 2, "region": null, "attributes": {"interests": ["crm", "erp"]}}
{"id": "3", "interests": "erp; CRM"}
{"id": "4", "region": ["east"]}
{"id": "5", "region" "east"}
{"region": "east"}
[1]
{"id": "6", "since": "2019-12-31"}"#;
    let arguments = ["--policy", "policy.json", "--leads", "-"];
    let output = assign(&folder, &arguments, input.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(stderr(&output), @r#"
    standard input:5: `region` is a list, not a text, a number or a flag; write a single value; row left out
    standard input:6: expected `:` at column 22; write each lead as an object, `{"id": …}`; row left out
    standard input:7: no id; fill it in, or take the number of the row, `columns: {id: {row_number: true}}`; row left out
    standard input:8: invalid type: sequence, expected an object; write each lead as an object, `{"id": …}`; row left out
    "#);
    let expected = pairs(&[("1", "east"), ("2", "crm"), ("3", "crm"), ("6", "old")]);
    assert_eq!(result(&folder), expected);
}

#[test]
fn a_mapping_joins_translates_and_cuts() {
    let folder = folder("mapping");
    fs::create_dir(folder.join("in")).unwrap();
    for (file, text) in [
        ("policy.json", SMALL_POLICY),
        (
            "columns.json",
            r#"{
                "joins": [
                    { "file": "deals.csv", "on": "Lead" },
                    { "file": "shops.csv", "on": "shop", "key": "id" }
                ],
                "columns": {
                    "id": "Lead",
                    "region": { "column": "zip", "pad": 5, "first": 1 },
                    "industry": { "column": "trade", "values": { "technolgy": "technology" } },
                    "interests": { "column": "wants", "split": "/" },
                    "since": { "column": "start", "date": "%m/%d/%Y" },
                    "source": { "column": "start", "if_blank": "none given", "if_given": "some" }
                }
            }"#,
        ),
        (
            "in/leads.csv",
            "Lead,trade,wants,start\na,,,1/2/2021\nb,,,12/31/2019\nc, Tech Nolgy ,,1/2/2021\nd,,erp/ CRM,\ne,,,\n",
        ),
        ("in/deals.csv", "Lead,shop\na,s1\nb,s1\nf,s1\n,\n"),
        ("in/shops.csv", "id,zip\ns1,1234\ns2,54321\n"),
    ] {
        fs::write(folder.join(file), text).unwrap();
    }
    let arguments = [
        "--policy",
        "policy.json",
        "--leads",
        "in/leads.csv",
        "--columns",
        "columns.json",
    ];
    let output = assign(&folder, &arguments, b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let expected = [
        ("a", "east"),
        ("b", "old"),
        ("c", "tech"),
        ("d", "crm"),
        ("e", "blank"),
    ];
    assert_eq!(result(&folder), pairs(&expected));
    assert!(stdout(&output).contains("2 leads have a row in shops.csv\n"));
}

#[test]
fn fatal_errors_are_complete() {
    let folder = folder("refused");
    for (file, text) in [
        ("policy.json", SMALL_POLICY),
        ("leads.csv", "id,Region,zip,zip\n1,east,0,0\n"),
        ("no-id.csv", "Key,region\n1,east\n"),
        (
            "syntax.json",
            r#"{ "columns": { "region": { "colum": "zip" } } }"#,
        ),
        (
            "columns.json",
            r#"{ "columns": {
                "region": "regoin", "industry": "zip", "indutsry": "x", "account": {},
                "customer_size": { "column": "id", "value": "9" },
                "product_line": { "column": "id", "date": "%Y" },
                "source": { "column": "id", "split": "," }, "since": { "column": "id", "date": "%d.%m.%y" },
                "interests": { "column": "id", "match": "(" }
            } }"#,
        ),
        (
            "twice.json",
            r#"{ "columns": { "id": "id", "id": "zip" } }"#,
        ),
        (
            "pad.json",
            r#"{ "columns": { "id": { "column": "id", "pad": 70000 } } }"#,
        ),
        (
            "joins.json",
            r#"{ "joins": [{ "file": "no-id.csv", "on": "id", "key": "Kee" }] }"#,
        ),
    ] {
        fs::write(folder.join(file), text).unwrap();
    }
    let refused = |arguments: &[&str], status| {
        let output = assign(&folder, arguments, b"");
        assert_eq!(output.status.code(), Some(status));
        assert!(!folder.join("assignments.csv").exists());
        stderr(&output).to_owned()
    };
    let with = |leads, columns| {
        refused(
            &[
                "--policy",
                "policy.json",
                "--leads",
                leads,
                "--columns",
                columns,
            ],
            2,
        )
    };
    insta::assert_snapshot!(refused(&["--policy", "policy.json", "--leads", "no-id.csv"], 2), @r#"
    error: no-id.csv: the columns do not fit:
      the file has no column `id`; name the column that has it, `columns: {id: …}`, or take the number of the row, `columns: {id: {row_number: true}}`; the columns are `Key`, `region`
    "#);
    insta::assert_snapshot!("mapping_form", with("leads.csv", "syntax.json"));
    insta::assert_snapshot!("mapping_columns", with("leads.csv", "columns.json"));
    insta::assert_snapshot!("mapping_twice", with("leads.csv", "twice.json"));
    insta::assert_snapshot!("mapping_pad", with("leads.csv", "pad.json"));
    insta::assert_snapshot!("mapping_join", with("leads.csv", "joins.json"));
    insta::assert_snapshot!(
        refused(&["--policy", "policy.json", "--leads", "leads.csv", "--out", "leads.csv"], 2),
        @"error: leads.csv: it is read as well; choose another file to write to"
    );
    assert!(refused(&["--now", "noon"], 2).contains("write 2026-03-31T09:30:00+08:00"));
}

#[test]
fn the_widest_padding_is_written_whole() {
    let folder = folder("padding");
    fs::write(folder.join("policy.json"), SMALL_POLICY).unwrap();
    let mapping = r#"{ "columns": { "id": { "column": "id", "pad": 1000 } } }"#;
    fs::write(folder.join("columns.json"), mapping).unwrap();
    let arguments = [
        "--policy",
        "policy.json",
        "--columns",
        "columns.json",
        "--leads",
        "-",
    ];
    let output = assign(&folder, &arguments, b"id,region\n7,east\n");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        result(&folder),
        pairs(&[(&format!("{:0>1000}", 7), "east")])
    );
}

#[test]
fn a_reader_who_stops_early_is_no_error() {
    let folder = folder("stopped");
    fs::write(folder.join("policy.json"), SMALL_POLICY).unwrap();
    fs::write(folder.join("leads.csv"), "id,region\n1,east\n").unwrap();
    let mut running = Command::new(PROGRAM)
        .current_dir(&folder)
        .args(["assign", "--policy", "policy.json", "--leads", "leads.csv"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(running.stdout.take());
    let output = running.wait_with_output().unwrap();
    assert_eq!(stderr(&output), "");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(result(&folder), pairs(&[("1", "east")]));
}

#[test]
fn a_faulty_policy_is_told_before_anything_is_written() {
    let folder = folder("faulty-policy");
    let faulty =
        r#"{ "rules": [{ "id": "a", "when": { "region": { "is": "x" } } }, { "id": "a" }] }"#;
    fs::write(folder.join("policy.json"), faulty).unwrap();
    let output = assign(
        &folder,
        &["--policy", "policy.json", "--leads", "-"],
        b"id\n1\n",
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).ends_with("policy.json: 4 errors\n"));
    assert!(!folder.join("assignments.csv").exists());
}
