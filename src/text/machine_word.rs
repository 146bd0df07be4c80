//! Machine words: eight bytes of a text, examined and folded at once.
//!
//! The bytes are packed into one integer. The result of a test for each byte is its highest bit, which is
//! unused in ASCII. (Mycroft's test for a byte in a word; see Warren, Hacker's Delight, 2002, section 6-1.)

/// Whether a name or text equals its folded form at first sight: ASCII without capitals, white space and
/// control characters.
#[inline]
pub(super) fn is_plain(text: &[u8]) -> bool {
    let (words, _) = text.as_chunks();
    words
        .iter()
        .all(|&bytes| MachineWord::new(bytes).is_plain())
        && MachineWord::end_of(text).is_plain()
}

/// A machine word: eight bytes of a text.
#[derive(Clone, Copy)]
pub(crate) struct MachineWord(u64);

/// The highest bit of each byte.
const HIGHEST: u64 = eight(0x80);

/// A word of eight equal bytes.
const fn eight(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

impl MachineWord {
    #[inline]
    pub(crate) fn new(bytes: [u8; 8]) -> Self {
        Self(u64::from_le_bytes(bytes))
    }

    /// The last eight bytes of a text. A shorter text is padded, by repeating its bytes or with
    /// hyphens.
    #[inline]
    pub(crate) fn end_of(text: &[u8]) -> Self {
        if let Some(&last) = text.last_chunk() {
            return Self::new(last);
        }
        if let (Some(&[a, b, c, d]), Some(&[e, f, g, h])) = (text.first_chunk(), text.last_chunk())
        {
            return Self::new([a, b, c, d, e, f, g, h]);
        }
        let bytes = text.iter();
        Self(bytes.fold(eight(b'-'), |word, &byte| word << 8 | u64::from(byte)))
    }

    /// The bytes of a text after its last whole word, padded with hyphens.
    #[inline]
    pub(crate) fn rest_of(text: &[u8]) -> Self {
        let bits = 8 * u32::try_from(text.len() % 8).unwrap_or(0);
        let rest = if let Some(&last) = text.last_chunk() {
            u64::from_le_bytes(last).unbounded_shr(64 - bits)
        } else if let (Some(&first), Some(&last)) = (text.first_chunk(), text.last_chunk()) {
            let last = u64::from(u32::from_le_bytes(last)) << (bits - 32);
            u64::from(u32::from_le_bytes(first)) | last
        } else {
            let bytes = text.iter().rev();
            bytes.fold(0, |rest, &byte| rest << 8 | u64::from(byte))
        };
        Self(rest | eight(b'-').unbounded_shl(bits))
    }

    /// Whether all bytes are ASCII other than capitals, white space and control characters.
    #[inline]
    pub(crate) fn is_plain(self) -> bool {
        let Self(bytes) = self;
        (bytes | self.capitals() | !self.reaches(b'!')) & HIGHEST == 0
    }

    /// Whether all bytes are ASCII.
    #[inline]
    pub(crate) fn is_ascii(self) -> bool {
        self.0 & HIGHEST == 0
    }

    /// An ASCII word without Unicode white space, and the number of bytes removed. That many bytes at the end
    /// of the word are meaningless.
    #[inline]
    pub(crate) fn without_white_space(self) -> (Self, usize) {
        let controls = self.reaches(b'\t') & !self.reaches(b'\r' + 1);
        let space = self.reaches(b' ') & !self.reaches(b' ' + 1);
        let mut blanks = (controls | space) & HIGHEST;
        let removed = blanks.count_ones() as usize;
        let Self(mut bytes) = self;
        while blanks != 0 {
            // Shifts all bytes after the first blank down by one.
            let below = (blanks & blanks.wrapping_neg()) / 0x80 - 1;
            bytes = (bytes & below) | (bytes >> 8 & !below);
            blanks = (blanks & (blanks - 1)) >> 8;
        }
        (Self(bytes), removed)
    }

    /// An ASCII word in lower case.
    #[inline]
    pub(crate) fn lower_case(self) -> Self {
        // The bit 0x20 of an ASCII letter is its case.
        Self(self.0 | (self.capitals() & HIGHEST) >> 2)
    }

    #[inline]
    pub(crate) fn bytes(self) -> [u8; 8] {
        self.0.to_le_bytes()
    }

    /// The bytes that are capitals, marked by their highest bit.
    #[inline]
    fn capitals(self) -> u64 {
        self.reaches(b'A') & !self.reaches(b'Z' + 1)
    }

    /// The bytes that are at least `bound`, marked by their highest bit. Sums of ASCII bytes do not carry
    /// into the next byte.
    #[inline]
    fn reaches(self, bound: u8) -> u64 {
        self.0.wrapping_add(eight(0x80 - bound))
    }
}
