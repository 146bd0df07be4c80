//! Taxonomies: the trees of values of region, industry and product line.

use std::fmt;
use std::ops::Range;

use super::name_table::NameTable;
use super::resolved::{Listed, Resolved};
use super::short_paths::LastSteps;

/// The separators of a path: a slash, or a full-width one.
pub(super) const SLASHES: [char; 2] = ['/', '\u{ff0f}'];

/// A node of a taxonomy, by its number in preorder: a node and everything below it are a range of
/// numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node(pub(crate) u32);

/// An immutable tree of values, such as `cn/east/shanghai`, with aliases.
///
/// Case, white space and typography are ignored (see [concepts](crate::guide::concepts)). Finding a node
/// takes one hash look-up, whatever the size of the taxonomy. Memory is about 110 bytes per node plus
/// twice the length of its path.
///
/// ```
/// use leadtree::dimension::{Listed, Taxonomy, Via};
///
/// let regions = Taxonomy::draft()
///     .paths(["cn/east/shanghai", "cn/east/jiangsu", "us/west"])
///     .alias("cn/east/shanghai", ["上海", "SH", "CN-SH"])
///     .build()?;
///
/// let shanghai = regions.resolve(" cn-sh ");
/// assert_eq!(shanghai.via, Via::Alias);
/// let shanghai = shanghai.value.known().unwrap();
/// assert_eq!(regions.path(shanghai), "cn/east/shanghai");
///
/// let east = regions.resolve("CN / East").value.known().unwrap();
/// assert!(regions.is_within(shanghai, east) && !regions.is_within(east, shanghai));
/// assert_eq!(regions.resolve("atlantis").value, Listed::Unlisted);
/// assert_eq!(regions.resolve("").value, Listed::Missing);
/// # Ok::<(), leadtree::dimension::DimensionErrors>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Taxonomy {
    /// The path of each node, as written.
    pub(super) paths: Vec<Box<str>>,
    /// For each node, the number of the first node after its subtree.
    pub(super) ends: Vec<u32>,
    /// Paths, aliases, codes and, if enabled, last path segments.
    pub(super) names: NameTable<Node>,
    /// To find nodes by paths that leave steps out.
    pub(super) last_steps: LastSteps,
}

impl Taxonomy {
    /// The node that a text names: by its path, an alias, a code, or, if
    /// [enabled](crate::dimension::TaxonomyDraft::by_name), by the last segment of its path. Blank is
    /// missing. One hash look-up; no allocation for names up to 128 bytes, unless a character has to be
    /// normalised (a decomposed or full-width letter, for example).
    ///
    /// A path that is not there may leave steps out, or name steps by their aliases, if it still names a single
    /// node: `USA/California` is `us/west/california`.
    #[inline]
    pub fn resolve(&self, text: &str) -> Resolved<Node> {
        let found = self.names.resolve(text);
        if found.value == Listed::Unlisted && text.contains(SLASHES) {
            return self.resolve_short_path(text);
        }
        found
    }

    /// The path of a node as written; empty if this taxonomy has no such node.
    pub fn path(&self, node: Node) -> &str {
        self.paths.get(node.0 as usize).map_or("", |path| path)
    }

    /// Whether `node` is `ancestor` or below it.
    pub fn is_within(&self, node: Node, ancestor: Node) -> bool {
        self.subtree(ancestor).contains(&node.0)
    }

    /// The codes of a node and everything below it; empty if this taxonomy has no such node.
    pub(crate) fn subtree(&self, node: Node) -> Range<u32> {
        self.ends
            .get(node.0 as usize)
            .map_or(0..0, |&end| node.0..end)
    }

    /// The node with a code.
    pub(crate) fn node(&self, code: usize) -> Option<Node> {
        let code = u32::try_from(code).ok()?;
        Some(Node(code)).filter(|_| (code as usize) < self.paths.len())
    }

    /// All nodes with their paths, parents before children.
    pub fn nodes(&self) -> impl Iterator<Item = (Node, &str)> {
        (0..)
            .zip(&self.paths)
            .map(|(code, path)| (Node(code), &**path))
    }

    /// All paths, aliases and names, to choose suggestions from.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &str> {
        let paths = self.paths.iter().map(|path| &**path);
        paths.chain(self.names.other_keys())
    }

    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether there are no nodes.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }
}

impl fmt::Debug for Taxonomy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Taxonomy of {} nodes", self.paths.len())
    }
}
