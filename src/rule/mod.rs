//! Conditions, rules and outcomes: what a manager decides.

mod comparison;
mod condition;
mod condition_form;
mod condition_text;
mod entry;
mod field;
mod outcome;
mod test;

pub(crate) use comparison::Comparison;
pub(crate) use condition::Shape;
pub use condition::{Condition, all, any, not};
pub use entry::{Entry, Group, Period, Rule};
pub use field::{
    CustomerSizeField, DateField, FlagField, FunnelStageField, IndustryField, LifecycleStageField,
    NumberField, ProductLineField, RegionField, TagsField, TextField, customer_size, date, flag,
    funnel_stage, industry, lifecycle_stage, number, product_line, region, tags, text,
};
pub use outcome::{IfNobody, Outcome, Overflow, Support, Target};
pub(crate) use test::{Predicate, Subject, Test};
