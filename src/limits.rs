//! The bounds that keep every input finite. Beyond one of them there is a typed error, never a
//! blow-up.

/// How deep conditions and groups may nest, each for itself.
pub const MAX_NESTING: usize = 64;

/// How many bytes a taxonomy path may have, its separators included. Bounds the depth of a
/// taxonomy, too.
pub const MAX_PATH_BYTES: usize = 2048;

/// How many stages a stage list may have.
pub const MAX_STAGES: usize = 10_000;

/// The largest weight a member may have; the smallest is 1.
pub const MAX_WEIGHT: u32 = 1_000_000;

/// How many tests all conditions of a policy may have together. A value in a list counts as one
/// test.
pub const MAX_TESTS: usize = 20_000_000;
