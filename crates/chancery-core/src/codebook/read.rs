//! From the texts of the tables to the codebook.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::cues::{Effect, Frame, LightVerb, ReportingWord, StatusCue};
use super::derivation::{CameoRule, ContentCodes, Derivation, EventRule, ModeRule};
use super::problem::Problem;
use super::syntax::{Condition, Relation, Slot, WordSet};
use super::table::{Row, rows};
use super::triggers::{PartOfSpeech, Strength, Trigger};
use super::{ActEntry, CameoEntry, Codebook, Context, DefaultSlots, ModeEntry};
use crate::act::Act;

/// What `decisions.tsv` has weights for.
const DECISIONS: &[&str] = &["mention", "actor", "recipient"];
/// Parts of speech of reporting words.
const REPORTING_POS: &[&str] = &["verb", "noun", "phrase"];
/// How something was brought.
const MEDIA: &[&str] = &["said", "wrote", "told", "asked", "thought", "published", "reported", "testified"];
/// Parts of speech of status cues.
const CUE_POS: &[&str] =
    &["verb", "noun", "adj", "adv", "aux", "adp", "sconj", "cconj", "det", "pron", "phrase"];

/// The named lists of words, and which of them are used.
#[derive(Default)]
struct WordLists {
    lists: BTreeMap<String, (usize, Vec<String>)>,
    used: BTreeSet<String>,
}

impl WordLists {
    /// Reads `visit,@meeting`.
    fn set(&mut self, text: &str) -> Result<WordSet, String> {
        let mut words = Vec::new();
        for item in text.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            match item.strip_prefix('@') {
                Some(name) => {
                    let (_, list) = self
                        .lists
                        .get(name)
                        .ok_or_else(|| format!("there is no list '@{name}'; add it to word_lists.tsv"))?;
                    words.extend(list.iter().cloned());
                    self.used.insert(name.to_owned());
                }
                None => words.push(word(item)?),
            }
        }
        Ok(WordSet::new(words))
    }
}

/// A single word as tables must write it.
fn word(text: &str) -> Result<String, String> {
    if text.chars().any(char::is_uppercase) {
        return Err(format!("'{text}': write words in lower case"));
    }
    if text.chars().any(char::is_whitespace) {
        return Err(format!(
            "'{text}' has a space in it; only cues, reporting words and contexts can have several words"
        ));
    }
    if text.len() > 1 && text.contains('-') {
        return Err(format!(
            "'{text}': words are parted at hyphens, so that this can never match; write one part with compound= or amod="
        ));
    }
    Ok(text.to_owned())
}

/// A phrase: words parted by spaces.
fn phrase(text: &str) -> Result<Vec<String>, String> {
    text.split_whitespace().map(word).collect()
}

/// Reads a value of a closed vocabulary.
fn value<T: FromStr<Err = crate::vocabulary::UnknownWord>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|unknown: crate::vocabulary::UnknownWord| unknown.to_string())
}

/// Reads a value that may be missing.
fn optional<T: FromStr<Err = crate::vocabulary::UnknownWord>>(text: &str) -> Result<Option<T>, String> {
    if text.is_empty() { Ok(None) } else { value(text).map(Some) }
}

/// Reads a list of values; `*` is the empty list, that is any.
fn any_of<T: FromStr<Err = crate::vocabulary::UnknownWord>>(
    row: &Row<'_>,
    column: &str,
) -> Result<Vec<T>, String> {
    if row.cell(column) == "*" { Ok(Vec::new()) } else { row.items(column, ',').map(value).collect() }
}

fn number(text: &str) -> Result<f32, String> {
    text.parse::<f32>()
        .ok()
        .filter(|number| (-10.0..=10.0).contains(number))
        .ok_or_else(|| format!("'{text}' must be a number from -10 to 10"))
}

fn member(text: &str, of: &[&str], what: &str) -> Result<String, String> {
    if of.contains(&text) {
        Ok(text.to_owned())
    } else {
        Err(format!("'{text}' is no {what}; write one of {}", of.join(", ")))
    }
}

fn slots(text: &str) -> Result<Vec<Slot>, String> {
    text.split_whitespace().map(Slot::parse).collect()
}

fn conditions(text: &str, lists: &mut WordLists) -> Result<Vec<Condition>, String> {
    text.split_whitespace()
        .map(|condition| Condition::parse(condition, &mut |words| lists.set(words)))
        .collect()
}

fn optional_text(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Reads every row by a function and keeps what is in order.
fn each<'t, T>(
    rows: Vec<Row<'t>>,
    problems: &mut Vec<Problem>,
    mut read: impl FnMut(&Row<'t>) -> Result<T, String>,
) -> Vec<T> {
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        match read(&row) {
            Ok(item) => out.push(item),
            Err(message) => problems.push(row.problem(message)),
        }
    }
    out
}

/// Reads all tables. What has a problem is left out.
pub(super) fn read<'t>(tables: impl Iterator<Item = (&'t str, &'t str)>) -> (Codebook, Vec<Problem>) {
    let texts: BTreeMap<&str, &str> = tables.collect();
    let mut hasher = Sha256::new();
    for (name, text) in &texts {
        hasher.update(name.as_bytes());
        hasher.update([0]);
        hasher.update(text.as_bytes());
        hasher.update([0]);
    }
    let version = hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();

    let mut problems = Vec::new();
    let mut book = Codebook { version, ..Codebook::default() };
    let mut table = |name: &'static str, columns, problems: &mut Vec<Problem>| {
        rows(name, texts.get(name).copied().unwrap_or(""), columns, problems)
    };

    read_vocabulary(&mut book, &mut table, &mut problems);
    read_derivation(&mut book, &mut table, &mut problems);
    let mut lists = WordLists::default();
    for row in table("word_lists.tsv", &["list", "words"], &mut problems) {
        let words: Result<Vec<_>, _> = row.items("words", ',').map(word).collect();
        match words {
            Ok(words) => {
                lists
                    .lists
                    .entry(row.cell("list").to_owned())
                    .or_insert((row.line, Vec::new()))
                    .1
                    .extend(words);
            }
            Err(message) => problems.push(row.problem(message)),
        }
    }
    read_triggers(&mut book, &texts, &mut lists, &mut problems);
    read_cues(&mut book, &mut table, &mut lists, &mut problems);
    read_decisions(&mut book, &mut table, &mut problems);
    let outcomes = each(table("outcomes.tsv", &["act", "words"], &mut problems), &mut problems, |row| {
        let words = row.items("words", ',').map(word).collect::<Result<Vec<_>, _>>()?;
        Ok((value::<Act>(row.cell("act"))?, words))
    });
    for (act, words) in outcomes {
        words.into_iter().for_each(|word| book.outcomes.entry(word).or_default().push(act));
    }
    for (name, (line, _)) in &lists.lists {
        if !lists.used.contains(name) {
            problems.push(Problem {
                file: "word_lists.tsv".to_owned(),
                line: *line,
                message: format!("no table uses '@{name}'; use it or delete it"),
            });
        }
    }
    (book, problems)
}

/// How a table is fetched by its name and columns.
type Fetch<'f, 't> = dyn FnMut(&'static str, &'static [&'static str], &mut Vec<Problem>) -> Vec<Row<'t>> + 'f;

fn read_vocabulary(book: &mut Codebook, table: &mut Fetch<'_, '_>, problems: &mut Vec<Problem>) {
    let columns = &["act", "quad", "intensity", "cameo_roots", "cameo_default", "definition"];
    book.acts = each(table("acts.tsv", columns, problems), problems, |row| {
        Ok(ActEntry {
            act: value(row.cell("act"))?,
            quad: value(row.cell("quad"))?,
            intensity: number(row.cell("intensity"))?,
            cameo_roots: row.items("cameo_roots", ';').map(str::to_owned).collect(),
            cameo_default: row.cell("cameo_default").to_owned(),
            definition: row.cell("definition").to_owned(),
        })
    });
    book.modes =
        each(table("modes.tsv", &["act", "mode", "intensity", "definition"], problems), problems, |row| {
            Ok(ModeEntry {
                act: value(row.cell("act"))?,
                mode: value(row.cell("mode"))?,
                intensity: number(row.cell("intensity"))?,
                definition: row.cell("definition").to_owned(),
            })
        });
    let columns = &["code", "act", "mode", "also", "goldstein", "label"];
    let entries = each(table("cameo.tsv", columns, problems), problems, |row| {
        let code = row.cell("code");
        if !(2..=4).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!(
                "'{code}' is no CAMEO code; write two to four digits, with the leading zero"
            ));
        }
        Ok(CameoEntry {
            code: code.to_owned(),
            act: value(row.cell("act"))?,
            mode: optional(row.cell("mode"))?,
            also: row.items("also", ';').map(value).collect::<Result<_, _>>()?,
            goldstein: number(row.cell("goldstein"))?,
            label: row.cell("label").to_owned(),
        })
    });
    book.cameo = entries.into_iter().map(|entry| (entry.code.clone(), entry)).collect();
    book.contexts = each(table("contexts.tsv", &["context", "cues"], problems), problems, |row| {
        let cues = row.items("cues", ',').map(phrase).collect::<Result<_, _>>()?;
        Ok(Context { name: row.cell("context").to_owned(), cues })
    });
}

fn read_derivation(book: &mut Codebook, table: &mut Fetch<'_, '_>, problems: &mut Vec<Problem>) {
    let columns = &["act", "status", "modality", "event", "mode", "cameo"];
    book.derivation = each(table("derivation.tsv", columns, problems), problems, |row| {
        Ok(Derivation {
            acts: any_of(row, "act")?,
            statuses: any_of(row, "status")?,
            modalities: any_of(row, "modality")?,
            event: match row.cell("event") {
                "same" => EventRule::Same,
                "none" => EventRule::None,
                act => EventRule::Act(value(act)?),
            },
            mode: match row.cell("mode") {
                "same" => ModeRule::Same,
                "none" => ModeRule::None,
                "code" => ModeRule::OfCode,
                other => return Err(format!("'{other}' is no rule for a mode; write same, none or code")),
            },
            cameo: match row.cell("cameo") {
                "same" => CameoRule::Same,
                "none" => CameoRule::None,
                code if code.bytes().all(|byte| byte.is_ascii_digit()) => CameoRule::Code(code.to_owned()),
                form => CameoRule::Content(value(form)?),
            },
            line: row.line,
        })
    });
    let columns = &["code", "intent", "appeal", "demand", "refusal", "threat", "attempt"];
    let content = each(table("content.tsv", columns, problems), problems, |row| {
        let cell = |column| optional_text(row.cell(column));
        let codes = [
            cell("intent"),
            cell("appeal"),
            cell("demand"),
            cell("refusal"),
            cell("threat"),
            cell("attempt"),
        ];
        Ok((row.cell("code").to_owned(), ContentCodes { codes }))
    });
    book.content = content.into_iter().collect();
}

fn read_triggers(
    book: &mut Codebook,
    texts: &BTreeMap<&str, &str>,
    lists: &mut WordLists,
    problems: &mut Vec<Problem>,
) {
    let columns = &["act", "pos", "actor", "recipient"];
    let text = texts.get("default_slots.tsv").copied().unwrap_or("");
    for row in rows("default_slots.tsv", text, columns, problems) {
        let read = || -> Result<_, String> {
            let act = if row.cell("act") == "*" { None } else { Some(value::<Act>(row.cell("act"))?) };
            let key = (act, value::<PartOfSpeech>(row.cell("pos"))?);
            Ok((
                key,
                DefaultSlots { actor: slots(row.cell("actor"))?, recipient: slots(row.cell("recipient"))? },
            ))
        };
        match read() {
            Ok((key, found)) => {
                book.default_slots.insert(key, found);
            }
            Err(message) => problems.push(row.problem(message)),
        }
    }

    let columns = &["words", "pos", "when", "mode", "cameo", "actor", "recipient", "strength", "aspect"];
    for act in Act::ALL {
        let file = format!("triggers/{}.tsv", act.as_str().to_lowercase());
        let text = texts.get(file.as_str()).copied().unwrap_or("");
        let read = each(rows(&file, text, columns, problems), problems, |row| {
            let template = Trigger {
                word: String::new(),
                pos: value(row.cell("pos"))?,
                when: conditions(row.cell("when"), lists)?,
                act: *act,
                mode: optional(row.cell("mode"))?,
                cameo: optional_text(row.cell("cameo")),
                actor: slots(row.cell("actor"))?,
                recipient: slots(row.cell("recipient"))?,
                strength: value::<Strength>(row.cell("strength"))?,
                aspect: optional(row.cell("aspect"))?,
                file: row.file.to_owned(),
                line: row.line,
            };
            row.items("words", ',')
                .map(|text| Ok(Trigger { word: word(text)?, ..template.clone() }))
                .collect::<Result<Vec<_>, String>>()
        });
        book.triggers.extend(read.into_iter().flatten());
    }
    for (at, trigger) in book.triggers.iter().enumerate() {
        book.trigger_index.entry((trigger.word.clone(), trigger.pos)).or_default().push(at);
    }
    for rows in book.trigger_index.values_mut() {
        rows.sort_by_key(|at| (book.triggers.get(*at).map(Trigger::order), *at));
    }
}

fn read_cues(
    book: &mut Codebook,
    table: &mut Fetch<'_, '_>,
    lists: &mut WordLists,
    problems: &mut Vec<Problem>,
) {
    let columns = &["words", "when", "link", "nouns", "actor", "recipient", "effect"];
    let read = each(table("light_verbs.tsv", columns, problems), problems, |row| {
        let template = LightVerb {
            word: String::new(),
            when: conditions(row.cell("when"), lists)?,
            link: Relation::parse(row.cell("link"))?,
            nouns: if row.cell("nouns") == "*" { None } else { Some(lists.set(row.cell("nouns"))?) },
            actor: slots(row.cell("actor"))?,
            recipient: slots(row.cell("recipient"))?,
            effect: Effect::parse(row.cell("effect"))?,
        };
        row.items("words", ',')
            .map(|text| Ok(LightVerb { word: word(text)?, ..template.clone() }))
            .collect::<Result<Vec<_>, String>>()
    });
    book.light_verbs = read.into_iter().flatten().collect();
    book.light_verb_index = index(book.light_verbs.iter().map(|verb| Some(verb.word.as_str())));

    let columns = &["words", "pos", "stance", "medium", "frames", "strength"];
    let read = each(table("reporting_verbs.tsv", columns, problems), problems, |row| {
        let frames = row
            .cell("frames")
            .split_whitespace()
            .map(|frame| Frame::parse(frame, &mut |words| lists.set(words)))
            .collect::<Result<Vec<_>, _>>()?;
        let template = ReportingWord {
            words: Vec::new(),
            pos: member(row.cell("pos"), REPORTING_POS, "part of speech of a reporting word")?,
            stance: value(row.cell("stance"))?,
            medium: member(row.cell("medium"), MEDIA, "medium")?,
            frames,
            strength: value(row.cell("strength"))?,
        };
        row.items("words", ',')
            .map(|text| Ok(ReportingWord { words: phrase(text)?, ..template.clone() }))
            .collect::<Result<Vec<_>, String>>()
    });
    book.reporting = read.into_iter().flatten().collect();
    book.reporting_index = index(book.reporting.iter().map(|word| word.words.first().map(String::as_str)));

    let columns = &["cue", "pos", "when", "side", "link", "effect", "strength"];
    let read = each(table("status_cues.tsv", columns, problems), problems, |row| {
        let effect = Effect::parse(row.cell("effect"))?;
        if effect.is_empty() {
            return Err("a cue must have an effect, for instance modality=planned".to_owned());
        }
        let template = StatusCue {
            words: Vec::new(),
            pos: member(row.cell("pos"), CUE_POS, "part of speech of a cue")?,
            when: conditions(row.cell("when"), lists)?,
            side: value(row.cell("side"))?,
            link: Slot::parse(row.cell("link"))?,
            effect,
            strength: value(row.cell("strength"))?,
        };
        row.items("cue", ',')
            .map(|text| Ok(StatusCue { words: phrase(text)?, ..template.clone() }))
            .collect::<Result<Vec<_>, String>>()
    });
    book.cues = read.into_iter().flatten().collect();
    book.cue_index = index(book.cues.iter().map(|cue| cue.words.first().map(String::as_str)));
}

fn read_decisions(book: &mut Codebook, table: &mut Fetch<'_, '_>, problems: &mut Vec<Problem>) {
    let rows = each(table("decisions.tsv", &["decision", "feature", "weight"], problems), problems, |row| {
        let decision = member(row.cell("decision"), DECISIONS, "decision")?;
        Ok((decision, row.cell("feature").to_owned(), number(row.cell("weight"))?))
    });
    for (name, feature, weight) in rows {
        let decision = book.decisions.entry(name).or_default();
        if feature == "threshold" {
            decision.threshold = weight;
        } else {
            decision.weights.insert(feature, weight);
        }
    }
    for name in DECISIONS {
        if book.decision(name).is_none_or(|d| d.threshold <= 0.0 || !d.weights.contains_key("bias")) {
            problems.push(Problem {
                file: "decisions.tsv".to_owned(),
                line: 0,
                message: format!("the decision '{name}' needs the rows 'bias' and 'threshold' (above 0)"),
            });
        }
    }
}

/// Rows by their first word.
fn index<'w>(words: impl Iterator<Item = Option<&'w str>>) -> HashMap<String, Vec<usize>> {
    let mut out: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, word) in words.enumerate() {
        if let Some(word) = word {
            out.entry(word.to_owned()).or_default().push(at);
        }
    }
    out
}
