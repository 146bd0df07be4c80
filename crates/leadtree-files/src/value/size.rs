//! Customer sizes, as people and systems write them.

use leadtree::lead::CustomerSize;

use super::number::half_width;

/// What may stand before a head count, in lower case.
const BEFORE: [&str; 14] = [
    "circa", "ca.", "ca", "c.", "approx.", "approx", "about", "around", "etwa", "rund", "env.",
    "约", "大约", "~",
];

/// What may stand behind a head count, in lower case.
const BEHIND: [&str; 26] = [
    "employees",
    "employee",
    "empl.",
    "empl",
    "emp",
    "people",
    "persons",
    "staff",
    "headcount",
    "fte",
    "ftes",
    "mitarbeiter",
    "mitarbeitende",
    "beschäftigte",
    "ma",
    "personnes",
    "salariés",
    "empleados",
    "funcionários",
    "dipendenti",
    "medewerkers",
    "人",
    "名",
    "名员工",
    "位",
    "员工",
];

/// Words that open a range upwards, in lower case: the count itself is in it.
const OR_MORE: [&str; 11] = [
    "+",
    "以上",
    "及以上",
    "or more",
    "and more",
    "and above",
    "and over",
    "plus",
    "oder mehr",
    "und mehr",
    "et plus",
];

/// Words that open a range downwards, in lower case: the count itself is in it.
const OR_LESS: [&str; 7] = [
    "以下",
    "以内",
    "及以下",
    "or less",
    "or fewer",
    "and below",
    "oder weniger",
];

/// A customer size in the words of the library: a head count, or a range whose lower end counts. None if it
/// is neither. `<10` and `10 or less` begin at 1: a customer has somebody.
pub(crate) fn customer_size(text: &str) -> Option<CustomerSize<'static>> {
    let text = half_width(text).to_lowercase();
    let text = without_words(text.trim());
    let range = |lower: u32, upper: u32| CustomerSize::from(format!("{lower}-{upper}"));
    let at_least = |lower: u32| Some(CustomerSize::from(format!("{lower}+")));
    let at_most = |upper: u32| (upper > 0).then(|| range(1, upper));
    let behind_sign = |signs: &[&str]| {
        let mut signs = signs.iter();
        let rest = signs.find_map(|sign| text.strip_prefix(sign))?;
        head_count(without_words(rest.trim()))
    };
    if text.starts_with(['<', '≤', '>', '≥']) || text.starts_with(['＜', '＞']) {
        if let Some(count) = behind_sign(&["<=", "≤", "=<"]) {
            return at_most(count);
        }
        if let Some(count) = behind_sign(&["<"]) {
            return at_most(count.checked_sub(1)?);
        }
        if let Some(count) = behind_sign(&[">=", "≥", "=>"]) {
            return at_least(count);
        }
        return at_least(behind_sign(&[">"])?.checked_add(1)?);
    }
    let worded = |words: &[&str]| {
        let mut words = words.iter();
        let rest = words.find_map(|word| text.strip_suffix(word))?;
        head_count(without_words(rest.trim()))
    };
    if let Some(count) = worded(&OR_MORE) {
        return at_least(count);
    }
    if let Some(count) = worded(&OR_LESS) {
        return at_most(count);
    }
    for prefix in ["over ", "more than ", "mehr als ", "über ", "plus de "] {
        if let Some(rest) = text.strip_prefix(prefix) {
            return at_least(head_count(rest.trim())?.checked_add(1)?);
        }
    }
    for prefix in [
        "under ",
        "less than ",
        "fewer than ",
        "up to ",
        "bis ",
        "unter ",
        "weniger als ",
    ] {
        if let Some(rest) = text.strip_prefix(prefix) {
            let below = u32::from(!matches!(prefix, "up to " | "bis "));
            return at_most(head_count(rest.trim())?.checked_sub(below)?);
        }
    }
    if let Some(count) = head_count(text) {
        return Some(CustomerSize::from(count));
    }
    let between = [
        "..=", "..", "-", "–", "—", "~", "～", " to ", " bis ", "至", "到",
    ];
    let (lower, upper) = between
        .iter()
        .find_map(|between| text.split_once(between))?;
    let [lower, upper] = [lower, upper].map(|end| without_words(end.trim()));
    // `1-10k` may begin at one or at a thousand.
    if has_unit(upper) && !has_unit(lower) {
        return None;
    }
    let (lower, upper) = (head_count(lower)?, head_count(upper)?);
    (lower <= upper).then(|| range(lower, upper))
}

/// Units of head counts, with their zeros.
const UNITS: [(&str, usize); 5] = [("k", 3), ("tsd.", 3), ("千", 3), ("万", 4), ("萬", 4)];

/// Whether a head count is in a unit.
fn has_unit(text: &str) -> bool {
    UNITS.iter().any(|(unit, _)| text.ends_with(unit))
}

/// Takes the words around a head count away.
fn without_words(text: &str) -> &str {
    let mut text = text;
    for word in BEFORE {
        if let Some(rest) = text.strip_prefix(word) {
            text = rest.trim_start();
            break;
        }
    }
    // The longest word first, so that none is taken for the end of another.
    let words = BEHIND.iter().filter(|word| text.ends_with(**word));
    if let Some(word) = words.max_by_key(|word| word.len())
        && let Some(rest) = text.strip_suffix(word)
        && !(word.is_ascii() && rest.ends_with(char::is_alphabetic))
    {
        text = rest.trim_end();
    }
    text
}

/// A whole number of people: with groups of thousands of any kind, or in thousands (`10k`, `1.5k`, `1万`).
fn head_count(text: &str) -> Option<u32> {
    for (unit, zeros) in UNITS {
        if let Some(rest) = text.strip_suffix(unit) {
            return in_units(rest.trim_end(), zeros);
        }
    }
    let is_between = |character: char| {
        matches!(
            character,
            '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’' | '_'
        )
    };
    // Decimals of a spreadsheet: `250.0`, `250.00`.
    let text = match text.rsplit_once('.') {
        Some((whole, "0" | "00")) => whole,
        _ => text,
    };
    let mut groups = text.split(is_between);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        // `0.500` is half of something, and no group of thousands.
        if group.len() != 3 || !matches!(first.len(), 1..=3) || first.starts_with('0') {
            return None;
        }
        digits.push_str(group);
    }
    let is_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| digits.parse().ok()).flatten()
}

/// A number with perhaps a decimal, in units with this many zeros.
fn in_units(text: &str, zeros: usize) -> Option<u32> {
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(decimals) || decimals.len() > zeros {
        return None;
    }
    format!("{whole}{decimals:0<zeros$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_many_systems() {
        for (text, expected) in [
            ("51-200 employees", "51-200"),
            ("50-99人", "50-99"),
            ("1000人以上", "1000+"),
            ("1000以上", "1000+"),
            ("100人以下", "1-100"),
            ("少于10人", "?"),
            ("<10", "1-9"),
            ("< 10 employees", "1-9"),
            ("<=10", "1-10"),
            (">500", "501+"),
            ("≥500", "500+"),
            ("> 1,000", "1001+"),
            ("ca. 500", "500"),
            ("CA 500 Mitarbeiter", "500"),
            ("~500", "500"),
            ("约500人", "500"),
            ("10k+", "10000+"),
            ("10K", "10000"),
            ("1.5k", "1500"),
            ("1万人", "10000"),
            ("1.001-5.000", "1001-5000"),
            ("1,001 – 5,000", "1001-5000"),
            ("1 001 to 5 000", "1001-5000"),
            ("500 to 1k", "?"),
            ("1k-10k", "1000-10000"),
            ("5-10万", "?"),
            ("１００－４９９", "100-499"),
            ("100～499人", "100-499"),
            ("1.000", "1000"),
            ("250.0", "250"),
            ("250.5", "?"),
            ("10,000+", "10000+"),
            ("10.000 und mehr", "10000+"),
            ("more than 500", "501+"),
            ("under 10", "1-9"),
            ("up to 10", "1-10"),
            ("0", "0"),
            ("<1", "?"),
            ("200-51", "?"),
            ("10-Nov", "?"),
            ("many", "?"),
            ("-5", "?"),
            ("1,00", "?"),
            ("5000000000", "?"),
            ("", "?"),
            ("+", "?"),
            ("人", "?"),
        ] {
            let read = customer_size(text).map_or("?".to_owned(), |size| size.to_string());
            assert_eq!(read, expected, "{text}");
        }
    }
}
