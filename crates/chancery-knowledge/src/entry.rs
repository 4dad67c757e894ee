//! What a phrase can stand for: one type per table.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Sorts of state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CountryKind {
    /// A state of today.
    State,
    /// A state that no longer exists.
    Former,
    /// Governs itself, little or not recognised (Abkhazia, Somaliland).
    DeFacto,
    /// A territory of another state (Gibraltar, Guam).
    Dependency,
}

/// A state, past or present, or a territory with a code of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-3; ISO 3166-3 for former states; XKX for Kosovo; "X-" codes of
    /// ours for states that ISO does not list.
    pub code: String,
    /// ISO 3166-1 alpha-2.
    pub alpha2: Option<String>,
    /// The usual English name.
    pub name: String,
    /// Sort of state.
    pub kind: CountryKind,
    /// Code of the (nominal) sovereign of a dependency or de facto state, or of the
    /// state that followed a former one.
    pub parent: Option<String>,
    /// First year of existence, where that matters for reading.
    pub from: Option<i16>,
    /// Last year of existence.
    pub to: Option<i16>,
    /// True if a considerable number of states does not recognise it.
    pub partially_recognised: bool,
    /// Other names and abbreviations.
    pub aliases: Vec<String>,
    /// What its people are called.
    pub demonym_nouns: Vec<DemonymNoun>,
    /// Adjectives of nationality.
    pub demonym_adjectives: Vec<String>,
    /// Seats of government, the usual one first.
    pub capitals: Vec<Capital>,
    /// Where it lies: a point near its middle.
    pub place: Place,
}

/// "Dane" and "Danes".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemonymNoun {
    /// One of them.
    pub singular: String,
    /// Several of them.
    pub plural: String,
}

/// A seat of government.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Capital {
    /// Its English names, the usual one first.
    pub names: Vec<String>,
    /// Where it lies.
    pub place: Place,
}

/// In which form a text named a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CountryForm {
    /// "Denmark".
    Name,
    /// "Danish".
    DemonymAdjective,
    /// "Dane", "Danes".
    DemonymNoun {
        /// True for "Danes".
        plural: bool,
    },
    /// "UAE".
    Abbreviation,
}

/// Sorts of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PlaceFeature {
    /// A populated place.
    City,
    /// A populated place that is a seat of a state's government.
    Capital,
    /// A state or territory with a code of its own.
    Country,
    /// A state of a federation, province, district.
    Subdivision,
    /// An area with a name but no government of its own, or disputed.
    Region,
    /// A sea, gulf, strait, lake or river.
    Water,
    /// An island or group of islands.
    Island,
    /// A mountain or range.
    Mountain,
    /// A continent or part of the world.
    Continent,
    /// A base, crossing, plant or other installation.
    Facility,
}

/// A point on the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Number in the GeoNames gazetteer.
    pub geonameid: Option<u32>,
    /// The usual English name.
    pub name: Arc<str>,
    /// Code of the country in which it lies; none for seas and regions of several.
    pub country: Option<Arc<str>>,
    /// Name of the first-order division in which it lies.
    pub admin1: Option<Arc<str>>,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Inhabitants; 0 if not known.
    pub population: u32,
    /// Sort of place.
    pub feature: PlaceFeature,
}

/// Sorts of metonym.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MetonymKind {
    /// A building or residence ("Kremlin").
    Building,
    /// A street or square ("Downing Street").
    Street,
    /// A quarter, hill or town where an authority sits ("Capitol Hill").
    Seat,
    /// The authority's own proper name ("Bundestag").
    Body,
    /// An office for the state ("the Crown", "Sublime Porte").
    Institution,
}

/// A place or proper name that stands for an authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metonym {
    /// The words.
    pub phrase: String,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// Codes of the countries whose authority it is.
    pub countries: Vec<String>,
    /// PLOVER sectors, primary first.
    pub sectors: Vec<String>,
    /// Sort of metonym.
    pub kind: MetonymKind,
    /// What authority it is, in plain words.
    pub stands_for: Option<String>,
}

/// An organisation, or one of its bodies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Full or usual name.
    pub name: String,
    /// Other names and abbreviations.
    pub aliases: Vec<String>,
    /// PLOVER class: IGO, NGO, MNC, ISM, IMG, UNO, EUR.
    pub class: Option<String>,
    /// PLOVER sectors, primary first.
    pub sectors: Vec<String>,
    /// Codes of its countries if it is national; empty for an international one.
    pub countries: Vec<String>,
    /// organisation, body, court, bank, agency, alliance, company, thinktank, project,
    /// facility, party ...
    pub kind: String,
    /// Name of the organisation to which it belongs.
    pub parent: Option<String>,
}

/// A year, a month or a day; ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    /// Year of the common era.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31.
    pub day: Option<u8>,
}

/// An armed group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArmedGroup {
    /// Full or usual name.
    pub name: String,
    /// Other names and abbreviations.
    pub aliases: Vec<String>,
    /// Codes of the countries in which it acts, the main one first.
    pub countries: Vec<String>,
    /// PLOVER sectors, primary first.
    pub sectors: Vec<String>,
    /// When it began to act.
    pub from: Option<PartialDate>,
    /// When it ceased to.
    pub to: Option<PartialDate>,
}

/// Sorts of outlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OutletKind {
    /// A news agency.
    Agency,
    /// A newspaper.
    Newspaper,
    /// Radio or television.
    Broadcaster,
    /// A magazine.
    Magazine,
    /// A site of the web.
    Site,
}

/// A news outlet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlet {
    /// Usual name.
    pub name: String,
    /// Other names and abbreviations.
    pub aliases: Vec<String>,
    /// Code of its country; none for international ones.
    pub country: Option<String>,
    /// Sort of outlet.
    pub kind: OutletKind,
    /// True if a state runs it.
    pub state_controlled: bool,
}

/// What a role word denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RoleKind {
    /// One person ("prime minister").
    Person,
    /// Several ("troops").
    Group,
    /// An authority or other body ("foreign ministry").
    Body,
    /// A thing through which somebody acts ("warplanes").
    Thing,
}

/// A common word for who acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The words, singular.
    pub phrase: String,
    /// Their plural; none if the phrase is used as it stands.
    pub plural: Option<String>,
    /// PLOVER sectors, primary first; empty if the sectors are those of the body or
    /// state to which the role belongs.
    pub sectors: Vec<String>,
    /// What it denotes.
    pub kind: RoleKind,
    /// True for an office that a named person holds ("ambassador").
    pub office: bool,
    /// The country that the word implies, if it implies one ("taoiseach").
    pub country: Option<String>,
}

/// A region, subdivision, sea or other area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// The usual English name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Adjectives ("Catalan"), which stand for its authorities or people.
    pub adjectives: Vec<String>,
    /// Codes of the countries in which it lies or which claim it, the one that holds
    /// most of it first.
    pub countries: Vec<String>,
    /// True if states dispute whose it is.
    pub disputed: bool,
    /// Where it lies: a point near its middle.
    pub place: Place,
}

/// A people, nation or community that is not simply the citizens of one state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// The usual English plural ("Kurds").
    pub name: String,
    /// What its members are called.
    pub nouns: Vec<DemonymNoun>,
    /// Adjectives.
    pub adjectives: Vec<String>,
    /// Codes of the countries where most of them live.
    pub countries: Vec<String>,
    /// What binds it: ethnic, religious, clan, political.
    pub kind: String,
}

/// A person whom reports name without saying who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Full name in the usual English spelling.
    pub name: String,
    /// Other spellings and short forms.
    pub aliases: Vec<String>,
    /// Code of the country.
    pub country: Option<String>,
    /// Office held in the time given.
    pub office: Option<String>,
    /// PLOVER sectors, primary first.
    pub sectors: Vec<String>,
    /// Since when.
    pub from: Option<PartialDate>,
    /// Until when.
    pub to: Option<PartialDate>,
}

/// A word that changes what a role or group stands for ("former", "-backed").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modifier {
    /// The word or phrase; a leading hyphen means that it ends a compound.
    pub phrase: String,
    /// The further columns of role_modifiers.tsv: (column, cell), empty cells left out.
    pub properties: Vec<(String, String)>,
}

impl Modifier {
    /// The cell under `column`, if it is not empty.
    pub fn property(&self, column: &str) -> Option<&str> {
        self.properties.iter().find(|(name, _)| name == column).map(|(_, value)| value.as_str())
    }
}

/// Grammatical gender of a given name, for pronouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Gender {
    /// He.
    Masculine,
    /// She.
    Feminine,
}

/// What a phrase of the tables stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Entry<'k> {
    /// A country, and the form in which it was named.
    Country(&'k Country, CountryForm),
    /// A seat of government: a place, or the government itself.
    Capital(&'k Country, &'k Place),
    /// A building, street or proper name that stands for an authority.
    Metonym(&'k Metonym),
    /// An organisation.
    Organisation(&'k Organisation),
    /// An armed group.
    Group(&'k ArmedGroup),
    /// A news outlet.
    Outlet(&'k Outlet),
    /// A common word for who acts.
    Role(&'k Role),
    /// A region, subdivision or sea.
    Region(&'k Region),
    /// A people.
    People(&'k People),
    /// A known person.
    Person(&'k Person),
    /// A word that changes a role.
    Modifier(&'k Modifier),
}

/// A phrase of the tables found in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match<'k> {
    /// How many of the words it takes.
    pub words: usize,
    /// What it stands for.
    pub entry: Entry<'k>,
    /// True if the words are a plural ("Danes", "ambassadors").
    pub plural: bool,
    /// True if the words are an adjective ("Danish", "Catalan").
    pub adjective: bool,
    /// True if the table marks these words as having common other meanings.
    pub ambiguous: bool,
}
