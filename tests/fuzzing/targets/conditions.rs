//! Conditions in text and in the structured form.

use leadtree::diagnostics::SourceText;
use leadtree::rule::{Condition, ConditionErrors};

use super::{Verdict, same_in_json};

pub fn condition_text(data: &[u8]) -> Verdict {
    let text = String::from_utf8_lossy(data);
    match text.parse::<Condition>() {
        Ok(condition) => {
            same_in_each_form(&condition);
            Verdict::Read
        }
        Err(errors) => {
            faults_stand_in(&text, &errors);
            Verdict::Refused
        }
    }
}

pub fn condition_json(data: &[u8]) -> Verdict {
    match serde_json::from_slice::<Condition>(data) {
        Ok(condition) => {
            same_in_each_form(&condition);
            Verdict::Read
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            Verdict::Refused
        }
    }
}

fn same_in_each_form(condition: &Condition) {
    let text = condition.to_string();
    match text.parse::<Condition>() {
        Ok(back) => assert_eq!(back, *condition, "written as {text}"),
        Err(errors) => panic!("{errors} in {text}"),
    }
    same_in_json(condition);
    let structured = serde_json::to_string(&condition.structured()).unwrap();
    match serde_json::from_str::<Condition>(&structured) {
        Ok(back) => assert_eq!(back, *condition, "written as {structured}"),
        Err(error) => panic!("{error} in {structured}"),
    }
}

fn faults_stand_in(text: &str, errors: &ConditionErrors) {
    assert!((1..=20).contains(&errors.faults().len()), "{errors}");
    for fault in errors.faults() {
        let (before, _) = text.split_at_checked(fault.span().start).unwrap();
        assert_eq!(fault.line(), before.split('\n').count(), "{fault}");
        assert!(text.get(fault.span()).is_some(), "{fault}");
    }
    let condition = SourceText::of_condition(text);
    let findings = condition.condition_faults(errors);
    assert!(findings.iter().all(|finding| finding.location.is_some()));
    let drawn = condition.drawing().draw(&findings);
    assert!(drawn.matches("error[").count() >= errors.faults().len());
}
