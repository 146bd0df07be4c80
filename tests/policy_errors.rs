//! All faults of a policy are reported at once, each with its place and a remedy.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod sample_policy;

use leadtree::dispatch::Dispatcher;
use leadtree::policy::{LoadError, PolicyDraft, PolicyErrors, PolicyFault};
use leadtree::rule::Rule;
use leadtree::team::{RotationScope, Team, TeamMember};
use sample_policy::{load, world};

fn errors(text: &str) -> PolicyErrors {
    match load(text) {
        Err(LoadError::Policy(errors)) => errors,
        Err(error) => panic!("{error}\n{text}"),
        Ok(_) => panic!("a good policy: {text}"),
    }
}

/// The faults of rules with these conditions.
fn of_conditions(conditions: &[&str]) -> PolicyErrors {
    let rules = conditions.iter().enumerate().map(|(number, when)| {
        format!(r#"{{ "id": "r-{number}", "when": {when}, "assign_to": "east" }}"#)
    });
    errors(&world(&format!(
        r#""rules": [{}]"#,
        rules.collect::<Vec<_>>().join(",")
    )))
}

#[test]
fn unknown_names() {
    insta::assert_snapshot!(of_conditions(&[
        r#"{ "region": { "within": "cn/eats" } }"#,
        r#"{ "region": { "is": ["cn", "Shangai", "atlantis"] } }"#,
        r#"{ "industry": { "within": "manufactring" } }"#,
        r#"{ "product_line": { "is": "crm" } }"#,
        r#"{ "customer_size": { "band": ["small", "smal"] } }"#,
        r#"{ "funnel_stage": { "at_least": "propsal" } }"#,
        r#"{ "lifecycle_stage": { "between": ["lead", "costumer"] } }"#,
        r#"{ "lifecycle_stage": { "is": ["mql", "sqll"] } }"#,
        r#"{ "not": { "any": [{ "regoin": { "is": "cn" } }, { "sorce": { "is": "web" } }] } }"#,
    ]), @"
    the policy has 11 problems:
      rules[0].when.region.within: unknown region `cn/eats`; did you mean `cn/east`?
      rules[1].when.region.is[1]: unknown region `Shangai`; did you mean `cn/east/shanghai`?
      rules[1].when.region.is[2]: unknown region `atlantis`
      rules[2].when.industry.within: unknown industry `manufactring`; did you mean `manufacturing`?
      rules[3].when.product_line.is: unknown product line `crm`
      rules[4].when.customer_size.band[1]: unknown band `smal`; did you mean `small`?
      rules[5].when.funnel_stage.at_least: unknown funnel stage `propsal`; did you mean `proposal`?
      rules[6].when.lifecycle_stage.between: unknown lifecycle stage `costumer`; did you mean `customer`?
      rules[7].when.lifecycle_stage.is[1]: unknown lifecycle stage `sqll`; did you mean `sql`?
      rules[8].when.not.any[0].regoin.is: unknown dimension or attribute `regoin`; did you mean `region`?
      rules[8].when.not.any[1].sorce.is: unknown dimension or attribute `sorce`; did you mean `source`?
    ");
}

#[test]
fn unknown_teams_members_and_pools() {
    insta::assert_snapshot!(errors(&world(r#"
        "members": [{ "id": "m-01" }, { "id": "m-02" }],
        "rules": [
            { "id": "a", "assign_to": "eest" },
            { "id": "b", "assign_to": { "member": "m-1" } },
            { "id": "c", "assign_to": { "member": "m-02", "team": "west" } },
            { "id": "d", "assign_to": { "pool": "nurtre" } },
            { "id": "e", "assign_to": "east", "support": ["west", "wets"] },
            { "id": "f", "assign_to": { "team": "east", "if_nobody": { "overflow": "norht" } } },
            { "id": "g", "assign_to": { "team": "east", "if_nobody": { "overflow": { "pool": "x" } } } },
            { "group": "h", "rules": [], "otherwise": { "assign_to": "y" } }
        ],
        "otherwise": { "assign_to": "z" }"#)), @"
    the policy has 10 problems:
      teams[1].members[0]: unknown member `m-03`; did you mean `m-01`?
      rules[0].assign_to.team: unknown team `eest`; did you mean `east`?
      rules[1].assign_to.member: unknown member `m-1`; did you mean `m-01`?
      rules[2].assign_to.member: `m-02` is not a member of `west`; add the member there, or name another
      rules[3].assign_to.pool: unknown pool `nurtre`; did you mean `nurture`?
      rules[4].support[1]: unknown team `wets`; did you mean `west`?
      rules[5].assign_to.if_nobody.overflow: unknown team `norht`
      rules[6].assign_to.if_nobody.overflow: unknown pool `x`
      rules[7].otherwise.assign_to.team: unknown team `y`
      otherwise.assign_to.team: unknown team `z`
    ");
}

#[test]
fn missing_and_conflicting_outcomes() {
    insta::assert_snapshot!(errors(&world(r#"
        "rules": [
            { "id": "a" },
            { "id": "b", "assign_to": {} },
            { "id": "c", "assign_to": { "team": "east", "pool": "nurture" } },
            { "id": "d", "assign_to": { "member": "m-01", "pool": "nurture" } },
            { "id": "e", "assign_to": { "team": "east", "member": "m-01", "pool": "nurture" } },
            { "id": "f", "assign_to": { "pool": "nurture", "if_nobody": "everyone" } },
            { "id": "g", "assign_to": "east", "from": "2026-03-01T00:00:00Z", "until": "2026-02-01T00:00:00Z" },
            { "id": "h", "assign_to": "east", "from": "2026-03-01T00:00:00+08:00", "until": "2026-02-28T16:00:00Z" }
        ],
        "otherwise": {}"#)), @"
    the policy has 9 problems:
      rules[0].assign_to: assigns to nothing; name a team, a member or a pool
      rules[1].assign_to: assigns to nothing; name a team, a member or a pool
      rules[2].assign_to: assigns to a team and to a pool; keep one
      rules[3].assign_to: assigns to a member and to a pool; keep one
      rules[4].assign_to: assigns to a member and to a pool; keep one
      rules[5].assign_to.if_nobody: `if_nobody` does nothing for a pool; remove it
      rules[6].until: ends at 2026-02-01T00:00:00Z, which is not after its start at 2026-03-01T00:00:00Z; make it end later
      rules[7].until: ends at 2026-02-28T16:00:00Z, which is not after its start at 2026-03-01T00:00:00+08:00; make it end later
      otherwise.assign_to: assigns to nothing; name a team, a member or a pool
    ");
}

#[test]
fn operators_and_values_of_the_wrong_type() {
    insta::assert_snapshot!(of_conditions(&[
        r#"{ "region": { "at_least": "cn" } }"#,
        r#"{ "industry": { "contains": "energy" } }"#,
        r#"{ "product_line": { "at_least": 5 } }"#,
        r#"{ "lifecycle_stage": { "at_least": 3 } }"#,
        r#"{ "source": { "at_least": 3 } }"#,
        r#"{ "source": { "is": true } }"#,
        r#"{ "revenue": { "is": "much" } }"#,
        r#"{ "revenue": { "contains": "1" } }"#,
        r#"{ "vip": { "is": "true" } }"#,
        r#"{ "interests": { "is": "crm" } }"#,
        r#"{ "signed": { "is": "2026-03-31" } }"#,
        r#"{ "signed": { "at_least": 2026 } }"#,
    ]), @"
    the policy has 12 problems:
      rules[0].when.region.at_least: `>=` cannot test region, which is a taxonomy; use `in`, `=`, `is missing`, `is unlisted`
      rules[1].when.industry.contains: `contains` cannot test industry, which is a taxonomy; use `in`, `=`, `is missing`, `is unlisted`
      rules[2].when.product_line.at_least: `>=` cannot test product_line, which is a taxonomy; use `in`, `=`, `is missing`, `is unlisted`
      rules[3].when.lifecycle_stage.at_least: unknown lifecycle stage `3`
      rules[4].when.source.at_least: `>=` cannot test source, which is a text; use `=`, `in`, `contains`, `starts with`, `ends with`, `is missing`, `is unlisted`
      rules[5].when.source.is: source is a text, but this value is not; put it in quotes
      rules[6].when.revenue.is: revenue is a number, but this value is not; its operators are `=`, `in`, `<`, `<=`, `>`, `>=`, `between`, `is missing`, `is unlisted`
      rules[7].when.revenue.contains: `contains` cannot test revenue, which is a number; use `=`, `in`, `<`, `<=`, `>`, `>=`, `between`, `is missing`, `is unlisted`
      rules[8].when.vip.is: vip is a flag, but this value is not; write `vip = true` or `vip = false`; its operators are `=` (true or false), `is missing`, `is unlisted`
      rules[9].when.interests.is: `=` cannot test interests, which is a set of tags; use `contains any of`, `contains all of`, `is missing`, `is unlisted`
      rules[10].when.signed.is: signed is a date, but this value is not; its operators are `=` (2026-03-31, without quotes; `on` in the structured form), `in`, `<`, `<=`, `>`, `>=`, `between`, `is missing`, `is unlisted`
      rules[11].when.signed.at_least: signed is a date, but this value is not; its operators are `=` (2026-03-31, without quotes; `on` in the structured form), `in`, `<`, `<=`, `>`, `>=`, `between`, `is missing`, `is unlisted`
    ");
}

#[test]
fn empty_values() {
    insta::assert_snapshot!(of_conditions(&[
        r#"{ "any": [] }"#,
        r#"{ "region": { "within": [] } }"#,
        r#"{ "customer_size": { "band": [] } }"#,
        r#"{ "funnel_stage": { "is": [] } }"#,
        r#"{ "source": { "is": [] } }"#,
        r#"{ "revenue": { "is": [] } }"#,
        r#"{ "interests": { "contains_all": [] } }"#,
        r#"{ "signed": { "on": [] } }"#,
        r#"{ "source": { "contains": "" } }"#,
        r#"{ "source": { "is": ["web", "  "] } }"#,
        r#"{ "interests": { "contains_any": [" "] } }"#,
    ]), @"
    the policy has 11 problems:
      rules[0].when.any: `never` holds for no lead; switch the rule off with `enabled: false`
      rules[1].when.region.within: an empty list holds for no lead; name at least one value
      rules[2].when.customer_size.band: an empty list holds for no lead; name at least one value
      rules[3].when.funnel_stage.is: an empty list holds for no lead; name at least one value
      rules[4].when.source.is: an empty list holds for no lead; name at least one value
      rules[5].when.revenue.is: an empty list holds for no lead; name at least one value
      rules[6].when.interests.contains_all: an empty list holds for no lead; name at least one value
      rules[7].when.signed.is: an empty list holds for no lead; name at least one value
      rules[8].when.source.contains: an empty text matches nothing; write `is missing` for leads without one
      rules[9].when.source.is[1]: an empty text matches nothing; write `is missing` for leads without one
      rules[10].when.interests.contains_any: an empty text matches nothing; write `is missing` for leads without one
    ");
}

#[test]
fn invalid_ranges_and_numbers() {
    insta::assert_snapshot!(of_conditions(&[
        r#"{ "customer_size": { "between": [50, 10] } }"#,
        r#"{ "revenue": { "between": [2.5, -1] } }"#,
        r#"{ "signed": { "between": ["2026-03-31", "2026-03-01"] } }"#,
        r#"{ "funnel_stage": { "between": ["won", "proposal"] } }"#,
        r#"{ "customer_size": { "at_least": -1 } }"#,
        r#"{ "customer_size": { "at_most": 4294967296 } }"#,
        r#"{ "customer_size": { "is": [1, 1.5] } }"#,
        r#"{ "customer_size": { "between": [0.5, 1e30] } }"#,
    ]), @r"
    the policy has 9 problems:
      rules[0].when.customer_size.between: the range is reversed: 50 comes after 10; swap the ends
      rules[1].when.revenue.between: the range is reversed: 2.5 comes after -1; swap the ends
      rules[2].when.signed.between: the range is reversed: 2026-03-31 comes after 2026-03-01; swap the ends
      rules[3].when.funnel_stage.between: the range is reversed: won comes after proposal; swap the ends
      rules[4].when.customer_size.at_least: `-1` is not a head count; write a whole number from 0 to 4294967295
      rules[5].when.customer_size.at_most: `4294967296` is not a head count; write a whole number from 0 to 4294967295
      rules[6].when.customer_size.is: `1.5` is not a head count; write a whole number from 0 to 4294967295
      rules[7].when.customer_size.between: `0.5` is not a head count; write a whole number from 0 to 4294967295
      rules[7].when.customer_size.between: `1000000000000000000000000000000` is not a head count; write a whole number from 0 to 4294967295
    ");
}

#[test]
fn duplicate_and_missing_ids() {
    insta::assert_snapshot!(errors(r#"{
        "pools": ["nurture", "nurture", " "],
        "members": [{ "id": "m-1" }, { "id": "m-1" }],
        "teams": [
            { "id": "east", "members": ["m-1", "m-1", "m-2"] },
            { "id": "east" },
            { "id": "" }
        ],
        "rules": [
            { "id": "a", "assign_to": "east" },
            { "group": "a", "rules": [{ "id": "a", "assign_to": "east" }, { "id": " ", "assign_to": "east" }] }
        ]
    }"#), @"
    the policy has 10 problems:
      pools[1]: pool `nurture` is already used at pools[0]; give each its own name
      pools[2]: a pool without a name; give it one
      members[1]: member `m-1` is already used at members[0]; give each its own name
      teams[1]: team `east` is already used at teams[0]; give each its own name
      teams[2]: a team without a name; give it one
      teams[0].members[1]: member `m-1` is already used at teams[0].members[0]; give each its own name
      teams[0].members[2]: unknown member `m-2`; did you mean `m-1`?
      rules[1].group: group `a` is already used at rules[0].id; give each its own name
      rules[1].rules[0].id: rule `a` is already used at rules[0].id; give each its own name
      rules[1].rules[1].id: a rule without a name; give it one
    ");
}

#[test]
fn invalid_dimensions() {
    insta::assert_snapshot!(errors(r#"{
        "time_zone": "Asia/Shangai",
        "regions": {
            "tree": { "cn": { "east": {}, "East ": {} } },
            "paths": ["cn/north", "CN/ north", "cn//x"],
            "rows": [
                { "id": "DE" }, { "id": "de" }, { "id": "BY", "parent": "DEU" },
                { "id": "a", "parent": "b" }, { "id": "b", "parent": "a" }
            ],
            "aliases": { "cn/east": ["E", " ", "cn"], "cn": ["e"], "cn/eats": ["x"] }
        },
        "customer_sizes": { "small": "10..=49", "SMALL": "1..", "big": "9..=1", "odd": "about ten", "": "1.." },
        "funnel_stages": ["new", { "name": "New", "aliases": ["x"] }, "", { "name": "won", "aliases": ["", "new", "x"] }],
        "attributes": { "region": "text", "and": "flag", "two words": "text", "ok": "text", "ok": "date" }
    }"#), @r#"
    the policy has 24 problems:
      regions.tree.cn["East "]: node `cn/East ` is listed twice (case, spaces and typography are ignored); remove one
      regions.paths[1]: node `CN/ north` is listed twice (case, spaces and typography are ignored); remove one
      regions.paths[2]: `cn//x` has an empty segment; write each name between the slashes
      regions.rows[1]: row id `de` is used twice; give each row its own id
      regions.rows[2].parent: row `BY` has the parent `DEU`, but no row has that id; did you mean `DE`?
      regions.rows[3]: row `a` is its own ancestor (a -> b -> a); give one of them another parent
      regions.aliases["cn/east"][1]: an empty alias of `cn/east`; remove it
      regions.aliases["cn/east"][2]: alias `cn` stands for both `cn` and `cn/east`; keep one
      regions.aliases.cn[0]: alias `e` stands for both `cn/east` and `cn`; keep one
      regions.aliases["cn/eats"]: aliases of `cn/eats`, which is not a node; did you mean `cn/east`?
      customer_sizes.SMALL: band `SMALL` is listed twice; remove one
      customer_sizes.big: band `big` is reversed: 9 is more than 1; swap the ends
      customer_sizes.odd: `about ten` is not a range of head counts; write `10..=49`, or `1000..` for no upper end
      customer_sizes[""]: this band has no name; give it one
      funnel_stages[1]: stage `New` is listed twice; remove one
      funnel_stages[2]: this stage has no name; give it one
      funnel_stages[3].aliases[0]: an empty alias of `won`; remove it
      funnel_stages[3].aliases[1]: alias `new` stands for both `new` and `won`; keep one
      funnel_stages[3].aliases[2]: alias `x` stands for both `New` and `won`; keep one
      attributes.region: `region` cannot name an attribute: use letters, digits, `_` and `-`, beginning with a letter or `_`, at most 128 bytes, and not a dimension or a reserved word of the rule language
      attributes.and: `and` cannot name an attribute: use letters, digits, `_` and `-`, beginning with a letter or `_`, at most 128 bytes, and not a dimension or a reserved word of the rule language
      attributes["two words"]: `two words` cannot name an attribute: use letters, digits, `_` and `-`, beginning with a letter or `_`, at most 128 bytes, and not a dimension or a reserved word of the rule language
      attributes.ok: attribute `ok` is declared twice; remove one
      time_zone: no time zone is named `Asia/Shangai`; write a name such as `Asia/Shanghai`, or an offset such as `+08:00`; did you mean `Asia/Shanghai`?
    "#);
}

#[test]
fn weights_outside_the_limits() {
    insta::assert_snapshot!(errors(r#"{ "teams": [{ "id": "east", "members": [
        { "member": "m-1", "weight": 0 }, { "member": "m-2", "weight": 1000001 }, { "member": "m-3", "weight": 1000000 }
    ] }] }"#), @r"
    the policy has 2 problems:
      teams[0].members[0].weight: weight 0 is out of range; write 1 to 1000000, or set `active` to false
      teams[0].members[1].weight: weight 1000001 is out of range; write 1 to 1000000, or set `active` to false
    ");
}

#[test]
fn cyclic_overflows() {
    insta::assert_snapshot!(errors(r#"{
        "teams": [
            { "id": "alone", "if_nobody": { "overflow": "alone" } },
            { "id": "into", "if_nobody": { "overflow": "a" } },
            { "id": "a", "if_nobody": { "overflow": "b" } },
            { "id": "b", "if_nobody": { "overflow": "c" } },
            { "id": "c", "if_nobody": { "overflow": "a" } },
            { "id": "x", "if_nobody": { "overflow": "y" } },
            { "id": "y" }
        ],
        "rules": [
            { "id": "back", "assign_to": { "team": "y", "if_nobody": { "overflow": "x" } } },
            { "id": "self", "assign_to": { "team": "y", "if_nobody": { "overflow": "y" } } },
            { "id": "fine", "assign_to": { "team": "x", "if_nobody": { "overflow": "y" } } }
        ],
        "otherwise": { "assign_to": { "team": "y", "if_nobody": { "overflow": "x" } } }
    }"#), @"
    the policy has 5 problems:
      teams[0].if_nobody: the overflow goes in a circle: alone -> alone; end it with a pool, `everyone` or `unassigned`
      teams[2].if_nobody: the overflow goes in a circle: a -> b -> c -> a; end it with a pool, `everyone` or `unassigned`
      rules[0].assign_to.if_nobody: the overflow goes in a circle: y -> x -> y; end it with a pool, `everyone` or `unassigned`
      rules[1].assign_to.if_nobody: the overflow goes in a circle: y -> y; end it with a pool, `everyone` or `unassigned`
      otherwise.assign_to.if_nobody: the overflow goes in a circle: y -> x -> y; end it with a pool, `everyone` or `unassigned`
    ");
}

#[test]
fn stages_and_nesting_beyond_the_limits() {
    let stages: Vec<String> = (0..10_001).map(|stage| format!("\"s-{stage}\"")).collect();
    let condition = |depth: usize| {
        let inside = r#"{ "region": { "is": "cn" } }"#;
        let before = r#"{"not":{"all":[{"industry":{"missing":true}},"#.repeat(depth);
        format!("{before}{inside}{}", "]}}".repeat(depth))
    };
    let rule = format!(
        r#""rules": [{{ "id": "deep", "when": {}, "assign_to": "east" }}]"#,
        condition(16)
    );
    let stages = format!(r#", "funnel_stages": [{}]"#, stages.join(","));
    insta::assert_snapshot!(errors(&world(&(rule + &stages))), @"
    the policy has 2 problems:
      funnel_stages: 10001 stages; the limit is 10000: keep those that rules test
      rules[0].when: conditions nest deeper than 32; spread them over several rules
    ");
    let rule = format!(
        r#""rules": [{{ "id": "deep", "when": {}, "assign_to": "east" }}]"#,
        condition(15)
    );
    assert!(load(&world(&rule)).is_ok());
}

#[test]
fn everything_at_once_in_the_order_of_the_file() {
    let text = world(
        r#"
        "time_zone": "+25:00",
        "customer_sizes": { "small": "1..=9", "odd": "x" },
        "rules": [
            { "id": "a", "when": { "region": { "is": "mars" } }, "assign_to": "nobody" },
            { "group": "a", "when": { "any": [] }, "rules": [
                { "id": "b", "when": { "not": { "customer_size": { "band": "huge" } } } }
            ], "otherwise": { "assign_to": { "pool": "x" } } }
        ]"#,
    );
    insta::assert_snapshot!(errors(&text), @"
    the policy has 8 problems:
      customer_sizes.odd: `x` is not a range of head counts; write `10..=49`, or `1000..` for no upper end
      time_zone: `+25:00` is not an offset from UTC; write hours and minutes: `+08:00`, `-03:30`
      rules[0].when.region.is: unknown region `mars`
      rules[0].assign_to.team: unknown team `nobody`
      rules[1].group: group `a` is already used at rules[0].id; give each its own name
      rules[1].when.any: `never` holds for no lead; switch the rule off with `enabled: false`
      rules[1].rules[0].assign_to: assigns to nothing; name a team, a member or a pool
      rules[1].otherwise.assign_to.pool: unknown pool `x`
    ");
}

#[test]
fn a_faulty_dimension_causes_no_further_faults() {
    let text = r#"{
        "regions": { "paths": ["cn", "cn"] },
        "pools": ["p"],
        "rules": [{ "id": "a", "when": { "region": { "is": "anything" } }, "assign_to": { "pool": "p" } }]
    }"#;
    insta::assert_snapshot!(errors(text), @r"
    the policy has 1 problem:
      regions.paths[1]: node `cn` is listed twice (case, spaces and typography are ignored); remove one
    ");
}

#[test]
fn a_policy_that_fails_to_load_changes_nothing() {
    let good = world(r#""rules": [{ "id": "a", "assign_to": "east" }]"#);
    let dispatcher = Dispatcher::new(&load(&good).unwrap()).unwrap();
    let lead = leadtree::Lead::builder("L-1").build();
    let now = chrono::DateTime::UNIX_EPOCH;
    let _ = dispatcher.assign(&lead, now);
    let (before, running) = (dispatcher.state(), dispatcher.policy());
    for bad in [
        world(r#""rules": [{ "id": "a", "assign_to": "x" }]"#),
        "{".to_owned(),
    ] {
        if let Ok(policy) = load(&bad) {
            dispatcher.replace_policy(&policy).unwrap();
        }
        assert_eq!(
            (dispatcher.state(), dispatcher.policy()),
            (before.clone(), running.clone())
        );
    }
}

#[test]
fn faults_can_be_inspected_in_code() {
    let errors = of_conditions(&[r#"{ "region": { "within": "cn/eats" } }"#]);
    let [fault] = errors.faults() else {
        panic!("{errors}");
    };
    assert_eq!(fault.place.as_str(), "rules[0].when.region.within");
    match &fault.fault {
        PolicyFault::Unknown {
            kind,
            name,
            suggestion,
        } => {
            assert_eq!((*kind, name.as_str()), ("region", "cn/eats"));
            assert_eq!(suggestion.name(), Some("cn/east"));
        }
        other => panic!("{other}"),
    }
}

#[test]
fn per_rule_rotations_have_a_limit() {
    let members = (0..4_001).map(|it| TeamMember::new(format!("m-{it}")));
    let team = Team::new("east")
        .members(members)
        .rotation(RotationScope::PerRule);
    let draft = PolicyDraft::new().team(team);
    let rules = |count: usize| (0..count).map(|it| Rule::new(format!("r-{it}")).assign_to("east"));
    assert!(draft.clone().rules(rules(999)).build().is_ok());
    let errors = draft.rules(rules(1_000)).build().unwrap_err();
    insta::assert_snapshot!(errors, @"
    the policy has 1 problem:
      teams: rotations per rule keep 4001000 entries, one for each member and rule; the limit is 4000000: use `per_team` where many rules name a large team
    ");
}

#[test]
fn a_lead_has_a_thousand_supporters_at_most() {
    let policy = |teams: usize| {
        let support = (0..teams)
            .map(|team| serde_json::json!({ "team": format!("t-{team}"), "members": 100 }));
        let members: Vec<String> = (0..100).map(|member| format!("m-{member}")).collect();
        let all = (0..teams)
            .map(|team| serde_json::json!({ "id": format!("t-{team}"), "members": members }));
        serde_json::json!({
            "teams": all.collect::<Vec<_>>(),
            "rules": [{ "id": "all", "assign_to": "t-0", "support": support.collect::<Vec<_>>() }],
        })
    };
    assert!(leadtree::policy::Policy::load(&policy(10)).is_ok());
    let message = leadtree::policy::Policy::load(&policy(11))
        .unwrap_err()
        .to_string();
    assert!(
        message.contains("rules[0].support: 1100 supporters; write 0 to 1000"),
        "{message}"
    );
}
