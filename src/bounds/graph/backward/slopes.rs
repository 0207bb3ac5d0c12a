//! Optimised lower slopes of ReLUs (alpha-CROWN, Xu et al., ICLR 2021).
//!
//! A line `s x` lies below `max(x, 0)` for every `s` in `[0, 1]`, so each row may have its own slope at
//! each unstable neuron: whatever they are, its bound is proved by the same pass. They are improved by
//! projected gradient ascent (Adam, Kingma and Ba, ICLR 2015). The bound is the value of the relaxed
//! network at the input where the last pass took its minimum; hence its derivative by a slope is the
//! coefficient of the neuron, where positive, times its relaxed input there. These values need no
//! proof and are plain sums. The best bound of all steps is kept.

use std::ops::Range;

use super::ball::least_point;
use super::local::middle;
use super::rows::Rows;
use crate::bounds::graph::linear::{Block, LANES, Lane, Linear};
use crate::bounds::graph::plan::Plan;
use crate::bounds::graph::relax::Plane;
use crate::network::graph::{NodeId, Op, Source, Unary};

/// How far a slope moves in the first step, and what remains of that after each.
const RATE: f64 = 0.25;
const DECAY: f64 = 0.95;

/// Dense layers and convolutions seen from their operands, to walk forward.
pub(in crate::bounds::graph) fn adjoints(plan: &Plan<'_>) -> Vec<Option<Linear<'static>>> {
    plan.linear.iter().map(|l| l.as_ref().map(Linear::adjoint)).collect()
}

/// Slopes of the rows of one block, with the moments of Adam.
pub(in crate::bounds::graph) struct Slopes<'a> {
    adjoints: &'a [Option<Linear<'static>>],
    /// Per node and element, empty but for ReLUs.
    pub alpha: Vec<Block>,
    moments: Vec<[Block; 2]>,
    /// Relaxed values at the minimum.
    pub values: Vec<Block>,
}

impl<'a> Slopes<'a> {
    /// The adaptive slopes.
    pub fn new(rows: &Rows<'_, '_>, adjoints: &'a [Option<Linear<'static>>]) -> Self {
        let n = rows.plan.graph.nodes.len();
        let mut slopes = Slopes {
            adjoints,
            alpha: vec![Vec::new(); n],
            moments: vec![Default::default(); n],
            values: vec![Vec::new(); n],
        };
        slopes.reset(rows);
        slopes
    }

    fn reset(&mut self, rows: &Rows<'_, '_>) {
        for (k, local) in rows.locals.iter().enumerate() {
            if matches!(rows.plan.graph.nodes[k].op, Op::Unary { f: Unary::Relu, .. }) {
                let slope =
                    |b: &crate::bounds::graph::relax::Bracket| [b.lower.terms[0].slope; LANES];
                self.alpha[k] = local.brackets.iter().map(slope).collect();
                let zero = vec![[0.0; LANES]; self.alpha[k].len()];
                self.moments[k] = [zero.clone(), zero];
            }
        }
    }

    /// One step of ascent after a pass whose coefficients are in `kept`.
    pub fn climb(&mut self, rows: &Rows<'_, '_>, kept: &[Option<Block>], step: i32) {
        let last = (0..kept.len()).rev().find(|&k| kept[k].is_some() && !self.alpha[k].is_empty());
        let Some(last) = last else { return };
        self.evaluate(rows, kept, 0..last);
        let rate = RATE * DECAY.powi(step - 1);
        let bias = [1.0 - 0.9f64.powi(step), 1.0 - 0.999f64.powi(step)];
        for (k, a) in kept.iter().enumerate().take(last + 1) {
            let Op::Unary { x, f: Unary::Relu } = &rows.plan.graph.nodes[k].op else { continue };
            let Some(a) = a else { continue };
            for (e, b) in rows.locals[k].brackets.iter().enumerate() {
                if b.lower == b.upper {
                    continue;
                }
                let x = self.values[x.index()][e];
                for l in 0..LANES {
                    let g = a[e][l].max(0.0) * x[l];
                    if !g.is_finite() {
                        continue;
                    }
                    let [first, second] = &mut self.moments[k];
                    first[e][l] = 0.9 * first[e][l] + 0.1 * g;
                    second[e][l] = 0.999 * second[e][l] + 0.001 * g * g;
                    let size = (second[e][l] / bias[1]).sqrt();
                    if size > 0.0 && size.is_finite() {
                        let by = rate * (first[e][l] / bias[0]) / (size + 1e-12);
                        let s = &mut self.alpha[k][e][l];
                        *s = (*s + by).clamp(0.0, 1.0);
                    }
                }
            }
        }
    }

    /// Computes [`Slopes::values`] of some nodes, after all earlier ones.
    pub fn evaluate(&mut self, rows: &Rows<'_, '_>, kept: &[Option<Block>], nodes: Range<usize>) {
        for k in nodes {
            self.values[k] = self.value(rows, kept, NodeId(k as u32));
        }
    }

    /// Relaxed values of a node at the minimum.
    fn value(&self, rows: &Rows<'_, '_>, kept: &[Option<Block>], id: NodeId) -> Block {
        let plan = rows.plan;
        let node = plan.graph.node(id);
        let local = &rows.locals[id.index()];
        let len = node.len();
        let of = |x: NodeId| &self.values[x.index()];
        let a = kept[id.index()].as_ref();
        let mut y: Block = vec![[0.0; LANES]; len];
        if !local.brackets.is_empty() {
            let Some(a) = a else { return y };
            for (k, b) in local.brackets.iter().enumerate() {
                let at = |p: &Plane, l: usize| {
                    let term = |n: usize| {
                        let t = &p.terms[n];
                        if t.slope == 0.0 {
                            0.0
                        } else {
                            t.slope * of(t.node)[t.element as usize][l]
                        }
                    };
                    term(0) + term(1) + p.bias
                };
                for l in 0..LANES {
                    y[k][l] = if a[k][l] > 0.0 {
                        match self.alpha[id.index()].get(k) {
                            Some(s) if b.lower != b.upper => {
                                let t = &b.upper.terms[0];
                                s[l] * of(t.node)[t.element as usize][l]
                            }
                            _ => at(&b.lower, l),
                        }
                    } else {
                        at(&b.upper, l)
                    };
                }
            }
            for cut in rows.cuts_of(id) {
                let (e, l) = (cut.element as usize, cut.lane);
                let line = cut.lines[usize::from(a[e][l] <= 0.0)];
                if let Some(x) = node.op.operands().first() {
                    y[e][l] = line.slope * of(*x)[e][l] + line.bias;
                }
            }
            return y;
        }
        if let Some(linear) = &self.adjoints[id.index()] {
            if let Some(x) = node.op.operands().first() {
                linear.pull_back(of(*x), &mut y);
            }
            add(&mut y, &local.bias);
            return y;
        }
        match &node.op {
            Op::Input { port } if rows.ball.is_some() => {
                let first: usize = plan.graph.inputs.iter().take(*port).map(|p| p.len()).sum();
                if let Some(x) = least_point(rows, kept).as_ref().and_then(|x| x.get(first..)) {
                    y.iter_mut().zip(x).for_each(|(y, x)| *y = *x);
                }
            }
            Op::Input { .. } => {
                for (k, v) in rows.bounds[id.index()].iter().enumerate() {
                    for l in 0..LANES {
                        y[k][l] = if a.is_some_and(|a| a[k][l] > 0.0) { v.lo } else { v.hi };
                    }
                }
            }
            Op::Move { from, map } => {
                for (y, s) in y.iter_mut().zip(map) {
                    if let Source::Element { operand, element } = *s {
                        *y = of(from[operand as usize])[element as usize];
                    }
                }
                add(&mut y, &local.bias);
            }
            Op::Sums { x, by } => {
                for (r, y) in y.iter_mut().enumerate() {
                    let d = by.divisors.get(r).copied().unwrap_or(1.0);
                    for k in by.starts[r] as usize..by.starts[r + 1] as usize {
                        plus(y, &of(*x)[by.columns[k] as usize], by.coefficients[k] / d);
                    }
                }
                add(&mut y, &local.bias);
            }
            Op::Scale { x, by } => {
                for (k, y) in y.iter_mut().enumerate() {
                    let t = by.index(k);
                    let d = by.divisor.get(t).copied().unwrap_or(1.0);
                    plus(y, &of(*x)[k], middle(by.factor[t]) / d);
                }
                add(&mut y, &local.bias);
            }
            Op::Add { terms } => {
                for (x, minus) in terms {
                    for (y, x) in y.iter_mut().zip(of(*x)) {
                        plus(y, x, if *minus { -1.0 } else { 1.0 });
                    }
                }
            }
            Op::Constant(_) => add(&mut y, &local.bias),
            // A `Linear`, or brackets.
            Op::Dense { .. }
            | Op::Conv { .. }
            | Op::Product { .. }
            | Op::Unary { .. }
            | Op::Max { .. }
            | Op::Choose { .. }
            | Op::Quotient { .. } => {}
        }
        y
    }
}

/// Lower bounds of the rows that `start` adds, the best of `steps` improvements and the first pass.
pub(super) fn climb<'a, 'g>(
    rows: &mut Rows<'a, 'g>,
    adjoints: &[Option<Linear<'static>>],
    steps: usize,
    start: impl Fn(&mut Rows<'a, 'g>),
) -> Lane {
    let mut slopes = Slopes::new(rows, adjoints);
    let mut best = [f64::NEG_INFINITY; LANES];
    for step in 1..=steps as i32 + 1 {
        start(rows);
        let mut kept = vec![None; rows.plan.graph.nodes.len()];
        let bound = rows.finish_with(Some(&slopes), Some(&mut kept));
        for (b, new) in best.iter_mut().zip(bound) {
            *b = b.max(new);
        }
        if step <= steps as i32 {
            slopes.climb(rows, &kept, step);
        }
    }
    best
}

fn plus(y: &mut Lane, x: &Lane, by: f64) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += x * by;
    }
}

fn add(y: &mut Block, bias: &[f64]) {
    for (y, b) in y.iter_mut().zip(bias) {
        for v in y {
            *v += b;
        }
    }
}
