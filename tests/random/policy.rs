//! Random policies, in a model of their own and as drafts, with what they decide.

use chrono::{DateTime, Utc};
use fastrand::Rng;
use leadtree::dimension::AttributeKind;
use leadtree::policy::PolicyDraft;
use leadtree::rule::{Entry, Group, IfNobody, Outcome, Rule, Target};
use leadtree::team::{Team, TeamMember};

use super::condition::Formula;
use super::lead::Case;
use super::meaning::holds;
use super::world::World;
use super::{one_in, pick};

#[derive(Debug, Clone)]
pub struct Rules {
    pub entries: Vec<Item>,
    pub otherwise: Option<Owner>,
}

#[derive(Debug, Clone)]
pub enum Item {
    Rule {
        id: String,
        enabled: bool,
        /// Seconds since the epoch.
        from: Option<i64>,
        until: Option<i64>,
        when: Option<Formula>,
        owner: Owner,
    },
    Group {
        id: String,
        enabled: bool,
        when: Option<Formula>,
        entries: Vec<Item>,
        otherwise: Option<Owner>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Team(usize),
    Pool(usize),
    Member(usize),
    MemberOfTeam(usize),
}

impl Owner {
    fn new(random: &mut Rng) -> Self {
        let number = random.usize(..3);
        let owners = [Self::Team, Self::Pool, Self::Member, Self::MemberOfTeam];
        pick(random, &owners)(number)
    }

    fn target(self) -> Target {
        match self {
            Self::Team(number) => Target::team(format!("t-{number}")),
            Self::Pool(number) => Target::pool(format!("p-{number}")),
            Self::Member(number) => Target::member(format!("m-{number}")),
            // The file form is the only one that names both.
            Self::MemberOfTeam(number) => serde_json::from_value(serde_json::json!({
                "team": format!("t-{number}"), "member": format!("m-{number}"),
            }))
            .unwrap(),
        }
    }

    /// As leadtree writes it.
    pub fn words(self) -> String {
        match self {
            Self::Team(number) => format!("team `t-{number}`"),
            Self::Pool(number) => format!("pool `p-{number}`"),
            Self::Member(number) => format!("member `m-{number}`"),
            Self::MemberOfTeam(number) => format!("member `m-{number}` of team `t-{number}`"),
        }
    }
}

/// The size of policies.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub rules: usize,
    pub depth: usize,
}

impl Rules {
    pub fn new(world: &World, random: &mut Rng, size: Size) -> Self {
        let mut left = random.usize(1..=size.rules);
        let mut number = 0;
        let entries = entries(world, random, size, &mut left, &mut number, 0);
        let otherwise = random.bool().then(|| Owner::new(random));
        Self { entries, otherwise }
    }

    /// The whole policy.
    pub fn draft(&self, world: &World, random: &mut Rng) -> PolicyDraft {
        let mut draft = values_draft(world, random);
        for number in 0..3 {
            let members = [
                TeamMember::new(format!("m-{number}")),
                TeamMember::new("m-9").weight(2).max_open(5),
            ];
            let team = Team::new(format!("t-{number}")).members(members);
            let team = match number {
                0 => team
                    .if_nobody(IfNobody::overflow_to_team("t-1"))
                    .strategy("random"),
                1 => team.if_nobody(IfNobody::overflow_to_pool("p-0")),
                _ => team.if_nobody(IfNobody::Everyone).description("the last"),
            };
            draft = draft.team(team).pool(format!("p-{number}"));
        }
        draft = draft.rules(self.entries.iter().map(Item::typed));
        match self.otherwise {
            Some(owner) => draft.otherwise(Outcome::to(owner.target())),
            None => draft,
        }
    }

    /// The answer: the rule and the owner, as leadtree writes them.
    pub fn decide(&self, world: &World, case: &Case, now: DateTime<Utc>) -> (String, String) {
        let found = first(&self.entries, world, case, now);
        let (source, owner) = found.unwrap_or_else(|| {
            let words = self.otherwise.map(Owner::words);
            let owner = words.unwrap_or_else(|| "pool `unmatched`".to_owned());
            ("the otherwise of the policy".to_owned(), owner)
        });
        (source, owner)
    }
}

/// A draft with the dimensions of the model and nothing else.
pub fn values_draft(world: &World, random: &mut Rng) -> PolicyDraft {
    let draft = PolicyDraft::new()
        .regions(world.trees[0].draft(random))
        .industries(world.trees[1].draft(random))
        .product_lines(world.trees[2].draft(random))
        .lifecycle_stages(world.stages[0].draft(random))
        .funnel_stages(world.stages[1].draft(random))
        .customer_sizes(world.bands_draft(random));
    let attributes: &[(String, AttributeKind)] = &world.attributes;
    attributes.iter().fold(draft, |draft, (name, kind)| {
        draft.attribute(name.as_str(), *kind)
    })
}

fn entries(
    world: &World,
    random: &mut Rng,
    size: Size,
    left: &mut usize,
    number: &mut usize,
    level: usize,
) -> Vec<Item> {
    let mut items = Vec::new();
    while *left > 0 {
        if level > 0 && one_in(random, 4) {
            break;
        }
        *left -= 1;
        *number += 1;
        let id = format!("r-{number}");
        let depth = random.usize(..=size.depth);
        let always = one_in(random, 20);
        let when = (!always).then(|| Formula::new(world, random, depth));
        let enabled = !one_in(random, 8);
        if level < 4 && one_in(random, 4) {
            items.push(Item::Group {
                id,
                enabled,
                when,
                entries: entries(world, random, size, left, number, level + 1),
                otherwise: one_in(random, 3).then(|| Owner::new(random)),
            });
        } else {
            let moment = |random: &mut Rng| *pick(random, &world.moments);
            let (one, other) = (moment(random), moment(random));
            let (from, until) = match random.u32(..10) {
                0 => (Some(one), None),
                1 => (None, Some(one)),
                2 if one != other => (Some(one.min(other)), Some(one.max(other))),
                _ => (None, None),
            };
            items.push(Item::Rule {
                id,
                enabled,
                from,
                until,
                when,
                owner: Owner::new(random),
            });
        }
    }
    items
}

fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

impl Item {
    fn typed(&self) -> Entry {
        match self {
            Self::Rule {
                id,
                enabled,
                from,
                until,
                when,
                owner,
            } => {
                let mut rule = Rule::new(id.as_str()).enabled(*enabled);
                rule = rule.assign_to(owner.target());
                if let Some(from) = from {
                    rule = rule.from(moment(*from));
                }
                if let Some(until) = until {
                    rule = rule.until(moment(*until));
                }
                if let Some(when) = when {
                    rule = rule.when(when.typed());
                }
                rule.into()
            }
            Self::Group {
                id,
                enabled,
                when,
                entries,
                otherwise,
            } => {
                let mut group = Group::new(id.as_str()).enabled(*enabled);
                group = group.rules(entries.iter().map(Self::typed));
                if let Some(when) = when {
                    group = group.when(when.typed());
                }
                if let Some(owner) = otherwise {
                    group = group.otherwise(Outcome::to(owner.target()));
                }
                group.into()
            }
        }
    }
}

fn first(
    entries: &[Item],
    world: &World,
    case: &Case,
    now: DateTime<Utc>,
) -> Option<(String, String)> {
    let meets = |when: &Option<Formula>| when.as_ref().is_none_or(|when| holds(when, world, case));
    for entry in entries {
        match entry {
            Item::Rule {
                id,
                enabled,
                from,
                until,
                when,
                owner,
            } => {
                let begun = from.is_none_or(|from| now >= moment(from));
                let over = until.is_some_and(|until| now >= moment(until));
                if *enabled && begun && !over && meets(when) {
                    return Some((format!("rule `{id}`"), owner.words()));
                }
            }
            Item::Group {
                id,
                enabled,
                when,
                entries,
                otherwise,
            } => {
                if *enabled && meets(when) {
                    let inside = first(entries, world, case, now);
                    let source = format!("the otherwise of group `{id}`");
                    let rest = || otherwise.map(|owner| (source, owner.words()));
                    if let Some(answer) = inside.or_else(rest) {
                        return Some(answer);
                    }
                }
            }
        }
    }
    None
}
