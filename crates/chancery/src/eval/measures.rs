//! Precision, recall and F1, and what is made of them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What was found, what there is, and what is in both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Found and right.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// In the gold file.
    pub gold: usize,
}

impl Counts {
    /// Share of the found that is right; 0 if nothing was found.
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// Share of the gold that was found; 0 if there is none.
    pub fn recall(&self) -> f64 {
        share(self.right, self.gold)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        share(2 * self.right, self.found + self.gold)
    }

    /// Takes the counts of another part of the data in.
    pub fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

/// A part of a whole, 0 for an empty whole.
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Gold labels beside those that were given.
#[derive(Debug, Default)]
pub struct Labelled {
    classes: BTreeMap<String, Counts>,
    right: usize,
    n: usize,
}

impl Labelled {
    /// Takes one item in.
    pub fn push(&mut self, gold: &str, given: &str) {
        self.n += 1;
        self.right += usize::from(gold == given);
        let entry = self.classes.entry(gold.to_owned()).or_default();
        entry.gold += 1;
        entry.right += usize::from(gold == given);
        self.classes.entry(given.to_owned()).or_default().found += 1;
    }

    /// Share of items with the right label.
    pub fn accuracy(&self) -> f64 {
        share(self.right, self.n)
    }

    /// Mean F1 of the classes that occur in the gold labels.
    pub fn macro_f1(&self) -> f64 {
        let scores: Vec<f64> = self.gold_classes().map(|(_, counts)| counts.f1()).collect();
        if scores.is_empty() { 0.0 } else { scores.iter().sum::<f64>() / scores.len() as f64 }
    }

    /// Counts of one class.
    pub fn class(&self, name: &str) -> Counts {
        self.classes.get(name).copied().unwrap_or_default()
    }

    /// Classes that occur in the gold labels, in the order of their names.
    pub fn gold_classes(&self) -> impl Iterator<Item = (&str, Counts)> {
        self.classes
            .iter()
            .filter(|(_, counts)| counts.gold > 0)
            .map(|(name, counts)| (name.as_str(), *counts))
    }

    /// F1 of every class of the gold labels as a JSON object.
    pub fn per_class(&self) -> Value {
        let classes = self.gold_classes().map(|(name, counts)| (name.to_owned(), counts.f1().into()));
        Value::Object(classes.collect::<Map<String, Value>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_is_the_harmonic_mean() {
        let counts = Counts { right: 2, found: 4, gold: 8 };
        assert_eq!((counts.precision(), counts.recall()), (0.5, 0.25));
        assert!((counts.f1() - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(Counts::default().f1(), 0.0);
    }

    #[test]
    fn a_class_that_is_not_in_the_gold_counts_only_as_a_mistake() {
        let mut labelled = Labelled::default();
        for (gold, given) in [("a", "a"), ("a", "c"), ("b", "b"), ("b", "b")] {
            labelled.push(gold, given);
        }
        assert_eq!(labelled.accuracy(), 0.75);
        assert!((labelled.macro_f1() - (2.0 / 3.0 + 1.0) / 2.0).abs() < 1e-12);
        assert_eq!(labelled.per_class().as_object().map(Map::len), Some(2));
    }
}
