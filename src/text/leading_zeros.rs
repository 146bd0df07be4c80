//! Numbers with zeros in front, which are codes: postal codes, account numbers.

/// Whether a number is written with zeros in front, which it does not keep: `01067`, `-007`, `00.5`. Not `0`
/// or `0.5`.
pub(crate) fn has_leading_zeros(number: &str) -> bool {
    let digits = number.strip_prefix(['+', '-']).unwrap_or(number);
    let second = digits
        .strip_prefix('0')
        .and_then(|rest| rest.chars().next());
    second.is_some_and(|second| second.is_ascii_digit())
}
