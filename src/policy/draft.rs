//! A policy as written, before it is checked.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

use crate::availability::{Holidays, TimeZone};
use crate::dimension::{AttributeKind, BandsDraft, StagesDraft, TaxonomyDraft};
use crate::example::Example;
use crate::id::{GradeName, PoolId};
use crate::map_form::map_form;
use crate::parsed::Parsed;
use crate::raw_map::RawMap;
use crate::rule::{Entry, Outcome, Ownership};
use crate::team::{Member, Team};

/// A policy as written, before it is checked: a builder, and the serde form of a policy file.
///
/// Any self-describing serde format can hold it; the guide's [chapter on the policy
/// file](crate::guide::policy_file) shows a complete example.
///
/// ```
/// use leadtree::dimension::Taxonomy;
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::{Rule, region};
/// use leadtree::team::Team;
///
/// let policy = PolicyDraft::new()
///     .regions(Taxonomy::draft().paths(["cn/east", "cn/north"]))
///     .team(Team::new("east").members(["m-01", "m-02"]))
///     .rule(Rule::new("east").when(region().within("cn/east")).assign_to("east"))
///     .build()?;
///
/// // Every fault comes at once, with its place and a remedy.
/// let errors = PolicyDraft::new()
///     .regions(Taxonomy::draft().paths(["cn/east", "cn/north"]))
///     .team(Team::new("east").members(["m-01", "m-02"]))
///     .rule(Rule::new("east").when(region().within("cn/eats")).assign_to("aest"))
///     .build()
///     .unwrap_err();
/// assert_eq!(
///     errors.to_string(),
///     "the policy has 2 problems:
///   rules[0].when.region.within: unknown region `cn/eats`; did you mean `cn/east`?
///   rules[0].assign_to.team: unknown team `aest`; did you mean `east`?"
/// );
/// # Ok::<(), leadtree::policy::PolicyErrors>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(
        title = "leadtree policy",
        description = "Who gets which lead: dimensions, teams and ordered rules."
    )
)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct PolicyDraft {
    /// A version label, free text. Every assignment carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<String>,
    /// What it is for, free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    /// The time zone in which days begin: an offset from UTC such as +08:00, or an IANA name such as
    /// Europe/Berlin. Default: UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) time_zone: Option<Parsed<TimeZone>>,
    /// The tree of regions.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(crate) regions: TaxonomyDraft,
    /// The tree of industries.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(crate) industries: TaxonomyDraft,
    /// The tree of product lines.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(crate) product_lines: TaxonomyDraft,
    /// Named ranges of head counts, both ends included: `10..=49`, `1000..`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) customer_sizes: Option<BandsDraft>,
    /// The stages from first to last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) lifecycle_stages: Option<StagesDraft>,
    /// The stages from first to last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) funnel_stages: Option<StagesDraft>,
    /// Other facts about leads that rules can test.
    #[serde(default, skip_serializing_if = "RawMap::is_empty")]
    pub(crate) attributes: RawMap<AttributeKind>,
    /// Pools that take leads without an owner. `unmatched` always exists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) pools: Vec<PoolId>,
    /// The grades of members, from lowest to highest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = crate::limits::MAX_GRADES)))]
    pub(crate) grades: Vec<GradeName>,
    /// Holiday calendars by name.
    #[serde(default, skip_serializing_if = "RawMap::is_empty")]
    pub(crate) holidays: RawMap<Holidays>,
    /// Working time, skills, and limits across all teams. If one member is listed, all must be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) members: Vec<Member>,
    /// The teams and their members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) teams: Vec<Team>,
    /// What a ledger remembers of who owns a lead, where a rule says nothing of it. Default: lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ownership: Option<Ownership>,
    /// Rules and groups; the first that matches wins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) rules: Vec<Entry>,
    /// The outcome for a lead that no rule matches. Default: the pool `unmatched`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) otherwise: Option<Outcome>,
    /// Leads that matter, and what must come of them. They are no part of deciding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) examples: Vec<Example>,
}

map_form!(PolicyDraft, "a policy");

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl PolicyDraft {
    /// An empty policy: every lead goes to the pool `unmatched`.
    pub fn new() -> Self {
        Self::default()
    }

    /// A version label, free text. Every assignment carries it.
    #[must_use]
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// What the policy is for, free text.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// The time zone in which days begin at midnight, and the default for working hours: an offset
    /// from UTC such as `+08:00` or, with the feature `time-zones`, an IANA name such as
    /// `Europe/Berlin`. UTC by default.
    ///
    /// Takes a text or a [`TimeZone`]. An invalid text is reported by [`build`](Self::build), with
    /// all other faults.
    #[must_use]
    pub fn time_zone(mut self, zone: impl Display) -> Self {
        self.time_zone = Some(Parsed::read(&zone.to_string()));
        self
    }

    /// The regions.
    #[must_use]
    pub fn regions(mut self, regions: TaxonomyDraft) -> Self {
        self.regions = regions;
        self
    }

    /// The industries.
    #[must_use]
    pub fn industries(mut self, industries: TaxonomyDraft) -> Self {
        self.industries = industries;
        self
    }

    /// The product lines.
    #[must_use]
    pub fn product_lines(mut self, product_lines: TaxonomyDraft) -> Self {
        self.product_lines = product_lines;
        self
    }

    /// The named bands of customer size; [`BandsDraft::default_bands`] by default.
    #[must_use]
    pub fn customer_sizes(mut self, bands: BandsDraft) -> Self {
        self.customer_sizes = Some(bands);
        self
    }

    /// The lifecycle stages; [`StagesDraft::default_lifecycle`] by default.
    #[must_use]
    pub fn lifecycle_stages(mut self, stages: StagesDraft) -> Self {
        self.lifecycle_stages = Some(stages);
        self
    }

    /// The funnel stages; [`StagesDraft::default_funnel`] by default.
    #[must_use]
    pub fn funnel_stages(mut self, stages: StagesDraft) -> Self {
        self.funnel_stages = Some(stages);
        self
    }

    /// Declares an attribute of leads and its kind.
    #[must_use]
    pub fn attribute(mut self, name: impl Into<Box<str>>, kind: AttributeKind) -> Self {
        self.attributes.push(name, kind);
        self
    }

    /// Declares attributes of leads and their kinds.
    #[must_use]
    pub fn attributes<N: Into<Box<str>>>(
        mut self,
        attributes: impl IntoIterator<Item = (N, AttributeKind)>,
    ) -> Self {
        for (name, kind) in attributes {
            self.attributes.push(name, kind);
        }
        self
    }

    /// Declares a pool. The pool `unmatched` always exists and need not be declared.
    #[must_use]
    pub fn pool(mut self, pool: impl Into<PoolId>) -> Self {
        self.pools.push(pool.into());
        self
    }

    /// Declares pools; see [`pool`](Self::pool).
    #[must_use]
    pub fn pools<P: Into<PoolId>>(mut self, pools: impl IntoIterator<Item = P>) -> Self {
        self.pools.extend(pools.into_iter().map(Into::into));
        self
    }

    /// The grades that members can have, from lowest to highest.
    #[must_use]
    pub fn grades<G: Into<GradeName>>(mut self, grades: impl IntoIterator<Item = G>) -> Self {
        self.grades = grades.into_iter().map(Into::into).collect();
        self
    }

    /// Adds a holiday calendar that members and teams can refer to by name.
    #[must_use]
    pub fn holidays(mut self, calendar: impl Into<Box<str>>, holidays: Holidays) -> Self {
        self.holidays.push(calendar, holidays);
        self
    }

    /// Adds a member with what applies across all teams: limits, working time, grade and skills. If
    /// one member is listed this way, every member of every team must be.
    #[must_use]
    pub fn member(mut self, member: impl Into<Member>) -> Self {
        self.members.push(member.into());
        self
    }

    /// Adds members with what applies across all teams; see [`member`](Self::member).
    #[must_use]
    pub fn members<M: Into<Member>>(mut self, members: impl IntoIterator<Item = M>) -> Self {
        self.members.extend(members.into_iter().map(Into::into));
        self
    }

    /// Adds a team.
    #[must_use]
    pub fn team(mut self, team: Team) -> Self {
        self.teams.push(team);
        self
    }

    /// Adds teams.
    #[must_use]
    pub fn teams(mut self, teams: impl IntoIterator<Item = Team>) -> Self {
        self.teams.extend(teams);
        self
    }

    /// Adds a rule or a group at the end.
    #[must_use]
    pub fn rule(mut self, entry: impl Into<Entry>) -> Self {
        self.rules.push(entry.into());
        self
    }

    /// Adds rules or groups at the end.
    #[must_use]
    pub fn rules<E: Into<Entry>>(mut self, entries: impl IntoIterator<Item = E>) -> Self {
        self.rules.extend(entries.into_iter().map(Into::into));
        self
    }

    /// The outcome for a lead that no rule matches; the pool `unmatched` by default.
    #[must_use]
    pub fn otherwise(mut self, outcome: Outcome) -> Self {
        self.otherwise = Some(outcome);
        self
    }

    /// What a ledger remembers of who owns a lead, where a rule says nothing of it; [`Ownership::Lead`] by
    /// default.
    #[must_use]
    pub fn ownership(mut self, ownership: Ownership) -> Self {
        self.ownership = Some(ownership);
        self
    }

    /// Adds an example: a lead, and what must come of it. Examples are no part of deciding;
    /// [`ExampleCheck`](crate::example_check::ExampleCheck) tells whether they hold.
    #[must_use]
    pub fn example(mut self, example: Example) -> Self {
        self.examples.push(example);
        self
    }

    /// Adds examples; see [`example`](Self::example).
    #[must_use]
    pub fn examples(mut self, examples: impl IntoIterator<Item = Example>) -> Self {
        self.examples.extend(examples);
        self
    }
}
