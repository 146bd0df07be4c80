//! Lines with any line ending.

use std::io::{self, BufRead, Read};

/// A reader that ends every line, including the last, with a single `\n`, so that line numbers
/// agree with counted line endings.
pub(crate) struct Lines {
    input: Box<dyn BufRead>,
    line: Vec<u8>,
    /// How much of the line has been consumed.
    given: usize,
}

impl Lines {
    pub(crate) fn new(input: Box<dyn BufRead>) -> Self {
        Self {
            input,
            line: Vec::new(),
            given: 0,
        }
    }

    /// The next line with its ending; `None` at the end of the input.
    pub(crate) fn next_line(&mut self) -> io::Result<Option<&[u8]>> {
        self.line.clear();
        self.given = 0;
        if self.input.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        for end in [b'\n', b'\r'] {
            self.line.pop_if(|byte| *byte == end);
        }
        self.line.push(b'\n');
        Ok(Some(&self.line))
    }
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.line.len() && self.next_line()?.is_none() {
            return Ok(0);
        }
        let mut rest = self.line.get(self.given..).unwrap_or_default();
        let length = rest.read(buffer)?;
        self.given += length;
        Ok(length)
    }
}
