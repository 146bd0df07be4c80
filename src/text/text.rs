//! How names and texts are compared: folded, and with white space removed or reduced.

use std::borrow::Cow;

use super::folding::{composed, folded_alone, is_ignored, normalized, without_case};
use super::word::Word;

/// Keys up to this many bytes are computed without allocation. Where characters fold alone, two bytes
/// become three at most, so names of such characters always fit if they have up to 128 bytes.
const ON_STACK: usize = 192;

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
fn fold_any_text(text: &str) -> String {
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
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim_matches(|character| is_ignored(character) || character.is_whitespace()),
    }
}

/// The key of a name (of a taxonomy node, a band, a stage): folded, all white space removed.
pub(crate) fn name_key(name: &str) -> String {
    let kept = name.chars();
    let kept = kept.filter(|&character| !character.is_whitespace() && !is_ignored(character));
    let key: Option<String> = kept.map(folded_alone).collect();
    key.unwrap_or_else(|| any_name_key(name))
}

/// The key of any name, which is folded as a whole.
fn any_name_key(name: &str) -> String {
    let kept = normalized(name).filter(|character| !character.is_whitespace());
    composed(kept.map(without_case)).collect()
}

/// Calls `look_up` with the bytes of the key of `name`. No allocation for names up to 128 bytes whose
/// characters fold alone.
///
/// Most names are written as their keys, or in ASCII at least; the bench `resolve` watches both.
#[inline]
pub(crate) fn with_name_key<R>(name: &str, look_up: impl Fn(&[u8]) -> R) -> R {
    if is_plain(name.as_bytes()) {
        look_up(name.as_bytes())
    } else {
        with_folded_name(name, look_up)
    }
}

/// Folds the name into a buffer first; names that are their own keys need none.
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

/// Writes the key of a name into the buffer and returns its length; `None` if the name is not ASCII or too long.
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

/// Writes the key of a name in any script into `buffer`, and returns its length. `None` if the key is too
/// long or a character does not fold alone. Unchanged parts are copied in one piece.
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
        let is_dropped = character.is_whitespace() || is_ignored(character);
        let folded = if is_dropped {
            character
        } else {
            folded_alone(character)?
        };
        if is_dropped || folded != character {
            add(name.get(copied..at)?)?;
            copied = at + character.len_utf8();
            if !is_dropped {
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

/// Whether a name or text equals its folded form at first sight: ASCII without capitals, white space and
/// control characters.
#[inline]
fn is_plain(text: &[u8]) -> bool {
    let (words, _) = text.as_chunks();
    words.iter().all(|&bytes| Word::new(bytes).is_plain()) && Word::end_of(text).is_plain()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

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
            ("I\u{307}", "İ"),
            ("", ""),
        ] {
            assert_eq!(name_key(name), key, "{name:?}");
            with_name_key(name, |found| assert_eq!(found, key.as_bytes(), "{name:?}"));
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
                        let key = any_name_key(&name);
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
            for (one, folded) in [
                ("Ä", "ä"),
                ("A ", "a"),
                ("上", "上"),
                ("Ⱥ", "ⱥ"),
                ("A\u{308}", "ä"),
                ("\u{200b}", ""),
            ] {
                let name = one.repeat(length);
                let key = folded.repeat(length);
                with_name_key(&name, |found| {
                    assert_eq!(found, key.as_bytes(), "{length} times {one}");
                });
            }
        }
    }

    #[test]
    fn texts_keep_one_space_between_words() {
        for (text, folded) in [
            ("  Trade  Fair ", "trade fair"),
            ("Trade\tFair\r\n", "trade fair"),
            ("\u{feff}Trade\u{a0}\u{200b} Fair", "trade fair"),
            ("Ä \u{a0} Ö", "ä ö"),
            ("A\u{308} \u{a0} Ö", "ä ö"),
            ("a b", "a b"),
            (" \u{200b} ", ""),
            ("¨x", "\u{308}x"),
        ] {
            assert_eq!(fold_text(text), folded, "{text:?}");
        }
        for text in [" paid search ", "上海 市", "über\u{200b}"] {
            assert!(matches!(fold_text(text), Cow::Borrowed(_)), "{text:?}");
        }
    }

    /// Characters of every kind that folding treats differently, composing ones included.
    const ODD: &str = "Aa Zz09-'\"`/\t\n\u{a0}\u{3000}\u{85}ÄäßẞſİıĄΣςάᾳͅŉ\u{301}\u{308}\u{323}\u{327}\
        \u{307}\u{338}\u{5b0}\u{5b4}\u{e38}\u{200b}\u{200d}\u{feff}\u{ad}\u{34f}\u{fe0f}\u{115f}ᄀ가\u{1161}\
        \u{11a8}か\u{3099}ﾊﾞ海Ａ１％／–—−‘’“”´¨″⁗︱ﬁ№①½℀ﷺ\u{1fef}\u{1ffd}\u{374}\u{37e}\u{2126}😀𐐀";

    fn odd_text() -> impl Strategy<Value = String> {
        let odd = select(ODD.chars().collect::<Vec<_>>());
        let character = prop_oneof![9 => odd, 1 => any::<char>()];
        prop::collection::vec(character, 0..12).prop_map(|text| text.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn folding_twice_is_folding_once(text in odd_text()) {
            let folded = fold_text(&text).into_owned();
            prop_assert_eq!(&*fold_text(&folded), &folded);
            let key = name_key(&text);
            prop_assert_eq!(name_key(&key), &*key);
            prop_assert_eq!(name_key(&folded), key);
        }

        #[test]
        fn short_cuts_change_nothing(text in odd_text()) {
            prop_assert_eq!(&*fold_text(&text), fold_any_text(&text));
            let key = any_name_key(&text);
            prop_assert_eq!(name_key(&text), &*key);
            with_name_key(&text, |found| assert_eq!(found, key.as_bytes()));
        }
    }
}
