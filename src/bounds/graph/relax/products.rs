//! Planes below and above a product (McCormick, *Mathematical Programming* 10, 1976).

use super::{Bracket, Line, Plane, Term};
use crate::bounds::Interval;
use crate::bounds::interval::{add_down, add_up, mul_down, mul_up};
use crate::network::graph::NodeId;

/// The product of element `k` of both nodes, in `p` and `q`.
///
/// Each side has two planes, which are equally high in the middle; of these the one is taken whose
/// slopes change less over the box.
pub(super) fn product(nodes: [NodeId; 2], k: usize, p: Interval, q: Interval) -> Bracket {
    if !(p.is_finite() && q.is_finite()) {
        return Bracket::constant(nodes[0], p * q);
    }
    let (wide_p, wide_q) = (p.hi - p.lo, q.hi - q.lo);
    // y = s p' + t q' - s t for a corner (t, s): above at (lo, hi) and (hi, lo), below at the others.
    let plane = |corners: [(f64, f64); 2], up: bool| {
        let cost = |c: &(f64, f64)| c.1.abs() * wide_p + c.0.abs() * wide_q;
        let (t, s) = if cost(&corners[1]) < cost(&corners[0]) { corners[1] } else { corners[0] };
        let term = |node, slope| Term { node, element: k as u32, slope };
        let bias = if up { mul_up(-s, t) } else { mul_down(-s, t) };
        Plane { terms: [term(nodes[0], s), term(nodes[1], t)], bias }
    };
    Bracket {
        lower: plane([(p.lo, q.lo), (p.hi, q.hi)], false),
        upper: plane([(p.lo, q.hi), (p.hi, q.lo)], true),
    }
}

/// Lines below and above `x^2`: the tangent in the middle and the chord.
pub(super) fn square(x: Interval) -> [Line; 2] {
    if !x.is_finite() {
        let r = x.square();
        return [Line::constant(r.lo), Line::constant(r.hi)];
    }
    // x^2 - s x is least at s / 2, where it is -(s / 2)^2; halving is exact but for underflow.
    let middle = 0.5 * x.lo + 0.5 * x.hi;
    let lower = Line { slope: 2.0 * middle, bias: mul_down(-middle, middle) };
    let slope = x.lo + x.hi;
    let end = |p: f64| add_up(mul_up(p, p), mul_up(-slope, p));
    let upper = Line { slope, bias: end(x.lo).max(end(x.hi)) };
    let fits = |l: &Line| l.slope.is_finite() && l.bias.is_finite();
    if fits(&lower) && fits(&upper) {
        return [lower, upper];
    }
    let r = x.square();
    [Line::constant(add_down(r.lo, 0.0)), Line::constant(r.hi)]
}
