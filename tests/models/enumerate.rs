//! The optimum of a small model by the meaning of the IR: every integer point, every choice of the
//! nonzero member of each set, and a linear program for the rest. Shares no code with lowerings,
//! writers or solvers of files; the linear programs are solved by microlp.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, Variable};
use theriac::ir::{Model, QuadTerm, Sense, VarId, VarKind};

/// What enumeration finds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    Optimal(f64),
    Infeasible,
    Unbounded,
}

/// Minimum of the objective, with the variables of `fixed` at given values.
pub fn minimum(model: &Model, fixed: &[(VarId, f64)]) -> Outcome {
    let mut lower = model.vars.iter().map(|v| v.lower).collect::<Vec<_>>();
    let mut upper = model.vars.iter().map(|v| v.upper).collect::<Vec<_>>();
    for (v, x) in fixed {
        if *x < lower[v.index()] || *x > upper[v.index()] {
            return Outcome::Infeasible;
        }
        lower[v.index()] = *x;
        upper[v.index()] = *x;
    }
    let mut best = Outcome::Infeasible;
    sets(model, 0, &mut lower, &mut upper, &mut best);
    best
}

fn better(best: &mut Outcome, found: Outcome) {
    *best = match (*best, found) {
        (Outcome::Unbounded, _) | (_, Outcome::Unbounded) => Outcome::Unbounded,
        (Outcome::Optimal(a), Outcome::Optimal(b)) => Outcome::Optimal(a.min(b)),
        (Outcome::Infeasible, x) | (x, Outcome::Infeasible) => x,
    };
}

/// Chooses the member of each set that may be nonzero.
fn sets(model: &Model, k: usize, lower: &mut [f64], upper: &mut [f64], best: &mut Outcome) {
    let Some(set) = model.sos1.get(k) else {
        return integers(model, 0, lower, upper, best);
    };
    for (chosen, _) in &set.members {
        let (old_lower, old_upper) = (lower.to_vec(), upper.to_vec());
        let mut possible = true;
        for (v, _) in &set.members {
            let j = v.index();
            if v != chosen {
                possible &= lower[j] <= 0.0 && upper[j] >= 0.0;
                lower[j] = 0.0;
                upper[j] = 0.0;
            }
        }
        if possible {
            sets(model, k + 1, lower, upper, best);
        }
        lower.copy_from_slice(&old_lower);
        upper.copy_from_slice(&old_upper);
    }
}

/// Values tried for an integer variable with an infinite bound.
const REACH: f64 = 3.0;

fn integers(model: &Model, j: usize, lower: &mut [f64], upper: &mut [f64], best: &mut Outcome) {
    let Some(kind) = (j < model.var_count()).then(|| model.vars.get(VarId(j as u32)).kind) else {
        return better(best, continuous(model, lower, upper));
    };
    if kind == VarKind::Continuous {
        return integers(model, j + 1, lower, upper, best);
    }
    let (lo, hi) = (lower[j], upper[j]);
    let first = if lo.is_finite() { lo.ceil() } else { hi.min(REACH) - 2.0 * REACH };
    let last = if hi.is_finite() { hi.floor() } else { first + 2.0 * REACH };
    let mut x = first;
    while x <= last {
        (lower[j], upper[j]) = (x, x);
        integers(model, j + 1, lower, upper, best);
        x += 1.0;
    }
    (lower[j], upper[j]) = (lo, hi);
}

fn continuous(model: &Model, lower: &[f64], upper: &[f64]) -> Outcome {
    assert!(model.exprs.is_empty(), "smooth models are not enumerated");
    let n = model.var_count();
    let point = |v: VarId| (lower[v.index()] == upper[v.index()]).then(|| lower[v.index()]);
    let mut cost = vec![0.0; n];
    let mut constant = model.objective.constant;
    for (v, a) in &model.objective.linear {
        cost[v.index()] += a;
    }
    constant += bilinear(&model.objective.quad, &point, &mut cost);
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let vars: Vec<Variable> =
        (0..n).map(|j| problem.add_var(cost[j], (lower[j], upper[j]))).collect();
    for row in model.rows.iter() {
        if let Some(g) = row.guard
            && (point(g.var).unwrap() == 1.0) != g.value
        {
            continue;
        }
        let mut a = vec![0.0; n];
        for (v, c) in row.cols.iter().zip(row.vals) {
            a[v.index()] += c;
        }
        let moved = bilinear(row.quad, &point, &mut a);
        let terms: Vec<(Variable, f64)> =
            (0..n).filter(|&j| a[j] != 0.0).map(|j| (vars[j], a[j])).collect();
        let rhs = row.rhs - moved;
        if terms.is_empty() {
            let holds = match row.sense {
                Sense::Le => 0.0 <= rhs + 1e-9,
                Sense::Ge => 0.0 >= rhs - 1e-9,
                Sense::Eq => rhs.abs() <= 1e-9,
            };
            if !holds {
                return Outcome::Infeasible;
            }
            continue;
        }
        let op = match row.sense {
            Sense::Le => ComparisonOp::Le,
            Sense::Ge => ComparisonOp::Ge,
            Sense::Eq => ComparisonOp::Eq,
        };
        problem.add_constraint(&terms, op, rhs);
    }
    match problem.solve() {
        Ok(outcome) => match outcome.into_solution() {
            Ok(solution) => Outcome::Optimal(solution.objective() + constant),
            Err(_) => panic!("no limit was set"),
        },
        Err(Error::Infeasible) => Outcome::Infeasible,
        Err(Error::Unbounded) => Outcome::Unbounded,
        Err(e) => panic!("{e}"),
    }
}

/// Adds products in which at least one factor is fixed; returns what is constant.
fn bilinear(quad: &[QuadTerm], point: &dyn Fn(VarId) -> Option<f64>, linear: &mut [f64]) -> f64 {
    let mut constant = 0.0;
    for t in quad {
        match (point(t.i), point(t.j)) {
            (Some(x), Some(y)) => constant += t.coefficient * x * y,
            (Some(x), None) => linear[t.j.index()] += t.coefficient * x,
            (None, Some(y)) => linear[t.i.index()] += t.coefficient * y,
            (None, None) => panic!("a product of two continuous variables"),
        }
    }
    constant
}
