//! The schema of members and teams.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::text::{Name, Timestamp};

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
    /// The most open leads, across all teams.
    max_open: Option<u32>,
    /// The most leads in a day, across all teams.
    max_per_day: Option<u32>,
    /// The most leads in a week from Monday, across all teams.
    max_per_week: Option<u32>,
    /// Sliding-window limits, across all teams.
    max_within: Option<Vec<Window>>,
    /// Whether the member takes leads. Default: true.
    active: Option<bool>,
    /// Whether the member takes leads while at work. Default: `active`.
    presence: Option<Presence>,
    /// The time zone of hours and holidays: +08:00, Europe/Berlin. Default: the policy's.
    time_zone: Option<String>,
    /// The working hours: mon-fri 09:00-12:30 13:30-18:00. Default: always.
    hours: Option<String>,
    /// Holiday calendars; a day in any of them is off.
    #[schemars(length(max = 16))]
    holidays: Option<Vec<Name>>,
    /// When the member is away.
    leave: Option<Vec<Leave>>,
    /// One of the policy's grades.
    grade: Option<Name>,
    /// The member's skills, including languages: a list, or a map with levels.
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

/// A requirement or preference on members.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Requirement {
    grade: Option<GradeTest>,
    /// Skills at the given level or above: a list, or a map with levels. Default level: 1.
    skills: Option<Skills>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum GradeTest {
    /// This grade or a higher one.
    AtLeast(Name),
    /// Exactly this grade.
    Exactly(Name),
}

/// A period, from `from` (included) until `until` (excluded): 2026-03-31, or 2026-03-31T08:00:00Z.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct MemberTerm {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

/// Single days or ranges, both ends included: 2026-10-01, 2026-10-01..2026-10-07.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Calendar {
    Days(Vec<Days>),
    /// Days with their names.
    Named(NamedDays),
}

/// A text that begins with a date.
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
    /// Takes leads only if no active member of the team can.
    Away,
    /// Takes no leads.
    Unavailable,
}

/// A sliding-window limit: at most `leads` leads within any `minutes` minutes.
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
    /// How a member is picked. Default: `round_robin`.
    strategy: Option<Strategy>,
    /// The scope of the rotation. Default: `per_team`.
    rotation: Option<RotationScope>,
    members: Option<Vec<TeamMember>>,
    /// The time zone of hours and holidays: +08:00, Europe/Berlin. Default: the policy's.
    time_zone: Option<String>,
    /// The hours in which the team gets leads: mon-fri 09:00-18:00. Default: always.
    hours: Option<String>,
    /// Holiday calendars; a day in any of them is off.
    #[schemars(length(max = 16))]
    holidays: Option<Vec<Name>>,
    /// The lowest presence with which members take leads of this team. Default: `away`.
    last_asked: Option<Presence>,
    /// The most open leads of all members together.
    max_open: Option<u32>,
    /// The most leads in a day for all members together.
    max_per_day: Option<u32>,
    /// The most leads in a week from Monday for all members together.
    max_per_week: Option<u32>,
    /// Sliding-window limits for all members together.
    max_within: Option<Vec<Window>>,
    /// How many more open leads than the member with the fewest anybody may get.
    most_ahead: Option<u32>,
    /// Makes scores move shares; no share falls below this fraction of the share by weight alone.
    #[schemars(range(min = 0, max = 1))]
    score_floor: Option<f64>,
    /// Whether leads assigned to members by name count as their turns. Default: false.
    named_take_turns: Option<bool>,
    /// If nobody is at work, the lead goes to whoever is back first within this many hours.
    #[schemars(range(min = 1, max = 120))]
    look_ahead_hours: Option<u32>,
    /// The grade and skills that members need for leads of this team.
    requires: Option<Requirement>,
    /// The grade and skills that members should preferably have, for the strategy `best_fit`.
    prefers: Option<Requirement>,
    /// What happens to a lead that nobody here can take. Default: `unassigned`.
    if_nobody: Option<IfNobody>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Strategy {
    /// `round_robin`, `least_loaded`, `sticky`, `random`, `waterfall`, `best_fit`, or a custom
    /// strategy of the service.
    Name(String),
    WithOptions(StrategyWithOptions),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum RotationScope {
    /// One rotation for all leads of the team.
    PerTeam,
    /// A separate rotation for each rule.
    PerRule,
    /// One rotation for all teams that name it.
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
    /// The share of leads relative to the other members. Default: 1.
    #[schemars(range(min = 1, max = 1_000_000), extend("type" = "integer"))]
    weight: Option<u32>,
    /// The most open leads of this team.
    max_open: Option<u32>,
    /// The most leads of this team in a day.
    max_per_day: Option<u32>,
    /// The most leads of this team in a week from Monday.
    max_per_week: Option<u32>,
    /// Sliding-window limits for leads of this team.
    max_within: Option<Vec<Window>>,
    /// Whether the member takes leads of this team. Default: true.
    active: Option<bool>,
    /// When the member is in this team. Default: always.
    #[schemars(length(max = 1_000))]
    terms: Option<Vec<Option<MemberTerm>>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(super) enum IfNobody {
    /// Limits are ignored.
    Everyone,
    /// The lead waits for somebody to be back.
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
