//! Which texts are quoted in a written policy file.

use serde_saphyr::{SerializerOptions, ser_options};

/// Which texts are quoted.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Quotes {
    WhereNeeded,
    /// For policies with texts that do not read back without quotes.
    Always,
}

impl Quotes {
    /// The options of the YAML writer.
    pub(super) fn options(self) -> SerializerOptions {
        ser_options! {
            quote_all: self == Self::Always,
            prefer_block_scalars: false,
            compact_list_indent: false,
        }
    }
}
