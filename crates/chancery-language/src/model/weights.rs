//! The weights file: safetensors with int8 embedding rows, float16 matrices and the label sets.

use safetensors::{Dtype, SafeTensors};

use super::kernels::Packed;

/// Why a weights file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// The file is no safetensors file.
    #[error("the weights are no safetensors file: {0}")]
    Container(String),
    /// Something that the reader needs is missing or has another form.
    #[error(
        "the weights lack `{name}` in the form that this version reads ({expected}); use the file of this release"
    )]
    Missing {
        /// Name of the tensor or metadata entry.
        name: String,
        /// What was expected.
        expected: String,
    },
}

/// Access to the tensors of a file by name.
pub(super) struct Tensors<'a> {
    tensors: SafeTensors<'a>,
    metadata: std::collections::HashMap<String, String>,
}

fn half(bits: u16) -> f32 {
    let (sign, exponent, fraction) =
        (u32::from(bits >> 15), u32::from((bits >> 10) & 31), u32::from(bits & 1023));
    let value = match exponent {
        0 => fraction as f32 / 16_777_216.0,
        31 => f32::from_bits(0x7f80_0000 | (fraction << 13)),
        _ => f32::from_bits(((exponent + 112) << 23) | (fraction << 13)),
    };
    if sign == 1 { -value } else { value }
}

impl<'a> Tensors<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Tensors<'a>, WeightsError> {
        let container = |e: safetensors::SafeTensorError| WeightsError::Container(e.to_string());
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(container)?;
        let metadata = header.metadata().clone().unwrap_or_default();
        Ok(Tensors { tensors: SafeTensors::deserialize(bytes).map_err(container)?, metadata })
    }

    fn missing(name: &str, expected: impl Into<String>) -> WeightsError {
        WeightsError::Missing { name: name.to_owned(), expected: expected.into() }
    }

    /// A metadata entry as it stands.
    pub fn text(&self, name: &str) -> Result<&str, WeightsError> {
        self.metadata.get(name).map(String::as_str).ok_or_else(|| Self::missing(name, "metadata text"))
    }

    /// A metadata entry that is a JSON list of strings.
    pub fn labels(&self, name: &str) -> Result<Vec<String>, WeightsError> {
        serde_json::from_str(self.text(name)?).map_err(|e| Self::missing(name, format!("JSON list: {e}")))
    }

    /// All values of a float tensor with their shape.
    pub fn floats(&self, name: &str) -> Result<(Vec<usize>, Vec<f32>), WeightsError> {
        let tensor = self.tensors.tensor(name).map_err(|_| Self::missing(name, "tensor"))?;
        let data = tensor.data();
        let values = match tensor.dtype() {
            Dtype::F32 => data.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect(),
            Dtype::F16 => data.as_chunks::<2>().0.iter().map(|b| half(u16::from_le_bytes(*b))).collect(),
            other => return Err(Self::missing(name, format!("float32 or float16, not {other:?}"))),
        };
        Ok((tensor.shape().to_vec(), values))
    }

    /// A vector of a given length.
    pub fn vector(&self, name: &str, length: usize) -> Result<Vec<f32>, WeightsError> {
        let (shape, values) = self.floats(name)?;
        if shape == [length] {
            Ok(values)
        } else {
            Err(Self::missing(name, format!("{length} values, not {shape:?}")))
        }
    }

    /// A linear layer (weight `out` x `in`, bias) packed for `x * weight^T + bias`.
    pub fn linear(&self, name: &str) -> Result<Linear, WeightsError> {
        let weight = format!("{name}.weight");
        let (shape, values) = self.floats(&weight)?;
        let [out, inner] = shape[..] else { return Err(Self::missing(&weight, "a matrix")) };
        let bias = self.vector(&format!("{name}.bias"), out)?;
        Ok(Linear { weight: Packed::new(inner, out, |r, c| values[c * inner + r]), bias })
    }

    /// A bilinear form (`out`, `n` + 1, `n` + 1) packed so that a row vector of n + 1 values gives, for every
    /// output, the row vector that is still to be multiplied with the other side.
    pub fn bilinear(&self, name: &str) -> Result<Bilinear, WeightsError> {
        let (shape, values) = self.floats(name)?;
        let [outputs, n, m] = shape[..] else { return Err(Self::missing(name, "three dimensions")) };
        if n != m {
            return Err(Self::missing(name, "square forms"));
        }
        let form = Packed::new(n, outputs * n, |r, c| values[(c / n) * n * n + r * n + c % n]);
        Ok(Bilinear { form, width: n, outputs })
    }

    /// The embedding rows with their scales.
    pub fn rows(&self, name: &str) -> Result<(Vec<i8>, Vec<f32>, usize), WeightsError> {
        let rows = format!("{name}.rows");
        let tensor = self.tensors.tensor(&rows).map_err(|_| Self::missing(&rows, "tensor"))?;
        let [count, width] = tensor.shape()[..] else { return Err(Self::missing(&rows, "a matrix")) };
        if tensor.dtype() != Dtype::I8 {
            return Err(Self::missing(&rows, "int8"));
        }
        let scale = self.vector(&format!("{name}.scale"), count)?;
        Ok((tensor.data().iter().map(|b| *b as i8).collect(), scale, width))
    }
}

/// A linear layer.
#[derive(Debug, Clone)]
pub(super) struct Linear {
    pub weight: Packed,
    pub bias: Vec<f32>,
}

/// A bilinear form for each of several outputs.
#[derive(Debug, Clone)]
pub(super) struct Bilinear {
    pub form: Packed,
    /// Length of the vectors on both sides, their constant 1 included.
    pub width: usize,
    pub outputs: usize,
}

#[cfg(test)]
mod tests {
    use super::half;

    #[test]
    fn half_floats() {
        assert_eq!(half(0x3c00), 1.0);
        assert_eq!(half(0xc000), -2.0);
        assert_eq!(half(0x3555), 0.333_251_95);
        assert_eq!(half(0x0001), 5.960_464_5e-8);
        assert_eq!(half(0x0000), 0.0);
    }
}
