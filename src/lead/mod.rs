//! Leads: the values that the caller knows, and how a policy resolves them.

mod attribute_value;
mod customer_size;
mod dimension_values;
mod facts;
mod flat_lead;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod lead;
mod read_lead;
mod scalar;

pub use attribute_value::AttributeValue;
pub use customer_size::CustomerSize;
pub use dimension_values::{FunnelStage, Industry, LifecycleStage, ProductLine, Region};
pub use facts::Facts;
pub(crate) use facts::{Fact, resolve_attribute};
pub(crate) use flat_lead::{FlatLead, NOT_A_VALUE};
pub use lead::{Lead, LeadBuilder};
pub use read_lead::ReadLead;
