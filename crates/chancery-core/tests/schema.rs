//! The published JSON Schema is the one of the types: the record grows only by addition.

#[test]
fn the_published_schema_is_that_of_the_types() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/record.schema.json");
    let published: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let own = chancery_core::record::json_schema();
    assert_eq!(
        published, own,
        "write it anew with `cargo run -p chancery -- schema > docs/record.schema.json` and say in CHANGELOG.md what was added"
    );
}
