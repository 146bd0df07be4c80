//! What most programs need: `use leadtree::prelude::*;`
//!
//! The rule language, what it builds, and the dispatcher. The names for which rules have functions
//! ([`text`], [`number`], [`date`] and so on) are common words; import from [`rule`](crate::rule)
//! one by one where they get in the way.

pub use crate::dimension::{AttributeKind, Dimension, Number, Taxonomy};
pub use crate::dispatch::{Assignment, AssignmentOutcome, Dispatcher, Release};
pub use crate::lead::{AttributeValue, Lead};
pub use crate::policy::{Policy, PolicyDraft};
pub use crate::rule::{
    Condition, Group, IfNobody, Outcome, Rule, Target, all, any, customer_size, date, flag,
    funnel_stage, industry, lifecycle_stage, not, number, product_line, region, tags, text,
};
pub use crate::strategy::{Strategy, StrategyRegistry, Turn};
pub use crate::team::{Team, TeamMember};
pub use crate::tree::{DecisionTree, Interpreter};
