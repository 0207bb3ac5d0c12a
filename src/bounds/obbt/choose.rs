//! Where a box is split.

use std::collections::BTreeSet;

use super::relaxation::Relaxation;
use crate::bounds::Interval;
use crate::ir::VarId;

/// Distance from a whole number, and relative error of a product, that count as none.
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

/// The best split at a solution of the linear program: the kept column that is farthest from whole,
/// or, if `spatial`, a factor of the product that is farthest from its value, whichever is farther,
/// measured by the most that can be. Nothing where neither is off.
#[must_use]
pub fn split(
    relaxation: &Relaxation,
    kept: &[bool],
    bounds: &[Interval],
    values: &[f64],
    spatial: bool,
) -> Option<Split> {
    let mut best: Option<(f64, Split)> = None;
    let mut offer = |score: f64, split: Split| {
        if score > NEGLIGIBLE && best.is_none_or(|b| score > b.0) {
            best = Some((score, split));
        }
    };
    for (j, x) in values.iter().enumerate() {
        let open = bounds.get(j).is_some_and(|b| b.hi - b.lo >= 1.0);
        if open && kept.get(j).copied().unwrap_or(false) {
            let off = (x - x.round()).abs();
            offer(2.0 * off, Split { var: VarId(j as u32), at: x.floor() });
        }
    }
    if spatial {
        for (k, off) in errors(relaxation, bounds, values).into_iter().enumerate() {
            let (score, p) = (off, relaxation.products[k]);
            let shared = |v: VarId| relaxation.with_factor(v).len();
            // The factor of more products tightens more of them.
            let factors = if shared(p.y) > shared(p.x) { [p.y, p.x] } else { [p.x, p.y] };
            let wide = |v: &&VarId| !relaxation.is_whole(**v) && width(bounds, **v) > 1e-9;
            if let Some(v) = factors.iter().find(wide) {
                let Some(b) = bounds.get(v.index()) else { continue };
                let margin = MARGIN * (b.hi - b.lo);
                let value = values.get(v.index()).copied().unwrap_or(b.lo);
                offer(score, Split { var: *v, at: value.clamp(b.lo + margin, b.hi - margin) });
            }
        }
    }
    best.map(|b| b.1)
}

fn width(bounds: &[Interval], v: VarId) -> f64 {
    bounds.get(v.index()).map_or(0.0, |b| b.hi - b.lo)
}

/// `|w - x y|` of each product, by the most that the envelope admits.
fn errors(relaxation: &Relaxation, bounds: &[Interval], values: &[f64]) -> Vec<f64> {
    let at = |v: VarId| values.get(v.index()).copied().unwrap_or(0.0);
    let relative = |p: &super::relaxation::Product| {
        let most = width(bounds, p.x) * width(bounds, p.y) / 4.0;
        let off = (at(p.w) - at(p.x) * at(p.y)).abs();
        if most > 0.0 && off > NEGLIGIBLE { off / most } else { 0.0 }
    };
    relaxation.products.iter().map(relative).collect()
}
