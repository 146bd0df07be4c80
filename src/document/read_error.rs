//! The error of reading a typed value from a document: what is wrong, and at which part.

use std::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};

use super::fault::FormFault;
use crate::suggestion::Suggestion;
use crate::text::{both_readings, cut};

/// At most this many fields are listed in a message.
const MOST_FIELDS: usize = 8;

/// Boxed, so that results stay small.
#[derive(Debug)]
pub(super) struct ReadError(Box<Located>);

#[derive(Debug)]
pub(super) struct Located {
    /// The positions of the parts around it, from the innermost to the outermost.
    pub(super) steps: Vec<usize>,
    /// Whether it is about the key at that position, not the value.
    pub(super) at_key: bool,
    pub(super) problem: Problem,
}

#[derive(Debug)]
pub(super) enum Problem {
    UnknownField {
        name: String,
        fields: &'static [&'static str],
    },
    Missing(&'static str),
    Twice(&'static str),
    Other(FormFault),
}

impl ReadError {
    pub(super) fn new(problem: Problem) -> Self {
        Self(Box::new(Located {
            steps: Vec::new(),
            at_key: false,
            problem,
        }))
    }

    fn wrong(found: &Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        let hint = hint(found, &expected);
        Self::new(Problem::Other(FormFault::WrongValue {
            expected: in_words(expected),
            found: described(found),
            hint,
        }))
    }

    /// A number with zeros in front, where it would be read without them.
    pub(super) fn leading_zeros(written: &str, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        let hint = if is_number(&expected) {
            "write it without the zeros in front"
        } else if is_text(&expected) {
            IN_QUOTES
        } else {
            "write it in quotes if it is a code, or else without the zeros in front"
        };
        Self::new(Problem::Other(FormFault::WrongValue {
            expected: in_words(expected),
            found: format!("`{}`", cut(written)),
            hint: Some(hint.to_owned()),
        }))
    }

    /// A number that may have a point between thousands.
    pub(super) fn thousands(written: &str, expected: &dyn Expected) -> Self {
        let [whole, decimal] = both_readings(written);
        Self::new(Problem::Other(FormFault::WrongValue {
            expected: in_words(expected.to_string()),
            found: format!("`{}`, which may be {whole} or {decimal}", cut(written)),
            hint: Some(format!("write {whole} or {decimal}, or a text in quotes")),
        }))
    }

    /// The error as one of the part around, which has it at this position.
    pub(super) fn inside(mut self, position: usize) -> Self {
        self.0.steps.push(position);
        self
    }

    /// The error as one of the key at this position.
    pub(super) fn of_key(mut self, position: usize) -> Self {
        self.0.at_key = true;
        self.inside(position)
    }

    pub(super) fn into_located(self) -> Located {
        *self.0
    }
}

impl Problem {
    /// The fault to report. `hint` says where a field belongs that is unknown in a map with these fields.
    pub(super) fn into_fault(
        self,
        hint: fn(name: &str, fields: &[&str]) -> Option<&'static str>,
    ) -> FormFault {
        match self {
            Self::UnknownField { name, fields } => {
                let hint = hint(&name, fields);
                let suggestion = match hint {
                    Some(_) => Suggestion::default(),
                    None => Suggestion::among(&name, fields.iter().copied()),
                };
                let listed = || {
                    let few = !fields.is_empty() && fields.len() <= MOST_FIELDS;
                    few.then(|| format!("write {}", one_of(fields)))
                };
                FormFault::UnknownField {
                    name: cut(&name),
                    suggestion,
                    hint: hint.map(str::to_owned).or_else(listed),
                }
            }
            Self::Missing(field) => FormFault::Missing {
                field: field.to_owned(),
            },
            Self::Twice(field) => FormFault::Twice {
                field: field.to_owned(),
            },
            Self::Other(fault) => fault,
        }
    }
}

impl Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0.problem)
    }
}

impl std::error::Error for ReadError {}

impl de::Error for ReadError {
    fn custom<T: Display>(message: T) -> Self {
        let message = message.to_string();
        Self::new(Problem::Other(FormFault::Other { message }))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::wrong(&found, expected)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::wrong(&found, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new(Problem::Other(FormFault::WrongValue {
            expected: in_words(expected.to_string()),
            found: format!("a list of {length}"),
            hint: None,
        }))
    }

    fn unknown_variant(word: &str, words: &'static [&'static str]) -> Self {
        Self::new(Problem::Other(FormFault::UnknownWord {
            word: cut(word),
            words: one_of(words),
            suggestion: Suggestion::among(word, words.iter().copied()),
        }))
    }

    fn unknown_field(name: &str, fields: &'static [&'static str]) -> Self {
        let name = name.to_owned();
        Self::new(Problem::UnknownField { name, fields })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(Problem::Missing(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(Problem::Twice(field))
    }
}

/// The remedy for a number or a flag where a text is expected.
const IN_QUOTES: &str = "write it in quotes";

/// What to write instead, if that is plain.
fn hint(found: &Unexpected<'_>, expected: &str) -> Option<String> {
    let text = match found {
        Unexpected::Str(text) => text.trim(),
        Unexpected::Bool(_)
        | Unexpected::Unsigned(_)
        | Unexpected::Signed(_)
        | Unexpected::Float(_)
            if is_text(expected) =>
        {
            return Some(IN_QUOTES.to_owned());
        }
        Unexpected::Unit | Unexpected::Option if is_text(expected) => {
            return Some("write one, or leave the field out".to_owned());
        }
        _ => return None,
    };
    let is_flag = expected == "a boolean" && matches!(text, "true" | "false");
    if is_flag || (is_number(expected) && text.parse::<f64>().is_ok()) {
        return Some("write it without quotes".to_owned());
    }
    if is_number(expected) && text.trim_start_matches(['-', '+']).starts_with(['.', ',']) {
        return Some("write a number with its digits".to_owned());
    }
    match expected {
        "a boolean" if matches!(text, "yes" | "on" | "y") => Some("write `true`".to_owned()),
        "a boolean" if matches!(text, "no" | "off" | "n") => Some("write `false`".to_owned()),
        "a sequence" if !text.is_empty() => Some(format!("write `[{}]`", cut(text))),
        _ => None,
    }
}

/// What serde's own readers expect, in the words of a policy's author.
fn in_words(expected: String) -> String {
    let words = match expected.as_str() {
        "a string" | "a borrowed string" => "a text",
        "a boolean" => "`true` or `false`",
        "u32" => "a whole number from 0 to 4294967295",
        "u64" => "a whole number from 0",
        "f64" => "a number",
        "a sequence" => "a list",
        "a tuple of size 2" => "a list of two values",
        it if it.starts_with("struct ") => "a map",
        _ => return expected,
    };
    words.to_owned()
}

/// Whether a text is expected, if only as one of several forms: an id, or a map with it.
fn is_text(expected: &str) -> bool {
    let words = [
        "a string",
        "a text or a list",
        "a name",
        "'s id, or ",
        "'s name, or ",
    ];
    words.iter().any(|word| expected.contains(word))
}

fn is_number(expected: &str) -> bool {
    matches!(expected, "u32" | "u64" | "f64")
}

fn described(found: &Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(flag) => format!("`{flag}`"),
        Unexpected::Unsigned(number) => format!("the number {number}"),
        Unexpected::Signed(number) => format!("the number {number}"),
        Unexpected::Float(number) => format!("the number {number}"),
        Unexpected::Char(character) => format!("the text `{character}`"),
        Unexpected::Str("") => "an empty text".to_owned(),
        Unexpected::Str(text) => format!("the text `{}`", cut(text)),
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map | Unexpected::StructVariant => "a map".to_owned(),
        _ => "something else".to_owned(),
    }
}

/// The names in a row: `a`, `b` or `c`.
pub(super) fn one_of(names: &[&str]) -> String {
    let mut text = String::new();
    for (index, name) in names.iter().enumerate() {
        let left = names.len() - index;
        text.push_str(match (index, left) {
            (0, _) => "",
            (_, 1) => " or ",
            _ => ", ",
        });
        text.push('`');
        text.push_str(name);
        text.push('`');
    }
    text
}
