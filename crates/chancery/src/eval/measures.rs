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

/// Probabilities that were given, and whether what they were given to was so.
#[derive(Debug, Clone, Default)]
pub struct Forecasts(Vec<(f32, bool)>);

impl Forecasts {
    /// Adds one.
    pub fn push(&mut self, probability: f32, right: bool) {
        self.0.push((probability, right));
    }

    /// Adds those of another part.
    pub fn add(&mut self, other: Forecasts) {
        self.0.extend(other.0);
    }

    /// Expected calibration error: mean distance of mean probability and share of the right ones over bins of
    /// equal mass (Naeini et al. 2015; Nguyen & O'Connor 2015 for the bins).
    pub fn calibration_error(&self, bins: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let n = sorted.len();
        let mut error = 0.0;
        for bin in 0..bins {
            let part = &sorted[bin * n / bins..(bin + 1) * n / bins];
            let said: f64 = part.iter().map(|(p, _)| f64::from(*p)).sum();
            let right = part.iter().filter(|(_, right)| *right).count() as f64;
            error += (said - right).abs();
        }
        if n == 0 { 0.0 } else { error / n as f64 }
    }

    /// Brier score: mean squared distance of probability and outcome.
    pub fn brier(&self) -> f64 {
        let squared = |(p, right): &(f32, bool)| (f64::from(*p) - f64::from(u8::from(*right))).powi(2);
        if self.0.is_empty() { 0.0 } else { self.0.iter().map(squared).sum::<f64>() / self.0.len() as f64 }
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

    #[test]
    fn calibration_of_forecasts() {
        let mut forecasts = Forecasts::default();
        for right in [true, true, true, false] {
            forecasts.push(0.75, right);
        }
        assert!(forecasts.calibration_error(1).abs() < 1e-9);
        assert!((forecasts.brier() - (3.0 * 0.0625 + 0.5625) / 4.0).abs() < 1e-9);
        let mut sure = Forecasts::default();
        sure.push(1.0, false);
        sure.push(0.0, false);
        assert!((sure.calibration_error(2) - 0.5).abs() < 1e-9);
        assert_eq!(Forecasts::default().calibration_error(15), 0.0);
    }
}
