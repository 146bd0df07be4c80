//! Real files, where they are at hand: nothing panics, every policy builds and compiles, and the
//! referee finds the same first entry.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use fastrand::Rng;
use leadtree::policy::PolicyDraft;
use leadtree::salesforce::{Fate, Import, Imported};
use leadtree::tree::{DecisionTree, Interpreter};
use serde_json::{Value, json};

use super::records::{lead, near, near_entry, pools};
use super::referee::{self, Record, Rules, Types, applies};

/// So many records a rule.
const RECORDS: usize = 1_000;

/// So many records for each entry alone.
const RECORDS_ALONE: usize = 200;

/// The real files, which are no part of the project.
fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/salesforce");
    if !folder.is_dir() {
        eprintln!("skipped: there is no {}", folder.display());
        return Vec::new();
    }
    let files = fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|file| file.extension().is_some_and(|it| it == "xml"))
        .collect();
    files.sort();
    files
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

/// The first of the entries that were carried over which applies.
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

#[test]
fn every_file_answers_as_it_is_documented() {
    let now = DateTime::UNIX_EPOCH;
    let (mut carried, mut seen_to_apply) = (0, 0);
    for file in files() {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let xml = fs::read_to_string(&file).unwrap();
        let imported = Import::new().read(&xml).unwrap();
        let policy = imported.draft.clone().build().unwrap();
        DecisionTree::compile(&policy).unwrap();

        let rules = referee::read(&xml);
        let (types, pools) = (referee::types(&rules), pools(&rules));
        let draft = serde_json::to_value(&imported.draft).unwrap();
        let written = serde_json::to_string(&imported.draft).unwrap();
        let read_back: PolicyDraft = serde_json::from_str(&written).unwrap();
        assert_eq!(read_back, imported.draft, "{name}");
        for rule in rules_of(&draft) {
            assert!(
                rule["when"].is_string() || rule["when"].is_null(),
                "{name}: {rule}"
            );
        }
        let mut rng = Rng::with_seed(7);
        for (index, rule) in rules.rules.iter().enumerate() {
            // Inactive rules are read as well: each is looked at as if it were the active one.
            let mut group = draft["rules"][index].clone();
            group["enabled"] = json!(true);
            let tree = with_rules(&draft, json!([group]));
            let interpreter = Interpreter::new(tree.policy());
            let records: Vec<Record> = (0..RECORDS)
                .map(|_| near(&rules, index, &pools, &types, &mut rng))
                .collect();
            for record in &records {
                let expected = first(&rules, index, &imported, &types, record);
                let lead = lead(record, &imported.report);
                let found = tree.decide(&lead, now).rule().map(ToString::to_string);
                assert_eq!(found, expected, "{name}, rule `{}`: {record:?}", rule.name);
                let plain = interpreter
                    .decide(&lead, now)
                    .rule()
                    .map(ToString::to_string);
                assert_eq!(plain, expected, "{name}, interpreter: {record:?}");
            }
            let reports = &imported.report.rules[index].entries;
            assert_eq!(reports.len(), rule.entries.len(), "{name}");
            for (number, (entry, report)) in rule.entries.iter().zip(reports).enumerate() {
                if report.fate != Fate::Exactly {
                    continue;
                }
                carried += 1;
                let alone = with_rules(&draft, json!([draft["rules"][index]["rules"][number]]));
                let (mut hits, mut misses) = (0, 0);
                for _ in 0..RECORDS_ALONE {
                    let record = near_entry(entry, &pools, &types, &mut rng);
                    let expected = applies(entry, &types, &record).unwrap();
                    let found = alone
                        .decide(&lead(&record, &imported.report), now)
                        .rule()
                        .is_some();
                    assert_eq!(found, expected, "{name}, `{}`: {record:?}", report.rule);
                    *(if found { &mut hits } else { &mut misses }) += 1;
                }
                seen_to_apply += usize::from(hits > 0);
                assert!(hits + misses == RECORDS_ALONE);
            }
        }
        let tally = imported.report.tally();
        eprintln!("{name}: {tally:?}");
    }
    // Every entry must have been met by some record, or the records prove little.
    assert_eq!(seen_to_apply, carried);
    eprintln!("{carried} entries, each met by some record");
}

#[test]
fn what_does_not_come_over_is_told() {
    let mut lost = Vec::new();
    for file in files() {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let imported = Import::new()
            .read(&fs::read_to_string(&file).unwrap())
            .unwrap();
        for entry in imported
            .report
            .entries()
            .filter(|entry| entry.fate != Fate::Exactly)
        {
            lost.push(format!("{name}: {}", entry.rule));
        }
    }
    if !files().is_empty() {
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
