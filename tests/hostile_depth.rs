//! Endlessly nested input is an error, even on a small stack.

mod bounded_run;

use bounded_run::{beginning, endure, load_unguarded, nested};
use leadtree::Lead;
use leadtree::dimension::{AttributeKind, Taxonomy, TaxonomyDraft};
use leadtree::policy::PolicyDraft;
use leadtree::rule::{Group, Rule, Target, any, industry, not, region};
use leadtree::tree::{DecisionTree, Interpreter};

const DEEP: usize = 100_000;
const STACK: usize = 1_024;

#[test]
fn a_hundred_thousand_negations_in_code() {
    let errors = endure("negations in code", STACK, || {
        let mut condition = region().is("cn");
        for _ in 0..DEEP {
            condition = not(condition & industry().is_missing());
        }
        let copy = condition.clone();
        assert_eq!(copy, condition);
        assert!(!format!("{condition} {condition:?}").is_empty());
        let rule = Rule::new("deep")
            .when(condition)
            .assign_to(Target::pool("unmatched"));
        let draft = PolicyDraft::new()
            .regions(Taxonomy::draft().path("cn"))
            .rule(rule);
        assert!(
            serde_json::to_string(&draft).is_err(),
            "what was left out cannot be written"
        );
        draft.build().unwrap_err()
    });
    assert_eq!(
        beginning(&errors, 9),
        "the policy has 1 problem:\n  rules[0].when: conditions nest deeper than 32; spread them \
         over several rules"
    );
}

#[test]
fn double_negations_cancel_however_many() {
    endure("double negations", STACK, || {
        let mut condition = region().is_missing();
        for _ in 0..DEEP {
            condition = !condition;
        }
        assert_eq!(condition, region().is_missing());
    });
}

#[test]
fn a_condition_at_the_limit_is_valid() {
    endure("32 levels", STACK, || {
        let mut condition = region().is_missing();
        for _ in 1..16 {
            condition = !(condition & industry().is_missing());
        }
        let rule = Rule::new("deep")
            .when(condition)
            .assign_to(Target::pool("unmatched"));
        let draft = PolicyDraft::new().rule(rule);
        let text = serde_json::to_string(&draft).unwrap();
        let policy = load_unguarded(&text).unwrap();
        assert_eq!(*policy.draft(), draft);
        let lead = Lead::builder("L-1").build();
        let now = chrono::DateTime::UNIX_EPOCH;
        let tree = DecisionTree::compile(&policy).unwrap();
        assert_eq!(
            tree.decide(&lead, now),
            Interpreter::new(&policy).decide(&lead, now)
        );
    });
}

#[test]
fn a_hundred_thousand_groups_in_code() {
    let errors = endure("groups in code", STACK, || {
        let mut group = Group::new("g");
        for number in 0..DEEP {
            group = Group::new(format!("g-{number}")).rule(group);
        }
        PolicyDraft::new().rule(group).build().unwrap_err()
    });
    let text = errors.to_string();
    assert!(
        text.contains("groups nest deeper than 32; spread them over several rules"),
        "{text}"
    );
}

#[test]
fn endless_nesting_in_a_file() {
    let rule = |when: &str| format!(r#"{{"rules":[{{"id":"r","when":{when},"assign_to":"a"}}]}}"#);
    for (what, text) in [
        (
            "negations",
            rule(&nested(
                r#"{"not":"#,
                r#"{"region":{"is":"cn"}}"#,
                "}",
                DEEP,
            )),
        ),
        (
            "choices",
            rule(&nested(
                r#"{"any":["#,
                r#"{"region":{"is":"cn"}}"#,
                "]}",
                DEEP,
            )),
        ),
        ("unfinished negations", rule(&r#"{"not":"#.repeat(DEEP))),
        (
            "a tree of regions",
            format!(
                r#"{{"regions":{{"tree":{}}}}}"#,
                nested(r#"{"a":"#, "{}", "}", DEEP)
            ),
        ),
        (
            "an unknown field",
            format!(r#"{{"x":{}}}"#, nested("[", "", "]", DEEP)),
        ),
        ("a list for a name", rule(&nested("[", "", "]", DEEP))),
    ] {
        let error = endure(what, STACK, || {
            load_unguarded(&text).unwrap_err().to_string()
        });
        assert!(
            error.len() < 10_000,
            "{what}: the message stays short: {} bytes",
            error.len()
        );
        let guarded = serde_json::from_str::<PolicyDraft>(&text);
        assert!(guarded.is_err(), "{what}");
    }
}

#[test]
fn endless_groups_in_a_file() {
    let groups = nested(r#"{"group":"g","rules":["#, "", "]}", DEEP);
    let text = format!(r#"{{"rules":[{groups}]}}"#);
    // The default stack of a thread.
    endure("groups", 2_048, || load_unguarded(&text).unwrap_err());
}

#[test]
fn endless_lists_instead_of_a_stage() {
    let text = format!(r#"{{"funnel_stages":[{}]}}"#, nested("[", "", "]", DEEP));
    endure("a list for a stage", STACK, || {
        load_unguarded(&text).unwrap_err()
    });
}

#[test]
fn endless_lists_instead_of_an_option() {
    let strategy = format!(
        r#"{{"name":"random","seed":{}}}"#,
        nested("[", "", "]", DEEP)
    );
    let text = format!(r#"{{"teams":[{{"id":"a","strategy":{strategy}}}]}}"#);
    endure("a list for an option", STACK, || {
        load_unguarded(&text).unwrap_err()
    });
}

#[test]
fn endless_lists_inside_a_list_of_values() {
    let text = format!(
        r#"{{"rules":[{{"id":"r","when":{{"region":{{"is":["a",{}]}}}},"assign_to":"a"}}]}}"#,
        nested("[", "", "]", DEEP)
    );
    endure("a list for a value in a list", STACK, || {
        load_unguarded(&text).unwrap_err()
    });
}

#[test]
fn endless_lists_in_a_lead() {
    for text in [
        format!(
            r#"{{"id":"L-1","attributes":{{"x":{}}}}}"#,
            nested("[", "", "]", DEEP)
        ),
        format!(
            r#"{{"id":"L-1","region":{}}}"#,
            nested(r#"{"a":"#, "1", "}", DEEP)
        ),
        format!(
            r#"{{"id":"L-1","customer_size":{}}}"#,
            nested("[", "", "]", DEEP)
        ),
    ] {
        endure("a lead with lists in lists", STACK, || {
            let mut reader = serde_json::Deserializer::from_str(&text);
            reader.disable_recursion_limit();
            let lead: Result<Lead<'_>, _> = serde::Deserialize::deserialize(&mut reader);
            // In an attribute a nested value is unlisted; anywhere else it is refused.
            assert_eq!(lead.is_ok(), text.contains("attributes"), "{lead:?}");
        });
    }
}

#[test]
fn a_path_of_a_hundred_thousand_names() {
    let path = vec!["a"; DEEP].join("/");
    endure("a long path", STACK, || {
        let errors = Taxonomy::draft().path(path.as_str()).build().unwrap_err();
        assert_eq!(
            errors.to_string(),
            "the list of values has 1 problem:\n  paths[0]: a path of 199999 bytes; the limit is 2048: shorten the names"
        );
        // The deepest nesting allowed.
        let draft = Taxonomy::draft().path(vec!["a"; 1_024].join("/"));
        let deepest = draft.build().unwrap();
        assert_eq!(deepest.len(), 1_024);
    });
}

#[test]
fn a_tree_of_regions_at_the_limit() {
    let text = format!(r#"{{"tree":{}}}"#, nested(r#"{"a":"#, "{}", "}", 100));
    let taxonomy = endure("100 levels", STACK, || {
        let draft: TaxonomyDraft = serde_json::from_str(&text).unwrap();
        draft.build().unwrap()
    });
    assert_eq!(taxonomy.len(), 100);
}

#[test]
fn nested_ors_are_flattened() {
    endure("choices in choices", STACK, || {
        let mut condition = region().is_missing();
        for _ in 0..1_000 {
            condition = any([condition, industry().is_missing()]);
        }
        let rule = Rule::new("wide")
            .when(condition)
            .assign_to(Target::pool("unmatched"));
        let policy = PolicyDraft::new()
            .attribute("x", AttributeKind::Text)
            .rule(rule);
        policy.build().unwrap();
    });
}
