//! Conditions: tests of a lead, combined with and, or, not.

mod comparison;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod condition;
mod errors;
mod excerpt;
mod fields;
mod predicate;
mod structured_form;
mod subject;
mod text_form;

pub(crate) use comparison::Comparison;
pub(crate) use condition::Shape;
pub use condition::{Condition, all, any, not};
pub use errors::{ConditionErrors, ConditionFault, MarkedFault};
pub use fields::{
    CustomerSizeField, DateField, FlagField, FunnelStageField, IndustryField, LifecycleStageField,
    NumberField, ProductLineField, RegionField, TagsField, TextField, customer_size, date, flag,
    funnel_stage, industry, lifecycle_stage, number, product_line, region, tags, text,
};
pub(crate) use predicate::{Predicate, Test};
pub use structured_form::Structured;
pub(in crate::rule) use structured_form::read_or_keep;
pub use subject::Subject;
#[cfg(feature = "diagnostics")]
pub(crate) use text_form::{ConditionSpans, spans_of};
