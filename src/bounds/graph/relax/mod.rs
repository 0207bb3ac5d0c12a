//! Linear relaxations of the operations that are not linear.
//!
//! Every element of such a node gets a [`Bracket`]: two affine functions of at most two operand
//! elements, one below and one above it for all operands within their bounds. Both hold exactly, as
//! statements on real numbers about the doubles that are stored: slopes are chosen by ordinary
//! arithmetic, any slope will do, and the constant is then proved with outward rounding.
//!
//! Where a curve or a broken line leaves a choice, the line is taken that is nearest in the middle of
//! the interval, hence of least area. For a ReLU that is the adaptive slope of CROWN (Zhang et al.,
//! NeurIPS 2018) and DeepPoly (Singh et al., POPL 2019).

mod curve;
mod groups;
mod pieces;
mod products;

pub(in crate::bounds::graph) use curve::range as curve_range;
pub(in crate::bounds::graph) use pieces::range as piece_range;

use crate::bounds::Interval;
pub(super) use crate::network::graph::decided::Line;
use crate::network::graph::{Graph, NodeId, Op, Unary};

/// `slope` times an element of an operand; nothing where the slope is 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Term {
    pub node: NodeId,
    pub element: u32,
    pub slope: f64,
}

/// An affine function of at most two elements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plane {
    pub terms: [Term; 2],
    pub bias: f64,
}

/// What lies below and above an element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bracket {
    pub lower: Plane,
    pub upper: Plane,
}

impl Plane {
    pub(super) fn constant(node: NodeId, bias: f64) -> Self {
        let none = Term { node, element: 0, slope: 0.0 };
        Plane { terms: [none; 2], bias }
    }

    pub(super) fn line(node: NodeId, element: usize, line: Line) -> Self {
        let mut plane = Plane::constant(node, line.bias);
        plane.terms[0] = Term { node, element: element as u32, slope: line.slope };
        plane
    }
}

impl Bracket {
    pub(super) fn constant(node: NodeId, range: Interval) -> Self {
        let side = |bias| Plane::constant(node, bias);
        Bracket { lower: side(range.lo), upper: side(range.hi) }
    }

    fn lines(node: NodeId, element: usize, [lower, upper]: [Line; 2]) -> Self {
        let side = |line| Plane::line(node, element, line);
        Bracket { lower: side(lower), upper: side(upper) }
    }
}

/// The lines below and above `f` on `x`.
pub(super) fn unary(f: Unary, x: Interval) -> [Line; 2] {
    match f {
        Unary::Smooth(f) => curve::lines(f, x),
        Unary::Relu
        | Unary::Leaky { .. }
        | Unary::Clip { .. }
        | Unary::Abs
        | Unary::Step { .. }
        | Unary::Threshold { .. } => pieces::lines(f, x),
    }
}

/// Brackets of every element of node `id`, none for a linear operation. `bounds` are those of all
/// earlier nodes.
pub(super) fn brackets(graph: &Graph, id: NodeId, bounds: &[Vec<Interval>]) -> Vec<Bracket> {
    let of = |x: NodeId| &bounds[x.index()];
    match &graph.node(id).op {
        Op::Input { .. }
        | Op::Constant(_)
        | Op::Move { .. }
        | Op::Dense { .. }
        | Op::Conv { .. }
        | Op::Sums { .. }
        | Op::Scale { .. }
        | Op::Add { .. } => Vec::new(),
        Op::Unary { x, f } => {
            let all = of(*x).iter().enumerate();
            all.map(|(k, &v)| Bracket::lines(*x, k, unary(*f, v))).collect()
        }
        Op::Product { a, b } if a == b => {
            let all = of(*a).iter().enumerate();
            all.map(|(k, &v)| Bracket::lines(*a, k, products::square(v))).collect()
        }
        Op::Product { a, b } => {
            let all = of(*a).iter().zip(of(*b)).enumerate();
            all.map(|(k, (&p, &q))| products::product([*a, *b], k, p, q)).collect()
        }
        Op::Max { x, groups } => {
            (0..groups.len()).map(|k| groups::largest(*x, groups.get(k), of(*x))).collect()
        }
        Op::Choose { condition, at_zero, a, b } => {
            let all = 0..of(*condition).len();
            all.map(|k| {
                let ranges = [*condition, *a, *b].map(|n| of(n)[k]);
                groups::choose([*condition, *a, *b], *at_zero, k, ranges)
            })
            .collect()
        }
        Op::Quotient { a, b } => {
            let all = of(*a).iter().zip(of(*b));
            all.map(|(&p, &q)| Bracket::constant(*a, super::forward::quotient(p, q))).collect()
        }
    }
}
