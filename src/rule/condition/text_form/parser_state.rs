//! What the parsers share: the rest of the text, the faults so far, and the recorded spans.

use std::ops::Range;

use winnow::error::{EmptyError, ErrMode};
use winnow::stream::{LocatingSlice, Stateful};

use super::spans::ConditionSpans;
use crate::rule::condition::errors::{ConditionErrors, ConditionFault, MarkedFault};

/// The rest of the text, and the faults so far.
pub(super) type Input<'s> = Stateful<LocatingSlice<&'s str>, ParserState>;

/// `Backtrack` means that the parser does not match, `Cut` that a fault was reported.
pub(super) type Miss = ErrMode<EmptyError>;

pub(super) type Read<T> = Result<T, Miss>;

/// Parsing stops after this many faults.
const MOST_FAULTS: usize = 20;

/// The state of the parsers.
#[derive(Debug, Default)]
pub(super) struct ParserState {
    faults: Vec<(Range<usize>, ConditionFault)>,
    /// The end of the last token.
    pub(super) end: usize,
    /// The number of open parentheses.
    pub(super) depth: usize,
    /// Whether the text has a single line. A comment in it would hide the rest of a condition whose lines were
    /// joined, as YAML joins those of folded and quoted texts.
    pub(super) is_one_line: bool,
    /// Whether the rest of the text was skipped.
    pub(super) is_cut_short: bool,
    /// The positions of all parts, if requested.
    pub(super) spans: Option<ConditionSpans>,
}

impl ParserState {
    /// The state at the beginning of a text.
    pub(super) fn of(text: &str) -> Self {
        Self {
            is_one_line: !text.trim_end().contains('\n'),
            ..Self::default()
        }
    }

    /// A state that also records the positions of all parts.
    #[cfg(feature = "diagnostics")]
    pub(super) fn with_spans() -> Self {
        Self {
            spans: Some(ConditionSpans::default()),
            ..Self::default()
        }
    }

    /// Adds a fault, unless there is one at this position already, or there are too many.
    pub(super) fn report(&mut self, span: Range<usize>, fault: ConditionFault) -> Miss {
        let is_reported = |(reported, _): &(Range<usize>, _)| reported.start == span.start;
        if !self.is_enough() && !self.faults.iter().any(is_reported) {
            self.faults.push((span, fault));
        }
        ErrMode::Cut(EmptyError)
    }

    pub(super) fn is_enough(&self) -> bool {
        self.faults.len() >= MOST_FAULTS
    }

    /// The faults in the order of the text, if there are any.
    pub(super) fn errors(mut self, text: &str) -> Option<ConditionErrors> {
        if self.faults.is_empty() {
            return None;
        }
        self.faults.sort_by_key(|(span, _)| span.start);
        let marked = self.faults.into_iter();
        let marked = marked.map(|(span, fault)| MarkedFault::new(text, span, fault));
        Some(ConditionErrors::new(marked.collect()))
    }
}
