//! Input that nobody means well with: an error or a remark, never a panic, never a blow-up.

use std::time::{Duration, Instant};

use leadtree::salesforce::limits::{MAX_LOGIC_NESTING, MAX_VALUES, MAX_XML_BYTES};
use leadtree::salesforce::{Fate, Import, ImportError, Remark};
use leadtree::tree::DecisionTree;
use proptest::prelude::*;

use super::operations::{criterion, file};

/// Far more than anything here should take, even on a slow and busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

#[test]
fn what_is_no_file_of_rules_is_refused() {
    for (xml, message) in [
        (
            "",
            "`` where `AssignmentRules` is wanted; take a file of `assignmentRules`",
        ),
        (
            "<html/>",
            "`html` where `AssignmentRules` is wanted; take a file of `assignmentRules`",
        ),
        (
            "<AssignmentRules>\n<assignmentRule>",
            "line 2: no well-formed XML: `assignmentRule` is not closed",
        ),
    ] {
        assert_eq!(
            Import::new().read(xml).unwrap_err().to_string(),
            message,
            "{xml}"
        );
    }
    let large = " ".repeat(MAX_XML_BYTES + 1);
    assert!(matches!(
        Import::new().read(&large),
        Err(ImportError::TooLarge { .. })
    ));
    let empty = Import::new().read("<AssignmentRules/>").unwrap();
    assert!(empty.draft.build().is_ok());
}

#[test]
fn deep_and_wide_logic_stays_bounded() {
    let begun = Instant::now();
    let criterion = criterion("City", "equals", &"Reno,".repeat(1_000));
    let deep = |depth: usize| {
        format!(
            "<booleanFilter>{}1{}</booleanFilter>{criterion}",
            "NOT (1 AND ".repeat(depth),
            ")".repeat(depth)
        )
    };
    let fate = |entry: &str| {
        let imported = Import::new().read(&file(entry)).unwrap();
        let policy = imported.draft.build().unwrap();
        DecisionTree::compile(&policy).unwrap();
        let entry = &imported.report.rules[0].entries[0];
        (
            entry.fate,
            entry.findings.first().map(|it| it.remark.clone()),
        )
    };
    // `NOT (` is two levels.
    assert_eq!(fate(&deep(MAX_LOGIC_NESTING / 2)), (Fate::Exactly, None));
    let too_deep = (Fate::NotAtAll, Some(Remark::TooDeep));
    assert_eq!(fate(&deep(MAX_LOGIC_NESTING / 2 + 1)), too_deep);
    assert_eq!(fate(&deep(100_000)), too_deep);
    let formula = format!("<formula>{}1</formula>", "NOT(".repeat(100_000));
    assert_eq!(fate(&formula), too_deep);
    // A criterion of a thousand values, named again and again.
    let wide = format!(
        "<booleanFilter>1{}</booleanFilter>{criterion}",
        " OR 1".repeat(MAX_VALUES / 1_000)
    );
    let (fate, remark) = fate(&wide);
    assert_eq!((fate, remark), (Fate::InPart, Some(Remark::TooMany)));
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
}

#[test]
fn names_that_a_policy_does_not_take_are_changed() {
    let criteria: String = [
        "region",
        "and",
        "A.B",
        "A_B",
        "9",
        "",
        "ü!",
        &"x".repeat(500),
    ]
    .map(|field| criterion(field, "equals", "v"))
    .concat();
    let two_rules = format!("{}", file(&criteria)).replace(
        "</assignmentRule>",
        "</assignmentRule><assignmentRule><fullName>Standard/1</fullName></assignmentRule>\
         <assignmentRule><fullName>Standard</fullName></assignmentRule><assignmentRule/>",
    );
    let imported = Import::new().read(&two_rules).unwrap();
    let policy = imported.draft.build().unwrap();
    let groups: Vec<_> = imported
        .report
        .rules
        .iter()
        .map(|rule| rule.group.to_string())
        .collect();
    assert_eq!(
        groups,
        ["Standard", "Standard/1 (2)", "Standard (2)", "unnamed"]
    );
    DecisionTree::compile(&policy).unwrap();
}

/// Pieces of which files, filters, formulas and values are put together without sense.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(
            &[
                "1",
                "2",
                "(",
                ")",
                " AND ",
                " OR ",
                "NOT ",
                "&amp;&amp;",
                "||",
                "!",
                "=",
                "&lt;&gt;",
                "&lt;",
                ">",
                ",",
                "'",
                "\"",
                "\\",
                "ISPICKVAL(",
                "ISBLANK(",
                "TEXT(",
                "CONTAINS(",
                "INCLUDES(",
                "NOW(",
                "F__c",
                "TRUE",
                "NULL",
                "-",
                "1.5",
                "/*",
                "*/",
                "$User.Id",
                ";",
                "TODAY",
                "3/4/2026",
                "2026-03-31",
                "True",
                "1,000",
                " ",
                "ÿ",
            ][..]
        )
        .prop_map(str::to_owned),
        "[a-z0-9,\"']{0,4}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn senseless_entries_are_reported_and_the_policy_builds(
        filter in pieces(),
        formula in pieces(),
        operation in prop::sample::select(&["equals", "notEqual", "lessThan", "contains", "startsWith", "includes", "excludes", "within", "odd"][..]),
        values in prop::collection::vec(pieces(), 0..4),
        kind in 0..3,
    ) {
        let criteria: String = values
            .iter()
            .map(|value| format!("<criteriaItems><field>F__c</field><operation>{operation}</operation><value>{value}</value></criteriaItems>"))
            .collect();
        let entry = match kind {
            0 => format!("<booleanFilter>{filter}</booleanFilter>{criteria}"),
            1 => format!("<formula>{formula}</formula>"),
            _ => criteria,
        };
        let imported = Import::new().read(&file(&entry)).unwrap();
        let policy = imported.draft.build().unwrap();
        DecisionTree::compile(&policy).unwrap();
        prop_assert!(!imported.report.to_string().is_empty());
    }

    #[test]
    fn any_text_is_an_error_or_a_policy(xml in "\\PC{0,200}", cut in 0..2_000_usize) {
        let _ = Import::new().read(&xml);
        let whole = file(&criterion("City", "equals", "Reno,Napa"));
        let end = (0..=cut.min(whole.len())).rev().find(|end| whole.is_char_boundary(*end)).unwrap();
        let _ = Import::new().read(&whole[..end]);
    }
}
