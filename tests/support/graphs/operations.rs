//! One random operation.

use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::network::graph::*;

use super::{Menu, Numbers, size};

/// Adds one operation, and what operands it needs; none where the result would be too large.
pub fn step(g: &mut Graph, rng: &mut Rng, menu: Menu) {
    // Recent nodes are taken more often, for depth.
    let far = if rng.u8(0..4) == 0 { g.nodes.len() } else { g.nodes.len().min(3) };
    let back = rng.usize(0..far);
    let x = NodeId((g.nodes.len() - 1 - back) as u32);
    let shape = g.node(x).shape.clone();
    let n = size(&shape);
    let numbers = menu.numbers;
    let (op, out) = match rng.u32(0..16) {
        0 | 1 => dense(rng, x, &shape, menu),
        2 => {
            let (by, out) = conv(rng, &shape, numbers, false);
            (Op::Conv { x, by }, out)
        }
        3 => {
            let (by, out) = conv(rng, &shape, numbers, true);
            (Op::Conv { x, by }, out)
        }
        4 => {
            let by = sums(rng, n, menu);
            let out = vec![1, by.starts.len() - 1, 1, 1];
            (Op::Sums { x, by }, out)
        }
        5 => (Op::Scale { x, by: scale(rng, &shape, menu) }, shape),
        6 | 7 => {
            let (y, z) = (partner(g, rng, &shape, menu), partner(g, rng, &shape, menu));
            let mut terms = vec![(x, rng.bool()), (y, rng.bool()), (z, rng.bool())];
            terms.truncate(rng.usize(1..=3));
            (Op::Add { terms }, shape)
        }
        8 => {
            let groups = groups(rng, n, menu.most);
            let out = vec![1, groups.len(), 1, 1];
            (Op::Max { x, groups }, out)
        }
        9 => movement(g, rng, x, menu),
        10 if menu.products => {
            let b = partner(g, rng, &shape, menu);
            (Op::Product { a: x, b }, shape)
        }
        11 if menu.jumps => {
            let (a, b) = (partner(g, rng, &shape, menu), partner(g, rng, &shape, menu));
            (Op::Choose { condition: x, at_zero: rng.bool(), a, b }, shape)
        }
        12 if menu.quotients => {
            // By what is surely positive.
            let y = partner(g, rng, &shape, menu);
            let op = Op::Unary { x: y, f: Unary::Clip { lo: 0.5, hi: 2.0 } };
            let b = g.push(op, shape.clone(), "positive");
            (Op::Quotient { a: x, b }, shape)
        }
        _ => (Op::Unary { x, f: unary(rng, menu) }, shape),
    };
    if size(&out) <= menu.most {
        let name = format!("n{}", g.nodes.len());
        g.push(op, out, name);
    }
}

/// Another operand of a shape: any node of it, or a constant.
fn partner(g: &mut Graph, rng: &mut Rng, shape: &[usize], menu: Menu) -> NodeId {
    if rng.u32(0..4) == 0 {
        let numbers = menu.numbers.some(rng, size(shape));
        return g.push(Op::Constant(numbers), shape.to_vec(), "constant");
    }
    let same: Vec<NodeId> = g.ids().filter(|&id| g.node(id).shape == shape).collect();
    same[rng.usize(0..same.len())]
}

fn dense(rng: &mut Rng, x: NodeId, shape: &[usize], menu: Menu) -> (Op, Vec<usize>) {
    let inputs = if rng.bool() { size(shape) } else { shape[3] };
    let outputs = rng.usize(1..=menu.most.min(6));
    let rows = size(shape) / inputs;
    let bias = menu.numbers.some_or_none(rng, outputs);
    let by = Dense { weight: menu.numbers.some(rng, inputs * outputs), bias, inputs, outputs };
    (Op::Dense { x, by }, vec![1, 1, rows, outputs])
}

/// A convolution that fits a `[1, c, h, w]` operand, and the shape of its result.
pub fn conv(
    rng: &mut Rng,
    input: &[usize],
    numbers: Numbers,
    transposed: bool,
) -> (Conv, Vec<usize>) {
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
        let bias = numbers.some_or_none(rng, channels);
        let weight = numbers.some(rng, size(&weight_shape));
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

/// A divisor: any number but 0 where results need not be exact anyway.
fn divisor(rng: &mut Rng, menu: Menu) -> f64 {
    match menu.numbers {
        _ if !menu.inexact => f64::from(1 << rng.u32(0..3)),
        // Small ones would make graphs that differ by their rounding alone.
        Numbers::Quarters | Numbers::Mixed => [3.0, -5.0][rng.usize(0..2)],
        Numbers::Spread(_) => loop {
            let d = menu.numbers.draw(rng);
            if d != 0.0 {
                break d;
            }
        },
    }
}

fn divisors(rng: &mut Rng, n: usize, menu: Menu) -> Vec<f64> {
    if rng.bool() { (0..n).map(|_| divisor(rng, menu)).collect() } else { Vec::new() }
}

fn sums(rng: &mut Rng, n: usize, menu: Menu) -> Sums {
    let rows = rng.usize(1..=menu.most.min(4));
    let (mut starts, mut columns) = (vec![0], Vec::new());
    for _ in 0..rows {
        columns.extend((0..rng.usize(0..=4)).map(|_| rng.u32(0..n as u32)));
        starts.push(columns.len() as u32);
    }
    let coefficients = menu.numbers.some(rng, columns.len());
    let bias = menu.numbers.some_or_none(rng, rows);
    Sums { starts, columns, coefficients, bias, divisors: divisors(rng, rows, menu) }
}

fn scale(rng: &mut Rng, shape: &[usize], menu: Menu) -> Scale {
    let (count, inner) = match rng.u32(0..3) {
        0 => (1, 1),
        1 => (shape[1], shape[2] * shape[3]),
        _ => (size(shape), 1),
    };
    let table = |rng: &mut Rng| -> Vec<Interval> {
        let draw = |rng: &mut Rng| {
            let lo = menu.numbers.draw(rng);
            let wide = match menu.numbers {
                Numbers::Quarters | Numbers::Mixed => lo.next_up(),
                Numbers::Spread(_) => lo + lo.abs() * 1e-9,
            };
            Interval { lo, hi: if menu.inexact && rng.u32(0..4) == 0 { wide } else { lo } }
        };
        (0..count).map(|_| draw(rng)).collect()
    };
    let factor = table(rng);
    let shift = if rng.bool() { table(rng) } else { Vec::new() };
    Scale { factor, divisor: divisors(rng, count, menu), shift, count, inner }
}

fn groups(rng: &mut Rng, n: usize, most: usize) -> Groups {
    let (mut starts, mut members) = (vec![0], Vec::new());
    for _ in 0..rng.usize(1..=most.min(5)) {
        members.extend((0..rng.usize(1..=5)).map(|_| rng.u32(0..n as u32)));
        starts.push(members.len() as u32);
    }
    Groups { starts, members }
}

fn movement(g: &Graph, rng: &mut Rng, x: NodeId, menu: Menu) -> (Op, Vec<usize>) {
    let y = NodeId(rng.u32(0..g.nodes.len() as u32));
    let from = vec![x, y];
    let sizes = [g.node(x).len(), g.node(y).len()];
    let shape = vec![1, rng.usize(1..=3), rng.usize(1..=3), rng.usize(1..=3)];
    let source = |rng: &mut Rng| match rng.u32(0..8) {
        0 => Source::Fixed(menu.numbers.draw(rng)),
        k => {
            let operand = k % 2;
            Source::Element { operand, element: rng.u32(0..sizes[operand as usize] as u32) }
        }
    };
    let map = (0..size(&shape)).map(|_| source(rng)).collect();
    (Op::Move { from, map }, shape)
}

fn unary(rng: &mut Rng, menu: Menu) -> Unary {
    let numbers = menu.numbers;
    match rng.u32(0..10) {
        0..3 => Unary::Relu,
        3 => {
            // The first ones are exact.
            let slopes = [0.25, -0.5, 1.5, 1.0, 0.01, f64::from(0.1f32)];
            let exact = numbers == Numbers::Quarters;
            Unary::Leaky { slope: slopes[rng.usize(0..if exact { 4 } else { 6 })] }
        }
        4 => {
            let (a, b) = (numbers.draw(rng), numbers.draw(rng));
            match rng.u32(0..4) {
                0 => Unary::Clip { lo: a, hi: f64::INFINITY },
                1 => Unary::Clip { lo: f64::NEG_INFINITY, hi: a },
                _ => Unary::Clip { lo: a.min(b), hi: a.max(b) },
            }
        }
        5 => Unary::Abs,
        6 if menu.jumps => {
            let (below, above) = (numbers.draw(rng), numbers.draw(rng));
            let at = [below, above, numbers.draw(rng)][rng.usize(0..3)];
            Unary::Step { below, at, above }
        }
        7 if menu.jumps => Unary::Threshold { threshold: numbers.draw(rng).abs() },
        8 | 9 if menu.smooth => {
            let all = [Function::Sigmoid, Function::Tanh, Function::Softplus, Function::Erf];
            Unary::Smooth(all[rng.usize(0..4)])
        }
        _ => Unary::Relu,
    }
}
