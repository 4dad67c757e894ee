//! From bytes to characters: byte order marks, UTF-8, declared and detected encodings, and what is no text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Problem;
use crate::tables::MAGIC;

/// Characters and how they were found.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub text: String,
    /// WHATWG name.
    pub encoding: &'static str,
    /// Whether the encoding had to be guessed.
    pub detected: bool,
    /// Broken sequences that became U+FFFD.
    pub replaced: usize,
}

/// How much of the beginning is looked at for signs of UTF-16 and for a page's own word.
const HEAD: usize = 4096;

/// Decodes a source. `declared` is the source's own word on its encoding; a byte order mark and valid UTF-8
/// outrank it, because pages carry wrong declarations more often than bytes are valid UTF-8 by chance.
pub(crate) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<Decoded, Problem> {
    if bytes.is_empty() {
        return Err(Problem::Empty);
    }
    if let Some(problem) = known_binary(bytes) {
        return Err(problem);
    }
    let decoded = characters(bytes, declared);
    check(&decoded)?;
    Ok(decoded)
}

/// Says what a file is whose first bytes are those of something else than text.
pub(crate) fn known_binary(head: &[u8]) -> Option<Problem> {
    MAGIC
        .iter()
        .find(|magic| head.get(magic.offset..).is_some_and(|rest| rest.starts_with(&magic.bytes)))
        .map(|magic| Problem::Binary { what: magic.what, advice: magic.advice })
}

fn characters(bytes: &[u8], declared: Option<&'static Encoding>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(mark..).unwrap_or_default(), false);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return with(encoding, bytes, true);
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), encoding: UTF_8.name(), detected: false, replaced: 0 };
    }
    if is_damaged_utf8(bytes) {
        return with(UTF_8, bytes, false);
    }
    if let Some(encoding) = declared {
        let decoded = with(encoding, bytes, false);
        if check(&decoded).is_ok() {
            return decoded;
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    with(detector.guess(None, Utf8Detection::Deny), bytes, true)
}

fn with(encoding: &'static Encoding, bytes: &[u8], detected: bool) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let replaced = if broken { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 };
    Decoded { text: text.into_owned(), encoding: encoding.name(), detected, replaced }
}

/// English in UTF-16 has a zero in every second byte.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD.min(bytes.len()))?;
    let pairs = head.len() / 2;
    if pairs < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let (many, few) = (pairs * 2 / 5, pairs / 20);
    if odd > many && even <= few {
        Some(UTF_16LE)
    } else if even > many && odd <= few {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether the bytes are UTF-8 in which a few places are broken: to guess another encoding because of those
/// would break all the others.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken * 4 <= valid
}

/// Refuses what came out as no text.
fn check(decoded: &Decoded) -> Result<(), Problem> {
    let (mut characters, mut controls) = (0usize, 0usize);
    for c in decoded.text.chars() {
        characters += 1;
        // Form feeds, vertical tabs, the end-of-file mark of DOS and NEL do stand in texts.
        controls += usize::from(c.is_control() && !matches!(c, '\t'..='\r' | '\u{1a}' | '\u{85}'));
    }
    if controls * 200 > characters {
        return Err(Problem::ControlCharacters { controls, characters });
    }
    if decoded.replaced * 50 > characters {
        return Err(Problem::Undecodable {
            encoding: decoded.encoding,
            replaced: decoded.replaced,
            characters,
        });
    }
    Ok(())
}

/// The encoding that a web page declares for itself in a `meta` element or an XML declaration.
pub(crate) fn declared_in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD.min(bytes.len()))?.to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    ["charset", "encoding"].iter().find_map(|word| {
        head.match_indices(word).find_map(|(at, _)| {
            let value = head.get(at + word.len()..)?.trim_start().strip_prefix('=')?;
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let label = value.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).next()?;
            let encoding = Encoding::for_label(label.as_bytes())?;
            // A declaration that can be read byte by byte cannot stand in UTF-16: the HTML standard takes UTF-8.
            Some(if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Le ministre français a déclaré à Genève que l’accord serait signé « bientôt ».\n";

    #[test]
    fn utf8_with_and_without_mark() {
        let plain = decode(TEXT.as_bytes(), None).unwrap();
        assert_eq!((plain.text.as_str(), plain.encoding, plain.detected), (TEXT, "UTF-8", false));
        let marked = decode(format!("\u{feff}{TEXT}").as_bytes(), None).unwrap();
        assert_eq!(marked.text, TEXT);
    }

    #[test]
    fn utf16_with_and_without_mark() {
        let text = "President Aliyev met the envoy in Baku.";
        for (encoding, little) in [("UTF-16LE", true), ("UTF-16BE", false)] {
            let bytes = |c: u16| if little { c.to_le_bytes() } else { c.to_be_bytes() };
            let unmarked: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
            let marked: Vec<u8> = bytes(0xfeff).into_iter().chain(unmarked.iter().copied()).collect();
            let decoded = decode(&marked, None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.detected), (text, encoding, false));
            let decoded = decode(&unmarked, None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.detected), (text, encoding, true));
        }
    }

    #[test]
    fn legacy_encodings_are_detected() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(TEXT);
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.detected), (TEXT, true));
        let russian = "Министр иностранных дел прибыл в Москву с рабочим визитом и встретился с послом.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(
            (decoded.text.as_str(), decoded.encoding, decoded.detected),
            (russian, "windows-1251", true)
        );
    }

    #[test]
    fn a_declared_encoding_is_taken_at_its_word() {
        let (bytes, _, _) = encoding_rs::ISO_8859_2.encode("Premier Węgier spotkał się z prezydentem Łotwy.");
        let decoded = decode(&bytes, Encoding::for_label(b"iso-8859-2")).unwrap();
        assert_eq!((decoded.encoding, decoded.detected), ("ISO-8859-2", false));
        assert!(decoded.text.contains("Węgier"));
    }

    #[test]
    fn one_broken_byte_does_not_change_the_encoding() {
        let mut bytes = TEXT.repeat(3).into_bytes();
        bytes.insert(3, 0xff);
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!((decoded.encoding, decoded.replaced, decoded.detected), ("UTF-8", 1, false));
        assert!(decoded.text.contains("déclaré"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(matches!(decode(b"", None), Err(Problem::Empty)));
        let pdf = decode(b"%PDF-1.4\n1 0 obj", None).unwrap_err();
        assert!(pdf.to_string().contains("pdftotext"), "{pdf}");
        assert!(matches!(decode(b"PK\x03\x04\x14\x00", None), Err(Problem::Binary { .. })));
        assert!(matches!(decode(b"a\x00\x00b\x01\x02c d e f", None), Err(Problem::ControlCharacters { .. })));
        let noise: Vec<u8> = (0..5000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decode(&noise, None).is_err());
    }

    #[test]
    fn what_pages_declare() {
        let name = |page: &[u8]| declared_in_page(page).map(Encoding::name);
        assert_eq!(name(b"<meta charset=\"windows-1251\">"), Some("windows-1251"));
        assert_eq!(
            name(b"<META http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>"),
            Some("windows-1252")
        );
        assert_eq!(name(b"<?xml version='1.0' encoding='koi8-r'?>"), Some("KOI8-R"));
        assert_eq!(name(b"<meta charset=utf-16>"), Some("UTF-8"));
        assert_eq!(name(b"<p>no charset here</p>"), None);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let _ = decode(&bytes, declared_in_page(&bytes));
        }
    }
}
