//! One training step: forward pass, loss, backward pass, update (papers 1.2, training block).

use super::super::builder::Builder;
use super::super::lin::Lin;
use super::super::recipe::Recipe;
use super::super::tighten::Wanted;
use super::adversary::{Slot, Slots};
use super::directional::{Score, Scores};
use super::forward::{Forward, TRAINING, forward};
use super::loss;
use crate::bounds::Interval;
use crate::bounds::pass::Pass;
use crate::ir::{Family, Place, Rule, Sense, VarKind};
use crate::network::{Layer, Layout};
use crate::question::{Loss, ParameterRef, Question, Reduction};

/// Gradient of one sample's loss by every parameter, times its presence, clipped if asked for.
fn sample_gradient(
    b: &mut Builder<'_>,
    q: &Question,
    layout: &Layout,
    theta: &[Lin],
    slot: &Slot,
    hint: Option<Score>,
    (place, f): (Place, Forward),
) -> Option<Vec<Lin>> {
    let network = &q.network;
    let training = &q.training;
    let mut upstream =
        loss::gradient(b, training.loss, q.encode.flips, &f.outputs, slot, hint, place)?;
    let mut result = vec![Lin::exact(0.0); layout.len()];
    let mut affine = layout.layers().len();
    let mut relu = f.gates.len();
    for layer in network.layers.iter().rev() {
        match layer {
            Layer::Affine(_) => {
                affine -= 1;
                let s = layout.layers()[affine];
                for k in 0..s.rows {
                    for (j, v) in f.inputs[affine].iter().enumerate() {
                        result[s.weight(k, j)] = b.mul(&upstream[k], v);
                    }
                    if let Some(p) = s.bias(k) {
                        result[p] = upstream[k].clone();
                    }
                }
                if affine > 0 {
                    upstream = back_through(b, theta, layout, affine, &upstream, place);
                }
            }
            Layer::Relu { .. } => {
                relu -= 1;
                for (u, d) in upstream.iter_mut().zip(&f.gates[relu]) {
                    *u = b.mul(d, u);
                }
            }
        }
    }
    if let Some(gamma) = training.clip {
        let wanted = |(p, g): (usize, &Lin)| clipped(g, gamma, place.i(p));
        b.announce(result.iter().enumerate().map(wanted).collect());
        for (p, g) in result.iter_mut().enumerate() {
            let at = place.i(p);
            let low = Family::ClipSwitch.at(at.j(0));
            let high = Family::ClipSwitch.at(at.j(1));
            let origin = Rule::Clip.at(Place { step: place.step, ..Place::NONE.i(p) });
            *g = b.refine(clipped(g, gamma, at));
            *g = b.clip(g, (-gamma, gamma), Family::Clipped.at(at), [low, high], origin);
        }
    }
    Some(result)
}

/// A gradient coordinate that is to be clipped.
fn clipped(g: &Lin, gamma: f64, at: Place) -> Wanted {
    Wanted { quantity: g.clone(), points: vec![-gamma, gamma], role: Family::ClipSwitch.at(at) }
}

/// `W^T da`: the derivative by the inputs of an affine layer.
fn back_through(
    b: &mut Builder<'_>,
    theta: &[Lin],
    layout: &Layout,
    affine: usize,
    upstream: &[Lin],
    place: Place,
) -> Vec<Lin> {
    let s = layout.layers()[affine];
    let mut all = Vec::with_capacity(s.columns);
    for j in 0..s.columns {
        let mut parts = Vec::with_capacity(s.rows);
        for (k, u) in upstream.iter().enumerate() {
            parts.push(b.mul(&theta[s.weight(k, j)], u));
        }
        let sum = b.sum(&parts);
        let at = place.layer(affine).i(j);
        all.push(b.define(&sum, Family::HiddenGradient.at(at), Rule::Define));
    }
    all
}

/// State of a training run.
pub struct State {
    /// Parameters (flat layout).
    pub theta: Vec<Lin>,
    /// Momentum.
    pub velocity: Vec<Lin>,
}

/// What else a step needs.
pub struct StepContext<'a> {
    /// The question.
    pub question: &'a Question,
    /// Numbering of the parameters.
    pub layout: &'a Layout,
    /// Boxes of the parameters.
    pub pass: &'a Pass,
    /// Enclosures of the single output of each sample at this step, by row, if known.
    pub scores: Option<Scores<'a>>,
}

/// Executes step `t` (0-based) symbolically. `None` for a loss that cannot be encoded.
pub fn run(
    b: &mut Builder<'_>,
    cx: &StepContext<'_>,
    slots: &Slots,
    state: &State,
    t: usize,
) -> Option<State> {
    let q = cx.question;
    let training = &q.training;
    let batch = &training.batches[t];
    let mut contributions: Vec<(f64, Vec<Lin>)> = Vec::new();
    let mut present: Vec<(f64, Lin)> = Vec::new();
    let mut distinct: Vec<usize> = batch.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let mut members: Vec<Member<'_>> = Vec::new();
    for i in distinct {
        let Some(slot) = slots.rows.get(&i) else { continue };
        let count = batch.iter().filter(|&&k| k == i).count() as f64;
        let hint = cx.scores.map(|s| s.of(i));
        members.push(Member { slot, count, hint, place: Place::NONE.sample(i).step(t) });
    }
    for (k, slot) in slots.inserted.iter().enumerate() {
        let place = Place::NONE.sample(q.train.len() + k).step(t);
        members.push(Member { slot, count: 1.0, hint: None, place });
    }
    // Where ranges are tightened, all samples go side by side, so that their quantities can be
    // tightened together; elsewhere one goes after the other, and its rows stay together.
    let ahead = if b.tightens() { side_by_side(b, cx, &members, &state.theta) } else { Vec::new() };
    let mut ahead = ahead.into_iter();
    for m in &members {
        let f = match ahead.next() {
            Some(f) => f,
            None => {
                let place = (TRAINING, m.place);
                let f = forward(b, &q.network, cx.layout, &state.theta, &m.slot.x, place);
                m.within(b, training.loss, f)
            }
        };
        let g = sample_gradient(b, q, cx.layout, &state.theta, m.slot, m.hint, (m.place, f))?;
        contributions.push((m.count, g));
        present.push((m.count, m.slot.present.clone()));
    }
    let rate = training.rates[t];
    let mut next = State { theta: Vec::new(), velocity: Vec::new() };
    let mut waiting: Vec<Wanted> = Vec::new();
    for (p, parameter) in cx.layout.references().enumerate() {
        let place = match parameter {
            ParameterRef::Weight { layer, row, column } => {
                Place::NONE.layer(layer).i(row).j(column).step(t)
            }
            // The bias stands behind the last weight of its row.
            ParameterRef::Bias { layer, row } => {
                let columns = cx.layout.layers()[layer - 1].columns;
                Place::NONE.layer(layer).i(row).j(columns).step(t)
            }
        };
        let gradient = mean(b, q, &contributions, &present, p, place, batch.len());
        let (theta, v) = (&state.theta[p], &state.velocity[p]);
        let box_after = cx.pass.parameters[t + 1][p];
        let (new_theta, new_v) = if training.momentum == 0.0 {
            let keep = Interval::point(1.0) - Interval::point(rate).scale(training.decay);
            let mut parts = vec![(keep, theta)];
            parts.extend(gradient.iter().map(|(c, g)| (c.scale(-rate), g)));
            (b.combine(&parts, 0.0), Lin::exact(0.0))
        } else {
            let mut parts = vec![
                (Interval::point(training.momentum), v),
                (Interval::point(training.decay), theta),
            ];
            parts.extend(gradient.iter().map(|(c, g)| (*c, g)));
            let v = b.combine(&parts, 0.0);
            let v = b.define(&v, parameter_role(parameter, true, t + 1), Rule::Velocity);
            let theta =
                b.combine(&[(Interval::point(1.0), theta), (Interval::point(-rate), &v)], 0.0);
            (theta, v)
        };
        let new_theta = new_theta.within(box_after);
        let role = parameter_role(parameter, false, t + 1);
        if b.tightens() {
            waiting.push(Wanted { quantity: new_theta, points: Vec::new(), role });
        } else {
            next.theta.push(b.define(&new_theta, role, Rule::Update));
        }
        next.velocity.push(new_v);
    }
    b.announce(waiting.clone());
    for wanted in waiting {
        let role = wanted.role;
        let theta = b.refine(wanted);
        next.theta.push(b.define(&theta, role, Rule::Update));
    }
    Some(next)
}

/// A sample of the batch.
struct Member<'a> {
    slot: &'a Slot,
    /// How often the batch names it.
    count: f64,
    hint: Option<Score>,
    place: Place,
}

impl Member<'_> {
    /// The forward pass with what is known of its single output.
    fn within(&self, b: &mut Builder<'_>, loss: Loss, mut f: Forward) -> Forward {
        let Some(score) = self.hint else { return f };
        let open = |w: &Wanted| w.is_open(w.quantity.range);
        for w in
            loss::switched(b, loss, &f.outputs, self.slot, self.place).iter().filter(|w| open(w))
        {
            let before = w.quantity.range;
            b.directional.add(before, before.meet(score.all), &w.points);
        }
        if let [only] = f.outputs.as_mut_slice() {
            *only = only.clone().within(score.all);
        }
        f
    }
}

/// Forward passes of all samples, layer by layer; what a layer and the loss switch is announced for
/// all of them at once.
fn side_by_side(
    b: &mut Builder<'_>,
    cx: &StepContext<'_>,
    members: &[Member<'_>],
    theta: &[Lin],
) -> Vec<Forward> {
    let q = cx.question;
    let mut all: Vec<Forward> = members.iter().map(|m| Forward::new(&m.slot.x)).collect();
    for layer in &q.network.layers {
        let each = || members.iter();
        let wanted = |(m, f): (&Member<'_>, &Forward)| f.switched(layer, TRAINING, m.place);
        let wanted = each().zip(&all).flat_map(wanted).collect();
        b.announce(wanted);
        for (m, f) in each().zip(&mut all) {
            f.pass(b, layer, cx.layout, theta, (TRAINING, m.place));
        }
    }
    let loss = q.training.loss;
    let known = members.iter().zip(all).map(|(m, f)| m.within(b, loss, f));
    let all: Vec<Forward> = known.collect();
    let wanted = members.iter().zip(&all);
    let wanted = wanted.flat_map(|(m, f)| loss::switched(b, loss, &f.outputs, m.slot, m.place));
    let wanted = wanted.collect();
    b.announce(wanted);
    all
}

/// Role of a parameter or its momentum after `t` steps.
pub(super) fn parameter_role(p: ParameterRef, velocity: bool, t: usize) -> crate::ir::Role {
    match p {
        ParameterRef::Weight { layer, row, column } => {
            let family = if velocity { Family::WeightVelocity } else { Family::Weight };
            family.at(Place::NONE.layer(layer).i(row).j(column).step(t))
        }
        ParameterRef::Bias { layer, row } => {
            let family = if velocity { Family::BiasVelocity } else { Family::Bias };
            family.at(Place::NONE.layer(layer).i(row).step(t))
        }
    }
}

/// The batch gradient of parameter `p` as a list of weighted quantities.
fn mean(
    b: &mut Builder<'_>,
    q: &Question,
    contributions: &[(f64, Vec<Lin>)],
    present: &[(f64, Lin)],
    p: usize,
    place: Place,
    batch: usize,
) -> Vec<(Interval, Lin)> {
    let raw = || contributions.iter().map(|(c, g)| (*c, g[p].clone()));
    let fixed = present.iter().all(|(_, l)| l.is_constant());
    let divisor = match q.training.reduction {
        Reduction::Sum => 1.0,
        Reduction::Mean if batch == 0 => return Vec::new(),
        Reduction::Mean => batch as f64,
        Reduction::MeanOfRemaining if fixed && batch == 0 => return Vec::new(),
        Reduction::MeanOfRemaining if fixed => batch as f64,
        Reduction::MeanOfRemaining => {
            let members: Vec<(f64, Lin)> = raw().collect();
            let g = mean_of_remaining(b, &members, present, place);
            return vec![(Interval::point(1.0), g)];
        }
    };
    raw().map(|(c, g)| (Interval::point(c).divide(divisor), g)).collect()
}

/// `mg` with `mg * (number of samples that remain) = sum of gradients` (papers 1.2, deletion).
/// *Exact*: the number is a sum of binaries, so the product is linear after big-M.
fn mean_of_remaining(
    b: &mut Builder<'_>,
    members: &[(f64, Lin)],
    present: &[(f64, Lin)],
    place: Place,
) -> Lin {
    let sums = |b: &Builder<'_>, all: &[(f64, Lin)]| {
        let parts: Vec<_> = all.iter().map(|(c, l)| (Interval::point(*c), l)).collect();
        b.combine(&parts, 0.0)
    };
    let (sum, count) = (sums(b, members), sums(b, present));
    // A mean lies between its smallest and largest member, which may be an absent one (0).
    let range = members.iter().map(|m| m.1.range).fold(Interval::ZERO, Interval::hull);
    let role = Family::MeanGradient.at(place);
    let recipe = Recipe::Quotient(sum.clone(), count.clone());
    let mg = b.variable(VarKind::Continuous, range, role, recipe);
    let products: Vec<(f64, Lin)> = present
        .iter()
        .map(|(c, l)| (*c, if l.is_constant() { b.scale(l.constant, &mg) } else { b.mul(l, &mg) }))
        .collect();
    let total = sums(b, &products);
    let origin = Rule::Denominator.at(Place { layer: 0, i: 0, j: 0, ..place });
    b.equal(&total, &sum, origin);
    if count.range.lo < 1.0 {
        // With nothing left there is no gradient.
        let (lo, hi) = (range.lo, range.hi);
        b.require(&[(1.0, &mg), (-hi, &count)], Sense::Le, 0.0, origin);
        b.require(&[(1.0, &mg), (-lo, &count)], Sense::Ge, 0.0, origin);
    }
    mg
}
