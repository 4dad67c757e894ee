//! Which place on the map a name means.
//!
//! A name that many places bear is decided by what stands beside it ("Springfield, Illinois"), by the
//! countries that the text speaks of around it, and by size: seats of government and large towns are named
//! without explanation, small ones are explained.

use std::collections::HashMap;
use std::ops::Range;

use chancery_knowledge::{CountryForm, Entry, Knowledge, Place, PlaceFeature};

use crate::scene::Scene;

/// How many sentences before and after a name are looked at for the countries that it may lie in, and how
/// many at the beginning of the document.
const SENTENCES_AROUND: usize = 12;
const FIRST_SENTENCES: usize = 4;
/// Longest name of a table in words.
const LONGEST_NAME: usize = 7;
/// Candidates beyond these are too small to be meant without an explanation.
const MOST_CANDIDATES: usize = 24;

/// What counts for a candidate, in units of the natural logarithm of its inhabitants.
mod weight {
    /// The words beside the name say so.
    pub const BESIDE: f64 = 12.0;
    /// A state.
    pub const COUNTRY: f64 = 9.0;
    /// A seat of government.
    pub const CAPITAL: f64 = 3.0;
    /// Something else that the tables name: a region, a sea.
    pub const NAMED: f64 = 3.0;
    /// Its country is spoken of, once or often.
    pub const SPOKEN_OF: f64 = 3.5;
    /// Each place further down in the knowledge's own order.
    pub const ORDER: f64 = -0.4;
    /// Inhabitants that count for what has none in the tables.
    pub const UNCOUNTED: f64 = 9.0;
}

/// A place found under a name, and how sure it is.
#[derive(Debug, Clone, Copy)]
pub struct Found<'k> {
    /// The place.
    pub place: &'k Place,
    /// Confidence, 0 to 1.
    pub score: f32,
}

/// What the words beside a name say of where it lies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Codes of countries.
    pub countries: Vec<String>,
    /// Names of first-order divisions.
    pub divisions: Vec<String>,
}

impl Beside {
    /// What a name says of the place in front of it.
    pub fn read(knowledge: &Knowledge, words: &[&str]) -> Beside {
        let mut beside = Beside::default();
        for found in knowledge.match_at(words).into_iter().filter(|m| m.words == words.len() && !m.adjective)
        {
            match found.entry {
                Entry::Country(country, CountryForm::Name | CountryForm::Abbreviation) => {
                    beside.countries.push(country.code.clone());
                }
                Entry::Region(region) if region.place.feature == PlaceFeature::Subdivision => {
                    beside.divisions.push(region.name.to_lowercase());
                    beside.countries.extend(region.place.country.as_deref().map(str::to_owned));
                }
                _ => {}
            }
        }
        beside
    }

    /// Whether it says anything.
    pub fn is_empty(&self) -> bool {
        self.countries.is_empty() && self.divisions.is_empty()
    }

    fn fits(&self, place: &Place) -> bool {
        let admin1 = place.admin1.as_deref().map(str::to_lowercase);
        let division = admin1.is_some_and(|own| self.divisions.contains(&own));
        let country = place.country.as_deref().is_some_and(|own| self.countries.iter().any(|c| c == own));
        if self.divisions.is_empty() { country } else { division }
    }
}

/// The place that a name means; none if no table has it.
pub fn resolve<'k>(scene: &Scene<'k>, words: &Range<usize>, beside: &Beside) -> Option<Found<'k>> {
    let forms: Vec<&str> = words.clone().map(|w| scene.form(w)).collect();
    let candidates: Vec<&Place> = scene.knowledge.places(&forms).into_iter().take(MOST_CANDIDATES).collect();
    let first = *candidates.first()?;
    if candidates.len() == 1 {
        let doubt = !beside.is_empty() && !beside.fits(first);
        return Some(Found { place: first, score: if doubt { 0.5 } else { 0.97 } });
    }
    let spoken = if beside.is_empty() { countries_around(scene, words) } else { HashMap::new() };
    let most = spoken.values().copied().max().unwrap_or(1).max(1);
    let scores: Vec<f64> = candidates
        .iter()
        .enumerate()
        .map(|(order, place)| {
            let inhabitants =
                if place.population > 0 { f64::from(place.population).ln() } else { weight::UNCOUNTED };
            let kind = match place.feature {
                PlaceFeature::Country => weight::COUNTRY,
                PlaceFeature::Capital => inhabitants + weight::CAPITAL,
                PlaceFeature::City | PlaceFeature::Subdivision => inhabitants,
                _ => weight::UNCOUNTED + weight::NAMED,
            };
            let kind = if place.feature == PlaceFeature::Country { kind + weight::UNCOUNTED } else { kind };
            let own = place.country.as_deref().and_then(|code| spoken.get(code)).copied().unwrap_or(0);
            // The first mention of a country tells most, further ones a little.
            let evidence = if own > 0 {
                weight::SPOKEN_OF * (0.6 + 0.4 * f64::from(own) / f64::from(most))
            } else {
                0.0
            };
            let explained = if beside.fits(place) { weight::BESIDE } else { 0.0 };
            kind + evidence + explained + weight::ORDER * order.min(5) as f64
        })
        .collect();
    let (at, best) =
        scores.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    let total: f64 = scores.iter().map(|s| (s - best).exp()).sum();
    Some(Found { place: candidates.get(at).copied()?, score: ((1.0 / total) as f32).clamp(0.05, 0.97) })
}

/// How often countries are named around some words, by their names, their people and their capitals.
fn countries_around(scene: &Scene<'_>, words: &Range<usize>) -> HashMap<String, u32> {
    let sentences = &scene.analysis.sentences;
    let own = scene.analysis.tokens.get(words.start).map_or(0, |t| t.sentence);
    let around = own.saturating_sub(SENTENCES_AROUND)..(own + SENTENCES_AROUND + 1).min(sentences.len());
    let first = 0..FIRST_SENTENCES.min(around.start);
    let mut counts: HashMap<String, u32> = HashMap::new();
    for sentence in first.chain(around) {
        let Some(span) = sentences.get(sentence) else { continue };
        let mut at = span.tokens.start;
        while at < span.tokens.end {
            let taken = if words.contains(&at) || !scene.form(at).starts_with(char::is_uppercase) {
                1
            } else {
                count_at(scene, at..span.tokens.end, &mut counts)
            };
            at += taken;
        }
    }
    counts
}

/// Counts the country that is named at a word; says how many words the name takes.
fn count_at(scene: &Scene<'_>, words: Range<usize>, counts: &mut HashMap<String, u32>) -> usize {
    let forms: Vec<&str> = words.take(LONGEST_NAME).map(|w| scene.form(w)).collect();
    for found in scene.knowledge.match_at(&forms) {
        let code = match found.entry {
            Entry::Country(country, _) | Entry::Capital(country, _) if !found.ambiguous => {
                Some(country.code.as_str())
            }
            Entry::Region(region)
                if !found.ambiguous && region.place.feature == PlaceFeature::Subdivision =>
            {
                region.place.country.as_deref()
            }
            _ => None,
        };
        if let Some(code) = code {
            *counts.entry(code.to_owned()).or_default() += 1;
            return found.words.max(1);
        }
    }
    1
}

/// The record's word for a kind of place.
pub fn feature(place: &Place) -> &'static str {
    match place.feature {
        PlaceFeature::City => "city",
        PlaceFeature::Capital => "capital",
        PlaceFeature::Country => "country",
        PlaceFeature::Subdivision => "subdivision",
        PlaceFeature::Region => "region",
        PlaceFeature::Water => "water",
        PlaceFeature::Island => "island",
        PlaceFeature::Mountain => "mountain",
        PlaceFeature::Continent => "continent",
        PlaceFeature::Facility => "facility",
    }
}
