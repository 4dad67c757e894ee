//! Who is who in a document.
//!
//! Every noun phrase that can act is described from its own words ([`describe`]): what the tables say of
//! the name, the role word, the nationality in front of it, the apposition behind it. Then the mentions of
//! one person or body are gathered ([`coreference`]): full and short names, titles, pronouns, "both sides".

pub mod coreference;
pub mod describe;

use std::ops::Range;

use chancery_core::record::{ActorKind, DocumentActor, Part, Participant};
use chancery_knowledge::{Gender, Match};

use crate::scene::Scene;

/// What is known of the referent of a noun phrase.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Description {
    /// Head word of the phrase.
    pub head: usize,
    /// Words of the phrase.
    pub words: Range<usize>,
    /// What it is; none if nothing tells that it could act.
    pub kind: Option<ActorKind>,
    /// Codes of its countries.
    pub countries: Vec<String>,
    /// PLOVER sectors, primary first.
    pub sectors: Vec<String>,
    /// IGO, NGO ...
    pub class: Option<String>,
    /// Name: of a person without titles, of a state or body as the tables have it.
    pub name: Option<String>,
    /// Words of the name in the text.
    pub name_words: Option<Range<usize>>,
    /// Office as the text words it.
    pub office: Option<String>,
    /// Who backs it.
    pub backers: Vec<String>,
    /// Whether it is a thing that stands for those who use it: a jet, a missile.
    pub thing: bool,
    /// Whether it is plural.
    pub plural: bool,
    /// Grammatical gender, if a given name or title tells.
    pub gender: Option<Gender>,
    /// Whether it is a pronoun.
    pub pronoun: bool,
    /// The mention that it was resolved from.
    pub antecedent: Option<usize>,
    /// Further mentions that it was resolved from: "they" after "Kenya and Uganda".
    pub further_antecedents: Vec<usize>,
    /// Cluster of the document.
    pub cluster: Option<usize>,
}

impl Description {
    /// Whether it may act in politics: a state, an organisation, or persons with a sector or country.
    pub fn political(&self) -> bool {
        match self.kind {
            Some(ActorKind::State | ActorKind::Organisation) => true,
            Some(ActorKind::Person | ActorKind::Group) => {
                !self.sectors.is_empty() || !self.countries.is_empty()
            }
            _ => !self.countries.is_empty(),
        }
    }

    /// Takes over what is missing from a fuller description of the same referent.
    pub fn complete_from(&mut self, other: &Description) {
        if self.kind.is_none() || self.pronoun {
            self.kind = other.kind.or(self.kind);
        }
        if self.countries.is_empty() {
            self.countries.clone_from(&other.countries);
        }
        if self.sectors.is_empty() {
            self.sectors.clone_from(&other.sectors);
        }
        if self.class.is_none() {
            self.class.clone_from(&other.class);
        }
        if self.office.is_none() {
            self.office.clone_from(&other.office);
        }
        if self.gender.is_none() {
            self.gender = other.gender;
        }
        if self.pronoun
            || self.name.as_ref().is_none_or(|n| other.name.as_ref().is_some_and(|o| o.len() > n.len()))
        {
            self.name = other.name.clone().or(self.name.take());
        }
    }
}

/// All phrases of a document that may act, with what is known of them.
#[derive(Debug)]
pub struct Entities<'k> {
    /// Phrases of the tables by the word at which they begin, longest first.
    pub(super) matches: Vec<Vec<Match<'k>>>,
    /// For every word, the beginning of the table phrase that covers it.
    pub(super) cover: Vec<Option<usize>>,
    /// For every word, the description of the phrase whose head it is, once asked for.
    described: Vec<Option<Description>>,
    clusters: Vec<coreference::Cluster>,
}

impl<'k> Entities<'k> {
    /// Describes and links all actors of a document.
    pub fn new(scene: &Scene<'k>) -> Entities<'k> {
        let n = scene.analysis.tokens.len();
        let mut entities = Entities {
            matches: vec![Vec::new(); n],
            cover: vec![None; n],
            described: vec![None; n],
            clusters: Vec::new(),
        };
        entities.look_up(scene);
        for word in 0..n {
            if describe::may_refer(scene, word) && !entities.inside_phrase(scene, word) {
                entities.described[word] = Some(describe::describe(scene, &entities, word));
            }
        }
        entities.surnames(scene);
        entities.absorb_titles(scene);
        entities.expand_abbreviations(scene);
        entities.clusters = coreference::link(scene, &mut entities.described);
        entities
    }

    /// Finds the tables' phrases, the longest from the left.
    fn look_up(&mut self, scene: &Scene<'k>) {
        let mut covered = 0;
        for sentence in &scene.analysis.sentences {
            let forms: Vec<&str> = sentence.tokens.clone().map(|w| scene.form(w)).collect();
            for (i, word) in sentence.tokens.clone().enumerate() {
                let window = &forms[i..forms.len().min(i + 12)];
                let found = scene.knowledge.match_at(window);
                let longest = found.iter().map(|m| m.words).max().unwrap_or(0);
                self.matches[word] = found;
                if word >= covered && longest > 0 {
                    covered = word + longest;
                    for inside in word..covered.min(self.cover.len()) {
                        self.cover[inside] = Some(word);
                    }
                }
            }
        }
    }

    /// Whether a word is an inner part of a longer phrase of the tables: "State" of "Secretary of State".
    fn inside_phrase(&self, scene: &Scene<'_>, word: usize) -> bool {
        let Some(words) = self.covered_words(word).filter(|w| w.len() > 1) else { return false };
        scene.analysis.head(word).is_some_and(|head| words.contains(&head))
    }

    /// A single word that the model takes for an organisation is the surname of a person of the document.
    fn surnames(&mut self, scene: &Scene<'_>) {
        let known: std::collections::HashSet<String> = self
            .described
            .iter()
            .flatten()
            .filter(|d| d.kind == Some(ActorKind::Person))
            .filter_map(|d| d.name_words.clone().filter(|w| w.len() > 1))
            .map(|w| scene.form(w.end - 1).to_owned())
            .collect();
        for word in 0..self.described.len() {
            let table = self.covering(word).iter().any(describe::is_body);
            if let Some(d) = &mut self.described[word]
                && matches!(d.kind, Some(ActorKind::Organisation) | None)
                && !table
                && known.contains(scene.form(word))
            {
                *d = Description {
                    head: word,
                    words: d.words.clone(),
                    kind: Some(ActorKind::Person),
                    name: Some(scene.form(word).to_owned()),
                    name_words: Some(word..word + 1),
                    ..Description::default()
                };
            }
        }
    }

    /// The words of a title are no actors beside the person who bears it.
    fn absorb_titles(&mut self, scene: &Scene<'_>) {
        let titles: Vec<(usize, Range<usize>, Range<usize>)> = self
            .described
            .iter()
            .flatten()
            .filter_map(|d| Some((d.head, d.words.clone(), d.name_words.clone()?)))
            // The head of a name speaks for it, not its later parts.
            .filter(|(head, _, name)| scene.analysis.head(*head).is_none_or(|above| !name.contains(&above)))
            .collect();
        for (head, words, name) in titles {
            for word in words.start..name.end {
                let role = self.described[word].as_ref().is_some_and(|d| {
                    matches!(d.kind, Some(ActorKind::Person | ActorKind::Group)) && d.name.is_none()
                });
                let inside_name = name.contains(&word) && word != head;
                if word == head || !(role || inside_name) || scene.analysis.relation(word) == "nmod:poss" {
                    continue;
                }
                // Where the parse does not hang the title on the name, the title's word speaks for the person.
                let apart = role && !crate::sentence::below(scene.analysis, word, head);
                self.described[word] =
                    self.described[head].clone().filter(|_| apart).map(|d| Description { head: word, ..d });
            }
        }
    }

    /// "Center for Strategic Studies (CSS)": the abbreviation means the name before it, here and below.
    fn expand_abbreviations(&mut self, scene: &Scene<'_>) {
        let n = self.described.len();
        let mut known: Vec<(String, Description)> = Vec::new();
        for word in 2..n.saturating_sub(1) {
            let short = scene.form(word);
            let bracketed = scene.form(word - 1) == "(" && scene.form(word + 1) == ")";
            if bracketed && short.len() >= 2 && short.chars().filter(|c| c.is_uppercase()).count() >= 2 {
                let end = word - 1;
                let before =
                    (0..=6.min(end)).filter_map(|back| self.described.get(end - back)?.as_ref()).find(|d| {
                        matches!(d.kind, Some(ActorKind::Organisation))
                            && d.words.end >= end
                            && abbreviates(scene, short, &d.words)
                    });
                if let Some(full) = before {
                    known.push((short.to_owned(), full.clone()));
                }
            }
            if let Some((_, full)) = known.iter().find(|(s, _)| s == short) {
                let own = Description { head: word, words: word..word + 1, name_words: None, ..full.clone() };
                self.described[word] = Some(own);
            }
        }
    }

    /// Table phrases that cover a word: all of the longest length from where the cover begins.
    pub fn covering(&self, word: usize) -> &[Match<'k>] {
        let Some(start) = self.cover.get(word).copied().flatten() else { return &[] };
        let all = &self.matches[start];
        let longest = all.first().map_or(0, |m| m.words);
        &all[..all.iter().take_while(|m| m.words == longest).count()]
    }

    /// First and last word of the table phrase that covers a word.
    pub fn covered_words(&self, word: usize) -> Option<Range<usize>> {
        let start = self.cover.get(word).copied().flatten()?;
        let longest = self.matches[start].first()?.words;
        Some(start..start + longest)
    }

    /// The description of the phrase with this head.
    pub fn of(&self, head: usize) -> Option<&Description> {
        self.described.get(head)?.as_ref()
    }

    /// Whether the phrase with this head may act in politics.
    pub fn political(&self, head: usize) -> bool {
        self.of(head).is_some_and(Description::political)
    }

    /// Lets first-person pronouns inside quotations refer to the speaker: (pronoun, speaker's head).
    pub fn resolve_speakers(&mut self, links: &[(usize, usize)]) {
        for (pronoun, speaker) in links {
            let Some(other) = self.described.get(*speaker).cloned().flatten() else { continue };
            if let Some(Some(mine)) = self.described.get_mut(*pronoun) {
                mine.complete_from(&other);
                mine.antecedent = Some(*speaker);
                mine.cluster = other.cluster;
            }
        }
    }

    /// Lets "we" outside of all speech refer to the state or body that was the subject before it: the text speaks for it.
    pub fn resolve_authors(&mut self, scene: &Scene<'_>, pronouns: &[usize]) {
        for pronoun in pronouns {
            let author = (0..*pronoun).rev().find(|word| {
                self.of(*word).is_some_and(|d| {
                    matches!(d.kind, Some(ActorKind::State | ActorKind::Organisation))
                        && !d.pronoun
                        && d.name.is_some()
                        && scene.analysis.relation(*word) == "nsubj"
                })
            });
            let Some(other) = author.and_then(|word| self.of(word)).cloned() else { continue };
            if let Some(Some(mine)) = self.described.get_mut(*pronoun) {
                mine.complete_from(&other);
                mine.antecedent = Some(other.head);
                mine.cluster = other.cluster;
            }
        }
    }

    /// The phrase as a participant of the record.
    pub fn participant(&self, scene: &Scene<'_>, head: usize, part: Option<Part>) -> Participant {
        let Some(d) = self.of(head) else {
            let words = crate::sentence::phrase(scene.analysis, head);
            let bytes = scene.bytes(&words);
            return Participant {
                text: Some(scene.cut(&bytes).to_owned()),
                span: Some(scene.span(&bytes)),
                name: None,
                kind: ActorKind::Unknown,
                countries: Vec::new(),
                sectors: Vec::new(),
                class: None,
                office: None,
                part,
                resolved_from: None,
                backers: Vec::new(),
                actor_id: None,
            };
        };
        let bytes = scene.bytes(&d.words);
        let resolved_from =
            d.antecedent.and_then(|at| self.of(at)).map(|o| scene.words(&scene.bytes(&o.words)));
        Participant {
            text: Some(scene.cut(&bytes).to_owned()),
            span: Some(scene.span(&bytes)),
            name: d.name.clone(),
            kind: d.kind.unwrap_or(ActorKind::Unknown),
            countries: d.countries.clone(),
            sectors: d.sectors.clone(),
            class: d.class.clone(),
            office: d.office.clone(),
            part,
            resolved_from,
            backers: d.backers.clone(),
            actor_id: d.cluster.map(|c| format!("a{}", c + 1)),
        }
    }

    /// The phrase as participants of the record: one, or one for each antecedent of "they" and "the two".
    pub fn participants(&self, scene: &Scene<'_>, head: usize, part: Option<Part>) -> Vec<Participant> {
        let whole = self.participant(scene, head, part);
        let Some(d) = self.of(head).filter(|d| !d.further_antecedents.is_empty()) else { return vec![whole] };
        d.antecedent
            .iter()
            .chain(&d.further_antecedents)
            .map(|at| {
                let own = self.participant(scene, *at, part);
                let resolved_from = own.resolved_from.or_else(|| {
                    let words = self.of(*at).map_or(*at..*at + 1, |o| o.words.clone());
                    Some(scene.words(&scene.bytes(&words)))
                });
                Participant { text: whole.text.clone(), span: whole.span, resolved_from, ..own }
            })
            .collect()
    }

    /// The actors of the document with all their mentions.
    pub fn actors(&self, scene: &Scene<'_>) -> Vec<DocumentActor> {
        self.clusters
            .iter()
            .enumerate()
            .map(|(number, cluster)| DocumentActor {
                actor_id: format!("a{}", number + 1),
                name: cluster.name.clone(),
                kind: cluster.kind,
                countries: cluster.countries.clone(),
                sectors: cluster.sectors.clone(),
                office: cluster.office.clone(),
                mentions: cluster
                    .mentions
                    .iter()
                    .filter_map(|head| self.of(*head))
                    .map(|d| scene.span(&scene.bytes(&d.words)))
                    .collect(),
            })
            .collect()
    }
}

/// Whether the letters of an abbreviation begin words of a phrase, in order.
fn abbreviates(scene: &Scene<'_>, short: &str, words: &Range<usize>) -> bool {
    let mut initials =
        words.clone().filter_map(|w| scene.form(w).chars().next()).map(|c| c.to_ascii_uppercase());
    short.chars().filter(|c| c.is_alphabetic()).all(|c| initials.any(|i| i == c.to_ascii_uppercase()))
}
