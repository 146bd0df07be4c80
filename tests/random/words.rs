//! Words with many spellings that compare equal.

use fastrand::Rng;

use super::{one_in, pick};

/// A letter as it compares, and its spellings, from Unicode's `CaseFolding.txt`, statuses C and S, and
/// its normal form KC.
const LETTERS: &[(&str, &[&str])] = &[
    ("a", &["a", "A", "Ａ", "\u{200b}a", "A\u{ad}"]),
    ("b", &["b", "B"]),
    ("n", &["n", "N"]),
    ("k", &["k", "K", "\u{212a}"]),
    ("s", &["s", "S", "ſ"]),
    ("ß", &["ß", "ẞ"]),
    ("σ", &["σ", "Σ", "ς"]),
    ("ǆ", &["ǆ", "ǅ", "Ǆ"]),
    ("é", &["é", "É", "e\u{301}", "E\u{301}"]),
    ("İ", &["İ", "I\u{307}"]),
    ("ı", &["ı"]),
    ("海", &["海"]),
    ("7", &["7", "７"]),
    ("-", &["-", "–", "\u{2011}"]),
    ("'", &["'", "’", "´"]),
    ("𐐨", &["𐐨", "𐐀"]),
    (" ", SPACES),
];
const SPACE: usize = LETTERS.len() - 1;
const SPACES: &[&str] = &[" ", "\t", "\u{3000}", "\u{a0}", "\n", "  ", " \u{feff} "];

/// A word, as indices of its letters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Word(Vec<usize>);

impl Word {
    /// A name: letters without spaces. Few letters, so that names often coincide.
    pub fn name(random: &mut Rng) -> Self {
        let length = random.usize(1..=2);
        Self((0..length).map(|_| random.usize(..SPACE)).collect())
    }

    /// A text, possibly with spaces inside.
    pub fn text(random: &mut Rng) -> Self {
        let mut word = Self::name(random);
        if one_in(random, 3) {
            word.0.push(SPACE);
            word.0.extend(Self::name(random).0);
        }
        word
    }

    /// Joins two words.
    pub fn then(&self, other: &Self) -> Self {
        Self([&*self.0, &*other.0].concat())
    }

    /// The form that is compared.
    pub fn plain(&self) -> String {
        self.0.iter().map(|&letter| LETTERS[letter].0).collect()
    }

    /// A spelling as a name: any case, spaces anywhere.
    pub fn as_name(&self, random: &mut Rng) -> String {
        let mut written = String::new();
        let spaced = one_in(random, 4);
        for &letter in &self.0 {
            if spaced && random.bool() {
                written.push_str(pick::<&str>(random, SPACES));
            }
            written.push_str(pick::<&str>(random, LETTERS[letter].1));
        }
        if spaced {
            written.push_str(pick::<&str>(random, SPACES));
        }
        written
    }

    /// A spelling as a text: any case, spaces around it, more spaces inside.
    pub fn as_text(&self, random: &mut Rng) -> String {
        let mut written = String::new();
        let spaced = one_in(random, 4);
        if spaced {
            written.push_str(pick::<&str>(random, SPACES));
        }
        for &letter in &self.0 {
            written.push_str(pick::<&str>(random, LETTERS[letter].1));
        }
        if spaced {
            written.push_str(pick::<&str>(random, SPACES));
        }
        written
    }
}

/// A path in the form that is compared.
pub fn plain_path(names: &[Word]) -> String {
    names.iter().map(Word::plain).collect::<Vec<_>>().join("/")
}

/// A spelling of a path.
pub fn written_path(names: &[Word], random: &mut Rng) -> String {
    let names: Vec<String> = names.iter().map(|name| name.as_name(random)).collect();
    names.join("/")
}
