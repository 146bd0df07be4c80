//! The summary printed at the end.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};
use comfy_table::Table;
use indicatif::{HumanCount, HumanFloatCount};
use leadtree::RuleId;
use leadtree::dimension::Dimension;
use leadtree::policy::{Policy, Source};
use leadtree::rule::Ownership;
use leadtree::tree::TreeStats;
use leadtree_files::{Join, LeadFile};

use super::frequent_values::FrequentValues;
use super::intake::RowCounts;
use super::members::members;
use super::ranked::ranked;
use super::tally::{GivenTally, Tally};
use crate::terminal::tables::{finished, float, paragraph, table};
use crate::terminal::words::{counted, most_frequent, plain, reason, shortened};

/// How many values of a dimension or attribute are shown.
const MOST_FREQUENT: usize = 5;

/// How many unused columns are listed.
const MOST_UNUSED: usize = 50;

const COULD_NOT_TAKE: &str = "\
Could not take: leads for which the team was asked while all its members were full or away; each went where \
the team or the rule says.";
const FAIR_SHARE: &str = "\
Fair share: the team's leads by weight, for weight 1 (×2 should have twice as many). Limits, names in rules \
and strategies other than round_robin shift it.";
const NO_LEDGER: &str = "\
`ownership` is for ledgers: this command remembers no leads, so that a lead or an account that comes again is \
assigned like any other.";
const UNLISTED: &str = "\
Unlisted: given, but no name or alias in the policy, or not readable as the attribute's kind.";

/// A summary of where the leads went.
pub(crate) struct Report<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) joins: &'a [Join],
    pub(crate) tree: TreeStats,
    pub(crate) tally: &'a Tally,
    pub(crate) file: &'a LeadFile,
    pub(crate) rows: &'a RowCounts,
    /// The moment of leads that have none.
    pub(crate) now: DateTime<Utc>,
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
        self.passed_over(f)?;
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
        let RowCounts {
            bad,
            repeated,
            left_out,
            joined,
        } = self.rows;
        let mut others = counted(*bad, "bad row", "bad rows");
        if *left_out > 0 {
            let repeated = counted(*left_out, "repeated id left out", "repeated ids left out");
            others = format!("{others} + {repeated}");
        }
        let rows = counted(tally.leads() + bad + left_out, "row", "rows");
        writeln!(f, "{rows} read = {leads} + {others}")?;
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
        let told = *repeated - *left_out;
        if told > 0 {
            let told = counted(
                told,
                "lead has an id that came before; it was assigned again (see --repeated-ids)",
                "leads have an id that came before; each was assigned again (see --repeated-ids)",
            );
            writeln!(f, "{}", paragraph(&told, 0))?;
        }
        self.moments(f)?;
        let files = self.file.joined_files();
        for ((join, &found), file) in self.joins.iter().zip(joined).zip(files) {
            let found = counted(found, "lead has", "leads have");
            let name = join.file().display();
            writeln!(f, "{found} a row in {name}")?;
            for (line, fault) in file.left_out {
                let told = format!("{name}:{line}: {fault}; row left out");
                writeln!(f, "{}", paragraph(&plain(&told), 0))?;
            }
        }
        Ok(())
    }

    /// Moments that are missing, and that run backwards.
    fn moments(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moments = &self.tally.moments;
        let in_zone = |moment: DateTime<Utc>| {
            let zone = self.policy.time_zone();
            zone.local(moment).format("%Y-%m-%d %H:%M:%S").to_string()
        };
        if self.file.has_moments() && moments.missing > 0 {
            let told = format!(
                "{} no `received`; taken as {}",
                counted(moments.missing, "lead has", "leads have"),
                in_zone(self.now)
            );
            writeln!(f, "{}", paragraph(&told, 0))?;
        }
        if let Some([(moment, line), (latest, latest_line)]) = moments.first_backwards {
            let told = format!(
                "{} after later ones, so their days count as the latest seen: line {line} has {}, but line \
                 {latest_line} has {}; mend that line if it is wrong, or sort with --sort",
                counted(moments.backwards, "lead came", "leads came"),
                in_zone(moment),
                in_zone(latest)
            );
            writeln!(f, "{}", paragraph(&told, 0))?;
        }
        Ok(())
    }

    /// What of the file was passed over.
    fn passed_over(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told = Vec::new();
        if self.file.encoding() != "UTF-8" {
            told.push(format!("Read as {}", self.file.encoding()));
        }
        if let Some(word) = self.file.doubtful_word() {
            told.push(format!(
                "`{}` looks as if the file had another encoding; state it as `encoding`, or save the file as UTF-8",
                shortened(word)
            ));
        }
        for (field, option) in self.file.options_in_vain() {
            told.push(format!(
                "`{option}` of {} applied to none of its values; correct it in the mapping, or remove it",
                in_quotes(field)
            ));
        }
        let (odd_ids, line) = self.file.ids_with_invisible_characters();
        if odd_ids > 0 {
            told.push(format!(
                "{} invisible characters inside, the first in line {line}; no other system finds them by the same \
                 id without",
                counted(odd_ids, "id has", "ids have")
            ));
        }
        if self
            .policy
            .grants()
            .any(|grant| grant.ownership() != Ownership::Lead)
        {
            told.push(NO_LEDGER.to_owned());
        }
        let blank = self.file.blank_rows();
        if blank > 0 {
            told.push(counted(
                blank,
                "blank row passed over",
                "blank rows passed over",
            ));
        }
        let words: Vec<_> = self.file.blank_words().collect();
        if !words.is_empty() {
            let words = most_frequent(&ranked(words), MOST_FREQUENT);
            told.push(format!("Read as blank: {words}"));
        }
        for (field, mark) in self.file.shown_marks() {
            told.push(format!(
                "`{field}` is read with the decimal mark `{mark}`, as its first rows show"
            ));
        }
        let own = self.file.unused_columns();
        told.extend(unused(&own).map(|columns| format!("Columns that no field uses: {columns}")));
        for (join, file) in self.joins.iter().zip(self.file.joined_files()) {
            let name = join.file().display();
            told.extend(
                unused(&file.unused_columns)
                    .map(|columns| format!("Columns of {name} that no field uses: {columns}")),
            );
        }
        if !told.is_empty() {
            writeln!(f)?;
        }
        told.iter()
            .try_for_each(|told| writeln!(f, "{}", paragraph(told, 0)))
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
                frequent(unlisted_values),
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
            let had = frequent(had);
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

/// The names of unused columns; none if there are none.
fn unused(columns: &[&str]) -> Option<String> {
    if columns.is_empty() {
        return None;
    }
    let more = match columns.len().saturating_sub(MOST_UNUSED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let shown = columns.iter().take(MOST_UNUSED).map(|name| shortened(name));
    let shown: Vec<_> = shown.collect();
    Some(format!("{}{more}", shown.join(", ")))
}

/// The name of a field in quotes; a description as it is.
fn in_quotes(field: &str) -> String {
    if field.contains(' ') {
        field.to_owned()
    } else {
        format!("`{field}`")
    }
}

/// The most frequent values; of very many only about.
fn frequent(values: &FrequentValues) -> String {
    let told = most_frequent(&values.ranked(), MOST_FREQUENT);
    if values.is_exact() {
        return told;
    }
    format!("at least: {told}")
}

fn percent(part: u64, whole: u64) -> String {
    format!("{:.1} %", 100.0 * float(part) / float(whole))
}

fn per_second(leads: u64, time: Duration) -> impl fmt::Display {
    HumanFloatCount((float(leads) / time.as_secs_f64()).round())
}
