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

mod as_read;
mod condition;

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};

use crate::policy::Policy;
use condition::Condition;

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
        let as_read = RecursiveTransform(as_read::as_read);
        let generator = settings.with_transform(as_read).into_generator();
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
    rules: Option<Vec<Entry>>,
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
    tree: Option<Branch>,
    /// Nodes by path: `cn/east/shanghai`.
    paths: Option<Vec<String>>,
    /// Rows of a parent table.
    rows: Option<Vec<Row>>,
    /// Other names and codes, by path.
    aliases: Option<BTreeMap<String, Option<Vec<String>>>>,
    /// Whether a last name that only one node has finds it, too.
    by_name: Option<bool>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Branch {
    Below(BTreeMap<String, Branch>),
    Leaves(Vec<Name>),
    Leaf(()),
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Row {
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
enum Member {
    Id(String),
    WithLimits(MemberWithLimits),
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct MemberWithLimits {
    id: String,
    /// Most leads open at once, over all teams.
    max_open: Option<u32>,
    /// Most leads a day, over all teams.
    max_per_day: Option<u32>,
    /// Most leads a week from Monday on, over all teams.
    max_per_week: Option<u32>,
    /// Most leads within any span of so many minutes, over all teams.
    max_within: Option<Vec<Window>>,
    /// Whether the member takes leads at all.
    active: Option<bool>,
    /// Whether leads go to the member while at work; `active` if left out.
    presence: Option<Presence>,
    /// Where the hours and holidays are: +08:00, Europe/Berlin; the policy's if left out.
    time_zone: Option<String>,
    /// The working hours: mon-fri 09:00-12:30 13:30-18:00; always if left out.
    hours: Option<String>,
    /// Calendars of holidays; their days add up.
    #[schemars(length(max = 16))]
    holidays: Option<Vec<Name>>,
    /// When the member is away.
    leave: Option<Vec<Leave>>,
    /// One of the policy's grades.
    grade: Option<Name>,
    /// What the member knows, a language for one: a list, or a map with levels.
    skills: Option<Skills>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Skills {
    /// All at level 1.
    Names(Vec<Name>),
    WithLevels(BTreeMap<String, Level>),
}

#[derive(JsonSchema)]
#[schemars(transparent)]
struct Level(#[schemars(range(min = 1, max = 100))] u32);

/// What is asked of a member.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Requirement {
    grade: Option<GradeTest>,
    /// Skills, at that level or above: a list, or a map with levels.
    skills: Option<Skills>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum GradeTest {
    /// That grade or a higher one.
    AtLeast(Name),
    /// That grade.
    Exactly(Name),
}

/// From the first moment until before the last: 2026-03-31T08:00:00Z.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Period {
    from: Option<String>,
    until: Option<String>,
}

/// Days, one by one or from the first to the last: 2026-10-01, 2026-10-01..2026-10-07.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Calendar {
    Days(Vec<String>),
    /// With their names.
    Named(BTreeMap<String, Option<String>>),
}

/// Two days, 2026-12-24, or two instants, 2026-12-24T12:00:00+08:00.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Leave {
    from: String,
    /// The first day, or the first instant, back.
    until: String,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum Presence {
    /// Takes leads.
    Active,
    /// Takes leads only when no active member of the team can.
    Away,
    /// Takes no leads.
    Unavailable,
}

/// At most so many leads within any span of so many minutes.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Window {
    #[schemars(range(min = 1, max = 10_000))]
    leads: u32,
    #[schemars(range(min = 1, max = 576_000))]
    minutes: u32,
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Team {
    id: String,
    /// What it is for.
    description: Option<String>,
    /// How a member is picked; `round_robin` if left out.
    strategy: Option<Strategy>,
    /// Among which leads turns go round; `per_team` if left out.
    rotation: Option<RotationScope>,
    members: Option<Vec<Seat>>,
    /// Where the hours and holidays are: +08:00, Europe/Berlin; the policy's if left out.
    time_zone: Option<String>,
    /// The hours at which anybody here gets leads: mon-fri 09:00-18:00; always if left out.
    hours: Option<String>,
    /// Calendars of holidays; their days add up.
    #[schemars(length(max = 16))]
    holidays: Option<Vec<Name>>,
    /// Down to which presence members are asked; `away` if left out.
    last_asked: Option<Presence>,
    /// Most leads open at once of all members together.
    max_open: Option<u32>,
    /// Most leads a day of all members together.
    max_per_day: Option<u32>,
    /// Most leads a week from Monday on of all members together.
    max_per_week: Option<u32>,
    /// Most leads within any span of so many minutes of all members together.
    max_within: Option<Vec<Window>>,
    /// Nobody gets more open leads than so many above whoever has fewest.
    most_ahead: Option<u32>,
    /// Scores count: nobody's share falls below so much of what it is by weights alone.
    #[schemars(range(min = 0, max = 1))]
    score_floor: Option<f64>,
    /// Whether leads that members get by name count as their turns.
    named_take_turns: Option<bool>,
    /// When nobody is at work, whoever is back first within so many hours takes the lead.
    #[schemars(range(min = 1, max = 120))]
    look_ahead_hours: Option<u32>,
    /// What a member must be or know to get leads of this team.
    requires: Option<Requirement>,
    /// What a member had better be or know, for the strategy `best_fit`.
    prefers: Option<Requirement>,
    /// What happens to a lead when nobody here can take it; `unassigned` if left out.
    if_nobody: Option<IfNobody>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Strategy {
    /// `round_robin`, `least_loaded`, `sticky`, `random`, `waterfall`,
    /// `best_fit` with `then`, or one of the service's own.
    Name(String),
    WithOptions(StrategyWithOptions),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum RotationScope {
    /// Among all leads of the team.
    PerTeam,
    /// Among the leads of each rule for itself.
    PerRule,
    /// Among all leads of the teams that name this rotation.
    Shared(Name),
}

/// A strategy and its options, such as `seed`.
#[derive(JsonSchema)]
struct StrategyWithOptions {
    name: String,
    #[serde(flatten)]
    options: BTreeMap<String, OptionValue>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum OptionValue {
    Flag(bool),
    Number(f64),
    Text(String),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Seat {
    Id(String),
    WithLimits(SeatWithLimits),
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SeatWithLimits {
    /// The member's id.
    member: String,
    /// The share against the others'; 1 if left out.
    #[schemars(range(min = 1, max = 1_000_000), extend("type" = "integer"))]
    weight: Option<u32>,
    /// Most leads of this team open at once.
    max_open: Option<u32>,
    /// Most leads of this team a day.
    max_per_day: Option<u32>,
    /// Most leads of this team a week from Monday on.
    max_per_week: Option<u32>,
    /// Most leads of this team within any span of so many minutes.
    max_within: Option<Vec<Window>>,
    /// Whether the member takes leads of this team.
    active: Option<bool>,
    /// When the member is in this team; always if left out.
    #[schemars(length(max = 1_000))]
    terms: Option<Vec<Period>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum IfNobody {
    /// Limits are set aside.
    Everyone,
    /// The lead waits until somebody is back.
    Wait,
    /// The lead stays unassigned, with the reason.
    Unassigned,
    /// Another team or a pool gets the lead.
    Overflow(Overflow),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Overflow {
    Team(String),
    Either(TeamOrPool),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum TeamOrPool {
    Team(String),
    Pool(String),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Entry {
    Rule(Rule),
    Group(Group),
}

#[derive(JsonSchema)]
#[schemars(transparent)]
struct Moment(#[schemars(regex(pattern = r"^\s*\S+([Tt]|\s+)\S+.*$"))] String);

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
    from: Option<Moment>,
    /// The moment from which on it holds no more.
    until: Option<Moment>,
    /// The leads it is about; all if left out.
    when: Option<Condition>,
    /// Who gets them.
    assign_to: Target,
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
    rules: Vec<Entry>,
    /// What leads of the group get that no rule in it matches; if left out, they go on below.
    otherwise: Option<Outcome>,
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Outcome {
    /// Who gets the lead.
    assign_to: Target,
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
enum Target {
    /// A team.
    Team(String),
    Place(TargetPlace),
}

/// A team, a member (perhaps for a team), or a pool.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TargetPlace {
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
