//! Rules: conditions on leads, and the outcomes that they lead to.

mod condition;
mod enclosing;
mod entry;
mod entry_fault;
mod entry_form;
mod if_nobody;
mod outcome;
mod ownership;
mod period;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod rule;
mod support;
mod target;

pub(crate) use condition::{Comparison, Predicate, Shape, Test};
pub use condition::{
    Condition, ConditionErrors, ConditionFault, CustomerSizeField, DateField, FlagField,
    FunnelStageField, IndustryField, LifecycleStageField, MarkedFault, NumberField,
    ProductLineField, RegionField, Structured, Subject, TagsField, TextField, all, any,
    customer_size, date, flag, funnel_stage, industry, lifecycle_stage, not, number, product_line,
    region, tags, text,
};
#[cfg(feature = "diagnostics")]
pub(crate) use condition::{ConditionSpans, spans_of};
pub(crate) use enclosing::Enclosing;
pub use entry::{Entry, Group};
pub use entry_fault::EntryFault;
pub(crate) use entry_form::KeptEntry;
pub use if_nobody::{IfNobody, Overflow};
pub use outcome::Outcome;
pub use ownership::Ownership;
pub use period::{Period, WrittenPeriod};
pub use rule::Rule;
pub use support::Support;
pub use target::Target;
pub(crate) use target::TargetForm;
