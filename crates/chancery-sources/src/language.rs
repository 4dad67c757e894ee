//! Declared languages as ISO 639-1 codes.

use isolang::Language;

/// The ISO 639-1 code of a language as sources declare it: "en", "en-US", "en_GB.UTF-8", "eng", "English".
/// None if the word is no language, or one without a code of two letters.
pub(crate) fn code(declared: &str) -> Option<String> {
    let declared = declared.trim().to_lowercase();
    let primary = declared.split(['-', '_', '.', ',', ';']).next().unwrap_or_default();
    let language = match primary.len() {
        2 => Language::from_639_1(primary),
        3 => Language::from_639_3(primary),
        _ => None,
    };
    language.or_else(|| Language::from_name_lowercase(&declared))?.to_639_1().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn codes_tags_and_names() {
        for english in ["en", "EN", "en-US", "en_GB.UTF-8", "eng", "English", " ENGLISH ", "en, fr"] {
            assert_eq!(code(english).as_deref(), Some("en"), "{english}");
        }
        assert_eq!(code("Azerbaijani").as_deref(), Some("az"));
        assert_eq!(code("tur").as_deref(), Some("tr"));
        for none in ["", "x", "unknown", "zz", "no language"] {
            assert_eq!(code(none), None, "{none}");
        }
    }
}
