//! The Rust reader against the training framework, on the weights as shipped.
#![allow(clippy::unwrap_used)]

use chancery_language::model::Reader;
use chancery_language::model::kernels::Instructions;
use safetensors::{Dtype, SafeTensors};

static CHECK: &[u8] = include_bytes!("fixtures/parity.safetensors");

/// Largest difference of a logit that the two may have.
const TOLERANCE: f32 = 1e-3;

fn floats(file: &SafeTensors<'_>, name: &str) -> Vec<f32> {
    let tensor = file.tensor(name).unwrap();
    assert_eq!(tensor.dtype(), Dtype::F32, "{name}");
    tensor.data().chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().unwrap())).collect()
}

fn integers(file: &SafeTensors<'_>, name: &str) -> Vec<usize> {
    let tensor = file.tensor(name).unwrap();
    assert_eq!(tensor.dtype(), Dtype::I32, "{name}");
    tensor.data().chunks_exact(4).map(|b| i32::from_le_bytes(b.try_into().unwrap()) as usize).collect()
}

#[test]
fn all_heads_agree_with_the_training_framework() {
    let reader = Reader::load(chancery_model::READER).unwrap();
    let file = SafeTensors::deserialize(CHECK).unwrap();
    let (_, header) = SafeTensors::read_metadata(CHECK).unwrap();
    let windows: Vec<Vec<Vec<String>>> =
        serde_json::from_str(&header.metadata().as_ref().unwrap()["windows"]).unwrap();
    assert!(windows.len() >= 5);
    for (number, window) in windows.iter().enumerate() {
        let heads = integers(&file, &format!("{number}.heads"));
        let (pieces, scores) = reader.scores(window, &heads);
        let pieces: Vec<usize> = pieces.into_iter().map(|p| p as usize).collect();
        assert_eq!(pieces, integers(&file, &format!("{number}.pieces")), "pieces of {window:?}");
        for (head, mine) in scores.heads {
            let theirs = floats(&file, &format!("{number}.{head}"));
            assert_eq!(mine.len(), theirs.len(), "{head} of window {number}");
            let worst = mine
                .iter()
                .zip(&theirs)
                // Arcs that the trainer rules out carry a large negative number there.
                .filter(|(_, t)| **t > -9e3)
                .map(|(m, t)| (m - t).abs())
                .fold(0.0, f32::max);
            assert!(worst <= TOLERANCE, "{head} of window {number} differs by {worst}");
        }
    }
}

#[test]
fn the_same_bits_on_every_instruction_path() {
    let sentence: Vec<String> =
        "Rebels shelled the port of Kismayo before dawn .".split(' ').map(str::to_owned).collect();
    let run = |instructions| {
        let reader = Reader::load(chancery_model::READER).unwrap().with_instructions(instructions);
        let (_, scores) = reader.scores(std::slice::from_ref(&sentence), &[2, 0, 4, 2, 6, 4, 8, 2, 2]);
        scores
            .heads
            .into_iter()
            .map(|(name, s)| (name, s.iter().map(|v| v.to_bits()).collect::<Vec<_>>()))
            .collect::<Vec<_>>()
    };
    let scalar = run(Instructions::Baseline);
    assert_eq!(run(Instructions::detect()), scalar);
    #[cfg(target_arch = "x86_64")]
    if Instructions::Avx2.available() {
        assert_eq!(run(Instructions::Avx2), scalar);
    }
}
