//! Names and texts: what is equal, and that short cuts change nothing.

use std::borrow::Cow;

use proptest::prelude::*;
use proptest::sample::select;

use super::folded_text::{fold_any_text, fold_text};
use super::name_key::{ON_STACK, any_name_key, name_key, with_name_key};

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
