//! Where fields belong that people often write in the wrong place.

const OF_RULES: [&str; 12] = [
    "id",
    "group",
    "when",
    "assign_to",
    "support",
    "counts",
    "requires",
    "prefers",
    "enabled",
    "from",
    "until",
    "if_nobody",
];
const OF_TEAMS: [&str; 10] = [
    "strategy",
    "rotation",
    "hours",
    "last_asked",
    "most_ahead",
    "score_floor",
    "max_open",
    "max_per_day",
    "max_per_week",
    "max_within",
];
const OF_MEMBERS: [&str; 7] = [
    "hours",
    "holidays",
    "leave",
    "time_zone",
    "presence",
    "grade",
    "skills",
];

/// Says where a field belongs that is unknown in a map with these fields.
pub(super) fn home_of(name: &str, fields: &[&str]) -> Option<&'static str> {
    let has = |field: &str| fields.contains(&field);
    if has("regions") {
        return if OF_RULES.contains(&name) {
            Some("it belongs to a rule: indent it like the rule's other fields")
        } else if OF_TEAMS.contains(&name) {
            Some("it belongs to a team: indent it like the team's other fields")
        } else {
            None
        };
    }
    if has("assign_to") {
        return match name {
            "if_nobody" => Some("write it inside `assign_to`: `{team: east, if_nobody: everyone}`"),
            "team" | "member" | "pool" => Some("write it inside `assign_to`: `{pool: later}`"),
            "strategy" | "members" => Some("it belongs to a team"),
            _ => None,
        };
    }
    if has("member") && has("weight") && OF_MEMBERS.contains(&name) {
        return Some("it belongs to the member in the policy's own list `members`");
    }
    if has("within") && has("at_least") {
        return match name {
            "in" | "under" | "below" => Some("write `within`"),
            "=" | "equals" | "eq" => Some("write `is`"),
            "!=" | "not" | "not_in" | "is_not" => Some("put the test in a `not`"),
            _ => None,
        };
    }
    if has("leave") && name == "weight" {
        return Some("it belongs to the member in a team's list `members`");
    }
    None
}
