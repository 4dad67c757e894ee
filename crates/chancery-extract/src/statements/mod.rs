//! Statements: who said what to whom.
//!
//! [`find`] reads reporting verbs, nouns and phrases (the codebook's `reporting_verbs.tsv`) with what hangs
//! on them in the parse, and quotation marks ([`quotes`]) with what stands around them. A quotation of
//! several sentences belongs to one speaker; one that nobody introduces belongs to the speaker of its
//! paragraph, and a paragraph that is nothing but a quotation to the speaker before it. Pronouns stay
//! pronouns: who is meant is decided by [`crate::entities`].
//!
//! [`chain`] says for a place in the text who vouches for it, nearest first, citations last.

mod content;
mod cues;
mod lemma;
mod loose;
mod node;
pub mod quotes;
mod speakers;
#[cfg(test)]
mod tests;
mod transcript;
mod vocabulary;

use std::ops::Range;

use chancery_core::record::{ActorKind, Participant, Stance};

use crate::citations::{self, CitationFound};
use crate::entities::Entities;
use crate::scene::Scene;
use quotes::Quotation;

/// What kind of speaker it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpeakerKind {
    /// A person, group, body or state.
    Actor,
    /// Somebody whom the report does not name: "sources", "it is said".
    Anonymous,
    /// A document: "the report says".
    Document,
    /// An outlet.
    Outlet,
    /// The report's own author: "I was told", outside quotations.
    Author,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Speaker {
    /// Head word of the phrase; none if no words of the text name the speaker.
    pub head: Option<usize>,
    /// What it is.
    pub kind: SpeakerKind,
}

/// A statement found in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementFound {
    /// Who speaks.
    pub speaker: Speaker,
    /// The word that says that something is said; none for a quotation that nothing introduces.
    pub cue_word: Option<usize>,
    /// Head words of those to whom it is said.
    pub addressees: Vec<usize>,
    /// Bytes of what is said, from its first to its last word, without quotation marks around the whole.
    pub content: Range<usize>,
    /// Its words.
    pub content_words: Range<usize>,
    /// Bytes inside `content` that are not part of it: "he said" between two halves.
    pub gaps: Vec<Range<usize>>,
    /// Whether it stands, in part or whole, in quotation marks.
    pub quoted: bool,
    /// Bytes of it that stand between quotation marks.
    pub quotations: Vec<Range<usize>>,
    /// Asserts, denies, doubts, claims.
    pub stance: Stance,
    /// speech, interview, statement ...
    pub medium: Option<String>,
    /// Sentence of the cue, else of the content's beginning.
    pub sentence: usize,
}

impl StatementFound {
    /// Whether a byte stands in what is said.
    pub fn holds(&self, byte: usize) -> bool {
        self.content.contains(&byte) && !self.gaps.iter().any(|gap| gap.contains(&byte))
    }

    /// Whether a byte of what is said stands between quotation marks.
    pub fn quotes(&self, byte: usize) -> bool {
        self.holds(byte) && self.quotations.iter().any(|quotation| quotation.contains(&byte))
    }
}

/// What a link of a chain points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// Index of a statement.
    Statement(usize),
    /// Index of a citation.
    Citation(usize),
}

/// One of those who say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Link {
    /// The statement or citation.
    pub source: Source,
    /// Whether the place stands inside quotation marks.
    pub quoted: bool,
}

/// A statement before it is cut out: its content as words.
#[derive(Debug, Clone)]
struct Draft {
    speaker: Speaker,
    cue_word: Option<usize>,
    addressees: Vec<usize>,
    words: Vec<usize>,
    stance: Stance,
    medium: Option<String>,
}

/// Finds the statements of a document, in the order of their content; those inside others come later.
pub fn find(scene: &Scene<'_>) -> Vec<StatementFound> {
    let quotations = quotes::find(scene);
    let citations = citations::find(scene);
    let cited: Vec<Range<usize>> = citations.iter().map(|citation| citation.range.clone()).collect();
    let mut drafts = cues::find(scene, &quotations);
    drafts.extend(transcript::find(scene));
    for draft in &mut drafts {
        content::extend_to_quotations(scene, &quotations, draft);
    }
    loose::attribute(scene, &quotations, &citations, &mut drafts);
    let mut found: Vec<StatementFound> =
        drafts.iter().filter_map(|draft| content::cut(scene, &quotations, &cited, draft)).collect();
    found.sort_by_key(|s| (s.content.start, std::cmp::Reverse(s.content.end), s.cue_word));
    found.dedup_by(|later, earlier| {
        let same = later.content == earlier.content
            && (later.speaker == earlier.speaker || one_phrase(scene, &later.speaker, &earlier.speaker));
        if same && named(scene, &later.speaker) && !named(scene, &earlier.speaker) {
            std::mem::swap(later, earlier);
        }
        same
    });
    found
}

/// Whether two speakers are title and name of one: "journalist" and "Baez" of "said Cuban journalist Luis Baez".
fn one_phrase(scene: &Scene<'_>, one: &Speaker, other: &Speaker) -> bool {
    let (Some(one), Some(other)) = (one.head, other.head) else { return false };
    let hangs = |low: usize, high: usize| {
        crate::sentence::path_up(scene.analysis, low).into_iter().take_while(|w| *w != high).all(|w| {
            matches!(
                crate::sentence::base(scene.analysis.relation(w)),
                "flat" | "compound" | "appos" | "nmod" | "amod" | "list"
            )
        })
    };
    (crate::sentence::below(scene.analysis, one, other) && hangs(one, other))
        || (crate::sentence::below(scene.analysis, other, one) && hangs(other, one))
}

fn named(scene: &Scene<'_>, speaker: &Speaker) -> bool {
    speaker.head.is_some_and(|head| scene.analysis.names.iter().any(|n| n.words.contains(&head)))
}

/// Who vouches for what stands at a byte: the statements around it, innermost first, then the citation that
/// covers it. Empty if the author does.
pub fn chain(
    _scene: &Scene<'_>,
    statements: &[StatementFound],
    citations: &[CitationFound],
    trigger_byte: usize,
) -> Vec<Link> {
    let mut around: Vec<(usize, &StatementFound)> =
        statements.iter().enumerate().filter(|(_, s)| s.holds(trigger_byte)).collect();
    // Of two with the same content the one whose cue comes later is nearer: "Reuters reported, citing officials".
    around.sort_by_key(|(index, s)| (s.content.len(), std::cmp::Reverse((s.cue_word, *index))));
    let quoted = around.iter().any(|(_, s)| s.quotes(trigger_byte));
    let mut links: Vec<Link> =
        around.iter().map(|(index, _)| Link { source: Source::Statement(*index), quoted }).collect();
    links.extend(
        citations
            .iter()
            .enumerate()
            .filter(|(_, c)| c.covers.contains(&trigger_byte))
            .map(|(index, _)| Link { source: Source::Citation(index), quoted }),
    );
    links
}

/// "We" and "our" that nobody says in the text: the authors of a press release speak for themselves.
pub fn authors(scene: &Scene<'_>, statements: &[StatementFound]) -> Vec<usize> {
    let ours = |word: &usize| {
        matches!(scene.form(*word).to_lowercase().as_str(), "we" | "us" | "our" | "ours" | "ourselves")
            && !statements.iter().any(|s| s.holds(scene.analysis.tokens[*word].range.start))
    };
    // "US" is a state.
    (0..scene.analysis.tokens.len()).filter(|w| scene.form(*w) != "US").filter(ours).collect()
}

/// First-person pronouns inside quotations with the head words of those who say them.
pub fn first_person(scene: &Scene<'_>, statements: &[StatementFound]) -> Vec<(usize, usize)> {
    let mut links = Vec::new();
    for (word, token) in scene.analysis.tokens.iter().enumerate() {
        let form = scene.form(word).to_lowercase();
        if !matches!(
            form.as_str(),
            "i" | "we" | "me" | "us" | "my" | "our" | "mine" | "ours" | "myself" | "ourselves"
        ) {
            continue;
        }
        let nearest =
            statements.iter().filter(|s| s.quotes(token.range.start)).min_by_key(|s| s.content.len());
        if let Some(head) = nearest.and_then(|s| s.speaker.head).filter(|head| *head != word) {
            links.push((word, head));
        }
    }
    links
}

/// The speaker as the record has it.
pub fn speaker_participant(
    scene: &Scene<'_>,
    entities: &Entities<'_>,
    statement: &StatementFound,
) -> Participant {
    let mut participant = match statement.speaker.head {
        Some(head) => entities.participant(scene, head, None),
        None => Participant {
            text: None,
            span: None,
            name: None,
            kind: ActorKind::Unknown,
            countries: Vec::new(),
            sectors: Vec::new(),
            class: None,
            office: None,
            part: None,
            resolved_from: None,
            backers: Vec::new(),
            actor_id: None,
        },
    };
    match statement.speaker.kind {
        SpeakerKind::Actor => {}
        SpeakerKind::Anonymous => participant.kind = ActorKind::Anonymous,
        SpeakerKind::Document => participant.kind = ActorKind::Document,
        SpeakerKind::Outlet => participant.kind = ActorKind::Outlet,
        SpeakerKind::Author => participant.kind = ActorKind::Unknown,
    }
    participant
}

/// The quotation that holds a byte.
fn quotation_at(quotations: &[Quotation], byte: usize) -> Option<usize> {
    let at = quotations.partition_point(|q| q.outer.end <= byte);
    quotations.get(at).filter(|q| q.outer.contains(&byte)).map(|_| at)
}
