//! Whether bounds alone decide a formula.

use super::backward::{BackwardOptions, bound_linear};
use super::{Empty, GraphBounds, Plan};
use crate::bounds::Interval;
use crate::question::verify::{Atom, Formula, Relation};

/// Whether it is proved that no input of the box makes `goal` true: each atom's left-hand side is
/// bounded by a backward pass of its own. A conjunction is refuted if one of its parts is, a disjunction
/// if all are. `false` says nothing.
///
/// # Errors
/// See [`bound_linear`]; an empty box admits no input either.
pub fn refuted(
    plan: &Plan<'_>,
    bounds: &mut GraphBounds,
    goal: &Formula,
    options: &BackwardOptions<'_>,
) -> Result<bool, Empty> {
    let mut atoms = Vec::new();
    collect(goal, &mut atoms);
    let functions: Vec<_> = atoms.iter().map(|a| a.terms.clone()).collect();
    let found = bound_linear(plan, bounds, &functions, options)?;
    let pairs = atoms.iter().zip(found);
    let impossible: Vec<bool> = pairs.map(|(a, v)| v.is_some_and(|v| cannot(a, v))).collect();
    Ok(judge(goal, &mut impossible.into_iter()))
}

fn collect<'f>(goal: &'f Formula, atoms: &mut Vec<&'f Atom>) {
    match goal {
        Formula::Atom(a) => atoms.push(a),
        Formula::All(parts) | Formula::Any(parts) => parts.iter().for_each(|p| collect(p, atoms)),
    }
}

/// Whether an atom is false for every value of its left-hand side and every constant it may have.
fn cannot(atom: &Atom, value: Interval) -> bool {
    match atom.relation {
        Relation::AtMost => value.lo > atom.constant.hi,
        Relation::Below => value.lo >= atom.constant.hi,
        Relation::Equal => value.lo > atom.constant.hi || value.hi < atom.constant.lo,
    }
}

/// Walks as [`collect`] does, so that the next atom is always the next of `impossible`.
fn judge(goal: &Formula, impossible: &mut std::vec::IntoIter<bool>) -> bool {
    // Every part takes its atoms, decided or not.
    let mut all =
        |parts: &[Formula]| -> Vec<bool> { parts.iter().map(|p| judge(p, impossible)).collect() };
    match goal {
        Formula::All(parts) => all(parts).contains(&true),
        Formula::Any(parts) => !all(parts).contains(&false),
        Formula::Atom(_) => impossible.next().unwrap_or(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bounds::graph::interval;
    use crate::network::graph::{Graph, Op, Port, Unary};
    use crate::question::verify::Variable;

    /// `y = |x|` on `[-1, 2]`, hence in `[0, 2]`.
    fn refuted_on_abs(goal: &Formula) -> bool {
        let mut graph = Graph::default();
        let x = graph.push(Op::Input { port: 0 }, vec![1], "x");
        let y = graph.push(Op::Unary { x, f: Unary::Abs }, vec![1], "y");
        graph.inputs.push(Port { name: "x".into(), node: x, shape: vec![1] });
        graph.outputs.push(Port { name: "y".into(), node: y, shape: vec![1] });
        let plan = Plan::new(&graph);
        let mut bounds = interval(&plan, &[Interval::new(-1.0, 2.0)]).unwrap();
        refuted(&plan, &mut bounds, goal, &BackwardOptions::default()).unwrap()
    }

    fn atom(by: f64, relation: Relation, constant: f64) -> Formula {
        let terms = vec![(Variable::Output(0), Interval::point(by))];
        Formula::Atom(Atom { terms, relation, constant: Interval::point(constant), line: 0 })
    }

    #[test]
    fn relations_and_connectives_are_judged() {
        let low = || atom(1.0, Relation::AtMost, -0.5);
        let high = || atom(-1.0, Relation::AtMost, -2.5);
        let possible = || atom(1.0, Relation::AtMost, 1.0);
        for goal in [low(), high(), atom(1.0, Relation::Equal, 3.0), Formula::Any(Vec::new())] {
            assert!(refuted_on_abs(&goal), "{goal:?}");
        }
        assert!(!refuted_on_abs(&atom(1.0, Relation::AtMost, 0.0)));
        assert!(!refuted_on_abs(&atom(1.0, Relation::Equal, 2.0)));
        assert!(!refuted_on_abs(&Formula::All(Vec::new())));
        assert!(refuted_on_abs(&Formula::Any(vec![low(), high()])));
        assert!(!refuted_on_abs(&Formula::Any(vec![low(), possible(), high()])));
        assert!(refuted_on_abs(&Formula::All(vec![possible(), low()])));
        assert!(!refuted_on_abs(&Formula::All(vec![possible(), possible()])));
        // Nested: the atoms behind a decided part still belong to their own place.
        let nested = Formula::Any(vec![Formula::All(vec![low(), possible()]), possible()]);
        assert!(!refuted_on_abs(&nested));
    }
}
