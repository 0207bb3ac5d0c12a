//! What a backward pass needs to know of each node, given the bounds of all earlier ones.
//!
//! # Rounding
//!
//! A row says `target >= sum a_v y_v + c - e` for every admitted input, over the elements `y_v` of the
//! nodes not yet replaced. Replacing a node by its operands, `y = W x + b` or a bracket of slopes `W`,
//! turns its coefficients `a` into `a W`, of which doubles hold a rounded `a'`. With `n` the most terms
//! of an entry, `|a' - a W| <= gamma_n |a| |W|` element by element, hence
//!
//! ```text
//! |(a' - a W) x| <= gamma_n sum_v |a_v| (|W| m)_v,      m >= |x|,
//! ```
//!
//! and underflow adds at most `2^-1075` a product times the largest `m`. So it is enough to know one
//! number a node element, [`Local::noise`] `= slack(n) (|W| m)_v`, and to add `|a_v| noise_v` to `e`: the
//! price of a rigorous pass is one product an element instead of interval coefficients. What a
//! factor that is itself only enclosed can be off is part of the noise as well. Where an operand had
//! coefficients already (a residual connection) the sums start from these, and `slack(n) |a| m` of the
//! old ones is added too. Constants are summed likewise and move `c` downwards by their error.
//! An infinity or NaN anywhere stays in the row, whose bound is then "none".

use crate::bounds::Interval;
use crate::bounds::graph::plan::Plan;
use crate::bounds::graph::relax::{Bracket, brackets};
use crate::bounds::graph::rounding::{slack, underflow};
use crate::bounds::interval::{add_up, mul_up};
use crate::network::graph::{NodeId, Op, Source, Unary};

/// See the module documentation.
#[derive(Clone, Debug, Default)]
pub(in crate::bounds::graph) struct Local {
    /// Largest absolute value of each element.
    pub magnitude: Vec<f64>,
    /// Relaxations, empty for linear operations.
    pub brackets: Vec<Bracket>,
    /// Error of replacing an element with coefficient 1.
    pub noise: Vec<f64>,
    /// Error of replacing the node, whatever the coefficients.
    pub once: f64,
    /// [`slack`] of the sums that replacing the node makes.
    pub slack: f64,
    /// Constants of a linear operation, or empty.
    pub bias: Vec<f64>,
}

impl Local {
    /// For node `id`; the first `bounds` are those of it and all earlier nodes, the second those that
    /// relaxations follow from, and `magnitudes` what [`super::super::forward::node`] returned beside
    /// the first.
    pub fn new(
        plan: &Plan<'_>,
        id: NodeId,
        (bounds, relaxed): (&[Vec<Interval>], &[Vec<Interval>]),
        locals: &[Local],
        magnitudes: &[f64],
    ) -> Local {
        let node = plan.graph.node(id);
        let len = node.len();
        let of = |x: NodeId| locals[x.index()].magnitude.as_slice();
        let mut local = Local {
            magnitude: bounds[id.index()].iter().map(|v| v.magnitude()).collect(),
            brackets: brackets(plan.graph, id, relaxed),
            ..Local::default()
        };
        // Most terms of a sum, all products, and the noise of each element over the slack.
        let mut terms = 1;
        let mut products = len;
        // How much the underflow of an intermediate result may grow afterwards.
        let mut growth: f64 = 1.0;
        match &node.op {
            Op::Input { .. } => {}
            Op::Constant(values) => local.bias.clone_from(values),
            Op::Move { from, map } => {
                terms = shares(plan, &node.op, &[]);
                local.noise = map.iter().map(|s| element(from, s, &of)).collect();
                local.bias = map
                    .iter()
                    .map(|s| match s {
                        Source::Element { .. } => 0.0,
                        Source::Fixed(v) => *v,
                    })
                    .collect();
            }
            Op::Dense { .. } | Op::Conv { .. } => {
                if let Some(linear) = &plan.linear[id.index()] {
                    terms = linear.fan_out;
                    products = len.saturating_mul(linear.fan_in);
                    local.bias = linear.biases();
                }
                local.noise = magnitudes.to_vec();
            }
            Op::Sums { x, by } => {
                terms = shares(plan, &node.op, &[]) + 2;
                products = by.columns.len() + len;
                growth = by.coefficients.iter().fold(1.0, |m, c| m.max(c.abs()));
                let x = of(*x);
                let row = |r: usize| {
                    let entries = by.starts[r] as usize..by.starts[r + 1] as usize;
                    let all = entries
                        .map(|k| mul_up(by.coefficients[k].abs(), x[by.columns[k] as usize]))
                        .fold(by.bias.get(r).map_or(0.0, |b| b.abs()), add_up);
                    by.divisors.get(r).map_or(all, |&d| over(all, d))
                };
                local.noise = (0..len).map(row).collect();
                if !by.bias.is_empty() {
                    let divisor = |r: usize| by.divisors.get(r).copied().unwrap_or(1.0);
                    let biases = (0..len).map(|r| quotient(by.bias[r], divisor(r)));
                    let (bias, extra): (Vec<f64>, Vec<f64>) =
                        biases.map(|b| (middle(b), b.width())).unzip();
                    local.bias = bias;
                    local.finish(slack(terms), extra);
                }
            }
            Op::Scale { x, by } => {
                terms = 3;
                products = 2 * len;
                growth = by.divisor.iter().fold(1.0, |m, &d| m.max(over(1.0, d)));
                let x = of(*x);
                let off = |f: Interval| mul_up(f.width(), 1.0);
                let all = (0..len).map(|k| {
                    let t = by.index(k);
                    let d = by.divisor.get(t).copied().unwrap_or(1.0);
                    let shift = by.shift.get(t).copied().unwrap_or(Interval::ZERO);
                    let product = over(mul_up(by.factor[t].magnitude(), x[k]), d);
                    let inexact = over(mul_up(off(by.factor[t]), x[k]), d);
                    (product, add_up(inexact, off(shift)))
                });
                let (noise, extra): (Vec<f64>, Vec<f64>) = all.unzip();
                local.noise = noise;
                local.finish(slack(terms), extra);
                local.bias = (0..len)
                    .map(|k| by.shift.get(by.index(k)).map_or(0.0, |s| middle(*s)))
                    .collect();
            }
            Op::Add { terms: all } => {
                terms = all.len();
                products = 0;
                let sum = |k: usize| all.iter().map(|t| of(t.0)[k]).fold(0.0, add_up);
                local.noise = (0..len).map(sum).collect();
            }
            Op::Product { .. }
            | Op::Unary { .. }
            | Op::Max { .. }
            | Op::Choose { .. }
            | Op::Quotient { .. } => {
                terms = shares(plan, &node.op, &local.brackets);
                products = 2 * len;
                let side = |terms: &[super::super::relax::Term; 2]| {
                    let part = terms.iter().filter(|t| t.slope != 0.0);
                    part.map(|t| mul_up(t.slope.abs(), of(t.node)[t.element as usize]))
                        .fold(0.0, add_up)
                };
                local.noise = local
                    .brackets
                    .iter()
                    .map(|b| side(&b.lower.terms).max(side(&b.upper.terms)))
                    .collect();
                // The lower slope of a ReLU may be any in [0, 1] ([`super::slopes`]).
                if let Op::Unary { x, f: Unary::Relu } = &node.op {
                    local.noise.clone_from_slice(of(*x));
                }
            }
        }
        if local.slack == 0.0 {
            local.finish(slack(terms), Vec::new());
        }
        let operands = node.op.operands();
        let most = operands.iter().flat_map(|x| of(*x)).copied().fold(1.0, f64::max);
        local.once = underflow(products, mul_up(most, growth));
        local
    }

    /// Turns sums of magnitudes into noise.
    fn finish(&mut self, slack: f64, extra: Vec<f64>) {
        self.slack = slack;
        for n in &mut self.noise {
            *n = mul_up(*n, slack);
        }
        for (n, e) in self.noise.iter_mut().zip(extra) {
            *n = add_up(*n, e);
        }
    }
}

fn quotient(a: f64, d: f64) -> Interval {
    if d < 0.0 { Interval::point(-a).divide(-d) } else { Interval::point(a).divide(d) }
}

/// The quotient of `a >= 0` by `|d|`, upwards.
fn over(a: f64, d: f64) -> f64 {
    Interval::point(a).divide(d.abs()).hi
}

/// A double in the interval.
pub(super) fn middle(v: Interval) -> f64 {
    if v.is_point() { v.lo } else { (0.5 * v.lo + 0.5 * v.hi).clamp(v.lo, v.hi) }
}

fn element<'a>(from: &[NodeId], s: &Source, of: &impl Fn(NodeId) -> &'a [f64]) -> f64 {
    match *s {
        Source::Element { operand, element } => of(from[operand as usize])[element as usize],
        Source::Fixed(_) => 0.0,
    }
}

/// The most elements of the result that one element of an operand goes into.
fn shares(plan: &Plan<'_>, op: &Op, brackets: &[Bracket]) -> usize {
    let mut uses: Vec<(u32, u32)> = match op {
        Op::Move { from, map } => map
            .iter()
            .filter_map(|s| match *s {
                Source::Element { operand, element } => Some((from[operand as usize].0, element)),
                Source::Fixed(_) => None,
            })
            .collect(),
        Op::Sums { x, by } => by.columns.iter().map(|&c| (x.0, c)).collect(),
        _ if brackets.is_empty() => Vec::new(),
        Op::Unary { .. } => return 1,
        _ => brackets
            .iter()
            .flat_map(|b| b.lower.terms.iter().chain(&b.upper.terms))
            .filter(|t| t.slope != 0.0)
            .map(|t| (t.node.0, t.element))
            .collect(),
    };
    debug_assert!(uses.iter().all(|u| (u.0 as usize) < plan.graph.nodes.len()));
    uses.sort_unstable();
    uses.chunk_by(|a, b| a == b).map(<[_]>::len).max().unwrap_or(1)
}
