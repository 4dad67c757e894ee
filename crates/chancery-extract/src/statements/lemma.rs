//! Base forms under which a word may stand in a table.

use crate::scene::Scene;

/// The model's lemma, then the base forms that regular inflection allows, in lower case.
///
/// The model learns lemmas as edits and now and then leaves "deni" of "denied"; the table decides which of
/// the candidates is a word that reports.
pub(super) fn candidates(scene: &Scene<'_>, word: usize) -> Vec<String> {
    let mut out = vec![scene.analysis.lemma(word).to_lowercase()];
    let form = scene.form(word).to_lowercase();
    if matches!(scene.analysis.upos(word), "VERB" | "NOUN") {
        for (ending, bases) in [
            ("ies", &["y"][..]),
            ("ied", &["y"]),
            ("es", &["", "e"]),
            ("s", &[""]),
            ("ed", &["", "e"]),
            ("ing", &["", "e"]),
        ] {
            let Some(stem) = form.strip_suffix(ending).filter(|stem| stem.len() > 1) else { continue };
            out.extend(bases.iter().map(|base| format!("{stem}{base}")));
            // "Quipped", "admitting".
            let mut letters = stem.chars().rev();
            if let (Some(last), Some(before)) = (letters.next(), letters.next())
                && last == before
                && base_may_lose(last)
            {
                out.push(stem.strip_suffix(last).unwrap_or(stem).to_owned());
            }
        }
        out.push(form);
    }
    out
}

fn base_may_lose(letter: char) -> bool {
    letter.is_alphabetic() && !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 's')
}

/// The first candidate that fits.
pub(super) fn first(scene: &Scene<'_>, word: usize, fits: impl Fn(&str) -> bool) -> Option<String> {
    candidates(scene, word).into_iter().find(|lemma| fits(lemma))
}
