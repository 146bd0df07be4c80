//! Finds a text that meets several tests at once.

use std::collections::{BTreeSet, HashSet, VecDeque};

use foldhash::fast::FixedState;

use super::budget::SearchBudget;
use super::search::{Search, Wanted};
use crate::limits::MAX_TEXT_BYTES;
use crate::policy::{AttributeTest, TextOperator};
use crate::space::axes::{ClassSet, FIRST_KNOWN, TextCuts, narrow};
use crate::text::fold_text;

/// Before the search, at most this many texts are tried, made from at most this many classes.
const MOST_TRIED: usize = 256;
/// A search compares at most this many bytes.
const MOST_COMPARED: usize = 1 << 22;
/// There is a search only if the texts in the tests have at most this many bytes.
const MOST_BYTES: usize = 1 << 12;

/// A text in the required classes for which every test gives the required answer.
///
/// First a few likely texts are tried. Then the shortest text is found by breadth-first search over the
/// product of the automata of all tests (Aho and Corasick, 1975). A state consists of the prefix that named
/// texts and prefixes still follow, and of the suffix with which a text of `contains` or `ends with` may
/// begin. Two texts of one state give the same answers, whatever is appended to both. One character that is
/// in no test stands for all such characters.
pub(super) fn text(wanted: &Wanted<'_>, budget: &mut SearchBudget) -> Search<String> {
    let texts = Texts::of(wanted);
    for text in texts.likely() {
        if !budget.spend(texts.compared(&text)) {
            return Search::Unknown;
        }
        if texts.meet(&text) {
            return Search::Found(text);
        }
    }
    if texts.bytes() > MOST_BYTES {
        return Search::Unknown;
    }
    texts.search(budget)
}

struct Texts<'a> {
    ordered: Option<(&'a TextCuts, &'a ClassSet)>,
    tests: &'a [(&'a AttributeTest, bool)],
    /// Whole texts that tests name, in order.
    named: Vec<&'a str>,
    /// Prefixes that tests name, in order.
    starts: Vec<&'a str>,
    /// Texts of `contains` and `ends with`.
    parts: Vec<&'a str>,
    /// A character that is in no test.
    fresh: char,
}

/// What determines the answers for a text and for all its continuations.
#[derive(PartialEq, Eq, Hash)]
struct State {
    /// The whole text, as long as a named text or prefix may still begin with it; otherwise the length of the
    /// longest named prefix that it begins with.
    followed: Result<String, usize>,
    /// Its longest suffix with which one of the `parts` begins.
    end: String,
    /// For each `contains` test, whether it holds. `end` answers the tests of `ends with`.
    contains: Vec<bool>,
}

impl<'a> Texts<'a> {
    fn of(wanted: &'a Wanted<'a>) -> Self {
        let ordered = wanted.texts();
        let (mut named, mut starts) = (Vec::new(), Vec::new());
        for cut in ordered.map_or(&[][..], |(cuts, _)| cuts.texts()) {
            // After each text and each prefix there is a cut with one more byte.
            let Some((last, text)) = cut.split_last() else {
                continue;
            };
            let list = match last {
                0x00 => &mut named,
                0xFF => &mut starts,
                _ => continue,
            };
            list.extend(std::str::from_utf8(text).ok());
        }
        let parts = wanted.tests.iter().flat_map(|(test, _)| parts_of(test));
        let parts: Vec<&str> = parts.collect();
        let all = named.iter().chain(&starts).chain(&parts);
        let characters: BTreeSet<char> = all.flat_map(|text| text.chars()).collect();
        let mut fresh = ('a'..='z')
            .rev()
            .chain('0'..='9')
            .chain('\u{4e00}'..='\u{9fff}');
        let fresh = fresh.find(|character| !characters.contains(character));
        starts.sort_unstable();
        Self {
            ordered,
            tests: &wanted.tests,
            named,
            starts,
            parts,
            fresh: fresh.unwrap_or('-'),
        }
    }

    fn bytes(&self) -> usize {
        let all = self.named.iter().chain(&self.starts).chain(&self.parts);
        all.map(|text| text.len()).sum()
    }

    /// Whether the text is a possible value, is in the required classes, and gives the required answers.
    fn meet(&self, text: &str) -> bool {
        let is_value = !text.is_empty() && text.len() <= MAX_TEXT_BYTES && fold_text(text) == text;
        is_value && self.is_ordered(text) && self.answer(text)
    }

    fn is_ordered(&self, text: &str) -> bool {
        self.ordered.is_none_or(|(cuts, classes)| {
            let passed = narrow(cuts.passed(text.as_bytes()));
            classes.contains(passed.saturating_add(FIRST_KNOWN))
        })
    }

    fn answer(&self, text: &str) -> bool {
        self.tests.iter().all(|(test, answer)| {
            let mut parts = parts_of(test);
            let holds = if is_end(test) {
                parts.any(|part| text.ends_with(part))
            } else {
                parts.any(|part| text.contains(part))
            };
            holds == *answer
        })
    }

    /// Texts of the required classes, parts, and texts with a part appended.
    fn likely(&self) -> Vec<String> {
        let mut begins = Vec::new();
        if let Some((cuts, classes)) = self.ordered {
            let known = classes.ranges().iter();
            let known = known.flat_map(|&(first, last)| first.max(FIRST_KNOWN + 1)..=last);
            for class in known.take(MOST_TRIED) {
                let cut = cuts.texts().get((class - FIRST_KNOWN - 1) as usize);
                let text = cut.and_then(|cut| std::str::from_utf8(cut).ok());
                begins.extend(text.map(|text| text.trim_end_matches('\0')));
            }
        }
        begins.push("");
        let fresh = self.fresh.to_string();
        let asked = self.tests.iter().filter(|(_, answer)| *answer);
        let ends = asked.filter_map(|(test, _)| parts_of(test).next());
        let ends: Vec<&str> = ["", &fresh].into_iter().chain(ends).collect();
        let texts = begins.iter().flat_map(|begin| {
            let ends = ends.iter().take(MOST_TRIED);
            ends.map(move |end| format!("{begin}{end}"))
        });
        texts.take(MOST_TRIED).collect()
    }

    /// How many bytes are compared at most to find out what a text is.
    fn compared(&self, text: &str) -> usize {
        (1 + text.len()) * (1 + self.parts.len()) + self.starts.len()
    }

    fn search(&self, budget: &mut SearchBudget) -> Search<String> {
        let all = self.named.iter().chain(&self.starts).chain(&self.parts);
        let mut characters: BTreeSet<char> = all.flat_map(|text| text.chars()).collect();
        characters.insert(self.fresh);
        let mut seen: HashSet<State, FixedState> = HashSet::default();
        let mut open = VecDeque::from([String::new()]);
        let mut is_settled = true;
        let mut left = MOST_COMPARED;
        while let Some(text) = open.pop_front() {
            for &character in &characters {
                if text.is_empty() && character.is_whitespace() {
                    continue;
                }
                let mut next = text.clone();
                next.push(character);
                let compared = self.compared(&next);
                if compared > left || !budget.spend(compared) {
                    return Search::Unknown;
                }
                left -= compared;
                let Some(state) = self.state(&next) else {
                    continue;
                };
                if self.meet(&next) {
                    return Search::Found(next);
                }
                // This text is no value, but another text of this state may be one.
                let is_trimmed = !character.is_whitespace();
                if is_trimmed && self.is_ordered(&next) && self.answer(&next) {
                    is_settled = false;
                }
                if seen.insert(state) {
                    open.push_back(next);
                }
            }
        }
        if is_settled {
            Search::Nothing
        } else {
            Search::Unknown
        }
    }

    /// The text's state; `None` if it contains a text that it must not contain.
    fn state(&self, text: &str) -> Option<State> {
        let mut contains = Vec::with_capacity(self.tests.len());
        for (test, answer) in self.tests {
            if !is_end(test) {
                let holds = parts_of(test).any(|part| text.contains(part));
                if holds && !answer {
                    return None;
                }
                contains.push(holds);
            }
        }
        let may_come = |list: &[&str]| {
            let place = list.partition_point(|known| *known < text);
            list.get(place).is_some_and(|known| known.starts_with(text))
        };
        let followed = if may_come(&self.named) || may_come(&self.starts) {
            Ok(text.to_owned())
        } else {
            let starts = self.starts.iter().filter(|start| text.starts_with(**start));
            Err(starts.map(|start| start.len()).max().unwrap_or(0))
        };
        let begins_part = |end: &&str| self.parts.iter().any(|part| part.starts_with(*end));
        let mut ends = text.char_indices().filter_map(|(at, _)| text.get(at..));
        let end = ends.find(begins_part).unwrap_or_default().to_owned();
        Some(State {
            followed,
            end,
            contains,
        })
    }
}

/// The texts of a test without order.
fn parts_of(test: &AttributeTest) -> impl Iterator<Item = &str> {
    let texts = match test {
        AttributeTest::Text { texts, .. } => texts.as_slice(),
        _ => &[],
    };
    texts.iter().map(|text| &**text)
}

fn is_end(test: &AttributeTest) -> bool {
    let AttributeTest::Text { operator, .. } = test else {
        return false;
    };
    *operator == TextOperator::EndsWith
}
