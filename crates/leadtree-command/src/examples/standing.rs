//! An example, and where it stands.

use leadtree::Place;
use leadtree::example::Example;

/// An example, and where it stands.
pub(super) struct Standing {
    pub(super) example: Example,
    /// In the document: `examples[3]` in a policy, `[3]` in a list or table.
    pub(super) place: Place,
    /// Which it is in the file, from 1.
    pub(super) number: usize,
    pub(super) line: Option<usize>,
}
