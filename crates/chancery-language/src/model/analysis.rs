//! What one pass of the model says of a document.

use std::ops::Range;
use std::sync::Arc;

use crate::segment::SentenceSpan;

/// The label sets of the weights.
#[derive(Debug)]
pub struct Labels {
    /// Universal part-of-speech tags.
    pub upos: Vec<String>,
    /// Penn Treebank tags.
    pub xpos: Vec<String>,
    /// Lemma scripts.
    pub scripts: Vec<String>,
    /// Universal dependency relations.
    pub relations: Vec<String>,
    /// BIO tags of names.
    pub names: Vec<String>,
    /// PropBank roles; the first is none.
    pub roles: Vec<String>,
    /// Acts of the codebook.
    pub acts: Vec<String>,
    /// Acts alone and with each of their modes, as "ACT" and "ACT/mode".
    pub modes: Vec<String>,
    /// Modalities of the codebook.
    pub modalities: Vec<String>,
    /// Aspects of the codebook.
    pub aspects: Vec<String>,
    /// Roots of the strict layer (PLV).
    pub roots: Vec<String>,
}

/// One word.
#[derive(Debug, Clone)]
pub struct Token {
    /// Byte range in the document's text.
    pub range: Range<usize>,
    /// Index of its sentence.
    pub sentence: usize,
    /// Index of its head word in the document; none for the root of a sentence.
    pub head: Option<usize>,
    /// Lemma.
    pub lemma: String,
    pub(super) upos: u16,
    pub(super) xpos: u16,
    pub(super) relation: u16,
    /// Probability that the word is a predicate with roles.
    pub predicate: f32,
}

/// A name found in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// Indexes of its words.
    pub words: Range<usize>,
    /// PER, ORG, LOC, NAT, FAC or EVT.
    pub kind: String,
    /// Lowest probability of its tags.
    pub score: f32,
}

/// A PropBank argument: the head word and its role.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Index of the predicate's word.
    pub predicate: usize,
    /// Index of the head word of the argument.
    pub head: usize,
    /// ARG0, ARGM-TMP ...
    pub role: u16,
}

/// What the event heads say of one word, as probabilities.
#[derive(Debug, Clone, Default)]
pub struct EventState {
    /// Acts in the order of the labels, then "no event".
    pub acts: Vec<f32>,
    /// Scores (not probabilities) of acts alone and with their modes, in the order of the labels.
    pub modes: Vec<f32>,
    /// Modalities in the order of the labels.
    pub modality: Vec<f32>,
    /// Probability that it is negated.
    pub negated: f32,
    /// Aspects in the order of the labels.
    pub aspect: Vec<f32>,
    /// Probability that it is background.
    pub background: f32,
    /// Did it happen, about -3 (certainly not) to 3 (certainly).
    pub factuality: f32,
}

impl EventState {
    /// Probability that the word is a trigger.
    pub fn event(&self) -> f32 {
        1.0 - self.acts.last().copied().unwrap_or(1.0)
    }
}

/// Projections of the words by which triggers find their participants.
#[derive(Debug, Default)]
pub(super) struct Vectors {
    pub trigger: Vec<f32>,
    pub word: Vec<f32>,
    pub pair_trigger: Vec<f32>,
    pub pair_actor: Vec<f32>,
    pub pair_recipient: Vec<f32>,
    pub act_scores: Vec<f32>,
}

/// The whole analysis of a document.
#[derive(Debug)]
pub struct Analysis {
    /// Words in the order of the text.
    pub tokens: Vec<Token>,
    /// Sentences.
    pub sentences: Vec<SentenceSpan>,
    /// Names in the order of the text.
    pub names: Vec<Name>,
    /// PropBank arguments.
    pub arguments: Vec<Argument>,
    /// Event heads' word for every token.
    pub states: Vec<EventState>,
    /// Dependents of every token, in the order of the text.
    pub children: Vec<Vec<usize>>,
    /// The label sets.
    pub labels: Arc<Labels>,
    pub(super) vectors: Vectors,
}

fn label(labels: &[String], at: u16) -> &str {
    labels.get(usize::from(at)).map_or("", String::as_str)
}

impl Analysis {
    /// Universal part of speech of a word.
    pub fn upos(&self, word: usize) -> &str {
        self.tokens.get(word).map_or("", |t| label(&self.labels.upos, t.upos))
    }

    /// Penn tag of a word.
    pub fn xpos(&self, word: usize) -> &str {
        self.tokens.get(word).map_or("", |t| label(&self.labels.xpos, t.xpos))
    }

    /// Dependency relation of a word to its head, with its subtype.
    pub fn relation(&self, word: usize) -> &str {
        self.tokens.get(word).map_or("", |t| label(&self.labels.relations, t.relation))
    }

    /// Head word.
    pub fn head(&self, word: usize) -> Option<usize> {
        self.tokens.get(word).and_then(|t| t.head)
    }

    /// Lemma of a word.
    pub fn lemma(&self, word: usize) -> &str {
        self.tokens.get(word).map_or("", |t| t.lemma.as_str())
    }

    /// The words that hang on a word.
    pub fn dependents(&self, word: usize) -> &[usize] {
        self.children.get(word).map_or(&[], Vec::as_slice)
    }

    /// Modes of an act at a trigger with their probabilities, in the order of the labels; the empty name is none.
    pub fn modes(&self, trigger: usize, act: &str) -> Vec<(&str, f32)> {
        let scores = self.states.get(trigger).map_or(&[][..], |s| &s.modes);
        let mut own: Vec<(&str, f32)> = self
            .labels
            .modes
            .iter()
            .zip(scores)
            .filter_map(|(name, score)| {
                let rest = name.strip_prefix(act)?;
                if rest.is_empty() { Some(("", *score)) } else { Some((rest.strip_prefix('/')?, *score)) }
            })
            .collect();
        let highest = own.iter().fold(f32::MIN, |most, (_, score)| most.max(*score));
        let total: f32 = own.iter().map(|(_, score)| (score - highest).exp()).sum();
        for (_, score) in &mut own {
            *score = (*score - highest).exp() / total;
        }
        own
    }

    /// Role label of an argument.
    pub fn role(&self, argument: &Argument) -> &str {
        label(&self.labels.roles, argument.role)
    }
}
