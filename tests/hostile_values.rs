//! Odd values: not numbers, empty, unusual characters, very long names.

mod bounded_run;

use bounded_run::load_unguarded;
use leadtree::dimension::{Dimension, Listed, Number, Taxonomy, TaxonomyRow};
use leadtree::dispatch::Dispatcher;
use leadtree::lead::{AttributeValue, Facts};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Rule, Target, region};
use leadtree::team::Team;
use leadtree::tree::{DecisionTree, Interpreter};
use leadtree::{Lead, MemberId};

const NOW: chrono::DateTime<chrono::Utc> = chrono::DateTime::UNIX_EPOCH;

#[test]
fn values_that_are_not_numbers_are_refused() {
    assert!(Number::new(f64::NAN).is_err());
    assert!(AttributeValue::try_from(-f64::NAN).is_err());
    for number in [
        "NaN",
        "nan",
        "Infinity",
        "-Infinity",
        "1e999",
        "-1e999",
        "0x10",
        "1_000",
        "+1",
        ".5",
    ] {
        let rule = format!(
            r#"{{"attributes":{{"x":"number"}},"rules":[{{"id":"r","when":{{"x":{{"at_least":{number}}}}},"assign_to":{{"pool":"unmatched"}}}}]}}"#
        );
        assert!(load_unguarded(&rule).is_err(), "a rule with {number}");
        let lead = format!(r#"{{"id":"L-1","attributes":{{"x":{number}}}}}"#);
        assert!(
            serde_json::from_str::<Lead<'_>>(&lead).is_err(),
            "a lead with {number}"
        );
    }
}

#[test]
fn the_largest_numbers_have_their_order() {
    let (most, least) = (f64::MAX, f64::MIN);
    let number = |number: f64| Number::new(number).unwrap();
    let field = || leadtree::rule::number("x");
    for (when, given, holds) in [
        (field().at_least(number(most)), most, true),
        (field().more_than(number(most)), most, false),
        (field().more_than(number(1e308)), most, true),
        (field().at_most(number(least)), least, true),
        (field().less_than(number(least)), least, false),
        (field().between(number(least), number(most)), 0.0, true),
        (field().is(number(-0.0)), 0.0, true),
        (field().less_than(number(0.0)), -0.0, false),
        (field().is(number(most)), 1e308, false),
    ] {
        let words = when.to_string();
        let policy = PolicyDraft::new()
            .attribute("x", leadtree::dimension::AttributeKind::Number)
            .rule(
                Rule::new("r")
                    .when(when)
                    .assign_to(Target::pool("unmatched")),
            )
            .build()
            .unwrap();
        let lead = Lead::builder("L-1").attribute("x", number(given)).build();
        let tree = DecisionTree::compile(&policy).unwrap();
        assert_eq!(
            tree.decide(&lead, NOW).rule().is_some(),
            holds,
            "{words}, given {given}"
        );
        let interpreter = Interpreter::new(&policy);
        assert_eq!(
            interpreter.decide(&lead, NOW).rule().is_some(),
            holds,
            "{words}, given {given}"
        );
    }
}

#[test]
fn odd_head_counts_are_unlisted_not_an_error() {
    let policy = PolicyDraft::new().build().unwrap();
    for (given, expected) in [
        ("0", Listed::Known(0)),
        ("4294967295", Listed::Known(u32::MAX)),
        ("4294967296", Listed::Unlisted),
        ("-1", Listed::Unlisted),
        ("-9223372036854775808", Listed::Unlisted),
        ("18446744073709551615", Listed::Unlisted),
        ("1e300", Listed::Unlisted),
        ("250.0", Listed::Known(250)),
        ("250.5", Listed::Unlisted),
        ("\"\"", Listed::Missing),
        ("null", Listed::Missing),
        ("\"\\u0000\"", Listed::Unlisted),
        ("\"٣\"", Listed::Unlisted),
    ] {
        let lead = format!(r#"{{"id":"L-1","customer_size":{given}}}"#);
        let lead: Lead<'_> = serde_json::from_str(&lead).unwrap();
        let facts = Facts::of(&lead, policy.dimensions());
        assert_eq!(facts.customer_size().value, expected, "{given}");
    }
}

#[test]
fn an_empty_policy_and_an_empty_lead_are_valid() {
    for text in [
        "{}",
        r#"{"regions":{},"industries":{"tree":{},"paths":[],"rows":[],"aliases":{}},"product_lines":{"tree":{}}}"#,
        r#"{"customer_sizes":{},"lifecycle_stages":[],"funnel_stages":[],"attributes":{}}"#,
        r#"{"pools":[],"members":[],"teams":[],"rules":[],"version":"","description":""}"#,
        r#"{"rules":[{"group":"g","rules":[]}],"teams":[{"id":"t"}]}"#,
    ] {
        let policy = load_unguarded(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let dispatcher = Dispatcher::new(&policy).unwrap();
        for lead in [
            r#"{"id":""}"#,
            r#"{"id":"L-1","region":"","attributes":{"":null}}"#,
        ] {
            let lead: Lead<'_> = serde_json::from_str(lead).unwrap();
            let answer = dispatcher.assign(&lead, NOW).to_string();
            assert!(
                answer.ends_with("leaves it in pool `unmatched`"),
                "{text}: {answer}"
            );
            assert!(
                dispatcher
                    .tree()
                    .explain(&lead, NOW)
                    .to_string()
                    .contains("region: missing")
            );
        }
    }
}

#[test]
fn an_empty_file_is_an_error_with_a_place() {
    for (text, expected) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("null", "the text is empty"),
        ("[]", "expected a map: a policy, found a list"),
        ("7", "expected a map: a policy, found the number 7"),
        ("{", "EOF while parsing an object at line 1 column 1"),
        (
            "{\"rules\":7}",
            "rules: expected a list, found the number 7",
        ),
    ] {
        let error = load_unguarded(text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn unusual_characters_are_ordinary_characters() {
    // Joined emoji, a combining mark, right-to-left text, a direction mark, zero width, beyond the
    // basic plane, the last code point.
    let names = [
        "👩‍👩‍👧",
        "e\u{301}",
        "שלום",
        "\u{202e}abc",
        "a\u{200b}b",
        "𝔘𝔫𝔦",
        "\u{10ffff}",
        "İı",
        "ﬁ",
        "\u{0}",
    ];
    let mut draft = PolicyDraft::new();
    draft = draft.regions(Taxonomy::draft().paths(names.map(|name| format!("land/{name}"))));
    for name in names {
        let when = region().is(format!("land/{name}"));
        draft = draft.team(Team::new(name).member(MemberId::from(name)));
        draft = draft.rule(Rule::new(name).when(when).assign_to(name));
    }
    let text = serde_json::to_string(&draft).unwrap();
    let policy: Policy = load_unguarded(&text).unwrap();
    assert_eq!(*policy.draft(), draft);
    let dispatcher = Dispatcher::new(&policy).unwrap();
    for name in names {
        let lead = Lead::builder(name)
            .region(format!(" LAND / {name}\u{3000}"))
            .build();
        let assignment = dispatcher.assign(&lead, NOW);
        assert_eq!(
            assignment.owner().unwrap().member(),
            &MemberId::from(name),
            "{name:?}"
        );
        let tree = dispatcher.tree();
        let explanation = tree.explain(&lead, NOW);
        assert_eq!(
            explanation.facts().listed(Dimension::Region).value,
            Listed::Known(format!("land/{name}").into())
        );
    }
}

#[test]
fn lone_surrogates_are_refused_by_the_reader() {
    assert!(load_unguarded(r#"{"version":"\ud800"}"#).is_err());
    assert!(serde_json::from_str::<Lead<'_>>(r#"{"id":"\udfff"}"#).is_err());
}

#[test]
fn ids_may_have_a_million_letters() {
    let long = "x".repeat(1_000_000);
    let policy = PolicyDraft::new()
        .version(&*long)
        .pool(&*long)
        .team(Team::new(&*long).member(MemberId::from(&*long)))
        .rule(Rule::new(&*long).assign_to(&*long))
        .build()
        .unwrap();
    let dispatcher = Dispatcher::new(&policy).unwrap();
    let assignment = dispatcher.assign(&Lead::builder(&*long).build(), NOW);
    assert_eq!(assignment.owner().unwrap().member().as_str(), long);
}

#[test]
fn blank_ids_are_refused_each_at_its_place() {
    let text = r#"{
        "pools": [""], "members": [{"id": " "}], "teams": [{"id": "\t", "members": [""]}],
        "rules": [{"id": "", "assign_to": {"pool": "unmatched"}}, {"group": "\u3000", "rules": []}],
        "attributes": {"": "text"}, "regions": {"tree": {"": {}}, "paths": ["", "/", "a//b"]},
        "funnel_stages": [""], "customer_sizes": {"": "1.."}
    }"#;
    insta::assert_snapshot!(load_unguarded(text).unwrap_err(), @r#"
    the policy has 13 problems:
      regions.tree[""]: `` has an empty segment; write each name between the slashes
      regions.paths[0]: `` has an empty segment; write each name between the slashes
      regions.paths[1]: `/` has an empty segment; write each name between the slashes
      regions.paths[2]: `a//b` has an empty segment; write each name between the slashes
      customer_sizes[""]: this band has no name; give it one
      funnel_stages[0]: this stage has no name; give it one
      attributes[""]: `` cannot name an attribute: use letters, digits, `_` and `-`, beginning with a letter or `_`, at most 128 bytes, and not a dimension or a reserved word of the rule language
      pools[0]: a pool without a name; give it one
      members[0]: a member without a name; give it one
      teams[0]: a team without a name; give it one
      teams[0].members[0]: a member without a name; give it one
      rules[0].id: a rule without a name; give it one
      rules[1].group: a group without a name; give it one
    "#);
}

#[test]
fn a_row_with_a_very_long_name_is_reported() {
    let row = |id: &str, name: String| TaxonomyRow {
        id: id.to_owned(),
        name: Some(name),
        ..TaxonomyRow::default()
    };
    for length in [2_048, 2_049, 4_096, 4_097, 1_000_000] {
        let built = Taxonomy::draft()
            .rows([row("cn", "n".repeat(length))])
            .build();
        match built {
            Ok(taxonomy) => assert_eq!(taxonomy.len(), 1, "a name of {length} bytes is lost"),
            Err(errors) => {
                let expected = format!("rows[0]: a path of {length} bytes; the limit is 2048");
                assert!(errors.to_string().contains(&expected), "{errors}");
            }
        }
    }
}

#[test]
fn an_infinite_number_is_refused() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(Number::new(number).is_err(), "{number}");
        assert!(AttributeValue::try_from(number).is_err(), "{number}");
    }
}
