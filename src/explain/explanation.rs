//! Why a lead went where it went, and why no other rule applied.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, Utc};

use super::why_not::WhyNot;
use crate::dimension::Listed;
use crate::id::RuleId;
use crate::lead::{Facts, Lead};
use crate::policy::{ResolvedCondition, ResolvedEntry};
use crate::rule::{Condition, Entry, Group, Shape, Subject};
use crate::space::Question;
use crate::tree::{Answers, Decision, DecisionTree, Traced, holds};

/// A decision and its reasons.
///
/// ```
/// use leadtree::Lead;
/// use leadtree::dimension::Taxonomy;
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::{Rule, customer_size, region};
/// use leadtree::team::Team;
/// use leadtree::tree::DecisionTree;
///
/// let policy = PolicyDraft::new()
///     .regions(Taxonomy::draft().path("cn/east/shanghai").alias("cn/east/shanghai", ["上海"]))
///     .team(Team::new("key").member("m-01"))
///     .team(Team::new("east").member("m-02"))
///     .rule(
///         Rule::new("big-east")
///             .when(region().within("cn/east") & customer_size().at_least(1000))
///             .assign_to("key"),
///     )
///     .rule(Rule::new("east").when(region().within("cn/east")).assign_to("east"))
///     .build()?;
/// let tree = DecisionTree::compile(&policy)?;
/// let lead = Lead::builder("L-1").region("上海").customer_size("51-200").build();
///
/// let explanation = tree.explain(&lead, chrono::DateTime::UNIX_EPOCH);
/// assert_eq!(
///     explanation.to_string(),
///     "\
/// lead `L-1`: rule `east` assigns to team `east`
/// values
///   region: cn/east/shanghai (by alias: `上海`)
///   industry: missing
///   customer_size: 51 (at the lower end of the range given: `51-200`)
///   product_line: missing
///   lifecycle_stage: missing
///   funnel_stage: missing
/// path
///   1. region in cn/east: it is cn/east/shanghai; 2 rules left
///   2. customer_size < 1000: it is 51; 1 rule left"
/// );
/// assert_eq!(
///     explanation.why_not("big-east").unwrap().to_string(),
///     "rule `big-east` does not apply: customer_size >= 1000 does not hold",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Explanation<'a> {
    tree: &'a DecisionTree,
    facts: Facts<'a>,
    now: DateTime<Utc>,
    decision: Decision<'a>,
    path: Vec<PathStep>,
}

/// A step of the way through the tree.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum PathStep {
    /// A question and its answer.
    Asked {
        /// What was asked for: a dimension, an attribute, a test or the moment.
        question: String,
        /// What the lead has there.
        answer: String,
        /// What that comes to for the rules, in the text form: a test that the lead meets, and
        /// that no rule splits further. None where no single test says so.
        test: Option<Box<Condition>>,
        /// How many rules (parts of rules, where a rule has alternatives) could still apply after
        /// that.
        left: usize,
    },
    /// A rule that was asked as a whole.
    Checked {
        /// The rule, or the group whose `otherwise` it is.
        rule: Option<RuleId>,
        /// Whether it applies.
        holds: bool,
    },
    /// Rules that were compared side by side.
    Compared {
        /// How many there were (parts of rules, where a rule has alternatives).
        rules: usize,
        /// The first that applies.
        found: Option<RuleId>,
    },
}

impl fmt::Display for PathStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked {
                question,
                answer,
                test,
                left,
            } => {
                let rules = if *left == 1 { "rule" } else { "rules" };
                match test {
                    None => write!(f, "{question} is {answer}")?,
                    Some(test) => {
                        let test = test.to_string();
                        write!(f, "{test}")?;
                        // The test may have said it all.
                        if !test.ends_with(&format!(" {answer}")) {
                            write!(f, ": it is {answer}")?;
                        }
                    }
                }
                write!(f, "; {left} {rules} left")
            }
            Self::Checked { rule, holds } => {
                let rule = rule.as_ref().map_or("the rest", RuleId::as_str);
                let answer = if *holds { "applies" } else { "does not apply" };
                write!(f, "asked `{rule}` as a whole: it {answer}")
            }
            Self::Compared { rules, found } => {
                let plural = if *rules == 1 { "rule" } else { "rules" };
                write!(f, "compared {rules} {plural} side by side: ")?;
                match found {
                    Some(rule) => write!(f, "`{rule}` applies first"),
                    None => f.write_str("none applies"),
                }
            }
        }
    }
}

impl DecisionTree {
    /// Why the lead goes where it goes at that moment.
    pub fn explain<'a>(&'a self, lead: &'a Lead<'a>, now: DateTime<Utc>) -> Explanation<'a> {
        let facts = Facts::of(lead, self.policy().dimensions());
        let mut path = Vec::new();
        let recorder = Recorder {
            tree: self,
            facts: &facts,
            answers: self.answers_of(lead, now),
            now,
        };
        let grant = self.trace(&recorder.answers, |traced| path.push(recorder.step(traced)));
        Explanation {
            tree: self,
            facts,
            now,
            decision: Decision::new(self.policy(), grant),
            path,
        }
    }
}

/// Puts the steps of a walk in words.
struct Recorder<'r, 'a> {
    tree: &'a DecisionTree,
    facts: &'r Facts<'a>,
    answers: Answers<'r>,
    now: DateTime<Utc>,
}

impl Recorder<'_, '_> {
    fn rule(&self, grant: usize) -> Option<RuleId> {
        self.tree.policy().grant(grant).source().id().cloned()
    }

    fn step(&self, traced: Traced) -> PathStep {
        match traced {
            Traced::Asked { axis, left } => {
                let (question, answer) = self.words(axis);
                PathStep::Asked {
                    question,
                    answer,
                    test: self.test(axis).map(Box::new),
                    left,
                }
            }
            Traced::Checked { grant, holds } => PathStep::Checked {
                rule: self.rule(grant),
                holds,
            },
            Traced::Compared { clauses, found } => PathStep::Compared {
                rules: clauses,
                found: found.and_then(|grant| self.rule(grant)),
            },
        }
    }

    /// The test that distinguishes the lead's class on the axis from all others.
    fn test(&self, axis: usize) -> Option<Condition> {
        let subject = match self.tree.question(axis)? {
            Question::Dimension(dimension) => Subject::Dimension(*dimension),
            Question::Attribute(index) => {
                let attributes = self.tree.policy().dimensions().attributes();
                Subject::Attribute(attributes.at(*index)?.0.clone())
            }
            Question::Test(..) | Question::Now => return None,
        };
        let class = self.answers.class(axis);
        let dimensions = self.tree.policy().dimensions();
        let pieces = self.tree.axes().pieces(axis, &[(class, class)], dimensions);
        // A class can be several nodes that no rule tells apart; then the lead's own value says more.
        match pieces.as_slice() {
            [piece] => piece.test(&subject),
            _ => None,
        }
    }

    fn words(&self, axis: usize) -> (String, String) {
        let listed = |value: Listed<String>| match value {
            Listed::Missing => "missing".to_owned(),
            Listed::Unlisted => "unlisted".to_owned(),
            Listed::Known(value) => value,
        };
        let attribute = |index: usize| {
            let attributes = self.tree.policy().dimensions().attributes();
            let name = attributes.at(index).map_or("", |(name, _)| name.as_str());
            let value = self.facts.listed_attribute(name);
            let value = value.map_or(Listed::Missing, |resolved| resolved.value);
            (name.to_owned(), listed(value.map(Cow::into_owned)))
        };
        match self.tree.question(axis) {
            None => (String::new(), String::new()),
            Some(Question::Dimension(dimension)) => {
                let value = self.facts.listed(*dimension).value;
                (dimension.to_string(), listed(value.map(Cow::into_owned)))
            }
            Some(Question::Attribute(index)) => attribute(*index),
            Some(Question::Test(index, test)) => {
                let (name, value) = attribute(*index);
                (format!("{name} {test}"), value)
            }
            Some(Question::Now) => {
                let zone = self.tree.policy().time_zone();
                ("the moment".to_owned(), zone.format(self.now))
            }
        }
    }
}

impl<'a> Explanation<'a> {
    /// The decision.
    pub fn decision(&self) -> Decision<'a> {
        self.decision
    }

    /// What the lead's values resolved to, and how.
    pub fn facts(&self) -> &Facts<'a> {
        &self.facts
    }

    /// The way through the tree.
    pub fn path(&self) -> &[PathStep] {
        &self.path
    }

    /// Why the rule, or the `otherwise` of the group, did not apply; none if the policy has neither
    /// of that id. Of a group without an `otherwise`: why none of its rules applied.
    pub fn why_not(&self, rule: impl AsRef<str>) -> Option<WhyNot> {
        let policy = self.tree.policy();
        self.search(
            &RuleId::from(rule.as_ref()),
            policy.rules(),
            policy.entries(),
            None,
        )
    }

    /// Why a group whose condition holds did not apply itself.
    fn why_not_group(&self, group: &Group, resolved: &[ResolvedEntry]) -> WhyNot {
        let rule = group.id.clone();
        let holds = |(entry, resolved): (&Entry, &ResolvedEntry)| {
            let (entry, resolved) = (std::slice::from_ref(entry), std::slice::from_ref(resolved));
            let id = entry.first().map(Entry::id);
            let answer = id.and_then(|id| self.search(id, entry, resolved, None));
            matches!(
                answer,
                Some(WhyNot::Applies { .. } | WhyNot::Earlier { .. })
            )
        };
        if self.decision.source().id() == Some(&rule) {
            WhyNot::Applies { rule }
        } else if group.otherwise.is_none() && !group.rules.iter().zip(resolved).any(holds) {
            WhyNot::NothingInGroup { rule }
        } else {
            let earlier = self.decision.source().to_string();
            WhyNot::Earlier { rule, earlier }
        }
    }

    /// `outer` is the answer that a group around the entries gives for all of them.
    fn search(
        &self,
        wanted: &RuleId,
        entries: &[Entry],
        resolved: &[ResolvedEntry],
        outer: Option<&dyn Fn(&RuleId) -> WhyNot>,
    ) -> Option<WhyNot> {
        entries
            .iter()
            .zip(resolved)
            .find_map(|(entry, resolved)| match (entry, resolved) {
                (
                    Entry::Rule(rule),
                    ResolvedEntry::Rule {
                        enabled,
                        period,
                        when,
                        ..
                    },
                ) if rule.id == *wanted => {
                    let wanted = wanted.clone();
                    Some(if let Some(outer) = outer {
                        outer(&wanted)
                    } else if !enabled {
                        WhyNot::Disabled { rule: wanted }
                    } else if !period.contains(self.now) {
                        WhyNot::OutsidePeriod {
                            rule: wanted,
                            period: *period,
                            now: self.now,
                            time_zone: self.tree.policy().time_zone(),
                        }
                    } else if let Some(failed) = first_failed(&rule.when, when, &self.facts) {
                        WhyNot::Test {
                            rule: wanted,
                            group: None,
                            failed: Box::new(failed),
                        }
                    } else if self.decision.source() == &crate::policy::Source::Rule(wanted.clone())
                    {
                        WhyNot::Applies { rule: wanted }
                    } else {
                        let earlier = self.decision.source().to_string();
                        WhyNot::Earlier {
                            rule: wanted,
                            earlier,
                        }
                    })
                }
                (
                    Entry::Group(group),
                    ResolvedEntry::Group {
                        enabled,
                        when,
                        entries,
                        ..
                    },
                ) => {
                    let id = || group.id.clone();
                    let disabled = |_: &RuleId| WhyNot::Disabled { rule: id() };
                    let failed = first_failed(&group.when, when, &self.facts);
                    let test = |rule: &RuleId| WhyNot::Test {
                        rule: rule.clone(),
                        group: Some(id()),
                        failed: Box::new(failed.clone().unwrap_or_default()),
                    };
                    let outer = match outer {
                        Some(outer) => Some(outer),
                        None if !enabled => Some(&disabled as &dyn Fn(&RuleId) -> WhyNot),
                        None if failed.is_some() => Some(&test as &dyn Fn(&RuleId) -> WhyNot),
                        None => None,
                    };
                    if group.id == *wanted {
                        let rule = id();
                        return Some(match outer {
                            Some(outer) => outer(&rule),
                            None => self.why_not_group(group, entries),
                        });
                    }
                    self.search(wanted, &group.rules, entries, outer)
                }
                _ => None,
            })
    }
}

/// The first part of the condition that does not hold.
fn first_failed(
    condition: &Condition,
    resolved: &ResolvedCondition,
    facts: &Facts<'_>,
) -> Option<Condition> {
    if let (Shape::All { parts, .. }, ResolvedCondition::All(resolved)) =
        (condition.shape(), resolved)
    {
        return parts
            .iter()
            .zip(resolved)
            .find_map(|(part, resolved)| first_failed(part, resolved, facts));
    }
    (!holds(resolved, facts)).then(|| condition.clone())
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "lead `{}`: {}", self.facts.lead().id(), self.decision)?;
        write!(f, "values")?;
        for line in self.facts.to_string().lines() {
            write!(f, "\n  {line}")?;
        }
        write!(f, "\npath")?;
        if self.path.is_empty() {
            write!(f, "\n  nothing had to be asked")?;
        }
        for (number, step) in (1..).zip(&self.path) {
            write!(f, "\n  {number}. {step}")?;
        }
        Ok(())
    }
}
