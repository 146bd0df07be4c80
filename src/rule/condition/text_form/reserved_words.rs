//! Reserved words of conditions in text, and the characters that need no quotes.

/// The reserved words, in upper or lower case.
const WORDS: [&str; 19] = [
    "all", "always", "and", "any", "between", "contains", "ends", "false", "in", "is", "missing",
    "never", "not", "of", "or", "starts", "true", "unlisted", "with",
];

/// Reserved words that need quotes even as a value; the others are unambiguous as values.
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

/// Whether a text without quotes may begin with the character.
pub(super) fn begins_bare(character: char) -> bool {
    character != '#' && is_bare(character)
}

/// Whether a text without quotes may contain the character. `#` begins a comment only after white space:
/// `C#` is a name.
pub(super) fn is_bare(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '-' | '/' | '.' | '+' | '#')
}

/// Whether the text is written without quotes, because neither the parser nor a reader can take it for
/// anything else.
pub(super) fn is_plain(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && text.chars().all(is_bare)
        && !is_word(text)
}
