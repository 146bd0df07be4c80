//! Sets of leads: unions of boxes, and what can be asked of them.

mod attribute_search;
mod budget;
mod conditions;
mod cuboid;
mod cuboids;
mod difference;
mod example;
mod lead_set;
mod search;
mod tag_search;
mod text_search;
mod wording;

pub use example::Example;
pub use lead_set::LeadSet;
