//! The JSON Schema of policy files, which editors use for completion and checks.
//!
//! The types here are never instantiated. They describe what
//! [`PolicyDraft`](crate::policy::PolicyDraft) reads, which tests verify. Editors show their doc
//! comments.

#![expect(
    dead_code,
    clippy::large_enum_variant,
    clippy::struct_field_names,
    reason = "these types are never instantiated"
)]

mod coercions;
mod condition;
mod people;
mod text;

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};

use crate::policy::Policy;
use condition::Condition;
use people::{Calendar, IfNobody, Member, Requirement, Team};
use text::{Name, Timestamp};

impl Policy {
    /// The JSON Schema of policy files, for editors and for programs that generate policies. Needs
    /// the feature `schema`. A schema checks the structure only; whether names refer to anything is
    /// checked when the policy is built.
    ///
    /// An editor with a YAML language server uses the schema that a policy names in its first line:
    /// `# yaml-language-server: $schema=policy.schema.json`.
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
    /// A version label, free text. Every assignment carries it.
    version: Option<Name>,
    /// What it is for, free text.
    description: Option<String>,
    /// The time zone in which days begin: an offset from UTC such as +08:00, or an IANA name such
    /// as Europe/Berlin. Default: UTC.
    time_zone: Option<String>,
    /// The tree of regions.
    regions: Option<Taxonomy>,
    /// The tree of industries.
    industries: Option<Taxonomy>,
    /// The tree of product lines.
    product_lines: Option<Taxonomy>,
    /// Named ranges of head counts, both ends included: `10..=49`, `1000..`.
    customer_sizes: Option<BTreeMap<String, String>>,
    /// The stages from first to last.
    lifecycle_stages: Option<Vec<Stage>>,
    /// The stages from first to last.
    funnel_stages: Option<Vec<Stage>>,
    /// Other facts about leads that rules can test.
    attributes: Option<BTreeMap<String, AttributeKind>>,
    /// Pools that take leads without an owner. `unmatched` always exists.
    pools: Option<Vec<Name>>,
    /// The grades of members, from lowest to highest.
    #[schemars(length(max = 100))]
    grades: Option<Vec<Name>>,
    /// Holiday calendars by name.
    holidays: Option<BTreeMap<String, Calendar>>,
    /// Working time, skills, and limits across all teams. If one member is listed, all must be.
    members: Option<Vec<Member>>,
    /// The teams and their members.
    teams: Option<Vec<Team>>,
    /// Rules and groups; the first that matches wins.
    rules: Option<Vec<RuleOrGroup>>,
    /// The outcome for a lead that no rule matches. Default: the pool `unmatched`.
    otherwise: Option<Outcome>,
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Taxonomy {
    /// Nested maps; a list for nodes without children.
    tree: Option<TaxonomyBranch>,
    /// Nodes by path: `cn/east/shanghai`.
    paths: Option<Vec<String>>,
    /// Rows of a parent table.
    rows: Option<Vec<TaxonomyRow>>,
    /// Aliases and codes, by path.
    aliases: Option<BTreeMap<String, Option<Vec<String>>>>,
    /// Whether the last part of a path, if unique, also finds the node.
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
    /// The row's id or code, which leads may use as well.
    id: Name,
    /// The id of the row above.
    parent: Option<Name>,
    /// The node's name. Default: the id.
    name: Option<Name>,
    /// Aliases, separated by `|`.
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
    /// Aliases.
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

/// Who gets the leads that meet a condition.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Rule {
    id: String,
    /// What it is for, free text.
    description: Option<String>,
    /// Whether it applies. Default: true.
    enabled: Option<bool>,
    /// The start of its validity, included: 2026-03-31, in the policy's time zone, or 2026-03-31T08:00:00Z.
    from: Option<Timestamp>,
    /// The end of its validity, excluded.
    until: Option<Timestamp>,
    /// The leads it applies to. Default: all.
    when: Option<Condition>,
    /// Who gets the leads.
    assign_to: AssignTo,
    /// How many leads this one counts as in limits and loads. Default: 1.
    #[schemars(range(min = 1, max = 1_000))]
    counts: Option<u32>,
    /// The grade and skills that the owner must have.
    requires: Option<Requirement>,
    /// The grade and skills that the owner should preferably have, for the strategy `best_fit`.
    prefers: Option<Requirement>,
    /// Teams that support the owner.
    support: Option<Vec<Support>>,
}

/// A condition that applies to an ordered list of rules.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Group {
    /// The group's id.
    group: String,
    /// What it is for, free text.
    description: Option<String>,
    /// Whether it applies. Default: true.
    enabled: Option<bool>,
    /// The leads it applies to. Default: all.
    when: Option<Condition>,
    /// The rules and groups in it.
    rules: Vec<RuleOrGroup>,
    /// The outcome for leads of the group that no rule in it matches. Without it, they fall through
    /// to what follows the group.
    otherwise: Option<Outcome>,
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Outcome {
    /// Who gets the lead.
    assign_to: AssignTo,
    /// How many leads this one counts as in limits and loads. Default: 1.
    #[schemars(range(min = 1, max = 1_000))]
    counts: Option<u32>,
    /// The grade and skills that the owner must have.
    requires: Option<Requirement>,
    /// The grade and skills that the owner should preferably have, for the strategy `best_fit`.
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

/// A team, a member (optionally of a named team), or a pool.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct AssignToObject {
    /// A team; its strategy picks the member.
    team: Option<String>,
    /// A named member.
    member: Option<String>,
    /// A pool: the lead gets no owner.
    pool: Option<String>,
    /// What happens when nobody there can take the lead. Default: the team's own `if_nobody`.
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
    /// How many different members. Default: 1.
    #[schemars(range(min = 1, max = 100), extend("type" = "integer"))]
    members: Option<u32>,
}
