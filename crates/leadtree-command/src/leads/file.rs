//! A file of leads that the command reads.

use std::io::BufReader;

use indicatif::{ProgressBar, ProgressStyle};
use leadtree::policy::Policy;
use leadtree_files::{LeadFile, NumberedLead, OpenError};

use super::mapping_file::MappingFile;
use crate::error::CommandError;
use crate::files::{Content, Input};

const PROGRESS: &str = "{wide_bar} {bytes} of {total_bytes}, {eta} left";

/// A file of leads, with its name.
pub(crate) struct LeadInput {
    name: String,
    pub(crate) file: LeadFile,
}

impl LeadInput {
    /// Opens a file, and finds the columns that the mapping names.
    pub(crate) fn open(
        input: &Input,
        mapping: &MappingFile,
        policy: &Policy,
        progress: &ProgressBar,
    ) -> Result<Self, CommandError> {
        let Content { reader, length } = input.open()?;
        if let Some(length) = length
            && let Ok(style) = ProgressStyle::with_template(PROGRESS)
        {
            progress.set_length(length);
            progress.set_style(style);
        }
        let reader = Box::new(BufReader::new(progress.wrap_read(reader)));
        let opened = LeadFile::open(reader, &mapping.mapping, policy, input.folder());
        let file = opened.map_err(|error| match error {
            OpenError::Io(error) => CommandError::file(input, error),
            OpenError::Mapping(findings) => mapping.refused(findings, input),
            error => CommandError::faulty(input, error),
        })?;
        for column in file.unseen_columns() {
            anstream::eprintln!("{input}: none of the first rows has `{column}`");
        }
        let name = input.to_string();
        Ok(Self { name, file })
    }

    /// The next row, valid or not; none at the end of the file.
    pub(crate) fn advance(&mut self) -> Result<Option<NumberedLead<'_>>, CommandError> {
        let numbered = self.file.advance();
        numbered.map_err(|error| CommandError::file(&self.name, error))
    }
}
