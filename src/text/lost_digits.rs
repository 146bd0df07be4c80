//! Whole numbers with more digits than a number keeps.

/// Whole numbers of fewer digits are kept exactly.
const MOST_DIGITS: usize = 15;

/// The number as which a whole number is read, if that is another one: beyond 2^53 an `f64` does not have all
/// whole numbers. What is printed for a number, `123456789012345680`, is read as this number.
pub(crate) fn with_lost_digits(number: &str) -> Option<String> {
    let unsigned = number.strip_prefix(['+', '-']).unwrap_or(number);
    let digits = unsigned.trim_start_matches('0');
    if digits.len() <= MOST_DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let read: f64 = digits.parse().ok()?;
    let (exact, printed) = (format!("{read:.0}"), read.to_string());
    let sign = if number.starts_with('-') { "-" } else { "" };
    (digits != exact && digits != printed).then(|| format!("{sign}{exact}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_read_as_others_are_seen() {
        for (number, read) in [
            ("9007199254740993", Some("9007199254740992")),
            ("-9007199254740993", Some("-9007199254740992")),
            ("12345678901234567", Some("12345678901234568")),
            ("9007199254740992", None),
            ("18446744073709551616", None),
            // As this number is printed.
            ("18446744073709552000", None),
            ("9007199254740991", None),
            ("1234567890123456.5", None),
            ("1", None),
            ("", None),
        ] {
            assert_eq!(with_lost_digits(number).as_deref(), read, "{number}");
        }
    }
}
