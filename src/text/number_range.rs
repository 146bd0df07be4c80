//! Texts that look like ranges of numbers.

/// The two ends of `20000-31999` or `20..31`: a text, which no other text equals that is meant to be in between.
pub(crate) fn number_range(text: &str) -> Option<(&str, &str)> {
    let mut signs = ["..", "-"].into_iter();
    let (from, to) = signs.find_map(|sign| text.split_once(sign))?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(from) && is_number(to)).then_some((from, to))
}
