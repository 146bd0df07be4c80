//! What most programs need: `use leadtree::prelude::*;`
//!
//! The rule language, the types that it builds, and the dispatcher. Some functions of the rule
//! language have common names ([`text`], [`number`], [`date`] and others); where they clash with
//! yours, import single items from [`rule`](crate::rule) instead.

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
