//! Upper bounds on input.
//!
//! A policy that exceeds one is refused with a typed error; a lead's value that exceeds one is
//! unlisted. No input can use up memory, time or stack.

/// How deeply conditions may nest, and, counted separately, groups. `serde_json`, which reads 128
/// levels of maps and lists, can read conditions and groups of this depth.
pub const MAX_NESTING: usize = 32;

/// How deeply the maps and lists of a policy file may nest: enough for the deepest taxonomy, and for groups
/// inside groups.
pub const MAX_DEPTH: usize = 200;

/// The longest text of a condition, in bytes.
pub const MAX_CONDITION_BYTES: usize = 1 << 26;

/// The longest taxonomy path, in bytes, separators included.
pub const MAX_PATH_BYTES: usize = 2048;

/// How deeply the nested maps of a taxonomy may nest. The depth of paths and rows is bounded by
/// [`MAX_PATH_BYTES`] alone.
pub const MAX_TAXONOMY_NESTING: usize = 100;

/// The total length of all paths of a taxonomy, in bytes. Each node counts with its path as written or
/// as folded, whichever is longer.
pub const MAX_TAXONOMY_BYTES: usize = 1 << 26;

/// The longest text attribute of a lead, in bytes; a longer one is unlisted.
pub const MAX_TEXT_BYTES: usize = 1 << 16;

/// The most tags in one attribute of a lead; a longer list is unlisted.
pub const MAX_TAGS: usize = 1_000;

/// The most stages in a list of stages.
pub const MAX_STAGES: usize = 10_000;

/// The largest weight a member may have; the smallest is 1.
pub const MAX_WEIGHT: u32 = 1_000_000;

/// The most leads that a sliding-window limit may allow. The dispatcher stores the time of each lead
/// in the window, so this also bounds its memory.
pub const MAX_WINDOW_LEADS: u32 = 10_000;

/// The longest window of a sliding-window limit, in minutes: 400 days.
pub const MAX_WINDOW_MINUTES: u32 = 400 * 24 * 60;

/// The most sliding-window limits of one member or team.
pub const MAX_WINDOWS: usize = 8;

/// The largest number of leads that one lead may count as.
pub const MAX_UNITS: u32 = 1_000;

/// The highest level of a skill; the lowest is 1.
pub const MAX_SKILL_LEVEL: u32 = 100;

/// The most skills of one member, or in one requirement.
pub const MAX_SKILLS: usize = 100;

/// The most grades in a policy.
pub const MAX_GRADES: usize = 100;

/// The most pairs of rule and member, over all teams whose turns go
/// [`per_rule`](crate::team::RotationScope::PerRule): such a team stores one entry for each of its
/// members and each rule that names it.
pub const MAX_PER_RULE_TURNS: usize = 4_000_000;

/// The most hours that a team may look ahead for the member who is back at work first.
pub const MAX_LOOK_AHEAD_HOURS: u32 = 120;

/// The most members of one team that may support one lead.
pub const MAX_SUPPORTERS: u32 = 100;

/// The most supporters of one lead, of all teams together.
pub const MAX_SUPPORTERS_PER_LEAD: u32 = 1_000;

/// The most teams that a lead may pass through by overflow.
pub const MAX_OVERFLOWS: usize = 64;

/// The most tests in all conditions of a policy together. Each value of a list counts as one test.
pub const MAX_TESTS: usize = 20_000_000;

/// The longest text of working hours, in bytes.
pub const MAX_HOURS_BYTES: usize = 1 << 12;

/// How many days ahead the next working hour is searched for.
pub const MAX_DAYS_AHEAD: u32 = 400;

/// The most calendars of holidays of one member or team.
pub const MAX_CALENDARS: usize = 16;

/// The most terms (periods of membership) of one member in one team.
pub const MAX_TERMS: usize = 1_000;

/// The most entries in a calendar of holidays, or in the leave of a member.
pub const MAX_DAYS_OFF: usize = 10_000;
