//! The graph under construction, in the few operations that training needs.

use crate::bounds::Interval;
use crate::network::graph::{Dense, Graph, NodeId, Op, Port, Scale, Source, Sums, Unary};

/// A graph with helpers; values are tensors `[units, samples]` unless said otherwise.
#[derive(Debug, Default)]
pub(super) struct Wiring {
    pub graph: Graph,
    /// Arguments of functions with a kink.
    pub switched: Vec<NodeId>,
}

impl Wiring {
    pub fn push(&mut self, op: Op, shape: Vec<usize>, origin: &str) -> NodeId {
        self.graph.push(op, shape, origin)
    }

    pub fn len(&self, id: NodeId) -> usize {
        self.graph.node(id).len()
    }

    pub fn input(&mut self, name: String, len: usize) -> NodeId {
        let port = self.graph.inputs.len();
        let node = self.graph.push(Op::Input { port }, vec![len], name.clone());
        self.graph.inputs.push(Port { name, node, shape: vec![len] });
        node
    }

    pub fn output(&mut self, name: String, node: NodeId) {
        let shape = self.graph.node(node).shape.clone();
        self.graph.outputs.push(Port { name, node, shape });
    }

    /// Elements of one node, by their positions.
    pub fn pick(
        &mut self,
        x: NodeId,
        at: impl Iterator<Item = usize>,
        shape: Vec<usize>,
        origin: &str,
    ) -> NodeId {
        let map = at.map(|element| Source::Element { operand: 0, element: element as u32 });
        let op = Op::Move { from: vec![x], map: map.collect() };
        self.push(op, shape, origin)
    }

    /// Several nodes in one, each at a place of its own; what is left is 0.
    pub fn place(&mut self, parts: &[(NodeId, usize)], len: usize, origin: &str) -> NodeId {
        let mut map = vec![Source::Fixed(0.0); len];
        for (operand, (x, first)) in parts.iter().enumerate() {
            for element in 0..self.len(*x) {
                map[first + element] =
                    Source::Element { operand: operand as u32, element: element as u32 };
            }
        }
        let from = parts.iter().map(|p| p.0).collect();
        self.push(Op::Move { from, map }, vec![len], origin)
    }

    pub fn product(&mut self, a: NodeId, b: NodeId, origin: &str) -> NodeId {
        let shape = self.graph.node(a).shape.clone();
        self.push(Op::Product { a, b }, shape, origin)
    }

    pub fn unary(&mut self, x: NodeId, f: Unary, origin: &str) -> NodeId {
        if self.switched.last() != Some(&x) {
            self.switched.push(x);
        }
        let shape = self.graph.node(x).shape.clone();
        self.push(Op::Unary { x, f }, shape, origin)
    }

    /// Signed sum of equally long nodes.
    pub fn add(&mut self, terms: &[(NodeId, bool)]) -> NodeId {
        match terms {
            [(only, false)] => *only,
            _ => {
                let shape = terms.first().map_or(vec![0], |t| self.graph.node(t.0).shape.clone());
                self.push(Op::Add { terms: terms.to_vec() }, shape, "sum")
            }
        }
    }

    /// `factor x / divisor`; `x` itself where that is the same.
    pub fn scale(&mut self, x: NodeId, factor: f64, divisor: f64) -> NodeId {
        if factor == 1.0 && divisor == 1.0 {
            return x;
        }
        self.affine(x, &[factor], divisor, &[])
    }

    /// `factor_k x_k / divisor + shift_k`, with one factor and one shift an element or for all.
    pub fn affine(&mut self, x: NodeId, factor: &[f64], divisor: f64, shift: &[f64]) -> NodeId {
        let count = factor.len().max(shift.len()).max(1);
        let table = |t: &[f64]| -> Vec<Interval> {
            match t {
                [] => Vec::new(),
                [one] => vec![Interval::point(*one); count],
                all => all.iter().map(|&v| Interval::point(v)).collect(),
            }
        };
        let divisor = if divisor == 1.0 { Vec::new() } else { vec![divisor; count] };
        let by = Scale { factor: table(factor), divisor, shift: table(shift), count, inner: 1 };
        let shape = self.graph.node(x).shape.clone();
        self.push(Op::Scale { x, by }, shape, "scale")
    }

    /// Sums of consecutive groups of `size` elements that lie `step` apart: group `g` takes
    /// `first(g), first(g) + step, ...`.
    pub fn sums(
        &mut self,
        x: NodeId,
        groups: impl Iterator<Item = usize>,
        (size, step): (usize, usize),
        shape: Vec<usize>,
        origin: &str,
    ) -> NodeId {
        let by = Sums::of(groups.map(|first| (0..size).map(move |k| (first + k * step, 1.0))));
        self.push(Op::Sums { x, by }, shape, origin)
    }

    /// Every row of `x` times a fixed matrix `[outputs, inputs]`.
    pub fn dense(
        &mut self,
        x: NodeId,
        weight: Vec<f64>,
        inputs: usize,
        outputs: usize,
        origin: &str,
    ) -> NodeId {
        let rows = self.len(x).checked_div(inputs).unwrap_or(0);
        let by = Dense { weight, bias: Vec::new(), inputs, outputs };
        self.push(Op::Dense { x, by }, vec![rows, outputs], origin)
    }
}
