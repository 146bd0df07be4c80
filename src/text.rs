//! How texts are compared: Unicode simple case folding, white space set aside.

use std::borrow::Cow;

use crate::word::Word;

/// Keys up to this many bytes are made without allocation. Folding makes two bytes three at most, so
/// names up to 128 bytes always fit.
const ON_STACK: usize = 192;

/// The character under Unicode simple case folding.
fn fold_char(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    // Chinese, Japanese and Korean scripts know no case; to look that up takes long.
    if matches!(character, '\u{2d00}'..='\u{a63f}' | '\u{ac00}'..='\u{d7ff}') {
        return character;
    }
    unicode_case_mapping::case_folded(character)
        .and_then(|folded| char::from_u32(folded.get()))
        .unwrap_or(character)
}

/// An attribute's text as it is compared: surrounding white space removed, case folded.
///
/// Borrows where nothing has to change.
pub(crate) fn fold_text(text: &str) -> Cow<'_, str> {
    let text = trimmed(text);
    if text.is_ascii() {
        let changes = text.bytes().any(|byte| byte.is_ascii_uppercase());
        return if changes {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        };
    }
    let changes = |&(_, character): &(usize, char)| fold_char(character) != character;
    let Some((first, _)) = text.char_indices().find(changes) else {
        return Cow::Borrowed(text);
    };
    let (same, rest) = text.split_at(first);
    // Two bytes can become three.
    let mut folded = String::with_capacity(text.len() + rest.len() / 2);
    folded.push_str(same);
    folded.extend(rest.chars().map(fold_char));
    Cow::Owned(folded)
}

/// The text without surrounding white space. Most texts have none, which two bytes tell.
#[inline]
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// The key of a name (of a taxonomy node, a band, a stage): all white space removed, case folded.
pub(crate) fn name_key(name: &str) -> String {
    folded_name(name).collect()
}

/// Calls `look_up` with the bytes of the key of `name`; no allocation for names up to 128 bytes.
///
/// Most names are written as their keys, or in ASCII at least; the bench `resolve` watches both.
#[inline]
pub(crate) fn with_name_key<R>(name: &str, look_up: impl Fn(&[u8]) -> R) -> R {
    if is_name_key(name.as_bytes()) {
        look_up(name.as_bytes())
    } else {
        with_folded_name(name, look_up)
    }
}

/// The same with a buffer, which names that are their own keys need not set up.
#[inline(never)]
fn with_folded_name<R>(name: &str, look_up: impl Fn(&[u8]) -> R) -> R {
    let mut buffer = [0; ON_STACK];
    let length = fold_ascii_name(name.as_bytes(), &mut buffer);
    let length = length.or_else(|| fold_name(name, &mut buffer));
    match length.and_then(|length| buffer.get(..length)) {
        Some(key) => look_up(key),
        None => look_up(name_key(name).as_bytes()),
    }
}

/// Writes the key of a name into the buffer and tells its length, if the name is ASCII and fits.
fn fold_ascii_name(name: &[u8], buffer: &mut [u8; ON_STACK]) -> Option<usize> {
    let mut length = 0;
    let mut add = |word: Word, count: usize| {
        if !word.is_ascii() {
            return None;
        }
        let (word, removed) = word.lower_case().without_white_space();
        *buffer.get_mut(length..)?.first_chunk_mut()? = word.bytes();
        length += count - removed;
        Some(())
    };
    let (words, rest) = name.as_chunks();
    for &word in words {
        add(Word::new(word), word.len())?;
    }
    add(Word::rest_of(name), rest.len())?;
    Some(length)
}

/// The same for a name in any script: what stays as it is is copied in one piece.
fn fold_name(name: &str, buffer: &mut [u8; ON_STACK]) -> Option<usize> {
    let mut length = 0;
    let mut add = |piece: &str| {
        let end = length + piece.len();
        let place = buffer.get_mut(length..end)?;
        place.copy_from_slice(piece.as_bytes());
        length = end;
        Some(())
    };
    let mut copied = 0;
    for (at, character) in name.char_indices() {
        let is_blank = character.is_whitespace();
        let folded = fold_char(character);
        if is_blank || folded != character {
            add(name.get(copied..at)?)?;
            copied = at + character.len_utf8();
            if !is_blank {
                add(folded.encode_utf8(&mut [0; 4]))?;
            }
        }
    }
    add(name.get(copied..)?)?;
    Some(length)
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

/// Whether a name is its own key; `false` is always a safe answer.
#[inline]
fn is_name_key(name: &[u8]) -> bool {
    let (words, _) = name.as_chunks();
    words.iter().all(|&bytes| Word::new(bytes).is_plain()) && Word::end_of(name).is_plain()
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
            with_name_key(name, |found| assert_eq!(found, key.as_bytes(), "{name:?}"));
        }
    }

    /// The rule without any short cut.
    fn plain_key(name: &str) -> String {
        let folded = |character| {
            let folded = unicode_case_mapping::case_folded(character);
            folded.map_or(character, |folded| char::from_u32(folded.get()).unwrap())
        };
        let characters = name.chars().filter(|character| !character.is_whitespace());
        characters.map(folded).collect()
    }

    #[test]
    fn short_cuts_change_no_character() {
        for character in '\0'..=char::MAX {
            let name = character.to_string();
            assert_eq!(name_key(&name), plain_key(&name), "{character:?}");
        }
    }

    #[test]
    fn every_ascii_character_is_folded_wherever_it_stands() {
        for length in 1..=17 {
            for place in 0..length {
                for byte in 0..0x80_u8 {
                    for other in ["x", " ", "\t\n\u{b}\u{c}\r", "Z"] {
                        let mut name: String = other.chars().cycle().take(length - 1).collect();
                        name.insert(place, char::from(byte));
                        let key = plain_key(&name);
                        with_name_key(&name, |found| {
                            assert_eq!(found, key.as_bytes(), "{name:?}");
                        });
                    }
                }
            }
        }
    }

    #[test]
    fn names_longer_than_the_buffer_are_folded_whole() {
        let around = ON_STACK - 9..=ON_STACK + 9;
        for length in around.chain([ON_STACK / 2, 2 * ON_STACK]) {
            for (one, folded) in [("Ä", "ä"), ("A ", "a"), ("上", "上"), ("Ⱥ", "ⱥ")] {
                let name = one.repeat(length);
                let key = folded.repeat(length);
                with_name_key(&name, |found| {
                    assert_eq!(found, key.as_bytes(), "{length} times {one}");
                });
            }
        }
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
