//! Rules: conditions on leads, and the outcomes that they lead to.

mod comparison;
mod condition;
mod condition_display;
mod condition_errors;
mod condition_form;
mod condition_grammar;
mod condition_layout;
mod condition_marks;
mod condition_test_marker;
mod condition_tokens;
mod condition_values;
mod condition_words;
mod entry;
mod entry_form;
mod field;
mod outcome;
mod period;
mod predicate;

pub(crate) use comparison::Comparison;
pub(crate) use condition::Shape;
pub use condition::{Condition, all, any, not};
pub use condition_errors::{ConditionErrors, ConditionFault, MarkedFault};
pub use condition_form::Structured;
#[cfg(feature = "diagnostics")]
pub(crate) use condition_grammar::marks_of;
#[cfg(feature = "diagnostics")]
pub(crate) use condition_marks::ConditionMarks;
pub use entry::{Entry, Group, Rule};
pub use field::{
    CustomerSizeField, DateField, FlagField, FunnelStageField, IndustryField, LifecycleStageField,
    NumberField, ProductLineField, RegionField, TagsField, TextField, customer_size, date, flag,
    funnel_stage, industry, lifecycle_stage, number, product_line, region, tags, text,
};
pub(crate) use outcome::TargetForm;
pub use outcome::{IfNobody, Outcome, Overflow, Support, Target};
pub use period::Period;
pub(crate) use predicate::{Predicate, Subject, Test};
