//! Keys of texts that differ in what people take for the same spelling.

use std::iter;

use unicode_normalization::UnicodeNormalization;

use super::folded_text::fold_text;

/// German letters, and what is written for them where a keyboard lacks them.
const WRITTEN_OUT: [(char, &str); 3] = [('ä', "ae"), ('ö', "oe"), ('ü', "ue")];

/// The keys of a text: without what one person writes and another leaves out, which is accents, white space,
/// hyphens, underscores, apostrophes and full stops, with `ss` in place of `ß`; and where it has `ä`, `ö` or
/// `ü`, another one with `ae`, `oe` and `ue` in their place. Texts that have a key in common may be spellings of
/// one another.
///
/// Accents are those of Latin and Greek letters, and the dots of `ё`: elsewhere a mark makes another letter, as in
/// `й`. What stands between two digits is kept, since `1-10` is not `11-0`, and so is a sign in front of a
/// number, as in `-5`.
///
/// Texts that are compared as equal have the same keys, and some different texts do, too. Linear.
pub(crate) fn loose_keys(text: &str) -> impl Iterator<Item = String> {
    let folded = fold_text(text);
    let has_umlauts = folded.contains(WRITTEN_OUT.map(|(letter, _)| letter));
    let written_out = has_umlauts.then(|| {
        let mut written_out = folded.to_string();
        for (letter, letters) in WRITTEN_OUT {
            written_out = written_out.replace(letter, letters);
        }
        key(&written_out)
    });
    iter::once(key(&folded)).chain(written_out)
}

fn key(folded: &str) -> String {
    let mut key = String::with_capacity(folded.len());
    let mut left_out = None;
    let mut base = ' ';
    let mut before = ' ';
    for letter in folded.nfd() {
        let is_mark = matches!(letter, '\u{300}'..='\u{36f}');
        if is_mark && is_accent(letter, base) {
            continue;
        }
        let follows_white_space = before.is_whitespace();
        before = letter;
        if letter.is_whitespace() || matches!(letter, '-' | '_' | '\'' | '.') {
            let is_sign = follows_white_space && matches!(letter, '-' | '.');
            left_out = Some((letter, is_sign));
            continue;
        }
        let after_digit = key.ends_with(|last: char| last.is_ascii_digit());
        if let Some((between, is_sign)) = left_out.take()
            && (after_digit || is_sign)
            && letter.is_ascii_digit()
        {
            key.push(between);
        }
        if !is_mark {
            base = letter;
        }
        match letter {
            'ß' => key.push_str("ss"),
            letter => key.push(letter),
        }
    }
    key
}

/// Whether people leave the mark out, and mean the same letter.
fn is_accent(mark: char, base: char) -> bool {
    match base {
        'a'..='z' | '\u{df}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | 'α'..='ω' => true,
        'е' => mark == '\u{308}',
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::loose_keys;

    fn have_a_key_in_common(one: &str, other: &str) -> bool {
        loose_keys(one).any(|key| loose_keys(other).any(|other| other == key))
    }

    #[test]
    fn spellings_that_people_take_for_the_same() {
        for (one, other) in [
            ("Café", "cafe"),
            ("Việt Nam", "Viet Nam"),
            ("e-mail", "E Mail"),
            ("e_mail", "email"),
            ("Gross", "groß"),
            ("O’Brien", "OBrien"),
            ("U.S.", "us"),
            ("Ｗｅｂ", "web"),
            ("v 2", "v2"),
            ("v-2", "v2"),
            ("-web", "web"),
            ("Αθήνα", "αθηνα"),
            ("Ёлка", "елка"),
            ("Müller", "Muller"),
            ("Müller", "Mueller"),
            ("Mu\u{308}ller", "MUELLER"),
            ("Größe Ärzte", "groesse-aerzte"),
        ] {
            assert!(have_a_key_in_common(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("web", "webs"),
            ("1-10", "11-0"),
            ("1.5", "15"),
            ("-5", "5"),
            ("−5", "5"),
            ("from -5", "from 5"),
            (".5", "5"),
            ("か", "が"),
            ("йод", "иод"),
            ("їжа", "іжа"),
            ("ў", "у"),
            ("c", "c++"),
            ("neue", "neu"),
            ("Mueller", "Muller"),
        ] {
            assert!(!have_a_key_in_common(one, other), "{one} {other}");
        }
    }
}
