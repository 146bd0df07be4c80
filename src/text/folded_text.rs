//! How texts are compared: folded, with white space reduced to single spaces.

use std::borrow::Cow;

use super::folding::{composed, folded_alone, is_ignored, normalized, without_case};
use super::machine_word::is_plain;

/// A text as it is compared: folded, without surrounding white space, and with one space in place of any
/// white space inside.
///
/// Borrows if nothing has to change. Linear; a text grows to at most eleven times its bytes (U+FDFA does).
pub(crate) fn fold_text(text: &str) -> Cow<'_, str> {
    if is_plain(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let text = trimmed(text);
    if has_single_spaces(text.as_bytes()) {
        return if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        };
    }
    fold_characters(text).unwrap_or_else(|| Cow::Owned(fold_any_text(text)))
}

/// Whether a trimmed text is ASCII, and its only white space is single spaces.
fn has_single_spaces(text: &[u8]) -> bool {
    let mut after_space = false;
    text.iter().all(|byte| {
        let is_space = *byte == b' ';
        let is_odd = !byte.is_ascii() || matches!(byte, b'\t'..=b'\r') || after_space && is_space;
        after_space = is_space;
        !is_odd
    })
}

/// Folds a trimmed text character by character. `None` if the result for one depends on its neighbours.
fn fold_characters(text: &str) -> Option<Cow<'_, str>> {
    let mut folded: Option<String> = None;
    let mut after_space = false;
    for (at, character) in text.char_indices() {
        if is_ignored(character) {
            folded.get_or_insert_with(|| begun(text, at));
            continue;
        }
        let is_space = character.is_whitespace();
        let new = if is_space {
            (!after_space).then_some(' ')
        } else {
            Some(folded_alone(character)?)
        };
        after_space = is_space;
        if folded.is_some() || new != Some(character) {
            folded.get_or_insert_with(|| begun(text, at)).extend(new);
        }
    }
    Some(folded.map_or(Cow::Borrowed(text), Cow::Owned))
}

/// A copy of the first `length` bytes, with capacity for the rest.
fn begun(text: &str, length: usize) -> String {
    // Two bytes can become three.
    let mut copy = String::with_capacity(text.len() + text.len() / 2);
    copy.push_str(text.get(..length).unwrap_or_default());
    copy
}

/// Folds any text as a whole.
pub(super) fn fold_any_text(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut after_space = false;
    for character in normalized(text) {
        if character.is_whitespace() {
            after_space = true;
            continue;
        }
        if std::mem::take(&mut after_space) && !folded.is_empty() {
            folded.push(' ');
        }
        folded.push(without_case(character));
    }
    composed(folded.chars()).collect()
}

/// The text without white space and ignored characters at both ends. For most texts, two bytes show that
/// there are none.
#[inline]
pub fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim_matches(|character| is_ignored(character) || character.is_whitespace()),
    }
}
