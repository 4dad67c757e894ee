use super::*;
use crate::testing::with_scene;

/// Speaker's head, cue, content, of every statement.
fn said(text: &str) -> Vec<(String, String, String)> {
    with_scene(text, |scene| {
        find(scene)
            .into_iter()
            .map(|s| {
                assert!(scene.text().get(s.content.clone()).is_some());
                let form = |w: Option<usize>| w.map_or(String::new(), |w| scene.form(w).to_owned());
                (form(s.speaker.head), form(s.cue_word), scene.cut(&s.content).to_owned())
            })
            .collect()
    })
}

/// The statement whose content holds some words.
fn holding(text: &str, words: &str) -> Option<StatementFound> {
    with_scene(text, |scene| {
        let byte = text.find(words)?;
        let found = find(scene);
        chain(scene, &found, &[], byte).first().and_then(|link| match link.source {
            Source::Statement(index) => found.get(index).cloned(),
            Source::Citation(_) => None,
        })
    })
}

fn speaker_of(text: &str, words: &str) -> String {
    let found = holding(text, words).unwrap_or_else(|| panic!("nobody says {words:?} in {text:?}"));
    with_scene(text, |scene| found.speaker.head.map_or(String::new(), |w| scene.form(w).to_owned()))
}

#[test]
fn indirect_speech() {
    let found = said("The minister said that the border would be closed on Monday.");
    assert_eq!(found, [("minister".into(), "said".into(), "the border would be closed on Monday".into())]);
}

#[test]
fn told_whom() {
    let text = "Premier Okello told reporters that the army had left the town.";
    let found = holding(text, "left").expect("a statement");
    with_scene(text, |scene| {
        assert_eq!(found.addressees.iter().map(|w| scene.form(*w)).collect::<Vec<_>>(), ["reporters"]);
    });
    assert_eq!(speaker_of(text, "left"), "Okello");
}

#[test]
fn a_quotation_in_front() {
    let text = "\"We have signed nothing,\" she said on Tuesday.";
    let found = holding(text, "signed").expect("a statement");
    assert!(found.quoted);
    assert_eq!(speaker_of(text, "signed"), "she");
}

#[test]
fn inverted_order() {
    assert_eq!(speaker_of("“The ceasefire holds,” said General Haddad.", "holds"), "Haddad");
}

#[test]
fn a_verb_between_two_halves() {
    let text = "“The talks,” the envoy said, “have failed.”";
    let found = holding(text, "failed").expect("a statement");
    assert_eq!(&text[found.content.clone()], "The talks,” the envoy said, “have failed");
    assert!(!found.holds(text.find("envoy").unwrap_or(0)));
}

#[test]
fn a_quotation_of_several_sentences_has_one_speaker() {
    let text = "“We came to talk. Nobody listened. We shall leave,” the delegate said.";
    assert_eq!(speaker_of(text, "came"), "delegate");
    assert_eq!(speaker_of(text, "listened"), "delegate");
}

#[test]
fn a_second_quotation_goes_on() {
    let text = "“We came to talk,” the delegate said. “Nobody from the other side ever listened to us.”";
    assert_eq!(speaker_of(text, "listened"), "delegate");
}

#[test]
fn a_paragraph_of_quotation_goes_on() {
    let text =
        "“We came to talk,” Ambassador Silva said.\n\n“Nobody from the other side ever listened to us.”";
    assert_eq!(speaker_of(text, "listened"), "Silva");
}

#[test]
fn according_to() {
    let text = "According to the Interior Ministry, rebels burned two villages in the north.";
    assert_eq!(speaker_of(text, "burned"), "Ministry");
    assert_eq!(
        speaker_of("Rebels burned two villages in the north, according to police.", "burned"),
        "police"
    );
}

#[test]
fn according_to_somebody_with_an_office_and_a_quotation() {
    let text =
        "According to Maria Lopez, head of the election commission, “the vote was fair. We saw no fraud.”";
    let found = holding(text, "fraud").expect("a statement");
    assert_eq!(&text[found.content], "the vote was fair. We saw no fraud");
}

#[test]
fn partial_quotations() {
    let text = "The president described the accord as a “historic step” for both countries.";
    let found = holding(text, "historic").expect("a statement");
    assert!(found.quoted && text[found.content].starts_with("the accord"));
    assert_eq!(speaker_of("The chancellor called the raid “cowardly”.", "cowardly"), "chancellor");
}

#[test]
fn denials() {
    for text in [
        "Damascus denied that its troops had shelled the camp.",
        "The army rejected claims that its troops had shelled the camp.",
    ] {
        let found = with_scene(text, find);
        assert!(
            found.iter().any(|s| s.stance == Stance::Denies && text[s.content.clone()].contains("shelled")),
            "{text}"
        );
    }
}

#[test]
fn doubts_and_claims() {
    let doubts = holding("Analysts questioned whether the army would leave the island.", "leave")
        .expect("a statement");
    assert_eq!(doubts.stance, Stance::Doubts);
    let claims = holding("The group claimed that it had shot down a drone.", "shot").expect("a statement");
    assert_eq!(claims.stance, Stance::Claims);
}

#[test]
fn nouns_with_a_clause() {
    let text = "His claim that the army had fired first was not repeated.";
    assert_eq!(holding(text, "fired").expect("a statement").stance, Stance::Claims);
    assert_eq!(speaker_of(text, "fired"), "His");
}

#[test]
fn documents_speak() {
    let found = holding("The report says guards beat the prisoners.", "beat").expect("a statement");
    assert_eq!(found.speaker.kind, SpeakerKind::Document);
}

#[test]
fn outlets_speak() {
    let found =
        holding("Reuters reported that the convoy had crossed the border.", "crossed").expect("a statement");
    assert_eq!(found.speaker.kind, SpeakerKind::Outlet);
}

#[test]
fn nobody_is_named() {
    let found =
        holding("It was reported that the convoy had crossed the border.", "crossed").expect("a statement");
    assert_eq!(found.speaker, Speaker { head: None, kind: SpeakerKind::Anonymous });
    let found = holding("Sources said the convoy had crossed the border.", "crossed").expect("a statement");
    assert_eq!(found.speaker.kind, SpeakerKind::Anonymous);
    let found = holding("Troops reportedly crossed the border.", "crossed").expect("a statement");
    assert_eq!((found.speaker.kind, found.stance), (SpeakerKind::Anonymous, Stance::Claims));
}

#[test]
fn quoted_as_saying() {
    assert_eq!(
        speaker_of("The governor was quoted as saying that water was running out.", "running"),
        "governor"
    );
}

#[test]
fn the_one_cited_is_nearer_than_the_outlet() {
    let text = "The agency Reuters reported that the convoy had crossed the border, citing two diplomats in the city.";
    assert_eq!(speaker_of(text, "crossed"), "diplomats");
}

#[test]
fn nobody_says_who_asked() {
    let text = "Asked whether the base would be closed, the general replied that no decision had been taken.";
    assert_eq!(holding(text, "closed").expect("a question").speaker.head, None);
    assert_eq!(speaker_of(text, "taken"), "general");
}

#[test]
fn an_interview_has_a_medium() {
    let found = holding("In an interview with Le Monde, Sall said the troops would go home.", "go")
        .expect("a statement");
    assert_eq!(found.medium.as_deref(), Some("interview"));
    assert!(!found.addressees.is_empty());
}

#[test]
fn transcripts() {
    let text = "Maria Lopez: We will open the border next week. The army has agreed.";
    assert_eq!(speaker_of(text, "agreed"), "Maria");
}

#[test]
fn the_author_is_no_other_speaker() {
    assert_eq!(holding("The army crossed the border on Monday.", "crossed"), None);
    assert_eq!(holding("He went to the “Festival of Two Rivers” in May.", "Festival"), None);
}

#[test]
fn citations_are_no_part_of_what_is_said_and_come_last() {
    let text = "The envoy said that the talks had failed (Reuters, May 3).";
    with_scene(text, |scene| {
        let found = find(scene);
        let cited = citations::find(scene);
        assert_eq!(scene.cut(&found[0].content), "the talks had failed");
        let links = chain(scene, &found, &cited, text.find("failed").unwrap_or(0));
        assert_eq!(
            links.iter().map(|l| l.source).collect::<Vec<_>>(),
            [Source::Statement(0), Source::Citation(0)]
        );
    });
}

#[test]
fn first_person_is_the_speaker() {
    let text = "“I have signed it,” President Diaz said. We left.";
    with_scene(text, |scene| {
        let found = find(scene);
        let links = first_person(scene, &found);
        assert_eq!(
            links.iter().map(|(p, s)| (scene.form(*p), scene.form(*s))).collect::<Vec<_>>(),
            [("I", "Diaz")]
        );
    });
}

#[test]
fn a_speaker_behind_the_quotation_without_a_comma() {
    let text = "Closer ties with Ankara “serve both our peoples” and the two sides “are nearly done” Karimov remarked.";
    assert_eq!(speaker_of(text, "serve"), "Karimov");
    assert_eq!(speaker_of(text, "done"), "Karimov");
}

#[test]
fn any_text_is_survived() {
    for text in [
        "",
        "“",
        "\"\"",
        "said",
        "(, )",
        "“said ‘”\n\n“",
        "according to",
        "citing",
        ": :",
        "X: (Reuters; ;, 3 May",
    ] {
        with_scene(text, |scene| {
            for s in find(scene) {
                assert!(scene.text().get(s.content).is_some());
            }
            citations::find(scene);
        });
    }
}

#[test]
fn title_and_name_are_one_speaker() {
    let text =
        "``We shall march every day,'' said Cuban journalist Luis Baez, who has written several books.";
    let found = said(text);
    assert_eq!(found.len(), 1, "{found:?}");
}
