//! Random graphs over all operations that rational arithmetic can evaluate.

use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::network::graph::{
    Conv, Dense, Graph, Groups, NodeId, Op, Port, Scale, Source, Sums, Unary,
};

/// Numbers of a case: how far apart their magnitudes are.
pub struct Numbers {
    pub rng: Rng,
    /// Exponents of ten that weights are spread over, up and down.
    pub spread: i32,
}

impl Numbers {
    pub fn weight(&mut self) -> f64 {
        match self.rng.u8(0..8) {
            0 => 0.0,
            1 => f64::from(self.rng.i32(-3..4)),
            _ => {
                let e = self.rng.i32(-self.spread..=self.spread);
                (self.rng.f64() - 0.5) * 10f64.powi(e)
            }
        }
    }

    fn weights(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.weight()).collect()
    }

    fn few(&mut self) -> usize {
        self.rng.usize(1..4)
    }
}

fn input(graph: &mut Graph, shape: Vec<usize>) -> NodeId {
    let port = graph.inputs.len();
    let node = graph.push(Op::Input { port }, shape.clone(), format!("x{port}"));
    graph.inputs.push(Port { name: format!("x{port}"), node, shape });
    node
}

/// A graph whose tensors all have shape `[1, channels, height, width]`.
pub fn graph(n: &mut Numbers, size: usize) -> Graph {
    let mut graph = Graph::default();
    for _ in 0..n.rng.usize(1..3) {
        let shape = vec![1, n.few(), n.few() + 1, n.few()];
        input(&mut graph, shape);
    }
    for k in 0..size {
        let x = NodeId(n.rng.u32(
            if k % 3 == 0 { 0 } else { graph.nodes.len() as u32 / 2 }..graph.nodes.len() as u32,
        ));
        let (op, shape) = operation(n, &graph, x);
        graph.push(op, shape, format!("node {k}"));
    }
    let last = NodeId(graph.nodes.len() as u32 - 1);
    let shape = graph.node(last).shape.clone();
    graph.outputs.push(Port { name: "y".into(), node: last, shape });
    graph
}

fn operation(n: &mut Numbers, graph: &Graph, x: NodeId) -> (Op, Vec<usize>) {
    let shape = graph.node(x).shape.clone();
    let len = graph.node(x).len();
    let alike: Vec<NodeId> = graph.ids().filter(|&id| graph.node(id).shape == shape).collect();
    let another = alike[n.rng.usize(0..alike.len())];
    let third = alike[n.rng.usize(0..alike.len())];
    match n.rng.u8(0..14) {
        0 => {
            let inputs = if n.rng.bool() { len } else { shape[3] };
            let outputs = n.few();
            let weight = n.weights(inputs * outputs);
            let bias = if n.rng.bool() { n.weights(outputs) } else { Vec::new() };
            let by = Dense { weight, bias, inputs, outputs };
            (Op::Dense { x, by }, vec![1, 1, len / inputs, outputs])
        }
        1 | 2 => conv(n, x, &shape),
        3 => {
            let rows = n.few() + 1;
            let mut by = Sums {
                starts: vec![0],
                columns: Vec::new(),
                coefficients: Vec::new(),
                bias: if n.rng.bool() { n.weights(rows) } else { Vec::new() },
                divisors: Vec::new(),
            };
            for _ in 0..rows {
                for _ in 0..n.few() {
                    by.columns.push(n.rng.u32(0..len as u32));
                    by.coefficients.push(n.weight());
                }
                by.starts.push(by.columns.len() as u32);
            }
            if n.rng.bool() {
                by.divisors = (0..rows).map(|_| nonzero(n)).collect();
            }
            (Op::Sums { x, by }, vec![1, 1, 1, rows])
        }
        4 => {
            let (count, inner) = match n.rng.u8(0..3) {
                0 => (1, 1),
                1 => (shape[1], shape[2] * shape[3]),
                _ => (len, 1),
            };
            let around = |n: &mut Numbers| {
                let x = n.weight();
                let y = if n.rng.bool() { x } else { x + x.abs() * 1e-9 };
                Interval::new(x, y)
            };
            let by = Scale {
                factor: (0..count).map(|_| around(n)).collect(),
                divisor: if n.rng.bool() {
                    (0..count).map(|_| nonzero(n)).collect()
                } else {
                    Vec::new()
                },
                shift: if n.rng.bool() {
                    (0..count).map(|_| around(n)).collect()
                } else {
                    Vec::new()
                },
                count,
                inner,
            };
            (Op::Scale { x, by }, shape)
        }
        5 => {
            let from = vec![x, another];
            let map = (0..n.few() * 3)
                .map(|_| match n.rng.u8(0..5) {
                    0 => Source::Fixed(n.weight()),
                    _ => Source::Element {
                        operand: n.rng.u32(0..2),
                        element: n.rng.u32(0..len as u32),
                    },
                })
                .collect::<Vec<_>>();
            let count = map.len();
            (Op::Move { from, map }, vec![1, 1, count / 3, 3])
        }
        6 | 7 => {
            let terms = [(x, n.rng.bool()), (another, n.rng.bool()), (third, false)];
            (Op::Add { terms: terms[..n.rng.usize(1..4)].to_vec() }, shape)
        }
        8 => (Op::Product { a: x, b: another }, shape),
        9 => {
            let rows = n.few();
            let mut groups = Groups { starts: vec![0], members: Vec::new() };
            for _ in 0..rows {
                for _ in 0..n.few() {
                    groups.members.push(n.rng.u32(0..len as u32));
                }
                groups.starts.push(groups.members.len() as u32);
            }
            (Op::Max { x, groups }, vec![1, 1, 1, rows])
        }
        10 => {
            let at_zero = n.rng.bool();
            (Op::Choose { condition: x, at_zero, a: another, b: third }, shape)
        }
        11 => {
            let values = n.weights(len);
            (Op::Constant(values), shape)
        }
        _ => {
            let f = match n.rng.u8(0..8) {
                0..3 => Unary::Relu,
                3 => Unary::Leaky { slope: [0.1, -0.5, 1.5, 1.0][n.rng.usize(0..4)] },
                4 => {
                    let (a, b) = (n.weight(), n.weight());
                    let hi = if n.rng.bool() { f64::INFINITY } else { a.max(b) };
                    Unary::Clip { lo: a.min(b), hi }
                }
                5 => Unary::Abs,
                6 => Unary::Step { below: n.weight(), at: n.weight(), above: n.weight() },
                _ => Unary::Threshold { threshold: n.weight().abs() },
            };
            (Op::Unary { x, f }, shape)
        }
    }
}

fn nonzero(n: &mut Numbers) -> f64 {
    loop {
        let x = n.weight();
        if x != 0.0 {
            return x;
        }
    }
}

fn conv(n: &mut Numbers, x: NodeId, shape: &[usize]) -> (Op, Vec<usize>) {
    let transposed = n.rng.bool();
    let groups = if shape[1].is_multiple_of(2) && n.rng.bool() { 2 } else { 1 };
    let per = n.few();
    let kernel: Vec<usize> = (0..2).map(|_| n.few()).collect();
    let strides: Vec<usize> = (0..2).map(|_| n.rng.usize(1..3)).collect();
    let dilations: Vec<usize> = (0..2).map(|_| n.rng.usize(1..3)).collect();
    let spread = |d: usize| (kernel[d] - 1) * dilations[d] + 1;
    let mut out = vec![1, per * groups];
    let (mut before, mut behind) = (Vec::new(), Vec::new());
    for d in 0..2 {
        let i = shape[d + 2];
        if transposed {
            // Cut only what leaves an element.
            let full = (i - 1) * strides[d] + spread(d);
            let cut = n.rng.usize(0..2).min(full - 1);
            before.push(cut);
            behind.push(0);
            out.push(full - cut);
        } else {
            let a = n.rng.usize(0..2);
            let b = spread(d).saturating_sub(i + a) + n.rng.usize(0..2);
            before.push(a);
            behind.push(b);
            out.push((i + a + b - spread(d)) / strides[d] + 1);
        }
    }
    let weight_shape = if transposed {
        vec![shape[1], per, kernel[0], kernel[1]]
    } else {
        vec![per * groups, shape[1] / groups, kernel[0], kernel[1]]
    };
    let weight = n.weights(weight_shape.iter().product());
    let bias = if n.rng.bool() { n.weights(per * groups) } else { Vec::new() };
    let by = Conv {
        weight,
        weight_shape,
        bias,
        groups,
        strides,
        dilations,
        pads_begin: before,
        pads_end: behind,
        transposed,
    };
    (Op::Conv { x, by }, out)
}
