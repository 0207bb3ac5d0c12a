//! A rigorous lower bound from approximate duals (Neumaier and Shcherbina, 2004).
//!
//! For `min c'x` over `Ax (<= | >= | =) b`, `l <= x <= u` and *any* multipliers `y` of the right
//! signs, weak duality gives `c'x >= y'b + sum_j min over [l_j, u_j] of (c - A'y)_j x_j`. Every
//! operation below rounds down, so whatever floating-point solver gave `y`, the result is a lower
//! bound of the real-valued program. It is good where the duals are good and bounds are finite.

use crate::bounds::interval::{add_down, add_up, mul_down, mul_up};
use crate::ir::{Model, Sense, VarId};

/// Lower bound on `sum objective` over the linear, unguarded rows and the bounds of `model`.
///
/// Integrality, guards and nonlinear rows are left out, which is a relaxation. `row_duals` has one
/// multiplier a row; one of the wrong sign, missing or not finite counts as 0. The result may be
/// `-inf`, where a variable with a nonzero reduced cost has no finite bound.
#[must_use]
pub fn lower_bound(model: &Model, objective: &[(VarId, f64)], row_duals: &[f64]) -> f64 {
    let mut low = vec![0.0; model.var_count()];
    let mut high = low.clone();
    for (v, c) in objective {
        if let (Some(low), Some(high)) = (low.get_mut(v.index()), high.get_mut(v.index())) {
            *low = add_down(*low, *c);
            *high = add_up(*high, *c);
        }
    }
    let mut bound = 0.0;
    for (row, dual) in model.rows.iter().zip(row_duals) {
        let linear = row.quad.is_empty() && row.smooth.is_none() && row.guard.is_none();
        let y = match row.sense {
            Sense::Le => dual.min(0.0),
            Sense::Ge => dual.max(0.0),
            Sense::Eq => *dual,
        };
        if y == 0.0 || !y.is_finite() || !linear {
            continue;
        }
        bound = add_down(bound, mul_down(y, row.rhs));
        for (v, a) in row.cols.iter().zip(row.vals) {
            let j = v.index();
            if let (Some(low), Some(high)) = (low.get_mut(j), high.get_mut(j)) {
                *low = add_down(*low, mul_down(-y, *a));
                *high = add_up(*high, mul_up(-y, *a));
            }
        }
    }
    for (var, (low, high)) in model.vars.iter().zip(low.into_iter().zip(high)) {
        let ends = [
            times(low, var.lower),
            times(low, var.upper),
            times(high, var.lower),
            times(high, var.upper),
        ];
        bound = add_down(bound, ends.into_iter().fold(f64::INFINITY, f64::min));
    }
    if bound.is_nan() { f64::NEG_INFINITY } else { bound }
}

/// `d * x` rounded down; a reduced cost of exactly 0 gives 0 at an infinite bound.
fn times(d: f64, x: f64) -> f64 {
    if d == 0.0 || x == 0.0 { 0.0 } else { mul_down(d, x) }
}
