//! Fields and values that a policy file does not have are told with their place, in plain words.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod sample_policy;

use leadtree::policy::LoadError;
use sample_policy::{load, world};

#[test]
fn fields_and_values_of_the_wrong_form() {
    let rule = |rule: &str| world(&format!("\"rules\": [\n{rule}\n]"));
    let cases = [
        world("\"rules\": [\n{ \"id\": \"a\" ]"),
        rule(r#"{ "id": "a", "asign_to": "east" }"#),
        rule(r#"{ "id": 7, "assign_to": "east" }"#),
        rule(r#"{ "assign_to": "east" }"#),
        rule(r#"{ "id": "a", "group": "g", "rules": [] }"#),
        rule(r#"{ "id": "a", "assign_to": "east", "rules": [] }"#),
        rule(r#"{ "group": "g" }"#),
        rule(r#"{ "group": "g", "rules": [], "assign_to": "east" }"#),
        rule(r#"{ "group": "g", "rules": [], "until": "2026-01-01T00:00:00Z" }"#),
        rule(r#"{ "id": "a", "assign_to": "east", "until": "tomorrow" }"#),
        rule(r#"{ "id": "a", "assign_to": "east", "when": {} }"#),
        rule(r#"{ "id": "a", "assign_to": "east", "when": 7 }"#),
        rule(r#"{ "id": "a", "assign_to": "east", "when": { "region": {} } }"#),
        rule(r#"{ "id": "a", "assign_to": "east", "when": { "region": { "in": "cn" } } }"#),
        rule(r#"{ "id": "a", "assign_to": "east", "when": { "region": { "band": "cn" } } }"#),
        rule(
            r#"{ "id": "a", "assign_to": "east", "when": { "region": { "is": "cn", "within": "us" } } }"#,
        ),
        rule(
            r#"{ "id": "a", "assign_to": "east", "when": { "region": { "is": "cn" }, "industry": { "is": "x" } } }"#,
        ),
        rule(
            r#"{ "id": "a", "assign_to": "east", "when": { "all": [{ "region": { "missing": false } }] } }"#,
        ),
        rule(r#"{ "id": "a", "assign_to": "east", "when": { "region": { "is": ["cn", 7] } } }"#),
        rule(r#"{ "id": "a", "assign_to": "east", "when": { "region": { "is": null } } }"#),
        rule(
            r#"{ "id": "a", "assign_to": "east", "when": { "revenue": { "between": [1, "2026-01-01"] } } }"#,
        ),
        rule(
            r#"{ "id": "a", "assign_to": "east", "when": { "revenue": { "between": [1, 2, 3] } } }"#,
        ),
        rule(r#"{ "id": "a", "assign_to": "east", "when": { "source": { "at_least": "web" } } }"#),
        rule(r#"{ "id": "a", "assign_to": "east", "when": { "signed": { "on": "31.3.2026" } } }"#),
        rule(r#"{ "id": "a", "assign_to": "east", "when": { "source": { "contains": 7 } } }"#),
        rule(r#"{ "id": "a", "assign_to": ["east"] }"#),
        rule(r#"{ "id": "a", "assign_to": { "teem": "east" } }"#),
        rule(r#"{ "id": "a", "assign_to": { "team": "east", "if_nobody": "nothing" } }"#),
        rule(r#"{ "id": "a", "assign_to": "east", "support": [{ "member": "m-01" }] }"#),
        r#"{ "attributes": { "x": "texts" } }"#.to_owned(),
        r#"{ "teams": [{ "id": "a", "strategy": { "seed": 1 } }] }"#.to_owned(),
        r#"{ "teams": [{ "id": "a", "strategy": { "name": "random", "seed": 1, "seed": 2 } }] }"#
            .to_owned(),
        r#"{ "teams": [{ "id": "a", "members": [{ "member": "m", "wieght": 2 }] }] }"#.to_owned(),
        r#"{ "customer_sizes": { "small": [1, 9] } }"#.to_owned(),
        r#"{ "rulez": [] }"#.to_owned(),
        r#"{ "": [] }"#.to_owned(),
    ];
    let messages: Vec<String> = cases
        .iter()
        .map(|text| match load(text) {
            Ok(_) => panic!("a good policy: {text}"),
            Err(LoadError::Policy(errors)) => {
                let faults = errors.faults().iter().map(ToString::to_string);
                faults.collect::<Vec<_>>().join("\n  and ")
            }
            Err(error) => error.to_string(),
        })
        .collect();
    insta::assert_snapshot!(messages.join("\n"), @r#"
    rules[0]: expected `,` or `}` at line 8 column 13
    rules[0].asign_to: unknown field `asign_to`; did you mean `assign_to`?
    rules[0].id: expected a text, found the number 7; write it in quotes
    rules[0]: neither a rule nor a group; write `id` for a rule, or `group` for a group
    rules[0]: both a rule and a group; keep `id` for a rule, or `group` for a group
    rules[0].rules: `rules` belongs to a group; write `group` instead of `id`
    rules[0]: a group needs `rules`; add them
    rules[0].assign_to: a group has no outcome of its own; put `assign_to` in its `rules` or `otherwise`
    rules[0].until: a group has no period; put `until` in its rules
    rules[0].until: `tomorrow` is not a moment; write 2026-03-31, 2026-03-31T08:00:00 or, with an offset, 2026-03-31T08:00:00+08:00
    rules[0].when: the condition is empty; leave out `when` instead
    rules[0].when: expected a condition: a text such as `region in cn`, or a map with one of `all`, `any`, `not`, a dimension or an attribute, found the number 7
    rules[0].when.region: the test of `region` is empty; write, for example, {"is": …}. Inside `{…}` a comma ends the value before it: write a condition with a list as a text in quotes, such as 'region in (cn, us)'
    rules[0].when.region.in: unknown field `in`; write `within`
    rules[0].when.region: only `customer_size` has bands
    rules[0].when.region: a test has one operator, but has `is` and `within`; combine two tests with `all` or `any`
    rules[0].when: a condition has one key, but has `region` and `industry`; combine them with `all` or `any`
    rules[0].when.all[0].region: `missing` can only be true; to negate it, wrap the test in `not`
    rules[0].when.region.is: a list must not mix texts and numbers
    rules[0].when.region.is: expected a text, a number, true or false, or a list of texts or numbers, found nothing
    rules[0].when.revenue: both bounds must be of one kind: numbers, stages or dates
    rules[0].when.revenue.between: expected a list of two values, found a list of 3
    rules[0].when.source: texts have no order; write a number or a date (2026-03-31)
    rules[0].when.signed: `31.3.2026` is not a date; write it as 2026-03-31
    rules[0].when.source.contains: expected a text or a list of texts, found the number 7; write it in quotes
    rules[0].assign_to: expected a team's name, or a map with `team`, `member` or `pool`, found a list
    rules[0].assign_to.teem: unknown field `teem`; did you mean `team`?
    rules[0].assign_to.if_nobody: unknown word `nothing`; write `everyone`, `wait`, `unassigned` or `overflow`
    rules[0].support[0].member: unknown field `member`; did you mean `members`?
      and rules[0].support[0]: `team` is missing; add it
    attributes.x: unknown word `texts`; write `text`, `number`, `flag`, `tags` or `date`; did you mean `text`?
    teams[0].strategy: `name` is missing; write the name of the strategy and its options beside each other, such as `{name: random, seed: 7}`
    teams[0].strategy: option `seed` is given twice
    teams[0].members[0].wieght: unknown field `wieght`; did you mean `weight`?
    customer_sizes.small: expected a text, found a list
    rulez: unknown field `rulez`; did you mean `rules`?
    [""]: unknown field ``
    "#);
}
