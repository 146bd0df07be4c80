//! Which texts of a policy file stand in quotes when it is written.

use serde_saphyr::{SerializerOptions, ser_options};

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Quotes {
    WhereNeeded,
    /// For policies with texts that do not read back without quotes.
    Always,
}

impl Quotes {
    /// How YAML is written with these quotes.
    pub(super) fn options(self) -> SerializerOptions {
        ser_options! {
            quote_all: self == Self::Always,
            prefer_block_scalars: false,
            compact_list_indent: false,
        }
    }
}
