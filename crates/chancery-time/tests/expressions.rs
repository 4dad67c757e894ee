//! What is found in running text, and what it resolves to.

use chancery_time::{
    Anchor, Kind, Modifier, Precision, Resolved, Signal, Tense, find, guess_tense, resolve, resolve_all, span,
};
use jiff::civil::{Date, date};

/// A Wednesday.
const DAY: Date = date(2014, 9, 17);

fn read(text: &str) -> Vec<(String, String)> {
    let found = find(text);
    let anchor = Anchor { date: DAY, year_known: true };
    let resolved = resolve_all(&found, &anchor, |e| guess_tense(text, e.range.clone()));
    found.iter().zip(resolved).map(|(e, r)| (text[e.range.clone()].to_owned(), r.value)).collect()
}

/// Asserts the expressions of a text with their values.
#[track_caller]
fn holds(text: &str, expected: &[(&str, &str)]) {
    let found = read(text);
    let found: Vec<(&str, &str)> =
        found.iter().map(|(words, value)| (words.as_str(), value.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

fn only(text: &str) -> Resolved {
    let found = find(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    resolve(
        &found[0],
        &Anchor { date: DAY, year_known: true },
        guess_tense(text, found[0].range.clone()),
        None,
    )
}

#[test]
fn dates_in_all_their_spellings() {
    for written in [
        "April 7, 2006",
        "7 April 2006",
        "the 7th of April, 2006",
        "7th April 2006",
        "Apr. 7, 2006",
        "Friday, April 7, 2006",
        "2006-04-07",
        "4/7/2006",
        "07.04.2006",
        "April 7th, 2006",
        "April the seventh, 2006",
    ] {
        holds(&format!("The accord was signed on {written}."), &[(written, "2006-04-07")]);
    }
    holds("They arrived on 23/11/2013.", &[("23/11/2013", "2013-11-23")]);
    holds("Voting took place in December 2013.", &[("December 2013", "2013-12")]);
}

#[test]
fn days_without_a_year_lean_on_the_report() {
    holds("The minister resigned on August 30.", &[("August 30", "2014-08-30")]);
    holds("The minister will resign on October 2.", &[("October 2", "2014-10-02")]);
    let anchor = Anchor { date: DAY, year_known: true };
    let january = |tense| resolve(&find("Parliament reconvenes in January.")[0], &anchor, tense, None).value;
    assert_eq!([Tense::Past, Tense::Present, Tense::Future].map(january), ["2014-01", "2015-01", "2015-01"]);
    let december = |tense| resolve(&find("in December")[0], &anchor, tense, None).value;
    assert_eq!([Tense::Past, Tense::Future].map(december), ["2013-12", "2014-12"]);
    holds("They met on Friday.", &[("Friday", "2014-09-12")]);
    holds("They will meet on Friday.", &[("Friday", "2014-09-19")]);
    holds("They met last Friday.", &[("last Friday", "2014-09-12")]);
    holds("They will meet next Friday.", &[("next Friday", "2014-09-26")]);
    holds("He left this past Sunday.", &[("this past Sunday", "2014-09-14")]);
    holds("Last February the talks collapsed.", &[("Last February", "2014-02")]);
}

#[test]
fn an_unknown_year_stays_unknown() {
    let anchor = Anchor { date: DAY, year_known: false };
    let value = |text: &str| {
        let found = find(text);
        resolve(&found[0], &anchor, Tense::Past, None)
    };
    assert_eq!(value("on April 7").value, "XXXX-04-07");
    assert_eq!(value("on April 7").start, None);
    assert_eq!(value("on Friday").value, "XXXX-WXX-5");
    assert_eq!(value("on April 7, 1998").start, Some(date(1998, 4, 7)));
    assert_eq!(value("last year").value, "XXXX");
    assert_eq!(value("Friday night").value, "XXXX-WXX-5TNI");
}

#[test]
fn ranges() {
    holds("The summit of March 3-5 ended early.", &[("March 3-5", "2014-03-03/2014-03-05")]);
    holds("They sat from 3 to 5 March 2011.", &[("3 to 5 March 2011", "2011-03-03/2011-03-05")]);
    holds("In 1996-98 he led the mission.", &[("1996-98", "1996/1998")]);
    let text = "Between 1994 and 1996 he led the mission.";
    let found = find(text);
    assert_eq!((found[0].signal, found[1].signal), (Some(Signal::Between), Some(Signal::To)));
    let anchor = Anchor { date: DAY, year_known: true };
    let ends: Vec<Resolved> = found.iter().map(|e| resolve(e, &anchor, Tense::Past, None)).collect();
    let whole = span(&ends[0], &ends[1]);
    assert_eq!((whole.start, whole.end), (Some(date(1994, 1, 1)), Some(date(1996, 12, 31))));
    let found = find("a ceasefire from July 28 to August 2");
    assert_eq!((found[0].signal, found[1].signal), (Some(Signal::From), Some(Signal::To)));
}

#[test]
fn parts_of_longer_times() {
    let april = only("It was agreed at the end of April.");
    assert_eq!(
        (april.value.as_str(), april.modifier, april.precision),
        ("2014-04", Some(Modifier::End), Precision::MonthPart)
    );
    assert_eq!((april.start, april.end), (Some(date(2014, 4, 21)), Some(date(2014, 4, 30))));
    let early = only("Troops left in early March.");
    assert_eq!((early.start, early.end), (Some(date(2014, 3, 1)), Some(date(2014, 3, 10))));
    let mid = only("The pact dates from mid-2005.");
    assert_eq!(
        (mid.value.as_str(), mid.start, mid.end),
        ("2005", Some(date(2005, 5, 1)), Some(date(2005, 8, 31)))
    );
    let week = only("He resigned earlier this week.");
    assert_eq!((week.value.as_str(), week.start, week.end), ("2014-W38", Some(date(2014, 9, 15)), Some(DAY)));
    holds("The late 1990s were hard.", &[("The late 1990s", "199")]);
    holds("War marked the 20th century and the 1930s.", &[("the 20th century", "19"), ("the 1930s", "193")]);
}

#[test]
fn seasons_quarters_and_halves() {
    holds("Elections were held in the spring of 2012.", &[("the spring of 2012", "2012-SP")]);
    holds("Troops left last summer.", &[("last summer", "2014-SU")]);
    holds("Exports fell in the third quarter of 2013.", &[("the third quarter of 2013", "2013-Q3")]);
    holds("Aid doubled in the first half of this year.", &[("the first half of this year", "2014-H1")]);
    holds("It borrowed in last year's fourth quarter.", &[("last year's fourth quarter", "2013-Q4")]);
}

#[test]
fn counted_from_the_report() {
    holds("He left three days ago.", &[("three days ago", "2014-09-14")]);
    holds(
        "He left yesterday and returns tomorrow.",
        &[("yesterday", "2014-09-16"), ("tomorrow", "2014-09-18")],
    );
    holds("The law passed last year.", &[("last year", "2013")]);
    holds("The law passed two years ago.", &[("two years ago", "2012")]);
    holds("They arrived the day before yesterday.", &[("the day before yesterday", "2014-09-15")]);
    let years = only("In the last 15 years trade has grown.");
    assert_eq!((years.value.as_str(), years.start, years.end), ("P15Y", Some(date(1999, 9, 17)), Some(DAY)));
}

#[test]
fn counted_from_the_time_spoken_of() {
    holds(
        "On May 10, 1998 they signed. The next day shelling resumed, and two weeks later the truce was dead.",
        &[("May 10, 1998", "1998-05-10"), ("The next day", "1998-05-11"), ("two weeks later", "1998-05-25")],
    );
    holds(
        "He resigned on June 3. That same day he left the country.",
        &[("June 3", "2014-06-03"), ("That same day", "2014-06-03")],
    );
    holds(
        "He was jailed in 2003 and freed the following year.",
        &[("2003", "2003"), ("the following year", "2004")],
    );
    holds("The envoy came on the eve of Christmas.", &[("the eve of Christmas", "2013-12-24")]);
    holds("It broke down a week before October 12.", &[("a week before October 12", "2013-10-05")]);
}

#[test]
fn times_of_day() {
    holds("Polls closed at 3:30 p.m. GMT.", &[("3:30 p.m. GMT", "2014-09-17T15:30")]);
    holds("The convoy left at 0900.", &[("0900", "2014-09-17T09:00")]);
    holds("It began at 10 p.m. on Tuesday.", &[("10 p.m. on Tuesday", "2014-09-16T22:00")]);
    holds("Police fired on Friday night.", &[("Friday night", "2014-09-12TNI")]);
    holds("He spoke this morning.", &[("this morning", "2014-09-17TMO")]);
    holds("Shells fell at noon on August 4.", &[("noon on August 4", "2014-08-04T12:00")]);
}

#[test]
fn durations_and_recurring_times() {
    holds(
        "A three-day visit of two hours and 20 minutes",
        &[("three-day", "P3D"), ("two hours and 20 minutes", "PT2H20M")],
    );
    holds(
        "The war lasted a decade, or nearly 2 1/2 years more.",
        &[("a decade", "P10Y"), ("nearly 2 1/2 years", "P2Y6M")],
    );
    holds(
        "They meet every Monday and twice a year.",
        &[("every Monday", "XXXX-WXX-1"), ("twice a year", "P1Y")],
    );
    holds("The fund is audited annually.", &[("annually", "P1Y")]);
    assert_eq!(find("for several years")[0].kind, Kind::Duration);
}

#[test]
fn holidays() {
    holds("They met on Easter Monday 2006.", &[("Easter Monday 2006", "2006-04-17")]);
    holds("Since 9/11 visas are rare.", &[("9/11", "2001-09-11")]);
    holds("The attacks of September 11, 2001", &[("September 11, 2001", "2001-09-11")]);
    holds("He will speak on New Year's Day.", &[("New Year's Day", "2015-01-01")]);
}

#[test]
fn references_without_a_date() {
    holds("They now hope to return soon.", &[("now", "PRESENT_REF"), ("soon", "FUTURE_REF")]);
    holds("He recently fled.", &[("recently", "PAST_REF")]);
    holds("They fled soon after the vote.", &[]);
}

#[test]
fn words_that_only_look_like_times() {
    for text in [
        "The council may meet and march on the palace.",
        "Theresa May and the Long March",
        "A force of 2000 troops took 1,500 prisoners.",
        "The Sun and the Sat nav",
        "A second round and a second vote",
        "Hopes spring eternal after the fall of the city.",
        "Resolution 1973 was adopted 10-0.",
        "The Arab Spring",
        "A 45-year-old driver of bus 12.5",
        "March on the capital, they said.",
        "Christmas Island",
    ] {
        holds(text, &[]);
    }
    holds("In May the council sat.", &[("May", "2014-05")]);
}

#[test]
fn evil_input() {
    holds("", &[]);
    for text in [
        "'",
        "the",
        "from 3 to",
        "12:99 p.m.",
        "30 February 2006",
        "April 31",
        "99999999999999999999 years ago",
        "9999-99-99",
        "'99999999999",
    ] {
        let _ = read(text);
    }
    let long = "the day before ".repeat(5000);
    assert!(find(&long).len() <= 5000);
}

#[test]
fn a_long_text_is_read_in_pieces() {
    for filler in ["word ", "w\n", "éé. "] {
        let text = format!("{}On April 7, 2006 they met.", filler.repeat(150_000));
        let found = find(&text);
        assert_eq!(found.iter().map(|e| &text[e.range.clone()]).collect::<Vec<_>>(), ["April 7, 2006"]);
    }
}
