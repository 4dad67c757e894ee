//! The reader: weights in, analyses out.

mod event_graph;
mod scores;

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::analysis::{Analysis, Argument, EventState, Labels, Name, Token, Vectors};
use super::encoder::{Encoder, HIDDEN, Pieces};
use super::kernels::{Instructions, exp, gelu, multiply, softmax};
use super::lemma::LemmaScript;
use super::tree::best_tree;
use super::weights::{Bilinear, Linear, Tensors, WeightsError};
use super::wordpiece::{WordPiece, case_of};
use crate::segment::Segmentation;

/// Pieces that a window of several sentences may have; the model was trained on windows up to this.
const WINDOW: usize = 120;
/// Pieces that are encoded in one go, so that weights are read once for many rows.
const BATCH: usize = 480;
/// A word is taken for a predicate with roles from this probability on.
const PREDICATE: f32 = 0.3;

/// The model, ready to read.
#[derive(Debug)]
pub struct Reader {
    encoder: Encoder,
    wordpiece: WordPiece,
    labels: Arc<Labels>,
    scripts: Vec<LemmaScript>,
    card: String,
    instructions: Instructions,
    heads: Heads,
}

#[derive(Debug)]
struct Heads {
    upos: Linear,
    xpos: Linear,
    lemma: Linear,
    names: Linear,
    arc_dependent: Linear,
    arc_head: Linear,
    rel_dependent: Linear,
    rel_head: Linear,
    arc: Bilinear,
    relation: Bilinear,
    root_arc: Vec<f32>,
    root_rel: Vec<f32>,
    predicate: Linear,
    role_predicate: Linear,
    role_argument: Linear,
    role: Bilinear,
    event: Linear,
    act: Linear,
    mode: Linear,
    modality: Linear,
    polarity: Linear,
    aspect: Linear,
    background: Linear,
    factuality: Linear,
    part_trigger: Linear,
    part_word: Linear,
    participant: Bilinear,
    pair_trigger: Linear,
    pair_actor: Linear,
    pair_recipient: Linear,
    null_actor: Vec<f32>,
    null_recipient: Vec<f32>,
    pair: Linear,
}

impl Heads {
    fn load(t: &Tensors<'_>) -> Result<Heads, WeightsError> {
        let projection = |name: &str| t.linear(&format!("{name}.linear"));
        let vector = |name: &str| t.floats(name).map(|(_, values)| values);
        Ok(Heads {
            upos: t.linear("upos")?,
            xpos: t.linear("xpos")?,
            lemma: t.linear("lemma")?,
            names: t.linear("names")?,
            arc_dependent: projection("arc_dependent")?,
            arc_head: projection("arc_head")?,
            rel_dependent: projection("rel_dependent")?,
            rel_head: projection("rel_head")?,
            arc: t.bilinear("arc")?,
            relation: t.bilinear("relation")?,
            root_arc: vector("root_arc")?,
            root_rel: vector("root_rel")?,
            predicate: t.linear("predicate")?,
            role_predicate: projection("role_predicate")?,
            role_argument: projection("role_argument")?,
            role: t.bilinear("role")?,
            event: projection("event")?,
            act: t.linear("act")?,
            mode: t.linear("mode")?,
            modality: t.linear("modality")?,
            polarity: t.linear("polarity")?,
            aspect: t.linear("aspect")?,
            background: t.linear("background")?,
            factuality: t.linear("factuality")?,
            part_trigger: projection("part_trigger")?,
            part_word: projection("part_word")?,
            participant: t.bilinear("participant")?,
            pair_trigger: t.linear("pair_trigger")?,
            pair_actor: t.linear("pair_actor")?,
            pair_recipient: t.linear("pair_recipient")?,
            null_actor: vector("null_actor")?,
            null_recipient: vector("null_recipient")?,
            pair: t.linear("pair")?,
        })
    }
}

/// Raw scores of one window, for tests that hold this reader against the training framework.
#[derive(Debug)]
pub struct Scores {
    /// Name of the head and its scores, row after row.
    pub heads: Vec<(&'static str, Vec<f32>)>,
}

/// Part of a sentence that fits the encoder, with where its words stand in the segmentation.
#[derive(Debug, Clone)]
struct Stretch {
    words: Range<usize>,
    pieces: usize,
}

/// What a batch gives for its words, in their order.
struct BatchResult {
    tokens: Vec<Token>,
    names: Vec<Name>,
    arguments: Vec<Argument>,
    states: Vec<EventState>,
    vectors: Vectors,
}

impl Reader {
    /// Reads a weights file.
    ///
    /// # Errors
    /// [`WeightsError`] when the bytes are not what this version reads.
    pub fn load(bytes: &[u8]) -> Result<Reader, WeightsError> {
        let tensors = Tensors::open(bytes)?;
        let labels = Labels {
            upos: tensors.labels("upos")?,
            xpos: tensors.labels("xpos")?,
            scripts: tensors.labels("scripts")?,
            relations: tensors.labels("relations")?,
            names: tensors.labels("names")?,
            roles: tensors.labels("roles")?,
            acts: tensors.labels("acts")?,
            modes: tensors.labels("modes")?,
            modalities: tensors.labels("modalities")?,
            aspects: tensors.labels("aspects")?,
            roots: tensors.labels("roots")?,
        };
        let wordpiece = WordPiece::new(tensors.text("vocabulary")?).ok_or_else(|| WeightsError::Missing {
            name: "vocabulary".into(),
            expected: "with [UNK], [CLS] and [SEP]".into(),
        })?;
        Ok(Reader {
            encoder: Encoder::load(&tensors)?,
            wordpiece,
            scripts: labels.scripts.iter().map(|s| LemmaScript::parse(s)).collect(),
            labels: Arc::new(labels),
            card: tensors.text("card")?.to_owned(),
            instructions: Instructions::detect(),
            heads: Heads::load(&tensors)?,
        })
    }

    /// Uses other instructions than the best of this processor; results have the same bits.
    #[must_use]
    pub fn with_instructions(mut self, instructions: Instructions) -> Reader {
        if instructions.available() {
            self.instructions = instructions;
        }
        self
    }

    /// The model card as JSON: base, data, licences.
    pub fn card(&self) -> &str {
        &self.card
    }

    /// Reads a document that has been cut into sentences and tokens.
    pub fn read(&self, text: &str, segmentation: Segmentation) -> Analysis {
        let Segmentation { tokens, sentences } = segmentation;
        let mut word_pieces = Vec::with_capacity(tokens.len() * 2);
        let mut starts = Vec::with_capacity(tokens.len() + 1);
        for range in &tokens {
            starts.push(word_pieces.len());
            self.wordpiece.pieces(text.get(range.clone()).unwrap_or(""), &mut word_pieces);
        }
        starts.push(word_pieces.len());
        let windows = self.windows(&sentences.iter().map(|s| s.tokens.clone()).collect::<Vec<_>>(), &starts);
        let batches = group(&windows);
        let results: Vec<BatchResult> = batches
            .par_iter()
            .map(|batch| {
                let windows: Vec<(Pieces, &[Stretch])> = batch
                    .iter()
                    .map(|window| {
                        (self.pieces(text, &tokens, window, &word_pieces, &starts), window.as_slice())
                    })
                    .collect();
                self.batch(text, &tokens, &windows, &starts)
            })
            .collect();
        let mut analysis = Analysis {
            tokens: Vec::with_capacity(tokens.len()),
            sentences,
            names: Vec::new(),
            arguments: Vec::new(),
            states: Vec::with_capacity(tokens.len()),
            children: Vec::new(),
            labels: Arc::clone(&self.labels),
            vectors: Vectors::default(),
        };
        for result in results {
            analysis.tokens.extend(result.tokens);
            analysis.names.extend(result.names);
            analysis.arguments.extend(result.arguments);
            analysis.states.extend(result.states);
            let (all, part) = (&mut analysis.vectors, result.vectors);
            all.trigger.extend(part.trigger);
            all.word.extend(part.word);
            all.pair_trigger.extend(part.pair_trigger);
            all.pair_actor.extend(part.pair_actor);
            all.pair_recipient.extend(part.pair_recipient);
            all.act_scores.extend(part.act_scores);
        }
        for (number, sentence) in analysis.sentences.iter().enumerate() {
            for token in analysis.tokens.get_mut(sentence.tokens.clone()).unwrap_or_default() {
                token.sentence = number;
            }
        }
        join_stretches(&mut analysis);
        analysis.children = vec![Vec::new(); analysis.tokens.len()];
        for word in 0..analysis.tokens.len() {
            if let Some(head) = analysis.tokens[word].head {
                analysis.children[head].push(word);
            }
        }
        analysis
    }

    /// Packs consecutive sentences into windows; a sentence that is too long is cut into stretches.
    fn windows(&self, sentences: &[Range<usize>], starts: &[usize]) -> Vec<Vec<Stretch>> {
        let most = self.encoder.positions.saturating_sub(2).max(16);
        let mut windows: Vec<Vec<Stretch>> = Vec::new();
        let mut used = usize::MAX;
        for sentence in sentences {
            let mut begin = sentence.start;
            while begin < sentence.end {
                let mut end = begin + 1;
                while end < sentence.end && starts[end + 1] - starts[begin] <= most {
                    end += 1;
                }
                let stretch = Stretch { words: begin..end, pieces: starts[end] - starts[begin] };
                match windows.last_mut() {
                    Some(window) if used.saturating_add(stretch.pieces) <= WINDOW => {
                        used += stretch.pieces;
                        window.push(stretch);
                    }
                    _ => {
                        used = stretch.pieces;
                        windows.push(vec![stretch]);
                    }
                }
                begin = end;
            }
        }
        windows
    }

    fn pieces(
        &self,
        text: &str,
        tokens: &[Range<usize>],
        window: &[Stretch],
        word_pieces: &[u32],
        starts: &[usize],
    ) -> Pieces {
        let mut out = Pieces::default();
        out.ids.push(self.wordpiece.start);
        out.cases.push(0);
        for word in window.iter().flat_map(|s| s.words.clone()) {
            let case = case_of(text.get(tokens[word].clone()).unwrap_or("")) as u8;
            for id in &word_pieces[starts[word]..starts[word + 1]] {
                out.ids.push(*id);
                out.cases.push(case);
            }
        }
        out.ids.push(self.wordpiece.end);
        out.cases.push(0);
        out
    }

    fn linear(&self, x: &[f32], layer: &Linear) -> Vec<f32> {
        let mut out = vec![0.0; x.len() / layer.weight.rows().max(1) * layer.weight.columns()];
        multiply(self.instructions, x, &layer.weight, &layer.bias, &mut out);
        out
    }

    fn projection(&self, x: &[f32], layer: &Linear) -> Vec<f32> {
        let mut out = self.linear(x, layer);
        gelu(self.instructions, &mut out);
        out
    }

    /// For rows of `left` and of `right`: scores (rows of left, rows of right, outputs).
    fn bilinear(&self, left: &[f32], right: &[f32], form: &Bilinear) -> Vec<f32> {
        let n = form.width;
        let left = with_one(left, n - 1);
        let right = with_one(right, n - 1);
        let (rows, columns) = (left.len() / n, right.len() / n);
        let mut half = vec![0.0; rows * form.outputs * n];
        multiply(self.instructions, &left, &form.form, &[], &mut half);
        let other = super::kernels::Packed::new(n, columns, |r, c| right[c * n + r]);
        let mut scores = vec![0.0; rows * form.outputs * columns];
        multiply(self.instructions, &half, &other, &[], &mut scores);
        let mut out = vec![0.0; scores.len()];
        for row in 0..rows {
            for output in 0..form.outputs {
                for column in 0..columns {
                    out[(row * columns + column) * form.outputs + output] =
                        scores[(row * form.outputs + output) * columns + column];
                }
            }
        }
        out
    }

    fn word_rows(&self, windows: &[(Pieces, &[Stretch])], starts: &[usize]) -> Vec<f32> {
        let inputs: Vec<Pieces> = windows.iter().map(|(p, _)| p.clone()).collect();
        let hidden = self.encoder.encode(&inputs, self.instructions);
        let mut rows = Vec::new();
        let mut base = 0;
        for (pieces, window) in windows {
            let mut at = base + 1;
            for word in window.iter().flat_map(|s| s.words.clone()) {
                rows.extend_from_slice(&hidden[at * HIDDEN..(at + 1) * HIDDEN]);
                at += starts[word + 1] - starts[word];
            }
            base += pieces.ids.len();
        }
        rows
    }

    fn batch(
        &self,
        text: &str,
        tokens: &[Range<usize>],
        windows: &[(Pieces, &[Stretch])],
        starts: &[usize],
    ) -> BatchResult {
        let h = &self.heads;
        let x = self.word_rows(windows, starts);
        let upos = self.linear(&x, &h.upos);
        let xpos = self.linear(&x, &h.xpos);
        let lemma = self.linear(&x, &h.lemma);
        let mut names = self.linear(&x, &h.names);
        softmax(self.instructions, &mut names, self.labels.names.len(), 1.0);
        let predicate = self.linear(&x, &h.predicate);
        let (arc_d, arc_h) = (self.projection(&x, &h.arc_dependent), self.projection(&x, &h.arc_head));
        let (rel_d, rel_h) = (self.projection(&x, &h.rel_dependent), self.projection(&x, &h.rel_head));
        let argument = self.projection(&x, &h.role_argument);
        let (states, act_scores) = self.states(&x);
        let vectors = Vectors {
            trigger: self.projection(&x, &h.part_trigger),
            word: self.projection(&x, &h.part_word),
            pair_trigger: self.linear(&x, &h.pair_trigger),
            pair_actor: self.linear(&x, &h.pair_actor),
            pair_recipient: self.linear(&x, &h.pair_recipient),
            act_scores,
        };
        let mut out =
            BatchResult { tokens: Vec::new(), names: Vec::new(), arguments: Vec::new(), states, vectors };
        let mut row = 0;
        for stretch in windows.iter().flat_map(|(_, w)| w.iter()) {
            let n = stretch.words.len();
            let part = |m: &[f32], width: usize| m[row * width..(row + n) * width].to_vec();
            let heads = self.tree(&part(&arc_d, h.root_arc.len()), &part(&arc_h, h.root_arc.len()));
            let relations =
                self.relations(&part(&rel_d, h.root_rel.len()), &part(&rel_h, h.root_rel.len()), &heads);
            for (i, word) in stretch.words.clone().enumerate() {
                let at = row + i;
                let form = text.get(tokens[word].clone()).unwrap_or("");
                out.tokens.push(Token {
                    range: tokens[word].clone(),
                    sentence: 0,
                    head: heads[i].checked_sub(1).map(|head| stretch.words.start + head),
                    lemma: self.lemma(
                        top(&lemma, at, self.labels.scripts.len()),
                        form,
                        &self.labels.xpos[top(&xpos, at, self.labels.xpos.len())],
                    ),
                    upos: top(&upos, at, self.labels.upos.len()) as u16,
                    xpos: top(&xpos, at, self.labels.xpos.len()) as u16,
                    relation: relations[i] as u16,
                    predicate: sigmoid(predicate[at]),
                });
            }
            let tags = self.labels.names.len();
            out.names.extend(super::names::decode(
                &names[row * tags..(row + n) * tags],
                &self.labels.names,
                stretch.words.start,
            ));
            let predicates: Vec<usize> =
                (0..n).filter(|i| sigmoid(predicate[row + i]) >= PREDICATE).collect();
            if !predicates.is_empty() {
                let mut rows = Vec::with_capacity(predicates.len() * HIDDEN);
                for i in &predicates {
                    rows.extend_from_slice(&x[(row + i) * HIDDEN..(row + i + 1) * HIDDEN]);
                }
                let left = self.projection(&rows, &h.role_predicate);
                let scores = self.bilinear(&left, &part(&argument, h.role.width - 1), &h.role);
                for (p, i) in predicates.iter().enumerate() {
                    for word in 0..n {
                        let role = top(&scores, p * n + word, h.role.outputs);
                        if role != 0 {
                            out.arguments.push(Argument {
                                predicate: stretch.words.start + i,
                                head: stretch.words.start + word,
                                role: role as u16,
                            });
                        }
                    }
                }
            }
            row += n;
        }
        out
    }

    fn lemma(&self, script: usize, form: &str, tag: &str) -> String {
        let guess = self.scripts.get(script).map_or_else(|| form.to_lowercase(), |s| s.apply(form));
        super::lemma::known(form, tag, &guess).unwrap_or(guess)
    }

    fn states(&self, x: &[f32]) -> (Vec<EventState>, Vec<f32>) {
        let h = &self.heads;
        let event = self.projection(x, &h.event);
        let scores = self.linear(&event, &h.act);
        let shares = |layer: &Linear| {
            let mut out = self.linear(&event, layer);
            softmax(self.instructions, &mut out, layer.weight.columns(), 1.0);
            out
        };
        let mut acts = scores.clone();
        softmax(self.instructions, &mut acts, h.act.weight.columns(), 1.0);
        let (modality, polarity, aspect, background) =
            (shares(&h.modality), shares(&h.polarity), shares(&h.aspect), shares(&h.background));
        let factuality = self.linear(&event, &h.factuality);
        let modes = self.linear(&event, &h.mode);
        let of_modes = h.mode.weight.columns();
        let (a, m, s) = (h.act.weight.columns(), h.modality.weight.columns(), h.aspect.weight.columns());
        let states = (0..factuality.len())
            .map(|i| EventState {
                acts: acts[i * a..(i + 1) * a].to_vec(),
                modes: modes[i * of_modes..(i + 1) * of_modes].to_vec(),
                modality: modality[i * m..(i + 1) * m].to_vec(),
                negated: polarity[i * 2 + 1],
                aspect: aspect[i * s..(i + 1) * s].to_vec(),
                background: background[i * 2 + 1],
                factuality: factuality[i],
            })
            .collect();
        (states, scores)
    }

    /// Heads of a stretch from the projections of its words.
    fn tree(&self, dependents: &[f32], heads: &[f32]) -> Vec<usize> {
        let mut with_root = self.heads.root_arc.clone();
        with_root.extend_from_slice(heads);
        let scores = self.bilinear(dependents, &with_root, &self.heads.arc);
        best_tree(&scores, dependents.len() / self.heads.root_arc.len().max(1))
    }

    fn relation_scores(&self, dependents: &[f32], heads: &[f32], tree: &[usize]) -> Vec<f32> {
        let form = &self.heads.relation;
        let (n, width) = (form.width, form.width - 1);
        let left = with_one(dependents, width);
        let mut half = vec![0.0; tree.len() * form.outputs * n];
        multiply(self.instructions, &left, &form.form, &[], &mut half);
        let mut out = Vec::with_capacity(tree.len() * form.outputs);
        for (i, head) in tree.iter().enumerate() {
            let vector = match head.checked_sub(1) {
                Some(h) => &heads[h * width..(h + 1) * width],
                None => &self.heads.root_rel[..],
            };
            for output in 0..form.outputs {
                let row = &half[(i * form.outputs + output) * n..(i * form.outputs + output + 1) * n];
                out.push(row[..width].iter().zip(vector).fold(row[width], |sum, (a, b)| a.mul_add(*b, sum)));
            }
        }
        out
    }

    fn relations(&self, dependents: &[f32], heads: &[f32], tree: &[usize]) -> Vec<usize> {
        let scores = self.relation_scores(dependents, heads, tree);
        let root = self.labels.relations.iter().position(|r| r == "root");
        (0..tree.len())
            .map(|i| {
                let row = &scores[i * self.heads.relation.outputs..(i + 1) * self.heads.relation.outputs];
                let best = |allowed: &dyn Fn(usize) -> bool| {
                    (0..row.len())
                        .filter(|o| allowed(*o))
                        .max_by(|a, b| row[*a].total_cmp(&row[*b]))
                        .unwrap_or(0)
                };
                match (tree[i], root) {
                    (0, Some(root)) => root,
                    (_, Some(root)) => best(&|o| o != root),
                    _ => best(&|_| true),
                }
            })
            .collect()
    }
}

/// Windows in groups of about [`BATCH`] pieces.
fn group(windows: &[Vec<Stretch>]) -> Vec<Vec<Vec<Stretch>>> {
    let mut out: Vec<Vec<Vec<Stretch>>> = Vec::new();
    let mut used = usize::MAX;
    for window in windows {
        let size: usize = window.iter().map(|s| s.pieces + 2).sum();
        match out.last_mut() {
            Some(batch) if used.saturating_add(size) <= BATCH => {
                used += size;
                batch.push(window.clone());
            }
            _ => {
                used = size;
                out.push(vec![window.clone()]);
            }
        }
    }
    out
}

/// The stretches of a sentence that was too long for the encoder become one tree: the roots of the later
/// ones hang on the first root.
fn join_stretches(analysis: &mut Analysis) {
    let parataxis = analysis.labels.relations.iter().position(|r| r == "parataxis");
    for sentence in 0..analysis.sentences.len() {
        let words = analysis.sentences[sentence].tokens.clone();
        let mut first = None;
        for word in words {
            match (analysis.tokens.get(word).map(|t| t.head), first) {
                (Some(None), None) => first = Some(word),
                (Some(None), Some(root)) => {
                    analysis.tokens[word].head = Some(root);
                    if let Some(relation) = parataxis {
                        analysis.tokens[word].relation = relation as u16;
                    }
                }
                _ => {}
            }
        }
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

fn top(scores: &[f32], row: usize, width: usize) -> usize {
    let row = &scores[row * width..(row + 1) * width];
    (0..row.len()).reduce(|a, b| if row[b] > row[a] { b } else { a }).unwrap_or(0)
}

/// Rows of `width` values with a constant 1 behind each.
fn with_one(x: &[f32], width: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(x.len() / width.max(1) * (width + 1));
    for row in x.chunks_exact(width) {
        out.extend_from_slice(row);
        out.push(1.0);
    }
    out
}
