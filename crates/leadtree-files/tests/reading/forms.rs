//! Separators, encodings, JSON, and rows that are broken.

use std::io::Write as _;

use super::{open, read, refused, rows};

#[test]
fn every_separator_is_recognised_or_told() {
    let expected = ["2: 1 us/west a, b; c|d", "3: 2 de/bayern x"];
    for separator in [',', ';', '\t', '|'] {
        let s = separator;
        let text =
            format!("id{s}region{s}industry\n1{s}us/west{s}\"a, b; c|d\"\n2{s}de/bayern{s}x\n");
        assert_eq!(read(&*text, ""), expected, "{separator:?}");
    }
    let told = "sep=;\r\nid;region;industry\r\n1;us/west;steel\r\n";
    assert_eq!(read(told, ""), ["3: 1 us/west steel"]);
    // One that nobody would guess.
    let rare = "id^region\n1^us/west\n";
    assert_eq!(read(rare, "separator: ^"), ["2: 1 us/west"]);
    assert!(refused(rare, "").contains("the file has no column `id`"));
    assert!(refused(rare, "separator: two").contains("write `;`, `,`, `|` or `tab`"));
}

#[test]
fn a_missing_column_is_told_with_the_columns_that_there_are() {
    let columns = "did you mean `Region`?; the columns are `id`, `Region`";
    let mapping = "columns: {region: regoin}";
    assert!(refused("id,Region\n1,x\n", mapping).contains(columns));
    assert!(refused(r#"[{"id": 1, "Region": "x"}]"#, mapping).contains("did you mean `Region`?"));
}

#[test]
fn every_encoding_is_recognised_or_stated() {
    let text = "id;region;industry\n1;de/bayern;Gerätebau für Öfen\n2;de/sachsen;Café\n";
    let expected = ["2: 1 de/bayern Gerätebau für Öfen", "3: 2 de/sachsen Café"];
    let utf_16 = text.encode_utf16();
    let marked = std::iter::once(0xfeff).chain(utf_16.clone());
    let latin: Vec<u8> = text
        .chars()
        .map(|it| u8::try_from(u32::from(it)).unwrap())
        .collect();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    for (name, bytes) in [
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8", format!("\u{feff}{text}").into_bytes()),
        (
            "UTF-16LE",
            utf_16.clone().flat_map(u16::to_le_bytes).collect(),
        ),
        (
            "UTF-16LE",
            marked.clone().flat_map(u16::to_le_bytes).collect(),
        ),
        ("UTF-16BE", marked.flat_map(u16::to_be_bytes).collect()),
        ("windows-1252", latin),
        ("UTF-8", packed.finish().unwrap()),
    ] {
        let mut file = open(bytes, "").unwrap();
        assert_eq!(file.encoding(), name);
        assert_eq!(rows(&mut file), expected, "{name}");
    }
    // 编号,region\n1,上海\n in GBK.
    let chinese =
        b"id,region\n1,\xc9\xcf\xba\xa3\n2,\xc9\xcf\xba\xa3\xca\xd0\n3,\xb1\xb1\xbe\xa9\n";
    for mapping in ["", "encoding: gbk", "encoding: GB18030"] {
        assert_eq!(
            read(chinese, mapping),
            ["2: 1 上海", "3: 2 上海市", "4: 3 北京"],
            "{mapping}"
        );
    }
    assert!(refused("id\n", "encoding: klingon").contains("unknown encoding `klingon`"));
}

#[test]
fn a_bad_byte_costs_its_row_only_where_it_matters() {
    // Long enough that the beginning is UTF-8 without doubt.
    let rows_before = (0..40_000).map(|row| format!("{row},de/bayern,é\n"));
    let text: Vec<_> = std::iter::once("id,region,other\n".to_owned())
        .chain(rows_before)
        .collect();
    let text = text.concat();
    let mut bytes = text.into_bytes();
    bytes.extend(b"bad,\xffx,y\ngood,de/bayern,\xff\n");
    let mut file = open(bytes, "").unwrap();
    let rows = rows(&mut file);
    assert_eq!(
        rows[40_000..],
        [
            "40002: column `region` is not UTF-8; name the file's `encoding`",
            "40003: good de/bayern"
        ]
    );
}

#[test]
fn json_comes_in_every_form() {
    let expected = ["1: 12345678901234567890123 us/west vip=true", "2: b"];
    let one =
        r#"{"id": 12345678901234567890123, "properties": {"region": "us/west"}, "vip": "ja"}"#;
    let two = r#"{"id": "b", "properties": null}"#;
    let mapping = "columns: {region: properties.region}";
    for text in [
        format!("{one}\n{two}\n"),
        format!("\n \n{one}\n\n{two}"),
        format!("[{one},\n{two}]"),
        format!("[\n{one}\n,\n{two}\n]"),
        one.replace(", ", ",\n    ") + "\n" + two,
        format!("\u{feff}{one}\n{two}\n"),
    ] {
        let ids = |rows: Vec<String>| -> Vec<String> {
            let rows = rows.iter().map(|row| row.split_once(": ").unwrap().1);
            rows.map(str::to_owned).collect()
        };
        let expected = ids(expected.map(str::to_owned).to_vec());
        assert_eq!(ids(read(&*text, mapping)), expected, "{text}");
    }
    // A repeated key matters where it is used.
    let twice = "{\"id\": 1, \"x\": 1, \"x\": 2}\n{\"id\": 1, \"id\": 2}\n";
    assert_eq!(
        read(twice, ""),
        ["1: 1", "2: `id` is given twice; keep one"]
    );
}

#[test]
fn a_list_that_is_cut_off_and_a_text_that_is_not_closed_are_told() {
    let cut = "[{\"id\": 1},\n{\"id\": 2},\n";
    let told = [
        "1: 1",
        "2: 2",
        "3: the list is not closed, so the file was cut off; export it again",
    ];
    assert_eq!(read(cut, ""), told);
    let open = "[{\"id\": \"1\"},\n{\"id\": \"2},\n{\"id\": \"3\"}]\n";
    let rows = read(open, "");
    assert!(
        rows[1].contains("the lines up to 4 were taken for a part of it"),
        "{rows:?}"
    );
    assert_eq!(
        read("{\"id\": \"a\\ud800\"}", ""),
        ["1: `id` is no Unicode, not a text, a number or a flag; write a single value"]
    );
}

#[test]
fn the_first_object_may_be_long() {
    let text = format!(
        "{{\"id\": 1, \"x\": \"{}\"}}\n{{\"id\": 2}}\n",
        "x".repeat(300_000)
    );
    assert_eq!(read(&*text, ""), ["1: 1", "2: 2"]);
}

#[test]
fn what_is_wrong_with_the_header_is_told() {
    assert_eq!(
        refused("id,\"region\n1,x\n", ""),
        "the header in line 1: a quotation mark is not closed; close it, or write it twice if it belongs to the text"
    );
    assert!(refused("id\n1\n", "header_line: 9").contains("no header in line 9"));
    assert!(refused("id\n1\n", "header_line: 0").contains("counted from 1"));
    assert_eq!(
        read("title\rid,region\r1,x\r", "header_line: 2"),
        ["3: 1 x"]
    );
}

#[test]
fn deep_values_are_no_danger() {
    let deep = |open: &str, close: &str| open.repeat(200_000) + "1" + &close.repeat(200_000);
    let (lists, maps) = (deep("[", "]"), deep("{\"id\":", "}"));
    let first = r#"{"id": 0}"#;
    let text =
        format!("{first}\n{{\"id\": 1, \"tags\": {lists}}}\n{{\"id\": 2, \"note\": {maps}}}\n");
    let told = [
        "1: 0",
        "2: `tags` is a list of lists",
        "3: `note` is an object",
    ];
    for (row, told) in read(text, "").iter().zip(told) {
        assert!(row.starts_with(told), "{row}");
    }
}

#[test]
fn an_open_quotation_mark_names_its_line_and_spares_the_rest() {
    let text = "id,region\n1,\"us/west\n2,de/bayern\n3,\"de/sachsen\"\n4,\"two\nlines\"\n";
    let told =
        "2: a quotation mark is not closed; close it, or write it twice if it belongs to the text";
    assert_eq!(
        read(text, ""),
        [told, "3: 2 de/bayern", "4: 3 de/sachsen", "5: 4 two\nlines"]
    );
}

#[test]
fn lines_above_the_header_and_blank_rows_are_passed_over() {
    let text = "Report of March\n\"by region, weekly\"\nid;region\n;\n1;us/west\n\n;\n";
    let mut file = open(text, "header_line: 3").unwrap();
    assert_eq!(rows(&mut file), ["5: 1 us/west"]);
    assert_eq!(file.blank_rows(), 2);
    assert_eq!(read("", "columns: {id: {row_number: true}}"), [""; 0]);
}

#[cfg(feature = "workbooks")]
#[test]
fn what_begins_as_a_workbook_and_is_none_is_told() {
    let told = open(b"PK\x03\x04nothing".to_vec(), "")
        .map(drop)
        .unwrap_err()
        .to_string();
    assert!(told.starts_with("as a workbook: "), "{told}");
}

#[cfg(not(feature = "workbooks"))]
#[test]
fn a_workbook_is_told_where_it_cannot_be_read() {
    let told = open(b"PK\x03\x04nothing".to_vec(), "")
        .map(drop)
        .unwrap_err()
        .to_string();
    assert_eq!(
        told,
        "it is a workbook or an archive; save it as CSV in UTF-8"
    );
}
