//! The guide explains every code of findings by an example that leads to it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use chrono::DateTime;
use leadtree::FindingCode;
use leadtree::diagnostics::SourceText;
use leadtree::example_check::ExampleCheck;
use leadtree::strategy::StrategyRegistry;

const GUIDE: &str = include_str!("../src/guide/findings.md");

/// Code and example of each section; a section may have no example.
fn sections() -> Vec<(&'static str, Option<&'static str>)> {
    let sections = GUIDE.split("\n## ").skip(1);
    let read = sections.map(|section| {
        let (code, text) = section.split_once('\n').unwrap();
        let example = text.split("```yaml\n").nth(1);
        (
            code,
            example.map(|example| example.split("```").next().unwrap()),
        )
    });
    read.collect()
}

#[test]
fn every_code_has_its_paragraph() {
    let mut explained: Vec<_> = sections().into_iter().map(|(code, _)| code).collect();
    let mut codes: Vec<_> = FindingCode::ALL.iter().map(|code| code.as_str()).collect();
    explained.sort_unstable();
    codes.sort_unstable();
    assert_eq!(explained, codes);
}

#[test]
fn every_example_leads_to_its_finding_and_has_a_line() {
    for (code, example) in sections() {
        let Some(example) = example else {
            assert_eq!(code, "limit");
            continue;
        };
        let source = SourceText::new("p", example);
        let mut checked = source.check(&StrategyRegistry::new());
        if let Some(policy) = &checked.policy {
            let now = "2026-03-31T09:30:00Z".parse().unwrap();
            checked.findings = source.warnings(&policy.warnings_at(now));
            let check = ExampleCheck::new(policy).unwrap();
            let failures = check.failures(DateTime::UNIX_EPOCH);
            checked.findings.extend(source.failed_examples(&failures));
        }
        let codes: Vec<_> = checked.findings.iter().map(|it| it.code.as_str()).collect();
        assert!(
            codes.contains(&code),
            "`{code}` leads to {codes:?}:\n{example}"
        );
        for finding in &checked.findings {
            let location = finding.location.as_ref();
            let location = location.unwrap_or_else(|| panic!("{finding} in\n{example}"));
            let lines = example.split('\n').count();
            assert!((1..=lines).contains(&location.line), "{finding}");
            assert!(location.column <= location.end_column, "{finding}");
        }
    }
}

#[test]
fn codes_are_read_by_their_names() {
    for code in FindingCode::ALL {
        assert_eq!(code.as_str().parse(), Ok(*code));
    }
    let error = "unknown-nam".parse::<FindingCode>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown code `unknown-nam`; did you mean `unknown-name`?"
    );
}
