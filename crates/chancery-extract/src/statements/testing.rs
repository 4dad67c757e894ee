//! Scenes for tests, read with the model that the program ships.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chancery_core::Document;
use chancery_core::codebook::Codebook;
use chancery_knowledge::Knowledge;
use chancery_language::model::Reader;
use chancery_language::segment::segment;

use crate::scene::{Offsets, Scene};

/// Reads a text and hands its scene to a test.
pub(crate) fn with_scene<T>(text: &str, test: impl FnOnce(&Scene<'_>) -> T) -> T {
    static READER: OnceLock<Reader> = OnceLock::new();
    let reader = READER.get_or_init(|| match Reader::load(chancery_model::READER) {
        Ok(reader) => reader,
        Err(error) => panic!("the shipped weights: {error}"),
    });
    let document = Document {
        uri: "test".to_owned(),
        source_sha256: String::new(),
        text_sha256: String::new(),
        extractor: "text/1".to_owned(),
        encoding: "UTF-8".to_owned(),
        encoding_detected: false,
        text: text.to_owned(),
        zones: Vec::new(),
        id: None,
        title: None,
        source: None,
        author: None,
        published: None,
        url: None,
        declared_language: None,
        extra: BTreeMap::new(),
    };
    let analysis = reader.read(text, segment(text, &[]));
    let offsets = Offsets::new(text);
    test(&Scene {
        document: &document,
        analysis: &analysis,
        knowledge: Knowledge::builtin(),
        codebook: Codebook::builtin(),
        offsets: &offsets,
    })
}
