//! What can be wrong with a policy.

use std::fmt;

use thiserror::Error;

use crate::availability::{MarkedHoursFault, TimeZoneError};
use crate::dimension::{DimensionFault, Number};
use crate::id::{RotationId, TeamId};
use crate::limits::{MAX_NESTING, MAX_OVERFLOWS, MAX_PER_RULE_TURNS, MAX_TESTS, MAX_WEIGHT};
use crate::place::{Placed, write_faults};
use crate::rule::MarkedFault;
use crate::suggestion::Suggestion;

/// A fault of meaning in a policy, with its remedy.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum PolicyFault {
    /// A fault in the list of a dimension's values.
    #[error(transparent)]
    Dimension(#[from] DimensionFault),
    /// A fault in the text of a condition.
    #[error(transparent)]
    Condition(MarkedFault),
    /// A name that stands for nothing.
    #[error("unknown {kind} `{name}`{suggestion}")]
    Unknown {
        /// What it should name: region, team, attribute and so on.
        kind: &'static str,
        /// The name as written.
        name: String,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// An id that is used twice.
    #[error("{kind} `{name}` is already used at {first}; give each its own")]
    Duplicate {
        /// What it names.
        kind: &'static str,
        /// The id.
        name: String,
        /// Where it is used first.
        first: String,
    },
    /// An empty or blank id.
    #[error("a {kind} without a name; give it one")]
    Unnamed {
        /// What has no name.
        kind: &'static str,
    },
    /// A test without values.
    #[error("an empty list holds for no lead; name at least one value")]
    EmptyList,
    /// A choice without alternatives.
    #[error("`never` holds for no lead; switch the rule off with `enabled: false`")]
    Never,
    /// A text test of an empty text.
    #[error("an empty text says nothing; write `is missing` for leads without one")]
    EmptyText,
    /// A range that ends before it begins.
    #[error("the range is reversed: {from} comes after {to}; swap the ends")]
    ReversedRange {
        /// The first value.
        from: String,
        /// The last value.
        to: String,
    },
    /// A test that does not fit what is tested.
    #[error("`{operator}` is no test of {subject}, which is {kind}; it has {operators}")]
    WrongTest {
        /// The dimension or attribute.
        subject: String,
        /// What that is.
        kind: &'static str,
        /// The test, as the text form has it.
        operator: &'static str,
        /// The tests there are, as the text form has them.
        operators: &'static str,
    },
    /// A value that does not fit what is tested.
    #[error("{subject} is {kind}, and this value is not; its tests are {operators}")]
    WrongValue {
        /// The dimension or attribute.
        subject: String,
        /// What that is.
        kind: &'static str,
        /// The tests there are, as the text form has them.
        operators: &'static str,
    },
    /// A head count that is none.
    #[error("`{number}` is no head count; write a whole number from 0 to 4294967295")]
    NotAHeadCount {
        /// The number as written.
        number: String,
    },
    /// A period that ends before it begins.
    #[error("ends at {until}, not after it begins at {from}; swap them")]
    EmptyPeriod {
        /// The first moment.
        from: String,
        /// The moment after the last.
        until: String,
    },
    /// A rule that assigns to nothing.
    #[error("assigns to nothing; name a team, a member or a pool")]
    AssignsToNothing,
    /// A rule that assigns to two places.
    #[error("assigns to {first} and to {second}; keep one")]
    AssignsToTwo {
        /// The first place.
        first: &'static str,
        /// The second place.
        second: &'static str,
    },
    /// A named member who is not in the named team.
    #[error("`{member}` is no member of `{team}`; add it there, or name another")]
    NotInTeam {
        /// The member.
        member: String,
        /// The team.
        team: String,
    },
    /// An answer to "nobody is there" where nobody is asked for.
    #[error("`if_nobody` has no use for a pool; remove it")]
    UselessIfNobody,
    /// A chain of overflows that comes back to where it was.
    #[error(
        "the overflow goes in a circle: {chain}; end it with a pool, `everyone` or `unassigned`"
    )]
    OverflowCycle {
        /// The teams passed.
        chain: String,
    },
    /// A chain of overflows that passes too many teams.
    #[error("the overflow passes more than {MAX_OVERFLOWS} teams; end it earlier")]
    OverflowTooLong,
    /// A weight outside the limits.
    #[error("a weight of {weight}; write 1 to {MAX_WEIGHT}, or set `active` to false")]
    Weight {
        /// The weight.
        weight: u32,
    },
    /// A floor of scores that is no part of a whole.
    #[error("a floor of {floor}; write 0 to 1, such as 0.5")]
    ScoreFloor {
        /// The floor.
        floor: Number,
    },
    /// A shared rotation by the name of a team, which has one of that name itself.
    #[error("rotation `{rotation}` has the name of a team; give it another")]
    RotationNamedLikeTeam {
        /// The rotation.
        rotation: RotationId,
    },
    /// Teams that share a rotation and pick in different ways.
    #[error(
        "rotation `{rotation}` is shared with team `{other}`, whose strategy is another; write the same"
    )]
    RotationOfTwoStrategies {
        /// The rotation.
        rotation: RotationId,
        /// The first team that shares it.
        other: TeamId,
    },
    /// More turns by rule than can be remembered.
    #[error(
        "turns by rule take {places} places, one for each member and rule; the limit is \
         {MAX_PER_RULE_TURNS}: write `per_team` where many rules name a large team"
    )]
    TooManyTurnsByRule {
        /// How many there are.
        places: usize,
    },
    /// A number outside its limits.
    #[error("{number} {what}; write {least} to {most}")]
    OutOfLimits {
        /// The number.
        number: usize,
        /// What it counts.
        what: &'static str,
        /// The smallest.
        least: usize,
        /// The largest.
        most: usize,
    },
    /// A text that is no time zone.
    #[error(transparent)]
    TimeZone(TimeZoneError),
    /// A fault in the text of working hours.
    #[error(transparent)]
    Hours(MarkedHoursFault),
    /// Conditions or groups that nest too deep.
    #[error("{what} nest deeper than {MAX_NESTING}; spread them over several rules")]
    TooDeep {
        /// What nests.
        what: &'static str,
    },
    /// More tests than the limit.
    #[error(
        "{tests} tests and values in all conditions; the limit is {MAX_TESTS}: split the policy"
    )]
    TooManyTests {
        /// How many there are.
        tests: usize,
    },
}

/// Everything that is wrong with a policy, at once.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyErrors(pub(super) Vec<Placed<PolicyFault>>);

impl PolicyErrors {
    /// The faults, in the order of the policy: lists of values, then teams, then rules. There is at
    /// least one.
    pub fn faults(&self) -> &[Placed<PolicyFault>] {
        &self.0
    }
}

impl fmt::Display for PolicyErrors {
    /// A headline and a line a fault; of very many faults, the first 200.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_faults(f, "the policy", &self.0)
    }
}

impl std::error::Error for PolicyErrors {}
