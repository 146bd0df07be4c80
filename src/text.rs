//! How texts are compared: Unicode simple case folding, white space set aside.

use std::borrow::Cow;

/// Names up to this many bytes are folded without allocation.
const ON_STACK: usize = 128;

/// The character under Unicode simple case folding.
fn fold_char(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    unicode_case_mapping::case_folded(character)
        .and_then(|folded| char::from_u32(folded.get()))
        .unwrap_or(character)
}

/// An attribute's text as it is compared: surrounding white space removed, case folded.
///
/// Borrows where nothing has to change.
pub(crate) fn fold_text(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text
        .chars()
        .all(|character| fold_char(character) == character)
    {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(fold_char).collect())
    }
}

/// The key of a name (of a taxonomy node, a band, a stage): all white space removed, case folded.
pub(crate) fn name_key(name: &str) -> String {
    folded_name(name).collect()
}

/// Calls `look_up` with the key of `name`, without allocation for names of ordinary length.
pub(crate) fn with_name_key<R>(name: &str, look_up: impl FnOnce(&str) -> R) -> R {
    if is_name_key(name) {
        return look_up(name);
    }
    let mut buffer = [0_u8; ON_STACK];
    let mut length = 0;
    for character in folded_name(name) {
        let end = length + character.len_utf8();
        match buffer.get_mut(length..end) {
            Some(place) => character.encode_utf8(place),
            None => return look_up(&name_key(name)),
        };
        length = end;
    }
    match buffer.get(..length).map(std::str::from_utf8) {
        Some(Ok(key)) => look_up(key),
        _ => look_up(&name_key(name)),
    }
}

/// A text from outside, trimmed, on one line: control characters are written as escapes.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    Cow::Owned(line)
}

fn folded_name(name: &str) -> impl Iterator<Item = char> {
    name.chars()
        .filter(|character| !character.is_whitespace())
        .map(fold_char)
}

/// Whether an ASCII name is its own key; `false` is always a safe answer.
fn is_name_key(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_ignore_case_and_all_white_space() {
        for (name, key) in [
            ("cn/east/shanghai", "cn/east/shanghai"),
            (" CN / East / Shang hai\t", "cn/east/shanghai"),
            ("GTX Pro", "gtxpro"),
            ("上海\u{3000}", "上海"),
            ("ΣΊΣΥΦΟΣ", "σίσυφοσ"),
            ("ſ\u{212a}", "sk"),
            ("Straße", "straße"),
            ("İ", "İ"),
            ("", ""),
        ] {
            assert_eq!(name_key(name), key, "{name:?}");
            with_name_key(name, |found| assert_eq!(found, key, "{name:?}"));
        }
    }

    #[test]
    fn names_longer_than_the_buffer_are_folded_whole() {
        let long = "Ä".repeat(ON_STACK);
        with_name_key(&long, |key| assert_eq!(key, "ä".repeat(ON_STACK)));
    }

    #[test]
    fn texts_keep_inner_white_space() {
        assert_eq!(fold_text("  Trade  Fair "), "trade  fair");
        assert!(matches!(
            fold_text(" paid search "),
            Cow::Borrowed("paid search")
        ));
    }
}
