//! The property's formula over a box: what the bounds decide is taken away.

use crate::bounds::Interval;
use crate::network::graph::Graph;
use crate::question::verify::{Atom, Case, Formula, Property, Relation, Variable};

/// A formula, as far as bounds decide it.
#[derive(Clone, Debug, PartialEq)]
pub enum Simple {
    /// It holds everywhere.
    True,
    /// It holds nowhere; its least value is at least this.
    False(f64),
    /// It may hold.
    Open(Formula),
}

/// Enclosures of the variables of a property from bounds of nodes.
pub fn ranges<'a>(
    graph: &'a Graph,
    bounds: &'a [Vec<Interval>],
) -> impl Fn(Variable) -> Interval + 'a {
    move |v| {
        let (node, element) = super::walk::Encoder::locate(graph, v);
        bounds[node.index()][element]
    }
}

/// Encloses `sum coefficient * variable - constant`.
#[must_use]
pub fn range(atom: &Atom, of: &impl Fn(Variable) -> Interval) -> Interval {
    let sum: Interval = atom.terms.iter().map(|(v, c)| *c * of(*v)).sum();
    sum - atom.constant
}

/// Takes away what bounds decide. *Exact* over the box: the formula holds at the same inputs.
#[must_use]
pub fn simplify(f: &Formula, of: &impl Fn(Variable) -> Interval) -> Simple {
    match f {
        Formula::Atom(atom) => {
            let r = range(atom, of);
            // Never zero, so that "above zero" says that it fails.
            let fails = |by: f64| Simple::False(by.max(f64::MIN_POSITIVE));
            match atom.relation {
                Relation::AtMost if r.hi <= 0.0 => Simple::True,
                Relation::Below if r.hi < 0.0 => Simple::True,
                Relation::Equal if r == Interval::ZERO => Simple::True,
                Relation::AtMost if r.lo > 0.0 => fails(r.lo),
                Relation::Below if r.lo >= 0.0 => fails(r.lo),
                Relation::Equal if r.lo > 0.0 || r.hi < 0.0 => fails(r.lo.max(-r.hi)),
                Relation::AtMost | Relation::Below | Relation::Equal => {
                    Simple::Open(Formula::Atom(atom.clone()))
                }
            }
        }
        Formula::All(all) => {
            let mut open = Vec::new();
            let mut fails: Option<f64> = None;
            for part in all {
                match simplify(part, of) {
                    Simple::True => {}
                    Simple::False(by) => fails = Some(fails.map_or(by, |f| f.max(by))),
                    Simple::Open(Formula::All(parts)) => open.extend(parts),
                    Simple::Open(part) => open.push(part),
                }
            }
            match (fails, open.len()) {
                (Some(by), _) => Simple::False(by),
                (None, 0) => Simple::True,
                (None, 1) => Simple::Open(open.remove(0)),
                (None, _) => Simple::Open(Formula::All(open)),
            }
        }
        Formula::Any(any) => {
            let mut open = Vec::new();
            let mut least = f64::INFINITY;
            for part in any {
                match simplify(part, of) {
                    Simple::True => return Simple::True,
                    Simple::False(by) => least = least.min(by),
                    Simple::Open(Formula::Any(parts)) => open.extend(parts),
                    Simple::Open(part) => open.push(part),
                }
            }
            match open.len() {
                0 => Simple::False(least.min(f64::MAX)),
                1 => Simple::Open(open.remove(0)),
                _ => Simple::Open(Formula::Any(open)),
            }
        }
    }
}

/// The variables of a formula, each once, in order.
#[must_use]
pub fn variables(f: &Formula) -> Vec<Variable> {
    fn collect(f: &Formula, out: &mut Vec<Variable>) {
        match f {
            Formula::Atom(a) => out.extend(a.terms.iter().map(|t| t.0)),
            Formula::All(parts) | Formula::Any(parts) => {
                parts.iter().for_each(|p| collect(p, out));
            }
        }
    }
    let mut out = Vec::new();
    collect(f, &mut out);
    out.sort_unstable();
    out.dedup();
    out
}

/// One case for each branch of a case's goal: it can be attacked if and only if one of them can.
///
/// One program for a disjunction has a relaxation in which no branch is chosen, and its bound hardly
/// moves until most switches are fixed; one program each has the bound of its own margin at once.
#[must_use]
pub fn case_branches(case: &Case) -> Vec<Case> {
    let property = Property { formula: case.goal.clone(), inputs: 0, outputs: 0 };
    let goals = branches(&property).into_iter().map(|p| p.formula);
    goals.map(|goal| Case { goal, ..case.clone() }).collect()
}

/// One property for each case of the formula: it can hold if and only if one of theirs can. Cases
/// are those of a disjunction, with whatever is required besides it; of several disjunctions, the
/// one with most cases.
#[must_use]
pub fn branches(property: &Property) -> Vec<Property> {
    let of = |formula| Property { formula, ..*property };
    match &property.formula {
        Formula::Atom(_) => vec![property.clone()],
        Formula::Any(cases) => cases.iter().flat_map(|c| branches(&of(c.clone()))).collect(),
        Formula::All(parts) => {
            let size = |f: &Formula| match f {
                Formula::Any(cases) => cases.len(),
                Formula::Atom(_) | Formula::All(_) => 0,
            };
            let most = parts.iter().map(size).max().unwrap_or(0);
            let Some(k) = parts.iter().position(|p| size(p) == most && most > 0) else {
                return vec![property.clone()];
            };
            let Formula::Any(cases) = &parts[k] else { return vec![property.clone()] };
            let case = |c: &Formula| {
                let mut parts = parts.clone();
                parts[k] = c.clone();
                of(Formula::All(parts))
            };
            cases.iter().map(case).collect()
        }
    }
}
