//! Neurons of the hidden layers by their thresholds (papers 4.2).

use super::{LatticeError, Whole};
use crate::bounds::lattice::range;
use crate::ir::{Family, Model, Place, Rule, Sense, VarId, VarKind};
use crate::network::binarised::{Integer, Neuron};
use crate::question::lattice::Lattice;

/// Columns of the neurons that are not known, layer by layer.
pub(super) fn encode(
    model: &mut Model,
    network: &Integer,
    points: &Lattice,
    input: &[Whole],
) -> Result<Vec<Vec<Whole>>, LatticeError> {
    let mut all: Vec<Vec<Whole>> = Vec::with_capacity(network.hidden.len());
    for (layer, neurons) in network.hidden.iter().enumerate() {
        let before = all.last().map_or(input, Vec::as_slice);
        let mut here = Vec::with_capacity(neurons.len());
        for (neuron, n) in neurons.iter().enumerate() {
            let ends = match layer {
                0 => range(points, &n.plus, &n.minus).ok_or(LatticeError::Empty)?,
                _ => ends(n, before),
            };
            if n.tie.is_some_and(|t| ends.0 <= t && t <= ends.1) {
                return Err(LatticeError::ThirdValue { layer: layer + 1, neuron });
            }
            here.push(one(model, (layer, neuron), (n, before), ends));
        }
        all.push(here);
    }
    Ok(all)
}

/// What a sum of neurons can be.
fn ends(neuron: &Neuron, before: &[Whole]) -> (i64, i64) {
    let end = |j: &u32, up: bool| match before.get(*j as usize) {
        Some(Whole::Known(v)) => *v,
        Some(Whole::Column(_)) => i64::from(up),
        None => 0,
    };
    let sum = |up: bool| {
        let plus = neuron.plus.iter().map(|j| end(j, up)).sum::<i64>();
        plus - neuron.minus.iter().map(|j| end(j, !up)).sum::<i64>()
    };
    (sum(false), sum(true))
}

/// A neuron whose sum lies between `low` and `high`: known, or a binary with the two rows that tie it to its
/// sum `A`: `A >= low + (r - low) x` and `A <= r - 1 + (high - r + 1) x`.
fn one(
    model: &mut Model,
    (layer, neuron): (usize, usize),
    (n, before): (&Neuron, &[Whole]),
    (low, high): (i64, i64),
) -> Whole {
    let r = n.threshold;
    if low >= r {
        return Whole::Known(1);
    }
    if high < r {
        return Whole::Known(0);
    }
    let place = Place::NONE.layer(layer + 1).i(neuron);
    let x = model.add_var(VarKind::Binary, 0.0, 1.0, Family::Neuron.at(place));
    let (mut terms, mut known) = (Vec::new(), 0);
    for (places, by) in [(&n.plus, 1), (&n.minus, -1)] {
        for j in places {
            match before.get(*j as usize) {
                Some(Whole::Column(v)) => terms.push((*v, by as f64)),
                Some(Whole::Known(v)) => known += by * v,
                None => {}
            }
        }
    }
    let with = |by: i64| -> Vec<(VarId, f64)> {
        terms.iter().copied().chain([(x, -(by as f64))]).collect()
    };
    let origin = Rule::Threshold.at(place);
    model.add_row(&with(r - low), Sense::Ge, (low - known) as f64, origin);
    model.add_row(&with(high - r + 1), Sense::Le, (r - 1 - known) as f64, origin);
    Whole::Column(x)
}
