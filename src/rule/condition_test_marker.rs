//! Records the positions of a test and its parts while the test is being parsed.

use winnow::stream::Location;

use super::condition_marks::TestMark;
use super::condition_tokens::Input;
use super::condition_values::Written;

/// Records the position of the test that is being parsed, if positions are requested.
pub(super) struct TestMarker(Option<TestMark>);

impl TestMarker {
    pub(super) fn begin(input: &Input<'_>) -> Self {
        let start = input.input.current_token_start();
        let mark = || TestMark {
            whole: start..start,
            subject: start..start,
            values: Vec::new(),
        };
        Self(input.state.marks.is_some().then(mark))
    }

    /// Records that the subject ends here.
    pub(super) fn subject(&mut self, input: &Input<'_>) {
        if let Self(Some(mark)) = self {
            mark.subject.end = input.state.end;
        }
    }

    pub(super) fn value<'s>(&mut self, value: Written<'s>) -> Written<'s> {
        if let Self(Some(mark)) = self {
            let text = value.text.to_string();
            mark.values.push((value.span.clone(), text));
        }
        value
    }

    pub(super) fn values<'s>(&mut self, values: Vec<Written<'s>>) -> Vec<Written<'s>> {
        match self {
            Self(None) => values,
            Self(Some(_)) => values.into_iter().map(|value| self.value(value)).collect(),
        }
    }

    /// Records that the test ends here, and adds it to the positions.
    pub(super) fn end(self, input: &mut Input<'_>) {
        if let (Self(Some(mut mark)), Some(marks)) = (self, &mut input.state.marks) {
            mark.whole.end = input.state.end;
            marks.add_test(mark);
        }
    }
}
