use super::*;
use crate::testing::with_scene;

type Cited = (Option<String>, Option<String>, String);

/// Outlets, dates as written and covered words of the citations of a text.
fn cited(text: &str) -> Vec<Cited> {
    with_scene(text, |scene| {
        find(scene)
            .into_iter()
            .map(|c| {
                assert!(
                    scene.text().get(c.range.clone()).is_some()
                        && scene.text().get(c.covers.clone()).is_some()
                );
                let date = c.timex.as_ref().map(|t| scene.cut(&t.range).to_owned());
                (c.outlet.clone(), date, scene.cut(&c.covers).to_owned())
            })
            .collect()
    })
}

fn outlets(text: &str) -> Vec<Option<String>> {
    cited(text).into_iter().map(|(outlet, ..)| outlet).collect()
}

fn some(words: &str) -> Option<String> {
    Some(words.to_owned())
}

#[test]
fn an_outlet_with_its_date() {
    let found = cited("The envoys met in Oslo for two hours (Reuters, 14 June).");
    assert_eq!(
        found,
        [(some("Reuters"), some("14 June"), "The envoys met in Oslo for two hours".to_owned())]
    );
}

#[test]
fn the_date_first() {
    assert_eq!(outlets("The envoys met in Oslo for two hours (14 June, Reuters)."), [some("Reuters")]);
}

#[test]
fn square_brackets_and_a_full_date() {
    let found = cited("The pipeline will be closed for repairs. [Interfax, 9 May 2011]");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1, some("9 May 2011"));
}

#[test]
fn several_in_one_bracket() {
    assert_eq!(
        outlets("Fighting went on near the dam (Reuters, 3 May; AFP, 4 May)."),
        [some("Reuters"), some("AFP")]
    );
    let shared = cited("Fighting went on near the dam (Reuters, AFP, 3 May).");
    assert_eq!(shared.len(), 2);
    assert!(shared.iter().all(|(_, date, _)| date.as_deref() == Some("3 May")));
}

#[test]
fn a_document_of_a_body() {
    assert_eq!(
        outlets("Both sides praised the talks (Foreign Ministry communiqué, October 2)."),
        [some("Foreign Ministry")]
    );
}

#[test]
fn a_lost_outlet_is_kept_as_that() {
    let found = cited("The minister will return in the autumn (, August 19).");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0.clone(), found[0].1.clone()), (None, some("August 19")));
}

#[test]
fn unknown_outlets_need_a_date_and_an_end() {
    assert_eq!(outlets("The council rejected the budget (Novy Vestnik, April 5)."), [some("Novy Vestnik")]);
    assert_eq!(outlets("The council (Novy Vestnik) rejected the budget."), []);
}

#[test]
fn addresses() {
    assert_eq!(
        outlets("The army denied the report (www.sahara-now.info, 6 July)."),
        [some("sahara-now.info")]
    );
}

#[test]
fn lead_ins_are_no_part_of_the_name() {
    assert_eq!(outlets("The talks had failed (see also Le Monde, 11 March)."), [some("Le Monde")]);
}

#[test]
fn other_brackets_are_no_citations() {
    for text in [
        "The Center for Strategic and International Studies (CSIS) held a debate.",
        "Senator Dianne Feinstein (D-Calif.) opposed the bill.",
        "The war (1996-1998) left the town in ruins.",
        "The base lies east of the river (see map).",
        "The column moved north (40 km) in a night.",
        "The two met again on Friday (June 5).",
        "He took part in the siege (Vukovar, November 1991).",
        "The alliance decided so (Bucharest summit, April 2008).",
        "The Associated Press (AP) was founded in New York.",
        "“We need the help [of our allies],” he said.",
        "The president (born 3 May 1951) will retire.",
    ] {
        assert_eq!(cited(text), [], "{text}");
    }
}

#[test]
fn a_citation_covers_back_to_the_one_before() {
    let found = cited(
        "The premier flew home (Reuters, May 3). His deputy stayed. Talks go on (AFP, May 4).\n\nNobody commented.",
    );
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].2, "The premier flew home");
    assert!(found[1].2.contains("His deputy stayed") && !found[1].2.contains("premier"));
}

#[test]
fn a_citation_in_front_covers_its_paragraph() {
    let found = cited(
        "Kommersant, June 5: The cabinet will meet in Sochi. It will discuss grain.\n\nOther news followed.",
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, some("Kommersant"));
    assert!(found[0].2.starts_with("The cabinet") && found[0].2.ends_with("grain."));
}

#[test]
fn datelines_are_no_citations() {
    assert_eq!(cited("CAIRO, April 12 (Reuters) -- The court adjourned the trial."), []);
}

#[test]
fn dates_without_a_year_are_the_last_before_the_document() {
    with_scene("The envoys met in Oslo (Reuters, 14 June).", |scene| {
        let found = find(scene);
        let day = |y, m, d| Some(jiff::civil::date(y, m, d));
        assert_eq!(found[0].date(day(2009, 6, 20)).as_deref(), Some("2009-06-14"));
        assert_eq!(found[0].date(day(2009, 2, 1)).as_deref(), Some("2008-06-14"));
        assert_eq!(found[0].date(None), None);
    });
}
