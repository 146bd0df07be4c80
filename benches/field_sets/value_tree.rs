//! The values of a taxonomy, numbered in preorder.

/// The nodes of a taxonomy. A node's code is its position in preorder, so a node and everything below it
/// are one range of codes.
pub struct ValueTree {
    paths: Vec<String>,
    parents: Vec<Option<u32>>,
    children: Vec<Vec<u32>>,
    roots: Vec<u32>,
    /// For each node the last code at or below it.
    lasts: Vec<u32>,
    depths: Vec<usize>,
    /// For each node another name for it, if it has one.
    aliases: Vec<Option<String>>,
}

impl ValueTree {
    /// Builds the tree from the paths of all nodes, in preorder, each with its alias.
    pub fn new(paths: impl IntoIterator<Item = (String, Option<String>)>) -> Self {
        let (paths, aliases): (Vec<String>, Vec<_>) = paths.into_iter().unzip();
        let mut tree = Self {
            parents: Vec::new(),
            children: vec![Vec::new(); paths.len()],
            roots: Vec::new(),
            lasts: (0..paths.len() as u32).collect(),
            depths: Vec::new(),
            aliases,
            paths: Vec::new(),
        };
        // The nodes from the root to the previous node.
        let mut above: Vec<u32> = Vec::new();
        for (code, path) in (0..).zip(&paths) {
            let depth = path.matches('/').count();
            above.truncate(depth);
            assert_eq!(above.len(), depth, "`{path}` comes before its parent");
            let parent = above.last().copied();
            match parent {
                Some(parent) => tree.children[parent as usize].push(code),
                None => tree.roots.push(code),
            }
            for &ancestor in &above {
                tree.lasts[ancestor as usize] = code;
            }
            tree.parents.push(parent);
            tree.depths.push(depth);
            above.push(code);
        }
        tree.paths = paths;
        tree
    }

    /// The number of nodes.
    pub fn len(&self) -> u32 {
        self.paths.len() as u32
    }

    /// The node's path.
    pub fn path(&self, node: u32) -> &str {
        &self.paths[node as usize]
    }

    /// The paths of nodes.
    pub fn paths(&self, nodes: &[u32]) -> Vec<&str> {
        nodes.iter().map(|&node| self.path(node)).collect()
    }

    /// The node's alias.
    pub fn alias(&self, node: u32) -> Option<&str> {
        self.aliases[node as usize].as_deref()
    }

    /// All nodes in preorder: path and alias.
    pub fn nodes(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.paths
            .iter()
            .zip(&self.aliases)
            .map(|(path, alias)| (&**path, alias.as_deref()))
    }

    /// The parent.
    pub fn parent(&self, node: u32) -> Option<u32> {
        self.parents[node as usize]
    }

    /// The children.
    pub fn children(&self, node: u32) -> &[u32] {
        &self.children[node as usize]
    }

    /// The children of the node's parent, including the node itself.
    pub fn siblings(&self, node: u32) -> &[u32] {
        self.parent(node)
            .map_or(&self.roots, |parent| self.children(parent))
    }

    /// The top-level node above it, or the node itself.
    pub fn root(&self, node: u32) -> u32 {
        self.parent(node).map_or(node, |parent| self.root(parent))
    }

    /// The top-level nodes.
    pub fn roots(&self) -> &[u32] {
        &self.roots
    }

    /// The number of nodes above it.
    pub fn depth(&self, node: u32) -> usize {
        self.depths[node as usize]
    }

    /// Whether it has no children.
    pub fn is_leaf(&self, node: u32) -> bool {
        self.children(node).is_empty()
    }

    /// The first and the last code at or below the node.
    pub fn codes(&self, node: u32) -> (u32, u32) {
        (node, self.lasts[node as usize])
    }

    /// The nodes without children.
    pub fn leaves(&self) -> Vec<u32> {
        (0..self.len()).filter(|&node| self.is_leaf(node)).collect()
    }

    /// The leaves at or below a node.
    pub fn leaves_within(&self, node: u32) -> Vec<u32> {
        let (first, last) = self.codes(node);
        (first..=last).filter(|&node| self.is_leaf(node)).collect()
    }

    /// The nodes at that depth, and the leaves at lesser depths.
    pub fn at_depth(&self, depth: usize) -> Vec<u32> {
        let there = |&node: &u32| {
            self.depth(node) == depth || self.depth(node) < depth && self.is_leaf(node)
        };
        (0..self.len()).filter(there).collect()
    }
}
