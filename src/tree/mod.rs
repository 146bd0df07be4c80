//! Deciding: which rule of a policy applies to a lead.
//!
//! The rules are compiled into a [`DecisionTree`], which asks for one value of the lead after the
//! other and never looks at a rule that can no longer apply. The [`Interpreter`] goes through the
//! rules one by one; it is the reference that the tree must equal.

mod answers;
mod batch;
mod compile;
mod compiled_rules;
mod decision;
mod decision_tree;
mod error;
mod forest;
mod graph;
mod head;
mod interpret;
mod lookup;
mod profile;
mod stats;
mod value_class;

pub(crate) use answers::Answers;
pub use compile::CompileOptions;
pub use compiled_rules::TreeForm;
pub use decision::Decision;
pub use decision_tree::DecisionTree;
pub use error::{CompileError, ForeignProfile};
pub(crate) use graph::jump::Jump;
pub(crate) use graph::view::{Seen, View};
pub use interpret::Interpreter;
pub(crate) use interpret::holds;
pub(crate) use lookup::trace::Traced;
pub use profile::Profile;
pub use stats::{FirstQuestion, RuleCost, TreeStats};
pub use value_class::ValueClass;
