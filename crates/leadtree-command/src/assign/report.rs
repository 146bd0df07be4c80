//! The summary printed at the end.

use std::fmt;
use std::time::Duration;

use comfy_table::Table;
use indicatif::{HumanCount, HumanFloatCount};
use leadtree::RuleId;
use leadtree::dimension::Dimension;
use leadtree::policy::{Policy, Source};
use leadtree::tree::TreeStats;

use super::members::members;
use super::tally::{GivenTally, Tally, ranked};
use crate::leads::Join;
use crate::terminal::tables::{finished, float, paragraph, table};
use crate::terminal::words::{counted, most_frequent, reason};

/// How many values of a dimension or attribute are shown.
const MOST_FREQUENT: usize = 5;

const COULD_NOT_TAKE: &str = "\
Could not take: leads for which the team was asked while all its members were full or away; each went where \
the team or the rule says.";
const FAIR_SHARE: &str = "\
Fair share: the team's leads by weight, for weight 1 (×2 should have twice as many). Limits, names in rules \
and strategies other than round_robin shift it.";
const UNLISTED: &str = "\
Unlisted: given, but no name or alias in the policy, or not readable as the attribute's kind.";

/// A summary of where the leads went.
pub(crate) struct Report<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) joins: &'a [Join],
    pub(crate) tree: TreeStats,
    pub(crate) tally: &'a Tally,
    pub(crate) bad_rows: u64,
    /// From opening the leads to the last assignment written.
    pub(crate) elapsed: Duration,
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.totals(f)?;
        let tally = self.tally;
        let leads = tally.leads();
        if leads == 0 {
            return Ok(());
        }
        writeln!(f, "\nTeams\n{}", self.teams())?;
        writeln!(f, "{}", paragraph(COULD_NOT_TAKE, 0))?;
        writeln!(f, "\nMembers\n{}", members(self.policy, tally))?;
        writeln!(f, "{}", paragraph(FAIR_SHARE, 0))?;
        if tally.assigned < leads {
            writeln!(f, "\nWithout an owner\n{}", self.without_owner())?;
        }
        writeln!(f, "\nValues given\n{}", self.values())?;
        writeln!(f, "{}", paragraph(UNLISTED, 0))?;
        self.unmatched(f)?;
        self.idle_rules(f)?;
        let speed = format!(
            "{} in a tree of {}; {} leads a second assigning, {} with reading, counting and writing",
            counted(self.rules().count() as u64, "rule", "rules"),
            counted(self.tree.nodes as u64, "node", "nodes"),
            per_second(leads, tally.assigning),
            per_second(leads, self.elapsed)
        );
        writeln!(f, "\n{}", paragraph(&speed, 0))
    }
}

impl Report<'_> {
    /// Shows that all rows are accounted for.
    fn totals(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tally = self.tally;
        let leads = counted(tally.leads(), "lead", "leads");
        writeln!(
            f,
            "{} read = {leads} + {}",
            counted(tally.leads() + self.bad_rows, "row", "rows"),
            counted(self.bad_rows, "bad row", "bad rows")
        )?;
        let waiting = match tally.waiting {
            0 => String::new(),
            waiting => format!(" + {} waiting", HumanCount(waiting)),
        };
        let sum = format!(
            "{leads} = {} assigned + {} pooled{waiting} + {} unassigned",
            HumanCount(tally.assigned),
            HumanCount(tally.pooled()),
            HumanCount(tally.unassigned())
        );
        writeln!(f, "{}", paragraph(&sum, 0))?;
        for (count, one, many) in [
            (
                tally.repeated_ids,
                "lead has an id that came before; it was assigned again",
                "leads have an id that came before; each was assigned again",
            ),
            (
                tally.out_of_order,
                "lead came after a later one; its day counts as the latest seen",
                "leads came after later ones; their days count as the latest seen",
            ),
        ] {
            if count > 0 {
                writeln!(f, "{}", paragraph(&counted(count, one, many), 0))?;
            }
        }
        for (join, &found) in self.joins.iter().zip(&tally.joined) {
            let found = counted(found, "lead has", "leads have");
            writeln!(f, "{found} a row in {}", join.file.display())?;
        }
        Ok(())
    }

    fn rules(&self) -> impl Iterator<Item = &RuleId> {
        self.policy
            .grants()
            .filter_map(|grant| match grant.source() {
                Source::Rule(rule) => Some(rule),
                _ => None,
            })
    }

    fn teams(&self) -> Table {
        let mut table = table([
            "team",
            "strategy",
            "active members",
            "leads",
            "share",
            "could not take",
        ]);
        for team in self.policy.teams() {
            let roster = team.get_members().iter();
            let active = roster.clone().filter(|member| member.is_active()).count();
            let leads = roster.map(|seat| self.tally.owned(team.id(), seat.member()));
            let leads: u64 = leads.sum();
            let refused = self.tally.refused.get(team.id()).copied();
            table.add_row([
                team.id().to_string(),
                team.get_strategy().name().to_string(),
                active.to_string(),
                HumanCount(leads).to_string(),
                percent(leads, self.tally.leads()),
                HumanCount(refused.unwrap_or_default()).to_string(),
            ]);
        }
        finished(table, 2..6)
    }

    fn without_owner(&self) -> Table {
        let mut table = table(["leads", "where", "why"]);
        let pooled = self.tally.pooled.iter().map(|((pool, code), &leads)| {
            let why = code.map_or_else(|| "the rule says so".to_owned(), reason);
            ((format!("pool `{pool}`"), why), leads)
        });
        let unassigned = self
            .tally
            .unassigned
            .iter()
            .map(|((source, code), &leads)| {
                ((format!("unassigned by {source}"), reason(code)), leads)
            });
        let waiting = (self.tally.waiting > 0).then(|| {
            let why = "nobody of the team is there; assign again later".to_owned();
            (("waiting".to_owned(), why), self.tally.waiting)
        });
        for ((place, why), leads) in ranked(pooled.chain(unassigned).chain(waiting)) {
            table.add_row([HumanCount(leads).to_string(), place, why]);
        }
        finished(table, 0..1)
    }

    fn values(&self) -> Table {
        let mut table = table([
            "value",
            "known",
            "missing",
            "unlisted",
            "most often unlisted",
        ]);
        let dimensions = Dimension::ALL.map(Dimension::as_str);
        let attributes = self.policy.dimensions().attributes().iter();
        let attributes = attributes.map(|(name, _)| name.as_str());
        let dimensions = dimensions.into_iter().zip(&self.tally.dimensions);
        for (name, tally) in dimensions.chain(attributes.zip(&self.tally.attributes)) {
            let GivenTally {
                known,
                missing,
                unlisted,
                unlisted_values,
            } = tally;
            table.add_row([
                name.to_owned(),
                HumanCount(*known).to_string(),
                HumanCount(*missing).to_string(),
                HumanCount(*unlisted).to_string(),
                most_frequent(&unlisted_values.ranked(), MOST_FREQUENT),
            ]);
        }
        finished(table, 1..4)
    }

    fn unmatched(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sample = &self.tally.unmatched_sample;
        if sample.is_empty() {
            return writeln!(f, "\nEvery lead met a rule");
        }
        let mut table = table(["value", "most often in leads that met no rule"]);
        for (dimension, had) in Dimension::ALL.iter().zip(&self.tally.unmatched_values) {
            let had = most_frequent(&had.ranked(), MOST_FREQUENT);
            table.add_row([dimension.as_str(), &had]);
        }
        let unmatched = self.tally.unmatched;
        let more = if unmatched > sample.len() as u64 {
            ", …"
        } else {
            ""
        };
        table.add_row(["first of them", &format!("{}{more}", sample.join(", "))]);
        let table = finished(table, 0..0);
        writeln!(
            f,
            "\n{} met no rule\n{table}",
            counted(unmatched, "lead", "leads")
        )
    }

    /// Rules that may be obsolete, or come after one that takes all their leads.
    fn idle_rules(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let idle: Vec<_> = self
            .rules()
            .filter(|rule| !self.tally.rules.contains_key(*rule))
            .map(RuleId::as_str)
            .collect();
        if idle.is_empty() {
            return Ok(());
        }
        let idle = format!("Rules that met no lead: {}", idle.join(", "));
        writeln!(f, "\n{}", paragraph(&idle, 0))
    }
}

fn percent(part: u64, whole: u64) -> String {
    format!("{:.1} %", 100.0 * float(part) / float(whole))
}

fn per_second(leads: u64, time: Duration) -> impl fmt::Display {
    HumanFloatCount((float(leads) / time.as_secs_f64()).round())
}
