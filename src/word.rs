//! Eight bytes of a text at once.
//!
//! The bytes lie in one integer; what is told of each byte is told in its highest bit, which ASCII
//! leaves free. (Mycroft's way of looking for a byte in a word; see Hacker's Delight, 6-1.)

/// Eight bytes.
#[derive(Clone, Copy)]
pub(crate) struct Word(u64);

/// The highest bit of each byte.
const HIGHEST: u64 = eight(0x80);

/// The same byte eight times.
const fn eight(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

impl Word {
    #[inline]
    pub(crate) fn new(bytes: [u8; 8]) -> Self {
        Self(u64::from_le_bytes(bytes))
    }

    /// The last eight bytes of a text; of a shorter one all bytes, some more than once; of an empty
    /// one hyphens.
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

    /// What a text has after its last whole eight bytes, filled up with hyphens.
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

    /// Whether all bytes are ASCII, but none is a capital, white space or a control character.
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

    /// An ASCII text without what is white space to Unicode, and how many bytes that were; the last
    /// bytes are of no account then.
    #[inline]
    pub(crate) fn without_white_space(self) -> (Self, usize) {
        let controls = self.reaches(b'\t') & !self.reaches(b'\r' + 1);
        let space = self.reaches(b' ') & !self.reaches(b' ' + 1);
        let mut blanks = (controls | space) & HIGHEST;
        let removed = blanks.count_ones() as usize;
        let Self(mut bytes) = self;
        while blanks != 0 {
            // Everything above the first blank moves down by a byte.
            let below = (blanks & blanks.wrapping_neg()) / 0x80 - 1;
            bytes = (bytes & below) | (bytes >> 8 & !below);
            blanks = (blanks & (blanks - 1)) >> 8;
        }
        (Self(bytes), removed)
    }

    /// An ASCII text in lower case.
    #[inline]
    pub(crate) fn lower_case(self) -> Self {
        // Case is the bit 0x20.
        Self(self.0 | (self.capitals() & HIGHEST) >> 2)
    }

    #[inline]
    pub(crate) fn bytes(self) -> [u8; 8] {
        self.0.to_le_bytes()
    }

    /// Which bytes are capitals.
    #[inline]
    fn capitals(self) -> u64 {
        self.reaches(b'A') & !self.reaches(b'Z' + 1)
    }

    /// Which bytes are the bound or more. No sum of ASCII bytes runs over into the next byte.
    #[inline]
    fn reaches(self, bound: u8) -> u64 {
        self.0.wrapping_add(eight(0x80 - bound))
    }
}
