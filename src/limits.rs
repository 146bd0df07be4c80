//! The bounds that keep every input finite. Beyond one of them there is a typed error, never a
//! blow-up.

/// How deep conditions and groups may nest, each for itself. A reader with a limit of its own, such
/// as `serde_json` with 128 levels of maps and lists, allows as much.
pub const MAX_NESTING: usize = 32;

/// How many bytes the text of a condition may have.
pub const MAX_CONDITION_BYTES: usize = 1 << 26;

/// How many bytes a taxonomy path may have, its separators included.
pub const MAX_PATH_BYTES: usize = 2048;

/// How deep the nested maps of a taxonomy may go. Paths and rows go as deep as
/// [`MAX_PATH_BYTES`] allows.
pub const MAX_BRANCHES: usize = 100;

/// How many bytes all paths of a taxonomy may have together, as written or folded, whichever is longer.
pub const MAX_TAXONOMY_BYTES: usize = 1 << 26;

/// How many bytes a text attribute of a lead may have; a longer one is unlisted.
pub const MAX_TEXT_BYTES: usize = 1 << 16;

/// How many tags a lead may have in one attribute; a longer list is unlisted.
pub const MAX_TAGS: usize = 1_000;

/// How many stages a stage list may have.
pub const MAX_STAGES: usize = 10_000;

/// The largest weight a member may have; the smallest is 1.
pub const MAX_WEIGHT: u32 = 1_000_000;

/// How many leads a limit that slides along may allow; so many moments are remembered for it.
pub const MAX_WINDOW_LEADS: u32 = 10_000;

/// How many minutes a limit that slides along may span: 400 days.
pub const MAX_WINDOW_MINUTES: u32 = 400 * 24 * 60;

/// How many limits that slide along one member or team may have.
pub const MAX_WINDOWS: usize = 8;

/// How many leads one lead may count as.
pub const MAX_COUNTS: u32 = 1_000;

/// The highest level of a skill; the lowest is 1.
pub const MAX_SKILL_LEVEL: u32 = 100;

/// How many skills one member may have, or one requirement may ask for.
pub const MAX_SKILLS: usize = 100;

/// How many grades a policy may have.
pub const MAX_GRADES: usize = 100;

/// How many places all rotations of single rules may have together: where turns go by rule, one for each
/// member and each rule that names the team.
pub const MAX_PLACES_BY_RULE: usize = 4_000_000;

/// How many hours ahead a team may look for whoever is back first.
pub const MAX_LOOK_AHEAD_HOURS: u32 = 120;

/// How many members of one team may support one lead.
pub const MAX_SUPPORTERS: u32 = 100;

/// How many teams a lead may pass by overflow.
pub const MAX_OVERFLOWS: usize = 64;

/// How many tests all conditions of a policy may have together. A value in a list counts as one
/// test.
pub const MAX_TESTS: usize = 20_000_000;

/// How many bytes the text of working hours may have.
pub const MAX_HOURS_BYTES: usize = 1 << 12;

/// How many days ahead is looked for the next hour at which somebody works.
pub const MAX_DAYS_AHEAD: u32 = 400;

/// How many calendars of holidays one member or team may have.
pub const MAX_CALENDARS: usize = 16;

/// How many periods a member may be in a team.
pub const MAX_TERMS: usize = 1_000;

/// How many entries a calendar of holidays, and the leave of a member, may have.
pub const MAX_DAYS_OFF: usize = 10_000;
