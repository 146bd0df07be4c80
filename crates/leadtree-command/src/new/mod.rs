//! `leadtree new`: a policy to begin with.

mod recipe;

use std::fmt::Write as _;

use clap::Args;
use leadtree::diagnostics::SourceText;
use leadtree::strategy::StrategyRegistry;

use crate::error::CommandError;
use crate::files::{Force, Output};
use crate::status::Status;
use recipe::{Recipe, Territory};

const EXAMPLES: &str = "\
Examples:
  leadtree new --by plz --team nord=anna --out policy.yaml
  leadtree new --by provinces --team 华东 --team 华南 --team 北方";

/// Writes a commented policy to begin with
///
/// Territories are divided among the teams, in order; edit them. Change names, and members of teams, to
/// those of your own systems.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct NewArguments {
    /// How leads are divided among the teams
    #[arg(long, value_enum, value_name = "TERRITORY", default_value_t = Territory::Provinces)]
    by: Territory,

    /// A team, and the ids of its members [default: two teams of two]
    #[arg(short, long = "team", value_name = "NAME[=MEMBER,...]")]
    teams: Vec<String>,

    /// The time zone of days and hours [default: by the territory]
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,

    /// The working hours of teams
    #[arg(long, value_name = "HOURS", default_value = "mon-fri 09:00-18:00")]
    hours: String,

    /// The file to write
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    out: Output,

    #[command(flatten)]
    force: Force,
}

/// A team and its members.
struct Team {
    name: String,
    members: Vec<String>,
}

pub(crate) fn run(arguments: &NewArguments) -> Result<Status, CommandError> {
    let recipe = arguments.by.recipe();
    let teams: Vec<_> = match arguments.teams.as_slice() {
        [] => ["inside", "field"].into_iter().map(Team::read).collect(),
        teams => teams.iter().map(|text| Team::read(text)).collect(),
    };
    let most = recipe.territories.len();
    if teams.len() > most {
        let message = format!(
            "{} teams; `--by` has {most} territories to divide",
            teams.len()
        );
        return Err(CommandError::Usage(message));
    }
    let text = written(arguments, &recipe, &teams);
    // Names given by hand may be none, such as two teams of one name.
    let source = SourceText::new("the policy with these names", &text);
    let checked = source.check(&StrategyRegistry::new());
    let Some(policy) = checked.policy else {
        let drawn = source.drawing().colored(true).draw(&checked.findings);
        return Err(CommandError::Refused { drawn });
    };
    let text = source
        .formatted(&policy)
        .map_err(|error| CommandError::faulty("the policy with these names", error))?;
    arguments
        .out
        .write(&[], arguments.force.if_there(), &text)?;
    Ok(Status::Fine)
}

impl Team {
    fn read(text: &str) -> Self {
        let (name, members) = text.split_once('=').unwrap_or((text, ""));
        let mut members: Vec<_> = members
            .split(',')
            .map(|member| member.trim().to_owned())
            .filter(|member| !member.is_empty())
            .collect();
        if members.is_empty() {
            members = (1..=2).map(|number| format!("{name}-{number}")).collect();
        }
        let name = name.trim().to_owned();
        Self { name, members }
    }
}

fn written(arguments: &NewArguments, recipe: &Recipe, teams: &[Team]) -> String {
    let zone = arguments.time_zone.as_deref().unwrap_or(recipe.time_zone);
    let mut text = format!(
        "\
# Who gets a lead. After every change:
#   leadtree check policy.yaml
#   leadtree test policy.yaml
#   leadtree explain --policy policy.yaml {example}

version: \"1\"
# Days begin at midnight here, and hours are local times here.
time_zone: {zone}

{dimensions}
teams:
",
        example = recipe.example,
        zone = quoted(zone),
        dimensions = recipe.dimensions,
    );
    for (index, team) in teams.iter().enumerate() {
        let members: Vec<_> = team.members.iter().map(|member| quoted(member)).collect();
        // Writing to a `String` cannot fail.
        let _ = write!(
            text,
            "  - id: {name}\n    members: [{members}]\n",
            name = quoted(&team.name),
            members = members.join(", ")
        );
        if index == 0 {
            text.push_str(
                "    # Outside these hours leads wait; `look_ahead_hours: 24` gives them to\n",
            );
            text.push_str("    # whoever is back first.\n");
        }
        let _ = write!(
            text,
            "    hours: {}\n    if_nobody: wait\n\n",
            quoted(&arguments.hours)
        );
    }
    text.push_str(
        "# The first rule that matches wins: write exceptions above what they are exceptions of.\n",
    );
    text.push_str("rules:\n");
    text.push_str(recipe.first_rule_comment);
    let count = recipe.territories.len();
    for (index, team) in teams.iter().enumerate() {
        let from = index * count / teams.len();
        let until = (index + 1) * count / teams.len();
        let own = recipe.territories.get(from..until).unwrap_or_default();
        let _ = write!(
            text,
            "  - id: {id}\n    when: {condition}\n    assign_to: {name}\n\n",
            id = quoted(&format!("{}-territory", team.name)),
            condition = recipe.condition(own),
            name = quoted(&team.name)
        );
    }
    text.push_str("# What no rule takes waits in a pool until somebody claims it.\n");
    text.push_str("otherwise:\n  assign_to: {pool: unmatched}\n\n");
    write_examples(&mut text, recipe, teams);
    text
}

fn write_examples(text: &mut String, recipe: &Recipe, teams: &[Team]) {
    text.push_str("# Leads that matter, and what must come of them. Add `at`, a moment, where hours matter.\n");
    text.push_str("examples:\n");
    let Some(first) = teams.first() else { return };
    // Writing to a `String` cannot fail.
    let _ = write!(
        text,
        "  - name: {name}\n    lead: {lead}\n    expect: {{rule: {rule}}}\n\n",
        name = quoted(&format!(
            "{} is in the territory of {}",
            recipe.first_place, first.name
        )),
        lead = recipe.first_lead,
        rule = quoted(&format!("{}-territory", first.name)),
    );
    text.push_str(
        "  - name: a lead from nowhere waits in the pool\n    lead: {customer_size: 5}\n",
    );
    text.push_str("    expect: {pool: unmatched}\n");
}

/// A name in YAML: in quotes, unless it is a plain word.
fn quoted(name: &str) -> String {
    let mut characters = name.chars();
    let is_plain = characters.next().is_some_and(char::is_alphabetic)
        && characters.all(|it| it.is_alphanumeric() || matches!(it, '-' | '_' | '/'))
        && !matches!(
            name,
            "true" | "false" | "null" | "yes" | "no" | "on" | "off"
        );
    if is_plain {
        return name.to_owned();
    }
    format!("'{}'", name.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_where_they_must_be() {
        for (name, written) in [
            ("nord", "nord"),
            ("华东", "华东"),
            ("Europe/Berlin", "Europe/Berlin"),
            ("7", "'7'"),
            ("no", "'no'"),
            ("a: b", "'a: b'"),
            ("it's", "'it''s'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(name), written);
        }
    }
}
