//! Further files whose columns are joined to the leads.

use std::io::{self, Cursor, Read};
use std::path::Path;

use leadtree_files::{LeadFile, Mapping, OpenError};

use super::{policy, refused, rows};

/// Opens leads with one further file, which is given as bytes.
fn joined(leads: &str, further: &[u8], mapping: &str) -> Result<LeadFile, OpenError> {
    let mapping = Mapping::read("m", mapping).unwrap();
    let leads = Box::new(Cursor::new(leads.to_owned()));
    let further = further.to_vec();
    let mut open = |path: &Path| -> io::Result<Box<dyn Read + Send>> {
        assert_eq!(path, Path::new("zips.csv"));
        Ok(Box::new(Cursor::new(further.clone())))
    };
    LeadFile::open_with(leads, &mapping, &policy(), &mut open)
}

const LEADS: &str = "id,zip\n1,A-7\n2,a-7\n3,b\n4,none\n";

const MAPPING: &str = "{joins: [{file: zips.csv, on: zip}], columns: {region: land}}";

#[test]
fn joined_files_stand_beside_the_leads() {
    for file in ["/etc/hostname", "../x.csv", "none.csv"] {
        let mapping = format!("joins: [{{file: {file}, on: id}}]");
        assert!(
            refused("id\n1\n", &mapping).contains("in the folder of the leads"),
            "{file}"
        );
    }
}

#[test]
fn joined_files_are_found_by_keys_that_are_read() {
    let folder = std::env::temp_dir().join("leadtree-files-joined");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("zips.csv"),
        "zip;land\n1067;de/sachsen\n80331;de/bayern\n",
    )
    .unwrap();
    let mapping = r"
joins:
  - {file: zips.csv, on: {column: address, match: '\d{5}'}, key: {column: zip, pad: 5}}
columns: {region: land}";
    let mapping = Mapping::read("m", mapping).unwrap();
    let file = Box::new("id,address\n1,in 01067 Dresden\n2,80331 M\n3,none\n".as_bytes());
    let mut file = LeadFile::open(file, &mapping, &policy(), &folder).unwrap();
    assert_eq!(
        rows(&mut file),
        ["2: 1 de/sachsen", "3: 2 de/bayern", "4: 3"]
    );
}

#[test]
fn keys_are_found_in_other_capitals_where_only_one_row_can_be_meant() {
    let one = b"zip,land\na-7,de/bayern\nB,de/sachsen\n";
    let mut file = joined(LEADS, one, MAPPING).unwrap();
    let found = [
        "2: 1 de/bayern",
        "3: 2 de/bayern",
        "4: 3 de/sachsen",
        "5: 4",
    ];
    assert_eq!(rows(&mut file), found);
    // Ids of some systems differ in capitals alone: then the very key counts.
    let two = b"zip,land\na-7,de/bayern\nA-7,de/sachsen\n";
    let mut file = joined(&LEADS.replace("3,b", "3,a -7"), two, MAPPING).unwrap();
    let found = ["2: 1 de/sachsen", "3: 2 de/bayern", "4: 3", "5: 4"];
    assert_eq!(rows(&mut file), found);
}

#[test]
fn a_joined_file_is_recognised_or_stated_as_the_leads_are() {
    let latin = b"zip;land;Gr\xf6\xdfe\nA-7;de/bayern;1\nb;de/sachsen;2\n";
    let mut file = joined(LEADS, latin, MAPPING).unwrap();
    assert_eq!(rows(&mut file)[0], "2: 1 de/bayern");
    let rare = b"zip^land\nA-7^de/bayern\n";
    let stated = MAPPING.replace("on: zip", "on: zip, separator: '^', encoding: utf-8");
    let mut file = joined(LEADS, rare, &stated).unwrap();
    assert_eq!(rows(&mut file)[0], "2: 1 de/bayern");
    let unknown = MAPPING.replace("on: zip", "on: zip, encoding: klingon");
    let told = joined(LEADS, rare, &unknown)
        .map(drop)
        .unwrap_err()
        .to_string();
    assert!(
        told.contains("joins[0].encoding: unknown encoding `klingon`"),
        "{told}"
    );
}

#[test]
fn a_bad_row_costs_itself_and_a_key_with_two_rows_the_file() {
    let bad = b"zip,land\nA-7,de/bayern\nb,de/sachsen,more\nA-7,de/bayern\n";
    let mut file = joined(LEADS, bad, MAPPING).unwrap();
    assert_eq!(
        rows(&mut file)[..3],
        ["2: 1 de/bayern", "3: 2 de/bayern", "4: 3"]
    );
    let files: Vec<_> = file.joined_files().collect();
    let lines: Vec<_> = files[0]
        .left_out
        .iter()
        .map(|(line, fault)| (*line, fault.code()))
        .collect();
    assert_eq!(lines, [(3, "field-count")]);
    let twice = b"zip,land\nA-7,de/bayern\nA-7,de/sachsen\n";
    let told = joined(LEADS, twice, MAPPING)
        .map(drop)
        .unwrap_err()
        .to_string();
    assert!(
        told.contains("zips.csv: line 3: `A-7` occurs twice in `zip`, with different rows"),
        "{told}"
    );
}

#[test]
fn columns_of_joined_files_are_told_apart_and_unused_ones_told() {
    let repeated = b"zip,land,land\nA-7,de/bayern,de/sachsen\n";
    let told = joined(LEADS, repeated, MAPPING)
        .map(drop)
        .unwrap_err()
        .to_string();
    assert!(
        told.contains("zips.csv has two columns `land`; rename one"),
        "{told}"
    );
    // One that is not used may be repeated.
    let unused = b"zip,land,x,x\nA-7,de/bayern,1,2\n";
    let file = joined(LEADS, unused, MAPPING).unwrap();
    let files: Vec<_> = file.joined_files().collect();
    assert_eq!(files[0].unused_columns, ["x", "x"]);
}
