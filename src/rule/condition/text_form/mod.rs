//! Conditions as text: the parser, and the writers on one line and on several.

mod display;
mod multi_line;
mod operators;
mod parser;
mod parser_state;
mod recovery;
mod reserved_words;
mod span_recorder;
mod spans;
mod tokens;
mod value_kinds;
mod values;

#[cfg(feature = "diagnostics")]
pub(crate) use parser::spans_of;
#[cfg(feature = "diagnostics")]
pub(crate) use spans::ConditionSpans;
