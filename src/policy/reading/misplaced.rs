//! Where fields belong that people often write in the wrong place.

use crate::document::fields_of;
use crate::policy::draft::PolicyDraft;
use crate::rule::KeptEntry;
use crate::team::{Member, Team, TeamMember};

/// Says where a field belongs that is unknown in a map with these fields.
pub(super) fn home_of(name: &str, fields: &[&str]) -> Option<&'static str> {
    let has = |field: &str| fields.contains(&field);
    let of_rules = || fields_of::<KeptEntry>().contains(&name);
    let of_teams = || fields_of::<Team>().contains(&name);
    let of_members = || fields_of::<Member>().contains(&name);
    let of_team_members = || fields_of::<TeamMember>().contains(&name);

    if fields == fields_of::<PolicyDraft>() {
        return if of_rules() {
            Some("it belongs to a rule: indent it like the rule's other fields")
        } else if of_teams() {
            Some("it belongs to a team: indent it like the team's other fields")
        } else if of_members() || of_team_members() {
            Some("it belongs to a member: indent it like the member's other fields")
        } else {
            None
        };
    }
    if has("assign_to") {
        return match name {
            "if_nobody" => Some("write it inside `assign_to`: `{team: east, if_nobody: everyone}`"),
            "team" => Some("write it inside `assign_to`: `assign_to: {team: …}`"),
            "member" => Some("write it inside `assign_to`: `assign_to: {member: …}`"),
            "pool" => Some("write it inside `assign_to`: `assign_to: {pool: …}`"),
            _ if !of_rules() && of_teams() => Some("it belongs to a team"),
            name if name.ends_with(')') => Some(
                "inside `{…}` a comma ends the condition: put the condition in quotes, or the fields on lines \
                 of their own",
            ),
            _ => None,
        };
    }
    if fields == fields_of::<TeamMember>() && name != "id" && of_members() {
        return Some("it belongs to the member in the policy's own list `members`");
    }
    if fields == fields_of::<Member>() && name != "member" && of_team_members() {
        return Some("it belongs to the member in a team's list `members`");
    }
    if has("within") && has("at_least") {
        return match name {
            "in" | "under" | "below" => Some("write `within`"),
            "=" | "equals" | "eq" => Some("write `is`"),
            "!=" | "not" | "not_in" | "is_not" => Some("put the test in a `not`"),
            _ => None,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_sent_home() {
        let home = |name, fields| home_of(name, fields).unwrap_or_default();
        let policy = fields_of::<PolicyDraft>();
        assert!(home("assign_to", policy).starts_with("it belongs to a rule"));
        assert!(home("strategy", policy).starts_with("it belongs to a team"));
        assert!(home("terms", policy).starts_with("it belongs to a member"));
        let rule = fields_of::<KeptEntry>();
        assert_eq!(home("max_per_week", rule), "it belongs to a team");
        assert!(home("pool", rule).starts_with("write it inside `assign_to`"));
        let member = fields_of::<Member>();
        assert!(home("weight", member).ends_with("in a team's list `members`"));
        let in_team = fields_of::<TeamMember>();
        assert!(home("grade", in_team).ends_with("in the policy's own list `members`"));
        for (name, fields) in [("id", in_team), ("member", member), ("no such", policy)] {
            assert_eq!(home_of(name, fields), None, "{name}");
        }
    }
}
