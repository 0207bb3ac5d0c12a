//! Small random graphs over all operations.
#![allow(dead_code)]

pub mod operations;
pub mod trained;

use fastrand::Rng;
use operations::step;
use theriac::network::graph::*;

/// What weights, biases and constants are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// Multiples of 1/4 in `[-2, 2]`, so that doubles hold every result of piecewise linear
    /// operations.
    Quarters,
    /// Small fractions, integers, and any singles.
    Mixed,
    /// Magnitudes spread over so many powers of ten, up and down.
    Spread(i32),
}

impl Numbers {
    /// One of them.
    pub fn draw(self, rng: &mut Rng) -> f64 {
        match self {
            Numbers::Quarters => f64::from(rng.i32(-8..=8)) / 4.0,
            Numbers::Mixed => match rng.u8(0..10) {
                0 => 0.0,
                1..4 => f64::from(rng.i32(-8..9)) / 4.0,
                4 => f64::from(rng.i32(-2..3)),
                _ => f64::from((rng.f32() - 0.5) * 3.0),
            },
            Numbers::Spread(spread) => match rng.u8(0..8) {
                0 => 0.0,
                1 => f64::from(rng.i32(-3..4)),
                _ => (rng.f64() - 0.5) * 10f64.powi(rng.i32(-spread..=spread)),
            },
        }
    }

    fn some(self, rng: &mut Rng, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.draw(rng)).collect()
    }

    fn some_or_none(self, rng: &mut Rng, n: usize) -> Vec<f64> {
        if rng.bool() { self.some(rng, n) } else { Vec::new() }
    }
}

/// A multiple of 1/4 in `[-2, 2]`.
pub fn quarter(rng: &mut Rng) -> f64 {
    Numbers::Quarters.draw(rng)
}

/// What a random graph may contain beside linear operations, piecewise linear functions that do not
/// jump, and maxima.
#[derive(Clone, Copy, Debug)]
pub struct Menu {
    /// Its numbers.
    pub numbers: Numbers,
    /// Most inputs.
    pub inputs: usize,
    /// Most elements of an input.
    pub elements: usize,
    /// Most elements of any other node.
    pub most: usize,
    /// Smooth functions.
    pub smooth: bool,
    /// Products of two variable tensors.
    pub products: bool,
    /// Quotients of two variable tensors.
    pub quotients: bool,
    /// Steps, thresholds and choices, which jump.
    pub jumps: bool,
    /// Divisors other than powers of two, and factors known by enclosures.
    pub inexact: bool,
}

/// Nothing beside, with quarters, two inputs, and nodes of up to 100 elements.
pub const PLAIN: Menu = Menu {
    numbers: Numbers::Quarters,
    inputs: 2,
    elements: 48,
    most: 100,
    smooth: false,
    products: false,
    quotients: false,
    jumps: false,
    inexact: false,
};

/// Everything that is defined for all inputs.
pub const ALL: Menu = Menu { smooth: true, products: true, jumps: true, inexact: true, ..PLAIN };

fn size(shape: &[usize]) -> usize {
    shape.iter().product()
}

/// A random graph of at least `steps` operations with one or two outputs, whose tensors all have a
/// shape `[1, channels, height, width]`.
pub fn graph(rng: &mut Rng, menu: Menu, steps: usize) -> Graph {
    let mut g = Graph::default();
    for port in 0..rng.usize(1..=menu.inputs) {
        let shape = loop {
            let shape = vec![1, rng.usize(1..=3), rng.usize(1..=4), rng.usize(1..=4)];
            if size(&shape) <= menu.elements {
                break shape;
            }
        };
        let node = g.push(Op::Input { port }, shape.clone(), format!("in{port}"));
        g.inputs.push(Port { name: format!("in{port}"), node, shape });
    }
    while g.nodes.len() < steps + g.inputs.len() {
        step(&mut g, rng, menu);
    }
    for k in 0..rng.usize(1..=2) {
        let node = NodeId((g.nodes.len() - 1 - k.min(g.nodes.len() - 1)) as u32);
        let shape = g.node(node).shape.clone();
        g.outputs.push(Port { name: format!("out{k}"), node, shape });
    }
    g
}
