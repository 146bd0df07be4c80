//! Reads XML into a tree of elements with line numbers, within limits.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;

use super::error::ImportError;
use super::limits::{MAX_XML_BYTES, MAX_XML_DEPTH, MAX_XML_ELEMENTS};

/// An element: its name without prefix, and its text without that of its children.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// The text without surrounding white space.
    pub(super) fn value(&self) -> &str {
        self.text.trim()
    }
}

/// Reads the outermost element. Linear in the text. Resolves only the predefined entities of XML.
pub(super) fn read(xml: &str) -> Result<Element, ImportError> {
    if xml.len() > MAX_XML_BYTES {
        return Err(ImportError::TooLarge { bytes: xml.len() });
    }
    let xml = xml.trim_start_matches('\u{feff}');
    let mut reader = Reader::from_str(xml);
    let mut lines = LineCounter {
        xml,
        byte: 0,
        line: 1,
    };
    if let Some(byte) = xml.find('\0') {
        return Err(ImportError::Xml {
            line: lines.at(byte as u64),
            message: "XML cannot contain a zero byte".to_owned(),
        });
    }
    // The open elements, outermost first; the first represents the document.
    let mut open = vec![Element::default()];
    let mut elements = 0_usize;
    loop {
        let begin = reader.buffer_position();
        let event = reader.read_event();
        let line = lines.at(match &event {
            Ok(_) => begin,
            Err(_) => reader.error_position(),
        });
        let malformed = |message: String| ImportError::Xml { line, message };
        let event = event.map_err(|error| malformed(error.to_string()))?;
        if let Event::Start(start) | Event::Empty(start) = &event {
            elements += 1;
            if elements > MAX_XML_ELEMENTS {
                return Err(ImportError::TooManyElements { line });
            }
            if open.len() > MAX_XML_DEPTH {
                return Err(ImportError::TooDeep { line });
            }
            let name = start.local_name().as_ref().to_owned();
            open.push(Element {
                name,
                line,
                ..Element::default()
            });
        }
        let mut add = |text: &str| {
            if let Some(element) = open.last_mut() {
                element.text.push_str(text);
            }
        };
        match event {
            Event::Text(text) => add(&text.xml10_content()),
            Event::CData(text) => add(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref();
                match character.map_err(|error| malformed(error.to_string()))? {
                    Some(character) => add(character.encode_utf8(&mut [0; 4])),
                    None => add(resolve_xml_entity(&reference)
                        .ok_or_else(|| malformed(format!("unknown entity `&{};`", &*reference)))?),
                }
            }
            Event::End(_) | Event::Empty(_) => close(&mut open),
            Event::DocType(_) => return Err(ImportError::DocumentType { line }),
            Event::Eof if open.len() > 1 => {
                let name = open.pop().unwrap_or_default().name;
                return Err(malformed(format!("`{name}` is not closed")));
            }
            Event::Eof => break,
            Event::Start(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    let mut outermost = open.pop().unwrap_or_default().children.into_iter();
    let root = outermost.next().unwrap_or_default();
    match outermost.next() {
        Some(Element { line, name, .. }) => Err(ImportError::Xml {
            line,
            message: format!("`{name}` follows the outermost element"),
        }),
        None => Ok(root),
    }
}

fn close(open: &mut Vec<Element>) {
    if let Some(element) = open.pop()
        && let Some(parent) = open.last_mut()
    {
        parent.children.push(element);
    }
}

/// Counts lines while moving forward.
struct LineCounter<'x> {
    xml: &'x str,
    byte: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn at(&mut self, position: u64) -> usize {
        let end = usize::try_from(position).unwrap_or(usize::MAX);
        if let Some(passed) = self.xml.get(self.byte..end) {
            self.line += passed.matches('\n').count();
            self.byte = end;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(xml: &str) -> String {
        read(xml).unwrap_err().to_string()
    }

    #[test]
    fn elements_have_lines_and_texts() {
        let root = read("\u{feff}<?xml version=\"1.0\"?>\n<a xmlns='x'>\n <b> 1 &lt; 2 &#65; </b>\n <!-- no --><p:c/>\n <d><![CDATA[<&>]]></d></a>\n").unwrap();
        assert_eq!((root.name.as_str(), root.line), ("a", 2));
        let children: Vec<_> = root
            .children
            .iter()
            .map(|child| (&*child.name, child.value(), child.line))
            .collect();
        assert_eq!(
            children,
            [("b", "1 < 2 A", 3), ("c", "", 4), ("d", "<&>", 5)]
        );
    }

    #[test]
    fn hostile_xml_is_refused() {
        assert_eq!(
            message("<!DOCTYPE a [<!ENTITY b \"bbbb\">]>\n<a>&b;</a>"),
            "line 1: metadata must not have a document type; remove it"
        );
        assert_eq!(
            message("<a>\n&b;</a>"),
            "line 2: not well-formed XML: unknown entity `&b;`"
        );
        let deep = "<a>".repeat(100_000);
        assert_eq!(
            message(&deep),
            "line 1: elements are nested deeper than 16, which metadata never is"
        );
        assert!(message("<a>\n<b></a>").starts_with("line 2: not well-formed XML: "));
        assert_eq!(
            message("<a>\n\n"),
            "line 3: not well-formed XML: `a` is not closed"
        );
        assert_eq!(
            message("<a/>\n<b/>"),
            "line 2: not well-formed XML: `b` follows the outermost element"
        );
        for zero in ["\0", "&#0;", "<![CDATA[\0]]>"] {
            assert!(
                message(&format!("<a>\n{zero}</a>")).starts_with("line 2: not well-formed XML: ")
            );
        }
        let many = format!("<a>{}</a>", "<b/>".repeat(MAX_XML_ELEMENTS));
        assert_eq!(
            message(&many),
            "line 1: more than 1000000 elements; split the rules into several files"
        );
        let large = " ".repeat(MAX_XML_BYTES + 1);
        assert_eq!(
            message(&large),
            "the file has 16777217 bytes, the limit is 16777216; split its rules into several files"
        );
    }
}
