//! Hostile input gives an error or a remark, never a panic and never unbounded work.

use leadtree::salesforce::limits::{MAX_LOGIC_NESTING, MAX_VALUE_BYTES, MAX_XML_BYTES};
use leadtree::salesforce::{Fate, FieldMap, Import, ImportError, Remark};
use leadtree::tree::DecisionTree;
use proptest::prelude::*;

use super::bounded_run::endure;
use super::operations::{criterion, file};

const STACK: usize = 2_048;

#[test]
fn other_files_are_refused() {
    for (xml, message) in [
        (
            "",
            "found `` instead of `AssignmentRules`; use an assignment rules file",
        ),
        (
            "<html/>",
            "found `html` instead of `AssignmentRules`; use an assignment rules file",
        ),
        (
            "<AssignmentRules>\n<assignmentRule>",
            "line 2: not well-formed XML: `assignmentRule` is not closed",
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
    endure("deep and wide logic", STACK, import_logic);
}

fn import_logic() {
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
    // A criterion with a thousand values, named many times.
    let wide = format!(
        "<booleanFilter>1{}</booleanFilter>{criterion}",
        " OR 1".repeat(MAX_VALUE_BYTES / 32_000)
    );
    let (fate, remark) = fate(&wide);
    assert_eq!((fate, remark), (Fate::InPart, Some(Remark::TooMany)));
}

/// Equal names, long lists and long values take no longer than others: time grows with the file
/// size.
#[test]
fn large_files_take_linear_time() {
    endure("large files", STACK, import_large_files);
}

fn import_large_files() {
    let rules = |rules: &str| format!("<AssignmentRules>{rules}</AssignmentRules>");
    let import = |xml: &str| {
        let imported = Import::new().read(xml).unwrap();
        imported.draft.clone().build().unwrap();
        imported
    };

    let one_name = "<assignmentRule><fullName>a</fullName></assignmentRule>".repeat(200_000);
    let imported = import(&rules(&one_name));
    assert_eq!(imported.report.rules[199_999].group, "a (200000)");

    let teams: String = (0..100_000)
        .map(|number| {
            format!("<ruleEntry><assignedTo>a</assignedTo><assignedToType>T{number}</assignedToType></ruleEntry>")
        })
        .collect();
    let imported = import(&rules(&format!("<assignmentRule>{teams}</assignmentRule>")));
    assert_eq!(imported.report.teams.len(), 100_000);

    let prefix = "f".repeat(200);
    let fields: String = (0..20_000)
        .map(|number| criterion(&format!("{prefix}{number}"), "equals", "v"))
        .collect();
    let imported = import(&file(&fields));
    assert_eq!(imported.report.fields.len(), 20_000);

    let no_field = "<criteriaItems/>".repeat(300_000);
    let imported = import(&file(&no_field));
    assert_eq!(imported.report.totals().criteria_lost, 300_000);

    let long = criterion("City", "equals", &"x".repeat(MAX_XML_BYTES / 2));
    let filter = format!(
        "<booleanFilter>1{}</booleanFilter>",
        " OR 1".repeat(1_000_000)
    );
    let imported = import(&file(&(filter + &long)));
    assert_eq!(imported.report.rules[0].entries[0].fate, Fate::InPart);
}

#[test]
fn repeated_and_unknown_elements_switch_entries_off() {
    let entry = criterion("City", "equals", "Reno") + "<formula>TRUE</formula>";
    for (entry, message) in [
        (
            entry.replace("</value>", "</value><value>Napa</value>"),
            "`value` (`Napa`) is repeated; keep one of them",
        ),
        (
            entry.replace("</value>", "</value><since>2026</since>"),
            "`since` (`2026`) is unknown here; remove it if it does not matter",
        ),
        (
            "<assignedTo>east</assignedTo>".to_owned(),
            "`assignedTo` (`east`) is repeated; keep one of them",
        ),
        (
            "<businessHours>always</businessHours>".to_owned(),
            "`businessHours` (`always`) is unknown here; remove it if it does not matter",
        ),
        (entry, "has both a formula and criteria; keep one of them"),
    ] {
        let imported = Import::new().read(&file(&entry)).unwrap();
        let report = &imported.report.rules[0].entries[0];
        assert!(
            matches!(report.fate, Fate::InPart | Fate::NotAtAll),
            "{report:?}"
        );
        let told = report
            .findings
            .iter()
            .any(|it| it.remark.to_string() == message);
        assert!(told, "{report:?}");
        imported.draft.build().unwrap();
    }
}

#[test]
fn names_chosen_by_the_caller_are_reserved() {
    let criteria = criterion("Zone", "equals", "a") + &criterion("Area__c", "equals", "b");
    let imported = Import::new()
        .fields(FieldMap::default().attribute("Area__c", "Zone"))
        .read(&file(&criteria))
        .unwrap();
    let becomes: Vec<_> = imported
        .report
        .fields
        .iter()
        .map(|it| it.becomes.to_string())
        .collect();
    assert_eq!(
        becomes,
        ["attribute `field_Zone` (text)", "attribute `Zone` (text)"]
    );
    imported.draft.build().unwrap();
}

#[test]
fn invalid_names_are_changed() {
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
    let two_rules = file(&criteria).replace(
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

/// Pieces from which nonsensical files, filters, formulas and values are assembled.
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
