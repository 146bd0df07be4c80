//! UniqueNames of which no two are the same.

use std::collections::{HashMap, HashSet};

/// Hands out every name once.
#[derive(Debug, Default)]
pub(super) struct UniqueNames {
    taken: HashSet<String>,
    /// The number to try next, by the name that is numbered.
    next: HashMap<String, u64>,
}

impl UniqueNames {
    /// Takes the name; false if somebody has it.
    pub(super) fn take(&mut self, name: &str) -> bool {
        !self.taken.contains(name) && self.taken.insert(name.to_owned())
    }

    /// The name itself, or the first of its numbered forms, from 2 on, that nobody has. Numbers that
    /// were tried are not tried again, so many equal names take no longer than many different ones.
    pub(super) fn fresh(&mut self, name: String, numbered: impl Fn(&str, u64) -> String) -> String {
        if self.take(&name) {
            return name;
        }
        let mut number = self.next.get(&name).copied().unwrap_or(2);
        let fresh = loop {
            let form = numbered(&name, number);
            number += 1;
            if self.take(&form) {
                break form;
            }
        };
        self.next.insert(name, number);
        fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_numbered_past_those_that_are_taken() {
        let mut names = UniqueNames::default();
        let wishes = ["a", "a (2)", "a", "a", "b", "a (2)"];
        let given = wishes
            .map(|wish| names.fresh(wish.to_owned(), |name, number| format!("{name} ({number})")));
        assert_eq!(given, ["a", "a (2)", "a (3)", "a (4)", "b", "a (2) (2)"]);
        assert!(!names.take("b") && names.take("c"));
    }
}
