//! Reading filter logic and formulas from left to right.

use crate::salesforce::limits::MAX_LOGIC_NESTING;

/// What is wrong with the text of filter logic or a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::salesforce) enum SyntaxError {
    /// Something else was expected at that character, the first being 1.
    At {
        character: usize,
        expected: &'static str,
    },
    /// Parentheses, functions and negations nest too deep.
    TooDeep,
}

/// A text that is read from left to right, and how deep the reader is in it.
pub(in crate::salesforce) struct Cursor<'t> {
    text: &'t str,
    rest: &'t str,
    depth: usize,
}

impl<'t> Cursor<'t> {
    pub(in crate::salesforce) fn new(text: &'t str) -> Self {
        Self {
            text,
            rest: text,
            depth: 0,
        }
    }

    /// What is left, white space in front removed.
    pub(in crate::salesforce) fn rest(&mut self) -> &'t str {
        self.rest = self.rest.trim_start();
        self.rest
    }

    /// Takes a sign if it comes next.
    pub(in crate::salesforce) fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest().strip_prefix(sign);
        if let Some(rest) = rest {
            self.rest = rest;
        }
        rest.is_some()
    }

    /// Takes the characters that fit; perhaps none.
    pub(in crate::salesforce) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let (taken, left) = rest.split_at(rest.find(|it| !fits(it)).unwrap_or(rest.len()));
        self.rest = left;
        taken
    }

    /// Takes a word if it comes next, in any case.
    pub(in crate::salesforce) fn take_word(&mut self, word: &str) -> bool {
        let before = self.rest();
        let taken = self
            .take_while(char::is_alphabetic)
            .eq_ignore_ascii_case(word);
        if !taken {
            self.rest = before;
        }
        taken
    }

    /// Takes one character.
    pub(in crate::salesforce) fn take_any(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next();
        self.rest = characters.as_str();
        character
    }

    pub(in crate::salesforce) fn unexpected(&self, expected: &'static str) -> SyntaxError {
        let passed = self.text.len().saturating_sub(self.rest.len());
        let character = 1 + self
            .text
            .get(..passed)
            .map_or(0, |passed| passed.chars().count());
        SyntaxError::At {
            character,
            expected,
        }
    }

    /// Reads something one level deeper.
    pub(in crate::salesforce) fn deeper<R>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<R, SyntaxError>,
    ) -> Result<R, SyntaxError> {
        if self.depth >= MAX_LOGIC_NESTING {
            return Err(SyntaxError::TooDeep);
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }
}
