//! Derivative of the loss of one sample by each output, times its presence (papers 1.2, 1.3).

use super::super::builder::Builder;
use super::super::lin::Lin;
use super::super::tighten::Wanted;
use super::adversary::{Slot, SlotLabel};
use super::directional::Score;
use crate::bounds::Interval;
use crate::ir::{Family, Place, Rule};
use crate::question::{FlipEncoding, Loss, Target};

/// `dL/df_k * present` for every output `k`, or `None` for a loss that cannot be encoded.
pub fn gradient(
    b: &mut Builder<'_>,
    loss: Loss,
    flips: FlipEncoding,
    f: &[Lin],
    slot: &Slot,
    score: Option<Score>,
    place: Place,
) -> Option<Vec<Lin>> {
    match (loss, &slot.label) {
        (Loss::Hinge, SlotLabel::Discrete(all)) => {
            Some(step(b, flips, 1.0, f, (all, score), place))
        }
        (Loss::Perceptron, SlotLabel::Discrete(all)) => {
            Some(step(b, flips, 0.0, f, (all, score), place))
        }
        (Loss::Margin, SlotLabel::Discrete(all)) => Some(margin(b, flips, f, all, place)),
        (Loss::Squared | Loss::Absolute | Loss::Huber { .. }, label) => {
            let y = real_targets(b, label)?;
            Some(residual_gradient(b, loss, f, &y, &slot.present, place))
        }
        (Loss::Hinge | Loss::Perceptron | Loss::Margin, SlotLabel::Real(_))
        | (Loss::Logistic | Loss::CrossEntropy, _) => None,
    }
}

/// The quantities that the loss of a sample will switch, for [`Builder::announce`].
pub fn switched(b: &Builder<'_>, loss: Loss, f: &[Lin], slot: &Slot, place: Place) -> Vec<Wanted> {
    match (loss, &slot.label) {
        (Loss::Hinge, SlotLabel::Discrete(all)) => vec![score_switch(1.0, &f[0], all, place)],
        (Loss::Perceptron, SlotLabel::Discrete(all)) => vec![score_switch(0.0, &f[0], all, place)],
        (Loss::Margin, SlotLabel::Discrete(all)) => {
            let labels = all.iter().filter_map(|(target, _)| match target {
                Target::Class(l) => Some(*l),
                Target::Sign(_) | Target::Real(_) => None,
            });
            let wrong =
                labels.flat_map(|l| (0..f.len()).filter(move |c| *c != l).map(move |c| (l, c)));
            wrong.map(|pair| margin_switch(b, f, pair, place)).collect()
        }
        (Loss::Absolute | Loss::Huber { .. }, label) => {
            let (at, family) = match loss {
                Loss::Huber { delta } => (delta, Family::HuberSwitch),
                _ => (0.0, Family::AbsSwitch),
            };
            let targets = real_targets(b, label).unwrap_or_default();
            let residuals = f.iter().zip(&targets).map(|(f, y)| b.sub(f, y)).enumerate();
            residuals.map(|(k, r)| residual_switch(r, at, family, place.i(k))).collect()
        }
        (Loss::Squared | Loss::Logistic | Loss::CrossEntropy, _)
        | (Loss::Hinge | Loss::Perceptron | Loss::Margin, SlotLabel::Real(_)) => Vec::new(),
    }
}

/// A score, which each possible label compares with its own threshold.
fn score_switch(threshold: f64, f: &Lin, labels: &[(Target, Lin)], place: Place) -> Wanted {
    let mut points: Vec<f64> = Vec::new();
    for (target, indicator) in labels {
        if let (Target::Sign(y), false) = (target, indicator.is_zero()) {
            // Both labels of a perceptron have their kink at 0.
            points.push(if threshold == 0.0 { 0.0 } else { threshold * y });
        }
    }
    points.dedup();
    Wanted { quantity: f.clone(), points, role: Family::LossSwitch.at(place) }
}

/// The margin of label `l` over class `c`.
fn margin_switch(b: &Builder<'_>, f: &[Lin], (l, c): (usize, usize), place: Place) -> Wanted {
    let role = Family::LossSwitch.at(place.i(l).j(c));
    Wanted { quantity: b.sub(&f[l], &f[c]), points: vec![1.0], role }
}

/// A residual that is switched at a distance from 0, on both sides.
fn residual_switch(r: Lin, at: f64, family: Family, place: Place) -> Wanted {
    let points = if at == 0.0 { vec![0.0] } else { vec![-at, at] };
    Wanted { quantity: r, points, role: family.at(place) }
}

/// Real targets; a sign under attack is the sum of its possible values times their indicators.
fn real_targets(b: &Builder<'_>, label: &SlotLabel) -> Option<Vec<Lin>> {
    match label {
        SlotLabel::Real(y) => Some(y.clone()),
        SlotLabel::Discrete(all) => {
            let mut parts = Vec::new();
            for (target, indicator) in all {
                let Target::Sign(y) = target else { return None };
                parts.push((Interval::point(*y), indicator));
            }
            Some(vec![b.combine(&parts, 0.0).within(Interval::new(-1.0, 1.0))])
        }
    }
}

/// Hinge and perceptron: `-sum over labels y of y [label is y and y f < threshold]`.
fn step(
    b: &mut Builder<'_>,
    flips: FlipEncoding,
    threshold: f64,
    f: &[Lin],
    (labels, known): (&[(Target, Lin)], Option<Score>),
    place: Place,
) -> Vec<Lin> {
    let f = [b.refine(score_switch(threshold, &f[0], labels, place))];
    let undecided = |y: f64, l: &Lin| !l.is_zero() && f[0].range.scale(y).contains(threshold);
    let open = labels.iter().any(|(t, l)| matches!(t, Target::Sign(y) if undecided(*y, l)));
    let score = if open && f[0].terms.len() > 1 {
        let at = Place { layer: 0, ..place.i(0) };
        b.define(&f[0], Family::Score.at(at), Rule::Define)
    } else {
        f[0].clone()
    };
    if flips == FlipEncoding::Margin
        && let [(Target::Sign(y), kept), (Target::Sign(_), flipped)] = labels
    {
        return vec![flipped_margin(b, threshold, &score, *y, (kept, flipped), place)];
    }
    let families = [Family::LossSwitchKept, Family::LossSwitchFlipped];
    let mut parts = Vec::new();
    for (k, (target, indicator)) in labels.iter().enumerate() {
        let Target::Sign(y) = target else { continue };
        let m = b.scale(*y, &score);
        let role = families[k.min(1)].at(place.i(0));
        // The first label is the clean one; the second needs a touched sample.
        let range = known.map_or(Interval::ALL, |s| if k == 0 { s.clean } else { s.touched });
        let given = range.scale(*y).meet(m.range);
        if let Some(active) = known.and_then(|s| s.sides[k.min(1)])
            && given.contains(threshold)
            && b.tie_band == 0.0
        {
            b.require_side(&m, threshold, active, indicator, Rule::LossSwitch.at(role.place));
            let w = if active { indicator.clone() } else { Lin::exact(0.0) };
            parts.push((Interval::point(-*y), w));
            continue;
        }
        let w = active(b, flips, &m, threshold, (indicator, given), (role.family, role.place));
        parts.push((Interval::point(-*y), w));
    }
    let borrowed: Vec<_> = parts.iter().map(|(c, l)| (*c, l)).collect();
    vec![b.combine(&borrowed, 0.0).within(Interval::new(-1.0, 1.0))]
}

/// `[indicator and m < threshold]` by the chosen encoding.
fn active(
    b: &mut Builder<'_>,
    flips: FlipEncoding,
    m: &Lin,
    threshold: f64,
    (indicator, given): (&Lin, Interval),
    (family, place): (Family, Place),
) -> Lin {
    let origin = Rule::LossSwitch.at(place);
    let decided = given.hi < threshold || given.lo > threshold;
    match flips {
        FlipEncoding::TwoSwitches | FlipEncoding::Margin if decided && b.tie_band == 0.0 => {
            // Where the indicator is 1 the switch is decided.
            if given.hi < threshold { indicator.clone() } else { Lin::exact(0.0) }
        }
        FlipEncoding::Disjoint => {
            b.below_given(m, threshold, (indicator, given), family.at(place), origin)
        }
        FlipEncoding::TwoSwitches | FlipEncoding::Margin => {
            let z = b.below(m, threshold, &Lin::exact(1.0), family.at(place), origin);
            match (z.is_constant(), indicator.is_constant()) {
                (true, _) | (_, true) => b.mul(&z, indicator),
                (false, false) => match indicator.single() {
                    Some((_, 1.0)) if indicator.constant == 0.0 => b.and(&z, indicator),
                    Some(_) | None => b.mul(&z, indicator),
                },
            }
        }
    }
}

/// Variant (a) of papers 1.3: `m = y (p - 2 q)`, `q = r p`, one switch `z`.
fn flipped_margin(
    b: &mut Builder<'_>,
    threshold: f64,
    p: &Lin,
    y: f64,
    (kept, flipped): (&Lin, &Lin),
    place: Place,
) -> Lin {
    let q = b.mul(flipped, p);
    let m = b.combine(&[(Interval::point(y), p), (Interval::point(-2.0 * y), &q)], 0.0);
    let m = m.within(p.range.hull(-p.range));
    let place = place.i(0);
    let origin = Rule::LossSwitch.at(place);
    let z = b.below(&m, threshold, &Lin::exact(1.0), Family::LossSwitchKept.at(place), origin);
    let (zk, zf) = (b.mul(&z, kept), b.mul(&z, flipped));
    b.combine(&[(Interval::point(-y), &zk), (Interval::point(y), &zf)], 0.0)
        .within(Interval::new(-1.0, 1.0))
}

/// Multi-class margin: one switch for each possible label `l` and wrong class `c`.
fn margin(
    b: &mut Builder<'_>,
    flips: FlipEncoding,
    f: &[Lin],
    labels: &[(Target, Lin)],
    place: Place,
) -> Vec<Lin> {
    let mut q: Vec<Vec<(Interval, Lin)>> = vec![Vec::new(); f.len()];
    for (target, indicator) in labels {
        let Target::Class(l) = target else { continue };
        for c in (0..f.len()).filter(|c| c != l) {
            let wanted = margin_switch(b, f, (*l, c), place);
            let family = (Family::LossSwitch, wanted.role.place);
            let m = b.refine(wanted);
            let z = active(b, flips, &m, 1.0, (indicator, m.range), family);
            q[c].push((Interval::point(1.0), z.clone()));
            q[*l].push((Interval::point(-1.0), z));
        }
    }
    let most = f.len() as f64 - 1.0;
    q.iter()
        .map(|parts| {
            let borrowed: Vec<_> = parts.iter().map(|(c, l)| (*c, l)).collect();
            b.combine(&borrowed, 0.0).within(Interval::new(-most, 1.0))
        })
        .collect()
}

/// Squared, absolute and Huber loss: a function of `r = f - y`, averaged over the outputs.
fn residual_gradient(
    b: &mut Builder<'_>,
    loss: Loss,
    f: &[Lin],
    y: &[Lin],
    present: &Lin,
    place: Place,
) -> Vec<Lin> {
    let outputs = f.len() as f64;
    let share = Interval::point(1.0).divide(outputs);
    let mut all = Vec::new();
    for (k, (f, y)) in f.iter().zip(y).enumerate() {
        let r = b.sub(f, y);
        let q = match loss {
            Loss::Absolute => {
                let origin = Rule::Abs.at(place.i(k));
                let r = b.refine(residual_switch(r, 0.0, Family::AbsSwitch, place.i(k)));
                let s = b.sign(&r, Family::AbsSwitch, place.i(k), origin);
                b.combine(&[(share, &s)], 0.0)
            }
            Loss::Huber { delta } => {
                let output = Family::OutputGradient.at(place.i(k));
                let at = Family::HuberSwitch;
                let switches = [at.at(place.i(k).j(0)), at.at(place.i(k).j(1))];
                let origin = Rule::Clip.at(Place { step: place.step, ..Place::NONE.i(k) });
                let r = b.refine(residual_switch(r, delta, at, place.i(k)));
                let o = b.clip(&r, (-delta, delta), output, switches, origin);
                b.combine(&[(share, &o)], 0.0)
            }
            // The other losses never come here: `gradient` sends them elsewhere.
            Loss::Squared
            | Loss::Hinge
            | Loss::Margin
            | Loss::Perceptron
            | Loss::Logistic
            | Loss::CrossEntropy => b.combine(&[(Interval::point(2.0).divide(outputs), &r)], 0.0),
        };
        all.push(if present.is_constant() { q } else { removable(b, &q, present) });
    }
    all
}

/// `q * present`, with `q` given a column so that the product has few terms.
fn removable(b: &mut Builder<'_>, q: &Lin, present: &Lin) -> Lin {
    let q = if q.terms.len() > 1 { b.define_counted(q) } else { q.clone() };
    b.mul(present, &q)
}
