//! The nearest features (nearly) that a touched sample may have.

use std::collections::{BTreeMap, BTreeSet};

use super::related::repaired;
use crate::question::membership::in_ball;
use crate::question::relation::exact;
use crate::question::threat::{FeatureKind, FeatureThreat};

/// Features near `moved` that the threat allows sample `row`; at worst the clean ones.
pub(super) fn features(
    threat: &FeatureThreat,
    row: usize,
    clean: &[f64],
    moved: Vec<f64>,
) -> Vec<f64> {
    let mut x = limited(threat, row, clean, moved);
    few(threat, row, clean, &mut x);
    let x = shrunk(threat, row, clean, x);
    if threat.relations.is_empty() { x } else { repaired(threat, row, clean, x) }
}

/// The double nearest to `v` (nearly) in `[lo, hi]` whose exact distance from `centre` lies between
/// `by.0 <= 0` and `by.1 >= 0`; `centre` where `v` is not a number.
pub(super) fn inside(v: f64, centre: f64, by: (f64, f64), lo: f64, hi: f64) -> f64 {
    if v.is_nan() || lo.is_nan() || hi.is_nan() || lo > hi {
        return centre;
    }
    let (down, up) = by;
    let mut v = v.max(centre + down).min(centre + up).max(lo).min(hi);
    while up.is_finite() && exact(v) - exact(centre) > exact(up) {
        v = v.next_down();
    }
    while down.is_finite() && exact(v) - exact(centre) < exact(down) {
        v = v.next_up();
    }
    v
}

/// The integer nearest to `v` within the limits; `centre` if there is none.
fn integer_inside(v: f64, centre: f64, by: (f64, f64), lo: f64, hi: f64) -> f64 {
    let r = inside(v, centre, by, lo, hi).round();
    let fits = |r: f64| (lo..=hi).contains(&r) && inside(r, centre, by, lo, hi) == r;
    [r, r - 1.0, r + 1.0].into_iter().find(|r| fits(*r)).unwrap_or(centre)
}

/// Every feature by itself: within its limits and its domain, and of its kind.
fn limited(threat: &FeatureThreat, row: usize, clean: &[f64], moved: Vec<f64>) -> Vec<f64> {
    let mut x = moved;
    for (j, v) in x.iter_mut().enumerate() {
        let (lo, hi) = threat.domain.get(j).copied().unwrap_or((clean[j], clean[j]));
        let by = threat.change_limits(row, j);
        *v = match threat.kinds[j] {
            FeatureKind::Fixed => clean[j],
            FeatureKind::Real => inside(*v, clean[j], by, lo, hi),
            FeatureKind::Integer => integer_inside(*v, clean[j], by, lo, hi),
            FeatureKind::OneHot(_) => *v,
        };
    }
    one_hot(&threat.kinds, &mut x, clean);
    for columns in discrete(&threat.kinds) {
        let fits = |&j: &usize| {
            let (down, up) = threat.change_limits(row, j);
            (down..=up).contains(&(x[j] - clean[j]))
        };
        if !columns.iter().all(fits) {
            columns.into_iter().for_each(|j| x[j] = clean[j]);
        }
    }
    x
}

/// Makes every group one-hot at its largest value; the clean one wins ties.
fn one_hot(kinds: &[FeatureKind], x: &mut [f64], clean: &[f64]) {
    let mut done = BTreeSet::new();
    for j in 0..x.len() {
        let FeatureKind::OneHot(g) = kinds[j] else { continue };
        if !done.insert(g) {
            continue;
        }
        let members: Vec<usize> =
            (0..x.len()).filter(|k| kinds[*k] == FeatureKind::OneHot(g)).collect();
        let key = |k: usize| if x[k].is_nan() { f64::NEG_INFINITY } else { x[k] };
        let mut best = members.iter().copied().find(|k| clean[*k] == 1.0).unwrap_or(j);
        for &k in &members {
            if key(k) > key(best) {
                best = k;
            }
        }
        for k in members {
            x[k] = if k == best { 1.0 } else { 0.0 };
        }
    }
}

/// The columns of each integer feature and of each one-hot group.
pub(super) fn discrete(kinds: &[FeatureKind]) -> Vec<Vec<usize>> {
    let mut all = Vec::new();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (j, kind) in kinds.iter().enumerate() {
        match kind {
            FeatureKind::Fixed | FeatureKind::Real => {}
            FeatureKind::Integer => all.push(vec![j]),
            FeatureKind::OneHot(g) => groups.entry(*g).or_default().push(j),
        }
    }
    all.extend(groups.into_values());
    all
}

/// How far these columns are from their clean values.
pub(super) fn size(columns: &[usize], clean: &[f64], x: &[f64]) -> f64 {
    columns.iter().map(|&j| (x[j] - clean[j]).abs()).sum()
}

/// Keeps the largest changes where only so many features may change.
fn few(threat: &FeatureThreat, row: usize, clean: &[f64], x: &mut [f64]) {
    let Some(most) = threat.relations.changed else { return };
    let mut counted = threat.counted(row);
    // Largest first; ties in the order of the columns.
    counted.sort_by(|a, b| size(b, clean, x).total_cmp(&size(a, clean, x)));
    for columns in counted.into_iter().skip(most) {
        columns.into_iter().for_each(|j| x[j] = clean[j]);
    }
}

/// Into the ball: discrete features go back to their clean values, smallest change first, until the
/// rest fits; then the real ones are shrunk.
fn shrunk(threat: &FeatureThreat, row: usize, clean: &[f64], mut x: Vec<f64>) -> Vec<f64> {
    let measured = threat.measured(row);
    let fits = |x: &[f64]| in_ball(threat.norm, &measured, clean, x);
    if fits(&x) {
        return x;
    }
    let free = |j: usize| measured[j] && threat.kinds[j] == FeatureKind::Real;
    let mut units = discrete(&threat.kinds);
    units.retain(|columns| columns.iter().any(|&j| measured[j]));
    loop {
        let only: Vec<f64> = (0..x.len()).map(|j| if free(j) { clean[j] } else { x[j] }).collect();
        if fits(&only) {
            break;
        }
        let changed = units.iter().filter(|c| size(c, clean, &x) > 0.0);
        let smallest = changed.min_by(|a, b| {
            let largest =
                |c: &[usize]| c.iter().fold(0.0, |m: f64, &j| m.max((x[j] - clean[j]).abs()));
            largest(a).total_cmp(&largest(b))
        });
        let Some(columns) = smallest.cloned() else { return clean.to_vec() };
        columns.into_iter().for_each(|j| x[j] = clean[j]);
    }
    let scaled = |factor: f64| -> Vec<f64> {
        let part = |j: usize| if free(j) { toward(threat, j, clean, &x, factor) } else { x[j] };
        (0..x.len()).map(part).collect()
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if fits(&scaled(middle)) {
            low = middle;
        } else {
            high = middle;
        }
    }
    let x = scaled(low);
    if fits(&x) { x } else { clean.to_vec() }
}

/// The point at `factor` of the way from the clean value of feature `j` to its new one.
pub(super) fn toward(
    threat: &FeatureThreat,
    j: usize,
    clean: &[f64],
    x: &[f64],
    factor: f64,
) -> f64 {
    let (lo, hi) = threat.domain[j];
    (clean[j] + factor * (x[j] - clean[j])).max(lo).min(hi)
}
