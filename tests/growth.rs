//! Eight times as long a list costs about eight times the work, for every list that a policy can hold.
//!
//! What is allocated counts as work here. Time, in which comparisons show as well, is measured on request:
//! `cargo test --release --all-features --test growth -- --ignored --nocapture`.

#![allow(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers of tests, and a table that is asked for"
)]

mod bounded_run;

use std::collections::BTreeSet;
use std::time::Duration;

use allocation_counter::measure;
use bounded_run::{load_unguarded, time_worked};
use chrono::{DateTime, Days, NaiveDate};
use leadtree::dispatch::Dispatcher;
use leadtree::example_check::ExampleCheck;
use leadtree::policy::Policy;
use serde_json::{Map, Value, json};

/// Lists of at most a hundred items, by limits on windows, calendars, grades and skills.
const SHORT: [&str; 8] = [
    "Member.holidays",
    "Member.max_within",
    "Member.skills",
    "Requirement.skills",
    "Team.holidays",
    "Team.max_within",
    "TeamMember.max_within",
    "policy.grades",
];

/// The name of a list in the schema, the most items it may have, and a policy with so many.
type List = (&'static str, usize, fn(usize) -> Value);

const ANY: usize = usize::MAX;

const LISTS: [List; 34] = [
    (
        "policy.attributes",
        ANY,
        |count| json!({ "attributes": map(count, |_| json!("text")) }),
    ),
    (
        "policy.customer_sizes",
        ANY,
        |count| json!({ "customer_sizes": map(count, |from| json!(format!("{from}..={}", from + 5))) }),
    ),
    (
        "policy.lifecycle_stages",
        10_000,
        |count| json!({ "lifecycle_stages": names(count) }),
    ),
    (
        "policy.funnel_stages",
        10_000,
        |count| json!({ "funnel_stages": names(count) }),
    ),
    (
        "StageDraft.aliases",
        ANY,
        |count| json!({ "funnel_stages": [{ "name": "open", "aliases": names(count) }] }),
    ),
    (
        "policy.pools",
        ANY,
        |count| json!({ "pools": names(count) }),
    ),
    (
        "policy.holidays",
        ANY,
        |count| json!({ "holidays": map(count, |number| json!([day(number % 99)])) }),
    ),
    (
        "policy.holidays[]",
        10_000,
        |count| json!({ "holidays": { "cn": list(count, |number| json!(day(number))) } }),
    ),
    (
        "policy.members",
        ANY,
        |count| json!({ "members": list(count, |number| json!({ "id": name(number), "max_open": 9 })) }),
    ),
    (
        "policy.teams",
        ANY,
        |count| json!({ "teams": teams(count) }),
    ),
    (
        "policy.rules",
        ANY,
        |count| json!({ "teams": teams(1), "rules": rules(count) }),
    ),
    (
        "Entry.rules",
        ANY,
        |count| json!({ "teams": teams(1), "rules": [{ "group": "g", "rules": rules(count) }] }),
    ),
    ("Entry.support", 1_000, |count| {
        let rule = json!({ "id": "r", "assign_to": name(0), "support": names(count) });
        json!({ "teams": teams(count), "rules": [rule] })
    }),
    (
        "Outcome.support",
        1_000,
        |count| json!({ "teams": teams(count), "otherwise": { "assign_to": name(0), "support": names(count) } }),
    ),
    ("Member.leave", 10_000, |count| {
        let leave = list(
            count,
            |number| json!({ "from": day(3 * number), "until": day(3 * number + 1) }),
        );
        json!({ "members": [{ "id": "n-0", "leave": leave }], "teams": teams(1) })
    }),
    ("Team.members", ANY, |count| {
        let members = list(
            count,
            |number| json!({ "member": name(number), "weight": 2 }),
        );
        json!({ "teams": [{ "id": "t", "members": members }] })
    }),
    ("Team.strategy", ANY, |count| {
        let mut strategy = map(count, |number| json!(number));
        strategy["name"] = json!("random");
        json!({ "teams": [{ "id": "t", "members": ["m"], "strategy": strategy }] })
    }),
    ("TeamMember.terms", 1_000, |count| {
        let terms = list(
            count,
            |number| json!({ "from": day(3 * number), "until": day(3 * number + 1) }),
        );
        json!({ "teams": [{ "id": "t", "members": [{ "member": "m", "terms": terms }] }] })
    }),
    (
        "TaxonomyDraft.tree",
        ANY,
        |count| json!({ "regions": { "tree": map(count, |_| json!(["a", "b"])) } }),
    ),
    (
        "TaxonomyDraft.tree[]",
        ANY,
        |count| json!({ "regions": { "tree": { "cn": names(count) } } }),
    ),
    (
        "TaxonomyDraft.paths",
        ANY,
        |count| json!({ "regions": { "paths": list(count, |number| json!(format!("a/{number}"))) } }),
    ),
    ("TaxonomyDraft.rows", ANY, |count| {
        let row = |number| json!({ "id": name(number), "parent": name(number / 2) });
        let mut rows = list(count, row);
        rows[0] = json!({ "id": "n-0" });
        json!({ "regions": { "rows": rows } })
    }),
    ("TaxonomyDraft.aliases", ANY, |count| {
        let aliases = map(count, |number| json!([format!("other {number}")]));
        json!({ "regions": { "paths": names(count), "aliases": aliases } })
    }),
    (
        "TaxonomyDraft.aliases[]",
        ANY,
        |count| json!({ "regions": { "paths": ["cn"], "aliases": { "cn": names(count) } } }),
    ),
    (
        "policy.examples",
        ANY,
        |count| json!({ "examples": list(count, |size| example(json!({ "customer_size": size }), json!({ "pool": "unmatched" }))) }),
    ),
    ("Example.lead", ANY, |count| {
        let lead = map(count, |_| json!("x"));
        let attributes = map(count, |_| json!("text"));
        json!({ "attributes": attributes, "examples": [example(lead, json!({ "pool": "unmatched" }))] })
    }),
    ("Example.lead[]", 1_000, |count| {
        let lead = json!({ "interests": names(count) });
        json!({ "attributes": { "interests": "tags" }, "examples": [example(lead, json!({ "pool": "unmatched" }))] })
    }),
    ("ExampleLead.attributes", ANY, |count| {
        let lead = json!({ "attributes": map(count, |_| json!("x")) });
        let attributes = map(count, |_| json!("text"));
        json!({ "attributes": attributes, "examples": [example(lead, json!({ "pool": "unmatched" }))] })
    }),
    ("ExampleLead.attributes[]", 1_000, |count| {
        let lead = json!({ "attributes": { "interests": names(count) } });
        json!({ "attributes": { "interests": "tags" }, "examples": [example(lead, json!({ "pool": "unmatched" }))] })
    }),
    ("Expectation.not_rule", ANY, |count| {
        let examples = [example(json!({}), json!({ "not_rule": names(count) }))];
        json!({ "teams": teams(1), "rules": rules(count), "examples": examples })
    }),
    ("Expectation.unlisted", ANY, |count| {
        let lead = map(count, |_| json!("maybe"));
        let examples = [example(lead, json!({ "unlisted": names(count) }))];
        json!({ "attributes": map(count, |_| json!("flag")), "examples": examples })
    }),
    ("when: values", ANY, |count| {
        rule_when(&json!({ "zip": { "is": names(count) } }))
    }),
    ("when: any", ANY, |count| {
        let test = |number| json!({ "zip": { "starts_with": format!("a{number}") } });
        rule_when(&json!({ "any": list(count, test) }))
    }),
    ("when: all", ANY, |count| {
        let test = |number| json!({ "not": { "zip": { "contains": format!("a{number}") } } });
        rule_when(&json!({ "all": list(count, test) }))
    }),
];

fn example(lead: Value, expect: Value) -> Value {
    Value::Object(Map::from_iter([
        ("lead".to_owned(), lead),
        ("expect".to_owned(), expect),
    ]))
}

fn name(number: usize) -> String {
    format!("n-{number}")
}

fn names(count: usize) -> Value {
    list(count, |number| json!(name(number)))
}

fn list(count: usize, value: impl Fn(usize) -> Value) -> Value {
    (0..count).map(value).collect()
}

fn map(count: usize, value: impl Fn(usize) -> Value) -> Value {
    let entries = (0..count).map(|number| (name(number), value(number)));
    Value::Object(entries.collect::<Map<_, _>>())
}

/// Teams of one member each.
fn teams(count: usize) -> Value {
    list(
        count,
        |number| json!({ "id": name(number), "members": [name(number)] }),
    )
}

fn rules(count: usize) -> Value {
    list(
        count,
        |size| json!({ "id": name(size), "when": format!("customer_size = {size}"), "assign_to": "n-0" }),
    )
}

fn rule_when(condition: &Value) -> Value {
    let rule = json!({ "id": "r", "when": condition, "assign_to": "n-0" });
    json!({ "attributes": { "zip": "text" }, "teams": teams(1), "rules": [rule] })
}

/// A day of this number, counted from 2026.
fn day(number: usize) -> String {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let days = Days::new(number.try_into().unwrap());
    first.checked_add_days(days).unwrap().to_string()
}

/// Something that is done with a policy.
type Task = (&'static str, fn(&str, &Policy));

const TASKS: [Task; 5] = [
    ("reading", |text, _| drop(load_unguarded(text).unwrap())),
    ("writing", |_, policy| drop(policy.to_yaml().unwrap())),
    ("warnings", |_, policy| drop(policy.warnings())),
    // Options that a strategy does not have are refused, after the same work.
    ("a dispatcher", |_, policy| drop(Dispatcher::new(policy))),
    ("examples", |_, policy| {
        drop(ExampleCheck::new(policy).map(|it| it.failures(DateTime::UNIX_EPOCH)));
    }),
];

/// The work of each task for lists of 1, 2, 4 and 8 times a length, of at most `longest`.
fn growth<W>(
    (name, most, policy): List,
    longest: usize,
    work: impl Fn(&dyn Fn()) -> W,
) -> Vec<(String, [W; 4])> {
    let unit = most.min(longest) / 8;
    let policies = [1, 2, 4, 8].map(|times| {
        let text = policy(times * unit).to_string();
        let policy = load_unguarded(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (text, policy)
    });
    let of_task = |(task, run): Task| {
        let works = policies
            .each_ref()
            .map(|(text, policy)| work(&|| run(text, policy)));
        (format!("{name}, {task}"), works)
    };
    TASKS.into_iter().map(of_task).collect()
}

#[test]
fn what_is_allocated_grows_like_the_list() {
    for list in LISTS {
        for (what, bytes) in growth(list, 2_000, |run| measure(run).bytes_total) {
            let [one, _, _, eight] = bytes;
            assert!(eight <= 12 * one, "{what}: {bytes:?} bytes");
        }
    }
}

#[test]
#[ignore = "time depends on the machine; the command is above"]
fn time_grows_like_the_list() {
    let mut wrong = Vec::new();
    for list in LISTS {
        let best = |run: &dyn Fn()| {
            let once = |_| {
                let begun = time_worked();
                run();
                time_worked().saturating_sub(begun)
            };
            (0..3).map(once).min().unwrap_or_default()
        };
        for (what, times) in growth(list, 20_000, best) {
            let [one, _, _, eight] = times;
            println!("{what:45} {times:>9.2?}");
            // Shorter times cannot be told apart on every system.
            if eight > 20 * one.max(Duration::from_millis(8)) {
                wrong.push(what);
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "more than twenty times for eight times the list: {wrong:#?}"
    );
}

#[test]
fn every_list_of_the_schema_is_measured() {
    let schema = serde_json::to_value(Policy::schema()).unwrap();
    let mut lists = BTreeSet::new();
    lists_in(&schema, &schema, "policy", &mut lists);
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        // Conditions are measured by `when: …`.
        let is_test = ["AttributeTest", "CustomerSizeTest", "DimensionTest"].contains(&&**name);
        if name != "Condition" && !is_test {
            lists_in(&schema, definition, name, &mut lists);
        }
    }
    let measured = LISTS.into_iter().map(|(name, ..)| name);
    let measured = measured.filter(|name| !name.starts_with("when"));
    let known: BTreeSet<String> = measured.chain(SHORT).map(str::to_owned).collect();
    assert_eq!(lists, known);
}

/// Adds the names of the lists, and maps of any names, that are fields in a schema.
fn lists_in(root: &Value, schema: &Value, name: &str, lists: &mut BTreeSet<String>) {
    for alternative in schema["anyOf"].as_array().into_iter().flatten() {
        if alternative["$ref"].is_null() {
            lists_in(root, alternative, name, lists);
        }
    }
    for (field, value) in schema["properties"].as_object().into_iter().flatten() {
        let items = items_of(root, value);
        if value["$ref"] != "#/$defs/Condition" && !items.is_empty() {
            lists.insert(format!("{name}.{field}"));
            // Maps of lists, and lists of lists.
            let is_named = |item: &&Value| !root_of(root, item)["properties"].is_object();
            let inner = items.into_iter().filter(is_named);
            if inner.flat_map(|item| items_of(root, item)).next().is_some() {
                lists.insert(format!("{name}.{field}[]"));
            }
        }
    }
}

fn root_of<'v>(root: &'v Value, schema: &'v Value) -> &'v Value {
    match schema["$ref"].as_str() {
        Some(path) => &root["$defs"][path.trim_start_matches("#/$defs/")],
        None => schema,
    }
}

/// The schemas of the items of a list, or of the values of a map of any names.
fn items_of<'v>(root: &'v Value, schema: &'v Value) -> Vec<&'v Value> {
    let schema = root_of(root, schema);
    let own = ["items", "additionalProperties"].map(|key| &schema[key]);
    let own = own.into_iter().filter(|it| it.is_object());
    let alternatives = schema["anyOf"].as_array().into_iter().flatten();
    own.chain(alternatives.flat_map(|it| items_of(root, it)))
        .collect()
}
