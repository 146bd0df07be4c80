//! Which columns make a field, and which nobody uses.

use super::{open, read, refused, rows};

#[test]
fn ids_are_columns_or_the_numbers_of_rows() {
    let told = refused("name,region\nx,de/bayern\n", "");
    assert!(told.contains("columns: {id: {row_number: true}}"), "{told}");
    assert!(told.contains("the columns are `name`, `region`"), "{told}");
    let numbered = "columns: {id: {row_number: true}}";
    assert_eq!(
        read("name,region\nx,\"de/\nbayern\"\ny,b\n", numbered),
        ["2: 2 de/\nbayern", "4: 4 b"]
    );
    assert_eq!(
        read("id,region\n,x\n", ""),
        [format!("2: {}", leadtree_files::RowFault::NoId)]
    );
}

#[test]
fn columns_are_found_by_their_names_as_people_write_them() {
    assert_eq!(read("ID,Region,Customer Size\n1,x,5\n", ""), ["2: 1 x 5"]);
    // Two of them: neither is meant.
    assert_eq!(read("id,Region,REGION\n1,x,y\n", ""), ["2: 1"]);
    assert_eq!(read("id,Region,region\n1,x,y\n", ""), ["2: 1 y"]);
}

#[test]
fn one_value_of_several_columns() {
    let text =
        "id,country,state,address\n1,USA,CA,\"Any St 5, 97201 Portland\"\n2,de,,\n3,,,ZIP 01067\n";
    let path = "columns: {region: {path: [country, state]}}";
    assert_eq!(
        read(text, path),
        ["2: 1 us/west/california", "3: 2 de", "4: 3"]
    );
    let first = "columns: {region: {first_of: [state, country], values: {ca: us/west/california}}}";
    assert_eq!(
        read(text, first),
        ["2: 1 us/west/california", "3: 2 de", "4: 3"]
    );
    let matched = r"columns: {note: {column: address, match: '\b(\d{5})\b', first: 2}}";
    assert_eq!(
        read(text, matched),
        ["2: 1 note=97", "3: 2", "4: 3 note=01"]
    );
    let all = r"columns: {note: {column: address, match: '\d+ \w+'}}";
    assert_eq!(read(text, all)[0], "2: 1 note=97201 Portland");
}

#[test]
fn a_path_that_skips_a_level_is_resolved() {
    let text = "id,region\n1,USA/CA\n2,us/maine\n3,us/nowhere\n4,us/west\n";
    let expected = [
        "2: 1 us/west/california",
        "3: 2 us/east/maine",
        "4: 3 us/nowhere",
        "5: 4 us/west",
    ];
    assert_eq!(read(text, ""), expected);
}

#[test]
fn what_nobody_uses_is_told() {
    let mut file = open("id,region,Owner,\n1,x,y,z\n", "").unwrap();
    rows(&mut file);
    assert_eq!(file.unused_columns(), ["Owner"]);
    let text = r#"{"id": 1, "a": {"b": "x"}, "c": 2, "attributes": {"note": "n", "d": 1}}"#;
    let mut file = open(text, "columns: {region: a.b}").unwrap();
    assert_eq!(rows(&mut file), ["1: 1 x note=n"]);
    assert_eq!(file.unused_columns(), ["c", "d"]);
    // Objects may have later what the first do not have.
    let many = "{\"id\": 1}\n".repeat(1_500) + r#"{"id": 2, "regoin": "x", "region": "y"}"#;
    let mut file = open(many, "columns: {industry: regoin}").unwrap();
    assert_eq!(file.unseen_columns(), ["regoin"]);
    assert_eq!(rows(&mut file).last().unwrap(), "1501: 2 y x");
}
