//! Generated files with every operation and any filter logic, compared with the reference
//! evaluator.

use chrono::DateTime;
use leadtree::dimension::AttributeKind;
use leadtree::salesforce::{Fate, FieldMap, Import};
use leadtree::tree::{DecisionTree, Interpreter};
use proptest::prelude::*;
use proptest::sample::select;

use super::records::{lead, near, pools};
use super::reference_evaluator::{self, Type, Types, applies};

const FIELDS: [(&str, Type); 6] = [
    ("Lead.Text__c", Type::Text),
    ("Lead.Number__c", Type::Number),
    ("Lead.NumberOfEmployees", Type::Number),
    ("Lead.Flag__c", Type::Flag),
    ("Lead.Date__c", Type::Date),
    ("Lead.Selection__c", Type::Selection),
];

fn types() -> Types {
    FIELDS.map(|(field, of)| (field.to_owned(), of)).into()
}

/// Values of the field, including blank where that has a meaning.
fn values(field: &'static str, of: Type, ordered: bool, blank: bool) -> BoxedStrategy<String> {
    let words: &[&str] = match of {
        Type::Text => &["Ohio", "hi", "\"Paris, Texas\"", "Ö", "a&b", "o"],
        Type::Number if field.ends_with("Employees") => &["0", "1", "10", "50", "1000"],
        Type::Number => &["-1", "0", "0.5", "10", "1000"],
        Type::Flag => &["True", "False"],
        Type::Date => &["2026-02-28", "2026-03-01", "2026-12-31"],
        Type::Selection => &["a", "b", "c", "a;b", "b;c"],
    };
    let blank = blank && of != Type::Flag;
    let words: Vec<String> = words
        .iter()
        .copied()
        .chain(blank.then_some(""))
        .map(str::to_owned)
        .collect();
    let most = if ordered { 2 } else { 4 };
    prop::collection::vec(select(words), 1..most)
        .prop_map(|it| it.join(","))
        .boxed()
}

/// A criterion as XML.
fn criterion() -> impl Strategy<Value = String> {
    select(&FIELDS[..]).prop_flat_map(|(field, of)| {
        let operations: &[&str] = match of {
            Type::Text => &["equals", "notEqual", "contains", "notContain", "startsWith"],
            Type::Number | Type::Date => &[
                "equals",
                "notEqual",
                "lessThan",
                "greaterThan",
                "lessOrEqual",
                "greaterOrEqual",
            ],
            Type::Flag => &["equals", "notEqual"],
            Type::Selection => &["includes", "excludes"],
        };
        select(operations).prop_flat_map(move |operation| {
            let blank = ["equals", "notEqual"].contains(&operation);
            values(field, of, operation.contains("Or"), blank).prop_map(move |value| {
                let value = value.replace('&', "&amp;");
                format!(
                    "<criteriaItems><field>{field}</field><operation>{operation}</operation>\
                     <value>{value}</value></criteriaItems>"
                )
            })
        })
    })
}

/// Filter logic over the given number of criteria.
fn filter(criteria: usize) -> impl Strategy<Value = String> {
    let number = (1..=criteria).prop_map(|number| number.to_string());
    number.prop_recursive(4, 12, 3, |inner| {
        let word = select(&[" AND ", " OR ", " and ", " or "][..]);
        prop_oneof![
            (prop::collection::vec(inner.clone(), 2..4), word)
                .prop_map(|(parts, word)| parts.join(word)),
            inner.clone().prop_map(|inner| format!("({inner})")),
            inner.prop_map(|inner| format!("NOT ({inner})")),
        ]
    })
}

fn entry() -> impl Strategy<Value = String> {
    prop::collection::vec(criterion(), 0..5).prop_flat_map(|criteria| {
        let some_filter = if criteria.is_empty() {
            Just(String::new()).boxed()
        } else {
            prop_oneof![
                Just(String::new()),
                filter(criteria.len())
                    .prop_map(|it| format!("<booleanFilter>{it}</booleanFilter>")),
            ]
            .boxed()
        };
        some_filter.prop_map(move |filter| {
            format!(
                "<ruleEntry><assignedTo>q</assignedTo><assignedToType>Queue</assignedToType>\
                 {filter}{}</ruleEntry>",
                criteria.concat()
            )
        })
    })
}

fn file() -> impl Strategy<Value = String> {
    prop::collection::vec(entry(), 1..5).prop_map(|entries| {
        format!(
            "<AssignmentRules xmlns=\"http://soap.sforce.com/2006/04/metadata\"><assignmentRule>\
             <fullName>R</fullName><active>true</active>{}</assignmentRule></AssignmentRules>",
            entries.concat()
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn generated_files_behave_as_documented(xml in file(), seed in any::<u64>()) {
        let fields = FieldMap::default()
            .kind("Text__c", AttributeKind::Text)
            .kind("Number__c", AttributeKind::Number)
            .kind("Flag__c", AttributeKind::Flag)
            .kind("Date__c", AttributeKind::Date)
            .kind("Selection__c", AttributeKind::Tags);
        let imported = Import::new().fields(fields).read(&xml).unwrap();
        for entry in imported.report.entries() {
            prop_assert_eq!(entry.fate, Fate::Exactly, "{:?}", entry);
        }
        let policy = imported.draft.clone().build().unwrap();
        let tree = DecisionTree::compile(&policy).unwrap();
        let interpreter = Interpreter::new(&policy);

        let rules = reference_evaluator::read(&xml);
        let (types, pools) = (types(), pools(&rules));
        let mut rng = fastrand::Rng::with_seed(seed);
        let now = DateTime::UNIX_EPOCH;
        for _ in 0..50 {
            let mut record = near(&rules, 0, &pools, &types, &mut rng);
            // No company has fewer than zero or half an employee.
            record.retain(|field, value| {
                field != "Lead.NumberOfEmployees" || value.parse::<u32>().is_ok()
            });
            let expected = rules.rules[0]
                .entries
                .iter()
                .position(|entry| applies(entry, &types, &record).unwrap())
                .map(|index| format!("R/{}", index + 1));
            let lead = lead(&record, &imported.report);
            let found = tree.decide(&lead, now).rule().map(ToString::to_string);
            prop_assert_eq!(&found, &expected, "{:?}\n{}", &record, &xml);
            let plain = interpreter.decide(&lead, now).rule().map(ToString::to_string);
            prop_assert_eq!(&plain, &expected, "interpreter: {:?}\n{}", &record, &xml);
        }
    }
}
