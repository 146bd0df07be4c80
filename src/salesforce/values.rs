//! Parses the value of a criterion: comma-separated texts, numbers, dates, flags.

use chrono::NaiveDate;
use csv::{ReaderBuilder, Terminator, Trim};

use crate::dimension::{Number, parse_date};

/// Splits a value at commas by the rules of CSV: a text with a comma is quoted, and a doubled quote
/// inside quotes is one quote. An empty text means blank; there is always at least one text.
pub(super) fn list(value: &str) -> Vec<String> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        // Line breaks are ordinary characters: the terminator is a zero byte, which XML cannot
        // contain.
        .terminator(Terminator::Any(0))
        .from_reader(value.trim().as_bytes());
    let mut texts: Vec<String> = reader
        .records()
        // Reading UTF-8 with rows of any length cannot fail.
        .filter_map(Result::ok)
        .flat_map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    if texts.is_empty() {
        texts.push(String::new());
    }
    texts
}

/// A plain decimal number, optionally with commas between thousands.
pub(super) fn number(text: &str) -> Option<Number> {
    let text = text.trim();
    let plain = |character: char| character.is_ascii_digit() || "+-.,".contains(character);
    if !text.chars().all(plain) {
        return None;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',').skip(1);
    if !groups.all(|group| group.len() == 3) || fraction.contains(',') {
        return None;
    }
    let number: f64 = text.replace(',', "").parse().ok()?;
    Number::new(number).ok()
}

/// Whether a text is a number and not a code: `0123` is a code.
pub(super) fn looks_like_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']).as_bytes();
    let code = matches!(digits, [b'0', b'0'..=b'9', ..]);
    !code && number(text).is_some()
}

/// A head count.
pub(super) fn head_count(text: &str) -> Option<u32> {
    let number = number(text)?.get();
    let is_head_count = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number of that range"
    )]
    is_head_count.then_some(number as u32)
}

/// `True` or `False`, ignoring case.
pub(super) fn flag(text: &str) -> Option<bool> {
    text.to_ascii_lowercase().parse().ok()
}

/// A date as `2026-03-31` or in the given format.
pub(super) fn date(text: &str, format: Option<&str>) -> Option<NaiveDate> {
    parse_date(text).or_else(|| NaiveDate::parse_from_str(text, format?).ok())
}

/// Whether a text is a date in which the order of day and month depends on the locale: `3/4/2026`.
pub(super) fn is_local_date(text: &str) -> bool {
    let parts: Vec<_> = text.split(['/', '.', '-']).collect();
    let digits = |part: &&str| {
        (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    parts.len() == 3 && parts.iter().all(digits)
}

/// Whether a text is a relative date: `TODAY`, `LAST 7 DAYS`.
pub(super) fn is_relative_date(text: &str) -> bool {
    let text = text.to_ascii_uppercase().replace('_', " ");
    let mut words = text.split([' ', ':']).filter(|word| !word.is_empty());
    let (first, rest) = (words.next(), words.collect::<Vec<_>>());
    let is_count = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_unit = |word: &str| {
        ["DAY", "WEEK", "MONTH", "QUARTER", "YEAR"].contains(&word.trim_end_matches('S'))
    };
    match (first, &*rest) {
        (Some("TODAY" | "YESTERDAY" | "TOMORROW"), []) => true,
        (Some("LAST" | "THIS" | "NEXT"), rest) => match rest {
            ["FISCAL", unit] | [unit] => is_unit(unit),
            // `LAST 7 DAYS`, `LAST_N_DAYS:7`
            [count, unit] | ["N", unit, count] => is_count(count) && is_unit(unit),
            _ => false,
        },
        (Some(count), [unit, "AGO"]) => is_count(count) && is_unit(unit),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_follow_the_rules_of_csv() {
        for (value, texts) in [
            ("", vec![""]),
            ("  ", vec![""]),
            ("CA", vec!["CA"]),
            ("CA, NY ,WA", vec!["CA", "NY", "WA"]),
            ("1,,2", vec!["1", "", "2"]),
            ("1,", vec!["1", ""]),
            (",", vec!["", ""]),
            (
                "Fiji,\"Bolivia, Plurinational State Of\"",
                vec!["Fiji", "Bolivia, Plurinational State Of"],
            ),
            ("\"John, Jane\"", vec!["John, Jane"]),
            ("\"say \"\"hi\"\"\"", vec!["say \"hi\""]),
            ("13\" screen,5", vec!["13\" screen", "5"]),
            ("one\ntwo", vec!["one\ntwo"]),
        ] {
            assert_eq!(list(value), texts, "{value:?}");
        }
    }

    #[test]
    fn numbers_are_plain() {
        for (text, expected) in [
            ("5", Some(5.0)),
            ("-2.5", Some(-2.5)),
            ("200,000", Some(200_000.0)),
            ("1,200,000.50", Some(1_200_000.5)),
            ("007", Some(7.0)),
            ("20,00", None),
            ("1.2,345", None),
            ("1-49", None),
            ("1000+", None),
            ("inf", None),
            ("1e5", None),
            ("", None),
            (".", None),
        ] {
            assert_eq!(number(text).map(Number::get), expected, "{text:?}");
        }
        assert!(looks_like_number("0") && looks_like_number("0.5") && looks_like_number("10"));
        assert!(!looks_like_number("007") && !looks_like_number("x"));
    }

    #[test]
    fn relative_dates_are_recognised() {
        for text in [
            "TODAY",
            "yesterday",
            "LAST_N_DAYS:30",
            "last 7 days",
            "THIS FISCAL YEAR",
            "NEXT_MONTH",
            "3 months ago",
        ] {
            assert!(is_relative_date(text), "{text}");
        }
        for text in [
            "",
            "TODAY 2",
            "THIS",
            "last call",
            "LAST N DAYS",
            "next of kin",
        ] {
            assert!(!is_relative_date(text), "{text}");
        }
        assert_eq!(
            date("2026-03-31", None),
            NaiveDate::from_ymd_opt(2026, 3, 31)
        );
        assert_eq!(
            date("3/31/2026", Some("%m/%d/%Y")),
            NaiveDate::from_ymd_opt(2026, 3, 31)
        );
        assert_eq!(date("3/31/2026", None), None);
        assert!(is_local_date("3/31/2026") && !is_local_date("3/2026") && !is_local_date("a/b/c"));
    }
}
