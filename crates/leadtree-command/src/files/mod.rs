//! Files that are read and written, standard input and output, and the embedded sample.

mod every;
mod input;
mod output;
mod policy_file;
mod sample;
mod state;

pub(crate) use every::every;
pub(crate) use input::{Content, Input};
pub(crate) use output::{Force, IfThere, Output};
pub(crate) use policy_file::PolicyFile;
pub(crate) use sample::Sample;
pub(crate) use state::state_path;
