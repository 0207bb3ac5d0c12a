//! Random small graphs over all operations, with constants that are short binary fractions, so that
//! doubles hold every result of the piecewise linear ones.
#![allow(dead_code)]

use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::network::graph::*;

/// What a random graph may contain beside linear operations, relu and maxima.
#[derive(Clone, Copy, Debug, Default)]
pub struct Contents {
    /// Smooth functions.
    pub smooth: bool,
    /// Products of two variable tensors.
    pub products: bool,
    /// Steps, thresholds and choices, which jump.
    pub jumps: bool,
    /// Divisors other than powers of two, and factors known by enclosures.
    pub inexact: bool,
}

/// Everything.
pub const ALL: Contents = Contents { smooth: true, products: true, jumps: true, inexact: true };

/// A multiple of 1/4 in `[-2, 2]`.
pub fn quarter(rng: &mut Rng) -> f64 {
    f64::from(rng.i32(-8..=8)) / 4.0
}

fn quarters(rng: &mut Rng, n: usize) -> Vec<f64> {
    (0..n).map(|_| quarter(rng)).collect()
}

fn size(shape: &[usize]) -> usize {
    shape.iter().product()
}

/// A random graph of about `steps` operations on one or two inputs, with one or two outputs.
pub fn graph(rng: &mut Rng, contents: Contents, steps: usize) -> Graph {
    let mut g = Graph::default();
    for port in 0..rng.usize(1..=2) {
        let shape = vec![1, rng.usize(1..=3), rng.usize(1..=4), rng.usize(1..=4)];
        let node = g.push(Op::Input { port }, shape.clone(), format!("in{port}"));
        g.inputs.push(Port { name: format!("in{port}"), node, shape });
    }
    while g.nodes.len() < steps + g.inputs.len() {
        step(&mut g, rng, contents);
    }
    for k in 0..rng.usize(1..=2) {
        let node = NodeId((g.nodes.len() - 1 - k.min(g.nodes.len() - 1)) as u32);
        let shape = g.node(node).shape.clone();
        g.outputs.push(Port { name: format!("out{k}"), node, shape });
    }
    g
}

/// Adds one operation (two where a second operand must be made).
fn step(g: &mut Graph, rng: &mut Rng, contents: Contents) {
    // Recent nodes are taken more often, for depth.
    let back = rng.usize(0..3).min(g.nodes.len() - 1);
    let x = NodeId((g.nodes.len() - 1 - back) as u32);
    let shape = g.node(x).shape.clone();
    let n = size(&shape);
    let name = format!("n{}", g.nodes.len());
    match rng.u32(0..14) {
        0 => dense(g, rng, x),
        1 | 2 => {
            let (by, out) = conv(rng, &shape, false);
            g.push(Op::Conv { x, by }, out, name);
        }
        3 => {
            let (by, out) = conv(rng, &shape, true);
            if size(&out) <= 100 {
                g.push(Op::Conv { x, by }, out, name);
            }
        }
        4 => {
            let by = sums(rng, n, contents);
            let out = vec![1, by.starts.len() - 1, 1, 1];
            g.push(Op::Sums { x, by }, out, name);
        }
        5 => {
            let by = scale(rng, &shape, contents);
            g.push(Op::Scale { x, by }, shape, name);
        }
        6 | 7 => {
            let y = partner(g, rng, n, &shape);
            let terms = vec![(x, rng.bool()), (y, rng.bool())];
            g.push(Op::Add { terms }, shape, name);
        }
        8 => {
            let groups = groups(rng, n);
            let out = vec![1, groups.len(), 1, 1];
            g.push(Op::Max { x, groups }, out, name);
        }
        9 => movement(g, rng, x),
        10 if contents.products => {
            let y = partner(g, rng, n, &shape);
            g.push(Op::Product { a: x, b: y }, shape, name);
        }
        11 if contents.jumps => {
            let (a, b) = (partner(g, rng, n, &shape), partner(g, rng, n, &shape));
            g.push(Op::Choose { condition: x, at_zero: rng.bool(), a, b }, shape, name);
        }
        _ => {
            let f = unary(rng, contents);
            g.push(Op::Unary { x, f }, shape, name);
        }
    }
}

/// Another operand of `n` elements: an earlier node of that shape, or a constant.
fn partner(g: &mut Graph, rng: &mut Rng, n: usize, shape: &[usize]) -> NodeId {
    let same: Vec<NodeId> = g.ids().filter(|&id| g.node(id).shape == shape).collect();
    if rng.u32(0..4) == 0 {
        let numbers = quarters(rng, n);
        return g.push(Op::Constant(numbers), shape.to_vec(), "constant");
    }
    same[rng.usize(0..same.len())]
}

fn dense(g: &mut Graph, rng: &mut Rng, x: NodeId) {
    let shape = g.node(x).shape.clone();
    let inputs = if rng.bool() { size(&shape) } else { shape[3] };
    let outputs = rng.usize(1..=6);
    let rows = size(&shape) / inputs;
    let bias = if rng.bool() { quarters(rng, outputs) } else { Vec::new() };
    let by = Dense { weight: quarters(rng, inputs * outputs), bias, inputs, outputs };
    g.push(Op::Dense { x, by }, vec![1, 1, rows, outputs], format!("n{}", g.nodes.len()));
}

/// A convolution that fits a `[1, c, h, w]` operand, and the shape of its result.
pub fn conv(rng: &mut Rng, input: &[usize], transposed: bool) -> (Conv, Vec<usize>) {
    loop {
        let groups = if rng.bool() { 1 } else { input[1] };
        let outs = rng.usize(1..=2);
        let two = |rng: &mut Rng, hi: usize| vec![rng.usize(1..=hi), rng.usize(1..=hi)];
        let (kernel, strides, dilations) = (two(rng, 3), two(rng, 2), two(rng, 2));
        let pads = |rng: &mut Rng| vec![rng.usize(0..=1), rng.usize(0..=1)];
        let (pads_begin, pads_end) = (pads(rng), pads(rng));
        let extent = |d: usize| (kernel[d] - 1) * dilations[d] + 1;
        let length = |d: usize| {
            let (x, pad) = (input[2 + d], pads_begin[d] + pads_end[d]);
            if transposed {
                ((x - 1) * strides[d] + extent(d)).checked_sub(pad)
            } else {
                (x + pad).checked_sub(extent(d)).map(|y| y / strides[d] + 1)
            }
        };
        let (Some(h), Some(w)) = (length(0), length(1)) else { continue };
        if h == 0 || w == 0 {
            continue;
        }
        let (ins, channels) = (input[1] / groups, groups * outs);
        let mut weight_shape = if transposed { vec![input[1], outs] } else { vec![channels, ins] };
        weight_shape.extend(&kernel);
        let bias = if rng.bool() { quarters(rng, channels) } else { Vec::new() };
        let weight = quarters(rng, size(&weight_shape));
        let (dilations, strides) = (dilations.clone(), strides.clone());
        let by = Conv {
            weight,
            weight_shape,
            bias,
            groups,
            strides,
            dilations,
            pads_begin,
            pads_end,
            transposed,
        };
        return (by, vec![1, channels, h, w]);
    }
}

fn sums(rng: &mut Rng, n: usize, contents: Contents) -> Sums {
    let rows = rng.usize(1..=4);
    let (mut starts, mut columns) = (vec![0], Vec::new());
    for _ in 0..rows {
        columns.extend((0..rng.usize(0..=4)).map(|_| rng.u32(0..n as u32)));
        starts.push(columns.len() as u32);
    }
    let coefficients = quarters(rng, columns.len());
    let bias = if rng.bool() { quarters(rng, rows) } else { Vec::new() };
    let divisor =
        |rng: &mut Rng| if contents.inexact { 3.0 } else { f64::from(1 << rng.u32(0..3)) };
    let divisors = if rng.bool() { (0..rows).map(|_| divisor(rng)).collect() } else { Vec::new() };
    Sums { starts, columns, coefficients, bias, divisors }
}

fn scale(rng: &mut Rng, shape: &[usize], contents: Contents) -> Scale {
    let (count, inner) = match rng.u32(0..3) {
        0 => (1, 1),
        1 => (shape[1], shape[2] * shape[3]),
        _ => (size(shape), 1),
    };
    let table = |rng: &mut Rng| -> Vec<Interval> {
        let draw = |rng: &mut Rng| {
            let lo = quarter(rng);
            let wide = contents.inexact && rng.u32(0..8) == 0;
            Interval { lo, hi: if wide { lo.next_up() } else { lo } }
        };
        (0..count).map(|_| draw(rng)).collect()
    };
    let factor = table(rng);
    let shift = if rng.bool() { table(rng) } else { Vec::new() };
    let power = |rng: &mut Rng| if contents.inexact { 5.0 } else { f64::from(1 << rng.u32(0..3)) };
    let divisor = if rng.bool() { (0..count).map(|_| -power(rng)).collect() } else { Vec::new() };
    Scale { factor, divisor, shift, count, inner }
}

fn groups(rng: &mut Rng, n: usize) -> Groups {
    let (mut starts, mut members) = (vec![0], Vec::new());
    for _ in 0..rng.usize(1..=5) {
        members.extend((0..rng.usize(1..=5)).map(|_| rng.u32(0..n as u32)));
        starts.push(members.len() as u32);
    }
    Groups { starts, members }
}

fn movement(g: &mut Graph, rng: &mut Rng, x: NodeId) {
    let y = NodeId(rng.u32(0..g.nodes.len() as u32));
    let from = vec![x, y];
    let sizes = [g.node(x).len(), g.node(y).len()];
    let shape = vec![1, rng.usize(1..=3), rng.usize(1..=3), rng.usize(1..=3)];
    let source = |rng: &mut Rng| match rng.u32(0..8) {
        0 => Source::Fixed(quarter(rng)),
        k => {
            let operand = k % 2;
            Source::Element { operand, element: rng.u32(0..sizes[operand as usize] as u32) }
        }
    };
    let map = (0..size(&shape)).map(|_| source(rng)).collect();
    g.push(Op::Move { from, map }, shape, format!("n{}", g.nodes.len()));
}

fn unary(rng: &mut Rng, contents: Contents) -> Unary {
    let f = [Function::Sigmoid, Function::Tanh, Function::Softplus, Function::Erf];
    match rng.u32(0..9) {
        0..3 => Unary::Relu,
        3 => Unary::Leaky { slope: [0.25, -0.5, 1.5][rng.usize(0..3)] },
        4 => {
            let (a, b) = (quarter(rng), quarter(rng));
            let hi = if rng.bool() { f64::INFINITY } else { a.max(b) };
            Unary::Clip { lo: a.min(b), hi }
        }
        5 => Unary::Abs,
        6 if contents.jumps => Unary::Step { below: -1.0, at: quarter(rng), above: 1.0 },
        7 if contents.jumps => Unary::Threshold { threshold: quarter(rng).abs() },
        8 if contents.smooth => Unary::Smooth(f[rng.usize(0..f.len())]),
        _ => Unary::Relu,
    }
}
