//! Matrix products and element-wise functions for the encoder.
//!
//! Every kernel is written once, as plain Rust over fixed-size arrays, and compiled several times:
//! for the baseline of the target, for AVX2 with FMA, and for AVX-512. The results have the same bits on
//! all of them, whatever the number of rows in a call, because
//!
//! * each element of a product is one chain of fused multiply-adds over the inner dimension in rising
//!   order, and `f32::mul_add` is the correctly rounded operation on every target;
//! * sums over a row run in sixteen fixed lanes that are added in a fixed order;
//! * `exp` and the error function are polynomials of our own, made of the same operations.
#![allow(unsafe_code)]

/// Columns in one packed panel and lanes of a row sum.
pub const LANES: usize = 16;

/// A matrix of `rows` x `columns`, packed in panels of [`LANES`] columns so that a kernel reads it in order.
#[derive(Debug, Clone)]
pub struct Packed {
    rows: usize,
    columns: usize,
    panels: Vec<[f32; LANES]>,
}

impl Packed {
    /// Packs `value(row, column)`; the last panel is filled with zeros.
    pub fn new(rows: usize, columns: usize, value: impl Fn(usize, usize) -> f32) -> Packed {
        let mut panels = Vec::with_capacity(columns.div_ceil(LANES) * rows);
        for panel in 0..columns.div_ceil(LANES) {
            for row in 0..rows {
                let mut line = [0.0; LANES];
                for (lane, slot) in line.iter_mut().enumerate() {
                    let column = panel * LANES + lane;
                    if column < columns {
                        *slot = value(row, column);
                    }
                }
                panels.push(line);
            }
        }
        Packed { rows, columns, panels }
    }

    /// Inner dimension of a product with this matrix.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Width of a product with this matrix.
    pub fn columns(&self) -> usize {
        self.columns
    }
}

/// Which instructions the kernels may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instructions {
    /// What every processor of the target has.
    Baseline,
    /// AVX2 and FMA.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 F and VL.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Instructions {
    /// The best that this processor offers.
    pub fn detect() -> Instructions {
        #[cfg(target_arch = "x86_64")]
        {
            let fma = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            if fma && is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vl") {
                return Instructions::Avx512;
            }
            if fma {
                return Instructions::Avx2;
            }
        }
        Instructions::Baseline
    }

    /// Whether this processor has them.
    pub fn available(self) -> bool {
        match (self, Instructions::detect()) {
            (Instructions::Baseline, _) => true,
            #[cfg(target_arch = "x86_64")]
            (Instructions::Avx2, best) => best != Instructions::Baseline,
            #[cfg(target_arch = "x86_64")]
            (Instructions::Avx512, best) => best == Instructions::Avx512,
        }
    }
}

/// Defines a public kernel that runs `$body` compiled for the instructions it is given.
macro_rules! kernel {
    ($(#[$doc:meta])* $name:ident, $body:ident ( $($arg:ident : $type:ty),* ), $rows256:literal, $rows512:literal) => {
        $(#[$doc])*
        pub fn $name(instructions: Instructions, $($arg: $type),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2,fma")]
                fn avx2($($arg: $type),*) { $body::<$rows256>($($arg),*) }
                #[target_feature(enable = "avx2,fma,avx512f,avx512vl")]
                fn avx512($($arg: $type),*) { $body::<$rows512>($($arg),*) }
                if instructions != Instructions::Baseline && instructions.available() {
                    // SAFETY: `available` has just asked the processor for exactly the features that the
                    // two functions are compiled with; they have no other precondition.
                    return unsafe {
                        if instructions == Instructions::Avx512 { avx512($($arg),*) } else { avx2($($arg),*) }
                    };
                }
            }
            let _ = instructions;
            $body::<4>($($arg),*)
        }
    };
}

kernel! {
    /// `out = a * b + bias`, with `a` of `out.len() / b.columns()` rows. `bias` is empty or as wide as `b`.
    multiply, multiply_body(a: &[f32], b: &Packed, bias: &[f32], out: &mut [f32]), 6, 12
}
kernel! {
    /// `x = gelu(x)`, the exact form with the error function.
    gelu, gelu_body(x: &mut [f32]), 4, 4
}
kernel! {
    /// `x = layer_norm(x + y)` row by row; rows are as long as `weight`.
    add_and_normalise, normalise_body(x: &mut [f32], y: &[f32], weight: &[f32], bias: &[f32]), 4, 4
}
kernel! {
    /// `x = softmax(scale * x)` row by row of length `width`.
    softmax, softmax_body(x: &mut [f32], width: usize, scale: f32), 4, 4
}

#[inline(always)]
fn multiply_body<const ROWS: usize>(a: &[f32], b: &Packed, bias: &[f32], out: &mut [f32]) {
    let (inner, columns) = (b.rows, b.columns);
    if columns == 0 || inner == 0 {
        return;
    }
    let rows = out.len() / columns;
    // The panel goes around the outside: it stays in the nearest cache while all rows pass by.
    for (panel, lines) in b.panels.chunks_exact(inner).enumerate() {
        let first = panel * LANES;
        let width = LANES.min(columns - first);
        let mut start = [0.0f32; LANES];
        if let Some(part) = bias.get(first..first + width) {
            start[..width].copy_from_slice(part);
        }
        let mut row = 0;
        while row + ROWS <= rows {
            tile::<ROWS>(a, lines, inner, row, &start, columns, first, width, out);
            row += ROWS;
        }
        while row < rows {
            tile::<1>(a, lines, inner, row, &start, columns, first, width, out);
            row += 1;
        }
    }
}

#[inline(always)]
#[allow(clippy::too_many_arguments)]
fn tile<const ROWS: usize>(
    a: &[f32],
    lines: &[[f32; LANES]],
    inner: usize,
    row: usize,
    start: &[f32; LANES],
    columns: usize,
    first: usize,
    width: usize,
    out: &mut [f32],
) {
    let mut sums = [[0.0f32; LANES]; ROWS];
    let mut sources = [&a[..0]; ROWS];
    for (r, source) in sources.iter_mut().enumerate() {
        *source = &a[(row + r) * inner..(row + r + 1) * inner];
    }
    for (k, line) in lines.iter().enumerate().take(inner) {
        for r in 0..ROWS {
            // In range: every source has `inner` elements and `k < inner`.
            let value = sources[r][k];
            for lane in 0..LANES {
                sums[r][lane] = value.mul_add(line[lane], sums[r][lane]);
            }
        }
    }
    for (r, sum) in sums.iter_mut().enumerate() {
        for lane in 0..LANES {
            sum[lane] += start[lane];
        }
        let at = (row + r) * columns + first;
        out[at..at + width].copy_from_slice(&sum[..width]);
    }
}

/// Sum of a row in sixteen lanes, then pairwise.
#[inline(always)]
fn row_sum(x: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; LANES];
    let (whole, rest) = x.as_chunks::<LANES>();
    for chunk in whole {
        for lane in 0..LANES {
            lanes[lane] += f(chunk[lane]);
        }
    }
    for (lane, value) in rest.iter().enumerate() {
        lanes[lane] += f(*value);
    }
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            lanes[lane] += lanes[lane + half];
        }
        half /= 2;
    }
    lanes[0]
}

/// e to the x with a relative error below 2e-7, for x of at most 80; below -87 it is nearly zero.
///
/// Range reduction by powers of two and a polynomial of degree six (Cephes, Moshier 1984).
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits of the sum.
    const ROUND: f32 = 12_582_912.0;
    let x = if x > -87.0 { x } else { -87.0 };
    let x = if x < 80.0 { x } else { 80.0 };
    let shifted = x.mul_add(std::f32::consts::LOG2_E, ROUND);
    let n = shifted - ROUND;
    let r = n.mul_add(-0.693_359_4, x);
    let r = n.mul_add(2.121_944_4e-4, r);
    let mut p = 1.987_569_1e-4f32;
    for c in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        p = p.mul_add(r, c);
    }
    let p = (p * r).mul_add(r, r) + 1.0;
    p * f32::from_bits((shifted.to_bits() << 23).wrapping_add(127 << 23))
}

/// The error function, absolute error below 2e-7 (Abramowitz & Stegun 7.1.26).
#[inline(always)]
fn erf(x: f32) -> f32 {
    let z = x.abs();
    let t = 1.0 / 0.327_591_1f32.mul_add(z, 1.0);
    let mut p = 1.061_405_4f32;
    for c in [-1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6] {
        p = p.mul_add(t, c);
    }
    let y = 1.0 - p * t * exp(-z * z);
    y.copysign(x)
}

#[inline(always)]
fn gelu_body<const _ROWS: usize>(x: &mut [f32]) {
    for v in x.iter_mut() {
        *v = 0.5 * *v * (1.0 + erf(*v * std::f32::consts::FRAC_1_SQRT_2));
    }
}

#[inline(always)]
fn normalise_body<const _ROWS: usize>(x: &mut [f32], y: &[f32], weight: &[f32], bias: &[f32]) {
    let width = weight.len();
    if width == 0 {
        return;
    }
    for (row, other) in x.chunks_exact_mut(width).zip(y.chunks_exact(width)) {
        for (v, o) in row.iter_mut().zip(other) {
            *v += *o;
        }
        let mean = row_sum(row, |v| v) / width as f32;
        let variance = row_sum(row, |v| (v - mean) * (v - mean)) / width as f32;
        let scale = 1.0 / (variance + 1e-12).sqrt();
        for ((v, w), b) in row.iter_mut().zip(weight).zip(bias) {
            *v = ((*v - mean) * scale).mul_add(*w, *b);
        }
    }
}

#[inline(always)]
fn softmax_body<const _ROWS: usize>(x: &mut [f32], width: usize, scale: f32) {
    if width == 0 {
        return;
    }
    for row in x.chunks_exact_mut(width) {
        let top = row.iter().fold(f32::NEG_INFINITY, |m, v| m.max(*v));
        for v in row.iter_mut() {
            *v = exp((*v - top) * scale);
        }
        let total = 1.0 / row_sum(row, |v| v);
        for v in row.iter_mut() {
            *v *= total;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Instructions> {
        let mut out = vec![Instructions::Baseline];
        #[cfg(target_arch = "x86_64")]
        out.extend([Instructions::Avx2, Instructions::Avx512].into_iter().filter(|i| i.available()));
        out
    }

    fn noise(n: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        (0..n)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) as f32 / 8_388_608.0 - 1.0
            })
            .collect()
    }

    #[test]
    fn product_has_the_same_bits_on_every_path_and_for_every_number_of_rows() {
        for (rows, inner, columns) in [(1, 7, 3), (5, 384, 40), (25, 97, 51), (13, 64, 16)] {
            let a = noise(rows * inner, 1);
            let values = noise(inner * columns, 2);
            let b = Packed::new(inner, columns, |r, c| values[r * columns + c]);
            let bias = noise(columns, 3);
            let mut expected = vec![0.0; rows * columns];
            for r in 0..rows {
                for c in 0..columns {
                    let mut sum = 0.0f32;
                    for k in 0..inner {
                        sum = a[r * inner + k].mul_add(values[k * columns + c], sum);
                    }
                    expected[r * columns + c] = sum + bias[c];
                }
            }
            for path in all() {
                let mut whole = vec![0.0; rows * columns];
                multiply(path, &a, &b, &bias, &mut whole);
                assert_eq!(whole, expected, "{path:?}");
                let mut one = vec![0.0; columns];
                multiply(path, &a[(rows - 1) * inner..], &b, &bias, &mut one);
                assert_eq!(one, expected[(rows - 1) * columns..], "{path:?}, last row alone");
            }
        }
    }

    #[test]
    fn element_wise_kernels_have_the_same_bits_on_every_path() {
        let x: Vec<f32> = noise(384 * 3, 9).iter().map(|v| v * 6.0).collect();
        let (weight, bias) = (noise(384, 4), noise(384, 5));
        let run = |path| {
            let (mut g, mut n, mut s) = (x.clone(), x.clone(), x.clone());
            gelu(path, &mut g);
            add_and_normalise(path, &mut n, &x, &weight, &bias);
            softmax(path, &mut s, 96, 0.3);
            (g, n, s)
        };
        let expected = run(Instructions::Baseline);
        for path in all() {
            assert_eq!(run(path), expected, "{path:?}");
        }
    }

    #[test]
    fn exp_and_gelu_are_close_to_double_precision() {
        for i in -800..=400 {
            let x = i as f32 / 10.0;
            let (mine, good) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((mine - good).abs() <= good * 4e-7 + 1e-37, "exp({x}) = {mine}, not {good}");
        }
        let mut x = [-3.0f32, -1.0, -0.1, 0.0, 0.1, 1.0, 3.0];
        gelu(Instructions::detect(), &mut x);
        let good = [-0.004_049_7, -0.158_655, -0.046_017_2, 0.0, 0.053_982_8, 0.841_345, 2.995_950_3];
        for (mine, good) in x.iter().zip(good) {
            assert!((mine - good).abs() < 1e-6, "{mine} is not {good}");
        }
    }

    #[test]
    fn softmax_sums_to_one() {
        let mut x = noise(50 * 7, 11);
        softmax(Instructions::detect(), &mut x, 50, 2.0);
        for row in x.chunks(50) {
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        }
    }
}
