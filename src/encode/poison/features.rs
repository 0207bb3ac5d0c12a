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

/// One feature of a touched sample.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Its value.
    pub value: Lin,
    /// How much it changes.
    pub change: Lin,
    /// An integer's 0/1 quantities "changes by 1, 2, ... or more", upwards and downwards.
    pub levels: Option<[Vec<Lin>; 2]>,
}

impl Feature {
    fn clean(x: f64) -> Self {
        Feature { value: Lin::exact(x), change: Lin::exact(0.0), levels: None }
    }
}

/// Most levels of an integer feature. Products with so few binaries are linear.
const MOST_LEVELS: f64 = 8.0;

/// The poisoned features, with `e` the interval of each change.
///
/// Real features are written as `x_j + e_j` with the deviation as the column, so that products
/// with weights vanish where nothing is touched. So are integers with few values, whose deviation
/// is a sum of binaries: their products with weights are exact linear rows.
pub fn deviate(
    b: &mut Builder<'_>,
    threat: &FeatureThreat,
    x: &[f64],
    e: &[Interval],
    vars: &FeatureVars,
) -> Moved {
    let s = &vars.touched;
    let mut all = Vec::with_capacity(x.len());
    for j in 0..x.len() {
        let place = vars.place.i(j);
        let feature = match threat.kinds[j] {
            _ if e[j].is_point() => Feature::clean(x[j]),
            FeatureKind::Fixed => Feature::clean(x[j]),
            FeatureKind::Real => {
                let role = Family::Deviation.at(place);
                let d = b.variable(VarKind::Continuous, e[j], role, Recipe::Decision);
                let value = b.combine(&[(Interval::point(1.0), &d)], x[j]);
                linked(b, Feature { value, change: d, levels: None }, e[j], s, place)
            }
            FeatureKind::Integer if e[j].width() <= MOST_LEVELS => levels(b, x[j], e[j], s, place),
            FeatureKind::Integer => {
                let feature = integer(b, VarKind::Integer, x[j], e[j], place);
                linked(b, feature, e[j], s, place)
            }
            FeatureKind::OneHot(_) => {
                let feature = integer(b, VarKind::Binary, x[j], e[j], place);
                linked(b, feature, e[j], s, place)
            }
        };
        all.push(feature);
    }
    let values: Vec<Lin> = all.iter().map(|f| f.value.clone()).collect();
    one_hot_rows(b, &threat.kinds, &values, vars.place);
    let changed = relations::count(b, threat, x, &all, vars);
    relations::linear(b, threat, x, &all, vars);
    let measured = threat.measured(vars.row);
    let changes: Vec<Lin> = all
        .into_iter()
        .zip(measured)
        .map(|(f, measured)| if measured { f.change } else { Lin::exact(0.0) })
        .collect();
    ball(b, threat.norm, &changes, s, vars.place);
    Moved { values, changed }
}

/// A change needs a touched sample.
fn linked(b: &mut Builder<'_>, feature: Feature, e: Interval, s: &Lin, place: Place) -> Feature {
    let change = &feature.change;
    let origin = Rule::Link.at(place);
    b.row(&[(1.0, change), (-e.hi, s)], Sense::Le, 0.0, origin);
    b.row(&[(1.0, change), (-e.lo, s)], Sense::Ge, 0.0, origin);
    if let (Some((v, 1.0)), true) = (change.single(), change.constant == 0.0) {
        b.owners.insert(v, s.clone());
    }
    feature
}

/// An integer whose change is a sum of binaries, each of which needs the one before it, and the first
/// a touched sample. *Exact.*
fn levels(b: &mut Builder<'_>, x: f64, e: Interval, s: &Lin, place: Place) -> Feature {
    let origin = Rule::Link.at(place);
    let ladder = |b: &mut Builder<'_>, steps: f64, down: usize| -> Vec<Lin> {
        let mut all: Vec<Lin> = Vec::new();
        while (all.len() as f64) < steps {
            let role = Family::FeatureLevel.at(place.j(2 * all.len() + down));
            let level = b.binary(role, Recipe::Decision);
            if let Some(last) = all.last() {
                b.row(&[(1.0, &level), (-1.0, last)], Sense::Le, 0.0, origin);
            }
            all.push(level);
        }
        all
    };
    let both = [ladder(b, e.hi, 0), ladder(b, -e.lo, 1)];
    let firsts: Vec<&Lin> = both.iter().filter_map(|l| l.first()).collect();
    let mut parts: Vec<(f64, &Lin)> = firsts.iter().map(|l| (1.0, *l)).collect();
    parts.push((-1.0, s));
    b.row(&parts, Sense::Le, 0.0, origin);
    let [up, down] = &both;
    let parts: Vec<(Interval, &Lin)> = up
        .iter()
        .map(|l| (Interval::point(1.0), l))
        .chain(down.iter().map(|l| (Interval::point(-1.0), l)))
        .collect();
    let change = b.combine(&parts, 0.0).within(e);
    let value = b.combine(&[(Interval::point(1.0), &change)], x);
    let value = value.within(Interval::point(x) + e);
    Feature { value, change, levels: Some(both) }
}

fn integer(b: &mut Builder<'_>, kind: VarKind, x: f64, e: Interval, place: Place) -> Feature {
    let range = Interval::point(x) + e;
    let role = Family::FeatureValue.at(place);
    let v = b.variable(kind, range, role, Recipe::Decision);
    let change = b.combine(&[(Interval::point(1.0), &v)], -x);
    Feature { value: v, change, levels: None }
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
