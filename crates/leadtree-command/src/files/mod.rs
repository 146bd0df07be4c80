//! Files that are read and written, standard input and output, and the embedded sample.

mod input;
mod output;
mod policy_file;
mod sample;

pub(crate) use input::{Content, Input};
pub(crate) use output::Output;
pub(crate) use policy_file::PolicyFile;
pub(crate) use sample::Sample;
