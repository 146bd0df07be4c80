//! What can go wrong in dispatching. Assigning itself never fails.

use std::fmt;

use thiserror::Error;

use super::receipt::Seat;
use crate::id::{MemberId, PoolId, TeamId};
use crate::limits::{MAX_DAYS_OFF, MAX_WEIGHT};
use crate::place::{Placed, write_faults};
use crate::policy::PolicyIdentity;
use crate::strategy::StrategyError;
use crate::suggestion::Suggestion;
use crate::tree::CompileError;

/// Why no dispatcher could be built from a policy.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The rules could not be compiled.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// Strategies of teams could not be built: all of them.
    #[error(transparent)]
    Strategies(StrategyErrors),
}

/// Why a policy was not replaced.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ReplaceError {
    /// Another policy runs than the expected one.
    #[error(
        "policy {running} runs, not {expected}: somebody has replaced it; look at what changed, and \
         replace that one"
    )]
    OtherPolicy {
        /// The policy that was expected.
        expected: PolicyIdentity,
        /// The policy that runs.
        running: PolicyIdentity,
    },
    /// No dispatcher can be built from the new policy.
    #[error(transparent)]
    Build(#[from] BuildError),
}

/// Why a [`DispatchPlan`](crate::dispatch::DispatchPlan) has no answer.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The request names nobody, or is outside the limits.
    #[error(transparent)]
    Request(#[from] RosterError),
    /// The state is of another generation.
    #[error("the state is of generation {state}, the plan of {plan}; make a plan from the state")]
    Generation {
        /// That of the state.
        state: u64,
        /// That of the plan.
        plan: u64,
    },
    /// The state is of another policy.
    #[error("the state is of another policy than the plan; make a plan from the state")]
    OtherPolicy,
    /// Shards are missing in the state: ask again with them.
    #[error("shards are missing in the state: {}; ask again with them", list(.0))]
    MissingShards(Vec<usize>),
}

fn list(numbers: &[usize]) -> String {
    let numbers = numbers.iter().map(ToString::to_string);
    numbers.collect::<Vec<_>>().join(", ")
}

/// All strategies that could not be built, with their places in the policy.
#[derive(Debug, Clone, PartialEq)]
pub struct StrategyErrors(pub(in crate::dispatch) Vec<Placed<StrategyError>>);

impl StrategyErrors {
    /// The faults in the order of the teams. There is at least one.
    pub fn faults(&self) -> &[Placed<StrategyError>] {
        &self.0
    }
}

impl fmt::Display for StrategyErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_faults(f, "the policy", &self.0)
    }
}

impl std::error::Error for StrategyErrors {}

/// Why a roster could not be changed, or a lead not be assigned by hand.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum RosterError {
    /// A score that is none.
    #[error("a score of {score} for `{member}`; scores are numbers from 0 up")]
    Score {
        /// The member.
        member: MemberId,
        /// The score.
        score: f64,
    },
    /// More leave than the limit.
    #[error("more than {MAX_DAYS_OFF} entries of leave for `{member}`; join what touches")]
    TooMuchLeave {
        /// The member.
        member: MemberId,
    },
    /// There is no such team.
    #[error("unknown team `{team}`{suggestion}")]
    UnknownTeam {
        /// The name given.
        team: TeamId,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// There is no such member.
    #[error("unknown member `{member}`{suggestion}")]
    UnknownMember {
        /// The name given.
        member: MemberId,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// There is no such pool.
    #[error("unknown pool `{pool}`{suggestion}")]
    UnknownPool {
        /// The name given.
        pool: PoolId,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// A target without a place, or with two.
    #[error("the target names no place, or two; name a team, a member or a pool")]
    NoTarget,
    /// The member is in the team already.
    #[error("member `{member}` is in team `{team}` already; remove first to change the place")]
    AlreadyInTeam {
        /// The member.
        member: MemberId,
        /// The team.
        team: TeamId,
    },
    /// The member is not in the team.
    #[error("member `{member}` is not in team `{team}`")]
    NotInTeam {
        /// The member.
        member: MemberId,
        /// The team.
        team: TeamId,
    },
    /// A number outside its limits.
    #[error("{number} {what}; give {least} to {most}")]
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
    /// The weight is outside the limits.
    #[error("a weight of {weight}; give 1 to {MAX_WEIGHT}")]
    Weight {
        /// The weight given.
        weight: u32,
    },
}

/// A receipt names seats that are no more; its other seats were given back.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no longer there: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
pub struct UnknownSeats(pub(in crate::dispatch) Vec<Seat>);

impl UnknownSeats {
    /// An error if there are any.
    pub(in crate::dispatch) fn among(unknown: Vec<Seat>) -> Result<(), Self> {
        if unknown.is_empty() {
            Ok(())
        } else {
            Err(Self(unknown))
        }
    }

    /// The seats.
    pub fn seats(&self) -> &[Seat] {
        &self.0
    }
}
