//! Random properties of graphs.

use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::network::graph::Graph;
use theriac::question::verify::{Atom, Formula, Property, Relation, Variable};

use crate::graphs::Numbers;

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
        let c = Numbers::Mixed.draw(rng);
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
    Atom { terms, relation, constant: Interval::point(Numbers::Mixed.draw(rng)), line: 0 }
}
