//! Deeply nested, repetitive and very long texts are read in linear time and on a small stack.

mod bounded_run;

use bounded_run::{endure, nested};
use leadtree::limits::{MAX_CONDITION_BYTES, MAX_NESTING};
use leadtree::rule::{Condition, ConditionFault, region};

const STACK: usize = 512;
const MANY: usize = 1_000_000;
const LONG: usize = 100_000;

#[test]
fn endless_nesting() {
    for (what, text) in [
        ("parentheses", nested("(", "region = cn", ")", MANY)),
        ("open parentheses", "(".repeat(MANY)),
        ("closed parentheses", ")".repeat(MANY)),
        (
            "negated parentheses",
            nested("not (", "region = cn", ")", MANY),
        ),
        ("open lists", "region in ".to_owned() + &"(".repeat(MANY)),
        (
            "lists in lists",
            format!("region in {}", nested("(", "cn", ")", MANY)),
        ),
        (
            "parentheses after a fault",
            format!("region {}", nested("(", "cn", ")", MANY)),
        ),
        ("parentheses in pairs", "()".repeat(MANY)),
        ("groups", "(region = cn and ".repeat(MANY)),
    ] {
        let errors = endure(what, STACK, move || text.parse::<Condition>().unwrap_err());
        assert!(errors.faults().len() <= 20, "{what}");
        assert!(errors.to_string().len() < 20_000, "{what}");
    }
}

#[test]
fn nesting_up_to_the_limit() {
    let text = |depth| nested("(", "region = cn", ")", depth);
    let read = |depth| endure("the limit", STACK, move || text(depth).parse::<Condition>());
    assert_eq!(read(MAX_NESTING).unwrap(), region().is("cn"));
    let errors = read(MAX_NESTING + 1).unwrap_err();
    assert_eq!(errors.faults()[0].fault(), &ConditionFault::TooDeep);
    assert_eq!(errors.faults()[0].span(), MAX_NESTING..MAX_NESTING + 1);
    // Few parentheses, but a condition that is nested too deep.
    let text = nested("not (region = cn and ", "region = cn", ")", 20);
    let errors = endure("deep parts", STACK, move || {
        text.parse::<Condition>().unwrap_err()
    });
    assert_eq!(errors.faults()[0].fault(), &ConditionFault::TooDeep);
}

#[test]
fn endless_repetition() {
    for (what, text, is_good) in [
        ("negations", "not ".repeat(LONG) + "region = cn", true),
        (
            "parts",
            "region = cn and ".repeat(LONG) + "region = us",
            true,
        ),
        (
            "choices",
            "region = cn or region = us and ".repeat(LONG) + "never",
            true,
        ),
        (
            "a long list",
            format!("region in ({}us)", "cn, ".repeat(LONG)),
            true,
        ),
        (
            "a long word",
            "x".repeat(LONG) + " = " + &"y".repeat(LONG),
            true,
        ),
        ("a long number", format!("x = {}", "9".repeat(LONG)), false),
        ("a long text", format!("x = '{}'", "\\n".repeat(LONG)), true),
        ("comments", "#\n".repeat(LONG) + "region = cn", true),
        ("an open text", format!("x = '{}", "y".repeat(LONG)), false),
        (
            "wrong escapes",
            format!("x = '{}'", "\\x".repeat(LONG)),
            false,
        ),
        ("open texts", "x = '".repeat(LONG), false),
        ("words", "word ".repeat(LONG), false),
        ("commas", ",".repeat(LONG), false),
        ("foreign signs", "x ==== y && ".repeat(LONG), false),
        (
            "reserved words",
            format!("x in ({})", "and ".repeat(LONG)),
            false,
        ),
        (
            "operators",
            "contains any contains all ".repeat(LONG),
            false,
        ),
        ("lines", "x\n".repeat(LONG), false),
        ("connectors", "and or ".repeat(LONG), false),
    ] {
        let read = endure(what, STACK, move || text.parse::<Condition>());
        assert_eq!(read.is_ok(), is_good, "{what}");
        if let Err(errors) = read {
            assert!(errors.to_string().len() < 20_000, "{what}");
        }
    }
}

#[test]
fn a_text_over_the_limit() {
    let text = " ".repeat(MAX_CONDITION_BYTES + 1);
    let errors = text.parse::<Condition>().unwrap_err();
    let bytes = MAX_CONDITION_BYTES + 1;
    assert_eq!(
        errors.faults()[0].fault(),
        &ConditionFault::TooLong { bytes }
    );
}
