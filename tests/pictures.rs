//! Diagrams: what they show, that they are well-formed for any names, and where they are cut off.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use leadtree::availability::Moment;
use leadtree::dimension::{AttributeKind, Taxonomy};
use leadtree::picture::Picture;
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{
    Group, Outcome, Rule, Target, customer_size, date, number, region, tags, text,
};
use leadtree::team::Team;

fn policy(path: &str) -> Policy {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    Policy::from_yaml(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn small() -> Policy {
    let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    PolicyDraft::new()
        .regions(Taxonomy::draft().paths([
            "cn/east/shanghai",
            "cn/east/jiangsu",
            "cn/north",
            "us",
            "eu",
        ]))
        .attribute("revenue", AttributeKind::Number)
        .attribute("source", AttributeKind::Text)
        .attribute("interests", AttributeKind::Tags)
        .attribute("signed", AttributeKind::Date)
        .team(Team::new("east").member("m-1"))
        .pool("later")
        .rule(
            Rule::new("spring")
                .from("2026-03-01T00:00:00Z".parse::<Moment>().unwrap())
                .when(text("source").starts_with("fair") & tags("interests").contains_any(["crm"]))
                .assign_to("east"),
        )
        .rule(
            Group::new("china")
                .when(region().within("cn"))
                .rule(
                    Rule::new("rich")
                        .when(number("revenue").more_than(5))
                        .assign_to("east"),
                )
                .rule(
                    Rule::new("big")
                        .when(customer_size().at_least(1000))
                        .assign_to("east"),
                )
                .rule(
                    Rule::new("shanghai")
                        .when(
                            region().is("cn/east/shanghai")
                                & date("signed").between(day(1), day(9)),
                        )
                        .enabled(false)
                        .assign_to("east"),
                )
                .otherwise(Outcome::to(Target::pool("later"))),
        )
        .rule(
            Rule::new("rest")
                .when(!region().within_any(["us", "eu"]))
                .assign_to("east"),
        )
        .build()
        .unwrap()
}

#[test]
fn the_rules() {
    insta::assert_snapshot!(Picture::of_rules(&small()).to_mermaid(), @r#"
    flowchart LR
      q1{"first that holds"}
      q2{"china<br>region in cn"}
      e1("1. spring<br>source starts with fair and interests contains any of (crm)<br>from 2026-03-01")
      e2["team east"]
      e3("2. rich<br>revenue #62; 5")
      e4["team east"]
      e5("3. big<br>customer_size #62;= 1000")
      e6["team east"]
      e7("4. shanghai (switched off)<br>region = cn/east/shanghai and signed between 2026-03-01 and<br>2026-03-09")
      e8["team east"]
      e9["pool later"]
      e10("5. rest<br>region not in (us, eu)")
      e11["team east"]
      e12["pool unmatched"]
      q1 --> e1
      e1 --> e2
      q1 --> q2
      q2 --> e3
      e3 --> e4
      q2 --> e5
      e5 --> e6
      q2 --> e7
      e7 --> e8
      q2 -->|"otherwise"| e9
      q1 --> e10
      e10 --> e11
      q1 -->|"otherwise"| e12
    "#);
    insta::assert_snapshot!(Picture::of_rules(&small()).at_most(2).to_dot(), @r##"
    digraph policy {
      rankdir=LR
      ordering=out
      nodesep=0.12
      node [fontname="Helvetica" fontsize=11 shape=box style="rounded,filled"]
      edge [fontname="Helvetica" fontsize=10 color="#777777"]
      n0 [label="first that holds" fillcolor="#dbe9f9"]
      n1 [label="1. spring\nsource starts with fair and interests contains any of (crm)\nfrom 2026-03-01" fillcolor="#f5f5f5"]
      n2 [label="team east" fillcolor="#e4f3df" shape=box]
      n3 [label="china\nregion in cn" fillcolor="#dbe9f9"]
      n4 [label="pool later" fillcolor="#e4f3df" shape=box]
      n5 [label="pool unmatched" fillcolor="#e4f3df" shape=box]
      n0 -> n1
      n1 -> n2
      n0 -> n3
      n3 -> n4 [label="otherwise"]
      n0 -> n5 [label="otherwise"]
      label="… 4 more rules"
    }
    "##);
}

#[test]
fn the_tree() {
    let picture = Picture::of_tree(&small()).unwrap();
    insta::assert_snapshot!(picture.to_mermaid(), @r#"
    flowchart LR
      q1{"region"}
      q2{"source"}
      q3{"customer_size"}
      q4{"source"}
      q5{"the moment"}
      q6{"source"}
      q7{"source"}
      q8{"the moment"}
      q9{"interests contains any of (crm)"}
      q10{"revenue"}
      q11{"the moment"}
      q12{"revenue"}
      q13{"the moment"}
      q14{"interests contains any of (crm)"}
      q15{"interests contains any of (crm)"}
      q16{"interests contains any of (crm)"}
      e1["rest<br>team east"]
      e2["otherwise<br>pool unmatched"]
      e3["rest<br>team east"]
      e4["otherwise<br>pool unmatched"]
      e5["rest<br>team east"]
      e6["spring<br>team east"]
      e7["otherwise of china<br>pool later"]
      e8["rich<br>team east"]
      e9["big<br>team east"]
      e10["rich<br>team east"]
      e11["otherwise<br>pool unmatched"]
      e12["spring<br>team east"]
      e13["spring<br>team east"]
      e14["spring<br>team east"]
      q1 -->|"all others"| q2
      q1 -->|"cn"| q3
      q1 -->|"us, eu"| q4
      q2 -->|"all others"| e1
      q2 -->|"fair…"| q5
      q3 -->|"all others"| q6
      q3 -->|"1,000 and more"| q7
      q4 -->|"all others"| e2
      q4 -->|"fair…"| q8
      q5 -->|"before 2026-03-01"| e3
      q5 -->|"from 2026-03-01"| q9
      q6 -->|"all others"| q10
      q6 -->|"fair…"| q11
      q7 -->|"all others"| q12
      q7 -->|"fair…"| q13
      q8 -->|"before 2026-03-01"| e4
      q8 -->|"from 2026-03-01"| q14
      q9 -->|"all others"| e5
      q9 -->|"yes"| e6
      q10 -->|"all others"| e7
      q10 -->|"more than 5"| e8
      q11 -->|"before 2026-03-01"| q10
      q11 -->|"from 2026-03-01"| q15
      q12 -->|"all others"| e9
      q12 -->|"more than 5"| e10
      q13 -->|"before 2026-03-01"| q12
      q13 -->|"from 2026-03-01"| q16
      q14 -->|"all others"| e11
      q14 -->|"yes"| e12
      q15 -->|"all others"| q10
      q15 -->|"yes"| e13
      q16 -->|"all others"| q12
      q16 -->|"yes"| e14
    "#);
    insta::assert_snapshot!(picture.at_most(2).to_dot(), @r##"
    digraph policy {
      rankdir=LR
      ordering=out
      nodesep=0.12
      node [fontname="Helvetica" fontsize=11 shape=box style="rounded,filled"]
      edge [fontname="Helvetica" fontsize=10 color="#777777"]
      n0 [label="region" fillcolor="#dbe9f9"]
      n1 [label="source" fillcolor="#dbe9f9"]
      n2 [label="…" fillcolor=white shape=plaintext]
      n3 [label="…" fillcolor=white shape=plaintext]
      n4 [label="rest\nteam east" fillcolor="#e4f3df" shape=box]
      n5 [label="…" fillcolor=white shape=plaintext]
      n0 -> n1 [label="all others"]
      n0 -> n2 [label="cn"]
      n0 -> n3 [label="us, eu"]
      n1 -> n4 [label="all others"]
      n1 -> n5 [label="fair…"]
      label="… 14 more questions"
    }
    "##);
}

#[test]
fn the_shipped_picture_is_that_of_the_sample() {
    let policy = policy("examples/data/policy.yaml");
    let dot = Picture::of_rules(&policy).to_dot();
    let svg = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/policy.svg");
    let svg = std::fs::read_to_string(svg).unwrap();
    for grant in policy.grants() {
        if let Some(rule) = grant.source().id() {
            assert!(
                dot.contains(rule.as_str()) && svg.contains(&rule.as_str().replace('-', "&#45;")),
                "{rule}"
            );
        }
    }
    assert!(!dot.contains("more rules"));
}

/// The quoted text of a DOT line, as Graphviz reads it, and the rest of the line.
fn quoted(line: &str) -> Option<(String, &str)> {
    let (_, rest) = line.split_once("label=\"")?;
    let (mut text, mut characters) = (String::new(), rest.char_indices());
    while let Some((place, character)) = characters.next() {
        match character {
            '"' => return Some((text, &rest[place + 1..])),
            '\\' => text.push(characters.next()?.1),
            _ => text.push(character),
        }
    }
    None
}

#[test]
fn hostile_names_stay_in_their_labels() {
    let long = "x".repeat(5_000);
    let names = [
        "\"] n0 -> n0 [label=\"",
        "\\",
        "\\\"",
        "a\\nb",
        "a\nb",
        "<b>&amp;",
        "#quot;",
        "`x`",
        "]]",
        "}",
        "-->|x|",
        "%% no comment",
        "end",
        "日本\u{202e}語",
        "*bold*",
        "{{x}}",
        "classDef",
        &long,
    ];
    let words = |text: &str| text.chars().filter(|it| it.is_alphanumeric()).count();
    for name in names {
        let policy = PolicyDraft::new()
            .regions(Taxonomy::draft().path("cn").path("us"))
            .attribute("source", AttributeKind::Text)
            .team(Team::new(name).member("m"))
            .rule(
                Rule::new(name)
                    .when(text("source").is(name) | region().within("cn"))
                    .assign_to(name),
            )
            .build()
            .unwrap();
        for picture in [
            Picture::of_rules(&policy),
            Picture::of_tree(&policy).unwrap(),
        ] {
            let dot = picture.to_dot();
            assert!(
                dot.starts_with("digraph policy {\n") && dot.ends_with("\n}\n"),
                "{dot}"
            );
            let mut labels = 0;
            for line in dot.lines().filter(|line| line.contains("label=")) {
                let (text, rest) = quoted(line).unwrap_or_else(|| panic!("{line}"));
                // What is long is broken into lines, or cut.
                let mut lines = line.split("\\n");
                assert!(lines.all(|line| line.chars().count() < 250), "{line}");
                let looks = [
                    "",
                    "]",
                    " fillcolor=\"#dbe9f9\"]",
                    " fillcolor=\"#f5f5f5\"]",
                    " fillcolor=\"#e4f3df\" shape=box]",
                ];
                assert!(looks.contains(&rest), "{rest}");
                labels += words(&text).min(1);
            }
            assert!(labels > 1, "{dot}");
            let mermaid = picture.to_mermaid();
            for line in mermaid.lines().skip(1) {
                // Nothing but the delimiters of the label, each once.
                let marks = line.matches('"').count();
                assert!(marks == 2 || marks == 0 && line.contains(" --> "), "{line}");
                if marks == 2 {
                    let label = line.split('"').nth(1).unwrap().replace("<br>", "");
                    assert!(
                        !label.contains(['<', '>', '[', ']', '{', '}', '|', '`', '\\']),
                        "{line}"
                    );
                }
            }
        }
    }
}

#[test]
fn omitted_nodes_are_counted() {
    let policy = policy("examples/data/policy.yaml");
    let questions = |most: usize| {
        let dot = Picture::of_tree(&policy).unwrap().at_most(most).to_dot();
        let drawn = dot.matches("fillcolor=\"#dbe9f9\"").count();
        let more = dot.split("label=\"… ").nth(1).map_or(0, |rest| {
            rest.split(' ').next().unwrap().parse::<usize>().unwrap()
        });
        (drawn, drawn + more)
    };
    let (drawn, all) = questions(usize::MAX);
    assert_eq!(drawn, all);
    for most in [1, 2, 40, 200] {
        assert_eq!(questions(most), (most, all));
    }
    let rules = Picture::of_rules(&policy).at_most(20).to_dot();
    assert!(rules.contains("more rules"), "{rules}");
}
