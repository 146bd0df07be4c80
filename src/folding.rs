//! When two spellings are the same: what becomes of each character.
//!
//! Ignored characters go, quotes and dashes become plain ones, then come Unicode's NFKC
//! (normalization form KC, annex 15: composed and decomposed letters, full-width and other forms are
//! one) and simple case folding (`CaseFolding.txt`, statuses C and S). What case folding leaves is
//! composed again, so that folding twice is folding once.

use std::iter;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The characters in normal form, with quotes and dashes plain and without what is ignored. Case and
/// white space are as given.
pub(crate) fn normalized(text: &str) -> impl Iterator<Item = char> {
    let characters = text.chars().filter(|&character| !is_ignored(character));
    // Before: the normal form takes `´` apart. After: it makes dashes of other characters.
    characters.map(plain).nfkc().map(plain)
}

/// The characters composed where Unicode has one for several.
pub(crate) fn composed(characters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    characters.nfc()
}

/// What a character becomes, if that does not depend on those around it; none for what is ignored,
/// too.
///
/// It does not where the character is in normal form, begins a new letter (combining class 0), and
/// never melts into the one before it.
pub(crate) fn folded_alone(character: char) -> Option<char> {
    if character.is_ascii() {
        return Some(character.to_ascii_lowercase());
    }
    if is_east_asian(character) {
        return Some(character);
    }
    if is_everyday_letter(character) {
        return Some(without_case(character));
    }
    if is_ignored(character) {
        return None;
    }
    let character = plain(character);
    let is_alone = canonical_combining_class(character) == 0
        && is_nfkc_quick(iter::once(character)) == IsNormalized::Yes;
    is_alone.then(|| without_case(character))
}

/// Latin, Greek and Cyrillic letters that fold alone.
fn is_everyday_letter(character: char) -> bool {
    matches!(
        character,
        '\u{c0}'..='\u{131}' | '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{3ce}' | '\u{400}'..='\u{482}'
    )
}

/// Chinese, Japanese and Korean characters that fold alone, to themselves. To look this up takes
/// longer than to look up a name.
fn is_east_asian(character: char) -> bool {
    matches!(
        character,
        '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{30fc}'..='\u{30fe}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
    )
}

/// The character under Unicode simple case folding.
pub(crate) fn without_case(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    unicode_case_mapping::case_folded(character)
        .and_then(|folded| char::from_u32(folded.get()))
        .unwrap_or(character)
}

/// Whether a character is nothing to see: joiners, zero-width spaces, soft hyphens, byte order and
/// direction marks, variation selectors. (Unicode's `Default_Ignorable_Code_Point`.)
#[inline]
pub(crate) fn is_ignored(character: char) -> bool {
    // Most are none of the kind.
    let is_ordinary = character < '\u{ad}' || matches!(character, '\u{3165}'..='\u{fdff}');
    !is_ordinary
        && matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fff8}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Apostrophes, primes, quotation marks and dashes as on a typewriter. (Unicode's `Quotation_Mark`,
/// the letters that stand for apostrophes, and `Dash` but for wavy and doubled ones.)
fn plain(character: char) -> char {
    match character {
        '\u{b4}'
        | '\u{2b9}'
        | '\u{2bb}'..='\u{2bd}'
        | '\u{55a}'
        | '\u{5f3}'
        | '\u{1ffd}'
        | '\u{2018}'..='\u{201b}'
        | '\u{2032}'
        | '\u{2035}'
        | '\u{2039}'..='\u{203a}' => '\'',
        '\u{ab}'
        | '\u{bb}'
        | '\u{2ba}'
        | '\u{5f4}'
        | '\u{201c}'..='\u{201f}'
        | '\u{2033}'
        | '\u{2036}'
        | '\u{2e42}'
        | '\u{300c}'..='\u{300f}'
        | '\u{301d}'..='\u{301f}' => '"',
        '\u{58a}'
        | '\u{5be}'
        | '\u{1400}'
        | '\u{1806}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{2e17}'
        | '\u{2e1a}'
        | '\u{2e3a}'..='\u{2e3b}'
        | '\u{2e40}'
        | '\u{2e5d}'
        | '\u{10ead}' => '-',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rule without any short cut.
    fn folded(text: &str) -> String {
        composed(normalized(text).map(without_case)).collect()
    }

    #[test]
    fn short_cuts_change_no_character() {
        for character in '\0'..=char::MAX {
            let text = character.to_string();
            if is_ignored(character) {
                assert_eq!(folded(&text), "", "{character:?}");
            } else if let Some(alone) = folded_alone(character) {
                assert_eq!(folded(&text), alone.to_string(), "{character:?}");
            }
        }
    }

    /// What folds alone never meets what is before it, folded or not.
    #[test]
    fn what_folds_alone_melts_into_nothing() {
        for character in '\0'..=char::MAX {
            let given = [character]
                .into_iter()
                .filter(|&it| is_east_asian(it) || is_everyday_letter(it));
            for character in given.chain(folded_alone(character)) {
                assert_eq!(canonical_combining_class(character), 0, "{character:?}");
                let quick = is_nfkc_quick(iter::once(character));
                assert_eq!(quick, IsNormalized::Yes, "{character:?}");
            }
        }
    }

    #[test]
    fn every_character_folds_once_and_for_all() {
        for character in '\0'..=char::MAX {
            let text = character.to_string();
            let once = folded(&text);
            assert_eq!(folded(&once), once, "{character:?}");
            let decomposed: String = text.nfd().collect();
            assert_eq!(folded(&decomposed), once, "{character:?} in parts");
        }
    }

    /// Composing after case folding makes no capital.
    #[test]
    fn what_is_composed_of_folded_parts_is_folded() {
        let composed = |&character: &char| iter::once(character).nfc().eq([character]);
        for character in ('\0'..=char::MAX).filter(composed) {
            let mut parts = iter::once(character).nfd();
            if parts.all(|part| without_case(part) == part) {
                assert_eq!(without_case(character), character, "{character:?}");
            }
        }
    }
}
