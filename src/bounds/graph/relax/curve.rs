//! Relaxations of smooth functions.
//!
//! All of them increase; exponential and softplus are convex, logarithm and root are concave, and the
//! sigmoids are convex below 0 and concave above. For a line of slope `s` above `f` the constant must
//! be at least `f(x) - s x` everywhere. Where `f` is convex that is largest at an end. Where it is
//! concave, `f(x) <= f(t) + f'(t)(x - t)` for any `t`, so
//!
//! ```text
//! f(x) - s x <= f(t) - s t + max((f'(t) - s)(q - t), (s - f'(t))(t - p), 0)      on [p, q],
//! ```
//!
//! which is what is evaluated, upwards, from enclosures of `f(t)` and `f'(t)`. Lines below are lines
//! above `-f`. Slopes: chord where the function bends away, tangent in the middle where it bends
//! towards the line, and across 0 the tangent through the far end unless the middle lies beyond its
//! point of contact (then the tangent in the middle is valid and lower).

use super::Line;
use crate::bounds::Interval;
use crate::bounds::interval::{add_down, add_up, mul_up};
use crate::network::graph::Function;
use crate::network::graph::eval::smooth::enclosure;

/// The range of `f` on the part of `x` where it is defined.
pub(in crate::bounds::graph) fn range(f: Function, x: Interval) -> Interval {
    match f {
        Function::Log | Function::Sqrt if x.hi < 0.0 => Interval::ALL,
        Function::Log if x.hi == 0.0 => Interval { lo: f64::NEG_INFINITY, hi: -744.0 },
        Function::Log if x.lo <= 0.0 => Interval { lo: f64::NEG_INFINITY, hi: value(f, x.hi).hi },
        Function::Sqrt => enclosure(f, Interval { lo: x.lo.max(0.0), hi: x.hi }),
        Function::Log
        | Function::Sigmoid
        | Function::Tanh
        | Function::Softplus
        | Function::Erf
        | Function::Exp => enclosure(f, x),
    }
}

fn value(f: Function, x: f64) -> Interval {
    enclosure(f, Interval::point(x))
}

/// An enclosure of `f'(x)`; the whole line where there is none.
fn derivative(f: Function, x: f64) -> Interval {
    let one = Interval::point(1.0);
    match f {
        Function::Sigmoid => value(f, x) * value(f, -x),
        Function::Tanh => {
            let both = value(Function::Sigmoid, 2.0 * x) * value(Function::Sigmoid, -2.0 * x);
            both.scale(4.0)
        }
        Function::Softplus => value(Function::Sigmoid, x),
        Function::Erf => {
            let c = std::f64::consts::FRAC_2_SQRT_PI;
            let c = Interval { lo: c.next_down(), hi: c.next_up() };
            c * enclosure(Function::Exp, -Interval::point(x).square())
        }
        Function::Exp => value(f, x),
        Function::Log if x > 0.0 => one.divide(x),
        Function::Sqrt if x > 0.0 => {
            let root = value(f, x).scale(2.0);
            Interval { lo: one.divide(root.hi).lo, hi: one.divide(root.lo).hi }
        }
        Function::Log | Function::Sqrt => Interval::ALL,
    }
}

/// A function that is convex up to `turn` and concave from there.
struct Curve {
    f: Function,
    /// Whether both axes are turned round: `-f(-x)`, which keeps "first convex, then concave" for
    /// sigmoids and exchanges convex and concave otherwise.
    turned: bool,
    turn: f64,
}

impl Curve {
    fn value(&self, x: f64) -> Interval {
        if self.turned { -value(self.f, -x) } else { value(self.f, x) }
    }

    fn slope(&self, x: f64) -> Interval {
        derivative(self.f, if self.turned { -x } else { x })
    }

    /// A line above the curve on `[p, q]`, if all its numbers are finite.
    fn above(&self, p: f64, q: f64) -> Option<Line> {
        let middle = |i: Interval| 0.5 * i.lo + 0.5 * i.hi;
        let chord = (middle(self.value(q)) - middle(self.value(p))) / (q - p);
        let (slope, t) = if q <= self.turn {
            (chord, q)
        } else {
            let t = self.contact(p, q).max(0.5 * p + 0.5 * q);
            if t >= q { (chord, q) } else { (middle(self.slope(t)), t) }
        };
        let bias = self.constant(p, q, slope, t);
        (slope.is_finite() && bias.is_finite()).then_some(Line { slope, bias })
    }

    /// About the point where the tangent passes through the curve's point at `p`; `p` itself where
    /// the curve is concave from there, and `q` where the point lies beyond.
    fn contact(&self, p: f64, q: f64) -> f64 {
        if p >= self.turn {
            return p;
        }
        let start = self.value(p).hi;
        let reaches = |t: f64| self.slope(t).hi * (t - p) <= self.value(t).lo - start;
        if !reaches(q) {
            return q;
        }
        let (mut below, mut at) = (self.turn, q);
        for _ in 0..20 {
            let t = 0.5 * below + 0.5 * at;
            if reaches(t) { at = t } else { below = t }
        }
        at
    }

    /// An upper bound of `f(x) - slope x` on `[p, q]`; `t` is where the concave part is touched.
    fn constant(&self, p: f64, q: f64, slope: f64, t: f64) -> f64 {
        let at = |x: f64| add_up(self.value(x).hi, mul_up(-slope, x));
        // The convex part, whose other end belongs to the concave part or is q.
        let mut bias = if p < self.turn { at(p) } else { f64::NEG_INFINITY };
        if q <= self.turn {
            return bias.max(at(q));
        }
        let d = self.slope(t);
        let right = mul_up(add_up(d.hi, -slope).max(0.0), add_up(q, -t));
        let from = p.max(self.turn);
        let left = mul_up(add_up(slope, -d.lo).max(0.0), add_up(t, -from));
        bias = bias.max(add_up(at(t), right.max(left).max(0.0)));
        bias
    }
}

/// Lines below and above `f` on `x`.
pub(super) fn lines(f: Function, x: Interval) -> [Line; 2] {
    let r = range(f, x);
    let [low, high] = [Line::constant(r.lo), Line::constant(r.hi)];
    // A width that rounding hides leaves nothing to gain.
    if !x.is_finite() || x.hi - x.lo <= 1e-12 * x.magnitude().max(1e-3) {
        return [low, high];
    }
    let (turn, turned_turn) = match f {
        Function::Sigmoid | Function::Tanh | Function::Erf => (0.0, 0.0),
        Function::Exp | Function::Softplus => (f64::INFINITY, f64::NEG_INFINITY),
        Function::Log | Function::Sqrt => (f64::NEG_INFINITY, f64::INFINITY),
    };
    if matches!(f, Function::Log | Function::Sqrt) && x.lo <= 0.0 {
        return [low, high];
    }
    let above = Curve { f, turned: false, turn }.above(x.lo, x.hi);
    let below = Curve { f, turned: true, turn: turned_turn }.above(-x.hi, -x.lo);
    // -f(-x) <= s x + b everywhere says f(x) >= s x - b.
    let below = below.map(|l| Line { slope: l.slope, bias: -l.bias });
    [best(below, low, x, -1.0), best(above, high, x, 1.0)]
}

/// The line, unless it is nowhere better than the constant.
fn best(line: Option<Line>, constant: Line, x: Interval, side: f64) -> Line {
    match line {
        Some(l) => {
            let end = |p: f64| side * add_down(l.slope * p, l.bias);
            let gains = end(x.lo).min(end(x.hi)) < side * constant.bias;
            if gains || !constant.bias.is_finite() { l } else { constant }
        }
        None => constant,
    }
}
