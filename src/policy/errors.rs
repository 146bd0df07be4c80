//! What can be wrong with a policy.

use std::fmt;

use thiserror::Error;

use crate::availability::{MarkedHoursFault, TimeZoneError};
use crate::dimension::{DimensionFault, Number};
use crate::document::FormFault;
use crate::id::{RotationId, RuleId, TeamId};
use crate::limits::{MAX_NESTING, MAX_OVERFLOWS, MAX_PER_RULE_TURNS, MAX_TESTS, MAX_WEIGHT};
use crate::place::{Placed, write_faults};
use crate::rule::{EntryFault, MarkedFault};
use crate::suggestion::Suggestion;
use crate::team::StrategyChoice;
use crate::text::cut;

/// An inconsistency in a policy. The message says how to fix it.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum PolicyFault {
    /// A text without any content.
    #[error("the text is empty; write at least `rules: []`")]
    Empty,
    /// A file of examples without any.
    #[error("there are no examples in this file; write some, or remove it")]
    NoExamples,
    /// A field that does not exist, or a value of the wrong type.
    #[error(transparent)]
    Form(FormFault),
    /// Fields of a rule or a group that do not go together.
    #[error(transparent)]
    Entry(EntryFault),
    /// A fault in the list of a dimension's values.
    #[error(transparent)]
    Dimension(#[from] DimensionFault),
    /// A fault in the text of a condition.
    #[error(transparent)]
    Condition(MarkedFault),
    /// A name that refers to nothing.
    #[error(
        "unknown {kind} `{}`{}",
        cut(name),
        remedy_of_unknown(kind, suggestion)
    )]
    Unknown {
        /// What the name should refer to: a region, team, attribute and so on.
        kind: &'static str,
        /// The name as written.
        name: String,
        /// The closest known name, if one is close.
        suggestion: Suggestion,
    },
    /// The name of a pool or a member where a team is expected.
    #[error("`{}` is a {what}, not a team; {remedy}", cut(name))]
    NotATeam {
        /// The name as written.
        name: String,
        /// What it is: `pool` or `member`.
        what: &'static str,
        /// What to write instead.
        remedy: String,
    },
    /// The name of a team where a pool is expected.
    #[error(
        "`{}` is a team, not a pool; write `{{team: {}}}`, or name a pool",
        cut(name),
        cut(name)
    )]
    NotAPool {
        /// The name as written.
        name: String,
    },
    /// An id that is used twice.
    #[error("{kind} `{name}` is already used at {first}; give each its own name")]
    Duplicate {
        /// What the id names: a team, member, rule and so on.
        kind: &'static str,
        /// The id.
        name: String,
        /// Where it is used first.
        first: String,
    },
    /// An empty or blank id.
    #[error("a {kind} without a name; give it one")]
    Unnamed {
        /// What lacks a name.
        kind: &'static str,
    },
    /// A test without values.
    #[error("an empty list holds for no lead; name at least one value")]
    EmptyList,
    /// An `or` without alternatives.
    #[error("`never` holds for no lead; switch the rule off with `enabled: false`")]
    Never,
    /// A text test of an empty text.
    #[error("an empty text matches nothing; write `is missing` for leads without one")]
    EmptyText,
    /// A range that ends before it begins.
    #[error("the range is reversed: {from} comes after {to}; swap the ends")]
    ReversedRange {
        /// The first value.
        from: String,
        /// The last value.
        to: String,
    },
    /// An operator that the tested dimension or attribute does not have.
    #[error("`{operator}` cannot test {subject}, which is {kind}; use {operators}")]
    WrongTest {
        /// The dimension or attribute.
        subject: String,
        /// Its kind: a taxonomy, a number and so on.
        kind: &'static str,
        /// The operator, as the text form writes it.
        operator: &'static str,
        /// The operators it does have, as the text form writes them.
        operators: &'static str,
    },
    /// A value of the wrong type for the tested dimension or attribute.
    #[error(
        "{subject} is {kind}, but this value is not; {}",
        value_remedy(subject, kind, operators)
    )]
    WrongValue {
        /// The dimension or attribute.
        subject: String,
        /// Its kind: a taxonomy, a number and so on.
        kind: &'static str,
        /// The operators it does have, as the text form writes them.
        operators: &'static str,
    },
    /// A number that is not a head count.
    #[error("`{number}` is not a head count; write a whole number from 0 to 4294967295")]
    NotAHeadCount {
        /// The number as written.
        number: String,
    },
    /// A period that ends before it begins.
    #[error("ends at {until}, which is not after its start at {from}; make it end later")]
    EmptyPeriod {
        /// The start, included.
        from: String,
        /// The end, excluded.
        until: String,
    },
    /// An example that expects nothing.
    #[error("expects nothing; write a rule, a team, a member, a pool or an outcome")]
    ExpectsNothing,
    /// An example that expects an `otherwise` which does not exist.
    #[error(
        "{kind} `{name}` has no `otherwise`; name a group that has one, or leave `otherwise` out"
    )]
    NoOtherwise {
        /// `rule` or `group`.
        kind: &'static str,
        /// The rule or the group.
        name: RuleId,
    },
    /// Two expectations of an example that cannot both hold.
    #[error(
        "`{}` and `{}` contradict each other; keep one",
        cut(first),
        cut(second)
    )]
    Contradiction {
        /// The first of the two: `rule: east`.
        first: String,
        /// The second of the two: `not_rule: east`.
        second: String,
    },
    /// A dimension, an id or an account among the attributes of an example's lead.
    #[error("`{field}` is no attribute; write it beside `attributes`, not inside")]
    NotAnAttribute {
        /// The field.
        field: String,
    },
    /// A field of an example's lead without a value. It may be the rest of one.
    #[error(
        "this field has no value; leave it out. Inside `{{…}}` a comma ends the value before it, and a colon \
         needs a space behind it: put such a value in quotes"
    )]
    BlankValue,
    /// A value of an example's lead that the policy does not list.
    #[error(
        "unlisted {kind} `{}`; {}",
        cut(value),
        remedy_of_unlisted(suggestion, field)
    )]
    UnlistedValue {
        /// What the value should be: a region, a band, a number and so on.
        kind: &'static str,
        /// The value as written.
        value: String,
        /// The dimension or attribute.
        field: String,
        /// The closest known name, if one is close.
        suggestion: Suggestion,
    },
    /// A value of an example's lead that no lead can have there.
    #[error(
        "`{}` is not a {kind}; {remedy}. If the lead is meant to have it, write `unlisted: {field}` in `expect`",
        cut(value)
    )]
    ImpossibleValue {
        /// What the value should be: a flag, a number, a date, a customer size and so on.
        kind: &'static str,
        /// The value as written.
        value: String,
        /// The dimension or attribute.
        field: String,
        /// What to write instead.
        remedy: String,
    },
    /// A number or a flag, in an example's lead, for an attribute that is a text.
    #[error(
        "the attribute is a text, and `{}` is none; write it in quotes, as the lead has it",
        cut(value)
    )]
    BareValue {
        /// The value as read.
        value: String,
    },
    /// A rule that assigns to nothing.
    #[error("assigns to nothing; name a team, a member or a pool")]
    AssignsToNothing,
    /// A rule that assigns to two things at once.
    #[error("assigns to {first} and to {second}; keep one")]
    AssignsToTwo {
        /// The first of the two.
        first: &'static str,
        /// The second of the two.
        second: &'static str,
    },
    /// A named member who does not belong to the named team.
    #[error("`{member}` is not a member of `{team}`; add the member there, or name another")]
    NotInTeam {
        /// The member.
        member: String,
        /// The team.
        team: String,
    },
    /// An `if_nobody` for a pool, which needs no member.
    #[error("`if_nobody` does nothing for a pool; remove it")]
    UselessIfNobody,
    /// A chain of overflows that returns to a team it has passed.
    #[error(
        "the overflow goes in a circle: {chain}; end it with a pool, `everyone` or `unassigned`"
    )]
    OverflowCycle {
        /// The teams in the chain, in order.
        chain: String,
    },
    /// A chain of overflows through more than [`MAX_OVERFLOWS`] teams.
    #[error("the overflow passes through more than {MAX_OVERFLOWS} teams; end it earlier")]
    OverflowTooLong,
    /// A member's weight that is out of range.
    #[error("weight {weight} is out of range; write 1 to {MAX_WEIGHT}, or set `active` to false")]
    Weight {
        /// The weight.
        weight: u32,
    },
    /// A score floor that is not between 0 and 1.
    #[error("score floor {floor} is out of range; write 0 to 1, such as 0.5")]
    ScoreFloor {
        /// The floor.
        floor: Number,
    },
    /// A shared rotation named like a team. Every team has a rotation of its own under its name.
    #[error("rotation `{rotation}` is named like a team; give it another name")]
    RotationNamedLikeTeam {
        /// The rotation.
        rotation: RotationId,
    },
    /// A strategy, or an option of one, that the service does not have.
    #[error("{message}")]
    Strategy {
        /// What is wrong, as the registry of strategies says.
        message: String,
    },
    /// Teams that share a rotation but use different strategies.
    #[error(
        "rotation `{rotation}` is shared with team `{other}`, which uses another strategy; use the same one"
    )]
    RotationOfTwoStrategies {
        /// The rotation.
        rotation: RotationId,
        /// The first team that shares it.
        other: TeamId,
    },
    /// More per-rule rotation entries than the limit.
    #[error(
        "rotations per rule keep {places} entries, one for each member and rule; the limit is \
         {MAX_PER_RULE_TURNS}: use `per_team` where many rules name a large team"
    )]
    TooManyTurnsByRule {
        /// The number of entries.
        places: usize,
    },
    /// A number that is out of range.
    #[error("{number} {what}; write {least} to {most}")]
    OutOfLimits {
        /// The number.
        number: usize,
        /// What it counts.
        what: &'static str,
        /// The smallest allowed.
        least: usize,
        /// The largest allowed.
        most: usize,
    },
    /// A text that is not a time zone.
    #[error(transparent)]
    TimeZone(TimeZoneError),
    /// A fault in the text of working hours.
    #[error(transparent)]
    Hours(MarkedHoursFault),
    /// Conditions or groups nested deeper than [`MAX_NESTING`].
    #[error("{what} nest deeper than {MAX_NESTING}; spread them over several rules")]
    TooDeep {
        /// What is nested.
        what: &'static str,
    },
    /// More than [`MAX_TESTS`] tests and values.
    #[error(
        "{tests} tests and values in all conditions; the limit is {MAX_TESTS}: split the policy"
    )]
    TooManyTests {
        /// The number of tests and values.
        tests: usize,
    },
}

fn remedy_of_unlisted(suggestion: &Suggestion, field: &str) -> String {
    let remedy = match suggestion.name() {
        Some(name) => format!("did you mean `{name}`? If not"),
        None => "if that is meant".to_owned(),
    };
    format!("{remedy}, write `unlisted: {field}` in `expect`")
}

/// Checks a team's strategy: the options at fault, `None` for the name, and what is wrong.
pub(crate) type StrategyCheck<'a> = &'a dyn Fn(&StrategyChoice) -> Vec<(Option<String>, String)>;

/// All faults of a policy.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyErrors(pub(in crate::policy) Vec<Placed<PolicyFault>>);

fn remedy_of_unknown(kind: &str, suggestion: &Suggestion) -> String {
    if kind == "dimension or attribute" && suggestion.name().is_none() {
        return "; declare an attribute of your own under `attributes`, with what it is: `name: text`, or `number`, \
                `flag`, `date` or `tags`"
            .to_owned();
    }
    suggestion.to_string()
}

fn value_remedy(subject: &str, kind: &str, operators: &str) -> String {
    match kind {
        "a flag" => format!(
            "write `{subject} = true` or `{subject} = false`; its operators are {operators}"
        ),
        // Whatever its form, a value in quotes is a text.
        "a text" => "put it in quotes".to_owned(),
        _ => format!("its operators are {operators}"),
    }
}

impl PolicyErrors {
    /// Faults of a file of examples, of which there may be none.
    #[cfg(feature = "diagnostics")]
    pub(crate) fn new(faults: Vec<Placed<PolicyFault>>) -> Self {
        Self(faults)
    }

    /// The faults: first those of form, then those of meaning, each in the order of the policy:
    /// dimensions, then members and teams, then rules. Never empty.
    pub fn faults(&self) -> &[Placed<PolicyFault>] {
        &self.0
    }
}

impl fmt::Display for PolicyErrors {
    /// A headline, then one line for each fault, up to 200 of them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_faults(f, "the policy", &self.0)
    }
}

impl std::error::Error for PolicyErrors {}
