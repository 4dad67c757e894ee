//! Lemma scripts: a lemma as an edit of the form's end (after UDPipe, Straka & Straková 2017).
//!
//! The twin of `training/chancery_training/lemma.py`. Inflected forms that the lexicon knows ([`known`]) overrule the
//! script: it is a guess that confuses "discussed" with "raised".

use std::collections::HashMap;
use std::io::Read;
use std::sync::OnceLock;

/// Forms with their lemmas, from the NIH's SPECIALIST lexicon by way of lemminflect (MIT): see
/// `xtask/lemmas.py`.
static LEXICON: &[u8] = include_bytes!("../../data/lemmas.tsv.gz");

struct Lexicon {
    text: String,
    /// Form and class to the place of the lemmas in the text.
    index: HashMap<(Box<str>, char), (u32, u32)>,
}

fn lexicon() -> &'static Lexicon {
    static PARSED: OnceLock<Lexicon> = OnceLock::new();
    PARSED.get_or_init(|| {
        let mut text = String::new();
        // The artefact is part of the program and tested; a broken one leaves the scripts alone.
        if flate2::read::GzDecoder::new(LEXICON).read_to_string(&mut text).is_err() {
            text.clear();
        }
        let mut index = HashMap::with_capacity(text.len() / 24);
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let mut cells = line.trim_end().split('\t');
            if let (Some(form), Some(class), Some(lemmas)) = (cells.next(), cells.next(), cells.next()) {
                let start = at + form.len() + class.len() + 2;
                let class = class.chars().next().unwrap_or('n');
                index.insert((form.into(), class), (start as u32, (start + lemmas.len()) as u32));
            }
            at += line.len();
        }
        Lexicon { text, index }
    })
}

/// The lemma of an inflected form by its Penn tag, if the lexicon knows the form: the model's guess if that is one of the
/// lexicon's, else the lexicon's first. Base forms are their own lemma, also where the tagger takes them for past
/// forms ("We commend"), and "congratulates" is no base form whatever the tag.
pub fn known(form: &str, tag: &str, guess: &str) -> Option<String> {
    let class = match tag {
        "VBD" | "VBN" | "VBG" | "VBZ" | "VBP" => 'v',
        "NNS" => 'n',
        "JJR" | "JJS" | "RBR" | "RBS" => 'a',
        "VB" | "NN" => {
            let lower = form.to_lowercase();
            return (lower.len() > 3 && lower.chars().all(char::is_alphabetic)).then_some(lower);
        }
        _ => return None,
    };
    let lexicon = lexicon();
    let lower = form.to_lowercase();
    let Some(&(start, end)) = lexicon.index.get(&(lower.as_str().into(), class)) else {
        // A guess that is shorter than a base form cuts into it ("commen").
        let regular = ["ed", "ing", "s"].iter().any(|ending| lower.ends_with(ending));
        let cut = guess.len() < lower.len() && lower.starts_with(guess);
        let base = class == 'v' && !regular && cut && lower.chars().all(char::is_alphabetic);
        return base.then_some(lower);
    };
    let lemmas = lexicon.text.get(start as usize..end as usize)?;
    let guessed = lemmas.split(';').any(|lemma| lemma == guess);
    Some(if guessed { guess } else { lemmas.split(';').next()? }.to_owned())
}

/// One script.
#[derive(Debug, Clone, PartialEq)]
pub enum LemmaScript {
    /// The lemma itself, `=be`.
    Whole(String),
    /// Drop letters from the end and add others, `L2+e`; `L` works on the small letters, `K` keeps the form.
    Edit {
        /// Lower-case the form first.
        lower: bool,
        /// Characters to drop.
        drop: usize,
        /// What to add.
        add: String,
    },
}

impl LemmaScript {
    /// Reads a script as the weights write it; what cannot be read lower-cases the form.
    pub fn parse(script: &str) -> LemmaScript {
        if let Some(whole) = script.strip_prefix('=') {
            return LemmaScript::Whole(whole.to_owned());
        }
        let lower = !script.starts_with('K');
        let (drop, add) = script.get(1..).and_then(|rest| rest.split_once('+')).unwrap_or(("0", ""));
        LemmaScript::Edit { lower, drop: drop.parse().unwrap_or(0), add: add.to_owned() }
    }

    /// The lemma of a form; its small letters where the script does not fit.
    pub fn apply(&self, form: &str) -> String {
        match self {
            LemmaScript::Whole(lemma) => lemma.clone(),
            LemmaScript::Edit { lower, drop, add } => {
                let base = if *lower { form.to_lowercase() } else { form.to_owned() };
                let length = base.chars().count();
                match length.checked_sub(*drop) {
                    Some(keep) => base.chars().take(keep).chain(add.chars()).collect(),
                    None => form.to_lowercase(),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LemmaScript, known};

    #[test]
    fn the_lexicon_corrects_guesses() {
        assert_eq!(known("discussed", "VBD", "discusse").as_deref(), Some("discuss"));
        assert_eq!(known("Arrived", "VBN", "arriv").as_deref(), Some("arrive"));
        assert_eq!(known("commend", "VBD", "commen").as_deref(), Some("commend"));
        assert_eq!(known("congratulates", "VBP", "congratulates").as_deref(), Some("congratulate"));
        // "Found" is a lemma itself, so the model decides.
        assert_eq!(known("found", "VBD", "find"), None);
        assert_eq!(known("envoys", "NNS", "envoys").as_deref(), Some("envoy"));
        assert_eq!(known("quickly", "RB", "quickly"), None);
        assert_eq!(known("xyzzed", "VBD", "xyzz"), None);
    }

    #[test]
    fn scripts_apply() {
        let lemma = |script: &str, form: &str| LemmaScript::parse(script).apply(form);
        assert_eq!(lemma("L1+", "Visited".trim_end_matches('d')), "visit");
        assert_eq!(lemma("L3+y", "Allies"), "ally");
        assert_eq!(lemma("K0+", "Baku"), "Baku");
        assert_eq!(lemma("=be", "were"), "be");
        assert_eq!(lemma("L9+x", "met"), "met");
    }
}
