//! `eval chronicle TEXT GOLD`: a whole report against what a person reads in it.
//!
//! Gold events and mentions are matched one to one, so that the sum of agreement is greatest: a pair needs
//! triggers that overlap, or the same act with the trigger inside the gold words. What matches nothing is an
//! extra, unless it stands in a place marked as no event and is not coded as happened there.

mod gold;
mod matching;

use std::collections::BTreeSet;
use std::ops::Range;

use chancery_core::Status;
use chancery_core::record::{ActorKind, Attribution, Mention, Participant, Span, Time};
use chancery_extract::{Engine, ReadOptions, Reading};
use chancery_sources::{Format, Item, Options};
use serde_json::{Value, json};

use super::{EvalError, Report, lines};
use gold::{Event, Line, Text};
use matching::best_matching;

/// Measures a report.
///
/// # Errors
/// [`EvalError`] when there are not two files, or one cannot be read or is of another form.
pub fn evaluate(engine: &Engine, paths: &[String]) -> Result<Report, EvalError> {
    let [text, gold] = paths else {
        return Err(EvalError::Usage("chronicle takes two files, the report and its gold file".into()));
    };
    let document = report_in(text)?;
    let lines: Vec<Line> = lines::read_rows(gold)?;
    let reading = engine.read(&document, &ReadOptions { force_language: true });
    Ok(Comparison::new(&document.text, &reading, &lines).report())
}

fn report_in(path: &str) -> Result<chancery_core::Document, EvalError> {
    let bytes =
        std::fs::read(path).map_err(|source| EvalError::Unreadable { path: path.to_owned(), source })?;
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let format = Format::from_extension(extension).unwrap_or(Format::Text);
    let mut fault = None;
    for item in chancery_sources::read_bytes(path, &bytes, format, &Options::default()) {
        match item {
            Item::Document(document) => return Ok(*document),
            Item::Failure(failure) => fault = fault.or(Some(failure)),
            Item::Warning(_) => {}
        }
    }
    Err(fault.map_or_else(
        || EvalError::Nothing { path: path.to_owned(), expected: "document" },
        |fault| EvalError::Usage(fault.to_string()),
    ))
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn range(span: Span) -> Range<usize> {
    span.0..span.1
}

/// What agrees between a gold event and the mention that it was matched with.
#[derive(Debug, Clone, Copy, Default)]
struct Agreement {
    trigger: bool,
    inside: bool,
    act: bool,
    status: bool,
    sides: bool,
}

impl Agreement {
    /// Weight of the pair; 0 if it is none.
    fn weight(self) -> u32 {
        let pair = self.trigger || (self.inside && self.act);
        if !pair {
            return 0;
        }
        300 * u32::from(self.trigger)
            + 1000 * u32::from(self.act && self.status)
            + 100 * u32::from(self.act)
            + 20 * u32::from(self.sides)
            + 10 * u32::from(self.status)
            + 1
    }
}

struct Comparison<'a> {
    text: Text,
    reading: &'a Reading,
    lines: &'a [Line],
}

impl<'a> Comparison<'a> {
    fn new(text: &str, reading: &'a Reading, lines: &'a [Line]) -> Comparison<'a> {
        Comparison { text: Text::new(text), reading, lines }
    }

    fn report(&self) -> Report {
        let gold: Vec<&Event> = self
            .lines
            .iter()
            .filter_map(|l| if let Line::Event(e) = l { Some(&**e) } else { None })
            .collect();
        let mut report = Report::new("chronicle", gold.len());
        let matched = self.events(&gold, &mut report);
        self.persons(&mut report);
        self.citations(&mut report);
        self.statements(&mut report);
        self.date(&mut report);
        self.rest(&matched, &mut report);
        report
    }

    fn agreement(
        &self,
        event: &Event,
        words: &Range<usize>,
        trigger: Option<&Range<usize>>,
        mention: &Mention,
    ) -> Agreement {
        let at = range(mention.trigger.span);
        Agreement {
            trigger: trigger.is_some_and(|trigger| overlap(trigger, &at)),
            inside: overlap(words, &at),
            act: event.act == mention.act || event.act_also.contains(&mention.act),
            status: event.status == mention.status || event.status_also.contains(&mention.status),
            sides: same_sides(event, mention),
        }
    }

    /// Compares the events; returns for each mention whether it was matched.
    fn events(&self, gold: &[&Event], report: &mut Report) -> Vec<bool> {
        let mentions = &self.reading.mentions;
        let mut agreements: Vec<Vec<Agreement>> = Vec::new();
        for event in gold {
            let words = self.text.find(&event.sentence);
            let trigger = words.as_ref().and_then(|words| self.text.find_word(&event.trigger, words));
            if words.is_none() {
                report.remark(format!("gold {}: its words do not stand in the report", event.id));
            }
            let words = words.unwrap_or(0..0);
            agreements
                .push(mentions.iter().map(|m| self.agreement(event, &words, trigger.as_ref(), m)).collect());
        }
        let weights: Vec<Vec<u32>> =
            agreements.iter().map(|row| row.iter().map(|agreement| agreement.weight()).collect()).collect();
        let partner = best_matching(&weights, mentions.len());
        let mut matched = vec![false; mentions.len()];
        let mut counts = [0usize; 3];
        let mut fields = Fields::default();
        let mut misses = Vec::new();
        for ((event, row), partner) in gold.iter().zip(&agreements).zip(&partner) {
            let pair = partner.and_then(|at| Some((mentions.get(at)?, *row.get(at)?)));
            if let Some(slot) = partner.and_then(|at| matched.get_mut(at)) {
                *slot = true;
            }
            if let Some((mention, _)) = pair {
                fields.compare(event, mention);
            }
            if event.required() {
                counts[0] += 1;
                if let Some((_, agreement)) = pair.filter(|(_, agreement)| agreement.act && agreement.status)
                {
                    counts[1] += 1;
                    counts[2] += usize::from(agreement.sides);
                }
            }
            misses.extend(miss(event, pair));
        }
        report.value("events.required", json!(counts[0]));
        report.value("events.act_status", json!(counts[1]));
        report.value("events.act_status_sides", json!(counts[2]));
        fields.into_report(report);
        report.value("misses", json!(misses));
        misses.into_iter().for_each(|miss| report.remark(miss));
        matched
    }

    fn persons(&self, report: &mut Report) {
        let (mut right, mut total) = (0, 0);
        for person in self.lines.iter().filter_map(|l| if let Line::Person(p) = l { Some(p) } else { None }) {
            total += 1;
            let found = self.reading.document.actors.iter().find(|actor| {
                actor.kind == ActorKind::Person
                    && (same_name(&actor.name, &person.name)
                        || person.canonical.as_deref().is_some_and(|name| same_name(&actor.name, name)))
            });
            match found {
                Some(actor)
                    if person.country.as_ref().is_none_or(|country| actor.countries.contains(country)) =>
                {
                    right += 1;
                }
                Some(actor) => report.remark(format!(
                    "person {}: countries {:?}, expected {}",
                    person.name,
                    actor.countries,
                    person.country.as_deref().unwrap_or("none")
                )),
                None => report.remark(format!("person {}: missed", person.name)),
            }
        }
        report.value("persons", json!(right));
        report.value("persons.total", json!(total));
    }

    fn citations(&self, report: &mut Report) {
        let (mut right, mut total) = (0, 0);
        for citation in
            self.lines.iter().filter_map(|l| if let Line::Citation(c) = l { Some(c) } else { None })
        {
            total += 1;
            let place = self.text.find(&citation.text);
            let found = self.reading.document.citations.iter().find(|found| {
                let same_outlet = match (&citation.outlet, &found.outlet) {
                    (None, None) => true,
                    (Some(gold), Some(ours)) => same_name(gold, ours),
                    _ => false,
                };
                place.as_ref().is_some_and(|place| self.same_words(place, &found.text, found.span))
                    && same_outlet
                    && citation.date == found.date
            });
            if found.is_some() {
                right += 1;
            } else {
                let ours: Vec<String> = self
                    .reading
                    .document
                    .citations
                    .iter()
                    .filter(|found| {
                        place.as_ref().is_some_and(|place| self.same_words(place, &found.text, found.span))
                    })
                    .map(|found| format!("{:?} {:?}", found.outlet, found.date))
                    .collect();
                report.remark(
                    format!("citation {}: missed {}", citation.text, ours.join("; ")).trim_end().to_owned(),
                );
            }
        }
        report.value("citations", json!(right));
        report.value("citations.total", json!(total));
    }

    /// Whether a citation stands at the gold place or repeats its words elsewhere in the report.
    fn same_words(&self, place: &Range<usize>, text: &str, span: Span) -> bool {
        overlap(place, &range(span)) || self.text.find(text).is_some_and(|found| overlap(place, &found))
    }

    fn statements(&self, report: &mut Report) {
        let (mut right, mut total) = (0, 0);
        for gold in self.lines.iter().filter_map(|l| if let Line::Statement(s) = l { Some(s) } else { None })
        {
            total += 1;
            let place = self.text.find(&gold.quote);
            let at_place: Vec<_> = self
                .reading
                .statements
                .iter()
                .filter(|found| {
                    place.as_ref().is_some_and(|place| overlap(place, &range(found.content.span)))
                })
                .collect();
            if at_place.iter().any(|found| names(&found.speaker).any(|name| same_name(name, &gold.speaker))) {
                right += 1;
            } else {
                let speakers: Vec<&str> =
                    at_place.iter().filter_map(|found| names(&found.speaker).next()).collect();
                let found =
                    if at_place.is_empty() { "missed".to_owned() } else { format!("speaker {speakers:?}") };
                report.remark(format!("statement of {} ({:.50}): {found}", gold.speaker, gold.quote));
            }
        }
        report.value("statements", json!(right));
        report.value("statements.total", json!(total));
    }

    fn date(&self, report: &mut Report) {
        let Some(dating) =
            self.lines.iter().find_map(|l| if let Line::Document(d) = l { Some(d) } else { None })
        else {
            return;
        };
        let published = self.reading.document.document.published.as_ref();
        // ISO 8601 dates sort as texts.
        let inside = published.is_some_and(|published| {
            dating.date_earliest.as_ref().is_none_or(|earliest| *earliest <= published.earliest)
                && dating.date_latest.as_ref().is_none_or(|latest| published.latest <= *latest)
        });
        report.value("document_date", Value::Bool(inside));
        if !inside {
            let ours = published.map_or("none".to_owned(), |p| format!("{}..{}", p.earliest, p.latest));
            report.remark(format!("document date: {ours}, not inside the gold range"));
        }
    }

    fn rest(&self, matched: &[bool], report: &mut Report) {
        let places: Vec<(&str, Range<usize>)> = self
            .lines
            .iter()
            .filter_map(|l| {
                if let Line::NotEvent(n) = l {
                    Some((n.id.as_str(), self.text.find(&n.sentence)?))
                } else {
                    None
                }
            })
            .collect();
        let mut wrong = BTreeSet::new();
        let mut extras = Vec::new();
        for (mention, _) in self.reading.mentions.iter().zip(matched).filter(|(_, matched)| !**matched) {
            let at = range(mention.trigger.span);
            let in_place = places.iter().find(|(_, place)| overlap(place, &at));
            let happened = matches!(mention.status, Status::Happened | Status::Ongoing);
            match in_place {
                Some((id, _)) if happened => {
                    wrong.insert(*id);
                    report.remark(format!("not event {id}: coded as {}", told(mention)));
                }
                Some(_) => {}
                None => extras.push(told(mention)),
            }
        }
        report.value("not_events", json!(wrong.len()));
        report.value("not_events.total", json!(places.len()));
        report.value("extras", json!(extras.len()));
        extras.iter().for_each(|extra| report.remark(format!("extra: {extra}")));
        report.value("extras.list", json!(extras));
    }
}

fn told(mention: &Mention) -> String {
    format!(
        "{} {} {:?} ({} -> {}) in {:.60}",
        mention.act,
        mention.status,
        mention.trigger.text,
        countries(&mention.actors).into_iter().collect::<Vec<_>>().join(" "),
        countries(&mention.recipients).into_iter().collect::<Vec<_>>().join(" "),
        mention.sentence.text.replace('\n', " ")
    )
}

/// A line on a gold event that was missed or is not right in all that counts.
fn miss(event: &Event, pair: Option<(&Mention, Agreement)>) -> Option<String> {
    let kind = if event.required() { "" } else { " (not required)" };
    let Some((mention, agreement)) = pair else {
        return Some(format!(
            "{}{kind}: missed: {} {} {:?}",
            event.id, event.act, event.status, event.trigger
        ));
    };
    let mut wrong = Vec::new();
    if !agreement.act {
        wrong.push(format!("act {}, expected {}", mention.act, event.act));
    }
    if !agreement.status {
        wrong.push(format!("status {}, expected {}", mention.status, event.status));
    }
    if !agreement.sides {
        let sides = |of: &[gold::Participant]| gold_countries(of).into_iter().collect::<Vec<_>>().join(" ");
        wrong.push(format!(
            "sides of {}, expected {} -> {}",
            told(mention),
            sides(&event.actors),
            sides(&event.recipients)
        ));
    }
    (!wrong.is_empty()).then(|| format!("{}{kind}: {:?}: {}", event.id, event.trigger, wrong.join("; ")))
}

fn countries(participants: &[Participant]) -> BTreeSet<&str> {
    participants.iter().flat_map(|p| p.countries.iter().map(String::as_str)).collect()
}

fn gold_countries(participants: &[gold::Participant]) -> BTreeSet<&str> {
    participants.iter().filter_map(|p| p.country.as_deref()).collect()
}

/// Whether the countries of both sides are those of the gold. A gold side without countries is not compared;
/// the sides of a reciprocal act may be swapped or stand on one side.
fn same_sides(event: &Event, mention: &Mention) -> bool {
    let (actors, recipients) = (gold_countries(&event.actors), gold_countries(&event.recipients));
    let (ours, theirs) = (countries(&mention.actors), countries(&mention.recipients));
    let agree = |a: &BTreeSet<&str>, b: &BTreeSet<&str>| {
        (actors.is_empty() || *a == actors) && (recipients.is_empty() || *b == recipients)
    };
    if agree(&ours, &theirs) {
        return true;
    }
    if !event.reciprocal && !mention.reciprocal {
        return false;
    }
    agree(&theirs, &ours)
        || actors.union(&recipients).copied().collect::<BTreeSet<_>>()
            == ours.union(&theirs).copied().collect::<BTreeSet<_>>()
}

fn words_of(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("the"))
        .map(str::to_lowercase)
        .collect()
}

/// Whether two names are the same, or the one holds all words of the other.
fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (words_of(a), words_of(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    !short.is_empty() && short.iter().all(|word| long.contains(word))
}

fn names(participant: &Participant) -> impl Iterator<Item = &str> {
    participant.name.as_deref().into_iter().chain(participant.text.as_deref())
}

/// Fields beside act, status and sides, compared where the gold has them and the event was found.
#[derive(Debug, Default)]
struct Fields {
    mode: (usize, usize),
    cameo: (usize, usize),
    date: (usize, usize),
    place: (usize, usize),
    attribution: (usize, usize),
}

impl Fields {
    fn compare(&mut self, event: &Event, mention: &Mention) {
        let note = |count: &mut (usize, usize), right: bool| {
            count.0 += usize::from(right);
            count.1 += 1;
        };
        if let Some(mode) = event.mode {
            note(&mut self.mode, mention.modes.contains(&mode));
        }
        if !event.cameo.is_empty() {
            let right = mention.cameo.as_deref().is_some_and(|ours| {
                event.cameo.iter().any(|gold| ours.starts_with(gold.as_str()) || gold.starts_with(ours))
            });
            note(&mut self.cameo, right);
        }
        if let Some(days) = &event.date {
            note(&mut self.date, mention.time.as_ref().is_some_and(|time| same_days(days, time)));
        }
        if let Some(place) = &event.place {
            note(&mut self.place, mention.places.iter().any(|ours| same_place(place, ours)));
        }
        if let Some(attribution) = &event.attribution {
            note(&mut self.attribution, same_attribution(attribution, &mention.attribution));
        }
    }

    fn into_report(self, report: &mut Report) {
        for (name, (right, total)) in [
            ("mode", self.mode),
            ("cameo", self.cameo),
            ("date", self.date),
            ("place", self.place),
            ("attribution", self.attribution),
        ] {
            report.value(&format!("events.{name}"), json!(right));
            report.value(&format!("events.{name}.total"), json!(total));
        }
    }
}

fn same_days(gold: &gold::Days, time: &Time) -> bool {
    gold.start.as_ref().is_none_or(|start| time.start.as_ref() == Some(start))
        && gold.end.as_ref().is_none_or(|end| time.end.as_ref() == Some(end))
}

fn same_place(gold: &gold::Place, ours: &chancery_core::record::Place) -> bool {
    match (gold.geonameid, &gold.country, &gold.text) {
        (Some(id), _, _) => ours.geonameid == Some(id),
        (None, Some(country), _) => ours.country.as_ref() == Some(country),
        (None, None, Some(text)) => ours.text.as_deref().is_some_and(|words| same_name(words, text)),
        (None, None, None) => true,
    }
}

fn same_attribution(gold: &gold::Attribution, chain: &[Attribution]) -> bool {
    let names_one =
        |name: &str| chain.iter().any(|link| names(&link.holder).any(|ours| same_name(ours, name)));
    gold.speaker.as_deref().is_none_or(names_one)
        && gold.outlet.as_deref().is_none_or(names_one)
        && gold
            .outlet_date
            .as_ref()
            .is_none_or(|date| chain.iter().any(|link| link.date.as_ref() == Some(date)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_agree_by_their_words() {
        assert!(same_name("Maria de la Cruz", "Cruz"));
        assert!(same_name("the State Department", "State Department statement"));
        assert!(!same_name("Cruz", "Kurz"));
        assert!(!same_name("", "Cruz"));
    }

    #[test]
    fn a_pair_needs_its_trigger_or_its_act() {
        let none = Agreement { inside: true, status: true, sides: true, ..Agreement::default() };
        assert_eq!(none.weight(), 0);
        let act = Agreement { inside: true, act: true, ..Agreement::default() };
        let trigger = Agreement { trigger: true, inside: true, ..Agreement::default() };
        assert!(0 < act.weight() && act.weight() < trigger.weight());
    }
}
