//! Reading filter logic and formulas from left to right.

/// Maximum nesting of filter logic and formulas. Conditions made from them stay below
/// [`MAX_NESTING`](crate::limits::MAX_NESTING).
pub const MAX_LOGIC_NESTING: usize = 24;

/// A syntax error in filter logic or a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::salesforce) enum SyntaxError {
    /// Something else was expected at this character, counted from 1.
    At {
        character: usize,
        expected: &'static str,
    },
    /// Parentheses, functions and negations are nested too deep.
    TooDeep,
}

/// A position in a text that is read from left to right, with the current nesting.
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

    /// The rest of the text, without leading white space.
    pub(in crate::salesforce) fn rest(&mut self) -> &'t str {
        self.rest = self.rest.trim_start();
        self.rest
    }

    /// Consumes a sign if it comes next.
    pub(in crate::salesforce) fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest().strip_prefix(sign);
        if let Some(rest) = rest {
            self.rest = rest;
        }
        rest.is_some()
    }

    /// Consumes characters while they fit; possibly none.
    pub(in crate::salesforce) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let (taken, left) = rest.split_at(rest.find(|it| !fits(it)).unwrap_or(rest.len()));
        self.rest = left;
        taken
    }

    /// Consumes a word if it comes next, ignoring case.
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

    /// Consumes one character.
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

    /// Runs `read` one level deeper.
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
