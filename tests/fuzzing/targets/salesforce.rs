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
    let totals = imported.report.totals();
    let carried = [totals.exactly, totals.with_differences, totals.in_part];
    let fates = carried.iter().sum::<usize>() + totals.not_at_all;
    assert_eq!(fates, totals.entries);
    match imported.draft.build() {
        Ok(policy) => decisions::check(&policy, &text),
        Err(errors) => panic!("{errors}"),
    }
    Verdict::Read
}
