//! Unique names.

use std::collections::{HashMap, HashSet};

/// Hands out names without duplicates.
#[derive(Debug, Default)]
pub(super) struct UniqueNames {
    taken: HashSet<String>,
    /// The next number to try for each name.
    next: HashMap<String, u64>,
}

impl UniqueNames {
    /// Reserves a name; `false` if it is taken.
    pub(super) fn take(&mut self, name: &str) -> bool {
        !self.taken.contains(name) && self.taken.insert(name.to_owned())
    }

    /// The name itself or, if it is taken, its first numbered form from 2 on that is free. Numbers
    /// are not tried again, so equal names take no longer than different ones.
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
