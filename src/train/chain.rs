//! A network as the chain of layers that a run goes through, over any numbers.

use ndarray::{Array1, Array2};

use super::{ReplayError, Scalar};
use crate::network::{Layer, LayerParameters, LayerShape, Layout, Network, Parameters};

/// The layers of a network, with the places of their parameters in one vector.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// Where each parameter lies.
    pub layout: Layout,
    /// The layers in order.
    pub stages: Vec<Stage>,
    /// Number of input features.
    pub inputs: usize,
    /// Number of outputs.
    pub outputs: usize,
}

/// One layer of a [`Chain`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// An affine layer.
    Affine(LayerShape),
    /// ReLU of the values of affine layer `layer` (1-based; 0: of the input itself).
    Relu {
        /// The affine layer before it.
        layer: usize,
        /// Number of units.
        width: usize,
    },
}

impl Chain {
    /// The chain of a network's layers.
    ///
    /// # Errors
    /// [`ReplayError::Layers`] where the layers do not fit together.
    pub fn new(network: &Network) -> Result<Self, ReplayError> {
        let layout = Layout::of(network);
        let mut shapes = layout.layers().iter();
        let (mut width, mut layer) = (network.inputs, 0);
        let mut stages = Vec::with_capacity(network.layers.len());
        for l in &network.layers {
            match (l, shapes.as_slice()) {
                (Layer::Affine(a), [shape, ..]) => {
                    shapes.next();
                    layer += 1;
                    if shape.columns != width {
                        let (expected, found) = (shape.columns, width);
                        return Err(ReplayError::Layers { layer, expected, found });
                    }
                    if let Some(b) = a.bias.as_ref().filter(|b| b.len() != shape.rows) {
                        let what = format!("the bias of affine layer {layer}");
                        let (expected, found) = (shape.rows, b.len());
                        return Err(ReplayError::Length { what, expected, found });
                    }
                    stages.push(Stage::Affine(*shape));
                    width = shape.rows;
                }
                // The layout has a shape for every affine layer.
                (Layer::Affine(_), []) => {}
                (Layer::Relu { .. }, _) => stages.push(Stage::Relu { layer, width }),
            }
        }
        Ok(Chain { layout, stages, inputs: network.inputs, outputs: width })
    }

    /// Number of parameters.
    #[must_use]
    pub fn parameter_count(&self) -> usize {
        self.layout.len()
    }

    /// Number of affine layers.
    #[must_use]
    pub fn affine_layers(&self) -> usize {
        self.layout.layers().len()
    }

    /// The flat vector of `parameters`, which must have this layout.
    ///
    /// # Errors
    /// [`ReplayError::NotFinite`] or [`ReplayError::Length`].
    pub fn flatten<S: Scalar>(&self, parameters: &Parameters) -> Result<Vec<S>, ReplayError> {
        let mut flat = Vec::with_capacity(self.layout.len());
        for (k, p) in parameters.layers.iter().enumerate() {
            let values = p.weight.iter().chain(p.bias.iter().flatten());
            for v in values {
                let what = || format!("a parameter of affine layer {}", k + 1);
                flat.push(S::from_f64(*v).ok_or_else(|| ReplayError::NotFinite { what: what() })?);
            }
        }
        let (expected, found) = (self.layout.len(), flat.len());
        if found == expected {
            Ok(flat)
        } else {
            let what = "the parameter vector".to_string();
            Err(ReplayError::Length { what, expected, found })
        }
    }

    /// The parameters of a flat vector, rounded to doubles.
    #[must_use]
    pub fn parameters<S: Scalar>(&self, flat: &[S]) -> Parameters {
        let layer = |s: &LayerShape| {
            let mut values = flat[s.offset..].iter().map(S::to_f64);
            let mut next = || values.next().unwrap_or(0.0);
            LayerParameters {
                weight: Array2::from_shape_simple_fn((s.rows, s.columns), &mut next),
                bias: s.bias.then(|| Array1::from_shape_simple_fn(s.rows, &mut next)),
            }
        };
        Parameters { layers: self.layout.layers().iter().map(layer).collect() }
    }

    /// The values that enter each stage, and the output last.
    #[must_use]
    pub fn forward<S: Scalar>(&self, theta: &[S], input: &[S]) -> Vec<Vec<S>> {
        let mut values = Vec::with_capacity(self.stages.len() + 1);
        values.push(input.to_vec());
        for (k, stage) in self.stages.iter().enumerate() {
            let x: &Vec<S> = &values[k];
            let next = match *stage {
                Stage::Affine(s) => (0..s.rows)
                    .map(|r| {
                        let mut sum = S::zero();
                        for (w, v) in theta[s.weight(r, 0)..s.weight(r + 1, 0)].iter().zip(x) {
                            sum.add_product(w, v);
                        }
                        match s.bias(r) {
                            Some(b) => sum.plus(&theta[b]),
                            None => sum,
                        }
                    })
                    .collect(),
                Stage::Relu { .. } => {
                    x.iter().map(|v| if *v > S::zero() { v.clone() } else { S::zero() }).collect()
                }
            };
            values.push(next);
        }
        values
    }

    /// The network's output.
    #[must_use]
    pub fn output<S: Scalar>(&self, theta: &[S], input: &[S]) -> Vec<S> {
        self.forward(theta, input).pop().unwrap_or_default()
    }
}
