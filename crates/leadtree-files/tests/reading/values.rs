//! Numbers, flags, sizes, dates and blanks, as systems write them.

use super::{open, read, refused, rows};

/// What one column is read as, without the ids.
fn column(name: &str, cells: &[&str], mapping: &str) -> Vec<String> {
    let ids = (0..).zip(cells).map(|(id, cell)| format!("{id}\t{cell}\n"));
    let text: Vec<_> = std::iter::once(format!("id\t{name}\n"))
        .chain(ids)
        .collect();
    let text = text.concat();
    let rows = read(&*text, mapping);
    let values = rows
        .iter()
        .map(|row| row.splitn(3, ' ').nth(2).unwrap_or("missing"));
    values
        .map(|value| value.trim_start_matches(&format!("{name}=")).to_owned())
        .collect()
}

#[test]
fn flags() {
    let cells = [
        "yes", "No", "y", "N", "ja", "NEIN", "oui", "non", "是", "否", "1", "0", "x", "",
    ];
    let [t, f] = ["true", "false"];
    let read = [t, f, t, f, t, f, t, f, t, f, t, f, t, "missing"];
    assert_eq!(column("vip", &cells, ""), read);
    let marked = "columns: {vip: {column: vip, if_blank: \"no\"}}";
    assert_eq!(column("vip", &["x", ""], marked), [t, f]);
    assert_eq!(column("vip", &["perhaps"], ""), ["perhaps"]);
}

#[test]
fn numbers_by_the_mark_that_is_stated_or_that_the_column_shows() {
    for (cells, mapping, read) in [
        (
            &["1,000", "1 029", "$1,000.50", "12%"][..],
            "",
            &["1000", "1029", "1000.5", "12"][..],
        ),
        (&["1.000", "1.200,50"], "", &["1000", "1200.5"]),
        (&["1.000", "0.125"], "", &["1", "0.125"]),
        (&["1.000", "2.500"], "decimal: \",\"", &["1000", "2500"]),
        (
            &["1,000"],
            "columns: {revenue: {column: revenue, decimal: \".\"}}",
            &["1000"],
        ),
        // Nothing shows which mark it is.
        (
            &["1.000", "12"],
            "",
            &["1.000 (decimals or thousands?)", "12"],
        ),
        // Both are shown.
        (
            &["1,5", "1.5", "2.000"],
            "",
            &["1.5", "1.5", "2.000 (decimals or thousands?)"],
        ),
        (&["26M", "n/a"], "", &["26M", "missing"]),
    ] {
        assert_eq!(
            column("revenue", cells, mapping),
            read,
            "{cells:?} {mapping}"
        );
    }
}

#[test]
fn customer_sizes() {
    let cells = [
        "51-200 employees",
        "50-99人",
        "1000人以上",
        "<10",
        ">500",
        "ca. 500",
        "10k+",
        "1.001-5.000",
        "５１－２００",
        "big",
        "many",
        "1.000",
    ];
    let read = [
        "51-200",
        "50-99",
        "1000+",
        "1-9",
        "501+",
        "500",
        "10000+",
        "1001-5000",
        "51-200",
        "big",
        "many",
        "1000",
    ];
    assert_eq!(column("customer_size", &cells, ""), read);
}

#[test]
fn moments_and_days() {
    let at = |mapping: &str, cell: &str| column("received", &[cell], mapping).remove(0);
    let by =
        |format: &str| format!("columns: {{received: {{column: received, date: \"{format}\"}}}}");
    assert_eq!(
        at("", "2021-04-15T02:00:00.000+0000"),
        "at 2021-04-15T02:00:00Z"
    );
    assert_eq!(at("", "2021-04-15 02:00:00"), "at 2021-04-15T00:00:00Z");
    assert_eq!(
        at(
            &by("%Y-%m-%dT%H:%M:%S%.f%z"),
            "2021-04-15T02:00:00.000+0000"
        ),
        "at 2021-04-15T02:00:00Z"
    );
    assert_eq!(
        at(&by("%d.%m.%Y"), "15.04.2021 02:00"),
        "at 2021-04-15T00:00:00Z"
    );
    assert_eq!(at(&by("%s"), "1618452000"), "at 2021-04-15T02:00:00Z");
    let day = |mapping: &str, cell: &str| column("since", &[cell], mapping).remove(0);
    let mapping = "{columns: {since: {column: since, date: [\"%d.%m.%y\", \"%d.%m.%Y\"]}}, two_digit_years: 1970}";
    assert_eq!(day(mapping, "15.04.24"), "2024-04-15");
    assert_eq!(day(mapping, "15.04.2031"), "2031-04-15");
    assert_eq!(day("", "2021-04-15T23:30:00Z"), "2021-04-16");
    // Never the year 24.
    assert_eq!(
        day(
            "columns: {since: {column: since, date: \"%d.%m.%Y\"}}",
            "15.04.24"
        ),
        "15.04.24"
    );
    let short = "columns: {since: {column: id, date: \"%d.%m.%y\"}}";
    assert!(refused("id\n1\n", short).contains("need `two_digit_years`"));
    let told = read("id,received\n1,soon\n", "");
    assert!(told[0].starts_with("2: `soon` is not a time; write 2026-03-31T09:30:00+08:00"));
}

#[test]
fn what_cannot_be_read_is_not_read_by_other_rules() {
    let policy = super::policy();
    let cases = [
        ("revenue", "12.50", "decimal: \",\""),
        ("revenue", "1.000", ""),
        (
            "since",
            "2026-03-31",
            "columns: {since: {column: since, date: \"%Y-%d-%m\"}}",
        ),
        ("since", "0026-03-31", ""),
        ("since", "9.9.26", ""),
    ];
    for (name, cell, mapping) in cases {
        let mut file = open(format!("id\t{name}\n1\t{cell}\n"), mapping).unwrap();
        let row = file.advance().unwrap().unwrap();
        let lead = row.lead.unwrap().lead;
        let listed = leadtree::lead::Facts::of(&lead, policy.dimensions());
        let value = listed.listed_attribute(name).unwrap().value;
        assert_eq!(value.known(), None, "{name} {cell} {mapping}");
    }
}

#[test]
fn a_word_that_stands_for_nothing_is_blank() {
    let mapping =
        "columns: {region: {column: region, values: {unknown: \"\"}, if_blank: de/bayern}}";
    assert_eq!(
        read("id,region\n1,Unknown\n2,\n", mapping),
        ["2: 1 de/bayern", "3: 2 de/bayern"]
    );
}

#[test]
fn words_for_no_value() {
    let text = "id,region,revenue,note\n1,N/A,-,N/A\n2,--None--,NULL,-\n3,Select,#N/A,x\n";
    let mut file = open(text, "").unwrap();
    // Free texts stay as they are.
    assert_eq!(
        rows(&mut file),
        ["2: 1 note=N/A", "3: 2 note=-", "4: 3 note=x"]
    );
    let words: Vec<_> = file.blank_words().collect();
    let expected = [
        ("N/A", 1),
        ("#N/A", 1),
        ("-", 1),
        ("NULL", 1),
        ("--None--", 1),
        ("Select", 1),
    ];
    assert_eq!(words, expected);
    let own = "blanks: [x, unknown]";
    assert_eq!(
        read("id,region,note\n1,Unknown,X\n2,n/a,-\n", own),
        ["2: 1", "3: 2 n/a note=-"]
    );
}
