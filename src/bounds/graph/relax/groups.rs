//! Planes below and above the largest of several elements, and a choice between two.

use super::{Bracket, Line, Plane, Term, pieces};
use crate::bounds::Interval;
use crate::network::graph::decided::holds;
use crate::network::graph::{NodeId, Unary};

/// The largest of `members` of node `x`.
pub(super) fn largest(x: NodeId, members: &[u32], bounds: &[Interval]) -> Bracket {
    let all: Vec<(Term, Interval)> = members
        .iter()
        .map(|&e| (Term { node: x, element: e, slope: 1.0 }, bounds[e as usize]))
        .collect();
    let range = hull_of_largest(&all);
    Bracket { lower: below(&all), upper: above(&all, range) }
}

fn hull_of_largest(all: &[(Term, Interval)]) -> Interval {
    let lo = all.iter().map(|t| t.1.lo).fold(f64::NEG_INFINITY, f64::max);
    let hi = all.iter().map(|t| t.1.hi).fold(f64::NEG_INFINITY, f64::max);
    Interval { lo, hi }
}

/// The maximum is at least each member: the one with the highest lower bound (DeepPoly), of equal
/// ones that with the highest upper bound.
fn below(all: &[(Term, Interval)]) -> Plane {
    let mut best = all[0];
    for t in all {
        if (t.1.lo, t.1.hi) > (best.1.lo, best.1.hi) {
            best = *t;
        }
    }
    Plane { terms: [best.0, Term { slope: 0.0, ..best.0 }], bias: 0.0 }
}

/// With `m` a bound above all members but `x`, the maximum is at most `max(x, m)`, which is convex:
/// the chord over `x`, nowhere above the constant of DeepPoly. `x` is the member with the highest
/// upper bound.
fn above(all: &[(Term, Interval)], range: Interval) -> Plane {
    let mut top = 0;
    for (k, t) in all.iter().enumerate() {
        if (t.1.hi, t.1.lo) > (all[top].1.hi, all[top].1.lo) {
            top = k;
        }
    }
    let (term, x) = all[top];
    let others = all.iter().enumerate().filter(|&(k, t)| k != top && t.0.element != term.element);
    let m = others.map(|(_, t)| t.1.hi).fold(f64::NEG_INFINITY, f64::max);
    let through =
        |slope, bias| Plane { terms: [Term { slope, ..term }, Term { slope: 0.0, ..term }], bias };
    if m <= x.lo {
        return through(1.0, 0.0);
    }
    let slope = (x.hi - m) / (x.hi - x.lo);
    if !(x.is_finite() && slope.is_finite()) {
        return Plane::constant(term.node, range.hi);
    }
    let points = [(x.lo, Interval::point(m)), (x.hi, Interval::point(x.hi))];
    let line = pieces::above(&points, slope);
    through(line.slope, line.bias)
}

/// Element `k` of `nodes[1]` or of `nodes[2]`, as element `k` of `nodes[0]` decides.
pub(super) fn choose(
    nodes: [NodeId; 3],
    at_zero: bool,
    k: usize,
    [c, a, b]: [Interval; 3],
) -> Bracket {
    let line = |node, line| Plane::line(node, k, line);
    let same = Line { slope: 1.0, bias: 0.0 };
    match holds(c, at_zero) {
        Some(true) => return Bracket { lower: line(nodes[1], same), upper: line(nodes[1], same) },
        Some(false) => return Bracket { lower: line(nodes[2], same), upper: line(nodes[2], same) },
        None => {}
    }
    if a.is_point() && b.is_point() {
        let at = if at_zero { a.lo } else { b.lo };
        let [lower, upper] = pieces::lines(Unary::Step { below: b.lo, at, above: a.lo }, c);
        return Bracket { lower: line(nodes[0], lower), upper: line(nodes[0], upper) };
    }
    // Between the smaller and the larger of both.
    let term = |node, slope| Term { node, element: k as u32, slope };
    let pair = |s: f64| {
        let of = |v: Interval| if s > 0.0 { v } else { -v };
        let all = [(term(nodes[1], s), of(a)), (term(nodes[2], s), of(b))];
        between(&all)
    };
    let upper = pair(1.0);
    let mut lower = pair(-1.0);
    // -max(-a, -b) is the smaller one.
    lower.bias = -lower.bias;
    for t in &mut lower.terms {
        t.slope = if t.slope == 0.0 { 0.0 } else { -t.slope };
    }
    // The terms of `lower` stand for -a and -b with slope -1, which the turn above makes whole.
    Bracket { lower, upper }
}

/// A plane above the larger of two signed elements of different nodes.
fn between(all: &[(Term, Interval); 2]) -> Plane {
    let (top, other) = if all[1].1.hi > all[0].1.hi { (1, 0) } else { (0, 1) };
    let (term, x) = all[top];
    let m = all[other].1.hi;
    let plane = |slope: f64, bias| Plane {
        terms: [Term { slope: slope * term.slope, ..term }, Term { slope: 0.0, ..term }],
        bias,
    };
    if m <= x.lo {
        return plane(1.0, 0.0);
    }
    let slope = (x.hi - m) / (x.hi - x.lo);
    if !(x.is_finite() && slope.is_finite()) {
        return Plane::constant(term.node, x.hi);
    }
    let points = [(x.lo, Interval::point(m)), (x.hi, Interval::point(x.hi))];
    let line = pieces::above(&points, slope);
    plane(line.slope, line.bias)
}
