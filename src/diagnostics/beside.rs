//! Files that belong to a policy, such as a mapping of columns, are read with the care of the policy itself.

use serde::Deserialize;

use super::source_map::{self, SourceMap};
use super::source_text::SourceText;
use crate::document::{Node, TolerantReader};
use crate::finding::Finding;
use crate::place::{Placed, Trail};
use crate::policy::{LoadError, PolicyErrors, PolicyFault, read_root};

impl SourceText<'_> {
    /// Reads a value of a type of your own from this text, YAML or JSON, in the way in which policies are
    /// read: all faults at once, with their lines and remedies. An empty text is an empty map.
    ///
    /// ```
    /// use leadtree::diagnostics::SourceText;
    ///
    /// #[derive(serde::Deserialize)]
    /// #[serde(deny_unknown_fields)]
    /// struct Office {
    ///     name: String,
    ///     seats: u32,
    /// }
    ///
    /// let file = SourceText::new("office.yaml", "name: Berlin\nseats: many\nsaets: 12\n");
    /// let findings = file.read::<Office>().err().unwrap();
    /// let told: Vec<_> = findings.iter().map(ToString::to_string).collect();
    /// assert_eq!(
    ///     told,
    ///     [
    ///         "seats: expected a whole number from 0 to 4294967295, found the text `many`",
    ///         "saets: unknown field `saets`; did you mean `seats`?",
    ///     ]
    /// );
    /// ```
    ///
    /// # Errors
    /// Every fault of the form, or the first place that is not YAML.
    pub fn read<T: for<'r> Deserialize<'r>>(&self) -> Result<T, Vec<Finding>> {
        let read = read_root(self.text(), |root, text| {
            let root = match root {
                Node::Null => Node::Map(Vec::new()),
                root => root,
            };
            let mut reader = TolerantReader::new(text, |_, _| None);
            let value = reader.read(root, Trail::Whole);
            (value, reader.take_faults().0)
        });
        let (value, faults) = read.map_err(|error| self.faults(&error))?;
        match value {
            Some(value) if faults.is_empty() => Ok(value),
            _ => {
                let form = |Placed { place, fault }| Placed::new(place, PolicyFault::Form(fault));
                let faults = faults.into_iter().map(form).collect();
                Err(self.faults(&LoadError::Policy(PolicyErrors::new(faults))))
            }
        }
    }

    /// Adds to findings about this text where they stand in it.
    pub fn locate(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let root = source_map::root(self.text());
        let source_map = SourceMap::of(self.text(), root.as_ref());
        let located = findings.into_iter().map(|finding| {
            let span = source_map.find(finding.place.as_str(), None);
            self.located(finding, span)
        });
        located.collect()
    }
}
