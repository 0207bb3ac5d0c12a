//! Replay of inputs and the search for attacks, on networks whose truth is known.

#![allow(clippy::expect_used, clippy::panic)]

#[path = "../support/graphs/mod.rs"]
mod graphs;

mod replay;
mod search;

use theriac::bounds::Interval;
use theriac::network::graph::{Graph, NodeId, Op, Port};
use theriac::question::verify::{Atom, Formula, Relation, Variable};

/// `sum coefficient * variable relation constant`.
fn atom(terms: &[(Variable, f64)], relation: Relation, constant: f64) -> Formula {
    let terms = terms.iter().map(|&(v, c)| (v, Interval::point(c))).collect();
    Formula::Atom(Atom { terms, relation, constant: Interval::point(constant), line: 0 })
}

/// `Y_j >= constant`.
fn at_least(j: u32, constant: f64) -> Formula {
    atom(&[(Variable::Output(j), -1.0)], Relation::AtMost, -constant)
}

/// A graph with one input of `n` elements.
fn with_input(n: usize) -> (Graph, NodeId) {
    let mut g = Graph::default();
    let x = g.push(Op::Input { port: 0 }, vec![n], "x");
    g.inputs.push(Port { name: "x".into(), node: x, shape: vec![n] });
    (g, x)
}

fn output(g: &mut Graph, y: NodeId) {
    let shape = g.node(y).shape.clone();
    g.outputs.push(Port { name: "y".into(), node: y, shape });
}
