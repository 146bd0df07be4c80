//! What would be read as something else, or as nothing, is told.

use std::io::Cursor;

use leadtree_files::{LeadFile, Mapping, NotRead, OpenError, RowFault};

use super::{open, policy, read, refused, rows};

#[test]
fn options_that_apply_to_nothing_are_told() {
    let in_vain = |text: &str, mapping: &str| -> Vec<String> {
        let mut file = open(text, mapping).unwrap();
        rows(&mut file);
        let told = file.options_in_vain();
        told.map(|(field, option)| format!("{field}: {option}"))
            .collect()
    };
    let text = "id,Land,note\n1,by,x-1\n2,sn,x-2\n";
    let mapping = r"{columns: {region: {column: Land, values: {BAY: de/bayern}}, note: {column: note, match: 'y-(\d)'}}}";
    assert_eq!(in_vain(text, mapping), ["region: values", "note: match"]);
    let used = mapping.replace("BAY", "By").replace("y-", "x-");
    assert_eq!(in_vain(text, &used), [""; 0]);
    // Where nothing is given, nothing can apply.
    assert_eq!(in_vain("id,Land,note\n1,,\n", mapping), [""; 0]);
}

#[test]
fn numbers_of_json_keep_their_point_whatever_else_a_mapping_says() {
    let text = r#"[{"id": 1, "n": 12.345}, {"id": 2, "n": "7,5"}]"#;
    for source in [
        "n",
        "{column: n, if_blank: '0'}",
        "{first_of: [n, id]}",
        "{column: n, values: {x: '1'}}",
    ] {
        let mapping = format!("columns: {{revenue: {source}}}");
        let read = read(text, &mapping);
        assert_eq!(
            read,
            ["1: 1 revenue=12.345", "1: 2 revenue=7.5"],
            "{source}"
        );
    }
}

#[test]
fn codes_that_became_numbers_are_padded_as_codes() {
    let mapping = "columns: {note: {column: PLZ, pad: 5, first: 2}}";
    let text = "id,PLZ\n1,1067.0\n2,1067\n3,01067\n4,10.67\n";
    let notes = [
        "2: 1 note=01",
        "3: 2 note=01",
        "4: 3 note=01",
        "5: 4 note=10",
    ];
    assert_eq!(read(text, mapping), notes);
}

#[test]
fn half_of_something_is_no_customer_size() {
    let read = read("id,customer_size\n1,0.500\n2,1.500\n", "{}");
    assert_eq!(read, ["2: 1 0.500", "3: 2 1500"]);
}

#[test]
fn what_stands_behind_the_object_around_all_leads_is_told() {
    let mapping = "{rows: records, columns: {id: id}}";
    let page = |id: u32| format!("{{\"records\": [{{\"id\": \"L{id}\"}}], \"next\": [2]}}\n");
    assert_eq!(read(page(1), mapping), ["1: L1"]);
    let two = read(page(1) + &page(2), mapping);
    let told = "2: more stands behind the object around all leads, and is not read; give each object a file of its own";
    assert_eq!(two, ["1: L1", told]);
    let cut = read("{\"records\": [{\"id\": \"L1\"}], \"nex", mapping);
    assert!(cut[1].contains("the file was cut off"), "{cut:?}");
}

#[test]
fn objects_in_one_line_have_numbers_of_their_own() {
    let numbered = "columns: {id: {row_number: true}}";
    let text = "[{\"region\": \"us\"}, {\"region\": \"de\"}]";
    assert_eq!(read(text, numbered), ["1: 1 us", "1: 2 de"]);
}

#[test]
fn constants_that_are_no_values_are_refused() {
    for (columns, told) in [
        (
            "region: {value: de/bayren}",
            "columns.region.value: `de/bayren` is no region of the policy",
        ),
        ("region: {value: de/bayren}", "did you mean `de/bayern`?"),
        (
            "region: {column: x, if_blank: nowhere}",
            "columns.region.if_blank: `nowhere` is no region",
        ),
        (
            "industry: {column: x, values: {a: stel}}",
            "columns.industry.values: `stel` is no industry",
        ),
        ("customer_size: {value: many}", "`many` is no customer size"),
        (
            "vip: {column: x, if_given: maybe}",
            "columns.vip.if_given: `maybe` is no flag",
        ),
        ("revenue: {value: '1.000'}", "`1.000` is no number"),
        ("since: {value: 31.3.2026}", "`31.3.2026` is no date"),
        ("received: {value: noon}", "`noon` is no time"),
        (
            "region: {column: x, values: {A a: us, aA: de}}",
            "`values` has `aA` twice",
        ),
    ] {
        let mapping = format!("{{columns: {{{columns}}}}}");
        let found = refused("id,x\n1,a\n", &mapping);
        assert!(found.contains(told), "{columns}: {found}");
    }
    // An alias, a path that leaves steps out, a band, and a constant that `values` replaces.
    for columns in [
        "region: {value: USA}",
        "region: {value: USA/CA}",
        "customer_size: {column: x, if_blank: small}",
        "region: {value: here, values: {Here: us}}",
        "vip: {column: x, if_blank: 'no'}",
        // The policy lists no product lines.
        "product_line: {value: new}",
    ] {
        let mapping = format!("{{columns: {{{columns}}}}}");
        assert!(open("id,x\n1,a\n", &mapping).is_ok(), "{columns}");
    }
}

#[test]
fn invisible_characters_around_a_text_are_taken_away_and_told_inside_an_id() {
    let text = "\u{feff}id\u{200b},\u{a0}region\u{ad},note\n\u{200b}1\u{feff},\u{2060}us\u{a0},a\n2\u{200b}3,us,b\n4\u{ad}5,us,c\n";
    let mut file = open(text, "").unwrap();
    let found = [
        "2: 1 us note=a",
        "3: 2\u{200b}3 us note=b",
        "4: 4\u{ad}5 us note=c",
    ];
    assert_eq!(rows(&mut file), found);
    assert_eq!(file.ids_with_invisible_characters(), (2, 3));
    assert_eq!(
        read("id,vip\n1,\u{200b}yes\u{200b}\n", ""),
        ["2: 1 vip=true"]
    );
}

#[test]
fn tags_that_are_not_given_are_blank() {
    let mapping = "{columns: {tags: {column: tags, if_blank: none}}}";
    let text =
        r#"[{"id": 1}, {"id": 2, "tags": []}, {"id": 3, "tags": null}, {"id": 4, "tags": "a;;b"}]"#;
    let found = [
        "1: 1 tags=none",
        "1: 2 tags=none",
        "1: 3 tags=none",
        "1: 4 tags=a, b",
    ];
    assert_eq!(read(text, mapping), found);
    let told = refused(
        "id,tags\n1,a\n",
        "{columns: {tags: {column: tags, split: ''}}}",
    );
    assert!(
        told.contains("columns.tags.split: nothing would separate the tags"),
        "{told}"
    );
    // Each option applies once, also where the tags come from one of several columns.
    let once = "{columns: {tags: {first_of: [x, tags], first: 3}}}";
    assert_eq!(
        read("id,x,tags\n1,,abcd;efgh\n", once),
        ["2: 1 tags=abc, efg"]
    );
}

#[test]
fn numbers_of_json_have_a_decimal_point_whatever_the_texts_have() {
    let text = r#"[{"id": 1, "revenue": 1.125}, {"id": 2, "revenue": "1.125"}, {"id": 3, "revenue": 1.5}]"#;
    let found = [
        "1: 1 revenue=1.125",
        "1: 2 revenue=1.125 (decimals or thousands?)",
        "1: 3 revenue=1.5",
    ];
    assert_eq!(read(text, ""), found);
    let found = [
        "1: 1 revenue=1.125",
        "1: 2 revenue=1125",
        "1: 3 revenue=1.5",
    ];
    assert_eq!(read(text, "decimal: ','"), found);
}

#[test]
fn a_path_without_its_first_step_is_no_other_path() {
    let mapping = "{columns: {region: {path: [country, state, city]}}}";
    let text = "id,country,state,city\n1,,CA,\n2,us,,california\n3,,,\n";
    // `CA` alone would be the alias of California.
    assert_eq!(
        read(text, mapping),
        ["2: 1 /CA", "3: 2 us/west/california", "4: 3"]
    );
    assert!(
        policy()
            .dimensions()
            .regions()
            .resolve("/CA")
            .value
            .known()
            .is_none()
    );
}

#[test]
fn an_object_around_all_leads_is_told_and_read_as_the_mapping_says() {
    let text = r#"{"total": 2, "next": {"items": [1]}, "records": [{"id": "a", "region": "us"},
        {"id": "b", "region": "de"}], "done": true}"#;
    let numbered = "{columns: {id: {row_number: true}}}";
    for mapping in ["", numbered] {
        let told = refused(text, mapping);
        let expected = "rows: the file is one object around all leads, which stand in its list `records`; write \
                        `rows: records`";
        assert!(told.contains(expected), "{told}");
    }
    let found = ["1: a us", "2: b de"];
    assert_eq!(read(text, "rows: records"), found);
    let one_line = text.replace('\n', " ");
    assert_eq!(read(&*one_line, "rows: records"), ["1: a us", "1: b de"]);
    let cut = text.split("],").next().unwrap().to_owned() + "]";
    let cut = cut.split("}]").next().unwrap();
    assert!(
        read(cut, "rows: records")
            .last()
            .unwrap()
            .contains("cut off")
    );
    for (text, mapping, told) in [
        (
            text,
            "rows: recrods",
            "it has no list `recrods` in an object around all leads",
        ),
        (
            "id\n1\n",
            "rows: records",
            "rows: `rows` is for JSON files only",
        ),
    ] {
        let found = refused(text, mapping);
        assert!(found.contains(told), "{found}");
    }
    // A lead may have a list of objects.
    let lead = r#"{"id": "a", "region": "us", "contacts": [{"name": "x"}]}"#;
    assert_eq!(read(lead, ""), ["1: a us"]);
    assert_eq!(read(lead, numbered), ["1: 1 us"]);
}

#[test]
fn a_title_above_the_header_is_told_with_the_line_of_the_header() {
    let text = "Leads of March;;\n;;\nid;region;note\n1;us;x\n2;de;y\n";
    for mapping in [
        "",
        "{columns: {id: {row_number: true}}}",
        "{columns: {region: region}}",
    ] {
        let told = refused(text, mapping);
        assert!(
            told.contains("line 3 the header, so no column would be found; write `header_line: 3`"),
            "{told}"
        );
    }
    assert_eq!(
        read(text, "header_line: 3"),
        ["4: 1 us note=x", "5: 2 de note=y"]
    );
}

#[test]
fn letters_of_another_encoding_are_doubted() {
    // As DOS writes umlauts.
    let rows = "1;M\u{81}ller und S\u{94}hne\n2;Gr\u{81}n, Stra\u{e1}e 5\n".repeat(20);
    let text = format!("id;note\n{rows}");
    let bytes: Vec<u8> = text
        .chars()
        .map(|it| u8::try_from(u32::from(it)).unwrap())
        .collect();
    let file = open(bytes.clone(), "").unwrap();
    assert_eq!(file.encoding(), "windows-1252");
    assert_eq!(file.doubtful_word(), Some("M\u{81}ller"));
    // Whoever states an encoding knows it.
    let file = open(bytes, "encoding: windows-1252").unwrap();
    assert_eq!(file.doubtful_word(), None);
    let text = "id;note\n1;M\u{fc}ller\n"
        .chars()
        .map(|it| u8::try_from(u32::from(it)).unwrap());
    assert_eq!(
        open(text.collect::<Vec<u8>>(), "").unwrap().doubtful_word(),
        None
    );
}

#[test]
fn faults_of_rows_have_codes_and_remedies() {
    let mut file = open(
        "id,received,region\n1,noon,us\n,2026-03-31,us\n3,2026-03-31\n",
        "",
    )
    .unwrap();
    let mut told = Vec::new();
    while let Some(row) = file.advance().unwrap() {
        let fault: RowFault = row.lead.map(drop).unwrap_err();
        assert_eq!(
            fault.to_string(),
            format!("{}; {}", fault.problem(), fault.remedy())
        );
        told.push((row.line, fault.code()));
    }
    assert_eq!(
        told,
        [(2, "not-a-moment"), (3, "no-id"), (4, "field-count")]
    );
}

#[test]
fn values_that_cannot_be_read_are_listed_with_their_lead() {
    let text = "id,customer_size,revenue,vip,since,note\n1,many,1.000,maybe,31.3.2026,x\n2,5,1,yes,2026-03-31,y\n";
    let mut file = open(text, "").unwrap();
    let row = file.advance().unwrap().unwrap();
    let arrival = row.lead.unwrap();
    let unread: Vec<_> = arrival
        .unread
        .iter()
        .map(|it| (it.field, &*it.text, it.why))
        .collect();
    let expected = [
        ("customer_size", "many", NotRead::NotASize),
        ("vip", "maybe", NotRead::NotAFlag),
        ("revenue", "1.000", NotRead::TwoReadings),
        ("since", "31.3.2026", NotRead::NotADate),
    ];
    assert!(
        expected.iter().all(|value| unread.contains(value)) && unread.len() == 4,
        "{unread:?}"
    );
    let size = arrival
        .unread
        .iter()
        .find(|it| it.field == "customer_size")
        .unwrap();
    let told = "customer_size: `many` is no customer size; write a head count, a range such as 51-200, or the name of a band";
    assert_eq!(size.to_string(), told);
    let row = file.advance().unwrap().unwrap();
    assert_eq!(row.lead.unwrap().unread, []);
}

#[test]
fn a_mapping_that_does_not_fit_is_told_with_its_lines() {
    let mapping = Mapping::read("m.yaml", "columns:\n  region: Regoin\n  id: Nr\n").unwrap();
    let file = Box::new(Cursor::new("Nr,Region\n1,us\n"));
    let Err(OpenError::Mapping(findings)) = LeadFile::open(file, &mapping, &policy(), "".as_ref())
    else {
        panic!("it fits");
    };
    let lines: Vec<_> = findings
        .iter()
        .map(|it| it.location.as_ref().map(|at| at.line))
        .collect();
    assert_eq!(lines, [Some(2)]);
}

#[test]
fn further_columns_come_with_the_lead() {
    let mapping = Mapping::default()
        .default_id("none")
        .further_columns(["vip", "Owner", "team"]);
    let text = "region,VIP,owner,attributes.vip\nus, x ,y,yes\n";
    let file = Box::new(Cursor::new(text));
    let mut file = LeadFile::open(file, &mapping, &policy(), "".as_ref()).unwrap();
    assert_eq!(file.unused_columns(), [""; 0]);
    let arrival = file.advance().unwrap().unwrap().lead.unwrap();
    assert_eq!(arrival.further, ["x", "y", ""]);
    assert_eq!(arrival.lead.id(), "none");
    assert_eq!(
        arrival
            .lead
            .attribute("vip")
            .map(ToString::to_string)
            .as_deref(),
        Some("true")
    );
}
