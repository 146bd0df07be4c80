//! Policies in YAML: what is written reads back, and looks like something a person would write.

#![allow(
    clippy::too_many_lines,
    clippy::format_push_string,
    reason = "files as people write them"
)]

mod random;

use fastrand::Rng;
use leadtree::availability::Moment;
use leadtree::dimension::{
    AttributeKind, BandsDraft, StageDraft, StagesDraft, Taxonomy, TaxonomyRow,
};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{
    Group, IfNobody, Outcome, Rule, Target, customer_size, flag, industry, region, tags, text,
};
use leadtree::team::{Member, StrategyChoice, Team, TeamMember};

use random::policy::{Rules, Size};
use random::world::World;

#[test]
fn a_policy_in_yaml_round_trips() {
    for seed in 0..random::cases(150) {
        let mut random = Rng::with_seed(seed);
        let world = World::new(&mut random);
        let size = Size {
            rules: 20,
            depth: 4,
        };
        let rules = Rules::new(&world, &mut random, size);
        let draft = rules.draft(&world, &mut random);
        let policy = draft.version("7").time_zone("+08:00").build().unwrap();
        let text = policy.to_yaml().unwrap();
        let back =
            Policy::from_yaml(&text).unwrap_or_else(|error| panic!("seed {seed}: {error}\n{text}"));
        let json = |policy: &Policy| serde_json::to_string_pretty(policy).unwrap();
        assert_eq!(json(&back), json(&policy), "seed {seed}: {text}");
        assert_eq!(back, policy, "seed {seed}: {text}");
        assert_eq!(back.to_yaml().unwrap(), text, "seed {seed}");
    }
}

/// Texts that YAML would otherwise read as something else.
const ODD: [&str; 28] = [
    "no",
    "NO",
    "yes",
    "null",
    "~",
    "1e3",
    "0x1F",
    ".inf",
    "2026-01-01",
    "12:30",
    "- a",
    "# b",
    "a # b",
    "a: b",
    "'q'",
    "\"q\"",
    "<<",
    "=",
    "{}",
    "[]",
    "!t",
    "&a",
    "*a",
    "%x",
    "@x",
    "|",
    "true",
    "日本: x",
];

#[test]
fn odd_names_and_texts_round_trip() {
    let odd = |number: usize| ODD[number % ODD.len()];
    for (number, name) in ODD.into_iter().enumerate() {
        let member = |step| format!("{} {step}", odd(number + step));
        let draft = PolicyDraft::new()
            .version(name)
            .description(format!("{name}\n{}\nlast", odd(number + 1)))
            .regions(Taxonomy::draft().path("a").alias("a", [name]))
            .lifecycle_stages(StagesDraft::from_iter([StageDraft::new("x", [name])]))
            .customer_sizes(BandsDraft::default().band(name, 1..=9))
            .attribute("source", AttributeKind::Text)
            .pool(name)
            .members([name, odd(number + 1), odd(number + 2)].map(Member::from))
            .team(
                Team::new(name)
                    .description(name)
                    .strategy(StrategyChoice::new(name).option("a b", name))
                    .members([TeamMember::new(name).weight(2), odd(number + 1).into()])
                    .if_nobody(IfNobody::overflow_to_pool(name)),
            )
            .team(
                Team::new(member(1))
                    .member(name)
                    .if_nobody(IfNobody::overflow_to_team(name)),
            )
            .rule(
                Group::new(member(2)).rule(
                    Rule::new(name)
                        .description(format!(" {name} "))
                        .when(text("source").is(name) | text("source").contains(name))
                        .assign_to(
                            Target::member(name)
                                .in_team(name)
                                .if_nobody(IfNobody::overflow_to_team(member(1))),
                        )
                        .support([name]),
                ),
            )
            .otherwise(Outcome::to(name));
        let policy = draft.build().unwrap();
        let text = policy.to_yaml().unwrap();
        let back = Policy::from_yaml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(back, policy, "{text}");
    }
}

#[test]
fn a_file_as_a_person_would_write_it() {
    let rows = [("DE", "germany"), ("FR", "france")].map(|(id, name)| TaxonomyRow {
        id: id.to_owned(),
        name: Some(name.to_owned()),
        ..TaxonomyRow::default()
    });
    let tree = serde_json::from_str(
        r#"{ "cn": { "east": ["shanghai", "jiangsu"], "north": { "beijing": { "west": {} } }, "hk": {} } }"#,
    );
    let policy = PolicyDraft::new()
        .version("2026-03")
        .description("Who gets which lead.\nAsk operations first.")
        .time_zone("+08:00")
        .regions(
            Taxonomy::draft()
                .tree(tree.unwrap())
                .rows(rows)
                .alias("cn/east/shanghai", ["上海", "SH"])
                .by_name(),
        )
        .industries(Taxonomy::draft().paths(["energy", "manufacturing"]))
        .lifecycle_stages(StagesDraft::from_iter(["new", "customer"]))
        .funnel_stages(StagesDraft::from_iter([
            StageDraft::from("open"),
            StageDraft::new("won", ["closed won"]),
        ]))
        .customer_sizes(
            BandsDraft::default()
                .band("small", 1..=49)
                .band("large", 50..=u32::MAX),
        )
        .attribute("vip", AttributeKind::Flag)
        .attribute("source", AttributeKind::Text)
        .attribute("interests", AttributeKind::Tags)
        .pool("later")
        .members([
            Member::new("m-1").max_open(40),
            Member::new("m-2"),
            Member::new("m-3"),
        ])
        .team(
            Team::new("east")
                .description("Field sales")
                .strategy("least_loaded")
                .members([TeamMember::new("m-1").weight(2), "m-2".into()])
                .if_nobody(IfNobody::overflow_to_team("inside")),
        )
        .team(
            Team::new("inside")
                .strategy(StrategyChoice::new("random").option("seed", 7))
                .members(["m-2", "m-3"])
                .if_nobody(IfNobody::overflow_to_pool("later")),
        )
        .rule(
            Rule::new("spring")
                .description("Only this year: fairs")
                .enabled(false)
                .from("2026-03-01T00:00:00Z".parse::<Moment>().unwrap())
                .until("2026-06-01T00:00:00+08:00".parse::<Moment>().unwrap())
                .when(text("source").starts_with("trade fair"))
                .assign_to(Target::team("inside").if_nobody(IfNobody::Everyone)),
        )
        .rule(
            Group::new("china")
                .when(region().within("cn"))
                .rule(
                    Rule::new("key")
                        .when(
                            (customer_size().in_band("large") | flag("vip").is_true())
                                & industry().within_any(["energy", "manufacturing"])
                                & !tags("interests").contains_any(["price list", "benchmark"]),
                        )
                        .assign_to(Target::member("m-1").in_team("east"))
                        .support(["inside"]),
                )
                .rule(Group::new("rest").rule(Rule::new("all").assign_to("east")))
                .otherwise(Outcome::to("inside")),
        )
        .rule(Rule::new("others").assign_to(Target::pool("later")))
        .otherwise(Outcome::to(Target::pool("unmatched")))
        .build()
        .unwrap();
    insta::assert_snapshot!(policy.to_yaml().unwrap(), @r#"
    version: 2026-03
    description: |-
      Who gets which lead.
      Ask operations first.
    time_zone: +08:00

    regions:
      tree:
        cn:
          east: [shanghai, jiangsu]
          north:
            beijing: [west]
          hk: {}
      rows:
        - {id: DE, name: germany}
        - {id: FR, name: france}
      aliases:
        cn/east/shanghai: [上海, SH]
      by_name: true

    industries:
      paths: [energy, manufacturing]

    customer_sizes:
      small: 1..=49
      large: 50..

    lifecycle_stages: [new, customer]

    funnel_stages:
      - open
      - {name: won, aliases: [closed won]}

    attributes:
      vip: flag
      source: text
      interests: tags

    pools: [later]

    members:
      - {id: m-1, max_open: 40}
      - m-2
      - m-3

    teams:
      - id: east
        description: Field sales
        strategy: least_loaded
        members:
          - {member: m-1, weight: 2}
          - m-2
        if_nobody: {overflow: inside}

      - id: inside
        strategy: {name: random, seed: 7}
        members: [m-2, m-3]
        if_nobody: {overflow: {pool: later}}

    rules:
      - id: spring
        description: "Only this year: fairs"
        enabled: false
        from: 2026-03-01T00:00:00Z
        until: 2026-06-01T00:00:00+08:00
        when: source starts with 'trade fair'
        assign_to: {team: inside, if_nobody: everyone}

      - group: china
        when: region in cn
        rules:
          - id: key
            when: |-
              (customer_size in large or vip = true)
              and industry in (energy, manufacturing)
              and not interests contains any of ('price list', benchmark)
            assign_to: {team: east, member: m-1}
            support: [inside]

          - group: rest
            rules:
              - id: all
                assign_to: east
        otherwise: {assign_to: inside}

      - id: others
        assign_to: {pool: later}

    otherwise: {assign_to: {pool: unmatched}}
    "#);
    assert_eq!(
        Policy::from_yaml(&policy.to_yaml().unwrap()).unwrap(),
        policy
    );
    let nothing = PolicyDraft::new().build().unwrap();
    assert_eq!(nothing.to_yaml().unwrap(), "{}\n");
    assert_eq!(Policy::from_yaml("{}").unwrap(), nothing);
}

#[test]
fn names_that_are_fields_elsewhere_change_nothing() {
    let text = "\
regions:
  tree:
    rules: [when, teams]
    teams: [otherwise, members]
  aliases:
    teams: [crews, desks]

customer_sizes:
  rules: 1..=9
  otherwise: 10..

holidays:
  rules: [2026-10-01, 2026-12-25]

teams:
  - id: t
    strategy:
      name: custom
      when: region in rules/when and region in rules/teams and region in teams/otherwise and region in teams
      rules: a
      teams: b
    members: [m]
";
    let policy = Policy::from_yaml(text).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(policy.to_yaml().unwrap(), text);
}

#[test]
fn malformed_yaml_is_reported_with_its_place() {
    let told = |text: &str| Policy::from_yaml(text).unwrap_err().to_string();
    insta::assert_snapshot!(told("rules:\n  - id: r\n    asign_to: east\n"), @"
    the policy has 1 problem:
      rules[0].asign_to: unknown field `asign_to`; did you mean `assign_to`?
    ");
    insta::assert_snapshot!(told("rules:\n  - id: r\n   when: x\n"), @"rules: while parsing a block collection, did not find expected '-' indicator at line 3, column 4");
    insta::assert_snapshot!(told("rules:\n  - id: r\n    enabled: no\n"), @"
    the policy has 2 problems:
      rules[0].enabled: expected `true` or `false`, found the text `no`; write `false`
      rules[0].assign_to: assigns to nothing; name a team, a member or a pool
    ");
    insta::assert_snapshot!(told("teams:\n  - id: t\n    members: [1]\n"), @"
    the policy has 1 problem:
      teams[0].members[0]: expected a member's id, or a map with `member`, found the number 1; write it in quotes
    ");
    insta::assert_snapshot!(told("version: 1\nversion: 2\n"), @"policy: `version` is given twice; keep one at line 2, column 1");
    insta::assert_snapshot!(told(""), @r"
    the policy has 1 problem:
      the text is empty; write at least `rules: []`
    ");
    assert_eq!(told("# rules:\n\n---\n"), told(""));
    insta::assert_snapshot!(told("- a\n"), @"
    the policy has 1 problem:
      expected a map: a policy, found a list
    ");
    insta::assert_snapshot!(told("version: 1\n---\nversion: 2\n"), @"policy: more than one document; remove the line `---` or all that follows it at line 3, column 1");
    insta::assert_snapshot!(told("rules:\n  - id: r\n    when: region inn cn\n    assign_to: east\n"), @"
    the policy has 2 problems:
      rules[0].when: line 1, column 8: expected `in`, `not in`, `=`, `!=`, `is missing` or `is unlisted`, found `inn`; did you mean `in`?
          region inn cn
                 ^^^
      rules[0].assign_to.team: unknown team `east`
    ");
}

#[test]
fn hostile_files_fail_fast() {
    let deep = "[".repeat(100_000);
    assert!(Policy::from_yaml(&deep).is_err());
    assert!(Policy::from_yaml(&"- ".repeat(100_000)).is_err());
    assert!(Policy::from_yaml(&format!("regions: {{ tree: {} }}", "{a: ".repeat(5_000))).is_err());
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x]\n".to_owned();
    for (before, name) in ('a'..='i').zip('b'..='j') {
        let many = format!("*{before}, ").repeat(9);
        bomb.push_str(&format!("{name}: &{name} [{many}]\n"));
    }
    assert!(
        Policy::from_yaml(&format!(
            "regions:\n  tree:\n    {}",
            bomb.replace('\n', "\n    ")
        ))
        .is_err()
    );
}

#[test]
fn nothing_that_follows_a_policy_in_brackets_is_ignored() {
    for text in [
        "{pools: [a]}\nrules: []\n",
        "# of spring\n--- {pools: [a]}\nrules: []\n",
        "[]\npools: [a]\n",
    ] {
        let error = Policy::from_yaml(text).unwrap_err().to_string();
        assert!(
            error.contains("ends with the bracket before this"),
            "{text:?}: {error}"
        );
        let line = text.lines().count();
        assert!(error.contains(&format!("line {line}")), "{text:?}: {error}");
    }
    for text in [
        "{pools: [a]}\n",
        "{pools: [a]} # of spring\n...\n",
        "# of spring\n{\npools: [a]\n}\n",
        "pools: [a]\n",
    ] {
        assert_eq!(
            Policy::from_yaml(text).unwrap().pools().count(),
            2,
            "{text:?}"
        );
    }
}
