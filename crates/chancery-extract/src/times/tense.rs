//! The tense of the clause around a word, from its verb forms.

use chancery_language::model::Analysis;
use chancery_time::Tense;

use super::cues::{Cue, is_cue};
use crate::sentence::{base, clause, dependents, is};

/// How many governing clauses are looked through for a verb with a tense of its own.
const DEPTH: usize = 12;

/// Tense of the clause that holds a word.
///
/// What is wanted, planned or asked for lies ahead, whatever the tense of the wanting; participles and
/// coordinated verbs take the tense of the clause on which they hang.
pub fn clause_tense(a: &Analysis, word: usize) -> Tense {
    // A noun or participle may say itself that the time lies ahead: "talks scheduled for Friday".
    let over =
        a.head(word).filter(|h| is_cue(a.lemma(*h), Cue::Prospective) && !is_verb_of_finite_clause(a, *h));
    if over.is_some_and(|h| !matches!(base(a.relation(h)), "conj")) {
        return Tense::Future;
    }
    let predicate = clause(a, word);
    // "Hopes for a settlement in May": what is hoped for lies ahead, when it was hoped may not.
    let inside =
        a.head(word).is_some_and(|h| h != predicate && matches!(base(a.relation(h)), "obj" | "obl" | "nmod"));
    if inside && is_cue(a.lemma(predicate), Cue::Prospective) {
        return Tense::Future;
    }
    tense_of(a, predicate, 0)
}

fn is_verb_of_finite_clause(a: &Analysis, word: usize) -> bool {
    let passive_plan = a.xpos(word) == "VBN" && a.upos(word) == "VERB";
    a.upos(word) == "VERB" && !passive_plan
}

/// Tense of a predicate.
fn tense_of(a: &Analysis, predicate: usize, depth: usize) -> Tense {
    if depth > DEPTH {
        return Tense::Unknown;
    }
    let auxiliaries: Vec<usize> = dependents(a, predicate, &["aux", "cop"]).collect();
    let modal = auxiliaries.iter().find(|x| a.xpos(**x) == "MD");
    let have = auxiliaries.iter().any(|x| a.lemma(*x) == "have");
    if let Some(modal) = modal {
        // "Would have visited" looks back; "will have visited" still looks ahead.
        return if have && !matches!(a.lemma(*modal), "will" | "shall") {
            Tense::Past
        } else {
            Tense::Future
        };
    }
    if have {
        return Tense::Past;
    }
    // The parser may take "due" in "is due to fly" for a mark of the verb instead of its governor.
    let marked = dependents(a, predicate, &["mark", "aux"]).any(|m| is_cue(a.lemma(m), Cue::Prospective));
    if marked || is_ahead(a, predicate) {
        return Tense::Future;
    }
    let finite = auxiliaries.iter().copied().chain([predicate]).find_map(|x| match a.xpos(x) {
        "VBD" => Some(Tense::Past),
        "VBZ" | "VBP" => Some(Tense::Present),
        _ => None,
    });
    match (finite, a.xpos(predicate)) {
        // "Is visiting Rome on Friday" announces; "was visiting" tells.
        (Some(Tense::Present), "VBG") if !matches!(a.lemma(predicate), "be") => return Tense::Future,
        // "Will decide when the envoy visits on Friday".
        (Some(Tense::Present), _) if is(a, predicate, &["advcl"]) => {
            let above = a.head(predicate).map_or(Tense::Unknown, |h| tense_of(a, clause(a, h), depth + 1));
            return if above == Tense::Future { Tense::Future } else { Tense::Present };
        }
        (Some(tense), _) => return tense,
        (None, "VBN") if matches!(base(a.relation(predicate)), "acl" | "root") => return Tense::Past,
        _ => {}
    }
    let infinitive =
        a.xpos(predicate) == "VB" && dependents(a, predicate, &["mark"]).any(|m| a.lemma(m) == "to");
    let Some(head) = a.head(predicate) else {
        return Tense::Unknown;
    };
    match base(a.relation(predicate)) {
        "xcomp" | "ccomp" | "advcl" | "acl" | "csubj" if infinitive => {
            if is_cue(a.lemma(head), Cue::Implicative) {
                tense_of(a, clause(a, head), depth + 1)
            } else {
                Tense::Future
            }
        }
        "root" => Tense::Unknown,
        _ => tense_of(a, clause(a, head), depth + 1),
    }
}

/// "Is going to meet", "is due in Rome", "was scheduled for Friday", "is set to meet".
fn is_ahead(a: &Analysis, predicate: usize) -> bool {
    let infinitive = || dependents(a, predicate, &["xcomp", "advcl", "ccomp"]).any(|x| a.xpos(x) == "VB");
    match a.lemma(predicate) {
        "go" => a.xpos(predicate) == "VBG" && infinitive(),
        lemma if is_cue(lemma, Cue::Prospective) => {
            let adjective = a.upos(predicate) == "ADJ";
            let passive =
                a.xpos(predicate) == "VBN" && dependents(a, predicate, &["aux"]).any(|x| a.lemma(x) == "be");
            let bare = a.xpos(predicate) == "VBN" && is(a, predicate, &["acl"]);
            adjective
                || bare
                || (passive
                    && matches!(
                        lemma,
                        "due" | "expect" | "plan" | "schedule" | "reschedule" | "set" | "slate"
                    ))
        }
        _ => false,
    }
}
