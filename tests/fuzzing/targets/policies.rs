//! Whole policies.

use leadtree::diagnostics::SourceText;
use leadtree::policy::{LoadError, Policy, PolicyErrors, PolicyFault, YamlError};
use leadtree::{Finding, FindingCode, Severity};

use super::{Verdict, decisions, small_policy};

/// At most this many faults are rendered.
const MOST_DRAWN: usize = 50;

pub fn policy_yaml(data: &[u8]) -> Verdict {
    let text = String::from_utf8_lossy(data);
    examples(&text);
    match Policy::from_yaml(&text) {
        Ok(policy) => {
            decisions::check(&policy, &text);
            let file = SourceText::new("p", &text);
            let findings = file.warnings(&policy.warnings());
            stand_in(&text, &file.drawing().draw(&findings), findings.len());
            formats(&policy, &text);
            Verdict::Read
        }
        Err(error) => {
            faults_stand_in(&text, &error);
            Verdict::Refused
        }
    }
}

/// The same text as a file of examples: what is not told of is without faults.
fn examples(text: &str) {
    let (policy, file) = (small_policy::policy(), SourceText::new("p", text));
    let checked = file.check_examples(policy);
    let errors = checked
        .findings
        .iter()
        .filter(|it| it.severity == Severity::Error);
    assert!(!checked.examples.is_empty() || errors.count() > 0, "{text}");
    let examples: Vec<_> = checked.examples.into_iter().map(|it| it.example).collect();
    let faults = policy.faults_of_examples(&examples);
    assert!(faults.iter().all(Vec::is_empty), "{faults:?} in {text}");
    // What is no YAML may have no position.
    let is_yaml = |it: &Finding| !matches!(it.code, FindingCode::Syntax | FindingCode::GivenTwice);
    if checked.findings.iter().all(is_yaml) {
        let drawn = file.drawing().draw(&checked.findings);
        stand_in(text, &drawn, checked.findings.len());
    }
}

/// The canonical form with comments is the same policy, and a fixed point.
fn formats(policy: &Policy, text: &str) {
    let formatted = SourceText::new("p", text).formatted(policy).unwrap();
    let back = Policy::from_yaml(&formatted);
    assert_eq!(
        back.as_ref().ok(),
        Some(policy),
        "{text}\nbecame\n{formatted}"
    );
    let again = SourceText::new("p", &formatted).formatted(policy).unwrap();
    assert_eq!(again, formatted, "of {text}");
}

/// JSON is also YAML: if both readers accept a text, they read equal policies.
pub fn policy_json(data: &[u8]) -> Verdict {
    let mut json = serde_json::Deserializer::from_slice(data);
    let read = Policy::load(&mut json);
    if json.end().is_err() {
        return Verdict::Refused;
    }
    let text = String::from_utf8_lossy(data);
    match (read, Policy::from_yaml(&text)) {
        (Ok(policy), Ok(other)) => {
            assert_eq!(policy, other);
            decisions::check(&policy, &text);
            Verdict::Read
        }
        (Ok(policy), Err(LoadError::Format { .. })) => {
            decisions::check(&policy, &text);
            Verdict::Read
        }
        // In YAML, numbers and flags without quotes are also texts.
        (Err(LoadError::Policy(errors)), _) if has_form(&errors) => Verdict::Refused,
        (Err(LoadError::Policy(errors)), Err(LoadError::Policy(others))) => {
            assert!(!errors.faults().is_empty());
            assert_eq!(errors, others);
            Verdict::Refused
        }
        (Err(LoadError::Format { path, error }), _) => {
            assert!(!path.is_empty() && !error.to_string().is_empty());
            Verdict::Refused
        }
        (Err(_), Err(_)) => Verdict::Refused,
        (json, yaml) => panic!("JSON gives {json:?}, YAML {yaml:?}"),
    }
}

fn has_form(errors: &PolicyErrors) -> bool {
    let mut faults = errors.faults().iter();
    faults.any(|placed| matches!(placed.fault, PolicyFault::Form(_)))
}

fn faults_stand_in(text: &str, error: &LoadError<YamlError>) {
    let file = SourceText::new("p", text);
    let drawn = file.drawing().draw(&file.faults(error));
    match error {
        LoadError::Format { path, error } => {
            assert!(!path.is_empty() && !error.message().is_empty());
            let lines = text.split('\n').count() + 1;
            assert!(error.line().is_none_or(|line| line <= lines), "{error}");
        }
        LoadError::Policy(errors) => stand_in(text, &drawn, errors.faults().len()),
        error => panic!("{error}"),
    }
}

/// The first faults are rendered below lines of the text.
fn stand_in(text: &str, drawn: &str, faults: usize) {
    let places = drawn
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> p:"));
    let lines: Vec<usize> = places
        .filter_map(|place| place.split_once(':')?.0.parse().ok())
        .collect();
    assert_eq!(lines.len(), faults.min(MOST_DRAWN), "{drawn}");
    let last = text.split('\n').count();
    assert!(
        lines.iter().all(|line| (1..=last).contains(line)),
        "{drawn}"
    );
}
