//! The tables in use: opening them, and looking words up in them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{LazyLock, OnceLock};

use crate::compile::{Draft, Sources, Tables, compile};
use crate::entry::{
    ArmedGroup, Country, CountryForm, CountryKind, Entry, Gender, Match, Metonym, Modifier, Organisation,
    Outlet, People, Person, Place, Region, Role,
};
use crate::error::KnowledgeError;
use crate::fold::fold_phrase;
use crate::gazetteer::{Gazetteer, StoredGazetteer};
use crate::index::{PhraseIndex, PhraseIndexBuilder, Posting, Target};

/// Compiled by the build script from the tables of the repository.
mod artefact {
    pub(super) static TABLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/tables.bin"));
    pub(super) static PHRASES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/phrases.fst"));
    pub(super) static GAZETTEER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));
}

/// A region whose name more often means something else ("Washington") is ranked as if
/// it had this many times fewer inhabitants.
const AMBIGUOUS_NAME_DISCOUNT: u64 = 50;

/// Everything the tables say, ready for look-up.
#[derive(Debug)]
pub struct Knowledge {
    tables: Tables,
    index: PhraseIndex,
    countries_by_code: HashMap<String, usize>,
    countries_by_alpha2: HashMap<String, usize>,
    /// The user's gazetteer; the built-in one is unfolded when first needed.
    own_gazetteer: Option<Gazetteer>,
    uses_builtin_gazetteer: bool,
}

/// Two rows that claim the same words without saying that they are ambiguous.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The words, folded.
    pub phrase: String,
    /// The name of the one row.
    pub first: String,
    /// The name of the other.
    pub second: String,
}

static BUILTIN: LazyLock<Knowledge> = LazyLock::new(|| {
    // The build script wrote these bytes with the same code, and a test reads them.
    Knowledge::decode().unwrap_or_else(|_| Knowledge {
        tables: Tables::default(),
        index: PhraseIndex::default(),
        countries_by_code: HashMap::new(),
        countries_by_alpha2: HashMap::new(),
        own_gazetteer: None,
        uses_builtin_gazetteer: false,
    })
});

static BUILTIN_GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();

fn decode_gazetteer() -> Result<Gazetteer, KnowledgeError> {
    let stored: StoredGazetteer<'static> = postcard::from_bytes(artefact::GAZETTEER)
        .map_err(|error| KnowledgeError::Artefact(error.to_string()))?;
    Gazetteer::new(stored)
}

fn builtin_gazetteer() -> &'static Gazetteer {
    BUILTIN_GAZETTEER.get_or_init(|| {
        let mut gazetteer = decode_gazetteer().unwrap_or_default();
        gazetteer.mark_capitals(&Knowledge::builtin().tables.countries);
        gazetteer
    })
}

impl Knowledge {
    /// The tables that the program carries.
    pub fn builtin() -> &'static Knowledge {
        &BUILTIN
    }

    fn decode() -> Result<Self, KnowledgeError> {
        let damaged = |error: postcard::Error| KnowledgeError::Artefact(error.to_string());
        let (tables, postings): (Tables, Vec<Vec<Posting>>) =
            postcard::from_bytes(artefact::TABLES).map_err(damaged)?;
        let index = PhraseIndex::new(Cow::Borrowed(artefact::PHRASES), postings)?;
        Ok(Self::assemble(tables, index, None, true))
    }

    fn assemble(
        tables: Tables,
        index: PhraseIndex,
        mut own_gazetteer: Option<Gazetteer>,
        uses_builtin_gazetteer: bool,
    ) -> Self {
        let numbered = || tables.countries.iter().enumerate();
        let countries_by_code = numbered().map(|(row, country)| (country.code.clone(), row)).collect();
        let countries_by_alpha2 =
            numbered().filter_map(|(row, country)| Some((country.alpha2.clone()?, row))).collect();
        if let Some(gazetteer) = &mut own_gazetteer {
            gazetteer.mark_capitals(&tables.countries);
        }
        Self { tables, index, countries_by_code, countries_by_alpha2, own_gazetteer, uses_builtin_gazetteer }
    }

    /// The built-in tables with those of a folder laid over them: `roles.tsv` replaces
    /// the built-in roles, `roles.extra.tsv` adds to them. Other files are ignored.
    ///
    /// # Errors
    /// If the folder cannot be read or holds no table, or a row breaks the rules of its
    /// table; the message names file, line and remedy.
    pub fn load(folder: &Path) -> Result<Knowledge, KnowledgeError> {
        let sources = Sources::read(folder)?;
        let own = match sources.gazetteers().as_slice() {
            [] => None,
            files => Some(Gazetteer::new(StoredGazetteer::compile(files)?)?),
        };
        let with_builtin = !sources.replaces_gazetteer();
        let base = Self::builtin();
        let draft = Draft {
            tables: base.tables.clone(),
            index: PhraseIndexBuilder::from_index(&base.index),
            gazetteers: own.iter().chain(with_builtin.then(builtin_gazetteer)).collect(),
        };
        let Draft { tables, index, .. } = compile(&sources, draft)?;
        let (map, postings) = index.build()?;
        Ok(Self::assemble(tables, PhraseIndex::new(Cow::Owned(map), postings)?, own, with_builtin))
    }

    /// Hash of all the tables: readings made with equal versions know the same.
    pub fn version(&self) -> &str {
        &self.tables.version
    }

    /// Every phrase of the tables that starts at `words[0]`, longest first.
    ///
    /// `words` are consecutive tokens of the text as they stand there. Case counts where
    /// it tells names from words ("US" from "us"); diacritics, apostrophes, full stops and
    /// the splitting of hyphenated names do not.
    pub fn match_at<'k>(&'k self, words: &[&str]) -> Vec<Match<'k>> {
        let mut matches = Vec::new();
        for (length, postings) in self.index.starting_at(words).into_iter().rev() {
            let surface = words.get(..length).unwrap_or(words);
            for posting in postings.iter().filter(|posting| posting.case.admits(surface)) {
                if let Some(entry) = self.entry(posting.target) {
                    matches.push(Match {
                        words: length,
                        entry,
                        plural: posting.plural,
                        adjective: posting.adjective,
                        ambiguous: posting.ambiguous,
                    });
                }
            }
        }
        matches
    }

    fn entry(&self, target: Target) -> Option<Entry<'_>> {
        let tables = &self.tables;
        Some(match target {
            Target::Country { row, form } => Entry::Country(tables.countries.get(row as usize)?, form),
            Target::Capital { row, capital } => {
                let country = tables.countries.get(row as usize)?;
                Entry::Capital(country, &country.capitals.get(capital as usize)?.place)
            }
            Target::Metonym(row) => Entry::Metonym(tables.metonyms.get(row as usize)?),
            Target::Organisation(row) => Entry::Organisation(tables.organisations.get(row as usize)?),
            Target::Group(row) => Entry::Group(tables.groups.get(row as usize)?),
            Target::Outlet(row) => Entry::Outlet(tables.outlets.get(row as usize)?),
            Target::Role(row) => Entry::Role(tables.roles.get(row as usize)?),
            Target::Region(row) => Entry::Region(tables.regions.get(row as usize)?),
            Target::People(row) => Entry::People(tables.peoples.get(row as usize)?),
            Target::Person(row) => Entry::Person(tables.persons.get(row as usize)?),
            Target::Modifier(row) => Entry::Modifier(tables.modifiers.get(row as usize)?),
        })
    }

    /// The country with this code, as in [`Country::code`].
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.countries_by_code.get(code).and_then(|row| self.tables.countries.get(*row))
    }

    /// The country with this ISO 3166-1 alpha-2 code.
    pub fn country_by_alpha2(&self, alpha2: &str) -> Option<&Country> {
        self.countries_by_alpha2.get(alpha2).and_then(|row| self.tables.countries.get(*row))
    }

    /// Everything on the map that is called exactly so: countries first, then regions
    /// and towns by population, where foreign, old and ambiguous names count for less.
    pub fn places(&self, words: &[&str]) -> Vec<&Place> {
        let mut found: Vec<(&Place, u64)> = Vec::new();
        let whole = self.match_at(words).into_iter().filter(|found| found.words == words.len());
        for found_entry in whole {
            let discount = if found_entry.ambiguous { AMBIGUOUS_NAME_DISCOUNT } else { 1 };
            match found_entry.entry {
                Entry::Country(country, CountryForm::Name | CountryForm::Abbreviation) => {
                    // Of states that shared a name, today's comes first.
                    let weight = if country.kind == CountryKind::Former { u64::MAX - 1 } else { u64::MAX };
                    found.push((&country.place, weight));
                }
                Entry::Region(region) if !found_entry.adjective => {
                    found.push((&region.place, u64::from(region.place.population) / discount));
                }
                Entry::Capital(_, place) => {
                    // Spelled out in the tables, so not merely an alternate name; a bare
                    // alias of the gazetteer for the same town is dropped below.
                    found.push((place, u64::from(place.population)));
                }
                _ => {}
            }
        }
        found.extend(self.gazetteers().flat_map(|gazetteer| gazetteer.named(words)));
        // Sorting is stable, so that equal weights stay in the order of the tables.
        found.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        let mut places: Vec<&Place> = Vec::with_capacity(found.len());
        for (place, _) in found {
            let known = place.geonameid.is_some() && places.iter().any(|p| p.geonameid == place.geonameid);
            if !known {
                places.push(place);
            }
        }
        places
    }

    /// The place with this number of the GeoNames gazetteer: towns, and what the tables
    /// give a number to.
    pub fn place_by_id(&self, geonameid: u32) -> Option<&Place> {
        let countries = self.tables.countries.iter().map(|country| &country.place);
        let regions = self.tables.regions.iter().map(|region| &region.place);
        countries
            .chain(regions)
            .find(|place| place.geonameid == Some(geonameid))
            .or_else(|| self.gazetteers().find_map(|gazetteer| gazetteer.by_id(geonameid)))
    }

    /// How a pronoun refers to somebody of this given name.
    pub fn given_name_gender(&self, given_name: &str) -> Option<Gender> {
        self.tables.given_names.get(&fold_phrase(given_name)).copied()
    }

    fn gazetteers(&self) -> impl Iterator<Item = &Gazetteer> {
        self.own_gazetteer.iter().chain(self.uses_builtin_gazetteer.then(builtin_gazetteer))
    }

    /// Number of towns in the gazetteer.
    pub fn gazetteer_len(&self) -> usize {
        self.gazetteers().map(Gazetteer::len).sum()
    }

    /// All countries and territories, in the order of the table.
    pub fn countries(&self) -> &[Country] {
        &self.tables.countries
    }

    /// All metonyms.
    pub fn metonyms(&self) -> &[Metonym] {
        &self.tables.metonyms
    }

    /// All organisations.
    pub fn organisations(&self) -> &[Organisation] {
        &self.tables.organisations
    }

    /// All armed groups.
    pub fn armed_groups(&self) -> &[ArmedGroup] {
        &self.tables.groups
    }

    /// All outlets.
    pub fn outlets(&self) -> &[Outlet] {
        &self.tables.outlets
    }

    /// All role words.
    pub fn roles(&self) -> &[Role] {
        &self.tables.roles
    }

    /// All regions and subdivisions.
    pub fn regions(&self) -> &[Region] {
        &self.tables.regions
    }

    /// All peoples.
    pub fn peoples(&self) -> &[People] {
        &self.tables.peoples
    }

    /// All known persons.
    pub fn persons(&self) -> &[Person] {
        &self.tables.persons
    }

    /// All modifiers of roles.
    pub fn modifiers(&self) -> &[Modifier] {
        &self.tables.modifiers
    }

    /// Words claimed by two rows of one table, neither marked as ambiguous. Former states
    /// share names with their successors and the same person may stand in several rows:
    /// there the dates decide, and it is no conflict.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut conflicts = Vec::new();
        for (phrase, postings) in self.index.phrases() {
            for (position, posting) in postings.iter().enumerate() {
                for other in postings.iter().skip(position + 1) {
                    if posting.ambiguous || other.ambiguous || posting.case != other.case {
                        continue;
                    }
                    let (Some(one), Some(two)) = (self.entry(posting.target), self.entry(other.target))
                    else {
                        continue;
                    };
                    if let Some((first, second)) = rivals(one, two) {
                        conflicts.push(Conflict { phrase: phrase.clone(), first, second });
                    }
                }
            }
        }
        conflicts
    }
}

/// The names of two entries of one table that cannot both be meant.
fn rivals(one: Entry<'_>, two: Entry<'_>) -> Option<(String, String)> {
    let dated = |country: &Country| country.kind == CountryKind::Former;
    let (first, second) = match (one, two) {
        (Entry::Country(a, _), Entry::Country(b, _)) | (Entry::Capital(a, _), Entry::Capital(b, _)) => {
            if dated(a) || dated(b) {
                return None;
            }
            (&a.code, &b.code)
        }
        (Entry::Metonym(a), Entry::Metonym(b)) => (&a.phrase, &b.phrase),
        (Entry::Organisation(a), Entry::Organisation(b)) => (&a.name, &b.name),
        (Entry::Group(a), Entry::Group(b)) => (&a.name, &b.name),
        (Entry::Outlet(a), Entry::Outlet(b)) => (&a.name, &b.name),
        (Entry::Role(a), Entry::Role(b)) => (&a.phrase, &b.phrase),
        (Entry::Region(a), Entry::Region(b)) => (&a.name, &b.name),
        (Entry::People(a), Entry::People(b)) => (&a.name, &b.name),
        (Entry::Person(a), Entry::Person(b)) => (&a.name, &b.name),
        _ => return None,
    };
    (first != second).then(|| (first.clone(), second.clone()))
}
