//! Conditions and slots: how the tables speak about the neighbours of a word in a dependency parse.
//!
//! Relations are those of Universal Dependencies as UD English EWT uses them,
//! with four of them read as a political scientist would: `obj` is the direct
//! object or the subject of a passive, `nsubj` the subject of an active clause,
//! `agent` the "by" phrase of a passive, and `xsubj` the subject that a clause
//! without one of its own shares with another (control, coordination,
//! participles). `poss` is `nmod:poss` and `prt` is `compound:prt`.

use std::collections::BTreeSet;
use std::sync::Arc;

/// A word in its parse, as the conditions see it. The reader of documents implements it over its own analysis.
pub trait Node: Copy {
    /// The word as written.
    fn form(&self) -> &str;
    /// Its lemma.
    fn lemma(&self) -> &str;
    /// Its Penn Treebank tag.
    fn tag(&self) -> &str;
    /// Its relation with the subtype, for instance `nsubj:pass`.
    fn relation(&self) -> &str;
    /// The word on which it hangs.
    fn head(&self) -> Option<Self>;
    /// The words that hang on it, in the order of the text.
    fn children(&self) -> impl Iterator<Item = Self>;

    /// Whether it is the head of a person's name.
    fn is_person_name(&self) -> bool {
        false
    }

    /// The subject of the clause, if the clause is active and has one of its own.
    fn subject(&self) -> Option<Self> {
        self.children().find(|child| base(child.relation()) == "nsubj" && child.relation() != "nsubj:pass")
    }

    /// The direct object, or the subject of a passive.
    fn object(&self) -> Option<Self> {
        self.children().find(|child| matches!(child.relation(), "obj" | "nsubj:pass"))
    }

    /// The agent of a passive.
    fn agent(&self) -> Option<Self> {
        self.children().find(|child| child.relation() == "obl:agent")
    }

    /// The subject that a clause without one of its own shares with another.
    fn shared_subject(&self) -> Option<Self> {
        shared_subject(*self, 8)
    }

    /// Whether the clause is passive.
    fn is_passive(&self) -> bool {
        self.children().any(|child| matches!(child.relation(), "nsubj:pass" | "aux:pass" | "csubj:pass"))
            || (base(self.relation()) == "acl" && self.tag() == "VBN")
    }
}

/// A relation without its subtype.
fn base(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

/// Climbs from a clause to the one that has its subject, `depth` clauses at most.
fn shared_subject<N: Node>(node: N, depth: usize) -> Option<N> {
    let head = node.head()?;
    let above = |head: N| {
        head.subject()
            .or_else(|| head.is_passive().then(|| head.object()).flatten())
            .or_else(|| depth.checked_sub(1).and_then(|depth| shared_subject(head, depth)))
    };
    match base(node.relation()) {
        "xcomp" => {
            let object = head.children().find(|child| matches!(child.relation(), "obj" | "iobj"));
            object.or_else(|| above(head))
        }
        "conj" | "advcl" => above(head),
        "acl" => Some(head),
        _ => None,
    }
}

/// A relation of the tables: a name, and for `obl` and `nmod` the prepositions that count (none: any).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Relation {
    /// The name.
    pub name: String,
    /// The prepositions, one of which must introduce the word.
    pub cases: Vec<String>,
}

/// The names that a relation can have.
const NAMES: &[&str] = &[
    "nsubj",
    "agent",
    "xsubj",
    "obj",
    "iobj",
    "obl",
    "nmod",
    "poss",
    "amod",
    "compound",
    "xcomp",
    "ccomp",
    "advcl",
    "acl",
    "csubj",
    "prt",
    "advmod",
    "aux",
    "mark",
    "det",
    "case",
    "cc",
    "conj",
    "nummod",
    "appos",
    "parataxis",
    "cop",
    "fixed",
];

impl Relation {
    /// Reads `obl:with/to`, `obj`.
    pub(super) fn parse(text: &str) -> Result<Relation, String> {
        let (name, cases) = text.split_once(':').unwrap_or((text, ""));
        if !NAMES.contains(&name) {
            return Err(format!("'{name}' is no relation; write one of {}", NAMES.join(", ")));
        }
        let cases: Vec<String> =
            cases.split('/').filter(|case| !case.is_empty()).map(str::to_owned).collect();
        if !cases.is_empty() && !matches!(name, "obl" | "nmod") {
            return Err(format!("'{text}': only obl and nmod take a preposition"));
        }
        Ok(Relation { name: name.to_owned(), cases })
    }

    /// Whether a word hangs on its head by this relation.
    pub fn joins<N: Node>(&self, child: N) -> bool {
        let relation = child.relation();
        let named = match self.name.as_str() {
            "nsubj" => base(relation) == "nsubj" && relation != "nsubj:pass",
            "obj" => matches!(relation, "obj" | "nsubj:pass"),
            "agent" => relation == "obl:agent",
            "poss" => relation == "nmod:poss",
            "prt" => relation == "compound:prt",
            "nmod" => base(relation) == "nmod" && relation != "nmod:poss",
            "compound" => base(relation) == "compound" && relation != "compound:prt",
            "xsubj" => false,
            name => base(relation) == name,
        };
        named && (self.cases.is_empty() || self.cases.iter().any(|case| introduced_by(child, case)))
    }

    /// The words to which this relation leads from a word.
    pub fn follow<N: Node>(&self, node: N) -> Vec<N> {
        match self.name.as_str() {
            "nsubj" => node.subject().into_iter().collect(),
            "obj" => node.object().into_iter().collect(),
            "agent" => node.agent().into_iter().collect(),
            "xsubj" => node.shared_subject().into_iter().collect(),
            _ => node.children().filter(|child| self.joins(*child)).collect(),
        }
    }
}

/// Whether a nominal is introduced by a preposition, which may have several words ("out of").
fn introduced_by<N: Node>(nominal: N, case: &str) -> bool {
    nominal.children().filter(|child| base(child.relation()) == "case").any(|child| {
        is_word(child, case) || child.children().any(|more| more.relation() == "fixed" && is_word(more, case))
    })
}

/// Whether a word is written so or has that lemma, whatever its case.
fn is_word<N: Node>(node: N, word: &str) -> bool {
    node.lemma().eq_ignore_ascii_case(word) || node.form().eq_ignore_ascii_case(word)
}

/// A set of words: lemmas or lower-case forms. Copies share it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordSet(Arc<BTreeSet<String>>);

impl WordSet {
    /// A set of the words given.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = String>) -> WordSet {
        WordSet(Arc::new(words.into_iter().collect()))
    }

    /// Whether the word is in the set, or a word coordinated with it, or its title or apposition ("Foreign
    /// Minister Adrian Kovac"). A person's name counts as one of the officials that a set names.
    pub fn contains<N: Node>(&self, node: N) -> bool {
        let beside = |child: N| {
            let relation = child.relation();
            matches!(base(relation), "conj" | "appos") || relation == "nmod:desc"
        };
        self.contains_word(node)
            || (node.is_person_name() && self.0.contains("official"))
            || node.children().any(|child| beside(child) && self.contains_word(child))
    }

    fn contains_word<N: Node>(&self, node: N) -> bool {
        self.0.contains(&node.lemma().to_lowercase()) || self.0.contains(&node.form().to_lowercase())
    }

    /// The words, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// What a condition asks of the word that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// It has a dependent by the relation, one of the words if words are given.
    Dependent(Relation, Option<WordSet>),
    /// It hangs on its head by one of the relations.
    Is(Vec<Relation>),
    /// It is one of the words.
    Lemma(WordSet),
    /// It is written like one of the words.
    Form(WordSet),
    /// It is a plural noun.
    Plural,
    /// It is a singular noun.
    Singular,
    /// Its clause is passive.
    Passive,
    /// Its clause is active.
    Active,
    /// Its clause is finite and in the past.
    Past,
    /// Its clause is finite and in the present.
    Present,
    /// Its clause is in the perfect.
    Perfect,
}

/// One condition: a test of the word itself or, after `head.`, of a word above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// How many heads up the tested word stands.
    pub above: usize,
    /// Whether the test must fail.
    pub negated: bool,
    /// The test.
    pub test: Test,
}

impl Condition {
    /// Reads `obj=visit,@meeting`, `obl:on/upon`, `no:obj`, `head.aux=will`, `number=plural`, `voice=passive`.
    pub(super) fn parse(
        text: &str,
        words: &mut dyn FnMut(&str) -> Result<WordSet, String>,
    ) -> Result<Condition, String> {
        let mut rest = text;
        let negated = rest.strip_prefix("no:").inspect(|inner| rest = inner).is_some();
        let mut above = 0;
        while let Some(inner) = rest.strip_prefix("head.") {
            above += 1;
            rest = inner;
        }
        let (name, value) = match rest.split_once('=') {
            Some((_, "")) => return Err(format!("'{text}' has nothing after its =")),
            Some((name, value)) => (name, Some(value)),
            None => (rest, None),
        };
        let test = match (name, value) {
            ("number", Some("plural")) => Test::Plural,
            ("number", Some("singular")) => Test::Singular,
            ("voice", Some("passive")) => Test::Passive,
            ("voice", Some("active")) => Test::Active,
            ("tense", Some("past")) => Test::Past,
            ("tense", Some("present")) => Test::Present,
            ("tense", Some("perfect")) => Test::Perfect,
            ("number" | "voice" | "tense", _) => {
                return Err(format!(
                    "'{text}': write number=singular|plural, voice=active|passive or tense=past|present|perfect"
                ));
            }
            ("is", Some(value)) => Test::Is(value.split(',').map(Relation::parse).collect::<Result<_, _>>()?),
            ("lemma", Some(value)) => Test::Lemma(words(value)?),
            ("form", Some(value)) => Test::Form(words(value)?),
            (name, value) => Test::Dependent(Relation::parse(name)?, value.map(words).transpose()?),
        };
        Ok(Condition { above, negated, test })
    }

    /// Whether the condition holds of a word.
    pub fn holds<N: Node>(&self, node: N) -> bool {
        let mut node = node;
        for _ in 0..self.above {
            match node.head() {
                Some(head) => node = head,
                None => return self.negated,
            }
        }
        self.test.passes(node) != self.negated
    }

    /// How much the condition narrows a row down: named words weigh most, mere absence least.
    #[must_use]
    pub fn weight(&self) -> usize {
        match &self.test {
            _ if self.negated => 1,
            Test::Dependent(_, Some(_)) | Test::Lemma(_) | Test::Form(_) => 4,
            Test::Dependent(relation, None) if !relation.cases.is_empty() => 3,
            _ => 2,
        }
    }

    /// How many words the condition names; 0 if none.
    pub(super) fn words(&self) -> usize {
        match &self.test {
            Test::Dependent(_, Some(words)) | Test::Lemma(words) | Test::Form(words) => words.0.len(),
            _ => 0,
        }
    }
}

impl Test {
    fn passes<N: Node>(&self, node: N) -> bool {
        match self {
            Test::Dependent(relation, words) => relation
                .follow(node)
                .into_iter()
                .any(|found| words.as_ref().is_none_or(|words| words.contains(found))),
            Test::Is(relations) => relations.iter().any(|relation| relation.joins(node)),
            Test::Lemma(words) => words.contains_word(node),
            Test::Form(words) => words.0.contains(&node.form().to_lowercase()),
            Test::Plural => matches!(node.tag(), "NNS" | "NNPS"),
            Test::Singular => matches!(node.tag(), "NN" | "NNP"),
            Test::Passive => node.is_passive(),
            Test::Active => !node.is_passive(),
            Test::Past => !is_perfect(node) && finite_tag(node) == Some("VBD"),
            Test::Present => !is_perfect(node) && matches!(finite_tag(node), Some("VBZ" | "VBP")),
            Test::Perfect => is_perfect(node),
        }
    }
}

/// Auxiliaries and copula of a clause.
fn auxiliaries<N: Node>(clause: N) -> impl Iterator<Item = N> {
    clause
        .children()
        .filter(|child| matches!(base(child.relation()), "aux" | "cop"))
        .collect::<Vec<_>>()
        .into_iter()
}

fn is_perfect<N: Node>(clause: N) -> bool {
    auxiliaries(clause).any(|auxiliary| is_word(auxiliary, "have"))
}

/// The tag of the finite word of a clause: its first auxiliary or itself.
fn finite_tag<N: Node>(clause: N) -> Option<&'static str> {
    const FINITE: &[&str] = &["VBD", "VBZ", "VBP"];
    let own = |node: N| FINITE.iter().copied().find(|tag| *tag == node.tag());
    match auxiliaries(clause).next() {
        Some(auxiliary) => own(auxiliary),
        None => own(clause),
    }
}

/// Where a participant stands: a path of relations from the trigger, for
/// instance `obj.poss` for "Azerbaijan" in "occupies Azerbaijan's territory".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slot {
    /// The steps of the path, at least one.
    pub path: Vec<Relation>,
}

impl Slot {
    /// Reads `obj.nmod:by/from`.
    pub(super) fn parse(text: &str) -> Result<Slot, String> {
        Ok(Slot { path: text.split('.').map(Relation::parse).collect::<Result<_, _>>()? })
    }

    /// The heads of the participants that stand in the slot, in the order of the text.
    pub fn fill<N: Node>(&self, trigger: N) -> Vec<N> {
        let mut reached = vec![trigger];
        for step in &self.path {
            reached = reached.into_iter().flat_map(|node| step.follow(node)).collect();
        }
        reached
    }
}
