//! Numbers, as people and systems write them.

use std::borrow::Cow;
use std::fmt;

/// The character before the decimals of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[non_exhaustive]
pub enum DecimalMark {
    /// `1,200.50`
    #[serde(rename = ".")]
    Point,
    /// `1.200,50`
    #[serde(rename = ",")]
    Comma,
}

impl fmt::Display for DecimalMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Point => ".",
            Self::Comma => ",",
        })
    }
}

/// What a text is as a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum NumberReading {
    Number(f64),
    /// `1.200` is 1.2 or 1200, depending on the decimal mark.
    Ambiguous,
    /// No number.
    None,
}

/// Characters that people put between groups of three digits, whatever the decimal mark.
const SPACES: [char; 7] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’', '_'];

/// Reads a number: with a sign, groups of thousands, decimals, a currency or a percent sign; in brackets it
/// is negative, as accountants write it. `12%` is 12.
///
/// Without a decimal mark the text is read if it can be read in one way only: `1,200.50`, `1.200,50`,
/// `0.125`, `1,5`. A single comma or point with three digits behind and one to three before is
/// ambiguous.
pub(crate) fn number(text: &str, mark: Option<DecimalMark>) -> NumberReading {
    if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        return parsed(text);
    }
    // No sign and no unit has a digit at its end, and most numbers have nothing else.
    if is_bare(text) {
        return digits(text, mark);
    }
    let text = half_width(text);
    let (text, is_negative) = signed(text.trim());
    let text = without_unit(text);
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '.' | ',')) {
        return NumberReading::None;
    }
    let reading = digits(text, mark);
    match reading {
        NumberReading::Number(number) if is_negative => NumberReading::Number(-number),
        reading => reading,
    }
}

/// Whether a text begins and ends with a digit and is written in ASCII.
fn is_bare(text: &str) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    text.is_ascii() && is_digit(bytes.first()) && is_digit(bytes.last())
}

/// The decimal mark that a number shows, if it can be read in one way only.
pub(crate) fn shown_mark(text: &str) -> Option<DecimalMark> {
    let text = half_width(text);
    let (text, _) = signed(text.trim());
    let text = without_unit(text);
    let is_mark = |byte: u8| byte == b'.' || byte == b',';
    if !text.bytes().any(is_mark) || number(text, None) == NumberReading::None {
        return None;
    }
    match recognised(text)? {
        '.' => Some(DecimalMark::Point),
        _ => Some(DecimalMark::Comma),
    }
}

/// Takes a sign, or the brackets of accountants, away.
fn signed(text: &str) -> (&str, bool) {
    if let Some(inner) = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
    {
        return (inner.trim(), true);
    }
    // A currency may stand before the sign or behind it.
    let text = without_unit(text);
    match text.strip_prefix(['-', '−']) {
        Some(rest) => (rest.trim_start(), true),
        None => (text.strip_prefix('+').unwrap_or(text).trim_start(), false),
    }
}

/// What may stand before or behind a number and does not change it. Letters such as those of millions do, so
/// only those of currencies are known.
const UNITS: [&str; 60] = [
    "US$", "HK$", "NT$", "R$", "A$", "C$", "S$", "$", "€", "£", "¥", "￥", "₹", "₽", "₩", "₺", "₪",
    "₫", "฿", "₴", "%", "元", "円", "圆", "원", "AED", "AUD", "BRL", "CAD", "CHF", "CNY", "CZK",
    "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "INR", "JPY", "KRW", "MXN", "NOK", "NZD", "PLN",
    "RMB", "RON", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR", "Kč", "kr",
    "zł",
];

/// Takes currencies and percent signs away.
fn without_unit(text: &str) -> &str {
    let mut text = text;
    loop {
        let mut units = UNITS.iter();
        let rest =
            units.find_map(|unit| text.strip_prefix(unit).or_else(|| text.strip_suffix(unit)));
        match rest {
            Some(rest) => text = rest.trim(),
            None => return text,
        }
    }
}

/// Reads digits with marks between them.
fn digits(text: &str, mark: Option<DecimalMark>) -> NumberReading {
    // `1.5e6`, as programs write it.
    if let Some((before, exponent)) = text.split_once(['e', 'E']) {
        let is_plain = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
        };
        let exponent_digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let is_number =
            is_plain(before) && exponent_digits.bytes().all(|byte| byte.is_ascii_digit());
        return if is_number {
            parsed(text)
        } else {
            NumberReading::None
        };
    }
    let mark = match mark {
        Some(DecimalMark::Point) => '.',
        Some(DecimalMark::Comma) => ',',
        None => match recognised(text) {
            Some(mark) => mark,
            None => return NumberReading::Ambiguous,
        },
    };
    let thousands = if mark == '.' { ',' } else { '.' };
    let (whole, decimals) = match text.split_once(mark) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    let Some(whole) = ungrouped(whole, thousands) else {
        return NumberReading::None;
    };
    match decimals {
        None => parsed(&whole),
        Some(decimals) if decimals.bytes().all(|byte| byte.is_ascii_digit()) => {
            parsed(&format!("{whole}.{decimals}"))
        }
        Some(_) => NumberReading::None,
    }
}

/// The decimal mark, if the text shows it; none if it can be read in two ways.
fn recognised(text: &str) -> Option<char> {
    let last = |mark| text.rfind(mark);
    let (mark, at) = match (last('.'), last(',')) {
        (None, None) => return Some('.'),
        // The one behind the other has the decimals.
        (Some(point), Some(comma)) if point > comma => return Some('.'),
        (Some(_), Some(_)) => return Some(','),
        (Some(at), None) => ('.', at),
        (None, Some(at)) => (',', at),
    };
    let other = if mark == '.' { ',' } else { '.' };
    if text.matches(mark).count() > 1 {
        return Some(other);
    }
    let (before, behind) = (text.get(..at)?, text.get(at + 1..)?);
    let may_group = behind.len() == 3
        && matches!(before.len(), 1..=3)
        && !before.starts_with('0')
        && before.bytes().all(|byte| byte.is_ascii_digit());
    (!may_group).then_some(mark)
}

/// The digits without what stands between groups of three.
fn ungrouped(text: &str, thousands: char) -> Option<Cow<'_, str>> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.into());
    }
    let is_between = |character: char| character == thousands || SPACES.contains(&character);
    let mut groups = text.split(is_between);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    let is_short = matches!(first.len(), 1..=3) && !first.starts_with('0');
    for group in groups {
        // Groups of two, as in 12,34,567, are Indian.
        if !is_short || !matches!(group.len(), 2 | 3) {
            return None;
        }
        digits.push_str(group);
    }
    let last = text.rsplit(is_between).next()?;
    let is_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    (last.len() == 3 && is_digits).then_some(digits.into())
}

fn parsed(text: &str) -> NumberReading {
    match text.parse() {
        Ok(number) if f64::is_finite(number) => NumberReading::Number(number),
        _ => NumberReading::None,
    }
}

/// Full-width characters, as Chinese and Japanese keyboards write them, as those of ASCII.
pub(super) fn half_width(text: &str) -> Cow<'_, str> {
    const FIRST: u32 = 0xff01;
    const LAST: u32 = 0xff5e;
    let is_wide = |character: char| (FIRST..=LAST).contains(&u32::from(character));
    if !text.contains(is_wide) {
        return text.into();
    }
    let narrow = text.chars().map(|character| {
        let code = u32::from(character);
        let ascii = (FIRST..=LAST).contains(&code).then(|| code - FIRST + 0x21);
        ascii.and_then(char::from_u32).unwrap_or(character)
    });
    narrow.collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_seen_where_there_is_one_way_to_read() {
        use DecimalMark::{Comma, Point};

        for (text, mark) in [
            ("1.200,50 €", Some(Comma)),
            ("1,200.50", Some(Point)),
            ("0.125", Some(Point)),
            ("1.000.000", Some(Comma)),
            ("1,000", None),
            ("1.000", None),
            ("12", None),
            ("a,b", None),
        ] {
            assert_eq!(shown_mark(text), mark, "{text}");
        }
    }

    #[test]
    fn numbers_of_many_systems() {
        use DecimalMark::{Comma, Point};
        use NumberReading::{Ambiguous, None as No, Number};

        for (text, unknown, point, comma) in [
            ("1000", Number(1000.0), Number(1000.0), Number(1000.0)),
            ("1,000", Ambiguous, Number(1000.0), Number(1.0)),
            ("1.000", Ambiguous, Number(1.0), Number(1000.0)),
            ("1.200,50", Number(1200.5), No, Number(1200.5)),
            ("1,200.50", Number(1200.5), Number(1200.5), No),
            ("1 029", Number(1029.0), Number(1029.0), Number(1029.0)),
            ("1\u{202f}029,5", Number(1029.5), No, Number(1029.5)),
            ("1'029.5", Number(1029.5), Number(1029.5), No),
            ("$1,000.50", Number(1000.5), Number(1000.5), No),
            ("€ 1.000,50", Number(1000.5), No, Number(1000.5)),
            ("1.000,50 EUR", Number(1000.5), No, Number(1000.5)),
            ("R$ 1.000.000", Number(1e6), No, Number(1e6)),
            ("12%", Number(12.0), Number(12.0), Number(12.0)),
            ("12,5 %", Number(12.5), No, Number(12.5)),
            ("0.125", Number(0.125), Number(0.125), No),
            ("1,5", Number(1.5), No, Number(1.5)),
            ("1000,123", Number(1000.123), No, Number(1000.123)),
            ("-1,5", Number(-1.5), No, Number(-1.5)),
            ("-$5", Number(-5.0), Number(-5.0), Number(-5.0)),
            ("$-5", Number(-5.0), Number(-5.0), Number(-5.0)),
            ("(1,200.50)", Number(-1200.5), Number(-1200.5), No),
            ("+7", Number(7.0), Number(7.0), Number(7.0)),
            ("12,34,567", Number(1_234_567.0), Number(1_234_567.0), No),
            ("１２．５", Number(12.5), Number(12.5), No),
            ("1.5e3", Number(1500.0), Number(1500.0), Number(1500.0)),
            (".5", Number(0.5), Number(0.5), No),
            ("5.", Number(5.0), Number(5.0), No),
            ("1,00,0", No, No, No),
            ("1.2.3", No, No, No),
            ("1,,000", No, No, No),
            ("12 5", No, No, No),
            ("abc", No, No, No),
            ("5 apples", No, No, No),
            ("26M", No, No, No),
            ("26k", No, No, No),
            ("5 MIO", No, No, No),
            ("26 M EUR", No, No, No),
            ("1e999", No, No, No),
            ("inf", No, No, No),
            ("", No, No, No),
            ("-", No, No, No),
            ("EUR", No, No, No),
        ] {
            assert_eq!(number(text, None), unknown, "{text}");
            assert_eq!(number(text, Some(Point)), point, "{text} with a point");
            assert_eq!(number(text, Some(Comma)), comma, "{text} with a comma");
        }
    }
}
