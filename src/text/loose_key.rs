//! Keys of texts that differ in what people take for the same spelling.

use unicode_normalization::UnicodeNormalization;

use super::folded_text::fold_text;

/// A text without what one person writes and another leaves out: accents, white space, hyphens,
/// underscores, apostrophes and full stops; `ss` in place of `ß`. What stands between two digits is kept:
/// `1-10` is not `11-0`.
///
/// Texts that are compared as equal have one key, and some different texts do, too. Linear.
pub(crate) fn loose_key(text: &str) -> String {
    let folded = fold_text(text);
    let is_accent = |character: &char| matches!(character, '\u{300}'..='\u{36f}');
    let letters = folded.nfd().filter(|character| !is_accent(character));
    let mut key = String::with_capacity(folded.len());
    let mut left_out = None;
    for letter in letters {
        if letter.is_whitespace() || matches!(letter, '-' | '_' | '\'' | '.') {
            left_out = Some(letter);
            continue;
        }
        let after_digit = key.ends_with(|last: char| last.is_ascii_digit());
        if let Some(between) = left_out
            .take()
            .filter(|_| after_digit && letter.is_ascii_digit())
        {
            key.push(between);
        }
        match letter {
            'ß' => key.push_str("ss"),
            letter => key.push(letter),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::loose_key;

    #[test]
    fn spellings_that_people_take_for_the_same() {
        for (one, other) in [
            ("Café", "cafe"),
            ("e-mail", "E Mail"),
            ("e_mail", "email"),
            ("Gross", "groß"),
            ("O’Brien", "OBrien"),
            ("U.S.", "us"),
            ("Ｗｅｂ", "web"),
            ("v 2", "v2"),
        ] {
            assert_eq!(loose_key(one), loose_key(other), "{one} {other}");
        }
        for (one, other) in [
            ("web", "webs"),
            ("1-10", "11-0"),
            ("1.5", "15"),
            ("か", "が"),
            ("c", "c++"),
        ] {
            assert_ne!(loose_key(one), loose_key(other), "{one} {other}");
        }
    }
}
