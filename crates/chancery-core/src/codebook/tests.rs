//! The tables are in order, and single rows say what they should.

use std::collections::BTreeSet;

use super::*;
use crate::status::{Aspect, Disposition, Modality, Polarity, Status, StatusParts};

mod lookups;
mod problems;

/// A sentence as rows of form, lemma, Penn tag, head (from 1, 0 the root), relation.
struct Sentence {
    rows: Vec<(&'static str, &'static str, &'static str, usize, &'static str)>,
}

/// A word of a [`Sentence`], counted from 0.
#[derive(Clone, Copy)]
struct Word<'s> {
    sentence: &'s Sentence,
    at: usize,
}

impl PartialEq for Word<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Sentence {
    /// Reads "form/lemma/tag/head/relation" words parted by spaces.
    fn parse(text: &'static str) -> Sentence {
        let rows = text
            .split_whitespace()
            .map(|word| {
                let mut parts = word.split('/');
                let mut next = || parts.next().expect("five parts");
                (next(), next(), next(), next().parse().expect("a number"), next())
            })
            .collect();
        Sentence { rows }
    }

    fn word(&self, form: &str) -> Word<'_> {
        let at = self.rows.iter().position(|row| row.0 == form).expect("a word of the sentence");
        Word { sentence: self, at }
    }
}

impl Node for Word<'_> {
    fn form(&self) -> &str {
        self.sentence.rows[self.at].0
    }
    fn lemma(&self) -> &str {
        self.sentence.rows[self.at].1
    }
    fn tag(&self) -> &str {
        self.sentence.rows[self.at].2
    }
    fn relation(&self) -> &str {
        self.sentence.rows[self.at].4
    }
    fn head(&self) -> Option<Self> {
        self.sentence.rows[self.at].3.checked_sub(1).map(|at| Word { sentence: self.sentence, at })
    }
    fn children(&self) -> impl Iterator<Item = Self> {
        let (sentence, head) = (self.sentence, self.at + 1);
        sentence
            .rows
            .iter()
            .enumerate()
            .filter(move |(_, row)| row.3 == head)
            .map(move |(at, _)| Word { sentence, at })
    }
}

fn forms(words: Vec<Word<'_>>) -> Vec<String> {
    words.iter().map(|word| word.form().to_owned()).collect()
}

fn first_filled(slots: &[Slot], trigger: Word<'_>) -> Vec<String> {
    slots.iter().map(|slot| forms(slot.fill(trigger))).find(|found| !found.is_empty()).unwrap_or_default()
}

#[test]
fn the_builtin_tables_have_no_problems() {
    let problems = Codebook::builtin_problems();
    assert!(problems.is_empty(), "{}", CodebookError::Problems(problems));
}

#[test]
fn every_act_has_triggers_of_verbs_and_nouns() {
    let book = Codebook::builtin();
    for act in Act::ALL {
        for pos in [PartOfSpeech::Verb, PartOfSpeech::Noun] {
            let words: BTreeSet<_> = book
                .triggers()
                .iter()
                .filter(|row| row.act == *act && row.pos == pos && row.strength != Strength::None)
                .map(|row| &row.word)
                .collect();
            assert!(words.len() >= 8, "{act} has only {} {pos} triggers", words.len());
        }
    }
}

#[test]
fn every_mode_but_the_unworded_has_a_trigger() {
    let book = Codebook::builtin();
    for entry in book.modes() {
        assert!(
            book.triggers().iter().any(|row| row.act == entry.act && row.mode == Some(entry.mode)),
            "no trigger tells of {} {}",
            entry.act,
            entry.mode
        );
    }
}

#[test]
fn exactly_one_row_derives_every_act_mode_and_status() {
    let book = Codebook::builtin();
    for act in Act::ALL {
        for mode in Mode::ALL.iter().copied().map(Some).chain([None]) {
            if mode.is_some_and(|mode| book.mode(*act, mode).is_none()) {
                continue;
            }
            for parts in all_parts() {
                let derived = book.derive(*act, mode, None, &parts);
                let context = format!("{act} {mode:?} {parts:?}");
                if matches!(parts.status(), Status::Hypothetical | Status::Denied | Status::CalledOff) {
                    assert_eq!((derived.event, derived.cameo, derived.quad), (None, None, None), "{context}");
                    continue;
                }
                if *act != Act::Statement {
                    assert_eq!(derived.event.is_some(), derived.quad.is_some(), "{context}");
                }
                assert_ne!(derived.event, Some(Act::Statement), "{context}");
                assert_eq!(derived.quad.is_some(), derived.intensity.is_some(), "{context}");
                if let (Some(event), Some(mode)) = (derived.event, derived.mode) {
                    assert!(book.mode(event, mode).is_some(), "{context}: {event} {mode}");
                }
                if let (Some(event), Some(code)) = (derived.event, derived.cameo) {
                    let entry = book.cameo(code).unwrap();
                    assert!(entry.act == event || entry.also.contains(&event), "{context}: {event} {code}");
                }
            }
        }
    }
}

fn all_parts() -> impl Iterator<Item = StatusParts> {
    let dispositions =
        [None, Some(Disposition::Kept), Some(Disposition::Postponed), Some(Disposition::CalledOff)];
    Polarity::ALL.iter().flat_map(move |polarity| {
        Modality::ALL.iter().flat_map(move |modality| {
            Aspect::ALL.iter().flat_map(move |aspect| {
                [false, true].into_iter().flat_map(move |background| {
                    dispositions.into_iter().map(move |disposition| StatusParts {
                        polarity: *polarity,
                        modality: *modality,
                        aspect: *aspect,
                        background,
                        disposition,
                    })
                })
            })
        })
    })
}

fn with(modality: Modality) -> StatusParts {
    StatusParts { modality, ..StatusParts::default() }
}

fn derived(
    act: Act,
    mode: Option<Mode>,
    cameo: &str,
    parts: StatusParts,
) -> (Option<Act>, Option<Mode>, Option<&'static str>) {
    let derived = Codebook::builtin().derive(act, mode, Some(cameo), &parts);
    (derived.event, derived.mode, derived.cameo)
}

#[test]
fn what_happened_keeps_its_act_mode_and_code() {
    let visit = derived(Act::Consult, Some(Mode::Visit), "042", StatusParts::default());
    assert_eq!(visit, (Some(Act::Consult), Some(Mode::Visit), Some("042")));
    let derived =
        Codebook::builtin().derive(Act::Consult, Some(Mode::Visit), Some("042"), &StatusParts::default());
    assert_eq!(derived.quad, Some(Quad::VerbalCooperation));
    assert_eq!(derived.intensity, Some(4.0));
    assert_eq!(derived.goldstein, Some(1.9));
}

#[test]
fn house_rules_for_what_is_to_come() {
    let planned = with(Modality::Planned);
    assert_eq!(
        derived(Act::Consult, Some(Mode::Visit), "042", planned),
        (Some(Act::Agree), None, Some("036"))
    );
    assert_eq!(derived(Act::Consult, None, "045", planned), (Some(Act::Agree), None, Some("039")));
    assert_eq!(derived(Act::Support, None, "057", planned), (Some(Act::Agree), None, Some("032")));
    assert_eq!(derived(Act::Cooperate, None, "061", planned), (Some(Act::Agree), None, Some("0311")));
    assert_eq!(
        derived(Act::Aid, None, "073", with(Modality::Offered)),
        (Some(Act::Agree), None, Some("0333"))
    );
    assert_eq!(
        derived(Act::Retreat, Some(Mode::Release), "0841", planned),
        (Some(Act::Concede), None, Some("0353"))
    );
    assert_eq!(
        derived(Act::Assault, Some(Mode::Aerial), "195", planned),
        (Some(Act::Threaten), Some(Mode::Violence), Some("1384"))
    );
    assert_eq!(
        derived(Act::Coerce, Some(Mode::Curfew), "1723", with(Modality::Threatened)),
        (Some(Act::Threaten), Some(Mode::Restrict), Some("1323"))
    );
    assert_eq!(
        derived(Act::Coerce, Some(Mode::Seize), "192", planned),
        (Some(Act::Threaten), Some(Mode::Territory), Some("1382"))
    );
    assert_eq!(
        derived(Act::Sanction, Some(Mode::Discontinue), "163", planned),
        (Some(Act::Threaten), Some(Mode::Restrict), Some("1312"))
    );
    assert_eq!(
        derived(Act::Retreat, Some(Mode::Resign), "0831", with(Modality::Threatened)).0,
        Some(Act::Threaten)
    );
    assert_eq!(derived(Act::Accuse, Some(Mode::Allege), "115", planned).0, Some(Act::Accuse));
}

#[test]
fn house_rules_for_what_is_asked_for() {
    let requested = with(Modality::Requested);
    assert_eq!(
        derived(Act::Retreat, Some(Mode::Release), "0841", requested),
        (Some(Act::Request), Some(Mode::Yield), Some("0253"))
    );
    assert_eq!(
        derived(Act::Consult, None, "046", requested),
        (Some(Act::Request), Some(Mode::Meet), Some("026"))
    );
    assert_eq!(
        derived(Act::Aid, None, "072", requested),
        (Some(Act::Request), Some(Mode::Assist), Some("0232"))
    );
    assert_eq!(derived(Act::Assault, None, "190", requested), (Some(Act::Request), None, Some("020")));
}

#[test]
fn house_rules_for_attempts() {
    let tried = with(Modality::Attempted);
    assert_eq!(
        derived(Act::Assault, Some(Mode::Targeted), "186", tried),
        (Some(Act::Assault), Some(Mode::Targeted), Some("185"))
    );
    assert_eq!(derived(Act::Assault, Some(Mode::Explosives), "183", tried).2, Some("183"));
    assert_eq!(derived(Act::Consult, None, "045", tried), (Some(Act::Agree), None, Some("039")));
    assert_eq!(derived(Act::Retreat, None, "0874", tried), (None, None, None));
}

#[test]
fn a_statement_has_a_code_and_no_plover_event() {
    let speech = Codebook::builtin().derive(Act::Statement, None, None, &StatusParts::default());
    assert_eq!((speech.event, speech.cameo), (None, Some("010")));
    assert_eq!((speech.quad, speech.intensity), (Some(Quad::VerbalCooperation), Some(0.0)));
}

#[test]
fn the_content_refines_a_bare_outer_act() {
    let book = Codebook::builtin();
    assert_eq!(book.refine("020", Act::Retreat, Some("0841")), Some((Some(Mode::Yield), "0253")));
    assert_eq!(book.refine("100", Act::Consult, None), Some((Some(Mode::Meet), "106")));
    assert_eq!(book.refine("120", Act::Aid, Some("072")), Some((Some(Mode::Assist), "1222")));
    assert_eq!(book.refine("130", Act::Assault, Some("190")), Some((Some(Mode::Violence), "1384")));
    assert_eq!(book.refine("030", Act::Cooperate, Some("061")), Some((None, "0311")));
    assert_eq!(book.refine("0253", Act::Consult, None), None, "the outer code says more already");
    assert_eq!(book.refine("190", Act::Consult, None), None, "an attack has no content");
}

#[test]
fn codes_are_strings() {
    let book = Codebook::builtin();
    assert_eq!(book.cameo("010").map(|entry| entry.act), Some(Act::Statement));
    assert_eq!(book.cameo("10").map(|entry| entry.act), Some(Act::Request));
    assert_eq!(book.cameo("1"), None);
}
