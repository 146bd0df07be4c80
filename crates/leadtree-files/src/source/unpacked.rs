//! Packed files.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

use super::peeked::Peeked;

/// How a file that was packed by gzip begins (RFC 1952).
const GZIP: &[u8] = &[0x1f, 0x8b];

/// The content of a file: unpacked, if it begins as gzip writes it.
pub(super) fn unpacked(input: Box<dyn Read + Send>) -> io::Result<Peeked> {
    let peeked = Peeked::new(input)?;
    if peeked.head().starts_with(GZIP) {
        return Peeked::new(Box::new(MultiGzDecoder::new(peeked)));
    }
    Ok(peeked)
}
