//! Typical mistakes in policies, as `leadtree check` tells them.

use super::{folder, run};

/// What a policy needs besides its rules.
const HEAD: &str = "\
regions: {paths: [cn/east, us]}
attributes: {source: text, vip: flag, revenue: number}
pools: [later]
teams:
  - id: east
    members: [m-01, m-02]
";

/// Mistakes in rules, which follow the head.
const IN_RULES: &[(&str, &str)] = &[
    ("misspelt_field", "  - id: a\n    asign_to: east\n"),
    (
        "wrong_type",
        "  - id: a\n    units: two\n    assign_to: east\n",
    ),
    (
        "wrong_indentation",
        "  - id: a\n   when: region in us\n    assign_to: east\n",
    ),
    (
        "tab",
        "  - id: a\n\twhen: region in us\n    assign_to: east\n",
    ),
    (
        "list_in_flow_map",
        "  - {id: a, when: region in (cn, us), assign_to: east}\n",
    ),
    ("pool_as_team", "  - id: a\n    assign_to: later\n"),
    (
        "undeclared_attribute",
        "  - id: a\n    when: sorce = web\n    assign_to: east\n",
    ),
    (
        "excel_quotes",
        "  - id: a\n    when: source = “trade fair”\n    assign_to: east\n",
    ),
    (
        "doubled_quotes",
        "  - id: a\n    when: \"source = \"\"web\"\"\"\n    assign_to: east\n",
    ),
    (
        "if_nobody_of_a_rule",
        "  - id: a\n    assign_to: east\n    if_nobody: everyone\n",
    ),
    (
        "yes_for_true",
        "  - id: a\n    enabled: yes\n    assign_to: east\n",
    ),
    (
        "unknown_region",
        "  - id: a\n    when: region in cn/eats\n    assign_to: east\n",
    ),
    (
        "foreign_operator",
        "  - id: a\n    when: customer_size => 5 && vip = true\n    assign_to: east\n",
    ),
    (
        "same_id_twice",
        "  - id: a\n    assign_to: east\n  - id: a\n    assign_to: east\n",
    ),
    ("no_owner", "  - id: a\n    when: region in us\n"),
    (
        "wrong_operator",
        "  - id: a\n    when: region >= us\n    assign_to: east\n",
    ),
    (
        "several_words",
        "  - id: a\n    when: source = trade fair\n    assign_to: east\n",
    ),
    (
        "reversed_period",
        "  - id: a\n    from: 2026-06-01\n    until: 2026-03-01\n    assign_to: east\n",
    ),
    ("no_space_after_colon", "  - id:a\n    assign_to: east\n"),
    ("unknown_team", "  - id: a\n    assign_to: aest\n"),
    (
        "thousands_separator",
        "  - id: a\n    when: customer_size >= 1.000\n    assign_to: east\n",
    ),
    (
        "number_for_a_text",
        "  - id: a\n    when: source >= 5\n    assign_to: east\n",
    ),
    (
        "colon_in_a_text",
        "  - id: a\n    description: big: all\n    assign_to: east\n",
    ),
    (
        "colon_in_a_text_in_braces",
        "  - {id: a, description: big: all, assign_to: east}\n",
    ),
    (
        "map_without_braces",
        "  - id: a\n    assign_to: pool: later\n",
    ),
    (
        "colon_in_a_second_line",
        "  - id: a\n    description: big\n      and: all\n    assign_to: east\n",
    ),
    (
        "text_with_at_sign",
        "  - id: a\n    description: @home\n    assign_to: east\n",
    ),
    (
        "text_with_backquote",
        "  - id: a\n    description: `home`\n    assign_to: east\n",
    ),
    ("percent", "  - id: a\n    assign_to: %east\n"),
    ("percent_at_the_beginning", "%a: b\n"),
    ("asterisk", "  - id: a\n    when: *\n    assign_to: east\n"),
    (
        "ampersand",
        "  - id: a\n    description: & co\n    assign_to: east\n",
    ),
    ("unknown_alias", "  - id: a\n    assign_to: *east\n"),
    (
        "question_mark",
        "  - id: a\n    description: ? big\n    assign_to: east\n",
    ),
    (
        "list_on_one_line",
        "  - id: a\n    support: - east\n    assign_to: east\n",
    ),
    (
        "text_behind_a_bar",
        "  - id: a\n    description: | big\n    assign_to: east\n",
    ),
    (
        "text_behind_a_bracket",
        "  - id: a\n    description: [big] ones\n    assign_to: east\n",
    ),
    (
        "no_number",
        "  - id: a\n    when: {revenue: {at_least: .nan}}\n    assign_to: east\n",
    ),
    (
        "no_numbers_and_others",
        "  - id: a\n    when: {revenue: {at_least: .nan}}\n    assign_to: est\n  - id: b\n    units: .inf\n    \
         assign_to: later\n",
    ),
    (
        "list_in_a_flow_map",
        "  - id: a\n    when: {region: cn, us}\n    assign_to: east\n",
    ),
    (
        "attribute_that_is_nowhere",
        "  - id: a\n    when: budget > 5\n    assign_to: east\n",
    ),
    (
        "quoted_lines_not_indented",
        "  - id: a\n    when: \"region in cn\n  and vip = true\"\n    assign_to: east\n",
    ),
    (
        "open_quote",
        "  - id: a\n    description: \"big ones\n    assign_to: east\n  - id: b\n    assign_to: east\n",
    ),
    (
        "open_quote_before_another",
        "  - id: a\n    description: 'big ones\n    assign_to: east\n  - id: b\n    description: 'x'\n    \
         assign_to: east\n",
    ),
    (
        "open_quote_in_braces",
        "  - {id: a, description: \"it 's big, assign_to: east}\n  - {id: b, description: \"small\", assign_to: \
         east}\n",
    ),
    ("open_quote_at_the_end", "  - {id: 'a, assign_to: east}\n"),
    (
        "backslash_in_double_quotes",
        "  - id: a\n    description: \"C:\\leads\"\n    assign_to: east\n",
    ),
    (
        "tagged_text",
        "  - id: a\n    description: !important big ones\n    assign_to: east\n",
    ),
    (
        "quote_cut_by_a_comment",
        "  - id: a\n    when: source = 'a # b'\n    assign_to: east\n",
    ),
    ("pool_beside_the_rule", "  - id: a\n    pool: later\n"),
    ("team_as_pool", "  - id: a\n    assign_to: {pool: east}\n"),
    (
        "yes_in_a_condition",
        "  - id: a\n    when: vip = yes\n    assign_to: east\n",
    ),
    (
        "value_without_an_operator",
        "  - id: a\n    when: {vip: yes}\n    assign_to: east\n",
    ),
];

/// Mistakes in whole files.
const IN_FILES: &[(&str, &str)] = &[
    ("empty_file", ""),
    ("comments_only", "# policy of 2026\n"),
    (
        "bare_number_as_member",
        "teams: [{id: east, members: [1001]}]\n",
    ),
    (
        "limit_too_large",
        "members: [{id: m-01, max_open: 5000000000}]\n",
    ),
    (
        "bad_hours",
        "teams: [{id: east, members: [m-01], hours: 9-18}]\n",
    ),
    (
        "unknown_strategy",
        "teams: [{id: east, members: [m-01], strategy: {name: random, sead: 7}}]\n",
    ),
    (
        "options_below_the_strategy",
        "teams: [{id: east, members: [m-01], strategy: {round_robin: {seed: 7}}}]\n",
    ),
    (
        "members_without_commas",
        "teams: [{id: a, members: [m1 m2, \"m3, m4\", \"[m5]\", -m7, Ann Lee]}]\nrules: [{id: a, assign_to: a}]\n",
    ),
    ("reversed_band", "customer_sizes: {small: 49..=10}\n"),
    ("document_twice", "rules: []\n---\nrules: []\n"),
    ("unclosed_bracket", "pools: [later\nteams: []\n"),
    ("alias_of_itself", "pools: &all [later, *all]\n"),
    ("byte_order_mark", "\u{feff}version: @first\n"),
];

#[test]
fn every_mistake_is_told_below_its_line() {
    let folder = folder("mistakes");
    let in_rules = IN_RULES
        .iter()
        .map(|(name, rules)| (*name, format!("{HEAD}rules:\n{rules}")));
    let in_files = IN_FILES
        .iter()
        .map(|(name, file)| (*name, (*file).to_owned()));
    // Of a text with a thousand characters, which is repeated, and of lists in lists.
    let repeated = format!(
        "version: &v {}\npools: [{}]\n",
        "x".repeat(1_000),
        ["*v"; 100].join(", ")
    );
    let deep = format!("pools: {}{}\n", "[".repeat(300), "]".repeat(300));
    let long = [("aliases", repeated), ("deep_lists", deep)];
    for (name, file) in in_rules.chain(in_files).chain(long) {
        let told = run(&folder, &["check", "-"], &file);
        insta::assert_snapshot!(format!("mistake_{name}"), told.all());
    }
}
