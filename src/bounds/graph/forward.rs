//! One node on intervals.

use super::plan::Plan;
use super::relax::{curve_range, piece_range};
use crate::bounds::Interval;
use crate::network::graph::decided::holds;
use crate::network::graph::{NodeId, Op, Scale, Source, Sums, Unary};

/// Intervals of a node from those of all earlier ones, and for dense layers and convolutions an
/// upper bound of `sum |w| max |x|` of every element (empty for the others). Inputs have no
/// interval of their own: what is stored for them is returned.
pub(super) fn node(
    plan: &Plan<'_>,
    id: NodeId,
    bounds: &[Vec<Interval>],
) -> (Vec<Interval>, Vec<f64>) {
    let of = |x: NodeId| bounds[x.index()].as_slice();
    if let Some(linear) = &plan.linear[id.index()] {
        let Some(&x) = plan.graph.node(id).op.operands().first() else { return Default::default() };
        return linear.sweep(of(x));
    }
    let pairs = |a: &NodeId, b: &NodeId, f: fn(Interval, Interval) -> Interval| -> Vec<Interval> {
        of(*a).iter().zip(of(*b)).map(|(&p, &q)| f(p, q)).collect()
    };
    let all = match &plan.graph.node(id).op {
        Op::Input { .. } => of(id).to_vec(),
        Op::Constant(values) => values.iter().map(|&v| Interval::point(v)).collect(),
        Op::Move { from, map } => map.iter().map(|s| moved(from, s, &of)).collect(),
        // These have a `Linear`.
        Op::Dense { .. } | Op::Conv { .. } => Vec::new(),
        Op::Sums { x, by } => sums(by, of(*x)),
        Op::Scale { x, by } => {
            of(*x).iter().enumerate().map(|(k, &v)| scaled(by, by.index(k), v)).collect()
        }
        Op::Add { terms } => {
            let len = plan.graph.node(id).len();
            let signed = |k: usize, t: &(NodeId, bool)| if t.1 { -of(t.0)[k] } else { of(t.0)[k] };
            (0..len).map(|k| terms.iter().map(|t| signed(k, t)).sum()).collect()
        }
        Op::Product { a, b } if a == b => of(*a).iter().map(|p| p.square()).collect(),
        Op::Product { a, b } => pairs(a, b, |p, q| p * q),
        Op::Unary { x, f } => of(*x).iter().map(|&v| unary(*f, v)).collect(),
        Op::Max { x, groups } => {
            let x = of(*x);
            let largest = |k: usize| {
                let members = groups.get(k).iter().map(|&e| x[e as usize]);
                members.reduce(|p, q| Interval { lo: p.lo.max(q.lo), hi: p.hi.max(q.hi) })
            };
            (0..groups.len()).map(|k| largest(k).unwrap_or(Interval::ALL)).collect()
        }
        Op::Choose { condition, at_zero, a, b } => {
            let cases = of(*condition).iter().zip(of(*a).iter().zip(of(*b)));
            cases
                .map(|(&c, (&a, &b))| match holds(c, *at_zero) {
                    Some(true) => a,
                    Some(false) => b,
                    None => a.hull(b),
                })
                .collect()
        }
        Op::Quotient { a, b } => pairs(a, b, quotient),
    };
    (all, Vec::new())
}

/// The range of `f` on `x`.
pub(super) fn unary(f: Unary, x: Interval) -> Interval {
    match f {
        Unary::Smooth(f) => curve_range(f, x),
        Unary::Relu
        | Unary::Leaky { .. }
        | Unary::Clip { .. }
        | Unary::Abs
        | Unary::Step { .. }
        | Unary::Threshold { .. } => piece_range(f, x),
    }
}

fn moved<'a>(from: &[NodeId], s: &Source, of: &impl Fn(NodeId) -> &'a [Interval]) -> Interval {
    match *s {
        Source::Element { operand, element } => of(from[operand as usize])[element as usize],
        Source::Fixed(v) => Interval::point(v),
    }
}

/// The quotient by a number other than 0.
fn over(x: Interval, d: f64) -> Interval {
    if d < 0.0 { (-x).divide(-d) } else { x.divide(d) }
}

fn sums(by: &Sums, x: &[Interval]) -> Vec<Interval> {
    let row = |r: usize| {
        let entries = by.starts[r] as usize..by.starts[r + 1] as usize;
        let terms = entries.map(|k| x[by.columns[k] as usize].scale(by.coefficients[k]));
        let bias = by.bias.get(r).map_or(Interval::ZERO, |&b| Interval::point(b));
        let total = terms.fold(bias, |a, b| a + b);
        by.divisors.get(r).map_or(total, |&d| over(total, d))
    };
    (0..by.starts.len() - 1).map(row).collect()
}

fn scaled(by: &Scale, t: usize, x: Interval) -> Interval {
    let y = x * by.factor[t];
    let y = by.divisor.get(t).map_or(y, |&d| over(y, d));
    by.shift.get(t).map_or(y, |&s| y + s)
}

/// The range of `a / b`: everything where `b` may be 0.
pub(super) fn quotient(a: Interval, b: Interval) -> Interval {
    if b.contains(0.0) || !b.is_finite() {
        return Interval::ALL;
    }
    over(a, b.lo).hull(over(a, b.hi))
}
