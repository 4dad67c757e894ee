//! The phrase index: from the folded words of a text to rows of the tables.
//!
//! All phrases lie in one finite-state map that is walked word by word, so that one
//! walk finds every phrase that starts at a word.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fst::Streamer;
use serde::{Deserialize, Serialize};

use crate::entry::CountryForm;
use crate::error::KnowledgeError;
use crate::fold::{CaseRule, Folder, fold_phrase};

/// A row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Target {
    Country { row: u32, form: CountryForm },
    Capital { row: u32, capital: u32 },
    Metonym(u32),
    Organisation(u32),
    Group(u32),
    Outlet(u32),
    Role(u32),
    Region(u32),
    People(u32),
    Person(u32),
    Modifier(u32),
}

/// One meaning of one phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Posting {
    pub(crate) target: Target,
    pub(crate) case: CaseRule,
    pub(crate) plural: bool,
    pub(crate) adjective: bool,
    pub(crate) ambiguous: bool,
}

/// Gathers phrases before the index is built.
#[derive(Debug, Default)]
pub(crate) struct PhraseIndexBuilder {
    phrases: BTreeMap<String, Vec<Posting>>,
}

impl PhraseIndexBuilder {
    /// Adds one meaning. False if the phrase folds to nothing.
    pub(crate) fn add(&mut self, phrase: &str, posting: Posting) -> bool {
        let key = fold_phrase(phrase);
        if key.is_empty() {
            return false;
        }
        let postings = self.phrases.entry(key).or_default();
        // "U.S." and "US" fold to one key: the laxer rule of capitals wins.
        match postings.iter_mut().find(|other| {
            other.target == posting.target
                && other.plural == posting.plural
                && other.adjective == posting.adjective
        }) {
            Some(other) => {
                other.case = other.case.min(posting.case);
                other.ambiguous |= posting.ambiguous;
            }
            None => postings.push(posting),
        }
        true
    }

    /// Starts from the phrases of a finished index.
    pub(crate) fn from_index(index: &PhraseIndex) -> Self {
        let mut phrases = BTreeMap::new();
        for (key, meanings) in index.phrases() {
            phrases.insert(key, meanings.to_vec());
        }
        Self { phrases }
    }

    /// Forgets the meanings that belong to a table which is about to be replaced.
    pub(crate) fn remove(&mut self, belongs: fn(&Target) -> bool) {
        self.phrases.retain(|_, meanings| {
            meanings.retain(|meaning| !belongs(&meaning.target));
            !meanings.is_empty()
        });
    }

    /// The finished index as map bytes and the postings to which the map points.
    pub(crate) fn build(self) -> Result<(Vec<u8>, Vec<Vec<Posting>>), KnowledgeError> {
        let mut postings = Vec::with_capacity(self.phrases.len());
        let keys = self.phrases.into_iter().enumerate().map(|(index, (key, meanings))| {
            postings.push(meanings);
            (key, index as u64)
        });
        let map = fst::Map::from_iter(keys).map_err(|error| KnowledgeError::Artefact(error.to_string()))?;
        Ok((map.into_fst().into_inner(), postings))
    }
}

/// The index in use.
#[derive(Debug, Default)]
pub(crate) struct PhraseIndex {
    /// None while there are no phrases at all.
    map: Option<fst::Map<Cow<'static, [u8]>>>,
    postings: Vec<Vec<Posting>>,
}

impl PhraseIndex {
    /// An index over map bytes and postings as [`PhraseIndexBuilder::build`] made them.
    pub(crate) fn new(map: Cow<'static, [u8]>, postings: Vec<Vec<Posting>>) -> Result<Self, KnowledgeError> {
        let map = fst::Map::new(map).map_err(|error| KnowledgeError::Artefact(error.to_string()))?;
        Ok(Self { map: Some(map), postings })
    }

    /// Every folded phrase with its meanings, in order of spelling.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = (String, &[Posting])> {
        let mut stream = self.map.as_ref().map(fst::Map::stream);
        std::iter::from_fn(move || {
            let (key, value) = stream.as_mut()?.next()?;
            let meanings = usize::try_from(value).ok().and_then(|index| self.postings.get(index));
            Some((String::from_utf8_lossy(key).into_owned(), meanings.map(Vec::as_slice).unwrap_or_default()))
        })
    }

    /// Every phrase that starts at `words[0]`, as the number of words and the postings,
    /// shortest first.
    pub(crate) fn starting_at<'i>(&'i self, words: &[&str]) -> Vec<(usize, &'i [Posting])> {
        let mut found = Vec::new();
        let Some(map) = self.map.as_ref().map(fst::Map::as_fst) else { return found };
        let mut node = map.root();
        let mut value = fst::raw::Output::zero();
        let mut folder = Folder::default();
        for (index, word) in words.iter().enumerate() {
            let mut fell_off = false;
            let gave = folder.word(word, |byte| match node.find_input(byte) {
                Some(transition) => {
                    let transition = node.transition(transition);
                    value = value.cat(transition.out);
                    node = map.node(transition.addr);
                    true
                }
                None => {
                    fell_off = true;
                    false
                }
            });
            if fell_off || (index == 0 && !gave) {
                break;
            }
            // A trailing hyphen or possessive apostrophe is not part of the phrase.
            if gave && node.is_final() {
                let key = value.cat(node.final_output()).value();
                if let Some(postings) = usize::try_from(key).ok().and_then(|key| self.postings.get(key)) {
                    found.push((index + 1, postings.as_slice()));
                }
            }
        }
        found
    }
}
