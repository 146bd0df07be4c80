//! Limits of the import. Exceeding one is a typed error or a remark in the report.

pub use super::logic::MAX_LOGIC_NESTING;

/// Maximum size of a file in bytes.
pub const MAX_XML_BYTES: usize = 1 << 24;

/// Maximum number of elements in a file.
pub const MAX_XML_ELEMENTS: usize = 1_000_000;

/// Maximum nesting of elements.
pub const MAX_XML_DEPTH: usize = 16;

/// Maximum size of the values of all conditions together in bytes, with [`VALUE_BYTES`] added for
/// each value. Bounds filter logic that names a criterion many times.
pub const MAX_VALUE_BYTES: usize = 1 << 26;

/// Bytes added to the length of each value, for its overhead.
pub const VALUE_BYTES: usize = 32;
