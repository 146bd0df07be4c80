//! Real files, if available: nothing panics, every policy builds and compiles, and the reference
//! evaluator finds the same first entry.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chrono::DateTime;
use fastrand::Rng;
use leadtree::dimension::Taxonomy;
use leadtree::policy::PolicyDraft;
use leadtree::salesforce::{Fate, Import, Imported};
use leadtree::tree::{DecisionTree, Interpreter};
use serde_json::{Value, json};

use super::records::{lead, near, near_entry, pools};
use super::reference_evaluator::{self, Record, Rules, Types, applies};

/// Records for each rule.
const RECORDS: usize = 1_000;

/// Records for each entry alone.
const RECORDS_ALONE: usize = 200;

/// Names and contents of the real files, which are not part of the project.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/salesforce");
    if !folder.is_dir() {
        eprintln!("skipped: there is no {}", folder.display());
        return Vec::new();
    }
    let files = fs::read_dir(&folder).unwrap();
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "xml"));
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    paths
        .iter()
        .map(|path| (name(path), fs::read_to_string(path).unwrap()))
        .collect()
}

/// The policy with other rules.
fn with_rules(draft: &Value, rules: Value) -> DecisionTree {
    let mut draft = draft.clone();
    draft["rules"] = rules;
    let draft: PolicyDraft = serde_json::from_value(draft).unwrap();
    DecisionTree::compile(&draft.build().unwrap()).unwrap()
}

/// Every rule of every group.
fn rules_of(draft: &Value) -> impl Iterator<Item = &Value> {
    let groups = draft["rules"].as_array().into_iter().flatten();
    groups.flat_map(|group| group["rules"].as_array().into_iter().flatten())
}

/// The first entry that was carried over and applies.
fn first(
    rules: &Rules,
    rule: usize,
    imported: &Imported,
    types: &Types,
    record: &Record,
) -> Option<String> {
    let entries = rules.rules[rule]
        .entries
        .iter()
        .zip(&imported.report.rules[rule].entries);
    let mut carried = entries.filter(|(_, report)| report.fate == Fate::Exactly);
    let found = carried.find(|(entry, _)| applies(entry, types, record).unwrap())?;
    Some(found.1.rule.to_string())
}

/// The results for one file.
struct Seen {
    imported: Imported,
    /// Entries carried over exactly.
    carried: usize,
    /// Those that some record met.
    met: usize,
}

/// Imports a file and compares every answer with the reference evaluator's.
fn compare(name: &str, xml: &str, import: &Import) -> Seen {
    let now = DateTime::UNIX_EPOCH;
    let imported = import.read(xml).unwrap();
    let policy = imported.draft.clone().build().unwrap();
    DecisionTree::compile(&policy).unwrap();
    let draft = written(name, &imported.draft);

    let rules = reference_evaluator::read(xml);
    let (types, pools) = (reference_evaluator::types(&rules), pools(&rules));
    let (mut carried, mut met) = (0, 0);
    let mut rng = Rng::with_seed(7);
    for (index, rule) in rules.rules.iter().enumerate() {
        // Inactive rules are imported as well; each is tested as if it were active.
        let mut group = draft["rules"][index].clone();
        group["enabled"] = json!(true);
        let tree = with_rules(&draft, json!([group]));
        let interpreter = Interpreter::new(tree.policy());
        for _ in 0..RECORDS {
            let record = near(&rules, index, &pools, &types, &mut rng);
            let expected = first(&rules, index, &imported, &types, &record);
            let lead = lead(&record, &imported.report);
            let found = tree.decide(&lead, now).rule().map(ToString::to_string);
            assert_eq!(found, expected, "{name}, rule `{}`: {record:?}", rule.name);
            let plain = interpreter.decide(&lead, now);
            let plain = plain.rule().map(ToString::to_string);
            assert_eq!(plain, expected, "{name}, interpreter: {record:?}");
        }
        let reports = &imported.report.rules[index].entries;
        assert_eq!(reports.len(), rule.entries.len(), "{name}");
        for (number, (entry, report)) in rule.entries.iter().zip(reports).enumerate() {
            if report.fate != Fate::Exactly {
                continue;
            }
            let alone = with_rules(&draft, json!([draft["rules"][index]["rules"][number]]));
            let mut hits = 0;
            for _ in 0..RECORDS_ALONE {
                let record = near_entry(entry, &pools, &types, &mut rng);
                let expected = applies(entry, &types, &record).unwrap();
                let lead = lead(&record, &imported.report);
                let found = alone.decide(&lead, now).rule().is_some();
                assert_eq!(found, expected, "{name}, `{}`: {record:?}", report.rule);
                hits += usize::from(found);
            }
            carried += 1;
            met += usize::from(hits > 0);
        }
    }
    Seen {
        imported,
        carried,
        met,
    }
}

/// The written policy, which reads back equal, with every condition as text.
fn written(name: &str, draft: &PolicyDraft) -> Value {
    let text = serde_json::to_string(draft).unwrap();
    let read_back: PolicyDraft = serde_json::from_str(&text).unwrap();
    assert_eq!(read_back, *draft, "{name}");
    let written = serde_json::to_value(draft).unwrap();
    for rule in rules_of(&written) {
        let when = &rule["when"];
        assert!(when.is_string() || when.is_null(), "{name}: {rule}");
    }
    written
}

#[test]
fn every_file_behaves_as_documented() {
    let (mut carried, mut met) = (0, 0);
    for (name, xml) in files() {
        let seen = compare(&name, &xml, &Import::new());
        eprintln!("{name}: {:?}", seen.imported.report.totals());
        carried += seen.carried;
        met += seen.met;
    }
    // Some record must meet every entry, otherwise the records prove little.
    assert_eq!(met, carried);
    eprintln!("{carried} entries, each met by some record");
}

/// With a region for every country in a file, the answers stay the same.
#[test]
fn countries_as_regions_give_the_same_answers() {
    for (name, xml) in files() {
        let pools = pools(&reference_evaluator::read(&xml));
        let is_country =
            |field: &str| field.ends_with(".Country") || field.ends_with(".CountryCode");
        let mut countries = pools.iter().filter(|(field, _)| is_country(field));
        let (Some((field, values)), None) = (countries.next(), countries.next()) else {
            continue;
        };
        let values = values.iter().map(|value| value.to_lowercase());
        let values: BTreeSet<String> = values.filter(|value| !value.is_empty()).collect();
        let import = Import::new().regions(Taxonomy::draft().paths(values));
        let seen = compare(&name, &xml, &import);
        let fields = &seen.imported.report.fields;
        let country = fields.iter().find(|report| report.field == *field).unwrap();
        eprintln!("{name}: {} entries, {}", seen.carried, country.becomes);
        assert_eq!(seen.met, seen.carried, "{name}");
    }
}

#[test]
fn losses_are_reported() {
    let files = files();
    let mut lost = Vec::new();
    for (name, xml) in &files {
        let report = Import::new().read(xml).unwrap().report;
        let entries = report.entries();
        let not_exactly = entries.filter(|entry| entry.fate != Fate::Exactly);
        lost.extend(not_exactly.map(|entry| format!("{name}: {}", entry.rule)));
    }
    if !files.is_empty() {
        assert_eq!(
            lost,
            [
                "009-lead.xml: Lead Assignment Rule/1",
                "009-lead.xml: Lead Assignment Rule/2",
                "012-case.xml: Indirect Reseller Application Assignment/124",
            ]
        );
    }
}
