//! The encoder: embeddings and six transformer layers over ragged windows.
//!
//! Windows are never padded: the rows of several windows stand one below the other for the linear
//! layers, and attention runs inside each window. So a window's result does not depend on its company.

use super::kernels::{Instructions, Packed, add_and_normalise, gelu, multiply, softmax};
use super::weights::{Linear, Tensors, WeightsError};

/// Width of a hidden state.
pub const HIDDEN: usize = 384;
const HEADS: usize = 12;
const HEAD: usize = HIDDEN / HEADS;
const LAYERS: usize = 6;

#[derive(Debug)]
struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Debug)]
struct Layer {
    qkv: Linear,
    out: Linear,
    up: Linear,
    down: Linear,
    norm1: Norm,
    norm2: Norm,
}

/// Embeddings and layers.
#[derive(Debug)]
pub struct Encoder {
    rows: Vec<i8>,
    scales: Vec<f32>,
    position: Vec<f32>,
    case: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    /// Most pieces that a window can have.
    pub positions: usize,
}

/// Pieces of one window with the case class of the word that each belongs to.
#[derive(Debug, Clone, Default)]
pub struct Pieces {
    /// Piece numbers, the start and end piece included.
    pub ids: Vec<u32>,
    /// Case class of each piece's word.
    pub cases: Vec<u8>,
}

/// Memory that is used again from window to window.
#[derive(Debug, Default)]
struct Scratch {
    qkv: Vec<f32>,
    mixed: Vec<f32>,
    out: Vec<f32>,
    up: Vec<f32>,
    scores: Vec<f32>,
    query: Vec<f32>,
    head: Vec<f32>,
}

impl Encoder {
    pub(super) fn load(tensors: &Tensors<'_>) -> Result<Encoder, WeightsError> {
        let norm = |name: &str| -> Result<Norm, WeightsError> {
            Ok(Norm {
                weight: tensors.vector(&format!("{name}.weight"), HIDDEN)?,
                bias: tensors.vector(&format!("{name}.bias"), HIDDEN)?,
            })
        };
        let wrong =
            |name: &str| WeightsError::Missing { name: name.into(), expected: "rows of 384 values".into() };
        let (rows, scales, width) = tensors.rows("encoder.word")?;
        let (shape, mut position) = tensors.floats("encoder.position.weight")?;
        let case = tensors.floats("encoder.case.weight")?;
        if width != HIDDEN || shape.get(1) != Some(&HIDDEN) || case.0 != [4, HIDDEN] {
            return Err(wrong("encoder.word, encoder.position or encoder.case"));
        }
        let segment = tensors.vector("encoder.segment", HIDDEN)?;
        for row in position.chunks_exact_mut(HIDDEN) {
            for (value, add) in row.iter_mut().zip(&segment) {
                *value += *add;
            }
        }
        let mut layers = Vec::with_capacity(LAYERS);
        for i in 0..LAYERS {
            let name = |part: &str| format!("encoder.layers.{i}.{part}");
            layers.push(Layer {
                qkv: tensors.linear(&name("qkv"))?,
                out: tensors.linear(&name("out"))?,
                up: tensors.linear(&name("up"))?,
                down: tensors.linear(&name("down"))?,
                norm1: norm(&name("norm1"))?,
                norm2: norm(&name("norm2"))?,
            });
        }
        Ok(Encoder {
            rows,
            scales,
            positions: shape.first().copied().unwrap_or(0),
            position,
            case: case.1,
            norm: norm("encoder.norm")?,
            layers,
        })
    }

    /// Hidden states of all pieces, window after window. Windows hold at most `positions` pieces; what a
    /// window has beyond that is left out.
    pub fn encode(&self, windows: &[Pieces], instructions: Instructions) -> Vec<f32> {
        let lengths: Vec<usize> = windows.iter().map(|w| w.ids.len().min(self.positions)).collect();
        let mut x = vec![0.0f32; lengths.iter().sum::<usize>() * HIDDEN];
        let mut rows = x.chunks_exact_mut(HIDDEN);
        for (window, length) in windows.iter().zip(&lengths) {
            for (at, (id, case)) in window.ids.iter().zip(&window.cases).take(*length).enumerate() {
                let id = (*id as usize).min(self.scales.len().saturating_sub(1));
                let word = &self.rows[id * HIDDEN..(id + 1) * HIDDEN];
                let position = &self.position[at * HIDDEN..(at + 1) * HIDDEN];
                let case = &self.case[usize::from(*case) * HIDDEN..(usize::from(*case) + 1) * HIDDEN];
                if let Some(row) = rows.next() {
                    for (i, value) in row.iter_mut().enumerate() {
                        *value = f32::from(word[i]) * self.scales[id] + position[i] + case[i];
                    }
                }
            }
        }
        let zeros = vec![0.0; x.len()];
        add_and_normalise(instructions, &mut x, &zeros, &self.norm.weight, &self.norm.bias);
        let mut scratch = Scratch { out: zeros, ..Scratch::default() };
        for layer in &self.layers {
            layer.run(&mut x, &lengths, &mut scratch, instructions);
        }
        x
    }
}

impl Layer {
    fn run(&self, x: &mut [f32], lengths: &[usize], s: &mut Scratch, path: Instructions) {
        let rows = x.len() / HIDDEN;
        s.qkv.resize(rows * 3 * HIDDEN, 0.0);
        s.mixed.resize(rows * HIDDEN, 0.0);
        s.up.resize(rows * 4 * HIDDEN, 0.0);
        multiply(path, x, &self.qkv.weight, &self.qkv.bias, &mut s.qkv);
        let mut first = 0;
        for length in lengths {
            attend(first, *length, s, path);
            first += length;
        }
        multiply(path, &s.mixed, &self.out.weight, &self.out.bias, &mut s.out);
        add_and_normalise(path, x, &s.out, &self.norm1.weight, &self.norm1.bias);
        multiply(path, x, &self.up.weight, &self.up.bias, &mut s.up);
        gelu(path, &mut s.up);
        multiply(path, &s.up, &self.down.weight, &self.down.bias, &mut s.out);
        add_and_normalise(path, x, &s.out, &self.norm2.weight, &self.norm2.bias);
    }
}

/// Attention inside one window of `length` rows that begins at row `first`.
fn attend(first: usize, length: usize, s: &mut Scratch, path: Instructions) {
    let qkv = &s.qkv[first * 3 * HIDDEN..(first + length) * 3 * HIDDEN];
    s.scores.resize(length * length, 0.0);
    s.query.resize(length * HEAD, 0.0);
    s.head.resize(length * HEAD, 0.0);
    for head in 0..HEADS {
        let at = |row: usize, part: usize| row * 3 * HIDDEN + part * HIDDEN + head * HEAD;
        for (row, query) in s.query.chunks_exact_mut(HEAD).enumerate() {
            query.copy_from_slice(&qkv[at(row, 0)..at(row, 0) + HEAD]);
        }
        let keys = Packed::new(HEAD, length, |r, c| qkv[at(c, 1) + r]);
        let values = Packed::new(length, HEAD, |r, c| qkv[at(r, 2) + c]);
        multiply(path, &s.query, &keys, &[], &mut s.scores);
        softmax(path, &mut s.scores, length, 1.0 / (HEAD as f32).sqrt());
        multiply(path, &s.scores, &values, &[], &mut s.head);
        for (row, mixed) in s.head.chunks_exact(HEAD).enumerate() {
            let to = (first + row) * HIDDEN + head * HEAD;
            s.mixed[to..to + HEAD].copy_from_slice(mixed);
        }
    }
}
