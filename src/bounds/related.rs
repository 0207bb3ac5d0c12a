//! What the linear relations of one sample leave of the changes of its features.

use super::interval::{Interval, add_up};
use super::reach::whole;
use crate::question::relation::{Comparison, Linear, Version};
use crate::question::{FeatureKind, FeatureThreat};

/// Sweeps over all relations. Each is sound by itself; later ones gain little.
const SWEEPS: usize = 2;

/// Tightens the changes `e` of the features of the touched sample `row`, which is `x` in the data,
/// by outward-rounded propagation of the linear relations that are bound to hold. *Relaxation*: no
/// change that satisfies them is lost. The clean sample satisfies them, so 0 stays in every interval.
pub(super) fn tighten(threat: &FeatureThreat, row: usize, x: &[f64], e: &mut [Interval]) {
    for _ in 0..SWEEPS {
        for (_, linear) in threat.relations.linear_of(row) {
            if !certain(linear, x, e) {
                continue;
            }
            // rhs - (the sum at the clean features): what a change may add.
            let room = linear.terms.iter().fold(Interval::point(linear.rhs), |room, t| {
                room - Interval::point(x[t.feature]).scale(t.coefficient)
            });
            let new = linear.terms.iter().filter(|t| t.version == Version::New);
            let up: Vec<(usize, f64)> = new.map(|t| (t.feature, t.coefficient)).collect();
            let down: Vec<(usize, f64)> = up.iter().map(|(j, c)| (*j, -c)).collect();
            if matches!(linear.comparison, Comparison::AtMost | Comparison::Equal) {
                propagate(&threat.kinds, &up, room.hi, e);
            }
            if matches!(linear.comparison, Comparison::AtLeast | Comparison::Equal) {
                propagate(&threat.kinds, &down, -room.lo, e);
            }
        }
    }
}

/// Whether the relation holds whatever the changes are: it has no condition, or one that holds.
fn certain(linear: &Linear, x: &[f64], e: &[Interval]) -> bool {
    linear.when.is_none_or(|w| e[w.feature].is_point() && x[w.feature] == w.value)
}

/// Tightens by `sum of c_j e_j <= most`.
fn propagate(kinds: &[FeatureKind], parts: &[(usize, f64)], most: f64, e: &mut [Interval]) {
    for (k, &(j, c)) in parts.iter().enumerate() {
        if c == 0.0 || e[j].is_point() {
            continue;
        }
        let others = parts.iter().enumerate().filter(|(other, _)| *other != k);
        let least: f64 = others.map(|(_, (i, c))| e[*i].scale(*c)).sum::<Interval>().lo;
        let room = Interval::point(add_up(most, -least).max(0.0)).divide(c.abs()).hi;
        if room.is_nan() {
            continue;
        }
        let tight = if c > 0.0 {
            Interval { lo: e[j].lo, hi: e[j].hi.min(room) }
        } else {
            Interval { lo: e[j].lo.max(-room), hi: e[j].hi }
        };
        e[j] = match kinds[j] {
            FeatureKind::Integer | FeatureKind::OneHot(_) => whole(tight),
            FeatureKind::Real | FeatureKind::Fixed => tight,
        };
    }
}
