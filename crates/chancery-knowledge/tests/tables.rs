//! The tables of the repository as the program carries them.

use std::collections::BTreeSet;
use std::fs;

use chancery_knowledge::{CountryForm, CountryKind, Entry, Knowledge, KnowledgeError, PlaceFeature};
use proptest::prelude::*;

/// The codes of the countries that a run of words names outright, longest match first.
fn countries(words: &[&str]) -> Vec<String> {
    Knowledge::builtin()
        .match_at(words)
        .into_iter()
        .filter_map(|found| match found.entry {
            Entry::Country(country, _) => Some(country.code.clone()),
            _ => None,
        })
        .collect()
}

/// The first meaning that takes all the words.
fn whole<'k>(words: &[&str], wanted: impl Fn(&Entry<'k>) -> bool) -> Option<Entry<'k>> {
    Knowledge::builtin()
        .match_at(words)
        .into_iter()
        .filter(|found| found.words == words.len())
        .map(|found| found.entry)
        .find(|entry| wanted(entry))
}

#[test]
fn no_two_rows_claim_the_same_words() {
    let conflicts = Knowledge::builtin().conflicts();
    let shown: Vec<String> =
        conflicts.iter().map(|c| format!("“{}”: {} and {}", c.phrase, c.first, c.second)).collect();
    assert!(
        shown.is_empty(),
        "{} phrases have two owners; mark them under “ambiguous” or drop one:\n{}",
        shown.len(),
        shown.join("\n")
    );
}

#[test]
fn the_states_of_the_world_are_there() {
    let knowledge = Knowledge::builtin();
    let states = knowledge.countries().iter().filter(|country| country.kind == CountryKind::State);
    // 193 members of the United Nations, two observers, Kosovo, Taiwan.
    assert_eq!(states.count(), 197);
    for country in knowledge.countries() {
        if country.kind == CountryKind::State {
            assert!(!country.capitals.is_empty(), "{} has no capital", country.name);
            assert!(country.alpha2.is_some(), "{} has no alpha-2 code", country.name);
            if country.code != "VAT" {
                assert!(!country.demonym_nouns.is_empty(), "{} has no demonym", country.name);
            }
        }
        if let (Some(from), Some(to)) = (country.from, country.to) {
            assert!(from <= to, "{} ends before it begins", country.name);
        }
    }
    let alpha2: BTreeSet<_> = knowledge.countries().iter().filter_map(|c| c.alpha2.as_deref()).collect();
    assert_eq!(alpha2.len(), knowledge.countries().iter().filter(|c| c.alpha2.is_some()).count());
    assert_eq!(knowledge.country_by_alpha2("AZ").map(|c| c.code.as_str()), Some("AZE"));
    assert_eq!(knowledge.country("SUHH").and_then(|c| c.parent.as_deref()), Some("RUS"));
}

#[test]
fn capitals_lie_in_or_near_their_country() {
    for country in Knowledge::builtin().countries() {
        for capital in &country.capitals {
            let across = (capital.place.latitude - country.place.latitude).abs();
            assert!(across < 25.0, "{} of {}", capital.place.name, country.name);
            if country.kind == CountryKind::State {
                let of_its_own = capital.place.country.as_deref() == Some(country.code.as_str());
                // GeoNames gives no country of its own to East Jerusalem alone.
                assert!(of_its_own, "{} of {}", capital.place.name, country.name);
            }
        }
    }
}

#[test]
fn countries_in_the_words_of_reports() {
    assert_eq!(countries(&["Azerbaijan", "'s"]), ["AZE"]);
    assert_eq!(countries(&["U.S.", "officials"]), ["USA"]);
    assert_eq!(countries(&["UK"]), ["GBR"]);
    assert_eq!(countries(&["Türkiye"]), ["TUR"]);
    assert_eq!(countries(&["Turkiye"]), ["TUR"]);
    assert_eq!(countries(&["Côte", "d'Ivoire"]), ["CIV"]);
    assert_eq!(countries(&["Cote", "d’", "Ivoire"]), ["CIV"]);
    assert_eq!(countries(&["Guinea", "-", "Bissau"])[0], "GNB");
    assert_eq!(countries(&["Nagorno", "-", "Karabakh"]), ["X-NKR"]);
    assert_eq!(countries(&["Congo"]), ["COD", "COG"]);
    assert_eq!(countries(&["Soviet", "Union"])[0], "SUHH");
    assert_eq!(countries(&["turkey", "dinner"]), [""; 0]);
    assert_eq!(countries(&["us"]), [""; 0]);
    assert_eq!(countries(&["polish"]), [""; 0]);
}

#[test]
fn forms_of_a_country_are_told_apart() {
    let forms = |words: &[&str]| -> Vec<CountryForm> {
        Knowledge::builtin()
            .match_at(words)
            .into_iter()
            .filter_map(|found| match found.entry {
                Entry::Country(_, form) if found.words == words.len() => Some(form),
                _ => None,
            })
            .collect()
    };
    assert_eq!(forms(&["Denmark"]), [CountryForm::Name]);
    assert_eq!(forms(&["Danish"]), [CountryForm::DemonymAdjective]);
    assert_eq!(forms(&["Danes"]), [CountryForm::DemonymNoun { plural: true }]);
    assert_eq!(forms(&["UAE"]), [CountryForm::Abbreviation]);
    assert_eq!(forms(&["U.A.E."]), [CountryForm::Abbreviation]);
    assert_eq!(forms(&["South", "Koreans"]), [CountryForm::DemonymNoun { plural: true }]);
}

#[test]
fn authorities_by_their_seats() {
    let sectors = |words: &[&str]| match whole(words, |entry| matches!(entry, Entry::Metonym(_))) {
        Some(Entry::Metonym(metonym)) => Some((metonym.countries.join(" "), metonym.sectors.join(" "))),
        _ => None,
    };
    let expected = |country: &str, sectors: &str| Some((country.to_owned(), sectors.to_owned()));
    assert_eq!(sectors(&["Kremlin"]), expected("RUS", "GOV"));
    assert_eq!(sectors(&["Downing", "Street"]), expected("GBR", "GOV"));
    assert_eq!(sectors(&["Pentagon"]), expected("USA", "MIL GOV"));
    assert_eq!(sectors(&["Verkhovna", "Rada"]), expected("UKR", "LEG"));
    assert_eq!(sectors(&["Elysee", "Palace"]), expected("FRA", "GOV"));
    assert_eq!(sectors(&["Sublime", "Porte"]), expected("X-OTT", "GOV"));
    let Some(Entry::Capital(country, place)) = whole(&["Baku"], |entry| matches!(entry, Entry::Capital(..)))
    else {
        panic!("Baku is a capital")
    };
    assert_eq!((country.code.as_str(), place.geonameid), ("AZE", Some(587_084)));
}

#[test]
fn the_longest_phrase_comes_first() {
    let matches = Knowledge::builtin().match_at(&["Bosnian", "Serbs", "met"]);
    assert_eq!(matches.first().map(|found| found.words), Some(2));
    assert!(matches!(matches.first().map(|found| found.entry), Some(Entry::People(_))));
    assert!(matches.windows(2).all(|pair| pair[0].words >= pair[1].words));
}

#[test]
fn ambiguous_words_are_marked() {
    let knowledge = Knowledge::builtin();
    let marked = |words: &[&str]| knowledge.match_at(words).iter().any(|found| found.ambiguous);
    assert!(marked(&["Georgia"]));
    assert!(marked(&["Congo"]));
    assert!(!marked(&["Denmark"]));
}

#[test]
fn places_are_ranked() {
    let knowledge = Knowledge::builtin();
    let first = |words: &[&str]| knowledge.places(words).into_iter().next();
    let paris = first(&["Paris"]).unwrap();
    assert_eq!((paris.country.as_deref(), paris.feature), (Some("FRA"), PlaceFeature::Capital));
    assert!(knowledge.places(&["Paris"]).iter().any(|place| place.admin1.as_deref() == Some("Texas")));
    assert_eq!(first(&["Georgia"]).map(|place| place.feature), Some(PlaceFeature::Country));
    assert_eq!(first(&["New", "York"]).map(|place| place.feature), Some(PlaceFeature::City));
    assert_eq!(first(&["Washington"]).and_then(|place| place.geonameid), Some(4_140_963));
    assert_eq!(first(&["Kiev"]).and_then(|place| place.geonameid), Some(703_448));
    assert_eq!(first(&["Stepanakert"]).and_then(|place| place.geonameid), Some(146_970));
    assert_eq!(first(&["Caspian", "Sea"]).map(|place| place.feature), Some(PlaceFeature::Water));
    assert_eq!(first(&["nice"]), None);
    assert_eq!(first(&["Xyzzyville"]), None);
    assert_eq!(first(&[]), None);
    assert_eq!(knowledge.place_by_id(587_084).map(|place| &*place.name), Some("Baku"));
}

#[test]
fn a_folder_adds_rows_and_replaces_tables() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("roles.extra.tsv"),
        "phrase\tsectors\tkind\toffice\nhigh steward\tGOV\tperson\tyes\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("metonyms.tsv"),
        "phrase\tcountries\tsectors\tkind\nGlass House\tNOR\tGOV\tbuilding\n",
    )
    .unwrap();
    let knowledge = Knowledge::load(folder.path()).unwrap();
    let found = |words: &[&str]| knowledge.match_at(words).first().map(|found| (found.words, found.plural));
    assert_eq!(found(&["High", "Stewards"]), Some((2, true)));
    assert_eq!(found(&["Glass", "House"]), Some((2, false)));
    assert_eq!(knowledge.metonyms().len(), 1);
    assert!(!knowledge.match_at(&["Kremlin"]).iter().any(|found| matches!(found.entry, Entry::Metonym(_))));
    assert_eq!(knowledge.roles().len(), Knowledge::builtin().roles().len() + 1);
    assert_ne!(knowledge.version(), Knowledge::builtin().version());
    assert_eq!(knowledge.places(&["Oslo"])[0].country.as_deref(), Some("NOR"));
}

#[test]
fn a_name_with_two_owners_is_a_conflict() {
    let folder = tempfile::tempdir().unwrap();
    let rows = |marked: &str| {
        format!(
            "name\tcountries\tsectors\taliases\tambiguous\n\
             Northern Front\tNOR\tREB\tQQF\t{marked}\nNew Front\tSWE\tREB\tQQF\t{marked}\n"
        )
    };
    let conflicts = |marked: &str| {
        fs::write(folder.path().join("armed_groups.tsv"), rows(marked)).unwrap();
        Knowledge::load(folder.path()).unwrap().conflicts()
    };
    let found = conflicts("");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].first.as_str(), found[0].second.as_str()), ("Northern Front", "New Front"));
    assert_eq!(conflicts("QQF"), []);
}

#[test]
fn a_slip_in_a_table_is_reported_with_its_line() {
    for (file, text, complaint) in [
        (
            "metonyms.tsv",
            "# seats\nphrase\tcountries\tsectors\tkind\nGlass House\tNOX\tGOV\tbuilding\n",
            "metonyms.tsv, line 3: unknown country code “NOX”; use a code of states.tsv",
        ),
        (
            "roles.extra.tsv",
            "phrase\tsectors\tkind\nsteward\tGVO\tperson\n",
            "roles.extra.tsv, line 2: unknown sector “GVO”; use one of",
        ),
        (
            "regions.tsv",
            "name\tfeature\tcountries\tlatitude\tlongitude\nNowhere\tregion\tNOR\t91\t0\n",
            "regions.tsv, line 2: no latitude; give degrees between -90 and 90",
        ),
        (
            "persons.tsv",
            "name\tcountry\tfrom\nA. Person\tNOR\tlast year\n",
            "persons.tsv, line 2: “last year” under “from” is no date; write 1998, 1998-04 or 1998-04-12",
        ),
        (
            "peoples.tsv",
            "name\tnouns\tadjectives\tcountries\tkind\tambiguous\nXs\tX/Xs\tXish\tNOR\tethnic\tXer\n",
            "peoples.tsv, line 2: “Xer” under “ambiguous” is no name of this row",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(file), text).unwrap();
        let error = Knowledge::load(folder.path()).unwrap_err().to_string();
        assert!(error.starts_with(complaint), "{error}");
    }
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(Knowledge::load(empty.path()), Err(KnowledgeError::NoTables { .. })));
}

proptest! {
    // Nothing is written into the tree by a failing test.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_can_be_looked_up(words in prop::collection::vec("\\PC{0,12}", 0..6)) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let matches = Knowledge::builtin().match_at(&words);
        prop_assert!(matches.iter().all(|found| found.words >= 1 && found.words <= words.len()));
        Knowledge::builtin().places(&words);
    }

    #[test]
    fn every_alias_finds_its_country(pick in 0usize..100_000) {
        let knowledge = Knowledge::builtin();
        let names: Vec<(&str, &str)> = knowledge
            .countries()
            .iter()
            .flat_map(|c| std::iter::once(&c.name).chain(&c.aliases).map(|name| (name.as_str(), c.code.as_str())))
            .collect();
        let (name, code) = names[pick % names.len()];
        let words: Vec<&str> = name.split_whitespace().collect();
        let found = knowledge.match_at(&words).into_iter().any(|found| {
            found.words == words.len()
                && matches!(found.entry, Entry::Country(country, _) if country.code == code)
        });
        prop_assert!(found, "{} does not find {}", name, code);
    }
}
