//! Builds a taxonomy from its draft and collects all faults.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::errors::{DimensionErrors, DimensionFault};
use super::last_steps::LastSteps;
use super::name_table::NameTable;
use super::resolved::Via;
use super::taxonomy::{Node, SLASHES, Taxonomy};
use super::taxonomy_draft::{Branch, TaxonomyDraft, TaxonomyRow};
use crate::limits::{MAX_PATH_BYTES, MAX_TAXONOMY_BYTES};
use crate::place::{Place, Placed};
use crate::suggestion::Suggester;
use crate::text::{name_key, trimmed};

impl TaxonomyDraft {
    /// Checks the draft and numbers its nodes. Linear in the total length of all paths.
    ///
    /// # Errors
    /// All faults at once: duplicate nodes, empty segments, aliases of two nodes, rows with unknown
    /// parents or in cycles.
    pub fn build(&self) -> Result<Taxonomy, DimensionErrors> {
        let mut builder = Builder::default();
        builder.add_tree(&self.tree);
        for (index, path) in self.paths.iter().enumerate() {
            let place = Place::whole().field("paths").item(index);
            builder.add_path(path, || place);
        }
        let row_nodes = builder.add_rows(&self.rows);
        builder.finish(self, &row_nodes)
    }
}

/// The state of the search for a row's path.
#[derive(Clone)]
enum RowPath {
    Unvisited,
    InProgress,
    /// `None` if it has none: the row is in a cycle, or the path would be too long.
    Known(Option<String>),
}

/// A node while the taxonomy is built.
struct DraftNode {
    path: Box<str>,
    children: Vec<usize>,
    /// Listed itself, not just implied by a longer path.
    listed: bool,
}

#[derive(Default)]
struct Builder {
    /// The nodes by the folded keys of their paths.
    nodes: IndexMap<Box<str>, DraftNode, FixedState>,
    roots: Vec<usize>,
    faults: Vec<Placed<DimensionFault>>,
    /// The total length of all paths.
    bytes: usize,
    /// Whether the total length has been reported as too large.
    is_full: bool,
}

impl Builder {
    fn fault(&mut self, place: Place, fault: DimensionFault) {
        self.faults.push(Placed::new(place, fault));
    }

    fn add_tree(&mut self, tree: &Branch) {
        let mut stack: Vec<(String, Place, &Branch)> = Vec::new();
        let place = Place::whole().field("tree");
        for (name, branch) in reversed(tree) {
            stack.push((name.to_owned(), place.field(name), branch));
        }
        while let Some((path, place, branch)) = stack.pop() {
            // Nothing is added below a path that is too long.
            if path.len() <= MAX_PATH_BYTES {
                for (name, child) in reversed(branch) {
                    stack.push((format!("{path}/{name}"), place.field(name), child));
                }
            }
            self.add_path(&path, || place);
        }
    }

    /// Adds a listed path. Returns the index of its node, or `None` for a faulty path.
    fn add_path(&mut self, path: &str, place: impl FnOnce() -> Place) -> Option<usize> {
        if path.len() > MAX_PATH_BYTES {
            self.fault(place(), DimensionFault::PathTooLong { bytes: path.len() });
            return None;
        }
        let segments: Vec<&str> = path.split(SLASHES).map(str::trim).collect();
        let key = name_key(path);
        if key.split('/').any(str::is_empty) {
            self.fault(
                place(),
                DimensionFault::EmptySegment {
                    path: path.to_owned(),
                },
            );
            return None;
        }
        // The normal form of `℀` is `a/c`.
        if key.split('/').count() != segments.len() {
            let slashed = |segment: &&&str| name_key(segment).contains('/');
            let name = segments.iter().find(slashed).unwrap_or(&path);
            let name = (*name).to_owned();
            self.fault(place(), DimensionFault::SlashInName { name });
            return None;
        }
        if self.bytes > MAX_TAXONOMY_BYTES {
            if !std::mem::replace(&mut self.is_full, true) {
                self.fault(place(), DimensionFault::TaxonomyTooLarge);
            }
            return None;
        }
        let mut key_ends = key
            .match_indices('/')
            .map(|(end, _)| end)
            .chain([key.len()]);
        let mut parent: Option<usize> = None;
        for depth in 1..=segments.len() {
            let prefix = key_ends
                .next()
                .and_then(|end| key.get(..end))
                .unwrap_or(&key);
            let index = self.nodes.get_index_of(prefix).unwrap_or_else(|| {
                let path = segments[..depth].join("/").into_boxed_str();
                self.bytes += path.len().max(prefix.len());
                let node = DraftNode {
                    path,
                    children: Vec::new(),
                    listed: false,
                };
                let (index, _) = self.nodes.insert_full(Box::from(prefix), node);
                match parent {
                    Some(parent) => self.nodes[parent].children.push(index),
                    None => self.roots.push(index),
                }
                index
            });
            parent = Some(index);
        }
        let index = parent?;
        if std::mem::replace(&mut self.nodes[index].listed, true) {
            self.fault(
                place(),
                DimensionFault::DuplicateNode {
                    path: path.to_owned(),
                },
            );
        }
        Some(index)
    }

    /// Adds the rows. Returns the index of each row's node, or `None` for a faulty row.
    fn add_rows(&mut self, rows: &[TaxonomyRow]) -> Vec<Option<usize>> {
        let place = |index| Place::whole().field("rows").item(index);
        let mut by_id = HashMap::with_capacity_and_hasher(rows.len(), FixedState::default());
        let mut is_sound = vec![true; rows.len()];
        for (index, row) in rows.iter().enumerate() {
            if name_key(row.name()).contains('/') {
                is_sound[index] = false;
                let name = row.name().to_owned();
                self.fault(place(index), DimensionFault::SlashInName { name });
            }
            if by_id.insert(name_key(&row.id), index).is_some() {
                is_sound[index] = false;
                self.fault(
                    place(index),
                    DimensionFault::DuplicateRow { id: row.id.clone() },
                );
            }
        }
        let mut suggest = Suggester::default();
        let mut parents = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let parent = row
                .parent()
                .map(|parent| by_id.get(&name_key(parent)).copied());
            if let (Some(None), Some(name)) = (parent, row.parent()) {
                let fault = DimensionFault::UnknownParent {
                    id: row.id.clone(),
                    parent: name.to_owned(),
                    suggestion: suggest.among(name, rows.iter().map(|row| row.id.as_str())),
                };
                self.fault(place(index).field("parent"), fault);
            }
            parents.push(parent.flatten());
        }

        let mut paths = vec![RowPath::Unvisited; rows.len()];
        for start in 0..rows.len() {
            let mut chain = Vec::new();
            let mut at = Some(start);
            while let Some(index) = at.filter(|&index| matches!(paths[index], RowPath::Unvisited)) {
                paths[index] = RowPath::InProgress;
                chain.push(index);
                at = parents[index];
            }
            let cycle = at.filter(|&index| matches!(paths[index], RowPath::InProgress));
            if let Some(first) = cycle {
                let from = chain.iter().position(|&index| index == first).unwrap_or(0);
                let ids: Vec<&str> = chain[from..]
                    .iter()
                    .take(5)
                    .map(|&index| &*rows[index].id)
                    .collect();
                let more = if chain.len() - from > 5 {
                    " -> …"
                } else {
                    ""
                };
                let fault = DimensionFault::Cycle {
                    id: rows[first].id.clone(),
                    chain: format!("{}{more} -> {}", ids.join(" -> "), rows[first].id),
                };
                self.fault(place(first), fault);
            }
            let mut above = match at {
                _ if cycle.is_some() => None,
                None => Some(String::new()),
                Some(index) => match &paths[index] {
                    RowPath::Known(path) => path.clone(),
                    RowPath::Unvisited | RowPath::InProgress => None,
                },
            };
            for &index in chain.iter().rev() {
                let name = rows[index].name();
                let had_path = above.is_some();
                above = above
                    .map(|above| {
                        if above.is_empty() {
                            name.into()
                        } else {
                            format!("{above}/{name}")
                        }
                    })
                    .filter(|path| path.len() <= MAX_PATH_BYTES);
                if had_path && above.is_none() {
                    let fault = DimensionFault::PathTooLong {
                        bytes: name.len().max(MAX_PATH_BYTES + 1),
                    };
                    self.fault(place(index), fault);
                }
                paths[index] = RowPath::Known(above.clone());
            }
        }
        (0..rows.len())
            .map(|index| match &paths[index] {
                RowPath::Known(Some(path)) if is_sound[index] => {
                    self.add_path(&path.clone(), || place(index))
                }
                _ => None,
            })
            .collect()
    }

    /// Numbers the nodes in preorder and adds the other names.
    fn finish(
        mut self,
        draft: &TaxonomyDraft,
        row_nodes: &[Option<usize>],
    ) -> Result<Taxonomy, DimensionErrors> {
        let count = self.nodes.len();
        let mut codes = vec![0_u32; count];
        let mut order = Vec::with_capacity(count);
        let mut ends = vec![0_u32; count];
        // Each frame holds the siblings still to visit and the code of their parent.
        let mut frames = vec![(self.roots.iter(), None::<u32>)];
        while let Some((siblings, above)) = frames.last_mut() {
            if let Some(&index) = siblings.next() {
                let code = u32::try_from(order.len()).unwrap_or(u32::MAX);
                codes[index] = code;
                order.push(index);
                frames.push((self.nodes[index].children.iter(), Some(code)));
            } else {
                if let Some(code) = *above {
                    ends[code as usize] = u32::try_from(order.len()).unwrap_or(u32::MAX);
                }
                frames.pop();
            }
        }
        let paths: Vec<Box<str>> = order
            .iter()
            .map(|&index| self.nodes[index].path.clone())
            .collect();
        let mut table = NameTable::with_capacity(count);
        for (index, key) in self.nodes.keys().enumerate() {
            // The keys come from a map, so each is new.
            table.add(key, Node(codes[index]), Via::Itself).ok();
        }
        let mut names = AliasedNames {
            paths: &paths,
            table,
            faults: Vec::new(),
        };
        for (index, (row, node)) in draft.rows.iter().zip(row_nodes).enumerate() {
            let Some(node) = node.map(|index| Node(codes[index])) else {
                continue;
            };
            let place = Place::whole().field("rows").item(index);
            names.add(&row.id, node, || place.clone());
            for alias in row.aliases.iter().flat_map(|aliases| aliases.split('|')) {
                if !trimmed(alias).is_empty() {
                    names.add(alias, node, || place.field("aliases"));
                }
            }
        }
        let mut suggest = Suggester::default();
        for (path, aliases) in draft.aliases.iter() {
            let place = Place::whole().field("aliases").field(path);
            let Some(index) = self.nodes.get_index_of(&*name_key(path)) else {
                let suggestion = suggest.among(path, paths.iter().map(|path| &**path));
                let fault = DimensionFault::AliasOfUnknown {
                    path: path.to_owned(),
                    suggestion,
                };
                names.faults.push(Placed::new(place, fault));
                continue;
            };
            for (number, alias) in aliases.iter().enumerate() {
                names.add(alias, Node(codes[index]), || place.item(number));
            }
        }
        if draft.by_name {
            names.add_last_names();
        }
        let AliasedNames { table, faults, .. } = names;
        self.faults.extend(faults);
        let taxonomy = Taxonomy {
            last_steps: LastSteps::of(&paths),
            names: table,
            ends,
            paths,
        };
        DimensionErrors::unless_any(self.faults, taxonomy)
    }
}

/// The names of the nodes, as aliases are added to them.
struct AliasedNames<'a> {
    paths: &'a [Box<str>],
    table: NameTable<Node>,
    faults: Vec<Placed<DimensionFault>>,
}

impl AliasedNames<'_> {
    fn path(&self, node: Node) -> String {
        self.paths
            .get(node.0 as usize)
            .map_or_else(String::new, ToString::to_string)
    }

    fn add(&mut self, alias: &str, node: Node, place: impl Fn() -> Place) {
        let key = name_key(alias);
        let fault = if key.is_empty() {
            DimensionFault::EmptyAlias {
                path: self.path(node),
            }
        } else {
            match self.table.add(&key, node, Via::Alias) {
                Err(known) if known != node => DimensionFault::AmbiguousAlias {
                    alias: alias.to_owned(),
                    first: self.path(known),
                    second: self.path(node),
                },
                Ok(()) | Err(_) => return,
            }
        };
        self.faults.push(Placed::new(place(), fault));
    }

    fn add_last_names(&mut self) {
        let mut last_names: IndexMap<String, Option<Node>> = IndexMap::new();
        for (code, path) in (0..).zip(self.paths) {
            let name = path.rsplit('/').next().unwrap_or(path);
            last_names
                .entry(name_key(name))
                .and_modify(|node| *node = None)
                .or_insert(Some(Node(code)));
        }
        for (name, node) in last_names {
            if let Some(node) = node {
                // A path or an alias of this name wins.
                self.table.add(&name, node, Via::Name).ok();
            }
        }
    }
}

fn reversed(branch: &Branch) -> impl Iterator<Item = (&str, &Branch)> {
    branch.0.iter().rev()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, parent: &str) -> TaxonomyRow {
        TaxonomyRow {
            id: id.into(),
            parent: Some(parent.into()),
            ..TaxonomyRow::default()
        }
    }

    #[test]
    fn nodes_are_numbered_in_preorder_in_the_order_written() {
        let draft: TaxonomyDraft = serde_json::from_str(
            r#"{"tree": {"b": {"y": {}, "x": null}, "a": {}}, "paths": ["b/z/w", "c"]}"#,
        )
        .unwrap();
        let taxonomy = draft.build().unwrap();
        let paths: Vec<_> = taxonomy.nodes().map(|(_, path)| path).collect();
        assert_eq!(paths, ["b", "b/y", "b/x", "b/z", "b/z/w", "a", "c"]);
        assert_eq!(taxonomy.subtree(Node(0)), 0..5);
        assert_eq!(taxonomy.subtree(Node(3)), 3..5);
        assert_eq!(taxonomy.subtree(Node(6)), 6..7);
        assert_eq!(taxonomy.subtree(Node(7)), 0..0);
    }

    #[test]
    fn last_names_resolve_where_they_are_unique() {
        let taxonomy = Taxonomy::draft()
            .paths(["us/il/springfield", "us/mo/springfield", "us/mo/joplin"])
            .by_name()
            .build()
            .unwrap();
        let joplin = taxonomy.resolve("Joplin");
        assert_eq!(
            (joplin.value.known(), joplin.via),
            (Some(Node(5)), Via::Name)
        );
        assert_eq!(taxonomy.resolve("springfield").value.known(), None);
    }

    #[test]
    fn faults_come_all_at_once() {
        let errors = Taxonomy::draft()
            .paths(["cn/east", "CN / East", "cn//x", "", &"x".repeat(3000)])
            .rows([
                row("a", "b"),
                row("b", "c"),
                row("c", "a"),
                row("d", "cm"),
                row("d", ""),
            ])
            .alias("cn/east", ["E", "CN", " "])
            .alias("cn", ["e"])
            .alias("cn/eats", ["x"])
            .build()
            .unwrap_err();
        insta::assert_snapshot!(errors);
    }

    #[test]
    fn a_long_chain_of_rows_is_no_danger() {
        let chain = (0..100_000).map(|id| row(&id.to_string(), &(id + 1).to_string()));
        let errors = Taxonomy::draft().rows(chain).build().unwrap_err();
        assert!(!errors.faults().is_empty());
        let circle = (0..100_000).map(|id| row(&id.to_string(), &((id + 1) % 100_000).to_string()));
        let errors = Taxonomy::draft().rows(circle).build().unwrap_err();
        assert_eq!(errors.faults().len(), 1);
    }
}
