//! Short texts with the places of their acts.

use chancery_core::record::{Place, PlaceRole};

use super::of_event;
use crate::testing::{read, tree};

fn places(text: &str, trigger: &str, participants: &[&str]) -> (Vec<Place>, String) {
    let text = read(text);
    let words: Vec<usize> = participants.iter().map(|p| text.word(p)).collect();
    (of_event(&text.scene(), text.word(trigger), &[], &words), tree(&text))
}

/// Role, words and country of each place.
#[track_caller]
fn check(
    text: &str,
    trigger: &str,
    participants: &[&str],
    expected: &[(PlaceRole, &str, &str)],
) -> Vec<Place> {
    let (found, tree) = places(text, trigger, participants);
    let short: Vec<(PlaceRole, &str, &str)> = found
        .iter()
        .map(|p| (p.role, p.text.as_deref().unwrap_or(""), p.country.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(short, expected, "{text} [{trigger}]\n{tree}");
    found
}

use PlaceRole::{At, From, To};

#[test]
fn behind_a_preposition() {
    let found = check(
        "Gunmen killed nine policemen in Quetta on Monday.",
        "killed",
        &["Gunmen", "policemen"],
        &[(At, "Quetta", "PAK")],
    );
    assert_eq!(found[0].name.as_deref(), Some("Quetta"));
    assert_eq!(found[0].feature.as_deref(), Some("city"));
    check("The envoys met in Oslo.", "met", &["envoys"], &[(At, "Oslo", "NOR")]);
    check(
        "Militants attacked a convoy near Kandahar.",
        "attacked",
        &["Militants", "convoy"],
        &[(At, "Kandahar", "AFG")],
    );
}

#[test]
fn in_front_of_the_noun_of_the_act() {
    check("The Geneva talks ended without a result.", "talks", &[], &[(At, "Geneva", "CHE")]);
    check("Talks in Doha on a prisoner exchange resumed.", "Talks", &[], &[(At, "Doha", "QAT")]);
}

#[test]
fn a_government_is_no_place() {
    check("Moscow condemned the decision.", "condemned", &["Moscow"], &[]);
    check("Beijing's proposal was rejected by Manila.", "proposal", &["Beijing"], &[]);
    check("The council imposed sanctions on Iran.", "sanctions", &["council", "Iran"], &[]);
    check("Officials from Norway criticised the plan.", "criticised", &["Officials"], &[]);
}

#[test]
fn where_somebody_is_at_home_is_not_where_it_is_done() {
    check("Officials in Ankara criticised the plan.", "criticised", &["Officials"], &[]);
}

#[test]
fn visits_and_journeys() {
    check(
        "The Korean president visited Ulaanbaatar.",
        "visited",
        &["president", "Ulaanbaatar"],
        &[(At, "Ulaanbaatar", "MNG")],
    );
    check(
        "The minister arrived in Bogotá from Madrid.",
        "arrived",
        &["minister"],
        &[(At, "Bogotá", "COL"), (From, "Madrid", "ESP")],
    );
    check("The president will fly to Nairobi.", "fly", &["president"], &[(To, "Nairobi", "KEN")]);
    check("The president's visit to Chile was postponed.", "visit", &["president"], &[(At, "Chile", "CHL")]);
}

#[test]
fn where_an_attack_falls() {
    check("Warplanes bombed Aleppo.", "bombed", &["Warplanes", "Aleppo"], &[(At, "Aleppo", "SYR")]);
    check("The siege of Sarajevo began.", "siege", &[], &[(At, "Sarajevo", "BIH")]);
    check("Troops withdrew from Lebanon.", "withdrew", &["Troops"], &[(From, "Lebanon", "LBN")]);
}

#[test]
fn each_act_has_its_own_place() {
    check("The ministers discussed the attack in Lisbon.", "discussed", &["ministers"], &[]);
    check("The army said rebels had ambushed a patrol in Mopti.", "said", &["army"], &[]);
    check(
        "The army said rebels had ambushed a patrol in Mopti.",
        "ambushed",
        &["rebels", "patrol"],
        &[(At, "Mopti", "MLI")],
    );
}

#[test]
fn what_stands_beside_a_name_explains_it() {
    let found = check(
        "The governors met in Springfield, Illinois.",
        "met",
        &["governors"],
        &[(At, "Springfield, Illinois", "USA")],
    );
    assert_eq!(found[0].admin1.as_deref(), Some("Illinois"));
    let found = check(
        "The delegations met in Paris, Texas, on Friday.",
        "met",
        &["delegations"],
        &[(At, "Paris, Texas", "USA")],
    );
    assert_eq!(found[0].admin1.as_deref(), Some("Texas"));
    let found = check(
        "He gave a speech in Washington, DC, on Friday.",
        "speech",
        &["He"],
        &[(At, "Washington, DC", "USA")],
    );
    assert_eq!(found[0].geonameid, Some(4_140_963));
}

#[test]
fn countries_around_decide_between_namesakes() {
    let venezuela = "The Venezuelan government sent troops to the east of Venezuela. Protesters clashed with police in Valencia.";
    check(venezuela, "clashed", &["Protesters", "police"], &[(At, "Valencia", "VEN")]);
    let spain = "The Spanish prime minister returned to Madrid. Farmers across Spain blocked roads. They clashed with police in Valencia.";
    check(spain, "clashed", &["They", "police"], &[(At, "Valencia", "ESP")]);
}

#[test]
fn the_town_of() {
    check("Fighting erupted in the town of Goma.", "Fighting", &[], &[(At, "Goma", "COD")]);
}

#[test]
fn no_place_without_words() {
    check("DAMASCUS, March 3 (Reuters) - The two generals signed a truce.", "signed", &["generals"], &[]);
}
