//! When the act of a trigger takes place.
//!
//! Every temporal expression of the document is resolved once, in the light of the tense of its clause, of
//! the document's date, and of the citation that covers it: a report of March 31 that tells of "Friday"
//! means the Friday by that day. A trigger takes the expression that the parse puts into its clause; an
//! expression that belongs to another act, or to the saying of what is said, is never borrowed. Where no
//! words tell the time, there is none: the document's date is not a date of what it tells.

pub(crate) mod cues;
pub(crate) mod tense;

use std::ops::Range;

use chancery_core::record::{Basis, Extent, Time};
use chancery_core::{Aspect, Precision, Status, StatusParts, ZoneKind};
use chancery_language::model::Analysis;
use chancery_time::expression::Vague;
use chancery_time::{Anchor, Expression, Form, Kind, Resolved, Signal, Tense, resolve};
use jiff::ToSpan;

use crate::citations::CitationFound;
use crate::document_date::{Dated, anchor};
use crate::scene::Scene;
use crate::sentence::{base, clause, path_up, preposition};
use cues::{Cue, is_cue};
use tense::clause_tense;

/// From this probability of the model a word counts as telling of an act of its own, so that the times
/// that hang on it are its own.
const OWN_EVENT: f32 = 0.4;

/// A temporal expression in the document, resolved.
#[derive(Debug, Clone)]
struct Timed {
    expression: Expression,
    /// Words that it takes.
    words: Range<usize>,
    /// The word of these on which the others hang.
    head: usize,
    sentence: usize,
    resolved: Resolved,
    /// Part of a citation, a dateline or a header: it dates a report, not an act.
    of_report: bool,
}

/// The times of a document.
#[derive(Debug, Clone)]
pub struct TimeTable<'a> {
    /// In the order of the text.
    entries: Vec<Timed>,
    citations: &'a [CitationFound],
    /// The day of each citation, where its words give one.
    cited: Vec<Option<Anchor>>,
}

/// How an expression hangs together with a trigger; smaller is nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Closeness {
    /// 0 the same clause, 1 another clause of the sentence.
    outside: u8,
    /// Steps in the tree.
    steps: usize,
    /// Bytes between them.
    bytes: usize,
}

impl<'a> TimeTable<'a> {
    /// Resolves the expressions of a document. `dated` is the document's date as far as it is known.
    pub fn new(
        scene: &Scene<'_>,
        timexes: Vec<Expression>,
        dated: Option<&Dated>,
        citations: &'a [CitationFound],
    ) -> TimeTable<'a> {
        let document = anchor(dated);
        let cited: Vec<Option<Anchor>> = citations.iter().map(|c| citation_anchor(c, &document)).collect();
        let tenses: Vec<Tense> = timexes.iter().map(|e| tense_at(scene, e)).collect();
        let mut told = tenses.iter().copied();
        let resolved =
            chancery_time::resolve_all(&timexes, &document, |_| told.next().unwrap_or(Tense::Unknown));
        let mut entries: Vec<Timed> = Vec::with_capacity(timexes.len());
        let mut previous: Option<Resolved> = None;
        for ((expression, resolved), tense) in timexes.into_iter().zip(resolved).zip(tenses) {
            let words = scene.word_at(expression.range.start)..word_end(scene, expression.range.end);
            let Some(head) = head_of(scene.analysis, &words) else { continue };
            let cover = citations.iter().position(|c| holds(&c.covers, &expression.range));
            let inside = citations.iter().any(|c| dates(c, &expression.range));
            let resolved = match cover.and_then(|c| cited.get(c).copied().flatten()) {
                Some(own) if !inside && speaks_from_anchor(&expression.form) => {
                    resolve(&expression, &own, tense, previous.as_ref())
                }
                _ => resolved,
            };
            if matches!(expression.kind, Kind::Date | Kind::Time) && resolved.start.is_some() && !inside {
                previous = Some(resolved.clone());
            }
            let sentence = scene.analysis.tokens.get(head).map_or(0, |t| t.sentence);
            let of_report = inside || in_report_line(scene, sentence, &expression.range);
            entries.push(Timed { expression, words, head, sentence, resolved, of_report });
        }
        TimeTable { entries: joined(scene, entries), citations, cited }
    }

    /// When the act of a trigger takes, took or will take place; none if the text does not say.
    ///
    /// `governed` are words that the model or the trigger's light verb bind to the act: a word of a temporal
    /// expression among them decides, any other one counts like the trigger itself.
    pub fn of_event(
        &self,
        scene: &Scene<'_>,
        trigger: usize,
        status: &StatusParts,
        governed: &[usize],
    ) -> Option<Time> {
        let a = scene.analysis;
        let token = a.tokens.get(trigger)?;
        let from = self.entries.partition_point(|e| e.sentence < token.sentence);
        let own: Vec<usize> = std::iter::once(trigger)
            .chain(governed.iter().copied().filter(|w| matches!(a.upos(*w), "VERB" | "AUX")))
            .collect();
        let best = self
            .entries
            .iter()
            .skip(from)
            .take_while(|e| e.sentence == token.sentence)
            .filter(|e| !e.of_report && places_an_act(&e.expression))
            .filter_map(|e| {
                let bytes = e.expression.range.start.abs_diff(token.range.start);
                let named = e.words.clone().any(|w| governed.contains(&w));
                let near = closeness(a, e, trigger, &own, bytes);
                let near = match (named, near) {
                    (true, Some(near)) => Some(Closeness { outside: 0, steps: 0, ..near }),
                    // What the model binds against the parse counts less than what the parse binds.
                    (true, None) => Some(Closeness { outside: 1, steps: 8, bytes }),
                    (false, near) => near,
                };
                Some((near?, e))
            })
            .min_by_key(|(near, _)| *near);
        let (near, entry) = best?;
        let basis = if near.outside == 0 { Basis::Clause } else { Basis::Sentence };
        let mut time = record(scene, entry, basis, extent(a, entry, trigger, &own, status), lasting(status));
        if status.status() == Status::Happened
            && let Some(told) = self.told_on(token.range.start)
        {
            // What a report tells as done was done by the day of the report.
            let latest = told.to_string();
            if time.start.as_ref().is_some_and(|s| *s <= latest)
                && time.end.as_ref().is_some_and(|e| *e > latest)
            {
                time.end = Some(latest);
            }
        }
        Some(time)
    }

    /// The day of the citation that covers a byte.
    fn told_on(&self, byte: usize) -> Option<jiff::civil::Date> {
        let at = self.citations.iter().position(|c| c.covers.contains(&byte))?;
        self.cited.get(at).copied().flatten().map(|anchor| anchor.date)
    }
}

/// Whether an expression can place an act in the calendar: not a mere length of time or a recurrence.
fn places_an_act(expression: &Expression) -> bool {
    match &expression.form {
        Form::Duration { extent, .. } => extent.is_some() || expression.signal == Some(Signal::Since),
        Form::Set(_) => false,
        _ => true,
    }
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// One past the last word that begins before a byte.
fn word_end(scene: &Scene<'_>, byte: usize) -> usize {
    scene.analysis.tokens.partition_point(|t| t.range.start < byte)
}

/// The word of a stretch whose head lies outside it.
fn head_of(a: &Analysis, words: &Range<usize>) -> Option<usize> {
    words.clone().find(|w| {
        *w < a.tokens.len() && a.upos(*w) != "PUNCT" && a.head(*w).is_none_or(|h| !words.contains(&h))
    })
}

/// The tense around an expression; a headline's present tells what was.
fn tense_at(scene: &Scene<'_>, expression: &Expression) -> Tense {
    let words = scene.word_at(expression.range.start)..word_end(scene, expression.range.end);
    let Some(head) = head_of(scene.analysis, &words) else { return Tense::Unknown };
    let tense = clause_tense(scene.analysis, head);
    let sentence = scene.analysis.tokens.get(head).and_then(|t| scene.analysis.sentences.get(t.sentence));
    if tense == Tense::Present && sentence.is_some_and(|s| s.zone == ZoneKind::Headline) {
        return Tense::Past;
    }
    tense
}

/// Whether an expression stands in a header or in front of the first sentence of a report.
fn in_report_line(scene: &Scene<'_>, sentence: usize, range: &Range<usize>) -> bool {
    let Some(span) = scene.analysis.sentences.get(sentence) else { return false };
    if matches!(span.zone, ZoneKind::Header | ZoneKind::Dateline) {
        return true;
    }
    chancery_language::segment::dateline(scene.text(), span.range.clone()).is_some_and(|d| holds(&d, range))
        || scene
            .document
            .zones
            .iter()
            .any(|z| matches!(z.kind, ZoneKind::Header | ZoneKind::Dateline) && holds(&z.range, range))
}

/// Whether an expression stands in a citation.
pub(crate) fn dates(citation: &CitationFound, range: &Range<usize>) -> bool {
    holds(&citation.range, range) || citation.timex.as_ref().is_some_and(|own| own.range == *range)
}

/// The day of a citation as the day from which the words that it covers speak.
fn citation_anchor(citation: &CitationFound, document: &Anchor) -> Option<Anchor> {
    let resolved = resolve(citation.timex.as_ref()?, document, Tense::Past, None);
    let date = resolved.start.filter(|start| Some(*start) == resolved.end)?;
    Some(Anchor { date, year_known: true })
}

/// Whether a form is counted from the day of speaking: "Friday", "yesterday", "last week".
fn speaks_from_anchor(form: &Form) -> bool {
    use chancery_time::expression::{Calendar, Reference};
    match form {
        Form::Calendar(c) => matches!(c, Calendar { year: None, .. }),
        Form::Offset { from, .. } => *from == Reference::Anchor,
        Form::Clock { day: Some(day), .. } => speaks_from_anchor(day),
        Form::Within { whole, .. } => speaks_from_anchor(whole),
        Form::Unit { .. } | Form::Deictic { .. } | Form::Vague(_) | Form::Clock { .. } => true,
        Form::Duration { extent, .. } => extent.is_some(),
        _ => false,
    }
}

/// Joins the two ends of "from March 3 to March 9" and "between 1994 and 1996".
fn joined(scene: &Scene<'_>, entries: Vec<Timed>) -> Vec<Timed> {
    let mut out: Vec<Timed> = Vec::with_capacity(entries.len());
    for entry in entries {
        if let Some(first) = out.last_mut()
            && first.sentence == entry.sentence
            && first.expression.kind == Kind::Date
            && entry.expression.kind == Kind::Date
            && matches!(first.expression.signal, Some(Signal::From | Signal::Between))
        {
            let between =
                scene.cut(&(first.expression.range.end..entry.expression.range.start)).trim().to_lowercase();
            let ends = match first.expression.signal {
                Some(Signal::Between) => between == "and",
                _ => matches!(between.as_str(), "to" | "until" | "till" | "through" | "-" | "–"),
            };
            if ends && first.resolved.start <= entry.resolved.start {
                first.resolved = chancery_time::span(&first.resolved, &entry.resolved);
                first.expression.range.end = entry.expression.range.end;
                first.expression.signal = Some(Signal::Between);
                first.words.end = entry.words.end;
                continue;
            }
        }
        out.push(entry);
    }
    out
}

/// How near an expression is to a trigger; none if it belongs to something else.
fn closeness(a: &Analysis, entry: &Timed, trigger: usize, own: &[usize], bytes: usize) -> Option<Closeness> {
    let down = path_up(a, entry.head);
    let up = path_up(a, trigger);
    let (steps_down, meeting) =
        down.iter().enumerate().find(|(_, w)| up.contains(w)).map(|(i, w)| (i, *w))?;
    let steps_up = up.iter().position(|w| *w == meeting)?;
    let mut outside = 0;
    // From the expression up to the meeting word: it must belong to no other clause or act on the way.
    for pair in down.get(..steps_down)?.iter().skip(1) {
        if own.contains(pair) {
            return Some(Closeness { outside, steps: 1, bytes });
        }
        // "Talks scheduled for Thursday": the participle tells when the act is to be.
        let schedules = is_cue(a.lemma(*pair), Cue::Prospective)
            && base(a.relation(*pair)) == "acl"
            && a.head(*pair).is_some_and(|h| own.contains(&h));
        if schedules {
            return Some(Closeness { outside, steps: 2, bytes });
        }
        if opens_clause(a, *pair) || tells_of_act(a, *pair) {
            return None;
        }
    }
    if let Some(carrier) = down.get(1).filter(|h| **h != meeting && !own.contains(h))
        && modifies_noun(a, entry.head, *carrier)
    {
        return None;
    }
    if steps_down == 0 {
        return Some(Closeness { outside, steps: 0, bytes });
    }
    if own.contains(&meeting) {
        return Some(Closeness { outside, steps: steps_down, bytes });
    }
    // "Ratified the 1996 treaty": a date inside a noun phrase belongs to its noun.
    if steps_down == 1 && modifies_noun(a, entry.head, meeting) {
        return None;
    }
    // From the trigger up to the meeting word.
    for (at, word) in up.get(..steps_up)?.iter().enumerate() {
        let over = up.get(at + 1).copied();
        outside |= leave(a, *word, over, own)?;
    }
    // The date of another act's verb is not that of the act named by its object.
    if meeting != trigger && tells_of_act(a, meeting) && !own.contains(&meeting) {
        let nominal = !matches!(a.upos(trigger), "VERB" | "AUX");
        let within = up.get(steps_up.saturating_sub(1)).is_some_and(|w| is_setting(a, *w));
        if nominal && !within && outside == 0 && is_cue(a.lemma(meeting), Cue::Conveyance) {
            return None;
        }
        if nominal && !within && outside == 0 && matches!(base(a.relation(trigger)), "obj" | "obl" | "nmod") {
            outside = 1;
        }
    }
    Some(Closeness { outside, steps: steps_down + steps_up, bytes })
}

/// Crossing from a word to the one above it: 0 within the clause, 1 into a clause that shares its time, none
/// where it does not.
fn leave(a: &Analysis, word: usize, over: Option<usize>, own: &[usize]) -> Option<u8> {
    let over = over?;
    if own.contains(&over) && own.contains(&word) {
        return Some(0);
    }
    match base(a.relation(word)) {
        "conj" if matches!(a.upos(word), "VERB" | "AUX") => Some(1),
        "xcomp" if is_cue(a.lemma(over), Cue::Implicative) => Some(0),
        // "Arrived on Monday, meeting the premier": the participle shares the time.
        "advcl" if a.xpos(word) == "VBG" => Some(1),
        "xcomp" | "ccomp" | "advcl" | "acl" | "parataxis" | "csubj" | "dislocated" | "discourse" => None,
        // "Following the visit, talks began on Monday": the visit has another time.
        "obl" | "nmod" if preposition(a, word).is_some_and(|p| is_cue(&p.to_lowercase(), Cue::Apart)) => None,
        "appos" => Some(1),
        _ => Some(0),
    }
}

/// Whether a word opens a clause of its own.
fn opens_clause(a: &Analysis, word: usize) -> bool {
    let relation = base(a.relation(word));
    matches!(relation, "ccomp" | "xcomp" | "advcl" | "acl" | "parataxis" | "csubj")
        || (relation == "conj" && matches!(a.upos(word), "VERB" | "AUX"))
}

fn tells_of_act(a: &Analysis, word: usize) -> bool {
    a.states.get(word).is_some_and(|s| s.event() >= OWN_EVENT)
}

/// Whether a word stands inside a noun phrase in front of its head, as "February" in "the February talks".
fn modifies_noun(a: &Analysis, word: usize, head: usize) -> bool {
    word < head
        && matches!(a.upos(head), "NOUN" | "PROPN")
        && matches!(base(a.relation(word)), "compound" | "nmod" | "amod" | "nummod")
}

/// "In the attack", "during the visit": the act is the setting of the clause and has its time.
fn is_setting(a: &Analysis, word: usize) -> bool {
    base(a.relation(word)) == "obl"
        && matches!(preposition(a, word).as_deref(), Some("in" | "during" | "at" | "with" | "by"))
}

fn lasting(status: &StatusParts) -> bool {
    matches!(status.aspect, Aspect::Situation | Aspect::Habitual)
}

/// How the act lies in the time of an expression.
fn extent(a: &Analysis, entry: &Timed, trigger: usize, own: &[usize], status: &StatusParts) -> Extent {
    let lasting = lasting(status);
    match entry.expression.signal {
        Some(Signal::Since) => return Extent::Since,
        Some(Signal::Until) => return Extent::Until,
        Some(Signal::By | Signal::Before) if !lasting => return Extent::Within,
        _ => {}
    }
    if lasting {
        let verbs = own.iter().copied().chain(a.head(trigger)).chain([clause(a, trigger)]);
        for verb in verbs {
            if is_cue(a.lemma(verb), Cue::Inception) {
                return Extent::Since;
            }
            if is_cue(a.lemma(verb), Cue::Termination) {
                return Extent::Until;
            }
        }
        return Extent::Spanning;
    }
    let day = entry.resolved.start.is_some() && entry.resolved.start == entry.resolved.end;
    if day { Extent::Spanning } else { Extent::Within }
}

fn record(scene: &Scene<'_>, entry: &Timed, basis: Basis, extent: Extent, lasting: bool) -> Time {
    let resolved = &entry.resolved;
    let words = scene.words(&entry.expression.range);
    let vague = matches!(&entry.expression.form, Form::Vague(Vague::Past | Vague::Future));
    let today = matches!(&entry.expression.form, Form::Vague(Vague::Present));
    let (mut start, mut end) = (resolved.start, resolved.end);
    if today && lasting {
        // A state that lasts "now" has no beginning and no end on that day.
        (start, end) = (None, None);
    }
    match (extent, entry.expression.signal) {
        (Extent::Since, _) => end = None,
        (Extent::Until, _) => start = None,
        (_, Some(Signal::By)) => start = None,
        (_, Some(Signal::Before)) => {
            end = start.and_then(|day| day.checked_sub(1.day()).ok());
            start = None;
        }
        (_, Some(Signal::After)) if !today => {
            start = end.and_then(|day| day.checked_add(1.day()).ok());
            end = None;
        }
        _ => {}
    }
    if vague {
        // "Recently" and "soon" say on which side of the report's day, which the status says as well.
        (start, end) = (None, None);
    }
    Time {
        start: start.map(|d| d.to_string()),
        end: end.map(|d| d.to_string()),
        precision: precision(resolved.precision),
        extent,
        basis,
        timex: Some(resolved.value.clone()),
        text: Some(words.text),
        span: Some(words.span),
    }
}

/// The record's word for a precision.
fn precision(precision: chancery_time::Precision) -> Precision {
    use chancery_time::Precision as P;
    match precision {
        P::Time => Precision::Time,
        P::Day => Precision::Day,
        P::Week => Precision::Week,
        P::MonthPart => Precision::MonthPart,
        P::Month => Precision::Month,
        P::Season => Precision::Season,
        P::Year => Precision::Year,
        P::Decade => Precision::Decade,
        P::Century => Precision::Century,
    }
}

#[cfg(test)]
mod tests;
