//! Paths that leave steps out, or name steps by their aliases.

use super::name_table::hash;
use super::resolved::{Listed, Resolved, Via};
use super::taxonomy::{Node, Taxonomy};
use crate::text::name_key;

/// The nodes by the last step of their paths: for each node half of the hash of its last step, and its
/// number; sorted. 8 bytes a node.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct LastSteps(Vec<(u32, u32)>);

impl LastSteps {
    pub(super) fn of(paths: &[Box<str>]) -> Self {
        let is_flat = paths.iter().all(|path| !path.contains('/'));
        if is_flat {
            return Self::default();
        }
        let steps = (0..)
            .zip(paths)
            .map(|(code, path)| (key_hash(&last_step(path)), code));
        let mut steps: Vec<_> = steps.collect();
        steps.sort_unstable();
        Self(steps)
    }

    /// The nodes below a node whose last step has a key, in the order of their numbers.
    fn below<'t>(
        &'t self,
        taxonomy: &'t Taxonomy,
        above: Node,
        key: &'t str,
    ) -> impl Iterator<Item = Node> + 't {
        let hash = key_hash(key);
        let begin = self.0.partition_point(|step| *step <= (hash, above.0));
        let end = taxonomy.subtree(above).end;
        let steps = self.0.get(begin..).unwrap_or_default().iter();
        let steps = steps.take_while(move |(other, code)| *other == hash && *code < end);
        let nodes = steps.map(|(_, code)| Node(*code));
        nodes.filter(move |node| last_step(taxonomy.path(*node)) == key)
    }
}

impl Taxonomy {
    /// The node that a path names which leaves steps out, or names some by their aliases: `USA/CA` for
    /// `us/west/california`. Each step must name one node only below the step before. Logarithmic in the size of
    /// the taxonomy, for each step.
    pub(super) fn resolve_short_path(&self, path: &str) -> Resolved<Node> {
        let key = name_key(path);
        let mut steps = key.split('/');
        let first = steps.next().map(|step| self.names.resolve(step).value);
        let Some(Listed::Known(mut node)) = first else {
            return Resolved::unlisted();
        };
        let mut is_path = false;
        for step in steps {
            let named = self.names.resolve(step).value.known();
            let named = named.filter(|named| *named != node && self.is_within(*named, node));
            let mut found = self.last_steps.below(self, node, step).chain(named);
            let Some(first) = found.next() else {
                return Resolved::unlisted();
            };
            if found.any(|other| other != first) {
                return Resolved::unlisted();
            }
            node = first;
            is_path = true;
        }
        if is_path {
            Resolved::known(node, Via::Steps)
        } else {
            Resolved::unlisted()
        }
    }
}

/// The key of the last step of a path.
fn last_step(path: &str) -> String {
    name_key(path.rsplit('/').next().unwrap_or(path))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "half of a hash is enough; keys are compared"
)]
fn key_hash(key: &str) -> u32 {
    hash(key.as_bytes()) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_leave_steps_out_if_it_names_one_node() {
        let regions = Taxonomy::draft()
            .paths([
                "us/west/california/springfield",
                "us/west/oregon",
                "us/east/new york",
                "us/east/maine/springfield",
                "ca/west",
            ])
            .alias("us", ["USA"])
            .alias("us/west/california", ["CA-US", "Calif."])
            .build()
            .unwrap();
        for (given, expected) in [
            ("USA/California", Some("us/west/california")),
            ("usa / calif.", Some("us/west/california")),
            ("us/ca-us", Some("us/west/california")),
            ("USA／Oregon", Some("us/west/oregon")),
            (
                "us/west/springfield",
                Some("us/west/california/springfield"),
            ),
            ("us/maine/springfield", Some("us/east/maine/springfield")),
            ("Calif./Springfield", Some("us/west/california/springfield")),
            ("USA/West/California", Some("us/west/california")),
            // Two of them.
            ("us/springfield", None),
            // Not below, or below in the wrong order.
            ("ca/california", None),
            ("us/us", None),
            ("us/springfield/maine", None),
            ("us/", None),
            ("/oregon", None),
            ("oregon", None),
            ("us/atlantis", None),
        ] {
            let found = regions.resolve(given);
            let path = found.value.known().map(|node| regions.path(node));
            assert_eq!(path, expected, "{given}");
            if expected.is_some() {
                assert_eq!(found.via, Via::Steps, "{given}");
            }
        }
        assert_eq!(regions.resolve("us/west").via, Via::Itself);
    }
}
