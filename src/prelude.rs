//! What most programs need: `use leadtree::prelude::*;`
//!
//! The types that a program names, and the functions of the rule language for the six dimensions. The
//! others have common words as names and are imported one by one: [`text`](crate::rule::text),
//! [`number`](crate::rule::number), [`flag`](crate::rule::flag), [`tags`](crate::rule::tags) and
//! [`date`](crate::rule::date) for attributes; [`all`](crate::rule::all), [`any`](crate::rule::any) and
//! [`not`](crate::rule::not), which are also written `&`, `|` and `!`.

pub use crate::dimension::{AttributeKind, Dimension, Number, Taxonomy};
pub use crate::dispatch::{Assignment, AssignmentOutcome, Dispatcher, Release};
pub use crate::lead::{AttributeValue, Lead};
pub use crate::policy::{Policy, PolicyDraft};
pub use crate::rule::{
    Condition, Group, IfNobody, Outcome, Rule, Target, customer_size, funnel_stage, industry,
    lifecycle_stage, product_line, region,
};
pub use crate::strategy::{Strategy, StrategyRegistry, Turn};
pub use crate::team::{Team, TeamMember};
pub use crate::tree::{DecisionTree, Interpreter};
