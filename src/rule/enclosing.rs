//! Which group each rule stands in.

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::entry::Entry;
use crate::id::RuleId;
use crate::limits::MAX_NESTING;

/// For each rule and group, the group that it stands in.
#[derive(Debug)]
pub(crate) struct Enclosing(IndexMap<RuleId, Option<RuleId>, FixedState>);

impl Enclosing {
    /// Of all rules and groups in a list, also inside groups. Of an id that is given twice, the first counts.
    pub(crate) fn of(entries: &[Entry]) -> Self {
        let mut enclosing = Self(IndexMap::default());
        enclosing.add(entries, None);
        enclosing
    }

    fn add(&mut self, entries: &[Entry], around: Option<&RuleId>) {
        for entry in entries {
            let added = self.0.entry(entry.id().clone());
            added.or_insert_with(|| around.cloned());
            if let Entry::Group(group) = entry {
                self.add(&group.rules, Some(&group.id));
            }
        }
    }

    /// The ids of all rules and groups, in order.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &RuleId> {
        self.0.keys()
    }

    pub(crate) fn has(&self, id: &RuleId) -> bool {
        self.0.contains_key(id)
    }

    /// Whether an entry is the one called `name`, or stands in the group of that name. Groups nest at most
    /// [`MAX_NESTING`] deep.
    pub(crate) fn is_in(&self, entry: &RuleId, name: &RuleId) -> bool {
        let around = |entry: &&RuleId| self.0.get(*entry)?.as_ref();
        let mut outwards = std::iter::successors(Some(entry), around).take(MAX_NESTING + 1);
        outwards.any(|it| it == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{Group, Rule};

    #[test]
    fn a_rule_is_in_its_groups_at_any_depth() {
        let inner = Group::new("inner").rule(Rule::new("deep").assign_to("t"));
        let outer = Group::new("outer").rule(inner);
        let rules = Enclosing::of(&[outer.into(), Rule::new("after").assign_to("t").into()]);
        let is_in = |entry: &str, name: &str| rules.is_in(&entry.into(), &name.into());
        for name in ["deep", "inner", "outer"] {
            assert!(is_in("deep", name), "{name}");
        }
        assert!(!is_in("inner", "deep"));
        assert!(!is_in("after", "outer"));
        assert!(!is_in("none", "outer"));
        // Of a faulty policy.
        let twice = Group::new("a").rule(Group::new("b").rule(Group::new("a")));
        let rules = Enclosing::of(&[twice.into()]);
        assert!(!rules.is_in(&"b".into(), &"c".into()));
    }
}
