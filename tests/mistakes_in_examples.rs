//! Mistakes in examples are told, each where it stands and with what to do about it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use chrono::DateTime;
use leadtree::diagnostics::SourceText;
use leadtree::example::{Example, Expectation};
use leadtree::example_check::ExampleCheck;
use leadtree::lead::AttributeValue;
use leadtree::policy::Policy;
use leadtree::strategy::StrategyRegistry;
use leadtree::{Finding, Lead};

const POLICY: &str = "
time_zone: +08:00
regions: {paths: [cn/east, us]}
attributes: {plz: text, vip: flag, revenue: number, since: date, interests: tags}
pools: [later]
holidays: {cn: [2026-10-01]}
members:
  - m-01
  - m-02
  - {id: m-03, leave: [{from: 2026-08-03, until: 2026-08-08}]}
teams:
  - {id: east, members: [m-01, m-02]}
  - {id: abroad, members: [m-02], hours: mon-fri 09:00-18:00, if_nobody: wait}
  - {id: south, members: [m-03]}
  - {id: full, members: [{member: m-01, max_open: 0}], if_nobody: {overflow: abroad}}
rules:
  - id: small
    when: customer_size < 10
    assign_to: {pool: later}
  - group: china
    when: region in cn
    rules:
      - {id: march, from: 2026-03-01, until: 2026-04-01, when: vip = true, assign_to: {team: east, member: m-02}}
    otherwise: {assign_to: east}
  - {id: abroad, when: region in us, assign_to: abroad}
  - {id: south, when: plz = '1', assign_to: south}
  - {id: full, when: plz = '2', assign_to: full}
  - {id: named, when: plz = '3', assign_to: {team: abroad, member: m-02}}
";

fn with(examples: &str) -> String {
    format!("{POLICY}examples:\n{examples}")
}

fn policy() -> Policy {
    Policy::from_yaml(POLICY).unwrap()
}

/// What is told of a policy text, one a line, with the text that is marked.
fn told(text: &str) -> String {
    let checked = SourceText::new("p", text).check(&StrategyRegistry::new());
    lines(&checked.findings, text)
}

fn lines(findings: &[Finding], text: &str) -> String {
    let told = findings.iter().map(|finding| {
        let bytes = finding.location.as_ref().map(|at| at.bytes.clone());
        let marked = bytes.and_then(|bytes| text.get(bytes)).unwrap_or("nowhere");
        format!("{} [{}] <{marked}>", finding, finding.code)
    });
    told.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_value_that_cannot_be_one_of_its_kind_is_told_with_what_to_write() {
    insta::assert_snapshot!(told(&with(
        "
  - {lead: {vip: yes}, expect: {rule: small}}
  - {lead: {vip: maybe, revenue: \"1,000\"}, expect: {rule: small}}
  - {lead: {since: 31.3.2026, customer_size: \">1000\"}, expect: {rule: small}}
  - {lead: {customer_size: smal, revenue: 26m}, expect: {rule: small}}
  - {lead: {vip: maybe, customer_size: huge}, expect: {rule: named, unlisted: [vip, customer_size]}}
"
    )));
}

#[test]
fn a_dimension_stands_beside_the_attributes() {
    insta::assert_snapshot!(told(&with(
        "
  - {lead: {attributes: {region: cn, id: L-7, vip: 7, plz: }}, expect: {rule: small}}
"
    )));
}

#[test]
fn names_that_are_numbers_stand_in_quotes() {
    let told = told(&with(
        "
  - {lead: {}, expect: {rule: 2026, team: 2026, member: 2026, pool: 2026, unlisted: 7}}
  - {lead: {}, expect: {not_rule: 2026}}
  - {lead: {}, expect: {not_rule: [2026, 01]}}
",
    ));
    let refused = told.lines().filter(|line| {
        line.contains("expected a name") && line.contains("write it in quotes [wrong-value]")
    });
    assert_eq!(refused.count(), 8, "{told}");
}

#[test]
fn values_in_typographic_quotes_are_mistakes_of_copying() {
    let text = with(
        "
  - {name: “all in quotes”, lead: {region: “cn/east”, interests: [“crm”]}, expect: {team: “east”}}
",
    );
    let text = text.replace("pools: [later]", "pools: [later, „soon“]");
    insta::assert_snapshot!(told(&text));
    let condition = POLICY.replace("when: region in us", "when: “region in us”");
    let told = told(&condition);
    assert!(!told.contains("stands in typographic quotes"), "{told}");
}

#[test]
fn expectations_that_cannot_all_hold_are_told() {
    insta::assert_snapshot!(told(&with(
        "
  - {lead: {}, expect: {rule: small, not_rule: small}}
  - {lead: {}, at: 2026-03-31, expect: {rule: march, not_rule: [small, china]}}
  - {lead: {}, expect: {pool: later, member: m-01}}
  - {lead: {}, expect: {outcome: pooled, team: east}}
  - {lead: {}, expect: {outcome: assigned, pool: later}}
  - {lead: {}, expect: {outcome: unassigned, pool: later}}
  - {lead: {}, expect: {rule: small, otherwise: true}}
  - {lead: {}, at: 2026-03-31, expect: {rule: china, otherwise: true, not_rule: march, team: east, member: m-01}}
"
    )));
}

#[test]
fn a_misspelt_field_is_told_once() {
    let told = told(&with("\n  - {laed: {}, expect: {rule: small}}\n"));
    assert_eq!(
        told,
        "examples[0].laed: unknown field `laed`; did you mean `lead`? [unknown-field] <laed>"
    );
}

#[test]
fn long_values_are_cut() {
    let long = "x".repeat(10_000);
    let told = told(&with(&format!(
        "\n  - {{lead: {{region: {long}, vip: {long}}}, expect: {{team: {long}}}}}\n"
    )));
    let longest = told
        .lines()
        .map(|line| line.split('<').next().unwrap().len());
    assert!(longest.max().unwrap() < 250, "{told}");
    assert_eq!(told.lines().count(), 3, "{told}");
}

#[test]
fn an_example_whose_result_depends_on_when_it_is_tested_needs_a_moment() {
    let warned = |lead: &str, expect: &str| {
        let told = told(&with(&format!(
            "\n  - {{lead: {lead}, expect: {expect}}}\n"
        )));
        let why = told.split("because ").nth(1).unwrap_or_default();
        let expected = told.is_empty() || told.contains("[no-moment]");
        assert!(expected, "{told}");
        why.split(';').next().unwrap_or_default().to_owned()
    };
    for (lead, expect, why) in [
        // A rule with a period that the lead may meet, and one that it cannot.
        (
            "{region: cn, vip: true}",
            "{rule: china}",
            "rule `march` has a period",
        ),
        ("{region: cn}", "{rule: china, member: m-01}", ""),
        // Who is there.
        (
            "{region: us}",
            "{outcome: assigned}",
            "team `abroad` has working hours or holidays",
        ),
        ("{region: us}", "{rule: abroad}", ""),
        (
            "{plz: \"1\"}",
            "{member: m-03}",
            "member `m-03` of team `south` is not always there",
        ),
        (
            "{plz: \"2\"}",
            "{pool: later}",
            "team `abroad` has working hours or holidays",
        ),
        // A member who is named gets the lead at any time.
        ("{plz: \"3\"}", "{member: m-02}", ""),
        ("{customer_size: 3}", "{pool: later}", ""),
        ("{}", "{pool: unmatched}", ""),
    ] {
        assert_eq!(warned(lead, expect), why, "{lead} {expect}");
    }
    let only_values = "\n  - {lead: {region: cn, vip: maybe}, expect: {unlisted: vip}}\n";
    assert_eq!(told(&with(only_values)), "");
    let with_moment = "\n  - {lead: {region: us}, at: 2026-05-04, expect: {outcome: waiting}}\n";
    assert_eq!(told(&with(with_moment)), "");
}

#[test]
fn examples_that_are_not_carried_are_checked_alike() {
    let lead = || {
        Lead::builder("L-1")
            .region("cn/eats")
            .attribute("vip", "yes")
    };
    let sound = Example::new(
        Lead::builder("L-1").build(),
        Expectation::new().rule("small"),
    );
    let faulty = Example::new(lead().build(), Expectation::new().team("eats"));
    let policy = policy();
    let carried = policy
        .draft()
        .clone()
        .examples([sound.clone(), faulty.clone()]);
    let carried = carried.build().unwrap_err();
    let carried = carried.faults().iter().map(ToString::to_string);
    let place = leadtree::Place::default().field("examples").item(1);
    let faults = policy.faults_of_examples(&[sound, faulty]);
    assert_eq!(faults[0], []);
    let faults = faults[1]
        .iter()
        .cloned()
        .map(|fault| fault.under(&place).to_string());
    let faults: Vec<_> = faults.collect();
    assert_eq!(faults.len(), 3);
    assert_eq!(faults, carried.collect::<Vec<_>>());
}

#[test]
fn what_cannot_be_a_value_is_a_fault_of_an_example_built_in_rust() {
    let other: AttributeValue<'_> = serde_json::from_str(r#"{"a": 1}"#).unwrap();
    let lead = Lead::builder("L-1").attribute("vip", other).build();
    let example = Example::new(lead, Expectation::new().unlisted("vip"));
    let faults = policy().faults_of_examples(&[example]);
    assert_eq!(
        faults[0][0].to_string(),
        "lead.vip: this cannot be a value; write a text, a number, true, false or a list of texts"
    );
}

/// What is told of a file of examples beside the policy, and how many of its examples are without mistakes.
fn beside(text: &str) -> (String, usize) {
    let checked = SourceText::new("e", text).check_examples(&policy());
    (lines(&checked.findings, text), checked.examples.len())
}

#[test]
fn everything_is_told_of_a_file_of_examples() {
    let (told, sound) = beside(
        "\
- lead: {account: 0123, region: cn/eats}
  expect: {rule: smal}
- {lead: {customer_size: 5}, expect: {rule: small}}
- {laed: {}, at: soon, expect: {not_rule: 7}}
- {lead: {region: us}, expect: {outcome: waiting}}
- seven
",
    );
    insta::assert_snapshot!(told);
    assert_eq!(sound, 2);
}

#[test]
fn a_file_that_is_no_list_of_examples_is_told() {
    for (text, expected) in [
        ("", "there are no examples in this file"),
        ("# nothing yet\n", "there are no examples in this file"),
        ("[]", "there are no examples in this file"),
        (
            "examples: [{lead: {}, expect: {rule: small}}]",
            "leave out the line `examples:`",
        ),
        (
            "lead: {}\nexpect: {rule: small}\n",
            "begin each example with a dash",
        ),
        ("soon", "expected a list of examples, found a single value"),
        (
            "[{lead: {}, expect: {rule: small}}]\n- {lead: {}, expect: {rule: smal}}\n",
            "the file ends with the bracket before this",
        ),
        (
            "- lead: {region: cn\n  expect: {}\n",
            "this bracket is not closed",
        ),
    ] {
        let (told, sound) = beside(text);
        assert!(told.contains(expected), "{text}: {told}");
        assert_eq!((told.lines().count(), sound), (1, 0), "{told}");
    }
}

#[test]
fn examples_in_a_file_of_their_own_are_tried_with_their_lines() {
    let text = "[
  {\"lead\": {\"customer_size\": 5}, \"expect\": {\"rule\": \"small\"}},
  {\"lead\": {\"region\": \"xx\"}, \"expect\": {\"rule\": \"small\"}},
  {\"lead\": {\"customer_size\": 50}, \"expect\": {\"rule\": \"small\"}}
]
";
    let (policy, source) = (policy(), SourceText::new("e.json", text));
    let check = ExampleCheck::new(&policy).unwrap();
    let examples = source.check_examples(&policy).examples;
    let numbered = examples
        .iter()
        .map(|it| (it.index, it.location.as_ref().unwrap().line));
    assert_eq!(numbered.collect::<Vec<_>>(), [(0, 2), (2, 4)]);
    let failures = examples.iter().flat_map(|it| {
        let answer = check.run(&it.example, DateTime::UNIX_EPOCH);
        let failures = answer.failures.into_iter();
        failures.map(|failure| failure.under(&it.place))
    });
    let findings = source.failed_examples(&failures.collect::<Vec<_>>());
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].place.as_str(), "[2].expect.rule");
    assert_eq!(findings[0].location.as_ref().unwrap().line, 4);
}
