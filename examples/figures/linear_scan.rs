//! A linear scan over codes, as a careful engineer would write it: one flat array of ranges, tested
//! without branches.

use crate::engine::{Answers, Engine};
use crate::shapes::{LeadCodes, Ranges};

pub(crate) struct LinearScan {
    /// For each rule and dimension, where its ranges end.
    ends: Vec<[u32; 6]>,
    /// The first code of each range, and its length.
    ranges: Vec<(u32, u32)>,
    leads: Vec<[u32; 6]>,
}

impl LinearScan {
    pub(crate) fn engine(rules: &[[Ranges; 6]], leads: &[LeadCodes]) -> Box<dyn Engine> {
        let mut ranges = Vec::new();
        let ends = rules.iter().map(|rule| {
            rule.each_ref().map(|of_dimension| {
                ranges.extend(
                    of_dimension
                        .iter()
                        .map(|&(first, last)| (first, last - first)),
                );
                u32::try_from(ranges.len()).unwrap_or(u32::MAX)
            })
        });
        Box::new(Self {
            ends: ends.collect(),
            ranges,
            leads: leads.iter().map(|lead| lead.codes).collect(),
        })
    }

    #[inline]
    fn of(&self, codes: &[u32; 6]) -> usize {
        let mut begin = 0;
        let applies = |ends: &[u32; 6]| {
            let mut all = true;
            for (code, &end) in codes.iter().zip(ends) {
                let end = end as usize;
                let mut any = false;
                for (first, width) in &self.ranges[begin..end] {
                    any |= code.wrapping_sub(*first) <= *width;
                }
                all &= any;
                begin = end;
            }
            all
        };
        let rule = self.ends.iter().position(applies);
        rule.unwrap_or(self.ends.len())
    }
}

impl Answers for LinearScan {
    const NAME: &'static str = "scan";

    fn leads(&self) -> usize {
        self.leads.len()
    }

    #[inline]
    fn answer(&self, lead: usize) -> usize {
        self.of(&self.leads[lead])
    }

    fn bytes(&self) -> usize {
        size_of_val(&*self.ranges) + size_of_val(&*self.ends)
    }
}
