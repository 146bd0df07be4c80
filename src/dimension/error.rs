//! What can be wrong with the values a policy lists.

use std::fmt;

use thiserror::Error;

use crate::limits::{MAX_PATH_BYTES, MAX_STAGES, MAX_TAXONOMY_BYTES};
use crate::place::{Placed, write_faults};
use crate::suggestion::Suggestion;

/// A fault in a taxonomy, a band list, a stage list or the attributes.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum DimensionFault {
    /// A path like `cn//shanghai` or `cn/`, or an empty name.
    #[error("`{path}` has an empty segment; write each name between the slashes")]
    EmptySegment {
        /// The path as written.
        path: String,
    },
    /// A path that is longer than the limit.
    #[error("a path of {bytes} bytes; the limit is {MAX_PATH_BYTES}: shorten the names")]
    PathTooLong {
        /// Its length.
        bytes: usize,
    },
    /// Paths that are longer together than the limit.
    #[error("the paths come to more than {MAX_TAXONOMY_BYTES} bytes; shorten the names")]
    TaxonomyTooLarge,
    /// The same node, written twice.
    #[error("node `{path}` is listed twice (case, spaces and typography do not count); remove one")]
    DuplicateNode {
        /// The path as written the second time.
        path: String,
    },
    /// An empty alias.
    #[error("an empty alias of `{path}`; remove it")]
    EmptyAlias {
        /// What it should stand for.
        path: String,
    },
    /// One alias for two nodes or stages, or an alias that is itself one.
    #[error("alias `{alias}` stands for both `{first}` and `{second}`; keep one")]
    AmbiguousAlias {
        /// The alias.
        alias: String,
        /// What it stands for already.
        first: String,
        /// What it is to stand for here.
        second: String,
    },
    /// Aliases for a node that is not in the taxonomy.
    #[error("no node `{path}` to give an alias to{suggestion}")]
    AliasOfUnknown {
        /// The path as written.
        path: String,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// Two rows of a parent table with the same id.
    #[error("row id `{id}` is used twice; give each row its own")]
    DuplicateRow {
        /// The id.
        id: String,
    },
    /// A row whose name would make two levels.
    #[error("`{name}` has a slash, which would make two levels; write another sign")]
    SlashInName {
        /// The name as written.
        name: String,
    },
    /// A row whose parent is no row.
    #[error("row `{id}` names the parent `{parent}`, which is no row{suggestion}")]
    UnknownParent {
        /// The row's id.
        id: String,
        /// The parent as written.
        parent: String,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// A row that is its own ancestor.
    #[error("row `{id}` is its own ancestor ({chain}); give one of them another parent")]
    Cycle {
        /// The row's id.
        id: String,
        /// The cycle, in short.
        chain: String,
    },
    /// A band name written twice.
    #[error("band `{name}` is listed twice; remove one")]
    DuplicateBand {
        /// The name.
        name: String,
    },
    /// A band with an empty name.
    #[error("a band without a name; give it one")]
    UnnamedBand,
    /// A band whose text is no range of head counts.
    #[error("`{text}` is no range of head counts; write `10..=49`, or `1000..` without upper end")]
    NotARange {
        /// The text.
        text: String,
    },
    /// A band that ends before it begins.
    #[error("band `{name}` is reversed: {from} is more than {to}; swap the ends")]
    ReversedBand {
        /// The name.
        name: String,
        /// The first head count.
        from: u32,
        /// The last head count.
        to: u32,
    },
    /// A stage written twice.
    #[error("stage `{name}` is listed twice; remove one")]
    DuplicateStage {
        /// The name.
        name: String,
    },
    /// A stage with an empty name.
    #[error("a stage without a name; give it one")]
    UnnamedStage,
    /// More stages than the limit.
    #[error("{count} stages; the limit is {MAX_STAGES}: keep those that rules ask for")]
    TooManyStages {
        /// How many there are.
        count: usize,
    },
    /// An attribute declared twice.
    #[error("attribute `{name}` is declared twice; remove one")]
    DuplicateAttribute {
        /// The name.
        name: String,
    },
    /// An attribute with an unusable name.
    #[error(
        "`{name}` cannot name an attribute: it must be a word of letters, digits, `_` and `-` that \
         begins with a letter or `_`, of 128 bytes at most, and no dimension or word of the rule \
         language"
    )]
    ReservedAttribute {
        /// The name.
        name: String,
    },
}

/// Everything that is wrong with a taxonomy, a band list or a stage list, at once.
#[derive(Debug, Clone, PartialEq)]
pub struct DimensionErrors(pub(crate) Vec<Placed<DimensionFault>>);

impl DimensionErrors {
    /// The faults, in the order of the source. There is at least one.
    pub fn faults(&self) -> &[Placed<DimensionFault>] {
        &self.0
    }

    /// The value, if nothing was wrong with it.
    pub(crate) fn unless_any<T>(faults: Vec<Placed<DimensionFault>>, value: T) -> Result<T, Self> {
        if faults.is_empty() {
            Ok(value)
        } else {
            Err(Self(faults))
        }
    }
}

impl fmt::Display for DimensionErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_faults(f, "the list of values", &self.0)
    }
}

impl std::error::Error for DimensionErrors {}
