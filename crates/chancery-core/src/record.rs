//! The record: what `chancery code` prints, one JSON object a line.
//!
//! The form is a contract (design of the register, schema 1): it grows only by addition. Offsets are
//! Unicode scalar values in the document's text, both as `[start, end)`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use crate::codebook::Stance;
use crate::{Act, Aspect, Disposition, Modality, Mode, Polarity, Precision, Status};

/// Version of the form of the record.
pub const SCHEMA_VERSION: u32 = 1;

/// A stretch of the document's text in Unicode scalar values, end exclusive; written `[start, end]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Span(
    /// First scalar value.
    pub usize,
    /// One past the last.
    pub usize,
);

/// Words of the text and where they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// The exact words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// When a document was published, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// First possible day, ISO 8601.
    pub earliest: String,
    /// Last possible day, ISO 8601.
    pub latest: String,
    /// How it is known.
    pub basis: DateBasis,
    /// The reasons, in words.
    pub because: Vec<String>,
}

/// How a document's date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateBasis {
    /// The source or the user gives it.
    Metadata,
    /// A header line of the text.
    Header,
    /// The dateline.
    Dateline,
    /// Inferred from what the text says.
    Inferred,
}

/// The document that a record belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentReference {
    /// SHA-256 of the text.
    pub text_sha256: String,
    /// Where it was found.
    pub uri: String,
    /// The source's own identifier.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<String>,
    /// Publication or outlet.
    pub publication: Option<String>,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// When it was published; null if nothing tells.
    pub published: Option<Published>,
}

/// What kind of actor a participant is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A group of people without an organisation's name.
    Group,
    /// A state or its government as such.
    State,
    /// An outlet or agency, as source.
    Outlet,
    /// A document, as source.
    Document,
    /// A source that the text leaves unnamed.
    Anonymous,
    /// None of these, or not known.
    Unknown,
}

/// The part that one of several actors has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Who leads, or acts alone.
    Lead,
    /// Named as one of a group: "including X".
    Member,
    /// Comes along.
    Companion,
}

/// Who acts, receives or speaks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    /// The exact words; null where the participant stands in no words of this document.
    pub text: Option<String>,
    /// Where they stand.
    pub span: Option<Span>,
    /// The name that it resolves to.
    pub name: Option<String>,
    /// What it is.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3 and the project's own codes for former and de facto states.
    pub countries: Vec<String>,
    /// PLOVER sectors, primary first.
    pub sectors: Vec<String>,
    /// IGO, NGO, MNC ...
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub class: Option<String>,
    /// The office that a person holds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub office: Option<String>,
    /// Lead, member or companion.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub part: Option<Part>,
    /// The words that a pronoun, short name or title was resolved from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resolved_from: Option<Words>,
    /// Who backs it: "Turkey-backed rebels". A backer is not the actor.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub backers: Vec<String>,
    /// The actor within this document.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actor_id: Option<String>,
}

/// Where the level of a context was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContextLevel {
    /// In the sentence.
    Sentence,
    /// In the paragraph.
    Paragraph,
    /// In the document.
    Document,
}

/// A PLOVER context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Context {
    /// Its name.
    pub name: String,
    /// Where it was read.
    pub level: ContextLevel,
}

/// The strict PLOVER event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Plover {
    /// Event type; null where PLOVER has none for this status.
    pub event: Option<Act>,
    /// Its mode.
    pub mode: Option<Mode>,
}

/// On what a time or place rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Words of the same clause.
    Clause,
    /// Words of the same sentence outside the clause.
    Sentence,
    /// A sentence before.
    Context,
    /// The citation that covers the words.
    Citation,
    /// A participant's own place, for instance the host of a visit.
    Participant,
    /// The document's own date or dateline.
    Document,
}

/// How an act lies in its interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// It fills the interval.
    Spanning,
    /// It lies somewhere in it.
    Within,
    /// It began then and goes on.
    Since,
    /// It ended then.
    Until,
}

/// When.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Time {
    /// First day, ISO 8601; null if open.
    pub start: Option<String>,
    /// Last day; null if open.
    pub end: Option<String>,
    /// How finely it is known.
    pub precision: Precision,
    /// How the act lies in it.
    pub extent: Extent,
    /// On what it rests.
    pub basis: Basis,
    /// TIMEX3 value.
    pub timex: Option<String>,
    /// The words.
    pub text: Option<String>,
    /// Where they stand.
    pub span: Option<Span>,
}

/// The role of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceRole {
    /// Where it is.
    At,
    /// Where from.
    From,
    /// Where to.
    To,
}

/// Where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Its role.
    pub role: PlaceRole,
    /// On what it rests.
    pub basis: Basis,
    /// The words.
    pub text: Option<String>,
    /// Where they stand.
    pub span: Option<Span>,
    /// The gazetteer's name.
    pub name: Option<String>,
    /// GeoNames number.
    pub geonameid: Option<u32>,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
    /// Country code.
    pub country: Option<String>,
    /// First-order subdivision.
    pub admin1: Option<String>,
    /// city, capital, country, region ...
    pub feature: Option<String>,
    /// Confidence of the resolution, 0 to 1.
    pub score: f32,
}

/// A counted thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// dead, injured, arrested, participants, displaced, money.
    pub kind: String,
    /// Lower bound.
    pub low: Option<f64>,
    /// Best estimate.
    pub best: f64,
    /// Upper bound.
    pub high: Option<f64>,
    /// Currency or unit.
    pub unit: Option<String>,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// One link of the chain of those who say so, nearest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// Who.
    pub holder: Participant,
    /// Asserts, denies, doubts, claims.
    pub stance: Stance,
    /// Whether the trigger stands inside quotation marks.
    pub quoted: bool,
    /// speech, interview, statement, report ...
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub medium: Option<String>,
    /// To whom it was said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub addressee: Option<String>,
    /// The word that says that it was said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cue: Option<Words>,
    /// When it was said or published, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<String>,
    /// The citation's place in the text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub span: Option<Span>,
}

/// How two mentions hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It is the content of the other, for instance of a request.
    ContentOf,
    /// It is a part of the other.
    PartOf,
    /// Both tell of the same act.
    SameAct,
    /// It answers the other.
    ResponseTo,
    /// It came of the other.
    OutcomeOf,
}

/// A link to another mention of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// How.
    pub relation: Relation,
    /// Id of the other mention or statement.
    pub to: String,
}

/// A sentence as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SentenceReference {
    /// Its number in the document, from 0.
    pub index: usize,
    /// Where it stands.
    pub span: Span,
    /// Its words.
    pub text: String,
}

/// Confidence of the fields, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Confidence {
    /// That there is an event mention.
    pub event: f32,
    /// That the act is right.
    pub act: f32,
    /// That the status is right.
    pub status: f32,
}

/// With what it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Versions {
    /// Hash of the codebook.
    pub codebook: String,
    /// Hash of the model.
    pub model: String,
    /// Hash of the knowledge.
    pub knowledge: String,
}

/// One place in one document that tells of one act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// Version of this form.
    pub schema: u32,
    /// Hash of the text's hash, the trigger's span and the ordinal: it knows neither type nor model.
    pub id: String,
    /// The document.
    pub document: DocumentReference,
    /// What is or would be done.
    pub act: Act,
    /// How.
    pub modes: Vec<Mode>,
    /// In which contexts.
    pub contexts: Vec<Context>,
    /// Summary of the parts below.
    pub status: Status,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// In which world.
    pub modality: Modality,
    /// How in time.
    pub aspect: Aspect,
    /// History before the report's own story.
    pub background: bool,
    /// What became of an announced act.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub disposition: Option<Disposition>,
    /// Derived: the strict PLOVER event.
    pub plover: Plover,
    /// Derived: the CAMEO code; null where CAMEO has none.
    pub cameo: Option<String>,
    /// Derived: quad class 1 to 4.
    pub quad: Option<u8>,
    /// Derived: PLOVER intensity.
    pub intensity: Option<f32>,
    /// Whether all actors do it with each other.
    pub reciprocal: bool,
    /// Who does it.
    pub actors: Vec<Participant>,
    /// To whom or against whom.
    pub recipients: Vec<Participant>,
    /// When.
    pub time: Option<Time>,
    /// Where.
    pub places: Vec<Place>,
    /// How many.
    pub quantities: Vec<Quantity>,
    /// Who says so, nearest first; empty if the author vouches and no citation covers the words.
    pub attribution: Vec<Attribution>,
    /// Links to other mentions.
    pub links: Vec<Link>,
    /// "deadlock", "agreement" ...
    pub outcome: Option<String>,
    /// The word that tells of the act.
    pub trigger: Words,
    /// The sentence.
    pub sentence: SentenceReference,
    /// Confidence per field.
    pub confidence: Confidence,
    /// With what it was read.
    pub versions: Versions,
}

/// Who said what to whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// Version of this form.
    pub schema: u32,
    /// Hash of the text's hash and the content's span.
    pub id: String,
    /// Hash of the document's text.
    pub text_sha256: String,
    /// Where the document was found.
    pub uri: String,
    /// Who said it.
    pub speaker: Participant,
    /// To whom.
    pub addressees: Vec<Participant>,
    /// The word that says so; null for a bare quotation.
    pub cue: Option<Words>,
    /// What was said.
    pub content: Words,
    /// Whether it stands, in part or whole, in quotation marks.
    pub quoted: bool,
    /// Asserts, denies, doubts, claims.
    pub stance: Stance,
    /// speech, interview, statement ...
    pub medium: Option<String>,
    /// The citation that covers it, as its span.
    pub citation: Option<Span>,
    /// The sentence of the cue.
    pub sentence: usize,
}

/// An outlet or document and its date, in brackets or prose, and the stretch that it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    /// The exact words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
    /// The outlet or document; null if the citation lost it.
    pub outlet: Option<String>,
    /// Its date, ISO 8601.
    pub date: Option<String>,
    /// The words that it covers.
    pub covers: Span,
}

/// An actor of a document with all words that name it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentActor {
    /// Its id within the document.
    pub actor_id: String,
    /// Its fullest name.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Countries.
    pub countries: Vec<String>,
    /// Sectors, primary first.
    pub sectors: Vec<String>,
    /// Office, as the document words it.
    pub office: Option<String>,
    /// Where it is named or meant.
    pub mentions: Vec<Span>,
}

/// The line of a document: what it is, who is in it, and why nothing was coded if so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRecord {
    /// Version of this form.
    pub schema: u32,
    /// The document.
    #[serde(flatten)]
    pub document: DocumentReference,
    /// SHA-256 of the source's bytes.
    pub source_sha256: String,
    /// Extractor and its version.
    pub extractor: String,
    /// Character encoding of the source.
    pub encoding: String,
    /// Whether the encoding had to be detected.
    pub encoding_detected: bool,
    /// ISO 639 code of the language that was read, if it could be told.
    pub language: Option<String>,
    /// Scalar values of the text.
    pub characters: usize,
    /// Sentences.
    pub sentences: usize,
    /// Words.
    pub words: usize,
    /// Event mentions coded.
    pub mentions: usize,
    /// Statements found.
    pub statements: usize,
    /// Citations found.
    pub citations: Vec<Citation>,
    /// Actors found.
    pub actors: Vec<DocumentActor>,
    /// Why nothing was coded, and other remarks.
    pub notes: Vec<String>,
    /// Fields of the source that have no place above.
    #[serde(skip_serializing_if = "serde_json::Map::is_empty", default)]
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// With what it was read.
    pub versions: Versions,
}

/// A line of `chancery code`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant)]
pub enum Record {
    /// An event mention.
    Mention(Mention),
    /// A statement.
    Statement(Statement),
    /// A document.
    Document(DocumentRecord),
}

/// Id of a mention: the first 32 hexadecimal digits of a SHA-256.
///
/// `ordinal` counts the mentions that share one trigger.
pub fn mention_id(text_sha256: &str, trigger: Span, ordinal: usize) -> String {
    digest(&format!("mention\n{text_sha256}\n{} {}\n{ordinal}", trigger.0, trigger.1))
}

/// Id of a statement, from the span of its content.
pub fn statement_id(text_sha256: &str, content: Span) -> String {
    digest(&format!("statement\n{text_sha256}\n{} {}", content.0, content.1))
}

fn digest(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Lower-case hexadecimal SHA-256.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The JSON Schema of a line of `chancery code`.
pub fn json_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Record);
    schema.insert("title".into(), "Chancery record, schema 1".into());
    schema.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_know_text_span_and_ordinal_alone() {
        let id = mention_id("ab", Span(3, 9), 0);
        assert_eq!(id, mention_id("ab", Span(3, 9), 0));
        assert_eq!(id.len(), 32);
        for other in [
            mention_id("ac", Span(3, 9), 0),
            mention_id("ab", Span(3, 8), 0),
            mention_id("ab", Span(3, 9), 1),
        ] {
            assert_ne!(id, other);
        }
    }

    #[test]
    fn ids_stay_what_they_are() {
        // Archives find mentions again by these: a change here breaks them.
        assert_eq!(mention_id("00", Span(0, 1), 0), "ab8e36a3cec88eebf5cf62f9a20c1fb8");
        assert_eq!(statement_id("00", Span(0, 1)), "e9b90b2c42afd3656d23ddc990449bcb");
    }

    #[test]
    fn spans_are_written_as_pairs() {
        assert_eq!(serde_json::to_string(&Span(2, 5)).unwrap(), "[2,5]");
    }
}
