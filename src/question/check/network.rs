//! Shapes and values of the network.

use super::QuestionError;
use crate::network::{Layer, Network};

pub(super) fn check(network: &Network, errors: &mut Vec<QuestionError>) {
    let mut width: Option<usize> = None;
    let mut inputs = None;
    for layer in &network.layers {
        let Layer::Affine(affine) = layer else { continue };
        let (rows, columns) = affine.weight.dim();
        inputs.get_or_insert(columns);
        if let Some(found) = width.filter(|w| *w != columns) {
            errors.push(QuestionError::LayerShape {
                node: affine.node.clone(),
                needed: columns,
                found,
            });
        }
        if let Some(bias) = affine.bias.as_ref().filter(|b| b.len() != rows) {
            errors.push(QuestionError::BiasShape {
                node: affine.node.clone(),
                needed: rows,
                found: bias.len(),
            });
        }
        let bias = affine.bias.iter().flatten();
        if !affine.weight.iter().chain(bias).all(|w| w.is_finite()) {
            errors.push(QuestionError::WeightNotFinite { node: affine.node.clone() });
        }
        width = Some(rows);
    }
    let (Some(inputs), Some(outputs)) = (inputs, width) else {
        errors.push(QuestionError::NoAffine);
        return;
    };
    for (what, declared, found) in
        [("inputs", network.inputs, inputs), ("outputs", network.outputs, outputs)]
    {
        if declared != found {
            errors.push(QuestionError::DeclaredShape { what, declared, found });
        }
    }
}
