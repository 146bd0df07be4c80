//! The tree of values of region, industry or product line.

use std::fmt;
use std::ops::Range;

use super::listed::Resolved;
use super::name_table::NameTable;

/// A node of a taxonomy. Nodes are numbered in preorder, so everything below a node is a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node(pub(crate) u32);

/// An immutable tree of values, such as `cn/east/shanghai`, with aliases.
///
/// Case, white space and typography never count (see [concepts](crate::guide::concepts)). Finding a node is one hash look-up, whatever the size;
/// memory is about 100 bytes and twice the path a node.
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
    /// By node: its path as written.
    pub(super) paths: Vec<Box<str>>,
    /// By node: the first node after everything below it.
    pub(super) ends: Vec<u32>,
    /// Paths, aliases, codes and last names.
    pub(super) names: NameTable<Node>,
}

impl Taxonomy {
    /// The node that a text names: by path, alias, code, or (where switched on) by a last name
    /// that no other node has. Blank is missing. One hash look-up; no allocation for names up to
    /// 128 bytes, unless letters are composed of parts or in another form.
    #[inline]
    pub fn resolve(&self, text: &str) -> Resolved<Node> {
        self.names.resolve(text)
    }

    /// The node's path as written; empty for a node of another taxonomy.
    pub fn path(&self, node: Node) -> &str {
        self.paths.get(node.0 as usize).map_or("", |path| path)
    }

    /// Whether `node` is `ancestor` or below it.
    pub fn is_within(&self, node: Node, ancestor: Node) -> bool {
        self.subtree(ancestor).contains(&node.0)
    }

    /// The codes of the node and everything below it; empty for a node of another taxonomy.
    pub(crate) fn subtree(&self, node: Node) -> Range<u32> {
        self.ends
            .get(node.0 as usize)
            .map_or(0..0, |&end| node.0..end)
    }

    /// The node of that code.
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

    /// All paths, aliases and names, for did-you-mean.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &str> {
        let paths = self.paths.iter().map(|path| &**path);
        paths.chain(self.names.other_keys())
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }
}

impl fmt::Debug for Taxonomy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Taxonomy of {} nodes", self.paths.len())
    }
}
