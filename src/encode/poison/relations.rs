//! Relations between the old and the new features of a touched sample (papers 2.3).
//!
//! All rows are *exact* in the adversary's decisions up to outward rounding: an untouched sample
//! satisfies them, as the clean data do.

use super::super::builder::Builder;
use super::super::lin::Lin;
use super::super::recipe::Recipe;
use super::features::{Feature, FeatureVars};
use crate::bounds::Interval;
use crate::ir::{Family, Rule, Sense, VarKind};
use crate::question::relation::{Comparison, Version, When};
use crate::question::{FeatureKind, FeatureThreat};

/// Limits how many features of the sample change. Returns the 0/1 quantities "this feature differs"
/// where changes are counted in all samples together. They may be 1 where nothing differs, never 0
/// where something does.
pub(super) fn count(
    b: &mut Builder<'_>,
    threat: &FeatureThreat,
    x: &[f64],
    features: &[Feature],
    vars: &FeatureVars,
) -> Vec<Lin> {
    let relations = &threat.relations;
    if relations.changed.is_none() && relations.cells.is_none() {
        return Vec::new();
    }
    let mut all = Vec::new();
    for columns in threat.counted(vars.row) {
        let one_hot = |&j: &usize| matches!(threat.kinds[j], FeatureKind::OneHot(_));
        let differs = match columns.as_slice() {
            [j] if !one_hot(j) => single(b, *j, &features[*j], vars),
            // Another category than the clean one.
            group => match group.iter().find(|j| x[**j] == 1.0) {
                Some(&j) => b.scale(-1.0, &features[j].change).within(Interval::UNIT),
                None => Lin::exact(0.0),
            },
        };
        if !differs.is_zero() {
            all.push(differs);
        }
    }
    if let Some(most) = relations.changed
        && all.len() > most
    {
        let mut parts: Vec<(f64, &Lin)> = all.iter().map(|d| (1.0, d)).collect();
        parts.push((-(most as f64), &vars.touched));
        b.row(&parts, Sense::Le, 0.0, Rule::Changes.at(vars.place));
    }
    if relations.cells.is_some() { all } else { Vec::new() }
}

/// A 0/1 quantity that is 1 where feature `j` differs.
fn single(b: &mut Builder<'_>, j: usize, feature: &Feature, vars: &FeatureVars) -> Lin {
    let change = &feature.change;
    if change.is_zero() {
        return Lin::exact(0.0);
    }
    if let Some(levels) = &feature.levels {
        return first(b, levels);
    }
    let range = change.range;
    let place = vars.place.i(j);
    let differs = b.binary(Family::FeatureChanged.at(place), Recipe::Decision);
    let origin = Rule::Changes.at(place);
    b.require(&[(1.0, change), (-range.hi, &differs)], Sense::Le, 0.0, origin);
    b.require(&[(1.0, change), (-range.lo, &differs)], Sense::Ge, 0.0, origin);
    differs
}

/// Whether an integer changes at all, upwards or downwards.
fn first(b: &Builder<'_>, levels: &[Vec<Lin>; 2]) -> Lin {
    let firsts: Vec<Lin> = levels.iter().filter_map(|l| l.first().cloned()).collect();
    b.sum(&firsts).within(Interval::UNIT)
}

/// The linear relations of the sample. One that has a condition is relaxed by its largest excess
/// where the condition does not hold.
pub(super) fn linear(
    b: &mut Builder<'_>,
    threat: &FeatureThreat,
    x: &[f64],
    features: &[Feature],
    vars: &FeatureVars,
) {
    let one = Interval::point(1.0);
    let mut conditions: Vec<(When, Lin)> = Vec::new();
    for (number, relation) in threat.relations.linear_of(vars.row) {
        let place = vars.place.i(number);
        let holds = match relation.when {
            None => Lin::exact(1.0),
            Some(when) => match conditions.iter().find(|c| c.0 == when) {
                Some((_, known)) => known.clone(),
                None => {
                    let j = when.feature;
                    let new = match &features[j].levels {
                        Some(levels) => level(b, levels, when.value - x[j]),
                        None => {
                            let kind = threat.kinds[j];
                            condition(b, kind, &features[j].value, when, number, vars)
                        }
                    };
                    conditions.push((when, new.clone()));
                    new
                }
            },
        };
        if holds.is_zero() {
            continue;
        }
        let rhs = Lin::exact(relation.rhs);
        let mut parts = vec![(Interval::point(-1.0), rhs)];
        parts.extend(relation.terms.iter().map(|t| {
            let value = match t.version {
                Version::Old => Lin::exact(x[t.feature]),
                Version::New => features[t.feature].value.clone(),
            };
            (Interval::point(t.coefficient), value)
        }));
        let borrowed: Vec<(Interval, &Lin)> = parts.iter().map(|(c, l)| (*c, l)).collect();
        let excess = b.combine(&borrowed, 0.0);
        let certain = holds.is_constant();
        if certain && excess.is_constant() {
            // The features that occur are as in the data, which satisfy the relation.
            continue;
        }
        let origin = Rule::Relation.at(place);
        if certain && relation.comparison == Comparison::Equal {
            b.equal(&excess, &Lin::exact(0.0), origin);
            continue;
        }
        let negated = b.combine(&[(one.scale(-1.0), &excess)], 0.0);
        let sides: &[&Lin] = match relation.comparison {
            Comparison::AtMost => &[&excess],
            Comparison::AtLeast => &[&negated],
            Comparison::Equal => &[&excess, &negated],
        };
        for side in sides {
            // excess <= 0, or <= the largest excess where the condition does not hold.
            let most = if certain { 0.0 } else { side.range.hi.max(0.0) };
            b.require(&[(1.0, side), (most, &holds)], Sense::Le, most, origin);
        }
    }
}

/// The 0/1 quantity "an integer changes by just so much".
fn level(b: &Builder<'_>, levels: &[Vec<Lin>; 2], by: f64) -> Lin {
    if by == 0.0 {
        return b.sub(&Lin::exact(1.0), &first(b, levels)).within(Interval::UNIT);
    }
    let [up, down] = levels;
    let ladder = if by > 0.0 { up } else { down };
    let at = by.abs();
    if at.fract() != 0.0 || at > ladder.len() as f64 {
        return Lin::exact(0.0);
    }
    // At most `MOST_LEVELS`.
    let at = at as usize;
    match (ladder.get(at - 1), ladder.get(at)) {
        (Some(reached), Some(passed)) => b.sub(reached, passed).within(Interval::UNIT),
        (Some(reached), None) => reached.clone(),
        (None, _) => Lin::exact(0.0),
    }
}

/// A 0/1 quantity that is 1 where the feature has the value of the condition. It may be 1 elsewhere
/// too, which requires more than needed, but never has to be.
fn condition(
    b: &mut Builder<'_>,
    kind: FeatureKind,
    value: &Lin,
    when: When,
    number: usize,
    vars: &FeatureVars,
) -> Lin {
    let one = Lin::exact(1.0);
    let (range, v) = (value.range, when.value);
    if !range.contains(v) || v.fract() != 0.0 {
        return Lin::exact(0.0);
    }
    if value.is_constant() {
        return one;
    }
    if matches!(kind, FeatureKind::OneHot(_)) {
        return if v == 1.0 { value.clone() } else { b.sub(&one, value).within(Interval::UNIT) };
    }
    let place = vars.place.i(number);
    let origin = Rule::Condition.at(place);
    let side = |b: &mut Builder<'_>, j: usize, recipe: Recipe| {
        let role = Family::ConditionSide.at(place.j(j));
        b.variable(VarKind::Binary, Interval::UNIT, role, recipe)
    };
    let mut sides = Vec::new();
    if range.lo < v {
        let (quantity, condition) = (value.clone(), one.clone());
        let recipe = Recipe::Below { quantity, threshold: v - 0.5, condition };
        let below = side(b, 0, recipe);
        let parts = [(1.0, value), (range.hi - v + 1.0, &below)];
        b.require(&parts, Sense::Le, range.hi, origin);
        sides.push(below);
    }
    if range.hi > v {
        let recipe = Recipe::Above { quantity: value.clone(), threshold: v + 0.5, at: false };
        let above = side(b, 1, recipe);
        let parts = [(1.0, value), (-(v + 1.0 - range.lo), &above)];
        b.require(&parts, Sense::Ge, range.lo, origin);
        sides.push(above);
    }
    let elsewhere = b.sum(&sides);
    if sides.len() > 1 {
        b.row(&[(1.0, &elsewhere)], Sense::Le, 1.0, origin);
    }
    b.sub(&one, &elsewhere).within(Interval::UNIT)
}
