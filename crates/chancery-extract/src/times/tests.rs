//! Short texts with the time that each of their acts has.

use chancery_core::record::{Basis, Extent, Time};
use chancery_core::{Aspect, Modality, StatusParts};
use jiff::civil::{Date, date};

use super::TimeTable;
use crate::document_date;
use crate::testing::{bracketed, read, tree};

const DAY: Date = date(2014, 3, 19); // a Wednesday

fn status(modality: Modality, aspect: Aspect) -> StatusParts {
    StatusParts { modality, aspect, ..StatusParts::default() }
}

fn time_with(text: &str, trigger: &str, status: &StatusParts) -> (Option<Time>, String) {
    let text = read(text).published(DAY, DAY);
    let scene = text.scene();
    let timexes = chancery_time::find(scene.text());
    let citations = bracketed(scene.text());
    let dated = document_date::date(&scene, &timexes, &citations);
    let table = TimeTable::new(&scene, timexes, dated.as_ref(), &citations);
    (table.of_event(&scene, text.word(trigger), status, &[]), tree(&text))
}

/// First and last day of the act of a trigger in a report of Wednesday, 19 March 2014; "-" where open.
#[track_caller]
fn check(text: &str, trigger: &str, expected: Option<(&str, &str)>) -> Option<Time> {
    check_with(text, trigger, &StatusParts::default(), expected)
}

#[track_caller]
fn check_with(
    text: &str,
    trigger: &str,
    status: &StatusParts,
    expected: Option<(&str, &str)>,
) -> Option<Time> {
    let (time, tree) = time_with(text, trigger, status);
    let open = |day: &Option<String>| day.clone().unwrap_or_else(|| "-".into());
    let found = time.as_ref().map(|t| (open(&t.start), open(&t.end)));
    let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(found, expected, "{text} [{trigger}]\n{tree}");
    time
}

#[test]
fn a_weekday_goes_with_the_tense() {
    check(
        "The Georgian premier met his Armenian counterpart in Gori on Friday.",
        "met",
        Some(("2014-03-14", "2014-03-14")),
    );
    check(
        "The Georgian premier will meet his Armenian counterpart on Friday.",
        "meet",
        Some(("2014-03-21", "2014-03-21")),
    );
    check("The envoy is expected to visit Chad on Monday.", "visit", Some(("2014-03-24", "2014-03-24")));
    check("The two generals plan to hold talks on Saturday.", "talks", Some(("2014-03-22", "2014-03-22")));
    check("Talks scheduled for Thursday were called off.", "Talks", Some(("2014-03-20", "2014-03-20")));
}

#[test]
fn a_fronted_date_holds_for_all_verbs_of_the_sentence() {
    let text = "On March 4, Kenyan troops crossed the border, seized two villages and detained their elders.";
    for trigger in ["crossed", "seized", "detained"] {
        check(text, trigger, Some(("2014-03-04", "2014-03-04")));
    }
}

#[test]
fn the_date_of_saying_is_not_that_of_what_is_said() {
    let text = "The defence ministry said on Tuesday that rebels had shelled a hospital.";
    check(text, "shelled", None);
    check(text, "said", Some(("2014-03-18", "2014-03-18")));
    check("Ministers agreed on Monday to withdraw the battalion.", "withdraw", None);
    check(
        "Ministers agreed on Monday to withdraw the battalion.",
        "agreed",
        Some(("2014-03-17", "2014-03-17")),
    );
}

#[test]
fn each_clause_has_its_own_date() {
    let text = "Peru, which expelled the ambassador in January, restored relations on March 11.";
    check(text, "expelled", Some(("2014-01-01", "2014-01-31")));
    check(text, "restored", Some(("2014-03-11", "2014-03-11")));
}

#[test]
fn a_date_inside_a_noun_phrase_is_the_nouns() {
    let text = "The two ministers discussed the February summit of the presidents.";
    check(text, "discussed", None);
    check(text, "summit", Some(("2014-02-01", "2014-02-28")));
    check("Parliament ratified the 1996 treaty.", "ratified", None);
}

#[test]
fn nouns_take_the_date_of_their_verb() {
    check("A car bomb attack killed nine policemen on Sunday.", "attack", Some(("2014-03-16", "2014-03-16")));
    check(
        "Finland and Estonia signed an agreement on fisheries on 5 March 2014.",
        "agreement",
        Some(("2014-03-05", "2014-03-05")),
    );
    check("Nine policemen died in an attack on Sunday.", "attack", Some(("2014-03-16", "2014-03-16")));
}

#[test]
fn parts_of_a_month() {
    let time = check_with(
        "The Polish president will travel to Canada at the end of April.",
        "travel",
        &status(Modality::Planned, Aspect::Event),
        Some(("2014-04-21", "2014-04-30")),
    );
    let time = time.unwrap();
    assert_eq!((time.precision, time.extent), (chancery_core::Precision::MonthPart, Extent::Within));
}

#[test]
fn standing_states_have_open_ends() {
    let lasting = status(Modality::Actual, Aspect::Situation);
    let since = check_with(
        "Troops have occupied the valley since 1974.",
        "occupied",
        &lasting,
        Some(("1974-01-01", "-")),
    );
    assert_eq!(since.unwrap().extent, Extent::Since);
    let began = check_with(
        "Military cooperation between them began in 1998.",
        "cooperation",
        &lasting,
        Some(("1998-01-01", "-")),
    );
    assert_eq!(began.unwrap().extent, Extent::Since);
    let until =
        check_with("The blockade lasted until 2011.", "blockade", &lasting, Some(("-", "2011-12-31")));
    assert_eq!(until.unwrap().extent, Extent::Until);
}

#[test]
fn what_an_act_follows_has_another_time() {
    check("Following the visit, talks on borders began on March 10.", "visit", None);
    check("The council met on March 10 after the attack.", "attack", None);
}

#[test]
fn a_present_under_a_future_lies_ahead() {
    check(
        "The cabinet will decide when the envoy visits Minsk on April 2.",
        "visits",
        Some(("2014-04-02", "2014-04-02")),
    );
    check(
        "The minister will speak when the delegation visits the port on Friday.",
        "visits",
        Some(("2014-03-21", "2014-03-21")),
    );
}

#[test]
fn now_is_no_date_of_a_lasting_state() {
    let lasting = status(Modality::Actual, Aspect::Situation);
    check_with("The valley is currently under occupation.", "occupation", &lasting, Some(("-", "-")));
}

#[test]
fn ranges_have_two_ends() {
    check(
        "The sides held consultations from March 3 to March 9.",
        "consultations",
        Some(("2014-03-03", "2014-03-09")),
    );
    check("Zambia hosted the refugees between 1994 and 1996.", "hosted", Some(("1994-01-01", "1996-12-31")));
}

#[test]
fn nothing_is_invented() {
    check("The foreign minister met her Danish colleague.", "met", None);
    check("The foreign minister visited Oslo on Monday. She met her Danish colleague.", "met", None);
    check("Every Friday the villagers protest.", "protest", None);
}

#[test]
fn today_and_yesterday_stand_on_the_documents_day() {
    check("Police arrested the mayor yesterday.", "arrested", Some(("2014-03-18", "2014-03-18")));
    check("The council votes today on sanctions.", "votes", Some(("2014-03-19", "2014-03-19")));
}

#[test]
fn a_citation_is_the_day_from_which_its_words_speak() {
    let text = "On Friday the navy boarded a trawler near the cape (Reuters, March 11).";
    check(text, "boarded", Some(("2014-03-07", "2014-03-07")));
    check(
        "The navy boarded a trawler in March (Reuters, March 11).",
        "boarded",
        Some(("2014-03-01", "2014-03-11")),
    );
}

#[test]
fn a_citations_date_is_nobodys_time() {
    check("The navy boarded a trawler near the cape (Reuters, March 11).", "boarded", None);
}

#[test]
fn the_basis_tells_clause_from_sentence() {
    let time = check(
        "On March 4 the envoy landed in Quito and met the president.",
        "met",
        Some(("2014-03-04", "2014-03-04")),
    );
    assert_eq!(time.unwrap().basis, Basis::Sentence);
    let time = check("The envoy met the president on March 4.", "met", Some(("2014-03-04", "2014-03-04")));
    assert_eq!(time.unwrap().basis, Basis::Clause);
}

#[test]
fn an_undated_document_gives_weekdays_no_day() {
    let text = read("The envoy met the president on Friday.");
    let scene = text.scene();
    let timexes = chancery_time::find(scene.text());
    let table = TimeTable::new(&scene, timexes, None, &[]);
    let time = table.of_event(&scene, text.word("met"), &StatusParts::default(), &[]).unwrap();
    assert_eq!((time.start, time.end), (None, None));
    assert!(time.timex.is_some_and(|value| value.contains("XXXX")));
}
