//! Short documents and the days on which they can have been published.

use chancery_core::record::DateBasis;
use jiff::civil::{Date, date};

use super::{Dated, anchor, date as document_date};
use crate::testing::{bracketed, read, tree};

fn dated(text: &str) -> Option<Dated> {
    let citations = bracketed(text);
    let text = read(text);
    document_date(&text.scene(), &chancery_time::find(&text.document.text), &citations)
}

#[track_caller]
fn check(text: &str, basis: DateBasis, earliest: Date, latest: Date) {
    let found = dated(text);
    let shown = tree(&read(text));
    let Some(found) = found else { panic!("no date: {text}\n{shown}") };
    assert_eq!(
        (found.basis, found.earliest, found.latest),
        (basis, earliest, latest),
        "{:?}\n{shown}",
        found.because
    );
    assert!(!found.because.is_empty());
}

#[test]
fn the_sources_date_comes_first() {
    let text =
        read("LIMA, 2 May 2011 -- Miners blocked a road.").published(date(2011, 5, 3), date(2011, 5, 3));
    let found = document_date(&text.scene(), &chancery_time::find(&text.document.text), &[]).unwrap();
    assert_eq!((found.basis, found.earliest), (DateBasis::Metadata, date(2011, 5, 3)));
}

#[test]
fn a_mere_year_is_made_finer_by_the_text() {
    let text = read("Miners blocked a road near Cusco on Friday, 6 May, and were dispersed on 9 May.")
        .published(date(2011, 1, 1), date(2011, 12, 31));
    let found = document_date(&text.scene(), &chancery_time::find(&text.document.text), &[]).unwrap();
    assert_eq!(found.basis, DateBasis::Metadata);
    assert_eq!(found.earliest, date(2011, 5, 9), "{:?}", found.because);
    assert!(found.latest.year() == 2011);
}

#[test]
fn header_lines() {
    let day = date(2012, 10, 8);
    check(
        "Date: 8 October 2012\n\nThe council met and adopted a resolution on the crisis.",
        DateBasis::Header,
        day,
        day,
    );
    check(
        "Published on October 8, 2012 by the press office\n\nThe council met and adopted a resolution.",
        DateBasis::Header,
        day,
        day,
    );
    check(
        "The council met and adopted a resolution on the crisis.\n\nPosted: 08 October 2012",
        DateBasis::Header,
        day,
        day,
    );
}

#[test]
fn datelines_with_and_without_a_year() {
    let day = date(2014, 3, 3);
    check(
        "KYIV, 3 March 2014 (Interfax) -- The acting president called up reservists.",
        DateBasis::Dateline,
        day,
        day,
    );
    check(
        "TUNIS, March 3 (Reuters) - Lawmakers elected in 2013 met on Monday, March 3, and will vote again in 2014.",
        DateBasis::Dateline,
        day,
        day,
    );
}

#[test]
fn a_line_of_its_own() {
    let day = date(2009, 7, 15);
    check(
        "Joint statement of the delegations\n\nJuly 15, 2009\n\nThe delegations held a second round of talks in Geneva.",
        DateBasis::Header,
        day,
        day,
    );
}

#[test]
fn from_within() {
    // 14 November was a Friday in 2003, 2008 and 2014.
    check(
        "The negotiators arrived in Muscat on Friday, November 14. Observers hope for a settlement in 2008, and a \
         ministry paper welcomed the visit (Oman Daily, November 17). The next round will be held on November 24.",
        DateBasis::Inferred,
        date(2008, 11, 17),
        date(2008, 11, 24),
    );
}

#[test]
fn over_the_turn_of_the_year() {
    let found = dated(
        "The commission published its report on 28 December 2010 (Daily Star, December 30). The parliament will debate it on 11 January.",
    )
    .unwrap();
    assert_eq!(
        (found.earliest, found.latest),
        (date(2010, 12, 30), date(2011, 1, 11)),
        "{:?}",
        found.because
    );
}

#[test]
fn nothing_tells() {
    assert_eq!(dated("The two ministers met and discussed fisheries."), None);
    assert_eq!(dated("The two ministers met on Friday and discussed fisheries."), None);
    assert_eq!(dated(""), None);
}

#[test]
fn other_labels_are_not_publication() {
    let found = dated("Application deadline: 4 June 2030\n\nThe embassy invites journalists to apply.");
    assert!(found.is_none_or(|f| f.basis == DateBasis::Inferred));
}

#[test]
fn anchors() {
    assert!(!anchor(None).year_known);
    let found = dated("KYIV, 3 March 2014 (Interfax) -- The acting president called up reservists.").unwrap();
    assert!(anchor(Some(&found)).year_known);
    assert_eq!(found.published().earliest, "2014-03-03");
}
