//! What is coded of whole sentences, with the model and tables that the program ships.

use std::sync::OnceLock;

use chancery_core::record::{Mention, Participant};
use chancery_core::{Act, Document, Status};

use crate::{Engine, ReadOptions};

fn mentions(text: &str) -> Vec<Mention> {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| Engine::new(chancery_model::READER).unwrap());
    engine.read(&Document::of_text("test", text), &ReadOptions::default()).mentions
}

fn told(mentions: &[Mention]) -> Vec<(&str, Act, Status)> {
    mentions.iter().map(|m| (m.trigger.text.as_str(), m.act, m.status)).collect()
}

fn words(side: &[Participant]) -> Vec<&str> {
    side.iter().filter_map(|p| p.text.as_deref()).collect()
}

#[test]
fn what_became_of_the_victims_is_no_second_act() {
    let found = mentions("Syrian army helicopters bombed a market in Sarmin on Monday, killing 30 people.");
    assert_eq!(told(&found), [("bombed", Act::Assault, Status::Happened)]);
    let found = mentions("Rebels killed four soldiers near the border on Monday.");
    assert_eq!(told(&found), [("killed", Act::Assault, Status::Happened)]);
}

#[test]
fn the_object_of_an_act_is_not_told_twice() {
    let found = mentions("Norway sent peacekeepers to Mali in June.");
    assert_eq!(found.len(), 1, "{:?}", told(&found));
    assert_eq!(found[0].trigger.text, "sent");
}

#[test]
fn a_modal_under_a_condition_is_imagined() {
    let found =
        mentions("If the fighting resumes, the African Union could send more peacekeepers to the valley.");
    let send = found.iter().find(|m| m.trigger.text == "send").unwrap();
    assert_eq!(send.status, Status::Hypothetical);
}

#[test]
fn who_is_accused_does_it() {
    let found = mentions("Nicaragua accused Honduras of shelling two villages on the Coco river.");
    let shelling = found.iter().find(|m| m.trigger.text == "shelling").unwrap();
    assert_eq!(shelling.act, Act::Assault);
    assert_eq!(words(&shelling.actors), ["Honduras"]);
}

#[test]
fn a_wish_not_to_be_named_is_no_request() {
    let found = mentions(
        "Jordan will reopen the crossing on Sunday, according to two officials who asked not to be named.",
    );
    assert!(found.iter().all(|m| m.act != Act::Request), "{:?}", told(&found));
}

#[test]
fn an_apposition_is_one_actor() {
    let found = mentions("Senegal's foreign minister, Awa Diouf, met President Goita in Bamako on Thursday.");
    let met = found.iter().find(|m| m.trigger.text == "met").unwrap();
    let ours = met.actors.iter().filter(|p| p.countries.iter().any(|c| c == "SEN")).count();
    assert_eq!(ours, 1, "{:?}", words(&met.actors));
}

#[test]
fn the_day_is_neither_actor_nor_place() {
    let found = mentions("Danish Defence Minister Karin Holt on Friday accused Russia of sabotage.");
    let accused = found.iter().find(|m| m.trigger.text == "accused").unwrap();
    assert_eq!(words(&accused.actors), ["Danish Defence Minister Karin Holt"]);
    let found = mentions("In August, rebels attacked the barracks.");
    assert!(found.iter().all(|m| m.places.is_empty()));
}

#[test]
fn an_enumeration_of_states_is_read_to_its_end() {
    let found = mentions("The presidents of Kenya, Uganda, Rwanda and Burundi met in Arusha on Tuesday.");
    let mut countries: Vec<&str> =
        found[0].actors.iter().flat_map(|p| &p.countries).map(String::as_str).collect();
    countries.sort_unstable();
    countries.dedup();
    assert_eq!(countries, ["BDI", "KEN", "RWA", "UGA"]);
}

#[test]
fn both_states_of_a_hyphenated_pair_take_part() {
    let found = mentions("The fifth round of the Kenya-Somalia border talks ended in Nairobi on Friday.");
    let talks = found.iter().find(|m| m.trigger.text == "talks").unwrap();
    let parties: Vec<&str> =
        talks.actors.iter().chain(&talks.recipients).flat_map(|p| &p.countries).map(String::as_str).collect();
    assert!(parties.contains(&"KEN") && parties.contains(&"SOM"), "{parties:?}");
}

#[test]
fn who_only_describes_another_does_not_act() {
    let found = mentions("Insurgents linked to Islamic State attacked two villages near Macomia on Sunday.");
    let attacked = found.iter().find(|m| m.trigger.text == "attacked").unwrap();
    assert_eq!(words(&attacked.actors).len(), 1, "{:?}", words(&attacked.actors));
}

#[test]
fn a_declared_ceasefire_is_one_concession() {
    let found = mentions("Sudan and the rebels declared a ceasefire in Darfur on Tuesday.");
    assert_eq!(told(&found), [("declared", Act::Concede, Status::Happened)]);
}

#[test]
fn a_state_that_is_also_a_given_name() {
    let found = mentions("Chad denied that it had armed the rebels.");
    let denied = found.iter().find(|m| m.trigger.text == "denied").unwrap();
    assert_eq!(denied.actors[0].countries, ["TCD"]);
}

#[test]
fn what_nobody_wants_is_imagined() {
    let found = mentions("Kenya does not want a resumption of fighting along the border.");
    assert!(found.iter().all(|m| m.status != Status::Happened), "{:?}", told(&found));
}

fn names(side: &[Participant]) -> Vec<&str> {
    side.iter().filter_map(|p| p.name.as_deref()).collect()
}

#[test]
fn a_host_is_the_recipient() {
    let found =
        mentions("President Sadyr Japarov received Hungarian Foreign Minister Peter Szijjarto in Bishkek.");
    let received = found.iter().find(|m| m.trigger.text == "received").unwrap();
    assert_eq!(names(&received.actors), ["Peter Szijjarto"]);
    assert_eq!(names(&received.recipients), ["Sadyr Japarov"]);
    let found = mentions("Poland hosted the German chancellor on Friday.");
    let hosted = found.iter().find(|m| m.trigger.text == "hosted").unwrap();
    assert_eq!(words(&hosted.recipients), ["Poland"]);
}

#[test]
fn the_two_and_they_are_each_of_those_named() {
    let found = mentions(
        "U.S. Secretary of State Antony Blinken met Russian Foreign Minister Sergei Lavrov in Vienna. \
         The two discussed the war in Ukraine. They agreed to meet again in Geneva.",
    );
    for trigger in ["discussed", "agreed"] {
        let mention = found.iter().find(|m| m.trigger.text == trigger).unwrap();
        assert_eq!(names(&mention.actors), ["Antony Blinken", "Sergei Lavrov"], "{trigger}");
    }
    let found = mentions("Kenya and Uganda closed the border. They promised to withdraw their troops.");
    let promised = found.iter().find(|m| m.trigger.text == "promised").unwrap();
    assert_eq!(names(&promised.actors), ["Kenya", "Uganda"]);
}

#[test]
fn whoever_one_speaks_for_acts() {
    let found = mentions("On behalf of the government of Norway, I congratulate the people of Botswana.");
    let congratulate = found.iter().find(|m| m.trigger.text == "congratulate").unwrap();
    assert_eq!(words(&congratulate.actors), ["the government of Norway", "I"]);
    assert_eq!(words(&congratulate.recipients), ["the people of Botswana"]);
}

#[test]
fn a_bare_number_stands_for_people() {
    let found = mentions("Five were detained in Minsk on Sunday.");
    assert_eq!(words(&found[0].recipients), ["Five"]);
    let found = mentions("Spain paid 40 million to Morocco in 2003.");
    assert!(found.iter().all(|m| !words(&m.recipients).contains(&"40 million")));
}

#[test]
fn one_act_by_two_words_is_one_mention() {
    let found = mentions("Kenya and Uganda signed a border agreement on Tuesday.");
    assert_eq!(told(&found), [("signed", Act::Support, Status::Happened)]);
    let found = mentions("Mali's junta accused France of arming rebels, a charge that Paris denied.");
    assert!(found.iter().all(|m| m.trigger.text != "charge"), "{:?}", told(&found));
    let found = mentions("The envoys of Egypt and Sudan met in Khartoum on Sunday to discuss the dam.");
    assert_eq!(told(&found), [("met", Act::Consult, Status::Happened)]);
}

#[test]
fn what_will_be_done_under_a_condition_is_imagined() {
    let found = mentions("If Armenia refuses the plan, Azerbaijan will close the border.");
    let close = found.iter().find(|m| m.trigger.text == "close").unwrap();
    assert_eq!(close.status, Status::Hypothetical);
}

#[test]
fn two_parties_are_not_many() {
    let found = mentions("The Cuban and Mexican foreign ministers held talks in Havana on Monday.");
    assert!(found[0].modes.is_empty(), "{:?}", found[0].modes);
}

#[test]
fn a_deed_or_a_picture_of_people_is_no_actor() {
    let found = mentions("State television showed footage of Cuban exiles who protested in Miami.");
    assert!(found.iter().all(|m| !words(&m.actors).iter().any(|w| w.contains("footage"))));
    let found = mentions("Albright said that she was heartened by cooperation from Kenya.");
    assert!(found.iter().all(|m| !words(&m.actors).iter().any(|w| w.starts_with("cooperation"))));
}

#[test]
fn who_speaks_for_a_body_does_not_act_for_his_country() {
    let found = mentions("NATO Secretary General Jens Stoltenberg urged Turkey to ratify the treaty.");
    let urged = found.iter().find(|m| m.trigger.text == "urged").unwrap();
    assert_eq!(urged.actors[0].countries, Vec::<String>::new());
    assert_eq!(urged.actors[0].class.as_deref(), Some("IGO"));
}

#[test]
fn what_is_said_in_a_statement_is_no_second_act() {
    let found = mentions("Ghana condemned the coup, the presidency said in a statement.");
    assert!(found.iter().all(|m| m.act != Act::Statement), "{:?}", told(&found));
}

#[test]
fn it_may_be_an_army() {
    let found = mentions(
        "Fighters of Islamic State attacked two villages on Sunday. The army denied that it had abandoned the area.",
    );
    let denied = found.iter().find(|m| m.status == Status::Denied).unwrap();
    let from = denied.actors[0].resolved_from.as_ref().map(|w| w.text.as_str());
    assert_eq!(from, Some("The army"));
}

#[test]
fn what_was_done_is_no_plan() {
    let found = mentions(
        "Rwandan Foreign Minister Vincent Biruta, who arrived in Maputo on Monday evening, is due to fly to Pretoria on \
         Thursday for talks with his South African counterpart.",
    );
    let arrived = found.iter().find(|m| m.trigger.text == "arrived").unwrap();
    assert_eq!(arrived.status, Status::Happened);
    let fly = found.iter().find(|m| m.trigger.text == "fly").unwrap();
    assert_eq!(fly.status, Status::Planned);
}
