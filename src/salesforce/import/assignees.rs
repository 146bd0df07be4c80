//! Users and queues, and the teams they become.

use indexmap::IndexMap;

use super::unique_names::UniqueNames;
use crate::id::TeamId;
use crate::rule::Target;
use crate::salesforce::metadata::RuleEntry;
use crate::salesforce::report::TeamReport;
use crate::team::Team;

/// The pool for leads whose entry assigns them to nobody, so that they keep their owner.
pub const OWNER_STAYS: &str = "owner-stays";

/// The assignees found so far, by type and name.
#[derive(Default)]
pub(super) struct Assignees {
    teams: IndexMap<(String, String), TeamId>,
    ids: UniqueNames,
    /// Whether any entry keeps the owner.
    pub(super) owner_stays: bool,
}

impl Assignees {
    /// The target of an entry's leads.
    pub(super) fn target(&mut self, entry: &RuleEntry) -> Target {
        let RuleEntry {
            assigned_to: name,
            assigned_to_type: kind,
            ..
        } = entry;
        if name.is_empty() {
            self.owner_stays = true;
            return Target::pool(OWNER_STAYS);
        }
        let key = (kind.clone(), name.clone());
        if let Some(team) = self.teams.get(&key) {
            return Target::team(team);
        }
        // A user and a queue may have the same name.
        let team = if self.ids.take(name) {
            TeamId::from(name.as_str())
        } else {
            let typed = format!("{name} ({})", kind.to_lowercase());
            let numbered = |typed: &str, number| format!("{typed} {number}");
            TeamId::from(self.ids.fresh(typed, numbered))
        };
        self.teams.insert(key, team.clone());
        Target::team(team)
    }

    /// One team for each user or queue. A user is the team's only member; the members of a queue
    /// are not in the file.
    pub(super) fn teams(&self) -> impl Iterator<Item = Team> {
        self.teams.iter().map(|((kind, name), team)| {
            let description = format!("{kind} `{name}` of Salesforce");
            let team = Team::new(team.clone()).description(description.trim_start());
            if is_user(kind) {
                team.member(name.as_str())
            } else {
                team
            }
        })
    }

    pub(super) fn report(&self) -> Vec<TeamReport> {
        let report = |((kind, name), team): (&(String, String), &TeamId)| TeamReport {
            assignee: name.clone(),
            kind: kind.clone(),
            team: team.clone(),
            needs_members: !is_user(kind),
        };
        self.teams.iter().map(report).collect()
    }
}

fn is_user(kind: &str) -> bool {
    kind.eq_ignore_ascii_case("User")
}
