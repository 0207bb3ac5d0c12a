//! The interval pass with the budget: a box around the parameters after every step.
//!
//! The rule is that of abstract gradient training (papers 1.5 A): with the parameters in a box,
//! each sample has a gradient interval without poison and one with it; coordinate by coordinate,
//! the batch sum is at most the clean sum plus the `n` largest increases that poison can make.
//! Everything is outward-rounded, so the boxes contain every real training run.

use super::interval::Interval;
use super::reach;
use super::sample::{SampleBox, gradient};
use crate::network::Layout;
use crate::question::{Budget, Question, Reduction};

/// Enclosures of the whole run.
#[derive(Clone, Debug, PartialEq)]
pub struct Pass {
    /// Box of all parameters (flat layout) before step 1, after step 1, ... : `T + 1` entries.
    pub parameters: Vec<Vec<Interval>>,
    /// Gradient intervals of each batch position of each step, if asked for.
    pub gradients: Vec<Vec<SampleGradients>>,
}

/// Gradient intervals of one sample at one step.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleGradients {
    /// Row of the training data.
    pub sample: usize,
    /// Untouched.
    pub clean: Vec<Interval>,
    /// Touched, deletion and the clean sample included.
    pub touched: Vec<Interval>,
}

/// Boxes of the parameters and of their velocity between two steps.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Parameters, flat layout.
    pub theta: Vec<Interval>,
    /// Velocity, 0 without momentum.
    pub velocity: Vec<Interval>,
}

impl State {
    /// Before the first step, with the parameters in a box.
    #[must_use]
    pub fn start(theta: Vec<Interval>) -> Self {
        let velocity = vec![Interval::ZERO; theta.len()];
        State { theta, velocity }
    }
}

/// Runs the pass; `keep_gradients` stores the per-sample intervals, needed by linking rows.
///
/// Returns `None` for a loss without a piecewise linear derivative.
#[must_use]
pub fn run(question: &Question, keep_gradients: bool) -> Option<Pass> {
    let network = &question.network;
    let start = Layout::of(network).flatten(&network.parameters());
    let mut state = State::start(start.into_iter().map(Interval::point).collect());
    let mut pass = Pass { parameters: vec![state.theta.clone()], gradients: Vec::new() };
    for step in 0..question.training.steps() {
        let (next, samples) = self::step(question, step, &state)?;
        state = next;
        pass.parameters.push(state.theta.clone());
        if keep_gradients {
            pass.gradients.push(samples);
        }
    }
    Some(pass)
}

/// Step `step` of training, counted from 0, from the parameters and velocities in `state`.
///
/// Returns `None` for a loss without a piecewise linear derivative, or a step that is not there.
#[must_use]
pub fn step(
    question: &Question,
    step: usize,
    state: &State,
) -> Option<(State, Vec<SampleGradients>)> {
    let State { theta, velocity } = state;
    let training = &question.training;
    let (batch, rate) = (training.batches.get(step)?, *training.rates.get(step)?);
    let layout = Layout::of(&question.network);
    let samples = batch
        .iter()
        .map(|&i| sample_gradients(question, &layout, theta, i))
        .collect::<Option<Vec<_>>>()?;
    let extra = match &question.threat.insertion {
        Some(insertion) => {
            let inserted = reach::inserted(question, insertion);
            Some((clipped(question, &layout, theta, &inserted)?, insertion.count))
        }
        None => None,
    };
    let g = reduce(question, &samples, extra.as_ref(), layout.len());
    let mu = training.momentum;
    // theta' = (1 - rate * decay) theta - rate * mu v - rate g, with v' = mu v + g + decay theta.
    let keep = Interval::point(1.0) - Interval::point(rate).scale(training.decay);
    let of = |p: usize| {
        let v = velocity[p].scale(mu) + g[p] + theta[p].scale(training.decay);
        (theta[p] * keep - (velocity[p].scale(mu) + g[p]).scale(rate), v)
    };
    let (theta, velocity) = (0..layout.len()).map(of).unzip();
    Some((State { theta, velocity }, samples))
}

fn clipped(
    question: &Question,
    layout: &Layout,
    theta: &[Interval],
    sample: &SampleBox,
) -> Option<Vec<Interval>> {
    let loss = question.training.loss;
    let mut g = gradient(&question.network, layout, theta, sample, loss)?;
    if let Some(gamma) = question.training.clip {
        g.iter_mut().for_each(|v| *v = v.clamp(-gamma, gamma));
    }
    Some(g)
}

fn sample_gradients(
    question: &Question,
    layout: &Layout,
    theta: &[Interval],
    i: usize,
) -> Option<SampleGradients> {
    let clean = clipped(question, layout, theta, &reach::clean(question, i))?;
    let threat = &question.threat;
    let mut touched = clean.clone();
    if threat.candidates.binary_search(&i).is_ok() {
        if threat.features.is_some() || threat.labels.is_some() {
            let poisoned = clipped(question, layout, theta, &reach::touched(question, i))?;
            touched.iter_mut().zip(poisoned).for_each(|(t, p)| *t = t.hull(p));
        }
        if threat.deletion.is_some() {
            touched.iter_mut().for_each(|t| *t = t.hull(Interval::ZERO));
        }
    }
    Some(SampleGradients { sample: i, clean, touched })
}

/// How many samples can be touched at most.
#[must_use]
pub fn total_budget(budget: Budget) -> usize {
    match budget {
        Budget::Joint(n) => n,
        Budget::Separate { features, labels } => features.saturating_add(labels),
    }
}

fn reduce(
    question: &Question,
    samples: &[SampleGradients],
    extra: Option<&(Vec<Interval>, usize)>,
    parameters: usize,
) -> Vec<Interval> {
    let n = total_budget(question.threat.budget);
    let batch = samples.len();
    // A row may stand in a batch more than once; the budget counts it once.
    let mut order: Vec<usize> = (0..batch).collect();
    order.sort_by_key(|&k| samples[k].sample);
    let mut g = Vec::with_capacity(parameters);
    for p in 0..parameters {
        let mut clean = Interval::ZERO;
        let (mut down, mut up): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
        let mut last = None;
        for &k in &order {
            let s = &samples[k];
            clean = clean + s.clean[p];
            let lower = (Interval::point(s.touched[p].lo) - Interval::point(s.clean[p].lo)).lo;
            let upper = (Interval::point(s.touched[p].hi) - Interval::point(s.clean[p].hi)).hi;
            if last == Some(s.sample) {
                merge(&mut down, lower, f64::next_down);
                merge(&mut up, upper, f64::next_up);
            } else {
                down.push(lower);
                up.push(upper);
            }
            last = Some(s.sample);
        }
        let mut sum = clean + Interval { lo: smallest(&mut down, n), hi: -smallest_negated(up, n) };
        if let Some((gradient, count)) = extra {
            sum = sum + gradient[p].hull(Interval::ZERO).scale(*count as f64);
        }
        g.push(match question.training.reduction {
            Reduction::Sum => sum,
            Reduction::Mean if batch == 0 => Interval::ZERO,
            Reduction::Mean => sum.divide(batch as f64),
            Reduction::MeanOfRemaining => {
                let removable = if question.threat.deletion.is_some() { n.min(batch) } else { 0 };
                let (least, most) = (batch - removable, batch + extra.map_or(0, |e| e.1));
                mean_of_remaining(sum, least, most, samples, extra, p)
            }
        });
    }
    g
}

/// `sum / m` for some `m` in `least..=most`; the mean also lies in the hull of its members.
fn mean_of_remaining(
    sum: Interval,
    least: usize,
    most: usize,
    samples: &[SampleGradients],
    extra: Option<&(Vec<Interval>, usize)>,
    p: usize,
) -> Interval {
    let members = samples
        .iter()
        .map(|s| s.clean[p].hull(s.touched[p]))
        .chain(extra.map(|e| e.0[p]))
        .reduce(Interval::hull)
        .unwrap_or(Interval::ZERO);
    if least == 0 {
        return members.hull(Interval::ZERO);
    }
    let by_sum = sum.divide(least as f64).hull(sum.divide(most as f64));
    by_sum.meet(members)
}

fn merge(values: &mut [f64], by: f64, outwards: fn(f64) -> f64) {
    if let Some(v) = values.last_mut() {
        *v = outwards(*v + by);
    }
}

/// A lower bound of the sum of the `n` smallest values, those above 0 left out.
fn smallest(values: &mut [f64], n: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values.iter().take(n).filter(|v| **v < 0.0).map(|&v| Interval::point(v)).sum::<Interval>().lo
}

fn smallest_negated(mut values: Vec<f64>, n: usize) -> f64 {
    values.iter_mut().for_each(|v| *v = -*v);
    smallest(&mut values, n)
}
