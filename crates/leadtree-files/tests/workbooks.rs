//! Workbooks, read as leads.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

use std::io::{Cursor, Write as _};
use std::path::Path;

use leadtree::policy::Policy;
use leadtree_files::{LeadFile, Mapping};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const POLICY: &str =
    "{regions: {paths: [east]}, attributes: {revenue: number, since: date, vip: flag}}";

/// The rows of `leads`: an empty one, the header, and cells of every kind. 46112 is 2026-03-31.
const SHEET: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="2"><c r="A2" t="inlineStr"><is><t>id</t></is></c><c r="B2" t="inlineStr"><is><t>region</t></is></c>
<c r="C2" t="inlineStr"><is><t>revenue</t></is></c><c r="D2" t="inlineStr"><is><t>since</t></is></c>
<c r="E2" t="inlineStr"><is><t>vip</t></is></c></row>
<row r="3"><c r="A3"><v>1001</v></c><c r="B3" t="inlineStr"><is><t>East, "old"</t></is></c><c r="C3"><v>1200.5</v></c>
<c r="D3" s="1"><v>46112</v></c><c r="E3" t="b"><v>1</v></c></row>
<row r="5"><c r="A5" t="inlineStr"><is><t>0042</t></is></c><c r="D5" s="1"><v>46112.5</v></c></row>
</sheetData></worksheet>"#;

/// A workbook with two sheets, of which the second has the leads.
fn workbook() -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        (
            "[Content_Types].xml",
            format!(r#"<Types xmlns="{package}/content-types"/>"#),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="notes" sheetId="1" r:id="r1"/><sheet name="leads" sheetId="2" r:id="r2"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{office}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="r3" Type="{office}/styles" Target="styles.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                r#"<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                r#"<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>nothing here</t></is></c></row></sheetData></worksheet>"#
            ),
        ),
        ("xl/worksheets/sheet2.xml", SHEET.to_owned()),
    ] {
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn open(mapping: &str) -> Result<LeadFile, String> {
    let policy = Policy::from_yaml(POLICY).unwrap();
    let mapping = Mapping::read("m", mapping).unwrap();
    let file = Box::new(Cursor::new(workbook()));
    LeadFile::open(file, &mapping, &policy, Path::new("")).map_err(|error| error.to_string())
}

#[test]
fn a_sheet_is_read_with_the_numbers_of_its_rows() {
    let mut file = open("sheet: leads").unwrap();
    let mut told = Vec::new();
    while let Some(row) = file.advance().unwrap() {
        let lead = row.lead.unwrap().lead;
        let values: Vec<_> = lead
            .attributes()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let region = lead.region().map(ToString::to_string).unwrap_or_default();
        told.push(format!(
            "{}: {} {region} {}",
            row.line,
            lead.id(),
            values.join(" ")
        ));
    }
    let expected = [
        r#"3: 1001 East, "old" revenue=1200.5 since=2026-03-31 vip=true"#,
        "5: 0042  since=2026-03-31",
    ];
    assert_eq!(told, expected);
}

#[test]
fn the_first_sheet_is_taken_unless_one_is_named_that_is_there() {
    assert!(
        open("")
            .err()
            .unwrap()
            .contains("the columns are `nothing here`")
    );
    let told = open("sheet: Leads").err().unwrap();
    assert_eq!(
        told,
        "as a workbook: it has no such sheet, but `notes`, `leads`"
    );
}
