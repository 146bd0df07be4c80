//! Writing a condition and reading it gives the condition back; the text is stable and has no
//! needless parentheses.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod random;

use chrono::NaiveDate;
use fastrand::Rng;
use leadtree::dimension::Number;
use leadtree::rule::{
    self, Condition, all, customer_size, date, flag, funnel_stage, industry, lifecycle_stage,
    number, product_line, region, tags, text,
};
use proptest::prelude::*;

use random::condition::Formula;
use random::world::World;

/// As text, and as a value in a file.
fn comes_back(condition: &Condition) {
    let written = condition.to_string();
    let back: Condition = written
        .parse()
        .unwrap_or_else(|errors| panic!("{written}\n{errors}"));
    assert_eq!(&back, condition, "{written}");
    assert_eq!(back.to_string(), written, "the text is stable");
    assert!(!written.contains('\n'), "one line: {written}");

    let json = serde_json::to_string(condition).unwrap();
    assert_eq!(json, serde_json::to_string(&written).unwrap());
    let back: Condition = serde_json::from_str(&json).unwrap();
    assert_eq!(&back, condition, "{json}");
}

/// The positions of a text's parentheses outside quotes, in pairs.
fn parentheses(written: &str) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    let mut characters = written.char_indices();
    let mut in_quotes = false;
    while let Some((place, character)) = characters.next() {
        match character {
            '\\' if in_quotes => drop(characters.next()),
            '\'' => in_quotes = !in_quotes,
            '(' if !in_quotes => open.push(place),
            ')' if !in_quotes => pairs.push((open.pop().unwrap(), place)),
            _ => {}
        }
    }
    assert!(open.is_empty() && !in_quotes, "{written}");
    pairs
}

fn has_no_needless_parentheses(condition: &Condition) {
    let written = condition.to_string();
    for (open, close) in parentheses(&written) {
        let without = [
            &written[..open],
            &written[open + 1..close],
            &written[close + 1..],
        ]
        .concat();
        if let Ok(other) = without.parse::<Condition>() {
            assert_ne!(&other, condition, "{written}\n{without}");
        }
    }
}

#[test]
fn conditions_of_random_policies_round_trip() {
    for seed in 0..random::cases(2_000) {
        let mut random = Rng::with_seed(seed);
        let world = World::new(&mut random).with_plain_numbers();
        let depth = random.usize(..6);
        let condition = Formula::new(&world, &mut random, depth).typed();
        comes_back(&condition);
        has_no_needless_parentheses(&condition);
        let structured = serde_json::to_value(condition.structured()).unwrap();
        let back: Condition = serde_json::from_value(structured).unwrap();
        assert_eq!(back, condition);
    }
}

/// Tests of attributes named like keys of the structured form (which no policy takes) stand there in text.
#[test]
fn names_of_keys_come_back_from_the_structured_form() {
    for text in [
        "\"not\" = a",
        "\"any\" > 5 and not \"all\" is missing or 'region' = cn",
    ] {
        let condition: Condition = text.parse().unwrap();
        let structured = serde_json::to_value(condition.structured()).unwrap();
        let back: Condition = serde_json::from_value(structured).unwrap();
        assert_eq!(back, condition);
    }
}

/// Texts that could be mistaken for something else.
fn hard_text() -> impl Strategy<Value = String> {
    let hard = [
        "",
        " ",
        "1000",
        "-5",
        "+5",
        "1e5",
        "1.",
        ".5",
        "0x10",
        "1_000",
        "2026-01-01",
        "2026-02-30",
        "+12026-01-01",
        "true",
        "FALSE",
        "and",
        "Or",
        "NOT",
        "in",
        "is",
        "any",
        "of",
        "always",
        "never",
        "missing",
        "inf",
        "NaN",
        "region",
        "customer_size",
        "a b",
        "a/b",
        "/",
        "-",
        "_",
        "#",
        "a#b",
        "'",
        "\"",
        "\\",
        "\\'",
        "\n",
        "\r\n",
        "\0",
        "\u{1b}[31m",
        "(",
        ")",
        ",",
        "=",
        "华东/上海",
        "，",
        "\u{202e}",
        "\u{200b}",
        "e\u{301}",
        "\u{301}",
        "🏭",
        "½",
        "हिन्दी",
        "C++",
        "R&D",
    ];
    prop_oneof![
        proptest::sample::select(hard.to_vec()).prop_map(str::to_owned),
        any::<String>(),
        "[a-z0-9'\"\\\\ ()#,.+/_-]{0,8}",
    ]
}

fn hard_texts() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(hard_text(), 0..4)
}

fn hard_number() -> impl Strategy<Value = Number> {
    let hard = [
        0.0,
        -0.0,
        1e21,
        1e-7,
        -1e-7,
        9e-8,
        f64::MAX,
        f64::MIN_POSITIVE,
        5e-324,
        1e16,
        0.1,
    ];
    prop_oneof![
        proptest::sample::select(hard.to_vec()),
        proptest::num::f64::NORMAL,
        (-1000_i32..1000).prop_map(f64::from),
    ]
    .prop_map(|number| Number::new(number).unwrap())
}

fn hard_date() -> impl Strategy<Value = NaiveDate> {
    let hard = [
        NaiveDate::MIN,
        NaiveDate::MAX,
        NaiveDate::from_ymd_opt(0, 1, 1).unwrap(),
        NaiveDate::from_ymd_opt(-1, 12, 31).unwrap(),
        NaiveDate::from_ymd_opt(9999, 12, 31).unwrap(),
        NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap(),
        NaiveDate::from_ymd_opt(2026, 3, 31).unwrap(),
    ];
    proptest::sample::select(hard.to_vec())
}

/// Every test of the typed rule language for every dimension and kind of attribute.
fn test() -> impl Strategy<Value = Condition> {
    let names = || (hard_text(), hard_text(), hard_texts());
    prop_oneof![
        (0..8, names()).prop_map(|(which, (one, _, list))| match which {
            0 => region().within(&*one),
            1 => industry().within_any(list.iter().map(String::as_str)),
            2 => region().is(&*one),
            3 => product_line().is_any(list.iter().map(String::as_str)),
            4 => industry().not_within(&*one),
            5 => region().is_not(&*one),
            6 => product_line().is_missing(),
            _ => region().is_unlisted(),
        }),
        (0..8, names()).prop_map(|(which, (one, other, list))| match which {
            0 => funnel_stage().is(&*one),
            1 => lifecycle_stage().is_any(list.iter().map(String::as_str)),
            2 => lifecycle_stage().is_not(&*one),
            3 => funnel_stage().before(&*one),
            4 => funnel_stage().at_most(&*one),
            5 => funnel_stage().at_least(&*one),
            6 => lifecycle_stage().after(&*one),
            _ => lifecycle_stage().between(&*one, &*other),
        }),
        (0..10, any::<u32>(), 0_u32..9, hard_text(), hard_texts()).prop_map(
            |(which, one, few, name, names)| match which {
                0 => customer_size().in_band(name),
                1 => customer_size().in_any_band(names),
                2 => customer_size().is(one),
                3 => customer_size().is_any(0..few),
                4 => customer_size().is_not(one),
                5 => customer_size().at_least(one),
                6 => customer_size().at_most(one),
                7 => customer_size().between(few, one),
                8 => customer_size().more_than(one),
                _ => customer_size().less_than(one),
            }
        ),
        (0..9, hard_text(), names()).prop_map(|(which, name, (one, _, list))| match which {
            0 => text(name).is(one),
            1 => text(name).is_any(list),
            2 => text(name).is_not(one),
            3 => text(name).contains(one),
            4 => text(name).contains_any(list),
            5 => text(name).starts_with(one),
            6 => text(name).starts_with_any(list),
            7 => text(name).ends_with(one),
            _ => text(name).ends_with_any(list),
        }),
        (
            0..8,
            hard_text(),
            hard_number(),
            hard_number(),
            proptest::collection::vec(hard_number(), 0..4)
        )
            .prop_map(|(which, name, one, other, list)| match which {
                0 => number(name).is(one),
                1 => number(name).is_any(list),
                2 => number(name).is_not(one),
                3 => number(name).at_least(one),
                4 => number(name).at_most(one),
                5 => number(name).between(one, other),
                6 => number(name).more_than(one),
                _ => number(name).less_than(one),
            }),
        (
            0..8,
            hard_text(),
            hard_date(),
            hard_date(),
            proptest::collection::vec(hard_date(), 0..4)
        )
            .prop_map(|(which, name, one, other, list)| match which {
                0 => date(name).is(one),
                1 => date(name).is_any(list),
                2 => date(name).is_not(one),
                3 => date(name).at_least(one),
                4 => date(name).at_most(one),
                5 => date(name).between(one, other),
                6 => date(name).before(one),
                _ => date(name).after(one),
            }),
        (0..6, hard_text(), hard_texts()).prop_map(|(which, name, list)| match which {
            0 => flag(name).is_true(),
            1 => flag(name).is_false(),
            2 => flag(name).is_missing(),
            3 => flag(name).is_unlisted(),
            4 => tags(name).contains_any(list),
            _ => tags(name).contains_all(list),
        }),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    test().prop_recursive(6, 40, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(all),
            proptest::collection::vec(inner.clone(), 0..4).prop_map(rule::any),
            inner.prop_map(|part| !part),
        ]
    })
}

/// A way to corrupt a text.
fn spoiled(text: &str, places: &[(usize, String)]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for (place, piece) in places {
        let place = place % (characters.len() + 1);
        let end = (place + piece.len() % 3).min(characters.len());
        characters.splice(place..end, piece.chars());
    }
    characters.into_iter().collect()
}

fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "",
        "(",
        ")",
        ",",
        "'",
        "\"",
        "\\",
        "#",
        "\n",
        " and ",
        " or ",
        " not ",
        " in ",
        "=",
        "!=",
        ">=",
        "！",
        "（",
        "“",
        "1",
        "-",
        "é",
        "\u{0}",
        " between ",
        " contains any of ",
    ];
    proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned)
}

/// Reading terminates, reports faults inside the text, and what it accepts can be written and read.
fn is_survived(text: &str) {
    match text.parse::<Condition>() {
        Ok(condition) => comes_back(&condition),
        Err(errors) => {
            assert!(!errors.faults().is_empty());
            for fault in errors.faults() {
                assert!(text.get(fault.span()).is_some(), "{text:?}: {fault:?}");
                assert!(fault.line() > 0 && fault.column() > 0);
            }
            let starts: Vec<usize> = errors.faults().iter().map(|it| it.span().start).collect();
            assert!(starts.is_sorted_by(|a, b| a < b), "{text:?}: {errors}");
            assert!(errors.to_string().len() < 20 * 1_000, "{errors}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn hard_conditions_round_trip(condition in condition()) {
        comes_back(&condition);
        has_no_needless_parentheses(&condition);
    }

    #[test]
    fn any_text_is_handled(text in any::<String>()) {
        is_survived(&text);
    }

    #[test]
    fn fragments_of_the_language_are_handled(pieces in proptest::collection::vec(piece(), 0..40)) {
        is_survived(&pieces.concat());
    }

    #[test]
    fn corrupted_conditions_are_handled(
        condition in condition(),
        places in proptest::collection::vec((any::<usize>(), piece()), 1..4),
    ) {
        is_survived(&spoiled(&condition.to_string(), &places));
    }
}
