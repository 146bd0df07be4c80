//! A reader whose beginning is known.

use std::io::{self, Read};

/// How much of a file is looked at before it is read, in bytes.
const HEAD: u64 = 256 * 1024;

/// A reader whose beginning is known.
pub(super) struct Peeked {
    head: Vec<u8>,
    /// How much of the head has been read.
    given: usize,
    rest: Box<dyn Read + Send>,
}

impl Peeked {
    pub(super) fn new(mut rest: Box<dyn Read + Send>) -> io::Result<Self> {
        let mut head = Vec::new();
        rest.by_ref().take(HEAD).read_to_end(&mut head)?;
        Ok(Self {
            head,
            given: 0,
            rest,
        })
    }

    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// Whether the head is all there is.
    pub(super) fn is_whole(&self) -> bool {
        (self.head.len() as u64) < HEAD
    }

    /// Leaves bytes at the beginning out.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.head.drain(..bytes.min(self.head.len()));
    }
}

impl Read for Peeked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut left = self.head.get(self.given..).unwrap_or_default();
        if left.is_empty() {
            return self.rest.read(buffer);
        }
        let length = left.read(buffer)?;
        self.given += length;
        if self.given == self.head.len() {
            self.head = Vec::new();
            self.given = 0;
        }
        Ok(length)
    }
}
