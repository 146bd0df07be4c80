//! Policies as YAML files: reading and writing.

mod line_breaks;
mod quotes;
mod reading;
mod sections;
mod writing;

pub use reading::YamlError;
#[cfg(feature = "diagnostics")]
pub(crate) use reading::yaml_reading_options;
pub use writing::WriteError;
