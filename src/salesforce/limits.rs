//! The bounds of the import. Beyond one of them there is a typed error or a remark in the report,
//! never a blow-up.

/// How many bytes a file may have.
pub const MAX_XML_BYTES: usize = 1 << 24;

/// How many elements a file may have.
pub const MAX_XML_ELEMENTS: usize = 1_000_000;

/// How deep elements may stand inside one another.
pub const MAX_XML_DEPTH: usize = 16;

/// How deep filter logic and formulas may nest. A condition made of them stays below
/// [`MAX_NESTING`](crate::limits::MAX_NESTING).
pub const MAX_LOGIC_NESTING: usize = 24;

/// How many bytes the values of all conditions may have together, each with [`VALUE_BYTES`] more.
/// Filter logic may name a criterion again and again.
pub const MAX_VALUE_BYTES: usize = 1 << 26;

/// How many bytes a value counts for, beside its own.
pub const VALUE_BYTES: usize = 32;
