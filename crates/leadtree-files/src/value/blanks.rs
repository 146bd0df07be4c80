//! Words that stand for no value.

/// The words that stand for no value, unless a mapping lists others; capitals do not matter. They do where a
/// dimension, number, flag or date is expected: in free texts, and where a policy has a value of this name,
/// they are taken as they are.
pub const DEFAULT_BLANKS: [&str; 13] = [
    "N/A", "#N/A", "-", "--", "–", "—", "NULL", "(null)", "(blank)", "NaN", "--None--", "Select",
    "#REF!",
];

/// The words that stand for no value.
#[derive(Debug, Clone)]
pub(crate) struct Blanks {
    words: Vec<Box<str>>,
    /// The length of the longest word, in bytes.
    longest: usize,
    /// By the first byte of a text, whether some word begins so.
    begins: [bool; 256],
}

impl Blanks {
    pub(crate) fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let words: Vec<Box<str>> = words.into_iter().map(|word| word.trim().into()).collect();
        let longest = words.iter().map(|word| word.len()).max();
        let mut begins = [false; 256];
        for byte in words.iter().filter_map(|word| word.bytes().next()) {
            begins[usize::from(byte.to_ascii_lowercase())] = true;
            begins[usize::from(byte.to_ascii_uppercase())] = true;
        }
        Self {
            longest: longest.unwrap_or(0),
            words,
            begins,
        }
    }

    /// The number of the word that a text without space around is, if it is one.
    #[inline]
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        // Most texts are none, which their first byte tells.
        let first = text.as_bytes().first();
        let may_be = first.is_none_or(|byte| self.begins[usize::from(*byte)]);
        (may_be && text.len() <= self.longest).then(|| self.position(text))?
    }

    fn position(&self, text: &str) -> Option<usize> {
        let mut words = self.words.iter();
        words.position(|word| word.eq_ignore_ascii_case(text))
    }

    /// A word by its number.
    pub(crate) fn word(&self, number: usize) -> &str {
        self.words.get(number).map_or("", |word| word)
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }
}
