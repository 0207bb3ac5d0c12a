//! By how much formulas fail, bounded from below.

use super::backward::{BackwardOptions, bound_linear};
use super::{Empty, GraphBounds, Plan};
use crate::bounds::Interval;
use crate::bounds::interval::add_down;
use crate::question::verify::{Atom, Formula, Relation};

/// Lower bounds of the margins of formulas over the box of the bounds: an atom `a <= b` fails by
/// `a - b`, a conjunction by the largest and a disjunction by the smallest of its parts. A formula
/// whose bound is above 0 is false for every input; as [`super::refuted`] says it too. One backward
/// pass bounds the left-hand sides of all atoms.
///
/// # Errors
/// See [`bound_linear`]; an empty box admits no input either.
pub fn failing(
    plan: &Plan<'_>,
    bounds: &mut GraphBounds,
    formulas: &[&Formula],
    options: &BackwardOptions<'_>,
) -> Result<Vec<f64>, Empty> {
    let atoms: Vec<&Atom> = formulas.iter().flat_map(|f| f.atoms()).collect();
    let functions: Vec<_> = atoms.iter().map(|a| a.terms.clone()).collect();
    let found = bound_linear(plan, bounds, &functions, options)?;
    let mut least = atoms.iter().zip(found).map(|(a, v)| v.map_or(f64::NEG_INFINITY, |v| by(a, v)));
    Ok(formulas.iter().map(|f| margin(f, &mut least)).collect())
}

/// The least margin of an atom whose left-hand side lies in `value`; positive wherever it is false.
fn by(atom: &Atom, value: Interval) -> f64 {
    let c = atom.constant;
    // A strict relation is false at 0 already.
    let positive = |m: f64, false_at_zero: bool| match m {
        m if m == 0.0 && false_at_zero => f64::MIN_POSITIVE,
        m => m,
    };
    match atom.relation {
        Relation::AtMost => positive(add_down(value.lo, -c.hi), value.lo > c.hi),
        Relation::Below => positive(add_down(value.lo, -c.hi), value.lo >= c.hi),
        Relation::Equal => {
            let (above, below) = (add_down(value.lo, -c.hi), add_down(c.lo, -value.hi));
            positive(above.max(below).max(0.0), value.lo > c.hi || value.hi < c.lo)
        }
    }
}

/// Walks as [`Formula::atoms`] does, so that the next atom is always the next of `least`.
fn margin(f: &Formula, least: &mut dyn Iterator<Item = f64>) -> f64 {
    match f {
        Formula::Atom(_) => least.next().unwrap_or(f64::NEG_INFINITY),
        Formula::All(parts) => {
            parts.iter().map(|p| margin(p, least)).fold(f64::NEG_INFINITY, f64::max)
        }
        Formula::Any(parts) => parts.iter().map(|p| margin(p, least)).fold(f64::INFINITY, f64::min),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bounds::graph::interval;
    use crate::network::graph::{Graph, Op, Port, Unary};
    use crate::question::verify::Variable;

    fn atom(by: f64, relation: Relation, constant: f64) -> Formula {
        let terms = vec![(Variable::Output(0), Interval::point(by))];
        Formula::Atom(Atom { terms, relation, constant: Interval::point(constant), line: 0 })
    }

    /// `y = |x|` on `[-1, 2]`, hence in `[0, 2]`: every bound is that of the exact range, up to the
    /// last digits.
    #[test]
    fn margins_of_ranges() {
        let mut graph = Graph::default();
        let x = graph.push(Op::Input { port: 0 }, vec![1], "x");
        let y = graph.push(Op::Unary { x, f: Unary::Abs }, vec![1], "y");
        graph.inputs.push(Port { name: "x".into(), node: x, shape: vec![1] });
        graph.outputs.push(Port { name: "y".into(), node: y, shape: vec![1] });
        let plan = Plan::new(&graph);
        let mut bounds = interval(&plan, &[Interval::new(-1.0, 2.0)]).unwrap();
        use Relation::{AtMost, Below, Equal};
        let both = |a, b| vec![a, b];
        let cases = [
            (atom(1.0, AtMost, -0.5), 0.5),
            (atom(-1.0, AtMost, -3.0), 1.0),
            (atom(1.0, AtMost, 1.0), -1.0),
            (atom(1.0, Below, 0.0), f64::MIN_POSITIVE),
            (atom(1.0, Equal, 3.0), 1.0),
            (atom(1.0, Equal, -0.25), 0.25),
            (atom(1.0, Equal, 1.0), 0.0),
            (Formula::All(both(atom(1.0, AtMost, 1.0), atom(-1.0, AtMost, -3.0))), 1.0),
            (Formula::Any(both(atom(1.0, AtMost, -0.5), atom(-1.0, AtMost, -3.0))), 0.5),
            (Formula::Any(Vec::new()), f64::INFINITY),
            (Formula::All(Vec::new()), f64::NEG_INFINITY),
        ];
        let formulas: Vec<&Formula> = cases.iter().map(|c| &c.0).collect();
        let found = failing(&plan, &mut bounds, &formulas, &BackwardOptions::default()).unwrap();
        for ((formula, expected), found) in cases.iter().zip(found) {
            let near = found == *expected || (found <= *expected && expected - found < 1e-12);
            assert!(near && (found > 0.0) == (*expected > 0.0), "{formula}: {found}");
        }
    }
}
