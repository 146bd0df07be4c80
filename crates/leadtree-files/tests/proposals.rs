//! Proposals for mappings, compared with the mappings that a person writes for the same files.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

mod expected;

use std::fs::{self, File};
use std::io::Cursor;
use std::path::{Path, PathBuf};

use expected::{EXPORTS, Expected, Export};
use leadtree::policy::Policy;
use leadtree_files::{DecimalMark, LeadFile, Mapping, Proposal, ProposedField};

/// A file of the tests; none if it is one of the real data sets and they are not there.
fn path(file: &str) -> Option<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let Some(real) = file.strip_prefix("corpus/") else {
        return Some(tests.join(file));
    };
    let path = tests.join("../../../../shared/corpus/leads").join(real);
    if !path.exists() {
        println!("skipped: there is no {}", path.display());
        return None;
    }
    Some(path)
}

fn policy(file: &str) -> Policy {
    Policy::from_yaml(&fs::read_to_string(path(file).unwrap()).unwrap()).unwrap()
}

fn proposal(bytes: Vec<u8>, policy: &Policy) -> Proposal {
    Proposal::of(Box::new(Cursor::new(bytes)), &Mapping::default(), policy).unwrap()
}

/// A field of a proposal in the words of the tables of expected mappings.
fn in_words(field: &ProposedField) -> Expected {
    let mut options = Vec::new();
    if !field.dates.is_empty() {
        options.push(field.dates.join(" or "));
    }
    if !field.other_dates.is_empty() {
        options.push("day or month first?".to_owned());
    }
    options.extend(field.split.map(|split| format!("split {split}")));
    if field.blank_is_no {
        options.push("blank is no".to_owned());
    }
    options.extend(field.decimal.map(|mark| format!("decimal {mark:?}")));
    Expected {
        field: field.field.name().to_owned(),
        columns: field.columns.join(" + "),
        options: options.join(", "),
    }
}

/// A proposal in the words of the tables of expected mappings, and what it says of the whole file.
fn all_in_words(proposal: &Proposal) -> Vec<Expected> {
    let mut all: Vec<_> = proposal.fields.iter().map(in_words).collect();
    let whole = [
        proposal
            .header_line
            .map(|line| ("header_line", line.to_string())),
        proposal
            .two_digit_years
            .map(|year| ("two_digit_years", year.to_string())),
        proposal.decimal.map(|mark| {
            let mark = if mark == DecimalMark::Comma { "," } else { "." };
            ("decimal", mark.to_owned())
        }),
    ];
    all.extend(whole.into_iter().flatten().map(|(field, text)| Expected {
        field: field.to_owned(),
        columns: text,
        options: String::new(),
    }));
    all
}

/// How many of the expected entries the proposal has, and how many either of both has.
fn agreement(export: &Export, proposal: &Proposal) -> (usize, usize) {
    let expected = export.expected();
    let proposed = all_in_words(proposal);
    let right = expected.iter().filter(|entry| proposed.contains(entry));
    let right = right.count();
    for entry in expected.iter().filter(|entry| !proposed.contains(entry)) {
        let other = proposed.iter().find(|other| other.field == entry.field);
        println!("{}: expected {entry:?}, proposed {other:?}", export.leads);
    }
    let is_extra = |entry: &&Expected| expected.iter().all(|other| other.field != entry.field);
    let extra: Vec<_> = proposed.iter().filter(is_extra).collect();
    for entry in &extra {
        println!("{}: not expected {entry:?}", export.leads);
    }
    (right, expected.len() + extra.len())
}

#[test]
fn nine_columns_in_ten_are_proposed_as_a_person_maps_them() {
    let (mut right, mut all) = (0, 0);
    for export in EXPORTS {
        let Some(leads) = path(export.leads) else {
            continue;
        };
        let proposal = proposal(fs::read(leads).unwrap(), &policy(export.policy));
        let (own_right, own_all) = agreement(&export, &proposal);
        println!("{}: {own_right} of {own_all}", export.leads);
        assert!(
            own_right * 10 >= own_all * 8,
            "{}:\n{proposal}",
            export.leads
        );
        right += own_right;
        all += own_all;
    }
    println!("all: {right} of {all}");
    assert!(right * 10 >= all * 9, "{right} of {all}");
}

#[test]
fn a_proposal_is_a_mapping_that_reads_the_file() {
    for export in EXPORTS {
        let Some(leads) = path(export.leads) else {
            continue;
        };
        let policy = policy(export.policy);
        let text = proposal(fs::read(&leads).unwrap(), &policy).to_string();
        let mapping = Mapping::read("proposal.yaml", &text);
        let mapping = mapping.unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
        let file = Box::new(File::open(&leads).unwrap());
        let mut rows = LeadFile::open(file, &mapping, &policy, Path::new(""))
            .unwrap_or_else(|error| panic!("{error}\n{text}"));
        let mut count = 0;
        while let Some(row) = rows.advance().unwrap() {
            let arrival = row.lead.unwrap_or_else(|fault| panic!("{fault}\n{text}"));
            assert!(!arrival.lead.id().is_empty());
            count += 1;
        }
        assert!(count >= 25, "{}: {count}", export.leads);
    }
}

/// The columns in another order, and their names in another spelling, change nothing.
#[test]
fn neither_the_order_of_columns_nor_their_spelling_matters() {
    for export in EXPORTS.iter().filter(|export| export.header_line.is_none()) {
        let Some(leads) = path(export.leads) else {
            continue;
        };
        let policy = policy(export.policy);
        let bytes = fs::read(leads).unwrap();
        let original = proposal(bytes.clone(), &policy);
        let separator = original.separator.unwrap().value;
        let (text, _, _) = encoding_rs::Encoding::for_label(original.encoding.value.as_bytes())
            .unwrap()
            .decode(&bytes);
        let spelt = |name: &str| name.to_uppercase().replace(' ', "_");
        let turned = turned(&text, u8::try_from(separator).unwrap(), spelt);
        let other = proposal(turned, &policy);
        let mut expected: Vec<_> = original.fields.iter().map(in_words).collect();
        for entry in &mut expected {
            entry.columns = spelt(&entry.columns).replace("_+_", " + ");
        }
        let found: Vec<_> = other.fields.iter().map(in_words).collect();
        assert_eq!(found, expected, "{}", export.leads);
    }
}

/// The table with its last column first, and other names.
fn turned(text: &str, separator: u8, spelt: impl Fn(&str) -> String) -> Vec<u8> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (number, record) in reader.records().enumerate() {
        let record = record.unwrap();
        let cells = record.iter().rev();
        let cells = cells.map(|cell| {
            if number == 0 {
                spelt(cell)
            } else {
                cell.to_owned()
            }
        });
        writer.write_record(cells).unwrap();
    }
    writer.into_inner().unwrap()
}

#[test]
fn the_text_of_a_proposal() {
    let bytes = fs::read(path("exports/dynamics.csv").unwrap()).unwrap();
    let dynamics = proposal(bytes, &policy("exports/dynamics.yaml"));
    insta::assert_snapshot!("dynamics", dynamics);
    // Everything that can be unclear.
    let policy = Policy::from_yaml(
        "regions: {paths: [Bayern, Hessen, Tirol]}\nattributes: {amount: number, vip: flag, tags: tags, due: date}\n\
         pools: [p]\nrules: [{id: all, assign_to: {pool: p}}]",
    );
    let text = "\
Customer;Where;Amount;VIP;Tags;Due;Created at;Notes;Notes
A;Bayern;1,000;x;a, b;02/03/26;04/05/2026;;
A;Hessen;2,500;;b;04/05/26;01/02/2026;;
A;Tirol;n/a;;;;;;
B;Rom;750;x;a;;;;
";
    let unclear = proposal(text.as_bytes().to_vec(), &policy.unwrap());
    insta::assert_snapshot!("unclear", unclear);
}

#[test]
fn keys_inside_other_objects_are_columns() {
    let policy = Policy::from_yaml(
        "regions: {paths: [Bayern, Hessen]}\nattributes: {tags: tags}\npools: [p]\n\
         rules: [{id: all, assign_to: {pool: p}}]",
    );
    let text = r#"[{"id": 7, "properties": {"region": "bayern", "Tags": ["a", "b"]}, "company": {"size": 12}},
        {"id": 8, "properties": {"region": "hessen", "createdAt": "2026-03-14T08:00:00Z"}}]"#;
    let proposal = proposal(text.as_bytes().to_vec(), &policy.unwrap());
    let found: Vec<_> = proposal.fields.iter().map(in_words).collect();
    let found: Vec<_> = found
        .iter()
        .map(|entry| (&*entry.field, &*entry.columns))
        .collect();
    assert_eq!(
        found,
        [
            ("id", "id"),
            ("received", "properties.createdAt"),
            ("region", "properties.region"),
            ("customer_size", "company.size"),
            ("tags", "properties.Tags"),
        ]
    );
    assert_eq!(proposal.separator, None);
}

#[test]
fn leads_in_an_object_around_them_are_found() {
    let policy = Policy::from_yaml(
        "regions: {paths: [Bayern, Hessen]}\npools: [p]\nrules: [{id: all, assign_to: {pool: p}}]",
    )
    .unwrap();
    let lead = r#"{"id": 7, "region": "bayern"}, "#;
    for leads in [lead.to_owned(), lead.repeat(20_000)] {
        let text = format!(
            "{{\"total\": 2, \"records\": [{leads}{{\"id\": 8, \"region\": \"hessen\"}}]}}"
        );
        let proposal = proposal(text.into_bytes(), &policy);
        assert_eq!(proposal.list_key.as_deref(), Some("records"));
        let columns: Vec<_> = proposal
            .fields
            .iter()
            .map(|field| &*field.columns)
            .collect();
        assert!(
            columns.iter().any(|columns| columns == &["region"]),
            "{columns:?}"
        );
        assert!(
            proposal.to_string().contains("\nrows: records  #"),
            "{proposal}"
        );
    }
    let two = "{\"id\": 7, \"contacts\": [{\"id\": 1}]}\n{\"id\": 8}\n";
    assert_eq!(proposal(two.as_bytes().to_vec(), &policy).list_key, None);
}

#[test]
fn what_is_stated_holds_and_is_written() {
    let policy = Policy::from_yaml("pools: [p]\nrules: [{id: all, assign_to: {pool: p}}]").unwrap();
    let stated = Mapping::default().encoding("gbk").separator("|");
    let file = encoding_rs::GBK.encode("编号|省\n1|a,b\n").0.into_owned();
    let proposal = Proposal::of(Box::new(Cursor::new(file)), &stated, &policy).unwrap();
    let text = proposal.to_string();
    assert!(
        text.contains("\nencoding: gbk\nseparator: \"|\"\n"),
        "{text}"
    );
    assert!(text.contains("id: 编号"), "{text}");
    let wrong = Mapping::default().encoding("gkb");
    let refused = Proposal::of(Box::new(Cursor::new(Vec::new())), &wrong, &policy);
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("unknown encoding `gkb`")
    );
}

#[test]
fn an_empty_file_is_proposed_nothing() {
    let policy = Policy::from_yaml("pools: [p]\nrules: [{id: all, assign_to: {pool: p}}]").unwrap();
    for bytes in [&b""[..], b"\n\n", b"[]", b"a,b\n"] {
        let proposal = proposal(bytes.to_vec(), &policy);
        assert_eq!(proposal.rows, 0);
        assert!(proposal.to_string().contains("id: {row_number: true}"));
    }
}

#[test]
fn a_column_of_codes_is_no_customer_size() {
    let policy = Policy::from_yaml(
        "{attributes: {plz: text}, pools: [p], rules: [{id: a, assign_to: {pool: p}}]}",
    )
    .unwrap();
    // One of 24 has a country in front, so the others look like head counts among which is a word.
    let codes = [
        &["01067", "10115", "80331", "20095"].repeat(6)[1..],
        &["D-06108"],
    ]
    .concat();
    let rows = (0..).zip(&codes).map(|(id, code)| format!("{id},{code}\n"));
    let rows: String = rows.collect();
    let proposal = proposal(format!("id,PLZ\n{rows}").into_bytes(), &policy);
    let found: Vec<_> = proposal
        .fields
        .iter()
        .map(|field| field.field.name())
        .collect();
    assert_eq!(found, ["id", "plz"]);
    // Ranges tell a size, whatever the column is called.
    let rows: String = rows_of_sizes();
    let proposal = self::proposal(format!("id,Firmografie\n{rows}").into_bytes(), &policy);
    let found: Vec<_> = proposal
        .fields
        .iter()
        .map(|field| field.field.name())
        .collect();
    assert_eq!(found, ["id", "customer_size"]);
}

fn rows_of_sizes() -> String {
    let sizes = ["1-9", "10-49", "50-249", "250+"].repeat(5);
    let rows = (0..).zip(sizes).map(|(id, size)| format!("{id},{size}\n"));
    rows.collect()
}
