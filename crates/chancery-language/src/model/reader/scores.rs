//! All scores of a window, for the test that holds the reader to the training framework.

use super::event_graph::mean_rows;
use super::{Reader, Scores, Stretch};
use crate::model::kernels::gelu;
use crate::model::weights::{Bilinear, Linear};

impl Reader {
    /// All scores of one window of whole sentences, for the test against the training framework. `heads` are
    /// the dependency heads within the window (0 the root) that the relation scores are taken for.
    pub fn scores(&self, sentences: &[Vec<String>], heads: &[usize]) -> (Vec<u32>, Scores) {
        let mut text = String::new();
        let mut tokens = Vec::new();
        for word in sentences.iter().flatten() {
            tokens.push(text.len()..text.len() + word.len());
            text.push_str(word);
            text.push(' ');
        }
        let (mut ids, mut starts) = (Vec::new(), Vec::new());
        for range in &tokens {
            starts.push(ids.len());
            self.wordpiece.pieces(&text[range.clone()], &mut ids);
        }
        starts.push(ids.len());
        let window = [Stretch { words: 0..tokens.len(), pieces: ids.len() }];
        let pieces = self.pieces(&text, &tokens, &window, &ids, &starts);
        let all = pieces.ids.clone();
        let x = self.word_rows(&[(pieces, &window)], &starts);
        let h = &self.heads;
        let event = self.projection(&x, &h.event);
        let mut with_root = h.root_arc.clone();
        with_root.extend(self.projection(&x, &h.arc_head));
        let parts = |left: &Linear, right: &Linear, form: &Bilinear| {
            self.bilinear(&self.projection(&x, left), &self.projection(&x, right), form)
        };
        let mut pair = self.linear(&x, &h.pair_trigger);
        let actor = mean_rows(
            &(0..tokens.len()).collect::<Vec<_>>(),
            &self.linear(&x, &h.pair_actor),
            h.null_actor.len(),
        )
        .unwrap_or_default();
        for row in pair.chunks_exact_mut(h.null_actor.len()) {
            for ((value, a), r) in row.iter_mut().zip(&actor).zip(&h.null_recipient) {
                *value += a + r;
            }
        }
        gelu(self.instructions, &mut pair);
        let relation = self.relation_scores(
            &self.projection(&x, &h.rel_dependent),
            &self.projection(&x, &h.rel_head),
            heads,
        );
        let heads = vec![
            ("upos", self.linear(&x, &h.upos)),
            ("xpos", self.linear(&x, &h.xpos)),
            ("lemma", self.linear(&x, &h.lemma)),
            ("names", self.linear(&x, &h.names)),
            ("predicate", self.linear(&x, &h.predicate)),
            ("arc", self.bilinear(&self.projection(&x, &h.arc_dependent), &with_root, &h.arc)),
            ("relation", relation),
            ("role", parts(&h.role_predicate, &h.role_argument, &h.role)),
            ("act", self.linear(&event, &h.act)),
            ("mode", self.linear(&event, &h.mode)),
            ("modality", self.linear(&event, &h.modality)),
            ("polarity", self.linear(&event, &h.polarity)),
            ("aspect", self.linear(&event, &h.aspect)),
            ("background", self.linear(&event, &h.background)),
            ("factuality", self.linear(&event, &h.factuality)),
            ("participant", parts(&h.part_trigger, &h.part_word, &h.participant)),
            ("pair", self.linear(&pair, &h.pair)),
            ("words", x),
        ];
        (all, Scores { heads })
    }
}
