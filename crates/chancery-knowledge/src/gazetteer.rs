//! The gazetteer: populated places of the world and the names under which they are known.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::entry::{Country, CountryKind, Place, PlaceFeature};
use crate::error::KnowledgeError;
use crate::fold::{CaseRule, Folder, fold_phrase};
use crate::table::Table;

/// A place found under a name, with the weight by which it is ranked.
pub(crate) type Ranked<'g> = (&'g Place, u64);

/// A foreign or old name is this many times less likely to be meant than the first one.
const ALTERNATE_NAME_DISCOUNT: u64 = 10;

/// Of a province and the town of the same name, the town is meant more often.
const SUBDIVISION_DISCOUNT: u64 = 50;

const PRIMARY_NAME: u32 = 1 << 31;

/// Degrees are kept in steps of a hundred-thousandth, about a metre.
const STEPS_PER_DEGREE: f64 = 100_000.0;

/// The compiled form of the table.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StoredGazetteer<'a> {
    strings: Vec<Cow<'a, str>>,
    rows: Vec<StoredPlace<'a>>,
    /// A map from folded name to a range of `postings`: start in the high, length in
    /// the low 32 bits.
    #[serde(borrow)]
    map: Cow<'a, [u8]>,
    /// Indexes of rows; [`PRIMARY_NAME`] is set where the name is the row's first.
    postings: Vec<u32>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredPlace<'a> {
    geonameid: u32,
    #[serde(borrow)]
    name: Cow<'a, str>,
    country: u32,
    admin1: u32,
    latitude: i32,
    longitude: i32,
    population: u32,
    subdivision: bool,
}

impl StoredGazetteer<'static> {
    /// Compiles gazetteers, each a file's name and text, into one.
    pub(crate) fn compile(files: &[(&str, &str)]) -> Result<Self, KnowledgeError> {
        let mut strings = Interner::default();
        let mut rows = Vec::new();
        let mut names: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (file, text) in files {
            let table = Table::parse(file, text, REQUIRED, OPTIONAL)?;
            for row in table.rows() {
                let index = rows.len() as u32;
                let name = row.required("name")?;
                rows.push(StoredPlace {
                    geonameid: row
                        .number("geonameid")?
                        .ok_or_else(|| row.wrong("no geonameid", "give the number of GeoNames"))?,
                    name: Cow::Owned(name.to_owned()),
                    country: strings.intern(row.required("country")?),
                    admin1: strings.intern(row.cell("admin1")),
                    latitude: degrees(&row, "latitude", 90.0)?,
                    longitude: degrees(&row, "longitude", 180.0)?,
                    population: row.number("population")?.unwrap_or(0),
                    subdivision: row
                        .choice("feature", &[("", false), ("city", false), ("subdivision", true)])?,
                });
                names.entry(fold_phrase(name)).or_default().push(index | PRIMARY_NAME);
                for alternate in row.list("alternates") {
                    let places = names.entry(fold_phrase(alternate)).or_default();
                    if !places.iter().any(|place| place & !PRIMARY_NAME == index) {
                        places.push(index);
                    }
                }
            }
        }
        let strings = strings.texts.into_iter().map(Cow::Owned).collect();
        names.remove("");
        let mut postings = Vec::new();
        let keys = names.into_iter().map(|(name, places)| {
            let range = ((postings.len() as u64) << 32) | places.len() as u64;
            postings.extend(places);
            (name, range)
        });
        let map = fst::Map::from_iter(keys).map_err(|error| KnowledgeError::Artefact(error.to_string()))?;
        Ok(Self { strings, rows, map: Cow::Owned(map.into_fst().into_inner()), postings })
    }
}

const REQUIRED: &[&str] = &["geonameid", "name", "country", "latitude", "longitude"];
const OPTIONAL: &[&str] = &["admin1", "population", "feature", "alternates"];

/// Texts that many rows share, kept once.
#[derive(Default)]
struct Interner {
    texts: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Interner {
    fn intern(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }
}

fn degrees(row: &crate::table::Row<'_>, column: &str, limit: f64) -> Result<i32, KnowledgeError> {
    match row.number::<f64>(column)? {
        Some(degrees) if degrees.abs() <= limit => Ok((degrees * STEPS_PER_DEGREE).round() as i32),
        _ => Err(row.wrong(format!("no {column}"), format!("give degrees between -{limit} and {limit}"))),
    }
}

/// Text of a table that may be packed with gzip.
pub(crate) fn unpacked(file: &str, bytes: Vec<u8>) -> Result<String, KnowledgeError> {
    let bytes = if file.ends_with(".gz") {
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(bytes.as_slice())
            .read_to_end(&mut plain)
            .map_err(|error| KnowledgeError::row(file, 1, error.to_string(), "pack it again with gzip"))?;
        plain
    } else {
        bytes
    };
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(valid).filter(|byte| **byte == b'\n').count() + 1;
        KnowledgeError::row(file, line, "not UTF-8", "save the file as UTF-8")
    })
}

/// The gazetteer in use.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    places: Vec<Place>,
    /// None while there are no places at all.
    map: Option<fst::Map<Cow<'static, [u8]>>>,
    postings: Vec<u32>,
}

impl Gazetteer {
    /// Unfolds the compiled form.
    pub(crate) fn new(stored: StoredGazetteer<'static>) -> Result<Self, KnowledgeError> {
        let StoredGazetteer { strings, rows, map, postings } = stored;
        let strings: Vec<Arc<str>> = strings.into_iter().map(Arc::from).collect();
        let string = |index: u32| strings.get(index as usize).filter(|text| !text.is_empty()).cloned();
        let places = rows
            .into_iter()
            .map(|row| Place {
                geonameid: Some(row.geonameid),
                name: Arc::from(row.name),
                country: string(row.country),
                admin1: string(row.admin1),
                latitude: f64::from(row.latitude) / STEPS_PER_DEGREE,
                longitude: f64::from(row.longitude) / STEPS_PER_DEGREE,
                population: row.population,
                feature: if row.subdivision { PlaceFeature::Subdivision } else { PlaceFeature::City },
            })
            .collect();
        let map = fst::Map::new(map).map_err(|error| KnowledgeError::Artefact(error.to_string()))?;
        Ok(Self { places, map: Some(map), postings })
    }

    /// Number of places.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// The place with this number of GeoNames.
    pub(crate) fn by_id(&self, geonameid: u32) -> Option<&Place> {
        self.places.iter().find(|place| place.geonameid == Some(geonameid))
    }

    /// Marks the seats of government among the places.
    pub(crate) fn mark_capitals(&mut self, countries: &[Country]) {
        let seats: HashSet<u32> = countries
            .iter()
            .filter(|country| country.kind != CountryKind::Former)
            .flat_map(|country| &country.capitals)
            .filter_map(|capital| capital.place.geonameid)
            .collect();
        for place in &mut self.places {
            if place.geonameid.is_some_and(|id| seats.contains(&id)) {
                place.feature = PlaceFeature::Capital;
            }
        }
    }

    /// The places that bear exactly this name, unsorted.
    pub(crate) fn named(&self, words: &[&str]) -> Vec<Ranked<'_>> {
        let mut key = Vec::new();
        let mut folder = Folder::default();
        for word in words {
            folder.word(word, |byte| {
                key.push(byte);
                true
            });
        }
        if !CaseRule::Inner.admits(words) {
            return Vec::new();
        }
        let Some(range) = self.map.as_ref().and_then(|map| map.get(&key)) else { return Vec::new() };
        let (start, length) = ((range >> 32) as usize, (range & 0xffff_ffff) as usize);
        let postings = self.postings.get(start..start + length).unwrap_or_default();
        postings
            .iter()
            .filter_map(|posting| {
                let place = self.places.get((posting & !PRIMARY_NAME) as usize)?;
                let name = if posting & PRIMARY_NAME == 0 { ALTERNATE_NAME_DISCOUNT } else { 1 };
                let kind = if place.feature == PlaceFeature::Subdivision { SUBDIVISION_DISCOUNT } else { 1 };
                Some((place, u64::from(place.population) / name / kind))
            })
            .collect()
    }
}
