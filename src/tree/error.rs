//! What can go wrong between a policy and a decision.

use thiserror::Error;

use crate::id::RuleId;

/// Why a policy could not be compiled.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CompileError {
    /// The rules alone, without any sharing, need more memory than the budget allows.
    #[error(
        "the rules need at least {bytes} bytes, the budget is {budget}; raise it, or shorten the costliest \
         rules: {}{}", list(.costliest), most(.dimensions)
    )]
    BudgetExceeded {
        /// What is needed, in bytes, as far as the rules were looked at: at least so much.
        bytes: usize,
        /// What is allowed, in bytes.
        budget: usize,
        /// The rules that need most, costliest first, ten at most.
        costliest: Vec<RuleId>,
        /// The dimensions and attributes whose values need most, costliest first, three at most.
        dimensions: Vec<String>,
    },
    /// A graph was asked for, and the rules share too little for one.
    #[error(
        "the rules share too little for a graph of questions; leave the form to the compiler, which \
         makes a forest of them"
    )]
    GraphTooLarge,
}

fn most(dimensions: &[String]) -> String {
    if dimensions.is_empty() {
        return String::new();
    }
    format!("; most of it is for {}", dimensions.join(", "))
}

fn list(rules: &[RuleId]) -> String {
    rules
        .iter()
        .map(|rule| format!("`{rule}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A profile, or the class of a value, was made by another decision tree. Every compilation makes a tree of its
/// own, also of the same policy; clones of a tree accept what any of them made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "the profile or value class was made by another decision tree; make it anew with the tree that is to \
     decide"
)]
pub struct ForeignProfile;
