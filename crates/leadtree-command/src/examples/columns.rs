//! The columns of a table of examples.

use leadtree::dimension::{AttributeKind, Dimension};
use leadtree::policy::Policy;
use leadtree::{AttributeName, Place, Suggestion};

/// What a column gives.
#[derive(Debug, Clone, PartialEq)]
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
    Id,
    Account,
    Dimension(Dimension),
    Attribute(AttributeName, AttributeKind),
}

/// All columns that there may be, by their names.
pub(super) struct Columns(Vec<(String, Column)>);

impl Columns {
    pub(super) fn of(policy: &Policy) -> Self {
        let fixed = [
            ("name", Column::Name),
            ("at", Column::At),
            ("rule", Column::Rule),
            ("otherwise", Column::Otherwise),
            ("not_rule", Column::NotRule),
            ("team", Column::Team),
            ("member", Column::Member),
            ("pool", Column::Pool),
            ("outcome", Column::Outcome),
            ("unlisted", Column::Unlisted),
            ("id", Column::Id),
            ("account", Column::Account),
        ];
        let fixed = fixed.map(|(name, column)| (name.to_owned(), column));
        let dimensions = Dimension::ALL.map(|it| (it.to_string(), Column::Dimension(it)));
        let mut all: Vec<_> = fixed.into_iter().chain(dimensions).collect();
        for (name, kind) in policy.dimensions().attributes().iter() {
            // An attribute with the name of another column.
            let is_taken = all.iter().any(|(taken, _)| *taken == name.as_str());
            let prefix = if is_taken { "attributes." } else { "" };
            let column = Column::Attribute(name.clone(), kind);
            all.push((format!("{prefix}{name}"), column));
        }
        Self(all)
    }

    /// The column that a header names, in whatever case and with blanks or hyphens in place of `_`; an error
    /// says what may have been meant.
    pub(super) fn find(&self, header: &str) -> Result<&Column, Suggestion> {
        let exact = self.0.iter().find(|(name, _)| name == header);
        let wanted = key(header);
        let alike = |(name, _): &&(String, Column)| !wanted.is_empty() && key(name) == wanted;
        let mut alike = self.0.iter().filter(alike);
        let found = exact.or_else(|| {
            let first = alike.next()?;
            alike.next().is_none().then_some(first)
        });
        let names = || self.0.iter().map(|(name, _)| name.as_str());
        let found = found.map(|(_, column)| column);
        found.ok_or_else(|| Suggestion::among(header, names()))
    }
}

/// Letters and digits in lower case.
fn key(name: &str) -> String {
    let letters = name.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

impl Column {
    /// The place in an example that its cells fill.
    pub(super) fn place(&self) -> Place {
        let (lead, expect) = (
            Place::default().field("lead"),
            Place::default().field("expect"),
        );
        match self {
            Self::Name => Place::default().field("name"),
            Self::At => Place::default().field("at"),
            Self::Rule => expect.field("rule"),
            Self::Otherwise => expect.field("otherwise"),
            Self::NotRule => expect.field("not_rule"),
            Self::Team => expect.field("team"),
            Self::Member => expect.field("member"),
            Self::Pool => expect.field("pool"),
            Self::Outcome => expect.field("outcome"),
            Self::Unlisted => expect.field("unlisted"),
            Self::Id => lead.field("id"),
            Self::Account => lead.field("account"),
            Self::Dimension(dimension) => lead.field(dimension.as_str()),
            Self::Attribute(name, _) => lead.field(name.as_str()),
        }
    }
}
