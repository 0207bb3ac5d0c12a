//! Solves small linear models with microlp, independent of the drivers under `src/solve`.
#![allow(dead_code, clippy::expect_used, clippy::panic)]

use theriac::ir::{Model, Sense, VarKind};

/// The optimal objective and point, or `None` if infeasible.
pub fn solve(model: &Model) -> Option<(f64, Vec<f64>)> {
    use microlp::{ComparisonOp, OptimizationDirection, Problem};
    let mut p = Problem::new(OptimizationDirection::Minimize);
    let mut cost = vec![0.0; model.var_count()];
    for &(v, a) in &model.objective.linear {
        cost[v.index()] = a;
    }
    assert!(model.objective.quad.is_empty() && model.rows.quad_terms() == 0, "linear models only");
    let vars: Vec<_> = model
        .vars
        .iter()
        .map(|v| {
            let c = cost[v.id.index()];
            match v.kind {
                VarKind::Continuous => p.add_var(c, (v.lower, v.upper)),
                VarKind::Binary | VarKind::Integer => {
                    p.add_integer_var(c, (v.lower as i32, v.upper as i32))
                }
            }
        })
        .collect();
    for row in model.rows.iter() {
        assert!(row.guard.is_none());
        let terms: Vec<_> =
            row.cols.iter().zip(row.vals).map(|(v, a)| (vars[v.index()], *a)).collect();
        let op = match row.sense {
            Sense::Le => ComparisonOp::Le,
            Sense::Ge => ComparisonOp::Ge,
            Sense::Eq => ComparisonOp::Eq,
        };
        p.add_constraint(terms, op, row.rhs);
    }
    let found = match p.solve() {
        Ok(outcome) => outcome.into_solution().ok()?,
        Err(microlp::Error::Infeasible) => return None,
        Err(e) => panic!("microlp: {e}"),
    };
    let x: Vec<f64> = vars.iter().map(|v| found.var_value(*v)).collect();
    Some((found.objective() + model.objective.constant, x))
}
