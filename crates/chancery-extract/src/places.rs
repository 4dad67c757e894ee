//! Where the act of a trigger is done.
//!
//! A name of a place counts if the parse puts it into the trigger's clause as its place: behind a locative
//! preposition, in front of the noun of the act ("the Paris talks"), as what is visited or shelled, or as the
//! end of a journey. A capital that acts, is addressed or is owned by somebody is a government and no place.
//! Nothing is taken from other acts' clauses, nor from the dateline.

mod resolve;
mod toponyms;
mod words;

use chancery_core::record::{Basis, Place, PlaceRole};
use chancery_language::model::Analysis;

use crate::scene::Scene;
use crate::sentence::{base, path_up, preposition};
use crate::times::cues::{Cue, is_cue};
use resolve::resolve;
use toponyms::Toponym;
use words::{Class, role};

/// From this probability of the model a word counts as telling of an act of its own.
const OWN_EVENT: f32 = 0.25;
/// Steps in the tree that a place may be away from the word of its clause.
const LONGEST_CHAIN: usize = 6;

/// Places of a trigger's act, in the order of the text.
///
/// `governed` are words that the model or the trigger's light verb bind to the act, `participants` the head
/// words of those who act and are acted upon.
pub fn of_event(scene: &Scene<'_>, trigger: usize, governed: &[usize], participants: &[usize]) -> Vec<Place> {
    let a = scene.analysis;
    let Some(sentence) = a.tokens.get(trigger).and_then(|t| a.sentences.get(t.sentence)) else {
        return Vec::new();
    };
    let own: Vec<usize> = std::iter::once(trigger)
        .chain(governed.iter().copied().filter(|w| matches!(a.upos(*w), "VERB" | "AUX")))
        .collect();
    let mut out: Vec<Place> = Vec::new();
    for toponym in toponyms::find(scene, &sentence.tokens) {
        let Some((role, basis)) = place_of(a, &toponym, trigger, &own, governed, participants) else {
            continue;
        };
        let place = record(scene, &toponym, role, basis);
        let same = out
            .iter()
            .any(|p| p.role == place.role && p.geonameid.is_some() && p.geonameid == place.geonameid);
        if !same {
            out.push(place);
        }
    }
    out
}

/// In which role, and on what grounds, a name is a place of the trigger's act.
fn place_of(
    a: &Analysis,
    toponym: &Toponym,
    trigger: usize,
    own: &[usize],
    governed: &[usize],
    participants: &[usize],
) -> Option<(PlaceRole, Basis)> {
    let mut head = toponym.head;
    // "The city of Homs", "the town of Bakhmut": the common noun is what stands in the clause.
    if base(a.relation(head)) == "nmod"
        && let Some(noun) = a.head(head).filter(|n| a.upos(*n) == "NOUN" && !own.contains(n))
        && preposition(a, head).as_deref() == Some("of")
        && locative(a, noun, toponym).is_some()
    {
        head = noun;
    }
    // "Capitals of X and Y", "in X and Y": a conjunct stands where the first one stands.
    head = crate::sentence::first_conjunct(a, head);
    if matches!(base(a.relation(head)), "compound" | "amod" | "nmod" | "appos") && !own.contains(&head) {
        let above = a.head(head)?;
        let front = head < above && preposition(a, head).is_none() && a.relation(head) != "nmod:poss";
        if front && own.contains(&above) && !toponym.state && !participants.contains(&head) {
            return Some((PlaceRole::At, Basis::Clause));
        }
        // "In the Helmand province", "in Gaza City's centre": the name explains the noun of the place.
        if front && !own.contains(&above) && !tells_of_act(a, above) && locative(a, above, toponym).is_some()
        {
            head = above;
        }
    }
    let above = a.head(head)?;
    let object = matches!(a.relation(head), "obj" | "nsubj:pass")
        || (base(a.relation(head)) == "nmod"
            && own.contains(&above)
            && matches!(preposition(a, head).as_deref(), Some("of" | "on")));
    if object && own.contains(&above) {
        let class = if matches!(a.upos(above), "VERB" | "AUX") { Class::Object } else { Class::Noun };
        return role_word(a, above, class).map(|role| (role, Basis::Participant));
    }
    let found = locative(a, head, toponym)?;
    let role = match found {
        Stands::At(role) => role,
        Stands::Towards => own
            .iter()
            .chain(std::iter::once(&above))
            .find_map(|w| role_word(a, *w, Class::Journey).or_else(|| role_word(a, *w, Class::Motion)))?,
    };
    // What the model binds to the act belongs to it.
    if toponym.words.clone().any(|w| governed.contains(&w)) {
        return Some((role, Basis::Clause));
    }
    attached(a, head, trigger, own, participants).map(|basis| (role, basis))
}

/// How a preposition places a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    At(PlaceRole),
    /// Behind "to": a place only where something moves.
    Towards,
}

fn locative(a: &Analysis, word: usize, toponym: &Toponym) -> Option<Stands> {
    let preposition = preposition(a, word)?;
    let preposition = preposition.to_lowercase();
    if let Some(found) = role(&preposition, Class::Preposition) {
        return Some(Stands::At(found));
    }
    if !toponym.state
        && let Some(found) = role(&preposition, Class::Surface)
    {
        return Some(Stands::At(found));
    }
    role(&preposition, Class::Heading).map(|_| Stands::Towards)
}

fn role_word(a: &Analysis, word: usize, class: Class) -> Option<PlaceRole> {
    role(&a.lemma(word).to_lowercase(), class)
}

fn tells_of_act(a: &Analysis, word: usize) -> bool {
    a.states.get(word).is_some_and(|s| s.event() >= OWN_EVENT)
}

/// Whether the place that hangs on a word belongs to the trigger's clause, and how surely.
fn attached(
    a: &Analysis,
    place: usize,
    trigger: usize,
    own: &[usize],
    participants: &[usize],
) -> Option<Basis> {
    let down = path_up(a, place);
    let up = path_up(a, trigger);
    let (steps_down, meeting) =
        down.iter().enumerate().find(|(_, w)| up.contains(w)).map(|(i, w)| (i, *w))?;
    if steps_down > LONGEST_CHAIN || steps_down == 0 {
        return None;
    }
    for word in down.get(1..steps_down)? {
        if own.contains(word) {
            return Some(Basis::Clause);
        }
        let relation = base(a.relation(*word));
        let clause =
            matches!(relation, "ccomp" | "xcomp" | "advcl" | "acl" | "parataxis" | "csubj" | "appos")
                || (relation == "conj" && matches!(a.upos(*word), "VERB" | "AUX"));
        // Who or what is acted upon is no act: "attacked a convoy near the pass".
        let patient = participants.contains(word) && is_patient(a, *word);
        if clause || (tells_of_act(a, *word) && !patient) {
            return None;
        }
        // "Officials in Rome said", "rebels from Darfur": where somebody is at home, not where it is done.
        let somebody = matches!(base(a.relation(*word)), "nsubj") && a.relation(*word) != "nsubj:pass";
        if somebody || (participants.contains(word) && !is_patient(a, *word)) {
            return None;
        }
    }
    if own.contains(&meeting) {
        return Some(Basis::Clause);
    }
    let mut basis = Basis::Clause;
    let steps_up = up.iter().position(|w| *w == meeting)?;
    for (at, word) in up.get(..steps_up)?.iter().enumerate() {
        let over = *up.get(at + 1)?;
        match base(a.relation(*word)) {
            _ if own.contains(word) && own.contains(&over) => {}
            "conj" if matches!(a.upos(*word), "VERB" | "AUX") => {
                // Only what stands before the first of several verbs is shared by all.
                if place > over {
                    return None;
                }
                basis = Basis::Sentence;
            }
            // "Went to Rome to meet the envoys"; "arrived in Rome, where he met them" is told the same way.
            "advcl" | "xcomp" if going(a, over) => basis = Basis::Sentence,
            // "Following the visit, he arrived in Rome": the visit was elsewhere or at another time.
            "obl" | "nmod"
                if preposition(a, *word).is_some_and(|p| is_cue(&p.to_lowercase(), Cue::Apart)) =>
            {
                return None;
            }
            "xcomp" if !tells_of_act(a, over) => {}
            "xcomp" | "ccomp" | "advcl" | "acl" | "parataxis" | "csubj" | "appos" | "dislocated" => {
                return None;
            }
            _ => {}
        }
    }
    // The place of another act's verb is that of the act in its object only if that verb merely carries it.
    if meeting != trigger && tells_of_act(a, meeting) && !own.contains(&meeting) && basis == Basis::Clause {
        basis = Basis::Sentence;
    }
    Some(basis)
}

fn is_patient(a: &Analysis, word: usize) -> bool {
    matches!(a.relation(word), "obj" | "nsubj:pass")
}

fn going(a: &Analysis, word: usize) -> bool {
    role_word(a, word, Class::Motion).is_some()
}

fn record(scene: &Scene<'_>, toponym: &Toponym, role: PlaceRole, basis: Basis) -> Place {
    let found = resolve(scene, &toponym.name, &toponym.beside);
    let range = scene.bytes(&toponym.words);
    let words = scene.words(&range);
    let place = found.map(|f| f.place);
    Place {
        role,
        basis,
        text: Some(words.text),
        span: Some(words.span),
        name: place.map(|p| p.name.to_string()),
        geonameid: place.and_then(|p| p.geonameid),
        lat: place.map(|p| rounded(p.latitude)),
        lon: place.map(|p| rounded(p.longitude)),
        country: place
            .and_then(|p| p.country.as_deref().map(str::to_owned))
            .or_else(|| toponym.beside.countries.first().cloned()),
        admin1: place.and_then(|p| p.admin1.as_deref().map(str::to_owned)),
        feature: place
            .map(|p| resolve::feature(p).to_owned())
            .or_else(|| toponym.facility.then(|| "facility".to_owned())),
        // A name that no table has is a place all the same, somewhere.
        score: found.map_or(0.3, |f| f.score),
    }
}

/// Degrees to about ten metres, as gazetteers have them.
fn rounded(degrees: f64) -> f64 {
    (degrees * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests;
