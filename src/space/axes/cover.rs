//! Describes a set of nodes of a taxonomy by as few names as possible.

use std::fmt;

use crate::dimension::Taxonomy;

/// A node by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) path: Box<str>,
    /// Whether it includes everything below it.
    pub(crate) is_whole: bool,
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        f.write_str(if self.is_whole { "" } else { " itself" })
    }
}

/// A node is described with at most this many exceptions.
const MOST_EXCEPTIONS: u32 = 3;

/// The number of names that describe a node and what is below it, in two ways.
#[derive(Clone, Copy)]
struct NameCounts {
    /// Names of what is in the set.
    set: u32,
    /// Names of what is not in the set.
    others: u32,
}

/// The names of the chosen nodes: each with everything below it or alone, and the exceptions below it.
/// `chosen` is indexed by code. Linear in the nodes.
pub(crate) fn cover(taxonomy: &Taxonomy, chosen: &[bool]) -> Vec<(Named, Vec<Named>)> {
    let tree = Tree { taxonomy, chosen };
    let costs = tree.costs();
    let mut pieces = Vec::new();
    let mut next = 0;
    while next < chosen.len() {
        let end = tree.end(next);
        let NameCounts { set, others } = costs[next];
        if set == 0 {
            next = end;
        } else if others == 0 {
            pieces.push((tree.named(next, true), Vec::new()));
            next = end;
        } else if chosen[next] && others <= MOST_EXCEPTIONS && 1 + others < set {
            pieces.push((tree.named(next, true), tree.without(next, &costs)));
            next = end;
        } else {
            if chosen[next] {
                pieces.push((tree.named(next, end == next + 1), Vec::new()));
            }
            next += 1;
        }
    }
    pieces
}

struct Tree<'a> {
    taxonomy: &'a Taxonomy,
    chosen: &'a [bool],
}

impl Tree<'_> {
    /// The first code after those of the node and everything below it.
    fn end(&self, code: usize) -> usize {
        let node = self.taxonomy.node(code);
        let end = node.map_or(code + 1, |node| self.taxonomy.subtree(node).end as usize);
        end.clamp(code + 1, self.chosen.len().max(code + 1))
    }

    fn named(&self, code: usize, is_whole: bool) -> Named {
        let path = self.taxonomy.node(code);
        let path = path.map_or("", |node| self.taxonomy.path(node)).into();
        Named { path, is_whole }
    }

    /// The counts of each node, by code. Goes from the last node to the first, so that children come before
    /// their parents.
    fn costs(&self) -> Vec<NameCounts> {
        let mut costs = vec![NameCounts { set: 0, others: 0 }; self.chosen.len()];
        for code in (0..self.chosen.len()).rev() {
            let is_chosen = self.chosen[code];
            let mut sum = NameCounts {
                set: u32::from(is_chosen),
                others: u32::from(!is_chosen),
            };
            let (mut child, end) = (code + 1, self.end(code));
            while child < end {
                sum.set += costs[child].set;
                sum.others += costs[child].others;
                child = self.end(child);
            }
            // A node that is inside or outside with everything below it takes one name there.
            match (sum.set, sum.others) {
                (_, 0) => sum.set = 1,
                (0, _) => sum.others = 1,
                _ => {}
            }
            costs[code] = sum;
        }
        costs
    }

    /// The names of the nodes below that are not chosen.
    fn without(&self, code: usize, costs: &[NameCounts]) -> Vec<Named> {
        let mut without = Vec::new();
        let (mut next, end) = (code + 1, self.end(code));
        while next < end {
            if costs[next].others == 0 {
                next = self.end(next);
            } else if costs[next].set == 0 {
                without.push(self.named(next, true));
                next = self.end(next);
            } else {
                if !self.chosen[next] {
                    without.push(self.named(next, false));
                }
                next += 1;
            }
        }
        without
    }
}
