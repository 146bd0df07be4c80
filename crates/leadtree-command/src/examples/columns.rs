//! The columns of a table of examples that are no fields of a lead.

use leadtree::Place;

/// What a column says of an example, beside the fields of its lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    At,
    Rule,
    Otherwise,
    NotRule,
    Team,
    Member,
    Pool,
    Outcome,
    Unlisted,
}

impl Column {
    pub(super) const ALL: [Self; 10] = [
        Self::Name,
        Self::At,
        Self::Rule,
        Self::Otherwise,
        Self::NotRule,
        Self::Team,
        Self::Member,
        Self::Pool,
        Self::Outcome,
        Self::Unlisted,
    ];

    /// Its name in the header.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::At => "at",
            Self::Rule => "rule",
            Self::Otherwise => "otherwise",
            Self::NotRule => "not_rule",
            Self::Team => "team",
            Self::Member => "member",
            Self::Pool => "pool",
            Self::Outcome => "outcome",
            Self::Unlisted => "unlisted",
        }
    }

    /// The place in an example that its cells fill.
    pub(super) fn place(self) -> Place {
        let whole = Place::default();
        match self {
            Self::Name | Self::At => whole.field(self.name()),
            _ => whole.field("expect").field(self.name()),
        }
    }
}
