//! Filter logic: texts read into boolean expressions over numbered criteria.

pub(super) mod boolean_filter;
pub(super) mod cursor;
mod expression;

pub use cursor::MAX_LOGIC_NESTING;
pub(super) use cursor::SyntaxError;
pub(super) use expression::{Expression, never};
