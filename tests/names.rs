//! Names in any script and spelling follow the plain rule: invisible characters and white space are
//! ignored, typographic signs are plain ones, and the normal form NFKC is folded by Unicode's simple case
//! folding. `spellings` has examples of what the rule is for.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fmt::Debug;
use std::ops::RangeInclusive;

use leadtree::dimension::{BandsDraft, Listed, Resolved, StageDraft, StagesDraft, Taxonomy, Via};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use unicode_normalization::UnicodeNormalization;

/// A plain implementation of the rule.
fn key(name: &str) -> String {
    let folded = |character| {
        let folded = unicode_case_mapping::case_folded(character);
        folded.map_or(character, |folded| char::from_u32(folded.get()).unwrap())
    };
    let plain = |character| match character {
        '’' | '´' => '\'',
        '–' | '\u{2011}' => '-',
        _ => character,
    };
    let ignored = |character: &char| IGNORED.iter().any(|range| range.contains(character));
    let shown = name.chars().filter(|character| !ignored(character));
    let normal = shown.map(plain).nfkc();
    let kept = normal.filter(|character| !character.is_whitespace());
    // Composing may make a capital letter again: `İ` and a dot below.
    kept.map(folded).nfc().map(folded).collect()
}

/// What a text resolves to among names and aliases; the first one wins.
fn expected(names: &[String], aliases: &[String], text: &str) -> (Listed<usize>, Via) {
    let wanted = key(text);
    let find = |names: &[String]| names.iter().position(|name| key(name) == wanted);
    if wanted.is_empty() {
        (Listed::Missing, Via::Itself)
    } else if let Some(index) = find(names) {
        (Listed::Known(index), Via::Itself)
    } else if let Some(index) = find(aliases) {
        (Listed::Known(index), Via::Alias)
    } else {
        (Listed::Unlisted, Via::Itself)
    }
}

/// The characters that are ignored: Unicode's `Default_Ignorable_Code_Point`.
const IGNORED: [RangeInclusive<char>; 17] = [
    '\u{ad}'..='\u{ad}',
    '\u{34f}'..='\u{34f}',
    '\u{61c}'..='\u{61c}',
    '\u{115f}'..='\u{1160}',
    '\u{17b4}'..='\u{17b5}',
    '\u{180b}'..='\u{180f}',
    '\u{200b}'..='\u{200f}',
    '\u{202a}'..='\u{202e}',
    '\u{2060}'..='\u{206f}',
    '\u{3164}'..='\u{3164}',
    '\u{fe00}'..='\u{fe0f}',
    '\u{feff}'..='\u{feff}',
    '\u{ffa0}'..='\u{ffa0}',
    '\u{fff0}'..='\u{fff8}',
    '\u{1bca0}'..='\u{1bca3}',
    '\u{1d173}'..='\u{1d17a}',
    '\u{e0000}'..='\u{e0fff}',
];

/// Ordinary characters, and some that are easy to get wrong.
const ODD: [char; 53] = [
    '\u{200d}', '\u{ad}', '\u{feff}', '\u{323}', '\u{3099}', '\u{1161}', '\u{11a8}', '가', 'か',
    '’', '´', '–', '\0', '\u{1}', '\u{1f}', '\u{7f}', '\u{85}', '\u{a0}', '\u{2003}', '\u{200b}',
    '\u{3000}', 'Ａ', 'ａ', '１', '上', '海', '华', '東', 'の', 'ア', '한', '국', 'Σ', 'σ', 'ς',
    'Ж', 'ж', 'ß', 'ẞ', 'İ', 'ı', 'ſ', '\u{212a}', '\u{301}', '\u{308}', 'Ꭰ', 'ꭰ', 'Ⱥ', 'ⱥ', 'Ꙁ',
    '𐐀', '𐐨', '😀',
];

fn character() -> impl Strategy<Value = char> {
    prop_oneof![
        8 => select(('!'..='~').filter(|&character| character != '/').collect::<Vec<_>>()),
        2 => select(vec![' ', '\t', '\n', '\u{b}', '\u{c}', '\r']),
        3 => select(ODD.to_vec()),
        1 => any::<char>().prop_filter("no separator", |&character| !key(&character.to_string()).contains('/')),
    ]
}

fn name() -> impl Strategy<Value = String> {
    let text = |length| vec(character(), length).prop_map(|name| name.into_iter().collect());
    let plain = |length| {
        vec(
            select(
                ('a'..='z')
                    .chain('0'..='9')
                    .chain(['-', '_'])
                    .collect::<Vec<_>>(),
            ),
            length,
        )
        .prop_map(|name| name.into_iter().collect())
    };
    prop_oneof![3 => text(0..20), 3 => plain(1..40), 1 => text(100..160), 1 => plain(120..260)]
}

/// Distinct names, none of them blank.
fn different(count: usize) -> impl Strategy<Value = Vec<String>> {
    vec(name(), 2..count).prop_map(|names| {
        let mut different: Vec<String> = Vec::new();
        for name in names {
            let is_new = different.iter().all(|known| key(known) != key(&name));
            if is_new && !key(&name).is_empty() {
                different.push(name);
            }
        }
        different
    })
}

/// The name in another case, with white space inserted.
fn respelt(name: &str, spelling: &[(u8, char)]) -> String {
    let mut text = String::new();
    for (character, &(how, blank)) in name.chars().zip(spelling.iter().cycle()) {
        match how {
            0 => text.extend([blank, character]),
            1 => text.extend(one(character, character.to_uppercase())),
            2 => text.extend(one(character, character.to_lowercase())),
            _ => text.push(character),
        }
    }
    text
}

/// The other case, if that is one character with the same fold.
fn one(character: char, mut other: impl Iterator<Item = char>) -> Option<char> {
    let first = other.next().filter(|_| other.next().is_none());
    let same = |other: &char| key(&other.to_string()) == key(&character.to_string());
    first.filter(same).or(Some(character))
}

fn spelling() -> impl Strategy<Value = Vec<(u8, char)>> {
    let blank = select(vec![
        ' ', '\t', '\r', '\u{b}', '\u{a0}', '\u{3000}', '\u{2003}',
    ]);
    vec((0..8_u8, blank), 1..40)
}

/// Each name and alias as it is and respelled, and arbitrary texts.
fn texts(names: &[String], aliases: &[String], more: &[String], how: &[(u8, char)]) -> Vec<String> {
    let known = names.iter().chain(aliases);
    let known = known.flat_map(|name| [name.clone(), respelt(name, how)]);
    known.chain(more.iter().cloned()).collect()
}

fn check<T: Copy + Debug>(
    names: &[String],
    aliases: &[String],
    text: &str,
    found: Resolved<T>,
    index: impl Fn(T) -> usize,
) -> Result<(), TestCaseError> {
    let (value, via) = expected(names, aliases, text);
    prop_assert_eq!(found.value.map(index), value, "{:?}", text);
    prop_assert_eq!(found.via, via, "{:?}", text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_taxonomy_agrees_with_the_plain_rule(
        names in different(12), more in vec(name(), 8), how in spelling(),
    ) {
        let (names, aliases) = names.split_at(names.len().div_ceil(2));
        let mut draft = Taxonomy::draft().paths(names);
        for (name, alias) in names.iter().zip(aliases) {
            draft = draft.alias(name.as_str(), [alias.as_str()]);
        }
        let taxonomy = draft.build().unwrap();
        let position = |node| names.iter().position(|name| name.trim() == taxonomy.path(node));
        for text in texts(names, aliases, &more, &how) {
            check(names, aliases, &text, taxonomy.resolve(&text), |node| position(node).unwrap())?;
        }
    }

    #[test]
    fn stages_agree_with_the_plain_rule(
        names in different(12), more in vec(name(), 8), how in spelling(),
    ) {
        let (names, aliases) = names.split_at(names.len().div_ceil(2));
        let draft = names.iter().enumerate().map(|(index, name)| {
            StageDraft::new(name.as_str(), aliases.get(index).map(String::as_str))
        });
        let stages = draft.collect::<StagesDraft>().build().unwrap();
        let position = |stage| names.iter().position(|name| name.trim() == stages.name(stage));
        for text in texts(names, aliases, &more, &how) {
            check(names, aliases, &text, stages.resolve(&text), |stage| position(stage).unwrap())?;
        }
    }

    #[test]
    fn bands_agree_with_the_plain_rule(
        names in different(8), more in vec(name(), 8), how in spelling(),
    ) {
        let mut draft = BandsDraft::default();
        for (index, name) in (1..).zip(&names) {
            draft = draft.band(name.as_str(), index..=index);
        }
        let bands = draft.build().unwrap();
        for text in texts(&names, &[], &more, &how) {
            let (value, _) = expected(&names, &[], &text);
            let index = bands.range(&text).map(|range| *range.start() as usize - 1);
            prop_assert_eq!(index, value.known(), "{:?}", text);
        }
    }
}
