//! Resolves the names in tests of dimensions to ranges of codes.

use std::ops::RangeInclusive;

use super::code_ranges::{head_count, ranges};
use super::resolver::Resolver;
use crate::dimension::{Dimension, Node, Stages, Taxonomy};
use crate::place::Trail;
use crate::policy::errors::PolicyFault;
use crate::rule::{Comparison, Predicate};
use crate::suggestion::Suggestion;

impl Resolver<'_> {
    /// The codes for which a test of a dimension holds.
    pub(super) fn codes(
        &mut self,
        dimension: Dimension,
        predicate: &Predicate,
        trail: Trail<'_>,
    ) -> Vec<RangeInclusive<u32>> {
        let known = self.known;
        match dimension {
            Dimension::Region => {
                let names = ("region", "region");
                self.nodes(names, known.regions.as_deref(), predicate, trail)
            }
            Dimension::Industry => {
                let names = ("industry", "industry");
                self.nodes(names, known.industries.as_deref(), predicate, trail)
            }
            Dimension::ProductLine => {
                let names = ("product_line", "product line");
                self.nodes(names, known.product_lines.as_deref(), predicate, trail)
            }
            Dimension::LifecycleStage => {
                let stages = known.lifecycle_stages.as_deref();
                self.stages(
                    ("lifecycle_stage", "lifecycle stage"),
                    stages,
                    predicate,
                    trail,
                )
            }
            Dimension::FunnelStage => {
                let stages = known.funnel_stages.as_deref();
                self.stages(("funnel_stage", "funnel stage"), stages, predicate, trail)
            }
            Dimension::CustomerSize => self.head_counts(predicate, trail),
        }
    }

    fn nodes(
        &mut self,
        (subject, kind): (&'static str, &'static str),
        taxonomy: Option<&Taxonomy>,
        predicate: &Predicate,
        trail: Trail<'_>,
    ) -> Vec<RangeInclusive<u32>> {
        let (names, below) = match predicate {
            Predicate::Within(names) => (names, true),
            Predicate::Is(names) => (names, false),
            _ => {
                let operators = "`in`, `=`, `is missing`, `is unlisted`";
                self.wrong_test(subject, "a taxonomy", predicate, operators, trail);
                return Vec::new();
            }
        };
        let Some(taxonomy) = taxonomy else {
            return Vec::new();
        };
        let find = |name: &str| taxonomy.resolve(name).value.known();
        // A rule names whole paths, which stay what they are when another node is added.
        let full = |name: &str| taxonomy.resolve_short_path(name).value.known();
        let full = |name: &str| full(name).map(|node| taxonomy.path(node));
        let known = || taxonomy.spellings();
        let nodes: Vec<Node> = self.names(kind, names, (find, full), known, trail);
        nodes
            .into_iter()
            .filter_map(|node| {
                let range = taxonomy.subtree(node);
                Some(
                    range.start..=if below {
                        range.end.checked_sub(1)?
                    } else {
                        range.start
                    },
                )
            })
            .collect()
    }

    fn stages(
        &mut self,
        (subject, kind): (&'static str, &'static str),
        stages: Option<&Stages>,
        predicate: &Predicate,
        trail: Trail<'_>,
    ) -> Vec<RangeInclusive<u32>> {
        let comparison = match predicate {
            Predicate::Is(names) => Comparison::Is(names.clone()),
            Predicate::Stage(comparison) => comparison.clone(),
            _ => {
                let operators =
                    "`=`, `in`, `<`, `<=`, `>`, `>=`, `between`, `is missing`, `is unlisted`";
                self.wrong_test(
                    subject,
                    "an ordered list of stages",
                    predicate,
                    operators,
                    trail,
                );
                return Vec::new();
            }
        };
        let Some(stages) = stages else {
            return Vec::new();
        };
        let find = |name: &str| stages.resolve(name).value.known().map(|stage| stage.0);
        if let Comparison::Is(names) = &comparison {
            let positions = self.names(kind, names, (find, |_| None), || stages.spellings(), trail);
            return positions
                .into_iter()
                .map(|position| position..=position)
                .collect();
        }
        let positions = comparison.try_map(|name| {
            let position = find(name);
            if position.is_none() {
                self.unknown(trail, kind, name, stages.spellings());
            }
            position
        });
        let Some(positions) = positions else {
            return Vec::new();
        };
        if self.is_reversed(&positions, &comparison, trail) {
            return Vec::new();
        }
        ranges(&positions)
    }

    fn head_counts(&mut self, predicate: &Predicate, trail: Trail<'_>) -> Vec<RangeInclusive<u32>> {
        let known = self.known;
        match predicate {
            Predicate::Band(names) => {
                let Some(bands) = &known.customer_sizes else {
                    return Vec::new();
                };
                self.names(
                    "band",
                    names,
                    (|name| bands.range(name), |_| None),
                    || bands.names(),
                    trail,
                )
            }
            Predicate::Number(comparison) => {
                if matches!(comparison, Comparison::Is(values) if values.is_empty()) {
                    self.fault(trail, PolicyFault::EmptyList);
                }
                let head_counts = comparison.try_map(|number| {
                    let head_count = head_count(*number);
                    if head_count.is_none() {
                        let number = number.to_string();
                        self.fault(trail, PolicyFault::NotAHeadCount { number });
                    }
                    head_count
                });
                let Some(head_counts) = head_counts else {
                    return Vec::new();
                };
                if self.is_reversed(&head_counts, &head_counts, trail) {
                    return Vec::new();
                }
                ranges(&head_counts)
            }
            _ => {
                let operators = "`=`, `<`, `<=`, `>`, `>=`, `between`, `in` (also of a band), \
                                 `is missing`, `is unlisted`";
                self.wrong_test("customer_size", "a head count", predicate, operators, trail);
                Vec::new()
            }
        }
    }

    /// Resolves names; reports each unknown one, with its full name if there is one.
    fn names<'k, T, I: IntoIterator<Item = &'k str>>(
        &mut self,
        kind: &'static str,
        names: &[Box<str>],
        (find, full): (impl Fn(&str) -> Option<T>, impl Fn(&str) -> Option<&'k str>),
        known: impl Fn() -> I,
        trail: Trail<'_>,
    ) -> Vec<T> {
        if names.is_empty() {
            self.fault(trail, PolicyFault::EmptyList);
        }
        let mut found = Vec::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            if let Some(value) = find(name) {
                found.push(value);
                continue;
            }
            let item = trail.item(index);
            // A single name is written without a list, so it has no index.
            let trail = if names.len() == 1 { trail } else { item };
            match full(name) {
                Some(full) => {
                    let name = name.to_string();
                    let suggestion = Suggestion::of(full);
                    self.fault(
                        trail,
                        PolicyFault::Unknown {
                            kind,
                            name,
                            suggestion,
                        },
                    );
                }
                None => self.unknown(trail, kind, name, known()),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::Policy;

    #[test]
    fn a_path_that_leaves_steps_out_is_told_with_the_full_one() {
        let text = r#"{
            "regions": {"paths": ["us/west/california", "us/east"], "aliases": {"us": ["USA"]}},
            "pools": ["p"],
            "rules": [{
                "id": "w", "when": {"region": {"within": ["us/east", "USA/California"]}},
                "assign_to": {"pool": "p"}
            }]
        }"#;
        let read = Policy::load(&mut serde_json::Deserializer::from_str(text));
        assert_eq!(
            read.unwrap_err().to_string(),
            "the policy has 1 problem:
  rules[0].when.region.within[1]: unknown region `USA/California`; did you mean `us/west/california`?"
        );
    }
}
