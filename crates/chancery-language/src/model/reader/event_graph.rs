//! What the event graph's heads say of a trigger: its participants, its act given them, the strict root of a pair.

use std::ops::Range;

use super::{Reader, sigmoid};
use crate::model::analysis::Analysis;
use crate::model::kernels::{exp, gelu, softmax};

impl Reader {
    /// How strongly each word of `among` belongs to the participants of a trigger: actor, recipient, place,
    /// time, as probabilities.
    pub fn participants(&self, analysis: &Analysis, trigger: usize, among: Range<usize>) -> Vec<[f32; 4]> {
        self.participant_scores(analysis, trigger, among)
            .into_iter()
            .map(|scores| scores.map(sigmoid))
            .collect()
    }

    fn participant_scores(&self, analysis: &Analysis, trigger: usize, among: Range<usize>) -> Vec<[f32; 4]> {
        let width = self.heads.participant.width - 1;
        let v = &analysis.vectors;
        let (Some(left), Some(right)) = (
            v.trigger.get(trigger * width..(trigger + 1) * width),
            v.word.get(among.start * width..among.end * width),
        ) else {
            return Vec::new();
        };
        let scores = self.bilinear(left, right, &self.heads.participant);
        scores.as_chunks::<4>().0.to_vec()
    }

    /// Probabilities of the acts (without "no event") of a trigger with its participants' words.
    pub fn acts(
        &self,
        analysis: &Analysis,
        trigger: usize,
        actor: &[usize],
        recipient: &[usize],
    ) -> Vec<f32> {
        let h = &self.heads;
        let width = h.null_actor.len();
        let acts = self.labels.acts.len();
        let v = &analysis.vectors;
        let mut sum = match v.pair_trigger.get(trigger * width..(trigger + 1) * width) {
            Some(row) => row.to_vec(),
            None => return vec![0.0; acts],
        };
        let add = |sum: &mut Vec<f32>, words: &[usize], all: &[f32], null: &[f32]| {
            let mean = mean_rows(words, all, width).unwrap_or_else(|| null.to_vec());
            for (s, m) in sum.iter_mut().zip(&mean) {
                *s += *m;
            }
        };
        add(&mut sum, actor, &v.pair_actor, &h.null_actor);
        add(&mut sum, recipient, &v.pair_recipient, &h.null_recipient);
        gelu(self.instructions, &mut sum);
        let mut scores = self.linear(&sum, &h.pair);
        let own = &v.act_scores[trigger * (acts + 1)..trigger * (acts + 1) + acts];
        for (s, o) in scores.iter_mut().zip(own) {
            *s += *o;
        }
        softmax(self.instructions, &mut scores, acts, 1.0);
        scores
    }

    /// Probabilities of the strict roots for a given actor and recipient among the words `within`, the
    /// trigger latent: the scorer of `eval relations`.
    ///
    /// `strict(act, modality)` gives the root that the derivation table makes of an act, as an index into
    /// the roots' labels.
    pub fn relation(
        &self,
        analysis: &Analysis,
        within: Range<usize>,
        actor: &[usize],
        recipient: &[usize],
        strict: &dyn Fn(usize, usize) -> Option<usize>,
    ) -> Vec<f32> {
        let acts = self.labels.acts.len();
        let mut roots = vec![0.0f32; self.labels.roots.len()];
        let mut links = Vec::with_capacity(within.len());
        for trigger in within.clone() {
            let parts = self.participant_scores(analysis, trigger, within.clone());
            let mean = |words: &[usize], p: usize| {
                let values = words.iter().filter_map(|w| parts.get(w.checked_sub(within.start)?));
                let (sum, n) = values.fold((0.0, 0), |(s, n), v| (s + v[p], n + 1));
                if n == 0 { 0.0 } else { sum / n as f32 }
            };
            let own = &analysis.vectors.act_scores[trigger * (acts + 1)..(trigger + 1) * (acts + 1)];
            let top = own[..acts].iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let happens = top + own[..acts].iter().map(|v| exp(v - top)).sum::<f32>().ln() - own[acts];
            links.push(mean(actor, 0) + mean(recipient, 1) + happens);
        }
        let width = links.len();
        softmax(self.instructions, &mut links, width, 1.0);
        for (share, trigger) in links.iter().zip(within) {
            let probabilities = self.acts(analysis, trigger, actor, recipient);
            for (act, p) in probabilities.iter().enumerate() {
                for (modality, m) in analysis.states[trigger].modality.iter().enumerate() {
                    if let Some(root) = strict(act, modality) {
                        roots[root] += share * p * m;
                    }
                }
            }
        }
        let total: f32 = roots.iter().sum();
        if total > 0.0 {
            roots.iter_mut().for_each(|r| *r /= total);
        }
        roots
    }
}

/// Mean of the rows of some words; none if there are none.
pub(super) fn mean_rows(words: &[usize], all: &[f32], width: usize) -> Option<Vec<f32>> {
    let rows: Vec<&[f32]> = words.iter().filter_map(|w| all.get(w * width..(w + 1) * width)).collect();
    if rows.is_empty() {
        return None;
    }
    let mut mean = vec![0.0; width];
    for row in &rows {
        for (m, v) in mean.iter_mut().zip(*row) {
            *m += v / rows.len() as f32;
        }
    }
    Some(mean)
}
