//! `eval relations`: the strict PLOVER root of a marked actor and recipient (PLV form).
//!
//! The scorer is the one that `code` uses, with the trigger latent: the model weighs every word as trigger,
//! act and modality are turned into a root by the derivation table of the codebook.

use std::time::Instant;

use chancery_core::codebook::Codebook;
use chancery_core::{Act, Modality, Quad, StatusParts};
use chancery_language::model::{Analysis, Reader};
use chancery_language::segment::segment;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::json;

use super::measures::Labelled;
use super::{EvalError, Report, lines};

#[derive(Debug, Deserialize)]
struct Row {
    plain: String,
    source_spans: Vec<(usize, usize)>,
    target_spans: Vec<(usize, usize)>,
    gold_root: String,
    gold_penta: u8,
}

/// The root that stands for an act in the files: two acts share one there.
fn root_of(act: Act) -> &'static str {
    match act {
        Act::Concede | Act::Retreat => "YIELD",
        other => other.as_str(),
    }
}

/// Measures the files.
///
/// # Errors
/// [`EvalError`] when a file cannot be read or is of another form.
pub fn evaluate(reader: &Reader, codebook: &Codebook, paths: &[String]) -> Result<Report, EvalError> {
    let mut rows: Vec<Row> = Vec::new();
    for path in paths {
        rows.extend(lines::read_rows(path)?);
    }
    let begin = Instant::now();
    let given: Vec<Option<(String, u8)>> =
        rows.par_iter().map(|row| relation(reader, codebook, row)).collect();
    let seconds = begin.elapsed().as_secs_f64();
    let (mut root, mut quad_class, mut binary) =
        (Labelled::default(), Labelled::default(), Labelled::default());
    for (row, given) in rows.iter().zip(&given) {
        let (name, class) = given.as_ref().map_or(("none", 0), |(root, class)| (root.as_str(), *class));
        root.push(&row.gold_root, name);
        quad_class.push(&row.gold_penta.to_string(), &class.to_string());
        binary.push(side(row.gold_penta), side(class));
    }
    let mut report = Report::new("relations", rows.len());
    report.figure("root.macro_f1", root.macro_f1());
    report.figure("root.accuracy", root.accuracy());
    report.value("root.per_class", root.per_class());
    report.figure("quad.macro_f1", quad_class.macro_f1());
    report.figure("quad.accuracy", quad_class.accuracy());
    report.value("quad.per_class", quad_class.per_class());
    report.figure("binary.macro_f1", binary.macro_f1());
    report.figure("sentences_per_second", if seconds > 0.0 { rows.len() as f64 / seconds } else { 0.0 });
    report.remark(format!(
        "Macro F1 over the {} roots that occur in the gold files; quad is the class of highest summed probability; \
         binary is cooperation (1, 2) against conflict (3, 4).",
        root.gold_classes().count()
    ));
    report.value("threads", json!(rayon::current_num_threads()));
    Ok(report)
}

fn side(quad: u8) -> &'static str {
    match quad {
        1 | 2 => "cooperation",
        3 | 4 => "conflict",
        _ => "none",
    }
}

/// The act that strict PLOVER codes for an act of this modality, as far as marked pairs tell: whether it is
/// denied or only imagined is not asked there, so such acts count as they are.
fn strict(codebook: &Codebook, act: Act, modality: Modality) -> Option<Act> {
    let modality = if modality == Modality::Hypothetical { Modality::Actual } else { modality };
    let parts = StatusParts { modality, ..StatusParts::default() };
    codebook.derive(act, None, None, &parts).event
}

/// Most probable root and quad class of a row; none if no word of it can be a trigger.
fn relation(reader: &Reader, codebook: &Codebook, row: &Row) -> Option<(String, u8)> {
    let analysis = reader.read(&row.plain, segment(&row.plain, &[]));
    let bytes = byte_offsets(&row.plain);
    let actor = words_in(&analysis, &bytes, &row.source_spans);
    let recipient = words_in(&analysis, &bytes, &row.target_spans);
    let roots = &analysis.labels.roots;
    let acts: Vec<Option<Act>> = analysis.labels.acts.iter().map(|act| act.parse().ok()).collect();
    let modalities: Vec<Option<Modality>> =
        analysis.labels.modalities.iter().map(|m| m.parse().ok()).collect();
    let index = |act: usize, modality: usize| {
        let act = strict(
            codebook,
            acts.get(act).copied().flatten()?,
            modalities.get(modality).copied().flatten()?,
        )?;
        roots.iter().position(|root| root == root_of(act))
    };
    let scores = reader.relation(&analysis, 0..analysis.tokens.len(), &actor, &recipient, &index);
    let mut classes = [0.0f32; 4];
    for (root, score) in roots.iter().zip(&scores) {
        let class = quad_of(codebook, root).and_then(|quad| classes.get_mut(usize::from(quad.number()) - 1));
        if let Some(class) = class {
            *class += score;
        }
    }
    let root = roots.get(highest(&scores)?)?;
    let class = u8::try_from(highest(&classes)? + 1).ok()?;
    Some((root.clone(), class))
}

/// The first of the highest scores; none if nothing scores.
fn highest(scores: &[f32]) -> Option<usize> {
    let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)))?;
    (scores[best] > 0.0).then_some(best)
}

/// The quad class of a root. The files put both acts of YIELD into class 2, where RETREAT is.
fn quad_of(codebook: &Codebook, root: &str) -> Option<Quad> {
    let act = Act::ALL.iter().find(|act| **act != Act::Concede && root_of(**act) == root)?;
    codebook.act(*act).map(|entry| entry.quad)
}

/// Byte offset of every character, and of the end.
fn byte_offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len())).collect()
}

/// Words that lie at least in part in one of the spans, which are in characters.
fn words_in(analysis: &Analysis, bytes: &[usize], spans: &[(usize, usize)]) -> Vec<usize> {
    let end = bytes.last().copied().unwrap_or(0);
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(end);
    let touches = |word: &usize| {
        analysis.tokens.get(*word).is_some_and(|token| {
            spans.iter().any(|(from, to)| token.range.start < byte(*to) && byte(*from) < token.range.end)
        })
    };
    (0..analysis.tokens.len()).filter(touches).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_yielding_acts_share_a_root() {
        assert_eq!(root_of(Act::Concede), "YIELD");
        assert_eq!(root_of(Act::Retreat), "YIELD");
        assert_eq!(root_of(Act::Aid), "AID");
    }

    #[test]
    fn the_codebook_makes_the_roots() {
        let codebook = Codebook::builtin();
        assert_eq!(strict(codebook, Act::Consult, Modality::Planned), Some(Act::Agree));
        assert_eq!(strict(codebook, Act::Assault, Modality::Threatened), Some(Act::Threaten));
        assert_eq!(strict(codebook, Act::Aid, Modality::Requested), Some(Act::Request));
        assert_eq!(strict(codebook, Act::Assault, Modality::Hypothetical), Some(Act::Assault));
        assert_eq!(quad_of(codebook, "YIELD"), Some(Quad::MaterialCooperation));
        assert_eq!(quad_of(codebook, "REQUEST"), Some(Quad::VerbalConflict));
        assert_eq!(quad_of(codebook, "none"), None);
    }

    #[test]
    fn the_first_of_equal_scores_wins() {
        assert_eq!(highest(&[0.1, 0.4, 0.4]), Some(1));
        assert_eq!(highest(&[0.0, 0.0]), None);
        assert_eq!(highest(&[]), None);
    }

    #[test]
    fn characters_are_turned_into_bytes() {
        assert_eq!(byte_offsets("aé b"), [0, 1, 3, 4, 5]);
    }
}
