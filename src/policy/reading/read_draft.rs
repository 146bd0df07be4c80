//! A policy as read from a document, with the faults of its form.

use serde::Deserialize;

use super::lost_parts::LostParts;
use super::misplaced::home_of;
use crate::document::{Node, TolerantReader, typographic_quotes};
use crate::place::{Place, Placed, Trail};
use crate::policy::draft::PolicyDraft;
use crate::policy::errors::{PolicyErrors, PolicyFault, StrategyCheck};
use crate::policy::policy::Policy;
use crate::rule::{Entry, KeptEntry};

/// Fields with free texts, which may stand in quotes, and conditions, whose texts are read by a parser of their
/// own.
pub(super) const FREE_TEXTS: &[&str] = &["description", "name", "version", "when"];

/// A policy as read from a document, with the faults of its form. What is faulty is left out or replaced.
pub(crate) struct ReadDraft {
    draft: PolicyDraft,
    faults: Vec<Placed<PolicyFault>>,
    /// What the draft lacks because of the faults.
    lost: LostParts,
}

impl ReadDraft {
    /// Reads the whole document. `text` is its text, if scalars know their position in it. Long lists are
    /// read item by item, so that a fault costs no more than reading its own item again.
    pub(in crate::policy) fn of(mut root: Node<'_>, text: &str) -> Self {
        if matches!(root, Node::Null) {
            return Self {
                draft: PolicyDraft::new(),
                faults: vec![Placed::new(Place::whole(), PolicyFault::Empty)],
                lost: LostParts::new(Vec::new()),
            };
        }
        let quotes = typographic_quotes(&root, FREE_TEXTS);
        let mut reader = TolerantReader::new(text, home_of);
        let whole = Trail::Whole;
        let [members, teams, rules, examples] =
            ["members", "teams", "rules", "examples"].map(|name| root.take_list(name));
        let draft: Option<PolicyDraft> = reader.read(root, whole);
        let mut draft = draft.unwrap_or_default();
        draft
            .members
            .extend(list(&mut reader, members, whole.field("members")));
        draft
            .teams
            .extend(list(&mut reader, teams, whole.field("teams")));
        let rules = rules.unwrap_or_default();
        draft
            .rules
            .extend(entries(&mut reader, rules, whole.field("rules")));
        let examples = list(&mut reader, examples, whole.field("examples"));
        draft.examples.extend(examples);
        let (mut faults, mut lost) = reader.take_faults();
        lost.extend(quotes.iter().map(|fault| fault.place.clone()));
        faults.extend(quotes);
        let form = |Placed { place, fault }| Placed::new(place, PolicyFault::Form(fault));
        Self {
            draft,
            faults: faults.into_iter().map(form).collect(),
            lost: LostParts::new(lost),
        }
    }

    /// Whether it was read without faults and is equal to a draft.
    #[cfg(feature = "yaml")]
    pub(in crate::policy) fn is(&self, draft: &PolicyDraft) -> bool {
        self.faults.is_empty() && self.draft == *draft
    }

    /// Checks it, with its strategies if there is a check of them. The faults of its form come first.
    pub(crate) fn check(
        self,
        strategies: Option<StrategyCheck<'_>>,
    ) -> Result<Policy, PolicyErrors> {
        let checked = self.draft.build_with_check(strategies);
        if self.faults.is_empty() {
            return checked;
        }
        let mut faults = self.faults;
        if let Err(PolicyErrors(further)) = checked {
            let further = further.into_iter();
            faults.extend(further.filter(|fault| !self.lost.explain(fault)));
        }
        Err(PolicyErrors(faults))
    }
}

fn list<T: for<'r> Deserialize<'r>>(
    reader: &mut TolerantReader<'_>,
    items: Option<Vec<Node<'_>>>,
    trail: Trail<'_>,
) -> Vec<T> {
    let items = items.unwrap_or_default().into_iter().enumerate();
    let read = items.filter_map(|(index, item)| reader.read(item, trail.item(index)));
    read.collect()
}

/// Reads rules and groups, and the entries of a group one by one. As deep as the document nests.
fn entries(reader: &mut TolerantReader<'_>, items: Vec<Node<'_>>, trail: Trail<'_>) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(items.len());
    for (index, mut item) in items.into_iter().enumerate() {
        let trail = trail.item(index);
        let inner = item.take_list("rules");
        let read: Option<KeptEntry> = reader.read(item, trail);
        entries.extend(match (read.map(|KeptEntry(entry)| entry), inner) {
            (Some(Entry::Group(group)), Some(inner)) => {
                let inner = self::entries(reader, inner, trail.field("rules"));
                Some(Entry::Group(group.rules(inner)))
            }
            (entry, _) => entry,
        });
    }
    entries
}
