//! Finds tags that meet several tests at once.

use std::collections::BTreeSet;

use super::budget::SearchBudget;
use super::search::Search;
use crate::limits::MAX_TAGS;
use crate::policy::AttributeTest;

/// At most this many choices are tried.
const MOST_CHOICES: usize = 1 << 12;

/// A set of tags for which every test gives the required answer.
///
/// Tags that must all be present are chosen from the start. Of each list of which one tag must be present,
/// one is chosen after the other, with backtracking where a choice violates a test. The search is exact,
/// because adding tags never undoes a test that is met already.
pub(super) fn tags<'a>(
    tests: &[(&'a AttributeTest, bool)],
    budget: &mut SearchBudget,
) -> Search<BTreeSet<&'a str>> {
    let mut wanted = TagsWanted::default();
    let mut chosen: BTreeSet<&str> = BTreeSet::new();
    for (test, answer) in tests {
        let AttributeTest::Tags { all, tags } = test else {
            return Search::Unknown;
        };
        let tags = tags.iter().map(|tag| &**tag);
        match (all, answer) {
            (true, true) => chosen.extend(tags),
            (false, false) => wanted.forbidden.extend(tags),
            (false, true) => wanted.lists.push(tags.collect()),
            (true, false) => wanted.incomplete.push(tags.collect()),
        }
    }
    let mut choices = MOST_CHOICES;
    match wanted.choose(&chosen, &mut choices, budget) {
        Some(tags) if tags.len() <= MAX_TAGS => Search::Found(tags),
        None if choices > 0 => Search::Nothing,
        // More tags than the limit would be unlisted.
        Some(_) if chosen.len() > MAX_TAGS => Search::Nothing,
        _ => Search::Unknown,
    }
}

#[derive(Default)]
struct TagsWanted<'a> {
    forbidden: BTreeSet<&'a str>,
    /// At least one tag of each list must be present.
    lists: Vec<Vec<&'a str>>,
    /// At least one tag of each set must be absent.
    incomplete: Vec<BTreeSet<&'a str>>,
}

impl<'a> TagsWanted<'a> {
    /// The chosen tags with further ones, so that every test gives the required answer; `None` if there are
    /// none or no choices are left.
    /// `choices` is 0 after a search that was given up.
    fn choose(
        &self,
        chosen: &BTreeSet<&'a str>,
        choices: &mut usize,
        budget: &mut SearchBudget,
    ) -> Option<BTreeSet<&'a str>> {
        let lists = self.lists.iter().map(Vec::len).sum::<usize>();
        let incomplete = self.incomplete.iter().map(BTreeSet::len).sum::<usize>();
        let mut stack = vec![chosen.clone()];
        while let Some(chosen) = stack.pop() {
            let compared = 1 + chosen.len() + lists + incomplete;
            *choices = choices.saturating_sub(1);
            if *choices == 0 || !budget.spend(compared) {
                *choices = 0;
                return None;
            }
            let is_spoilt = !chosen.is_disjoint(&self.forbidden)
                || self.incomplete.iter().any(|tags| tags.is_subset(&chosen));
            if is_spoilt {
                continue;
            }
            let mut open = self.lists.iter();
            let open = open.find(|tags| !tags.iter().any(|tag| chosen.contains(tag)));
            let Some(open) = open else {
                return Some(chosen);
            };
            for tag in open.iter().rev() {
                let mut next = chosen.clone();
                next.insert(tag);
                stack.push(next);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_if_and_only_if_some_set_meets_the_tests() {
        let lists = [
            &["a"][..],
            &["b"],
            &["a", "b"],
            &["b", "c"],
            &["a", "b", "c"],
        ];
        let mut random = fastrand::Rng::with_seed(1);
        let (mut found, mut nothing) = (0, 0);
        for _ in 0..5_000 {
            let tests: Vec<(AttributeTest, bool)> = (0..random.usize(1..6))
                .map(|_| {
                    let tags = lists[random.usize(..lists.len())];
                    let tags = tags.iter().map(|tag| Box::from(*tag)).collect();
                    let all = random.bool();
                    (AttributeTest::Tags { all, tags }, random.bool())
                })
                .collect();
            let meets = |tags: &[&str]| {
                tests.iter().all(|(test, answer)| {
                    let AttributeTest::Tags { all, tags: wanted } = test else {
                        return false;
                    };
                    let has = |tag: &str| tags.contains(&tag);
                    let holds = if *all {
                        wanted.iter().all(|tag| has(tag))
                    } else {
                        wanted.iter().any(|tag| has(tag))
                    };
                    holds == *answer
                })
            };
            let subsets = (0..8).map(|bits| {
                let tags = ["a", "b", "c"].into_iter().enumerate();
                let tags = tags.filter(|(place, _)| bits >> place & 1 == 1);
                tags.map(|(_, tag)| tag).collect::<Vec<_>>()
            });
            let expected = subsets.into_iter().any(|tags| meets(&tags));
            let borrowed: Vec<_> = tests.iter().map(|(test, answer)| (test, *answer)).collect();
            match tags(&borrowed, &mut SearchBudget::new()) {
                Search::Found(tags) => {
                    found += 1;
                    let tags: Vec<&str> = tags.into_iter().collect();
                    assert!(meets(&tags), "{tests:?}: {tags:?}");
                }
                Search::Nothing => {
                    nothing += 1;
                    assert!(!expected, "{tests:?}");
                }
                Search::Unknown => unreachable!("a few tests are settled"),
            }
        }
        assert!(found > 500 && nothing > 500, "{found} {nothing}");
    }
}
