//! Features of a touched sample: a ball around the clean ones (papers 1.2, adversary block).

use std::collections::BTreeMap;

use super::super::builder::Builder;
use super::super::lin::Lin;
use super::super::recipe::Recipe;
use super::relations;
use crate::bounds::Interval;
use crate::bounds::reach::squared_radius;
use crate::ir::{Family, Place, QuadTerm, Rule, Sense, VarKind};
use crate::question::{FeatureKind, FeatureThreat, Norm};

/// The sample's switches.
pub struct FeatureVars {
    /// Where.
    pub place: Place,
    /// The sample's row of the data.
    pub row: usize,
    /// 0/1: the features may differ.
    pub touched: Lin,
}

/// The features of a touched sample.
pub struct Moved {
    /// Their values.
    pub values: Vec<Lin>,
    /// 0/1 quantities "this feature differs", where changes are counted in all samples together.
    pub changed: Vec<Lin>,
}

/// The poisoned features, with `e` the interval of each change.
///
/// Real features are written as `x_j + e_j` with the deviation as the column, so that products
/// with weights vanish where nothing is touched.
pub fn deviate(
    b: &mut Builder<'_>,
    threat: &FeatureThreat,
    x: &[f64],
    e: &[Interval],
    vars: &FeatureVars,
) -> Moved {
    let s = &vars.touched;
    let mut values = Vec::with_capacity(x.len());
    let mut changes = Vec::with_capacity(x.len());
    for j in 0..x.len() {
        let place = vars.place.i(j);
        let origin = Rule::Link.at(place);
        let clean = Lin::exact(x[j]);
        let (value, change) = match threat.kinds[j] {
            _ if e[j].is_point() => (clean, Lin::exact(0.0)),
            FeatureKind::Fixed => (clean, Lin::exact(0.0)),
            FeatureKind::Real => {
                let role = Family::Deviation.at(place);
                let d = b.variable(VarKind::Continuous, e[j], role, Recipe::Decision);
                (b.combine(&[(Interval::point(1.0), &d)], x[j]), d)
            }
            FeatureKind::Integer => integer(b, VarKind::Integer, x[j], e[j], place),
            FeatureKind::OneHot(_) => integer(b, VarKind::Binary, x[j], e[j], place),
        };
        if !change.is_zero() {
            b.row(&[(1.0, &change), (-e[j].hi, s)], Sense::Le, 0.0, origin);
            b.row(&[(1.0, &change), (-e[j].lo, s)], Sense::Ge, 0.0, origin);
            if let (Some((v, 1.0)), true) = (change.single(), change.constant == 0.0) {
                b.owners.insert(v, s.clone());
            }
        }
        values.push(value);
        changes.push(change);
    }
    one_hot_rows(b, &threat.kinds, &values, vars.place);
    let measured = threat.measured(vars.row);
    let counted = relations::count(b, threat, x, &changes, vars);
    relations::linear(b, threat, x, &values, vars);
    for (change, measured) in changes.iter_mut().zip(measured) {
        if !measured {
            *change = Lin::exact(0.0);
        }
    }
    ball(b, threat.norm, &changes, s, vars.place);
    Moved { values, changed: counted }
}

fn integer(b: &mut Builder<'_>, kind: VarKind, x: f64, e: Interval, place: Place) -> (Lin, Lin) {
    let range = Interval::point(x) + e;
    let role = Family::FeatureValue.at(place);
    let v = b.variable(kind, range, role, Recipe::Decision);
    let change = b.combine(&[(Interval::point(1.0), &v)], -x);
    (v, change)
}

/// Exactly one column of each one-hot group is 1.
pub fn one_hot_rows(b: &mut Builder<'_>, kinds: &[FeatureKind], values: &[Lin], place: Place) {
    let mut groups: BTreeMap<usize, Vec<&Lin>> = BTreeMap::new();
    for (kind, value) in kinds.iter().zip(values) {
        if let FeatureKind::OneHot(g) = kind {
            groups.entry(*g).or_default().push(value);
        }
    }
    for (g, members) in groups {
        let parts: Vec<(f64, &Lin)> = members.iter().map(|l| (1.0, *l)).collect();
        if members.iter().any(|l| !l.is_constant()) {
            b.row(&parts, Sense::Eq, 1.0, Rule::OneHot.at(place.i(g)));
        }
    }
}

fn ball(b: &mut Builder<'_>, norm: Norm, changes: &[Lin], s: &Lin, place: Place) {
    let moving: Vec<(usize, &Lin)> =
        changes.iter().enumerate().filter(|c| !c.1.is_zero()).collect();
    if moving.len() < 2 && changes.iter().all(|c| c.constant == 0.0) {
        // One real feature: the interval of its change is the ball.
        return;
    }
    match norm {
        Norm::Linf(_) | Norm::Arbitrary => {}
        Norm::L1(eps) => {
            let mut all = Vec::new();
            for &(j, e) in &moving {
                let place = place.i(j);
                let origin = Rule::Abs.at(place);
                let range = Interval::new(0.0, e.range.magnitude());
                let role = Family::AbsDeviation.at(place);
                let recipe = Recipe::Absolute(e.clone());
                let a = b.variable(VarKind::Continuous, range, role, recipe);
                b.row(&[(1.0, &a), (-1.0, e)], Sense::Ge, 0.0, origin);
                b.row(&[(1.0, &a), (1.0, e)], Sense::Ge, 0.0, origin);
                all.push(a);
            }
            let mut parts: Vec<(f64, &Lin)> = all.iter().map(|a| (1.0, a)).collect();
            parts.push((-eps, s));
            b.row(&parts, Sense::Le, 0.0, Rule::Ball.at(place));
        }
        Norm::L2(eps) => {
            // sum e_j^2 <= eps^2 s is convex and, for binary s, the tighter (perspective) form.
            let mut quad = Vec::new();
            for &(j, e) in &moving {
                let e = b.define(e, Family::Deviation.at(place.i(j)), Rule::Define);
                if let Some((v, _)) = e.single() {
                    quad.push(QuadTerm { i: v, j: v, coefficient: 1.0 });
                }
            }
            let linear = b.scale(-squared_radius(eps), s);
            b.quad_row(&linear, &quad, Sense::Le, 0.0, Rule::Ball.at(place));
        }
    }
}
