//! Linear functions of an input with a known range: what a box loses.
//!
//! Of a row `a . x` with `x` in a box and `d . x` in `[L, U]`, for every `s` the row is
//! `(a - s d) . x + s (d . x)`, so that it is at least the least value of the first part over the box
//! plus the least of `s [L, U]`. The best `s` is at a kink of this concave function: where a
//! coefficient `a_i - s d_i` is 0, or at 0 (papers 2.4, templates; the duality is that of linear programs).

use super::rows::Rows;
use crate::bounds::Interval;
use crate::bounds::graph::linear::{Block, LANES};
use crate::bounds::interval::{add_down, add_up, mul_down, mul_up};
use crate::network::graph::NodeId;

/// Times that each direction is tried for one row: a coordinate ascent.
const SWEEPS: usize = 2;

/// Gains below this are left to rounding, relative to what a row can vary by.
const GAIN: f64 = 1e-12;

/// Linear functions of one node, an input, and their ranges.
#[derive(Clone, Debug, PartialEq)]
pub struct Directions {
    /// The input.
    pub node: NodeId,
    /// Elements with coefficients, ascending, none of them 0; and the range of their sum.
    pub rows: Vec<(Vec<(usize, f64)>, Interval)>,
}

impl Rows<'_, '_> {
    /// Takes multiples of the directions out of the rows `block` of their node, where that raises them.
    pub(super) fn turn(&mut self, directions: &Directions, block: &mut Block) {
        let bounds = &self.bounds[directions.node.index()];
        let sweeps = if directions.rows.len() > 1 { SWEEPS } else { 1 };
        for _ in 0..sweeps {
            for (terms, range) in &directions.rows {
                let finite = |(k, _): &(usize, f64)| bounds[*k].is_finite();
                if !range.is_finite() || !terms.iter().all(finite) {
                    continue;
                }
                for l in 0..LANES {
                    if terms.iter().any(|(k, _)| block[*k][l] != 0.0) {
                        let s = multiplier(terms, *range, bounds, |k| block[k][l]);
                        if s != 0.0 {
                            self.subtract((block, bounds), l, s, (terms, *range));
                        }
                    }
                }
            }
        }
    }

    /// Row `lane` with `s d . x` replaced by its least value.
    fn subtract(
        &mut self,
        (block, bounds): (&mut Block, &[Interval]),
        lane: usize,
        s: f64,
        (terms, range): (&[(usize, f64)], Interval),
    ) {
        self.shift(lane, mul_down(s, range.lo).min(mul_down(s, range.hi)));
        for (k, d) in terms {
            let a = block[*k][lane];
            let (lo, hi) = (add_down(a, -mul_up(s, *d)), add_up(a, -mul_down(s, *d)));
            // At a kink the coefficient is meant to be 0.
            let new = if lo <= 0.0 && hi >= 0.0 { 0.0 } else { hi };
            block[*k][lane] = new;
            let off = add_up(hi, -lo);
            if off > 0.0 {
                self.blur(lane, mul_up(off, bounds[*k].magnitude()));
            }
        }
    }
}

/// The multiple of a direction that raises the least value of a row most; 0 if none does.
fn multiplier(
    terms: &[(usize, f64)],
    range: Interval,
    bounds: &[Interval],
    a: impl Fn(usize) -> f64,
) -> f64 {
    let least = |s: f64| -> f64 {
        let part = |(k, d): &(usize, f64)| {
            let c = a(*k) - s * d;
            if c > 0.0 { c * bounds[*k].lo } else { c * bounds[*k].hi }
        };
        terms.iter().map(part).sum::<f64>() + (s * range.lo).min(s * range.hi)
    };
    let kink = |(k, d): &(usize, f64)| (a(*k) / d, d.abs() * (bounds[*k].hi - bounds[*k].lo));
    let mut kinks: Vec<(f64, f64)> = terms.iter().map(kink).collect();
    kinks.push((0.0, range.hi - range.lo));
    kinks.sort_by(|x, y| x.0.total_cmp(&y.0));
    let end = |(k, d): &(usize, f64)| if *d > 0.0 { d * bounds[*k].lo } else { d * bounds[*k].hi };
    let mut slope = range.hi - terms.iter().map(end).sum::<f64>();
    let mut best = 0.0;
    for (s, fall) in kinks {
        best = s;
        slope -= fall;
        if slope <= 0.0 {
            break;
        }
    }
    let size = |(k, _): &(usize, f64)| (a(*k) * (bounds[*k].hi - bounds[*k].lo)).abs();
    let gain = least(best) - least(0.0);
    let enough = gain > GAIN * terms.iter().map(size).sum::<f64>();
    if best.is_finite() && enough { best } else { 0.0 }
}
