//! Small simplifications that are exact: biases into their layers, and nodes that nothing reads.

use super::trainable::Trainable;
use crate::bounds::Interval;
use crate::front::onnx::exact;
use crate::network::graph::{Graph, Node, NodeId, Op, Scale};

/// Simplifies the graph.
pub(super) fn tidy(graph: &mut Graph, trainable: &mut Option<Trainable>) {
    drop_unread(graph, trainable);
    while fold_shifts(graph, trainable) {
        drop_unread(graph, trainable);
    }
}

/// Adds what follows a layer as a shift alone to its bias. Whether anything changed.
fn fold_shifts(graph: &mut Graph, trainable: &mut Option<Trainable>) -> bool {
    let mut uses = vec![0usize; graph.nodes.len()];
    for node in &graph.nodes {
        for id in node.op.operands() {
            uses[id.index()] += 1;
        }
    }
    for port in &graph.outputs {
        uses[port.node.index()] += 1;
    }
    let mut target: Vec<NodeId> = graph.ids().collect();
    let mut changed = false;
    for k in 0..graph.nodes.len() {
        let Op::Scale { x, by } = &graph.nodes[k].op else { continue };
        let x = target[x.index()];
        if uses[x.index()] != 1 {
            continue;
        }
        let Some(bias) = merged(graph.node(x), &graph.nodes[k].shape, by) else { continue };
        if let Some(trainable) = trainable {
            let (biases, bare) = match (&graph.node(x).op, &bias) {
                (Op::Dense { by, .. }, Shift::Bias(list)) => (list.len(), by.bias.is_empty()),
                (Op::Conv { by, .. }, Shift::Bias(list)) => (list.len(), by.bias.is_empty()),
                (_, Shift::Bias(_) | Shift::Enclosed(_)) => (0, false),
            };
            if !trainable.merge(x, NodeId(k as u32), biases, bare) {
                continue;
            }
        }
        let shape = graph.nodes[k].shape.clone();
        let below = &mut graph.nodes[x.index()];
        match (&mut below.op, bias) {
            (Op::Dense { by, .. }, Shift::Bias(bias)) => by.bias = bias,
            (Op::Conv { by, .. }, Shift::Bias(bias)) => by.bias = bias,
            (Op::Scale { by, .. }, Shift::Enclosed(shift)) => by.shift = shift,
            _ => continue,
        }
        // The shape is the one that later nodes saw.
        below.shape = shape;
        uses[x.index()] = uses[k];
        target[k] = x;
        changed = true;
    }
    if changed {
        redirect(graph, &target);
        if let Some(trainable) = trainable {
            trainable.redirect(|id| Some(target[id.index()]));
        }
    }
    changed
}

/// What a layer adds, with the shift in it.
enum Shift {
    Bias(Vec<f64>),
    Enclosed(Vec<Interval>),
}

/// The bias of a layer and a shift behind it, if that is exact and of the same size.
fn merged(node: &Node, shape: &[usize], by: &Scale) -> Option<Shift> {
    let plain = by.divisor.is_empty() && by.factor.iter().all(|f| f.lo == 1.0 && f.hi == 1.0);
    if !plain || by.shift.is_empty() || !by.shift.iter().all(|s| s.is_point()) {
        return None;
    }
    // The shift for each of `count` biases, of which element `k` of the result has `k / inner % count`.
    let spread = |count: usize, inner: usize| -> Option<Vec<f64>> {
        let fits = by.count == 1 || (by.count == count && by.inner == inner);
        fits.then(|| (0..count).map(|o| by.shift[o % by.count].lo).collect())
    };
    let with = |bias: &[f64], shift: Vec<f64>| -> Option<Vec<f64>> {
        if bias.is_empty() {
            return Some(shift);
        }
        bias.iter().zip(shift).map(|(&b, s)| exact::sum(b, s)).collect()
    };
    match &node.op {
        Op::Dense { by: dense, .. } => {
            with(&dense.bias, spread(dense.outputs, 1)?).map(Shift::Bias)
        }
        Op::Conv { by: conv, .. } if node.shape == shape => {
            let channels = *node.shape.get(1)?;
            let inner = node.shape.get(2..)?.iter().product();
            with(&conv.bias, spread(channels, inner)?).map(Shift::Bias)
        }
        // `factor x / divisor + shift` takes a shift where it has none.
        Op::Scale { by: inner, .. }
            if inner.shift.is_empty() && inner.count == by.count && inner.inner == by.inner =>
        {
            Some(Shift::Enclosed(by.shift.clone()))
        }
        Op::Input { .. }
        | Op::Constant(_)
        | Op::Move { .. }
        | Op::Conv { .. }
        | Op::Sums { .. }
        | Op::Scale { .. }
        | Op::Add { .. }
        | Op::Product { .. }
        | Op::Unary { .. }
        | Op::Max { .. }
        | Op::Choose { .. }
        | Op::Quotient { .. } => None,
    }
}

/// Leaves out nodes on which no output depends; inputs stay.
fn drop_unread(graph: &mut Graph, trainable: &mut Option<Trainable>) {
    let mut read = vec![false; graph.nodes.len()];
    for port in graph.outputs.iter().chain(&graph.inputs) {
        read[port.node.index()] = true;
    }
    for k in (0..graph.nodes.len()).rev().filter(|&k| read[k]).collect::<Vec<_>>() {
        mark(graph, k, &mut read);
    }
    let mut target = Vec::with_capacity(graph.nodes.len());
    let mut kept = 0u32;
    for &r in &read {
        target.push(NodeId(kept));
        kept += u32::from(r);
    }
    let mut position = 0;
    graph.nodes.retain(|_| {
        position += 1;
        read[position - 1]
    });
    redirect(graph, &target);
    if let Some(trainable) = trainable {
        trainable.redirect(|id| read[id.index()].then(|| target[id.index()]));
    }
}

/// Marks everything that a node reads.
fn mark(graph: &Graph, from: usize, read: &mut [bool]) {
    let mut stack = vec![from];
    while let Some(k) = stack.pop() {
        for id in graph.nodes[k].op.operands() {
            if !read[id.index()] {
                read[id.index()] = true;
                stack.push(id.index());
            }
        }
    }
}

/// Replaces every handle.
fn redirect(graph: &mut Graph, target: &[NodeId]) {
    let to = |id: &mut NodeId| *id = target[id.index()];
    for node in &mut graph.nodes {
        match &mut node.op {
            Op::Input { .. } | Op::Constant(_) => {}
            Op::Move { from, .. } => from.iter_mut().for_each(to),
            Op::Dense { x, .. }
            | Op::Conv { x, .. }
            | Op::Sums { x, .. }
            | Op::Scale { x, .. }
            | Op::Unary { x, .. }
            | Op::Max { x, .. } => to(x),
            Op::Add { terms } => terms.iter_mut().for_each(|t| to(&mut t.0)),
            Op::Product { a, b } | Op::Quotient { a, b } => {
                to(a);
                to(b);
            }
            Op::Choose { condition, a, b, .. } => {
                to(condition);
                to(a);
                to(b);
            }
        }
    }
    for port in graph.outputs.iter_mut().chain(&mut graph.inputs) {
        to(&mut port.node);
    }
}
