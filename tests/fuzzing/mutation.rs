//! Seeds and their random mutations. Equal seeds of the generator give equal bytes.

use std::fs;
use std::path::{Path, PathBuf};

use fastrand::Rng;

/// Mutations longer than this are truncated. It is longer than any seed.
const MOST_BYTES: usize = 16 << 10;

/// Signs of the formats, and numbers and characters at the ends of ranges.
#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "{", "}", "[", "]", "(", ")", ":", ",", ";", "\"", "'", "\\", "#", "|", ">", "<", "&", "*",
    "!", "-", "- ", "..", "..=", "\n", "\r\n", "\t", "  ", "---\n", "\u{feff}", "\u{0}",
    "\u{200b}", "\u{a0}", "\u{2028}", "\u{301}", "İ", "ß", "北", "“", "–", "\\u0000", "\\ud800",
    "&amp;", "]]>", "null", "true", "false", "~", "{}", "[]", "\"\"", "0", "-0", "-1", "1e308",
    "1e-400", "0.1", "255", "1000001", "4294967295", "4294967296", "9223372036854775807",
    "18446744073709551616", "NaN", "and", "or", "not", "in", "is missing", "is unlisted",
    "between", "contains any of", "mon", "sun", "24:00", "00:00", "23:59", "always", "never",
    "2026-02-29", "9999-12-31", "-262143-01-01", "+262142-12-31", "2026-03-29T01:00:00Z",
    "+23:59", "-24:00", "UTC",
];

/// The seeds of one target, and the words in them.
pub(crate) struct Seeds {
    seeds: Vec<Seed>,
    words: Vec<Vec<u8>>,
}

/// A stored input.
pub(crate) struct Seed {
    pub(crate) name: String,
    pub(crate) data: Vec<u8>,
}

/// The folder with the seeds of a target.
pub(crate) fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzzing/seeds")
        .join(target)
}

impl Seeds {
    pub(crate) fn of(target: &str) -> Self {
        let files = fs::read_dir(folder(target)).unwrap();
        let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
        paths.sort();
        let seeds = paths.iter().map(|path| Seed {
            name: path.file_name().unwrap().to_str().unwrap().to_owned(),
            data: fs::read(path).unwrap(),
        });
        let seeds: Vec<Seed> = seeds.collect();
        let is_apart = |byte: &u8| !byte.is_ascii_alphanumeric() && !b"_-/.".contains(byte);
        let of_seeds = seeds.iter().flat_map(|seed| seed.data.split(is_apart));
        let of_seeds = of_seeds.filter(|word| !word.is_empty());
        let mut words: Vec<Vec<u8>> = of_seeds.map(<[u8]>::to_vec).collect();
        words.sort();
        words.dedup();
        Self { seeds, words }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Seed> {
        self.seeds.iter()
    }

    /// A seed after one change or several.
    pub(crate) fn mutation(&self, number: u64) -> Vec<u8> {
        let mut random = Rng::with_seed(number);
        let mut data = self.seed(&mut random).to_vec();
        loop {
            self.change(&mut data, &mut random);
            data.truncate(MOST_BYTES);
            if random.bool() {
                return data;
            }
        }
    }

    fn seed(&self, random: &mut Rng) -> &[u8] {
        &self.seeds[random.usize(..self.seeds.len())].data
    }

    fn word(&self, random: &mut Rng) -> &[u8] {
        &self.words[random.usize(..self.words.len())]
    }

    fn token(random: &mut Rng) -> &'static [u8] {
        TOKENS[random.usize(..TOKENS.len())].as_bytes()
    }

    fn change(&self, data: &mut Vec<u8>, random: &mut Rng) {
        let at = random.usize(..=data.len());
        let end = at + random.usize(..=(data.len() - at).min(64));
        match random.u8(..16) {
            // Flips a bit.
            0 => {
                if let Some(byte) = data.get_mut(at) {
                    *byte ^= 1 << random.u8(..8);
                }
            }
            1 => data.truncate(at),
            2 => drop(data.drain(at..end)),
            // Copies a part, after itself or elsewhere.
            3 => {
                let block = data[at..end].repeat(1 << random.u8(..8));
                data.splice(at..at, block);
            }
            4 => {
                let part = data[at..end].to_vec();
                let to = random.usize(..=data.len());
                data.splice(to..to, part);
            }
            // Joins the beginning of one seed and the end of another.
            5 => {
                let other = self.seed(random);
                let from = random.usize(..=other.len());
                data.truncate(at);
                data.extend_from_slice(&other[from..]);
            }
            6 | 7 => drop(data.splice(at..at, Self::token(random).to_vec())),
            // Replaces a word or a line.
            8..=13 => {
                let is_apart = |byte: &u8| !byte.is_ascii_alphanumeric() && !b"_-".contains(byte);
                let span = around(data, at, is_apart);
                let word = match random.u8(..4) {
                    0 => Self::token(random),
                    _ => self.word(random),
                };
                data.splice(span, word.to_vec());
            }
            _ => {
                let line = around(data, at, |byte| *byte == b'\n');
                let other = self.seed(random);
                let from = around(other, random.usize(..=other.len()), |byte| *byte == b'\n');
                data.splice(line, other[from].to_vec());
            }
        }
    }
}

/// From the last byte of the kind before a position to the first one after it.
fn around(data: &[u8], at: usize, is_apart: impl Fn(&u8) -> bool) -> std::ops::Range<usize> {
    let start = data[..at]
        .iter()
        .rposition(&is_apart)
        .map_or(0, |it| it + 1);
    let end = data[at..].iter().position(&is_apart);
    start..end.map_or(data.len(), |length| at + length)
}
