//! The mappings in the guide's chapter on systems can be read.

use leadtree_files::Mapping;

const CHAPTER: &str = include_str!("../../../src/guide/crm.md");

#[test]
fn every_mapping_of_the_chapter_is_read() {
    let parts = CHAPTER.split("```yaml\n").skip(1);
    let blocks = parts.map(|part| part.split("```").next().unwrap());
    let mut count = 0;
    for block in blocks {
        let read = Mapping::read("crm.md", block);
        assert!(read.is_ok(), "{:?}\n{block}", read.err());
        count += 1;
    }
    assert_eq!(count, 9);
    // A misspelt option would be seen.
    assert!(Mapping::read("crm.md", "columns: {id: {colum: Id}}").is_err());
}

/// The options as they are declared.
const DECLARED: [&str; 3] = [
    include_str!("../src/mapping/mapping.rs"),
    include_str!("../src/mapping/source.rs"),
    include_str!("../src/mapping/join.rs"),
];

#[test]
fn the_tables_have_every_option() {
    let lines = DECLARED.iter().flat_map(|text| text.lines());
    let fields = lines.filter_map(|line| line.strip_prefix("    pub(crate) "));
    let options = fields.filter_map(|field| field.split_once(": "));
    let mut count = 0;
    for (option, _) in options.filter(|(option, _)| !option.contains('(')) {
        let option = if option == "matching" {
            "match"
        } else {
            option
        };
        assert!(
            CHAPTER.contains(&format!("`{option}`")),
            "`{option}` is not in the chapter"
        );
        count += 1;
    }
    assert_eq!(count, 29);
}
