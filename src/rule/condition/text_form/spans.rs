//! The positions of the parts of a condition in its text.

#![cfg_attr(
    not(feature = "diagnostics"),
    expect(dead_code, reason = "only diagnostics look them up")
)]

use std::collections::BTreeMap;
use std::ops::Range;

/// The positions of the tests in a text without faults, and of the parts that consist of them.
#[derive(Debug, Default)]
pub(crate) struct ConditionSpans {
    /// In the order of the text, which is that of the condition.
    tests: Vec<TestSpans>,
    parts: Vec<PartSpan>,
    comments: BTreeMap<usize, usize>,
}

/// The position of a test.
#[derive(Debug)]
pub(crate) struct TestSpans {
    pub(crate) whole: Range<usize>,
    pub(crate) subject: Range<usize>,
    /// The position and text of each value.
    pub(crate) values: Vec<(Range<usize>, String)>,
}

/// The position of a part between two `and` or `or`, including its `not` and parentheses.
#[derive(Debug)]
struct PartSpan {
    whole: Range<usize>,
    /// The indices of the tests in it.
    tests: Range<usize>,
}

impl ConditionSpans {
    pub(super) fn add_test(&mut self, test: TestSpans) {
        self.tests.push(test);
    }

    /// Adds a comment, once however often it is met.
    pub(super) fn add_comment(&mut self, comment: &Range<usize>) {
        self.comments.insert(comment.start, comment.end);
    }

    /// The positions of the comments, in the order of the text.
    pub(crate) fn comments(&self) -> impl Iterator<Item = Range<usize>> {
        self.comments.iter().map(|(start, end)| *start..*end)
    }

    /// The number of tests so far.
    pub(super) fn count(&self) -> usize {
        self.tests.len()
    }

    /// Adds a part that consists of the tests from `first_test` on.
    pub(super) fn add_part(&mut self, whole: Range<usize>, first_test: usize) {
        let tests = first_test..self.tests.len();
        self.parts.push(PartSpan { whole, tests });
    }

    pub(crate) fn test(&self, index: usize) -> Option<&TestSpans> {
        self.tests.get(index)
    }

    /// The position from the first of the given tests to the last, including parentheses and `not`s that
    /// contain no other tests. Linear in the number of parts.
    pub(crate) fn span(&self, tests: &Range<usize>) -> Option<Range<usize>> {
        let parts = || {
            let inside = |part: &&PartSpan| {
                let range = &part.tests;
                !range.is_empty() && range.start >= tests.start && range.end <= tests.end
            };
            self.parts.iter().filter(inside)
        };
        let first = parts().filter(|part| part.tests.start == tests.start);
        let last = parts().filter(|part| part.tests.end == tests.end);
        let start = first.map(|part| part.whole.start).min()?;
        let end = last.map(|part| part.whole.end).max()?;
        Some(start..end)
    }
}
