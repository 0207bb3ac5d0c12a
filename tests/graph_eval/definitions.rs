//! Single operations against their definitions, written out another way.

use fastrand::Rng;
use theriac::network::graph::*;

use crate::graphs::{self, Numbers, operations};

/// A graph of one operation on one input.
fn single(op: impl FnOnce(NodeId) -> Op, input: &[usize], output: &[usize]) -> Graph {
    let mut g = Graph::default();
    let x = g.push(Op::Input { port: 0 }, input.to_vec(), "x");
    g.inputs.push(Port { name: "x".into(), node: x, shape: input.to_vec() });
    let y = g.push(op(x), output.to_vec(), "y");
    g.outputs.push(Port { name: "y".into(), node: y, shape: output.to_vec() });
    g
}

fn at(shape: &[usize], index: [usize; 4]) -> usize {
    index.iter().zip(shape).fold(0, |a, (i, n)| a * n + i)
}

/// `Conv` by its definition: pad the operand, then sum over the kernel at every position.
fn convolution(by: &Conv, x: &[f64], input: &[usize], output: &[usize]) -> Vec<f64> {
    let (groups, kernel) = (by.groups, &by.weight_shape[2..]);
    let (ins, outs) = (input[1] / groups, output[1] / groups);
    let mut y = vec![0.0; output.iter().product()];
    for o in 0..output[1] {
        for (r, c) in (0..output[2]).flat_map(|r| (0..output[3]).map(move |c| (r, c))) {
            let mut sum = 0.0;
            for i in 0..ins {
                for (p, q) in (0..kernel[0]).flat_map(|p| (0..kernel[1]).map(move |q| (p, q))) {
                    let row =
                        (r * by.strides[0] + p * by.dilations[0]) as i64 - by.pads_begin[0] as i64;
                    let col =
                        (c * by.strides[1] + q * by.dilations[1]) as i64 - by.pads_begin[1] as i64;
                    if (0..input[2] as i64).contains(&row) && (0..input[3] as i64).contains(&col) {
                        let from = [0, o / outs * ins + i, row as usize, col as usize];
                        sum += by.weight[at(&by.weight_shape, [o, i, p, q])] * x[at(input, from)];
                    }
                }
            }
            y[at(output, [0, o, r, c])] = sum + by.bias.get(o).unwrap_or(&0.0);
        }
    }
    y
}

/// `ConvTranspose` by its definition: every element paints the kernel, then the border is cut.
fn transpose(by: &Conv, x: &[f64], input: &[usize], output: &[usize]) -> Vec<f64> {
    let kernel = &by.weight_shape[2..];
    let (ins, outs) = (input[1] / by.groups, output[1] / by.groups);
    let long = |d: usize| output[2 + d] + by.pads_begin[d] + by.pads_end[d];
    let full = [1, output[1], long(0), long(1)];
    let mut painted = vec![0.0; full.iter().product()];
    for i in 0..input[1] {
        for (r, c) in (0..input[2]).flat_map(|r| (0..input[3]).map(move |c| (r, c))) {
            for o in 0..outs {
                for (p, q) in (0..kernel[0]).flat_map(|p| (0..kernel[1]).map(move |q| (p, q))) {
                    let to = [
                        0,
                        i / ins * outs + o,
                        r * by.strides[0] + p * by.dilations[0],
                        c * by.strides[1] + q * by.dilations[1],
                    ];
                    painted[at(&full, to)] +=
                        by.weight[at(&by.weight_shape, [i, o, p, q])] * x[at(input, [0, i, r, c])];
                }
            }
        }
    }
    let mut y = vec![0.0; output.iter().product()];
    for o in 0..output[1] {
        for (r, c) in (0..output[2]).flat_map(|r| (0..output[3]).map(move |c| (r, c))) {
            let from = [0, o, r + by.pads_begin[0], c + by.pads_begin[1]];
            y[at(output, [0, o, r, c])] = painted[at(&full, from)] + by.bias.get(o).unwrap_or(&0.0);
        }
    }
    y
}

/// All numbers are multiples of 1/16, so that the order of sums does not matter.
#[test]
fn convolutions_follow_their_definition() {
    let mut rng = Rng::with_seed(1);
    for round in 0..4_000 {
        let input = vec![1, rng.usize(1..=3), rng.usize(1..=5), rng.usize(1..=5)];
        let transposed = rng.bool();
        let (by, output) = operations::conv(&mut rng, &input, Numbers::Quarters, transposed);
        let x: Vec<f64> = (0..input.iter().product()).map(|_| graphs::quarter(&mut rng)).collect();
        let define = if transposed { transpose } else { convolution };
        let truth = define(&by, &x, &input, &output);
        let g = single(|x| Op::Conv { x, by: by.clone() }, &input, &output);
        assert_eq!(g.eval(&x, Rounding::Double).expect("fits"), truth, "round {round}: {by:?}");
    }
}

/// One spatial dimension is a second one of length 1, and a batch is its members one by one.
#[test]
fn convolutions_in_one_dimension_and_of_batches() {
    let by = Conv {
        weight: vec![1.0, 10.0, 100.0],
        weight_shape: vec![1, 1, 3],
        bias: vec![0.5],
        groups: 1,
        strides: vec![1],
        dilations: vec![1],
        pads_begin: vec![1],
        pads_end: vec![0],
        transposed: false,
    };
    let g = single(|x| Op::Conv { x, by }, &[2, 1, 4], &[2, 1, 3]);
    let y = g.eval(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], Rounding::Double).expect("fits");
    assert_eq!(y, [210.5, 321.5, 432.5, 650.5, 765.5, 876.5]);
}

#[test]
fn small_operations_by_hand() {
    let eval = |op: &dyn Fn(NodeId) -> Op, x: &[f64], n: usize| {
        single(op, &[x.len()], &[n]).eval(x, Rounding::Double).expect("fits")
    };
    let unary = |f: Unary, x: &[f64]| eval(&|x| Op::Unary { x, f }, x, x.len());
    let x = [-2.0, -0.5, 0.0, 0.5, 2.0];
    assert_eq!(unary(Unary::Relu, &x), [0.0, 0.0, 0.0, 0.5, 2.0]);
    assert_eq!(unary(Unary::Leaky { slope: 0.5 }, &x), [-1.0, -0.25, 0.0, 0.5, 2.0]);
    assert_eq!(unary(Unary::Clip { lo: -1.0, hi: 0.25 }, &x), [-1.0, -0.5, 0.0, 0.25, 0.25]);
    assert_eq!(unary(Unary::Abs, &x), [2.0, 0.5, 0.0, 0.5, 2.0]);
    let step = Unary::Step { below: 3.0, at: 4.0, above: 5.0 };
    assert_eq!(unary(step, &x), [3.0, 3.0, 4.0, 5.0, 5.0]);
    assert_eq!(unary(Unary::Threshold { threshold: 0.5 }, &x), [0.0, 0.0, 0.0, 0.0, 2.0]);
    assert_eq!(unary(Unary::Smooth(Function::Exp), &[0.0]), [1.0]);

    let sums = Sums {
        starts: vec![0, 2, 2, 3],
        columns: vec![0, 2, 1],
        coefficients: vec![1.0, 2.0, -1.0],
        bias: vec![1.0, 7.0, 0.0],
        divisors: vec![2.0, 1.0, 4.0],
    };
    assert_eq!(eval(&|x| Op::Sums { x, by: sums.clone() }, &[1.0, 2.0, 3.0], 3), [4.0, 7.0, -0.5]);

    let scale = Scale {
        factor: [2.0, 3.0].map(theriac::bounds::Interval::point).to_vec(),
        divisor: vec![1.0, -2.0],
        shift: [10.0, 20.0].map(theriac::bounds::Interval::point).to_vec(),
        count: 2,
        inner: 2,
    };
    let y = eval(&|x| Op::Scale { x, by: scale.clone() }, &[1.0, 2.0, 4.0, 6.0, 1.0, 0.0], 6);
    assert_eq!(y, [12.0, 14.0, 14.0, 11.0, 12.0, 10.0]);

    let rows = Dense {
        weight: vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
        bias: vec![0.5, 0.0, 0.0],
        inputs: 2,
        outputs: 3,
    };
    let y = eval(&|x| Op::Dense { x, by: rows.clone() }, &[1.0, 10.0, 2.0, 0.0], 6);
    assert_eq!(y, [21.5, 43.0, 65.0, 2.5, 6.0, 10.0]);

    let groups = Groups { starts: vec![0, 2, 3], members: vec![0, 2, 1] };
    assert_eq!(
        eval(&|x| Op::Max { x, groups: groups.clone() }, &[1.0, -2.0, -3.0], 2),
        [1.0, -2.0]
    );

    let map = vec![
        Source::Element { operand: 0, element: 2 },
        Source::Fixed(9.0),
        Source::Element { operand: 1, element: 0 },
    ];
    let y = eval(&|x| Op::Move { from: vec![x, x], map: map.clone() }, &[1.0, 2.0, 3.0], 3);
    assert_eq!(y, [3.0, 9.0, 1.0]);

    let x = [-1.0, 0.0, 2.0];
    let terms = |x: NodeId| Op::Add { terms: vec![(x, true), (x, false), (x, true)] };
    assert_eq!(eval(&terms, &x, 3), [1.0, 0.0, -2.0]);
    assert_eq!(eval(&|x| Op::Product { a: x, b: x }, &x, 3), [1.0, 0.0, 4.0]);
    assert_eq!(eval(&|x| Op::Quotient { a: x, b: x }, &[4.0, -2.0], 2), [1.0, 1.0]);
    for (at_zero, middle) in [(true, 0.0), (false, 5.0)] {
        let mut g = single(|x| Op::Add { terms: vec![(x, false)] }, &[3], &[3]);
        let five = g.push(Op::Constant(vec![5.0; 3]), vec![3], "five");
        let x0 = NodeId(0);
        let y = g.push(Op::Choose { condition: x0, at_zero, a: x0, b: five }, vec![3], "c");
        g.outputs[0].node = y;
        assert_eq!(g.eval(&x, Rounding::Double).expect("fits"), [5.0, middle, 2.0]);
    }
}

/// What has no value (the logarithm of a negative number) keeps none: `Step`, `Max` and the like
/// do not make a number of it, so that no comparison with it can decide a property.
#[test]
fn what_is_not_defined_stays_so() {
    let step = Unary::Step { below: -1.0, at: 0.0, above: 1.0 };
    let clip = Unary::Clip { lo: -1.0, hi: 1.0 };
    let leaky = Unary::Leaky { slope: 0.1 };
    let threshold = Unary::Threshold { threshold: 0.5 };
    for f in [Unary::Relu, step, clip, leaky, threshold, Unary::Abs] {
        let mut g = single(|x| Op::Unary { x, f: Unary::Smooth(Function::Log) }, &[2], &[2]);
        let x = g.outputs[0].node;
        g.outputs[0].node = g.push(Op::Unary { x, f }, vec![2], "after");
        for rounding in [Rounding::Double, Rounding::Single] {
            let y = g.eval(&[-1.0, std::f64::consts::E], rounding).expect("the length fits");
            assert!(y[0].is_nan(), "{f:?} of what is not defined is {}", y[0]);
            assert!((y[1] - 1.0).abs() < 1e-6, "{f:?} of 1 is {}", y[1]);
        }
    }
    // A maximum with it, on either side, and a choice by it; what is not chosen does not matter.
    for order in [[0, 1], [1, 0]] {
        let mut g = single(|x| Op::Unary { x, f: Unary::Smooth(Function::Log) }, &[2], &[2]);
        let x = g.outputs[0].node;
        let groups = Groups { starts: vec![0, 2], members: order.to_vec() };
        g.outputs[0] = Port {
            node: g.push(Op::Max { x, groups }, vec![1], "max"),
            shape: vec![1],
            ..g.outputs[0].clone()
        };
        let y = g.eval(&[-1.0, 2.0], Rounding::Double).expect("the length fits");
        assert!(y[0].is_nan(), "{y:?}");
    }
    let mut g = single(|x| Op::Unary { x, f: Unary::Smooth(Function::Log) }, &[1], &[1]);
    let (x, log) = (g.inputs[0].node, g.outputs[0].node);
    let choice = |condition, a, b| Op::Choose { condition, at_zero: true, a, b };
    let by_log = g.push(choice(log, x, x), vec![1], "by log");
    let by_x = g.push(choice(x, log, x), vec![1], "by x");
    for (node, defined) in [(by_log, false), (by_x, true)] {
        g.outputs[0].node = node;
        let y = g.eval(&[-1.0], Rounding::Double).expect("the length fits");
        assert_eq!(y[0].is_nan(), !defined, "{y:?}");
    }
}
