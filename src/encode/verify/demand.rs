//! Which elements are read, and how often: what nobody reads gets no column and no row.

use super::affine;
use crate::bounds::Interval;
use crate::network::graph::decided::{Line, contenders, holds};
use crate::network::graph::{Graph, NodeId, Op};

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
        Op::Unary { x, f } if f.line(of(*x, e)).is_some_and(Line::is_constant) => Vec::new(),
        Op::Unary { x, .. } => vec![(*x, e)],
        Op::Max { x, groups } => {
            contenders(groups.get(e), &bounds[x.index()]).map(|m| (*x, m as usize)).collect()
        }
        Op::Choose { condition, at_zero, a, b } => match holds(of(*condition, e), *at_zero) {
            Some(true) => vec![(*a, e)],
            Some(false) => vec![(*b, e)],
            None => vec![(*condition, e), (*a, e), (*b, e)],
        },
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
