//! Numbering of all trained parameters as one vector.

use super::{Layer, LayerParameters, Network, Parameters};
use crate::question::ParameterRef;

/// Positions of the parameters of every affine layer in one flat vector: for each layer the weight
/// row by row, then the bias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    layers: Vec<LayerShape>,
    total: usize,
}

/// Shape and position of one affine layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerShape {
    /// Output units.
    pub rows: usize,
    /// Input units.
    pub columns: usize,
    /// Whether the layer has a bias.
    pub bias: bool,
    /// Position of the first weight.
    pub offset: usize,
}

impl LayerShape {
    /// Position of `weight[row, column]`.
    #[must_use]
    pub fn weight(&self, row: usize, column: usize) -> usize {
        self.offset + row * self.columns + column
    }

    /// Position of `bias[row]`, if the layer has a bias.
    #[must_use]
    pub fn bias(&self, row: usize) -> Option<usize> {
        self.bias.then_some(self.offset + self.rows * self.columns + row)
    }
}

impl Layout {
    /// The layout of a network.
    #[must_use]
    pub fn of(network: &Network) -> Self {
        let mut total = 0;
        let mut layers = Vec::new();
        for layer in &network.layers {
            let Layer::Affine(a) = layer else { continue };
            let (rows, columns) = a.weight.dim();
            let bias = a.bias.is_some();
            layers.push(LayerShape { rows, columns, bias, offset: total });
            total += rows * columns + if bias { rows } else { 0 };
        }
        Layout { layers, total }
    }

    /// Number of parameters.
    #[must_use]
    pub fn len(&self) -> usize {
        self.total
    }

    /// Whether there is no parameter.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The affine layers, first layer first.
    #[must_use]
    pub fn layers(&self) -> &[LayerShape] {
        &self.layers
    }

    /// Every parameter in order of position.
    pub fn references(&self) -> impl Iterator<Item = ParameterRef> + '_ {
        self.layers.iter().enumerate().flat_map(|(l, s)| {
            let layer = l + 1;
            let weights = (0..s.rows).flat_map(move |row| {
                (0..s.columns).map(move |column| ParameterRef::Weight { layer, row, column })
            });
            let biases = (0..if s.bias { s.rows } else { 0 })
                .map(move |row| ParameterRef::Bias { layer, row });
            weights.chain(biases)
        })
    }

    /// Position of a parameter, if it exists.
    #[must_use]
    pub fn position(&self, parameter: ParameterRef) -> Option<usize> {
        match parameter {
            ParameterRef::Weight { layer, row, column } => {
                let s = self.layers.get(layer.checked_sub(1)?)?;
                (row < s.rows && column < s.columns).then(|| s.weight(row, column))
            }
            ParameterRef::Bias { layer, row } => {
                let s = self.layers.get(layer.checked_sub(1)?)?;
                if row < s.rows { s.bias(row) } else { None }
            }
        }
    }

    /// The parameters as one vector.
    #[must_use]
    pub fn flatten(&self, parameters: &Parameters) -> Vec<f64> {
        let flat = |p: &LayerParameters| {
            let bias = p.bias.iter().flatten().copied().collect::<Vec<_>>();
            p.weight.iter().copied().chain(bias).collect::<Vec<_>>()
        };
        parameters.layers.iter().flat_map(flat).collect()
    }
}
