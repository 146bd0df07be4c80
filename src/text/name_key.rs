//! The keys by which names are compared: folded, without white space.

use super::folding::{composed, folded_alone, is_ignored, normalized, without_case};
use super::machine_word::{MachineWord, is_plain};

/// Keys up to this many bytes are computed without allocation. Where characters fold alone, two bytes
/// become three at most, so names of such characters always fit if they have up to 128 bytes.
pub(super) const ON_STACK: usize = 192;

/// The key of a name (of a taxonomy node, a band, a stage): folded, all white space removed. Names are equal if
/// their keys are. Linear.
///
/// ```
/// use leadtree::text::name_key;
///
/// assert_eq!(name_key(" New\u{a0}York "), "newyork");
/// assert_eq!(name_key("ＮＥＷ york\u{200b}"), "newyork");
/// ```
pub fn name_key(name: &str) -> String {
    let kept = name.chars();
    let kept = kept.filter(|&character| !character.is_whitespace() && !is_ignored(character));
    let key: Option<String> = kept.map(folded_alone).collect();
    key.unwrap_or_else(|| any_name_key(name))
}

/// The key of any name, which is folded as a whole.
pub(super) fn any_name_key(name: &str) -> String {
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
    let mut add = |word: MachineWord, count: usize| {
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
        add(MachineWord::new(word), word.len())?;
    }
    add(MachineWord::rest_of(name), rest.len())?;
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
