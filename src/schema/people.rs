//! The schema of members and teams.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::{Name, Timestamp};

#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Member {
    Id(String),
    WithLimits(MemberWithLimits),
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct MemberWithLimits {
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
pub(super) struct Requirement {
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
pub(super) struct MemberTerm {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

/// Days, one by one or from the first to the last: 2026-10-01, 2026-10-01..2026-10-07.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Calendar {
    Days(Vec<Days>),
    /// With their names.
    Named(NamedDays),
}

/// Begins as a date does.
#[derive(JsonSchema)]
#[schemars(transparent)]
pub(super) struct Days(#[schemars(regex(pattern = r"^\s*[+-]?\d+\s*-\s*\d+\s*-\s*\d+"))] String);

#[derive(JsonSchema)]
#[schemars(
    transparent,
    extend("propertyNames" = { "pattern": r"^\s*[+-]?\d+\s*-\s*\d+\s*-\s*\d+" })
)]
pub(super) struct NamedDays(BTreeMap<String, Option<String>>);

/// Two days, 2026-12-24, or two instants, 2026-12-24T12:00:00+08:00.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Leave {
    from: Days,
    /// The first day, or the first instant, back.
    until: Days,
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
pub(super) struct Team {
    id: String,
    /// What it is for.
    description: Option<String>,
    /// How a member is picked; `round_robin` if left out.
    strategy: Option<Strategy>,
    /// Among which leads turns go round; `per_team` if left out.
    rotation: Option<RotationScope>,
    members: Option<Vec<TeamMember>>,
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
enum TeamMember {
    Id(String),
    WithLimits(TeamMemberWithLimits),
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TeamMemberWithLimits {
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
    terms: Option<Vec<Option<MemberTerm>>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(super) enum IfNobody {
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
pub(super) enum Overflow {
    Team(String),
    Either(TeamOrPool),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(super) enum TeamOrPool {
    Team(String),
    Pool(String),
}
