//! Who works leads: members, teams, and the strategy a team picks its members by.

mod strategy_choice;

pub use strategy_choice::{OptionValue, StrategyChoice};
