//! The bytes of a file as text in UTF-8: unpacked, decoded, and with a look at its beginning.

mod doubt;
mod encoding;
mod peeked;
mod text;
mod unpacked;
#[cfg(feature = "workbooks")]
mod workbook;

pub(crate) use encoding::encoding_named;
pub(crate) use text::{Head, Text};
