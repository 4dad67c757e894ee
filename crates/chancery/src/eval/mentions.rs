//! `eval mentions`: event mentions against the annotated corpus (the form of `corpus/GUIDELINES.md`).
//!
//! A mention that was found and one of the gold are the same if their triggers share a word, or, among what is
//! then left in the sentence, if they tell the same act and a side of theirs is the same (a light verb in place of
//! its noun). Acts count over all mentions; status and sides are measured given the mention.

use std::ops::Range;

use chancery_core::record::{Mention, Participant, Span};
use chancery_core::{Act, Document, Status};
use chancery_corpus::Field;
use chancery_extract::{Engine, ReadOptions};
use chancery_language::model::Analysis;
use chancery_language::segment::segment;
use rayon::prelude::*;

use super::measures::{Counts, Forecasts, Labelled, share};
use super::{EvalError, Report};

/// What the mentions of some documents come to.
#[derive(Debug, Default)]
struct Tally {
    sentences: usize,
    empty_sentences: usize,
    coded_in_empty: usize,
    mention: Counts,
    act: Counts,
    acts: Vec<(Option<Act>, Option<Act>)>,
    statuses: Vec<(Status, Status)>,
    parts: [usize; 4],
    modes: (usize, usize),
    actors: Counts,
    recipients: Counts,
    all_right: usize,
    /// What was said of how sure event, act and status are, and whether they were right.
    forecasts: [Forecasts; 3],
}

/// Measures the files.
///
/// # Errors
/// [`EvalError`] when a file cannot be read or is of another form.
pub fn evaluate(engine: &Engine, paths: &[String]) -> Result<Report, EvalError> {
    let mut documents = Vec::new();
    for path in paths {
        documents.extend(chancery_corpus::read(std::path::Path::new(path))?);
    }
    let tallies: Vec<Tally> = documents.par_iter().map(|document| tally(engine, document)).collect();
    let mut all = Tally::default();
    for t in tallies {
        all.sentences += t.sentences;
        all.empty_sentences += t.empty_sentences;
        all.coded_in_empty += t.coded_in_empty;
        all.mention.add(t.mention);
        all.act.add(t.act);
        all.acts.extend(t.acts);
        all.statuses.extend(t.statuses);
        all.parts.iter_mut().zip(t.parts).for_each(|(sum, part)| *sum += part);
        all.modes = (all.modes.0 + t.modes.0, all.modes.1 + t.modes.1);
        all.actors.add(t.actors);
        all.recipients.add(t.recipients);
        all.all_right += t.all_right;
        all.forecasts.iter_mut().zip(t.forecasts).for_each(|(sum, own)| sum.add(own));
    }
    Ok(all.report())
}

impl Tally {
    fn report(&self) -> Report {
        let mut report = Report::new("mentions", self.sentences);
        report.value("gold", self.mention.gold.into());
        report.value("found", self.mention.found.into());
        for (name, counts) in [("mention", self.mention), ("act", self.act)] {
            report.figure(&format!("{name}.precision"), counts.precision());
            report.figure(&format!("{name}.recall"), counts.recall());
            report.figure(&format!("{name}.f1"), counts.f1());
        }
        let name = |act: Option<Act>| act.map_or("none", Act::as_str);
        let mut labelled = Labelled::default();
        self.acts.iter().for_each(|(gold, given)| labelled.push(name(*gold), name(*given)));
        report.value("act.per_class", labelled.per_class());
        let mut labelled = Labelled::default();
        self.statuses.iter().for_each(|(gold, given)| labelled.push(gold.as_str(), given.as_str()));
        report.figure("status.accuracy", labelled.accuracy());
        report.figure("status.macro_f1", labelled.macro_f1());
        report.value("status.per_class", labelled.per_class());
        for (name, right) in ["modality", "polarity", "aspect", "background"].iter().zip(self.parts) {
            report.figure(&format!("{name}.accuracy"), share(right, self.mention.right));
        }
        report.figure("mode.accuracy", share(self.modes.0, self.modes.1));
        report.figure("actor.head_f1", self.actors.f1());
        report.figure("recipient.head_f1", self.recipients.f1());
        let mut sides = self.actors;
        sides.add(self.recipients);
        report.figure("sides.head_f1", sides.f1());
        report.figure("all_right", share(self.all_right, self.mention.gold));
        for (name, forecasts) in ["event", "act", "status"].iter().zip(&self.forecasts) {
            report.figure(&format!("confidence.{name}.ece"), forecasts.calibration_error(15));
            report.figure(&format!("confidence.{name}.brier"), forecasts.brier());
        }
        report.value("empty_sentences", self.empty_sentences.into());
        report.figure("coded_in_empty_per_1000", 1000.0 * share(self.coded_in_empty, self.empty_sentences));
        report.remark(
            "act: mentions with the right act among those found and those of the gold. Status, sides and mode: given \
             the mention. all_right: share of the gold with act, status and the heads of both sides right. Confidence: \
             expected calibration error in 15 bins of equal mass, and Brier score.",
        );
        report
    }
}

/// A mention of either side, as spans of the document's text in bytes.
struct Told {
    trigger: Range<usize>,
    act: Act,
    status: chancery_core::StatusParts,
    reciprocal: bool,
    actors: Vec<Range<usize>>,
    recipients: Vec<Range<usize>>,
}

fn tally(engine: &Engine, document: &chancery_corpus::Document) -> Tally {
    let (text, starts) = running_text(document);
    let whole = Document::of_text("gold", &text);
    let reading = engine.read(&whole, &ReadOptions { force_language: true });
    let analysis = engine.reader().read(&text, segment(&text, &whole.zones));
    let offsets: Vec<usize> =
        text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len())).collect();
    let found: Vec<(Told, &Mention)> =
        reading.mentions.iter().filter_map(|m| Some((told(m, &offsets)?, m))).collect();
    let mut tally = Tally { sentences: document.sentences.len(), ..Tally::default() };
    for (sentence, start) in document.sentences.iter().zip(starts) {
        let here = start..start + sentence.text.len();
        let gold: Vec<(Told, &chancery_corpus::Mention)> =
            sentence.mentions.iter().map(|m| (annotated(m, start), m)).collect();
        let given: Vec<&(Told, &Mention)> =
            found.iter().filter(|(t, _)| here.contains(&t.trigger.start)).collect();
        tally.empty_sentences += usize::from(gold.is_empty());
        tally.coded_in_empty += if gold.is_empty() { given.len() } else { 0 };
        let pairs = matched(&analysis, &gold, &given);
        tally.mention.add(Counts { right: pairs.len(), found: given.len(), gold: gold.len() });
        let right = pairs.iter().filter(|(g, f)| gold[*g].0.act == given[*f].0.act).count();
        tally.act.add(Counts { right, found: given.len(), gold: gold.len() });
        for (at, (g, _)) in gold.iter().enumerate() {
            let given = pairs.iter().find(|(p, _)| *p == at).map(|(_, f)| given[*f].0.act);
            tally.acts.push((Some(g.act), given));
        }
        for (at, (f, mention)) in given.iter().enumerate() {
            let matched = pairs.iter().any(|(_, p)| *p == at);
            tally.forecasts[0].push(mention.confidence.event, matched);
            if pairs.iter().all(|(_, p)| *p != at) {
                tally.acts.push((None, Some(f.act)));
            }
        }
        for (g, f) in pairs {
            compare(&mut tally, &analysis, &gold[g], given[f]);
        }
    }
    tally
}

fn compare(
    tally: &mut Tally,
    analysis: &Analysis,
    (gold, annotation): &(Told, &chancery_corpus::Mention),
    (given, mention): &(Told, &Mention),
) {
    let (g, f) = (gold.status.status(), given.status.status());
    tally.statuses.push((g, f));
    tally.forecasts[1].push(mention.confidence.act, gold.act == given.act);
    tally.forecasts[2].push(mention.confidence.status, g == f);
    let same = [
        gold.status.modality == given.status.modality,
        gold.status.polarity == given.status.polarity,
        gold.status.aspect == given.status.aspect,
        gold.status.background == given.status.background,
    ];
    tally.parts.iter_mut().zip(same).for_each(|(sum, same)| *sum += usize::from(same));
    if let Some(mode) = annotation.mode {
        tally.modes.1 += 1;
        tally.modes.0 += usize::from(mention.modes.contains(&mode));
    }
    // Of a meeting of equals it does not matter which side was put down first.
    let either = gold.reciprocal || given.reciprocal;
    let sides = |t: &Told| {
        if either {
            (t.actors.iter().chain(&t.recipients).cloned().collect(), Vec::new())
        } else {
            (t.actors.clone(), t.recipients.clone())
        }
    };
    let ((gold_actors, gold_recipients), (actors, recipients)) = (sides(gold), sides(given));
    let of_actors = side(analysis, &gold_actors, &actors);
    let of_recipients = side(analysis, &gold_recipients, &recipients);
    tally.actors.add(of_actors);
    tally.recipients.add(of_recipients);
    let equal = |c: Counts| c.right == c.found && c.right == c.gold;
    tally.all_right +=
        usize::from(gold.act == given.act && g == f && equal(of_actors) && equal(of_recipients));
}

/// The text of a document and where its sentences start. Items of a list of news stand in paragraphs of their own.
fn running_text(document: &chancery_corpus::Document) -> (String, Vec<usize>) {
    let (mut text, mut starts) = (String::new(), Vec::new());
    let mut item = None;
    for sentence in &document.sentences {
        let own = sentence.attributes.get("item");
        if !text.is_empty() {
            text.push_str(if own == item { " " } else { "\n\n" });
        }
        item = own;
        starts.push(text.len());
        text.push_str(&sentence.text);
    }
    (text, starts)
}

fn annotated(mention: &chancery_corpus::Mention, start: usize) -> Told {
    let shift = |span: &Range<usize>| start + span.start..start + span.end;
    let spans = |fields: &[Field]| {
        let own = mention.fields.iter().filter(|(field, _)| fields.contains(field));
        distinct(own.map(|(_, s)| shift(s)).collect())
    };
    Told {
        trigger: shift(&mention.trigger),
        act: mention.act,
        status: mention.status,
        reciprocal: mention.reciprocal,
        actors: spans(&[Field::Actor, Field::Companion]),
        recipients: spans(&[Field::Recipient]),
    }
}

fn told(mention: &Mention, offsets: &[usize]) -> Option<Told> {
    let bytes = |span: Span| Some(*offsets.get(span.0)?..*offsets.get(span.1)?);
    let spans = |side: &[Participant]| distinct(side.iter().filter_map(|p| bytes(p.span?)).collect());
    Some(Told {
        trigger: bytes(mention.trigger.span)?,
        act: mention.act,
        status: chancery_core::StatusParts {
            polarity: mention.polarity,
            modality: mention.modality,
            aspect: mention.aspect,
            background: mention.background,
            disposition: mention.disposition,
        },
        reciprocal: mention.reciprocal,
        actors: spans(&mention.actors),
        recipients: spans(&mention.recipients),
    })
}

/// The spans without repetition: "the two" stands for two participants by one phrase.
fn distinct(spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for span in spans {
        if !out.contains(&span) {
            out.push(span);
        }
    }
    out
}

/// Pairs of gold and found, one to one.
fn matched(
    analysis: &Analysis,
    gold: &[(Told, &chancery_corpus::Mention)],
    given: &[&(Told, &Mention)],
) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let by_trigger = |g: &Told, f: &Told| meet(&g.trigger, &f.trigger);
    let by_act = |g: &Told, f: &Told| {
        let sides =
            |t: &Told| -> Vec<Range<usize>> { t.actors.iter().chain(&t.recipients).cloned().collect() };
        g.act == f.act && side(analysis, &sides(g), &sides(f)).right > 0
    };
    for same in [&by_trigger as &dyn Fn(&Told, &Told) -> bool, &by_act] {
        for (g, (gold, _)) in gold.iter().enumerate() {
            let free = |f: &usize| pairs.iter().all(|(pg, pf)| *pg != g && pf != f);
            if let Some(f) = (0..given.len()).filter(free).find(|f| same(gold, &given[*f].0)) {
                pairs.push((g, f));
            }
        }
    }
    pairs
}

/// How many spans of the one list share their head with one of the other.
fn side(analysis: &Analysis, gold: &[Range<usize>], given: &[Range<usize>]) -> Counts {
    let mut free: Vec<&Range<usize>> = given.iter().collect();
    let mut right = 0;
    for span in gold {
        let meets =
            |other: &Range<usize>| meet(&head(analysis, span), other) || meet(span, &head(analysis, other));
        let at = free.iter().position(|other| *other == span).or_else(|| free.iter().position(|o| meets(o)));
        if let Some(at) = at {
            free.swap_remove(at);
            right += 1;
        }
    }
    Counts { right, found: given.len(), gold: gold.len() }
}

fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// The word of a span whose head lies outside of it; the span itself if it cuts no word.
fn head(analysis: &Analysis, span: &Range<usize>) -> Range<usize> {
    let first = analysis.tokens.partition_point(|token| token.range.end <= span.start);
    let end = analysis.tokens.partition_point(|token| token.range.start < span.end);
    (first..end)
        .find(|word| analysis.head(*word).is_none_or(|head| !(first..end).contains(&head)))
        .map_or_else(|| span.clone(), |word| analysis.tokens[word].range.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_reading_finds_in_a_plain_sentence() {
        let text = "S Peru expelled the Chilean ambassador on Friday.\n\
                    E expelled | SANCTION/expel | actor: Peru | recipient: the Chilean ambassador\n\n\
                    S The harvest was good.\n";
        let engine = crate::engine().unwrap();
        let documents = chancery_corpus::parse("x", text).unwrap();
        let tallies: Vec<Tally> = documents.iter().map(|d| tally(&engine, d)).collect();
        assert_eq!(tallies[0].act, Counts { right: 1, found: 1, gold: 1 });
        assert_eq!(tallies[0].actors, Counts { right: 1, found: 1, gold: 1 });
        assert_eq!(tallies[0].recipients, Counts { right: 1, found: 1, gold: 1 });
        assert_eq!((tallies[1].empty_sentences, tallies[1].coded_in_empty), (1, 0));
    }

    #[test]
    fn items_stand_in_paragraphs_of_their_own() {
        let text = "# document=a\n# item=1\nS One.\n\n# item=1\nS Two.\n\n# item=2\nS Three.\n";
        let documents = chancery_corpus::parse("x", text).unwrap();
        assert_eq!(running_text(&documents[0]), ("One. Two.\n\nThree.".to_owned(), vec![0, 5, 11]));
    }
}
