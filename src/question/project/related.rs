//! Features that satisfy the relations of the threat.

use dashu::rational::RBig;

use super::features::{discrete, inside, size, toward};
use crate::question::membership::in_ball;
use crate::question::relation::{Comparison, Linear, Version, broken, exact};
use crate::question::threat::{FeatureKind, FeatureThreat};

/// Rounds over all linear relations.
const ROUNDS: usize = 30;

/// Grids on which changes are tried where an equation must hold exactly.
const GRIDS: [i32; 5] = [0, 40, 30, 20, 10];

/// Whether sample `row` may have these features, of the right kinds, in place of the clean ones.
fn allowed(threat: &FeatureThreat, row: usize, clean: &[f64], x: &[f64]) -> bool {
    let inside = |(j, v): (usize, &f64)| {
        let (lo, hi) = threat.domain[j];
        threat.kinds[j] == FeatureKind::Fixed || (lo..=hi).contains(v)
    };
    x.iter().enumerate().all(inside)
        && in_ball(threat.norm, &threat.measured(row), clean, x)
        && broken(threat, row, clean, x).is_none()
}

/// Features near `x` that the threat allows, `x` itself if it does. Real features are moved onto the
/// relations, or shrunk towards their clean values; where that does not do, discrete features go
/// back, smallest change first.
pub(super) fn repaired(
    threat: &FeatureThreat,
    row: usize,
    clean: &[f64],
    mut x: Vec<f64>,
) -> Vec<f64> {
    let fits = |x: &[f64]| allowed(threat, row, clean, x);
    let real = |j: usize| threat.kinds[j] == FeatureKind::Real;
    let units = discrete(&threat.kinds);
    loop {
        if fits(&x) {
            return x;
        }
        let moved = onto(threat, row, clean, &x);
        for grid in GRIDS {
            let y = exactly(threat, row, clean, &moved, grid);
            if fits(&y) {
                return y;
            }
        }
        let shrunk = |factor: f64| -> Vec<f64> {
            let part = |j: usize| if real(j) { toward(threat, j, clean, &x, factor) } else { x[j] };
            (0..x.len()).map(part).collect()
        };
        if fits(&shrunk(0.0)) {
            let (mut low, mut high) = (0.0, 1.0);
            for _ in 0..60 {
                let middle = 0.5 * (low + high);
                if fits(&shrunk(middle)) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return shrunk(low);
        }
        let changed = units.iter().filter(|c| size(c, clean, &x) > 0.0);
        let smallest = changed.min_by(|a, b| size(a, clean, &x).total_cmp(&size(b, clean, &x)));
        let Some(columns) = smallest.cloned() else { return clean.to_vec() };
        columns.into_iter().for_each(|j| x[j] = clean[j]);
    }
}

/// The new real features of the relation that may move, with their coefficients.
fn movable(
    threat: &FeatureThreat,
    row: usize,
    clean: &[f64],
    x: &[f64],
    linear: &Linear,
) -> Vec<(usize, f64)> {
    let relations = &threat.relations;
    let counted = relations.changed.is_some() || relations.cells.is_some();
    let mut all: Vec<(usize, f64)> = Vec::new();
    for term in linear.terms.iter().filter(|t| t.version == Version::New) {
        let j = term.feature;
        let free =
            threat.kinds[j] == FeatureKind::Real && threat.change_limits(row, j) != (0.0, 0.0);
        if free && (!counted || x[j] != clean[j]) {
            match all.iter_mut().find(|(k, _)| *k == j) {
                Some((_, c)) => *c += term.coefficient,
                None => all.push((j, term.coefficient)),
            }
        }
    }
    all.retain(|(_, c)| *c != 0.0);
    all
}

/// Whether the relation asks for something at `x`.
fn asks(linear: &Linear, x: &[f64]) -> bool {
    linear.when.is_none_or(|w| x.get(w.feature) == Some(&w.value))
}

/// Moves the real features onto every relation in turn, each by the nearest point.
fn onto(threat: &FeatureThreat, row: usize, clean: &[f64], x: &[f64]) -> Vec<f64> {
    let mut x = x.to_vec();
    for _ in 0..ROUNDS {
        let mut still = true;
        for (_, linear) in threat.relations.linear_of(row) {
            if !asks(linear, &x) || linear.holds(clean, &x) {
                continue;
            }
            still = false;
            let parts = movable(threat, row, clean, &x, linear);
            let square: f64 = parts.iter().map(|(_, c)| c * c).sum();
            let excess = linear.excess(clean, &x).to_f64().value();
            // A little further than needed, so that rounding does not leave it outside.
            let margin = 1e-14 * (1.0 + excess.abs() + linear.rhs.abs());
            let by = match linear.comparison {
                Comparison::AtMost => excess + margin,
                Comparison::AtLeast => excess - margin,
                Comparison::Equal => excess,
            };
            for (j, c) in parts {
                let (lo, hi) = threat.domain[j];
                let limits = threat.change_limits(row, j);
                x[j] = inside(x[j] - by * c / square, clean[j], limits, lo, hi);
            }
        }
        if still {
            break;
        }
    }
    x
}

/// Rounds the changes of real features to multiples of `2^-grid` (none for 0) and solves every
/// equation for one of them: sums of doubles then have a chance to be exact.
fn exactly(threat: &FeatureThreat, row: usize, clean: &[f64], x: &[f64], grid: i32) -> Vec<f64> {
    let mut x = x.to_vec();
    if grid > 0 {
        let unit = 2f64.powi(-grid);
        for (j, v) in x.iter_mut().enumerate() {
            if threat.kinds[j] == FeatureKind::Real {
                *v = clean[j] + ((*v - clean[j]) / unit).round() * unit;
            }
        }
    }
    for (_, linear) in threat.relations.linear_of(row) {
        let equation = linear.comparison == Comparison::Equal && asks(linear, &x);
        let parts = if equation { movable(threat, row, clean, &x, linear) } else { Vec::new() };
        if let Some(&(j, c)) = parts.first() {
            let needed: RBig = exact(x[j]) - linear.excess(clean, &x) / exact(c);
            x[j] = needed.to_f64().value();
        }
    }
    x
}
