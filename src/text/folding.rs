//! How characters are folded, so that spelling variants become equal.
//!
//! The steps: ignored characters are removed; typographic quotes and dashes become plain ones; the text
//! is brought into Unicode's normalization form KC (NFKC, Standard Annex 15), in which composed and
//! decomposed letters, full-width and other forms are equal; case is folded by simple case folding
//! (`CaseFolding.txt`, statuses C and S). The result is composed again, so that folding is idempotent.

use std::iter;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The characters in normal form, with plain quotes and dashes and without ignored characters. Case and
/// white space are kept.
pub(crate) fn normalized(text: &str) -> impl Iterator<Item = char> {
    let characters = text.chars().filter(|&character| !is_ignored(character));
    // Before, because the normal form decomposes `´`; after, because it turns other characters into dashes.
    characters.map(plain).nfkc().map(plain)
}

/// Folded characters in Unicode's canonical composition (NFC): one character in place of several wherever
/// there is one. A composition may be a capital letter again (`İ`, which has no simple case folding, and a
/// dot below), so case is folded once more.
pub(crate) fn composed(characters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    characters.nfc().map(without_case)
}

/// The folded form of a character, if it does not depend on the characters around it. Otherwise, and for
/// ignored characters, `None`.
///
/// It does not depend on them if the character is in normal form, begins a new letter (combining class 0),
/// and never composes with the character before it.
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

/// Chinese, Japanese and Korean characters that fold alone, to themselves. Unicode's tables would take
/// longer to say so than the look-up of a whole name takes.
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

/// Whether a character is invisible and therefore ignored: joiners, zero-width spaces, soft hyphens, byte
/// order and direction marks, variation selectors. (Unicode's `Default_Ignorable_Code_Point`.)
#[inline]
pub fn is_ignored(character: char) -> bool {
    // A quick answer for most characters.
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

/// The ASCII form of apostrophes, primes, quotation marks and dashes. (Unicode's `Quotation_Mark`, the
/// letters that are used as apostrophes, and `Dash` without wavy and doubled ones.)
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

    /// The rule without short cuts.
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

    /// A character that folds alone composes with nothing before it, folded or not.
    #[test]
    fn what_folds_alone_composes_with_nothing_before_it() {
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
    fn folding_a_character_is_idempotent() {
        for character in '\0'..=char::MAX {
            let text = character.to_string();
            let once = folded(&text);
            assert_eq!(folded(&once), once, "{character:?}");
            let decomposed: String = text.nfd().collect();
            assert_eq!(folded(&decomposed), once, "{character:?} in parts");
        }
    }

    /// Composition after case folding produces no capitals.
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
