//! Warnings of texts that are compared as they are written, of rules whose period is over, and of teams without
//! anybody active; numbers with more digits than a number keeps.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use leadtree::diagnostics::SourceText;
use leadtree::policy::Policy;
use leadtree::rule::Condition;
use leadtree::strategy::StrategyRegistry;

/// A policy with one rule, whose condition is written like this in YAML.
fn with_condition(condition: &str) -> String {
    format!(
        "attributes: {{plz: text, tags: tags, revenue: number}}\nteams: [{{id: t, members: [m]}}]\nrules:\n  - {{id: r, when: {condition}, assign_to: t}}\n"
    )
}

/// What `check` tells of such a policy.
fn told(condition: &str) -> Vec<String> {
    let text = with_condition(condition);
    let checked = SourceText::new("p", &text).check(&StrategyRegistry::new());
    checked.findings.iter().map(ToString::to_string).collect()
}

#[test]
fn wildcards_are_told_with_the_test_to_write() {
    for (condition, remedy) in [
        ("plz = '80*'", "write `starts with '80'`"),
        ("plz = '80%'", "write `starts with '80'`"),
        ("plz in ('1', '*80')", "write `ends with '80'`"),
        ("plz = '*80*'", "write `contains '80'`"),
        ("plz starts with '80*'", "write `starts with '80'`"),
        ("plz = '*'", "write `is missing` behind `not`"),
        ("tags contains any of ('crm*')", "tags have no wildcards"),
    ] {
        for form in [format!("\"{condition}\""), map_form(condition)] {
            let told = told(&form);
            assert!(
                told.len() == 1 && told[0].contains(remedy),
                "{form}: {told:?}"
            );
        }
    }
    for fine in ["plz = '8*0'", "plz = '80'", "plz starts with '80'"] {
        assert_eq!(told(&format!("\"{fine}\"")), [""; 0], "{fine}");
    }
}

/// The condition in the structured form.
fn map_form(condition: &str) -> String {
    serde_json::to_string(&condition.parse::<Condition>().unwrap()).unwrap()
}

#[test]
fn ranges_in_the_structured_form_are_told_unless_they_stand_in_quotes() {
    for range in ["20000-31999", "20..31"] {
        for form in [
            format!("{{plz: {{is: {range}}}}}"),
            format!("{{plz: {{starts_with: [{range}, 5]}}}}"),
        ] {
            let form = form.replace(", 5]", ", '5']");
            let told = told(&form);
            assert!(
                told.len() == 1 && told[0].contains(&format!("`{range}` is one text")),
                "{form}: {told:?}"
            );
        }
        for meant in [
            format!("{{plz: {{is: '{range}'}}}}"),
            format!("{{plz: {{is: \"{range}\"}}}}"),
            format!("\"plz = '{range}'\""),
        ] {
            assert_eq!(told(&meant), [""; 0], "{meant}");
        }
    }
    // Ranges of head counts are names in many systems, and extended postal codes are single codes.
    for name in ["51-200", "12345-6789", "9-5"] {
        assert_eq!(told(&format!("{{plz: {{is: {name}}}}}")), [""; 0], "{name}");
    }
    // Without the text of the file nobody knows of quotes.
    let policy = Policy::from_yaml(&with_condition("{plz: {is: '20..31'}}")).unwrap();
    assert_eq!(policy.warnings().len(), 1);
}

#[test]
fn numbers_that_lose_digits_are_refused_in_both_forms() {
    for (number, read) in [
        ("9007199254740993", "9007199254740992"),
        ("12345678901234567", "12345678901234568"),
        ("-9007199254740993", "-9007199254740992"),
    ] {
        for form in [
            format!("\"revenue >= {number}\""),
            format!("\"revenue in (1, {number})\""),
            format!("{{revenue: {{at_least: {number}}}}}"),
            format!("{{revenue: {{is: [1, {number}]}}}}"),
        ] {
            let told = told(&form);
            let expected = format!("`{number}` would be read as the number {read}");
            assert!(
                told.iter().any(|it| it.contains(&expected)),
                "{form}: {told:?}"
            );
        }
    }
    for number in [
        "9007199254740992",
        "18446744073709551616",
        "1e21",
        "0.1234567890123456789",
    ] {
        assert_eq!(
            told(&format!("\"revenue >= {number}\"")),
            [""; 0],
            "{number}"
        );
    }
    // A number as it is printed is read again.
    let condition: Condition = "revenue >= 123456789012345678e3".parse().unwrap();
    assert_eq!(condition.to_string().parse(), Ok(condition));
}

#[test]
fn teams_without_anybody_active_are_told() {
    let text = "\
members: [{id: a, active: false}, {id: b}]
teams:
  - {id: gone, members: [a, {member: b, active: false}]}
  - {id: there, members: [a, b]}
rules:
  - {id: one, when: customer_size < 5, assign_to: gone}
  - {id: two, assign_to: there}
";
    let policy = Policy::from_yaml(text).unwrap();
    let told: Vec<_> = policy.warnings().iter().map(ToString::to_string).collect();
    let expected = "teams[0]: all members of team `gone` are inactive, so none of them gets a lead; make one active, \
                    or remove the team";
    assert_eq!(told, [expected]);
}

#[test]
fn rules_whose_period_is_over_are_told_at_a_moment() {
    let text = "\
time_zone: '+02:00'
pools: [p]
rules:
  - {id: past, when: customer_size < 5, assign_to: {pool: p}, until: 2026-03-31}
  - {id: off, enabled: false, assign_to: {pool: p}, until: 2026-03-31}
  - group: g
    when: customer_size > 7
    rules: [{id: inner, assign_to: {pool: p}, from: 2026-01-01, until: 2026-03-31T12:00:00}]
  - {id: all, assign_to: {pool: p}}
";
    let policy = Policy::from_yaml(text).unwrap();
    let places = |now: &str| -> Vec<String> {
        let warnings = policy.warnings_at(now.parse().unwrap());
        warnings.iter().map(|it| it.place.to_string()).collect()
    };
    assert_eq!(places("2026-03-30T21:59:59Z"), [""; 0]);
    assert_eq!(places("2026-03-30T22:00:00Z"), ["rules[0]"]);
    assert_eq!(
        places("2026-03-31T10:00:00Z"),
        ["rules[0]", "rules[2].rules[0]"]
    );
    assert_eq!(policy.warnings(), []);
}

#[test]
fn texts_of_examples_that_files_read_otherwise_are_refused() {
    for (value, told) in [
        ("revenue: '1.125'", "write 1125 or 1.125, without quotes"),
        ("revenue: '1.000'", "write 1000 or 1, without quotes"),
        ("tags: crm; erp", "write a list, as in [crm, erp]"),
    ] {
        let text = format!(
            "{}examples:\n  - {{lead: {{{value}}}, expect: {{rule: r}}}}\n",
            with_condition("revenue > 1")
        );
        let found = Policy::from_yaml(&text).unwrap_err().to_string();
        assert!(found.contains(told), "{value}: {found}");
    }
}
