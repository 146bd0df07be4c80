//! The sections of a written policy file: the order of fields, and where blank lines go.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_saphyr::ser::Error;
use serde_saphyr::{FlowMap, SerializerOptions, SpaceAfter, to_string_with_options};

use super::line_breaks::{Items, List, OnOneLine, Prose, Words, list};
use super::quotes::Quotes;
use crate::availability::{Moment, Presence, TimeZone, WorkingHours};
use crate::dimension::{Branch, Number, StagesDraft, TaxonomyDraft, TaxonomyRow};
use crate::fit::Requirement;
use crate::id::{CalendarId, RuleId, TeamId};
use crate::parsed::Parsed;
use crate::policy::draft::PolicyDraft;
use crate::raw_map::RawMap;
use crate::rule::{Condition, Entry, Group, IfNobody, Outcome, Rule, Support, Target};
use crate::team::{RotationScope, StrategyChoice, Team, TeamMember, Window};

/// Writes the policy section by section.
pub(super) fn write(draft: &PolicyDraft, quotes: Quotes) -> Result<String, Error> {
    let PolicyDraft {
        version,
        description,
        time_zone,
        regions,
        industries,
        product_lines,
        customer_sizes,
        lifecycle_stages,
        funnel_stages,
        attributes,
        pools,
        grades,
        holidays,
        members,
        teams,
        rules,
        otherwise,
    } = draft;
    let mut file = File {
        text: String::new(),
        options: quotes.options(),
    };
    file.add(&Header {
        version: version.as_deref(),
        description: description.as_deref().map(Prose),
        time_zone: time_zone.as_ref(),
    })?;
    for (name, taxonomy) in [
        ("regions", regions),
        ("industries", industries),
        ("product_lines", product_lines),
    ] {
        if *taxonomy != TaxonomyDraft::default() {
            file.section(name, &TaxonomyLayout::of(taxonomy))?;
        }
    }
    file.optional("customer_sizes", customer_sizes.as_ref())?;
    let stages = |draft| Option::as_ref(draft).map(|it: &StagesDraft| Items(it.stages()));
    file.optional("lifecycle_stages", stages(lifecycle_stages))?;
    file.optional("funnel_stages", stages(funnel_stages))?;
    file.optional("attributes", Some(attributes).filter(|it| !it.is_empty()))?;
    file.optional("pools", list(pools))?;
    file.optional("grades", list(grades))?;
    file.optional("holidays", Some(holidays).filter(|it| !it.is_empty()))?;
    file.optional("members", list(members).map(|List(it)| Items(it)))?;
    let teams: Vec<_> = teams.iter().map(TeamLayout::of).collect();
    file.optional("teams", Some(Spaced(teams)).filter(|it| !it.0.is_empty()))?;
    file.optional("rules", Some(rules_of(rules)).filter(|it| !it.0.is_empty()))?;
    file.optional("otherwise", otherwise.as_ref().map(FlowMap))?;
    if file.text.is_empty() {
        file.text.push_str("{}\n");
    }
    Ok(file.text)
}

/// The text so far. Sections are separated by a blank line.
struct File {
    text: String,
    options: SerializerOptions,
}

impl File {
    fn add(&mut self, section: &impl Serialize) -> Result<(), Error> {
        let text = to_string_with_options(section, self.options.clone())?;
        let text = text.trim_end();
        if text != "{}" {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(text);
            self.text.push('\n');
        }
        Ok(())
    }

    fn section(&mut self, name: &str, value: &impl Serialize) -> Result<(), Error> {
        self.add(&BTreeMap::from([(name, value)]))
    }

    fn optional(&mut self, name: &str, value: Option<impl Serialize>) -> Result<(), Error> {
        value.map_or(Ok(()), |value| self.section(name, &value))
    }
}

/// A list with a blank line between its items.
struct Spaced<T>(Vec<T>);

impl<T: Serialize> Serialize for Spaced<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(untagged)]
        enum Item<'a, T> {
            Last(&'a T),
            Other(SpaceAfter<&'a T>),
        }

        let last = self.0.len().saturating_sub(1);
        serializer.collect_seq(self.0.iter().enumerate().map(|(index, item)| {
            if index == last {
                Item::Last(item)
            } else {
                Item::Other(SpaceAfter(item))
            }
        }))
    }
}

#[derive(Serialize)]
struct Header<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Prose<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_zone: Option<&'a Parsed<TimeZone>>,
}

#[derive(Serialize)]
struct TaxonomyLayout<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    tree: Option<BranchLayout<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paths: Option<List<&'a [String]>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<FlowMap<&'a TaxonomyRow>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aliases: Option<Aliases<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_name: Option<bool>,
}

impl<'a> TaxonomyLayout<'a> {
    fn of(draft: &'a TaxonomyDraft) -> Self {
        Self {
            tree: Some(BranchLayout(&draft.tree)).filter(|it| !it.0.is_leaf()),
            paths: list(&draft.paths),
            rows: draft.rows.iter().map(FlowMap).collect(),
            aliases: Some(Aliases(&draft.aliases)).filter(|it| !it.0.is_empty()),
            by_name: Some(draft.by_name).filter(|&it| it),
        }
    }
}

struct BranchLayout<'a>(&'a Branch);

impl Serialize for BranchLayout<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_list() {
            List(self.0).serialize(serializer)
        } else {
            let children = self.0.children().iter();
            serializer.collect_map(children.map(|(name, child)| (name, Self(child))))
        }
    }
}

struct Aliases<'a>(&'a RawMap<Vec<String>>);

impl Serialize for Aliases<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(node, names)| (node, List(names))))
    }
}

#[derive(Serialize)]
struct TeamLayout<'a> {
    id: &'a TeamId,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Prose<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    strategy: Option<OnOneLine<'a, StrategyChoice>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rotation: Option<OnOneLine<'a, RotationScope>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<Items<'a, TeamMember>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_zone: Option<&'a Parsed<TimeZone>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<&'a Parsed<WorkingHours>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    holidays: Option<List<&'a [CalendarId]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_asked: Option<Presence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_open: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_per_day: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_per_week: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_within: Option<List<&'a [Window]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    most_ahead: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score_floor: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    named_take_turns: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    look_ahead_hours: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    requires: Option<FlowMap<&'a Requirement>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prefers: Option<FlowMap<&'a Requirement>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    if_nobody: Option<OnOneLine<'a, IfNobody>>,
}

impl<'a> TeamLayout<'a> {
    fn of(team: &'a Team) -> Self {
        let limits = &team.limits;
        Self {
            id: &team.id,
            description: team.description.as_deref().map(Prose),
            strategy: Some(OnOneLine(&team.strategy)).filter(|it| !it.0.is_default()),
            rotation: Some(OnOneLine(&team.rotation)).filter(|it| !it.0.is_default()),
            members: Some(Items(&team.members)).filter(|it| !it.0.is_empty()),
            time_zone: team.time_zone.as_ref(),
            hours: team.hours.as_ref(),
            holidays: list(&team.holidays),
            last_asked: Some(team.last_asked).filter(|&it| it != Presence::Away),
            max_open: limits.max_open,
            max_per_day: limits.max_per_day,
            max_per_week: limits.max_per_week,
            max_within: list(&limits.windows),
            most_ahead: team.most_ahead,
            score_floor: team.score_floor,
            named_take_turns: Some(team.named_take_turns).filter(|&it| it),
            look_ahead_hours: team.look_ahead_hours,
            requires: asked(Some(&team.requires)),
            prefers: asked(Some(&team.prefers)),
            if_nobody: team.if_nobody.as_ref().map(OnOneLine),
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum EntryLayout<'a> {
    Rule(RuleLayout<'a>),
    Group(GroupLayout<'a>),
}

#[derive(Serialize)]
struct RuleLayout<'a> {
    id: &'a RuleId,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Prose<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Words<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assign_to: Option<OnOneLine<'a, Target>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    requires: Option<FlowMap<&'a Requirement>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prefers: Option<FlowMap<&'a Requirement>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    support: Option<List<&'a [Support]>>,
}

#[derive(Serialize)]
struct GroupLayout<'a> {
    group: &'a RuleId,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Prose<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Words<'a>>,
    rules: Spaced<EntryLayout<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    otherwise: Option<FlowMap<&'a Outcome>>,
}

fn rules_of(entries: &[Entry]) -> Spaced<EntryLayout<'_>> {
    let layouts = entries.iter().map(|entry| match entry {
        Entry::Rule(rule) => EntryLayout::Rule(RuleLayout::of(rule)),
        Entry::Group(group) => EntryLayout::Group(GroupLayout::of(group)),
    });
    Spaced(layouts.collect())
}

/// A requirement on members, on one line; left out if empty.
fn asked(requirement: Option<&Requirement>) -> Option<FlowMap<&Requirement>> {
    requirement.filter(|it| !it.is_empty()).map(FlowMap)
}

/// `enabled`, left out if true.
fn switch(enabled: bool) -> Option<bool> {
    Some(enabled).filter(|&it| !it)
}

fn words(condition: &Condition) -> Option<Words<'_>> {
    Some(Words(condition)).filter(|it| !it.0.is_always())
}

impl<'a> RuleLayout<'a> {
    fn of(rule: &'a Rule) -> Self {
        Self {
            id: &rule.id,
            description: rule.description.as_deref().map(Prose),
            enabled: switch(rule.enabled),
            from: rule.period.from(),
            until: rule.period.until(),
            when: words(&rule.when),
            assign_to: rule.outcome.assign_to.as_ref().map(OnOneLine),
            counts: Some(rule.outcome.counts).filter(|&counts| counts != 1),
            requires: asked(rule.outcome.get_requires()),
            prefers: asked(rule.outcome.get_prefers()),
            support: list(&rule.outcome.support),
        }
    }
}

impl<'a> GroupLayout<'a> {
    fn of(group: &'a Group) -> Self {
        Self {
            group: &group.id,
            description: group.description.as_deref().map(Prose),
            enabled: switch(group.enabled),
            when: words(&group.when),
            rules: rules_of(&group.rules),
            otherwise: group.otherwise.as_ref().map(FlowMap),
        }
    }
}
