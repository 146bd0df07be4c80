//! Records the positions of a test and its parts while the test is being parsed.

use winnow::stream::Location;

use super::parser_state::Input;
use super::spans::TestSpans;
use super::value_kinds::Written;

/// Records the position of the test that is being parsed, if positions are requested.
pub(super) struct SpanRecorder(Option<TestSpans>);

impl SpanRecorder {
    pub(super) fn begin(input: &Input<'_>) -> Self {
        let start = input.input.current_token_start();
        let spans = || TestSpans {
            whole: start..start,
            subject: start..start,
            values: Vec::new(),
        };
        Self(input.state.spans.is_some().then(spans))
    }

    /// Records that the subject ends here.
    pub(super) fn subject(&mut self, input: &Input<'_>) {
        if let Self(Some(spans)) = self {
            spans.subject.end = input.state.end;
        }
    }

    pub(super) fn value<'s>(&mut self, value: Written<'s>) -> Written<'s> {
        if let Self(Some(spans)) = self {
            let text = value.text.to_string();
            spans.values.push((value.span.clone(), text));
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
        if let (Self(Some(mut spans)), Some(all)) = (self, &mut input.state.spans) {
            spans.whole.end = input.state.end;
            all.add_test(spans);
        }
    }
}
