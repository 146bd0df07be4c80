//! The mapping of columns, with the text it was read from.

use leadtree::Finding;
use leadtree::diagnostics::SourceText;
use leadtree_files::{Mapping, OpenError};

use crate::error::CommandError;
use crate::files::Input;
use crate::terminal;

/// The mapping of columns, with the text it was read from.
#[derive(Default)]
pub(crate) struct MappingFile {
    pub(crate) mapping: Mapping,
    /// Its name and text, if there is a file.
    source: Option<(String, String)>,
}

impl MappingFile {
    /// Reads the file; without one, every field uses the column with its name.
    pub(crate) fn read(input: Option<&Input>) -> Result<Self, CommandError> {
        let Some(input) = input else {
            return Ok(Self::default());
        };
        let (name, text) = (input.to_string(), input.read_to_string()?);
        let read = Mapping::read(&name, &text);
        let source = Some((name, text));
        match read {
            Ok(mapping) => Ok(Self { mapping, source }),
            Err(findings) => {
                let file = Self {
                    source,
                    ..Self::default()
                };
                Err(file.refused(findings, input))
            }
        }
    }

    /// Whether there is a file.
    pub(crate) fn is_given(&self) -> bool {
        self.source.is_some()
    }

    /// What is wrong with the mapping, drawn in its text; without a text, in words about the file of leads.
    pub(crate) fn refused(&self, findings: Vec<Finding>, leads: &Input) -> CommandError {
        let Some((name, text)) = &self.source else {
            let told = OpenError::Mapping(findings);
            return CommandError::faulty(leads, told);
        };
        let text = SourceText::new(name, text);
        let drawing = text.drawing().colored(true).width(terminal::width());
        let drawn = drawing.draw(&text.locate(findings));
        CommandError::Unfit { drawn }
    }
}
