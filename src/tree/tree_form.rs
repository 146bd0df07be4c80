//! The name of a compiled form.

use std::fmt;

/// What rules are compiled into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TreeForm {
    /// One graph of questions: the fastest where rules share much; it can be drawn.
    Graph,
    /// Bitmaps of rules in cells of a cut: for rules that share little.
    Forest,
}

impl fmt::Display for TreeForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Graph => "graph",
            Self::Forest => "forest",
        })
    }
}
