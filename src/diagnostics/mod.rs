//! Findings with their lines: everything that is told of a policy file, drawn as compilers do. Needs the
//! feature `diagnostics`.
//!
//! Every error of this crate also states its place in words. Rendering is by `annotate-snippets`.

mod beside;
mod comments;
mod drawing;
mod example_file;
mod formatted;
mod located_condition;
mod source_map;
mod source_text;
mod syntax_hint;
mod yaml_node;
mod yaml_scalar;

pub use drawing::Drawing;
pub use example_file::{CheckedExamples, LocatedExample};
pub use source_text::{CheckedText, SourceText};
