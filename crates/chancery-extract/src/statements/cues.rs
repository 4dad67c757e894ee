//! Reporting verbs, nouns and phrases with what hangs on them.

use chancery_core::codebook::{FrameContent, ReportingWord, Stance as BookStance, Strength};
use chancery_core::record::Stance;

use super::content::{clause_words, words_below, words_of};
use super::node::Word;
use super::quotes::Quotation;
use super::speakers::{can_speak, speaker};
use super::vocabulary::{Class, is};
use super::{Draft, lemma, quotation_at};
use crate::scene::Scene;
use crate::sentence::{base, clause, dependent, dependents, doer, is_passive, owner, preposition, subject};

/// All statements that a word brings.
pub(super) fn find(scene: &Scene<'_>, quotations: &[Quotation]) -> Vec<Draft> {
    let reader = Cues { scene, quotations };
    let mut out = Vec::new();
    for word in 0..scene.analysis.tokens.len() {
        match scene.analysis.upos(word) {
            "VERB" => out.extend(reader.verb(word)),
            "NOUN" | "PROPN" => out.extend(reader.noun(word)),
            _ => {}
        }
        out.extend(reader.phrase(word));
    }
    out
}

pub(super) fn stance(stance: BookStance) -> Stance {
    match stance {
        BookStance::Asserts => Stance::Asserts,
        BookStance::Denies => Stance::Denies,
        BookStance::Doubts => Stance::Doubts,
        BookStance::Claims => Stance::Claims,
    }
}

/// Surest first.
fn rank(strength: Strength) -> u8 {
    match strength {
        Strength::Sure => 0,
        Strength::Likely => 1,
        Strength::Weak => 2,
        Strength::None => 3,
    }
}

pub(super) struct Cues<'s, 'a> {
    pub scene: &'s Scene<'a>,
    pub quotations: &'s [Quotation],
}

impl<'a> Cues<'_, 'a> {
    /// Rows of the table for a word of its part of speech, the surest first.
    fn rows(&self, word: usize, pos: &str) -> Vec<&'a ReportingWord> {
        let book = self.scene.codebook;
        let fits =
            |row: &&ReportingWord| row.pos == pos && row.words.len() == 1 && row.strength != Strength::None;
        let Some(lemma) =
            lemma::first(self.scene, word, |lemma| book.reporting_for(lemma).any(|row| fits(&row)))
        else {
            return Vec::new();
        };
        let mut rows: Vec<&ReportingWord> = book.reporting_for(&lemma).filter(fits).collect();
        rows.sort_by_key(|row| rank(row.strength));
        rows
    }

    fn verb(&self, verb: usize) -> Option<Draft> {
        let rows = self.rows(verb, "verb");
        if rows.is_empty() {
            return None;
        }
        let a = self.scene.analysis;
        let node = Word::new(self.scene, verb);
        let who = self.who(verb);
        let speaks = who.is_some_and(|w| can_speak(self.scene, w));
        let draft = |row: &ReportingWord, words: Vec<usize>| Draft {
            speaker: speaker(self.scene, self.quotations, who),
            cue_word: Some(verb),
            addressees: self.addressees(verb),
            words,
            stance: self.stance_of(verb, row),
            medium: self.medium(verb, who),
        };
        if let Some(words) = self.torn(verb, who)
            && let Some(row) = rows.iter().find(|row| row.strength != Strength::Weak)
        {
            return Some(draft(row, words));
        }
        for row in &rows {
            if row.strength == Strength::Weak && !speaks {
                continue;
            }
            for frame in &row.frames {
                if !frame.requires.iter().all(|condition| condition.holds(node)) {
                    continue;
                }
                let words = match &frame.content {
                    FrameContent::Related(relation) => {
                        let Some(content) = relation.follow(node).first().map(|n| n.index) else { continue };
                        self.related(verb, content, &relation.name, who)
                    }
                    FrameContent::Quotation => self.beside(verb),
                    FrameContent::Subject => None,
                };
                if let Some(words) = words.filter(|w| !w.is_empty()) {
                    return Some(draft(row, words));
                }
            }
        }
        if let Some((row, words)) = self.told_object(verb, &rows).filter(|_| speaks) {
            return Some(draft(row, words));
        }
        // "The deal is off, officials said", "as the minister put it": the verb hangs on what is said.
        let row = rows.iter().find(|row| {
            row.strength != Strength::Weak
                && row.frames.iter().any(|f| {
                    f.content == FrameContent::Quotation
                        || matches!(&f.content, FrameContent::Related(r) if r.name == "ccomp")
                })
        })?;
        let relation = base(a.relation(verb));
        let head = a.head(verb)?;
        let said_as = relation == "advcl"
            && dependent(a, verb, &["mark", "advmod"]).is_some_and(|m| a.lemma(m) == "as");
        let aside = relation == "parataxis" && who.is_some() && dependent(a, verb, &["nsubj"]).is_some();
        (said_as || aside).then(|| draft(row, clause_words(self.scene, head, &[verb])))
    }

    /// "Announced new sanctions": the object is what is said.
    fn told_object<'r>(
        &self,
        verb: usize,
        rows: &[&'r ReportingWord],
    ) -> Option<(&'r ReportingWord, Vec<usize>)> {
        let a = self.scene.analysis;
        let row = rows.first().filter(|row| row.strength != Strength::Weak)?;
        let tells = lemma::first(self.scene, verb, |lemma| is(Class::Tells, lemma)).is_some();
        if !tells || dependent(a, verb, &["ccomp", "xcomp"]).is_some() {
            return None;
        }
        let object = dependent(a, verb, &["obj", "nsubj:pass"]).filter(|o| a.upos(*o) != "PRON")?;
        Some((row, words_below(self.scene, object, &[])))
    }

    /// Who speaks by a verb; none if nobody is named.
    fn who(&self, verb: usize) -> Option<usize> {
        let a = self.scene.analysis;
        if self.is_bare_participle(verb) {
            return None;
        }
        // "X was quoted as saying": the passive's subject speaks.
        if is_passive(a, verb) {
            return doer(a, verb);
        }
        let who = subject(a, verb)?;
        // "It is said": nobody.
        if base(a.relation(who)) == "expl" {
            return None;
        }
        // Behind a quotation the parse may take a word of it for the subject: the neighbour speaks.
        Some(if can_speak(self.scene, who) { who } else { self.neighbour(verb).unwrap_or(who) })
    }

    /// The name or pronoun right before or behind a verb, in a sentence with a quotation.
    fn neighbour(&self, verb: usize) -> Option<usize> {
        let a = self.scene.analysis;
        let sentence = a.tokens.get(verb)?.sentence;
        let bytes = &a.sentences.get(sentence)?.range;
        let next = self.quotations.partition_point(|q| q.outer.end <= bytes.start);
        self.quotations.get(next).filter(|q| q.outer.start < bytes.end)?;
        // Of a name in several words the head speaks.
        let head = |w: usize| if base(a.relation(w)) == "flat" { a.head(w).unwrap_or(w) } else { w };
        let named = |w: &usize| {
            a.tokens.get(*w).is_some_and(|t| t.sentence == sentence)
                && (a.upos(*w) == "PROPN" || a.xpos(*w) == "PRP")
                && dependent(a, head(*w), &["case"]).is_none()
                && can_speak(self.scene, *w)
        };
        verb.checked_sub(1).filter(named).or_else(|| Some(verb + 1).filter(named)).map(head)
    }

    /// What stands in front of a verb and its speaker where the parse took a word of it for the subject.
    fn torn(&self, verb: usize, who: Option<usize>) -> Option<Vec<usize>> {
        let a = self.scene.analysis;
        let taken =
            subject(a, verb).filter(|s| Some(*s) != who && *s < verb && !can_speak(self.scene, *s))?;
        let who = who.filter(|w| w.abs_diff(verb) <= 3)?;
        let sentence = a.tokens.get(verb).and_then(|t| a.sentences.get(t.sentence))?;
        let first = crate::sentence::phrase(a, who).start.min(verb);
        (taken < first).then(|| (sentence.tokens.start..first).collect())
    }

    /// "Asked whether ...", with the one who answers as the subject of the sentence: nobody says who asked.
    fn is_bare_participle(&self, verb: usize) -> bool {
        let a = self.scene.analysis;
        matches!(a.xpos(verb), "VBN" | "VBD")
            && base(a.relation(verb)) == "advcl"
            && dependent(a, verb, &["aux", "nsubj", "obj", "mark"]).is_none()
    }

    /// The words of what hangs on a verb by a relation.
    fn related(&self, verb: usize, content: usize, relation: &str, who: Option<usize>) -> Option<Vec<usize>> {
        let a = self.scene.analysis;
        match relation {
            "obj" => {
                // "Denied the claims that ...": what the claim says.
                let clause = dependents(a, content, &["acl", "ccomp"])
                    .find(|c| dependent(a, *c, &["mark"]).is_some_and(|m| a.lemma(m) == "that"));
                if let Some(clause) = clause.filter(|_| !self.rows(content, "noun").is_empty()) {
                    return Some(clause_words(self.scene, clause, &[]));
                }
                (a.upos(content) != "PRON" && who.is_some()).then(|| words_below(self.scene, content, &[]))
            }
            "obl" | "nmod" | "advcl" => {
                let mut words = words_below(self.scene, content, &[]);
                if let Some(object) = dependent(a, verb, &["obj", "nsubj:pass"]) {
                    words.extend(words_below(self.scene, object, &[]));
                    words.sort_unstable();
                }
                Some(words)
            }
            "xcomp" => {
                let mut words = clause_words(self.scene, content, &[]);
                // "Called the raid cowardly", "is said to have fled": the subject of what is said.
                let of = dependent(a, verb, &["obj"]).or_else(|| dependent(a, verb, &["nsubj:pass"]));
                if let Some(of) = of {
                    words.extend(words_below(self.scene, of, &[]));
                    words.sort_unstable();
                }
                Some(words)
            }
            _ => {
                let mut words = clause_words(self.scene, content, &[verb]);
                words.retain(|w| *w != verb);
                Some(words)
            }
        }
    }

    /// The quotations beside a verb: what it hangs on, what hangs on it, what stands in its sentence.
    fn beside(&self, verb: usize) -> Option<Vec<usize>> {
        let a = self.scene.analysis;
        let inside = |w: usize| a.tokens.get(w).and_then(|t| quotation_at(self.quotations, t.range.start));
        let own = inside(verb);
        let head = a.head(verb).filter(|_| base(a.relation(verb)) == "parataxis");
        if let Some(head) = head.filter(|h| inside(*h).is_some() && inside(*h) != own) {
            return Some(clause_words(self.scene, head, &[verb]));
        }
        let below = a.dependents(verb).iter().copied().find(|d| {
            matches!(base(a.relation(*d)), "ccomp" | "parataxis" | "obj" | "dep" | "xcomp")
                && inside(*d).is_some()
                && inside(*d) != own
        });
        if let Some(below) = below {
            return Some(clause_words(self.scene, below, &[]));
        }
        // The parse may have torn them apart: a quotation that a comma or colon joins to the verb's clause.
        if own.is_some() {
            return None;
        }
        let sentence = a.tokens.get(verb).and_then(|t| a.sentences.get(t.sentence))?;
        let at = a.tokens.get(verb).map(|t| t.range.start)?;
        let quotation = self
            .quotations
            .iter()
            .filter(|q| q.outer.start < sentence.range.end && sentence.range.start < q.outer.end)
            .filter(|q| self.joined(q, at))
            .min_by_key(|q| q.outer.start.abs_diff(at))?;
        Some(words_of(self.scene, &quotation.inner).collect())
    }

    /// Whether nothing but a short clause stands between a quotation and a verb, with a comma or colon.
    fn joined(&self, quotation: &Quotation, verb: usize) -> bool {
        let text = self.scene.text();
        if quotation.outer.end <= verb {
            let between = text.get(quotation.outer.end..verb).unwrap_or("");
            let last = text.get(quotation.inner.clone()).unwrap_or("").trim_end().chars().last();
            return between.split_whitespace().count() <= 8
                && (matches!(last, Some(',' | '!' | '?' | '—' | '-' | '…'))
                    || between.trim_start().starts_with([',', '—', '-', '–']))
                && !between.contains(['.', ';']);
        }
        let between = text.get(verb..quotation.outer.start).unwrap_or("");
        between.split_whitespace().count() <= 12
            && between.trim_end().ends_with([',', ':'])
            && !between.contains(['.', ';'])
    }

    fn stance_of(&self, verb: usize, row: &ReportingWord) -> Stance {
        let a = self.scene.analysis;
        let negated = dependents(a, verb, &["advmod"]).any(|d| matches!(a.lemma(d), "not" | "n't" | "never"));
        match (stance(row.stance), negated) {
            // "Did not deny", "would not say": left open.
            (_, true) => Stance::Doubts,
            (stance, false) => stance,
        }
    }

    fn addressees(&self, verb: usize) -> Vec<usize> {
        let a = self.scene.analysis;
        let mut out = Vec::new();
        let clausal =
            dependent(a, verb, &["ccomp", "xcomp", "parataxis"]).is_some() || a.lemma(verb) == "tell";
        if self.is_bare_participle(verb)
            && let Some(answers) = subject(a, verb).filter(|w| can_speak(self.scene, *w))
        {
            out.push(answers);
        }
        let mut add = |head: usize| {
            if can_speak(self.scene, head) {
                out.extend(crate::sentence::conjuncts(a, head));
            }
        };
        for d in a.dependents(verb) {
            match base(a.relation(*d)) {
                "iobj" => add(*d),
                "obj" if clausal => add(*d),
                "obl" => match preposition(a, *d).as_deref() {
                    Some("to") => add(*d),
                    Some("with") if matches!(a.lemma(verb), "speak" | "talk") => add(*d),
                    _ => {
                        // "In an interview with the agency", "in a letter to the council".
                        if is(Class::Occasion, &a.lemma(*d).to_lowercase()) {
                            for with in dependents(a, *d, &["nmod"]) {
                                if matches!(preposition(a, with).as_deref(), Some("with" | "to" | "for")) {
                                    add(with);
                                }
                            }
                        }
                    }
                },
                _ => {}
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The occasion or text in which something is said.
    fn medium(&self, verb: usize, who: Option<usize>) -> Option<String> {
        let a = self.scene.analysis;
        let occasion = |w: usize| {
            let lemma = a.lemma(w).to_lowercase();
            is(Class::Occasion, &lemma).then_some(lemma)
        };
        let own = dependents(a, verb, &["obl"])
            .filter(|d| {
                matches!(
                    preposition(a, *d).as_deref(),
                    Some("in" | "on" | "at" | "during" | "via" | "through" | "by")
                )
            })
            .find_map(occasion);
        own.or_else(|| who.filter(|w| a.upos(*w) == "NOUN").and_then(occasion))
    }

    /// "His claim that ...", "reports of ...".
    fn noun(&self, noun: usize) -> Option<Draft> {
        let rows = self.rows(noun, "noun");
        let row = rows.first()?;
        let a = self.scene.analysis;
        let that = dependents(a, noun, &["acl", "ccomp"])
            .find(|c| dependent(a, *c, &["mark"]).is_some_and(|m| matches!(a.lemma(m), "that" | "whether")));
        let distanced = row.stance != BookStance::Asserts || matches!(a.lemma(noun), "report" | "word");
        let of = || {
            let object = dependents(a, noun, &["nmod"])
                .find(|n| matches!(preposition(a, *n).as_deref(), Some("of" | "about" | "over")))?;
            Some(words_below(self.scene, object, &[]))
        };
        let words = match that {
            Some(clause) => clause_words(self.scene, clause, &[]),
            None if distanced && row.strength != Strength::Weak => of()?,
            None => return None,
        };
        let above = a.head(noun);
        let possessor = dependent(a, noun, &["nmod:poss"])
            .or_else(|| {
                dependents(a, noun, &["nmod"])
                    .find(|n| matches!(preposition(a, *n).as_deref(), Some("by" | "from")))
            })
            .or_else(|| that.and_then(|_| owner(a, noun)));
        let carrier = || {
            let verb = above.filter(|_| base(a.relation(noun)) == "obj")?;
            let carries = matches!(
                a.lemma(verb),
                "make"
                    | "issue"
                    | "release"
                    | "repeat"
                    | "give"
                    | "publish"
                    | "voice"
                    | "express"
                    | "offer"
                    | "reiterate"
                    | "have"
                    | "raise"
                    | "level"
                    | "spread"
            );
            carries.then(|| doer(a, verb)).flatten()
        };
        let who = possessor.or_else(carrier);
        let mut who_is = speaker(self.scene, self.quotations, who);
        if who.is_none() && row.medium == "published" {
            who_is = speaker(self.scene, self.quotations, Some(noun));
        }
        Some(Draft {
            speaker: who_is,
            cue_word: Some(noun),
            addressees: Vec::new(),
            words,
            stance: stance(row.stance),
            medium: is(Class::Occasion, &a.lemma(noun).to_lowercase()).then(|| a.lemma(noun).to_lowercase()),
        })
    }

    /// "According to ...", "citing ...", "reportedly".
    fn phrase(&self, word: usize) -> Option<Draft> {
        let a = self.scene.analysis;
        let first = self.scene.form(word).to_lowercase();
        let sentence = a.tokens.get(word).and_then(|t| a.sentences.get(t.sentence))?.tokens.clone();
        let row = self
            .scene
            .codebook
            .reporting_for(&first)
            .filter(|row| row.pos == "phrase")
            .filter(|row| {
                row.words.iter().enumerate().all(|(i, w)| {
                    word + i < sentence.end && self.scene.form(word + i).eq_ignore_ascii_case(w)
                })
            })
            .max_by_key(|row| row.words.len())?;
        let after = word + row.words.len();
        let relation = row.frames.iter().find_map(|f| match &f.content {
            FrameContent::Related(r) => Some(r.name.as_str()),
            _ => None,
        })?;
        let (who, words) = match relation {
            "case" => {
                if row.strength == Strength::Weak {
                    return None;
                }
                let holder = self.holder(after, sentence.end)?;
                if row.strength != Strength::Sure && !can_speak(self.scene, holder) {
                    return None;
                }
                (Some(holder), self.without_apposition(self.around(word, holder, &sentence)?))
            }
            "advmod" => {
                let head = a.head(word).filter(|_| base(a.relation(word)) == "advmod")?;
                (None, words_below(self.scene, clause(a, head), &[word]))
            }
            "amod" => {
                let noun = a.head(word).filter(|_| base(a.relation(word)) == "amod")?;
                (None, words_below(self.scene, noun, &[word]))
            }
            _ => return None,
        };
        Some(Draft {
            speaker: speaker(self.scene, self.quotations, who),
            cue_word: Some(word),
            addressees: Vec::new(),
            words,
            stance: stance(row.stance),
            medium: who
                .filter(|w| a.upos(*w) == "NOUN")
                .map(|w| a.lemma(w).to_lowercase())
                .filter(|l| is(Class::Occasion, l)),
        })
    }

    /// The head of the nominal that begins at a word.
    fn holder(&self, first: usize, end: usize) -> Option<usize> {
        let a = self.scene.analysis;
        let mut at = first;
        if at >= end {
            return None;
        }
        for _ in 0..24 {
            let relation = base(a.relation(at));
            match a.head(at) {
                Some(head)
                    if head > at
                        && head < end
                        && matches!(
                            relation,
                            "det"
                                | "amod"
                                | "compound"
                                | "nummod"
                                | "nmod"
                                | "case"
                                | "advmod"
                                | "flat"
                                | "punct"
                                | "cc"
                        ) =>
                {
                    at = head;
                }
                _ => break,
            }
        }
        matches!(a.upos(at), "NOUN" | "PROPN" | "PRON" | "ADJ" | "NUM" | "DET" | "X").then_some(at)
    }

    /// Without what stands in front of a quotation and has no verb: "according to Ortiz, head of the bank, “...”".
    fn without_apposition(&self, words: Vec<usize>) -> Vec<usize> {
        let a = self.scene.analysis;
        let quoted = |w: &usize| {
            a.tokens.get(*w).is_some_and(|t| quotation_at(self.quotations, t.range.start).is_some())
        };
        let Some(first) = words.iter().position(quoted) else { return words };
        let (before, inside) = words.split_at(first);
        if before.iter().any(|w| matches!(a.upos(*w), "VERB" | "AUX")) { words } else { inside.to_vec() }
    }

    /// The clause to which "according to X" belongs, without the phrase.
    fn around(&self, cue: usize, holder: usize, sentence: &std::ops::Range<usize>) -> Option<Vec<usize>> {
        let a = self.scene.analysis;
        // The highest word of the phrase: the cue itself where it governs the holder.
        let top = if crate::sentence::below(a, holder, cue) { cue } else { holder };
        let above = a.head(top)?;
        let phrase = words_below(self.scene, top, &[]);
        let begins = phrase.first().is_none_or(|w| (sentence.start..*w).all(|w| a.upos(w) == "PUNCT"));
        let ends = phrase.last().is_none_or(|w| (w + 1..sentence.end).all(|w| a.upos(w) == "PUNCT"));
        let parted = phrase.first().is_some_and(|w| *w > sentence.start && self.scene.form(w - 1) == ",");
        let mut predicate = clause(a, above);
        if begins || (ends && parted) {
            // Set off at an end of the sentence, it speaks for the whole of it.
            while let Some(up) = a.head(predicate) {
                if up == top {
                    break;
                }
                predicate = up;
            }
        }
        let words = words_below(self.scene, predicate, &[top]);
        (!words.is_empty()).then_some(words)
    }
}
