//! A lower bound for the time of a decision by look-ups: six look-ups, each of which depends on the one
//! before, in tables of 40 bytes per rule. The result means nothing.

use fastrand::Rng;

/// The size of all tables together, for each rule.
const BYTES_A_RULE: usize = 40;

/// One table of numbers for each dimension.
pub struct FloorProbe {
    tables: [Vec<u32>; 6],
}

impl FloorProbe {
    /// Tables of the size that `rules` rules have.
    pub fn new(rules: usize) -> Self {
        let mut random = Rng::with_seed(40);
        let length = (rules * BYTES_A_RULE / size_of::<u32>() / 6).max(1);
        Self {
            tables: [(); 6].map(|()| (0..length).map(|_| random.u32(..)).collect()),
        }
    }

    /// The number that the last look-up finds.
    pub fn probe(&self, codes: &[u32; 6]) -> u32 {
        let mut found = 0;
        for (table, code) in self.tables.iter().zip(codes) {
            // Multiplying spreads the numbers evenly over the table.
            let spread = (code ^ found).wrapping_mul(0x9E37_79B1);
            let place = (u64::from(spread) * table.len() as u64) >> 32;
            found = table[place as usize];
        }
        found
    }
}
