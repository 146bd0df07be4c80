//! The objects of a JSON file, one after the other.

use std::io::{self, BufRead, BufReader, Read};

use serde::de::IgnoredAny;

use super::wrapper::WrapperSearch;

/// The objects of a JSON file: one in each line, or one after the other over several lines, perhaps inside
/// a list.
pub(super) struct JsonValues {
    input: BufReader<Box<dyn Read + Send>>,
    form: Form,
    /// The line that is read next, from 1.
    line: u64,
    value: Vec<u8>,
    list: List,
    /// The key of the object around all, until its list was found.
    around: Option<String>,
    /// Whether nothing but the rest of that object follows the list.
    is_wrapped: bool,
}

/// The list around all objects.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    /// Nothing was read yet.
    Unknown,
    None,
    Open,
    Closed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Each line is an object, so that a faulty one does not harm the next.
    Lines,
    /// Objects end where their brackets do.
    Stream,
}

/// One value of the file.
pub(super) struct NumberedValue<'v> {
    /// The line in which it begins, from 1.
    pub(super) line: u64,
    /// The line in which it ends.
    pub(super) end: u64,
    pub(super) text: Result<&'v [u8], NoValue>,
}

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoValue {
    TooLong,
    /// The list is not closed: the file was cut off.
    CutOff,
    /// Something stands behind the object around all leads.
    MoreBehind,
}

impl JsonValues {
    /// Longer than any lead.
    pub(super) const LONGEST: usize = 2 * 1024 * 1024;

    /// `head` is the beginning of the input. The form is that of lines if the first line that is not blank
    /// is an object. `around` is the key of an object around all, whose list is read.
    pub(super) fn new(head: &[u8], input: Box<dyn Read + Send>, around: Option<&str>) -> Self {
        let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
        let first = lines.find(|line| !line.is_empty()).unwrap_or_default();
        // A first line that is longer than the beginning is an object, too.
        let is_long = !head.contains(&b'\n') && first.len() > 64 * 1024;
        let is_object = first.starts_with(b"{")
            && (is_long || serde_json::from_slice::<IgnoredAny>(first).is_ok());
        Self {
            input: BufReader::new(input),
            form: if is_object && around.is_none() {
                Form::Lines
            } else {
                Form::Stream
            },
            line: 1,
            value: Vec::new(),
            list: List::Unknown,
            is_wrapped: around.is_some(),
            around: around.map(str::to_owned),
        }
    }

    /// Whether each line has one object.
    pub(super) fn is_one_a_line(&self) -> bool {
        self.form == Form::Lines
    }

    /// The next value; none at the end.
    pub(super) fn advance(&mut self) -> io::Result<Option<NumberedValue<'_>>> {
        self.value.clear();
        if let Some(key) = self.around.take() {
            self.enter(&key)?;
        }
        if self.is_wrapped && self.list == List::None {
            return Ok(None);
        }
        let line = match self.form {
            Form::Lines => self.next_line()?,
            Form::Stream => self.next_in_stream()?,
        };
        if line.is_none() && self.list == List::Open {
            self.list = List::Closed;
            return Ok(Some(NumberedValue {
                line: self.line,
                end: self.line,
                text: Err(NoValue::CutOff),
            }));
        }
        if line.is_none() && self.is_wrapped {
            self.list = List::None;
            return Ok(self.leave()?.map(|why| NumberedValue {
                line: self.line,
                end: self.line,
                text: Err(why),
            }));
        }
        Ok(line.map(|line| NumberedValue {
            line,
            end: self.line,
            text: match self.value.len() {
                ..=Self::LONGEST => Ok(&*self.value),
                _ => Err(NoValue::TooLong),
            },
        }))
    }

    /// Passes over the beginning of the object around all, up to its list.
    fn enter(&mut self, key: &str) -> io::Result<()> {
        let mut search = WrapperSearch::default();
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                let message = format!(
                    "it has no list `{key}` in an object around all leads, as `rows` says; correct `rows`, or \
                     leave it out"
                );
                return Err(io::Error::other(message));
            }
            let mut used = 0;
            for byte in available {
                used += 1;
                self.line += u64::from(*byte == b'\n');
                if search.read(*byte).is_some_and(|found| found == key) {
                    self.list = List::Open;
                    break;
                }
            }
            self.input.consume(used);
            if self.list == List::Open {
                return Ok(());
            }
        }
    }

    /// Passes over the rest of the object around all, behind its list. What follows, or is missing, is told.
    fn leave(&mut self) -> io::Result<Option<NoValue>> {
        let mut search = WrapperSearch::inside();
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Ok((!search.is_outside()).then_some(NoValue::CutOff));
            }
            let mut used = 0;
            for byte in available {
                if search.is_outside() && !byte.is_ascii_whitespace() {
                    return Ok(Some(NoValue::MoreBehind));
                }
                used += 1;
                self.line += u64::from(*byte == b'\n');
                search.read(*byte);
            }
            self.input.consume(used);
        }
    }

    fn next_line(&mut self) -> io::Result<Option<u64>> {
        loop {
            self.value.clear();
            let line = self.line;
            let mut part = self.input.by_ref().take(Self::LONGEST as u64 + 1);
            if part.read_until(b'\n', &mut self.value)? == 0 {
                return Ok(None);
            }
            self.line += 1;
            if self.value.len() > Self::LONGEST && !self.value.ends_with(b"\n") {
                self.input.skip_until(b'\n')?;
            } else if self.value.trim_ascii().is_empty() {
                continue;
            }
            return Ok(Some(line));
        }
    }

    /// The next value of a stream: what stands between white space, commas and the brackets of the list
    /// around all.
    fn next_in_stream(&mut self) -> io::Result<Option<u64>> {
        let mut begin = None;
        let (mut depth, mut in_text, mut is_escaped) = (0_u64, false, false);
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Ok(begin);
            }
            let mut used = 0;
            let mut is_done = false;
            for &byte in available {
                let is_bracket = match byte {
                    b'[' => self.list == List::Unknown,
                    b']' => self.list == List::Open,
                    _ => false,
                };
                let is_between = depth == 0
                    && !in_text
                    && (byte.is_ascii_whitespace() || byte == b',' || is_bracket);
                if is_between && begin.is_some() {
                    is_done = true;
                    break;
                }
                used += 1;
                if byte == b'\n' {
                    self.line += 1;
                }
                if is_between {
                    if is_bracket {
                        let is_open = byte == b'[';
                        self.list = if is_open { List::Open } else { List::Closed };
                        if self.is_wrapped {
                            is_done = true;
                            break;
                        }
                    }
                    continue;
                }
                begin.get_or_insert(self.line);
                if self.list == List::Unknown {
                    self.list = List::None;
                }
                if self.value.len() <= Self::LONGEST {
                    self.value.push(byte);
                }
                match byte {
                    _ if is_escaped => is_escaped = false,
                    b'\\' if in_text => is_escaped = true,
                    b'"' => in_text = !in_text,
                    b'{' | b'[' if !in_text => depth += 1,
                    b'}' | b']' if !in_text => {
                        depth = depth.saturating_sub(1);
                        is_done = depth == 0;
                    }
                    _ => {}
                }
                if is_done {
                    break;
                }
            }
            self.input.consume(used);
            if is_done {
                return Ok(begin);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(u64, String)> {
        let input = Box::new(io::Cursor::new(text.to_owned()));
        let mut values = JsonValues::new(text.as_bytes(), input, None);
        let mut all = Vec::new();
        while let Some(NumberedValue { line, text, .. }) = values.advance().unwrap() {
            let text = text.map_or("cut off".to_owned(), |text| {
                String::from_utf8(text.to_vec()).unwrap()
            });
            all.push((line, text.trim().to_owned()));
        }
        all
    }

    #[test]
    fn every_form_of_a_file_has_the_same_objects() {
        let (one, two) = (r#"{"id": "1]}", "a": {"b": [1]}}"#, r#"{"id": "\"{2\\"}"#);
        for (text, lines) in [
            (format!("{one}\n{two}\n"), [1, 2]),
            (format!("\n\n{one}\r\n\n{two}"), [3, 5]),
            (format!("[{one}, {two}]"), [1, 1]),
            (format!("[\n  {one},\n  {two}\n]\n"), [2, 3]),
            (one.replace(", ", ",\n  ") + "\n" + two, [1, 3]),
        ] {
            let found = values(&text);
            assert_eq!(
                found.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
                lines,
                "{text}"
            );
            let flat = |text: &str| text.replace([' ', '\n'], "");
            assert_eq!(flat(&found[0].1), flat(one));
            assert_eq!(found[1].1, two);
        }
        assert_eq!(values("[]"), []);
        assert_eq!(values(" \n"), []);
        assert_eq!(
            values("[1, \"a b\"]"),
            [(1, "1".into()), (1, "\"a b\"".into())]
        );
        // Without its end.
        assert_eq!(values("[{\"id\": 1").len(), 2);
        assert_eq!(values("[{}, {},\n").last().unwrap(), &(2, "cut off".into()));
        assert_eq!(values("{}]").len(), 2);
    }

    #[test]
    fn what_is_too_long_is_not_kept() {
        let long = format!("{{\"id\": \"{}\"}}", "x".repeat(JsonValues::LONGEST));
        for text in [
            format!("{{}}\n{long}\n{{}}\n"),
            format!("[{{}},{long},{{}}]"),
        ] {
            let mut values = JsonValues::new(
                &text.as_bytes()[..3],
                Box::new(io::Cursor::new(text.clone())),
                None,
            );
            let mut is_kept = Vec::new();
            while let Some(value) = values.advance().unwrap() {
                is_kept.push(value.text.is_ok());
            }
            assert_eq!(is_kept, [true, false, true]);
        }
    }
}
