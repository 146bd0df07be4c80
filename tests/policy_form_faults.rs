//! Faults that people make in policy files: all are told at once, with their place and a remedy.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use leadtree::policy::{LoadError, Policy};

const FILE: &str = r#"version: 1.10
time_zone: +08:00
regions: {paths: [cn/east, cn/north, us]}
attributes: {vip: flag, revenue: number}
pools: [later]
grades: junior
holidays: {cn: {2026-10-01: National Day, 2026-13-01: no such month}}
customer_sizes: {small: 10, large: "1000.."}
members:
  - {id: m-01, max_open: "40", hours: mon-fri 09:00-18:00}
  - {id: m-02, max_per_day: 5000000000}
  - {id: m-03, weight: 2}
  - {name: m-04}
teams:
  - id: east
    strategy: {name: random, seed: [7]}
    members: [m-01, {member: m-02, weight: -1}, {member: m-03, active: yes, hours: always}]
    max_within: [{leads: 5, hours: 4}]
  - id: west
    members: m-02
    if_nobody: {overflow: {pool: later, team: east}}
    rotation: per_lead
rules:
  - id: one
    when: region in cn/east and vipp = true
    asign_to: east
  - id: two
    when: {region: {in: cn}}
    assign_to: later
    if_nobody: everyone
  - id: three
    when:
      all: [region in cn/eats, {revenue: {at_least: much}}, 7]
    assign_to: {team: east, if_noboby: wait}
    units: 2.5
    enabled: "false"
  - id: four
    group: five
    rules: []
  - id:
    assign_to: east
    support: {team: east, members: 2}
  - group: six
    when: region in us
    assign_to: east
    rules:
      - id: seven
        assign_to: east
        from: soon
      - eight
assign_to: west
"#;

#[test]
fn a_file_full_of_faults() {
    let error = Policy::from_yaml(FILE).unwrap_err();
    insta::assert_snapshot!(error, @r#"
    the policy has 35 problems:
      grades: expected a list, found the text `junior`; write `[junior]`
      holidays.cn["2026-13-01"]: `2026-13-01` is not a date; write year, month and day: 2026-10-01, or 2026-10-01..2026-10-07
      assign_to: unknown field `assign_to`; it belongs to a rule: indent it like the rule's other fields
      members[0].max_open: expected a whole number from 0 to 4294967295, found the text `40`; write it without quotes
      members[1].max_per_day: expected a whole number from 0 to 4294967295, found the number 5000000000
      members[2].weight: unknown field `weight`; it belongs to the member in a team's list `members`
      members[3].name: unknown field `name`
      members[3]: `id` is missing; add it
      teams[0].strategy.seed: expected true, false, a number or a text, found a list
      teams[0].members[1].weight: expected a whole number from 0 to 4294967295, found the number -1
      teams[0].members[2].active: expected `true` or `false`, found the text `yes`; write `true`
      teams[0].members[2].hours: unknown field `hours`; it belongs to the member in the policy's own list `members`
      teams[0].max_within[0].hours: unknown field `hours`; write `leads` or `minutes`
      teams[0].max_within[0]: `minutes` is missing; add it
      teams[1].members: expected a list, found the text `m-02`; write `[m-02]`
      teams[1].if_nobody.overflow: write either `team` or `pool`
      teams[1].rotation: unknown word `per_lead`; write `per_team`, `per_rule` or `shared`; did you mean `per_team`?
      rules[0].asign_to: unknown field `asign_to`; did you mean `assign_to`?
      rules[1].when.region.in: unknown field `in`; write `within`
      rules[1].if_nobody: unknown field `if_nobody`; write it inside `assign_to`: `{team: east, if_nobody: everyone}`
      rules[2].when.all[1].revenue: texts have no order; write a number or a date (2026-03-31)
      rules[2].when.all[2]: expected a condition: a text such as `region in cn`, or a map with one of `all`, `any`, `not`, a dimension or an attribute, found the number 7
      rules[2].assign_to.if_noboby: unknown field `if_noboby`; did you mean `if_nobody`?
      rules[2].units: expected a whole number from 0 to 4294967295, found the number 2.5
      rules[2].enabled: expected `true` or `false`, found the text `false`; write it without quotes
      rules[4].id: expected a text, found nothing; write one, or leave the field out
      rules[4].support: expected a list, found a map
      rules[5].rules[0].from: `soon` is not a moment; write 2026-03-31, 2026-03-31T08:00:00 or, with an offset, 2026-03-31T08:00:00+08:00
      rules[5].rules[1]: expected a map: a rule or a group, found the text `eight`
      customer_sizes.small: `10` is not a range of head counts; write `10..=49`, or `1000..` for no upper end
      rules[0].when.all[1].vipp.is: unknown dimension or attribute `vipp`; did you mean `vip`?
      rules[1].assign_to.team: `later` is a pool, not a team; write `{pool: later}`
      rules[2].when.all[0].region.within: unknown region `cn/eats`; did you mean `cn/east`?
      rules[3]: both a rule and a group; keep `id` for a rule, or `group` for a group
      rules[5].assign_to: a group has no outcome of its own; put `assign_to` in its `rules` or `otherwise`
    "#);
}

/// A cut-off file, and wrong indentation, are told at the first place, with line and column.
#[test]
fn text_that_is_not_yaml() {
    let told = |text: &str| Policy::from_yaml(text).unwrap_err().to_string();
    insta::assert_snapshot!(told("rules:\n  - id: r\n   when: x\n"), @"rules: while parsing a block collection, did not find expected '-' indicator at line 3, column 4");
    insta::assert_snapshot!(told("teams:\n  - {id: east, members: [m-01}\n"), @"teams: mismatched bracket '[' closed by '}' at line 2, column 25");
    insta::assert_snapshot!(told("pools: [a]\npools: [b]\n"), @"policy: `pools` is given twice; keep one at line 2, column 1");
}

#[test]
fn a_document_that_is_no_policy() {
    let told = |text: &str| Policy::from_yaml(text).unwrap_err().to_string();
    insta::assert_snapshot!(told("- id: east\n"), @"
    the policy has 1 problem:
      expected a map: a policy, found a list
    ");
    insta::assert_snapshot!(told("rules\n"), @"
    the policy has 1 problem:
      expected a map: a policy, found the text `rules`
    ");
    insta::assert_snapshot!(told("rules: none\n"), @"
    the policy has 1 problem:
      rules: expected a list, found the text `none`; write `[none]`
    ");
}

#[test]
fn a_fault_does_not_hide_others_nor_bring_new_ones() {
    // The teams cannot be read, so nothing is said about names of teams.
    let text = "teams: east\nrules: [{id: r, assign_to: east}, {id: r, assign_to: {pool: p}}]\n";
    let error = Policy::from_yaml(text).unwrap_err();
    insta::assert_snapshot!(error, @"
    the policy has 3 problems:
      teams: expected a list, found the text `east`; write `[east]`
      rules[1].id: rule `r` is already used at rules[0].id; give each its own name
      rules[1].assign_to.pool: unknown pool `p`
    ");
}

#[test]
fn texts_are_read_as_written_even_if_they_look_like_something_else() {
    let text = "version: 1.10\npools: [007, 1e3, 0x1F, true, 12:30, 2026-01-01, ' 7 ']\n";
    let policy = Policy::from_yaml(text).unwrap();
    assert_eq!(policy.version(), Some("1.10"));
    let pools: Vec<&str> = policy
        .pools()
        .skip(1)
        .map(leadtree::PoolId::as_str)
        .collect();
    assert_eq!(
        pools,
        ["007", "1e3", "0x1F", "true", "12:30", "2026-01-01", " 7 "]
    );
    let marked = format!("\u{feff}{text}");
    assert_eq!(Policy::from_yaml(&marked).unwrap(), policy);
    let aliased = "pools: [&n 1.0, *n]\n";
    let errors = Policy::from_yaml(aliased).unwrap_err();
    assert!(matches!(errors, LoadError::Policy(_)), "{errors}");
    assert!(errors.to_string().contains("pool `1.0` is already used"));
}

#[test]
fn many_faults_cost_no_more_than_reading_a_few_times() {
    let items = "[], ".repeat(200_000);
    let text = format!("rules: [{{id: r, when: {{region: {{is: [{items}]}}}}}}]");
    let Err(LoadError::Policy(errors)) = Policy::from_yaml(&text) else {
        unreachable!("a list of lists is no list of names");
    };
    assert!(!errors.faults().is_empty() && errors.faults().len() < 200_000);
    let rules = "  - {id: r, asign_to: x}\n".repeat(20_000);
    let Err(LoadError::Policy(errors)) = Policy::from_yaml(&format!("rules:\n{rules}")) else {
        unreachable!("an unknown field");
    };
    assert!(errors.faults().len() >= 1_000);
}

/// An id or a name without quotes that looks like a number is read as written where nothing else can
/// stand. Where something else can, it is refused.
#[test]
fn ids_and_names_that_are_numbers_without_quotes() {
    let text = "
regions: {paths: ['13']}
attributes: {revenue: number, source: text}
pools: [later, 7]
members: [1001, {id: 1002, max_open: ten}]
teams:
  - id: 1
    members: [1001, {member: 1002}, 1.10, true, 007]
    strategy: 4
    if_nobody: {overflow: 7}
rules:
  - {id: 5, assign_to: 1}
  - {id: 6, when: {region: {within: 13}}, assign_to: {team: 1}, support: [2]}
  - {id: 7, when: source = 13, assign_to: {pool: 7}}
otherwise: {assign_to: 7}
";
    let error = Policy::from_yaml(text).unwrap_err();
    insta::assert_snapshot!(error, @"
    the policy has 13 problems:
      otherwise.assign_to: expected a team's name, or a map with `team`, `member` or `pool`, found the number 7; write it in quotes
      members[0]: expected a member's id, or a map with `id`, found the number 1001; write it in quotes
      members[1].max_open: expected a whole number from 0 to 4294967295, found the text `ten`
      teams[0].members[0]: expected a member's id, or a map with `member`, found the number 1001; write it in quotes
      teams[0].members[2]: expected a member's id, or a map with `member`, found the number 1.1; write it in quotes
      teams[0].members[3]: expected a member's id, or a map with `member`, found `true`; write it in quotes
      teams[0].members[4]: expected a member's id, or a map with `member`, found `007`; write it in quotes
      teams[0].strategy: expected a strategy's name, or a map with `name` and options, found the number 4; write it in quotes
      teams[0].if_nobody.overflow: expected a team's name, or a map with `team` or `pool`, found the number 7; write it in quotes
      rules[0].assign_to: expected a team's name, or a map with `team`, `member` or `pool`, found the number 1; write it in quotes
      rules[1].when.region.within: expected a text or a list of texts, found the number 13; write it in quotes
      rules[1].support[0]: expected a team's name, or a map with `team`, found the number 2; write it in quotes
      rules[2].when.source.is: source is a text, but this value is not; put it in quotes
    ");
    let quoted = "
pools: [7]
members: ['1001', {id: 1002}, '1.10']
teams: [{id: 1, members: ['1001', {member: 1002}, '1.10']}]
rules: [{id: 5, assign_to: '1'}, {id: 6, assign_to: {pool: 7}}]
";
    let policy = Policy::from_yaml(quoted).unwrap();
    let ids: Vec<&str> = policy.teams()[0]
        .get_members()
        .iter()
        .map(|member| member.member().as_str())
        .collect();
    assert_eq!(ids, ["1001", "1002", "1.10"]);
}

#[test]
fn numbers_do_not_lose_their_zeros_without_a_word() {
    let text = "
regions: {paths: ['013', '13']}
attributes: {code: number, plz: text}
teams: [{id: east, members: [{member: m-01, weight: 02}]}]
rules:
  - {id: a, when: {code: {at_least: 01000}}, assign_to: east, units: 010}
  - {id: b, when: {region: {within: 013}}, assign_to: east}
  - {id: c, when: {plz: {is: [01067, '02']}}, assign_to: east}
  - {id: d, when: code >= 01000, assign_to: east}
  - {id: e, when: {code: {between: [0, 0.5]}}, assign_to: east}
";
    let error = Policy::from_yaml(text).unwrap_err();
    insta::assert_snapshot!(error, @"
    the policy has 6 problems:
      teams[0].members[0].weight: expected a whole number from 0 to 4294967295, found `02`; write it without the zeros in front
      rules[0].when.code.at_least: expected a text, a number, true or false, or a list of texts or numbers, found `01000`; write it in quotes if it is a code, or else without the zeros in front
      rules[0].units: expected a whole number from 0 to 4294967295, found `010`; write it without the zeros in front
      rules[1].when.region.within: expected a text, a number, true or false, or a list of texts or numbers, found `013`; write it in quotes if it is a code, or else without the zeros in front
      rules[2].when.plz.is[0]: expected a text or a number, found `01067`; write it in quotes if it is a code, or else without the zeros in front
      rules[3].when: line 1, column 9: `01000` would be read as the number 1000; write 1000 if that is meant, or, for a code, put it in quotes and declare the attribute as `text`: '01000'
          code >= 01000
                  ^^^^^
    ");
}

#[test]
fn a_point_between_thousands_is_told_wherever_a_number_stands() {
    let text = "
attributes: {revenue: number}
pools: [p]
rules:
  - {id: a, when: {customer_size: {at_least: 1.000}}, assign_to: {pool: p}}
  - {id: b, when: {revenue: {at_least: 12.500}}, assign_to: {pool: p}}
examples:
  - {lead: {customer_size: 2.000, revenue: 0.500}, expect: {rule: a}}
";
    let error = Policy::from_yaml(text).unwrap_err();
    insta::assert_snapshot!(error, @r"
    the policy has 3 problems:
      rules[0].when.customer_size.at_least: expected a text, a number, true or false, or a list of texts or numbers, found `1.000`, which may be 1000 or 1; write 1000 or 1, or a text in quotes
      rules[1].when.revenue.at_least: expected a text, a number, true or false, or a list of texts or numbers, found `12.500`, which may be 12500 or 12.5; write 12500 or 12.5, or a text in quotes
      examples[0].lead.customer_size: expected a head count or a text, found `2.000`, which may be 2000 or 2; write 2000 or 2, or a text in quotes
    ");
}
