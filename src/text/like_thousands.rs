//! Numbers with a point that may stand between thousands.

/// Whether a number with a point is written as thousands are in many countries: `1.000` or `12.500`, but not
/// `0.500`, `1.5` or `1.125`. Read as decimals, such a number is a thousandth of what may be meant.
pub(crate) fn like_thousands(number: &str) -> bool {
    may_group_thousands(number) && number.ends_with('0')
}

/// Whether a number has a single point between one to three digits and three more: `1.000` or `1.125`.
pub(crate) fn may_group_thousands(number: &str) -> bool {
    let digits = number.strip_prefix(['+', '-']).unwrap_or(number);
    let Some((whole, behind)) = digits.split_once('.') else {
        return false;
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let may_group = matches!(whole.len(), 1..=3) && !whole.starts_with('0') && are_digits(whole);
    may_group && behind.len() == 3 && are_digits(behind)
}

/// The two ways to read such a number: `1000` and `1`, `12500` and `12.5`.
pub(crate) fn both_readings(number: &str) -> [String; 2] {
    let decimal = number.trim_end_matches('0').trim_end_matches('.');
    [number.replace('.', ""), decimal.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_seen_where_decimals_are_unlikely() {
        for (number, alike) in [
            ("1.000", true),
            ("-12.500", true),
            ("999.990", true),
            ("0.500", false),
            ("1.125", false),
            ("1.50", false),
            ("1000.000", false),
            ("1.000.000", false),
            ("1.0e0", false),
            ("1000", false),
            ("", false),
        ] {
            assert_eq!(like_thousands(number), alike, "{number}");
        }
        assert_eq!(both_readings("1.000"), ["1000", "1"]);
        assert_eq!(both_readings("-12.500"), ["-12500", "-12.5"]);
    }
}
