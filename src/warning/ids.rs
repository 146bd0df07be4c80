//! Ids of members that are probably several ids, or part of a list.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::PolicyWarning;
use crate::id::MemberId;
use crate::place::{Placed, Trail};
use crate::policy::Policy;

/// Each id is told of once, at its first place.
pub(super) fn warnings(policy: &Policy) -> Vec<Placed<PolicyWarning>> {
    let mut known: HashSet<&MemberId, FixedState> = HashSet::default();
    let mut warnings = Vec::new();
    let mut look_at = |member, trail: Trail<'_>| {
        if known.insert(member)
            && let Some(remedy) = remedy(member.as_str())
        {
            let member = member.to_string();
            let warning = PolicyWarning::SuspiciousMember { member, remedy };
            warnings.push(Placed::new(trail.place(), warning));
        }
    };
    let members = Trail::Whole.field("members");
    for (index, member) in policy.members().iter().enumerate() {
        look_at(member.id(), members.item(index));
    }
    let teams = Trail::Whole.field("teams");
    for (index, team) in policy.teams().iter().enumerate() {
        let team_trail = teams.item(index);
        let members = team_trail.field("members");
        for (index, member) in team.get_members().iter().enumerate() {
            look_at(member.member(), members.item(index));
        }
    }
    warnings
}

/// What to write where an id is probably meant otherwise.
fn remedy(id: &str) -> Option<&'static str> {
    if id.contains([',', ';', '，', '、']) {
        return Some("if several are meant, write each as an item of its own: `[m-01, m-02]`");
    }
    if id.contains(['[', ']', '{', '}']) {
        return Some("write the brackets of a list outside the quotes, or leave them out");
    }
    if id.starts_with('-') {
        return Some(
            "if the hyphen begins an item of a list, write a blank behind it and no brackets around the list, or \
             leave it out",
        );
    }
    // Names of persons may have blanks, and have capital letters or none at all.
    let is_code = |part: &str| {
        part.chars().any(|it| it.is_ascii_digit())
            || part
                .chars()
                .all(|it| !it.is_alphabetic() || it.is_lowercase())
    };
    let mut parts = id.split_whitespace();
    let is_several = parts.clone().count() > 1 && parts.all(is_code);
    is_several.then_some("if several are meant, write a comma between them: `[m-01, m-02]`")
}

#[cfg(test)]
mod tests {
    use super::remedy;

    #[test]
    fn ids_that_are_probably_several_are_told_from_names() {
        for id in [
            "m1 m2",
            "anna bernd",
            "m1, m2",
            "[m3]",
            "-m7",
            "m-01;m-02",
            "7 8",
        ] {
            assert!(remedy(id).is_some(), "{id}");
        }
        for id in [
            "m-01",
            "Ann Lee",
            "Maria de la Cruz",
            "张 伟",
            "a.b@example.com",
            "o'neil",
            "00Q5/x",
        ] {
            assert_eq!(remedy(id), None, "{id}");
        }
    }
}
