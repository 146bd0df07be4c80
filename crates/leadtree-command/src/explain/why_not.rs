//! Why rules did not apply, and members did not get the lead.

use std::fmt::{self, Write as _};

use leadtree::dispatch::Audit;
use leadtree::explain::{Explanation, WhyNot};
use leadtree::policy::{Policy, Source};
use leadtree::team::Team;
use leadtree::{RuleId, Suggestion};

/// The most lines about rules that were not asked for.
const MOST_LINES: usize = 15;

/// Tells of each name why that rule or group did not apply, or that member did not get the lead.
pub(super) fn named(
    names: &[String],
    policy: &Policy,
    explanation: &Explanation<'_>,
    audit: &Audit,
    text: &mut String,
) {
    text.push_str("why not\n");
    for name in names {
        let rule = explanation.why_not(name).map(|answer| answer.to_string());
        let member = members(policy).any(|member| member == name);
        let member = member.then(|| of_member(name, audit));
        let none = rule.is_none() && member.is_none();
        let none = none.then(|| {
            let near = Suggestion::among(name, known_names(policy));
            format!("the policy has no rule, group or member `{name}`{near}")
        });
        for answer in [rule, member, none].into_iter().flatten() {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "  {answer}");
        }
    }
}

fn of_member(member: &str, audit: &Audit) -> String {
    let chosen = audit.inquiries().iter();
    let mut chosen = chosen.filter_map(|inquiry| inquiry.chosen.as_ref());
    if chosen.any(|it| it == member) {
        return format!("`{member}` did get a seat of the lead");
    }
    let answer = audit.why_not(member);
    answer.unwrap_or_else(|| format!("`{member}` is in no team that was asked"))
}

fn known_names(policy: &Policy) -> impl Iterator<Item = &str> {
    let rules = policy.grants().filter_map(|grant| grant.source().id());
    rules.map(RuleId::as_str).chain(members(policy))
}

/// All members, of the policy's own list and of teams; some twice.
fn members(policy: &Policy) -> impl Iterator<Item = &str> {
    let own = policy.members().iter().map(|member| member.id().as_str());
    let rosters = policy.teams().iter().flat_map(Team::get_members);
    own.chain(rosters.map(|seat| seat.member().as_str()))
}

/// Tells why none of the rules before the one that applied did.
pub(super) fn earlier_rules(policy: &Policy, explanation: &Explanation<'_>, text: &mut String) {
    let before = policy.grants().take(explanation.decision().index());
    let before: Vec<_> = before
        .filter_map(|grant| match grant.source() {
            Source::Rule(rule) => Some(rule),
            _ => None,
        })
        .collect();
    if before.is_empty() {
        text.push_str("no rule comes before it\n");
        return;
    }
    // Writing to a `String` cannot fail.
    let _ = match before.len() {
        1 => writeln!(text, "why the earlier rule does not apply"),
        count => writeln!(
            text,
            "why none of the {count} earlier rules applies, in order"
        ),
    };
    let lines = shared_lines(explanation, before);
    for line in lines.iter().take(MOST_LINES) {
        let _ = writeln!(text, "  {line}");
    }
    let others = lines.iter().skip(MOST_LINES).flat_map(|line| &line.rules);
    let others: Vec<_> = others.map(|rule| rule.as_str()).collect();
    if !others.is_empty() {
        let (count, names) = (others.len(), others.join(", "));
        let _ = writeln!(text, "  and {count} more; --why-not tells of each: {names}");
    }
}

/// A line of the list: one rule, or all rules excluded by a test of their group.
struct Line<'a> {
    rules: Vec<&'a RuleId>,
    answer: WhyNot,
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.answer, self.rules.len()) {
            (_, 1) => write!(f, "{}", self.answer),
            (WhyNot::Test { group, failed, .. }, count) => {
                let group = group.as_ref().map_or("", RuleId::as_str);
                write!(f, "none of {count} rules of group `{group}` applies: ")?;
                write!(f, "{failed} does not hold")
            }
            (answer, _) => write!(f, "{answer}"),
        }
    }
}

fn shared_lines<'a>(explanation: &Explanation<'_>, rules: Vec<&'a RuleId>) -> Vec<Line<'a>> {
    let group = |answer: &WhyNot| match answer {
        WhyNot::Test { group, .. } => group.clone(),
        _ => None,
    };
    let mut lines: Vec<Line<'_>> = Vec::new();
    for rule in rules {
        let Some(answer) = explanation.why_not(rule) else {
            continue;
        };
        let its_group = group(&answer);
        match lines.last_mut() {
            Some(line) if its_group.is_some() && group(&line.answer) == its_group => {
                line.rules.push(rule);
            }
            _ => lines.push(Line {
                rules: vec![rule],
                answer,
            }),
        }
    }
    lines
}
