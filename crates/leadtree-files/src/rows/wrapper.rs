//! An object around all leads: `{"records": [{…}, {…}], "total": 2}`.

/// Longer keys, in bytes, are not compared.
const LONGEST_KEY: usize = 1_000;

/// Looks byte by byte for a list that is the value of a key of the outermost object.
#[derive(Debug, Default)]
pub(super) struct WrapperSearch {
    depth: u64,
    in_text: bool,
    is_escaped: bool,
    /// The last text of the outermost object, as it is written between its quotes.
    text: Vec<u8>,
    /// Whether the last that was read is the colon behind a key of the outermost object.
    is_behind_key: bool,
}

impl WrapperSearch {
    /// Within an object whose beginning was read.
    pub(super) fn inside() -> Self {
        Self {
            depth: 1,
            ..Self::default()
        }
    }

    /// Whether no object is open.
    pub(super) fn is_outside(&self) -> bool {
        self.depth == 0
    }

    /// Reads one more byte. The key whose value is a list that begins here, if one does.
    pub(super) fn read(&mut self, byte: u8) -> Option<String> {
        if self.in_text {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.in_text = false,
                _ => {}
            }
            if self.in_text && self.depth == 1 && self.text.len() < LONGEST_KEY {
                self.text.push(byte);
            }
            return None;
        }
        match byte {
            b'"' => {
                self.in_text = true;
                if self.depth == 1 {
                    self.text.clear();
                }
                self.is_behind_key = false;
            }
            b'[' if self.is_behind_key => {
                self.is_behind_key = false;
                self.depth += 1;
                return self.key();
            }
            b'{' | b'[' => {
                self.depth += 1;
                self.is_behind_key = false;
            }
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            b':' => self.is_behind_key = self.depth == 1,
            byte if byte.is_ascii_whitespace() => {}
            _ => self.is_behind_key = false,
        }
        None
    }

    fn key(&self) -> Option<String> {
        let quoted = [b"\"", self.text.as_slice(), b"\""].concat();
        serde_json::from_slice(&quoted).ok()
    }
}

/// The key of the outermost object, if a text begins with one, whose value is a list of objects.
pub(crate) fn wrapping_key(head: &[u8]) -> Option<String> {
    if !head.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    let mut search = WrapperSearch::default();
    for (at, byte) in head.iter().enumerate() {
        if let Some(key) = search.read(*byte) {
            let rest = head.get(at + 1..).unwrap_or_default();
            if rest.trim_ascii_start().starts_with(b"{") {
                return Some(key);
            }
        }
        // The first object is all that is looked at.
        if search.depth == 0 && *byte == b'}' && !search.in_text {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_objects_in_one_object_are_found() {
        for (text, key) in [
            (r#"{"records": [{"id": 1}]}"#, Some("records")),
            (r#" {"total": "[2", "da\u0074a" : [ {}]}"#, Some("data")),
            (r#"{"a": {"b": [{}]}, "c\"": [{}]}"#, Some("c\"")),
            (r#"{"tags": ["x"], "value": [{"#, Some("value")),
            (r#"{"tags": ["x"]} {"more": [{}]}"#, None),
            (r#"[{"a": [{}]}]"#, None),
            (r#"{"a": "b": [}"#, None),
            ("", None),
        ] {
            assert_eq!(wrapping_key(text.as_bytes()).as_deref(), key, "{text}");
        }
    }
}
