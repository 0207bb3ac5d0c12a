//! A rigorous lower bound from approximate duals (Neumaier and Shcherbina, 2004).
//!
//! For `min c'x` over `Ax (<= | >= | =) b`, `l <= x <= u` and *any* multipliers `y` of the right
//! signs, weak duality gives `c'x >= y'b + sum_j min over [l_j, u_j] of (c - A'y)_j x_j`. Every
//! operation below rounds down, so whatever floating-point solver gave `y`, the result is a lower
//! bound of the real-valued program. It is good where the duals are good and bounds are finite.

use crate::bounds::interval::{add_down, add_up, mul_down, mul_up};
use crate::ir::{Model, Sense, VarId};

/// A weighted sum of rows that grows row by row into a bound.
pub struct DualBound {
    /// Enclosures of the reduced costs `(c - A'y)_j`.
    low: Vec<f64>,
    high: Vec<f64>,
    bound: f64,
}

impl DualBound {
    /// The empty sum for `min sum objective` over `columns` variables.
    #[must_use]
    pub fn new(columns: usize, objective: &[(VarId, f64)]) -> Self {
        let mut low = vec![0.0; columns];
        let mut high = low.clone();
        for (v, c) in objective {
            if let (Some(low), Some(high)) = (low.get_mut(v.index()), high.get_mut(v.index())) {
                *low = add_down(*low, *c);
                *high = add_up(*high, *c);
            }
        }
        DualBound { low, high, bound: 0.0 }
    }

    /// Adds `dual` times the row `sum vals cols (sense) rhs`. A multiplier of the wrong sign or one
    /// that is not finite counts as 0.
    pub fn add(&mut self, cols: &[VarId], vals: &[f64], (sense, rhs): (Sense, f64), dual: f64) {
        let y = match sense {
            Sense::Le => dual.min(0.0),
            Sense::Ge => dual.max(0.0),
            Sense::Eq => dual,
        };
        if y == 0.0 || !y.is_finite() {
            return;
        }
        self.bound = add_down(self.bound, mul_down(y, rhs));
        for (v, a) in cols.iter().zip(vals) {
            let j = v.index();
            if let (Some(low), Some(high)) = (self.low.get_mut(j), self.high.get_mut(j)) {
                *low = add_down(*low, mul_down(-y, *a));
                *high = add_up(*high, mul_up(-y, *a));
            }
        }
    }

    /// The bound that follows for variables within `[lower, upper]`, one pair a column;
    /// `+inf` where a pair leaves no value.
    #[must_use]
    pub fn within(self, bounds: impl Iterator<Item = (f64, f64)>) -> f64 {
        let mut bound = self.bound;
        for ((lower, upper), (low, high)) in bounds.zip(self.low.into_iter().zip(self.high)) {
            if lower > upper {
                return f64::INFINITY;
            }
            if low == 0.0 && high == 0.0 {
                continue;
            }
            let ends =
                [times(low, lower), times(low, upper), times(high, lower), times(high, upper)];
            bound = add_down(bound, ends.into_iter().fold(f64::INFINITY, f64::min));
        }
        if bound.is_nan() { f64::NEG_INFINITY } else { bound }
    }
}

/// Lower bound on `sum objective` over the linear, unguarded rows and the bounds of `model`.
///
/// Integrality, guards and nonlinear rows are left out, which is a relaxation. `row_duals` has one
/// multiplier a row; one of the wrong sign, missing or not finite counts as 0. The result may be
/// `-inf`, where a variable with a nonzero reduced cost has no finite bound.
#[must_use]
pub fn lower_bound(model: &Model, objective: &[(VarId, f64)], row_duals: &[f64]) -> f64 {
    let mut sum = DualBound::new(model.var_count(), objective);
    for (row, dual) in model.rows.iter().zip(row_duals) {
        if row.quad.is_empty() && row.smooth.is_none() && row.guard.is_none() {
            sum.add(row.cols, row.vals, (row.sense, row.rhs), *dual);
        }
    }
    sum.within(model.vars.iter().map(|v| (v.lower, v.upper)))
}

/// `d * x` rounded down; a reduced cost of exactly 0 gives 0 at an infinite bound.
fn times(d: f64, x: f64) -> f64 {
    if d == 0.0 || x == 0.0 { 0.0 } else { mul_down(d, x) }
}
