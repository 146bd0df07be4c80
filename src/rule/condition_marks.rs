//! Where in a text the parts of a condition stand.

#![cfg_attr(
    not(feature = "diagnostics"),
    expect(dead_code, reason = "only diagnostics look them up")
)]

use std::ops::Range;

/// Where the tests of a sound text stand, and the parts that they make up.
#[derive(Debug, Default)]
pub(crate) struct ConditionMarks {
    /// In the order of the text, which is the condition's.
    tests: Vec<TestMark>,
    parts: Vec<PartMark>,
}

/// Where a test stands.
#[derive(Debug)]
pub(crate) struct TestMark {
    pub(crate) whole: Range<usize>,
    pub(crate) subject: Range<usize>,
    /// Each value, and where it stands.
    pub(crate) values: Vec<(Range<usize>, String)>,
}

/// What stands between two words `and` or `or`, with `not` and parentheses.
#[derive(Debug)]
struct PartMark {
    whole: Range<usize>,
    /// Which tests are in it.
    tests: Range<usize>,
}

impl ConditionMarks {
    pub(super) fn add_test(&mut self, test: TestMark) {
        self.tests.push(test);
    }

    /// How many tests there are so far.
    pub(super) fn count(&self) -> usize {
        self.tests.len()
    }

    /// A part that holds the tests from that one on.
    pub(super) fn add_part(&mut self, whole: Range<usize>, first_test: usize) {
        let tests = first_test..self.tests.len();
        self.parts.push(PartMark { whole, tests });
    }

    pub(crate) fn test(&self, index: usize) -> Option<&TestMark> {
        self.tests.get(index)
    }

    /// From the beginning of the first of these tests to the end of the last, with the parentheses
    /// and `not`s that hold no other. Linear in the parts.
    pub(crate) fn span(&self, tests: &Range<usize>) -> Option<Range<usize>> {
        let parts = || {
            let inside = |part: &&PartMark| {
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
