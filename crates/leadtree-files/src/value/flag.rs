//! Flags, as people and systems write them.

/// Words for yes and no, in lower case.
const WORDS: [(&str, bool); 46] = [
    ("true", true),
    ("false", false),
    ("yes", true),
    ("no", false),
    ("y", true),
    ("n", false),
    ("t", true),
    ("f", false),
    ("1", true),
    ("0", false),
    ("1.0", true),
    ("0.0", false),
    ("on", true),
    ("off", false),
    ("x", true),
    ("✓", true),
    ("✔", true),
    ("ja", true),
    ("nein", false),
    ("j", true),
    ("wahr", true),
    ("falsch", false),
    ("oui", true),
    ("non", false),
    ("o", true),
    ("vrai", true),
    ("faux", false),
    ("sí", true),
    ("si", true),
    ("sì", true),
    ("verdadero", true),
    ("falso", false),
    ("sim", true),
    ("não", false),
    ("nao", false),
    ("verdadeiro", true),
    ("vero", true),
    ("nee", false),
    ("tak", true),
    ("nie", false),
    ("是", true),
    ("否", false),
    ("有", true),
    ("无", false),
    ("はい", true),
    ("いいえ", false),
];

/// The flag that a text without space around stands for.
pub(crate) fn flag(text: &str) -> Option<bool> {
    let lower: String;
    let text = if text.is_ascii() {
        text
    } else {
        lower = text.to_lowercase();
        &lower
    };
    let mut words = WORDS.iter();
    let found = words.find(|(word, _)| word.eq_ignore_ascii_case(text));
    found.map(|(_, flag)| *flag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_of_many_systems() {
        for (text, expected) in [
            ("Yes", Some(true)),
            ("N", Some(false)),
            ("JA", Some(true)),
            ("Nein", Some(false)),
            ("oui", Some(true)),
            ("NON", Some(false)),
            ("是", Some(true)),
            ("否", Some(false)),
            ("1", Some(true)),
            ("0", Some(false)),
            ("X", Some(true)),
            ("SÍ", Some(true)),
            ("TRUE", Some(true)),
            ("maybe", None),
            ("2", None),
            ("", None),
        ] {
            assert_eq!(flag(text), expected, "{text}");
        }
    }
}
