//! Between points of the program and inputs of the network.

use super::{VerifyProgram, set};
use crate::bounds::Interval;
use crate::encode::recipe;
use crate::ir::VarId;

/// Where an element of the input comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// A column of the program.
    Column(VarId),
    /// The box has one number for it.
    Fixed(f64),
    /// Nothing that matters depends on it: any number of the box.
    Free(Interval),
}

impl VerifyProgram {
    /// The input that a point stands for, within the box: columns are limited to their bounds, and
    /// what does not matter takes the middle of its range. It is an attack only if replay says so.
    #[must_use]
    pub fn decode(&self, x: &[f64]) -> Vec<f64> {
        let on_lattice = |x: f64| match self.lattice {
            Some(l) => set::lattice_value(l, (x / l.times * l.over).round()),
            None => x,
        };
        let value = |source: &Source| match source {
            Source::Column(v) => {
                let v = self.model.vars.get(*v);
                let value = x[v.id.index()].max(v.lower).min(v.upper);
                self.lattice.map_or(value, |l| set::lattice_value(l, value.round()))
            }
            Source::Fixed(value) => *value,
            Source::Free(Interval { lo, hi }) => {
                let middle = lo / 2.0 + hi / 2.0;
                let middle = if middle.is_finite() { middle } else { 0.0 };
                on_lattice(middle.clamp(*lo, *hi))
            }
        };
        self.inputs.iter().map(value).collect()
    }

    /// The point of the program that an input determines, one value a variable, each within its
    /// bounds: a start for solvers.
    #[must_use]
    pub fn start(&self, input: &[f64]) -> Vec<f64> {
        let mut decisions = vec![0.0; self.model.var_count()];
        for (source, value) in self.inputs.iter().zip(input) {
            if let Source::Column(v) = source {
                decisions[v.index()] =
                    self.lattice.map_or(*value, |l| (value / l.times * l.over).round());
            }
        }
        let limit = |v: usize, value: f64| {
            let v = self.model.vars.get(VarId(v as u32));
            value.max(v.lower).min(v.upper)
        };
        recipe::complete_within(&self.recipes, |v| decisions[v], limit)
    }
}
