//! Least values of linear functions over the part of a box that lies in a ball.
//!
//! For a row `a . x` and any split `a = (a - g) + g` the least value of the first part over the box
//! plus that of the second over the ball is a lower bound of the row over their common part:
//!
//! ```text
//! a . x >= min_box (a - g) . x + g . c - r ||g||*,
//! ```
//!
//! where `||g||*` is the dual norm (largest value for l1, Euclidean for l2). Any `g` is valid, so it
//! is chosen by plain arithmetic and only the right-hand side is rounded outwards. Of three values
//! the best is taken: `g = 0`, the box alone; `g = a`, the ball alone, as CROWN has it; and the best
//! `g`, which by Lagrangian duality leaves no gap. With `d = x - c` and the box as `L <= d <= U`:
//!
//! - l2: `d(t) = clamp(-t a, L, U)` with `t` such that `||d|| = r`, and `g = -d / t`. The equation in
//!   `t` is solved by taking for clamped what was clamped in the last step.
//! - l1: the distance is spent on the largest `|a_i|` first. With the one at which it is spent as
//!   threshold `s`, `g` is `a` clamped to `[-s, s]`, and `-s` or `s` where the box excludes `d = 0`.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::rows::Rows;
use crate::bounds::Interval;
use crate::bounds::graph::linear::{Block, LANES, Lane};
use crate::bounds::graph::plan::Plan;
use crate::bounds::graph::rounding::{slack, underflow};
use crate::bounds::interval::{add_down, add_up, mul_up};
use crate::question::verify::{Ball, BallNorm};

/// Steps of the equation for l2, at most. Values hold wherever it ends.
const STEPS: usize = 16;

/// Coefficients of the inputs in the rows of a block, with the set that the inputs lie in.
pub(in crate::bounds::graph) struct Inputs<'s> {
    ball: &'s Ball,
    /// Ranges, centres and coefficients of each input of the graph; no coefficients for zeros.
    ports: Vec<Port<'s>>,
}

type Port<'s> = (&'s [Interval], &'s [Interval], Option<&'s Block>);

/// One input.
struct Input {
    range: Interval,
    center: Interval,
    /// Its offsets from the centre, not rigorous.
    lo: f64,
    hi: f64,
}

/// Where rows are least, which says how they are split.
pub(in crate::bounds::graph) struct Split {
    /// For l2 the factor `t`, for l1 the threshold `s`.
    at: Lane,
    /// For l1 the last input that is moved, and by how much.
    last: [(usize, f64); LANES],
    /// Whether the box does not matter in any row.
    plain: bool,
}

/// A lower bound of every row: a sum of products, the sum of their absolute values, and what is to
/// be taken away.
struct Sum {
    sum: Lane,
    of: Lane,
    less: Lane,
}

/// What is gained by moving an input as far as the box allows.
struct Move {
    weight: f64,
    by: f64,
    input: usize,
}

impl Ord for Move {
    fn cmp(&self, other: &Self) -> Ordering {
        self.weight.total_cmp(&other.weight).then(other.input.cmp(&self.input))
    }
}

impl PartialOrd for Move {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Move {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Move {}

impl<'s> Inputs<'s> {
    /// `blocks` are coefficients by node.
    pub fn new(
        plan: &Plan<'_>,
        bounds: &'s [Vec<Interval>],
        ball: &'s Ball,
        blocks: &'s [Option<Block>],
    ) -> Self {
        let mut first = 0;
        let port = |p: &crate::network::graph::Port| {
            let k = p.node.index();
            let center = &ball.center[first..];
            first += p.len();
            (bounds[k].as_slice(), center, blocks[k].as_ref())
        };
        Inputs { ball, ports: plan.graph.inputs.iter().map(port).collect() }
    }

    fn each(&self, mut f: impl FnMut(usize, &Input, &Lane)) {
        let mut number = 0;
        for (ranges, centers, block) in &self.ports {
            for (e, (&range, &center)) in ranges.iter().zip(*centers).enumerate() {
                let c = middle(center);
                let input = Input { range, center, lo: range.lo - c, hi: range.hi - c };
                f(number, &input, block.map_or(&[0.0; LANES], |b| &b[e]));
                number += 1;
            }
        }
    }

    fn len(&self) -> usize {
        self.ports.iter().map(|p| p.0.len()).sum()
    }

    /// Lower bounds of all rows, as a constant and the error that comes with it.
    pub fn least(&self) -> [Lane; 2] {
        // Two products an input, one of them with a rounded factor.
        let n = 2 * self.len() + 2;
        let (slack, tiny) = (slack(n), underflow(n, 1.0));
        let error = |s: &Sum, l: usize| add_up(mul_up(s.of[l], slack), tiny);
        let net = |s: &Sum, l: usize| s.sum[l] - s.less[l] - error(s, l);
        let mut best = self.value(|_, _, _| 0.0);
        let mut meet = |other: Sum| {
            for l in 0..LANES {
                if net(&other, l) > net(&best, l) || net(&best, l).is_nan() {
                    best.sum[l] = other.sum[l];
                    best.of[l] = other.of[l];
                    best.less[l] = other.less[l];
                }
            }
        };
        meet(self.value(|_, a, _| a));
        let split = self.split();
        if !split.plain {
            match self.ball.norm {
                BallNorm::L1 => meet(self.value(|input, a, l| {
                    let s = split.at[l];
                    match input {
                        _ if input.lo > 0.0 => -s,
                        _ if input.hi < 0.0 => s,
                        _ => a.max(-s).min(s),
                    }
                })),
                BallNorm::L2 => meet(self.value(|input, a, l| {
                    let d = -a * split.at[l];
                    match d {
                        _ if d < input.lo => -input.lo / split.at[l],
                        _ if d > input.hi => -input.hi / split.at[l],
                        _ => a,
                    }
                })),
            }
        }
        let mut errors = [0.0; LANES];
        for (l, e) in errors.iter_mut().enumerate() {
            *e = error(&best, l);
            best.sum[l] = add_down(best.sum[l], -best.less[l]);
        }
        [best.sum, errors]
    }

    /// The right-hand side for the split with `g`.
    fn value(&self, g: impl Fn(&Input, f64, usize) -> f64) -> Sum {
        let mut s = Sum { sum: [0.0; LANES], of: [0.0; LANES], less: [0.0; LANES] };
        let mut norm = [0.0f64; LANES];
        self.each(|_, input, a| {
            for l in 0..LANES {
                let g = g(input, a[l], l);
                // Rounding does not change the sign of a difference.
                let rest = a[l] - g;
                let end = if rest > 0.0 { input.range.lo } else { input.range.hi };
                let center = if g > 0.0 { input.center.lo } else { input.center.hi };
                let p = if rest == 0.0 { 0.0 } else { rest * end };
                let q = g * center;
                s.sum[l] += p + q;
                s.of[l] += p.abs() + q.abs();
                norm[l] = match self.ball.norm {
                    // A NaN must not get lost.
                    BallNorm::L1 if g.abs() <= norm[l] => norm[l],
                    BallNorm::L1 => g.abs() + norm[l] * 0.0,
                    BallNorm::L2 => norm[l] + g * g,
                };
            }
        });
        let n = self.len();
        for l in 0..LANES {
            let norm = match self.ball.norm {
                _ if norm[l] == 0.0 => norm[l],
                BallNorm::L1 => norm[l],
                BallNorm::L2 => {
                    let squares = add_up(norm[l], mul_up(norm[l], slack(n)));
                    add_up(squares, underflow(n, 1.0)).sqrt().next_up()
                }
            };
            s.less[l] = mul_up(norm, self.ball.radius.hi);
        }
        s
    }

    /// Finds where rows are least.
    pub fn split(&self) -> Split {
        match self.ball.norm {
            BallNorm::L1 => self.split_l1(),
            BallNorm::L2 => self.split_l2(),
        }
    }

    fn split_l2(&self) -> Split {
        let r = self.ball.radius.hi;
        let mut squares = [0.0; LANES];
        self.each(|_, _, a| {
            for l in 0..LANES {
                squares[l] += a[l] * a[l];
            }
        });
        let mut at = squares.map(|s: f64| factor(r * r, s));
        let mut plain = true;
        for step in 0..STEPS {
            let (mut free, mut used) = ([0.0; LANES], [0.0; LANES]);
            let mut clamped = [false; LANES];
            self.each(|_, input, a| {
                for l in 0..LANES {
                    let w = -a[l] * at[l];
                    let d = w.max(input.lo).min(input.hi);
                    clamped[l] |= d != w;
                    free[l] += if d == w { a[l] * a[l] } else { 0.0 };
                    used[l] += if d == w { 0.0 } else { d * d };
                }
            });
            if step == 0 {
                plain = !clamped.contains(&true);
            }
            let mut moved = false;
            for l in 0..LANES {
                let new = match r * r - used[l] {
                    left if left > 0.0 => factor(left, free[l]),
                    _ => 0.5 * at[l],
                };
                moved |= clamped[l] && new != at[l];
                at[l] = if clamped[l] { new } else { at[l] };
            }
            if !moved {
                break;
            }
        }
        Split { at, last: [(usize::MAX, 0.0); LANES], plain }
    }

    fn split_l1(&self) -> Split {
        let mut split = Split { at: [0.0; LANES], last: [(usize::MAX, 0.0); LANES], plain: true };
        // What is needed to get into the box.
        let mut base = 0.0;
        self.each(|_, input, _| base += input.nearest().abs());
        split.plain &= base == 0.0;
        let left = self.ball.radius.hi - base;
        let mut first: [Option<Move>; LANES] = Default::default();
        self.each(|k, input, a| {
            for l in 0..LANES {
                if first[l].as_ref().is_none_or(|m| a[l].abs() > m.weight) {
                    first[l] = input.step(k, a[l]).or(first[l].take());
                }
            }
        });
        for (l, first) in first.into_iter().enumerate() {
            let Some(first) = first else { continue };
            if first.by >= left {
                (split.at[l], split.last[l]) = (first.weight, (first.input, left.max(0.0)));
                continue;
            }
            split.plain = false;
            let mut all = Vec::with_capacity(self.len());
            self.each(|k, input, a| all.extend(input.step(k, a[l])));
            let mut all = BinaryHeap::from(all);
            let mut left = left;
            while let Some(m) = all.pop() {
                if m.by >= left {
                    (split.at[l], split.last[l]) = (m.weight, (m.input, left.max(0.0)));
                    break;
                }
                left -= m.by;
            }
        }
        split
    }

    /// Where rows are least: a point of the set up to rounding, one lane a row.
    pub fn point(&self) -> Block {
        let split = self.split();
        let mut x: Block = Vec::with_capacity(self.len());
        self.each(|k, input, a| {
            let mut point = [0.0; LANES];
            for l in 0..LANES {
                let d = match self.ball.norm {
                    BallNorm::L2 => (-a[l] * split.at[l]).max(input.lo).min(input.hi),
                    BallNorm::L1 => {
                        let (last, by) = split.last[l];
                        let near = input.nearest();
                        let full =
                            a[l].abs() > split.at[l] || (a[l].abs() == split.at[l] && k < last);
                        match a[l] {
                            0.0 => near,
                            a if full && a > 0.0 => input.lo,
                            _ if full => input.hi,
                            a if k == last && a > 0.0 => (near - by).max(input.lo),
                            _ if k == last => (near + by).min(input.hi),
                            _ => near,
                        }
                    }
                };
                point[l] = middle(input.center) + d;
            }
            x.push(point);
        });
        x
    }
}

impl Input {
    /// The offset that is nearest to the centre.
    fn nearest(&self) -> f64 {
        0.0f64.max(self.lo).min(self.hi)
    }

    /// How far it can be moved to make a row smaller.
    fn step(&self, input: usize, a: f64) -> Option<Move> {
        let near = self.nearest();
        let by = if a > 0.0 { near - self.lo } else { self.hi - near };
        (a != 0.0 && by > 0.0).then(|| Move { weight: a.abs(), by, input })
    }
}

/// The factor by which a vector with the squares `free` gets the squares `left`.
fn factor(left: f64, free: f64) -> f64 {
    let t = (left / free).sqrt();
    if t.is_finite() { t } else { f64::MAX }
}

fn middle(v: Interval) -> f64 {
    if v.is_point() { v.lo } else { 0.5 * v.lo + 0.5 * v.hi }
}

/// Where the rows whose coefficients are in `kept` are least over box and ball, one number an input
/// in order; nothing without a ball.
pub(in crate::bounds::graph) fn least_point(
    rows: &Rows<'_, '_>,
    kept: &[Option<Block>],
) -> Option<Block> {
    rows.ball.map(|ball| Inputs::new(rows.plan, rows.bounds, ball, kept).point())
}
