//! And, or, not over anything: the shape of filter logic and of formulas.

use std::collections::BTreeSet;

use super::limits::MAX_LOGIC_NESTING;
use crate::rule::{Condition, all, any};

/// A combination of tests. An empty `All` always holds, an empty `Any` never.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Logic<T> {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Test(T),
}

/// The condition that no lead meets.
pub(super) fn never() -> Condition {
    !Condition::always()
}

impl<T> Logic<T> {
    /// The condition that has `test` of each test in it; a test without one is left out, and so is
    /// what then is empty. `test` is told whether it stands under an odd number of `Not`.
    pub(super) fn condition(
        &self,
        negated: bool,
        test: &mut impl FnMut(&T, bool) -> Option<Condition>,
    ) -> Option<Condition> {
        let mut parts = |parts: &[Self]| -> Vec<Condition> {
            parts
                .iter()
                .filter_map(|part| part.condition(negated, test))
                .collect()
        };
        match self {
            Self::Test(it) => test(it, negated),
            Self::Not(part) => Some(!part.condition(!negated, test)?),
            Self::All(of) if of.is_empty() => Some(Condition::always()),
            Self::Any(of) if of.is_empty() => Some(never()),
            Self::All(of) => {
                let parts = parts(of);
                (!parts.is_empty()).then(|| all(parts))
            }
            Self::Any(of) => {
                let parts = parts(of);
                (!parts.is_empty()).then(|| any(parts))
            }
        }
    }

    /// The same combination of other tests, in order.
    pub(super) fn map<U>(self, change: &mut impl FnMut(T) -> U) -> Logic<U> {
        let mut all = |parts: Vec<Self>| parts.into_iter().map(|part| part.map(change)).collect();
        match self {
            Self::All(parts) => Logic::All(all(parts)),
            Self::Any(parts) => Logic::Any(all(parts)),
            Self::Not(part) => Logic::Not(Box::new(part.map(change))),
            Self::Test(it) => Logic::Test(change(it)),
        }
    }

    /// Shows every test in it, in order.
    fn each(&self, show: &mut impl FnMut(&T)) {
        match self {
            Self::Test(it) => show(it),
            Self::Not(part) => part.each(show),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.each(show);
                }
            }
        }
    }
}

impl Logic<usize> {
    /// The numbers in it.
    pub(super) fn named(&self) -> BTreeSet<usize> {
        let mut named = BTreeSet::new();
        self.each(&mut |&number| {
            named.insert(number);
        });
        named
    }
}

/// What is wrong with the text of filter logic or a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// Something else was expected at that character, the first being 1.
    At {
        character: usize,
        expected: &'static str,
    },
    /// Parentheses, functions and negations nest too deep.
    TooDeep,
}

/// A text that is read from left to right, and how deep the reader is in it.
pub(super) struct Cursor<'t> {
    text: &'t str,
    rest: &'t str,
    depth: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            rest: text,
            depth: 0,
        }
    }

    /// What is left, white space in front removed.
    pub(super) fn rest(&mut self) -> &'t str {
        self.rest = self.rest.trim_start();
        self.rest
    }

    /// Takes a sign if it comes next.
    pub(super) fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest().strip_prefix(sign);
        if let Some(rest) = rest {
            self.rest = rest;
        }
        rest.is_some()
    }

    /// Takes the characters that fit; perhaps none.
    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let (taken, left) = rest.split_at(rest.find(|it| !fits(it)).unwrap_or(rest.len()));
        self.rest = left;
        taken
    }

    /// Takes a word if it comes next, in any case.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
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
    pub(super) fn take_any(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next();
        self.rest = characters.as_str();
        character
    }

    pub(super) fn unexpected(&self, expected: &'static str) -> Unreadable {
        let passed = self.text.len().saturating_sub(self.rest.len());
        let character = 1 + self
            .text
            .get(..passed)
            .map_or(0, |passed| passed.chars().count());
        Unreadable::At {
            character,
            expected,
        }
    }

    /// Reads something one level deeper.
    pub(super) fn deeper<R>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<R, Unreadable>,
    ) -> Result<R, Unreadable> {
        if self.depth >= MAX_LOGIC_NESTING {
            return Err(Unreadable::TooDeep);
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }
}
