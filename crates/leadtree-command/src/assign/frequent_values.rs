//! The most frequent values of many.

use std::collections::HashMap;

use leadtree::text::name_key;

use super::ranked::ranked;

/// How many values are kept at most.
const MOST: usize = 1_000;

/// Longer values are cut to this many characters.
const LONGEST: usize = 80;

/// The most frequent values, counted regardless of case and spaces, in bounded memory.
///
/// Up to a thousand distinct values are counted exactly. Beyond, rare ones are dropped, and each count may
/// be too small by at most a five-hundredth of all values (Misra and Gries 1982).
#[derive(Default)]
pub(crate) struct FrequentValues {
    /// For the key of each text, its first spelling, and how often it occurred in any.
    counts: HashMap<String, (String, u64)>,
    /// By how much counts may be too small.
    missed: u64,
}

impl FrequentValues {
    pub(crate) fn count(&mut self, value: &str) {
        let value = cut(value);
        let key = name_key(value);
        if let Some((_, count)) = self.counts.get_mut(&key) {
            *count += 1;
            return;
        }
        if self.counts.len() >= MOST {
            self.drop_half();
        }
        self.counts.insert(key, (value.to_owned(), 1));
    }

    /// Takes from every count as much as the rarer half has, and drops what has nothing left.
    fn drop_half(&mut self) {
        let mut counts: Vec<_> = self.counts.values().map(|(_, count)| *count).collect();
        counts.sort_unstable();
        let taken = counts.get(MOST / 2).copied().unwrap_or(1);
        self.missed += taken;
        self.counts.retain(|_, (_, count)| {
            *count = count.saturating_sub(taken);
            *count > 0
        });
    }

    /// The most frequent ones first.
    pub(crate) fn ranked(&self) -> Vec<(&str, u64)> {
        let counts = self.counts.values();
        ranked(counts.map(|(value, count)| (value.as_str(), *count)))
    }

    /// Whether counts are exact.
    pub(crate) fn is_exact(&self) -> bool {
        self.missed == 0
    }
}

fn cut(value: &str) -> &str {
    let end = value.char_indices().nth(LONGEST);
    end.and_then(|(end, _)| value.get(..end)).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_values_stay_among_any_number_of_rare_ones() {
        let mut values = FrequentValues::default();
        for number in 0..100_000 {
            values.count(&format!("rare {number}"));
            if number % 10 == 0 {
                values.count(" Often");
            }
            if number % 20 == 0 {
                values.count("some times");
            }
        }
        assert!(values.counts.len() <= MOST);
        let ranked = values.ranked();
        let names: Vec<_> = ranked.iter().take(2).map(|(name, _)| *name).collect();
        assert_eq!(names, [" Often", "some times"]);
        // 10,000 of 115,000, less a five-hundredth of these.
        assert!((9_770..=10_000).contains(&ranked[0].1), "{}", ranked[0].1);
        assert!(!values.is_exact());
    }

    #[test]
    fn few_values_are_counted_exactly() {
        let mut values = FrequentValues::default();
        for value in ["Bavaria", "bavaria ", "x", "x"] {
            values.count(value);
        }
        assert_eq!(values.ranked(), [("Bavaria", 2), ("x", 2)]);
        assert!(values.is_exact());
        values.count(&"é".repeat(1_000));
        assert!(
            values
                .ranked()
                .iter()
                .all(|(value, _)| value.chars().count() <= LONGEST)
        );
    }
}
