//! Walking the dependency graph: phrases, clauses, subjects, control, coordination.
//!
//! The relations are those of Universal Dependencies 2 as UD English EWT uses them.

use std::ops::Range;

use chancery_language::model::Analysis;

/// Main part of a relation: "nsubj" of "nsubj:pass".
pub fn base(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

/// Dependents with one of the relations (by main part, or whole where a subtype is given).
pub fn dependents<'a>(
    a: &'a Analysis,
    word: usize,
    relations: &'a [&'a str],
) -> impl Iterator<Item = usize> + 'a {
    a.dependents(word).iter().copied().filter(move |d| is(a, *d, relations))
}

/// Whether a word's relation is one of those given.
pub fn is(a: &Analysis, word: usize, relations: &[&str]) -> bool {
    let relation = a.relation(word);
    relations.iter().any(|r| if r.contains(':') { *r == relation } else { *r == base(relation) })
}

/// First dependent with one of the relations.
pub fn dependent(a: &Analysis, word: usize, relations: &[&str]) -> Option<usize> {
    a.dependents(word).iter().copied().find(|d| is(a, *d, relations))
}

/// The word and all words coordinated with it, in the order of the text.
pub fn conjuncts(a: &Analysis, word: usize) -> Vec<usize> {
    let mut out = vec![word];
    let mut at = 0;
    while at < out.len() {
        out.extend(dependents(a, out[at], &["conj"]));
        at += 1;
    }
    out.sort_unstable();
    out
}

/// The first conjunct of a coordination.
pub fn first_conjunct(a: &Analysis, word: usize) -> usize {
    let mut at = word;
    while base(a.relation(at)) == "conj" {
        match a.head(at) {
            Some(head) => at = head,
            None => break,
        }
    }
    at
}

/// All words below a word, itself included, unless `stop` cuts the branch; sorted.
pub fn subtree(a: &Analysis, word: usize, stop: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let mut out = vec![word];
    let mut at = 0;
    while at < out.len() {
        out.extend(a.dependents(out[at]).iter().copied().filter(|d| !stop(*d)));
        at += 1;
    }
    out.sort_unstable();
    out
}

/// The words of a noun phrase without clauses, appositions, parentheses, coordinated phrases and the
/// preposition or possessive mark around it, as one unbroken range about the head.
pub fn phrase(a: &Analysis, head: usize) -> Range<usize> {
    let stop = |d: usize| {
        let relation = a.relation(d);
        matches!(
            base(relation),
            "acl"
                | "appos"
                | "parataxis"
                | "punct"
                | "cc"
                | "conj"
                | "cop"
                | "advcl"
                | "discourse"
                | "dislocated"
                | "csubj"
                | "ccomp"
                | "orphan"
                | "mark"
        ) || (matches!(base(relation), "nsubj" | "obl" | "advmod" | "expl" | "aux" | "xcomp" | "obj"))
            || (base(relation) == "case" && a.head(d) == Some(head))
            // "Defence Minister Reyes on Friday": the day belongs to the clause, whatever the parse says.
            || (d > head && base(relation) == "nmod" && is_day_or_month(a.lemma(d)))
    };
    let words = subtree(a, head, &stop);
    // Hyphens and quotation marks inside the phrase stay; a gap of anything else ends it.
    let bridge = |from: usize, to: usize| (from + 1..to).all(|w| a.upos(w) == "PUNCT" && a.lemma(w) != ",");
    let at = words.iter().position(|w| *w == head).unwrap_or(0);
    let (mut start, mut end) = (at, at);
    while start > 0 && bridge(words[start - 1], words[start]) {
        start -= 1;
    }
    while end + 1 < words.len() && bridge(words[end], words[end + 1]) {
        end += 1;
    }
    words.get(start).copied().unwrap_or(head)..words.get(end).copied().unwrap_or(head) + 1
}

/// Whether a lemma names a weekday or a month.
pub fn is_day_or_month(lemma: &str) -> bool {
    const NAMES: &[&str] = &[
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.contains(&lemma)
}

/// Preposition of a nominal ("with" of "with the envoy"), as lemma; multiword prepositions joined by spaces.
pub fn preposition(a: &Analysis, word: usize) -> Option<String> {
    let case = dependents(a, word, &["case"]).find(|c| a.lemma(*c) != "'s" && a.xpos(*c) != "POS")?;
    let mut words = vec![a.lemma(case)];
    words.extend(dependents(a, case, &["fixed"]).map(|f| a.lemma(f)));
    Some(words.join(" "))
}

/// Whether a word is a verb or predicate in the passive voice.
pub fn is_passive(a: &Analysis, verb: usize) -> bool {
    dependent(a, verb, &["nsubj:pass", "aux:pass", "csubj:pass"]).is_some()
        || (base(a.relation(verb)) == "acl"
            && a.xpos(verb) == "VBN"
            && dependent(a, verb, &["nsubj"]).is_none())
}

/// The agent of a passive: "by rebels".
pub fn agent(a: &Analysis, verb: usize) -> Option<usize> {
    dependents(a, verb, &["obl:agent", "obl"])
        .find(|o| a.relation(*o) == "obl:agent" || preposition(a, *o).as_deref() == Some("by"))
        .filter(|_| is_passive(a, verb))
}

/// Verbs whose infinitive's subject is their object: "urged Israel to withdraw".
fn controls_by_object(a: &Analysis, verb: usize) -> Option<usize> {
    dependent(a, verb, &["obj", "iobj"]).or_else(|| {
        // "called on Israel to withdraw", "appealed to both sides to stop"
        dependents(a, verb, &["obl"]).find(|o| {
            matches!(preposition(a, *o).as_deref(), Some("on" | "upon" | "to" | "for" | "with")) && *o > verb
        })
    })
}

/// Verbs whose object does not control: "promised Seoul to attend".
const SUBJECT_CONTROL: &[&str] =
    &["promise", "vow", "pledge", "threaten", "swear", "agree", "offer", "refuse", "use"];

/// Marks of gerunds whose subject is the object of the verb above.
const OF_THE_OBJECT: &[&str] = &["of", "for", "from"];

/// The subject of a predicate: its own, that of the clause it hangs on (control, raising, coordination),
/// or the noun that a participle or relative clause describes. Passive subjects are not agents: the
/// result is who is said to be the one of the clause; see [`doer`].
pub fn subject(a: &Analysis, verb: usize) -> Option<usize> {
    subject_within(a, verb, 0)
}

fn subject_within(a: &Analysis, verb: usize, depth: usize) -> Option<usize> {
    if depth > 12 {
        return None;
    }
    if let Some(own) = dependent(a, verb, &["nsubj", "csubj"]) {
        return Some(antecedent(a, own, verb).unwrap_or(own));
    }
    let head = a.head(verb)?;
    match base(a.relation(verb)) {
        "xcomp" | "ccomp" | "advcl"
            if a.xpos(verb) == "VB" && dependent(a, verb, &["mark"]).is_some_and(|m| a.lemma(m) == "for") =>
        {
            None
        }
        "xcomp" => {
            let subject_controls = SUBJECT_CONTROL.contains(&a.lemma(head));
            match controls_by_object(a, head) {
                Some(object) if !subject_controls && !is_passive(a, head) => Some(object),
                _ => subject_within(a, head, depth + 1),
            }
        }
        // "accused Manila of ramming", "thanked Oslo for hosting", "prevented them from leaving"
        "advcl" | "acl"
            if dependent(a, verb, &["mark"]).is_some_and(|m| OF_THE_OBJECT.contains(&a.lemma(m))) =>
        {
            let passive = dependent(a, head, &["nsubj:pass"]).filter(|_| is_passive(a, head));
            passive.or_else(|| dependent(a, head, &["obj"])).or_else(|| subject_within(a, head, depth + 1))
        }
        "advcl" => {
            if let (Some(object), true) = (controls_by_object(a, head), a.xpos(verb) == "VB") {
                let asks = matches!(
                    a.lemma(head),
                    "call" | "appeal" | "urge" | "press" | "ask" | "order" | "persuade"
                );
                if asks && !is_passive(a, head) {
                    return Some(object);
                }
            }
            subject_within(a, head, depth + 1)
        }
        "conj" => subject_within(a, first_conjunct(a, verb), depth + 1),
        "acl" if a.relation(verb) == "acl:relcl" => Some(head),
        "acl" if a.xpos(verb) == "VBG" || a.xpos(verb) == "VBN" => Some(head),
        "acl" => {
            // "its plan to attack": the owner of the noun, else the subject of the noun's light verb.
            owner(a, head).or_else(|| {
                let above = a.head(head)?;
                matches!(base(a.relation(head)), "obj" | "obl")
                    .then(|| subject_within(a, above, depth + 1))
                    .flatten()
            })
        }
        "parataxis" | "ccomp" | "cop" | "aux" => None,
        _ => None,
    }
}

/// For a relative pronoun as subject, the noun that the clause describes.
fn antecedent(a: &Analysis, word: usize, verb: usize) -> Option<usize> {
    if !matches!(a.lemma(word), "who" | "which" | "that" | "whom") || a.relation(verb) != "acl:relcl" {
        return None;
    }
    a.head(verb)
}

/// Who owns a noun: possessive, "of" phrase or nationality in front of it.
pub fn owner(a: &Analysis, noun: usize) -> Option<usize> {
    dependent(a, noun, &["nmod:poss"]).or_else(|| {
        dependents(a, noun, &["nmod"]).find(|n| matches!(preposition(a, *n).as_deref(), Some("of" | "by")))
    })
}

/// Who does it: the subject of an active clause, the agent of a passive one.
pub fn doer(a: &Analysis, verb: usize) -> Option<usize> {
    if is_passive(a, verb) { agent(a, verb) } else { subject(a, verb) }
}

/// To whom it is done: the object of an active clause, the subject of a passive one.
pub fn undergoer(a: &Analysis, verb: usize) -> Option<usize> {
    if is_passive(a, verb) {
        return dependent(a, verb, &["nsubj:pass"])
            .map(|s| antecedent(a, s, verb).unwrap_or(s))
            .or_else(|| subject(a, verb));
    }
    let object = dependent(a, verb, &["obj"])?;
    if matches!(a.lemma(object), "who" | "which" | "that" | "whom") && a.relation(verb) == "acl:relcl" {
        return a.head(verb);
    }
    Some(object)
}

/// The predicate of the clause that a word stands in.
pub fn clause(a: &Analysis, word: usize) -> usize {
    let mut at = word;
    for _ in 0..64 {
        let relation = base(a.relation(at));
        let predicate =
            matches!(relation, "root" | "ccomp" | "xcomp" | "advcl" | "acl" | "parataxis" | "csubj")
                || (relation == "conj" && matches!(a.upos(at), "VERB" | "AUX"));
        match a.head(at) {
            Some(head) if !predicate => at = head,
            _ => return at,
        }
    }
    at
}

/// Words from a word up to the root of its sentence, the word first.
pub fn path_up(a: &Analysis, word: usize) -> Vec<usize> {
    let mut out = vec![word];
    let mut at = word;
    while let Some(head) = a.head(at) {
        if out.len() > 512 {
            break;
        }
        out.push(head);
        at = head;
    }
    out
}

/// Whether `word` lies below `above` in the tree.
pub fn below(a: &Analysis, word: usize, above: usize) -> bool {
    path_up(a, word).contains(&above)
}
