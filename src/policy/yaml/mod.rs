//! Policies as YAML files: reading and writing.

mod line_breaks;
mod quotes;
mod reading;
mod sections;
mod writing;

pub use reading::YamlError;
pub(crate) use reading::read_yaml;
#[cfg(feature = "diagnostics")]
pub(crate) use reading::yaml_reading_options;
pub use writing::WriteError;
