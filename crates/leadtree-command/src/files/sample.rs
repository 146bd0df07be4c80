//! The sample, which is part of the program, so that an installed command can show itself.

/// A file of the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sample {
    Policy,
    Leads,
}

impl Sample {
    /// What messages call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Policy => "sample policy",
            Self::Leads => "sample leads",
        }
    }

    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Policy => include_str!("../../../../examples/data/policy.yaml"),
            Self::Leads => include_str!("../../../../examples/data/leads.csv"),
        }
    }
}
