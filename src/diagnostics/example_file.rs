//! Examples in a file of their own.

use super::source_text::SourceText;
use crate::example::Example;
use crate::finding::{Finding, Location};
use crate::place::Place;
use crate::policy::{LoadError, Policy, PolicyErrors, read_yaml_examples};

/// A file of examples that was checked as a whole for a policy.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CheckedExamples {
    /// The examples without mistakes, in order.
    pub examples: Vec<LocatedExample>,
    /// All mistakes in the others, and warnings, with their locations.
    pub findings: Vec<Finding>,
}

/// An example, and where it stands in its file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LocatedExample {
    /// The example.
    pub example: Example,
    /// Which it is in the file, from 0.
    pub index: usize,
    /// Its place in the file, which is a list: `[3]`.
    pub place: Place,
    /// Where it begins in the text.
    pub location: Option<Location>,
}

impl SourceText<'_> {
    /// Reads a file of examples that a policy does not carry, in YAML, which includes JSON: a list of what the
    /// section `examples` of a policy has. What is told of it is what would be told of that section: faults of
    /// form, names that refer to nothing, values that the policy does not list, and warnings. Time is linear in
    /// the text and the policy.
    ///
    /// ```
    /// use leadtree::diagnostics::SourceText;
    /// use leadtree::policy::Policy;
    ///
    /// let policy = Policy::from_yaml("rules: [{id: all, assign_to: {pool: unmatched}}]")?;
    /// let text = "\
    /// - lead: {customer_size: 50}
    ///   expect: {rule: all}
    /// - lead: {customer_size: 50}
    ///   expect: {rule: al}
    /// ";
    /// let file = SourceText::new("examples.yaml", text);
    /// let checked = file.check_examples(&policy);
    /// assert_eq!(checked.examples.len(), 1);
    /// assert_eq!(
    ///     file.drawing().draw(&checked.findings),
    ///     "\
    /// error[unknown-name]: [1].expect.rule: unknown rule `al`
    ///  --> examples.yaml:4:18
    ///   |
    /// 4 |   expect: {rule: al}
    ///   |                  ^^
    ///   |
    ///   = help: did you mean `all`?",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check_examples(&self, policy: &Policy) -> CheckedExamples {
        let read = match read_yaml_examples(self.text(), policy) {
            Ok(read) => read,
            Err(error) => {
                return CheckedExamples {
                    examples: Vec::new(),
                    findings: self.faults(&error),
                };
            }
        };
        let errors = PolicyErrors::new(read.faults);
        let mut findings = self.faults(&LoadError::Policy(errors));
        let (indices, examples): (Vec<usize>, Vec<Example>) = read.sound.into_iter().unzip();
        let places = indices.iter().map(|index| Place::whole().item(*index));
        let places: Vec<Place> = places.collect();
        let warnings = policy.warnings_of_examples(&examples).into_iter();
        let warnings = warnings.zip(&places).flat_map(|(warnings, place)| {
            let warnings = warnings.into_iter();
            warnings.map(move |warning| warning.under(place))
        });
        findings.extend(self.warnings(&warnings.collect::<Vec<_>>()));
        let locations = self.locations(&places);
        let located = examples.into_iter().zip(indices).zip(places).zip(locations);
        let located = located.map(|(((example, index), place), location)| LocatedExample {
            example,
            index,
            place,
            location,
        });
        CheckedExamples {
            examples: located.collect(),
            findings,
        }
    }
}
