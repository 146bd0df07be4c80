//! What to write instead of a value of a lead that cannot be one of its kind.

use chrono::{Datelike as _, NaiveDate};

use crate::dimension::{AttributeKind, Number};
use crate::limits::{MAX_TAGS, MAX_TEXT_BYTES};
use crate::text::{fold_text, trimmed};

const TRUE: [&str; 7] = ["yes", "y", "on", "1", "ja", "wahr", "是"];
const FALSE: [&str; 7] = ["no", "n", "off", "0", "nein", "falsch", "否"];

/// What to write for a customer size.
pub(super) const CUSTOMER_SIZE: &str =
    "write a head count such as 1000, a range such as 51-200 or 1000+, or the name of a band";

/// What to write for an attribute of this kind, where `value` was written.
pub(super) fn of_attribute(kind: AttributeKind, value: &str) -> String {
    match kind {
        AttributeKind::Flag => {
            let folded = fold_text(value);
            let means = |words: &[&str]| words.iter().any(|word| *word == folded);
            match (means(&TRUE), means(&FALSE)) {
                (true, _) => "write true".to_owned(),
                (_, true) => "write false".to_owned(),
                _ => "write true or false".to_owned(),
            }
        }
        AttributeKind::Number => match number(value) {
            Some(number) => format!("write {number}"),
            None => "write a number such as 1000 or 12.5".to_owned(),
        },
        AttributeKind::Date => match date(value) {
            Some(date) => format!("write {date}"),
            None => "write a date such as 2026-03-31".to_owned(),
        },
        AttributeKind::Text if value.len() > MAX_TEXT_BYTES => {
            format!("write at most {MAX_TEXT_BYTES} bytes")
        }
        AttributeKind::Text => "write a single text".to_owned(),
        AttributeKind::Tags => format!("write at most {MAX_TAGS} texts, as a list"),
    }
}

/// The number that is meant by `1,000`, `1.000,50`, `12,5` or `1 000`.
fn number(text: &str) -> Option<Number> {
    let mut digits: String = trimmed(text)
        .chars()
        .filter(|it| !it.is_whitespace() && !matches!(it, '_' | '\'' | '’'))
        .collect();
    let commas = is_group_sign(&digits, ',');
    let points = is_group_sign(&digits, '.');
    match (digits.rfind(','), digits.rfind('.')) {
        // Of both signs, the last is the decimal one.
        (Some(comma), Some(point)) if comma > point => {
            digits = digits.replace('.', "").replace(',', ".");
        }
        (Some(_), Some(_)) => digits = digits.replace(',', ""),
        (Some(_), None) if commas => digits = digits.replace(',', ""),
        (Some(_), None) => digits = digits.replace(',', "."),
        (None, Some(_)) if points => digits = digits.replace('.', ""),
        _ => {}
    }
    let is_plain = digits
        .bytes()
        .all(|it| it.is_ascii_digit() || matches!(it, b'.' | b'-'));
    let number = is_plain.then(|| digits.parse().ok()).flatten()?;
    Number::new(number).ok()
}

/// Whether a sign stands before groups of three digits each.
fn is_group_sign(digits: &str, sign: char) -> bool {
    let mut groups = digits.split(sign).skip(1);
    groups.all(|group| group.len() == 3 && group.bytes().all(|it| it.is_ascii_digit()))
}

/// The date that is meant by `31.3.2026`, `2026/03/31` or `2026-03-31 08:00`. Not by `03/04/2026`, which is one
/// in March or in April.
fn date(text: &str) -> Option<NaiveDate> {
    let text = trimmed(text);
    let day = text.get(..10).unwrap_or(text);
    let formats = ["%d.%m.%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"];
    let read = |text: &str, format: &str| NaiveDate::parse_from_str(text, format).ok();
    let plain = formats.iter().find_map(|format| read(text, format));
    let slashes = [read(text, "%d/%m/%Y"), read(text, "%m/%d/%Y")];
    let slashes = match slashes {
        [Some(date), None] | [None, Some(date)] => Some(date),
        _ => None,
    };
    let found = plain.or(slashes).or_else(|| day.parse().ok());
    found.filter(|date| (1000..=9999).contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_told_in_its_plain_form() {
        for (kind, value, expected) in [
            (AttributeKind::Flag, "Yes", "write true"),
            (AttributeKind::Flag, "nein", "write false"),
            (AttributeKind::Flag, "maybe", "write true or false"),
            (AttributeKind::Number, "1,000", "write 1000"),
            (AttributeKind::Number, "1,000,000.50", "write 1000000.5"),
            (AttributeKind::Number, "1.000.000", "write 1000000"),
            (AttributeKind::Number, "1.000,50", "write 1000.5"),
            (AttributeKind::Number, "-12,5", "write -12.5"),
            (AttributeKind::Number, "1 000", "write 1000"),
            (
                AttributeKind::Number,
                "26m",
                "write a number such as 1000 or 12.5",
            ),
            (
                AttributeKind::Number,
                "",
                "write a number such as 1000 or 12.5",
            ),
            (AttributeKind::Text, "01067", "write a single text"),
            (AttributeKind::Date, "31.3.2026", "write 2026-03-31"),
            (AttributeKind::Date, "31/03/2026", "write 2026-03-31"),
            (AttributeKind::Date, "2026/03/31", "write 2026-03-31"),
            (AttributeKind::Date, "2026-03-31 08:00", "write 2026-03-31"),
            (
                AttributeKind::Date,
                "03/04/2026",
                "write a date such as 2026-03-31",
            ),
            (
                AttributeKind::Date,
                "31.3.26",
                "write a date such as 2026-03-31",
            ),
            (
                AttributeKind::Date,
                "soon",
                "write a date such as 2026-03-31",
            ),
        ] {
            assert_eq!(of_attribute(kind, value), expected, "{value}");
        }
    }
}
