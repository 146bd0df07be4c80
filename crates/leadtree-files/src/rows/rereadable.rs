//! A reader that can go back.

use std::io::{self, Read};

/// How many bytes are read at once.
const PIECE: usize = 64 * 1024;

/// A reader that keeps what it gave since a mark, and can go back to it.
///
/// After the mark it gives at most [`MOST_KEPT`](Self::MOST_KEPT) bytes and then pretends to be at the end.
pub(super) struct Rereadable {
    input: Box<dyn Read + Send>,
    kept: Vec<u8>,
    /// The position of the first kept byte in the text.
    start: u64,
    /// The index in `kept` of the next byte to give.
    next: usize,
    /// The index in `kept` of the mark.
    mark: usize,
    /// Whether it pretended to be at the end.
    is_cut: bool,
}

impl Rereadable {
    /// Longer than any row of leads, and short enough to be kept.
    pub(super) const MOST_KEPT: usize = 2 * 1024 * 1024;

    pub(super) fn new(input: Box<dyn Read + Send>) -> Self {
        Self {
            input,
            kept: Vec::new(),
            start: 0,
            next: 0,
            mark: 0,
            is_cut: false,
        }
    }

    /// Sets the mark: what stands before is not needed any more.
    pub(super) fn set_mark(&mut self, position: u64) {
        self.mark = self.index(position);
    }

    /// What was given from the mark to a position.
    pub(super) fn up_to(&self, position: u64) -> &[u8] {
        let end = self.index(position).max(self.mark);
        self.kept.get(self.mark..end).unwrap_or_default()
    }

    /// Gives what follows a position once more.
    pub(super) fn go_back(&mut self, position: u64) {
        self.next = self.index(position);
        self.is_cut = false;
    }

    /// Whether it pretended to be at the end.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    fn index(&self, position: u64) -> usize {
        let index = usize::try_from(position.saturating_sub(self.start));
        index.unwrap_or(usize::MAX).min(self.kept.len())
    }

    /// Reads one more piece behind what is kept.
    fn fill(&mut self) -> io::Result<()> {
        if self.mark >= PIECE {
            self.kept.drain(..self.mark);
            self.start += self.mark as u64;
            self.next -= self.mark.min(self.next);
            self.mark = 0;
        }
        let length = self.kept.len();
        self.kept.resize(length + PIECE, 0);
        let piece = self.kept.get_mut(length..).unwrap_or_default();
        let read = loop {
            match self.input.read(piece) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.kept
            .truncate(length + read.as_ref().map_or(0, |read| *read));
        read.map(drop)
    }
}

impl Read for Rereadable {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.next == self.kept.len() {
            self.is_cut = self.next.saturating_sub(self.mark) >= Self::MOST_KEPT;
            if !self.is_cut {
                self.fill()?;
            }
        }
        let mut left = self.kept.get(self.next..).unwrap_or_default();
        let length = left.read(buffer)?;
        self.next += length;
        Ok(length)
    }
}
