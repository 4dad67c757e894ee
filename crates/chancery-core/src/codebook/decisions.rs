//! Weights of what the reading decides by: whether a word tells of an event, who its actor and recipient are.
//!
//! Each decision is a logistic regression over named features, fitted on annotated text that the language model
//! was not trained on (`training/decisions.py`); the table is `decisions.tsv`.

use std::collections::BTreeMap;

/// The weights of one decision.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decision {
    pub(super) weights: BTreeMap<String, f32>,
    pub(super) threshold: f32,
}

impl Decision {
    /// Probability that features with these values are decided with yes, 0 to 1. A feature without a weight
    /// counts nothing; the weight `bias` is always added.
    #[must_use]
    pub fn probability<'f>(&self, features: impl IntoIterator<Item = (&'f str, f32)>) -> f32 {
        let bias = self.weights.get("bias").copied().unwrap_or(0.0);
        let sum: f32 = features
            .into_iter()
            .map(|(name, value)| self.weights.get(name).copied().unwrap_or(0.0) * value)
            .sum();
        1.0 / (1.0 + (-(bias + sum)).exp())
    }

    /// Probability from which it is yes.
    #[must_use]
    pub fn threshold(&self) -> f32 {
        self.threshold
    }

    /// Names of the features that have a weight.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        self.weights.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_add_up() {
        let weights = BTreeMap::from([("bias".to_owned(), -1.0), ("model".to_owned(), 2.0)]);
        let decision = Decision { weights, threshold: 0.5 };
        assert!((decision.probability([("model", 0.5), ("unknown", 9.0)]) - 0.5).abs() < 1e-6);
        assert!(decision.probability([("model", 1.0)]) > 0.7);
    }
}
