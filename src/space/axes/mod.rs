//! Axes of the space of leads: values cut into classes, and classes in words.

mod axes_builder;
mod axes_index;
mod axis;
mod class_set;
mod cover;
mod distinct;
mod placing;
mod position;
mod text_cuts;
mod value;
mod words;

pub(crate) use axes_builder::AxesBuilder;
pub(crate) use axes_index::AxesIndex;
pub(crate) use axis::{
    Axes, Axis, Classes, Cuts, DIMENSIONS, FIRST_KNOWN, MISSING, NO, UNLISTED, YES,
};
pub(crate) use class_set::{ClassSet, ranges_within};
pub(crate) use placing::{
    AxisKey, Question, Span, Spans, TestValues, place_attribute, question_of_attribute, span_of,
    spans_of_ranges,
};
pub(crate) use position::narrow;
pub(crate) use text_cuts::TextCuts;
pub(crate) use value::some_value;
pub(crate) use words::{Ends, Piece, code, count, moment, of_codes};
