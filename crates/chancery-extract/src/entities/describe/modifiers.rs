//! What the words around a head say of it: nationalities, owners, backers, "former", "opposition".

use chancery_core::record::ActorKind;
use chancery_knowledge::Entry;

use super::country_of;
use crate::entities::{Description, Entities};
use crate::scene::Scene;
use crate::sentence::{base, dependents, preposition};

/// Nationalities, owners, "of"-phrases, "-backed", "former", "opposition" around the head.
pub(super) fn modifiers(scene: &Scene<'_>, entities: &Entities<'_>, d: &mut Description) {
    let a = scene.analysis;
    let own = entities.covered_words(d.head).filter(|w| w.contains(&d.head));
    let mut found_countries: Vec<String> = Vec::new();
    // Whether a nationality hangs on the head itself: "Iranian tankers", but not "footage of Iranian tankers".
    let mut own_nationality = false;
    let mut word = d.words.start;
    while word < d.words.end {
        let inside_own = own.as_ref().is_some_and(|o| o.contains(&word));
        let inside_name = d.name_words.as_ref().is_some_and(|n| n.contains(&word));
        let matches = &entities.matches[word];
        let longest = matches.first().map_or(1, |m| m.words.max(1));
        if inside_own || inside_name {
            word += 1;
            continue;
        }
        let backs = backed(scene, word + longest);
        for m in matches.iter().filter(|m| m.words == longest) {
            if let Entry::Modifier(x) = m.entry {
                modifier(x, d);
            }
            if let Entry::Organisation(o) = m.entry
                && !m.ambiguous
            {
                if backs {
                    d.backers.extend(o.countries.iter().cloned());
                } else if d.class.is_none()
                    && o.countries.is_empty()
                    && matches!(d.kind, Some(ActorKind::Person | ActorKind::Group))
                {
                    d.class.clone_from(&o.class);
                } else {
                    found_countries.extend(o.countries.iter().cloned());
                }
            }
            if let Entry::Metonym(x) = m.entry
                && !backs
            {
                found_countries.extend(x.countries.iter().cloned());
            }
        }
        if let Some(code) = country_of(matches, longest) {
            let counts = backs || is_modifier(scene, word, longest, d);
            let to = if backs { &mut d.backers } else { &mut found_countries };
            if counts && !to.contains(&code) {
                to.push(code);
            }
            own_nationality |= counts && (word..word + longest).any(|w| a.head(w) == Some(d.head));
            // "the presidents of Armenia and Azerbaijan"
            if counts && !backs {
                for other in crate::sentence::conjuncts(a, word + longest - 1)
                    .into_iter()
                    .filter(|w| !d.words.contains(w))
                {
                    let found = entities
                        .cover
                        .get(other)
                        .copied()
                        .flatten()
                        .map_or(&[][..], |s| &entities.matches[s]);
                    if let Some(code) = country_of(found, 1).filter(|c| !found_countries.contains(c)) {
                        found_countries.push(code);
                    }
                }
                if d.plural {
                    for code in listed_after(scene, entities, word + longest) {
                        if !found_countries.contains(&code) {
                            found_countries.push(code);
                        }
                    }
                }
            }
        }
        word += longest;
    }
    if d.countries.is_empty()
        || matches!(d.kind, Some(ActorKind::Group | ActorKind::Person)) && d.name.is_none()
    {
        for code in found_countries {
            if !d.countries.contains(&code) {
                d.countries.push(code);
            }
        }
    }
    // "including Rice": one of the group that is named before.
    if d.countries.is_empty()
        && let Some(above) = a.head(d.head)
        && matches!(preposition(a, d.head).as_deref(), Some("include" | "including" | "among"))
        && let Some(group) = entities.described.get(above).and_then(Option::as_ref)
    {
        d.countries.clone_from(&group.countries);
    }
    if d.kind.is_none() && own_nationality && a.upos(d.head) == "NOUN" {
        d.kind = Some(ActorKind::Unknown);
    }
    if let Some(sectors) = owner_sectors(scene, entities, d) {
        d.sectors = sectors;
    }
}

/// Countries of an enumeration that goes on at a word: ", Mozambique, Tanzania and Zambia". Parsers lose its thread.
fn listed_after(scene: &Scene<'_>, entities: &Entities<'_>, mut at: usize) -> Vec<String> {
    let a = scene.analysis;
    let (mut out, mut closed) = (Vec::new(), false);
    while at < a.tokens.len() && !closed {
        let mark = |w: usize| w < a.tokens.len() && matches!(scene.form(w), "," | "and" | "&");
        let mut next = at;
        while mark(next) && next < at + 2 {
            closed |= scene.form(next) != ",";
            next += 1;
        }
        let Some(found) = entities.matches.get(next).filter(|_| next > at) else { return Vec::new() };
        let Some(longest) = found.first().map(|m| m.words) else { return Vec::new() };
        let Some(code) = country_of(found, longest) else { return Vec::new() };
        out.push(code);
        at = next + longest;
    }
    if closed { out } else { Vec::new() }
}

/// A role word without sectors of its own takes those of the body in its "of" phrase or in front of it.
fn owner_sectors(scene: &Scene<'_>, entities: &Entities<'_>, d: &Description) -> Option<Vec<String>> {
    if !d.sectors.is_empty() || !matches!(d.kind, Some(ActorKind::Person | ActorKind::Group)) {
        return None;
    }
    let a = scene.analysis;
    dependents(a, d.head, &["nmod", "compound", "nmod:poss", "amod"])
        .flat_map(|w| entities.covering(w).iter())
        .find_map(|m| match m.entry {
            Entry::Role(r) if !r.sectors.is_empty() => Some(r.sectors.clone()),
            Entry::Organisation(o) if !o.sectors.is_empty() => Some(o.sectors.clone()),
            Entry::Metonym(x) => Some(x.sectors.clone()),
            Entry::Group(g) => Some(g.sectors.clone()),
            _ => None,
        })
}

/// Whether a country inside a phrase says whose the head is: a nationality, an owner, "of X", "from X",
/// and not "in X", "on X", "against X".
fn is_modifier(scene: &Scene<'_>, word: usize, length: usize, d: &Description) -> bool {
    let a = scene.analysis;
    (word..word + length).any(|w| match base(a.relation(w)) {
        "amod" | "compound" | "flat" | "appos" | "nummod" => true,
        "nmod" => {
            a.relation(w) == "nmod:poss"
                || preposition(a, w).is_none_or(|p| matches!(p.as_str(), "of" | "from" | "for"))
        }
        "conj" => is_conjunct_modifier(scene, w, d),
        _ => false,
    })
}

fn is_conjunct_modifier(scene: &Scene<'_>, word: usize, d: &Description) -> bool {
    let first = crate::sentence::first_conjunct(scene.analysis, word);
    first != word && d.words.contains(&first) && is_modifier(scene, first, 1, d)
}

/// Whether "-backed", "-led" follows a word: "Turkey-backed".
fn backed(scene: &Scene<'_>, next: usize) -> bool {
    let hyphen = matches!(scene.form(next), "-" | "–" | "‑");
    hyphen
        && matches!(
            scene.form(next + 1).to_lowercase().as_str(),
            "backed"
                | "supported"
                | "sponsored"
                | "appointed"
                | "installed"
                | "brokered"
                | "mediated"
                | "funded"
                | "trained"
                | "armed"
                | "aligned"
                | "allied"
                | "friendly"
        )
}

/// Applies a row of `role_modifiers.tsv`.
fn modifier(x: &chancery_knowledge::Modifier, d: &mut Description) {
    if !matches!(d.kind, Some(ActorKind::Person | ActorKind::Group | ActorKind::Organisation)) {
        return;
    }
    let sectors = |cell: &str| {
        cell.split([';', ',', ' ']).filter(|s| s.len() == 3).map(str::to_owned).collect::<Vec<_>>()
    };
    if let Some(cell) = x.property("set_sectors").or_else(|| x.property("sectors")) {
        let set = sectors(cell.trim_start_matches('+'));
        if cell.starts_with('+') {
            d.sectors.extend(set);
        } else if !set.is_empty() {
            d.sectors = set;
        }
    }
    if let Some(cell) = x.property("add_sectors") {
        for sector in sectors(cell) {
            if !d.sectors.contains(&sector) {
                d.sectors.push(sector);
            }
        }
    }
}
