//! Rows over two neighbouring layers in a program (papers 4.5, two-sided lifting).

use super::{LatticeProgram, LinearRow};
use crate::bounds::binarised::{Lift, Lifts, Unit};
use crate::ir::{Place, Rule, Sense, VarId};

impl LatticeProgram {
    /// The rows over two layers that a point of the linear relaxation breaks by more than `least`, relative to the length
    /// of the row; at most one a unit.
    pub fn separate_lifts(&self, lifts: &mut Lifts, x: &[f64], least: f64) -> Vec<Lift> {
        let value = |v: VarId| x.get(v.index()).copied().unwrap_or(0.0);
        let column = |layer: usize, unit: usize| {
            self.columns.get(layer).and_then(|l| l.get(unit)).map_or(0.0, |v| value(*v))
        };
        let unit =
            |layer: usize, unit: usize| self.units.layers.get(layer).and_then(|l| l.get(unit));
        let sum = |layer: usize, place: usize| {
            let Some(u) = unit(layer, place) else { return 0.0 };
            let before = layer.wrapping_sub(1);
            let term = |(j, w): &(u32, i64)| *w as f64 * column(before, *j as usize);
            u.terms.iter().map(term).sum::<f64>() - u.threshold as f64
        };
        let length = |layer: usize, place: usize| {
            let weight = |u: &Unit| u.terms.iter().map(|t| (t.1 as f64).powi(2)).sum::<f64>();
            unit(layer, place).map_or(0.0, weight).sqrt()
        };
        lifts.separate(column, sum, length, least)
    }

    /// A row over two layers; nothing if it speaks of units that there are not.
    #[must_use]
    pub fn lift_row(&self, lift: &Lift) -> Option<LinearRow> {
        let before = self.columns.get(lift.layer.checked_sub(1)?)?;
        let x = *self.columns.get(lift.layer)?.get(lift.unit)?;
        let other = self.units.layers.get(lift.layer)?.get(lift.other)?;
        let by = if lift.negated { -1 } else { 1 };
        let term = |(j, w): &(u32, i64)| Some((*before.get(*j as usize)?, (by * w) as f64));
        let terms: Option<Vec<(VarId, f64)>> = other.terms.iter().map(term).collect();
        let mut terms = terms?;
        // by (sum - r) <= off + (on - off) x
        terms.push((x, (lift.off - lift.on) as f64));
        Some(LinearRow { terms, rhs: (lift.off + by * other.threshold) as f64 })
    }

    /// Adds rows over two layers; those that do not fit are left out.
    pub fn add_lifts(&mut self, lifts: &[Lift]) {
        for lift in lifts {
            let unit = self.units.layers.get(lift.layer).and_then(|l| l.get(lift.unit));
            let (Some(row), Some(unit)) = (self.lift_row(lift), unit) else { continue };
            let place = Place::NONE.layer(lift.layer + 1).i(unit.neuron as usize);
            self.model.add_row(&row.terms, Sense::Le, row.rhs, Rule::Lift.at(place));
        }
    }
}
