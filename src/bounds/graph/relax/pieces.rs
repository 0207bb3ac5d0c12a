//! Relaxations of piecewise linear functions of one argument.
//!
//! On an interval such a function lies in the convex hull of finitely many points of its graph: the
//! ends and the breakpoints, at a jump with the limits of both sides. A line above all points is
//! above the function. So any slope is right once the constant is the largest `y - slope x` over the
//! points, rounded upwards; the slope is that of the hull's edge over the middle of the interval.

use super::Line;
use crate::bounds::Interval;
use crate::bounds::interval::{add_down, add_up, mul_down, mul_up};
use crate::network::graph::Unary;
use crate::network::graph::decided::step;

/// A point of the hull; `y` is an enclosure.
type Point = (f64, Interval);

/// The range of `f` on `x`.
pub(in crate::bounds::graph) fn range(f: Unary, x: Interval) -> Interval {
    match f {
        Unary::Relu => x.relu(),
        Unary::Clip { lo, hi } => x.clamp(lo, hi),
        Unary::Step { below, at, above } => step(x, below, at, above),
        Unary::Threshold { threshold } if x.hi <= threshold => Interval::ZERO,
        Unary::Threshold { threshold } if x.lo > threshold => x,
        Unary::Threshold { .. } => Interval { lo: 0.0, hi: x.hi },
        Unary::Abs if x.lo >= 0.0 => x,
        Unary::Abs if x.hi <= 0.0 => -x,
        Unary::Abs => Interval { lo: 0.0, hi: x.magnitude() },
        Unary::Leaky { slope } => {
            let below = Interval { lo: x.lo.min(0.0), hi: x.hi.min(0.0) }.scale(slope);
            match (x.lo >= 0.0, x.hi <= 0.0) {
                (true, _) => x,
                (_, true) => below,
                _ => below.hull(x.relu()),
            }
        }
        Unary::Smooth(f) => super::curve_range(f, x),
    }
}

/// Points whose hull holds the graph of `f` on `x`, from left to right.
fn points(f: Unary, x: Interval) -> Vec<Point> {
    let (l, u) = (x.lo, x.hi);
    let at = |p: f64| (p, range(f, Interval::point(p)));
    let flat = |p: f64, y: f64| (p, Interval::point(y));
    match f {
        Unary::Relu | Unary::Leaky { .. } | Unary::Abs => vec![at(l), at(0.0), at(u)],
        Unary::Clip { lo, hi } => {
            let inner = [lo, hi].into_iter().filter(|&p| x.contains(p)).map(at);
            std::iter::once(at(l)).chain(inner).chain([at(u)]).collect()
        }
        Unary::Step { below, at, above } => {
            let mut all = Vec::new();
            if l < 0.0 {
                all.extend([flat(l, below), flat(0.0, below)]);
            }
            all.push(flat(0.0, at));
            if u > 0.0 {
                all.extend([flat(0.0, above), flat(u, above)]);
            }
            all
        }
        Unary::Threshold { threshold: t } => {
            vec![flat(l, 0.0), flat(t, 0.0), flat(t, t), flat(u, u)]
        }
        Unary::Smooth(_) => Vec::new(),
    }
}

/// Lines below and above `f`, not smooth, on `x`.
pub(super) fn lines(f: Unary, x: Interval) -> [Line; 2] {
    if let Some(line) = f.line(x) {
        return [line; 2];
    }
    if !x.is_finite() || x.is_point() {
        let r = range(f, x);
        return [Line::constant(r.lo), Line::constant(r.hi)];
    }
    let points = points(f, x);
    let [low, high] = slopes(&points, x);
    [below(&points, low), above(&points, high)]
}

/// Slopes of the lower and the upper edge of the hull over the middle of `x`.
fn slopes(points: &[Point], x: Interval) -> [f64; 2] {
    let middle = 0.5 * x.lo + 0.5 * x.hi;
    let mut best = [(f64::INFINITY, 0.0), (f64::INFINITY, 0.0)];
    for (k, &(p, a)) in points.iter().enumerate() {
        for &(q, b) in &points[k + 1..] {
            if !(p <= middle && middle <= q && p < q) {
                continue;
            }
            for (side, sign) in [(0, 1.0), (1, -1.0)] {
                let (a, b) = if side == 0 { (a.lo, b.lo) } else { (a.hi, b.hi) };
                let slope = (b - a) / (q - p);
                let height = sign * (a + slope * (middle - p));
                if height < best[side].0 && slope.is_finite() {
                    best[side] = (height, slope);
                }
            }
        }
    }
    best.map(|b| b.1)
}

/// The highest line of this slope that is below all points.
pub(super) fn below(points: &[Point], slope: f64) -> Line {
    let bias = points
        .iter()
        .map(|&(p, y)| add_down(y.lo, mul_down(-slope, p)))
        .fold(f64::INFINITY, f64::min);
    Line { slope, bias }
}

/// The lowest line of this slope that is above all points.
pub(super) fn above(points: &[Point], slope: f64) -> Line {
    let bias = points
        .iter()
        .map(|&(p, y)| add_up(y.hi, mul_up(-slope, p)))
        .fold(f64::NEG_INFINITY, f64::max);
    Line { slope, bias }
}
