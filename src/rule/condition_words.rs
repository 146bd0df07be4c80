//! The words and letters of conditions in text, for those who write and those who read it.

/// Words with a meaning of their own, in upper or lower case.
const WORDS: [&str; 19] = [
    "all", "always", "and", "any", "between", "contains", "ends", "false", "in", "is", "missing",
    "never", "not", "of", "or", "starts", "true", "unlisted", "with",
];

/// The words that no value can be without quotes; where a value stands, the others are clear.
const NO_VALUES: [&str; 3] = ["and", "or", "not"];

pub(super) fn is_word(text: &str) -> bool {
    is_one_of(text, &WORDS)
}

pub(super) fn is_no_value(text: &str) -> bool {
    is_one_of(text, &NO_VALUES)
}

fn is_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether a text without quotes may begin so.
pub(super) fn begins_bare(character: char) -> bool {
    character != '#' && is_bare(character)
}

/// Whether the character may stand in a text without quotes. Only after a blank does `#` begin a
/// comment: `C#` is a name.
pub(super) fn is_bare(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '-' | '/' | '.' | '+' | '#')
}

/// Whether the text is written without quotes: it can be taken for nothing else, by people neither.
pub(super) fn is_plain(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && text.chars().all(is_bare)
        && !is_word(text)
}
