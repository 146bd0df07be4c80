//! Taxonomies: the trees of values of region, industry and product line.

use std::fmt;
use std::ops::Range;

use super::last_steps::{LastSteps, last_step};
use super::name_table::NameTable;
use super::resolved::{Listed, Resolved, Via};
use crate::text::name_key;

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
    #[inline]
    pub fn resolve(&self, text: &str) -> Resolved<Node> {
        self.names.resolve(text)
    }

    /// The node that a path names which leaves steps out, or names some by their aliases: `USA/CA` for
    /// `us/west/california`. Each step must name one node only below the step before. Logarithmic in the size of
    /// the taxonomy, for each step. [`resolve`](Self::resolve) does not do this: readers of files, whose columns
    /// have such paths, ask for it.
    pub fn resolve_short_path(&self, path: &str) -> Resolved<Node> {
        let key = name_key(path);
        let mut steps = key.split('/');
        let first = steps.next().map(|step| self.names.resolve(step).value);
        let Some(Listed::Known(mut node)) = first else {
            return Resolved::unlisted();
        };
        let mut is_path = false;
        for step in steps {
            let child = format!("{}/{step}", name_key(self.path(node)));
            if let Some(child) = self.names.resolve(&child).value.known() {
                (node, is_path) = (child, true);
                continue;
            }
            let named = self.names.resolve(step).value.known();
            let named = named.filter(|named| *named != node && self.is_within(*named, node));
            let below = node.0 + 1..self.subtree(node).end;
            let found = self.last_steps.find(step, &below).map(Node);
            let found = found.filter(|found| last_step(self.path(*found)) == step);
            let mut found = found.chain(named);
            let Some(first) = found.next() else {
                return Resolved::unlisted();
            };
            if found.any(|other| other != first) {
                return Resolved::unlisted();
            }
            node = first;
            is_path = true;
        }
        if is_path {
            Resolved::known(node, Via::Steps)
        } else {
            Resolved::unlisted()
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_leave_steps_out_if_it_names_one_node() {
        let regions = Taxonomy::draft()
            .paths([
                "us/west/california/springfield",
                "us/west/oregon",
                "us/east/new york",
                "us/east/maine/springfield",
                "us/portland",
                "us/west/oregon/portland",
                "ca/west",
            ])
            .alias("us", ["USA"])
            .alias("us/west/california", ["CA-US", "Calif."])
            .build()
            .unwrap();
        for (given, expected) in [
            ("USA/California", Some("us/west/california")),
            ("usa / calif.", Some("us/west/california")),
            ("us/ca-us", Some("us/west/california")),
            ("USA／Oregon", Some("us/west/oregon")),
            (
                "us/west/springfield",
                Some("us/west/california/springfield"),
            ),
            ("us/maine/springfield", Some("us/east/maine/springfield")),
            ("Calif./Springfield", Some("us/west/california/springfield")),
            ("USA/West/California", Some("us/west/california")),
            // The one just below, not a deeper one.
            ("USA/Portland", Some("us/portland")),
            // Two of them.
            ("us/springfield", None),
            // Not below, or below in the wrong order.
            ("ca/california", None),
            ("us/us", None),
            ("us/springfield/maine", None),
            ("us/", None),
            ("/oregon", None),
            ("oregon", None),
            ("us/atlantis", None),
        ] {
            let found = regions.resolve_short_path(given);
            let path = found.value.known().map(|node| regions.path(node));
            assert_eq!(path, expected, "{given}");
            if expected.is_some() {
                assert_eq!(found.via, Via::Steps, "{given}");
            }
        }
        assert_eq!(regions.resolve("us/west").via, Via::Itself);
        assert_eq!(regions.resolve("USA/California").value, Listed::Unlisted);
    }
}
