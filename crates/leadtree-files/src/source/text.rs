//! A text that is read piece by piece, whose beginning can be looked at before.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

use super::doubt::doubtful_word;
use super::encoding::recognised;
use super::peeked::Peeked;
use super::unpacked::unpacked;

/// How many bytes are decoded at once.
const PIECE: usize = 16 * 1024;

/// A byte order mark in UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The text of a file, in UTF-8 without a byte order mark. A text that was stored as UTF-8 is passed on
/// as it is, so it may have faulty bytes; elsewhere they are replaced by `U+FFFD`.
pub(crate) struct Text {
    peeked: Peeked,
    encoding: &'static Encoding,
    /// Whether the encoding was not stated.
    is_recognised: bool,
}

/// The beginning of a text.
pub(crate) struct Head {
    /// If it is not the whole text, it ends with a line break.
    pub(crate) text: Vec<u8>,
    /// Whether it is the whole text.
    pub(crate) is_whole: bool,
    /// The encoding in the file.
    pub(crate) encoding: &'static Encoding,
    /// A word that shows that another encoding was meant.
    pub(crate) doubtful_word: Option<String>,
}

impl Text {
    /// Opens a file: unpacks it, and recognises its encoding if none is given.
    pub(crate) fn open(
        input: Box<dyn Read + Send>,
        encoding: Option<&'static Encoding>,
        sheet: Option<&str>,
    ) -> io::Result<Self> {
        let mut peeked = unpacked(input)?;
        #[cfg(feature = "workbooks")]
        if super::workbook::is_workbook(peeked.head()) {
            let rows = super::workbook::as_csv(peeked, sheet)?;
            let peeked = Peeked::new(Box::new(io::Cursor::new(rows)))?;
            return Ok(Self {
                peeked,
                encoding: UTF_8,
                is_recognised: false,
            });
        }
        #[cfg(not(feature = "workbooks"))]
        if peeked.head().starts_with(b"PK\x03\x04") {
            let message = "it is a workbook or an archive; save it as CSV in UTF-8";
            return Err(io::Error::other(message));
        }
        let _ = sheet;
        let is_recognised = encoding.is_none();
        let encoding = encoding.unwrap_or_else(|| recognised(peeked.head(), peeked.is_whole()));
        if encoding != UTF_8 {
            peeked = Peeked::new(Box::new(Decoded::new(peeked, encoding)))?;
        } else if peeked.head().starts_with(BYTE_ORDER_MARK) {
            peeked.skip(BYTE_ORDER_MARK.len());
        }
        Ok(Self {
            peeked,
            encoding,
            is_recognised,
        })
    }

    /// The beginning of the text.
    pub(crate) fn head(&self) -> Head {
        let text = self.peeked.head();
        let is_whole = self.peeked.is_whole();
        let end = match memchr::memrchr2(b'\n', b'\r', text) {
            Some(end) if !is_whole => end + 1,
            _ => text.len(),
        };
        let text = text.get(..end).unwrap_or_default();
        let words = self.is_recognised.then(|| String::from_utf8_lossy(text));
        Head {
            doubtful_word: words.and_then(|words| doubtful_word(&words, self.encoding)),
            text: text.to_owned(),
            is_whole,
            encoding: self.encoding,
        }
    }

    /// The text, with the head.
    pub(crate) fn into_reader(self) -> Box<dyn Read + Send> {
        Box::new(self.peeked)
    }
}

/// Decodes piece by piece. Faulty bytes become `U+FFFD`.
struct Decoded {
    input: Peeked,
    decoder: Decoder,
    /// What was read and not decoded yet.
    raw: Vec<u8>,
    is_end: bool,
    is_done: bool,
    text: Vec<u8>,
    given: usize,
}

impl Decoded {
    fn new(input: Peeked, encoding: &'static Encoding) -> Self {
        Self {
            input,
            decoder: encoding.new_decoder(),
            raw: Vec::new(),
            is_end: false,
            is_done: false,
            text: Vec::new(),
            given: 0,
        }
    }

    /// Decodes one more piece.
    fn advance(&mut self) -> io::Result<()> {
        if !self.is_end && self.raw.len() < PIECE {
            let mut piece = self.input.by_ref().take(PIECE as u64);
            self.is_end = piece.read_to_end(&mut self.raw)? < PIECE;
        }
        self.text.resize(4 * PIECE, 0);
        let (result, read, written, _) =
            self.decoder
                .decode_to_utf8(&self.raw, &mut self.text, self.is_end);
        self.is_done = self.is_end && result == CoderResult::InputEmpty;
        self.raw.drain(..read);
        self.text.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() {
            if self.is_done {
                return Ok(0);
            }
            self.advance()?;
        }
        let mut left = self.text.get(self.given..).unwrap_or_default();
        let length = left.read(buffer)?;
        self.given += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use encoding_rs::{GBK, WINDOWS_1252};

    use super::*;

    fn read(bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> (Vec<u8>, &'static Encoding) {
        let text = Text::open(Box::new(io::Cursor::new(bytes)), encoding, None).unwrap();
        let encoding = text.head().encoding;
        let mut read = Vec::new();
        text.into_reader().read_to_end(&mut read).unwrap();
        (read, encoding)
    }

    /// Longer than the head and than many pieces.
    fn long() -> String {
        (0..40_000).fold("编号,地区,Größe\n".to_owned(), |text, number| {
            text + &format!("{number},上海,groß\n")
        })
    }

    #[test]
    fn a_long_text_in_every_encoding_is_the_same_text() {
        let text = long();
        let utf_16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = format!("\u{feff}{text}").into_bytes();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        for (name, bytes) in [
            ("utf-8", text.clone().into_bytes()),
            ("marked", marked),
            ("utf-16", utf_16),
            ("packed", packed.finish().unwrap()),
        ] {
            let (read, _) = read(bytes, None);
            assert!(read == text.as_bytes(), "{name}");
        }
        let chinese = text.replace("groß", "大").replace("Größe", "大小");
        let (read, _) = read(GBK.encode(&chinese).0.into_owned(), None);
        assert!(read == chinese.as_bytes());
    }

    #[test]
    fn a_stated_encoding_is_taken_and_faulty_bytes_are_marked() {
        let (text, encoding) = read(b"a\x80b".to_vec(), Some(WINDOWS_1252));
        assert_eq!((&*text, encoding), ("a€b".as_bytes(), WINDOWS_1252));
        let (text, _) = read(b"a\xffb".to_vec(), Some(GBK));
        assert_eq!(text, "a\u{fffd}b".as_bytes());
        // UTF-8 is passed on as it is.
        let (text, _) = read(b"a\xffb".to_vec(), Some(UTF_8));
        assert_eq!(text, b"a\xffb");
    }
}
