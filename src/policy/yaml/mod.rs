//! Policies as YAML files: reading and writing.

mod layout;
mod plain_words;
mod quotes;
mod reading;
mod spread;
mod writing;

pub use reading::YamlError;
pub(crate) use reading::read_yaml;
#[cfg(feature = "diagnostics")]
pub(crate) use reading::{read_root, read_yaml_examples, yaml_reading_options};
#[cfg(feature = "diagnostics")]
pub(crate) use spread::Spread;
pub use writing::WriteError;
