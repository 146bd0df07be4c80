//! What each member got, compared with the fair share. Several members share a line to keep the
//! table short.

use comfy_table::Table;
use indicatif::HumanCount;
use leadtree::policy::Policy;
use leadtree::team::Team;

use super::ranked::ranked;
use super::tally::Tally;
use crate::terminal;
use crate::terminal::tables::{finished, float, table};

/// The width of borders and spaces around three columns.
const BORDERS: usize = 10;
const SHARE: &str = "fair share";
const GAP: &str = "    ";

/// A team and its members.
struct Lines {
    team: String,
    /// The fair share of a member with weight 1.
    share: String,
    members: Vec<Line>,
}

/// A member: name and weight, leads, difference from the fair share.
type Line = [String; 3];

/// A table of all active members of teams that got leads, and of members named without a team.
pub(crate) fn members(policy: &Policy, tally: &Tally) -> Table {
    let mut all: Vec<_> = policy
        .teams()
        .iter()
        .filter_map(|team| of_team(team, tally))
        .collect();
    let by_name = by_name(tally);
    if !by_name.is_empty() {
        all.push(Lines {
            team: "by name, no team".to_owned(),
            share: String::new(),
            members: by_name,
        });
    }

    let mut table = table(["team", SHARE, "members: leads and difference"]);
    let widths = widths(all.iter().flat_map(|lines| &lines.members));
    let member = widths.iter().sum::<usize>() + widths.len() - 1;
    let team = all.iter().map(|lines| width(&lines.team)).max();
    let taken = BORDERS + team.unwrap_or_default() + SHARE.len();
    let room = terminal::width().saturating_sub(taken);
    let in_a_line = ((room + GAP.len()) / (member + GAP.len())).max(1);
    for Lines {
        team,
        share,
        members,
    } in all
    {
        let written: Vec<_> = members.iter().map(|line| padded(line, widths)).collect();
        let lines: Vec<_> = written
            .chunks(in_a_line)
            .map(|line| line.join(GAP))
            .collect();
        table.add_row([team, share, lines.join("\n")]);
    }
    finished(table, 1..2)
}

fn of_team(team: &Team, tally: &Tally) -> Option<Lines> {
    let active: Vec<_> = team
        .get_members()
        .iter()
        .filter(|seat| seat.is_active())
        .map(|seat| (seat, tally.owned(team.id(), seat.member())))
        .collect();
    let leads: u64 = active.iter().map(|(_, leads)| leads).sum();
    if leads == 0 {
        return None;
    }
    let weights: u64 = active
        .iter()
        .map(|(seat, _)| u64::from(seat.get_weight()))
        .sum();
    let share = float(leads) / float(weights);
    let members = active.into_iter().map(|(seat, got)| {
        let weight = seat.get_weight();
        let name = match weight {
            1 => seat.member().to_string(),
            _ => format!("{} ×{weight}", seat.member()),
        };
        let difference = float(got) - share * f64::from(weight);
        line(name, got, format!("{difference:+.1}"))
    });
    Some(Lines {
        team: team.id().to_string(),
        share: format!("{share:.1}"),
        members: members.collect(),
    })
}

fn by_name(tally: &Tally) -> Vec<Line> {
    let owners = tally.owners.iter();
    let without_team = owners.filter(|((team, _), _)| team.is_none());
    ranked(without_team.map(|((_, member), &leads)| (member, leads)))
        .into_iter()
        .map(|(member, leads)| line(member.to_string(), leads, String::new()))
        .collect()
}

fn line(name: String, leads: u64, difference: String) -> Line {
    [name, HumanCount(leads).to_string(), difference]
}

fn widths<'l>(lines: impl Iterator<Item = &'l Line>) -> [usize; 3] {
    lines.fold([0; 3], |[name, leads, difference], line| {
        let [own_name, own_leads, own_difference] = line.each_ref().map(|text| width(text));
        [
            name.max(own_name),
            leads.max(own_leads),
            difference.max(own_difference),
        ]
    })
}

fn padded([name, leads, difference]: &Line, widths: [usize; 3]) -> String {
    let [wide_name, wide_leads, wide_difference] = widths;
    format!("{name:<wide_name$} {leads:>wide_leads$} {difference:>wide_difference$}")
}

fn width(text: &str) -> usize {
    text.chars().count()
}
