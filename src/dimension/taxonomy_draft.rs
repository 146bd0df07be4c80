//! Taxonomies that have not been checked yet: paths, nested maps, rows of a parent table, aliases.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::taxonomy::Taxonomy;
use crate::map_form::map_form;
use crate::nesting::Nested;
use crate::raw_map::RawMap;
use crate::text::trimmed;

/// A taxonomy that has not been checked yet; its serde form is the one in the policy file.
///
/// Nodes come from paths, from nested maps and from rows of a parent table, or from several of
/// these. Inner nodes of a path need not be listed. Children stay in the order in which they are first
/// named.
///
/// ```
/// use leadtree::dimension::{Taxonomy, TaxonomyDraft};
///
/// let draft: TaxonomyDraft = serde_json::from_str(
///     r#"{
///         "tree": { "cn": { "east": ["shanghai", "jiangsu"] } },
///         "paths": ["us/west", "us/east"],
///         "rows": [{ "id": "DE", "name": "germany", "aliases": "Deutschland|德国" }],
///         "aliases": { "cn/east/shanghai": ["上海", "SH"] }
///     }"#,
/// )?;
/// let regions = draft.build()?;
/// assert_eq!(regions.len(), 8);
/// assert!(regions.resolve("DE").value.known().is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(description = "A tree of values.")
)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct TaxonomyDraft {
    /// Nested maps; a list for nodes without children.
    #[serde(default, skip_serializing_if = "Branch::is_leaf")]
    pub(crate) tree: Branch,
    /// Nodes by path: `cn/east/shanghai`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) paths: Vec<String>,
    /// Rows of a parent table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) rows: Vec<TaxonomyRow>,
    /// Aliases and codes, by path.
    #[serde(default, skip_serializing_if = "RawMap::is_empty")]
    pub(crate) aliases: RawMap<Vec<String>>,
    /// Whether the last part of a path, if unique, also finds the node.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) by_name: bool,
}

map_form!(TaxonomyDraft, "a taxonomy");

/// A node of a nested map: a map of its children by name, or, if no child has children of its own, a
/// list of their names. `{}` or `null` is a leaf.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(schema_with = "branch_schema")
)]
pub struct Branch(pub(super) RawMap<Branch>);

impl Branch {
    pub(crate) fn is_leaf(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there are children, none of which has children of its own.
    pub(crate) fn is_list(&self) -> bool {
        !self.is_leaf() && self.0.iter().all(|(_, child)| child.is_leaf())
    }
}

impl<N: Into<Box<str>>> FromIterator<(N, Self)> for Branch {
    fn from_iter<I: IntoIterator<Item = (N, Self)>>(children: I) -> Self {
        Self(children.into_iter().collect())
    }
}

impl Serialize for Branch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_list() {
            serializer.collect_seq(self.0.iter().map(|(name, _)| name))
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Branch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ChildrenForm(children) = Nested::Branches.read(deserializer)?;
        Ok(Self(children))
    }
}

/// A map of children, a list of their names, or nothing.
#[cfg(feature = "schema")]
fn branch_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({
        "anyOf": [
            generator.subschema_for::<RawMap<Branch>>(),
            generator.subschema_for::<Vec<String>>(),
            { "type": "null" },
        ],
    })
}

/// The children of a node, in their serde form.
struct ChildrenForm(RawMap<Branch>);

impl<'de> Deserialize<'de> for ChildrenForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ChildrenVisitor;

        impl<'de> Visitor<'de> for ChildrenVisitor {
            type Value = ChildrenForm;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of child nodes, or a list of names")
            }

            fn visit_unit<E>(self) -> Result<ChildrenForm, E> {
                Ok(ChildrenForm(RawMap::default()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ChildrenForm, A::Error> {
                RawMap::deserialize(MapAccessDeserializer::new(map)).map(ChildrenForm)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, names: A) -> Result<ChildrenForm, A::Error> {
                let names = Vec::<Box<str>>::deserialize(SeqAccessDeserializer::new(names))?;
                let leaves = names.into_iter().map(|name| (name, Branch::default()));
                Ok(ChildrenForm(leaves.collect()))
            }
        }

        deserializer.deserialize_any(ChildrenVisitor)
    }
}

/// A row of a parent table, as in a CSV file or a database.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TaxonomyRow {
    /// The id or code of the row; also an alias of its node.
    pub id: String,
    /// The id of the parent row; absent or blank for a root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The name of the node, which is one segment of its path; absent or blank means the id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Aliases, separated by `|`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aliases: Option<String>,
}

impl TaxonomyRow {
    pub(super) fn name(&self) -> &str {
        self.name
            .as_deref()
            .filter(|name| !trimmed(name).is_empty())
            .unwrap_or(&self.id)
    }

    pub(super) fn parent(&self) -> Option<&str> {
        self.parent
            .as_deref()
            .filter(|parent| !trimmed(parent).is_empty())
    }
}

impl Taxonomy {
    /// An empty draft.
    pub fn draft() -> TaxonomyDraft {
        TaxonomyDraft::default()
    }
}

impl TaxonomyDraft {
    /// Adds a node by its path, `cn/east/shanghai`, and the nodes above it as needed.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.paths.push(path.into());
        self
    }

    /// Sets the nested map, replacing any earlier one.
    #[must_use]
    pub fn tree(mut self, tree: Branch) -> Self {
        self.tree = tree;
        self
    }

    /// Adds nodes by their paths.
    #[must_use]
    pub fn paths<P: Into<String>>(mut self, paths: impl IntoIterator<Item = P>) -> Self {
        self.paths.extend(paths.into_iter().map(Into::into));
        self
    }

    /// Adds rows of a parent table. Each `id` also becomes an alias of its node.
    ///
    /// ```
    /// use leadtree::dimension::{Taxonomy, TaxonomyRow};
    ///
    /// let file = "\
    /// id,parent,name,aliases
    /// CN,,china,中国
    /// CN-SH,CN,shanghai,上海|SH
    /// ";
    /// let rows: Vec<TaxonomyRow> =
    ///     csv::Reader::from_reader(file.as_bytes()).deserialize().collect::<Result<_, _>>()?;
    /// let regions = Taxonomy::draft().rows(rows).build()?;
    /// let shanghai = regions.resolve("cn-sh").value.known().unwrap();
    /// assert_eq!(regions.path(shanghai), "china/shanghai");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = TaxonomyRow>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// Adds aliases or codes of the node at a path.
    #[must_use]
    pub fn alias<A: Into<String>>(
        mut self,
        path: impl Into<Box<str>>,
        aliases: impl IntoIterator<Item = A>,
    ) -> Self {
        self.aliases
            .push(path, aliases.into_iter().map(Into::into).collect());
        self
    }

    /// Also resolves nodes by the last segment of their path, `shanghai`, unless another node, an alias
    /// or a code has that name. Names that several nodes share stay unlisted.
    #[must_use]
    pub fn by_name(mut self) -> Self {
        self.by_name = true;
        self
    }
}
