//! Filter logic and formulas: texts read into boolean expressions.

pub(super) mod boolean_filter;
mod cursor;
mod expression;
pub(super) mod formula;

pub(super) use cursor::SyntaxError;
pub(super) use expression::{Expression, never};
