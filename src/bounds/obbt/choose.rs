//! Where a box is split.

use std::collections::BTreeSet;

use super::record::Duals;
use super::relaxation::Relaxation;
use crate::bounds::Interval;
use crate::ir::{RowId, VarId};

/// Distance from a whole number, and error of a product as a share of the most that its envelope
/// admits, that count as none.
const NEGLIGIBLE: f64 = 1e-6;

/// A split stays this share of the range away from its ends.
const MARGIN: f64 = 0.1;

/// A column and a value, see [`super::tree::sides`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// The column.
    pub var: VarId,
    /// The value.
    pub at: f64,
}

/// The columns of whole numbers that are kept as such: of those that occur in a row the share
/// `fraction` (rounded up), the newest first, as these are next to what is tightened.
#[must_use]
pub fn kept(relaxation: &Relaxation, fraction: f64) -> Vec<bool> {
    let used: BTreeSet<VarId> =
        relaxation.model.rows.iter().flat_map(|r| r.cols.iter().copied()).collect();
    let whole: Vec<VarId> = used.into_iter().filter(|v| relaxation.is_whole(*v)).collect();
    let count = (fraction * whole.len() as f64).ceil() as usize;
    let mut kept = vec![false; relaxation.model.var_count()];
    for v in whole.iter().rev().take(count) {
        kept[v.index()] = true;
    }
    kept
}

/// A solution of the linear program of a box.
#[derive(Clone, Copy)]
pub struct Solution<'a> {
    /// The box.
    pub bounds: &'a [Interval],
    /// Values by column.
    pub values: &'a [f64],
    /// Multipliers.
    pub duals: &'a Duals,
}

/// The best split at a solution: the kept column that is not whole, or, if `spatial`, a factor of
/// the product that is off, for which the objective pays most: its distance times the weight that
/// the multipliers give to the rows that hold it. Nothing where neither is off.
#[must_use]
pub fn split(
    relaxation: &Relaxation,
    kept: &[bool],
    Solution { bounds, values, duals }: Solution<'_>,
    spatial: bool,
) -> Option<Split> {
    let tension = tension(relaxation, duals);
    let mut best: Option<((f64, f64), Split)> = None;
    // Where the multipliers say nothing, the distance alone decides.
    let mut offer = |score: (f64, f64), split: Split| {
        let better = |b: (f64, f64)| score.0 > b.0 || score.0 == b.0 && score.1 > b.1;
        if best.is_none_or(|b| better(b.0)) {
            best = Some((score, split));
        }
    };
    for (j, x) in values.iter().enumerate() {
        let open = bounds.get(j).is_some_and(|b| b.hi - b.lo >= 1.0);
        let off = (x - x.round()).abs();
        if open && off > NEGLIGIBLE && kept.get(j).copied().unwrap_or(false) {
            let weight = tension.get(j).copied().unwrap_or(0.0) / 2.0;
            offer((weight * off, off), Split { var: VarId(j as u32), at: x.floor() });
        }
    }
    let products = if spatial { relaxation.products.as_slice() } else { &[] };
    for p in products {
        let at = |v: VarId| values.get(v.index()).copied().unwrap_or(0.0);
        let off = (at(p.w) - at(p.x) * at(p.y)).abs();
        let shared = |v: VarId| relaxation.with_factor(v).len();
        // The factor of more products tightens more of them.
        let factors = if shared(p.y) > shared(p.x) { [p.y, p.x] } else { [p.x, p.y] };
        let wide = |v: &&VarId| !relaxation.is_whole(**v) && width(bounds, **v) > 1e-9;
        let most = width(bounds, p.x) * width(bounds, p.y) / 4.0;
        if off <= NEGLIGIBLE * most.max(1e-3) {
            continue;
        }
        if let Some(v) = factors.iter().find(wide) {
            let Some(b) = bounds.get(v.index()) else { continue };
            let margin = MARGIN * (b.hi - b.lo);
            let weight = tension.get(p.w.index()).copied().unwrap_or(0.0) / 2.0;
            let at = at(*v).clamp(b.lo + margin, b.hi - margin);
            offer((weight * off, off), Split { var: *v, at });
        }
    }
    best.map(|b| b.1)
}

fn width(bounds: &[Interval], v: VarId) -> f64 {
    bounds.get(v.index()).map_or(0.0, |b| b.hi - b.lo)
}

/// For each column the sum of `|y a|` over its entries: how hard the rows pull at it.
fn tension(relaxation: &Relaxation, duals: &Duals) -> Vec<f64> {
    let mut all = vec![0.0; relaxation.model.var_count()];
    for &(row, y) in duals.iter().filter(|d| (d.0 as usize) < relaxation.model.row_count()) {
        let row = relaxation.model.rows.get(RowId(row));
        for (v, a) in row.cols.iter().zip(row.vals) {
            all[v.index()] += (y * a).abs();
        }
    }
    all
}
