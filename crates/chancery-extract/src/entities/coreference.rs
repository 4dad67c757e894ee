//! Which phrases of a document mean the same actor.
//!
//! Walks the phrases in the order of the text and keeps a list of clusters. Names join by name (full names
//! by equality, short ones by their last word), titles and role words by the office they name, pronouns by
//! recency, grammatical role, gender and number. "Both sides", "the two countries" take the countries that
//! were named last.

use chancery_core::record::ActorKind;

use super::Description;
use crate::scene::Scene;
use crate::sentence::{base, conjuncts, first_conjunct};

/// One actor of the document.
#[derive(Debug, Clone)]
pub struct Cluster {
    /// Fullest name, else the words of the first mention.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Countries.
    pub countries: Vec<String>,
    /// Sectors.
    pub sectors: Vec<String>,
    /// Office.
    pub office: Option<String>,
    /// Head words of its mentions, in the order of the text.
    pub mentions: Vec<usize>,
}

/// Sentences that a pronoun may look back.
const PRONOUN_REACH: usize = 2;
/// Sentences that a title ("the minister") may look back.
const TITLE_REACH: usize = 12;

struct Linker<'a, 's> {
    scene: &'a Scene<'s>,
    described: &'a mut Vec<Option<Description>>,
    clusters: Vec<Cluster>,
}

/// Links the described phrases; gives every one its cluster and completes short mentions from full ones.
pub fn link(scene: &Scene<'_>, described: &mut Vec<Option<Description>>) -> Vec<Cluster> {
    let mut linker = Linker { scene, described, clusters: Vec::new() };
    let heads: Vec<usize> = (0..linker.described.len()).filter(|w| linker.described[*w].is_some()).collect();
    for head in &heads {
        linker.place(*head);
    }
    linker.home_country();
    linker.finish();
    linker.clusters
}

impl Linker<'_, '_> {
    fn get(&self, head: usize) -> Option<&Description> {
        self.described.get(head).and_then(Option::as_ref)
    }

    fn sentence(&self, word: usize) -> usize {
        self.scene.analysis.tokens[word].sentence
    }

    fn place(&mut self, head: usize) {
        let Some(d) = self.get(head).cloned() else { return };
        if d.pronoun {
            self.pronoun(head, &d);
            return;
        }
        if self.both_sides(head, &d) {
            return;
        }
        // Parts of a person's name other than its head are no mentions of their own.
        if d.kind == Some(ActorKind::Person) && d.name.is_some() {
            let inside = d.name_words.clone().unwrap_or(head..head + 1);
            let already = inside
                .clone()
                .find_map(|w| self.get(w).filter(|o| w != head && o.name_words == d.name_words)?.cluster);
            if let Some(cluster) = already {
                self.join(head, cluster, false);
                return;
            }
        }
        if let Some(cluster) = self.apposition(head, &d) {
            self.join(head, cluster, true);
            if let (Some(cluster), Some(name)) = (self.clusters.get_mut(cluster), d.name) {
                cluster.name = name;
            }
            return;
        }
        let found = match d.kind {
            Some(ActorKind::Person) if d.name.is_some() => self.same_person(&d),
            Some(ActorKind::Person) if d.office.is_some() && definite(self.scene, &d) => {
                self.same_office(head, &d)
            }
            Some(ActorKind::Person | ActorKind::Group) if d.name.is_none() => None,
            Some(ActorKind::State | ActorKind::Organisation | ActorKind::Outlet | ActorKind::Group) => {
                self.same_name(&d)
            }
            _ => None,
        };
        match found {
            Some(cluster) => self.join(head, cluster, true),
            None if d.kind.is_some() && d.kind != Some(ActorKind::Unknown) => self.found(head, &d),
            None => {}
        }
    }

    /// "Its foreign minister, Moussa Faki", "Hugo Arce, the spokesman": the person before the comma, if only one of
    /// the two has a name.
    fn apposition(&self, head: usize, d: &Description) -> Option<usize> {
        let a = self.scene.analysis;
        let first = a.head(head).filter(|_| base(a.relation(head)) == "appos")?;
        let other = self.get(first)?;
        let people = d.kind == Some(ActorKind::Person) && other.kind == Some(ActorKind::Person);
        let known = d.name.is_some() && self.same_person(d).is_some();
        let cluster =
            other.cluster.filter(|_| people && !known && d.name.is_some() != other.name.is_some())?;
        let named = |word: &usize| self.get(*word).is_some_and(|m| m.name.is_some());
        let taken = d.name.is_some() && self.clusters.get(cluster)?.mentions.iter().any(named);
        (!taken).then_some(cluster)
    }

    fn found(&mut self, head: usize, d: &Description) {
        let words = self.scene.cut(&self.scene.bytes(&d.words)).to_owned();
        self.clusters.push(Cluster {
            name: d.name.clone().unwrap_or(words),
            kind: d.kind.unwrap_or(ActorKind::Unknown),
            countries: d.countries.clone(),
            sectors: d.sectors.clone(),
            office: d.office.clone(),
            mentions: vec![head],
        });
        let number = self.clusters.len() - 1;
        if let Some(Some(mine)) = self.described.get_mut(head) {
            mine.cluster = Some(number);
        }
    }

    fn join(&mut self, head: usize, number: usize, learn: bool) {
        let Some(Some(mine)) = self.described.get_mut(head) else { return };
        mine.cluster = Some(number);
        let Some(cluster) = self.clusters.get_mut(number) else { return };
        if learn {
            if mine
                .name
                .as_ref()
                .is_some_and(|n| n.len() > cluster.name.len() && mine.kind == Some(ActorKind::Person))
            {
                cluster.name = mine.name.clone().unwrap_or_default();
            }
            if cluster.countries.is_empty() {
                cluster.countries.clone_from(&mine.countries);
            }
            if cluster.sectors.is_empty() {
                cluster.sectors.clone_from(&mine.sectors);
            }
            if cluster.office.is_none() {
                cluster.office.clone_from(&mine.office);
            }
        }
        cluster.mentions.push(head);
    }

    /// A cluster of a person by full name, or by the last word of the name.
    fn same_person(&self, d: &Description) -> Option<usize> {
        let name = d.name.as_deref()?;
        let fold = |s: &str| s.to_lowercase().replace(['.', '’', '\'', '-'], "");
        let mine: Vec<String> = name.split_whitespace().map(fold).collect();
        let last = mine.last()?;
        let people = self.clusters.iter().enumerate().rev().filter(|(_, c)| c.kind == ActorKind::Person);
        people
            .filter(|(_, c)| {
                let theirs: Vec<String> = c.name.split_whitespace().map(fold).collect();
                if mine.len() == 1 {
                    return theirs.last() == Some(last) || (theirs.len() > 1 && theirs.first() == Some(last));
                }
                if theirs.len() == 1 {
                    return theirs.first() == Some(last);
                }
                // Both have several words: the last agrees, and so does the first, or its initial.
                let first = |n: &[String]| n.first().cloned().unwrap_or_default();
                let (a, b) = (first(&mine), first(&theirs));
                theirs.last() == Some(last)
                    && (a == b
                        || (a.chars().count() == 1 || b.chars().count() == 1)
                            && a.chars().next() == b.chars().next())
            })
            .map(|(number, _)| number)
            .next()
    }

    /// "The minister", "the president": the last person whose office ends in the same word, whose country
    /// does not contradict.
    fn same_office(&self, head: usize, d: &Description) -> Option<usize> {
        /// Words that make another office of one that ends alike: a prime minister is not "the minister".
        const OTHER_OFFICE: &[&str] = &["prime", "vice"];
        let lemma = self.scene.analysis.lemma(head);
        let here = self.sentence(head);
        let own: Vec<String> = d.words.clone().map(|w| self.scene.form(w).to_lowercase()).collect();
        self.clusters
            .iter()
            .enumerate()
            .filter(|(_, c)| c.kind == ActorKind::Person)
            .filter(|(_, c)| {
                let agrees = d.countries.is_empty() || c.countries.is_empty() || d.countries == c.countries;
                let office = c.office.as_deref().unwrap_or(&c.name).to_lowercase();
                let of = |word: &str| office.split(|x: char| !x.is_alphanumeric()).any(|w| w == word);
                let same = of(lemma) && OTHER_OFFICE.iter().all(|w| of(w) == own.iter().any(|o| o == w));
                let near =
                    c.mentions.last().is_some_and(|m| here.saturating_sub(self.sentence(*m)) <= TITLE_REACH);
                agrees && same && near
            })
            .max_by_key(|(_, c)| c.mentions.last().copied())
            .map(|(number, _)| number)
    }

    fn same_name(&self, d: &Description) -> Option<usize> {
        let name = d.name.as_deref()?.to_lowercase();
        let same = |c: &Cluster| {
            let theirs = c.name.to_lowercase();
            c.kind != ActorKind::Person
                && (theirs == name
                    || (d.kind == Some(ActorKind::State)
                        && c.kind == ActorKind::State
                        && c.countries == d.countries))
        };
        self.clusters.iter().rposition(same)
    }

    /// "Both states", "the two countries", "the sides": the last two countries named before.
    fn both_sides(&mut self, head: usize, d: &Description) -> bool {
        let a = self.scene.analysis;
        let lemma = a.lemma(head);
        if !matches!(
            lemma,
            "state"
                | "country"
                | "nation"
                | "side"
                | "party"
                | "government"
                | "leader"
                | "minister"
                | "president"
                | "premier"
                | "envoy"
                | "diplomat"
                | "official"
                | "delegation"
                | "capital"
                | "neighbor"
                | "neighbour"
        ) || !d.countries.is_empty()
        {
            return false;
        }
        let counted = d.words.clone().any(|w| matches!(a.lemma(w), "both" | "two"))
            || (matches!(lemma, "side") && d.plural && d.words.clone().any(|w| a.lemma(w) == "the"));
        // "officials from both states": the head has such a phrase below it.
        let nested = !counted
            && d.words.clone().any(|w| {
                w != head
                    && a.dependents(w).iter().any(|x| matches!(a.lemma(*x), "both" | "two"))
                    && matches!(a.lemma(w), "state" | "country" | "nation" | "side" | "government")
            });
        if !counted && !nested {
            return false;
        }
        if counted
            && d.plural
            && matches!(
                lemma,
                "leader" | "minister" | "president" | "premier" | "envoy" | "diplomat" | "official"
            )
        {
            let people = self.named_last(head, 2, true);
            if people.len() == 2 {
                self.stands_for(head, &people);
                return true;
            }
        }
        let countries = self.last_countries(head, 2);
        if countries.len() < 2 {
            return false;
        }
        if let Some(Some(mine)) = self.described.get_mut(head) {
            mine.countries = countries;
            mine.plural = true;
            if mine.kind.is_none() || mine.kind == Some(ActorKind::Unknown) {
                mine.kind = Some(ActorKind::Group);
            }
        }
        true
    }

    /// The countries of the actors named last before a word, latest first, at most `most`.
    fn last_countries(&self, before: usize, most: usize) -> Vec<String> {
        let here = self.sentence(before);
        let mut out: Vec<String> = Vec::new();
        for word in (0..before).rev() {
            if here - self.sentence(word) > 3 {
                break;
            }
            let Some(d) = self.get(word) else { continue };
            let acting = matches!(
                d.kind,
                Some(ActorKind::Person | ActorKind::State | ActorKind::Organisation | ActorKind::Group)
            );
            // Places are not sides.
            let place = d.kind == Some(ActorKind::State) && base(self.scene.analysis.relation(word)) == "obl";
            if acting && !place {
                for code in &d.countries {
                    if !out.contains(code) && out.len() < most {
                        out.push(code.clone());
                    }
                }
            }
            if out.len() >= most {
                break;
            }
        }
        out.reverse();
        out
    }

    fn pronoun(&mut self, head: usize, d: &Description) {
        let form = self.scene.form(head).to_lowercase();
        let personal =
            matches!(form.as_str(), "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself");
        let neuter = matches!(form.as_str(), "it" | "its" | "itself");
        let several = matches!(form.as_str(), "they" | "them" | "their" | "themselves" | "both");
        if matches!(self.scene.analysis.upos(head), "NUM") {
            self.counted(head);
            return;
        }
        if !(personal || neuter || several) {
            return;
        }
        let here = self.sentence(head);
        let mut best: Option<(i32, usize)> = None;
        for word in (0..head).rev() {
            let back = here - self.sentence(word);
            if back > PRONOUN_REACH {
                break;
            }
            let Some(o) = self.get(word) else { continue };
            let fits = if personal {
                o.kind == Some(ActorKind::Person)
                    && !(o.plural)
                    && (o.gender.is_none() || d.gender.is_none() || o.gender == d.gender)
                    && (o.name.is_some() || o.office.is_some() || o.pronoun || !o.sectors.is_empty())
            } else if neuter {
                // "The army", "the junta": several people, but one body.
                let body = o.kind == Some(ActorKind::Group)
                    && o.name.is_none()
                    && self.scene.analysis.xpos(word) == "NN";
                (body
                    || matches!(o.kind, Some(ActorKind::State | ActorKind::Organisation | ActorKind::Outlet)))
                    && !o.plural
            } else {
                o.plural
                    && matches!(
                        o.kind,
                        Some(ActorKind::Group | ActorKind::Organisation | ActorKind::Unknown) | None
                    )
                    && o.kind.is_some()
                    || conjoined(self.scene, word)
                    || matches!(o.kind, Some(ActorKind::Organisation)) && o.name.is_some()
            };
            if !fits
                || o.cluster.is_none() && !o.pronoun && o.kind.is_none()
                || self.same_clause_object(word, head)
            {
                continue;
            }
            let score = self.salience(word, head, o);
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, word));
            }
        }
        let Some((_, antecedent)) = best else { return };
        let Some(other) = self.get(antecedent).cloned() else { return };
        // A pronoun that stands for a pronoun stands for what that one stands for.
        let source = other.antecedent.unwrap_or(antecedent);
        let full = self.get(source).cloned().unwrap_or_else(|| other.clone());
        let members = if several { self.members(antecedent, source) } else { Vec::new() };
        if members.len() > 1 {
            self.stands_for(head, &members);
            return;
        }
        if let Some(Some(mine)) = self.described.get_mut(head) {
            mine.complete_from(&full);
            mine.antecedent = Some(source);
            mine.cluster = full.cluster;
        }
        if let Some(cluster) = full.cluster.and_then(|c| self.clusters.get_mut(c)) {
            cluster.mentions.push(head);
        }
    }

    /// All for whom a plural pronoun stands: those of the phrase that it goes back to, or all of a coordination.
    fn members(&self, antecedent: usize, source: usize) -> Vec<usize> {
        let before = self.get(antecedent).filter(|d| !d.further_antecedents.is_empty());
        if let Some(d) = before {
            return d.antecedent.iter().chain(&d.further_antecedents).copied().collect();
        }
        let mut all = conjuncts(self.scene.analysis, source);
        all.push(source);
        all.retain(|m| self.get(*m).is_some_and(|d| d.kind.is_some()));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// "The two", "the three": so many persons, or else states, as were named last.
    fn counted(&mut self, head: usize) {
        let wanted = match self.scene.analysis.lemma(head) {
            "two" | "2" => 2,
            "three" | "3" => 3,
            "four" | "4" => 4,
            _ => return,
        };
        for people in [true, false] {
            let members = self.named_last(head, wanted, people);
            if members.len() == wanted {
                self.stands_for(head, &members);
                return;
            }
        }
    }

    /// The persons (or the states and organisations) named last before a word in this sentence and the two before
    /// it, no one twice, in the order of the text; at most `most`.
    fn named_last(&self, before: usize, most: usize, people: bool) -> Vec<usize> {
        let (here, mut out, mut seen) = (self.sentence(before), Vec::new(), Vec::new());
        for word in (0..before).rev() {
            if here - self.sentence(word) > PRONOUN_REACH || out.len() == most {
                break;
            }
            let Some(d) = self.get(word).filter(|d| !d.pronoun && !d.plural) else { continue };
            let fits = match d.kind {
                Some(ActorKind::Person) => people && (d.name.is_some() || d.office.is_some()),
                Some(ActorKind::State | ActorKind::Organisation) => {
                    !people && base(self.scene.analysis.relation(word)) != "obl"
                }
                _ => false,
            };
            if fits && d.cluster.is_some() && !seen.contains(&d.cluster) {
                seen.push(d.cluster);
                out.push(word);
            }
        }
        out.reverse();
        out
    }

    /// Makes a phrase stand for several actors.
    fn stands_for(&mut self, head: usize, members: &[usize]) {
        let (Some(first), rest) = (members.first().copied(), members.get(1..).unwrap_or_default()) else {
            return;
        };
        let mut countries: Vec<String> = Vec::new();
        let mut sectors: Vec<String> = Vec::new();
        for d in members.iter().filter_map(|m| self.get(*m)) {
            countries.extend(d.countries.iter().cloned());
            sectors.extend(d.sectors.iter().cloned());
        }
        let mut known = std::collections::HashSet::new();
        countries.retain(|c| known.insert(c.clone()));
        sectors.retain(|s| known.insert(s.clone()));
        if let Some(Some(mine)) = self.described.get_mut(head) {
            mine.countries = countries;
            mine.sectors = sectors;
            mine.plural = true;
            mine.kind = Some(ActorKind::Group);
            mine.antecedent = Some(first);
            mine.further_antecedents = rest.to_vec();
        }
    }

    fn salience(&self, word: usize, pronoun: usize, o: &Description) -> i32 {
        let a = self.scene.analysis;
        let back = (self.sentence(pronoun) - self.sentence(word)) as i32;
        let mut score = -10 * back - ((pronoun - word).min(60) as i32) / 12;
        let top = first_conjunct(a, word);
        score += match base(a.relation(top)) {
            "nsubj"
                if a.head(top)
                    .is_some_and(|v| matches!(base(a.relation(v)), "root" | "parataxis" | "ccomp")) =>
            {
                9
            }
            "nsubj" => 6,
            "obj" | "iobj" => 2,
            "nmod" if a.relation(top) == "nmod:poss" => 1,
            "nmod" => -2,
            "appos" => 0,
            _ => 0,
        };
        if o.name.is_some() {
            score += 2;
        }
        if let Some(cluster) = o.cluster.and_then(|c| self.clusters.get(c)) {
            score += (cluster.mentions.len().min(4)) as i32;
        }
        score
    }

    /// Two arguments of one verb do not mean the same: "Rice told her", but "his" may be the subject's.
    fn same_clause_object(&self, word: usize, pronoun: usize) -> bool {
        let a = self.scene.analysis;
        let argument = |w: usize| matches!(base(a.relation(w)), "nsubj" | "obj" | "iobj" | "obl");
        argument(word) && argument(pronoun) && a.head(word).is_some() && a.head(word) == a.head(pronoun)
    }

    /// Officials and forces without a nationality belong to the state whose officials the report is mostly
    /// about, if there is one such state.
    fn home_country(&mut self) {
        const OF_A_STATE: &[&str] = &["GOV", "MIL", "COP", "LEG", "JUD", "SPY", "OPP", "PTY"];
        let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for cluster in &self.clusters {
            let counted = match cluster.kind {
                ActorKind::Person => cluster.office.is_some(),
                ActorKind::State | ActorKind::Organisation | ActorKind::Group => true,
                _ => false,
            };
            if let (true, [country]) = (counted, &cluster.countries[..]) {
                let weight = if cluster.kind == ActorKind::Person { 3 } else { 1 };
                *counts.entry(country).or_default() += weight * cluster.mentions.len();
            }
        }
        let total: usize = counts.values().sum();
        let Some((home, most)) = counts.iter().max_by_key(|(code, n)| (**n, std::cmp::Reverse(**code)))
        else {
            return;
        };
        if most * 2 < total {
            return;
        }
        let home = (*home).to_owned();
        for cluster in &mut self.clusters {
            let of_a_state = cluster.sectors.first().is_some_and(|s| OF_A_STATE.contains(&s.as_str()));
            let described = cluster.mentions.iter().find_map(|m| self.described.get(*m)?.as_ref());
            let international = described.is_some_and(|d| d.class.is_some());
            let named_body =
                cluster.kind == ActorKind::Organisation && described.is_some_and(|d| d.name.is_some());
            let elsewhere = described.is_some_and(|d| of_elsewhere(self.scene, d));
            if of_a_state && cluster.countries.is_empty() && !international && !named_body && !elsewhere {
                cluster.countries.push(home.clone());
            }
        }
        for d in self.described.iter_mut().flatten() {
            let of_a_state = d.sectors.first().is_some_and(|s| OF_A_STATE.contains(&s.as_str()));
            let common = d.name.is_none()
                && matches!(d.kind, Some(ActorKind::Person | ActorKind::Group | ActorKind::Organisation));
            let own = d.countries.is_empty() && d.class.is_none() && !d.pronoun;
            if of_a_state && common && own && !of_elsewhere(self.scene, d) {
                d.countries.push(home.clone());
            }
        }
    }

    /// Spreads what was learnt: every mention of a cluster gets its countries, sectors, office and name.
    fn finish(&mut self) {
        for cluster in &self.clusters {
            let full = Description {
                kind: Some(cluster.kind),
                countries: cluster.countries.clone(),
                sectors: cluster.sectors.clone(),
                office: cluster.office.clone(),
                name: (cluster.kind == ActorKind::Person
                    && cluster.mentions.iter().any(|m| {
                        self.described.get(*m).and_then(Option::as_ref).is_some_and(|d| d.name.is_some())
                    }))
                .then(|| cluster.name.clone()),
                ..Description::default()
            };
            for mention in &cluster.mentions {
                if let Some(Some(d)) = self.described.get_mut(*mention) {
                    d.complete_from(&full);
                }
            }
        }
    }
}

/// Whether the words of a phrase say that it belongs somewhere, though the tables do not know where: "the African envoys",
/// "authorities in the region", "your governments".
fn of_elsewhere(scene: &Scene<'_>, d: &Description) -> bool {
    let a = scene.analysis;
    a.dependents(d.head).iter().any(|w| match a.relation(*w) {
        "amod" => scene.form(*w).starts_with(char::is_uppercase) && *w != d.words.start,
        "nmod:poss" => a.upos(*w) == "PRON" && d.antecedent.is_none(),
        "nmod" => {
            d.name.is_none()
                && matches!(
                    crate::sentence::preposition(a, *w).as_deref(),
                    Some("in" | "from" | "across" | "throughout")
                )
        }
        _ => false,
    })
}

fn conjoined(scene: &Scene<'_>, word: usize) -> bool {
    crate::sentence::dependent(scene.analysis, word, &["conj"]).is_some()
}

/// Whether a phrase begins with "the", "this", "that".
fn definite(scene: &Scene<'_>, d: &Description) -> bool {
    let first = scene.form(d.words.start).to_lowercase();
    matches!(first.as_str(), "the" | "this" | "that") || scene.form(d.head).starts_with(char::is_uppercase)
}
