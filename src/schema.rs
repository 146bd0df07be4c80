//! The JSON Schema of policy files, by which editors complete and check them.
//!
//! The types here are never made. They say what [`PolicyDraft`](crate::policy::PolicyDraft) reads,
//! which tests hold them to; their comments are what an editor shows.

#![expect(
    dead_code,
    clippy::large_enum_variant,
    clippy::struct_field_names,
    reason = "these types describe, and hold nothing"
)]

mod coercions;
mod condition;
mod people;

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};

use crate::policy::Policy;
use condition::Condition;
use people::{Calendar, IfNobody, Member, Requirement, Team};

impl Policy {
    /// The JSON Schema of policy files, the feature `schema`: for editors, and for programs that
    /// make policies. It knows the shape; whether names stand for anything, only reading tells.
    ///
    /// An editor with a YAML language server takes it from a file that a policy names in its first
    /// line: `# yaml-language-server: $schema=policy.schema.json`.
    ///
    /// ```
    /// let schema = serde_json::to_string_pretty(&leadtree::policy::Policy::schema())?;
    /// assert!(schema.contains("\"assign_to\""));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn schema() -> Schema {
        let settings = SchemaSettings::draft2020_12();
        let coercions = RecursiveTransform(coercions::allow_coercions);
        let generator = settings.with_transform(coercions).into_generator();
        generator.into_root_schema_for::<PolicyFile>()
    }
}

/// Who gets which lead: dimensions, teams and ordered rules.
#[derive(JsonSchema)]
#[schemars(title = "leadtree policy", deny_unknown_fields)]
struct PolicyFile {
    /// The policy's version, in the manager's words; assignments carry it.
    version: Option<Name>,
    /// What it is for.
    description: Option<String>,
    /// Whose midnight begins a day: an offset from UTC such as +08:00, or a name such as Europe/Berlin.
    time_zone: Option<String>,
    /// The tree of regions.
    regions: Option<Taxonomy>,
    /// The tree of industries.
    industries: Option<Taxonomy>,
    /// The tree of product lines.
    product_lines: Option<Taxonomy>,
    /// Named ranges of head counts, both ends included: `10..=49`, `1000..`.
    customer_sizes: Option<BTreeMap<String, String>>,
    /// Stages from first to last.
    lifecycle_stages: Option<Vec<Stage>>,
    /// Stages from first to last.
    funnel_stages: Option<Vec<Stage>>,
    /// Further facts that rules may ask for.
    attributes: Option<BTreeMap<String, AttributeKind>>,
    /// Pools that take leads without an owner; `unmatched` is always there.
    pools: Option<Vec<Name>>,
    /// The grades of members, from the lowest to the highest.
    #[schemars(length(max = 100))]
    grades: Option<Vec<Name>>,
    /// Calendars of holidays, by name.
    holidays: Option<BTreeMap<String, Calendar>>,
    /// Working time and limits over all teams. If anybody is listed, everybody must be.
    members: Option<Vec<Member>>,
    /// Who works leads.
    teams: Option<Vec<Team>>,
    /// Rules and groups; the first that matches wins.
    rules: Option<Vec<RuleOrGroup>>,
    /// What a lead gets that no rule matches; the pool `unmatched` if left out.
    otherwise: Option<Outcome>,
}

/// A text; YAML reads a bare number or flag as one, too.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Name {
    Text(String),
    Number(f64),
    Flag(bool),
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Taxonomy {
    /// Nested maps; a list where nothing is below.
    tree: Option<TaxonomyBranch>,
    /// Nodes by path: `cn/east/shanghai`.
    paths: Option<Vec<String>>,
    /// Rows of a parent table.
    rows: Option<Vec<TaxonomyRow>>,
    /// Other names and codes, by path.
    aliases: Option<BTreeMap<String, Option<Vec<String>>>>,
    /// Whether a last name that only one node has finds it, too.
    by_name: Option<bool>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum TaxonomyBranch {
    Below(BTreeMap<String, TaxonomyBranch>),
    Leaves(Vec<Name>),
    Leaf(()),
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TaxonomyRow {
    /// The row's id or code; leads may use it.
    id: Name,
    /// The id of the row above.
    parent: Option<Name>,
    /// The node's name; the id if left out.
    name: Option<Name>,
    /// Further names, separated by `|`.
    aliases: Option<String>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Stage {
    Name(String),
    WithAliases(StageWithAliases),
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct StageWithAliases {
    name: Name,
    /// Other words for it.
    aliases: Option<Vec<Name>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum AttributeKind {
    Text,
    Number,
    Flag,
    Tags,
    Date,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum RuleOrGroup {
    Rule(Rule),
    Group(Group),
}

#[derive(JsonSchema)]
#[schemars(transparent)]
struct Timestamp(#[schemars(regex(pattern = r"^\s*\S+([Tt]|\s+)\S+.*$"))] String);

/// Who gets the leads that meet a condition.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Rule {
    id: String,
    /// What it is for.
    description: Option<String>,
    /// Whether it is switched on.
    enabled: Option<bool>,
    /// The first moment at which it holds: 2026-03-31T08:00:00Z.
    from: Option<Timestamp>,
    /// The moment from which on it holds no more.
    until: Option<Timestamp>,
    /// The leads it is about; all if left out.
    when: Option<Condition>,
    /// Who gets them.
    assign_to: AssignTo,
    /// The lead counts as so many against limits and loads; 1 if left out.
    #[schemars(range(min = 1, max = 1_000))]
    counts: Option<u32>,
    /// What the owner must be or know.
    requires: Option<Requirement>,
    /// What the owner had better be or know, for the strategy `best_fit`.
    prefers: Option<Requirement>,
    /// Teams that support the owner.
    support: Option<Vec<Support>>,
}

/// A condition over an ordered list of rules.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Group {
    /// The group's id.
    group: String,
    /// What it is for.
    description: Option<String>,
    /// Whether it is switched on.
    enabled: Option<bool>,
    /// The leads it is about; all if left out.
    when: Option<Condition>,
    /// Rules and groups inside.
    rules: Vec<RuleOrGroup>,
    /// What leads of the group get that no rule in it matches; if left out, they go on below.
    otherwise: Option<Outcome>,
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Outcome {
    /// Who gets the lead.
    assign_to: AssignTo,
    /// The lead counts as so many against limits and loads; 1 if left out.
    #[schemars(range(min = 1, max = 1_000))]
    counts: Option<u32>,
    /// What the owner must be or know.
    requires: Option<Requirement>,
    /// What the owner had better be or know, for the strategy `best_fit`.
    prefers: Option<Requirement>,
    /// Teams that support the owner.
    support: Option<Vec<Support>>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum AssignTo {
    /// A team.
    Team(String),
    Object(AssignToObject),
}

/// A team, a member (perhaps for a team), or a pool.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct AssignToObject {
    /// A team; its strategy picks the member.
    team: Option<String>,
    /// A named member.
    member: Option<String>,
    /// A pool: the lead gets no owner.
    pool: Option<String>,
    /// What happens when nobody there can take it; the team's own answer if left out.
    if_nobody: Option<IfNobody>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Support {
    Team(String),
    Object(SupportObject),
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SupportObject {
    team: String,
    /// So many different members; 1 if left out.
    #[schemars(range(min = 1, max = 100), extend("type" = "integer"))]
    members: Option<u32>,
}
