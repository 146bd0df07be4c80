//! A bitmap index as a careful engineer would write it: for each dimension and each interval
//! between two cuts, a bitmap of the rules that may apply. A lead's six bitmaps are and-ed word by
//! word until one word is not zero. Equal bitmaps are stored once.

use std::collections::HashMap;

use crate::engine::{Answers, Engine};
use crate::shapes::{LeadCodes, Ranges};

pub(crate) struct Bitmaps {
    /// The number of words in a bitmap.
    words: usize,
    /// All bitmaps, concatenated.
    bits: Vec<u64>,
    /// For each lead and dimension, where its bitmap begins.
    leads: Vec<[u32; 6]>,
    rules: usize,
}

impl Bitmaps {
    pub(crate) fn engine(ranges: &[[Ranges; 6]], leads: &[LeadCodes]) -> Box<dyn Engine> {
        let words = ranges.len().div_ceil(64);
        let mut bits: Vec<u64> = Vec::new();
        let mut known: HashMap<Vec<u64>, u32> = HashMap::new();
        let mut starts_of_leads = vec![[0; 6]; leads.len()];
        for dimension in 0..6 {
            let mut cuts: Vec<u32> = vec![0];
            for rule in ranges {
                for &(first, last) in &rule[dimension] {
                    cuts.push(first);
                    cuts.extend(last.checked_add(1));
                }
            }
            cuts.sort_unstable();
            cuts.dedup();
            let mut begin: Vec<Vec<u32>> = vec![Vec::new(); cuts.len() + 1];
            let mut end: Vec<Vec<u32>> = vec![Vec::new(); cuts.len() + 1];
            for (number, rule) in (0..).zip(ranges) {
                for &(first, last) in &rule[dimension] {
                    begin[interval(&cuts, first)].push(number);
                    end[interval(&cuts, last) + 1].push(number);
                }
            }
            let mut bitmap = vec![0_u64; words];
            let mut starts = Vec::with_capacity(cuts.len());
            for at in 0..cuts.len() {
                for &rule in &end[at] {
                    bitmap[rule as usize / 64] &= !(1 << (rule % 64));
                }
                for &rule in &begin[at] {
                    bitmap[rule as usize / 64] |= 1 << (rule % 64);
                }
                let start = *known.entry(bitmap.clone()).or_insert_with(|| {
                    let start = u32::try_from(bits.len()).unwrap_or(u32::MAX);
                    bits.extend_from_slice(&bitmap);
                    start
                });
                starts.push(start);
            }
            for (lead, own) in leads.iter().zip(&mut starts_of_leads) {
                own[dimension] = starts[interval(&cuts, lead.codes[dimension])];
            }
        }
        Box::new(Self {
            words,
            bits,
            leads: starts_of_leads,
            rules: ranges.len(),
        })
    }

    #[inline]
    fn of(&self, starts: &[u32; 6]) -> usize {
        let maps = starts.map(|start| {
            let start = start as usize;
            &self.bits[start..start + self.words]
        });
        for word in 0..self.words {
            let both = maps.iter().fold(u64::MAX, |all, map| all & map[word]);
            if both != 0 {
                return word * 64 + both.trailing_zeros() as usize;
            }
        }
        self.rules
    }
}

/// The interval that contains the code.
fn interval(cuts: &[u32], code: u32) -> usize {
    cuts.partition_point(|&cut| cut <= code) - 1
}

impl Answers for Bitmaps {
    const NAME: &'static str = "bitmaps";

    fn leads(&self) -> usize {
        self.leads.len()
    }

    #[inline]
    fn answer(&self, lead: usize) -> usize {
        self.of(&self.leads[lead])
    }

    fn bytes(&self) -> usize {
        size_of_val(&*self.bits)
    }
}
