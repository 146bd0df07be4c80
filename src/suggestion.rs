//! "Did you mean …?": the known name closest to a wrong one.

use std::fmt;

use crate::text::name_key;

/// The lowest similarity (Jaro-Winkler, 1990; 1 means equal) at which a name is suggested.
const MIN_SIMILARITY: f64 = 0.8;

/// After this many known names, only those with the first letter of the wrong name are compared:
/// keeps a file full of errors against a large taxonomy cheap.
const ALWAYS_COMPARED: usize = 5_000;

/// Longer names, in bytes, are not compared: a comparison takes quadratic time.
const LONGEST_NAME: usize = 128;

/// The most work of one search, as the sum of the products of the compared names' lengths.
const MAX_WORK: usize = 5_000_000;

/// The known name most similar to a wrong one, if any is similar enough.
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
    /// A name that is meant for sure.
    pub(crate) fn of(name: &str) -> Self {
        Self(Some(name.into()))
    }

    /// The name in `known` that is most similar to `wrong`, the first one if several are equally
    /// similar. A path also counts as similar if its end is, of as many segments as the wrong name has. Linear in the number of
    /// known names; names over 128 bytes are ignored.
    pub fn among<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        if wrong.len() > LONGEST_NAME {
            return Self::default();
        }
        let key = name_key(wrong);
        let initial = key.chars().next();
        let segments = key.split('/').count();
        let mut best: Option<(f64, &str)> = None;
        let mut work_left = MAX_WORK;
        let known = known.into_iter().filter(|name| name.len() <= LONGEST_NAME);
        for (index, name) in known.enumerate() {
            let known_key = name_key(name);
            if index >= ALWAYS_COMPARED && known_key.chars().next() != initial {
                continue;
            }
            match work_left.checked_sub(key.len() * known_key.len()) {
                Some(left) => work_left = left,
                None => break,
            }
            let end = last_segments(&known_key, segments);
            let similarity =
                strsim::jaro_winkler(&key, &known_key).max(0.99 * strsim::jaro_winkler(&key, end));
            if similarity >= MIN_SIMILARITY && best.is_none_or(|(so_far, _)| similarity > so_far) {
                best = Some((similarity, name));
            }
        }
        Self(best.map(|(_, name)| Box::from(name)))
    }

    /// The suggested name.
    pub fn name(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

/// The last segments of a path; the whole of it if it has no more.
fn last_segments(path: &str, count: usize) -> &str {
    let mut slashes = path.rmatch_indices('/');
    let before = slashes.nth(count.saturating_sub(1));
    before.map_or(path, |(slash, _)| path.get(slash + 1..).unwrap_or(path))
}

/// Makes suggestions for the first hundred wrong names only: a file with a million wrong names must
/// not cost a million searches.
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
        assert_eq!(
            Suggestion::among("north/bejing", known).name(),
            Some("cn/north/beijing")
        );
        assert_eq!(
            Suggestion::among("east/shanghai", ["cn/east", "cn/east/shanghai"]).name(),
            Some("cn/east/shanghai")
        );
        assert_eq!(Suggestion::among("atlantis", known).name(), None);
    }
}
