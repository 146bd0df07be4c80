//! Deciding: which rule of a policy applies to a lead.
//!
//! The rules are compiled into a [`DecisionTree`], which asks for one value of the lead after the
//! other and never looks at a rule that can no longer apply. The [`Interpreter`] goes through the
//! rules one by one; it is the reference that the tree must equal.

mod alternatives;
mod answers;
mod axis;
mod batch;
mod bitmaps;
mod bounds;
mod box_tree;
mod cases;
mod catalog;
mod class_set;
mod clause;
mod compile;
mod cover;
mod covered;
mod cut;
mod decision;
mod decision_tree;
mod digits;
mod error;
mod explain;
mod formula;
mod graph;
mod graph_compiler;
mod groups;
mod head;
mod interpret;
mod placing;
mod profile;
mod residue;
mod stats;
mod table;
mod target;
mod text_cuts;
mod trace;
mod view;
mod words;

pub(crate) use cases::{CaseBook, Cases};
pub use compile::CompileOptions;
pub(crate) use covered::covered;
pub use decision::Decision;
pub use decision_tree::DecisionTree;
pub use error::{CompileError, ForeignProfile};
pub use explain::{Explanation, PathStep, WhyNot};
pub use interpret::Interpreter;
pub use profile::Profile;
pub use stats::{FirstQuestion, RuleCost, TreeStats};
pub(crate) use target::Target;
pub(crate) use view::{Seen, View};
pub(crate) use words::Piece;
