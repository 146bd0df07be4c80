//! Words that a wrong encoding makes.

use encoding_rs::{Encoding, WINDOWS_1252};

/// What letters of old encodings of DOS and of the Macintosh become where windows-1252 is read, and what never
/// stands inside a word otherwise: `M„nchen` was `München` in code page 850, `MŸnchen` on a Macintosh.
const SIGNS: [char; 12] = ['„', '”', '‚', 'ƒ', '…', '†', '‡', '‰', '€', '§', '¤', '¬'];

/// A word that looks as if the text had another encoding, which was recognised as windows-1252.
pub(super) fn doubtful_word(text: &str, encoding: &'static Encoding) -> Option<String> {
    if encoding != WINDOWS_1252 || text.is_ascii() {
        return None;
    }
    let mut words = text.split(|letter: char| {
        letter.is_whitespace() || letter.is_ascii_punctuation() || letter.is_ascii_digit()
    });
    words.find(|word| is_doubtful(word)).map(str::to_owned)
}

/// Whether a sign, or a capital among small letters, stands between two letters.
fn is_doubtful(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(3).any(|around| {
        let [before, letter, after] = around else {
            return false;
        };
        let is_sign = SIGNS.contains(letter) || matches!(letter, '\u{80}'..='\u{9f}');
        let is_capital = matches!(letter, 'Š' | 'Œ' | 'Ž' | 'Ÿ');
        let is_inside = before.is_alphabetic() && after.is_alphabetic();
        let is_small = before.is_lowercase() || after.is_lowercase();
        is_inside && (is_sign || is_capital && is_small)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_other_encodings_are_seen_inside_words() {
        for (text, word) in [
            ("id;Ort\n1;M\u{81}nchen\n", Some("M\u{81}nchen")),
            ("id;Ort\n1;K”ln\n", Some("K”ln")),
            ("1;Bl„tter", Some("Bl„tter")),
            ("1;MŸnchen", Some("MŸnchen")),
            ("1;CafŽ du Nord; BŽarn", Some("BŽarn")),
            ("1;München;Škoda;„Zur Post“;5 €;A–B;l’eau;Œuvre;ŠKODA", None),
        ] {
            assert_eq!(doubtful_word(text, WINDOWS_1252).as_deref(), word, "{text}");
        }
        assert_eq!(doubtful_word("K”ln", encoding_rs::UTF_8), None);
    }
}
