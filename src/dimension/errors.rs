//! Faults in the values that a policy lists: taxonomies, bands, stages, attributes.

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
    /// A path longer than the limit.
    #[error("a path of {bytes} bytes; the limit is {MAX_PATH_BYTES}: shorten the names")]
    PathTooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// Paths that together are longer than the limit.
    #[error("all paths together exceed the limit of {MAX_TAXONOMY_BYTES} bytes; shorten the names")]
    TaxonomyTooLarge,
    /// A node that is listed twice.
    #[error("node `{path}` is listed twice (case, spaces and typography are ignored); remove one")]
    DuplicateNode {
        /// The path as written the second time.
        path: String,
    },
    /// An empty alias.
    #[error("an empty alias of `{path}`; remove it")]
    EmptyAlias {
        /// The node or stage that it belongs to.
        path: String,
    },
    /// An alias of two nodes or stages, or an alias that is the name of another one.
    #[error("alias `{alias}` stands for both `{first}` and `{second}`; keep one")]
    AmbiguousAlias {
        /// The alias.
        alias: String,
        /// What it already stands for.
        first: String,
        /// What it would stand for here.
        second: String,
    },
    /// Aliases of a node that is not in the taxonomy.
    #[error("aliases of `{path}`, which is not a node{suggestion}")]
    AliasOfUnknown {
        /// The path as written.
        path: String,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// Two rows of a parent table with one id.
    #[error("row id `{id}` is used twice; give each row its own id")]
    DuplicateRow {
        /// The id.
        id: String,
    },
    /// A row whose name contains a slash, which separates levels.
    #[error("`{name}` contains a slash, which separates levels; use another character")]
    SlashInName {
        /// The name as written.
        name: String,
    },
    /// A row whose parent is not a row.
    #[error("row `{id}` has the parent `{parent}`, but no row has that id{suggestion}")]
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
        /// The ids along the cycle, cut after five.
        chain: String,
    },
    /// A band that is listed twice.
    #[error("band `{name}` is listed twice; remove one")]
    DuplicateBand {
        /// The name.
        name: String,
    },
    /// A band without a name.
    #[error("this band has no name; give it one")]
    UnnamedBand,
    /// A band whose text is not a range of head counts.
    #[error(
        "`{text}` is not a range of head counts; write `10..=49`, or `1000..` for no upper end"
    )]
    NotARange {
        /// The text.
        text: String,
    },
    /// A band whose upper end is below its lower end.
    #[error("band `{name}` is reversed: {from} is more than {to}; swap the ends")]
    ReversedBand {
        /// The name.
        name: String,
        /// The first head count.
        from: u32,
        /// The last head count.
        to: u32,
    },
    /// A stage that is listed twice.
    #[error("stage `{name}` is listed twice; remove one")]
    DuplicateStage {
        /// The name.
        name: String,
    },
    /// A stage without a name.
    #[error("this stage has no name; give it one")]
    UnnamedStage,
    /// More stages than the limit.
    #[error("{count} stages; the limit is {MAX_STAGES}: keep those that rules test")]
    TooManyStages {
        /// The number of stages.
        count: usize,
    },
    /// An attribute declared twice.
    #[error("attribute `{name}` is declared twice; remove one")]
    DuplicateAttribute {
        /// The name.
        name: String,
    },
    /// An attribute with a name that is not allowed.
    #[error(
        "`{name}` cannot name an attribute: use letters, digits, `_` and `-`, beginning with a letter \
         or `_`, at most 128 bytes, and not a dimension or a reserved word of the rule language"
    )]
    ReservedAttribute {
        /// The name.
        name: String,
    },
}

/// All faults of a taxonomy, of bands, of a stage list or of the attributes.
#[derive(Debug, Clone, PartialEq)]
pub struct DimensionErrors(pub(crate) Vec<Placed<DimensionFault>>);

impl DimensionErrors {
    /// The faults, in the order of the source; at least one.
    pub fn faults(&self) -> &[Placed<DimensionFault>] {
        &self.0
    }

    /// The value if there are no faults, otherwise the faults.
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
