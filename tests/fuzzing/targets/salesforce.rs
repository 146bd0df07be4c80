//! Lead assignment rules of Salesforce.

use leadtree::dimension::Taxonomy;
use leadtree::salesforce::Import;

use super::{Verdict, decisions};

pub fn salesforce_xml(data: &[u8]) -> Verdict {
    let text = String::from_utf8_lossy(data);
    let regions = Taxonomy::draft()
        .paths(["land/north", "land/south", "sea"])
        .alias("land", ["L"]);
    let import = Import::new().regions(regions).date_format("%m/%d/%Y");
    let imported = match import.read(&text) {
        Ok(imported) => imported,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return Verdict::Refused;
        }
    };
    assert!(!imported.report.to_string().is_empty());
    assert!(serde_json::to_string(&imported.report).is_ok());
    let tally = imported.report.tally();
    let carried = [tally.exactly, tally.with_differences, tally.in_part];
    let fates = carried.iter().sum::<usize>() + tally.not_at_all;
    assert_eq!(fates, tally.entries);
    match imported.draft.build() {
        Ok(policy) => decisions::check(&policy, &text),
        Err(errors) => panic!("{errors}"),
    }
    Verdict::Read
}
