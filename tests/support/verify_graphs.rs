//! Small random graphs over all operations, with random properties.
#![allow(dead_code, clippy::expect_used, clippy::panic)]

use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::network::graph::{
    Conv, Dense, Function, Graph, Groups, NodeId, Op, Port, Scale, Source, Sums, Unary,
};
use theriac::question::verify::{Atom, Formula, Property, Relation, Variable};

/// What a random graph may have.
#[derive(Clone, Copy, Debug)]
pub struct Menu {
    /// Most elements of the input.
    pub inputs: usize,
    /// Most nodes behind the input.
    pub nodes: usize,
    /// Smooth functions, too.
    pub smooth: bool,
    /// Products and quotients of variable tensors, too.
    pub bilinear: bool,
    /// Factors that are no doubles, too.
    pub enclosed: bool,
}

/// A weight: a small fraction or any single.
pub fn weight(rng: &mut Rng) -> f64 {
    match rng.u8(0..10) {
        0 => 0.0,
        1..4 => f64::from(rng.i32(-8..9)) / 4.0,
        4 => f64::from(rng.i32(-2..3)),
        _ => f64::from((rng.f32() - 0.5) * 3.0),
    }
}

fn some(rng: &mut Rng, n: usize) -> Vec<f64> {
    (0..n).map(|_| weight(rng)).collect()
}

fn size(shape: &[usize]) -> usize {
    shape.iter().product()
}

/// A random graph with one input.
pub fn graph(rng: &mut Rng, menu: Menu) -> Graph {
    let mut g = Graph::default();
    let n = rng.usize(1..=menu.inputs);
    let shape = if n.is_multiple_of(2) && rng.bool() { vec![1, 1, 2, n / 2] } else { vec![1, n] };
    let input = g.push(Op::Input { port: 0 }, shape.clone(), "in");
    g.inputs.push(Port { name: "in".into(), node: input, shape });
    let count = rng.usize(2..=menu.nodes);
    for k in 0..count {
        node(rng, &mut g, menu, k);
    }
    let last = NodeId(g.nodes.len() as u32 - 1);
    let mut outs = vec![last];
    if g.nodes.len() > 3 && rng.u8(0..3) == 0 {
        outs.push(NodeId(g.nodes.len() as u32 - 2));
    }
    for (k, node) in outs.into_iter().enumerate() {
        let shape = g.node(node).shape.clone();
        g.outputs.push(Port { name: format!("out{k}"), node, shape });
    }
    g
}

fn unary(rng: &mut Rng, smooth: bool) -> Unary {
    let end = |rng: &mut Rng| f64::from(rng.i32(-6..7)) / 4.0;
    match rng.u8(0..if smooth { 16 } else { 12 }) {
        0..4 => Unary::Relu,
        4 | 5 => {
            Unary::Leaky { slope: [0.25, 0.01, -0.5, 1.5, f64::from(0.1f32)][rng.usize(0..5)] }
        }
        6 | 7 => {
            let (a, b) = (end(rng), end(rng));
            match rng.u8(0..4) {
                0 => Unary::Clip { lo: a, hi: f64::INFINITY },
                1 => Unary::Clip { lo: f64::NEG_INFINITY, hi: a },
                _ => Unary::Clip { lo: a.min(b), hi: a.max(b) },
            }
        }
        8 => Unary::Abs,
        9 | 10 => {
            let at = [-1.0, 0.0, 1.0][rng.usize(0..3)];
            Unary::Step { below: -1.0, at, above: 1.0 }
        }
        11 => Unary::Threshold { threshold: f64::from(rng.u8(0..4)) / 4.0 },
        12 => Unary::Smooth(Function::Sigmoid),
        13 => Unary::Smooth(Function::Tanh),
        14 => Unary::Smooth(Function::Softplus),
        _ => Unary::Smooth(Function::Erf),
    }
}

fn node(rng: &mut Rng, g: &mut Graph, menu: Menu, k: usize) {
    // Mostly the newest node, so that graphs are deep; sometimes an older one.
    let newest = g.nodes.len() - 1;
    let pick = |rng: &mut Rng| {
        NodeId(if rng.u8(0..4) > 0 { newest } else { rng.usize(0..=newest) } as u32)
    };
    let x = pick(rng);
    let shape = g.node(x).shape.clone();
    let n = size(&shape);
    let name = format!("n{k}");
    let choice = if k == 0 { 0 } else { rng.u8(0..20) };
    match choice {
        0..4 => {
            let outputs = rng.usize(1..5);
            let bias = if rng.bool() { some(rng, outputs) } else { Vec::new() };
            let by = Dense { weight: some(rng, n * outputs), bias, inputs: n, outputs };
            g.push(Op::Dense { x, by }, vec![1, outputs], name);
        }
        4..9 => {
            let f = unary(rng, menu.smooth);
            g.push(Op::Unary { x, f }, shape, name);
        }
        9 | 10 => conv(rng, g, x, name),
        11 => {
            let rows = rng.usize(1..4);
            let (mut starts, mut columns) = (vec![0], Vec::new());
            for _ in 0..rows {
                columns.extend((0..n as u32).filter(|_| rng.bool()));
                starts.push(columns.len() as u32);
            }
            let divisors: Vec<f64> = (0..rows)
                .map(|_| f64::from(rng.i32(1..4)) * if rng.bool() { 1.0 } else { -1.0 })
                .collect();
            let by = Sums {
                starts,
                coefficients: some(rng, columns.len()),
                columns,
                bias: if rng.bool() { some(rng, rows) } else { Vec::new() },
                divisors: if menu.enclosed { divisors } else { Vec::new() },
            };
            g.push(Op::Sums { x, by }, vec![1, rows], name);
        }
        12 => {
            let wide = |rng: &mut Rng| {
                let c = weight(rng);
                if menu.enclosed { Interval { lo: c, hi: c.next_up() } } else { Interval::point(c) }
            };
            let by = Scale {
                factor: (0..n).map(|_| wide(rng)).collect(),
                divisor: if menu.enclosed { vec![3.0; n] } else { Vec::new() },
                shift: if rng.bool() { (0..n).map(|_| wide(rng)).collect() } else { Vec::new() },
                count: n,
                inner: 1,
            };
            g.push(Op::Scale { x, by }, shape, name);
        }
        13 | 14 => {
            let rows = rng.usize(1..3);
            let (mut starts, mut members) = (vec![0], Vec::new());
            for _ in 0..rows {
                members.push(rng.u32(0..n as u32));
                let first = members.len() - 1;
                for e in 0..n as u32 {
                    if rng.bool() && e != members[first] {
                        members.push(e);
                    }
                }
                starts.push(members.len() as u32);
            }
            g.push(Op::Max { x, groups: Groups { starts, members } }, vec![1, rows], name);
        }
        15 => {
            let other = pick(rng);
            let m = g.node(other).len();
            let map = (0..rng.usize(1..5))
                .map(|_| match rng.u8(0..5) {
                    0 => Source::Fixed(weight(rng)),
                    1 | 2 => Source::Element { operand: 0, element: rng.u32(0..n as u32) },
                    _ => Source::Element { operand: 1, element: rng.u32(0..m as u32) },
                })
                .collect::<Vec<_>>();
            let shape = vec![1, map.len()];
            g.push(Op::Move { from: vec![x, other], map }, shape, name);
        }
        16 | 17 => {
            let same: Vec<NodeId> = g.ids().filter(|id| size(&g.node(*id).shape) == n).collect();
            let y = same[rng.usize(0..same.len())];
            let z = same[rng.usize(0..same.len())];
            let op = match rng.u8(0..3) {
                0 if menu.bilinear => Op::Product { a: x, b: y },
                1 => Op::Choose { condition: y, at_zero: rng.bool(), a: x, b: z },
                _ => Op::Add { terms: vec![(x, rng.bool()), (y, rng.bool())] },
            };
            g.push(op, shape, name);
        }
        18 if menu.bilinear => {
            // A quotient by what is surely positive.
            let positive = g.push(
                Op::Unary { x, f: Unary::Clip { lo: 0.5, hi: 2.0 } },
                shape.clone(),
                name.clone(),
            );
            g.push(Op::Quotient { a: x, b: positive }, shape, name);
        }
        _ => {
            let values = some(rng, n);
            let c = g.push(Op::Constant(values), shape.clone(), name.clone());
            g.push(Op::Add { terms: vec![(x, false), (c, true)] }, shape, name);
        }
    }
}

fn conv(rng: &mut Rng, g: &mut Graph, x: NodeId, name: String) {
    let shape = g.node(x).shape.clone();
    let n = size(&shape);
    // The elements as an image of one row or two.
    let (channels, height) = if n.is_multiple_of(2) && rng.bool() { (2, 1) } else { (1, 1) };
    let width = n / channels / height;
    let map = (0..n).map(|e| Source::Element { operand: 0, element: e as u32 }).collect();
    let x = g.push(Op::Move { from: vec![x], map }, vec![1, channels, height, width], name.clone());
    let groups = if channels == 2 && rng.bool() { 2 } else { 1 };
    let per = rng.usize(1..3);
    let kernel = rng.usize(1..4);
    let (stride, dilation) = (rng.usize(1..3), rng.usize(1..3));
    let reach = (kernel - 1) * dilation;
    let pads = [rng.usize(0..2), rng.usize(0..2)];
    let transposed = rng.bool();
    let out = per * groups;
    let long = if transposed {
        ((width - 1) * stride + reach + 1).checked_sub(pads[0] + pads[1])
    } else {
        (width + pads[0] + pads[1]).checked_sub(reach + 1).map(|w| w / stride + 1)
    };
    let Some(long) = long.filter(|w| *w > 0) else { return };
    let weight_shape = if transposed {
        vec![channels, per, 1, kernel]
    } else {
        vec![out, channels / groups, 1, kernel]
    };
    let by = Conv {
        weight: some(rng, size(&weight_shape)),
        weight_shape,
        bias: if rng.bool() { some(rng, out) } else { Vec::new() },
        groups,
        strides: vec![1, stride],
        dilations: vec![1, dilation],
        pads_begin: vec![0, pads[0]],
        pads_end: vec![0, pads[1]],
        transposed,
    };
    g.push(Op::Conv { x, by }, vec![1, out, height, long], name);
}

/// A random formula with atoms on outputs, sometimes on inputs.
pub fn property(rng: &mut Rng, g: &Graph, inputs_too: bool) -> Property {
    let (inputs, outputs) = (g.input_len(), g.output_len());
    let formula = formula(rng, (inputs, outputs), inputs_too, 2);
    Property { formula, inputs, outputs }
}

fn formula(rng: &mut Rng, sizes: (usize, usize), inputs_too: bool, depth: usize) -> Formula {
    let parts = rng.usize(1..4);
    match if depth == 0 { 0 } else { rng.u8(0..4) } {
        0 | 1 => Formula::Atom(atom(rng, sizes, inputs_too)),
        2 => Formula::All((0..parts).map(|_| formula(rng, sizes, inputs_too, depth - 1)).collect()),
        _ => Formula::Any((0..parts).map(|_| formula(rng, sizes, inputs_too, depth - 1)).collect()),
    }
}

fn atom(rng: &mut Rng, (inputs, outputs): (usize, usize), inputs_too: bool) -> Atom {
    let mut terms = Vec::new();
    let on_inputs = inputs_too && rng.u8(0..3) == 0;
    for k in 0..if on_inputs { inputs } else { outputs } {
        let c = weight(rng);
        if c != 0.0 && (k == 0 || rng.bool()) {
            let k = k as u32;
            let v = if on_inputs { Variable::Input(k) } else { Variable::Output(k) };
            terms.push((v, Interval::point(c)));
        }
    }
    if terms.is_empty() {
        terms.push((Variable::Output(0), Interval::point(1.0)));
    }
    let relation = [Relation::AtMost, Relation::Below][rng.usize(0..2)];
    Atom { terms, relation, constant: Interval::point(weight(rng)), line: 0 }
}
