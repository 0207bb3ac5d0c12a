//! All parameters of a network as one vector.

use ndarray::{Array1, Array2};

use super::{ReplayError, Scalar};
use crate::network::{Layer, LayerParameters, Network, Parameters};
use crate::question::goal::ParameterRef;

/// Where each parameter lies in the flat vector: for each affine layer the weight row by row,
/// then its bias if it has one.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The layers in order.
    pub stages: Vec<Stage>,
    /// Number of parameters.
    pub len: usize,
    /// Number of input features.
    pub inputs: usize,
    /// Number of outputs.
    pub outputs: usize,
}

/// One layer of a [`Layout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// An affine layer.
    Affine {
        /// Index of its first weight.
        at: usize,
        /// Number of outputs.
        rows: usize,
        /// Number of inputs.
        columns: usize,
        /// Index of its first bias.
        bias: Option<usize>,
    },
    /// ReLU of the values of affine layer `layer` (1-based; 0: of the input itself).
    Relu {
        /// The affine layer before it.
        layer: usize,
        /// Number of units.
        width: usize,
    },
}

impl Layout {
    /// The layout of a network's parameters.
    ///
    /// # Errors
    /// [`ReplayError::Layers`] where the layers do not fit together.
    pub fn new(network: &Network) -> Result<Self, ReplayError> {
        let (mut width, mut len, mut layer) = (network.inputs, 0, 0);
        let mut stages = Vec::with_capacity(network.layers.len());
        for l in &network.layers {
            match l {
                Layer::Affine(a) => {
                    layer += 1;
                    let (rows, columns) = a.weight.dim();
                    if columns != width {
                        return Err(ReplayError::Layers { layer, expected: columns, found: width });
                    }
                    let at = len;
                    len += rows * columns;
                    let bias = match &a.bias {
                        Some(b) if b.len() != rows => {
                            let what = format!("the bias of affine layer {layer}");
                            return Err(ReplayError::Length {
                                what,
                                expected: rows,
                                found: b.len(),
                            });
                        }
                        Some(_) => {
                            len += rows;
                            Some(len - rows)
                        }
                        None => None,
                    };
                    stages.push(Stage::Affine { at, rows, columns, bias });
                    width = rows;
                }
                Layer::Relu { .. } => stages.push(Stage::Relu { layer, width }),
            }
        }
        Ok(Layout { stages, len, inputs: network.inputs, outputs: width })
    }

    /// Number of affine layers.
    #[must_use]
    pub fn affine_layers(&self) -> usize {
        self.stages.iter().filter(|s| matches!(s, Stage::Affine { .. })).count()
    }

    /// The flat vector of `parameters`, which must have this layout.
    ///
    /// # Errors
    /// [`ReplayError::NotFinite`] or [`ReplayError::Length`].
    pub fn flatten<S: Scalar>(&self, parameters: &Parameters) -> Result<Vec<S>, ReplayError> {
        let mut flat = Vec::with_capacity(self.len);
        for (k, p) in parameters.layers.iter().enumerate() {
            let values = p.weight.iter().chain(p.bias.iter().flatten());
            for v in values {
                let what = || format!("a parameter of affine layer {}", k + 1);
                flat.push(S::from_f64(*v).ok_or_else(|| ReplayError::NotFinite { what: what() })?);
            }
        }
        if flat.len() == self.len {
            Ok(flat)
        } else {
            let what = "the parameter vector".to_string();
            Err(ReplayError::Length { what, expected: self.len, found: flat.len() })
        }
    }

    /// The parameters of a flat vector, rounded to doubles.
    #[must_use]
    pub fn parameters<S: Scalar>(&self, flat: &[S]) -> Parameters {
        let take = |at: usize, n: usize| flat[at..at + n].iter().map(S::to_f64);
        let layers = self
            .stages
            .iter()
            .filter_map(|s| match *s {
                Stage::Affine { at, rows, columns, bias } => Some(LayerParameters {
                    weight: {
                        let mut values = take(at, rows * columns);
                        Array2::from_shape_simple_fn((rows, columns), || {
                            values.next().unwrap_or(0.0)
                        })
                    },
                    bias: bias.map(|b| take(b, rows).collect::<Array1<f64>>()),
                }),
                Stage::Relu { .. } => None,
            })
            .collect();
        Parameters { layers }
    }

    /// Index of one parameter; `None` if it does not exist.
    #[must_use]
    pub fn index(&self, parameter: ParameterRef) -> Option<usize> {
        let affine = |layer: usize| {
            self.stages
                .iter()
                .filter(|s| matches!(s, Stage::Affine { .. }))
                .nth(layer.checked_sub(1)?)
        };
        match parameter {
            ParameterRef::Weight { layer, row, column } => match *affine(layer)? {
                Stage::Affine { at, rows, columns, .. } if row < rows && column < columns => {
                    Some(at + row * columns + column)
                }
                _ => None,
            },
            ParameterRef::Bias { layer, row } => match *affine(layer)? {
                Stage::Affine { rows, bias: Some(b), .. } if row < rows => Some(b + row),
                _ => None,
            },
        }
    }

    /// The values that enter each stage, and the output last.
    #[must_use]
    pub fn forward<S: Scalar>(&self, theta: &[S], input: &[S]) -> Vec<Vec<S>> {
        let mut values = Vec::with_capacity(self.stages.len() + 1);
        values.push(input.to_vec());
        for (k, stage) in self.stages.iter().enumerate() {
            let x: &Vec<S> = &values[k];
            let next = match *stage {
                Stage::Affine { at, rows, columns, bias } => (0..rows)
                    .map(|r| {
                        let row = &theta[at + r * columns..at + (r + 1) * columns];
                        let mut sum = S::zero();
                        for (w, v) in row.iter().zip(x) {
                            sum.add_product(w, v);
                        }
                        match bias {
                            Some(b) => sum.plus(&theta[b + r]),
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
