//! "Did you mean …?"

use std::fmt;

use crate::text::name_key;

/// How alike (Jaro-Winkler, 1990; 1 = equal) a name must be to be worth suggesting.
const ALIKE: f64 = 0.8;

/// Beyond this many known names only those with the same first letter are compared, so that a
/// file full of errors against a large taxonomy stays cheap.
const MANY: usize = 5_000;

/// Longer names, in bytes, are not compared: the comparison is quadratic in their lengths.
const LONG: usize = 128;

/// A search compares names until the products of their lengths come to this.
const WORK: usize = 5_000_000;

/// The known name most like a wrong one, if any is close.
///
/// ```
/// use leadtree::Suggestion;
///
/// let near = Suggestion::among("manufactring", ["energy", "manufacturing"]);
/// assert_eq!(near.name(), Some("manufacturing"));
/// assert_eq!(near.to_string(), "; did you mean `manufacturing`?");
/// assert_eq!(Suggestion::among("x", ["energy"]).to_string(), "");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestion(Option<Box<str>>);

impl Suggestion {
    /// The best of `known` for the name `wrong`; the first of equals. Linear in the known names;
    /// those over 128 bytes are passed over.
    pub fn among<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        if wrong.len() > LONG {
            return Self::default();
        }
        let key = name_key(wrong);
        let initial = key.chars().next();
        let mut best: Option<(f64, &str)> = None;
        let mut work_left = WORK;
        let known = known.into_iter().filter(|name| name.len() <= LONG);
        for (index, name) in known.enumerate() {
            let known_key = name_key(name);
            if index >= MANY && known_key.chars().next() != initial {
                continue;
            }
            match work_left.checked_sub(key.len() * known_key.len()) {
                Some(left) => work_left = left,
                None => break,
            }
            let last = known_key.rsplit('/').next().unwrap_or(&known_key);
            let alike =
                strsim::jaro_winkler(&key, &known_key).max(0.99 * strsim::jaro_winkler(&key, last));
            if alike >= ALIKE && best.is_none_or(|(so_far, _)| alike > so_far) {
                best = Some((alike, name));
            }
        }
        Self(best.map(|(_, name)| Box::from(name)))
    }

    /// The suggested name.
    pub fn name(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

/// Gives suggestions until it has searched enough: a file of a million wrong names is not worth a
/// million searches.
#[derive(Debug)]
pub(crate) struct Suggester {
    searches_left: usize,
}

impl Default for Suggester {
    fn default() -> Self {
        Self { searches_left: 100 }
    }
}

impl Suggester {
    pub(crate) fn among<'a>(
        &mut self,
        wrong: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Suggestion {
        let Some(searches_left) = self.searches_left.checked_sub(1) else {
            return Suggestion::default();
        };
        self.searches_left = searches_left;
        Suggestion::among(wrong, known)
    }
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(name) => write!(f, "; did you mean `{name}`?"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_segment_of_a_path_is_enough() {
        let known = ["cn/east/shanghai", "cn/north/beijing"];
        assert_eq!(
            Suggestion::among("Shangai", known).name(),
            Some("cn/east/shanghai")
        );
        assert_eq!(Suggestion::among("atlantis", known).name(), None);
    }
}
