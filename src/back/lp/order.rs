//! The order in which columns stand in the file: that of first mention.
//!
//! Readers count columns in it: GLPK, HiGHS and COPT give the values of a solution by position in this
//! order, not in the model's.

use crate::ir::{Model, QuadTerm, VarId};

/// Variables in no row and no objective term. CPLEX and Xpress forget those that occur in
/// `Bounds` alone, so they stand in the objective with a zero.
pub(super) fn unmentioned(model: &Model, linear: &[(VarId, f64)], quad: &[QuadTerm]) -> Vec<VarId> {
    let mut seen = vec![false; model.var_count()];
    for v in &model.rows.col {
        seen[v.index()] = true;
    }
    for v in model.rows.quad.iter().chain(quad).flat_map(|t| [t.i, t.j]) {
        seen[v.index()] = true;
    }
    for (v, _) in linear {
        seen[v.index()] = true;
    }
    for (_, guard) in &model.rows.guards {
        seen[guard.var.index()] = true;
    }
    (0..seen.len()).filter(|&j| !seen[j]).map(|j| VarId(j as u32)).collect()
}

/// The positions of all variables of the model in the order in which [`super::write`] first
/// mentions them: objective, rows (the binary of an indicator before its row).
#[must_use]
pub fn columns(model: &Model) -> Vec<u32> {
    let mut order = Order { seen: vec![false; model.var_count()], columns: Vec::new() };
    let objective = &model.objective;
    objective.linear.iter().for_each(|(v, _)| order.meet(*v));
    let zeros = unmentioned(model, &objective.linear, &objective.quad);
    if objective.linear.is_empty() && zeros.is_empty() && objective.quad.is_empty() {
        order.meet(VarId(0));
    }
    zeros.into_iter().for_each(|v| order.meet(v));
    objective.quad.iter().flat_map(|t| [t.i, t.j]).for_each(|v| order.meet(v));
    for row in model.rows.iter() {
        if let Some(guard) = row.guard {
            order.meet(guard.var);
        }
        if row.cols.is_empty() && row.quad.is_empty() {
            order.meet(VarId(0));
        }
        row.cols.iter().for_each(|v| order.meet(*v));
        row.quad.iter().flat_map(|t| [t.i, t.j]).for_each(|v| order.meet(v));
    }
    order.columns
}

struct Order {
    seen: Vec<bool>,
    columns: Vec<u32>,
}

impl Order {
    fn meet(&mut self, v: VarId) {
        if let Some(seen) = self.seen.get_mut(v.index())
            && !std::mem::replace(seen, true)
        {
            self.columns.push(v.0);
        }
    }
}
