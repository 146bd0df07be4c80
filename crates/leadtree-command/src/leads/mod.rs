//! Files of leads, and single leads, as the command reads them.

mod file;
pub(crate) mod given;
mod mapping_file;

pub(crate) use file::LeadInput;
pub(crate) use mapping_file::MappingFile;
