//! Leads for a policy, made of the words of the text that it was read from.

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use leadtree::Lead;
use leadtree::dimension::{Dimension, Taxonomy};
use leadtree::lead::AttributeValue;
use leadtree::policy::Policy;

const MOMENT: &str = "2026-03-31T12:00:00Z";

/// Values that the policy's tests may name.
pub(super) struct Values<'v> {
    policy: &'v Policy,
    words: Vec<&'v str>,
    random: Rng,
}

impl<'v> Values<'v> {
    /// Leads made of the words of the text. Equal texts give equal leads.
    pub(super) fn new(policy: &'v Policy, text: &'v str) -> Self {
        let dimensions = policy.dimensions();
        let taxonomies = [
            dimensions.regions(),
            dimensions.industries(),
            dimensions.product_lines(),
        ];
        let paths = taxonomies.into_iter().flat_map(Taxonomy::nodes);
        let stages = [dimensions.lifecycle_stages(), dimensions.funnel_stages()];
        let signs = |sign: char| sign.is_whitespace() || "\"'[]{},()<>=#|\\".contains(sign);
        let words = text.split(signs).map(|word| word.trim_matches(':'));
        let mut words: Vec<&str> = words
            .chain(
                stages
                    .into_iter()
                    .flat_map(leadtree::dimension::Stages::names),
            )
            .chain(dimensions.customer_sizes().names())
            .chain(paths.map(|(_, path)| path))
            .filter(|word| !word.is_empty())
            .collect();
        words.sort_unstable();
        words.dedup();
        words.push("");
        let seed = text.bytes().fold(0, |seed: u64, byte| {
            seed.wrapping_mul(31).wrapping_add(byte.into())
        });
        Self {
            policy,
            words,
            random: Rng::with_seed(seed),
        }
    }

    fn word(&mut self) -> &'v str {
        let which = self.random.usize(..self.words.len());
        self.words[which]
    }

    pub(super) fn lead(&mut self) -> Lead<'v> {
        let mut lead = Lead::builder(self.word()).account(self.word());
        for dimension in Dimension::ALL {
            if self.random.u8(..4) > 0 {
                lead = lead.value(dimension, self.word());
            }
        }
        for (name, _) in self.policy.dimensions().attributes().iter() {
            let value = match self.random.u8(..6) {
                0 => continue,
                1 => AttributeValue::tags([self.word(), self.word()]),
                2 => self.random.i32(-5..2_000).into(),
                _ => self.word().into(),
            };
            lead = lead.attribute(name.as_str(), value);
        }
        lead.build()
    }

    /// Moments at which something may begin or end, and moments shortly before.
    pub(super) fn moments(&self) -> Vec<DateTime<Utc>> {
        let words = self.words.iter().copied().chain([MOMENT]);
        let moments = words.filter_map(|word| word.parse::<DateTime<Utc>>().ok());
        let both = moments.flat_map(|at| [Some(at), at.checked_sub_signed(TimeDelta::seconds(1))]);
        both.flatten()
            .take(6)
            .chain([DateTime::UNIX_EPOCH])
            .collect()
    }
}
