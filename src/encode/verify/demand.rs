//! Which elements are read, and how often: what nobody reads gets no column and no row.

use super::affine;
use super::max;
use crate::bounds::Interval;
use crate::network::graph::{Graph, NodeId, Op, Unary};

/// Number of readers of each element of each node. What the bounds fix is read by nobody, and what a
/// stable function does not look at is not read by it.
#[must_use]
pub fn uses(
    graph: &Graph,
    bounds: &[Vec<Interval>],
    wanted: impl Iterator<Item = (NodeId, usize)>,
) -> Vec<Vec<u32>> {
    let mut uses: Vec<Vec<u32>> = graph.nodes.iter().map(|n| vec![0; n.len()]).collect();
    for (node, element) in wanted {
        uses[node.index()][element] += 1;
    }
    for id in graph.ids().rev() {
        for e in 0..graph.node(id).len() {
            if uses[id.index()][e] == 0 || bounds[id.index()][e].is_point() {
                continue;
            }
            let copies = match &graph.node(id).op {
                // Who reads a moved element reads the element itself.
                Op::Move { .. } => uses[id.index()][e],
                _ => 1,
            };
            for (node, element) in reads(graph, bounds, id, e) {
                let count = &mut uses[node.index()][element];
                *count = count.saturating_add(copies);
            }
        }
    }
    uses
}

fn reads(graph: &Graph, bounds: &[Vec<Interval>], id: NodeId, e: usize) -> Vec<(NodeId, usize)> {
    let of = |x: NodeId, e: usize| bounds[x.index()][e];
    if let Some(row) = affine::row(graph, id, e) {
        return row.terms.into_iter().map(|t| (t.0, t.1 as usize)).collect();
    }
    match &graph.node(id).op {
        Op::Unary { x, f } if !looks(*f, of(*x, e)) => Vec::new(),
        Op::Unary { x, .. } => vec![(*x, e)],
        Op::Max { x, groups } => {
            let members = groups.get(e);
            let ranges: Vec<Interval> = members.iter().map(|m| of(*x, *m as usize)).collect();
            max::contenders(&ranges).into_iter().map(|k| (*x, members[k] as usize)).collect()
        }
        Op::Choose { condition, at_zero, a, b } => {
            let c = of(*condition, e);
            if c.lo > 0.0 || (c.lo == 0.0 && *at_zero) {
                vec![(*a, e)]
            } else if c.hi < 0.0 || (c.hi == 0.0 && !at_zero) {
                vec![(*b, e)]
            } else {
                vec![(*condition, e), (*a, e), (*b, e)]
            }
        }
        Op::Product { a, b } | Op::Quotient { a, b } => vec![(*a, e), (*b, e)],
        Op::Input { .. }
        | Op::Constant(_)
        | Op::Move { .. }
        | Op::Dense { .. }
        | Op::Conv { .. }
        | Op::Sums { .. }
        | Op::Scale { .. }
        | Op::Add { .. } => Vec::new(),
    }
}

/// Whether a function is not constant over a range.
fn looks(f: Unary, over: Interval) -> bool {
    match f {
        Unary::Relu => over.hi > 0.0,
        Unary::Clip { lo, hi } => over.hi > lo && over.lo < hi,
        Unary::Step { below, at, above } => {
            let negative = over.hi < 0.0 || (over.hi == 0.0 && at == below);
            let positive = over.lo > 0.0 || (over.lo == 0.0 && at == above);
            !negative && !positive
        }
        Unary::Threshold { threshold } => over.hi > threshold,
        Unary::Leaky { .. } | Unary::Abs | Unary::Smooth(_) => true,
    }
}
