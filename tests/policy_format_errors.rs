//! Malformed policy files are reported with path and line.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod sample_policy;

use leadtree::policy::LoadError;
use sample_policy::{load, world};

#[test]
fn malformed_input_is_reported_with_path_and_line() {
    let rule = |rule: &str| world(&format!("\"rules\": [\n{rule}\n]"));
    let cases = [
        world("\"rules\": [\n{ \"id\": \"a\" ]"),
        rule(r#"{ "id": "a", "asign_to": "east" }"#),
        rule(r#"{ "id": 7 }"#),
        rule(r#"{ "assign_to": "east" }"#),
        rule(r#"{ "id": "a", "group": "g", "rules": [] }"#),
        rule(r#"{ "id": "a", "rules": [] }"#),
        rule(r#"{ "group": "g" }"#),
        rule(r#"{ "group": "g", "rules": [], "assign_to": "east" }"#),
        rule(r#"{ "group": "g", "rules": [], "until": "2026-01-01T00:00:00Z" }"#),
        rule(r#"{ "id": "a", "until": "tomorrow" }"#),
        rule(r#"{ "id": "a", "when": {} }"#),
        rule(r#"{ "id": "a", "when": 7 }"#),
        rule(r#"{ "id": "a", "when": { "region": {} } }"#),
        rule(r#"{ "id": "a", "when": { "region": { "in": "cn" } } }"#),
        rule(r#"{ "id": "a", "when": { "region": { "band": "cn" } } }"#),
        rule(r#"{ "id": "a", "when": { "region": { "is": "cn", "within": "us" } } }"#),
        rule(r#"{ "id": "a", "when": { "region": { "is": "cn" }, "industry": { "is": "x" } } }"#),
        rule(r#"{ "id": "a", "when": { "all": [{ "region": { "missing": false } }] } }"#),
        rule(r#"{ "id": "a", "when": { "region": { "is": ["cn", 7] } } }"#),
        rule(r#"{ "id": "a", "when": { "region": { "is": null } } }"#),
        rule(r#"{ "id": "a", "when": { "revenue": { "between": [1, "2026-01-01"] } } }"#),
        rule(r#"{ "id": "a", "when": { "revenue": { "between": [1, 2, 3] } } }"#),
        rule(r#"{ "id": "a", "when": { "source": { "at_least": "web" } } }"#),
        rule(r#"{ "id": "a", "when": { "signed": { "on": "31.3.2026" } } }"#),
        rule(r#"{ "id": "a", "when": { "source": { "contains": 7 } } }"#),
        rule(r#"{ "id": "a", "assign_to": ["east"] }"#),
        rule(r#"{ "id": "a", "assign_to": { "teem": "east" } }"#),
        rule(r#"{ "id": "a", "assign_to": { "team": "east", "if_nobody": "nothing" } }"#),
        rule(r#"{ "id": "a", "support": [{ "member": "m-01" }] }"#),
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
            Err(error @ LoadError::Format { .. }) => error.to_string(),
            Err(error) => panic!("read, but {error}: {text}"),
            Ok(_) => panic!("a good policy: {text}"),
        })
        .collect();
    insta::assert_snapshot!(messages.join("\n"), @r#"
    rules[0].?: expected `,` or `}` at line 8 column 13
    rules[0].asign_to: unknown field `asign_to`, expected one of `id`, `group`, `description`, `enabled`, `from`, `until`, `when`, `assign_to`, `counts`, `requires`, `prefers`, `support`, `rules`, `otherwise` at line 8 column 23
    rules[0].id: invalid type: integer `7`, expected a string at line 8 column 9
    rules[0]: expected `id` for a rule, or `group` for a group at line 9 column 1
    rules[0]: write either `id` (a rule) or `group` (a group), not both at line 9 column 1
    rules[0]: `rules` and `otherwise` belong to a group; write `group` instead of `id` at line 9 column 1
    rules[0]: a group needs `rules` at line 9 column 1
    rules[0]: a group has no outcome of its own; put it in its `rules` or `otherwise` at line 9 column 1
    rules[0]: a group has no period; put `from` and `until` in its rules at line 9 column 1
    rules[0].until: `tomorrow` is not a moment; write 2026-03-31T08:00:00Z or 2026-03-31T08:00:00+08:00 at line 8 column 34
    rules[0].when: the condition is empty; leave out `when` instead at line 8 column 23
    rules[0].when: invalid type: integer `7`, expected a condition: a text such as `region in cn`, or a map with one of `all`, `any`, `not`, a dimension or an attribute at line 8 column 22
    rules[0].when.region: the test is empty; write, for example, {"is": …} at line 8 column 35
    rules[0].when.region: unknown field `in`, expected one of `within`, `is`, `on`, `band`, `less_than`, `at_most`, `at_least`, `more_than`, `before`, `after`, `between`, `contains`, `starts_with`, `ends_with`, `contains_any`, `contains_all`, `missing`, `unlisted` at line 8 column 39
    rules[0].when.region: only `customer_size` has bands at line 8 column 41
    rules[0].when.region: a test has one operator, but has `is` and `within`; combine two tests with `all` or `any` at line 8 column 55
    rules[0].when: a condition has one key, but has `region` and `industry`; combine them with `all` or `any` at line 8 column 59
    rules[0].when.all[0].region: `missing` can only be true; to negate it, wrap the test in `not` at line 8 column 63
    rules[0].when.region.is: a list must not mix texts and numbers at line 8 column 50
    rules[0].when.region.is: invalid type: null, expected a text, a number, true or false, or a list of texts or numbers at line 8 column 45
    rules[0].when.revenue: both bounds must be of one kind: numbers, stages or dates at line 8 column 66
    rules[0].when.revenue.between: trailing characters at line 8 column 55
    rules[0].when.source: texts have no order; write a number or a date (2026-03-31) at line 8 column 54
    rules[0].when.signed: `31.3.2026` is not a date; write it as 2026-03-31 at line 8 column 54
    rules[0].when.source.contains: expected a text or a list of texts at line 8 column 50
    rules[0].assign_to: invalid type: sequence, expected a team's name, or a map with `team`, `member` or `pool` at line 8 column 27
    rules[0].assign_to.teem: unknown field `teem`, expected one of `team`, `member`, `pool`, `if_nobody` at line 8 column 34
    rules[0].assign_to.if_nobody: unknown variant `nothing`, expected one of `everyone`, `wait`, `unassigned`, `overflow` at line 8 column 66
    rules[0].support[0].member: unknown field `member`, expected `team` or `members` at line 8 column 35
    attributes.x: unknown variant `texts`, expected one of `text`, `number`, `flag`, `tags`, `date` at line 1 column 30
    teams[0].strategy: missing field `name` at line 1 column 50
    teams[0].strategy: option `seed` is given twice at line 1 column 74
    teams[0].members[0].wieght: unknown field `wieght`, expected one of `member`, `weight`, `active`, `terms`, `max_open`, `max_per_day`, `max_per_week`, `max_within` at line 1 column 62
    customer_sizes.small: invalid type: sequence, expected a string at line 1 column 31
    rulez: unknown field `rulez`, expected one of `version`, `description`, `time_zone`, `regions`, `industries`, `product_lines`, `customer_sizes`, `lifecycle_stages`, `funnel_stages`, `attributes`, `pools`, `grades`, `holidays`, `members`, `teams`, `rules`, `otherwise` at line 1 column 9
    policy: unknown field ``, expected one of `version`, `description`, `time_zone`, `regions`, `industries`, `product_lines`, `customer_sizes`, `lifecycle_stages`, `funnel_stages`, `attributes`, `pools`, `grades`, `holidays`, `members`, `teams`, `rules`, `otherwise` at line 1 column 4
    "#);
}
