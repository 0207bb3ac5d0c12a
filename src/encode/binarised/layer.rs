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
        let mut columns = Vec::with_capacity(here.len());
        for units in neurons(here) {
            match units {
                [u] => columns.push(one(b, layer, u, &before)),
                _ => columns.extend(both(b, layer, units, &before)),
            }
        }
        all.push(columns);
    }
    all
}

/// The units of a layer, those of one neuron together.
fn neurons(units: &[Unit]) -> impl Iterator<Item = &[Unit]> {
    units.chunk_by(|a, b| a.neuron == b.neuron)
}

/// A unit is a binary with the two rows that tie it to its sum `A`, which lies between `low` and `high`:
/// `A >= low + (r - low) x` and `A <= r - 1 + (high - r + 1) x`.
fn one(b: &mut Build, layer: usize, unit: &Unit, before: &[Option<VarId>]) -> VarId {
    let (r, low, high) = (unit.threshold, unit.low, unit.high);
    let (x, terms) = column(b, layer, unit, before);
    let place = place(layer, unit);
    tie(b, place, &terms, &[(x, r - low)], (Sense::Ge, low));
    tie(b, place, &terms, &[(x, high - r + 1)], (Sense::Le, r - 1));
    x
}

/// The units of a neuron that may be halfway, of thresholds `r <= s`: `A >= low + (r - low) x + (s - r) y` and
/// `A <= r - 1 + (s - r) x + (high - s + 1) y`, and `y <= x`. These rows imply those that each unit has alone.
fn both(b: &mut Build, layer: usize, units: &[Unit], before: &[Option<VarId>]) -> Vec<VarId> {
    let columns: Vec<_> = units.iter().map(|u| column(b, layer, u, before)).collect();
    if let ([first, second], [(x, terms), (y, _)]) = (units, &columns[..]) {
        let low = first.low.max(second.low);
        let high = first.high.min(second.high);
        let (r, s) = (first.threshold, second.threshold);
        let place = place(layer, first);
        tie(b, place, terms, &[(*x, r - low), (*y, s - r)], (Sense::Ge, low));
        tie(b, place, terms, &[(*x, s - r), (*y, high - s + 1)], (Sense::Le, r - 1));
        // Where no sum is halfway, they are the same.
        let sense = if r == s { Sense::Eq } else { Sense::Le };
        b.model.add_row(&[(*y, 1.0), (*x, -1.0)], sense, 0.0, Rule::Threshold.at(place));
    }
    columns.into_iter().map(|c| c.0).collect()
}

fn place(layer: usize, unit: &Unit) -> Place {
    Place::NONE.layer(layer + 1).i(unit.neuron as usize)
}

/// The binary of a unit, and its sum.
fn column(
    b: &mut Build,
    layer: usize,
    unit: &Unit,
    before: &[Option<VarId>],
) -> (VarId, Vec<(VarId, f64)>) {
    let family = if unit.second { Family::NeuronMore } else { Family::Neuron };
    let column = |j: u32| before.get(j as usize).copied().flatten();
    let terms: Vec<(VarId, f64)> =
        unit.terms.iter().filter_map(|(j, w)| Some((column(*j)?, *w as f64))).collect();
    let quantity = lin(terms.clone(), 0.0);
    let recipe = Recipe::Above { quantity, threshold: unit.threshold as f64, at: true };
    let x = b.column((VarKind::Binary, 0.0, 1.0), family.at(place(layer, unit)), recipe);
    (x, terms)
}

/// Adds `sum terms - sum units` against a number.
fn tie(
    b: &mut Build,
    place: Place,
    terms: &[(VarId, f64)],
    units: &[(VarId, i64)],
    (sense, rhs): (Sense, i64),
) {
    let units = units.iter().filter(|u| u.1 != 0).map(|(x, by)| (*x, -(*by as f64)));
    let terms: Vec<(VarId, f64)> = terms.iter().copied().chain(units).collect();
    b.model.add_row(&terms, sense, rhs as f64, Rule::Threshold.at(place));
}
