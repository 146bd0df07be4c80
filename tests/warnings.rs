//! Warnings: what they say, and that they are correct.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod random;

use fastrand::Rng;
use leadtree::dimension::{AttributeKind, Taxonomy};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Condition, Rule};
use leadtree::team::Team;
use leadtree::tree::Interpreter;
use leadtree::{Placed, PolicyWarning};

use random::lead::Case;
use random::policy::{Rules, Size, values_draft};
use random::world::World;

fn draft() -> PolicyDraft {
    PolicyDraft::new()
        .regions(
            Taxonomy::draft()
                .paths(["cn/east/shanghai", "cn/north", "us"])
                .alias("cn/east", ["华东"])
                .by_name(),
        )
        .attribute("revenue", AttributeKind::Number)
        .attribute("source", AttributeKind::Text)
        .attribute("vip", AttributeKind::Flag)
        .team(Team::new("t").member("m"))
}

fn warnings_of(text: &str) -> Vec<String> {
    let rule = Rule::new("r").when(text.parse().unwrap()).assign_to("t");
    let policy = draft().rule(rule).build().unwrap();
    let told = |warning: &leadtree::Placed<_>| warning.to_string();
    policy.warnings().iter().map(told).collect()
}

#[test]
fn groups_that_take_every_lead_are_told() {
    for (group, warns) in [
        (
            "{group: g, rules: [{id: a, when: vip = true, assign_to: {pool: p}}], otherwise: {assign_to: {pool: p}}}",
            true,
        ),
        ("{group: g, rules: [{id: a, assign_to: {pool: p}}]}", true),
        (
            "{group: g, rules: [{id: a, when: vip = true, assign_to: {pool: p}}]}",
            false,
        ),
        (
            "{group: g, when: vip = false, rules: [{id: a, assign_to: {pool: p}}]}",
            false,
        ),
        (
            "{group: g, enabled: false, rules: [{id: a, assign_to: {pool: p}}]}",
            false,
        ),
    ] {
        let text = format!(
            "{{attributes: {{vip: flag}}, pools: [p], rules: [{group}, {{id: z, assign_to: {{pool: p}}}}]}}"
        );
        let policy = Policy::from_yaml(&text).unwrap();
        let takes = |warning: &Placed<PolicyWarning>| {
            matches!(warning.fault, PolicyWarning::TakesEveryLead { .. })
                && warning.place.as_str() == "rules[0]"
        };
        assert_eq!(policy.warnings().iter().any(takes), warns, "{group}");
    }
}

#[test]
fn conditions_and_their_warnings() {
    let nothing = [
        "region in cn and not region in cn/east",
        "customer_size > 10 and customer_size < 100",
        "region in cn or region in us",
        "source contains a and source contains b",
        "region = cn or region in cn/east",
        "vip = true or vip = false",
        "region is missing or region in cn",
        "region in CN",
    ];
    for text in nothing {
        let told = warnings_of(text);
        assert!(told.is_empty(), "{text}: {told:?}");
    }
    let all: Vec<String> = [
        "region in 华东 and funnel_stage >= 'closed lost'",
        "region in (cn, shanghai)",
        "customer_size < 10 and customer_size > 100",
        "customer_size < 0",
        "vip = true and (region in cn and region in us)",
        "region in cn/east or region in cn or vip = true",
        "vip = true or vip = true and revenue > 5",
        "vip = true or vip = true",
        "revenue > 5 and revenue <= 5",
        "source starts with ab and source = b",
        "region in us and (region is missing or region in cn)",
        "not (vip = true or vip != true)",
    ]
    .into_iter()
    .map(|text| format!("{text}\n  {}", warnings_of(text).join("\n  ")))
    .collect();
    insta::assert_snapshot!(all.join("\n"), @"
    region in 华东 and funnel_stage >= 'closed lost'
      rules[0].when.all[0].region.within: `华东` is another name for `cn/east`; write `cn/east`, so that a search finds it
      rules[0].when.all[1].funnel_stage.at_least: `closed lost` is another name for `lost`; write `lost`, so that a search finds it
    region in (cn, shanghai)
      rules[0].when.region.within[1]: `shanghai` is another name for `cn/east/shanghai`; write `cn/east/shanghai`, so that a search finds it
    customer_size < 10 and customer_size > 100
      rules[0].when: no lead can meet this: customer_size < 10 and customer_size > 100; correct it, or remove it
    customer_size < 0
      rules[0].when: no lead can meet this: customer_size < 0; correct it, or remove it
    vip = true and (region in cn and region in us)
      rules[0].when: no lead can meet this: vip = true and region in cn and region in us; correct it, or remove it
    region in cn/east or region in cn or vip = true
      rules[0].when.any[0]: `region in cn/east` changes nothing, because the branch `region in cn` covers it; remove it
    vip = true or vip = true and revenue > 5
      rules[0].when.any[1]: `vip = true and revenue > 5` changes nothing, because the branch `vip = true` covers it; remove it
    vip = true or vip = true
      rules[0].when.any[1]: `vip = true` changes nothing, because the branch `vip = true` covers it; remove it
    revenue > 5 and revenue <= 5
      rules[0].when: no lead can meet this: revenue > 5 and revenue <= 5; correct it, or remove it
    source starts with ab and source = b
      rules[0].when: no lead can meet this: source starts with ab and source = b; correct it, or remove it
    region in us and (region is missing or region in cn)
      rules[0].when: no lead can meet this: region in us and (region is missing or region in cn); correct it, or remove it
    not (vip = true or vip != true)
      rules[0].when: no lead can meet this: not (vip = true or vip != true); correct it, or remove it
    ");
}

#[test]
fn branches_of_a_wide_or() {
    // Found among many branches as among few.
    let fillers: Vec<String> = (0..40)
        .map(|number| format!("revenue = {number}"))
        .collect();
    let told = |text: &str| {
        let wide = format!("{} or {text}", fillers.join(" or "));
        let told = warnings_of(&wide).into_iter();
        let lines: Vec<String> = std::iter::once(text.to_owned()).chain(told).collect();
        lines.join("\n  ")
    };
    let all: Vec<String> = [
        "region in us or region in cn",
        "region in cn/east or region in cn",
        "region in cn or region = cn or region in cn/east and vip = true",
        "vip = true or vip = true",
        "vip = true and source = a or vip = true and source = a",
        "source = b or source starts with b or source = c",
        "customer_size between 5 and 9 or customer_size between 1 and 9",
        "source contains a or source contains a",
        "region in (cn, us) or region in us or region in (us, cn)",
        "revenue = 7",
    ]
    .into_iter()
    .map(told)
    .collect();
    insta::assert_snapshot!(all.join("\n"), @"
    region in us or region in cn
    region in cn/east or region in cn
      rules[0].when.any[40]: `region in cn/east` changes nothing, because the branch `region in cn` covers it; remove it
    region in cn or region = cn or region in cn/east and vip = true
      rules[0].when.any[41]: `region = cn` changes nothing, because the branch `region in cn` covers it; remove it
      rules[0].when.any[42]: `region in cn/east and vip = true` changes nothing, because the branch `region in cn` covers it; remove it
    vip = true or vip = true
      rules[0].when.any[41]: `vip = true` changes nothing, because the branch `vip = true` covers it; remove it
    vip = true and source = a or vip = true and source = a
      rules[0].when.any[41]: `vip = true and source = a` changes nothing, because the branch `vip = true and source = a` covers it; remove it
    source = b or source starts with b or source = c
      rules[0].when.any[40]: `source = b` changes nothing, because the branch `source starts with b` covers it; remove it
    customer_size between 5 and 9 or customer_size between 1 and 9
      rules[0].when.any[40]: `customer_size between 5 and 9` changes nothing, because the branch `customer_size between 1 and 9` covers it; remove it
    source contains a or source contains a
      rules[0].when.any[41]: `source contains a` changes nothing, because the branch `source contains a` covers it; remove it
    region in (cn, us) or region in us or region in (us, cn)
      rules[0].when.any[41]: `region in us` changes nothing, because the branch `region in (cn, us)` covers it; remove it
      rules[0].when.any[42]: `region in (us, cn)` changes nothing, because the branch `region in (cn, us)` covers it; remove it
    revenue = 7
      rules[0].when.any[40]: `revenue = 7` changes nothing, because the branch `revenue = 7` covers it; remove it
    ");
}

#[test]
fn conditions_of_many_groups_are_combined() {
    // Nested groups: only all of them together prevent the rule from holding.
    let whens = [
        "region in cn or vip = true",
        "region in us or vip = true",
        "source = a",
    ];
    let rule = Rule::new("r").when("vip != true".parse().unwrap());
    let mut entry = leadtree::rule::Entry::from(rule.assign_to("t"));
    for (number, when) in whens.iter().enumerate() {
        let group = leadtree::rule::Group::new(format!("g{number}")).when(when.parse().unwrap());
        entry = group.rule(entry).into();
    }
    let policy = draft().rule(entry).build().unwrap();
    let told: Vec<_> = policy.warnings().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    rules[0].rules[0].rules[0].rules[0].when: no lead of the enclosing groups can meet this: vip != true; correct it, or move it out of the group
    ");
}

#[test]
fn rules_that_contradict_their_groups() {
    let policy = Policy::from_yaml(
        "
regions: {tree: {cn: [east], us: {}}}
teams: [{id: t, members: [m]}]
rules:
  - group: china
    when: region in cn
    rules:
      - {id: east, when: region in cn/east, assign_to: t}
      - {id: abroad, when: region in us, assign_to: t}
      - group: nowhere
        when: region is missing
        rules:
          - {id: all, assign_to: t}
          - {id: odd, when: customer_size < 5 and customer_size > 7, assign_to: t}
",
    );
    let told: Vec<_> = policy
        .unwrap()
        .warnings()
        .iter()
        .map(ToString::to_string)
        .collect();
    insta::assert_snapshot!(told.join("\n"), @"
    rules[0].rules[2].rules[0]: every lead meets this rule, so the rule never applies that comes after it; give it a `when`, or move it to the end
    rules[0].rules[1].when: no lead of the enclosing groups can meet this: region in us; correct it, or move it out of the group
    rules[0].rules[2].when: no lead of the enclosing groups can meet this: region is missing; correct it, or move it out of the group
    rules[0].rules[2].rules[1].when: no lead can meet this: customer_size < 5 and customer_size > 7; correct it, or remove it
    ");
}

#[test]
fn a_branch_that_another_one_covers_in_part_is_needed() {
    for when in [
        "customer_size between 1 and 10 or customer_size between 5 and 20",
        "customer_size between 1 and 10 or customer_size between 5 and 20 and region is missing",
        "customer_size between 5 and 20 and region is missing or customer_size <= 10",
    ] {
        // A few branches are compared each with each, many are not.
        for many in [0, 40] {
            let others = (0..many).map(|number| format!(" or source contains x{number}"));
            let when: String = [when.to_owned()].into_iter().chain(others).collect();
            let rule = Rule::new("r").when(when.parse().unwrap()).assign_to("t");
            let draft = PolicyDraft::new().attribute("source", AttributeKind::Text);
            let draft = draft.team(Team::new("t").member("m")).rule(rule);
            let warnings = draft.build().unwrap().warnings();
            assert!(warnings.is_empty(), "{when}: {warnings:?}");
        }
    }
}

/// The condition in a policy of its own, to check which leads meet it.
fn meets(world: &World, condition: Condition) -> Policy {
    let team = Team::new("t").member("m");
    let rule = Rule::new("r").when(condition).assign_to("t");
    let draft = values_draft(world, &mut Rng::with_seed(0));
    draft.team(team).rule(rule).build().unwrap()
}

#[test]
fn conditions_reported_as_never_holding_never_hold() {
    let (mut never, mut covered) = (0, 0);
    for seed in 0..random::cases(300) {
        let mut random = Rng::with_seed(seed ^ 9 << 32);
        let world = World::new(&mut random);
        let size = Size {
            rules: 20,
            depth: 4,
        };
        let rules = Rules::new(&world, &mut random, size);
        let policy = rules.draft(&world, &mut random).build().unwrap();
        let read = |text: &str| text.parse::<Condition>().ok().map(|it| meets(&world, it));
        for warning in policy.warnings() {
            let impossible = match &warning.fault {
                PolicyWarning::NeverHolds { condition } => read(condition),
                PolicyWarning::Covered { branch, by } => {
                    read(&format!("({branch}) and not ({by})"))
                }
                _ => None,
            };
            let Some(impossible) = impossible else {
                continue;
            };
            match &warning.fault {
                PolicyWarning::Covered { .. } => covered += 1,
                _ => never += 1,
            }
            for _ in 0..200 {
                let case = Case::new(&world, &mut random);
                let lead = case.lead(&world);
                let decision =
                    Interpreter::new(&impossible).decide(&lead, chrono::DateTime::UNIX_EPOCH);
                assert!(
                    decision.rule().is_none(),
                    "seed {seed}: {warning}: {case:?}"
                );
            }
        }
    }
    assert!(never > 20 && covered > 5, "{never} {covered}");
}

#[test]
fn a_policy_without_rules_is_probably_a_file_that_was_cut_off() {
    let told: Vec<String> = draft()
        .build()
        .unwrap()
        .warnings()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "rules: the policy has no rules, so every lead gets its `otherwise`; add rules, or check the \
             file"
        ],
    );
}

/// The warnings about a policy with one rule for each of these conditions.
fn warnings_of_rules(texts: &[&str]) -> String {
    let rules = texts.iter().enumerate().map(|(number, text)| {
        let rule = Rule::new(format!("r{number}")).when(text.parse().unwrap());
        rule.assign_to("t")
    });
    let draft = draft().attribute("interests", AttributeKind::Tags);
    let policy = rules.fold(draft, PolicyDraft::rule);
    let warnings = policy.build().unwrap().warnings();
    let told: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    told.join("\n")
}

#[test]
fn texts_that_rules_spell_in_two_ways() {
    insta::assert_snapshot!(warnings_of_rules(&[
        "source = Café",
        "vip = true and source in (fair, cafe)",
        "source = 'E-Mail' or vip = true",
        "not source = email",
        "source = e_mail",
        "source = email",
        "interests contains any of (groß, small)",
        "interests contains all of (GROSS)",
    ]), @"
    rules[1].when.all[1].source.is[1]: `cafe` does not equal `Café` at rules[0].when.source.is, so a lead with one spelling meets only one of the tests; write both alike, or list both
    rules[3].when.not.source.is: `email` does not equal `E-Mail` at rules[2].when.any[0].source.is, so a lead with one spelling meets only one of the tests; write both alike, or list both
    rules[4].when.source.is: `e_mail` does not equal `E-Mail` at rules[2].when.any[0].source.is, so a lead with one spelling meets only one of the tests; write both alike, or list both
    rules[7].when.interests.contains_all: `GROSS` does not equal `groß` at rules[6].when.interests.contains_any[0], so a lead with one spelling meets only one of the tests; write both alike, or list both
    ");
    for equal in [
        // A lead meets both or neither.
        &["source = Café", "source = 'ＣＡＦÉ '"][..],
        &["source = 'New  York'", "source = 'new york'"],
        // One rule has both, so both are meant.
        &["source in (e-mail, email)", "source = email"],
        &["source in (Muller, Müller)", "source in (Mueller, Müller)"],
        // The tests hold for parts of texts.
        &["source starts with e-mail", "source starts with email"],
        &["source contains é", "source = e"],
        // Other texts, and other attributes.
        &["source = '1-10'", "source = '11-0'"],
        &["source = '-5'", "source = '5'"],
        &["source = йод", "source = иод"],
        &["source = -", "source = '_'"],
        &["source = e-mail", "interests contains any of (email)"],
    ] {
        assert_eq!(warnings_of_rules(equal), "", "{equal:?}");
    }
}

#[test]
fn spellings_beside_each_other_are_meant_and_others_are_told() {
    // Each with where it stands, and the other spelling.
    let told = |rules: &[&str]| -> Vec<String> {
        let warnings = warnings_of_rules(rules);
        let told = warnings.lines().map(|line| line.split(" at ").next());
        told.map(|it| it.unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(
        told(&[
            "source in (e-mail, email)",
            "source = 'e mail'",
            "source = 'e mail' or source = e_mail",
        ]),
        [
            "rules[1].when.source.is: `e mail` does not equal `e-mail`",
            "rules[2].when.any[1].source.is: `e_mail` does not equal `e-mail`",
        ]
    );
    // With the first of them, but not with each other.
    assert_eq!(
        told(&["source in (e-mail, email)", "source in (e-mail, 'e mail')"]),
        ["rules[1].when.source.is[1]: `e mail` does not equal `email`"]
    );
    assert_eq!(
        told(&["source = Müller", "source = Mueller", "source = Muller"]),
        [
            "rules[2].when.source.is: `Muller` does not equal `Müller`",
            "rules[1].when.source.is: `Mueller` does not equal `Müller`",
        ]
    );
    // Two spellings with umlauts are alike in two ways, and told once.
    assert_eq!(
        told(&[
            "source = Weiß-Bär",
            "source = WeißBär",
            "source = Weissbaer"
        ]),
        [
            "rules[1].when.source.is: `WeißBär` does not equal `Weiß-Bär`",
            "rules[2].when.source.is: `Weissbaer` does not equal `Weiß-Bär`",
        ]
    );
}

/// What becomes of values of dimensions that are not written as the policy declares them: the same value
/// in another spelling is found, another name is found and told of, and what is neither is refused.
#[test]
fn values_of_dimensions_in_another_spelling() {
    let told = |text: &str| {
        let rule = Rule::new("r").when(text.parse().unwrap()).assign_to("t");
        let draft = draft().industries(Taxonomy::draft().path("food/käse"));
        match draft.rule(rule).build() {
            Ok(policy) => policy.warnings().iter().map(ToString::to_string).collect(),
            Err(errors) => {
                let faults = errors.faults().iter();
                faults.map(ToString::to_string).collect::<Vec<_>>()
            }
        }
        .join("; ")
    };
    for found in [
        "region in CN/East",
        "region in ｃｎ/ｅａｓｔ",
        "region in 'cn / east'",
        "industry in FOOD/KÄSE",
        "funnel_stage = Lost",
    ] {
        assert_eq!(told(found), "", "{found}");
    }
    let others = [
        "region in Shanghai",
        "region in east/shanghai",
        "industry in käse",
        "industry in food/kase",
        "funnel_stage = lots",
    ];
    let all: Vec<String> = others
        .iter()
        .map(|text| format!("{text}\n  {}", told(text)))
        .collect();
    insta::assert_snapshot!(all.join("\n"), @"
    region in Shanghai
      rules[0].when.region.within: `Shanghai` is another name for `cn/east/shanghai`; write `cn/east/shanghai`, so that a search finds it
    region in east/shanghai
      rules[0].when.region.within: unknown region `east/shanghai`; did you mean `cn/east/shanghai`?
    industry in käse
      rules[0].when.industry.within: unknown industry `käse`; did you mean `food/käse`?
    industry in food/kase
      rules[0].when.industry.within: unknown industry `food/kase`; did you mean `food/käse`?
    funnel_stage = lots
      rules[0].when.funnel_stage.is: unknown funnel stage `lots`; did you mean `lost`?
    ");
}
