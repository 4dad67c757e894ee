//! Compiles the tables of `knowledge/` into what the library carries.

// The compiler is the library's own; here only the writing half of it is used.
#![allow(dead_code)]

#[path = "src/compile.rs"]
mod compile;
#[path = "src/entry.rs"]
mod entry;
#[path = "src/error.rs"]
mod error;
#[path = "src/fold.rs"]
mod fold;
#[path = "src/gazetteer.rs"]
mod gazetteer;
#[path = "src/index.rs"]
mod index;
#[path = "src/rows.rs"]
mod rows;
#[path = "src/table.rs"]
mod table;

use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let manifest = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").ok_or("no CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    let folder = manifest.join("../../knowledge");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed={}", manifest.join("src").display());
    println!("cargo::rerun-if-changed=build.rs");
    if let Err(error) = write(&folder, &out) {
        // The message alone: an editor of tables is not helped by a debug print.
        println!("cargo::error={error}");
    }
    Ok(())
}

fn write(folder: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let sources = compile::Sources::read(folder)?;
    if !sources.replaces_gazetteer() {
        return Err("knowledge/gazetteer.tsv.gz is missing; see xtask/gazetteer.py".into());
    }
    let stored = gazetteer::StoredGazetteer::compile(&sources.gazetteers())?;
    std::fs::write(out.join("gazetteer.bin"), postcard::to_stdvec(&stored)?)?;
    let gazetteer = gazetteer::Gazetteer::new(stored)?;
    let draft = compile::Draft {
        tables: compile::Tables::default(),
        index: index::PhraseIndexBuilder::default(),
        gazetteers: vec![&gazetteer],
    };
    let draft = compile::compile(&sources, draft)?;
    let (map, postings) = draft.index.build()?;
    std::fs::write(out.join("phrases.fst"), map)?;
    std::fs::write(out.join("tables.bin"), postcard::to_stdvec(&(&draft.tables, &postings))?)?;
    Ok(())
}
