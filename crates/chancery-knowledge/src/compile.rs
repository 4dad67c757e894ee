//! The compiler: from a folder of readable tables to typed rows and the phrase index.
//!
//! The build script runs it on the tables of the repository, the program runs it on a
//! user's own folder. Each file of [`TABLES`] is optional; every row is checked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::entry::{
    ArmedGroup, Country, Gender, Metonym, Modifier, Organisation, Outlet, People, Person, Region, Role,
};
use crate::error::KnowledgeError;
use crate::fold::CaseRule;
use crate::gazetteer::{Gazetteer, unpacked};
use crate::index::{PhraseIndexBuilder, Posting, Target};
use crate::rows;
use crate::table::{Row, Table};

/// The gazetteer's file; `.gz` may follow.
const GAZETTEER_FILE: &str = "gazetteer.tsv";
const EXTRA_GAZETTEER_FILE: &str = "gazetteer.extra.tsv";

/// A file named so, `roles.extra.tsv` beside `roles.tsv`, adds rows instead of replacing.
const EXTRA_SUFFIX: &str = ".extra.tsv";

/// Hexadecimal digits of the version.
const VERSION_DIGITS: usize = 16;

/// All rows of all tables.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(crate) struct Tables {
    /// Hash of what was compiled.
    pub(crate) version: String,
    pub(crate) countries: Vec<Country>,
    pub(crate) metonyms: Vec<Metonym>,
    pub(crate) organisations: Vec<Organisation>,
    pub(crate) groups: Vec<ArmedGroup>,
    pub(crate) outlets: Vec<Outlet>,
    pub(crate) roles: Vec<Role>,
    pub(crate) regions: Vec<Region>,
    pub(crate) peoples: Vec<People>,
    pub(crate) persons: Vec<Person>,
    pub(crate) modifiers: Vec<Modifier>,
    /// Folded given name and gender, sorted.
    pub(crate) given_names: BTreeMap<String, Gender>,
}

/// The rules of one table.
pub(crate) struct TableRules {
    /// Name of its file.
    file: &'static str,
    required: &'static [&'static str],
    optional: &'static [&'static str],
    /// Reads one row into the draft.
    add: fn(&Row<'_>, &mut Draft<'_>) -> Result<(), KnowledgeError>,
    /// Empties the table, when a user's file replaces it.
    clear: fn(&mut Tables),
    /// True for phrases of this table.
    owns: fn(&Target) -> bool,
}

/// The tables, in an order in which each needs only earlier ones.
pub(crate) const TABLES: &[TableRules] = &[
    TableRules {
        file: "states.tsv",
        required: &["code", "name", "kind", "latitude", "longitude"],
        optional: &[
            "iso2",
            "parent",
            "from",
            "to",
            "partially_recognised",
            "aliases",
            "demonym_nouns",
            "demonym_adjectives",
            "capitals",
            "geonameid",
            "population",
            "ambiguous",
        ],
        add: rows::country,
        clear: |tables| tables.countries.clear(),
        owns: |target| matches!(target, Target::Country { .. } | Target::Capital { .. }),
    },
    TableRules {
        file: "metonyms.tsv",
        required: &["phrase", "countries", "sectors", "kind"],
        optional: &["aliases", "stands_for", "ambiguous"],
        add: rows::metonym,
        clear: |tables| tables.metonyms.clear(),
        owns: |target| matches!(target, Target::Metonym(_)),
    },
    TableRules {
        file: "regions.tsv",
        required: &["name", "feature", "countries", "latitude", "longitude"],
        optional: &["aliases", "adjectives", "disputed", "geonameid", "population", "ambiguous"],
        add: rows::region,
        clear: |tables| tables.regions.clear(),
        owns: |target| matches!(target, Target::Region(_)),
    },
    TableRules {
        file: "peoples.tsv",
        required: &["name", "nouns", "adjectives", "countries", "kind"],
        optional: &["ambiguous"],
        add: rows::people,
        clear: |tables| tables.peoples.clear(),
        owns: |target| matches!(target, Target::People(_)),
    },
    TableRules {
        file: "organisations.tsv",
        required: &["name", "sectors", "kind"],
        optional: &["aliases", "class", "countries", "parent", "members", "ambiguous", "note"],
        add: rows::organisation,
        clear: |tables| tables.organisations.clear(),
        owns: |target| matches!(target, Target::Organisation(_)),
    },
    TableRules {
        file: "armed_groups.tsv",
        required: &["name", "countries", "sectors"],
        optional: &["aliases", "from", "to", "ambiguous", "note"],
        add: rows::armed_group,
        clear: |tables| tables.groups.clear(),
        owns: |target| matches!(target, Target::Group(_)),
    },
    TableRules {
        file: "outlets.tsv",
        required: &["name", "country", "kind"],
        optional: &["aliases", "state_controlled", "ambiguous", "note"],
        add: rows::outlet,
        clear: |tables| tables.outlets.clear(),
        owns: |target| matches!(target, Target::Outlet(_)),
    },
    TableRules {
        file: "roles.tsv",
        required: &["phrase", "sectors", "kind"],
        optional: &["plural", "office", "note", "ambiguous"],
        add: rows::role,
        clear: |tables| tables.roles.clear(),
        owns: |target| matches!(target, Target::Role(_)),
    },
    TableRules {
        file: "persons.tsv",
        required: &["name", "country"],
        optional: &["aliases", "office", "sectors", "from", "to", "ambiguous", "note"],
        add: rows::person,
        clear: |tables| tables.persons.clear(),
        owns: |target| matches!(target, Target::Person(_)),
    },
    TableRules {
        file: "role_modifiers.tsv",
        required: &["modifier"],
        optional: &["effect", "sectors", "add_sectors", "tense", "backer", "position", "note"],
        add: rows::modifier,
        clear: |tables| tables.modifiers.clear(),
        owns: |target| matches!(target, Target::Modifier(_)),
    },
    TableRules {
        file: "given_names.tsv",
        required: &["name", "gender"],
        optional: &["note"],
        add: rows::given_name,
        clear: |tables| tables.given_names.clear(),
        owns: |_| false,
    },
];

/// The texts of the tables in a folder, by file name.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    files: BTreeMap<String, String>,
}

impl Sources {
    /// Reads every table of the folder; other files are left alone.
    pub(crate) fn read(folder: &Path) -> Result<Self, KnowledgeError> {
        let unreadable = |path: &Path, source| KnowledgeError::Unreadable { path: path.into(), source };
        let mut files = BTreeMap::new();
        for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
            let path = entry.map_err(|error| unreadable(folder, error))?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let plain = name.strip_suffix(".gz").unwrap_or(name);
            let table = plain.strip_suffix(EXTRA_SUFFIX).map(|stem| format!("{stem}.tsv"));
            let table = table.as_deref().unwrap_or(plain);
            if table != GAZETTEER_FILE && !TABLES.iter().any(|rules| rules.file == table) {
                continue;
            }
            let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, error))?;
            files.insert(plain.to_owned(), unpacked(name, bytes)?);
        }
        if files.is_empty() {
            return Err(KnowledgeError::NoTables { path: folder.into() });
        }
        Ok(Self { files })
    }

    /// The gazetteers of the folder, each as file name and text.
    pub(crate) fn gazetteers(&self) -> Vec<(&str, &str)> {
        [GAZETTEER_FILE, EXTRA_GAZETTEER_FILE]
            .into_iter()
            .filter_map(|file| Some((file, self.files.get(file)?.as_str())))
            .collect()
    }

    /// True if the folder's gazetteer stands for itself and does not only add places.
    pub(crate) fn replaces_gazetteer(&self) -> bool {
        self.files.contains_key(GAZETTEER_FILE)
    }

    /// A hash of all files, and of what they are laid over.
    fn version(&self, base: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(base);
        for (name, text) in &self.files {
            for part in [name, text] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
        let digest = hash.finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>()[..VERSION_DIGITS].to_owned()
    }
}

/// Tables and index while they are being filled.
pub(crate) struct Draft<'g> {
    pub(crate) tables: Tables,
    pub(crate) index: PhraseIndexBuilder,
    /// Where capitals are looked up, the first that knows them.
    pub(crate) gazetteers: Vec<&'g Gazetteer>,
}

impl Draft<'_> {
    /// Files one phrase of a row.
    pub(crate) fn phrase(
        &mut self,
        row: &Row<'_>,
        text: &str,
        target: Target,
        shape: Shape,
    ) -> Result<(), KnowledgeError> {
        let posting = Posting {
            target,
            case: CaseRule::of(text),
            plural: shape.plural,
            adjective: shape.adjective,
            ambiguous: is_ambiguous(row, text),
        };
        if self.index.add(text, posting) {
            Ok(())
        } else {
            Err(row.wrong(format!("“{text}” has no letter or figure"), "write a name"))
        }
    }

    /// Checks that `code` stands in states.tsv.
    pub(crate) fn country_code(&self, row: &Row<'_>, code: &str) -> Result<String, KnowledgeError> {
        if self.tables.countries.iter().any(|country| country.code == code) {
            Ok(code.to_owned())
        } else {
            Err(row.wrong(format!("unknown country code “{code}”"), "use a code of states.tsv"))
        }
    }

    /// The codes of a list cell, each checked.
    pub(crate) fn country_codes(&self, row: &Row<'_>, column: &str) -> Result<Vec<String>, KnowledgeError> {
        row.list(column).map(|code| self.country_code(row, code)).collect()
    }
}

/// Grammatical shape of a phrase.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shape {
    pub(crate) plural: bool,
    pub(crate) adjective: bool,
}

/// The column `ambiguous` says "yes" for all names of the row or lists some of them.
fn is_ambiguous(row: &Row<'_>, text: &str) -> bool {
    row.list("ambiguous").any(|item| item == "yes" || item == text)
        || row.list("note").any(|item| item == "ambiguous")
}

/// Compiles `sources` over the tables and phrases in `draft`: a file replaces the table
/// of its name, an `.extra.tsv` file adds to it.
pub(crate) fn compile<'g>(sources: &Sources, mut draft: Draft<'g>) -> Result<Draft<'g>, KnowledgeError> {
    draft.tables.version = sources.version(&draft.tables.version);
    for rules in TABLES {
        if let Some(text) = sources.files.get(rules.file) {
            (rules.clear)(&mut draft.tables);
            draft.index.remove(rules.owns);
            add_rows(rules, rules.file, text, &mut draft)?;
        }
        let extra = rules.file.replace(".tsv", EXTRA_SUFFIX);
        if let Some(text) = sources.files.get(&extra) {
            add_rows(rules, &extra, text, &mut draft)?;
        }
    }
    check_parents(&draft.tables)?;
    Ok(draft)
}

fn add_rows(rules: &TableRules, file: &str, text: &str, draft: &mut Draft<'_>) -> Result<(), KnowledgeError> {
    let table = Table::parse(file, text, rules.required, rules.optional)?;
    for row in table.rows() {
        check_ambiguous(&row)?;
        (rules.add)(&row, draft)?;
    }
    Ok(())
}

/// Columns in which the names of a row stand.
const NAME_COLUMNS: &[&str] = &[
    "name",
    "phrase",
    "plural",
    "aliases",
    "nouns",
    "adjectives",
    "demonym_nouns",
    "demonym_adjectives",
    "capitals",
];

/// A name under `ambiguous` must be one of the row's names, or a slip would pass unseen.
fn check_ambiguous(row: &Row<'_>) -> Result<(), KnowledgeError> {
    for marked in row.list("ambiguous") {
        let known = matches!(marked, "yes" | "no")
            || NAME_COLUMNS
                .iter()
                .flat_map(|column| row.list(column))
                .flat_map(|item| item.split(['|', '/', '=']))
                .any(|name| name.trim() == marked);
        if !known {
            return Err(row.wrong(
                format!("“{marked}” under “ambiguous” is no name of this row"),
                "write yes, or repeat the name exactly",
            ));
        }
    }
    Ok(())
}

/// Parents may stand below their children, so they are looked up last.
fn check_parents(tables: &Tables) -> Result<(), KnowledgeError> {
    let codes: BTreeSet<&str> = tables.countries.iter().map(|country| country.code.as_str()).collect();
    for country in &tables.countries {
        if let Some(parent) = country.parent.as_deref().filter(|parent| !codes.contains(parent)) {
            return Err(KnowledgeError::row(
                "states.tsv",
                1,
                format!("{} has the unknown parent “{parent}”", country.code),
                "use a code of the table",
            ));
        }
    }
    Ok(())
}
