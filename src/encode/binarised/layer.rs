//! Units of the hidden layers by their thresholds (papers 4.2).

use super::{Build, Whole, lin};
use crate::bounds::binarised::{Unit, Units};
use crate::encode::recipe::Recipe;
use crate::ir::{Family, Place, Rule, Sense, VarId, VarKind};

/// Columns of the open units, layer by layer.
pub(super) fn encode(b: &mut Build, units: &Units, input: &[Whole]) -> Vec<Vec<VarId>> {
    let column = |whole: &Whole| match whole {
        Whole::Column(id) => Some(*id),
        Whole::Known(_) => None,
    };
    let input: Vec<Option<VarId>> = input.iter().map(column).collect();
    let mut all: Vec<Vec<VarId>> = Vec::with_capacity(units.layers.len());
    for (layer, here) in units.layers.iter().enumerate() {
        let before: Vec<Option<VarId>> = match all.last() {
            Some(last) => last.iter().copied().map(Some).collect(),
            None => input.clone(),
        };
        all.push(here.iter().map(|u| one(b, layer, u, &before)).collect());
    }
    all
}

/// A unit is a binary with the two rows that tie it to its sum `A`, which lies between `low` and `high`:
/// `A >= low + (r - low) x` and `A <= r - 1 + (high - r + 1) x`.
fn one(b: &mut Build, layer: usize, unit: &Unit, before: &[Option<VarId>]) -> VarId {
    let (r, low, high) = (unit.threshold, unit.low, unit.high);
    let place = Place::NONE.layer(layer + 1).i(unit.neuron as usize);
    let family = if unit.second { Family::NeuronMore } else { Family::Neuron };
    let column = |j: u32| before.get(j as usize).copied().flatten();
    let terms: Vec<(VarId, f64)> =
        unit.terms.iter().filter_map(|(j, w)| Some((column(*j)?, *w as f64))).collect();
    let recipe = Recipe::Above { quantity: lin(terms.clone(), 0.0), threshold: r as f64, at: true };
    let x = b.column((VarKind::Binary, 0.0, 1.0), family.at(place), recipe);
    let with = |by: i64| -> Vec<(VarId, f64)> {
        terms.iter().copied().chain([(x, -(by as f64))]).collect()
    };
    let origin = Rule::Threshold.at(place);
    b.model.add_row(&with(r - low), Sense::Ge, low as f64, origin);
    b.model.add_row(&with(high - r + 1), Sense::Le, (r - 1) as f64, origin);
    x
}
