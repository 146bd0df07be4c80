//! What the text of a cell means: numbers, flags, sizes, dates, and blanks.

mod blanks;
mod date_format;
mod flag;
mod number;
mod size;

pub(crate) use blanks::Blanks;
pub use blanks::DEFAULT_BLANKS;
pub(crate) use date_format::{DateFormat, DateFormatFault, Moments};
pub(crate) use flag::flag;
pub use number::DecimalMark;
pub(crate) use number::{NumberReading, number, shown_mark};
pub(crate) use size::customer_size;
