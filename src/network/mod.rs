//! A feed-forward network as a chain of affine and ReLU layers, weights exactly as stored.
//!
//! A [`Network`] denotes the real-valued function whose constants are the doubles below; a float
//! weight of an ONNX file is the same real number as the double that holds it.

pub mod binarised;
pub mod graph;
pub mod layout;

pub use layout::{LayerShape, Layout};

use ndarray::{Array1, Array2};

/// `x -> weight * x + bias`.
#[derive(Clone, Debug, PartialEq)]
pub struct Affine {
    /// Shape `[outputs, inputs]`.
    pub weight: Array2<f64>,
    /// Shape `[outputs]`; `None` where the file has no bias, which then is not trained either.
    pub bias: Option<Array1<f64>>,
    /// Name of the ONNX node that holds the weight.
    pub node: String,
}

/// One layer of the chain.
#[derive(Clone, Debug, PartialEq)]
pub enum Layer {
    /// An affine layer.
    Affine(Affine),
    /// Element-wise `max(x, 0)`.
    Relu {
        /// Name of the ONNX node.
        node: String,
    },
}

/// A chain of layers.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// First layer first. At least one is affine.
    pub layers: Vec<Layer>,
    /// Number of input features.
    pub inputs: usize,
    /// Number of outputs.
    pub outputs: usize,
}

/// Parameters of every affine layer in order: the state of a training run.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    /// One entry an affine layer.
    pub layers: Vec<LayerParameters>,
}

/// Parameters of one affine layer.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerParameters {
    /// Shape `[outputs, inputs]`.
    pub weight: Array2<f64>,
    /// Shape `[outputs]`, if the layer has one.
    pub bias: Option<Array1<f64>>,
}

impl Network {
    /// The affine layers in order.
    pub fn affine(&self) -> impl Iterator<Item = &Affine> {
        self.layers.iter().filter_map(|l| match l {
            Layer::Affine(a) => Some(a),
            Layer::Relu { .. } => None,
        })
    }

    /// The stored parameters.
    #[must_use]
    pub fn parameters(&self) -> Parameters {
        let layers = self
            .affine()
            .map(|a| LayerParameters { weight: a.weight.clone(), bias: a.bias.clone() })
            .collect();
        Parameters { layers }
    }

    /// The output for one input of length [`Network::inputs`], in f64, with the stored parameters.
    #[must_use]
    pub fn eval(&self, input: &[f64]) -> Vec<f64> {
        self.eval_with(&self.parameters(), input)
    }

    /// The output for one input with other parameters of the same shapes.
    #[must_use]
    pub fn eval_with(&self, parameters: &Parameters, input: &[f64]) -> Vec<f64> {
        let mut x = input.to_vec();
        let mut affine = parameters.layers.iter();
        for layer in &self.layers {
            match layer {
                Layer::Affine(_) => {
                    let Some(p) = affine.next() else { return x };
                    x = p.apply(&x);
                }
                Layer::Relu { .. } => x.iter_mut().for_each(|v| *v = v.max(0.0)),
            }
        }
        x
    }
}

impl LayerParameters {
    /// `weight * x + bias`, summed in the order of the columns, bias last.
    #[must_use]
    pub fn apply(&self, x: &[f64]) -> Vec<f64> {
        let sums = self
            .weight
            .rows()
            .into_iter()
            .map(|row| row.iter().zip(x).fold(0.0, |acc, (w, v)| acc + w * v));
        match &self.bias {
            Some(b) => sums.zip(b).map(|(s, b)| s + b).collect(),
            None => sums.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// By hand: `h = relu((1 - 4 + 1, -1 + 2)) = (0, 1)`, `f = 3 * 0 - 2 * 1 + 0.5`.
    #[test]
    fn evaluation_by_hand() {
        let affine = |weight, bias| Layer::Affine(Affine { weight, bias, node: String::new() });
        let network = Network {
            layers: vec![
                affine(array![[1.0, -2.0], [-1.0, 1.0]], Some(array![1.0, 0.0])),
                Layer::Relu { node: String::new() },
                affine(array![[3.0, -2.0]], None),
            ],
            inputs: 2,
            outputs: 1,
        };
        assert_eq!(network.eval(&[1.0, 2.0]), [-2.0]);
        let mut other = network.parameters();
        assert_eq!(other.layers.len(), 2);
        other.layers[1].bias = Some(array![0.5]);
        assert_eq!(network.eval_with(&other, &[1.0, 2.0]), [-1.5]);
    }
}
