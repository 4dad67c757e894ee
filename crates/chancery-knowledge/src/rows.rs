//! One reader a table: from a row of text to its type and its phrases.

use crate::compile::{Draft, Shape};
use crate::entry::{
    ArmedGroup, Capital, Country, CountryForm, CountryKind, DemonymNoun, Gender, Metonym, MetonymKind,
    Modifier, Organisation, Outlet, OutletKind, PartialDate, People, Person, Place, PlaceFeature, Region,
    Role, RoleKind,
};
use crate::error::KnowledgeError;
use crate::fold::{CaseRule, fold_phrase};
use crate::index::Target;
use crate::table::Row;

/// PLOVER's sectors, and its class words where a table uses one as sector.
const SECTORS: &[&str] = &[
    "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "EUR", "GOV", "IGO", "IMG", "ISM", "JRN", "JUD", "LAB",
    "LEG", "MED", "MIL", "MNC", "NGO", "NON", "OPP", "PRM", "PTY", "REB", "REF", "REL", "SET", "SOC", "SPY",
    "UAF", "UIS", "UNK", "UNO",
];

const CLASSES: &[&str] = &["EUR", "IGO", "IMG", "ISM", "MNC", "NGO", "NMC", "UNO"];

/// Words after which a phrase's head no longer takes the plural: "heads of state".
const HEAD_ENDS: &[&str] = &["of", "for", "in", "to", "at", "on", "from", "with", "without", "by", "under"];

type Added = Result<(), KnowledgeError>;

fn sectors(row: &Row<'_>) -> Result<Vec<String>, KnowledgeError> {
    for sector in row.list("sectors") {
        if !SECTORS.contains(&sector) {
            return Err(
                row.wrong(format!("unknown sector “{sector}”"), format!("use one of {}", SECTORS.join(" ")))
            );
        }
    }
    Ok(row.strings("sectors"))
}

fn next(rows: usize) -> u32 {
    // No table comes near four thousand million rows.
    u32::try_from(rows).unwrap_or(u32::MAX)
}

fn coordinate(row: &Row<'_>, column: &str, limit: f64) -> Result<f64, KnowledgeError> {
    match row.number::<f64>(column)? {
        Some(degrees) if degrees.abs() <= limit => Ok(degrees),
        _ => Err(row.wrong(format!("no {column}"), format!("give degrees between -{limit} and {limit}"))),
    }
}

fn point(row: &Row<'_>, country: Option<&str>, feature: PlaceFeature) -> Result<Place, KnowledgeError> {
    Ok(Place {
        geonameid: row.number("geonameid")?,
        name: row.required("name")?.into(),
        country: country.map(Into::into),
        admin1: None,
        latitude: coordinate(row, "latitude", 90.0)?,
        longitude: coordinate(row, "longitude", 180.0)?,
        population: row.number("population")?.unwrap_or(0),
        feature,
    })
}

/// Reads "Dane/Danes; Swiss/Swiss".
fn demonym_nouns(row: &Row<'_>, column: &str) -> Result<Vec<DemonymNoun>, KnowledgeError> {
    row.list(column)
        .map(|pair| match pair.split_once('/') {
            Some((singular, plural)) if !singular.trim().is_empty() && !plural.trim().is_empty() => {
                Ok(DemonymNoun { singular: singular.trim().to_owned(), plural: plural.trim().to_owned() })
            }
            _ => Err(row.wrong(
                format!("“{pair}” under “{column}” is no pair"),
                "write singular/plural, such as Dane/Danes",
            )),
        })
        .collect()
}

fn date(row: &Row<'_>, column: &str) -> Result<Option<PartialDate>, KnowledgeError> {
    let text = row.cell(column);
    if text.is_empty() {
        return Ok(None);
    }
    let mut parts = text.split('-');
    let year = parts.next().and_then(|part| part.parse::<i16>().ok());
    let month = parts.next().map(str::parse::<u8>).transpose();
    let day = parts.next().map(str::parse::<u8>).transpose();
    match (year, month, day, parts.next()) {
        (Some(year), Ok(month), Ok(day), None)
            if month.is_none_or(|month| (1..=12).contains(&month))
                && day.is_none_or(|day| (1..=31).contains(&day)) =>
        {
            Ok(Some(PartialDate { year, month, day }))
        }
        _ => {
            Err(row
                .wrong(format!("“{text}” under “{column}” is no date"), "write 1998, 1998-04 or 1998-04-12"))
        }
    }
}

/// states.tsv
pub(crate) fn country(row: &Row<'_>, draft: &mut Draft<'_>) -> Added {
    let code = row.required("code")?;
    if draft.tables.countries.iter().any(|other| other.code == code) {
        return Err(row.wrong(format!("“{code}” stands twice"), "keep one row"));
    }
    let name = row.required("name")?;
    let place = point(row, Some(code), PlaceFeature::Country)?;
    let parent = row.optional("parent");
    let kind = row.choice(
        "kind",
        &[
            ("state", CountryKind::State),
            ("former", CountryKind::Former),
            ("de_facto", CountryKind::DeFacto),
            ("dependency", CountryKind::Dependency),
        ],
    )?;
    let capitals = row
        .list("capitals")
        .map(|item| capital(row, item, code, parent.as_deref(), draft))
        .collect::<Result<Vec<_>, _>>()?;
    let country = Country {
        code: code.to_owned(),
        alpha2: row.optional("iso2"),
        name: name.to_owned(),
        kind,
        parent,
        from: row.number("from")?,
        to: row.number("to")?,
        partially_recognised: row.flag("partially_recognised")?,
        aliases: row.strings("aliases"),
        demonym_nouns: demonym_nouns(row, "demonym_nouns")?,
        demonym_adjectives: row.strings("demonym_adjectives"),
        capitals,
        place,
    };
    let number = next(draft.tables.countries.len());
    let target = |form| Target::Country { row: number, form };
    for name in std::iter::once(&country.name).chain(&country.aliases) {
        let form = match CaseRule::of(name) {
            CaseRule::Capitals => CountryForm::Abbreviation,
            _ => CountryForm::Name,
        };
        draft.phrase(row, name, target(form), Shape::default())?;
    }
    for adjective in &country.demonym_adjectives {
        let shape = Shape { adjective: true, plural: false };
        draft.phrase(row, adjective, target(CountryForm::DemonymAdjective), shape)?;
    }
    for noun in &country.demonym_nouns {
        for (text, plural) in [(&noun.singular, false), (&noun.plural, true)] {
            let shape = Shape { adjective: false, plural };
            draft.phrase(row, text, target(CountryForm::DemonymNoun { plural }), shape)?;
        }
    }
    for (index, capital) in country.capitals.iter().enumerate() {
        let target = Target::Capital { row: number, capital: next(index) };
        for name in &capital.names {
            draft.phrase(row, name, target, Shape::default())?;
        }
    }
    draft.tables.countries.push(country);
    Ok(())
}

/// Reads "Kyiv|Kiev=703448": names, then the gazetteer's number where the first name and
/// the country do not find it.
fn capital(
    row: &Row<'_>,
    item: &str,
    code: &str,
    parent: Option<&str>,
    draft: &Draft<'_>,
) -> Result<Capital, KnowledgeError> {
    let (names, number) = match item.split_once('=') {
        Some((names, number)) => (names, Some(number.trim())),
        None => (item, None),
    };
    let names: Vec<String> =
        names.split('|').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let found = match number {
        Some(number) => number
            .parse()
            .ok()
            .and_then(|id: u32| draft.gazetteers.iter().find_map(|gazetteer| gazetteer.by_id(id))),
        None => {
            let words: Vec<&str> = names.iter().take(1).flat_map(|name| name.split_whitespace()).collect();
            let places: Vec<_> =
                draft.gazetteers.iter().flat_map(|gazetteer| gazetteer.named(&words)).collect();
            let within = |wanted: &str| {
                places
                    .iter()
                    .filter(|(place, _)| place.country.as_deref() == Some(wanted))
                    .max_by_key(|(_, weight)| *weight)
                    .map(|(place, _)| *place)
            };
            within(code).or_else(|| within(parent?))
        }
    };
    let Some(place) = found else {
        return Err(row.wrong(
            format!("the gazetteer has no capital “{item}” in {code}"),
            "give its number: Name=geonameid",
        ));
    };
    let mut place = place.clone();
    place.feature = PlaceFeature::Capital;
    Ok(Capital { names, place })
}

/// metonyms.tsv
pub(crate) fn metonym(row: &Row<'_>, draft: &mut Draft<'_>) -> Added {
    let metonym = Metonym {
        phrase: row.required("phrase")?.to_owned(),
        aliases: row.strings("aliases"),
        countries: draft.country_codes(row, "countries")?,
        sectors: sectors(row)?,
        kind: row.choice(
            "kind",
            &[
                ("building", MetonymKind::Building),
                ("street", MetonymKind::Street),
                ("seat", MetonymKind::Seat),
                ("body", MetonymKind::Body),
                ("institution", MetonymKind::Institution),
            ],
        )?,
        stands_for: row.optional("stands_for"),
    };
    let target = Target::Metonym(next(draft.tables.metonyms.len()));
    for name in std::iter::once(&metonym.phrase).chain(&metonym.aliases) {
        draft.phrase(row, name, target, Shape::default())?;
    }
    draft.tables.metonyms.push(metonym);
    Ok(())
}

/// regions.tsv
pub(crate) fn region(row: &Row<'_>, draft: &mut Draft<'_>) -> Added {
    let feature = row.choice(
        "feature",
        &[
            ("subdivision", PlaceFeature::Subdivision),
            ("region", PlaceFeature::Region),
            ("water", PlaceFeature::Water),
            ("island", PlaceFeature::Island),
            ("mountain", PlaceFeature::Mountain),
            ("continent", PlaceFeature::Continent),
            ("facility", PlaceFeature::Facility),
        ],
    )?;
    let countries = draft.country_codes(row, "countries")?;
    // A region of several countries lies in none of them.
    let country = match countries.as_slice() {
        [only] => Some(only.as_str()),
        _ => None,
    };
    let region = Region {
        name: row.required("name")?.to_owned(),
        aliases: row.strings("aliases"),
        adjectives: row.strings("adjectives"),
        disputed: row.flag("disputed")?,
        place: point(row, country, feature)?,
        countries,
    };
    let target = Target::Region(next(draft.tables.regions.len()));
    for name in std::iter::once(&region.name).chain(&region.aliases) {
        draft.phrase(row, name, target, Shape::default())?;
    }
    for adjective in &region.adjectives {
        draft.phrase(row, adjective, target, Shape { adjective: true, plural: false })?;
    }
    draft.tables.regions.push(region);
    Ok(())
}

/// peoples.tsv
pub(crate) fn people(row: &Row<'_>, draft: &mut Draft<'_>) -> Added {
    let people = People {
        name: row.required("name")?.to_owned(),
        nouns: demonym_nouns(row, "nouns")?,
        adjectives: row.strings("adjectives"),
        countries: draft.country_codes(row, "countries")?,
        kind: row.required("kind")?.to_owned(),
    };
    let target = Target::People(next(draft.tables.peoples.len()));
    draft.phrase(row, &people.name, target, Shape { plural: true, adjective: false })?;
    for adjective in &people.adjectives {
        draft.phrase(row, adjective, target, Shape { adjective: true, plural: false })?;
    }
    for noun in &people.nouns {
        draft.phrase(row, &noun.singular, target, Shape::default())?;
        draft.phrase(row, &noun.plural, target, Shape { plural: true, adjective: false })?;
    }
    draft.tables.peoples.push(people);
    Ok(())
}

/// organisations.tsv
pub(crate) fn organisation(row: &Row<'_>, draft: &mut Draft<'_>) -> Added {
    let class = row.optional("class");
    if let Some(class) = class.as_deref().filter(|class| !CLASSES.contains(class)) {
        return Err(
            row.wrong(format!("unknown class “{class}”"), format!("use one of {}", CLASSES.join(" ")))
        );
    }
    let organisation = Organisation {
        name: row.required("name")?.to_owned(),
        aliases: row.strings("aliases"),
        class,
        sectors: sectors(row)?,
        countries: draft.country_codes(row, "countries")?,
        kind: row.required("kind")?.to_owned(),
        parent: row.optional("parent"),
    };
    let target = Target::Organisation(next(draft.tables.organisations.len()));
    for name in std::iter::once(&organisation.name).chain(&organisation.aliases) {
        draft.phrase(row, name, target, Shape::default())?;
    }
    draft.tables.organisations.push(organisation);
    Ok(())
}

/// armed_groups.tsv
pub(crate) fn armed_group(row: &Row<'_>, draft: &mut Draft<'_>) -> Added {
    let group = ArmedGroup {
        name: row.required("name")?.to_owned(),
        aliases: row.strings("aliases"),
        countries: draft.country_codes(row, "countries")?,
        sectors: sectors(row)?,
        from: date(row, "from")?,
        to: date(row, "to")?,
    };
    let target = Target::Group(next(draft.tables.groups.len()));
    for name in std::iter::once(&group.name).chain(&group.aliases) {
        draft.phrase(row, name, target, Shape::default())?;
    }
    draft.tables.groups.push(group);
    Ok(())
}

/// outlets.tsv
pub(crate) fn outlet(row: &Row<'_>, draft: &mut Draft<'_>) -> Added {
    let country = match row.cell("country") {
        "" => None,
        code => Some(draft.country_code(row, code)?),
    };
    let outlet = Outlet {
        name: row.required("name")?.to_owned(),
        aliases: row.strings("aliases"),
        country,
        kind: row.choice(
            "kind",
            &[
                ("agency", OutletKind::Agency),
                ("newspaper", OutletKind::Newspaper),
                ("broadcaster", OutletKind::Broadcaster),
                ("magazine", OutletKind::Magazine),
                ("site", OutletKind::Site),
            ],
        )?,
        state_controlled: row.flag("state_controlled")?,
    };
    let target = Target::Outlet(next(draft.tables.outlets.len()));
    for name in std::iter::once(&outlet.name).chain(&outlet.aliases) {
        draft.phrase(row, name, target, Shape::default())?;
    }
    draft.tables.outlets.push(outlet);
    Ok(())
}

/// The English plural: of the head where a preposition follows ("heads of state").
fn plural_of(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split(' ').collect();
    let head = words.iter().skip(1).position(|word| HEAD_ENDS.contains(word)).unwrap_or(words.len() - 1);
    let mut out = Vec::with_capacity(words.len());
    for (index, word) in words.into_iter().enumerate() {
        out.push(if index == head { plural_word(word) } else { word.to_owned() });
    }
    out.join(" ")
}

fn plural_word(word: &str) -> String {
    let before_y = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    if let Some(stem) = before_y {
        format!("{stem}ies")
    } else if let Some(stem) = word.strip_suffix("man") {
        format!("{stem}men")
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

/// roles.tsv
pub(crate) fn role(row: &Row<'_>, draft: &mut Draft<'_>) -> Added {
    let phrase = row.required("phrase")?;
    let kind = row.choice(
        "kind",
        &[
            ("person", RoleKind::Person),
            ("group", RoleKind::Group),
            ("body", RoleKind::Body),
            ("thing", RoleKind::Thing),
        ],
    )?;
    let plural = match row.cell("plural") {
        "-" => None,
        "" => Some(plural_of(phrase)),
        written => Some(written.to_owned()),
    };
    let country = match row.list("note").find_map(|note| note.strip_prefix("country=")) {
        Some(code) => Some(draft.country_code(row, code.trim())?),
        None => None,
    };
    let role = Role {
        phrase: phrase.to_owned(),
        plural,
        sectors: sectors(row)?,
        kind,
        office: row.flag("office")?,
        country,
    };
    let target = Target::Role(next(draft.tables.roles.len()));
    let stands_for_many = role.plural.is_none() && kind == RoleKind::Group;
    draft.phrase(row, phrase, target, Shape { plural: stands_for_many, adjective: false })?;
    if let Some(plural) = &role.plural {
        draft.phrase(row, plural, target, Shape { plural: true, adjective: false })?;
    }
    draft.tables.roles.push(role);
    Ok(())
}

/// persons.tsv
pub(crate) fn person(row: &Row<'_>, draft: &mut Draft<'_>) -> Added {
    let country = match row.cell("country") {
        "" => None,
        code => Some(draft.country_code(row, code)?),
    };
    let person = Person {
        name: row.required("name")?.to_owned(),
        aliases: row.strings("aliases"),
        country,
        office: row.optional("office"),
        sectors: sectors(row)?,
        from: date(row, "from")?,
        to: date(row, "to")?,
    };
    let target = Target::Person(next(draft.tables.persons.len()));
    for name in std::iter::once(&person.name).chain(&person.aliases) {
        draft.phrase(row, name, target, Shape::default())?;
    }
    draft.tables.persons.push(person);
    Ok(())
}

/// role_modifiers.tsv
pub(crate) fn modifier(row: &Row<'_>, draft: &mut Draft<'_>) -> Added {
    let phrase = row.required("modifier")?;
    let properties = row
        .filled()
        .filter(|(column, _)| *column != "modifier")
        .map(|(column, cell)| (column.to_owned(), cell.to_owned()))
        .collect();
    let target = Target::Modifier(next(draft.tables.modifiers.len()));
    draft.phrase(row, phrase, target, Shape::default())?;
    draft.tables.modifiers.push(Modifier { phrase: phrase.to_owned(), properties });
    Ok(())
}

/// given_names.tsv
pub(crate) fn given_name(row: &Row<'_>, draft: &mut Draft<'_>) -> Added {
    let gender = row.choice("gender", &[("m", Gender::Masculine), ("f", Gender::Feminine)])?;
    draft.tables.given_names.insert(fold_phrase(row.required("name")?), gender);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_of_phrases() {
        for (one, many) in [
            ("head of state", "heads of state"),
            ("deputy", "deputies"),
            ("spokeswoman", "spokeswomen"),
            ("envoy", "envoys"),
            ("foreign ministry", "foreign ministries"),
            ("coach", "coaches"),
            ("minister for europe", "ministers for europe"),
        ] {
            assert_eq!(plural_of(one), many);
        }
    }
}
