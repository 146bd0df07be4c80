//! Fields that become dimensions: country, state and city as the region, and the others.

use chrono::DateTime;
use leadtree::Lead;
use leadtree::dimension::{Dimension, Taxonomy, TaxonomyDraft};
use leadtree::salesforce::{Fate, FieldMap, FieldMapping, Import, Imported};
use leadtree::tree::DecisionTree;

use super::operations::{criterion, file};

fn regions() -> TaxonomyDraft {
    Taxonomy::draft()
        .paths(["us/ca/fresno", "us/ca/napa", "us/nv/reno", "ca-country/on"])
        .alias("us", ["United States", "USA"])
        .alias("us/ca", ["California"])
        .alias("ca-country", ["Canada"])
}

fn rule_for(imported: &Imported, lead: &Lead<'_>) -> bool {
    let policy = imported.draft.clone().build().unwrap();
    let tree = DecisionTree::compile(&policy).unwrap();
    tree.decide(lead, DateTime::UNIX_EPOCH).rule().is_some()
}

#[test]
fn addresses_become_a_region_if_the_taxonomy_has_them() {
    for (field, operation, value, expected) in [
        (
            "Country",
            "equals",
            "USA",
            &["us", "us/ca", "us/ca/napa", "us/nv"][..],
        ),
        (
            "Country",
            "notEqual",
            "United States",
            &["", "ca-country/on", "atlantis"],
        ),
        ("Country", "equals", "Canada,", &["", "ca-country/on"]),
        ("State", "equals", "California", &["us/ca", "us/ca/napa"]),
        (
            "State",
            "notEqual",
            "California",
            &["", "us", "us/nv", "ca-country/on", "atlantis"],
        ),
        ("City", "equals", "us/ca/napa", &["us/ca/napa"]),
    ] {
        let xml = file(&criterion(field, operation, value));
        let imported = Import::new().regions(regions()).read(&xml).unwrap();
        assert_eq!(imported.report.rules[0].entries[0].fate, Fate::Exactly);
        let [field_report] = &imported.report.fields[..] else {
            panic!("one field")
        };
        assert_eq!(
            field_report.becomes,
            FieldMapping::Dimension(Dimension::Region),
            "{field} {operation} `{value}`: {field_report:?}"
        );
        let places = [
            "",
            "us",
            "us/ca",
            "us/ca/napa",
            "us/nv",
            "ca-country/on",
            "atlantis",
        ];
        let found: Vec<_> = places
            .into_iter()
            .filter(|place| rule_for(&imported, &Lead::builder("L-1").region(*place).build()))
            .collect();
        assert_eq!(found, expected, "{field} {operation} `{value}`");
    }
}

#[test]
fn addresses_that_fit_no_region_become_texts() {
    for (criteria, field, note) in [
        (
            criterion("Country", "equals", "USA,Utopia"),
            0,
            "no region is called `Utopia`",
        ),
        (
            criterion("Country", "contains", "US"),
            0,
            "`contains` cannot test a region",
        ),
        (
            criterion("State", "equals", "California,"),
            0,
            "a blank value would still leave part of the region known",
        ),
        (
            criterion("State", "equals", "California,Canada"),
            0,
            "its regions are on several levels, from 1 to 2",
        ),
        (
            criterion("State", "equals", "Canada") + &criterion("Country", "equals", "USA"),
            0,
            "its regions are not below those of the wider field",
        ),
        (
            criterion("NumberOfEmployees", "equals", "10-49"),
            0,
            "`10-49` is not a head count",
        ),
    ] {
        let imported = Import::new()
            .regions(regions())
            .read(&file(&criteria))
            .unwrap();
        let report = &imported.report.fields[field];
        assert!(
            matches!(report.becomes, FieldMapping::Attribute { .. }),
            "{report:?}"
        );
        assert_eq!(report.note.as_deref(), Some(note));
        assert_eq!(imported.report.rules[0].entries[0].fate, Fate::Exactly);
        imported.draft.build().unwrap();
    }
}

#[test]
fn other_fields_become_dimensions_too() {
    let criteria = criterion("Industry", "equals", "Manufacturing")
        + &criterion("NumberOfEmployees", "lessThan", "50")
        + &criterion("ProductInterest__c", "notEqual", "CRM")
        + &criterion("Status", "equals", "Customer");
    let imported = Import::new()
        .fields(FieldMap::default().dimension("Status", Dimension::LifecycleStage))
        .industries(Taxonomy::draft().paths(["manufacturing/automotive"]))
        .product_lines(Taxonomy::draft().paths(["crm", "erp"]))
        .read(&file(&criteria))
        .unwrap();
    let becomes: Vec<_> = imported
        .report
        .fields
        .iter()
        .map(|field| field.becomes.to_string())
        .collect();
    assert_eq!(
        becomes,
        [
            "dimension industry",
            "dimension customer_size",
            "dimension product_line",
            "dimension lifecycle_stage"
        ]
    );
    let lead = || {
        Lead::builder("L-1")
            .industry("manufacturing")
            .lifecycle_stage("customer")
    };
    for (lead, expected) in [
        (lead().customer_size(49).product_line("erp"), true),
        // A blank number counts as zero; a blank product is not CRM.
        (lead(), true),
        (lead().customer_size(50), false),
        (lead().product_line("CRM"), false),
        // A picklist matches exactly that value.
        (lead().industry("manufacturing/automotive"), false),
    ] {
        let lead = lead.build();
        assert_eq!(rule_for(&imported, &lead), expected, "{lead:?}");
    }
}
