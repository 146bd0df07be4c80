//! Each operation as a table: a criterion, and the values that meet it.

use chrono::DateTime;
use leadtree::Lead;
use leadtree::dimension::AttributeKind;
use leadtree::lead::AttributeValue;
use leadtree::salesforce::{Fate, FieldMap, FieldMapping, Import, Imported};
use leadtree::tree::DecisionTree;

/// A file with one rule of one entry.
pub(crate) fn file(entry: &str) -> String {
    format!(
        "<AssignmentRules xmlns=\"http://soap.sforce.com/2006/04/metadata\"><assignmentRule>\
         <fullName>Standard</fullName><active>true</active>\
         <ruleEntry><assignedTo>west</assignedTo><assignedToType>Queue</assignedToType>{entry}</ruleEntry>\
         </assignmentRule></AssignmentRules>"
    )
}

pub(crate) fn criterion(field: &str, operation: &str, value: &str) -> String {
    let value = value.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<criteriaItems><field>Lead.{field}</field><operation>{operation}</operation>\
         <value>{value}</value></criteriaItems>"
    )
}

/// The values of the only field for which the only entry applies.
#[track_caller]
fn matched<'v>(imported: &Imported, values: &[&'v str]) -> Vec<&'v str> {
    let policy = imported.draft.clone().build().unwrap();
    let tree = DecisionTree::compile(&policy).unwrap();
    let FieldMapping::Attribute { name, kind } = &imported.report.fields[0].becomes else {
        panic!("{:?} is no attribute", imported.report.fields[0]);
    };
    let matches = |value: &&&str| {
        let mut lead = Lead::builder("L-1");
        if *kind == AttributeKind::Tags && !value.is_empty() {
            let selected = AttributeValue::tags(value.split(';').map(str::to_owned));
            lead = lead.attribute(name.as_str(), selected);
        } else if !value.is_empty() {
            lead = lead.attribute(name.as_str(), **value);
        }
        tree.decide(&lead.build(), DateTime::UNIX_EPOCH)
            .rule()
            .is_some()
    };
    values.iter().filter(matches).copied().collect()
}

#[test]
fn operations_mean_what_is_documented() {
    let texts = ["", "CA", "ca", "Carson", "ID", "Florida", "x"];
    let numbers = ["", "-1", "0", "1", "2", "5"];
    let dates = ["", "2026-03-30", "2026-03-31", "2026-04-01"];
    let flags = ["", "true", "FALSE"];
    let selections = ["", "A", "b", "A;B;C", "C", "D;a"];
    for (operation, value, values, expected) in [
        // Case is ignored; a comma means *or*; an empty value means blank.
        ("equals", "CA", &texts[..], &["CA", "ca"][..]),
        ("equals", "ca,ID", &texts, &["CA", "ca", "ID"]),
        ("equals", "", &texts, &[""]),
        ("equals", "x,,y", &texts, &["", "x"]),
        ("notEqual", "CA,x", &texts, &["", "Carson", "ID", "Florida"]),
        (
            "notEqual",
            "",
            &texts,
            &["CA", "ca", "Carson", "ID", "Florida", "x"],
        ),
        ("contains", "id", &texts, &["ID", "Florida"]),
        ("contains", "id,SON", &texts, &["Carson", "ID", "Florida"]),
        ("notContain", "id,son", &texts, &["", "CA", "ca", "x"]),
        ("startsWith", "ca", &texts, &["CA", "ca", "Carson"]),
        ("startsWith", "flo,X", &texts, &["Florida", "x"]),
        // In ordered comparisons, a blank number counts as zero.
        ("equals", "1,5", &numbers, &["1", "5"]),
        ("equals", "0", &numbers, &["0"]),
        ("equals", "1,", &numbers, &["", "1"]),
        ("notEqual", "1", &numbers, &["", "-1", "0", "2", "5"]),
        ("lessThan", "1", &numbers, &["", "-1", "0"]),
        ("lessOrEqual", "-1", &numbers, &["-1"]),
        ("greaterThan", "1", &numbers, &["2", "5"]),
        ("greaterThan", "-1", &numbers, &["", "0", "1", "2", "5"]),
        ("greaterOrEqual", "0", &numbers, &["", "0", "1", "2", "5"]),
        ("lessOrEqual", "\"1,000\"", &numbers, &numbers),
        ("equals", "2026-03-31", &dates, &["2026-03-31"]),
        (
            "notEqual",
            "2026-03-31",
            &dates,
            &["", "2026-03-30", "2026-04-01"],
        ),
        ("lessThan", "2026-03-31", &dates, &["2026-03-30"]),
        (
            "greaterOrEqual",
            "3/31/2026",
            &dates,
            &["2026-03-31", "2026-04-01"],
        ),
        // A checkbox is never blank: if missing, it is unchecked.
        ("equals", "True", &flags, &["true"]),
        ("equals", "False", &flags, &["", "FALSE"]),
        ("notEqual", "True", &flags, &["", "FALSE"]),
        ("notEqual", "false", &flags, &["true"]),
        ("equals", "True,False", &flags, &flags),
        // A comma means *or*; a semicolon means *and*.
        ("includes", "a", &selections, &["A", "A;B;C", "D;a"]),
        ("includes", "B,D", &selections, &["b", "A;B;C", "D;a"]),
        ("includes", "A;C,D", &selections, &["A;B;C", "D;a"]),
        ("excludes", "A,B", &selections, &["", "C"]),
    ] {
        let xml = file(&criterion("Custom__c", operation, value));
        let imported = Import::new().date_format("%m/%d/%Y").read(&xml).unwrap();
        let entry = &imported.report.rules[0].entries[0];
        assert_eq!(
            entry.fate,
            Fate::Exactly,
            "{operation} `{value}`: {:?}",
            entry.findings
        );
        assert_eq!(
            matched(&imported, values),
            expected,
            "{operation} `{value}`"
        );
    }
}

#[test]
fn filter_logic_joins_criteria() {
    let criteria: String = ["a", "b", "c"]
        .map(|it| criterion("Custom__c", "contains", it))
        .concat();
    let values = ["", "a", "b", "c", "ab", "ac", "bc", "abc"];
    for (filter, expected) in [
        ("", &["abc"][..]),
        ("1 OR 2 OR 3", &["a", "b", "c", "ab", "ac", "bc", "abc"]),
        ("1 AND (2 OR NOT 3)", &["a", "ab", "abc"]),
        ("1 and 2 or 3", &["c", "ab", "ac", "bc", "abc"]),
        ("NOT (1 OR 2)", &["", "c"]),
        ("not 1 AND not 2 AND not 3", &[""]),
        ("((1 AND 2)OR(2 AND 3))", &["ab", "bc", "abc"]),
    ] {
        let xml = file(&format!(
            "<booleanFilter>{filter}</booleanFilter>{criteria}"
        ));
        let imported = Import::new().read(&xml).unwrap();
        assert_eq!(
            imported.report.rules[0].entries[0].fate,
            Fate::Exactly,
            "{filter}"
        );
        assert_eq!(matched(&imported, &values), expected, "{filter}");
    }
    let catch_all = Import::new().read(&file("")).unwrap();
    let tree = DecisionTree::compile(&catch_all.draft.build().unwrap()).unwrap();
    let anybody = Lead::builder("L-1").build();
    assert_eq!(
        tree.decide(&anybody, DateTime::UNIX_EPOCH).rule().unwrap(),
        "Standard/1"
    );
}

#[test]
fn formulas_of_plain_comparisons_are_carried_over() {
    use Fate::{Exactly, WithDifferences};
    let texts = ["", "Hot", "hot", "Hot stuff", "Cold"];
    let numbers = ["", "-1", "0", "5", "6"];
    for (formula, values, fate, expected) in [
        (
            "ISPICKVAL(Custom__c, 'Hot')",
            &texts[..],
            Exactly,
            &["Hot", "hot"][..],
        ),
        ("ISPICKVAL(Custom__c, \"\")", &texts, Exactly, &[""]),
        ("ISBLANK(TEXT(Custom__c))", &texts, Exactly, &[""]),
        (
            "NOT(ISBLANK(Custom__c)) && !ISPICKVAL(Custom__c, 'cold')",
            &texts,
            Exactly,
            &["Hot", "hot", "Hot stuff"],
        ),
        (
            "OR(ISPICKVAL(Custom__c, 'Hot'), ISBLANK(Custom__c))",
            &texts,
            Exactly,
            &["", "Hot", "hot"],
        ),
        (
            "AND(ISPICKVAL(Custom__c, 'Hot'), ISBLANK(Custom__c))",
            &texts,
            Exactly,
            &[],
        ),
        (
            "CONTAINS(Custom__c, 'stuff')",
            &texts,
            WithDifferences,
            &["Hot stuff"],
        ),
        (
            "BEGINS(Custom__c, \"Hot\") /* all of them */",
            &texts,
            WithDifferences,
            &["Hot", "hot", "Hot stuff"],
        ),
        (
            "Custom__c = 'Hot' || Custom__c = \"Cold\"",
            &texts,
            WithDifferences,
            &["Hot", "hot", "Cold"],
        ),
        (
            "'Hot' <> Custom__c",
            &texts,
            WithDifferences,
            &["", "Hot stuff", "Cold"],
        ),
        (
            "Custom__c != ''",
            &texts,
            Exactly,
            &["Hot", "hot", "Hot stuff", "Cold"],
        ),
        // In a formula, no comparison with a blank number holds.
        ("Custom__c > 0", &numbers, Exactly, &["5", "6"]),
        ("5 >= Custom__c", &numbers, Exactly, &["-1", "0", "5"]),
        ("Custom__c <> 5", &numbers, Exactly, &["-1", "0", "6"]),
        ("Custom__c == -1", &numbers, Exactly, &["-1"]),
        (
            "NOT(Custom__c < 5)",
            &numbers,
            WithDifferences,
            &["", "5", "6"],
        ),
        ("TRUE && Custom__c > 5", &numbers, Exactly, &["6"]),
        ("Custom__c > 5 || FALSE", &numbers, Exactly, &["6"]),
        (
            "Custom__c = TRUE",
            &["", "true", "false"],
            Exactly,
            &["true"],
        ),
        (
            "!Custom__c",
            &["", "true", "false"],
            Exactly,
            &["", "false"],
        ),
    ] {
        let escaped = formula.replace('&', "&amp;").replace('<', "&lt;");
        let xml = file(&format!("<formula>{escaped}</formula>"));
        let imported = Import::new().read(&xml).unwrap();
        let entry = &imported.report.rules[0].entries[0];
        assert_eq!(entry.fate, fate, "{formula}: {:?}", entry.findings);
        assert_eq!(matched(&imported, values), expected, "{formula}");
    }
}

#[test]
fn other_formulas_are_reported() {
    for (formula, told) in [
        (
            "LEN(Custom__c) > 5",
            "`LEN` in the formula is not a plain comparison",
        ),
        (
            "Custom__c > Other__c",
            "compares with the field `Custom__c` or `Other__c`",
        ),
        (
            "Custom__c + 1 > 5",
            "`+` in the formula is not a plain comparison",
        ),
        (
            "CONTAINS(Custom__c, ' GmbH')",
            "white space around the text ` GmbH`",
        ),
        (
            "ISPICKVAL(Custom__c, ' ')",
            "white space around the text ` `",
        ),
        (
            "CONTAINS(Custom__c, '')",
            "the meaning of `contains` for a blank value is undocumented",
        ),
        (
            "$User.IsActive",
            "`$User.IsActive` in the formula is not a plain comparison",
        ),
        (
            "Custom__c >",
            "the formula cannot be read: expected a field, a value or a function at character 12",
        ),
    ] {
        let escaped = formula.replace('&', "&amp;").replace('<', "&lt;");
        let xml = file(&format!("<formula>{escaped}</formula>"));
        let imported = Import::new().read(&xml).unwrap();
        let entry = &imported.report.rules[0].entries[0];
        assert_eq!(
            entry.fate,
            Fate::NotAtAll,
            "{formula}: {:?}",
            entry.findings
        );
        let said = entry.findings[0].to_string();
        assert!(said.contains(told), "{formula}: {said}");
        imported.draft.build().unwrap();
    }
}

#[test]
fn the_field_map_decides_what_fields_become() {
    let xml = file(&(criterion("Zone__c", "equals", "7") + &criterion("Zone__c", "equals", "8")));
    let becomes = |fields: FieldMap| {
        let imported = Import::new().fields(fields).read(&xml).unwrap();
        imported.report.fields[0].becomes.to_string()
    };
    assert_eq!(becomes(FieldMap::default()), "attribute `Zone__c` (number)");
    let text = FieldMap::default().kind("Zone__c", AttributeKind::Text);
    assert_eq!(becomes(text), "attribute `Zone__c` (text)");
    let named = FieldMap::empty().attribute("lead.zone__C", "zone");
    assert_eq!(becomes(named), "attribute `zone` (number)");
}
