//! What a noun phrase says of its referent by its own words.

mod modifiers;

use std::ops::Range;

use chancery_core::record::ActorKind;
use chancery_knowledge::{CountryForm, Entry, Gender, Match, RoleKind};
use chancery_language::model::Name;

use super::{Description, Entities};
use crate::scene::Scene;
use crate::sentence::{base, dependent, phrase};
use modifiers::modifiers;

/// Whether a word can be the head of a phrase that acts.
pub fn may_refer(scene: &Scene<'_>, word: usize) -> bool {
    let a = scene.analysis;
    match a.upos(word) {
        "NOUN" | "PROPN" | "PRON" => true,
        "ADJ" => {
            a.names.iter().any(|n| n.words.contains(&word))
                || scene.form(word).starts_with(char::is_uppercase)
        }
        "DET" => matches!(a.relation(word), "nmod:poss"),
        "NUM" | "X" | "SYM" => matches!(base(a.relation(word)), "nsubj" | "obj" | "conj" | "obl"),
        _ => false,
    }
}

/// The name that covers a word.
pub fn name_at<'a>(scene: &Scene<'a>, word: usize) -> Option<&'a Name> {
    let names = &scene.analysis.names;
    let at = names.partition_point(|n| n.words.end <= word);
    names.get(at).filter(|n| n.words.contains(&word))
}

/// Describes the phrase of a head word.
pub fn describe(scene: &Scene<'_>, entities: &Entities<'_>, head: usize) -> Description {
    let a = scene.analysis;
    let mut d = Description { head, words: phrase(a, head), ..Description::default() };
    d.plural = matches!(a.xpos(head), "NNS" | "NNPS")
        || matches!(a.lemma(head), "they" | "we" | "both" | "their" | "our");
    if counts_people(scene, head) {
        d.plural = true;
        d.pronoun = a.dependents(head).iter().any(|w| a.lemma(*w) == "the");
        d.kind = Some(ActorKind::Group);
        return d;
    }
    if a.upos(head) == "PRON" || (a.upos(head) == "DET" && a.relation(head) == "nmod:poss") {
        describe_pronoun(scene, &mut d);
        return d;
    }
    let known = entities.covering(head).iter().any(is_body) || is_state_alone(scene, entities, head);
    let in_tables =
        entities.covering(head).iter().any(|m| matches!(m.entry, Entry::Person(_)) && !m.ambiguous);
    let person = name_at(scene, head).filter(|n| n.kind == "PER").cloned().or_else(|| {
        let words = entities.covered_words(head).filter(|w| w.contains(&head) && in_tables)?;
        Some(Name { words, kind: "PER".to_owned(), score: 1.0 })
    });
    match person {
        Some(name) if !known => describe_person(scene, entities, &name, &mut d),
        _ => describe_common(scene, entities, &mut d),
    }
    if let Some(start) = quantity_before(scene, head) {
        d.words.start = d.words.start.min(start);
    }
    modifiers(scene, entities, &mut d);
    d.countries.dedup();
    d
}

/// Where the phrase "thousands of teachers", "a group of soldiers" begins: those who act are behind the quantity.
fn quantity_before(scene: &Scene<'_>, head: usize) -> Option<usize> {
    const QUANTITIES: &[&str] = &[
        "thousand", "hundred", "dozen", "score", "ten", "million", "number", "group", "crowd", "handful",
        "couple", "majority", "pair", "band",
    ];
    let a = scene.analysis;
    let quantity = a.head(head).filter(|q| QUANTITIES.contains(&a.lemma(*q)) && *q < head)?;
    let of =
        base(a.relation(head)) == "nmod" && crate::sentence::preposition(a, head).as_deref() == Some("of");
    of.then(|| phrase(a, quantity).start)
}

/// A bare number that stands for people: "the two met", "five were detained", "killing 12". Not money, shares or years.
fn counts_people(scene: &Scene<'_>, head: usize) -> bool {
    const QUANTITIES: &[&str] = &["million", "billion", "trillion", "percent", "%", "pm", "am"];
    let a = scene.analysis;
    let form = scene.form(head);
    let amount = QUANTITIES.contains(&a.lemma(head))
        || QUANTITIES.contains(&scene.form(head + 1))
        || form.chars().any(|c| matches!(c, '.' | ':' | '/' | '$' | '€' | '£'))
        || form.len() == 4 && form.chars().all(|c| c.is_ascii_digit())
        || a.dependents(head).iter().any(|w| a.upos(*w) == "SYM");
    let stands = matches!(a.relation(head), "nsubj" | "nsubj:pass" | "obj" | "conj")
        && !a.dependents(head).iter().any(|w| base(a.relation(*w)) == "nmod");
    a.upos(head) == "NUM" && stands && !amount
}

/// "Chad", "Jordan" and "Georgia" are given names as well: alone, and with nobody of that name in the text, they
/// are states.
fn is_state_alone(scene: &Scene<'_>, entities: &Entities<'_>, head: usize) -> bool {
    let a = scene.analysis;
    let one_word = |n: &Name| n.words.len() == 1 && n.words.contains(&head);
    let state = entities
        .covering(head)
        .iter()
        .any(|m| matches!(m.entry, Entry::Country(..)) && m.words == 1 && !m.adjective);
    let titled =
        a.dependents(head).iter().any(|d| matches!(a.relation(*d), "nmod:desc" | "flat" | "compound"));
    state
        && !titled
        && name_at(scene, head).is_some_and(one_word)
        && !a.names.iter().any(|n| {
            n.kind == "PER" && n.words.len() > 1 && n.words.clone().any(|w| scene.form(w) == scene.form(head))
        })
}

/// Whether a table knows the words as something that is no person.
pub(super) fn is_body(found: &Match<'_>) -> bool {
    !found.ambiguous
        && matches!(
            found.entry,
            Entry::Country(..)
                | Entry::Capital(..)
                | Entry::Organisation(_)
                | Entry::Group(_)
                | Entry::Metonym(_)
                | Entry::Outlet(_)
        )
}

fn describe_pronoun(scene: &Scene<'_>, d: &mut Description) {
    d.pronoun = true;
    d.words = d.head..d.head + 1;
    let form = scene.form(d.head).to_lowercase();
    match form.as_str() {
        "he" | "him" | "his" | "himself" => {
            d.kind = Some(ActorKind::Person);
            d.gender = Some(Gender::Masculine);
        }
        "she" | "her" | "hers" | "herself" => {
            d.kind = Some(ActorKind::Person);
            d.gender = Some(Gender::Feminine);
        }
        "i" | "me" | "my" | "myself" => d.kind = Some(ActorKind::Person),
        "they" | "them" | "their" | "we" | "us" | "our" | "both" | "themselves" | "ourselves" => {
            d.plural = true
        }
        _ => {}
    }
}

/// A person's name with the office in front of it or in apposition.
fn describe_person(scene: &Scene<'_>, entities: &Entities<'_>, name: &Name, d: &mut Description) {
    let mut words = name.words.clone();
    // A title that the model took into the name is an office.
    while words.len() > 1
        && entities.matches[words.start]
            .iter()
            .any(|m| matches!(m.entry, Entry::Role(r) if r.office) && m.words < words.len())
    {
        let skip = entities.matches[words.start]
            .iter()
            .filter(|m| matches!(m.entry, Entry::Role(r) if r.office) && m.words < words.len())
            .map(|m| m.words)
            .max()
            .unwrap_or(1);
        words.start += skip;
    }
    d.kind = Some(ActorKind::Person);
    d.words = d.words.start.min(words.start)..d.words.end.max(words.end);
    d.name = Some(scene.cut(&scene.bytes(&words)).to_owned());
    d.name_words = Some(words.clone());
    d.gender = honorific_gender(scene, &words)
        .or_else(|| scene.knowledge.given_name_gender(scene.form(words.start)));
    for m in entities.covering(d.head) {
        if let Entry::Person(p) = m.entry {
            d.countries.extend(p.country.clone());
            d.sectors.extend(p.sectors.iter().cloned());
            d.gender = d.gender.or(None);
        }
    }
    let sentence = &scene.analysis.sentences[scene.analysis.tokens[d.head].sentence];
    let before = title_before(scene, entities, words.start, sentence.tokens.start);
    if let Some(stretch) = before {
        d.words.start = d.words.start.min(stretch.start);
        office_from(scene, entities, &stretch, d);
    }
    if d.office.is_none()
        && let Some(stretch) = apposition(scene, entities, d.head, words.end, sentence.tokens.end)
    {
        office_from(scene, entities, &stretch, d);
    }
}

fn honorific_gender(scene: &Scene<'_>, words: &Range<usize>) -> Option<Gender> {
    let before = words.start.checked_sub(1).map(|w| scene.form(w).trim_end_matches('.').to_lowercase())?;
    match before.as_str() {
        "mr" | "sir" | "lord" | "sheikh" | "king" | "prince" => Some(Gender::Masculine),
        "mrs" | "ms" | "miss" | "lady" | "queen" | "princess" => Some(Gender::Feminine),
        _ => None,
    }
}

/// The words in front of a name that make up its title: an unbroken run of a noun phrase that holds an
/// office, back to the last word that cannot belong to one.
fn title_before(
    scene: &Scene<'_>,
    entities: &Entities<'_>,
    name: usize,
    first: usize,
) -> Option<Range<usize>> {
    let a = scene.analysis;
    let mut start = name;
    let mut office = false;
    while start > first {
        let word = start - 1;
        let belongs = match a.upos(word) {
            "NOUN" | "PROPN" | "ADJ" => true,
            "ADP" => {
                office_reaches(scene, entities, word, first) && matches!(a.lemma(word), "of" | "for" | "on")
            }
            "DET" => start < name && matches!(a.upos(start), "NOUN" | "PROPN" | "ADJ"),
            "CCONJ" => a.lemma(word) == "and" && office_reaches(scene, entities, word, first),
            "PUNCT" => matches!(scene.form(word), "-" | "–"),
            "PART" => a.xpos(word) == "POS",
            "ADV" => matches!(a.lemma(word), "then" | "now"),
            _ => false,
        };
        // Another person's name ends the title: "Rice and Azimov".
        if !belongs || name_at(scene, word).is_some_and(|n| n.kind == "PER") {
            break;
        }
        start = word;
        office |= entities.covering(word).iter().any(|m| matches!(m.entry, Entry::Role(r) if r.office));
    }
    while start < name && matches!(a.upos(start), "ADP" | "CCONJ" | "PUNCT" | "PART") {
        start += 1;
    }
    (office && start < name).then_some(start..name)
}

/// Whether an office stands to the left of a preposition within a few words, so that the title goes on
/// beyond it: "Minister of Foreign Affairs of Azerbaijan Elmar ...".
fn office_reaches(scene: &Scene<'_>, entities: &Entities<'_>, preposition: usize, first: usize) -> bool {
    let a = scene.analysis;
    (first.max(preposition.saturating_sub(9))..preposition)
        .rev()
        .take_while(|w| {
            !matches!(a.upos(*w), "VERB" | "AUX" | "PRON") && !matches!(scene.form(*w), "," | ";" | ":")
        })
        .any(|w| entities.covering(w).iter().any(|m| matches!(m.entry, Entry::Role(r) if r.office)))
}

/// The apposition after a name ("John Hillen, assistant secretary of state") or the noun phrase in
/// apposition to which the name stands ("Azerbaijan's deputy minister of security, Fuad Iskenderov").
fn apposition(
    scene: &Scene<'_>,
    entities: &Entities<'_>,
    head: usize,
    after: usize,
    last: usize,
) -> Option<Range<usize>> {
    let a = scene.analysis;
    let has_office = |range: &Range<usize>| {
        range.clone().any(|w| entities.covering(w).iter().any(|m| matches!(m.entry, Entry::Role(_))))
    };
    // "the minister of security, Fuad Iskenderov; the chief of ...": a list gives the office before the name.
    let first = scene.analysis.sentences[a.tokens[head].sentence].tokens.start;
    let name = name_at(scene, head).map_or(head, |n| n.words.start);
    if let Some(range) = office_before_comma(scene, name, first).filter(|r| has_office(r)) {
        return Some(range);
    }
    if let Some(appos) = dependent(a, head, &["appos"]) {
        let range = phrase(a, appos);
        let apart = (after.min(range.start)..range.start).any(|w| matches!(scene.form(w), ";" | "and"));
        if has_office(&range) && !apart {
            return Some(range);
        }
    }
    if base(a.relation(head)) == "appos"
        && let Some(above) = a.head(head)
    {
        let range = phrase(a, above);
        if has_office(&range) {
            return Some(range);
        }
    }
    // The parser may have missed it: a comma, then a noun phrase with an office up to the next comma.
    if scene.form(after) == "," {
        let mut end = after + 1;
        while end < last
            && matches!(a.upos(end), "NOUN" | "PROPN" | "ADJ" | "ADP" | "DET" | "PART" | "ADV" | "NUM")
            && !(end > after + 1 && name_at(scene, end).is_some_and(|n| n.kind == "PER"))
        {
            end += 1;
        }
        let range = after + 1..end;
        let closed =
            end == last || matches!(scene.form(end), "," | "." | ";" | ")" | "—" | "–" | "said" | "told");
        if closed && range.len() < 14 && has_office(&range) && a.upos(after + 1) != "ADP" {
            return Some(range);
        }
    }
    None
}

/// In "..., the deputy chief of the border guard, Farhad X": the noun phrase between the last boundary and
/// the comma in front of a name, if it does not itself follow a name ("Azimov, the deputy minister, Hillen").
fn office_before_comma(scene: &Scene<'_>, name: usize, first: usize) -> Option<Range<usize>> {
    let a = scene.analysis;
    let comma = name.checked_sub(1).filter(|w| *w > first && scene.form(*w) == ",")?;
    let mut start = comma;
    while start > first {
        let word = start - 1;
        let inside = matches!(a.upos(word), "NOUN" | "PROPN" | "ADJ" | "ADP" | "DET" | "PART" | "NUM")
            || scene.form(word) == "-"
            || (scene.form(word) == "and" && a.upos(word - 1) != "PUNCT");
        if !inside || name_at(scene, word).is_some_and(|n| n.kind == "PER") {
            break;
        }
        start = word;
    }
    while start < comma && matches!(a.upos(start), "ADP" | "CCONJ" | "PART") {
        start += 1;
    }
    let after_name = start > first + 1
        && scene.form(start - 1) == ","
        && name_at(scene, start - 2).is_some_and(|n| n.kind == "PER");
    // A title goes before a comma only if the name is not the beginning of a clause: "At the ministry, Rice said".
    let clause =
        base(a.relation(name)) == "nsubj" || base(a.relation(a.head(name).unwrap_or(name))) == "nsubj";
    let described = clause && a.dependents(name).is_empty() && base(a.relation(name)) != "appos";
    (start < comma && !after_name && !described).then_some(start..comma)
}

/// Reads office, sectors and countries from the words of a title.
fn office_from(scene: &Scene<'_>, entities: &Entities<'_>, stretch: &Range<usize>, d: &mut Description) {
    let mut start = stretch.start;
    let mut roles: Vec<(usize, Match<'_>)> = Vec::new();
    let mut countries = Vec::new();
    let mut implied = None;
    let mut word = stretch.start;
    while word < stretch.end {
        let found = entities.matches[word].iter().filter(|m| word + m.words <= stretch.end);
        let mut step = 1;
        for m in found {
            match m.entry {
                Entry::Role(role) if m.words >= step => {
                    step = step.max(m.words);
                    implied = implied.or_else(|| role.country.clone());
                    roles.push((word, *m));
                }
                Entry::Organisation(o) if m.words >= step && !m.ambiguous => {
                    step = step.max(m.words);
                    countries.extend(o.countries.iter().cloned());
                    if d.class.is_none() && o.countries.is_empty() {
                        d.class.clone_from(&o.class);
                    }
                }
                Entry::Metonym(x) if m.words >= step => {
                    step = step.max(m.words);
                    countries.extend(x.countries.iter().cloned());
                }
                _ => {}
            }
        }
        if let Some(code) = country_of(&entities.matches[word], step) {
            countries.push(code);
            // A nationality in front belongs to the phrase, not to the office.
            if word == start && word + 1 < stretch.end {
                start = word + step;
            }
        }
        word += step;
    }
    while start < stretch.end
        && (matches!(scene.analysis.upos(start), "DET" | "PUNCT") || scene.analysis.xpos(start) == "POS")
    {
        start += 1;
    }
    if roles.is_empty() {
        return;
    }
    if countries.is_empty() {
        countries.extend(implied);
    }
    // Who speaks for an international body does not speak for the country he comes from.
    if countries.is_empty() && d.class.is_some() {
        d.countries.clear();
    }
    for code in countries {
        if !d.countries.contains(&code) {
            d.countries.push(code);
        }
    }
    let mut sectors = Vec::new();
    for (_, m) in &roles {
        if let Entry::Role(role) = m.entry {
            for sector in &role.sectors {
                if !sectors.contains(sector) {
                    sectors.push(sector.clone());
                }
            }
        }
    }
    if !sectors.is_empty() {
        d.sectors = sectors;
    }
    d.office = Some(scene.cut(&scene.bytes(&(start..stretch.end))).to_owned());
}

/// Country that the longest match of some length names, as name, nationality or capital.
fn country_of(matches: &[Match<'_>], at_least: usize) -> Option<String> {
    matches.iter().filter(|m| m.words >= at_least).find_map(|m| match m.entry {
        Entry::Country(c, _) => Some(c.code.clone()),
        Entry::Capital(c, _) => Some(c.code.clone()),
        Entry::People(p) => p.countries.first().cloned(),
        Entry::Region(r) if m.adjective => r.countries.first().cloned(),
        _ => None,
    })
}

/// A phrase without a person's name: a state, body, group, role word, or something that has a country.
fn describe_common(scene: &Scene<'_>, entities: &Entities<'_>, d: &mut Description) {
    let a = scene.analysis;
    let named = name_at(scene, d.head);
    let mut found: Vec<Match<'_>> = entities.covering(d.head).to_vec();
    if let Some(words) = entities.covered_words(d.head) {
        // A phrase that ends before the head is a modifier of it, not its name; one that goes on beyond it
        // ("Minister" of "Minister of Defence") is the whole.
        if words.end <= d.head {
            found.clear();
        }
    }
    let usable = |m: &&Match<'_>| !m.ambiguous || named.is_some() || matches!(m.entry, Entry::Role(_));
    let pick = found.iter().filter(usable).min_by_key(|m| match m.entry {
        Entry::Country(_, CountryForm::Name | CountryForm::Abbreviation) => 0,
        Entry::Metonym(_) => 1,
        Entry::Organisation(_) => 2,
        Entry::Group(_) => 2,
        Entry::Capital(..) => 3,
        Entry::Country(..) => 4,
        Entry::People(_) => 5,
        Entry::Outlet(_) => 6,
        Entry::Role(_) => 7,
        Entry::Region(_) => 8,
        _ => 9,
    });
    let noun = matches!(a.upos(d.head), "NOUN" | "PROPN");
    let modifier = matches!(base(a.relation(d.head)), "amod" | "compound");
    if let Some(m) = pick {
        match m.entry {
            Entry::Country(c, form) => {
                own_words(scene, entities, d);
                d.kind = Some(ActorKind::State);
                d.name = Some(c.name.clone());
                d.countries.push(c.code.clone());
                if let CountryForm::DemonymNoun { plural } = form
                    && noun
                    && !modifier
                {
                    d.kind = Some(ActorKind::Group);
                    d.name = None;
                    d.plural = plural;
                    d.sectors.push("CVL".into());
                }
            }
            Entry::Capital(c, _) => {
                own_words(scene, entities, d);
                d.kind = Some(ActorKind::State);
                d.name = Some(c.name.clone());
                d.countries.push(c.code.clone());
                d.sectors.push("GOV".into());
            }
            Entry::Metonym(x) => {
                d.kind = Some(ActorKind::Organisation);
                d.name = Some(x.phrase.clone());
                d.countries.extend(x.countries.iter().cloned());
                d.sectors.extend(x.sectors.iter().cloned());
            }
            Entry::Organisation(o) => {
                d.kind = Some(ActorKind::Organisation);
                d.name = Some(o.name.clone());
                d.countries.extend(o.countries.iter().cloned());
                d.sectors.extend(o.sectors.iter().cloned());
                d.class.clone_from(&o.class);
            }
            Entry::Group(g) => {
                d.kind = Some(ActorKind::Organisation);
                d.name = Some(g.name.clone());
                d.countries.extend(g.countries.iter().take(1).cloned());
                d.sectors.extend(g.sectors.iter().cloned());
            }
            Entry::Outlet(o) => {
                d.kind = Some(ActorKind::Outlet);
                d.name = Some(o.name.clone());
                d.countries.extend(o.country.iter().cloned());
                d.sectors.push("JRN".into());
            }
            Entry::People(p) => {
                d.kind = Some(ActorKind::Group);
                d.name = Some(p.name.clone());
                d.countries.extend(p.countries.iter().take(1).cloned());
            }
            Entry::Role(role) => {
                d.kind = Some(match role.kind {
                    RoleKind::Person if !d.plural => ActorKind::Person,
                    RoleKind::Body => ActorKind::Organisation,
                    _ => ActorKind::Group,
                });
                d.thing = role.kind == RoleKind::Thing;
                d.plural |= m.plural;
                d.sectors.extend(role.sectors.iter().cloned());
                if role.office {
                    d.office = Some(
                        scene
                            .cut(&scene.bytes(&(entities.covered_words(d.head).unwrap_or(d.words.clone()))))
                            .to_owned(),
                    );
                }
                d.countries.extend(role.country.iter().cloned());
            }
            Entry::Region(r) => {
                d.countries.extend(r.countries.iter().take(1).cloned());
                if r.disputed || m.adjective {
                    d.name = Some(r.name.clone());
                }
            }
            _ => {}
        }
    }
    if d.kind.is_none()
        && let Some(name) = named
    {
        d.kind = match name.kind.as_str() {
            "ORG" => Some(ActorKind::Organisation),
            "NAT" => Some(ActorKind::Group),
            _ => None,
        };
        if name.kind == "ORG" {
            d.name = Some(scene.cut(&scene.bytes(&name.words)).to_owned());
            d.words = d.words.start.min(name.words.start)..d.words.end.max(name.words.end);
        }
    }
}

/// Of "U.S.-Azerbaijan" each state has its own words: the phrase ends where another country begins.
fn own_words(scene: &Scene<'_>, entities: &Entities<'_>, d: &mut Description) {
    let Some(own) = entities.covered_words(d.head).filter(|w| w.contains(&d.head)) else { return };
    let mut start = own.start.max(d.words.start);
    while start > d.words.start
        && matches!(scene.analysis.upos(start - 1), "DET" | "ADJ" | "ADV")
        && entities.cover[start - 1].is_none()
    {
        start -= 1;
    }
    d.words = start..own.end;
}
