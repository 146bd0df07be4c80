//! Which encoding a text has.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// An encoding by its name, as web pages name it: `utf-8`, `windows-1252`, `gbk`.
pub(crate) fn encoding_named(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label(name.trim().as_bytes())
}

/// The encoding of a text that begins like this.
///
/// A byte order mark tells it; then zeros at every second place (UTF-16); a beginning that is UTF-8 is
/// taken for UTF-8; otherwise it is guessed by the frequencies of letters.
pub(super) fn recognised(head: &[u8], is_whole: bool) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    if let Some(encoding) = utf_16(head) {
        return encoding;
    }
    let is_json = matches!(head.trim_ascii_start(), [b'{' | b'[', ..]);
    match std::str::from_utf8(head) {
        Ok(_) => UTF_8,
        // The beginning may end inside a character.
        Err(error) if error.error_len().is_none() && !is_whole => UTF_8,
        Err(_) if is_json || is_nearly_utf_8(head) => UTF_8,
        Err(_) => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(head, is_whole);
            detector.guess(None, Utf8Detection::Deny)
        }
    }
}

/// Whether a few faulty bytes stand among many characters of UTF-8: each is then told with its row.
fn is_nearly_utf_8(head: &[u8]) -> bool {
    let (mut sound, mut faulty) = (0, 0);
    for chunk in head.utf8_chunks() {
        sound += chunk
            .valid()
            .chars()
            .filter(|character| !character.is_ascii())
            .count();
        faulty += usize::from(!chunk.invalid().is_empty());
    }
    faulty * 10 <= sound
}

/// UTF-16 without a mark: most texts have ASCII, of which every second byte is zero.
fn utf_16(head: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = head.as_chunks::<2>();
    let zeros = |place: fn(&[u8; 2]) -> u8| pairs.iter().filter(|pair| place(pair) == 0).count();
    let (first, second) = (zeros(|pair| pair[0]), zeros(|pair| pair[1]));
    let most = |zeros: usize| zeros > 0 && zeros * 4 >= pairs.len();
    match (most(first), most(second)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{GB18030, GBK, WINDOWS_1252};

    use super::*;

    #[test]
    fn encodings_are_recognised() {
        let table = "id;Bundesland;Branche\n1;Baden-Württemberg;Gerätebau\n2;Thüringen;Möbel\n";
        let chinese = "编号,地区,行业\n1,上海,钢铁\n2,天津,电力设备有限公司\n";
        let utf_16: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf_16_be: Vec<u8> = table.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, expected) in [
            (table.as_bytes(), vec![UTF_8]),
            ("\u{feff}id\n".as_bytes(), vec![UTF_8]),
            (b"id,region\n1,east\n", vec![UTF_8]),
            (b"", vec![UTF_8]),
            (&utf_16, vec![UTF_16LE]),
            (&utf_16_be, vec![UTF_16BE]),
            (b"\xff\xfei\0d\0", vec![UTF_16LE]),
            (&WINDOWS_1252.encode(table).0, vec![WINDOWS_1252]),
            (&GBK.encode(chinese).0, vec![GBK, GB18030]),
        ] {
            let found = recognised(bytes, true);
            assert!(expected.contains(&found), "{} for {bytes:?}", found.name());
        }
        let mixed = format!("{}\n1;M\u{fc}", table.repeat(3)).into_bytes();
        let mixed: Vec<u8> = mixed.into_iter().chain([b'\n', 0xfc, b'\n']).collect();
        assert_eq!(recognised(&mixed, true), UTF_8);
        assert_eq!(recognised(b"[{\"id\": \"u\xff\"}]", true), UTF_8);
        // Cut inside a character.
        assert_eq!(recognised(b"id;Land\n1;M\xc3", false), UTF_8);
        assert_ne!(recognised(b"id;Land\n1;M\xc3", true), UTF_8);
    }
}
